//! `/api`: what programs can ask, with examples that work at this site's address.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use classifier::Stage;
use crawler::Publisher;
use index::Facet;

use super::{Chrome, page};
use crate::api::{DEFAULT_LIMIT, FEED_LENGTH, MAX_LIMIT};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::router::MAX_REQUEST;

const DESCRIPTION: &str = "The API: items, counts, laws, exports and feeds of any search as JSON, CSV, NDJSON and Atom, without a key.";

#[derive(Template)]
#[template(path = "manual.html")]
struct Manual {
    chrome: Chrome,
    /// Where this site is reached, without a slash at its end.
    site: String,
    facets: [&'static str; Facet::ALL.len()],
    stages: [&'static str; Stage::ALL.len()],
    publishers: [&'static str; Publisher::ALL.len()],
    /// How many items a page and a feed hold if nothing is said, and at most.
    usual: usize,
    feed: usize,
    most: usize,
    /// The largest body, in kilobytes.
    largest: usize,
    contact: Option<super::rows::Link>,
}

/// `GET /api`.
pub(crate) async fn show(State(app): State<App>, origin: Origin) -> Result<Response, Error> {
    page(&Manual {
        chrome: Chrome::new("").at(&origin, "/api", DESCRIPTION),
        site: origin.link(""),
        facets: Facet::ALL.map(Facet::slug),
        stages: Stage::ALL.map(Stage::slug),
        publishers: Publisher::ALL.map(Publisher::slug),
        usual: DEFAULT_LIMIT,
        feed: FEED_LENGTH,
        most: MAX_LIMIT,
        largest: MAX_REQUEST >> 10,
        contact: super::about::contact(&app.config),
    })
}
