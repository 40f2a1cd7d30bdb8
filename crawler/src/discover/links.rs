//! The links of a page that lead to feeds, or look as if.

use scraper::{Html, Selector};
use url::Url;

use crate::Page;
use crate::extract::bounded::{self, Keeps};
use crate::extract::charset;

/// Links tried at most.
const MAX_LINKS: usize = 12;
/// What feeds call themselves.
const TYPES: [&str; 5] = [
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/rdf+xml",
    "application/json",
];

/// The feed that an HTML page names first, if it names one.
pub(crate) fn feed_of(page: &Page) -> Option<Url> {
    let html =
        bounded::parse(&charset::decode(&page.body, page.content_type.as_deref()), Keeps::All);
    declared(&html, page.url.as_ref()?).into_iter().next()
}

/// The feeds that a page declares, then links that look like feeds.
pub(super) fn feeds(page: &Page) -> Vec<Url> {
    let Some(base) = page.url.as_ref() else { return Vec::new() };
    let html =
        bounded::parse(&charset::decode(&page.body, page.content_type.as_deref()), Keeps::All);
    let mut urls = declared(&html, base);
    for url in linked(&html, base) {
        if !urls.contains(&url) {
            urls.push(url);
        }
    }
    urls.truncate(MAX_LINKS);
    urls
}

fn declared(html: &Html, base: &Url) -> Vec<Url> {
    let Ok(links) = Selector::parse("link[href]") else { return Vec::new() };
    let is_feed = |rel: &str, kind: &str| {
        let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        rel.split_whitespace().any(|word| word.eq_ignore_ascii_case("alternate"))
            && TYPES.contains(&kind.as_str())
    };
    html.select(&links)
        .filter(|link| {
            is_feed(link.attr("rel").unwrap_or_default(), link.attr("type").unwrap_or_default())
        })
        .filter_map(|link| base.join(link.attr("href")?.trim()).ok())
        // WordPress offers its machinery and the comments this way too.
        .filter(|url| !url.path().contains("/wp-json/") && !url.path().contains("/comments/"))
        .take(MAX_LINKS)
        .collect()
}

fn linked(html: &Html, base: &Url) -> Vec<Url> {
    let Ok(links) = Selector::parse("a[href]") else { return Vec::new() };
    html.select(&links)
        .filter_map(|link| base.join(link.attr("href")?.trim()).ok())
        .filter(|url| matches!(url.scheme(), "http" | "https") && looks_like_feed(url))
        .take(MAX_LINKS)
        .collect()
}

fn looks_like_feed(url: &Url) -> bool {
    let path = url.path().to_ascii_lowercase();
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let ends = [".rss", ".rdf", ".atom"].iter().any(|ending| last.ends_with(ending));
    let named = ["rss", "feed", "atom"].iter().any(|word| {
        last == *word
            || (last.contains(word) && (last.ends_with(".xml") || last.ends_with(".json")))
    });
    ends || named
}
