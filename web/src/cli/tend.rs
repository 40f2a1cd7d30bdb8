//! `reindex`, `retag` and `sources`: what keeps a Lexwatch in order.

use clap::Subcommand;
use classifier::{Jurisdiction, Text};
use serde_json::json;

use super::{Outcome, answer};
use crate::api::views::SourceStateView;
use crate::app::App;

/// Items looked at by one statement.
const BATCH: usize = 200;

/// `lexwatch sources`.
#[derive(Debug, Subcommand)]
pub(super) enum Sources {
    /// Print every source and how it is doing, a line of JSON each
    List,
}

impl Sources {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let Self::List = self;
        for state in app.index.store().sources().await? {
            answer(&SourceStateView::from(&state))?;
        }
        Ok(Outcome::Done)
    }
}

/// `lexwatch reindex`.
pub(super) async fn reindex(app: &App) -> anyhow::Result<Outcome> {
    let position = app.index.rebuild().await?;
    answer(&json!({ "changes": position }))?;
    Ok(Outcome::Done)
}

/// `lexwatch retag`.
pub(super) async fn retag(app: &App) -> anyhow::Result<Outcome> {
    let homes = homes(app).await?;
    let store = app.index.store();
    let (mut seen, mut changed, mut after) = (0, 0, 0);
    loop {
        let batch = store.walk(after, BATCH).await?;
        let Some((last, _)) = batch.last() else { break };
        after = last.id.key();
        for (item, text) in &batch {
            let tags = app.classifier.classify(&Text {
                title: &item.title,
                body: text,
                language: item.language.as_deref(),
                home: homes.get(&item.source.id).copied(),
                published: item.published.map(|moment| moment.day()),
            });
            seen += 1;
            if tags != item.tags {
                store.retag(item.id, &tags, app.now()).await?;
                changed += 1;
            }
        }
    }
    match app.index.catch_up().await {
        Ok(_) | Err(index::Error::Busy) => {}
        Err(error) => return Err(error.into()),
    }
    answer(&json!({"items": seen, "changed": changed, "model": app.classifier.model()}))?;
    Ok(Outcome::Done)
}

async fn homes(
    app: &App,
) -> anyhow::Result<std::collections::HashMap<crawler::SourceId, Jurisdiction>> {
    let states = app.index.store().sources().await?;
    Ok(states
        .into_iter()
        .filter_map(|state| Some((state.id, Jurisdiction::parse(state.jurisdiction.as_deref()?)?)))
        .collect())
}
