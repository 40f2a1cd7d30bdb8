//! Where in its life is the measure?

use super::{calendar, tag};
use crate::findings::{Factors, Findings};
use crate::lexicon::Aim;
use crate::linear::Linear;
use crate::{Instrument, Stage, Tag};

/// How much headline, lead and body count: the newest act stands at the top.
const FACTORS: Factors = [2.5, 1.5, 0.5];

/// The probability from which the likeliest stage counts.
const ENOUGH: f32 = 0.12;

/// How many numbers the model sees of a stage.
pub(crate) const FEATURES: usize = 12 + Stage::ALL.len();

/// What is known about a stage in a text, as numbers for the model.
pub(crate) struct Candidate {
    pub(crate) stage: Stage,
    pub(crate) features: Vec<f32>,
}

/// Takes the likeliest stage.
pub(crate) fn decide(
    findings: &Findings<'_>,
    laws: &[Tag<Instrument>],
    model: &Linear,
) -> Option<Tag<Stage>> {
    let likely = candidates(findings, laws)
        .into_iter()
        .map(|candidate| (model.probability(&candidate.features), candidate.stage));
    let (probability, stage) = likely.max_by(|a, b| a.0.total_cmp(&b.0))?;
    let voice = findings.voice(Aim::Stage(stage));
    (probability >= ENOUGH && voice.best().is_some())
        .then(|| tag(stage, probability, voice, findings))
}

/// All stages with what speaks for them: their own words, and what the dates of the tagged laws say.
pub(crate) fn candidates(findings: &Findings<'_>, laws: &[Tag<Instrument>]) -> Vec<Candidate> {
    let published = findings.reading.about().published;
    let sums = Stage::ALL.map(|stage| findings.voice(Aim::Stage(stage)).score(FACTORS));
    let best = sums.iter().copied().fold(1.0, f32::max);
    let flag = |yes: bool| f32::from(u8::from(yes));
    let candidate = |stage: Stage| {
        let voice = findings.voice(Aim::Stage(stage));
        let sum = sums[stage as usize];
        let louder = sums.iter().filter(|other| **other > sum).count();
        let (news, late) = published.zip(laws.first()).map_or((false, false), |(day, law)| {
            let allowed = calendar::allows(law.value, stage, day);
            (calendar::news(law.value, day) == Some(stage), !allowed)
        });
        let [title, lead, body] = voice.zones.map(|zone| zone.clamp(-3.0, 9.0) / 3.0);
        let mut features = vec![
            title,
            lead,
            body,
            flag(voice.zones[0] >= 2.0),
            (sum / 3.0).clamp(-1.0, 4.0),
            sum / best,
            flag(louder == 0),
            flag(louder == 1),
            voice.strongest / 3.0,
            f32::from(voice.terms.min(6)) / 3.0,
            flag(news),
            flag(late),
        ];
        features.extend(Stage::ALL.map(|other| flag(other == stage)));
        Candidate { stage, features }
    };
    Stage::ALL.map(candidate).into_iter().collect()
}
