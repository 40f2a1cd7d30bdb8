//! What the full-text index promises: what is kept is found, counted exactly, shown safely, and lost never.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop where it stands")]

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use classifier::{Instrument, Jurisdiction, Stage, Tag, Tags, Topic};
use crawler::{Article, SourceId};
use index::{Facet, Index, Inserted, Item, ItemId, NewItem, Page, Paging, Query, Verdict};
use tempfile::TempDir;

#[path = "search/algebra.rs"]
mod algebra;
#[path = "search/counting.rs"]
mod counting;
#[path = "search/finding.rs"]
mod finding;
#[path = "search/languages.rs"]
mod languages;
#[path = "search/meaning.rs"]
mod meaning;
#[path = "search/naming.rs"]
mod naming;
#[path = "search/oracle.rs"]
mod oracle;
#[path = "search/paging.rs"]
mod paging;
#[path = "search/partly.rs"]
mod partly;
#[path = "search/questions.rs"]
mod questions;
#[path = "search/rebuild.rs"]
mod rebuild;
#[path = "search/recovery.rs"]
mod recovery;
#[path = "search/related.rs"]
mod related;
#[path = "search/snippets.rs"]
mod snippets;

/// What a test says of an item; the rest does not matter to it.
#[derive(Debug, Clone, Copy)]
struct Draft<'a> {
    title: &'a str,
    text: &'a str,
    language: Option<&'a str>,
    published: &'a str,
    source: &'a str,
    jurisdictions: &'a [&'a str],
    topics: &'a [&'a str],
    stage: Option<&'a str>,
    laws: &'a [&'a str],
    policy: bool,
}

const DRAFT: Draft<'static> = Draft {
    title: "A title",
    text: "A text.",
    language: Some("en"),
    published: "2026-11-20",
    source: "press",
    jurisdictions: &[],
    topics: &[],
    stage: None,
    laws: &[],
    policy: true,
};

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

fn tag<T>(value: T) -> Tag<T> {
    Tag { value, score: 0.9, evidence: Vec::new() }
}

impl Draft<'_> {
    fn tags(&self) -> Tags {
        Tags {
            policy: tag(self.policy),
            jurisdictions: (self.jurisdictions.iter())
                .map(|code| tag(Jurisdiction::parse(code).unwrap()))
                .collect(),
            topics: self.topics.iter().map(|slug| tag(Topic::parse(slug).unwrap())).collect(),
            stage: self.stage.map(|slug| tag(Stage::parse(slug).unwrap())),
            instruments: self
                .laws
                .iter()
                .map(|name| tag(Instrument::parse(name).unwrap()))
                .collect(),
            developments: Vec::new(),
            model: "rules-1".to_owned(),
        }
    }

    fn article(&self, number: usize) -> Article {
        Article {
            url: Some(format!("https://press.example/{number}").parse().unwrap()),
            title: self.title.to_owned(),
            byline: None,
            published: self.published.parse().ok(),
            modified: None,
            paywalled: false,
            language: self.language.map(str::to_owned),
            site: None,
            text: self.text.to_owned(),
        }
    }
}

/// Keeps drafts, the first under number `from`, without the index hearing of it.
async fn keep(index: &Index, from: usize, drafts: &[Draft<'_>]) -> Vec<ItemId> {
    let sources: Vec<_> = drafts.iter().map(|draft| SourceId(draft.source.to_owned())).collect();
    for source in &sources {
        index.store().ensure_source(source, "The Source").await.unwrap();
    }
    let articles: Vec<_> =
        drafts.iter().enumerate().map(|(n, draft)| draft.article(from + n)).collect();
    let tags: Vec<_> = drafts.iter().map(Draft::tags).collect();
    let new: Vec<_> = (0..drafts.len())
        .map(|n| NewItem {
            source: &sources[n],
            article: &articles[n],
            tags: &tags[n],
            seen: now(),
        })
        .collect();
    let inserted = index.store().import(&new).await.unwrap();
    let id = |inserted| match inserted {
        Inserted::New(id) => id,
        Inserted::Known(id) => panic!("{id} is known"),
    };
    inserted.into_iter().map(id).collect()
}

async fn open(folder: &Path) -> Index {
    Index::open(folder, "sqlite").await.unwrap()
}

/// An index that holds these drafts.
async fn filled(drafts: &[Draft<'_>]) -> (TempDir, Index) {
    let folder = TempDir::new().unwrap();
    let index = open(folder.path()).await;
    keep(&index, 0, drafts).await;
    index.catch_up().await.unwrap();
    (folder, index)
}

fn query(text: &str) -> Query {
    let (query, errors) = Query::parse(text);
    assert_eq!(errors, [], "{text}");
    query
}

fn first(limit: usize) -> Paging {
    Paging { limit, cursor: None }
}

async fn find(index: &Index, text: &str) -> Page<(Arc<Item>, String)> {
    index.find(&query(text), &first(100), &Facet::ALL, None).await.unwrap()
}

/// The titles that a query finds, in order.
async fn titles(index: &Index, text: &str) -> Vec<String> {
    let page = find(index, text).await;
    assert_eq!(page.total, page.rows.len() as u64, "{text}");
    page.rows.into_iter().map(|(item, _)| item.title.clone()).collect()
}
