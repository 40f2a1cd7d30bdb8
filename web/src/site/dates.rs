//! Dates as readers see them.

use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, Utc};
use classifier::When;
use crawler::Moment;

/// A date on a page: for the reader and for machines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    /// `12 July 2017`.
    pub(super) text: String,
    /// For `datetime`.
    pub(super) machine: String,
}

impl Shown {
    /// The day of a moment, in the calendar of whoever wrote it.
    pub(super) fn moment(moment: &Moment) -> Self {
        Self { text: day(moment.day()), machine: moment.to_string() }
    }

    /// A date as exact as a text tells it: `12 July 2017`, `July 2017`, `2017`.
    pub(super) fn when(when: When) -> Self {
        let text = match when {
            _ if when.is_day() => day(when.first()),
            _ if when.is_month() => when.first().format("%B %Y").to_string(),
            _ => when.first().format("%Y").to_string(),
        };
        Self { text, machine: when.to_string() }
    }

    /// The day of an instant, UTC.
    pub(super) fn instant(time: DateTime<Utc>) -> Self {
        Self { text: day(time.date_naive()), machine: crate::api::views::rfc3339(time) }
    }
}

/// `12 July 2017`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `12 July 2017, 09:30 UTC`.
pub(super) fn minute(time: DateTime<Utc>) -> String {
    time.format("%-d %B %Y, %H:%M UTC").to_string()
}

/// `today`, `yesterday`, `Friday 20 November 2026`: the heading over a day's items.
pub(super) fn heading(date: NaiveDate, today: NaiveDate) -> String {
    match (today - date).num_days() {
        0 => "Today".to_owned(),
        1 => "Yesterday".to_owned(),
        _ if date.year() == today.year() => date.format("%A, %-d %B").to_string(),
        _ => date.format("%-d %B %Y").to_string(),
    }
}

/// `4 minutes ago`: how long something is past.
pub(super) fn ago(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let past = (now - time).max(TimeDelta::zero());
    let (number, unit) = match past.num_minutes() {
        0 => return "just now".to_owned(),
        minutes @ 1..60 => (minutes, "minute"),
        60..1440 => (past.num_hours(), "hour"),
        _ => (past.num_days(), "day"),
    };
    format!("{number} {unit}{} ago", if number == 1 { "" } else { "s" })
}

/// `in 4 minutes`: how long somebody has to wait, at least.
pub(super) fn later(wait: TimeDelta) -> String {
    let minutes = (wait.num_seconds().max(1) + 59) / 60;
    format!("in {minutes} minute{}", if minutes == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, TimeDelta, Utc};

    use super::{ago, heading, later};

    #[test]
    fn spans_read_well() {
        let now = chrono::DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(400);
        let after = |span| ago(now - span, now);
        assert_eq!(after(TimeDelta::seconds(5)), "just now");
        assert_eq!(after(TimeDelta::minutes(1)), "1 minute ago");
        assert_eq!(after(TimeDelta::minutes(119)), "1 hour ago");
        assert_eq!(after(TimeDelta::hours(50)), "2 days ago");
        assert_eq!(after(TimeDelta::hours(-3)), "just now", "clocks of others may be ahead");
        assert_eq!(later(TimeDelta::seconds(1)), "in 1 minute");
        assert_eq!(later(TimeDelta::seconds(61)), "in 2 minutes");
    }

    #[test]
    fn days_are_named_as_people_do() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let today = day("2026-11-24");
        assert_eq!(heading(today, today), "Today");
        assert_eq!(heading(day("2026-11-23"), today), "Yesterday");
        assert_eq!(heading(day("2026-11-20"), today), "Friday, 20 November");
        assert_eq!(heading(day("2017-07-12"), today), "12 July 2017");
    }
}
