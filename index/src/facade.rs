//! `Index`: the façade over the two halves.

use std::path::Path;

use chrono::{DateTime, Utc};

use crate::{Error, Facet, Hit, Item, ItemId, Page, Paging, Query, Store, Window};

/// The store and the full-text index of one data folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Index {}

impl Index {
    /// Opens (or makes) both halves in `folder`; `store_url` is `sqlite` or a database's address.
    /// The full-text index in `folder/index` is rebuilt if it is damaged or of an older shape.
    ///
    /// # Errors
    /// [`Error`] when the store cannot be opened or is newer than this program.
    pub async fn open(_folder: &Path, _store_url: &str) -> Result<Self, Error> {
        todo!()
    }

    /// What is kept.
    pub fn store(&self) -> &Store {
        todo!()
    }

    /// Lets the full-text index follow the change log up to its head, in bounded batches; returns the number of
    /// the log that it now holds. At the first call this process becomes the index's writer.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process is the writer: it follows by itself.
    pub async fn catch_up(&self) -> Result<i64, Error> {
        todo!()
    }

    /// Empties the full-text index and follows the change log from its beginning.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process is the writer.
    pub async fn rebuild(&self) -> Result<i64, Error> {
        todo!()
    }

    /// Which items, how many, and the counts beside them. With `window`, only items first tagged in that part of
    /// the change log (call `catch_up` before).
    ///
    /// # Errors
    /// [`Error::Cursor`] when the cursor is not one of ours.
    pub async fn search(
        &self,
        _query: &Query,
        _paging: &Paging,
        _facets: &[Facet],
        _window: Option<Window>,
    ) -> Result<Page<Hit>, Error> {
        todo!()
    }

    /// The same with the items themselves.
    ///
    /// # Errors
    /// As [`Index::search`].
    pub async fn find(
        &self,
        _query: &Query,
        _paging: &Paging,
        _facets: &[Facet],
        _window: Option<Window>,
    ) -> Result<Page<(Item, String)>, Error> {
        todo!()
    }

    /// Items that resemble this one most (by rare words, laws and topics), best first, policy only.
    ///
    /// # Errors
    /// [`Error`] when a half fails.
    pub async fn related(&self, _id: ItemId, _limit: usize) -> Result<Vec<Item>, Error> {
        todo!()
    }

    /// How many items were published in each of the last `days` days before `now`, oldest first, for a query.
    ///
    /// # Errors
    /// [`Error`] when a half fails.
    pub async fn per_day(
        &self,
        _query: &Query,
        _days: usize,
        _now: DateTime<Utc>,
    ) -> Result<Vec<u64>, Error> {
        todo!()
    }
}
