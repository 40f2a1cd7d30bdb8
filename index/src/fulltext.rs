//! The full-text index: which items, in which order, and the counts beside them.
//!
//! It knows nothing of the store: it is given documents, and remembers up to which number of the change log it was.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::{DateTime, Utc};

use crate::kept::Excerpt;
use crate::store::Document;
use crate::{Error, Facet, Item, ItemId, Page, Paging, Query, Sort, Widening, Window};

// Texts to terms.
mod words;
mod compounds;
mod clusters;
mod arabic;
mod stems;
mod analyst;
mod tokenizer;

// Documents in.
mod schema;
mod document;
mod folder;
mod writer;

// Queries out.
mod snapshot;
mod values;
mod clauses;
mod spellings;
mod near;
mod compile;
mod statistics;
mod tongue;
mod forms;
mod excluded;
mod collect;
mod segment;
mod cursor;
mod openings;
mod snippet;
mod histogram;
mod related;
mod spelling;

use analyst::Analyst;
use collect::{Collect, Conditions, Found, Order};
use folder::Folder;
use schema::{Fields, Mark};
use snapshot::Snapshot;
use snippet::{Sought, snippet};
use stems::Language;
use writer::Writer;

pub(crate) use near::Near;
pub(crate) use words::{count_words, words_without_blanks};

thread_local! {
    /// For snippets: one search shows words that the last one showed.
    static ANALYST: RefCell<Analyst> = RefCell::new(Analyst::to_show());
}

/// The largest page.
const MAX_LIMIT: usize = 1_000;

/// The full-text index of one folder. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Fulltext(Arc<Inner>);

struct Inner {
    folder: Folder,
    reader: tantivy::IndexReader,
    fields: Fields,
    snapshot: RwLock<Arc<Snapshot>>,
    /// The number of the change log up to which this process last added documents.
    added: AtomicI64,
    /// There is none until this process becomes the index's writer.
    writer: Mutex<Option<Writer>>,
}

impl std::fmt::Debug for Fulltext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fulltext").field("folder", &self.0.folder).finish_non_exhaustive()
    }
}

impl Fulltext {
    /// Opens the index in `data/index`, or makes an empty one if it is not there, is damaged, is of an older shape, or
    /// is ahead of `head`. An empty one answers as soon as it holds the change log up to `goal`.
    ///
    /// # Errors
    /// [`Error::Busy`] when it is in such a state and another process is its writer.
    pub(crate) fn open(data: &Path, goal: i64, head: i64) -> Result<Self, Error> {
        let fields = Fields::new();
        let (folder, reader, snapshot) = Folder::open(data, &fields, goal, head)?;
        let snapshot = RwLock::new(Arc::new(snapshot));
        let (added, writer) = (AtomicI64::new(0), Mutex::new(None));
        Ok(Self(Arc::new(Inner { folder, reader, fields, snapshot, added, writer })))
    }

    /// The number of the change log up to which documents were added, and if it is behind that the goal of an index
    /// that was begun anew. At the first call this process becomes the index's writer, with as much memory as the way to
    /// `head` wants.
    pub(crate) fn position(&self, head: i64) -> Result<(i64, i64), Error> {
        let added = self.write_towards(head, |writer| Ok(writer.added()))?;
        self.0.added.store(added.position, Ordering::Relaxed);
        Ok((added.position, added.goal))
    }

    /// The number of the change log up to which documents were last added in this process.
    pub(crate) fn added(&self) -> i64 {
        self.0.added.load(Ordering::Relaxed)
    }

    /// How far of the change log the index knows.
    pub(crate) fn reach(&self) -> i64 {
        let mark = self.latest().mark;
        mark.position.max(mark.goal)
    }

    /// The number of the change log up to which everything is found, of what was committed by whichever process.
    ///
    /// # Errors
    /// As [`Fulltext::whole`].
    pub(crate) fn held(&self) -> Result<i64, Error> {
        if self.latest().mark != self.0.folder.mark()? {
            self.refresh()?;
        }
        Ok(self.snapshot()?.mark.position)
    }

    /// The number of the change log up to which everything is found.
    pub(crate) fn shown(&self) -> i64 {
        self.latest().mark.position
    }

    /// Sees that the index may answer.
    ///
    /// # Errors
    /// [`Error::Unfinished`] while one that was begun anew does not hold yet what it is to hold.
    pub(crate) fn whole(&self) -> Result<(), Error> {
        self.snapshot().map(drop)
    }

    /// Adds documents, or takes the place of what is there of them; `ids` without a document are removed. From now
    /// on everything up to `position` is held. Returns whether so much has gathered that it should be committed.
    pub(crate) fn add(
        &self,
        ids: &[ItemId],
        documents: &[Document],
        position: i64,
    ) -> Result<bool, Error> {
        let fields = &self.0.fields;
        let is_full = self.write(|writer| writer.add(fields, ids, documents, position))?;
        self.0.added.store(position, Ordering::Relaxed);
        Ok(is_full)
    }

    /// Whether a process is the index's writer.
    pub(crate) fn is_written(&self) -> bool {
        self.0.folder.lock().is_err()
    }

    /// Makes what was added visible, and safe.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        self.write(Writer::commit)?;
        self.refresh()
    }

    /// Forgets everything at the next commit; what is there goes on being found until then.
    pub(crate) fn clear(&self, head: i64) -> Result<(), Error> {
        self.write_towards(i64::MAX, |writer| writer.clear(head))
    }

    /// Why the index is of no use any more, if it is; with `thoroughly`, every byte of it is looked at.
    pub(crate) fn fault(&self, thoroughly: bool) -> Option<String> {
        self.0.folder.fault(thoroughly)
    }

    /// Puts an empty index in the place of one that was deleted or damaged. What was found goes on being found, as far
    /// as it can still be read, until the new one holds the change log up to `goal`.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process is its writer.
    pub(crate) fn renew(&self, goal: i64) -> Result<(), Error> {
        let mut slot = self.writer();
        *slot = None;
        self.0.folder.renew(&self.0.fields, goal)
    }

    /// Shows what was committed, by whichever process; but a whole index until the one in its place is whole.
    pub(crate) fn refresh(&self) -> Result<(), Error> {
        let mark = self.0.folder.mark()?;
        let before = self.latest();
        if before.mark.is_whole() && !mark.is_whole() {
            return Ok(());
        }
        self.0.reader.reload()?;
        let searcher = self.0.reader.searcher();
        // A reader that was told to look again counts that as another generation, whatever it sees.
        let is_same = searcher.generation().segments() == before.searcher.generation().segments();
        let now = if is_same {
            Snapshot { mark, ..(*before).clone() }
        } else {
            Snapshot::new(searcher, mark, &self.0.fields, Some(&before))?
        };
        *self.0.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(now);
        Ok(())
    }

    /// Grows with every commit that is shown and changed something.
    pub(crate) fn generation(&self) -> u64 {
        self.latest().searcher.generation().generation_id()
    }

    /// Which items, without their snippets.
    pub(crate) fn search(
        &self,
        query: &Query,
        paging: &Paging,
        facets: &[Facet],
        window: Option<Window>,
        near: Option<&Near>,
    ) -> Result<Page<ItemId>, Error> {
        let order = order(query);
        let after = match &paging.cursor {
            Some(text) => Some(cursor::read(text, query).ok_or(Error::Cursor)?),
            None => None,
        };
        let limit = paging.limit.min(MAX_LIMIT);
        // One more than wanted tells whether there is a next page.
        let wanted = if limit == 0 { 0 } else { limit + 1 };
        let mut found = self.collect(query, facets, window, near, (order, after, wanted))?;
        let has_more = found.places.len() > limit;
        found.places.truncate(limit);
        let last = found.places.last().filter(|_| has_more);
        Ok(Page {
            total: found.total,
            by_meaning: near.map_or(0, |near| found.total.saturating_sub(near.by_words)),
            stories: found.all_places,
            told: found.told,
            next: last.map(|last| cursor::write(*last, query)),
            rows: found.places.iter().map(|place| place.item(order)).collect(),
            facets: found.facets,
        })
    }

    fn collect(
        &self,
        query: &Query,
        facets: &[Facet],
        window: Option<Window>,
        near: Option<&Near>,
        (order, after, limit): (Order, Option<collect::Place>, usize),
    ) -> Result<Found, Error> {
        let snapshot = self.snapshot()?;
        let filters = Facet::ALL.map(|facet| (facet, query.values(facet)));
        let filters = filters.into_iter().filter(|(_, values)| !values.is_empty());
        let (chosen, filters): (Vec<_>, Vec<_>) =
            filters.partition(|(facet, _)| facets.contains(facet));
        let mut wanted = facets.to_vec();
        wanted.dedup();
        let is_scored = order == Order::Relevance && limit > 0;
        let searcher = &snapshot.searcher;
        let compiled =
            compile::compile(&snapshot, &self.0.fields, (query, near), &filters, is_scored)?;
        let collector = Collect {
            columns: snapshot.columns.clone(),
            conditions: Conditions { policy: query.policy, dates: query.dates, window, chosen },
            facets: wanted,
            ranks: near.map(Near::ranks).unwrap_or_default(),
            order,
            after,
            limit,
            fold: query.fold,
            titles: compiled.titles(searcher)?,
        };
        let statistics = compiled.statistics(searcher);
        Ok(searcher.search_with_statistics_provider(&*compiled.query, &collector, &statistics)?)
    }

    /// What is kept of an item and its text for lists.
    pub(crate) fn excerpt(item: Item, mut text: String) -> Excerpt {
        text.truncate(text.floor_char_boundary(snippet::SEEN));
        // What was cut off would be held as well, and is not counted.
        text.shrink_to_fit();
        Excerpt { item: Arc::new(item), beginning: snippet::start_of(&text), text }
    }

    /// What of texts has the words of a query.
    pub(crate) fn snippets(query: &Query, excerpts: &[Arc<Excerpt>]) -> Vec<String> {
        let words = query.widely().map(|(words, _)| words);
        let mut by_language = HashMap::new();
        let mut shown = |excerpt: &Excerpt, analyst: &mut Analyst| {
            let language = Language::of(excerpt.item.language.as_deref(), &excerpt.text);
            let sought = by_language
                .entry(language)
                .or_insert_with(|| Sought::new(language, words.as_ref()));
            snippet(&excerpt.text, sought, analyst)
        };
        ANALYST.with_borrow_mut(|analyst| {
            excerpts.iter().map(|excerpt| shown(excerpt, analyst)).collect()
        })
    }

    /// How many items of a query fall between each two of these moments, which are in order.
    pub(crate) fn counts_between(
        &self,
        query: &Query,
        moments: &[DateTime<Utc>],
    ) -> Result<Vec<u64>, Error> {
        let snapshot = self.snapshot()?;
        histogram::counts_between(&snapshot, &self.0.fields, query, moments)
    }

    /// The items that may be related to a document, in no order.
    pub(crate) fn candidates(&self, document: &Document) -> Result<Vec<ItemId>, Error> {
        let snapshot = self.snapshot()?;
        related::candidates(&snapshot, &self.0.fields, document)
    }

    /// In which language the words of a query are.
    pub(crate) fn language(&self, query: &Query) -> Result<Option<String>, Error> {
        let Some(words) = &query.words else { return Ok(None) };
        let snapshot = self.snapshot()?;
        Ok(tongue::language(&snapshot, &self.0.fields, words)?)
    }

    /// The query with words that are in no text replaced by the nearest that are, but for those of names.
    pub(crate) fn corrected(&self, query: &Query) -> Result<Option<Query>, Error> {
        // A state may be spelt as a neighbour spells it.
        let is_state =
            |name: &Widening| name.facet == Some(Facet::Jurisdiction) && name.states.is_empty();
        let is_sure = |name: &Widening| !is_state(name);
        self.respelt(query, is_sure, spelling::corrected)
    }

    /// The query without the words that are in no text, but for those of names.
    pub(crate) fn known(&self, query: &Query) -> Result<Option<Query>, Error> {
        self.respelt(query, |_| true, spelling::known)
    }

    fn respelt(
        &self,
        query: &Query,
        is_name: impl FnMut(&Widening) -> bool,
        respell: spelling::Respell,
    ) -> Result<Option<Query>, Error> {
        let Some(words) = &query.words else { return Ok(None) };
        let mut named = query.widenings();
        named.retain(is_name);
        let names = named.iter().flat_map(|name| name.words.split(' ')).collect();
        let respelt = respell(&*self.snapshot()?, &self.0.fields, words, &names)?;
        Ok(respelt.map(|words| Query { words: Some(words), ..query.clone() }))
    }

    /// The latest snapshot, if the index may answer.
    fn snapshot(&self) -> Result<Arc<Snapshot>, Error> {
        let snapshot = self.latest();
        let Mark { position, goal } = snapshot.mark;
        if snapshot.mark.is_whole() {
            return Ok(snapshot);
        }
        Err(Error::Unfinished { done: position.max(self.added()), of: goal })
    }

    fn latest(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Does something with the writer, which is made if there is none. One that failed is given up: the next starts
    /// from the last commit.
    fn write<T>(&self, act: impl FnOnce(&mut Writer) -> Result<T, Error>) -> Result<T, Error> {
        self.write_towards(0, act)
    }

    /// The same on the way to `head` of the change log.
    fn write_towards<T>(
        &self,
        head: i64,
        act: impl FnOnce(&mut Writer) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut slot = self.writer();
        if slot.is_none() {
            *slot = Some(Writer::open(&self.0.folder, head)?);
        }
        let Some(writer) = slot.as_mut() else { return Err(Error::Busy) };
        let done = act(writer);
        if done.is_err() {
            *slot = None;
        }
        done
    }

    fn writer(&self) -> MutexGuard<'_, Option<Writer>> {
        self.0.writer.lock().unwrap_or_else(|poisoned| {
            // Its holder broke off in the middle.
            let mut slot = poisoned.into_inner();
            *slot = None;
            self.0.writer.clear_poison();
            slot
        })
    }
}

/// By relevance only where there are words.
fn order(query: &Query) -> Order {
    match query.sort {
        Sort::Relevance if query.words.is_some() => Order::Relevance,
        Sort::Relevance | Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
    }
}
