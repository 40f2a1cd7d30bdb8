//! Where in its life is the measure?

use super::{squash, tag};
use crate::findings::{Factors, Findings};
use crate::lexicon::Aim;
use crate::{Stage, Tag};

/// How much headline, lead and body count.
const FACTORS: Factors = [2.5, 1.5, 0.5];

/// The sum from which a stage counts.
const THRESHOLD: f32 = 1.5;

/// Takes the stage of which most is said; the headline and the lead, where the newest act stands, count more.
pub(crate) fn decide(findings: &Findings<'_>) -> Option<Tag<Stage>> {
    let voices = Stage::ALL.map(|stage| (stage, findings.voice(Aim::Stage(stage))));
    let scored = voices.iter().map(|(stage, voice)| (voice.score(FACTORS), *stage, *voice));
    let (score, stage, voice) = scored.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (score >= THRESHOLD).then(|| tag(stage, squash(score, THRESHOLD, 1.0), voice, findings))
}
