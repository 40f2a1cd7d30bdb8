//! The newest items of any query as Atom (RFC 4287) or JSON Feed 1.1, and the health check.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use index::{Item, Paging, Query, Sort};
use serde_json::{Value, json};

use super::Problem;
use super::items::{Call, Takes};
use super::views::rfc3339;
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::plain;
use crate::site::with_query;

/// How many items a feed holds if nothing is said.
pub(crate) const LENGTH: usize = 50;

struct FeedItem {
    link: String,
    title: String,
    /// Of the title; empty where it is not known.
    language: String,
    url: String,
    summary: String,
    source: String,
    published: String,
    updated: String,
    categories: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "feed.atom.xml")]
struct AtomFeed {
    title: String,
    page: String,
    address: String,
    updated: String,
    items: Vec<FeedItem>,
}

/// `GET /feed.atom`.
pub(super) async fn atom(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let newest = newest(&app, raw.as_deref()).await?;
    let Newest { query, items, .. } = &newest;
    let feed = AtomFeed {
        title: title(query),
        page: origin.link(&with_query("/search", query)),
        address: newest.address(&origin, "/feed.atom"),
        updated: rfc3339(
            items.iter().map(|item| item.first_seen).max().unwrap_or(DateTime::<Utc>::UNIX_EPOCH),
        ),
        items: items.iter().map(|item| feed_item(&origin, item)).collect(),
    };
    let body = feed.render().map_err(|error| Error::Internal(error.into()))?;
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], body).into_response())
}

/// `GET /feed.json`.
pub(super) async fn json(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let newest = newest(&app, raw.as_deref()).await?;
    let Newest { query, items, .. } = &newest;
    let entries: Vec<_> = items.iter().map(|item| json_item(&feed_item(&origin, item))).collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": title(query),
        "home_page_url": origin.link(&with_query("/search", query)),
        "feed_url": newest.address(&origin, "/feed.json"),
        "items": entries,
    });
    let mut response = Json(feed).into_response();
    let content_type = header::HeaderValue::from_static("application/feed+json");
    response.headers_mut().insert(header::CONTENT_TYPE, content_type);
    Ok(response)
}

/// `GET /healthz`: whether the store answers, and whether the full-text index does: 503 while it is made and no old one
/// answers.
pub(crate) async fn health(State(app): State<App>) -> Result<Response, Problem> {
    let head = app.index.store().head().await?;
    let (held, index) = match app.index.held().await {
        Ok(held) if app.index.is_mending() => (Some(held), "mending"),
        Ok(held) => (Some(held), "ok"),
        Err(index::Error::Unfinished { done, of }) => {
            let error = Error::Unfinished(done, of);
            let wait = error.retry_after().map(|wait| [(header::RETRY_AFTER, wait.to_string())]);
            let body = json!({"status": "catching_up", "changes": head, "held": done, "index": "catching_up"});
            return Ok((error.status(), wait, Json(body)).into_response());
        }
        // It was lost a moment ago, and whoever follows has not seen that yet.
        Err(_) => (None, "mending"),
    };
    let body = json!({"status": "ok", "changes": head, "held": held, "index": index});
    Ok(Json(body).into_response())
}

/// What a feed tells, and of which query.
struct Newest {
    query: Query,
    limit: Option<usize>,
    items: Vec<Arc<Item>>,
}

async fn newest(app: &App, raw: Option<&str>) -> Result<Newest, Problem> {
    let Call { mut query, limit, .. } = Call::read(app, raw, Takes::LIST).await?;
    query.sort = Sort::Newest;
    let paging = Paging { limit: limit.unwrap_or(LENGTH), cursor: None };
    // A feed tells each item once; a story whose first item changes would come again.
    let each = Query { fold: false, ..query.clone() };
    let page = app.index.find(&each, &paging, &[], None).await?;
    Ok(Newest { query, limit, items: page.rows.into_iter().map(|(item, _)| item).collect() })
}

impl Newest {
    /// The feed's own address, at one of these paths.
    fn address(&self, origin: &Origin, path: &str) -> String {
        let address = with_query(path, &self.query);
        let mark = if address.contains('?') { '&' } else { '?' };
        let limit = self.limit.map(|limit| format!("{mark}limit={limit}")).unwrap_or_default();
        origin.link(&format!("{address}{limit}"))
    }
}

fn title(query: &Query) -> String {
    let text = Query { sort: Sort::default(), ..query.clone() }.to_text();
    if text.is_empty() { "Lexwatch".to_owned() } else { format!("Lexwatch: {text}") }
}

/// The tags stand for the text: articles are the publishers'.
fn feed_item(origin: &Origin, item: &Item) -> FeedItem {
    let tags = &item.tags;
    let categories: Vec<_> = (tags.jurisdictions.iter().map(|tag| tag.value.name()))
        .chain(tags.topics.iter().map(|tag| tag.value.name()))
        .chain(tags.stage.iter().map(|tag| tag.value.name()))
        .chain(tags.instruments.iter().map(|tag| tag.value.name()))
        .collect();
    FeedItem {
        link: origin.link(&format!("/items/{}", item.id)),
        title: plain::title(&item.title),
        language: item.language.clone().unwrap_or_default(),
        url: item.url.clone(),
        summary: format!("{}: {}", item.source.name, categories.join(", ")),
        source: item.source.name.clone(),
        published: rfc3339(item.published.map_or(item.first_seen, |moment| moment.instant())),
        updated: rfc3339(item.first_seen),
        categories,
    }
}

fn json_item(item: &FeedItem) -> Value {
    let mut entry = json!({
        "id": item.link,
        "url": item.link,
        "external_url": item.url,
        "title": item.title,
        "content_text": item.summary,
        "date_published": item.published,
        "date_modified": item.updated,
        "authors": [{"name": item.source}],
        "tags": item.categories,
    });
    if !item.language.is_empty() {
        entry["language"] = item.language.as_str().into();
    }
    entry
}
