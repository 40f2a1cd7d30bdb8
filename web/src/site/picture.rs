//! Counts over time as a small picture, drawn on the server as SVG.

use chrono::{Datelike as _, Days, NaiveDate};

use super::dates;

/// The height of the view box; the width is six units a bar.
const HEIGHT: u64 = 40;

/// One bar of the picture, in units of its view box.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) x: usize,
    pub(super) y: u64,
    pub(super) height: u64,
    pub(super) count: u64,
    /// Its span of time.
    pub(super) name: String,
}

/// Bars over time, oldest first, and the sentence for those who do not see them.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) bars: Vec<Bar>,
    pub(super) width: usize,
    pub(super) sentence: String,
}

/// How much time a bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Month,
    Quarter,
    Year,
}

impl Unit {
    /// The one in which so many days are a picture that can be read.
    fn of(days: usize) -> Self {
        match days {
            ..=92 => Self::Day,
            93..=1_100 => Self::Month,
            1_101..=3_660 => Self::Quarter,
            _ => Self::Year,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// What the span is called in which a day lies.
    fn name(self, day: NaiveDate) -> String {
        match self {
            Self::Day => dates::day(day),
            Self::Month => day.format("%B %Y").to_string(),
            Self::Quarter => format!("quarter {} of {}", day.month0() / 3 + 1, day.year()),
            Self::Year => day.format("%Y").to_string(),
        }
    }
}

impl Picture {
    /// Of counts by day up to today; `None` where there is nothing to draw.
    pub(super) fn of_days(counts: &[u64], today: NaiveDate) -> Option<Self> {
        let (total, days) = (counts.iter().sum::<u64>(), counts.len());
        let picture = Self::draw(counts, today, Unit::Day)?;
        let most = counts.iter().max()?;
        let sentence = format!("{total} in the last {days} days, at most {most} a day");
        Some(Self { sentence, ..picture })
    }

    /// The same since the first day that has any, in days, months, quarters or years.
    pub(super) fn over_time(counts: &[u64], today: NaiveDate) -> Option<Self> {
        let counts = &counts[counts.iter().position(|count| *count > 0)?..];
        Self::draw(counts, today, Unit::of(counts.len()))
    }

    fn draw(counts: &[u64], today: NaiveDate, unit: Unit) -> Option<Self> {
        let mut spans: Vec<(String, u64)> = Vec::new();
        for (ago, &count) in (0..counts.len() as u64).rev().zip(counts) {
            let name = unit.name(today.checked_sub_days(Days::new(ago))?);
            match spans.last_mut() {
                Some((last, sum)) if *last == name => *sum += count,
                _ => spans.push((name, count)),
            }
        }
        let most = spans.iter().map(|(_, count)| *count).max().filter(|most| *most > 0)?;
        let total: u64 = counts.iter().sum();
        let (first, unit) = (&spans.first()?.0, unit.word());
        let sentence = format!("{total} since {first}, at most {most} in a {unit}");
        let width = spans.len() * 6;
        let bars = spans.into_iter().enumerate().map(|(number, (name, count))| {
            let height = if count == 0 { 0 } else { (count * HEIGHT / most).max(2) };
            Bar { x: number * 6, y: HEIGHT - height, height, count, name }
        });
        Some(Self { bars: bars.collect(), width, sentence })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Picture;

    #[test]
    fn a_long_time_is_drawn_in_long_spans() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let drawn = |days: usize| {
            let mut counts = vec![0; 9_000];
            counts[9_000 - days] = 2;
            counts[8_999] = 1;
            Picture::over_time(&counts, today).unwrap()
        };
        let sentence = |days| drawn(days).sentence;
        assert_eq!(sentence(3), "3 since 22 November 2026, at most 2 in a day");
        assert_eq!(sentence(400), "3 since October 2025, at most 2 in a month");
        assert_eq!(sentence(2_000), "3 since quarter 2 of 2021, at most 2 in a quarter");
        assert_eq!(sentence(4_000), "3 since 2015, at most 2 in a year");
        assert_eq!(drawn(400).bars.len(), 14);
        assert_eq!(drawn(4_000).bars.last().unwrap().height, 20, "half of the highest");
        assert!(Picture::over_time(&[0, 0], today).is_none());
    }
}
