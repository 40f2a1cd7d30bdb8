//! `Moment`: a date as exact as its source gave it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// A bare day, or an instant with the offset in which it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Moment {
    /// A day of which no time is known.
    Day(NaiveDate),
    /// A point in time, in the offset of whoever wrote it.
    Time(DateTime<FixedOffset>),
}

impl Moment {
    /// The instant for sorting and storing; a bare day counts from its midnight, UTC.
    pub fn instant(&self) -> DateTime<Utc> {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN).and_utc(),
            Self::Time(time) => time.to_utc(),
        }
    }

    /// The day as the source's own calendar has it.
    pub fn day(&self) -> NaiveDate {
        match self {
            Self::Day(day) => *day,
            Self::Time(time) => time.date_naive(),
        }
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 with the original offset, or `YYYY-MM-DD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Time(time) => f.write_str(&time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

impl FromStr for Moment {
    type Err = chrono::ParseError;

    /// Reads what `Display` writes.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            Ok(day) => Ok(Self::Day(day)),
            Err(_) => DateTime::parse_from_rfc3339(text).map(Self::Time),
        }
    }
}

impl TryFrom<String> for Moment {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> Self {
        moment.to_string()
    }
}
