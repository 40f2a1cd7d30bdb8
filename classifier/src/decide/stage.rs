//! Where in its life is the measure?

use super::{squash, tag};
use crate::findings::Findings;
use crate::lexicon::Aim;
use crate::{Stage, Tag};

/// The sum from which a stage counts.
const THRESHOLD: f32 = 1.5;

/// Takes the stage of which most is said; the headline and the lead, where the newest act stands, count more.
pub(crate) fn decide(findings: &Findings<'_>) -> Option<Tag<Stage>> {
    let voices = Stage::ALL.map(|stage| (stage, findings.voice(Aim::Stage(stage))));
    let (stage, voice) = voices.iter().max_by(|a, b| a.1.score.total_cmp(&b.1.score))?;
    let enough = voice.score >= THRESHOLD;
    enough.then(|| tag(*stage, squash(voice.score, THRESHOLD, 1.0), voice, findings))
}
