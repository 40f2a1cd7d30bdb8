//! How a result spreads over time.

use chrono::{DateTime, Utc};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use std::sync::Arc;

use super::compile;
use super::schema::Fields;
use super::snapshot::{Columns, Snapshot};
use crate::{Error, Facet, Query};

/// How many items of a query fall between each two of these moments, which are in order.
pub(super) fn counts_between(
    snapshot: &Snapshot,
    fields: &Fields,
    query: &Query,
    moments: &[DateTime<Utc>],
) -> Result<Vec<u64>, Error> {
    let filters = Facet::ALL.map(|facet| (facet, query.values(facet)));
    let filters: Vec<_> = filters.into_iter().filter(|(_, values)| !values.is_empty()).collect();
    let compiled = compile::compile(snapshot, fields, (query, None), &filters, false)?;
    let milliseconds = |time: DateTime<Utc>| time.timestamp_millis();
    let counter = Histogram {
        columns: snapshot.columns.clone(),
        policy: query.policy,
        from: query.dates.from.map_or(i64::MIN, milliseconds),
        to: query.dates.to.map_or(i64::MAX, milliseconds),
        moments: moments.iter().map(|moment| milliseconds(*moment)).collect(),
    };
    Ok(snapshot.searcher.search(&*compiled.query, &counter)?)
}

#[derive(Clone)]
struct Histogram {
    columns: Vec<Arc<Columns>>,
    policy: Option<bool>,
    from: i64,
    to: i64,
    moments: Vec<i64>,
}

impl Collector for Histogram {
    type Fruit = Vec<u64>;
    type Child = Segment;

    fn for_segment(&self, number: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Segment> {
        let columns = Arc::clone(&self.columns[number as usize]);
        let counts = vec![0; self.moments.len().saturating_sub(1)];
        Ok(Segment { wanted: self.clone(), columns, counts })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<u64>>) -> tantivy::Result<Vec<u64>> {
        let mut sums = vec![0; self.moments.len().saturating_sub(1)];
        for counts in segments {
            sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        Ok(sums)
    }
}

struct Segment {
    wanted: Histogram,
    columns: Arc<Columns>,
    counts: Vec<u64>,
}

impl SegmentCollector for Segment {
    type Fruit = Vec<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let wanted = &self.wanted;
        let facts = self.columns.facts[doc as usize];
        let date = self.columns.dates[doc as usize];
        let slot = wanted.moments.partition_point(|moment| *moment <= date);
        let Some(count) = slot.checked_sub(1).and_then(|slot| self.counts.get_mut(slot)) else {
            return;
        };
        let is_wanted = date >= wanted.from
            && date < wanted.to
            && wanted.policy.is_none_or(|policy| facts.policy == policy);
        *count += u64::from(is_wanted);
    }

    fn harvest(self) -> Vec<u64> {
        self.counts
    }
}
