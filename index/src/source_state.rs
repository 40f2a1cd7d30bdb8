//! `SourceState`: how a source is doing.

use chrono::{DateTime, Utc};
use crawler::{Fault, Publisher, SourceId};

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

/// A poll that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setback {
    /// The named error.
    pub error: String,
    /// What kind it is of.
    pub fault: Fault,
    /// Whether another try at the same address is pointless.
    pub permanent: bool,
    /// Until when the server wants to be left alone.
    pub rest: Option<DateTime<Utc>>,
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
    /// What kind the last one was of.
    pub fault: Option<Fault>,
    /// When the first of them was.
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when its server wants to be left alone.
    pub rest_until: Option<DateTime<Utc>>,
    /// Where its address has moved to for good.
    pub moved_to: Option<String>,
    /// The first good poll.
    pub begun: Option<DateTime<Utc>>,
    /// When it last listed something new.
    pub news: Option<DateTime<Utc>>,
    /// The slug of the health that the operator was last told of.
    pub told: Option<String>,
    /// Until when the server called its last answer fresh.
    pub fresh_until: Option<DateTime<Utc>>,
    /// How many entries the last good list held.
    pub entries: i64,
    /// How many more it lists, at least, than are taken.
    pub left_out: i64,
    /// Items kept from it.
    pub items: i64,
    /// Of these, about policy.
    pub policy_items: i64,
    /// Entries waiting to be read.
    pub pending: i64,
    /// Entries given up.
    pub failed: i64,
    /// For what the last of them was.
    pub page_fault: Option<Fault>,
    /// When the first of its pages is to be looked at again.
    pub next_look: Option<DateTime<Utc>>,
    /// Publication (or first sight) of its newest item.
    pub newest: Option<DateTime<Utc>>,
}

impl SourceState {
    /// Whether the server's last answer is still fresh by its own word, so that asking again is of no use.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        self.fresh_until.is_some_and(|until| until > now)
    }
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
