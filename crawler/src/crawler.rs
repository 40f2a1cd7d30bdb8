//! `Crawler`: the two verbs, poll and read.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::{Article, Entry, Error, Poll, Source, Validators};

/// How the crawler behaves towards others.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The `User-Agent` header; its first word up to `/` is the product token for robots.txt.
    pub user_agent: String,
    /// A mail address or page for site owners; sent with the `User-Agent` and as `From` if it is an address.
    pub contact: String,
    /// How many requests may be under way at once, over all hosts.
    pub concurrency: usize,
    /// The least time between the starts of two requests to one host.
    pub host_delay: Duration,
    /// The most time for one request, from the name's resolution to the last byte.
    pub timeout: Duration,
    /// The largest body, unpacked, in bytes.
    pub max_body: u64,
    /// Private addresses that may be read all the same.
    pub allow_addresses: Vec<SocketAddr>,
    /// Allow all private addresses: for tests.
    pub allow_private_addresses: bool,
}

/// Reads sources and pages, politely and safely. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Crawler {}

impl Crawler {
    /// A crawler with these manners.
    ///
    /// # Errors
    /// [`Error::Settings`] when the settings cannot be used (a header that is not ASCII, say).
    pub fn new(_settings: Settings) -> Result<Self, Error> {
        todo!()
    }

    /// Asks a source what it lists: robots.txt, the host's turn, conditional GET, entries.
    ///
    /// # Errors
    /// Any [`Error`]; nothing is kept, so a failed poll may simply be repeated.
    pub async fn poll(
        &self,
        _source: &Source,
        _validators: &Validators,
        _now: DateTime<Utc>,
    ) -> Result<Poll, Error> {
        todo!()
    }

    /// Reads the page behind an entry; where the source says `read = false`, the entry's own text.
    ///
    /// # Errors
    /// Any [`Error`]; [`Error::is_permanent`] tells whether another try makes sense.
    pub async fn read(
        &self,
        _source: &Source,
        _entry: &Entry,
        _now: DateTime<Utc>,
    ) -> Result<Article, Error> {
        todo!()
    }
}
