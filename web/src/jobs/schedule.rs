//! When a source is due, and the loops that `serve` runs until it is told to stop.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use crawler::{Source, SourceId};
use cron::Schedule;
use index::{PollStatus, SourceState};
use tokio::sync::watch;
use tokio::task::{self, JoinError, JoinSet};

use super::ingest::Ask;
use super::{briefing, embed, ingest, operator};
use crate::app::App;

/// How often the loops look whether something is due.
const TICK: Duration = Duration::from_secs(5);
/// How often the health of the sources is looked at, for the operator's mail.
const CHECK_UP: Duration = Duration::from_secs(600);
/// After a change the index waits so long for more of them before it commits.
const GATHER: Duration = Duration::from_millis(300);
/// Another process may write the store, so the index looks for changes at least so often.
const LOOK: Duration = Duration::from_secs(2);
/// A failing source is left alone twice as long each time, up to this.
const LONGEST_BACK_OFF: TimeDelta = TimeDelta::hours(12);
/// Into how many parts the jitter is divided.
const JITTER: u64 = 1000;

/// Whether a source should be polled now: its cron line has come up since the last poll, its last answer is no longer
/// fresh, and it is not being left alone, as it asked to be or after failures.
pub fn is_due(source: &Source, state: &SourceState, now: DateTime<Utc>) -> bool {
    let Some(polled) = state.polled else { return true };
    let rests = state.rest_until.is_some_and(|until| until > now);
    let failing = matches!(state.status, PollStatus::Failed(_));
    if rests || state.is_fresh(now) || (failing && now < polled + back_off(source, state.failures))
    {
        return false;
    }
    next_poll(source, polled).is_some_and(|next| next <= now)
}

/// When a source's cron line comes up next after a moment; never for a line that names no future time.
pub fn next_poll(source: &Source, after: DateTime<Utc>) -> Option<DateTime<Utc>> {
    Schedule::from_str(&source.schedule).ok()?.after(&after).next()
}

/// One minute after the first failure, then two, four, …; and up to half as much again, each source and each time
/// another part of it, so that those which failed together do not come back together.
fn back_off(source: &Source, failures: i64) -> TimeDelta {
    let doublings = u32::try_from(failures.clamp(1, 12) - 1).unwrap_or(0);
    let wait = TimeDelta::minutes(1 << doublings).min(LONGEST_BACK_OFF);
    let mut hasher = DefaultHasher::new();
    (&source.id, failures).hash(&mut hasher);
    let part = i32::try_from(hasher.finish() % JITTER).unwrap_or_default();
    wait + wait * part / (2 * JITTER as i32)
}

/// Runs all jobs until `stop` becomes true. Failures are logged and the loop goes on.
pub async fn run(app: App, stop: watch::Receiver<bool>) {
    tokio::join!(
        ingest_loop(app.clone(), stop.clone()),
        follow_loop(app.clone(), stop.clone()),
        embed_loop(app.clone(), stop.clone()),
        briefing_loop(app.clone(), stop.clone()),
        report_loop(app.clone(), stop.clone()),
        halt(app, stop),
    );
}

/// The index is followed no further, whoever is at it: to make one again takes long.
async fn halt(app: App, mut stop: watch::Receiver<bool>) {
    // An error means that nobody can ask for a stop any more, which is a reason to stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
    app.index.halt();
}

/// Each source that is due, or has pages to read or to look at again, gets a task of its own, so that a slow one holds up nobody; never
/// two at once for one source.
async fn ingest_loop(app: App, mut stop: watch::Receiver<bool>) {
    let mut tasks = JoinSet::new();
    let mut sources = HashMap::new();
    loop {
        while let Some(ended) = tasks.try_join_next_with_id() {
            note_end(ended, &mut sources);
        }
        log_failure("ingest", start_due(&app, &mut tasks, &mut sources).await);
        if pause(TICK, &mut stop).await {
            return;
        }
    }
}

async fn start_due(
    app: &App,
    tasks: &mut JoinSet<anyhow::Result<ingest::Report>>,
    sources: &mut HashMap<task::Id, SourceId>,
) -> anyhow::Result<()> {
    let now = app.now();
    let states = ingest::states(app).await?;
    for source in &app.config.catalog {
        let Some(state) = states.get(&source.id) else { continue };
        let due = is_due(source, state, now);
        let running = sources.values().any(|id| *id == source.id);
        let look = state.next_look.is_some_and(|time| time <= now);
        if running || !(due || look || state.pending > 0) {
            continue;
        }
        let (app, owned) = (app.clone(), source.clone());
        let ask = if due { Ask::Now } else { Ask::Not };
        let task = tasks.spawn(async move { ingest::run_source(&app, &owned, ask).await });
        sources.insert(task.id(), source.id.clone());
    }
    Ok(())
}

fn note_end(
    ended: Result<(task::Id, anyhow::Result<ingest::Report>), JoinError>,
    sources: &mut HashMap<task::Id, SourceId>,
) {
    let (id, result) = match ended {
        Ok((id, result)) => (id, result.map(drop)),
        Err(error) => (error.id(), Err(error.into())),
    };
    sources.remove(&id);
    log_failure("ingest", result);
}

async fn follow_loop(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        let followed = follow(&app).await;
        // What is broken off goes on at the next start.
        if *stop.borrow() {
            return;
        }
        log_failure("follow", followed);
        tokio::select! {
            () = app.changed.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.changed() => return,
        }
        if pause(GATHER, &mut stop).await {
            return;
        }
    }
}

async fn follow(app: &App) -> anyhow::Result<()> {
    app.index.catch_up().await?;
    // A command beside this process may want it.
    Ok(app.index.rebuild_if_asked().await?)
}

async fn embed_loop(app: App, mut stop: watch::Receiver<bool>) {
    if app.embedder.is_none() {
        return;
    }
    loop {
        // To the end of the few, so that none has an embedding without the tags that hear it.
        let done = embed::some(&app).await;
        let has_more = done.as_ref().is_ok_and(|count| *count > 0) && !*stop.borrow();
        log_failure("embed", done.map(drop));
        if !has_more && pause(LOOK, &mut stop).await {
            return;
        }
    }
}

async fn briefing_loop(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        // While the index is made, briefings wait for it, and other letters do not.
        let sent = match app.index.whole() {
            Ok(()) => briefing::send_due(&app, app.now()).await.map(drop),
            Err(_) => briefing::send_outbox(&app, app.now()).await.map(drop),
        };
        if *stop.borrow() {
            return;
        }
        log_failure("briefing", sent);
        if pause(TICK, &mut stop).await {
            return;
        }
    }
}

async fn report_loop(app: App, mut stop: watch::Receiver<bool>) {
    loop {
        log_failure("report", operator::report(&app, app.now()).await.map(drop));
        if pause(CHECK_UP, &mut stop).await {
            return;
        }
    }
}

/// Waits; true when it is time to stop.
async fn pause(time: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(time) => *stop.borrow(),
        _ = stop.changed() => true,
    }
}

fn log_failure(job: &str, result: anyhow::Result<()>) {
    if let Err(error) = result {
        tracing::error!(job, error = format!("{error:#}"), "job failed; it will be tried again");
    }
}
