//! `export --format training`: what people corrected, as labelled texts for `train` and `evaluate`.

use std::io::Write as _;

use crawler::SourceId;
use futures::TryStreamExt as _;
use index::{Item, Query};
use serde_json::{Value, json};

use super::Outcome;
use crate::api::chunks;
use crate::app::App;
use crate::jobs::embed::{Homes, homes};
use crate::plain::json_line;

/// Prints the items of a query whose tags people corrected, a line of JSON each; so many if that is said.
pub(super) async fn export(
    app: &App,
    query: Query,
    limit: Option<usize>,
) -> anyhow::Result<Outcome> {
    let mut left = limit.unwrap_or(usize::MAX);
    let homes = homes(app).await?;
    let mut out = std::io::stdout().lock();
    let mut chunks = std::pin::pin!(chunks(app.clone(), query, None));
    while left > 0
        && let Some(rows) = chunks.try_next().await?
    {
        let items = rows.into_iter().map(|(item, _)| item).filter(|item| item.corrected);
        for item in items {
            if left == 0 {
                break;
            }
            let Some(text) = app.index.store().texts(&[item.id]).await?.pop() else { continue };
            out.write_all(json_line(&example(&item, &text, &homes))?.as_bytes())?;
            left -= 1;
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// A labelled text, as [`classifier::Example`] reads it.
fn example(item: &Item, text: &str, homes: &Homes) -> Value {
    let tags = &item.tags;
    let home = |source: &SourceId| homes.get(source).map(|home| home.code());
    json!({
        "id": item.id.to_string(),
        "title": item.title,
        "text": text,
        "language": item.language,
        "home": home(&item.source.id),
        "date": item.published.map(|moment| moment.day()),
        "policy": tags.policy.value,
        "jurisdictions": tags.jurisdictions.iter().map(|tag| tag.value).collect::<Vec<_>>(),
        "topics": tags.topics.iter().map(|tag| tag.value).collect::<Vec<_>>(),
        "stage": tags.stage.as_ref().map(|tag| tag.value),
        "instruments": tags.instruments.iter().map(|tag| tag.value).collect::<Vec<_>>(),
    })
}
