//! `/sources`: what is followed, how each source is doing, and what could not be read and why.

use std::collections::HashSet;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use classifier::Jurisdiction;
use index::{Condition, EntryFailure, Health, PollStatus, SourceState};
use url::form_urlencoded;

use super::rows::Link;
use super::{Chrome, dates, page};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::health;
use crate::languages::language_name;
use crate::plain::clean;

const DESCRIPTION: &str = "The publications that are followed, and how each is doing: what it brings, how soon, and what is wrong.";

/// Sources on a page.
const LENGTH: usize = 100;
/// How many pages that could not be read are shown.
const FAILURES: usize = 50;
/// Characters of an error, in which a page may speak.
const ERROR: usize = 600;

/// The order in which conditions are counted.
const ORDER: [Condition; 9] = [
    Condition::Good,
    Condition::Down,
    Condition::Blocked,
    Condition::Empty,
    Condition::Unreadable,
    Condition::Stale,
    Condition::Moved,
    Condition::Resting,
    Condition::New,
];

/// What the words of the page mean: those for conditions, and the table's.
const TERMS: [(&str, &str); 13] = [
    ("Good", "It answered when it was last asked, and publishes as it usually does."),
    (
        "Quiet (stale)",
        "It answers, but has listed nothing new for more than twice as long as it usually pauses, and for three days at least.",
    ),
    ("Left alone", "Its server asked not to be asked again for a while, and that is kept to."),
    ("Moved", "It is read at a new address, to which the old one leads for good."),
    ("Empty", "It answers, but lists nothing."),
    ("Unreadable", "It lists pages, but none of them can be read."),
    ("Turns us away (blocked)", "Its server refuses our requests."),
    ("Down", "It cannot be reached, or answers with an error."),
    ("Polled", "When its list was last asked for."),
    (
        "Items, Policy",
        "How many of its pages were read, and how many of these are about law or policy.",
    ),
    (
        "Waiting, Unread",
        "How many pages that it listed are still to be read, and how many could not be.",
    ),
    ("Newest", "The day on which its latest item was published."),
    (
        "Lag",
        "Half of its items are read within this time of their publication. What the first poll brought is older and does not count.",
    ),
];

#[derive(Template)]
#[template(path = "sources.html")]
struct SourcesPage {
    chrome: Chrome,
    summary: String,
    terms: [(&'static str, &'static str); TERMS.len()],
    sources: Vec<SourceRow>,
    /// The numbers of the pages beside this one.
    previous: Option<usize>,
    next: Option<usize>,
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
    /// What somebody can do about it.
    advice: String,
    /// That its list is longer than what is taken of it.
    cut: String,
    lag: String,
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

/// `GET /sources`, with `page` further ones. What is in trouble comes first.
pub(super) async fn show(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let now = app.now();
    let mut sources = health::sources(app.index.store(), now).await?;
    sources.sort_by_cached_key(|(state, health)| {
        (urgency(health.condition), state.name.to_lowercase())
    });
    let pages = sources.len().div_ceil(LENGTH).max(1);
    let raw = raw.unwrap_or_default();
    let asked = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == "page");
    let number = asked.and_then(|(_, value)| value.parse::<usize>().ok()).unwrap_or(1);
    let number = number.clamp(1, pages);
    let most = if number == 1 { FAILURES } else { 0 };
    let failures = app.index.store().failures(None, most).await?;
    let unchecked: HashSet<_> = (app.config.catalog.iter())
        .filter(|source| source.unchecked)
        .map(|source| &source.id)
        .collect();
    let path = if number == 1 { "/sources".to_owned() } else { format!("/sources?page={number}") };
    page(&SourcesPage {
        chrome: Chrome::new("/sources").at(&origin, &path, DESCRIPTION),
        summary: summary(&sources),
        terms: TERMS,
        failures: failures.iter().map(|failure| failure_row(failure, &sources, now)).collect(),
        previous: (number > 1).then(|| number - 1),
        next: (number < pages).then(|| number + 1),
        sources: sources
            .iter()
            .skip((number - 1) * LENGTH)
            .take(LENGTH)
            .map(|(state, health)| source_row(state, health, unchecked.contains(&state.id), now))
            .collect(),
    })
}

/// Where a condition stands in the list.
fn urgency(condition: Condition) -> u8 {
    match mood(condition) {
        "bad" => 0,
        "quiet" => 1,
        _ => 2,
    }
}

/// `good`, `bad` or `quiet`.
fn mood(condition: Condition) -> &'static str {
    match condition {
        Condition::Good => "good",
        Condition::New | Condition::Resting | Condition::Stale | Condition::Moved => "quiet",
        Condition::Empty | Condition::Unreadable | Condition::Blocked | Condition::Down => "bad",
    }
}

/// `226 followed: 210 good, 9 down, 4 stale, 3 not polled yet`.
fn summary(sources: &[(SourceState, Health)]) -> String {
    let followed = sources.iter().filter(|(state, _)| state.followed);
    let conditions: Vec<_> = followed.map(|(_, health)| health.condition).collect();
    let counts: Vec<_> = ORDER
        .iter()
        .map(|order| (conditions.iter().filter(|condition| *condition == order).count(), order))
        .filter(|(count, _)| *count > 0)
        .map(|(count, condition)| format!("{count} {}", health::word(*condition)))
        .collect();
    let parts = if counts.is_empty() { String::new() } else { format!(": {}", counts.join(", ")) };
    format!("{} followed{parts}", conditions.len())
}

fn source_row(
    state: &SourceState,
    health: &Health,
    unchecked: bool,
    now: DateTime<Utc>,
) -> SourceRow {
    let error = match &state.status {
        PollStatus::Failed(error) => clean(error, ERROR),
        PollStatus::Never | PollStatus::Ok | PollStatus::Unchanged => String::new(),
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
        mood: mood(health.condition),
        status: health::describe(state, health, now),
        advice: health::advice(state, health).unwrap_or_default(),
        cut: health::cut(state.entries.unsigned_abs(), state.left_out.unsigned_abs())
            .unwrap_or_default(),
        lag: health.habit.lag.map_or_else(|| "not known yet".to_owned(), health::span),
        // A good answer is the check.
        unchecked: unchecked && state.succeeded.is_none(),
        error,
        polled: state.polled.map(|time| dates::ago(time, now)).unwrap_or_default(),
        policy: state.policy_items,
        pending: state.pending,
        failed: state.failed,
        newest: state.newest.map(|time| dates::day(time.date_naive())).unwrap_or_default(),
    }
}

fn failure_row(
    failure: &EntryFailure,
    sources: &[(SourceState, Health)],
    now: DateTime<Utc>,
) -> FailureRow {
    let source = sources.iter().map(|(state, _)| state).find(|state| state.id == failure.source);
    FailureRow {
        source: source.map_or_else(|| failure.source.to_string(), |state| state.name.clone()),
        url: failure.url.clone(),
        error: clean(&failure.error, ERROR),
        ago: dates::ago(failure.at, now),
    }
}
