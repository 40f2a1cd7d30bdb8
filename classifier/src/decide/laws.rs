//! Which named laws is it about?

use chrono::{Days, NaiveDate};

use super::{squash, tag};
use crate::findings::{Findings, TermHit, Voice};
use crate::lexicon::Sense;
use crate::reading::{Found, Zone};
use crate::{Instrument, Jurisdiction, Place, Tag};

/// The sum from which a law counts.
const THRESHOLD: f32 = 1.0;

/// A law is talked about before its first day that the register knows.
const RUMOUR: Days = Days::new(240);

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
    weigh(&hints, findings)
}

/// Sums the hints up. Of several laws that the same words may mean, the newest is meant.
fn weigh(hints: &[Hint], findings: &Findings<'_>) -> Vec<Tag<Instrument>> {
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
    let enough = voices.iter().filter(|(_, voice)| voice.other >= THRESHOLD);
    enough
        .map(|(law, voice)| tag(*law, squash(voice.other, THRESHOLD, 1.0), voice, findings))
        .collect()
}

/// Whether one of the law's makers, or the state above it, is among the clear ones.
fn is_clear(law: Instrument, clear: &[Jurisdiction]) -> bool {
    let above = |of: &Jurisdiction| of.parent().is_some_and(|parent| clear.contains(&parent));
    law.jurisdictions().iter().any(|of| clear.contains(of) || above(of))
}

/// Whether the law can have been talked about on a day.
fn is_born(law: Instrument, published: Option<NaiveDate>) -> bool {
    let first = born(law).and_then(|day| day.checked_sub_days(RUMOUR));
    published.zip(first).is_none_or(|(published, first)| first <= published)
}

/// The law's first day that the register knows, sure or not.
fn born(law: Instrument) -> Option<NaiveDate> {
    let days = law.days();
    [days.proposed, days.adopted, days.in_force].into_iter().flatten().map(|day| day.date).min()
}
