//! `timeline`: how many items of a query were published per day, week or month.

use axum::Json;
use axum::extract::{RawQuery, State};
use chrono::{Datelike as _, Days, NaiveDate};
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Problem;
use super::items::{Call, Takes};
use crate::app::App;

/// How many days are counted if nothing is said, and at most: ten years.
const DEFAULT_DAYS: usize = 90;
const MAX_DAYS: usize = 3_660;

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

    /// The first day of the step in which a day lies.
    fn start(self, day: NaiveDate) -> NaiveDate {
        match self {
            Self::Day => day,
            Self::Week => day - Days::new(day.weekday().num_days_from_monday().into()),
            Self::Month => day.with_day(1).unwrap_or(day),
        }
    }
}

/// `GET /api/v1/timeline`: `interval` is `day` (if left out), `week` or `month`; `days` says how far back it goes from
/// today, the first step being whole only if it begins there.
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
    let days = last("days").map_or(Ok(DEFAULT_DAYS), |(_, text)| days(&text))?;
    let now = app.now();
    let counts = app.index.per_day(&call.query, days, now)?;
    let name = match interval {
        Interval::Day => "day",
        Interval::Week => "week",
        Interval::Month => "month",
    };
    Ok(Json(json!({"interval": name, "counts": steps(&counts, now.date_naive(), interval)})))
}

fn days(text: &str) -> Result<usize, Problem> {
    text.parse().ok().filter(|days| (1..=MAX_DAYS).contains(days)).ok_or_else(|| {
        Problem::parameter("days", format!("`{text}` is not a whole number from 1 to {MAX_DAYS}"))
    })
}

/// The counts of days, the last of which is today, gathered into steps.
fn steps(counts: &[u64], today: NaiveDate, interval: Interval) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (ago, &count) in (0..counts.len()).rev().zip(counts) {
        let day = today - Days::new(ago as u64);
        let start = interval.start(day);
        match steps.last_mut() {
            Some(step) if step.start == start => step.count += count,
            _ => steps.push(Step { start, count }),
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{Interval, steps};

    #[test]
    fn days_gather_into_weeks_and_months() {
        let tuesday = NaiveDate::from_ymd_opt(2026, 12, 1).unwrap();
        let counts = [1, 2, 4, 8];
        let of = |interval| {
            let steps = steps(&counts, tuesday, interval);
            steps.into_iter().map(|step| (step.start.to_string(), step.count)).collect::<Vec<_>>()
        };
        let step = |start: &str, count| (start.to_owned(), count);
        assert_eq!(of(Interval::Day).len(), 4);
        assert_eq!(of(Interval::Day)[3], step("2026-12-01", 8));
        assert_eq!(of(Interval::Week), [step("2026-11-23", 3), step("2026-11-30", 12)]);
        assert_eq!(of(Interval::Month), [step("2026-11-01", 7), step("2026-12-01", 8)]);
    }
}
