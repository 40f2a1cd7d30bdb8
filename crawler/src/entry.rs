//! `Entry`: one line of what a source lists. `Poll`: what asking a source gave.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::Moment;

/// One thing that a source lists; the page behind it has not been read yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The page's address, canonical: no fragment, no tracking parameters.
    pub url: Url,
    /// The headline as the source lists it, as plain text; may be empty.
    pub title: String,
    /// When the source says it was published.
    pub published: Option<Moment>,
    /// When the source says it was last changed.
    #[serde(default)]
    pub updated: Option<Moment>,
    /// The author as listed.
    pub author: Option<String>,
    /// The teaser as plain text.
    pub summary: Option<String>,
    /// The whole text as plain text, paragraphs parted by blank lines, where the source carries it.
    pub content: Option<String>,
}

impl Entry {
    /// An entry of which nothing but its page is known.
    pub fn bare(url: Url) -> Self {
        Self {
            url,
            title: String::new(),
            published: None,
            updated: None,
            author: None,
            summary: None,
            content: None,
        }
    }
}

/// What a server wants to be remembered until the next poll: for conditional requests (RFC 9110), and where it has moved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag`, quotes and all.
    pub etag: Option<String>,
    /// The `Last-Modified` header, as sent.
    pub last_modified: Option<String>,
    /// Until when the server called its answer fresh.
    pub fresh_until: Option<DateTime<Utc>>,
    /// Where the source's address has moved to for good: every redirect on the way there was a permanent one.
    pub moved_to: Option<Url>,
    /// Until when the server wants to be left alone.
    pub rest_until: Option<DateTime<Utc>>,
}

/// The answer of a source.
#[derive(Debug, Clone)]
pub enum Poll {
    /// 304, or the same as before.
    Unchanged(Validators),
    /// What it lists now.
    Listed(Listed),
}

/// A source's list, read.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Newest first where the source says so, at most a few thousand, each address once.
    pub entries: Vec<Entry>,
    /// How many more it lists, at least, that were not taken: the newest of a list without end are enough.
    pub left_out: usize,
    /// To be kept together with the entries, or not at all.
    pub validators: Validators,
}
