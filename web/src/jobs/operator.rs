//! The operator's mail: which sources are doing otherwise than when it was last told, once a day at most.
//!
//! What was told is kept with each source, in the transaction that puts the letter into the outbox: so nothing is told
//! twice, whatever crashes, and nothing is repeated while nothing changes.

use chrono::{DateTime, TimeDelta, Utc};
use index::{Condition, Health, SourceState};

use crate::app::App;
use crate::health;
use crate::mail::operator::{Change, write};

/// The least time between two letters.
const DAY: TimeDelta = TimeDelta::hours(24);
/// A failure is told once it is no slip: it has come so often in a row …
const OFTEN: i64 = 3;
/// … or lasts so long.
const LONG: TimeDelta = TimeDelta::hours(1);

/// Puts a letter into the outbox if there is something to tell; whether there was.
///
/// # Errors
/// When the store fails, or the letter cannot be written.
pub async fn report(app: &App, now: DateTime<Utc>) -> anyhow::Result<bool> {
    let Some(operator) = &app.config.mail.operator else { return Ok(false) };
    let store = app.index.store();
    let mailed = store.operator_mailed().await?;
    if mailed.is_some_and(|mailed| now < mailed + DAY) {
        return Ok(false);
    }
    let sources = health::sources(store, now).await?;
    if mailed.is_none() && is_beginning(&sources, now) {
        return Ok(false);
    }
    let changes: Vec<_> =
        sources.iter().filter_map(|(of, health)| change(of, health, now)).collect();
    if changes.is_empty() {
        return Ok(false);
    }
    let message = write(app, operator, &changes, now)?;
    let told: Vec<_> =
        changes.iter().map(|change| (&change.state.id, change.health.condition.slug())).collect();
    let recipient = operator.email.to_string();
    Ok(store.record_report(&recipient, &message, &told, mailed, now).await?)
}

/// Whether the first polls are still under way: one letter about all of them is better than one about the first.
fn is_beginning(sources: &[(SourceState, Health)], now: DateTime<Utc>) -> bool {
    let waits = sources.iter().any(|(state, _)| state.followed && state.polled.is_none());
    let old = |(state, _): &(SourceState, Health)| {
        let first = [state.begun, state.failing_since].into_iter().flatten().min();
        first.is_some_and(|first| now - first >= LONG)
    };
    waits && !sources.iter().any(old)
}

fn change<'a>(
    state: &'a SourceState,
    health: &'a Health,
    now: DateTime<Utc>,
) -> Option<Change<'a>> {
    let before = state.told.as_deref().unwrap_or(Condition::Good.slug());
    let unknown =
        !state.followed || matches!(health.condition, Condition::New | Condition::Resting);
    if unknown || before == health.condition.slug() || is_slip(state, now) {
        return None;
    }
    let never = state.told.is_none() && state.succeeded.is_none();
    let before = if never { Condition::New.slug() } else { before };
    Some(Change { state, health, before: before.to_owned() })
}

fn is_slip(state: &SourceState, now: DateTime<Utc>) -> bool {
    let short = state.succeeded.is_some_and(|succeeded| now - succeeded < LONG);
    state.failures > 0 && state.failures < OFTEN && short
}
