//! A feed's bytes to its entries.

use feed_rs::model::{Content, Entry, Text};
use feed_rs::parser;
use serde::Serialize;
use url::Url;

use crate::extract::charset;
use crate::{Error, Moment, date, plain};

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

/// Reads RSS, Atom or JSON Feed; `base` is where the feed was found.
///
/// # Errors
/// [`Error::NotAFeed`] with what was found instead.
pub fn parse(body: &[u8], content_type: Option<&str>, base: Option<&Url>) -> Result<Feed, Error> {
    let text = charset::decode(body, content_type);
    let text = from_first_mark(&text);
    if let Some(what) = something_else(text) {
        return Err(Error::NotAFeed(what));
    }
    let text = without_declaration(text);
    let parser = parser::Builder::new()
        .base_uri(base.map(Url::as_str))
        .sanitize_content(false)
        .timestamp_parser(|text| Some(date::parse(text)?.instant()))
        .build();
    let feed = parser.parse(text.as_bytes()).map_err(|error| Error::NotAFeed(error.to_string()))?;
    Ok(Feed {
        title: feed.title.map(|title| title.content),
        language: feed.language,
        entries: feed
            .entries
            .into_iter()
            .take(MAX_ENTRIES)
            .map(|entry| from(entry, base))
            .collect(),
    })
}

/// Some servers send a line or two before the document.
fn from_first_mark(text: &str) -> &str {
    let start = text.find(['<', '{']).unwrap_or(0);
    &text[start..]
}

/// The text is decoded by now, whatever its declaration says of an encoding.
fn without_declaration(text: &str) -> &str {
    if !text.starts_with("<?xml") {
        return text;
    }
    text.find("?>").map_or(text, |end| text[end + 2..].trim_start())
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

fn from(entry: Entry, base: Option<&Url>) -> FeedEntry {
    let id = Some(entry.id.clone()).filter(|id| !id.is_empty());
    let url = link(&entry, base);
    FeedEntry {
        url,
        title: entry.title.map(|title| title.content),
        published: entry.published.map(|time| Moment::Time(time.fixed_offset())),
        updated: entry.updated.map(|time| Moment::Time(time.fixed_offset())),
        author: entry.authors.into_iter().next().and_then(|author| author.name),
        summary: entry.summary.map(|Text { content, .. }| content),
        content: entry.content.and_then(|Content { body, .. }| body),
        id,
    }
}

/// The link for people; a guid that is an address where there is none.
fn link(entry: &Entry, base: Option<&Url>) -> Option<Url> {
    let for_people =
        entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let href =
        for_people.or(entry.links.first()).map_or(entry.id.as_str(), |link| link.href.as_str());
    base.map_or_else(|| Url::parse(href).ok(), |base| base.join(href).ok())
}
