//! `/sources`: what is followed, how each source is doing, and what could not be read and why.

use std::collections::HashSet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Utc};
use classifier::Jurisdiction;
use index::{EntryFailure, PollStatus, SourceState};

use super::rows::Link;
use super::search::language_name;
use super::{Chrome, dates, page};
use crate::app::App;
use crate::error::Error;

/// How many pages that could not be read are shown.
const FAILURES: usize = 50;

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    chrome: Chrome,
    summary: String,
    sources: Vec<SourceRow>,
    failures: Vec<FailureRow>,
}

struct SourceRow {
    name: String,
    site: String,
    items: Link,
    publisher: &'static str,
    jurisdiction: Option<Link>,
    language: String,
    /// `good`, `bad` or `quiet`: for the eye; the words say it too.
    mood: &'static str,
    status: String,
    /// Whether the address is one that nobody has seen answer.
    unchecked: bool,
    error: String,
    polled: String,
    policy: i64,
    pending: i64,
    failed: i64,
    newest: String,
}

struct FailureRow {
    source: String,
    url: String,
    error: String,
    ago: String,
}

/// `GET /sources`.
pub(super) async fn show(State(app): State<App>) -> Result<Response, Error> {
    let now = app.now();
    let states = app.index.store().sources().await?;
    let failures = app.index.store().failures(None, FAILURES).await?;
    let unchecked: HashSet<_> = (app.config.catalog.iter())
        .filter(|source| source.unchecked)
        .map(|source| &source.id)
        .collect();
    page(&SourcesPage {
        chrome: Chrome::new("/sources"),
        summary: summary(&states),
        failures: failures.iter().map(|failure| failure_row(failure, &states, now)).collect(),
        sources: states
            .iter()
            .map(|state| source_row(state, unchecked.contains(&state.id), now))
            .collect(),
    })
}

fn summary(states: &[SourceState]) -> String {
    let followed: Vec<_> = states.iter().filter(|state| state.followed).collect();
    let failing = followed.iter().filter(|state| matches!(state.status, PollStatus::Failed(_)));
    let waiting = followed.iter().filter(|state| state.status == PollStatus::Never);
    format!(
        "{} followed, {} failing, {} not polled yet",
        followed.len(),
        failing.count(),
        waiting.count()
    )
}

fn source_row(state: &SourceState, unchecked: bool, now: DateTime<Utc>) -> SourceRow {
    let (mood, status, error) = match &state.status {
        PollStatus::Never if state.followed => ("quiet", "not polled yet".to_owned(), ""),
        PollStatus::Never => ("quiet", "imported".to_owned(), ""),
        PollStatus::Ok | PollStatus::Unchanged if state.items == 0 && state.failed > 0 => {
            ("bad", "listed, but none of its pages can be read".to_owned(), "")
        }
        PollStatus::Ok => ("good", "good".to_owned(), ""),
        PollStatus::Unchanged => ("good", "good, nothing new".to_owned(), ""),
        PollStatus::Failed(error) => ("bad", failing(state, now), error.as_str()),
    };
    SourceRow {
        name: state.name.clone(),
        site: state.site.clone(),
        items: Link::new(
            format!("/search?source={}&policy=any", state.id),
            state.items.to_string(),
        ),
        publisher: state.publisher.name(),
        jurisdiction: state
            .jurisdiction
            .as_deref()
            .and_then(Jurisdiction::parse)
            .map(Link::jurisdiction),
        language: state.language.as_deref().map(language_name).unwrap_or_default().to_owned(),
        mood,
        status,
        // A good answer is the check.
        unchecked: unchecked && state.succeeded.is_none(),
        error: error.to_owned(),
        polled: state.polled.map(|time| dates::ago(time, now)).unwrap_or_default(),
        policy: state.policy_items,
        pending: state.pending,
        failed: state.failed,
        newest: state.newest.map(|time| dates::day(time.date_naive())).unwrap_or_default(),
    }
}

fn failing(state: &SourceState, now: DateTime<Utc>) -> String {
    match state.succeeded {
        Some(time) => format!("failing; last good {}", dates::ago(time, now)),
        None => "failing; never read yet".to_owned(),
    }
}

fn failure_row(failure: &EntryFailure, states: &[SourceState], now: DateTime<Utc>) -> FailureRow {
    let source = states.iter().find(|state| state.id == failure.source);
    FailureRow {
        source: source.map_or_else(|| failure.source.to_string(), |state| state.name.clone()),
        url: failure.url.clone(),
        error: failure.error.clone(),
        ago: dates::ago(failure.at, now),
    }
}
