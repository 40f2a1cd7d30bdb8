//! The newsroom's web server: what is at which path, with validators, so that an unchanged page costs a 304.

use std::borrow::Cow;
use std::sync::Arc;

use anyhow::Context as _;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::article::Article;
use super::outlet::{FeedKind, Outlet};
use super::{FILES, Newsroom, feeds, pages};

/// Everyone may read everything but the search and what is made for printers.
const ROBOTS: &str = "User-agent: *\nDisallow: /search\nDisallow: /*?print=\nAllow: /\n";

/// What all requests share.
#[derive(Debug)]
struct Site {
    newsroom: Newsroom,
    base: Url,
}

/// What is asked for.
enum Asked<'a> {
    Index,
    Robots,
    File(&'static [u8], &'static str),
    Front(&'a Outlet),
    Feed(&'a Outlet),
    Article(&'a Outlet, &'a Article),
    /// Nothing that there is, of an outlet that there is.
    Missing(&'a Outlet),
}

/// What is answered.
struct Answer {
    status: StatusCode,
    media_type: String,
    body: Vec<u8>,
    changed: Option<DateTime<Utc>>,
}

/// All sites of a newsroom that is served at `base`.
pub(super) fn router(newsroom: Newsroom, base: Url) -> Router {
    Router::new().fallback(serve).with_state(Arc::new(Site { newsroom, base }))
}

async fn serve(State(site): State<Arc<Site>>, request: Request) -> Response {
    let Some(asked) = site.find(request.uri().path()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match site.answer(&asked) {
        Ok(answer) => respond(request.headers(), answer),
        Err(error) => {
            tracing::error!("the newsroom cannot answer {}: {error:#}", request.uri().path());
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

impl Site {
    fn find(&self, path: &str) -> Option<Asked<'_>> {
        match path {
            "/" => return Some(Asked::Index),
            "/robots.txt" => return Some(Asked::Robots),
            _ => {}
        }
        if let Some(name) = path.strip_prefix("/static/") {
            return file(name);
        }
        let id = path.split('/').nth(1)?;
        let outlet = self.newsroom.outlets().iter().find(|outlet| outlet.id == id)?;
        if path == outlet.home() {
            return Some(Asked::Front(outlet));
        }
        if path == outlet.feed_path() {
            return Some(Asked::Feed(outlet));
        }
        let article = outlet.articles.iter().find(|article| outlet.path(article) == path);
        Some(article.map_or(Asked::Missing(outlet), |article| Asked::Article(outlet, article)))
    }

    fn answer(&self, asked: &Asked<'_>) -> anyhow::Result<Answer> {
        let newsroom = &self.newsroom;
        Ok(match *asked {
            Asked::Index => plain("text/html; charset=utf-8", pages::index(newsroom.outlets())?),
            Asked::Robots => plain("text/plain; charset=utf-8", ROBOTS.to_owned()),
            Asked::File(body, media_type) => plain(media_type, body),
            Asked::Front(outlet) => html(outlet, &pages::front(outlet, newsroom.words(outlet)?)?),
            Asked::Feed(outlet) => {
                let feed = feeds::render(outlet, &self.base)?.context("an outlet without feed")?;
                encoded(outlet, feeds::media_type(outlet.feed), &feed)
            }
            Asked::Article(outlet, article) => {
                let words = newsroom.words(outlet)?;
                let page = pages::article(outlet, words, article, &self.base)?;
                Answer { changed: Some(article.changed().to_utc()), ..html(outlet, &page) }
            }
            Asked::Missing(outlet) => {
                let page = pages::missing(outlet, newsroom.words(outlet)?)?;
                Answer { status: StatusCode::NOT_FOUND, changed: None, ..html(outlet, &page) }
            }
        })
    }
}

/// A style sheet or picture of the sites.
fn file(name: &str) -> Option<Asked<'static>> {
    let media_type = match name.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        _ => return None,
    };
    Some(Asked::File(FILES.get_file(format!("static/{name}"))?.contents(), media_type))
}

fn plain(media_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    let media_type = media_type.to_owned();
    Answer { status: StatusCode::OK, media_type, body: body.into(), changed: None }
}

fn html(outlet: &Outlet, text: &str) -> Answer {
    encoded(outlet, "text/html", text)
}

/// Text in the outlet's encoding; JSON is UTF-8 without saying so (RFC 8259, 8.1).
fn encoded(outlet: &Outlet, media_type: &str, text: &str) -> Answer {
    let is_named = outlet.header_charset && outlet.feed != FeedKind::Json;
    let media_type = if is_named || (outlet.header_charset && media_type == "text/html") {
        format!("{media_type}; charset={}", outlet.encoding.name())
    } else {
        media_type.to_owned()
    };
    let body = outlet.encoding.encode(text);
    Answer { changed: outlet.changed(), ..plain(&media_type, Cow::into_owned(body)) }
}

fn respond(asked: &HeaderMap, answer: Answer) -> Response {
    let Answer { status, media_type, body, changed } = answer;
    let hash = Sha256::digest(&body);
    let tag =
        format!("\"{}\"", hash[..8].iter().map(|byte| format!("{byte:02x}")).collect::<String>());
    let is_known = status == StatusCode::OK && is_known(asked, &tag, changed);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        (status, [(header::CONTENT_TYPE, media_type)], body).into_response()
    };
    let headers = response.headers_mut();
    headers.extend(tag.parse().map(|tag| (header::ETAG, tag)));
    let changed = changed.and_then(|time| http_date(time).parse().ok());
    headers.extend(changed.map(|time| (header::LAST_MODIFIED, time)));
    response
}

/// Whether the asker has this already; a tag is asked first, as RFC 9110 (13.2.2) has it.
fn is_known(asked: &HeaderMap, tag: &str, changed: Option<DateTime<Utc>>) -> bool {
    let text = |name| asked.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if let Some(tags) = text(header::IF_NONE_MATCH) {
        return tags.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
    }
    let since =
        text(header::IF_MODIFIED_SINCE).and_then(|time| DateTime::parse_from_rfc2822(time).ok());
    since.is_some_and(|since| {
        changed.is_some_and(|changed| changed.timestamp() <= since.timestamp())
    })
}

/// The preferred form of RFC 9110 (5.6.7).
fn http_date(time: DateTime<Utc>) -> String {
    time.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}
