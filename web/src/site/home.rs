//! `/`: what is new, by day, and the ways into the rest.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use index::{Facet, FacetCount, Item, Paging, PollStatus, Query, Sort};

use super::picture::Picture;
use super::rows::{Link, Row};
use super::{Chrome, dates, page};
use crate::api::views::facet_name;
use crate::app::App;
use crate::error::Error;

/// How many items the page shows.
const LENGTH: usize = 40;
/// How many values of a facet stand beside them.
const VALUES: usize = 12;
/// How many days the picture covers.
const DAYS: usize = 30;

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    chrome: Chrome,
    days: Vec<Day>,
    total: u64,
    next: Option<String>,
    picture: Option<Picture>,
    jurisdictions: Vec<Counted>,
    topics: Vec<Counted>,
    stages: Vec<Counted>,
    waiting: i64,
    failing: usize,
    sources: usize,
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
pub(super) async fn show(State(app): State<App>) -> Result<Response, Error> {
    let query = Query { sort: Sort::Newest, ..Query::default() };
    let paging = Paging { limit: LENGTH, cursor: None };
    let facets = [Facet::Jurisdiction, Facet::Topic, Facet::Stage];
    let found = app.index.find(&query, &paging, &facets, None).await?;
    let states = app.index.store().sources().await?;
    let counts = app.index.per_day(&query, DAYS, app.now()).await?;
    page(&Home {
        chrome: Chrome::new("/"),
        total: found.total,
        next: found.next.map(|cursor| format!("/search?sort=newest&cursor={cursor}")),
        picture: Picture::of_days(&counts),
        jurisdictions: counted(&found.facets, Facet::Jurisdiction, VALUES),
        topics: counted(&found.facets, Facet::Topic, VALUES),
        stages: counted(&found.facets, Facet::Stage, VALUES),
        days: by_day(found.rows, app.now().date_naive()),
        waiting: states.iter().map(|state| state.pending).sum(),
        failing: states
            .iter()
            .filter(|state| matches!(state.status, PollStatus::Failed(_)))
            .count(),
        sources: states.iter().filter(|state| state.followed).count(),
    })
}

/// Items under the day of their publication; they come sorted.
fn by_day(found: Vec<(Item, String)>, today: NaiveDate) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (item, snippet) in found {
        let date = item.published.map_or(item.first_seen, |moment| moment.instant()).date_naive();
        let heading = dates::heading(date, today);
        let row = Row::new(&item, snippet);
        match days.last_mut() {
            Some(day) if day.heading == heading => day.rows.push(row),
            _ => days.push(Day { heading, rows: vec![row] }),
        }
    }
    days
}

/// The largest values of a facet as links to their pages.
pub(super) fn counted(
    facets: &[(Facet, Vec<FacetCount>)],
    wanted: Facet,
    most: usize,
) -> Vec<Counted> {
    let counts = facets.iter().find(|(facet, _)| *facet == wanted).map(|(_, counts)| counts);
    let href = |value: &str| match wanted {
        Facet::Jurisdiction => format!("/jurisdictions/{value}"),
        Facet::Topic => format!("/topics/{value}"),
        Facet::Instrument => format!("/laws/{value}"),
        Facet::Stage | Facet::Source | Facet::Publisher | Facet::Language => {
            format!("/search?{}={value}", wanted.slug())
        }
    };
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
