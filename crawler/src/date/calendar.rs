//! Years and months of other calendars to days of ours.

use chrono::{NaiveDate, TimeDelta};

/// Years that a publication on the web may bear.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Two digits as mail has them (RFC 5322, section 4.3).
pub(super) fn full_year(value: u32, digits: usize) -> i32 {
    let year = value as i32;
    match digits {
        2 if year < 50 => year + 2000,
        2 => year + 1900,
        4 => year,
        _ => 0,
    }
}

/// A day, its year counted from Christ's birth, Buddha's death as in Thailand, or Mohammed's flight as in Iran.
pub(super) fn day(year: i32, month: u32, date: u32) -> Option<NaiveDate> {
    if (1300..1500).contains(&year) {
        return solar_day(year, if month > 12 { month - 12 } else { month }, date);
    }
    let year = if (2440..2700).contains(&year) { year - 543 } else { year };
    if !YEARS.contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(year, month, date)
}

/// A day of the solar calendar of Iran, which has eight leap years in 33.
fn solar_day(year: i32, month: u32, date: u32) -> Option<NaiveDate> {
    let longest = if month <= 6 { 31 } else { 30 };
    if !(1..=12).contains(&month) || !(1..=longest).contains(&date) {
        return None;
    }
    let leaps = |year: i32| (8 * year + 21) / 33;
    let before = if month <= 7 { (month - 1) * 31 } else { (month - 1) * 30 + 6 };
    let years = (year - 1399) * 365 + leaps(year) - leaps(1399);
    let days = years + i32::try_from(before + date - 1).ok()?;
    // The year 1399 began on 20 March 2020.
    NaiveDate::from_ymd_opt(2020, 3, 20)?.checked_add_signed(TimeDelta::days(i64::from(days)))
}
