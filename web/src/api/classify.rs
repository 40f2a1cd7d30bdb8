//! `POST classify`: tags for a text of the caller's, as the command line gives them. Nothing of it is kept.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;

use super::Problem;
use crate::app::App;
use crate::cli::classify::{self, Classified};
use crate::error::Error;

/// `POST /api/v1/classify`: one line of `lexwatch classify` in, its answer out.
pub(super) async fn classify(
    State(app): State<App>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Classified>, Problem> {
    let body = body.map_err(|rejection| Problem::body(&rejection))?;
    let line = str::from_utf8(&body).map_err(|_| bad("the body is not UTF-8"))?;
    let line = classify::read(line).map_err(bad)?;
    let tagged =
        tokio::task::spawn_blocking(move || classify::tag(&app.classifier, &app.embedder, line));
    Ok(Json(tagged.await.map_err(|error| Error::Internal(error.into()))?))
}

fn bad(what: impl Into<String>) -> Problem {
    let what = what.into();
    let shape = "send JSON: {\"id\", \"title\", \"text\", \"language\"?, \"home\"?, \"date\"?}";
    Error::BadRequest(format!("{what}; {shape}")).into()
}
