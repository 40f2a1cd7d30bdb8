//! The clock of the publisher, for times that a page gives in Greenwich's.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta, Timelike};
use url::Url;

/// Hours east of Greenwich, and whether summer adds one, where a language or a domain belongs to one zone alone.
const ZONES: [(&str, i32, bool); 27] = [
    ("de", 1, true),
    ("at", 1, true),
    ("ch", 1, true),
    ("fr", 1, true),
    ("it", 1, true),
    ("es", 1, true),
    ("be", 1, true),
    ("pl", 1, true),
    ("cs", 1, true),
    ("cz", 1, true),
    ("sk", 1, true),
    ("hu", 1, true),
    ("sv", 1, true),
    ("da", 1, true),
    ("no", 1, true),
    ("nb", 1, true),
    ("hr", 1, true),
    ("nl", 1, true),
    ("fi", 2, true),
    ("ro", 2, true),
    ("bg", 2, true),
    ("el", 2, true),
    ("tr", 3, false),
    ("th", 7, false),
    ("vi", 7, false),
    ("ja", 9, false),
    ("ko", 9, false),
];
/// Languages that are spoken in many zones, or that share their name with another's domain: only a domain tells.
const SPREAD: [&str; 4] = ["fr", "es", "nl", "be"];
/// Sweden's language, but El Salvador's domain.
const NOT_A_DOMAIN: &str = "sv";

/// The same instant by the publisher's clock.
pub(super) fn local(
    time: DateTime<FixedOffset>,
    language: &str,
    url: Option<&Url>,
) -> Option<DateTime<FixedOffset>> {
    let host = url.and_then(Url::host_str).unwrap_or_default();
    let domain = host.rsplit('.').next().unwrap_or_default();
    let language = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let known = |name: &str| ZONES.iter().find(|(known, _, _)| *known == name);
    let spoken = || known(&language).filter(|_| !SPREAD.contains(&language.as_str()));
    let (_, hours, has_summer) =
        known(domain).filter(|_| domain != NOT_A_DOMAIN).or_else(spoken)?;
    let summer = i32::from(*has_summer && is_summer(time.naive_utc().date(), time.hour()));
    Some(time.with_timezone(&FixedOffset::east_opt((hours + summer) * 3600)?))
}

/// The European Union's summer, from the last Sunday of March to that of October, one o'clock in Greenwich.
fn is_summer(day: NaiveDate, hour: u32) -> bool {
    let last_sunday = |month| {
        let last = NaiveDate::from_ymd_opt(day.year(), month, 31)?;
        Some(last - TimeDelta::days(i64::from(last.weekday().num_days_from_sunday())))
    };
    let moment = (day, hour);
    last_sunday(3).is_some_and(|begin| moment >= (begin, 1))
        && last_sunday(10).is_some_and(|end| moment < (end, 1))
}
