//! What was found of late, and the items themselves, kept for whoever asks next while nothing else can be found.
//!
//! Everything is kept under the generation of the full-text index that was there before it was read, so that it is at
//! least as new: each change of an item is a line of the change log, and so another generation.

use std::collections::HashMap;
use std::sync::Arc;

use classifier::{Evidence, Tags};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::{Facet, Item, ItemId, Page, Paging, Query, Window};

/// How many bytes of results and of excerpts are kept, roughly.
const RESULTS: u64 = 2 << 20;
const EXCERPTS: u64 = 40 << 20;
/// What one of them has usually.
const RESULT: u64 = 8 << 10;
const EXCERPT: u64 = 8 << 10;
/// A larger page is an export's, which asks for each once.
pub(crate) const LARGEST: usize = 100;
/// What a value costs beside its text.
const BESIDE: usize = 64;

/// An item as lists show it.
#[derive(Debug)]
pub(crate) struct Excerpt {
    pub(crate) item: Arc<Item>,
    /// The beginning of its text, as a snippet.
    pub(crate) beginning: String,
    /// As much of its text as is looked through for a query's words.
    pub(crate) text: String,
}

/// What every source is called, by its id.
type Names = HashMap<String, String>;

/// The caches.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) results: Cache<(u64, String), Arc<Page<ItemId>>, Weight>,
    pub(crate) excerpts: Cache<(u64, ItemId), Arc<Excerpt>, Weight>,
    pub(crate) names: Cache<u64, Arc<Names>>,
}

impl Default for Kept {
    fn default() -> Self {
        let count = |room: u64, usual: u64| usize::try_from(room / usual).unwrap_or_default();
        Self {
            results: Cache::with_weighter(count(RESULTS, RESULT), RESULTS, Weight),
            excerpts: Cache::with_weighter(count(EXCERPTS, EXCERPT), EXCERPTS, Weight),
            names: Cache::new(2),
        }
    }
}

/// Under which name a result is kept; `None` if it is not. Questions in words differ too much.
pub(crate) fn name(
    query: &Query,
    paging: &Paging,
    facets: &[Facet],
    window: Option<&Window>,
) -> Option<String> {
    let has_corrected = window.is_some_and(|window| !window.corrected.is_empty());
    if query.words.is_some() || paging.limit > LARGEST || has_corrected {
        return None;
    }
    let cursor = paging.cursor.as_deref().unwrap_or_default();
    let facets: Vec<_> = facets.iter().map(|facet| facet.slug()).collect();
    let window = window
        .map(|Window { after, upto, told_since, .. }| format!("{told_since}-{after}-{upto}"))
        .unwrap_or_default();
    let (query, facets) = (query.to_query_string(), facets.join(","));
    Some(format!("{query} {} {cursor} {facets} {window}", paging.limit))
}

/// Bytes, roughly.
#[derive(Debug, Clone)]
pub(crate) struct Weight;

impl Weighter<(u64, String), Arc<Page<ItemId>>> for Weight {
    fn weight(&self, (_, name): &(u64, String), page: &Arc<Page<ItemId>>) -> u64 {
        let counts = page.facets.iter().flat_map(|(_, counts)| counts);
        let counts: usize = counts.map(|count| count.value.len() + BESIDE).sum();
        (name.len() + counts + size_of_val(page.rows.as_slice()) + BESIDE) as u64
    }
}

impl Weighter<(u64, ItemId), Arc<Excerpt>> for Weight {
    fn weight(&self, _: &(u64, ItemId), excerpt: &Arc<Excerpt>) -> u64 {
        let Excerpt { item, beginning, text } = &**excerpt;
        let texts = item.url.len() + item.title.len() + beginning.len() + text.len();
        (size_of::<Item>() + size_of::<Excerpt>() + texts + tags(&item.tags)) as u64
    }
}

fn tags(tags: &Tags) -> usize {
    let evidence = |evidence: &[Evidence]| -> usize {
        evidence.iter().map(|one| one.quote.len() + BESIDE).sum::<usize>() + BESIDE
    };
    let jurisdictions = tags.jurisdictions.iter().map(|tag| evidence(&tag.evidence));
    let topics = tags.topics.iter().map(|tag| evidence(&tag.evidence));
    let laws = tags.instruments.iter().map(|tag| evidence(&tag.evidence));
    let stage = tags.stage.iter().map(|tag| evidence(&tag.evidence));
    let acts = tags.developments.len() * 4 * BESIDE;
    let all: usize = jurisdictions.chain(topics).chain(laws).chain(stage).sum();
    all + acts + evidence(&tags.policy.evidence)
}
