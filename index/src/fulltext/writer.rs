//! The one who writes the index.

use std::collections::HashSet;
use std::fs::File;
use std::sync::Arc;

use tantivy::indexer::IndexWriterOptions;
use tantivy::query::AllQuery;
use tantivy::{IndexWriter, TantivyError, Term};

use super::analyst::Analyst;
use super::folder::Folder;
use super::schema::{Fields, Mark};
use super::tokenizer::{self, Backlog};
use crate::store::Document;
use crate::{Error, ItemId};

/// How many documents, or bytes of text, are committed at once: what a crash makes be done again.
const DOCUMENTS: usize = 20_000;
const BYTES: usize = 200 << 20;
/// A part of that while an index is made that was lost: the process may be told to end, which takes as long as a commit.
const PART_WHILE_MADE: usize = 4;

/// How much memory new documents may take before they are written as a segment: little for who follows a crawl, more
/// for who has much to catch up with, since fewer segments are less to merge.
pub(super) const MEMORY: usize = 20_000_000;
const BULK_MEMORY: usize = 100_000_000;
/// So many lines of the change log are much.
const BULK: i64 = 5_000;

/// The writer, and how far it is.
pub(super) struct Writer {
    writer: IndexWriter,
    analyst: Analyst,
    backlog: Arc<Backlog>,
    /// Everything up to its position was added.
    added: Mark,
    documents: usize,
    bytes: usize,
    is_changed: bool,
    /// Held for as long as this process is the writer.
    _lock: File,
}

impl Writer {
    /// Becomes the writer, to follow the change log to `head`.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process is.
    pub(super) fn open(folder: &Folder, head: i64) -> Result<Self, Error> {
        let lock = folder.lock()?;
        let added = folder.mark()?;
        let memory = if head.saturating_sub(added.position) > BULK { BULK_MEMORY } else { MEMORY };
        let backlog = tokenizer::register(folder.index().tokenizers());
        let writer = open(folder.index(), memory)?;
        Ok(Self {
            writer,
            analyst: Analyst::to_write(),
            backlog,
            added,
            documents: 0,
            bytes: 0,
            is_changed: false,
            _lock: lock,
        })
    }

    pub(super) fn added(&self) -> Mark {
        self.added
    }

    /// Adds documents; returns whether it is time to commit.
    pub(super) fn add(
        &mut self,
        fields: &Fields,
        ids: &[ItemId],
        documents: &[Document],
        position: i64,
    ) -> Result<bool, Error> {
        self.is_changed = true;
        // To look for what cannot be there takes time in every segment.
        let new = documents.iter().filter(|document| document.first_change > self.added.position);
        let new: HashSet<_> = new.map(|document| document.item.id).collect();
        for id in ids.iter().filter(|id| !new.contains(id)) {
            self.writer.delete_term(Term::from_field_i64(fields.id, id.key()));
        }
        for document in documents {
            let (row, size) = fields.document(document, &mut self.analyst);
            self.backlog.add(size);
            self.writer.add_document(row)?;
            self.bytes += document.text.len();
        }
        self.documents += documents.len();
        self.added.position = position;
        let part = if self.added.is_whole() { 1 } else { PART_WHILE_MADE };
        Ok(self.documents >= DOCUMENTS / part || self.bytes >= BYTES / part)
    }

    /// Commits, if there is something to commit.
    pub(super) fn commit(&mut self) -> Result<(), Error> {
        if self.is_changed {
            let mut commit = self.writer.prepare_commit()?;
            commit.set_payload(&self.added.payload());
            commit.commit()?;
            self.backlog.clear();
            (self.documents, self.bytes, self.is_changed) = (0, 0, false);
        }
        Ok(())
    }

    /// Takes everything out, and starts from the beginning of the change log, with its head as the goal. The next
    /// commit shows it.
    pub(super) fn clear(&mut self, head: i64) -> Result<(), Error> {
        self.writer.delete_query(Box::new(AllQuery))?;
        self.added = Mark { position: 0, goal: head };
        self.is_changed = true;
        Ok(())
    }
}

/// tantivy's writer. One thread is enough to follow the crawler, and one to merge, and leaves the others to the readers;
/// each more holds memory of its own.
pub(super) fn open(index: &tantivy::Index, memory: usize) -> Result<IndexWriter, Error> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(1)
        .num_merge_threads(1)
        .memory_budget_per_thread(memory)
        .build();
    index.writer_with_options(options).map_err(|error| match error {
        TantivyError::LockFailure(..) => Error::Busy,
        error => error.into(),
    })
}
