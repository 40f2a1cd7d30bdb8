//! How sources are doing, in words: for the sources page, the API and the operator's mail.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use crawler::{Fault, SourceId};
use index::{Condition, Health, PollStatus, SourceState, Store};

use crate::plain::clean;

mod remedy;

pub(crate) use remedy::remedy;
use remedy::remedy_of_pages;

/// How much of an address is repeated, in characters.
const ADDRESS: usize = 200;

/// All sources with their health, by name.
///
/// # Errors
/// When the store fails.
pub(crate) async fn sources(
    store: &Store,
    now: DateTime<Utc>,
) -> Result<Vec<(SourceState, Health)>, index::Error> {
    let habits: HashMap<SourceId, _> = store.habits(now).await?;
    let states = store.sources().await?.into_iter();
    let with_health = |state: SourceState| {
        let health = Health::of(&state, habits.get(&state.id), now);
        (state, health)
    };
    Ok(states.map(with_health).collect())
}

/// One or two words for a condition, as they stand in a count.
pub(crate) fn word(condition: Condition) -> &'static str {
    match condition {
        Condition::New => "not polled yet",
        Condition::Good => "good",
        Condition::Moved => "moved",
        Condition::Resting => "left alone",
        Condition::Stale => "stale",
        Condition::Empty => "empty",
        Condition::Unreadable => "unreadable",
        Condition::Blocked => "blocked",
        Condition::Down => "down",
    }
}

/// What is the matter, in a line.
pub(crate) fn describe(state: &SourceState, health: &Health, now: DateTime<Utc>) -> String {
    let since = health.since.map(|since| format!(" for {}", span(now - since)));
    let since = since.unwrap_or_default();
    match health.condition {
        Condition::New if !state.followed => "imported".to_owned(),
        Condition::New => "not polled yet".to_owned(),
        Condition::Good if state.status == PollStatus::Unchanged => "good, nothing new".to_owned(),
        Condition::Good => "good".to_owned(),
        Condition::Moved => {
            let to = state.moved_to.as_deref().unwrap_or_default();
            format!("good, but moved to {}", clean(to, ADDRESS))
        }
        Condition::Stale => format!("quiet{since}, {}", habit(health)),
        Condition::Empty => format!("reached, but it lists nothing{since}"),
        Condition::Resting => {
            format!("left alone until {}, as it asks{}", until(state), last_good(state, now))
        }
        Condition::Unreadable => match state.page_fault {
            Some(Fault::Robots) => "listed, but its robots.txt forbids its pages".to_owned(),
            _ => "listed, but none of its pages can be read".to_owned(),
        },
        Condition::Blocked => format!("turns us away{since}{}", last_good(state, now)),
        Condition::Down => format!("down{since}{}", last_good(state, now)),
    }
}

/// Until when a source wants to be left alone.
fn until(state: &SourceState) -> String {
    let until = state.rest_until.map(|until| until.format("%-d %B, %H:%M UTC").to_string());
    until.unwrap_or_default()
}

fn habit(health: &Health) -> String {
    match health.habit.usual {
        Some(usual) => format!("which is unusual: its pauses are mostly up to {}", span(usual)),
        None => "and too little is known of its habit".to_owned(),
    }
}

fn last_good(state: &SourceState, now: DateTime<Utc>) -> String {
    match state.succeeded {
        Some(time) => format!("; last good read {} ago", span(now - time)),
        None => "; never read yet".to_owned(),
    }
}

/// What whoever looks after the sources can do about it; `None` where nothing is the matter.
pub(crate) fn advice(state: &SourceState, health: &Health) -> Option<String> {
    Some(match health.condition {
        Condition::New | Condition::Good => return None,
        Condition::Resting => {
            "Nothing is to be done: its server said how long, and is asked again after that.".to_owned()
        }
        Condition::Moved => "Put the new address into the catalogue.".to_owned(),
        Condition::Stale => {
            "Look at its site: it may publish elsewhere now. If it is only quiet, nothing is to be done.".to_owned()
        }
        Condition::Unreadable => remedy_of_pages(state.page_fault).to_owned(),
        Condition::Empty => remedy(state.fault.unwrap_or(Fault::NotListed), &state.site),
        Condition::Blocked => remedy(state.fault.unwrap_or(Fault::Refused), &state.site),
        Condition::Down => remedy(state.fault.unwrap_or(Fault::Unreachable), &state.site),
    })
}

/// That a list is longer than what is taken of it, where it is.
pub(crate) fn cut(taken: u64, left_out: u64) -> Option<String> {
    (left_out > 0).then(|| {
        format!(
            "lists {} entries or more, of which the newest {taken} were taken: follow a shorter list of it, if it has one",
            taken.saturating_add(left_out)
        )
    })
}

/// `4 minutes`, `3 hours`, `12 days`; at least a minute.
pub(crate) fn span(time: TimeDelta) -> String {
    let minutes = time.num_minutes().max(1);
    let (number, unit) = match minutes {
        ..120 => (minutes, "minute"),
        120..2880 => (minutes / 60, "hour"),
        _ => (minutes / 1440, "day"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
