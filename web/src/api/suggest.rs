//! `suggest`: values of filters for a words box in which somebody is typing.

use axum::Json;
use axum::extract::{RawQuery, State};
use crawler::Publisher;
use index::{Choice, Facet};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::{Problem, parameters};
use crate::app::App;
use crate::error::Error;
use crate::languages::LANGUAGES;
use crate::plain::clean;

/// How many characters of a name are shown.
const MAX_NAME: usize = 120;

/// `GET /api/v1/suggest?q=…`: at most ten, each with the end of `q` that it takes the place of.
pub(super) async fn suggest(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Problem> {
    parameters::only(raw.as_deref(), &["q"])?;
    let pairs = form_urlencoded::parse(raw.as_deref().unwrap_or_default().as_bytes());
    let text = pairs.filter(|(name, _)| name == "q").last().map(|(_, value)| value);
    let found = index::suggest(text.as_deref().unwrap_or_default(), &choices(&app).await?);
    let views: Vec<_> = found
        .iter()
        .map(|one| {
            let name = clean(&one.name, MAX_NAME);
            json!({"value": one.value, "name": name, "replaces": one.replaces})
        })
        .collect();
    Ok(Json(json!({ "suggestions": views })))
}

/// What the vocabulary does not know.
pub(crate) async fn choices(app: &App) -> Result<Vec<Choice>, Error> {
    let choice = |facet, value: &str, name: &str| Choice {
        facet,
        value: value.to_owned(),
        name: name.to_owned(),
    };
    let sources = app.index.source_names().await?;
    let sources = sources.iter().map(|(id, name)| choice(Facet::Source, id, name));
    let publishers = Publisher::ALL.into_iter();
    let publishers = publishers.map(|kind| choice(Facet::Publisher, kind.slug(), kind.name()));
    let languages = LANGUAGES.into_iter().map(|(code, name)| choice(Facet::Language, code, name));
    Ok(sources.chain(publishers).chain(languages).collect())
}
