//! `items/{id}/revisions`: what was edited on an item's page since it was first read.

use axum::Json;
use axum::extract::{Path, State};
use index::{ItemId, Revision};
use serde::Serialize;
use serde_json::{Value, json};

use super::Problem;
use super::views::rfc3339;
use crate::app::App;
use crate::error::Error;
use crate::revisions::{Edit, edits};

/// One version of an item.
#[derive(Debug, Serialize)]
struct RevisionView {
    number: i64,
    seen: String,
    title: String,
    /// `title`, `text`; nothing for the first.
    changed: Vec<&'static str>,
    /// Sentences that are no longer there; only of authorities' pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    removed: Option<Vec<String>>,
    /// Sentences that are new.
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<Vec<String>>,
}

impl RevisionView {
    fn new(revision: Revision, edit: Edit) -> Self {
        let changed = [("title", edit.title), ("text", edit.text)];
        let (removed, added) = edit.sentences.map(|both| (both.removed, both.added)).unzip();
        Self {
            number: revision.number,
            seen: rfc3339(revision.seen),
            title: revision.title,
            changed: changed.into_iter().filter(|part| part.1).map(|part| part.0).collect(),
            removed,
            added,
        }
    }
}

/// `GET /api/v1/items/{id}/revisions`: oldest first.
pub(super) async fn list(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let missing = || Error::missing("item", &id);
    let id = ItemId::parse(&id).ok_or_else(missing)?;
    let store = app.index.store();
    let item = store.item(id).await?.ok_or_else(missing)?;
    let revisions = store.revisions(id).await?;
    let edits = edits(&revisions, item.source.publisher);
    let views: Vec<_> =
        revisions.into_iter().zip(edits).map(|(of, edit)| RevisionView::new(of, edit)).collect();
    Ok(Json(json!({"id": id.to_string(), "url": item.url, "revisions": views})))
}
