//! Pages that were kept, looked at again: an edit updates the item and makes no second one.
//!
//! A page is looked at again when its source lists it otherwise than before (another headline, another date of change,
//! another text); at once the first two times, then less and less often, since some lists change with every answer.
//! Silent edits are looked for as well, but only where a look is cheap and worth it: in items about policy whose
//! server can say that nothing has changed (an `ETag` or `Last-Modified`), three times in the first days. Everything
//! else is read once, so that most pages cost a site one request in all.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use classifier::{Jurisdiction, Tags};
use crawler::{Article, Error, Reading, Source, Validators};
use futures::StreamExt as _;
use futures::stream;
use index::{Look, NewItem, NextLook, Revised};

use super::{IN_FLIGHT, Report, classify};
use crate::app::App;

/// A page that nothing is heard of is looked at again after these times, one after the other.
const SILENT: [TimeDelta; 3] = [TimeDelta::hours(6), TimeDelta::days(2), TimeDelta::days(7)];
/// After the first, the second … look the page rests for so long, whatever its source lists; the last one repeats.
const REST: [TimeDelta; 6] = [
    TimeDelta::zero(),
    TimeDelta::hours(1),
    TimeDelta::hours(6),
    TimeDelta::days(1),
    TimeDelta::days(3),
    TimeDelta::days(7),
];
/// How many pages of one source are looked at again in one round.
const BATCH: usize = 50;

/// When the page of an item is looked at next, `looks` after it was kept.
pub(super) fn next_look(
    looks: i64,
    validators: Validators,
    tags: &Tags,
    now: DateTime<Utc>,
) -> NextLook {
    let looks = usize::try_from(looks).unwrap_or(usize::MAX);
    let cheap = validators.etag.is_some() || validators.last_modified.is_some();
    let silent = SILENT.get(looks).filter(|_| cheap && tags.policy.value);
    let rest = looks.checked_sub(1).map(|looks| REST[looks.min(REST.len() - 1)]);
    NextLook { validators, at: silent.map(|wait| now + *wait), rest: rest.map(|rest| now + rest) }
}

/// Looks again at the pages of a source whose time has come, a batch at most.
///
/// # Errors
/// Only when the store fails.
pub(super) async fn look_again(
    app: &App,
    source: &Source,
    report: &mut Report,
) -> anyhow::Result<()> {
    let due = app.index.store().looks(&source.id, BATCH, app.now()).await?;
    let left_alone = AtomicBool::new(false);
    let looks = due.into_iter().map(|due| look(app, source, due, &left_alone));
    let mut looks = stream::iter(looks).buffer_unordered(IN_FLIGHT);
    while let Some(outcome) = looks.next().await {
        report.edited += usize::from(outcome?);
    }
    Ok(())
}

/// Looks at one page again; whether it was edited. `left_alone`: its host wants to be, as do the others, mostly.
async fn look(
    app: &App,
    source: &Source,
    look: Look,
    left_alone: &AtomicBool,
) -> anyhow::Result<bool> {
    if left_alone.load(Ordering::Relaxed) {
        return Ok(false);
    }
    match app.crawler.read_again(source, &look.entry, &look.validators, app.now()).await {
        Ok(Reading::Article(article, validators)) => {
            revise(app, source, &look, *article, validators).await
        }
        Ok(Reading::Unchanged) => same(app, &look).await,
        Err(Error::LeftAlone(_)) => {
            left_alone.store(true, Ordering::Relaxed);
            Ok(false)
        }
        Err(error) => {
            tracing::debug!(source.id = %source.id, url = %look.entry.url, %error, "no second look");
            let next = NextLook { at: retry(&look, &error, app.now()), ..rested(&look, app.now()) };
            app.index.store().looked(&look, &next, app.now()).await?;
            Ok(false)
        }
    }
}

async fn revise(
    app: &App,
    source: &Source,
    look: &Look,
    article: Article,
    validators: Validators,
) -> anyhow::Result<bool> {
    let home = source.jurisdiction.as_deref().and_then(Jurisdiction::parse);
    let seen = app.now();
    let (article, tags) = classify(app, article, home, seen).await?;
    let next = next_look(look.looks + 1, validators, &tags, seen);
    let new = NewItem { source: &source.id, article: &article, tags: &tags, seen };
    match app.index.store().revise(look, new, &next).await? {
        Revised::Same => Ok(false),
        Revised::Edited(revision) => {
            tracing::info!(source.id = %source.id, item.id = %look.item, revision, "edited");
            app.changed.notify_one();
            Ok(true)
        }
    }
}

/// The server says that nothing has changed.
async fn same(app: &App, look: &Look) -> anyhow::Result<bool> {
    let now = app.now();
    let next = rested(look, now);
    let looks = usize::try_from(look.looks + 1).unwrap_or(usize::MAX);
    // It was worth a look before, and has not changed since.
    let at = SILENT.get(looks).filter(|_| !look.relisted).map(|wait| now + *wait);
    app.index.store().looked(look, &NextLook { at, ..next }, now).await?;
    Ok(false)
}

/// The rest after a look, nothing more.
fn rested(look: &Look, now: DateTime<Utc>) -> NextLook {
    let rest = usize::try_from(look.looks).unwrap_or(usize::MAX).min(REST.len() - 1);
    NextLook { rest: Some(now + REST[rest]), ..NextLook::default() }
}

/// A page that could not be reached is tried again; one that has gone is not.
fn retry(look: &Look, error: &Error, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let looks = usize::try_from(look.looks).unwrap_or(usize::MAX);
    let wait = SILENT.get(looks).filter(|_| !error.is_permanent())?;
    let asked = error.retry_after().and_then(|asked| TimeDelta::from_std(asked).ok());
    Some(super::later(now, asked.map_or(*wait, |asked| asked.max(*wait))))
}
