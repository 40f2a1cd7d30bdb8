//! What is collected of one segment of the index.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use rustc_hash::FxHashSet;
use tantivy::collector::SegmentCollector;
use tantivy::query::Weight;
use tantivy::{DocId, Score, SegmentReader};

use super::collect::{Collect, Order, Place};
use super::snapshot::{Columns, Facts};
use super::values::{Allowed, Counts};
use crate::{Dates, Facet, ItemId, Window};

/// How many documents are looked at together: what is known of them is far apart in memory, and is fetched for all of
/// them at the same time.
const TOGETHER: usize = 128;

/// What is wanted, and what was found of it so far. Values are numbers here.
pub(super) struct Segment {
    columns: Arc<Columns>,
    policy: Option<bool>,
    /// From the first of them on, before the second.
    dates: Option<(i64, i64)>,
    window: Option<Window>,
    chosen: Vec<Chosen>,
    counts: Vec<(Facet, Counts)>,
    ranks: Arc<HashMap<i64, u64>>,
    order: Order,
    after: Option<Place>,
    limit: usize,
    fold: bool,
    /// Documents that were not looked at yet.
    waiting: Vec<Seen>,
    /// How many of the filters with counts beside them each of these fails.
    failed: Vec<u8>,
    total: u64,
    /// How many of them are in stories of several.
    folded: u64,
    stories: Stories,
    /// Stories of which something was told before the window.
    told: FxHashSet<i64>,
    titles: Titles,
    best: BinaryHeap<Reverse<Place>>,
}

/// What one segment holds.
pub(super) struct Counted {
    pub(super) columns: Arc<Columns>,
    pub(super) total: u64,
    pub(super) folded: u64,
    /// The best place of each story.
    pub(super) stories: Vec<(i64, Place)>,
    pub(super) told: FxHashSet<i64>,
    pub(super) places: Vec<Place>,
    pub(super) counts: Vec<(Facet, Counts)>,
}

/// A document that has the words, and what is asked of each.
#[derive(Debug, Clone, Copy)]
struct Seen {
    doc: DocId,
    score: Score,
    facts: Facts,
}

/// A filter with counts beside it.
struct Chosen {
    facet: Facet,
    counted_as: Option<usize>,
    allowed: Allowed,
}

/// The best documents of stories.
struct Stories {
    /// For each story, its place among `found` and one; 0 while there is none.
    slots: Vec<u32>,
    /// Story, what it is ordered by, document.
    found: Vec<(u32, u64, DocId)>,
}

/// What words in titles add to the scores of documents, by their numbers; empty where they add nothing.
struct Titles(Vec<Score>);

impl Titles {
    fn new(weights: &[Box<dyn Weight>], reader: &SegmentReader) -> tantivy::Result<Self> {
        let documents = if weights.is_empty() { 0 } else { reader.max_doc() as usize };
        let mut scores = vec![0.0; documents];
        for weight in weights {
            weight.for_each(reader, &mut |doc, score| scores[doc as usize] += score)?;
        }
        Ok(Self(scores))
    }

    fn of(&self, doc: DocId) -> Score {
        self.0.get(doc as usize).copied().unwrap_or_default()
    }
}

impl SegmentCollector for Segment {
    type Fruit = Counted;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.waiting.push(Seen { doc, score, facts: Facts::default() });
        if self.waiting.len() == TOGETHER {
            self.look();
        }
    }

    fn harvest(mut self) -> Counted {
        self.look();
        let stories = self.stories.found.iter();
        let stories = stories.map(|(story, primary, doc)| {
            (self.columns.stories[*story as usize - 1], self.place_of(*doc, *primary))
        });
        Counted {
            stories: stories.collect(),
            columns: self.columns,
            total: self.total,
            folded: self.folded,
            told: self.told,
            places: self.best.into_iter().map(|Reverse(place)| place).collect(),
            counts: self.counts,
        }
    }
}

impl Segment {
    pub(super) fn new(
        wanted: &Collect,
        columns: Arc<Columns>,
        reader: &SegmentReader,
    ) -> tantivy::Result<Self> {
        let conditions = &wanted.conditions;
        let position = |facet| wanted.facets.iter().position(|wanted| *wanted == facet);
        let chosen = conditions.chosen.iter().map(|(facet, values)| {
            let allowed = columns.facet(*facet).allowed(values);
            Chosen { facet: *facet, counted_as: position(*facet), allowed }
        });
        let counts = wanted.facets.iter();
        let counts = counts.map(|facet| columns.facet(*facet).counts());
        let milliseconds = |time: chrono::DateTime<chrono::Utc>| time.timestamp_millis();
        let Dates { from, to } = conditions.dates;
        let dates = (from.map_or(i64::MIN, milliseconds), to.map_or(i64::MAX, milliseconds));
        Ok(Self {
            policy: conditions.policy,
            dates: Some(dates).filter(|dates| *dates != (i64::MIN, i64::MAX)),
            window: conditions.window.clone(),
            chosen: chosen.collect(),
            counts: wanted.facets.iter().copied().zip(counts).collect(),
            ranks: Arc::clone(&wanted.ranks),
            order: wanted.order,
            after: wanted.after,
            limit: wanted.limit,
            fold: wanted.fold,
            waiting: Vec::with_capacity(TOGETHER),
            failed: vec![0; TOGETHER],
            total: 0,
            folded: 0,
            stories: Stories { slots: vec![0; columns.stories.len() + 1], found: Vec::new() },
            told: FxHashSet::default(),
            titles: Titles::new(&wanted.titles, reader)?,
            best: BinaryHeap::with_capacity(wanted.limit.min(1_024) + 1),
            columns,
        })
    }

    /// Looks at the documents that wait.
    fn look(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        for seen in &mut waiting {
            seen.facts = self.columns.facts[seen.doc as usize];
        }
        if let Some(wanted) = self.policy {
            keep(&mut waiting, |seen| seen.facts.policy == wanted);
        }
        if let Some((from, to)) = self.dates {
            let dates = &self.columns.dates;
            keep(&mut waiting, |seen| {
                let date = dates[seen.doc as usize];
                (date >= from) & (date < to)
            });
        }
        if let Some(window) = self.window.clone() {
            waiting.retain(|seen| self.is_in_window(*seen, &window));
        }
        if !self.chosen.is_empty() {
            self.choose(&mut waiting);
        }
        self.total += waiting.len() as u64;
        let docs = waiting.iter().map(|seen| seen.doc);
        for (facet, counts) in &mut self.counts {
            self.columns.facet(*facet).count(docs.clone(), counts);
        }
        for seen in &waiting {
            self.place(*seen);
        }
        waiting.clear();
        self.waiting = waiting;
    }

    /// Whether a document was first tagged in the part of the change log that is asked for, or counts as if it were. One
    /// from before may have told of its story.
    fn is_in_window(&mut self, Seen { doc, facts, .. }: Seen, window: &Window) -> bool {
        let change = self.columns.change.first(doc).unwrap_or_default();
        if change > window.after {
            return change <= window.upto;
        }
        if change <= window.told_since {
            return false;
        }
        let is_corrected = |id| window.corrected.binary_search(&ItemId(id)).is_ok();
        if !window.corrected.is_empty() && self.columns.id.first(doc).is_some_and(is_corrected) {
            return true;
        }
        let is_allowed =
            |chosen: &Chosen| self.columns.facet(chosen.facet).allows(doc, &chosen.allowed);
        if let Some(story) = self.columns.story(facts).filter(|_| self.fold)
            && self.chosen.iter().all(is_allowed)
        {
            self.told.insert(story);
        }
        false
    }

    /// Keeps the documents that pass the filters with counts beside them. One that fails a single one of them is counted
    /// there.
    fn choose(&mut self, waiting: &mut Vec<Seen>) {
        let failed = &mut self.failed[..waiting.len()];
        failed.fill(0);
        let docs = waiting.iter().map(|seen| seen.doc);
        for Chosen { facet, allowed, .. } in &self.chosen {
            self.columns.facet(*facet).refuse(docs.clone(), allowed, failed);
        }
        for Chosen { facet, allowed, counted_as } in &self.chosen {
            let Some(counted_as) = counted_as else { continue };
            let values = self.columns.facet(*facet);
            let fail_once = docs.clone().zip(&*failed).filter(|(_, failed)| **failed == 1);
            let fail_it = fail_once
                .filter(|(doc, _)| self.chosen.len() == 1 || !values.allows(*doc, allowed));
            values.count(fail_it.map(|(doc, _)| doc), &mut self.counts[*counted_as].1);
        }
        let mut failed = failed.iter();
        waiting.retain(|_| failed.next() == Some(&0));
    }

    /// Gives a document a place of its own, or its story's.
    fn place(&mut self, Seen { doc, score, facts }: Seen) {
        let is_folded = self.fold && facts.story > 0;
        self.folded += u64::from(is_folded);
        if self.limit == 0 && !is_folded {
            return;
        }
        let score = score + self.titles.of(doc);
        let primary = self.primary(doc, facts, score);
        if is_folded {
            self.keep_best(facts.story, doc, primary);
        } else {
            self.rank(doc, primary);
        }
    }

    fn keep_best(&mut self, story: u32, doc: DocId, primary: u64) {
        let slot = self.stories.slots[story as usize];
        let Some(known) = slot.checked_sub(1) else {
            self.stories.found.push((story, primary, doc));
            self.stories.slots[story as usize] = self.stories.found.len() as u32;
            return;
        };
        let (_, best, best_doc) = self.stories.found[known as usize];
        let is_better = primary > best
            || primary == best && self.place_of(doc, primary) > self.place_of(best_doc, best);
        if is_better {
            self.stories.found[known as usize] = (story, primary, doc);
        }
    }

    /// Keeps a document that is among the best so far. Its key is read only for those that may be.
    fn rank(&mut self, doc: DocId, primary: u64) {
        let is_full = self.best.len() == self.limit;
        let worst = self.best.peek().map(|Reverse(place)| *place).filter(|_| is_full);
        if worst.is_some_and(|worst| primary < worst.primary)
            || self.after.is_some_and(|after| primary > after.primary)
        {
            return;
        }
        let place = self.place_of(doc, primary);
        if self.after.is_some_and(|after| place >= after) {
            return;
        }
        self.best.push(Reverse(place));
        if is_full {
            self.best.pop();
        }
    }

    /// The place that a document was given before, if it was.
    fn rank_of(&self, doc: DocId) -> Option<u64> {
        if self.ranks.is_empty() {
            return None;
        }
        self.ranks.get(&self.columns.id.first(doc)?).copied()
    }

    fn place_of(&self, doc: DocId, primary: u64) -> Place {
        let key = self.columns.id.first(doc).unwrap_or_default().cast_unsigned();
        let tie = if self.order == Order::Oldest { !key } else { key };
        Place { primary, tie }
    }

    fn primary(&self, doc: DocId, facts: Facts, score: Score) -> u64 {
        // The least date is the least number.
        let date = || self.columns.dates[doc as usize].cast_unsigned() ^ 1 << 63;
        match self.order {
            Order::Relevance => {
                if let Some(rank) = self.rank_of(doc) {
                    return u64::MAX - rank;
                }
                let weighed = score.max(0.0) * f32::from(facts.weight);
                // Bits of numbers that are not negative are in the order of the numbers.
                u64::from(weighed.to_bits())
            }
            Order::Newest => date(),
            Order::Oldest => !date(),
        }
    }
}

/// Keeps some of the documents. Which these are cannot be foretold, so none is decided on before the others are fetched.
fn keep(waiting: &mut Vec<Seen>, is_wanted: impl Fn(&Seen) -> bool) {
    let mut kept = 0;
    for number in 0..waiting.len() {
        let seen = waiting[number];
        waiting[kept] = seen;
        kept += usize::from(is_wanted(&seen));
    }
    waiting.truncate(kept);
}
