//! Where in its life is the measure?

use super::{calendar, squash, tag};
use crate::findings::{Factors, Findings};
use crate::lexicon::Aim;
use crate::{Instrument, Stage, Tag};

/// How much headline, lead and body count: the newest act stands at the top.
const FACTORS: Factors = [2.5, 1.5, 0.5];

/// The sum from which a stage counts.
const THRESHOLD: f32 = 0.7;

/// What it weighs that a law of the text reached a stage on its day, or could not have.
const OF_THE_DAY: f32 = 2.0;
const OUT_OF_TIME: f32 = -2.0;

/// Takes the stage of which most is said, with what the dates of the tagged laws say.
pub(crate) fn decide(findings: &Findings<'_>, laws: &[Tag<Instrument>]) -> Option<Tag<Stage>> {
    let published = findings.reading.about().published;
    let mut best = None;
    for stage in Stage::ALL {
        let voice = findings.voice(Aim::Stage(stage));
        let mut score = voice.score(FACTORS);
        if let (Some(published), Some(law)) = (published, laws.first()) {
            if calendar::news(law.value, published) == Some(stage) {
                score += OF_THE_DAY;
            }
            if !calendar::allows(law.value, stage, published) {
                score += OUT_OF_TIME;
            }
        }
        if best.as_ref().is_none_or(|(most, _, _)| score > *most) {
            best = Some((score, stage, voice));
        }
    }
    let (score, stage, voice) = best.filter(|(score, _, _)| *score >= THRESHOLD)?;
    Some(tag(stage, squash(score, THRESHOLD, 1.5), voice, findings))
}
