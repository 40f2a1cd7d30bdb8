//! `Development`: a dated act in the life of a measure; the codebook's section 7.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::wire::as_text;
use crate::{Evidence, Instrument};

/// What happened to a measure, or will.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Act {
    /// The last day for comments.
    Consultation,
    /// A draft, a bill or a proposal is made public.
    Proposed,
    /// Passed, signed, final.
    Adopted,
    /// It takes effect.
    InForce,
    /// A day to comply by, or the day on which it runs out.
    Deadline,
    /// The day on which it was put off.
    Delayed,
    /// A probe, a fine, an order, an arrest, a suit or a charge by a state.
    Enforcement,
    /// A judgment.
    Ruling,
    /// Undone or taken back.
    Repealed,
}

/// The word in the API and what readers see, in the order of the enum.
const TABLE: [(Act, &str, &str); 9] = [
    (Act::Consultation, "consultation", "Comments close"),
    (Act::Proposed, "proposed", "Proposed"),
    (Act::Adopted, "adopted", "Adopted"),
    (Act::InForce, "in-force", "In force"),
    (Act::Deadline, "deadline", "Deadline"),
    (Act::Delayed, "delayed", "Delayed"),
    (Act::Enforcement, "enforcement", "Enforcement"),
    (Act::Ruling, "ruling", "Ruling"),
    (Act::Repealed, "repealed", "Repealed or withdrawn"),
];

impl Act {
    /// All acts in the order of a measure's life.
    pub const ALL: [Self; 9] = {
        let mut all = [Self::Proposed; 9];
        let mut row = 0;
        while row < all.len() {
            all[row] = TABLE[row].0;
            row += 1;
        }
        all
    };

    /// The word in the API.
    pub fn slug(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// The name that readers see.
    pub fn name(self) -> &'static str {
        TABLE[self as usize].2
    }

    /// Reads a slug, in any case.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.slug().eq_ignore_ascii_case(slug.trim()))
    }
}

as_text!(Act, slug, "type of development");

/// A day, a month or a year, as exact as a text tells it: `2017-06-01`, `2017-06`, `2017`.
///
/// In time order; what is less exact comes before what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct When {
    year: i32,
    /// From 1; 0 if only the year is told.
    month: u32,
    /// From 1; 0 if no day is told.
    day: u32,
}

impl When {
    /// A day.
    pub fn day(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }

    /// The month of a day.
    pub fn month(date: NaiveDate) -> Self {
        Self { day: 0, ..Self::day(date) }
    }

    /// The year of a day.
    pub fn year(date: NaiveDate) -> Self {
        Self { month: 0, day: 0, ..Self::day(date) }
    }

    /// Reads `2017-06-01`, `2017-06` or `2017`; `None` if there is no such day, month or year.
    pub fn parse(text: &str) -> Option<Self> {
        let full = match text.len() {
            10 => text.to_owned(),
            7 => format!("{text}-01"),
            4 => format!("{text}-01-01"),
            _ => return None,
        };
        let date = NaiveDate::parse_from_str(&full, "%Y-%m-%d").ok()?;
        Some(match text.len() {
            10 => Self::day(date),
            7 => Self::month(date),
            _ => Self::year(date),
        })
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month.max(1), self.day.max(1)).unwrap_or_default()
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        let first = self.first();
        let after = match (self.month, self.day) {
            (0, _) => first.with_year(self.year + 1),
            (_, 0) => first.checked_add_months(chrono::Months::new(1)),
            _ => return first,
        };
        after.and_then(|day| day.pred_opt()).unwrap_or(first)
    }

    /// Whether it is a day.
    pub fn is_day(self) -> bool {
        self.day > 0
    }

    /// Whether it is a month.
    pub fn is_month(self) -> bool {
        self.day == 0 && self.month > 0
    }

    /// Whether another is the same, or is within it and more exact.
    pub fn holds(self, other: Self) -> bool {
        self.year == other.year
            && (self.month == 0
                || self.month == other.month && (self.day == 0 || self.day == other.day))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom(format!("`{text}` is no date")))
    }
}

/// A dated act that a text tells of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Development {
    /// What happened, or will.
    #[serde(rename = "type")]
    pub act: Act,
    /// When, counted from the day of publication where the text counts from it.
    pub date: When,
    /// To which law, where that is clear.
    pub instrument: Option<Instrument>,
    /// How sure, 0 to 1.
    pub score: f32,
    /// The sentence that tells it.
    pub evidence: Vec<Evidence>,
}

#[cfg(test)]
mod tests {
    use super::When;

    fn when(text: &str) -> When {
        When::parse(text).unwrap()
    }

    #[test]
    fn dates_are_as_exact_as_they_are_written() {
        for text in ["2017-06-01", "2017-06", "2017", "2024-02-29"] {
            assert_eq!(when(text).to_string(), text);
        }
        for text in ["", "17", "2017-13", "2017-02-30", "June 2017", "2017-6-1", "２０１７"] {
            assert_eq!(When::parse(text), None, "{text}");
        }
        assert!(when("2017") < when("2017-06") && when("2017-06") < when("2017-06-01"));
        assert_eq!(when("2024-02").last().to_string(), "2024-02-29");
        assert_eq!(when("2024").last().to_string(), "2024-12-31");
        assert!(when("2024").holds(when("2024-02-01")) && !when("2024-02").holds(when("2024")));
    }
}
