//! The API, version 1: JSON over the same `Query` as the site. Errors are problem documents (RFC 9457).

mod classify;
mod export;
mod feeds;
mod items;
mod parameters;
mod problem;
mod revisions;
mod stories;
mod suggest;
mod timeline;
pub mod views;
mod vocabulary;

use axum::routing::{get, post};
use axum::{Router, middleware};

use crate::app::App;
use crate::site;
pub(crate) use export::{CSV_HEADER, chunks, csv_row};
pub(crate) use feeds::{LENGTH as FEED_LENGTH, health};
pub(crate) use items::{
    DEFAULT_LIMIT, List, MAX_LIMIT, USUAL_FACETS, unknown_parameter, unknown_sources,
};
pub use problem::Problem;
pub(crate) use stories::view as story_view;
pub(crate) use suggest::choices;

/// All below `/api`.
pub fn router() -> Router<App> {
    let without_parameters = Router::new()
        .route("/v1/items/{id}", get(items::show))
        .route("/v1/items/{id}/revisions", get(revisions::list))
        .route("/v1/stories/{id}", get(stories::show))
        .route("/v1/jurisdictions", get(vocabulary::jurisdictions))
        .route("/v1/topics", get(vocabulary::topics))
        .route("/v1/instruments", get(vocabulary::instruments))
        .route("/v1/instruments/{slug}", get(vocabulary::instrument))
        .route("/v1/sources", get(vocabulary::sources))
        .route("/v1/classify", post(classify::classify))
        .route_layer(middleware::from_fn(parameters::none));
    Router::new()
        .route("/", get(site::manual))
        .route("/v1/items", get(items::list))
        .route("/v1/facets", get(items::facets))
        .route("/v1/suggest", get(suggest::suggest))
        .route("/v1/timeline", get(timeline::timeline))
        .route("/v1/export.csv", get(export::csv))
        .route("/v1/export.ndjson", get(export::ndjson))
        .merge(without_parameters)
        .fallback(problem::not_found)
}

/// The feeds of any query.
pub fn feeds_router() -> Router<App> {
    Router::new().route("/feed.atom", get(feeds::atom)).route("/feed.json", get(feeds::json))
}
