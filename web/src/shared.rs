//! Pages that are the same for all readers (today's, laws, topics, jurisdictions, sources, feeds) are made once a
//! second at most, and anew as soon as more is found: the next reader gets a copy.

use std::sync::Arc;

use axum::body::{Bytes, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::http::response::Parts;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::app::App;
use crate::conditional::{self, tag};
use crate::error::Error;
use crate::forwarded::Origin;
use crate::site;

/// How many bytes of pages are kept.
const ROOM: u64 = 8 << 20;
/// What a page has usually.
const USUAL: u64 = 32 << 10;

/// The pages that were made last.
#[derive(Debug)]
pub struct Shared(Cache<Key, Arc<Made>, Weight>);

/// Which page, made of what was found when.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    /// Where the reader reaches the site, if that is another address than usual.
    origin: Option<Origin>,
    /// Path and query.
    address: String,
    /// The reader's, in milliseconds since 1970.
    mark: Option<i64>,
    /// Of the full-text index.
    generation: u64,
    /// Since 1970: pages say how long ago something was, and how the sources are doing.
    second: i64,
}

/// A page.
#[derive(Debug)]
struct Made {
    parts: Parts,
    body: Bytes,
    tag: String,
}

#[derive(Debug, Clone)]
struct Weight;

impl Weighter<Key, Arc<Made>> for Weight {
    fn weight(&self, key: &Key, made: &Arc<Made>) -> u64 {
        (key.address.len() + made.body.len()) as u64
    }
}

impl Default for Shared {
    fn default() -> Self {
        let pages = usize::try_from(ROOM / USUAL).unwrap_or_default();
        Self(Cache::with_weighter(pages, ROOM, Weight))
    }
}

/// Answers from what another reader was given in the same second; who asks first makes it, and the others wait.
pub async fn shared(State(app): State<App>, request: Request, next: Next) -> Response {
    if *request.method() != Method::GET {
        return next.run(request).await;
    }
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let key = Key {
        origin: request.extensions().get::<Origin>().cloned(),
        address: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
        mark: site::mark_of(request.headers()).map(|mark| mark.timestamp_millis()),
        generation: app.index.generation(),
        second: app.now().timestamp(),
    };
    match app.shared.0.get_or_insert_async(&key, made(request, next)).await {
        Ok(made) => {
            conditional::answer(made.parts.clone(), made.body.clone(), &made.tag, known.as_ref())
        }
        Err(response) => response,
    }
}

/// A good page; anything else is answered as it is, and not kept.
async fn made(request: Request, next: Next) -> Result<Arc<Made>, Response> {
    let response = next.run(request).await;
    let is_whole = response.body().size_hint().exact().is_some();
    if !is_whole || response.status() != StatusCode::OK {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX)
        .await
        .map_err(|error| Error::Internal(error.into()).into_response())?;
    Ok(Arc::new(Made { parts, tag: tag(&body), body }))
}
