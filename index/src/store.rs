//! `Store`: the truth.

use chrono::{DateTime, Utc};
use classifier::Tags;
use crawler::{Entry, Listed, Source, SourceId, Validators};

use crate::{
    EntryFailure, Error, Inserted, Item, ItemId, NewItem, NewSubscription, Query, Rhythm,
    SourceState, Subscription,
};

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
}

/// The database. Cheap to clone; one writer, many readers.
#[derive(Debug, Clone)]
pub struct Store {}

/// Sources and the inbox.
impl Store {
    /// Takes over the catalogue: new sources are made, known ones brought up to date, others marked as no longer
    /// followed. Nothing of them is deleted.
    pub async fn sync_sources(&self, _catalogue: &[Source]) -> Result<(), Error> {
        todo!()
    }

    /// All sources with their state, by name.
    pub async fn sources(&self) -> Result<Vec<SourceState>, Error> {
        todo!()
    }

    /// What the source's server wants to hear again.
    pub async fn validators(&self, _source: &SourceId) -> Result<Validators, Error> {
        todo!()
    }

    /// Keeps a source's list: unseen entries become pending and the validators are kept, or neither.
    /// Returns how many were unseen.
    pub async fn record_poll(
        &self,
        _source: &SourceId,
        _listed: &Listed,
        _now: DateTime<Utc>,
    ) -> Result<usize, Error> {
        todo!()
    }

    /// Keeps that a source had nothing new.
    pub async fn record_unchanged(
        &self,
        _source: &SourceId,
        _validators: &Validators,
        _now: DateTime<Utc>,
    ) -> Result<(), Error> {
        todo!()
    }

    /// Keeps that a source could not be polled, and why.
    pub async fn record_failure(
        &self,
        _source: &SourceId,
        _error: &str,
        _now: DateTime<Utc>,
    ) -> Result<(), Error> {
        todo!()
    }

    /// Entries whose time has come, at most `limit` with keys above `after`, in the order of their keys; of these
    /// sources only, or of all where `sources` is empty.
    pub async fn pending(
        &self,
        _sources: &[SourceId],
        _after: i64,
        _limit: usize,
        _now: DateTime<Utc>,
    ) -> Result<Vec<Pending>, Error> {
        todo!()
    }

    /// Puts an entry back, to be tried again at `again`.
    pub async fn postpone(
        &self,
        _pending: &Pending,
        _error: &str,
        _now: DateTime<Utc>,
        _again: DateTime<Utc>,
    ) -> Result<(), Error> {
        todo!()
    }

    /// Gives an entry up, for a named reason.
    pub async fn dismiss(
        &self,
        _pending: &Pending,
        _error: &str,
        _now: DateTime<Utc>,
    ) -> Result<(), Error> {
        todo!()
    }

    /// Entries that were given up, latest first; of one source, or of all.
    pub async fn failures(
        &self,
        _source: Option<&SourceId>,
        _limit: usize,
    ) -> Result<Vec<EntryFailure>, Error> {
        todo!()
    }
}

/// Items and the change log.
impl Store {
    /// Keeps what was read of a pending entry: item, first revision, tags, a line in the change log, and the entry
    /// no longer pending, in one transaction.
    pub async fn insert(&self, _pending: &Pending, _new: NewItem<'_>) -> Result<Inserted, Error> {
        todo!()
    }

    /// Keeps many items that come from no entry (`import`), in one transaction.
    pub async fn import(&self, _new: &[NewItem<'_>]) -> Result<Vec<Inserted>, Error> {
        todo!()
    }

    /// Makes a source for imported items if there is none of that id.
    pub async fn ensure_source(&self, _id: &SourceId, _name: &str) -> Result<(), Error> {
        todo!()
    }

    /// Whether an address is known, as an item's or an entry's.
    pub async fn is_known(&self, _url: &str) -> Result<bool, Error> {
        todo!()
    }

    /// One item.
    pub async fn item(&self, _id: ItemId) -> Result<Option<Item>, Error> {
        todo!()
    }

    /// Several items by one statement, in the order of `ids`; unknown ones are left out.
    pub async fn items(&self, _ids: &[ItemId]) -> Result<Vec<Item>, Error> {
        todo!()
    }

    /// The texts of several items, in the order of `ids`.
    pub async fn texts(&self, _ids: &[ItemId]) -> Result<Vec<String>, Error> {
        todo!()
    }

    /// Items after a key, in the order of their keys, with their texts: to export or retag all.
    pub async fn walk(&self, _after: i64, _limit: usize) -> Result<Vec<(Item, String)>, Error> {
        todo!()
    }

    /// Gives an item other tags, with a line in the change log.
    pub async fn retag(&self, _id: ItemId, _tags: &Tags, _now: DateTime<Utc>) -> Result<(), Error> {
        todo!()
    }

    /// The last number of the change log, 0 while it is empty.
    pub async fn head(&self) -> Result<i64, Error> {
        todo!()
    }

    /// The last number of the change log that was written before a moment: a subscription's mark for `--since`.
    pub async fn head_before(&self, _moment: DateTime<Utc>) -> Result<i64, Error> {
        todo!()
    }
}

/// Subscriptions and the outbox.
impl Store {
    /// Keeps a subscription, together with the letter that asks for its confirmation, if there is one to send:
    /// `letter` gets the subscription with its token and gives the message.
    pub async fn subscribe(
        &self,
        _new: &NewSubscription,
        _letter: Option<&(dyn Fn(&Subscription) -> Vec<u8> + Send + Sync)>,
    ) -> Result<Subscription, Error> {
        todo!()
    }

    /// The subscription with this token.
    pub async fn subscription(&self, _token: &str) -> Result<Option<Subscription>, Error> {
        todo!()
    }

    /// All subscriptions.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, Error> {
        todo!()
    }

    /// Confirms; a second time changes nothing. `mark` is where its first briefing starts.
    pub async fn confirm(
        &self,
        _token: &str,
        _mark: i64,
        _now: DateTime<Utc>,
    ) -> Result<Option<Subscription>, Error> {
        todo!()
    }

    /// Ends a subscription; `false` if there was none. Its letters that were not sent yet go as well.
    pub async fn unsubscribe(&self, _token: &str) -> Result<bool, Error> {
        todo!()
    }

    /// Ends all subscriptions of an address; returns how many.
    pub async fn remove_subscriber(&self, _email: &str) -> Result<u64, Error> {
        todo!()
    }

    /// Changes what a subscription asks for.
    pub async fn change_subscription(
        &self,
        _token: &str,
        _query: &Query,
        _rhythm: Rhythm,
        _zone: &str,
        _hour: u8,
    ) -> Result<bool, Error> {
        todo!()
    }

    /// Moves a subscription's mark and, where there is a briefing, puts it into the outbox: both or neither, and
    /// only if the mark still stands where it stood when the briefing was composed (`false` otherwise).
    pub async fn record_briefing(
        &self,
        _subscription: &Subscription,
        _mark: i64,
        _message: Option<&[u8]>,
        _now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        todo!()
    }

    /// Letters whose time has come, oldest first.
    pub async fn outbox(&self, _limit: usize, _now: DateTime<Utc>) -> Result<Vec<Letter>, Error> {
        todo!()
    }

    /// Keeps that a letter was sent: its text goes, its line stays.
    pub async fn letter_sent(&self, _letter: i64, _now: DateTime<Utc>) -> Result<(), Error> {
        todo!()
    }

    /// Keeps that a letter could not be sent, to be tried again at `again`, or never (`None`).
    pub async fn letter_failed(
        &self,
        _letter: i64,
        _error: &str,
        _again: Option<DateTime<Utc>>,
    ) -> Result<(), Error> {
        todo!()
    }
}
