//! `/saved`: a search that was saved, and what is new in it. All of it is in its address, which is sealed: the query, the
//! name that the reader gave it, and up to where the reader has seen it. Nothing is kept here.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use chrono::{DateTime, Utc};
use index::{Paging, Query, QueryError, Sort, Window};
use url::form_urlencoded;

use super::rows::{Link, Row};
use super::search::forms;
use super::subscribe::PRIVATE;
use super::unread::Remarks;
use super::{Chrome, dates, page, with_query};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::mail::wording;
use crate::plain::clean;

const DESCRIPTION: &str =
    "Save a search as a link: it opens again with what is new since, without an account.";

/// What these addresses are sealed for.
const PURPOSE: &str = "saved search";

/// Rows on a page.
const LENGTH: usize = 20;

/// The longest name, in characters.
const NAME: usize = 80;

/// The longest address, in bytes: what servers in front of this one take for sure.
const ADDRESS: usize = 7_000;

/// All addresses about saved searches.
pub(super) fn router() -> Router<App> {
    Router::new().route("/saved", get(show).post(save))
}

/// A saved search.
#[derive(Debug, Clone)]
struct Saved {
    query: Query,
    name: String,
    /// The number of the change log up to which its reader has seen it, and when that was.
    seen: i64,
    since: DateTime<Utc>,
}

impl Saved {
    /// The search as it stands now.
    async fn now(app: &App, query: Query, name: &str) -> Result<Self, Error> {
        let name = named(name).unwrap_or_else(|| {
            let words = wording::long(&query, &app.config.catalog);
            clean(words.trim_start_matches("with the words "), NAME)
        });
        Ok(Self { query, name, seen: app.index.held().await?, since: app.now() })
    }

    /// Reads the parameters of an address that was sealed, and what of its query is no longer understood.
    fn read(pairs: &[(String, String)]) -> Option<(Self, Vec<QueryError>)> {
        let field = |wanted: &str| {
            pairs.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str())
        };
        let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let (query, errors) = Query::from_pairs(given);
        let saved = Self {
            query,
            name: named(field("name")?)?,
            seen: field("seen")?.parse().ok()?,
            since: field("since")?.parse().ok()?,
        };
        Some((saved, errors))
    }

    /// Its sealed address on this site.
    fn path(&self, app: &App) -> Result<String, Error> {
        let mut parameters = form_urlencoded::Serializer::new(self.query.to_query_string());
        parameters.append_pair("name", &self.name);
        parameters.append_pair("seen", &self.seen.to_string());
        parameters.append_pair("since", &crate::api::views::rfc3339(self.since));
        let parameters = parameters.finish();
        let seal = app.seal.mark(PURPOSE, &parameters)?;
        Ok(format!("/saved?{parameters}&seal={seal}"))
    }

    /// The part of the change log that its reader has not seen. A mark beyond the log is of a store that was put back to
    /// an earlier state: there the moment counts.
    async fn unseen(&self, app: &App, upto: i64) -> Result<Window, Error> {
        let store = app.index.store();
        let is_ahead = self.seen > store.head().await?;
        let after = if is_ahead { store.head_before(self.since).await? } else { self.seen };
        Ok(Window { after, upto: upto.max(after), ..Window::default() })
    }
}

#[derive(Template)]
#[template(path = "saved.html")]
struct SavedPage {
    chrome: Chrome,
    name: String,
    /// The query in words, and what of it is no longer understood.
    words: String,
    remarks: Remarks,
    /// `24 November 2026, 07:00 UTC`.
    since: String,
    total: u64,
    rows: Vec<Row>,
    next: Option<String>,
    is_later_page: bool,
    /// This page's own path, the same with everything seen, and the whole address to keep.
    path: String,
    seen: String,
    address: String,
    search: String,
    all: u64,
    subscribe: String,
    forms: Vec<Link>,
}

/// What says how to save a search.
#[derive(Template)]
#[template(path = "unsaved.html")]
struct Unsaved {
    chrome: Chrome,
}

/// What says that an address is none of ours.
#[derive(Template)]
#[template(path = "unsealed.html")]
struct Unsealed {
    chrome: Chrome,
    search: String,
}

/// `GET /saved?…&seal=…`; without anything, how to save a search.
async fn show(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let raw = raw.unwrap_or_default();
    if raw.is_empty() {
        return page(&Unsaved { chrome: Chrome::new("").at(&origin, "/saved", DESCRIPTION) });
    }
    let Some((saved, errors)) = unsealed(&app, &raw)? else { return refused(&raw) };
    let pairs = pairs(&raw);
    let cursor = pairs.iter().find(|(name, value)| name == "cursor" && !value.is_empty());
    let cursor = cursor.map(|(_, value)| value.clone());
    let now = Saved::now(&app, saved.query.clone(), &saved.name).await?;
    let window = saved.unseen(&app, now.seen).await?;
    let newest = Query { sort: Sort::Newest, ..saved.query.clone() };
    let paging = Paging { limit: LENGTH, cursor: cursor.clone() };
    let found = app.index.find(&newest, &paging, &[], Some(window)).await?;
    let none = Paging { limit: 0, cursor: None };
    let path = saved.path(&app)?;
    let answer = page(&SavedPage {
        chrome: Chrome::new("").with_query(&saved.query),
        words: wording::long(&saved.query, &app.config.catalog),
        remarks: Remarks::of(&errors),
        since: dates::minute(saved.since),
        total: found.total,
        rows: Row::all(&newest, found.rows),
        next: found.next.map(|cursor| format!("{path}&cursor={cursor}")),
        is_later_page: cursor.is_some(),
        seen: now.path(&app)?,
        address: origin.link(&path),
        path,
        search: with_query("/search", &saved.query),
        all: app.index.search(&saved.query, &none, &[], None).await?.total,
        subscribe: with_query("/subscribe", &saved.query),
        forms: forms(&saved.query),
        name: saved.name,
    })?;
    Ok((PRIVATE, answer).into_response())
}

/// `POST /saved`: the parameters of a search become a sealed address; or, with a sealed `link` and a `name`, the same
/// search under another name. Nothing is written.
async fn save(State(app): State<App>, body: axum::body::Bytes) -> Result<Response, Error> {
    let pairs = pairs(&String::from_utf8_lossy(&body));
    let field = |wanted: &str| {
        let found = pairs.iter().find(|(name, _)| name == wanted);
        found.map_or("", |(_, value)| value.as_str())
    };
    let saved = if let Some((_, raw)) = field("link").split_once('?') {
        let Some((saved, _)) = unsealed(&app, raw)? else { return refused(raw) };
        Saved { name: named(field("name")).unwrap_or_else(|| saved.name.clone()), ..saved }
    } else {
        let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let (query, errors) = Query::from_pairs(given);
        if let Some(error) = errors.first() {
            return Err(Error::BadRequest(format!("The search was not saved: {error}.")));
        }
        Saved::now(&app, query, field("name")).await?
    };
    let path = saved.path(&app)?;
    if path.len() > ADDRESS {
        let what =
            "The search is too long to be an address; with fewer words or filters it can be saved.";
        return Err(Error::BadRequest(what.to_owned()));
    }
    Ok((PRIVATE, Redirect::to(&path)).into_response())
}

/// What an address says, if its seal is whole.
fn unsealed(app: &App, raw: &str) -> Result<Option<(Saved, Vec<QueryError>)>, Error> {
    let pairs = pairs(raw);
    let seal = pairs.iter().find(|(name, _)| name == "seal").map_or("", |(_, seal)| seal.as_str());
    // Programs on the way may escape other characters than were escaped here; it is the text that is sealed.
    let sealed: Vec<_> = pairs
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "seal" | "cursor"))
        .cloned()
        .collect();
    let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(&sealed).finish();
    let is_ours = app.seal.is_mark(PURPOSE, &text, seal)?;
    Ok(if is_ours { Saved::read(&sealed) } else { None })
}

/// The page for an address whose seal is broken: the search in it can be made all the same.
fn refused(raw: &str) -> Result<Response, Error> {
    let pairs = pairs(raw);
    let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (query, _) = Query::from_pairs(given);
    let answer =
        page(&Unsealed { chrome: Chrome::new(""), search: with_query("/search", &query) })?;
    Ok((StatusCode::FORBIDDEN, PRIVATE, answer).into_response())
}

fn pairs(raw: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(raw.as_bytes()).into_owned().collect()
}

/// A name as it is shown; `None` if nothing of it can be seen.
fn named(name: &str) -> Option<String> {
    Some(clean(name, NAME)).filter(|name| !name.is_empty())
}
