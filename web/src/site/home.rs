//! `/`: what is new since the reader's mark, what matters first, and the ways into the rest.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use crawler::Publisher;
use index::{Facet, FacetCount, Item, Page, Paging, PollStatus, Query, Sort, StoryId, Window};
use url::form_urlencoded;

use super::picture::Picture;
use super::rows::{Link, Row};
use super::{Chrome, dates, mark, page};
use crate::api::views::facet_name;
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::mail::briefing::recent;
use crate::stories::date;

/// How many items the page shows by day.
const LENGTH: usize = 40;
/// How many of them may stand first.
const FIRST: usize = 6;
/// How many stories of several outlets stand behind them.
const SEVERAL: usize = 6;
/// How many values of a facet stand beside them.
const VALUES: usize = 12;
/// How many days the picture covers.
const DAYS: usize = 30;
/// What is new to a reader who says nothing.
const WEEK: TimeDelta = TimeDelta::days(7);

const DESCRIPTION: &str = "What is new in law and policy of cyberspace: what authorities did first, then what the press \
    tells, by jurisdiction and topic.";

/// Who makes rules, and not only reports of them.
pub(super) const OFFICIAL: [Publisher; 4] =
    [Publisher::Regulator, Publisher::Legislature, Publisher::Court, Publisher::International];

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    chrome: Chrome,
    since: Since,
    note: Option<String>,
    /// Until when everything is shown: where the button sets the mark.
    seen: String,
    /// Acts of authorities.
    first: Vec<Row>,
    days: Vec<Day>,
    /// What several outlets report.
    several: Vec<Row>,
    /// How many are new.
    total: u64,
    /// How many changes cannot be found yet, where they are many.
    behind: Option<i64>,
    /// Whether no list has anything new.
    is_quiet: bool,
    /// Whether there is anything at all.
    is_empty: bool,
    picture: Option<Picture>,
    jurisdictions: Vec<Counted>,
    topics: Vec<Counted>,
    stages: Vec<Counted>,
    waiting: i64,
    failing: usize,
    sources: usize,
}

/// From when on things are new.
struct Since {
    moment: DateTime<Utc>,
    /// The moment in words.
    text: String,
    /// Its day, for the form.
    day: String,
    /// Whether the reader's cookie says so.
    is_mark: bool,
}

struct Day {
    heading: String,
    rows: Vec<Row>,
}

/// A way into a part of the collection, and how much is there.
pub(super) struct Counted {
    pub(super) link: Link,
    pub(super) count: u64,
}

/// `GET /`.
pub(super) async fn show(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let now = app.now();
    let (since, note) = Since::read(raw.as_deref(), &headers, now);
    let store = app.index.store();
    let seen = app.index.complete_until().await?;
    let after = store.head_before(since.moment).await?;
    let window = Window { after, upto: i64::MAX, ..Window::default() };
    let facets = [Facet::Jurisdiction, Facet::Topic, Facet::Stage];
    let new = find(&app, recent(&newest(), now), LENGTH, &facets, Some(window.clone())).await?;
    let acts = Query { publishers: OFFICIAL.to_vec(), ..recent(&newest(), now) };
    let acts = find(&app, acts, FIRST, &[], Some(window)).await?.rows;
    let told: HashSet<StoryId> = acts.iter().map(|(item, _)| item.story).collect();
    // Whoever has seen everything finds what they saw last.
    let is_quiet = new.rows.is_empty();
    let (facets, rows) = if is_quiet {
        let counted = find(&app, recent(&newest(), now), 0, &facets, None).await?;
        (counted.facets, find(&app, newest(), LENGTH, &[], None).await?.rows)
    } else {
        (new.facets, new.rows)
    };
    let others = rows.into_iter().filter(|(item, _)| !told.contains(&item.story));
    let (mut several, mut listed): (Vec<_>, Vec<_>) =
        others.partition(|(item, _)| !is_quiet && item.story_items > 1);
    several.sort_by_key(|(item, _)| Reverse(item.story_items));
    listed.extend(several.split_off(SEVERAL.min(several.len())));
    listed.sort_by_key(|(item, _)| Reverse(date(item)));
    let states = store.sources().await?;
    let counts = app.index.per_day(&newest(), DAYS, now)?;
    let mut answer = page(&Home {
        chrome: Chrome::new("/").at(&origin, "/", DESCRIPTION),
        note,
        seen: mark::written(seen.unwrap_or(since.moment)),
        total: new.total,
        behind: app.index.behind(),
        is_quiet,
        is_empty: acts.is_empty() && several.is_empty() && listed.is_empty(),
        first: Row::all(&newest(), acts),
        several: Row::all(&newest(), several),
        days: by_day(listed, now.date_naive()),
        since,
        picture: Picture::of_days(&counts, now.date_naive()),
        jurisdictions: counted(&facets, Facet::Jurisdiction, VALUES, |code| {
            format!("/jurisdictions/{code}")
        }),
        topics: counted(&facets, Facet::Topic, VALUES, |slug| format!("/topics/{slug}")),
        stages: counted(&facets, Facet::Stage, VALUES, |slug| format!("/search?stage={slug}")),
        waiting: states.iter().map(|state| state.pending).sum(),
        failing: states
            .iter()
            .filter(|state| matches!(state.status, PollStatus::Failed(_)))
            .count(),
        sources: states.iter().filter(|state| state.followed).count(),
    })?;
    answer.headers_mut().insert(header::VARY, HeaderValue::from_static("cookie"));
    Ok(answer)
}

impl Since {
    /// What the address says, or else the reader's mark, or else a week ago; and a note where the address cannot be
    /// understood.
    fn read(raw: Option<&str>, headers: &HeaderMap, now: DateTime<Utc>) -> (Self, Option<String>) {
        let asked = form_urlencoded::parse(raw.unwrap_or_default().as_bytes())
            .find(|(name, _)| name == "since")
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty());
        let understood = asked.as_deref().and_then(mark::moment);
        let is_ahead = understood.is_some_and(|moment| moment > now);
        let note = asked.filter(|_| understood.is_none() || is_ahead).map(|asked| {
            let shown: String = asked.chars().take(40).collect();
            let what = if is_ahead { "is still to come" } else { "is no date" };
            let today = now.date_naive();
            format!("“{shown}” {what}; write one like {today}. Shown is the last week.")
        });
        let understood = understood.filter(|_| !is_ahead);
        let kept = if note.is_none() { mark::of(headers) } else { None };
        let is_mark = understood.is_none() && kept.is_some();
        // A day's beginning, so that the page stays the same while nothing comes.
        let week = (now - WEEK).date_naive().and_time(NaiveTime::MIN).and_utc();
        let moment = understood.or(kept).unwrap_or(week).min(now);
        let since = Self {
            moment,
            text: if moment.time() == NaiveTime::MIN {
                dates::day(moment.date_naive())
            } else {
                moment.format("%-d %B %Y, %H:%M UTC").to_string()
            },
            day: moment.date_naive().to_string(),
            is_mark,
        };
        (since, note)
    }
}

fn newest() -> Query {
    Query { sort: Sort::Newest, ..Query::default() }
}

async fn find(
    app: &App,
    query: Query,
    limit: usize,
    facets: &[Facet],
    window: Option<Window>,
) -> Result<Page<(Arc<Item>, String)>, Error> {
    Ok(app.index.find(&query, &Paging { limit, cursor: None }, facets, window).await?)
}

/// Items under the day of their publication; they come sorted.
fn by_day(found: Vec<(Arc<Item>, String)>, today: NaiveDate) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (item, snippet) in found {
        let heading = dates::heading(date(&item).date_naive(), today);
        let row = Row::new(&item, snippet);
        match days.last_mut() {
            Some(day) if day.heading == heading => day.rows.push(row),
            _ => days.push(Day { heading, rows: vec![row] }),
        }
    }
    days
}

/// The largest values of a facet, with where each leads.
pub(super) fn counted(
    facets: &[(Facet, Vec<FacetCount>)],
    wanted: Facet,
    most: usize,
    href: impl Fn(&str) -> String,
) -> Vec<Counted> {
    let counts = facets.iter().find(|(facet, _)| *facet == wanted).map(|(_, counts)| counts);
    counts
        .into_iter()
        .flatten()
        .take(most)
        .map(|count| Counted {
            link: Link::new(href(&count.value), facet_name(wanted, &count.value, |_| None)),
            count: count.count,
        })
        .collect()
}
