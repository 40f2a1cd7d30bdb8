//! A feed's bytes to its entries.

mod document;
mod draft;
mod json;
mod names;

use serde::Serialize;
use url::Url;

use crate::extract::charset;
use crate::{Error, Moment, plain};

/// Entries beyond this are left out.
const MAX_ENTRIES: usize = 5000;

/// A feed as it is written: summaries and contents are HTML, decoded.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Feed {
    /// The feed's own title.
    pub title: Option<String>,
    /// Its declared language.
    pub language: Option<String>,
    /// Its entries, in its order.
    pub entries: Vec<FeedEntry>,
}

/// One entry of a feed, as it is written.
#[derive(Debug, Clone, Default, Serialize)]
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

/// Reads RSS, Atom, RDF, CDF or JSON Feed; `base` is where the feed was found.
///
/// # Errors
/// [`Error::NotAFeed`] with what was found instead.
pub fn parse(body: &[u8], content_type: Option<&str>, base: Option<&Url>) -> Result<Feed, Error> {
    let text = charset::decode(body, content_type);
    let text = from_first_mark(&text);
    if let Some(what) = something_else(text) {
        return Err(Error::NotAFeed(what));
    }
    if text.starts_with('{') { json::read(text, base) } else { document::read(text, base) }
}

/// Some servers send a line or two before the document.
fn from_first_mark(text: &str) -> &str {
    let start = text.find(['<', '{']).unwrap_or(0);
    &text[start..]
}

/// What a text is that is clearly no feed.
fn something_else(text: &str) -> Option<String> {
    let head: String = text.chars().take(2000).collect::<String>().to_ascii_lowercase();
    if head.trim().is_empty() {
        return Some("the answer is empty".to_owned());
    }
    let is_feed = ["<rss", "<feed", "<rdf:rdf", "<channel"].iter().any(|root| head.contains(root));
    if !is_feed
        && (head.contains("<!doctype html") || head.contains("<html") || head.contains("<head"))
    {
        let start = text.to_ascii_lowercase().find("<title")?;
        let rest = text.get(start..)?;
        let title =
            rest.get(rest.find('>')? + 1..rest.find("</").unwrap_or(rest.len())).unwrap_or("");
        return Some(format!(
            "the server sent an HTML page titled “{}”",
            plain::line(&plain::text(title), 100)
        ));
    }
    None
}

#[cfg(test)]
mod tests;
