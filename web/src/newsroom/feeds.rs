//! An outlet's feed: RSS 2.0, Atom (RFC 4287) or JSON Feed 1.1, with all of its articles.

use anyhow::Context as _;
use askama::Template;
use serde_json::json;
use url::Url;

use super::article::Article;
use super::outlet::{FeedKind, Outlet};

#[derive(Template)]
#[template(path = "newsroom/feed.rss.xml")]
struct Rss<'a> {
    outlet: &'a Outlet,
    home: Url,
    address: Url,
    built: String,
    entries: Vec<Entry<'a>>,
}

#[derive(Template)]
#[template(path = "newsroom/feed.atom.xml")]
struct Atom<'a> {
    outlet: &'a Outlet,
    home: Url,
    address: Url,
    updated: String,
    entries: Vec<Entry<'a>>,
}

/// One article as both XML formats need it.
struct Entry<'a> {
    article: &'a Article,
    /// The page's own address.
    id: Url,
    /// The address that the feed gives, which may count campaigns.
    link: Url,
    html: Option<String>,
}

/// The media type of an outlet's feed, without its encoding.
pub(super) fn media_type(kind: FeedKind) -> &'static str {
    match kind {
        FeedKind::Rss => "application/rss+xml",
        FeedKind::Atom => "application/atom+xml",
        FeedKind::Json => "application/feed+json",
        FeedKind::Listing => "text/html",
    }
}

/// The feed of an outlet whose site is below `base`; `None` if it has no feed.
pub(super) fn render(outlet: &Outlet, base: &Url) -> anyhow::Result<Option<String>> {
    let home = base.join(&outlet.home())?;
    let address = base.join(&outlet.feed_path())?;
    let entries = outlet
        .articles
        .iter()
        .map(|article| entry(outlet, article, base))
        .collect::<Result<_, _>>()?;
    let changed = outlet.changed().context("an outlet without articles")?;
    Ok(Some(match outlet.feed {
        FeedKind::Listing => return Ok(None),
        FeedKind::Rss => {
            Rss { outlet, home, address, built: changed.to_rfc2822(), entries }.render()?
        }
        FeedKind::Atom => {
            Atom { outlet, home, address, updated: changed.to_rfc3339(), entries }.render()?
        }
        FeedKind::Json => json_feed(outlet, &home, &address, &entries),
    }))
}

fn entry<'a>(outlet: &Outlet, article: &'a Article, base: &Url) -> anyhow::Result<Entry<'a>> {
    let id = base.join(&outlet.path(article))?;
    let mut link = id.clone();
    if outlet.tracked {
        link.query_pairs_mut().append_pair("utm_source", "feed").append_pair("utm_medium", "atom");
    }
    Ok(Entry { article, id, link, html: outlet.full.then(|| article.html()) })
}

fn json_feed(outlet: &Outlet, home: &Url, address: &Url, entries: &[Entry<'_>]) -> String {
    let items: Vec<_> = entries
        .iter()
        .map(|Entry { article, id, link, .. }| {
            json!({
                "id": id,
                "url": link,
                "title": article.title,
                "summary": article.summary,
                "content_text": article.summary,
                "date_published": article.published.to_rfc3339(),
                "date_modified": article.changed().to_rfc3339(),
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "description": outlet.tagline,
        "home_page_url": home,
        "feed_url": address,
        "language": outlet.language,
        "items": items,
    });
    feed.to_string()
}
