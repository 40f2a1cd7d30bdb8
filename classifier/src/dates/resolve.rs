//! What a phrase means, counted from a day.

use chrono::{Datelike, Days, Months, NaiveDate, TimeDelta};

use super::words::{Unit, Way};
use crate::development::When;

/// What a phrase says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Known(When),
    /// A month, with its day or without, of a year that is not told.
    Yearless(u32, Option<u32>),
    /// A day of a month that is not told.
    DayOnly(u32),
    Weekday(u32),
    Relative(Unit, i32),
    /// A month, with its day or without, of the year that is so many after this one.
    InYear(i32, u32, Option<u32>),
    /// A day of the month that is so many after this one.
    InMonth(i32, u32),
    /// A weekday of the week that is so many after this one.
    InWeek(i32, u32),
    /// The season that begins in a month.
    Season(u32),
    /// The day after the one before it in the sentence.
    Following,
    /// A month, with its day or without, or nothing nearer, of the year (or the month, the day) that is so many after the
    /// one that was named last.
    Same(Unit, i32, Option<(u32, Option<u32>)>),
    Span(u32, Unit, Way, Since),
    /// No date, though it looks like one of a kind: there is no such day, or nobody says from when it is counted.
    Nothing(Kind),
}

/// From when units are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    Today,
    /// The day before it in the sentence, else that of publication.
    Before,
    /// The day that was named last.
    Named,
    Day(When),
}

/// How a date is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Day,
    Near,
    Month,
    Year,
    Span,
    /// Not at all: it is news.
    Implied,
}

/// Most of what a day is counted from: where no day of publication is known, only what is told in full is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    pub(super) published: Option<NaiveDate>,
    /// The date before it in the sentence.
    pub(super) before: Option<When>,
    /// The day that was named last, in the sentence or the one before it.
    pub(super) day: Option<NaiveDate>,
    /// The date that was named last, wherever.
    pub(super) named: Option<When>,
    /// What `last`, `this` or `next` say of a month, a weekday or a season; [`THEN`]: of the date that was named last.
    pub(super) which: Option<i32>,
}

impl Form {
    pub(super) fn kind(self) -> Kind {
        match self {
            Self::Known(when) if when.is_day() => Kind::Day,
            Self::Known(when) if when.is_month() => Kind::Month,
            Self::Known(_) | Self::Relative(Unit::Year, _) | Self::Season(_) => Kind::Year,
            Self::Yearless(_, Some(_)) | Self::DayOnly(_) => Kind::Day,
            Self::InYear(_, _, Some(_)) | Self::InMonth(..) => Kind::Day,
            Self::Weekday(_)
            | Self::InWeek(..)
            | Self::Following
            | Self::Relative(Unit::Day | Unit::Workday, _) => Kind::Near,
            Self::Yearless(_, None) | Self::InYear(..) | Self::Relative(..) => Kind::Month,
            Self::Same(Unit::Day, ..) | Self::Same(_, _, Some((_, Some(_)))) => Kind::Day,
            Self::Same(Unit::Year, _, None) => Kind::Year,
            Self::Same(..) => Kind::Month,
            Self::Span(..) => Kind::Span,
            Self::Nothing(kind) => kind,
        }
    }

    /// The dates that it may mean, the past one first.
    pub(super) fn readings(self, base: Base) -> Vec<When> {
        let told = match self {
            Self::Known(when) => Some(Some(when)),
            Self::Nothing(_) => Some(None),
            Self::Same(unit, offset, of) => Some(same(base, unit, offset, of)),
            Self::Span(count, unit, way, since) => Some(span(base, (count, unit), way, since)),
            Self::Yearless(month, day) if base.which == Some(THEN) => {
                Some(following(base, month, day))
            }
            _ => None,
        };
        if let Some(told) = told {
            return told.into_iter().collect();
        }
        let Some(today) = base.published else { return Vec::new() };
        match self {
            Self::Yearless(month, day) => yearless(today, month, day, base.which),
            Self::DayOnly(day) => day_only(today, day),
            Self::Weekday(day) => weekday(today, day, base.which),
            Self::Season(first) => season(today, first, base.which).into_iter().collect(),
            Self::Relative(unit, offset) => relative(today, unit, offset).into_iter().collect(),
            Self::InYear(offset, month, day) => {
                dated(today.year() + offset, month, day).into_iter().collect()
            }
            Self::InMonth(offset, day) => {
                let month = today.with_day(1).and_then(|day| shifted(day, Unit::Month, offset));
                let date = month.and_then(|month| dated(month.year(), month.month(), Some(day)));
                date.into_iter().collect()
            }
            Self::InWeek(offset, day) => in_week(today, offset, day).into_iter().collect(),
            Self::Following => {
                let before = base.before.filter(|when| when.is_day());
                let next = before.and_then(|when| shifted(when.first(), Unit::Day, 1));
                next.map(When::day).into_iter().collect()
            }
            Self::Known(_) | Self::Nothing(_) | Self::Same(..) | Self::Span(..) => Vec::new(),
        }
    }
}

/// The offset of words that say: the first after the date that was named last (`the following October`).
const THEN: i32 = 2;

/// How many months a season has.
const SEASON: u32 = 3;

/// What stands for the last day of a month.
const LAST: u32 = 99;

/// A month of a year, or a day of it.
pub(super) fn dated(year: i32, month: u32, day: Option<u32>) -> Option<When> {
    if day == Some(LAST) {
        let month = When::month(NaiveDate::from_ymd_opt(year, month, 1)?);
        return Some(When::day(month.last()));
    }
    let first = NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1))?;
    Some(if day.is_some() { When::day(first) } else { When::month(first) })
}

/// The last time and the next one; today is both.
fn yearless(today: NaiveDate, month: u32, day: Option<u32>, which: Option<i32>) -> Vec<When> {
    let year = today.year();
    let now = When::day(today);
    let years = [year - 1, year, year + 1].into_iter();
    let years = years.filter_map(|year| dated(year, month, day)).collect::<Vec<_>>();
    let is_now = |when: &When| when.holds(now);
    let past = years.iter().rev().find(|when| when.first() <= today);
    let next = years.iter().find(|when| when.first() > today);
    match which {
        Some(-1) => years.into_iter().rev().find(|w| w.first() <= today && !is_now(w)),
        Some(1) => next.copied(),
        Some(_) => years.into_iter().find(|when| when.first().year() == year),
        None if past.is_some_and(is_now) => past.copied(),
        None => return past.into_iter().chain(next).copied().collect(),
    }
    .into_iter()
    .collect()
}

/// The first such month, or day, after the date that was named last.
fn following(base: Base, month: u32, day: Option<u32>) -> Option<When> {
    let named = base.named?;
    let year = named.last().year();
    [year, year + 1]
        .into_iter()
        .filter_map(|year| dated(year, month, day))
        .find(|when| when.first() > named.last())
}

/// The year of the season that begins in a month, if it is told which: the last that ended, this year's, or the next.
fn season(today: NaiveDate, first: u32, which: Option<i32>) -> Option<When> {
    let which = which?;
    let years = match which {
        -1 if first + SEASON > today.month() => -1,
        1 if first <= today.month() => 1,
        _ => 0,
    };
    relative(today, Unit::Year, years)
}

fn day_only(today: NaiveDate, day: u32) -> Vec<When> {
    let in_month = |of: Option<NaiveDate>| of.and_then(|of| of.with_day(day)).map(When::day);
    let first = today.with_day(1);
    let this = in_month(first);
    let other = |months: Option<NaiveDate>| in_month(months);
    if this.is_some_and(|when| when.first() <= today) {
        let next = other(first.and_then(|first| first.checked_add_months(Months::new(1))));
        let next = next.filter(|_| day != today.day());
        this.into_iter().chain(next).collect()
    } else {
        let last = other(first.and_then(|first| first.checked_sub_months(Months::new(1))));
        last.into_iter().chain(this).collect()
    }
}

fn weekday(today: NaiveDate, day: u32, which: Option<i32>) -> Vec<When> {
    let since = (today.weekday().number_from_monday() + 7 - day) % 7;
    let back = |days: u32| today.checked_sub_days(Days::new(u64::from(days))).map(When::day);
    let past = back(if since == 0 && which == Some(-1) { 7 } else { since });
    let next = today.checked_add_days(Days::new(u64::from(7 - since))).map(When::day);
    match which {
        Some(1) => next.into_iter().collect(),
        None | Some(0) if since > 0 => past.into_iter().chain(next).collect(),
        _ => past.into_iter().collect(),
    }
}

fn in_week(today: NaiveDate, offset: i32, day: u32) -> Option<When> {
    let since_monday = i64::from(today.weekday().num_days_from_monday());
    let days = 7 * i64::from(offset) + i64::from(day) - 1 - since_monday;
    today.checked_add_signed(TimeDelta::days(days)).map(When::day)
}

/// So many units on, or back if there are fewer than none.
fn shifted(from: NaiveDate, unit: Unit, count: i32) -> Option<NaiveDate> {
    let months = |count: i32| {
        let months = Months::new(count.unsigned_abs());
        if count < 0 { from.checked_sub_months(months) } else { from.checked_add_months(months) }
    };
    match unit {
        Unit::Day => from.checked_add_signed(TimeDelta::days(i64::from(count))),
        Unit::Workday => from.checked_add_signed(TimeDelta::days(workdays(from, count))),
        Unit::Week => from.checked_add_signed(TimeDelta::days(7 * i64::from(count))),
        Unit::Month => months(count),
        Unit::Year => months(count.saturating_mul(12)),
    }
}

/// How many days so many working days take, or take back; nobody's holidays are known.
fn workdays(from: NaiveDate, count: i32) -> i64 {
    let first = i64::from(from.weekday().num_days_from_monday());
    let (mut days, mut left) = (0, count.unsigned_abs());
    while left > 0 {
        days += i64::from(count.signum());
        left -= u32::from((first + days).rem_euclid(7) < 5);
    }
    days
}

fn relative(today: NaiveDate, unit: Unit, offset: i32) -> Option<When> {
    let day = shifted(today, unit, offset)?;
    Some(match unit {
        Unit::Day | Unit::Workday => When::day(day),
        Unit::Week | Unit::Month => When::month(day),
        Unit::Year => When::year(day),
    })
}

/// What is told of the year, the month or the day that was named last, or of one so many after it. Where no day was named,
/// `the same day` is that of publication.
fn same(base: Base, unit: Unit, offset: i32, of: Option<(u32, Option<u32>)>) -> Option<When> {
    if unit == Unit::Day {
        if let Some(month) = base.named.filter(|when| when.is_month()) {
            return Some(month);
        }
        let day = base.named.filter(|when| when.is_day()).map(When::first).or(base.published)?;
        return shifted(day, unit, offset).map(When::day);
    }
    let named = base.named.filter(|when| unit == Unit::Year || when.is_day() || when.is_month())?;
    let first = shifted(named.first().with_day(1)?, unit, offset)?;
    match (unit, of) {
        (Unit::Month, Some((_, day))) => dated(first.year(), first.month(), day),
        (Unit::Month, None) => Some(When::month(first)),
        (_, Some((month, day))) => dated(first.year(), month, day),
        (_, None) => Some(When::year(first)),
    }
}

/// Days are counted exactly; months and years are as rough as people mean them.
fn span(base: Base, (count, unit): (u32, Unit), way: Way, since: Since) -> Option<When> {
    let count = i32::try_from(count).ok().filter(|count| *count <= 1000)?;
    let from = match since {
        Since::Today => base.published,
        Since::Before => {
            base.before.filter(|when| when.is_day()).map(When::first).or(base.published)
        }
        // Months are counted from a month too (`in November 2026, and two months later`).
        Since::Named => base.day.or_else(|| {
            let is_rough = matches!(unit, Unit::Month | Unit::Year);
            base.named.filter(|when| is_rough && when.is_month()).map(When::first)
        }),
        Since::Day(day) => Some(day.first()),
    };
    let day = shifted(from?, unit, if way == Way::Ago { -count } else { count })?;
    Some(match unit {
        Unit::Day | Unit::Workday => When::day(day),
        Unit::Week if way != Way::Ago => When::day(day),
        Unit::Week | Unit::Month => When::month(day),
        Unit::Year => When::year(day),
    })
}
