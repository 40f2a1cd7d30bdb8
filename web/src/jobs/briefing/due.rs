//! When a briefing is due: the local hour of a subscription, right across changes of the clocks.

use chrono::offset::LocalResult;
use chrono::{DateTime, Datelike as _, NaiveDate, TimeDelta, TimeZone as _, Utc, Weekday};
use chrono_tz::Tz;
use index::{Rhythm, Subscription};

/// Between two letters of a subscription that wants everything at once.
const BREATH: TimeDelta = TimeDelta::minutes(5);

/// The step by which a missing local time is sought; zones differ by multiples of it.
const STEP: TimeDelta = TimeDelta::minutes(15);

/// Clocks leap by at most two hours. A whole day that is left out (Samoa, 30 December 2011) has no briefing.
const STEPS: i32 = 12;

/// The zone of this IANA name, in any case and with spaces for underscores.
pub(crate) fn zone(name: &str) -> Option<Tz> {
    let name = name.trim().replace(' ', "_");
    chrono_tz::TZ_VARIANTS.iter().copied().find(|zone| zone.name().eq_ignore_ascii_case(&name))
}

/// Whether a subscription should be looked at now. Hours that were missed count once.
pub fn is_due(subscription: &Subscription, now: DateTime<Utc>) -> bool {
    let Some(confirmed) = subscription.confirmed else { return false };
    match subscription.rhythm {
        Rhythm::Now => subscription.last_run.is_none_or(|run| run + BREATH <= now),
        Rhythm::Daily | Rhythm::Weekly => {
            let after = subscription.last_run.unwrap_or(confirmed);
            next_hour(subscription, after).is_some_and(|next| next.to_utc() <= now)
        }
    }
}

/// The next moment after another at which the subscription's local hour strikes; none for one that waits for no hour.
pub(crate) fn next_hour(subscription: &Subscription, after: DateTime<Utc>) -> Option<DateTime<Tz>> {
    if subscription.rhythm == Rhythm::Now {
        return None;
    }
    // A zone that was valid and is no longer known must not silence the subscription.
    let zone = zone(&subscription.zone).unwrap_or(Tz::UTC);
    let wanted =
        |day: &NaiveDate| subscription.rhythm != Rhythm::Weekly || day.weekday() == Weekday::Mon;
    let days = after.with_timezone(&zone).date_naive().iter_days().take(16);
    days.filter(wanted)
        .filter_map(|day| strike(zone, day, subscription.hour))
        .find(|strike| *strike > after)
}

/// When a local hour strikes on a day: the first time where it comes twice, the end of the gap where the clocks leap
/// over it.
fn strike(zone: Tz, day: NaiveDate, hour: u8) -> Option<DateTime<Tz>> {
    let wanted = day.and_hms_opt(u32::from(hour), 0, 0)?;
    (0..=STEPS).find_map(|step| match zone.from_local_datetime(&(wanted + STEP * step)) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => Some(time),
        LocalResult::None => None,
    })
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use index::{Query, Rhythm, Subscription};

    use super::{is_due, next_hour, zone};

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn next(subscription: &Subscription, after: &str) -> Option<DateTime<Utc>> {
        next_hour(subscription, at(after)).map(|next| next.to_utc())
    }

    fn subscription(rhythm: Rhythm, zone: &str, hour: u8) -> Subscription {
        Subscription {
            refusal: None,
            key: 1,
            token: String::new(),
            email: String::new(),
            query: Query::default(),
            rhythm,
            zone: zone.to_owned(),
            hour,
            mark: 0,
            since: 0,
            confirmed: Some(at("2026-11-24T12:00:00Z")),
            created: at("2026-11-24T12:00:00Z"),
            last_run: None,
        }
    }

    #[test]
    fn the_hour_strikes_once_a_day_however_clocks_change() {
        for (name, hour, after, strikes) in [
            ("UTC", 7, "2026-11-24T06:59:59Z", "2026-11-24T07:00:00Z"),
            ("UTC", 7, "2026-11-24T07:00:00Z", "2026-11-25T07:00:00Z"),
            ("Europe/Berlin", 7, "2026-03-28T12:00:00Z", "2026-03-29T05:00:00Z"),
            ("Europe/Berlin", 7, "2026-10-24T12:00:00Z", "2026-10-25T06:00:00Z"),
            // Clocks leap from two to three: the hour that is not there strikes at three.
            ("Europe/Berlin", 2, "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"),
            // Two o'clock comes twice: it strikes the first time, and not again.
            ("Europe/Berlin", 2, "2026-10-24T12:00:00Z", "2026-10-25T00:00:00Z"),
            ("Europe/Berlin", 2, "2026-10-25T00:00:00Z", "2026-10-26T01:00:00Z"),
            ("America/New_York", 2, "2026-03-07T12:00:00Z", "2026-03-08T07:00:00Z"),
            // By half an hour only.
            ("Australia/Lord_Howe", 2, "2026-10-03T12:00:00Z", "2026-10-03T15:30:00Z"),
            ("Asia/Kathmandu", 7, "2026-11-24T00:00:00Z", "2026-11-24T01:15:00Z"),
            // East of the date line it is tomorrow already.
            ("Pacific/Kiritimati", 7, "2026-11-23T18:00:00Z", "2026-11-24T17:00:00Z"),
            // Midnight is left out in Beirut; Samoa once left out a whole day.
            ("Asia/Beirut", 0, "2026-03-28T12:00:00Z", "2026-03-28T22:00:00Z"),
            ("Pacific/Apia", 7, "2011-12-29T18:00:00Z", "2011-12-30T17:00:00Z"),
        ] {
            let found = next(&subscription(Rhythm::Daily, name, hour), after);
            assert_eq!(found, Some(at(strikes)), "{name} {hour} after {after}");
        }
    }

    #[test]
    fn a_week_begins_on_the_readers_monday() {
        let auckland = subscription(Rhythm::Weekly, "Pacific/Auckland", 8);
        assert_eq!(next(&auckland, "2026-11-24T12:00:00Z"), Some(at("2026-11-29T19:00:00Z")));
        let honolulu = subscription(Rhythm::Weekly, "Pacific/Honolulu", 20);
        assert_eq!(next(&honolulu, "2026-11-24T12:00:00Z"), Some(at("2026-12-01T06:00:00Z")));
        assert!(!is_due(&honolulu, at("2026-12-01T05:59:59Z")));
        assert!(is_due(&honolulu, at("2026-12-01T06:00:00Z")));
    }

    #[test]
    fn missed_hours_are_made_up_once() {
        let mut daily = subscription(Rhythm::Daily, "UTC", 7);
        let later = at("2026-12-04T15:00:00Z");
        assert!(is_due(&daily, later));
        daily.last_run = Some(later);
        assert!(!is_due(&daily, later));
        assert!(!is_due(&daily, at("2026-12-05T06:59:59Z")));
        assert!(is_due(&daily, at("2026-12-05T07:00:00Z")));
    }

    #[test]
    fn at_once_leaves_time_to_breathe() {
        let mut now = subscription(Rhythm::Now, "UTC", 7);
        assert!(is_due(&now, at("2026-11-24T12:00:00Z")));
        now.last_run = Some(at("2026-11-24T12:00:00Z"));
        assert!(!is_due(&now, at("2026-11-24T12:04:59Z")));
        assert!(is_due(&now, at("2026-11-24T12:05:00Z")));
        now.confirmed = None;
        assert!(!is_due(&now, at("2027-01-01T00:00:00Z")), "nobody has confirmed it");
    }

    #[test]
    fn zones_are_read_as_people_type_them() {
        assert_eq!(zone(" europe/berlin ").map(|zone| zone.name()), Some("Europe/Berlin"));
        assert_eq!(zone("America/New York").map(|zone| zone.name()), Some("America/New_York"));
        for bad in ["", "Mars/Olympus", "+01:00", "Europe/Berlin\n; x"] {
            assert!(zone(bad).is_none(), "{bad:?}");
        }
        assert!(
            next_hour(&subscription(Rhythm::Daily, "Gone/City", 7), at("2026-11-24T12:00:00Z"))
                .is_some()
        );
    }
}
