//! Days in addresses: the page's own, and those of its pictures.

use url::Url;

use super::is_sane;
use crate::Moment;
use crate::date::{self, Order};

/// A whole date in the address: `/2017/07/12/`, `/2017/0712/`, `-2017-07-12`, `20170712`, `12-07-2017`.
pub(super) fn day(url: &Url) -> Option<Moment> {
    let segments: Vec<&str> = url.path().split('/').collect();
    let segments = archived(&segments);
    in_folders(segments)
        .or_else(|| segments.iter().find_map(|segment| in_segment(segment)))
        .or_else(|| segments.iter().find_map(|segment| packed(segment)))
}

/// What follows the second at which an archive took its copy (`/web/20170712093000/https://…`).
fn archived<'a, 'b>(segments: &'a [&'b str]) -> &'a [&'b str] {
    let is_stamp = |segment: &&str| {
        let digits = segment.trim_end_matches("id_");
        digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    match segments.iter().take(4).position(is_stamp) {
        Some(at) if at + 1 < segments.len() => &segments[at + 1..],
        _ => segments,
    }
}

fn in_folders(segments: &[&str]) -> Option<Moment> {
    let three = || segments.windows(3).find_map(of_parts);
    let two = || {
        segments.windows(2).find_map(|pair| {
            let [first, second] = pair else { return None };
            let first = first.replace('-', "");
            let joined = format!("{first}{second}");
            let is_split = matches!((first.len(), second.len()), (4, 4) | (6, 2));
            is_split.then(|| eight(&joined)).flatten()
        })
    };
    three().or_else(two)
}

fn in_segment(segment: &str) -> Option<Moment> {
    let parts: Vec<&str> = segment.split(['-', '_', '.', '~']).collect();
    parts.windows(3).find_map(of_parts)
}

fn of_parts(parts: &[&str]) -> Option<Moment> {
    let is_short = |part: &str| (1..=2).contains(&part.len());
    let (year, month, day) = match parts {
        [year, month, day] if year.len() == 4 && is_short(month) && is_short(day) => {
            (year, month, day)
        }
        [day, month, year] if year.len() == 4 && day.len() == 2 && month.len() == 2 => {
            (year, month, day)
        }
        _ => return None,
    };
    date::find(&format!("{year}-{month}-{day}"), Order::DayFirst).filter(is_sane)
}

/// Eight digits alone, after a letter (`t20170712_1`), or before an hour and a minute and whatever follows.
fn packed(segment: &str) -> Option<Moment> {
    let mut parts = segment.split(['-', '_', '.', '~']);
    parts.find_map(|part| {
        let digits = part.strip_prefix(|c: char| c.is_ascii_alphabetic()).unwrap_or(part);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        let number = |from, to| digits.get(from..to)?.parse::<u32>().ok();
        let has_clock = || {
            digits.len() >= 12
                && number(8, 10).is_some_and(|hour| hour < 24)
                && number(10, 12).is_some_and(|minute| minute < 60)
        };
        let is_date = is_number && digits.starts_with("20") && (digits.len() == 8 || has_clock());
        is_date.then(|| eight(&digits[..8])).flatten()
    })
}

fn eight(digits: &str) -> Option<Moment> {
    let is_number = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { date::find(digits, Order::DayFirst).filter(is_sane) } else { None }
}

/// Whether an address asks for one state of a wiki's page, or for what was changed from one to another.
pub(super) fn is_revision(url: &Url) -> bool {
    url.query_pairs().any(|(name, _)| matches!(&*name, "diff" | "oldid"))
}
