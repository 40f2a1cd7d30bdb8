//! `Ballot`: how often, where and as what each state is named, and the numbers that the model sees of it.

use crate::findings::{Named, Voice};
use crate::reading::Zone;
use crate::wordbook::Opinion;
use crate::{Jurisdiction, Place};

/// As what a state is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// One of its offices.
    Authority,
    /// An office whose name others bear too.
    Shared,
    /// One of its laws.
    Law,
    /// Words by which a law of its is known.
    Clue,
    /// Its name, with a word that says that it acts.
    Acting,
    /// Its name.
    Plain,
    /// What belongs to it, or its capital, without a word that says what for.
    Demonym,
    Capital,
    /// Its name, with a word that says that somebody is only from there, or that it stands accused.
    Side,
    /// What is hardly found elsewhere.
    Sign,
}

const KINDS: usize = 10;

/// How many numbers the model sees of a state.
pub(crate) const FEATURES: usize = 3 * KINDS + 35;

/// A state and what was counted for it.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) of: Jurisdiction,
    /// Its sum by rule of thumb, with the words.
    pub(super) voice: Voice,
    /// By kind and place; the second time counts half, the third a quarter.
    counted: [[f32; 3]; KINDS],
    /// What its language or the source's home add.
    lean: f32,
    /// Whether it is named side by side with another state in the headline, and in the lead.
    paired: [bool; 2],
    /// Whether it is the first that the headline names, and the first that the text does.
    first: [bool; 2],
}

impl Row {
    fn sum(&self, kind: Kind) -> f32 {
        self.counted[kind as usize].iter().sum()
    }

    /// How much of it is in a place, whatever it is named as.
    fn within(&self, zone: Zone) -> f32 {
        self.counted.iter().map(|zones| zones[zone as usize]).sum()
    }

    /// Whether it is called by name at all.
    fn is_named(&self) -> bool {
        [Kind::Acting, Kind::Plain, Kind::Demonym, Kind::Capital, Kind::Side]
            .iter()
            .any(|kind| self.has(*kind))
    }

    fn has(&self, kind: Kind) -> bool {
        self.sum(kind) > 0.0
    }
}

/// Sums for states.
#[derive(Debug, Default)]
pub(super) struct Ballot {
    rows: Vec<Row>,
}

impl Ballot {
    fn row(&mut self, of: Jurisdiction) -> &mut Row {
        let at = self.rows.iter().position(|row| row.of == of).unwrap_or_else(|| {
            let voice = Voice::default();
            self.rows.push(Row {
                of,
                voice,
                counted: [[0.0; 3]; KINDS],
                lean: 0.0,
                paired: [false; 2],
                first: [false; 2],
            });
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }

    /// Counts a name for a state.
    pub(super) fn count(&mut self, of: Jurisdiction, kind: Kind, weight: f32, name: &Named) {
        let (found, hit) = (name.found, name.found.hit);
        self.count_at(of, kind, weight, found.zone, found.place, (hit.start, hit.end));
    }

    /// Counts words for a state.
    pub(super) fn count_at(
        &mut self,
        of: Jurisdiction,
        kind: Kind,
        weight: f32,
        zone: Zone,
        place: Place,
        (start, end): (usize, usize),
    ) {
        let row = self.row(of);
        // 1, 1.5, 1.75, ...: the next share is half of what is missing to 2.
        let before = row.counted[kind as usize].iter().sum::<f32>();
        let share = (1.0 - before / 2.0).max(0.0);
        row.counted[kind as usize][zone as usize] += share;
        row.voice.add(weight * share, zone, place, start, end);
    }

    /// Adds what speaks for a state without being said.
    pub(super) fn lean(&mut self, of: Jurisdiction, weight: f32) {
        let row = self.row(of);
        row.lean += weight;
        row.voice.other += weight;
    }

    /// Notes that a state is named side by side with another one.
    pub(super) fn pair(&mut self, of: Jurisdiction, zone: Zone) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.of == of)
            && let Some(paired) = row.paired.get_mut(zone as usize)
        {
            *paired = true;
        }
    }

    /// Notes that no other state is named before a state, in the headline or in the text.
    pub(super) fn first(&mut self, of: Jurisdiction, place: Place) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.of == of) {
            row.first[usize::from(place == Place::Text)] = true;
        }
    }

    /// The sum for a state so far.
    pub(super) fn score(&self, of: Jurisdiction) -> f32 {
        self.rows.iter().find(|row| row.of == of).map_or(0.0, |row| row.voice.other)
    }

    /// Closes the count: the states by their sums, with their features. `together` says that states seem to act
    /// together, `disputed` that a dispute among authorities of the Union was settled.
    pub(super) fn close(
        mut self,
        together: bool,
        disputed: bool,
        opinion: &Opinion,
    ) -> Vec<(Row, Vec<f32>)> {
        self.fold_parents();
        self.rows.sort_by(|a, b| b.voice.other.total_cmp(&a.voice.other));
        let sums = self.rows.iter().map(|row| row.voice.other).collect::<Vec<_>>();
        let total = sums.iter().sum::<f32>().max(1e-3);
        let best = sums.first().copied().unwrap_or_default().max(1e-3);
        let nation = self.rows.iter().find(|row| !is(row.of, &["EU", "INT"]));
        let national = nation.is_some_and(|row| row.has(Kind::Authority) || row.has(Kind::Acting));
        let context = Context { total, best, national, together, disputed, opinion };
        let features = |(rank, row): (usize, &Row)| {
            let others = Others::of(self.rows.iter().filter(|other| other.of != row.of));
            let mut all = features(row, rank, &context);
            all.extend(against(row, &others));
            all
        };
        let all = self.rows.iter().enumerate().map(features).collect::<Vec<_>>();
        self.rows.into_iter().zip(all).collect()
    }

    /// Where a part of a state acts, the state above it is not tagged; where it is only a place, the state takes its
    /// sum.
    fn fold_parents(&mut self) {
        let mut out = Vec::new();
        for at in 0..self.rows.len() {
            let Some(parent) = self.rows[at].of.parent() else {
                continue;
            };
            let row = &self.rows[at];
            // The states of federations make such law; provinces elsewhere only if an office of theirs is named.
            let federal = is(parent, &["US", "CA", "AU"]);
            let above = self.rows.iter().position(|row| row.of == parent);
            let by_name = federal
                && (row.counted[Kind::Acting as usize][Zone::Title as usize] > 0.0
                    || row.has(Kind::Acting)
                        && !above.is_some_and(|above| self.rows[above].has(Kind::Authority)));
            let acting = row.has(Kind::Authority) || row.has(Kind::Law) || by_name;
            let low = self.rows[at].voice.other;
            if above.is_none() && !acting && !federal {
                self.rows[at].of = parent;
            }
            if let Some(above) = above {
                if acting && low >= 3.0 && low >= 0.5 * self.rows[above].voice.other {
                    out.push(parent);
                } else {
                    self.rows[above].voice.other += 0.4 * low;
                    out.push(self.rows[at].of);
                }
            }
        }
        self.rows.retain(|row| !out.contains(&row.of));
    }
}

/// What all states of a text have in common.
struct Context<'a> {
    total: f32,
    best: f32,
    national: bool,
    together: bool,
    disputed: bool,
    opinion: &'a Opinion,
}

fn is(of: Jurisdiction, codes: &[&str]) -> bool {
    codes.contains(&of.code())
}

/// The numbers that the model sees: counts by kind and place, the sum and its rank, what kind of state it is.
fn features(row: &Row, rank: usize, context: &Context<'_>) -> Vec<f32> {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let sum = row.voice.other;
    let mut features = row.counted.iter().flatten().copied().collect::<Vec<_>>();
    let (eu, int, part) = (is(row.of, &["EU"]), is(row.of, &["INT"]), row.of.parent().is_some());
    features.extend([
        row.lean,
        sum.min(12.0) / 4.0,
        sum / context.best,
        sum / context.total,
        flag(rank == 0),
        flag(rank > 1),
        flag(eu),
        flag(int),
        flag(part),
        flag(eu && context.national),
        flag(int && context.national),
        flag(context.together && rank > 0) * sum / context.best,
        flag(eu && context.disputed),
        flag(!eu && context.disputed && row.has(Kind::Authority)),
    ]);
    let [union, many, several] = context.opinion.actors().map(|said| said.clamp(-6.0, 6.0) / 2.0);
    let beside = flag(rank > 0);
    features.extend([
        flag(eu) * union,
        flag(int) * many,
        beside * several,
        beside * several * sum / context.best,
        flag(row.paired[0]),
        flag(row.paired[1]),
        beside * flag(row.paired[0] || row.paired[1]) * several,
    ]);
    features
}

/// The most that another state of the text has of what counts.
#[derive(Default)]
struct Others {
    offices: f32,
    acting: f32,
    title: f32,
    lead: f32,
    law: f32,
    named_in_title: bool,
    count: f32,
}

impl Others {
    fn of<'a>(rows: impl Iterator<Item = &'a Row>) -> Self {
        let mut most = Self::default();
        for row in rows {
            most.offices = most.offices.max(row.sum(Kind::Authority));
            most.acting = most.acting.max(row.sum(Kind::Acting));
            most.law = most.law.max(row.sum(Kind::Law));
            most.title = most.title.max(row.within(Zone::Title));
            most.lead = most.lead.max(row.within(Zone::Lead));
            most.named_in_title |= row.is_named() && row.within(Zone::Title) > 0.0;
            most.count += f32::from(u8::from(row.is_named()));
        }
        most
    }
}

/// How a state stands against the others.
fn against(row: &Row, others: &Others) -> Vec<f32> {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let unnamed = !row.is_named();
    let (title, lead) = (row.within(Zone::Title), row.within(Zone::Lead));
    let national = !is(row.of, &["EU", "INT"]);
    vec![
        flag(row.first[0]),
        flag(row.first[1]),
        // An office that many states have, in a text about another.
        flag(unnamed && others.named_in_title),
        flag(unnamed && others.named_in_title && row.lean > 0.0),
        flag(unnamed && national),
        row.sum(Kind::Authority) - others.offices,
        row.sum(Kind::Acting) - others.acting,
        row.sum(Kind::Law) - others.law,
        title - others.title,
        lead - others.lead,
        flag(title == 0.0 && lead == 0.0),
        flag(others.count == 0.0),
        (others.count.min(6.0)) / 3.0,
        flag(row.sum(Kind::Side) > row.sum(Kind::Acting) + row.sum(Kind::Authority)),
    ]
}
