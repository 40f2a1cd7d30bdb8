//! What a source sent, to entries: by the source's format, each address once and canonical.

mod json;
mod listing;
mod sitemap;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashSet;
use std::io::Read as _;

use flate2::read::GzDecoder;
use url::Url;

use crate::canonical::canonical;
use crate::feed::{self, FeedEntry};
use crate::{Entry, Error, Format, Moment, Page, Source, plain};

/// Of a longer list so many are taken, the newest.
const MAX_ENTRIES: usize = 2000;
/// The longest headline and teaser kept, in characters.
const MAX_TITLE: usize = 1000;
const MAX_SUMMARY: usize = 5000;

/// How a gzip file begins, and how many bytes of a sitemap may be in one (sitemaps.org).
const GZIP: [u8; 2] = [0x1f, 0x8b];
const MAX_UNPACKED: u64 = 50 << 20;

/// An entry as a source writes it.
#[derive(Debug, Default)]
struct Raw {
    url: Option<Url>,
    title: String,
    published: Option<Moment>,
    updated: Option<Moment>,
    author: Option<String>,
    summary: Option<String>,
    content: Option<String>,
}

/// What one answer of a source lists.
#[derive(Debug)]
pub(crate) struct Part {
    /// Each address once.
    pub(crate) entries: Vec<Entry>,
    /// How many more it lists, at least, that were not taken.
    pub(crate) left_out: usize,
    /// Where the list goes on, in the order in which to look.
    pub(crate) next: Vec<Url>,
}

/// The entries of a source's answer.
///
/// # Errors
/// [`Error::NotAFeed`], [`Error::NothingListed`] or [`Error::Settings`] say what was found or what is wrong.
pub(crate) fn list(source: &Source, page: &Page) -> Result<Part, Error> {
    let (raw, next) = match source.format {
        Format::Feed => (feed_entries(page)?, Vec::new()),
        Format::Listing => listing::entries(page, &source.listing)?,
        Format::Sitemap => sitemap::entries(unpacked(page)?.as_ref())?,
        Format::Json => json::entries(page, &source.json)?,
    };
    let found = raw.len();
    let mut seen = HashSet::new();
    let canonical =
        raw.into_iter().filter_map(|raw| Some((raw.url.clone().and_then(canonical)?, raw)));
    let mut listed: Vec<_> = canonical.filter(|(url, _)| seen.insert(url.clone())).collect();
    if listed.is_empty() && found > 0 {
        return Err(Error::NothingListed(format!(
            "none of the {found} entries has an address of a web page"
        )));
    }
    let left_out = listed.len().saturating_sub(MAX_ENTRIES);
    if left_out > 0 {
        // What has no date keeps its place behind.
        listed.sort_by_key(|(_, raw)| Reverse(raw.published.as_ref().map(Moment::instant)));
        listed.truncate(MAX_ENTRIES);
    }
    let entries = listed.into_iter().map(|(url, raw)| entry(url, raw)).collect();
    Ok(Part { entries, left_out, next })
}

fn entry(url: Url, raw: Raw) -> Entry {
    Entry {
        url,
        title: plain::line(&raw.title, MAX_TITLE),
        published: raw.published,
        updated: raw.updated,
        author: raw
            .author
            .map(|author| plain::line(&author, MAX_TITLE))
            .filter(|author| !author.is_empty()),
        summary: raw.summary.filter(|text| !text.is_empty()),
        content: raw.content.filter(|text| !text.is_empty()),
    }
}

/// A sitemap may be a gzip file, whatever its server says of it (sitemaps.org, "Sitemap file").
///
/// # Errors
/// [`Error::NotAFeed`] when it is broken, [`Error::TooLarge`] when more is in it than the protocol allows.
fn unpacked(page: &Page) -> Result<Cow<'_, Page>, Error> {
    if !page.body.starts_with(&GZIP) {
        return Ok(Cow::Borrowed(page));
    }
    let mut body = Vec::new();
    let read = GzDecoder::new(&*page.body).take(MAX_UNPACKED + 1).read_to_end(&mut body);
    read.map_err(|error| Error::NotAFeed(format!("a gzip file that is broken: {error}")))?;
    if body.len() as u64 > MAX_UNPACKED {
        return Err(Error::TooLarge(MAX_UNPACKED));
    }
    Ok(Cow::Owned(Page { body, url: page.url.clone(), content_type: None }))
}

fn feed_entries(page: &Page) -> Result<Vec<Raw>, Error> {
    let feed = feed::parse(&page.body, page.content_type.as_deref(), page.url.as_ref())?;
    Ok(feed.entries.into_iter().map(from_feed).collect())
}

fn from_feed(entry: FeedEntry) -> Raw {
    let teaser =
        entry.summary.as_deref().map(plain::text).map(|text| plain::line(&text, MAX_SUMMARY));
    Raw {
        url: entry.url,
        title: entry.title.as_deref().map(plain::text).unwrap_or_default(),
        published: entry.published.or(entry.updated),
        updated: entry.updated,
        author: entry.author,
        summary: teaser,
        content: entry.content.as_deref().map(plain::text),
    }
}
