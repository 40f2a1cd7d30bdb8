//! The decisions: from what was found to tags.

use crate::Tag;
use crate::findings::{Findings, Voice};

pub(crate) mod actors;
mod ballot;
mod calendar;
pub(crate) mod developments;
pub(crate) mod laws;
pub(crate) mod policy;
pub(crate) mod stage;
pub(crate) mod topics;

/// A tag with the words of its voice.
fn tag<T>(value: T, score: f32, voice: &Voice, findings: &Findings<'_>) -> Tag<T> {
    Tag { value, score, evidence: voice.evidence(&findings.reading) }
}
