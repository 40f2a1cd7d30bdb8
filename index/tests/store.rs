//! What the store promises: nothing is lost, nothing is doubled, whatever crashes and whoever else writes.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop where it stands")]

use chrono::{DateTime, Utc};
use classifier::{Tag, Tags};
use crawler::{Article, Entry, Listed, SourceId, Validators};
use index::{Error, Inserted, NewItem, NextLook, Pending, ReadEntry, Store};
use tempfile::TempDir;
use url::Url;

#[path = "store/corrections.rs"]
mod corrections;
#[path = "store/inbox.rs"]
mod inbox;
#[path = "store/items.rs"]
mod items;
#[path = "store/opening.rs"]
mod opening;
#[path = "store/subscribers.rs"]
mod subscribers;

/// A moment of a day on which all tests play.
fn at(time: &str) -> DateTime<Utc> {
    format!("2026-11-23T{time}Z").parse().unwrap()
}

fn id(source: &str) -> SourceId {
    SourceId(source.to_owned())
}

fn entry(url: &str) -> Entry {
    Entry {
        url: url.parse().unwrap(),
        title: format!("Title of {url}"),
        published: Some("2026-11-20".parse().unwrap()),
        updated: None,
        author: None,
        summary: Some("A teaser \0 with a trap".to_owned()),
        content: None,
    }
}

fn listed(urls: &[&str]) -> Listed {
    Listed {
        entries: urls.iter().map(|url| entry(url)).collect(),
        left_out: 0,
        validators: Validators {
            etag: Some("\"1\"".to_owned()),
            last_modified: Some("Mon, 23 Nov 2026 09:00:00 GMT".to_owned()),
            fresh_until: Some(at("09:30:00")),
            moved_to: None,
            rest_until: None,
        },
    }
}

fn article(url: &str, title: &str) -> Article {
    Article {
        url: Some(url.parse::<Url>().unwrap()),
        title: title.to_owned(),
        byline: Some("Ada Author".to_owned()),
        published: Some("2026-11-22T23:30:00+08:00".parse().unwrap()),
        modified: None,
        paywalled: false,
        language: Some("en".to_owned()),
        site: None,
        text: format!("{title}.\n\nIts text."),
    }
}

fn tags(policy: bool, model: &str) -> Tags {
    Tags {
        policy: Tag { value: policy, score: 0.75, evidence: Vec::new() },
        jurisdictions: Vec::new(),
        topics: Vec::new(),
        stage: None,
        instruments: Vec::new(),
        developments: Vec::new(),
        model: model.to_owned(),
    }
}

async fn open(folder: &TempDir) -> Store {
    let store = Store::open(folder.path(), "sqlite").await.unwrap();
    store.ensure_source(&id("press"), "The Press").await.unwrap();
    store
}

/// What was read of an entry.
fn read(pending: &Pending, article: Article) -> ReadEntry {
    let (pending, tags) = (pending.clone(), tags(true, "rules-1"));
    ReadEntry { pending, article, tags, seen: at("10:00:00"), next: NextLook::default() }
}

/// Imports one article and returns what became of it.
async fn import(store: &Store, article: &Article, seen: DateTime<Utc>) -> Inserted {
    let tags = tags(true, "rules-1");
    let source = id("press");
    let new = NewItem { source: &source, article, tags: &tags, seen };
    store.import(&[new]).await.unwrap()[0]
}
