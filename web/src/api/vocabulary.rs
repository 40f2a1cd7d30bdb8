//! The vocabulary and the sources, for programs that offer them as choices.

use axum::Json;
use axum::extract::{Path, State};
use classifier::{Instrument, Jurisdiction, Topic};
use serde_json::{Value, json};

use super::Problem;
use super::views::{SourceStateView, rfc3339};
use crate::app::App;
use crate::error::Error;
use crate::health;
use crate::timeline::{self, Event};

/// `GET /api/v1/jurisdictions`.
pub(super) async fn jurisdictions() -> Json<Value> {
    let all: Vec<_> = Jurisdiction::all()
        .map(|found| json!({"code": found, "name": found.name(), "parent": found.parent()}))
        .collect();
    Json(json!({ "jurisdictions": all }))
}

/// `GET /api/v1/topics`.
pub(super) async fn topics() -> Json<Value> {
    let all = Topic::ALL.map(
        |topic| json!({"slug": topic, "name": topic.name(), "description": topic.description()}),
    );
    Json(json!({ "topics": all.as_slice() }))
}

/// `GET /api/v1/instruments`.
pub(super) async fn instruments() -> Json<Value> {
    let all: Vec<_> = Instrument::all().map(view).collect();
    Json(json!({ "instruments": all }))
}

/// `GET /api/v1/instruments/{slug}`.
pub(super) async fn instrument(
    State(app): State<App>,
    Path(slug): Path<String>,
) -> Result<Json<Value>, Problem> {
    let missing = || Error::missing("instrument", &slug);
    let found = Instrument::all().find(|known| known.slug() == slug).ok_or_else(missing)?;
    let events = timeline::of(app.index.store(), found).await.map_err(Error::from)?;
    let mut view = view(found);
    view["developments"] = events.iter().map(event).collect();
    Ok(Json(view))
}

/// What happened to a law, or will, with who tells it.
fn event(event: &Event) -> Value {
    let told = event.told.iter().map(|(one, item)| {
        json!({
            "id": item.id.to_string(),
            "url": item.url,
            "title": item.title,
            "source": item.source.name,
            "published": item.published.map(|moment| rfc3339(moment.instant())),
            "date": one.date,
            "score": one.score,
            "evidence": one.evidence,
        })
    });
    json!({
        "type": event.act,
        "date": event.date,
        "other_dates": event.others.iter().map(|(date, _)| date).collect::<Vec<_>>(),
        "items": told.collect::<Vec<_>>(),
    })
}

fn view(instrument: Instrument) -> Value {
    json!({
        "slug": instrument,
        "name": instrument.name(),
        "aliases": instrument.aliases(),
        "jurisdictions": instrument.jurisdictions(),
        "topics": instrument.topics(),
        "status": instrument.status().name(),
        "proposed": instrument.proposed(),
        "adopted": instrument.adopted(),
        "in_force": instrument.in_force(),
    })
}

/// `GET /api/v1/sources`.
pub(super) async fn sources(State(app): State<App>) -> Result<Json<Value>, Problem> {
    let sources = health::sources(app.index.store(), app.now()).await?;
    let views: Vec<_> = sources.iter().map(|(of, how)| SourceStateView::new(of, how)).collect();
    Ok(Json(json!({ "sources": views })))
}
