//! Texts with the labels that they should get, kept as the classifier tags them.

use std::path::Path;

use classifier::{Classifier, Text};
use crawler::{Article, SourceId};
use index::{Index, Inserted, ItemId, NewItem};
use serde_json::Value;

/// Keeps the texts of a file of the classifier's; returns them with the items that they are.
pub(super) async fn keep(index: &Index, file: &str) -> Vec<(ItemId, Value)> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../classifier/data").join(file);
    let classifier = Classifier::load().unwrap();
    let press = SourceId("press".to_owned());
    index.store().ensure_source(&press, "The Press").await.unwrap();
    let seen = "2026-11-24T07:00:00Z".parse().unwrap();
    let mut kept = Vec::new();
    for line in std::fs::read_to_string(data).unwrap().lines() {
        let text: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| text[name].as_str().map(str::to_owned);
        let article = Article {
            url: Some(format!("https://example.org/{}", field("id").unwrap()).parse().unwrap()),
            title: field("title").unwrap(),
            byline: None,
            published: field("date").and_then(|date| date.parse().ok()),
            modified: None,
            paywalled: false,
            language: field("language"),
            site: None,
            text: field("text").unwrap(),
        };
        let tags = classifier.classify(&Text {
            title: &article.title,
            body: &article.text,
            language: article.language.as_deref(),
            published: article.published.map(|moment| moment.day()),
            ..Text::default()
        });
        let new = NewItem { source: &press, article: &article, tags: &tags, seen };
        let (Inserted::New(id) | Inserted::Known(id)) =
            index.store().import(&[new]).await.unwrap()[0];
        kept.push((id, text));
    }
    index.catch_up().await.unwrap();
    kept
}
