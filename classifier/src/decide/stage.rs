//! Where in its life is the measure?

use chrono::NaiveDate;

use super::calendar;
use super::topics::opinions;
use crate::findings::{Factors, Findings};
use crate::lexicon::Aim;
use crate::linear::Linear;
use crate::wordbook::Wordbook;
use crate::{Evidence, Instrument, Stage, Tag};

/// How much headline, lead and body count: the newest act stands at the top.
const FACTORS: Factors = [2.5, 1.5, 0.5];

/// The probability from which the likeliest stage counts.
const ENOUGH: f32 = 0.04;

/// From which probability on a stage counts of which the data files know no word in the text.
const HEARD: f32 = 0.3;

/// How many numbers the model sees of a stage.
pub(crate) const FEATURES: usize = 16 + 5 * Stage::ALL.len();

/// What is known about a stage in a text, as numbers for the model.
pub(crate) struct Candidate {
    pub(crate) stage: Stage,
    pub(crate) features: Vec<f32>,
}

/// Takes the likeliest stage. Where no word of the data files speaks for it, its evidence is the law whose days do, or, as in
/// languages of which few words are known, what the wordbook heard.
pub(crate) fn decide(
    findings: &Findings<'_>,
    laws: &[Tag<Instrument>],
    words: Option<&Wordbook>,
    model: &Linear,
) -> Option<Tag<Stage>> {
    let mut likely = candidates(findings, laws)
        .into_iter()
        .map(|candidate| (model.probability(&candidate.features), candidate.stage))
        .collect::<Vec<_>>();
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let tag = |(score, value): (f32, Stage), evidence: Vec<Evidence>| {
        (!evidence.is_empty()).then_some(Tag { value, score, evidence })
    };
    let said = likely.iter().filter(|(score, _)| *score >= ENOUGH);
    let said = said.copied().find_map(|one| tag(one, evidence(findings, laws, one.1)));
    said.or_else(|| {
        let best = likely.first().copied().filter(|(score, _)| *score >= HEARD)?;
        tag(best, words?.telling_of_stage(&findings.reading, best.1))
    })
}

/// The words for a stage, or the law that stands at it.
fn evidence(findings: &Findings<'_>, laws: &[Tag<Instrument>], stage: Stage) -> Vec<Evidence> {
    let words = findings.voice(Aim::Stage(stage)).evidence(&findings.reading);
    let dated = findings.reading.about().published.zip(laws.first());
    match dated {
        Some((day, law)) if words.is_empty() => {
            let stands = calendar::standing(law.value, day) == Some(stage);
            if stands { law.evidence.clone() } else { words }
        }
        _ => words,
    }
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
        let dated = published.zip(laws.first());
        let law = |is: fn(Instrument, NaiveDate, Stage) -> bool| {
            flag(dated.is_some_and(|(day, law)| is(law.value, day, stage)))
        };
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
            law(|law, day, stage| calendar::news(law, day) == Some(stage)),
            law(|law, day, stage| !calendar::allows(law, stage, day)),
            law(|law, day, stage| calendar::standing(law, day) == Some(stage)),
        ];
        features.extend(Stage::ALL.map(|other| flag(other == stage)));
        let opinions = opinions(findings.opinion.stages(), stage as usize);
        features.extend(opinions);
        for own in [opinions[0], title, lead, body] {
            features.extend(Stage::ALL.map(|other| if other == stage { own } else { 0.0 }));
        }
        Candidate { stage, features }
    };
    Stage::ALL.map(candidate).into_iter().collect()
}
