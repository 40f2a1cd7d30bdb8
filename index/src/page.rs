//! `Page`: one screen of a result, its total and its counts.

use std::sync::Arc;

use crate::{Item, ItemId, Query};

/// Which part of a result is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paging {
    /// At most so many hits.
    pub limit: usize,
    /// Where the page before ended: `Page::next` of it.
    pub cursor: Option<String>,
}

/// A part of the change log: items first tagged after `after` and up to `upto` (numbers of the log).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Window {
    /// Exclusive.
    pub after: i64,
    /// Inclusive.
    pub upto: i64,
    /// What was first tagged after this number, and not after `after`, has told of its story already. Exclusive.
    pub told_since: i64,
    /// Items from before it that count as well, in the order of their keys: see [`Store::corrected`](crate::Store::corrected).
    pub corrected: Arc<[ItemId]>,
}

/// What can be counted beside a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Facet {
    /// By jurisdiction code.
    Jurisdiction,
    /// By topic slug.
    Topic,
    /// By stage slug.
    Stage,
    /// By instrument slug.
    Instrument,
    /// By source id.
    Source,
    /// By kind of publisher.
    Publisher,
    /// By language.
    Language,
}

impl Facet {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Jurisdiction,
        Self::Topic,
        Self::Stage,
        Self::Instrument,
        Self::Source,
        Self::Publisher,
        Self::Language,
    ];

    /// The parameter of the same name in the address line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Jurisdiction => "jurisdiction",
            Self::Topic => "topic",
            Self::Stage => "stage",
            Self::Instrument => "instrument",
            Self::Source => "source",
            Self::Publisher => "publisher",
            Self::Language => "language",
        }
    }

    /// Reads a slug.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.slug() == slug)
    }
}

/// A page for somebody who looks at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Items with their snippets.
    pub page: Page<(Arc<Item>, String)>,
    /// The query that the page is of, if nothing was found by the one that was asked.
    pub instead: Option<Query>,
    /// Where the page is the only one and has room, items that have some of the words or are about
    /// their subject, best first.
    pub partly: Vec<(Arc<Item>, String)>,
}

/// How many items of a result carry a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCount {
    /// Code, slug or id.
    pub value: String,
    /// Exact.
    pub count: u64,
}

/// One item found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Which.
    pub id: ItemId,
    /// Plain text with `<mark>` around the words found, otherwise escaped for HTML.
    pub snippet: String,
}

/// One page of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// How many items there are in all, exactly.
    pub total: u64,
    /// How many of them were found by meaning alone: they do not have the query's words.
    pub by_meaning: u64,
    /// How many rows they make in all: fewer than items where stories are folded.
    pub stories: u64,
    /// How many stories have no row, since an item of theirs came before the window that was asked for.
    pub told: u64,
    /// The cursor of the page after this one.
    pub next: Option<String>,
    /// This page's rows, in the order of the query's sort.
    pub rows: Vec<T>,
    /// The counts asked for: as they would be with that filter alone left out; by count, then value.
    pub facets: Vec<(Facet, Vec<FacetCount>)>,
}

impl<T> Page<T> {
    /// The same page with other rows.
    pub(crate) fn with_rows<U>(&self, rows: Vec<U>) -> Page<U> {
        Page {
            total: self.total,
            by_meaning: self.by_meaning,
            stories: self.stories,
            told: self.told,
            next: self.next.clone(),
            rows,
            facets: self.facets.clone(),
        }
    }
}
