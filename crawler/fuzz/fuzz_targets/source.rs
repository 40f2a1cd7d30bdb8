//! A source of each format whose list is read from bytes alone, and what holds of every list.

use crawler::{Format, JsonPointers, ListingSelectors, Page, Publisher, Source, SourceId, unguarded};
use url::Url;

/// A source with selectors and pointers for what the seeds hold.
pub fn source(format: Format) -> Source {
    let some = |text: &str| Some(text.to_owned());
    let listing = ListingSelectors {
        item: some("li, article, tr"),
        title: some("h2, a"),
        date: some("time, .date"),
        next: some("a[rel=next]"),
        ..ListingSelectors::default()
    };
    let json = JsonPointers {
        items: some("/results"),
        url: some("/url"),
        title: some("/title"),
        date: some("/date"),
        text: some("/text"),
        author: some("/agencies/*/name"),
        next: some("/next"),
        ..JsonPointers::default()
    };
    Source {
        id: SourceId("fuzzed".to_owned()),
        name: String::new(),
        url: Url::parse("https://courier.example/list").unwrap(),
        site: None,
        format,
        publisher: Publisher::News,
        jurisdiction: None,
        language: None,
        schedule: String::new(),
        read: true,
        unchecked: false,
        categories: Vec::new(),
        listing,
        json,
        article: Default::default(),
    }
}

/// Lists entries whose addresses are of the web and whose titles are lines, or says why not.
pub fn list(source: &Source, body: &[u8]) {
    let page = Page { url: Some(source.url.clone()), content_type: None, body: body.to_vec() };
    for entry in unguarded::list(source, &page).unwrap_or_default() {
        assert!(matches!(entry.url.scheme(), "http" | "https"), "{}", entry.url);
        assert!(!entry.title.contains(['\n', '\r', '\0']), "{:?}", entry.title);
    }
}
