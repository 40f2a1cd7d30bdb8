//! Days in addresses: the page's own, and those of its pictures.

use url::Url;

use super::is_sane;
use crate::Moment;
use crate::date::{self, Order};

/// A whole date in the address: `/2017/07/12/`, `20170712`, `12-07-2017`.
pub(super) fn day(url: &Url) -> Option<Moment> {
    let parts: Vec<&str> = url.path().split(['/', '-', '_', '.', '~']).collect();
    let is_short = |part: &str| (1..=2).contains(&part.len());
    let plain = parts.windows(3).find_map(|part| match part {
        [year, month, day] if year.len() == 4 && is_short(month) && is_short(day) => {
            date::find(&format!("{year}-{month}-{day}"), Order::DayFirst)
        }
        [day, month, year] if year.len() == 4 && day.len() == 2 && month.len() == 2 => {
            date::find(&format!("{year}-{month}-{day}"), Order::DayFirst)
        }
        _ => None,
    });
    let packed = || {
        let mut packed = parts.iter().filter(|part| part.len() == 8 && part.starts_with("20"));
        packed.find_map(|part| date::find(part, Order::DayFirst))
    };
    plain.or_else(packed).filter(is_sane)
}

/// Whether an address asks for one state of a wiki's page, or for what was changed from one to another.
pub(super) fn is_revision(url: &Url) -> bool {
    url.query_pairs().any(|(name, _)| matches!(&*name, "diff" | "oldid"))
}
