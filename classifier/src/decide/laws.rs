//! Which named laws is it about?

use super::calendar::{self, born, is_born};
use super::tag;
use super::topics::FACTORS;
use crate::findings::{Findings, TermHit, Voice};
use crate::lexicon::{Aim, Sense};
use crate::reading::{Found, Zone};
use crate::{Instrument, Jurisdiction, Place, Tag, Topic};

/// The sum from which a law counts.
const THRESHOLD: f32 = 1.0;

/// The sum that a law of a state needs that is not tagged.
const FOREIGN: f32 = 1.4;

/// In a text of more bytes laws are named in passing: each needs this part of the best one's sum.
const LONG: usize = 1700;
const BESIDE: f32 = 0.25;

/// The sum from which a topic makes a law of the day likely.
const ON_TOPIC: f32 = 3.0;

/// The weight of a word that tells what happened to it.
const TOLD: f32 = 1.2;

/// Something that speaks for a law.
struct Hint {
    law: Instrument,
    weight: f32,
    zone: Zone,
    place: Place,
    start: usize,
    end: usize,
    /// Whether other laws may be meant.
    shared: bool,
}

/// Laws named by a name that is theirs alone; by a shared name or by a clue where a jurisdiction of theirs is clear.
pub(crate) fn decide(findings: &Findings<'_>, clear: &[Jurisdiction]) -> Vec<Tag<Instrument>> {
    let published = findings.reading.about().published;
    let possible = |law: Instrument| is_clear(law, clear) && is_born(law, published);
    let mut hints = Vec::new();
    for name in &findings.names {
        let (law, shared) = match name.sense {
            Sense::Law(law) => (law, false),
            Sense::MaybeLaw(law) if possible(law) => (law, true),
            _ => continue,
        };
        let weight = match name.found.zone {
            Zone::Title => 2.5,
            Zone::Lead => 1.5,
            Zone::Body => 1.0,
        };
        let Found { zone, place, hit, .. } = name.found;
        hints.push(Hint { law, weight, zone, place, start: hit.start, end: hit.end, shared });
    }
    for (law, hit) in findings.clues.iter().filter(|(law, _)| possible(*law)) {
        let weight = match hit.zone {
            Zone::Title => 1.6,
            Zone::Lead => 1.2,
            Zone::Body => 0.6,
        };
        let TermHit { zone, place, start, end, .. } = *hit;
        hints.push(Hint { law: *law, weight, zone, place, start, end, shared: true });
    }
    hints.extend(of_the_day(findings, clear));
    weigh(&hints, findings, clear)
}

/// Laws of the clear jurisdictions that were news on the text's day, if the text is on their topics: their name need
/// not be said.
fn of_the_day(findings: &Findings<'_>, clear: &[Jurisdiction]) -> Vec<Hint> {
    let Some(published) = findings.reading.about().published else {
        return Vec::new();
    };
    let loud = |topic: Topic| findings.voice(Aim::Topic(topic)).score(FACTORS) >= ON_TOPIC;
    let mut best = (0, Vec::new());
    let of_them = |law: &Instrument| law.jurisdictions().iter().any(|of| clear.contains(of));
    for law in Instrument::all().filter(of_them) {
        let Some(stage) = calendar::news(law, published) else {
            continue;
        };
        let topics = law.topics();
        let shared = topics.iter().filter(|topic| loud(**topic)).count();
        let told = findings.voice(Aim::Stage(stage));
        if let Some((zone, place, start, end)) = told.best()
            && told.strongest >= TOLD
            && loud(topics[0])
            && shared * 2 >= topics.len()
            && shared >= best.0
        {
            if shared > best.0 {
                best = (shared, Vec::new());
            }
            best.1.push(Hint { law, weight: 1.1, zone, place, start, end, shared: false });
        }
    }
    best.1
}

/// Sums the hints up. Of several laws that the same words may mean, the newest is meant.
fn weigh(hints: &[Hint], findings: &Findings<'_>, clear: &[Jurisdiction]) -> Vec<Tag<Instrument>> {
    let mut voices = Vec::<(Instrument, Voice)>::new();
    for hint in hints {
        let newer = |other: &Hint| {
            other.shared
                && (other.place, other.start, other.end) == (hint.place, hint.start, hint.end)
                && born(other.law) > born(hint.law)
        };
        if hint.shared && hints.iter().any(newer) {
            continue;
        }
        let at = voices.iter().position(|(law, _)| *law == hint.law).unwrap_or_else(|| {
            voices.push((hint.law, Voice::default()));
            voices.len() - 1
        });
        voices[at].1.add(hint.weight, hint.zone, hint.place, hint.start, hint.end);
    }
    voices.sort_by(|a, b| b.1.other.total_cmp(&a.1.other));
    let best = voices.first().map_or(0.0, |(_, voice)| voice.other);
    let long = findings.reading.folded(Place::Text).len() > LONG;
    let beside = if long { BESIDE * best } else { 0.0 };
    let least = |law: Instrument| {
        // Another state's law is there to compare with.
        let near = is_clear(law, clear) || is_above(law, clear);
        f32::max(if near { THRESHOLD } else { FOREIGN }, beside)
    };
    let enough = voices.iter().filter(|(law, voice)| voice.other >= least(*law));
    enough.map(|(law, voice)| tag(*law, squash(voice.other), voice, findings)).collect()
}

/// Whether one of the law's makers, or the state above it, is among the clear ones.
fn is_clear(law: Instrument, clear: &[Jurisdiction]) -> bool {
    let above = |of: &Jurisdiction| of.parent().is_some_and(|parent| clear.contains(&parent));
    law.jurisdictions().iter().any(|of| clear.contains(of) || above(of))
}

/// Whether the law is one of the Union or of many states, which others carry out.
fn is_above(law: Instrument, clear: &[Jurisdiction]) -> bool {
    let codes = law.jurisdictions().iter().map(|of| of.code());
    !clear.is_empty() && codes.into_iter().any(|code| code == "EU" || code == "INT")
}

/// From a sum of weights to a score between 0 and 1, which is a half at the threshold.
fn squash(sum: f32) -> f32 {
    1.0 / (1.0 + (THRESHOLD - sum).exp())
}
