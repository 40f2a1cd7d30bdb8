//! The site: HTML first, complete without script. A page is a struct, a template and a handler; this file holds what
//! all pages share.

mod about;
mod assets;
mod browse;
mod cite;
mod corrections;
mod dates;
mod home;
mod item;
mod laws;
mod manual;
mod mark;
mod picture;
mod report;
mod rows;
mod saved;
mod search;
mod sources;
mod story;
mod subscribe;
mod timeline;
mod unread;

use std::any::Any;

use askama::Template;
use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::TimeDelta;
use index::Query;

use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
pub(crate) use manual::show as manual;
pub(crate) use mark::of as mark_of;
pub(crate) use rows::{is_official, stage_name};

/// All pages but those that readers share.
pub fn router() -> Router<App> {
    Router::new()
        .route("/search", get(search::show))
        .route("/items/{id}", get(item::show))
        .route("/items/{id}/{form}", get(cite::show))
        .route("/stories/{id}", get(story::show))
        .route("/about", get(about::show))
        .route("/robots.txt", get(robots))
        .route("/static/{name}", get(assets::show))
        .merge(mark::router())
        .merge(report::router())
        .merge(saved::router())
        .merge(subscribe::router())
}

/// The pages that are the same for all readers and asked for most.
pub fn shared_router() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/jurisdictions", get(browse::jurisdictions))
        .route("/jurisdictions/{code}", get(browse::jurisdiction))
        .route("/topics", get(browse::topics))
        .route("/topics/{slug}", get(browse::topic))
        .route("/laws", get(laws::show))
        .route("/laws/{slug}", get(browse::law))
        .route("/sources", get(sources::show))
}

/// What is said of pages that say nothing of themselves.
const DESCRIPTION: &str =
    "What states do about cybersecurity: news and rules by jurisdiction, topic, stage and law.";

/// What all pages share: the head and the navigation.
#[derive(Debug)]
pub struct Chrome {
    /// The navigation's entry that is marked, by its path.
    active: &'static str,
    /// What stands in the words box of the header.
    words: String,
    /// The style sheet's address, which changes with its content.
    style: &'static str,
    /// The script's, likewise.
    script: &'static str,
    /// The Atom feed of what the page shows.
    feed: String,
    /// The page's one address, whatever it was asked by; empty for pages that nobody looks for.
    canonical: String,
    /// What a search engine says of the page.
    description: String,
}

impl Chrome {
    /// For a page under `active` (`/search`, say; empty for none).
    pub fn new(active: &'static str) -> Self {
        Self {
            active,
            words: String::new(),
            style: assets::STYLE.address(),
            script: assets::SCRIPT.address(),
            feed: "/feed.atom".to_owned(),
            canonical: String::new(),
            description: DESCRIPTION.to_owned(),
        }
    }

    /// For the page at a path of the site, with a sentence on what it shows.
    fn at(mut self, origin: &Origin, path: &str, description: impl Into<String>) -> Self {
        self.canonical = origin.link(path);
        self.description = description.into();
        self
    }

    /// With the words and the feed of a query.
    fn with_query(mut self, query: &Query) -> Self {
        self.words = query.words_text();
        self.feed = with_query("/feed.atom", query);
        self
    }

    /// Marks the navigation's entry of the page.
    fn current(&self, path: &str) -> &'static str {
        if self.active == path { "page" } else { "false" }
    }
}

/// A path with a query as its query string.
pub(crate) fn with_query(path: &str, query: &Query) -> String {
    let query = query.to_query_string();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A score from 0 to 1 as readers see it.
fn percent(score: f32) -> u8 {
    let percent = (score.clamp(0.0, 1.0) * 100.0).round();
    // In bounds by the clamp above; NaN becomes 0.
    percent as u8
}

/// For an address that is another one's for good.
fn moved(path: &str) -> Response {
    Redirect::permanent(path).into_response()
}

/// A page that says that something was asked for too often, and when to come again.
fn too_many(wait: TimeDelta, page: Response) -> Response {
    let seconds = wait.num_seconds().max(1).to_string();
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds)], page).into_response()
}

/// Room for most pages: growing to it by and by would copy them several times.
const ROOM: usize = 48 << 10;

/// A page, rendered.
fn page(template: &impl Template) -> Result<Response, Error> {
    let mut html = String::with_capacity(ROOM);
    template.render_into(&mut html).map_err(|error| Error::Internal(error.into()))?;
    html.shrink_to_fit();
    Ok(Html(html).into_response())
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage<'a> {
    chrome: Chrome,
    title: &'a str,
    what: &'a str,
}

/// The page that says what went wrong.
pub fn error_page(status: StatusCode, what: &str) -> Html<String> {
    let title = match status {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::BAD_REQUEST => "That could not be understood",
        StatusCode::FORBIDDEN => "Not from here",
        StatusCode::METHOD_NOT_ALLOWED => "Not that way",
        StatusCode::SERVICE_UNAVAILABLE => "Not at the moment",
        StatusCode::PAYLOAD_TOO_LARGE
        | StatusCode::URI_TOO_LONG
        | StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => "That is too long",
        _ => "Something went wrong",
    };
    let page = ErrorPage { chrome: Chrome::new(""), title, what };
    Html(page.render().unwrap_or_else(|_| title.to_owned()))
}

/// What is said to a form that another site's page sent.
pub(crate) fn foreign_form() -> Response {
    let what = "Another site's page sent this form, so nothing was done. Open the page here and send it from there.";
    (StatusCode::FORBIDDEN, error_page(StatusCode::FORBIDDEN, what)).into_response()
}

/// The page after a panic, which is an error of ours like any other.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over so")]
pub(crate) fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or_default();
    Error::Internal(anyhow::anyhow!("a panic: {text}")).into_response()
}

/// `GET /robots.txt`: what search engines need not read. Of searches those with one parameter are enough.
async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /api/\nDisallow: /search?*&\nDisallow: /saved\nDisallow: /subscriptions/\n"
}

/// Whatever is not there. A slash too many at the end is forgiven.
pub async fn not_found(uri: Uri) -> Response {
    let path = uri.path().trim_end_matches('/');
    // Browsers take two slashes, of either kind, for the beginning of another site's address.
    let is_path = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
    if path == uri.path() || path.is_empty() || path.contains("//") || !path.chars().all(is_path) {
        return Error::NotFound.into_response();
    }
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    moved(&format!("{path}{query}"))
}
