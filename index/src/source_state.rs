//! `SourceState`: how a source is doing.

use chrono::{DateTime, Utc};
use crawler::{Publisher, SourceId};

/// How the last poll went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PollStatus {
    /// Not polled yet.
    Never,
    /// It listed entries.
    Ok,
    /// Nothing new since the poll before.
    Unchanged,
    /// The named error.
    Failed(String),
}

/// A source, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState {
    /// Its id.
    pub id: SourceId,
    /// Its name.
    pub name: String,
    /// The site for people, or the address that is polled.
    pub site: String,
    /// What is polled.
    pub url: String,
    /// Who speaks.
    pub publisher: Publisher,
    /// The home of a national source.
    pub jurisdiction: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Whether the catalogue still has it.
    pub followed: bool,
    /// How the last poll went.
    pub status: PollStatus,
    /// The last poll, good or bad.
    pub polled: Option<DateTime<Utc>>,
    /// The last good poll.
    pub succeeded: Option<DateTime<Utc>>,
    /// Failures in a row.
    pub failures: i64,
    /// Until when the server called its last answer fresh.
    pub fresh_until: Option<DateTime<Utc>>,
    /// How many entries the last good list held.
    pub entries: i64,
    /// Items kept from it.
    pub items: i64,
    /// Of these, about policy.
    pub policy_items: i64,
    /// Entries waiting to be read.
    pub pending: i64,
    /// Entries given up.
    pub failed: i64,
    /// When the first of its pages is to be looked at again.
    pub next_look: Option<DateTime<Utc>>,
    /// Publication (or first sight) of its newest item.
    pub newest: Option<DateTime<Utc>>,
}

/// An entry that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFailure {
    /// Of which source.
    pub source: SourceId,
    /// The page's address.
    pub url: String,
    /// The named error.
    pub error: String,
    /// When it was tried last.
    pub at: DateTime<Utc>,
}
