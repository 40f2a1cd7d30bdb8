//! A feed's bytes to its entries.

use url::Url;

use crate::{Error, Moment};

/// A feed as it is written: summaries and contents are HTML, decoded.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct Feed {
    /// The feed's own title.
    pub title: Option<String>,
    /// Its declared language.
    pub language: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<FeedEntry>,
}

/// One entry of a feed, as it is written.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub struct FeedEntry {
    /// The guid or id.
    pub id: Option<String>,
    /// The page's address.
    pub url: Option<Url>,
    /// The headline.
    pub title: Option<String>,
    /// First published.
    pub published: Option<Moment>,
    /// Last changed.
    pub updated: Option<Moment>,
    /// The author.
    pub author: Option<String>,
    /// The teaser, HTML.
    pub summary: Option<String>,
    /// The whole text, HTML.
    pub content: Option<String>,
}

/// Reads RSS, Atom or JSON Feed; `base` is where the feed was found.
///
/// # Errors
/// [`Error::NotAFeed`] with what was found instead.
pub fn parse(_body: &[u8], _content_type: Option<&str>, _base: Option<&Url>) -> Result<Feed, Error> {
    todo!()
}
