//! Any bytes are a sitemap, a listing (by its selectors, and by what looks like headlines) or a JSON API: they list
//! entries or have an error that says why not, in bounded time and memory. The first byte chooses which.

#![no_main]

use crawler::{Format, JsonPointers, ListingSelectors, Page, Publisher, Source, SourceId, unguarded};
use libfuzzer_sys::fuzz_target;
use url::Url;

fn source(kind: u8, url: &Url) -> Source {
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
        url: url.clone(),
        site: None,
        format: [Format::Sitemap, Format::Listing, Format::Listing, Format::Json][kind as usize % 4],
        publisher: Publisher::News,
        jurisdiction: None,
        language: None,
        schedule: String::new(),
        read: true,
        unchecked: false,
        categories: Vec::new(),
        listing: if kind % 4 == 1 { listing } else { ListingSelectors::default() },
        json,
        article: Default::default(),
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((kind, body)) = bytes.split_first() else { return };
    let url = Url::parse("https://courier.example/list").unwrap();
    let page = Page { url: Some(url.clone()), content_type: None, body: body.to_vec() };
    if let Ok(entries) = unguarded::list(&source(*kind, &url), &page) {
        for entry in entries {
            assert!(matches!(entry.url.scheme(), "http" | "https"), "{}", entry.url);
            assert!(!entry.title.contains(['\n', '\r', '\0']), "{:?}", entry.title);
        }
    }
});
