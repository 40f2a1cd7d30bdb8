//! One pass over what the words find: the total, the best of the page, and the counts beside every filter.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::snapshot::Columns;
use crate::{Dates, Facet, FacetCount, ItemId, Window};

/// In which order documents come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    Relevance,
    Newest,
    Oldest,
}

/// A document's place in the order: the greater comes first. Items of one score or date come by their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) primary: u64,
    pub(super) tie: u64,
}

impl Place {
    pub(super) fn item(self, order: Order) -> ItemId {
        let key = if order == Order::Oldest { !self.tie } else { self.tie };
        ItemId(key.cast_signed())
    }
}

/// What is asked of each document besides the words.
#[derive(Debug, Clone, Default)]
pub(super) struct Conditions {
    pub(super) policy: Option<bool>,
    pub(super) dates: Dates,
    pub(super) window: Option<Window>,
    /// Filters with counts beside them: a document that fails one of them only is counted there, since the counts
    /// are as they would be with that filter alone left out.
    pub(super) chosen: Vec<(Facet, Vec<String>)>,
}

/// How a result is wanted.
pub(super) struct Collect {
    pub(super) columns: Vec<Arc<Columns>>,
    pub(super) conditions: Conditions,
    pub(super) facets: Vec<Facet>,
    /// The places of those that come before all others by relevance, by their keys.
    pub(super) ranks: Arc<HashMap<i64, u64>>,
    pub(super) order: Order,
    /// Only places after this one.
    pub(super) after: Option<Place>,
    /// How many places at most.
    pub(super) limit: usize,
    /// Whether a story has one place, the best of its items'.
    pub(super) fold: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) total: u64,
    /// How many places there are in all.
    pub(super) all_places: u64,
    /// How many stories have no place, since something was told of them before the window.
    pub(super) told: u64,
    /// In order.
    pub(super) places: Vec<Place>,
    pub(super) facets: Vec<(Facet, Vec<FacetCount>)>,
}

impl Collector for Collect {
    type Fruit = Found;
    type Child = Segment;

    fn for_segment(&self, number: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Segment> {
        let columns = &self.columns[number as usize];
        let conditions = &self.conditions;
        let position = |facet| self.facets.iter().position(|wanted| *wanted == facet);
        let chosen = conditions.chosen.iter().map(|(facet, values)| {
            let names = &columns.facet(*facet).names;
            let allowed = names.iter().map(|name| values.contains(name)).collect();
            Chosen { facet: *facet, counted_as: position(*facet), allowed }
        });
        let counts = self.facets.iter();
        let counts = counts.map(|facet| vec![0; columns.facet(*facet).names.len()]);
        let milliseconds = |time: chrono::DateTime<chrono::Utc>| time.timestamp_millis();
        Ok(Segment {
            policy: conditions.policy.map(u64::from),
            from: conditions.dates.from.map(milliseconds),
            to: conditions.dates.to.map(milliseconds),
            window: conditions.window,
            chosen: chosen.collect(),
            counts: self.facets.iter().copied().zip(counts).collect(),
            columns: Arc::clone(columns),
            ranks: Arc::clone(&self.ranks),
            order: self.order,
            after: self.after,
            limit: self.limit,
            fold: self.fold,
            total: 0,
            folded: 0,
            stories: Stories::default(),
            told: FxHashSet::default(),
            best: BinaryHeap::with_capacity(self.limit.min(1_024) + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Relevance && self.limit > 0
    }

    fn merge_fruits(&self, segments: Vec<Counted>) -> tantivy::Result<Found> {
        let mut counts: Vec<HashMap<&str, u64>> = vec![HashMap::new(); self.facets.len()];
        let mut found = Found::default();
        let mut stories = Stories::default();
        for segment in &segments {
            found.total += segment.total;
            found.all_places += segment.total - segment.folded;
            segment
                .stories
                .iter()
                .for_each(|(story, place)| keep_best(&mut stories, *story, *place));
            found.places.extend(&segment.places);
            for ((facet, numbers), counts) in segment.counts.iter().zip(&mut counts) {
                let names = &segment.columns.facet(*facet).names;
                for (name, count) in names.iter().zip(numbers).filter(|(_, count)| **count > 0) {
                    *counts.entry(name).or_default() += u64::from(*count);
                }
            }
        }
        let told: FxHashSet<i64> =
            segments.iter().flat_map(|segment| &segment.told).copied().collect();
        let all = stories.len();
        stories.retain(|story, _| !told.contains(story));
        found.told = (all - stories.len()) as u64;
        found.all_places += stories.len() as u64;
        let is_after = |place: &Place| self.after.is_none_or(|after| *place < after);
        found
            .places
            .extend(stories.into_values().filter(|place| self.limit > 0 && is_after(place)));
        found.places.sort_unstable_by_key(|place| Reverse(*place));
        found.places.truncate(self.limit);
        let counts = counts.into_iter().map(in_order);
        found.facets = self.facets.iter().copied().zip(counts).collect();
        Ok(found)
    }
}

/// By count, then value.
fn in_order(counts: HashMap<&str, u64>) -> Vec<FacetCount> {
    let counts = counts.into_iter();
    let mut counts: Vec<_> =
        counts.map(|(value, count)| FacetCount { value: value.to_owned(), count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}

/// A filter with counts beside it, in one segment.
struct Chosen {
    facet: Facet,
    counted_as: Option<usize>,
    /// For each number of a value, whether it is among the filter's.
    allowed: Vec<bool>,
}

impl Chosen {
    fn allows(&self, columns: &Columns, doc: DocId) -> bool {
        let mut is_allowed = false;
        columns.facet(self.facet).each(doc, |number| is_allowed |= self.allowed[number]);
        is_allowed
    }
}

/// The same for one segment, whose values are numbers.
pub(super) struct Segment {
    columns: Arc<Columns>,
    policy: Option<u64>,
    from: Option<i64>,
    to: Option<i64>,
    window: Option<Window>,
    chosen: Vec<Chosen>,
    counts: Vec<(Facet, Vec<u32>)>,
    ranks: Arc<HashMap<i64, u64>>,
    order: Order,
    after: Option<Place>,
    limit: usize,
    fold: bool,
    total: u64,
    /// How many of them are in stories of several.
    folded: u64,
    stories: Stories,
    /// Stories of which something was told before the window.
    told: FxHashSet<i64>,
    best: BinaryHeap<Reverse<Place>>,
}

/// The best place of each story of several items.
type Stories = FxHashMap<i64, Place>;

fn keep_best(stories: &mut Stories, story: i64, place: Place) {
    let best = stories.entry(story).or_insert(place);
    *best = place.max(*best);
}

/// What one segment holds.
pub(super) struct Counted {
    columns: Arc<Columns>,
    total: u64,
    folded: u64,
    stories: Stories,
    told: FxHashSet<i64>,
    places: Vec<Place>,
    counts: Vec<(Facet, Vec<u32>)>,
}

impl SegmentCollector for Segment {
    type Fruit = Counted;

    fn collect(&mut self, doc: DocId, score: Score) {
        if !self.meets_conditions(doc) || !self.is_in_window(doc) {
            return;
        }
        let columns = &*self.columns;
        let mut failed = self.chosen.iter().filter(|chosen| !chosen.allows(columns, doc));
        match (failed.next(), failed.next()) {
            (None, _) => {
                self.total += 1;
                self.counts.iter_mut().for_each(|counts| count(columns, counts, doc));
                self.place(doc, score);
            }
            (Some(Chosen { counted_as: Some(number), .. }), None) => {
                count(columns, &mut self.counts[*number], doc);
            }
            _ => {}
        }
    }

    fn harvest(self) -> Counted {
        let places = self.best.into_iter().map(|Reverse(place)| place).collect();
        Counted {
            columns: self.columns,
            total: self.total,
            folded: self.folded,
            stories: self.stories,
            told: self.told,
            places,
            counts: self.counts,
        }
    }
}

fn count(columns: &Columns, (facet, counts): &mut (Facet, Vec<u32>), doc: DocId) {
    columns.facet(*facet).each(doc, |number| counts[number] += 1);
}

impl Segment {
    fn meets_conditions(&self, doc: DocId) -> bool {
        let columns = &*self.columns;
        let is_date_wanted = || {
            let date = columns.date.first(doc).unwrap_or_default();
            self.from.is_none_or(|from| date >= from) && self.to.is_none_or(|to| date < to)
        };
        self.policy.is_none_or(|policy| columns.policy.first(doc) == Some(policy))
            && (self.from.is_none() && self.to.is_none() || is_date_wanted())
    }

    /// Whether a document was first tagged in the part of the change log that is asked for. One from before has told
    /// of its story.
    fn is_in_window(&mut self, doc: DocId) -> bool {
        let Some(window) = self.window else { return true };
        let change = self.columns.change.first(doc).unwrap_or_default();
        if change > window.after {
            return change <= window.upto;
        }
        let story = self.story(doc);
        if story > 0 && self.chosen.iter().all(|chosen| chosen.allows(&self.columns, doc)) {
            self.told.insert(story);
        }
        false
    }

    /// The story that a document is folded into, 0 for none.
    fn story(&self, doc: DocId) -> i64 {
        if self.fold { self.columns.story.first(doc).unwrap_or_default() } else { 0 }
    }

    /// Gives a document a place of its own, or its story's.
    fn place(&mut self, doc: DocId, score: Score) {
        let story = self.story(doc);
        if story == 0 {
            return self.rank(doc, score);
        }
        self.folded += 1;
        let place = self.place_of(doc, self.primary(doc, score));
        keep_best(&mut self.stories, story, place);
    }

    /// Keeps a document that is among the best so far. Its key is read only for those that may be.
    fn rank(&mut self, doc: DocId, score: Score) {
        if self.limit == 0 {
            return;
        }
        let primary = self.primary(doc, score);
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

    fn primary(&self, doc: DocId, score: Score) -> u64 {
        let date = || {
            let date = self.columns.date.first(doc).unwrap_or_default();
            // The least date is the least number.
            date.cast_unsigned() ^ 1 << 63
        };
        match self.order {
            Order::Relevance => {
                if let Some(rank) = self.rank_of(doc) {
                    return u64::MAX - rank;
                }
                let weight = self.columns.weight.first(doc).unwrap_or(1_000);
                let weighed = score.max(0.0) * weight as f32;
                // Bits of numbers that are not negative are in the order of the numbers.
                u64::from(weighed.to_bits())
            }
            Order::Newest => date(),
            Order::Oldest => !date(),
        }
    }
}
