//! Sources to poll and an article to find behind them.

use crawler::{
    ArticleSelectors, Entry, Format, JsonPointers, ListingSelectors, Poll, Publisher, Source,
    SourceId, Validators,
};

use super::web::{Web, crawler, now};

/// A source of a format at a path.
pub(crate) fn source(web: &Web, path: &str, format: Format) -> Source {
    Source {
        id: SourceId("example".to_owned()),
        name: "Example".to_owned(),
        url: web.url(path),
        site: None,
        format,
        publisher: Publisher::News,
        jurisdiction: None,
        language: Some("en".to_owned()),
        schedule: "0 0 * * * *".to_owned(),
        read: true,
        unchecked: false,
        categories: Vec::new(),
        listing: ListingSelectors::default(),
        json: JsonPointers::default(),
        article: ArticleSelectors::default(),
    }
}

/// An entry that leads to a path.
pub(crate) fn entry(web: &Web, path: &str) -> Entry {
    Entry {
        url: web.url(path),
        title: String::new(),
        published: None,
        updated: None,
        author: None,
        summary: None,
        content: None,
    }
}

/// What a source lists at its first poll.
pub(crate) async fn listed(web: &Web, source: &Source) -> Vec<Entry> {
    match crawler(web).poll(source, &Validators::default(), now()).await.unwrap() {
        Poll::Listed(listed) => listed.entries,
        Poll::Unchanged(_) => panic!("nobody had asked before"),
    }
}

/// How a poll fails.
pub(crate) async fn failure(web: &Web, source: &Source) -> String {
    crawler(web).poll(source, &Validators::default(), now()).await.unwrap_err().to_string()
}

/// A page with an article of three paragraphs among the usual furniture.
pub(crate) const PAGE: &str = r#"<!doctype html><html lang="en"><head><title>Parliament adopts the data bill | Example</title>
<meta property="og:site_name" content="Example"><meta name="author" content="Ada Byron">
<meta property="article:published_time" content="2017-06-01T09:30:00+02:00"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Parliament adopts the data bill</h1>
<p>The parliament adopted a bill on Thursday that obliges operators of networks to keep personal data within the country.</p>
<p>Operators have until the end of the year to comply; the ministry will publish the technical rules in September, it said.</p>
<p>Industry groups had asked for a longer period, since most of them keep their data in several countries at once.</p>
</article><footer>All rights reserved</footer></body></html>"#;
