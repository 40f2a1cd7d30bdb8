//! Embeds what was kept, and tags it again with what that says: behind the crawl, so that it holds up no page.

use std::collections::HashMap;

use anyhow::Context as _;
use classifier::{Embedding, Jurisdiction, Text};
use crawler::SourceId;
use index::Item;

use crate::app::App;

/// The jurisdiction of each national source.
pub type Homes = HashMap<SourceId, Jurisdiction>;

/// Looks up the jurisdictions of all national sources.
///
/// # Errors
/// Only when the store fails.
pub async fn homes(app: &App) -> anyhow::Result<Homes> {
    let states = app.index.store().sources().await?;
    Ok(states
        .into_iter()
        .filter_map(|state| Some((state.id, Jurisdiction::parse(state.jurisdiction.as_deref()?)?)))
        .collect())
}

/// What the classifier sees of an item that is kept.
pub fn text_of<'a>(
    item: &'a Item,
    body: &'a str,
    homes: &Homes,
    embedding: Option<&'a Embedding>,
) -> Text<'a> {
    Text {
        title: &item.title,
        body,
        language: item.language.as_deref(),
        home: homes.get(&item.source.id).copied(),
        published: item.published.map(|moment| moment.day()),
        embedding,
    }
}

/// Embeds the next few items that have no embedding yet, and tags each of them again. Returns how many there were.
///
/// # Errors
/// When the store or the model fails; what was embedded before is kept.
pub async fn some(app: &App) -> anyhow::Result<usize> {
    let Some(items) = app.index.embed_some().await? else { return Ok(0) };
    let homes = homes(app).await?;
    let count = items.len();
    // It is never closed.
    let permit = app.tagging.clone().acquire_owned().await.ok();
    let shared = app.clone();
    let tagged = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        let tag = |(item, text, embedding): (Item, String, Embedding)| {
            let tags = shared.classifier.classify(&text_of(&item, &text, &homes, Some(&embedding)));
            (item, tags)
        };
        items.into_iter().map(tag).collect::<Vec<_>>()
    });
    for (item, tags) in tagged.await.context("the classifier stopped")? {
        if item.corrected || tags != item.tags {
            app.index.store().retag(item.id, &tags, app.now()).await?;
        }
    }
    app.changed.notify_one();
    Ok(count)
}

/// Embeds everything that has no embedding yet.
///
/// # Errors
/// As [`some`].
pub async fn all(app: &App) -> anyhow::Result<()> {
    while some(app).await? > 0 {}
    Ok(())
}
