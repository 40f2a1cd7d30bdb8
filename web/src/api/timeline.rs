//! `timeline`: how many items of a query were published per day, week or month.

use axum::Json;
use axum::extract::{RawQuery, State};
use chrono::{DateTime, Datelike as _, Days, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use index::{Paging, Query, Sort};
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Problem;
use super::items::{Call, Takes};
use crate::app::App;

/// How many days are counted if neither they nor dates are given.
const DEFAULT_DAYS: u64 = 90;
/// How many steps there are at most: ten years of days.
const MAX_STEPS: usize = 3_660;
/// How many days ahead of today an item may be dated.
const AHEAD: Days = Days::new(2);

/// The steps of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Interval {
    Day,
    /// From Monday, as ISO 8601 has it.
    Week,
    Month,
}

/// One step.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Step {
    /// Its first day.
    start: NaiveDate,
    count: u64,
}

impl Interval {
    fn parse(text: &str) -> Result<Self, Problem> {
        match text {
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            "month" => Ok(Self::Month),
            other => {
                let what = format!("`{other}` is not one of day, week, month");
                Err(Problem::parameter("interval", what))
            }
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the step in which a day lies.
    fn start(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Week => {
                day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
            }
            Self::Month => day.with_day(1),
        }
    }

    /// The first day of the step after one that begins on a day.
    fn next(self, start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => start.checked_add_days(Days::new(1)),
            Self::Week => start.checked_add_days(Days::new(7)),
            Self::Month => start.checked_add_months(Months::new(1)),
        }
    }

    /// The first days of all steps that have a day from `first` to `last`, and of the one after them.
    fn bounds(self, first: NaiveDate, last: NaiveDate) -> Result<Vec<NaiveDate>, Problem> {
        // The calendar itself begins within a week.
        let start = self.start(first).unwrap_or(first);
        let starts = std::iter::successors(Some(start), |start| self.next(*start));
        let mut bounds: Vec<_> =
            starts.take_while(|start| *start <= last).take(MAX_STEPS + 1).collect();
        if bounds.len() > MAX_STEPS {
            let name = self.name();
            let what = format!(
                "there are more than {MAX_STEPS} steps of a {name} from {first} to {last}; ask for longer steps or a shorter time"
            );
            return Err(Problem::parameter("interval", what));
        }
        bounds.extend(bounds.last().and_then(|start| self.next(*start)));
        Ok(bounds)
    }
}

/// `GET /api/v1/timeline`: `interval` is `day` (if left out), `week` or `month`; `days` says how far back it goes from
/// today, where the query does not. Every step is whole, but for what the query's own dates leave out.
pub(super) async fn timeline(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Problem> {
    let takes = Takes { parameters: &["interval", "days"], ..Takes::LIST };
    let call = Call::read(&app, raw.as_deref(), takes).await?;
    let pairs = || form_urlencoded::parse(raw.as_deref().unwrap_or_default().as_bytes());
    let last =
        |wanted: &str| pairs().filter(|(name, value)| name == wanted && !value.is_empty()).last();
    let interval =
        last("interval").map_or(Ok(Interval::Day), |(_, text)| Interval::parse(&text))?;
    let days = last("days").map(|(_, text)| days(&text)).transpose()?;
    let today = app.now().date_naive();
    let bounds = match span(&app, &call.query, days, today).await? {
        Some((first, last)) => interval.bounds(first, last)?,
        None => Vec::new(),
    };
    let moments: Vec<_> = bounds.iter().map(|day| day.and_time(NaiveTime::MIN).and_utc()).collect();
    let counts = app.index.counts_between(&call.query, &moments)?;
    let mut steps: Vec<_> =
        bounds.into_iter().zip(counts).map(|(start, count)| Step { start, count }).collect();
    // What lies ahead is shown where there is something.
    while steps.last().is_some_and(|step| step.start > today && step.count == 0) {
        steps.pop();
    }
    Ok(Json(json!({"interval": interval.name(), "counts": steps})))
}

/// The first and the last day that are counted: those of the query, and of them the last `days`; `None` if there are none.
async fn span(
    app: &App,
    query: &Query,
    days: Option<u64>,
    today: NaiveDate,
) -> Result<Option<(NaiveDate, NaiveDate)>, Problem> {
    let (from, to) = (query.dates.from.map(day), query.dates.to);
    let is_dated = from.is_some() || to.is_some();
    let days = days.or((!is_dated).then_some(DEFAULT_DAYS));
    let back = |days: u64| today.checked_sub_days(Days::new(days - 1)).unwrap_or(NaiveDate::MIN);
    let first = match days.map(back).into_iter().chain(from).max() {
        Some(first) => Some(first),
        None => oldest(app, query).await?,
    };
    let end = if days.is_some() { today } else { today + AHEAD };
    let to = to.and_then(|to| to.checked_sub_signed(TimeDelta::milliseconds(1)));
    let last = to.map(day).into_iter().chain([end]).min();
    Ok(first.zip(last).filter(|(first, last)| first <= last))
}

/// The day of the first item of a query.
async fn oldest(app: &App, query: &Query) -> Result<Option<NaiveDate>, Problem> {
    let query = Query { sort: Sort::Oldest, ..query.clone() };
    let one = Paging { limit: 1, cursor: None };
    let found = app.index.find(&query, &one, &[], None).await?;
    let first = found.rows.first().map(|(item, _)| item);
    Ok(first.map(|item| item.published.map_or(item.first_seen, |moment| moment.instant())).map(day))
}

fn day(moment: DateTime<Utc>) -> NaiveDate {
    moment.date_naive()
}

fn days(text: &str) -> Result<u64, Problem> {
    let days = text.parse::<u32>().ok().filter(|days| *days > 0);
    days.map(u64::from)
        .ok_or_else(|| Problem::parameter("days", format!("`{text}` is not a whole number from 1")))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Interval;

    #[test]
    fn steps_are_whole_and_not_too_many() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let bounds = |interval: Interval, first: &str, last: &str| {
            let bounds = interval.bounds(day(first), day(last)).ok()?;
            Some(bounds.into_iter().map(|day| day.to_string()).collect::<Vec<_>>())
        };
        let (first, last) = ("2026-11-28", "2026-12-01");
        assert_eq!(bounds(Interval::Day, first, last).unwrap().len(), 5);
        assert_eq!(
            bounds(Interval::Week, first, last).unwrap(),
            ["2026-11-23", "2026-11-30", "2026-12-07"]
        );
        assert_eq!(
            bounds(Interval::Month, first, last).unwrap(),
            ["2026-11-01", "2026-12-01", "2027-01-01"]
        );
        assert_eq!(bounds(Interval::Month, "1726-01-31", last).unwrap().len(), 3_613);
        assert_eq!(bounds(Interval::Day, "2016-01-01", last), None);
        let never = NaiveDate::MIN.to_string();
        assert_eq!(bounds(Interval::Week, &never, last), None);
    }
}
