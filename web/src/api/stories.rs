//! `stories/{id}`: the items of several outlets about one event.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use index::{Story, StoryId, StoryTie};
use serde_json::{Value, json};

use super::Problem;
use super::views::{ItemView, StoryWordView, rfc3339};
use crate::app::App;
use crate::error::Error;
use crate::stories::{LARGEST, Outline, led};

/// `GET /api/v1/stories/{id}`: its items in the order of their publication; the name of a story that was joined to
/// another leads there (308).
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let missing = || Error::missing("story", &id);
    let asked = StoryId::parse(&id).ok_or_else(missing)?;
    let story = app.index.store().story(asked, LARGEST).await?.ok_or_else(missing)?;
    if story.id.to_string() != id {
        return Ok(led(&format!("/api/v1/stories/{}", story.id)));
    }
    let ties = app.index.store().ties(&story).await?;
    Ok(Json(view(&story, &ties)).into_response())
}

/// A story as programs get it, with what ties its reports.
pub(crate) fn view(story: &Story, ties: &[StoryTie]) -> Value {
    let outline = Outline::of(story);
    let items: Vec<_> = story.items.iter().map(|item| ItemView::new(item, None)).collect();
    let words: Vec<_> = story.words.iter().map(StoryWordView::from).collect();
    json!({
        "id": story.id.to_string(),
        "title": outline.best.map(|item| item.title.as_str()),
        "first": outline.first.map(rfc3339),
        "last": outline.last.map(rfc3339),
        "sources": outline.sources.len(),
        "languages": outline.languages,
        "total": story.items.len(),
        "items": items,
        "words": words,
        "ties": ties.iter().map(tie).collect::<Vec<_>>(),
    })
}

/// Two reports and what they share; a day without its year, as a text names it.
fn tie(tie: &StoryTie) -> Value {
    let days: Vec<_> = tie.shared.days.iter().map(|day| day.format("%m-%d").to_string()).collect();
    json!({
        "item": tie.item.to_string(),
        "with": tie.with.to_string(),
        "words": tie.shared.words,
        "amounts": tie.shared.amounts,
        "days": days,
    })
}
