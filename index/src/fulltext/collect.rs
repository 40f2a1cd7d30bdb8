//! One pass over what the words find: the total, the best of the page, and the counts beside every filter.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::Collector;
use tantivy::query::Weight;
use tantivy::{SegmentOrdinal, SegmentReader};

use super::segment::{Counted, Segment};
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
    /// What words in titles add to scores.
    pub(super) titles: Vec<Box<dyn Weight>>,
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

    fn for_segment(
        &self,
        number: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<Segment> {
        Segment::new(self, Arc::clone(&self.columns[number as usize]), reader)
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Relevance && self.limit > 0
    }

    fn merge_fruits(&self, segments: Vec<Counted>) -> tantivy::Result<Found> {
        let mut counts: Vec<HashMap<&str, u64>> = vec![HashMap::new(); self.facets.len()];
        let mut found = Found::default();
        for segment in &segments {
            found.total += segment.total;
            found.all_places += segment.total - segment.folded;
            found.places.extend(&segment.places);
            for ((facet, numbers), counts) in segment.counts.iter().zip(&mut counts) {
                let names = &segment.columns.facet(*facet).names;
                let found = (0..).zip(names).map(|(number, name)| (name, numbers.of(number)));
                for (name, count) in found.filter(|(_, count)| *count > 0) {
                    *counts.entry(name).or_default() += u64::from(count);
                }
            }
        }
        let mut stories = merged(&segments);
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
        keep_first(&mut found.places, self.limit);
        let counts = counts.into_iter().map(in_order);
        found.facets = self.facets.iter().copied().zip(counts).collect();
        Ok(found)
    }
}

/// The best place of each story.
fn merged(segments: &[Counted]) -> FxHashMap<i64, Place> {
    let mut merged = FxHashMap::default();
    merged.reserve(segments.iter().map(|segment| segment.stories.len()).max().unwrap_or_default());
    for (story, place) in segments.iter().flat_map(|segment| &segment.stories) {
        let best = merged.entry(*story).or_insert(*place);
        *best = (*place).max(*best);
    }
    merged
}

/// Puts the best of places in order, and drops the others.
fn keep_first(places: &mut Vec<Place>, limit: usize) {
    if places.len() > limit {
        places.select_nth_unstable_by_key(limit, |place| Reverse(*place));
        places.truncate(limit);
    }
    places.sort_unstable_by_key(|place| Reverse(*place));
}

/// By count, then value.
fn in_order(counts: HashMap<&str, u64>) -> Vec<FacetCount> {
    let counts = counts.into_iter();
    let mut counts: Vec<_> =
        counts.map(|(value, count)| FacetCount { value: value.to_owned(), count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    counts
}
