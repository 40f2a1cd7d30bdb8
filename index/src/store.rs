//! `Store`: the truth.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use crawler::{Entry, SourceId, Validators};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyPool, Executor, Transaction};

use crate::{Error, ItemId};

// How it is opened, and how values go in and out.
mod migrate;
mod values;
mod packed;

// One `impl Store` per noun, in the order of an article's life.
mod sources;
mod habits;
mod robots;
mod entries;
mod items;
mod stories;
mod group_commit;
mod revisions;
mod corrections;
mod developments;
mod reports;
mod changes;
mod embeddings;
mod subscribers;
mod outbox;

pub(crate) use changes::Document;
use group_commit::Group;
pub use items::believed;
pub(crate) use stories::Kin;

/// How a writing transaction starts on SQLite. A deferred one, which turns from reading to writing, fails at once
/// when another process has written in between; this one waits for its turn.
const BEGIN: &str = "BEGIN IMMEDIATE";

/// How long a writer waits for another process's transaction. `import` keeps many items in one, so be patient.
const PATIENCE: Duration = Duration::from_secs(60);

/// What every connection is told first.
///
/// `synchronous` is FULL, one flush for each transaction. With NORMAL, a loss of power could take back the last
/// transactions: a letter that was sent would be sent again, and the full-text index could be ahead of the change
/// log and then miss what comes after. Transactions are few, bounded by the network, and bulk work is done in large
/// ones, so the price is small.
const SETTINGS: &str =
    "PRAGMA busy_timeout = 60000; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;";

/// The same for connections that only read.
const READING: &str = "PRAGMA query_only = ON;";

/// The same for the one that writes: sixteen megabytes of pages, and as much of the log is kept when it was larger.
/// Addresses, the keys of stories and the reports that may tell of the same event come in no order, so each item touches
/// pages all over the file. Those that are not at hand are mapped, not read: that took half of the time of writing.
const WRITING: &str = "PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 16777216;
    PRAGMA mmap_size = 2147418112;";

/// How many may read at once; each is a thread.
const READERS: u32 = 4;

/// An entry that waits to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The store's key.
    pub key: i64,
    /// Who listed it.
    pub source: SourceId,
    /// What was listed.
    pub entry: Entry,
    /// How often it was tried in vain.
    pub attempts: i64,
}

/// The page of a kept entry, whose time has come to be looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The store's key of the entry.
    pub key: i64,
    /// What was kept of it.
    pub item: ItemId,
    /// Who listed it.
    pub source: SourceId,
    /// What is listed now; only its address where nothing was listed anew.
    pub entry: Entry,
    /// Whether the list says something else than before.
    pub relisted: bool,
    /// How often the page was looked at again before.
    pub looks: i64,
    /// What its server said.
    pub validators: Validators,
    /// What the list said when this was asked for.
    pub(crate) mark: String,
}

/// A mail in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The store's key; also its file name in the folder transport.
    pub key: i64,
    /// The one recipient.
    pub recipient: String,
    /// The whole message, RFC 5322, CRLF.
    pub message: Vec<u8>,
    /// How often sending failed.
    pub attempts: i64,
    /// When it was put there.
    pub created: DateTime<Utc>,
}

/// The database. Cheap to clone; one writer, many readers.
#[derive(Debug, Clone)]
pub struct Store {
    writer: AnyPool,
    readers: AnyPool,
    group: Arc<Group>,
}

impl Store {
    /// The longest address that is kept, in bytes: PostgreSQL has no unique index over much longer ones.
    pub const MAX_URL: usize = 2000;

    /// Opens (or makes) the database; `url` is `sqlite`: the file `lexwatch.db` in `folder`.
    ///
    /// # Errors
    /// [`Error::Newer`] when a newer program wrote it, [`Error::Unsupported`] for another `url`.
    pub async fn open(folder: &Path, url: &str) -> Result<Self, Error> {
        if url != "sqlite" {
            return Err(Error::Unsupported(without_password(url)));
        }
        sqlx::any::install_default_drivers();
        let lock = migrate::lock(folder).await?;
        let options = migrate::sqlite_address(folder)?.parse()?;
        migrate::migrate(&options).await?;
        drop(lock);
        Ok(Self {
            writer: pool(&options, 1, WRITING),
            readers: pool(&options, READERS, READING),
            group: Arc::default(),
        })
    }

    /// Begins a transaction that writes. There is one connection that writes in this process, and SQLite lets one
    /// process write at a time; so the numbers of the change log become visible in their own order, and a reader
    /// that has seen number n has seen all below it. The followers of the log depend on it.
    async fn write(&self) -> Result<Transaction<'static, Any>, Error> {
        Ok(self.writer.begin_with(BEGIN).await?)
    }
}

fn pool(options: &AnyConnectOptions, connections: u32, more: &'static str) -> AnyPool {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                connection.execute(SETTINGS).await?;
                connection.execute(more).await?;
                Ok(())
            })
        })
        .connect_lazy_with(options.clone())
}

/// An address as it may stand in a message.
fn without_password(url: &str) -> String {
    let Ok(mut url) = url::Url::parse(url) else { return url.to_owned() };
    if url.password().is_some() {
        // It fails only for addresses that cannot have one.
        let _ = url.set_password(Some("…"));
    }
    url.to_string()
}
