//! `Mention`: where a text speaks of a law, and how surely.

use super::super::calendar::{born, is_born};
use super::is_clear;
use crate::findings::{Findings, TermHit};
use crate::lexicon::Sense;
use crate::reading::{Found, Zone};
use crate::{Instrument, Jurisdiction, Place};

/// How surely words speak of a law, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// By what it does, or who carries it out.
    Clue,
    /// By a name that other laws bear too.
    Shared,
    /// By a name that is its alone.
    Own,
}

/// The weight of a clue from which it is a name that other laws bear too, and one that is the law's alone. Below is what the
/// law does, and who carries it out.
const SHARED: f32 = 1.0;
const OWN: f32 = 2.0;

/// Words that speak of a law.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub(super) law: Instrument,
    pub(super) kind: Kind,
    pub(super) zone: Zone,
    pub(super) place: Place,
    pub(super) sentence: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Whether a clue is less than a name that is its law's alone: other states do the same, and it proves no jurisdiction.
pub(in crate::decide) fn proves_no_jurisdiction(clue: &TermHit) -> bool {
    clue.weight < OWN
}

impl Mention {
    fn covers(&self, other: &Self) -> bool {
        self.place == other.place && self.start <= other.start && other.end <= self.end
    }

    fn length(&self) -> usize {
        self.end - self.start
    }
}

/// What speaks of laws: a name that is theirs alone anywhere, all else only where a jurisdiction of theirs is clear and
/// the text is not older than they.
pub(super) fn mentions(findings: &Findings<'_>, clear: &[Jurisdiction]) -> Vec<Mention> {
    let published = findings.reading.about().published;
    let possible = |law: Instrument| is_clear(law, clear) && is_born(law, published);
    // What a state's office does may be done under the law of the union above it.
    let is_theirs = |law: Instrument| {
        let of = law.jurisdictions();
        clear.iter().any(|state| {
            of.contains(state) || state.union().is_some_and(|union| of.contains(&union))
        })
    };
    let mut all = Vec::new();
    for name in &findings.names {
        let (law, kind) = match name.sense {
            Sense::Law(law) => (law, Kind::Own),
            Sense::MaybeLaw(law) if possible(law) => (law, Kind::Shared),
            _ => continue,
        };
        let Found { zone, place, sentence, hit } = name.found;
        all.push(Mention { law, kind, zone, place, sentence, start: hit.start, end: hit.end });
    }
    for (law, hit) in &findings.clues {
        let kind = match hit.weight {
            weight if weight >= OWN => Kind::Own,
            weight if weight >= SHARED => Kind::Shared,
            _ => Kind::Clue,
        };
        let counts = match kind {
            Kind::Own => true,
            Kind::Shared => possible(*law),
            Kind::Clue => is_theirs(*law) && is_born(*law, published),
        };
        if counts {
            let TermHit { zone, place, sentence, start, end, .. } = *hit;
            all.push(Mention { law: *law, kind, zone, place, sentence, start, end });
        }
    }
    let kept = all.iter().enumerate().filter(|(at, mention)| {
        !all.iter()
            .enumerate()
            .any(|(other, by)| other != *at && silences(by, mention, clear, other < *at))
    });
    kept.map(|(_, mention)| *mention).collect()
}

/// Whether one mention leaves nothing of another: the same law said once counts once; of different laws the surer or the
/// longer name is meant, and under one name that several bear, the law of the state that acts first, or the newest.
fn silences(by: &Mention, it: &Mention, clear: &[Jurisdiction], earlier: bool) -> bool {
    if !by.covers(it) {
        return false;
    }
    let longer = by.length() > it.length();
    if by.law == it.law {
        return by.kind > it.kind || by.kind == it.kind && (longer || earlier);
    }
    if longer {
        return by.kind > Kind::Clue && by.kind >= it.kind;
    }
    let rank = |law: Instrument| {
        let of = law.jurisdictions();
        clear.iter().position(|state| of.contains(state)).unwrap_or(clear.len())
    };
    match by.kind.cmp(&it.kind) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal if by.kind == Kind::Own => false,
        std::cmp::Ordering::Equal => (rank(by.law), born(it.law)) < (rank(it.law), born(by.law)),
    }
}
