//! One article, from its source to the index: poll, then read, classify and keep.
//!
//! This is the file to read first. Each step is one call: `crawler.poll`, `store.record_poll`, `crawler.read`,
//! `classifier.classify`, `store.insert`; the full-text index follows the change log by itself. One bad page never
//! stops a source, one bad source never stops a round: failures are kept with the source and gathered in the
//! [`Report`]. Pages that are edited later are the matter of [`looks`].

mod looks;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use classifier::{Jurisdiction, Text};
use crawler::{Article, Error, Poll, Reading, Source, SourceId, Validators};
use futures::StreamExt as _;
use futures::stream;
use index::{Inserted, Pending, ReadEntry, Setback, SourceState, believed};
use serde::Serialize;

use super::schedule;
use crate::app::App;
use crate::health;

/// How many pages of one source are on their way at once; its host still gets one request at a time.
const IN_FLIGHT: usize = 4;
/// How many waiting entries of one source are fetched from the store at once.
const BATCH: usize = 200;
/// A source whose pages cannot be reached so often in a row is left for the next round.
const PATIENCE: usize = 3;
/// A page that could not be read is tried again after these times, then given up.
const AGAIN: [TimeDelta; 4] =
    [TimeDelta::minutes(5), TimeDelta::hours(1), TimeDelta::hours(6), TimeDelta::hours(24)];

/// What a round covers.
#[derive(Debug, Clone, Default)]
pub struct Round {
    /// Ignore schedules and freshness.
    pub all: bool,
    /// Only these sources, whatever their schedules; all if empty.
    pub sources: Vec<SourceId>,
}

/// What came of a round.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// The sources that were polled.
    pub sources: Vec<SourceReport>,
    /// Pages read.
    pub read: usize,
    /// Items kept.
    pub kept: usize,
    /// Items whose page was found edited.
    pub edited: usize,
    /// Pages that could not be read.
    pub failed: usize,
    /// Why not.
    pub failures: Vec<PageFailure>,
}

/// What came of polling one source.
#[derive(Debug, Serialize)]
pub struct SourceReport {
    /// Its id.
    pub id: SourceId,
    /// `ok`, `unchanged` or `failed`.
    pub status: &'static str,
    /// The named error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What is odd about a list that was read all the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warning: Option<String>,
    /// How many entries it lists.
    pub entries: usize,
    /// How many of them were not known.
    pub new: usize,
}

/// A page that could not be read.
#[derive(Debug, Serialize)]
pub struct PageFailure {
    /// Whose.
    pub source: SourceId,
    /// Its address.
    pub url: String,
    /// The named error.
    pub error: String,
}

/// One round of poll and read over all sources, side by side.
///
/// # Errors
/// Only when the store fails; what fails outside is in the report.
pub async fn run(app: &App, round: &Round) -> anyhow::Result<Report> {
    let states = states(app).await?;
    let rounds = app.config.catalog.iter().filter(|source| round.covers(source));
    let rounds =
        rounds.map(|source| run_source(app, source, round.asks(source, &states, app.now())));
    let parts: Vec<_> = stream::iter(rounds).buffer_unordered(usize::MAX).collect().await;
    let mut report = Report::default();
    for part in parts {
        report.add(part?);
    }
    report.sources.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(report)
}

/// All sources' states by id.
///
/// # Errors
/// Only when the store fails.
pub async fn states(app: &App) -> anyhow::Result<HashMap<SourceId, SourceState>> {
    let states = app.index.store().sources().await?;
    Ok(states.into_iter().map(|state| (state.id.clone(), state)).collect())
}

/// Polls one source if it is due, reads what waits of it, and looks again at what may have been edited.
///
/// # Errors
/// Only when the store fails.
pub async fn run_source(app: &App, source: &Source, ask: Ask) -> anyhow::Result<Report> {
    let mut report = Report::default();
    match ask {
        Ask::Not => {}
        // Its server said that nothing would be new before then.
        Ask::Fresh => report.sources.push(SourceReport::new(source, "unchanged")),
        Ask::Now => report.sources.push(poll(app, source).await?),
    }
    while read_some(app, source, &mut report).await? {}
    looks::look_again(app, source, &mut report).await?;
    keep_robots(app).await?;
    if report.read + report.failed > 0 {
        tracing::info!(source.id = %source.id, kept = report.kept, failed = report.failed, "read");
    }
    Ok(report)
}

/// Keeps what was learnt of robots.txt on the way, by whichever source.
async fn keep_robots(app: &App) -> anyhow::Result<()> {
    let learnt = app.crawler.take_robots();
    if !learnt.is_empty() {
        app.index.store().keep_robots(&learnt, app.now()).await?;
    }
    Ok(())
}

/// Polls one source and keeps what it lists.
async fn poll(app: &App, source: &Source) -> anyhow::Result<SourceReport> {
    let store = app.index.store();
    let validators = store.validators(&source.id).await?;
    let mut report = SourceReport::new(source, "ok");
    match app.crawler.poll(source, &validators, app.now()).await {
        Ok(Poll::Unchanged(validators)) => {
            store.record_unchanged(&source.id, &validators, app.now()).await?;
            report.status = "unchanged";
        }
        Ok(Poll::Listed(listed)) => {
            report.entries = listed.entries.len();
            report.warning = health::cut(listed.entries.len() as u64, listed.left_out as u64);
            report.new = store.record_poll(&source.id, &listed, app.now()).await?;
        }
        Err(error) => {
            record_failure(app, source, &error).await?;
            report.status = "failed";
            report.error = Some(error.to_string());
        }
    }
    tracing::info!(
        source.id = %source.id, status = report.status, error = report.error, new = report.new, "polled"
    );
    Ok(report)
}

/// Keeps why a source was not polled. One that wants to be left alone was not asked, so it has not failed again.
async fn record_failure(app: &App, source: &Source, error: &Error) -> anyhow::Result<()> {
    let (store, now) = (app.index.store(), app.now());
    let rest = error.retry_after().and_then(|wait| TimeDelta::from_std(wait).ok());
    let rest = rest.map(|wait| later(now, wait));
    match (error, rest) {
        (Error::LeftAlone(_), Some(rest)) => store.record_rest(&source.id, rest).await?,
        _ => {
            let (fault, permanent) = (error.fault(), error.is_permanent());
            let setback = Setback { error: error.to_string(), fault, permanent, rest };
            store.record_failure(&source.id, &setback, now).await?;
        }
    }
    Ok(())
}

/// Reads the entries of a source whose time has come, a batch at most; whether there may be more to read now.
async fn read_some(app: &App, source: &Source, report: &mut Report) -> anyhow::Result<bool> {
    let id = std::slice::from_ref(&source.id);
    let waiting = app.index.store().pending(id, 0, BATCH, app.now()).await?;
    let full = waiting.len() == BATCH;
    let left_alone = AtomicBool::new(false);
    let reads = waiting.into_iter().map(|pending| read(app, source, pending, &left_alone));
    let mut reads = stream::iter(reads).buffer_unordered(IN_FLIGHT);
    let mut unreached = 0;
    while let Some(outcome) = reads.next().await {
        match outcome? {
            Outcome::Kept => {
                report.read += 1;
                report.kept += 1;
                unreached = 0;
            }
            Outcome::Known => report.read += 1,
            Outcome::NotNow => {}
            Outcome::Failed { failure, transient } => {
                report.failed += 1;
                report.failures.push(failure);
                unreached = if transient { unreached + 1 } else { 0 };
            }
        }
        if unreached >= PATIENCE {
            return Ok(false);
        }
    }
    Ok(full && !left_alone.load(Ordering::Relaxed))
}

enum Outcome {
    Kept,
    Known,
    /// The host wants to be left alone for longer than anybody waits; the entry keeps its place.
    NotNow,
    Failed {
        failure: PageFailure,
        transient: bool,
    },
}

/// Reads one page, tags it and keeps it.
async fn read(
    app: &App,
    source: &Source,
    pending: Pending,
    left_alone: &AtomicBool,
) -> anyhow::Result<Outcome> {
    if left_alone.load(Ordering::Relaxed) {
        return Ok(Outcome::NotNow);
    }
    let none = Validators::default();
    let (article, validators) =
        match app.crawler.read_again(source, &pending.entry, &none, app.now()).await {
            Ok(Reading::Article(article, validators)) => (*article, validators),
            // Nobody asked whether it had changed.
            Ok(Reading::Unchanged) => {
                let error = Error::Status { status: 304, retry_after: None };
                return give_back(app, &pending, &error).await;
            }
            Err(Error::LeftAlone(_)) => {
                left_alone.store(true, Ordering::Relaxed);
                return Ok(Outcome::NotNow);
            }
            Err(error) => return give_back(app, &pending, &error).await,
        };
    let seen = app.now();
    // A page may tell the day of what it announces for its own; its list knows better.
    let published = believed(article.published, seen).or(pending.entry.published);
    let article = Article { published, ..article };
    let home = source.jurisdiction.as_deref().and_then(Jurisdiction::parse);
    let (article, tags) = classify(app, article, home, seen).await?;
    let next = looks::next_look(0, validators, &tags, seen);
    let read = ReadEntry { pending, article, tags, seen, next };
    let outcome = match app.index.store().insert(read).await? {
        Inserted::New(id) => {
            tracing::debug!(source.id = %source.id, item.id = %id, "kept");
            app.changed.notify_one();
            Outcome::Kept
        }
        Inserted::Known(_) => Outcome::Known,
    };
    Ok(outcome)
}

/// Tags an article on a thread for work that computes.
async fn classify(
    app: &App,
    article: Article,
    home: Option<Jurisdiction>,
    seen: DateTime<Utc>,
) -> anyhow::Result<(Article, classifier::Tags)> {
    // It is never closed.
    let permit = app.tagging.clone().acquire_owned().await.ok();
    let app = app.clone();
    tokio::task::spawn_blocking(move || {
        let tags = app.classifier.classify(&text_of(&article, home, seen));
        drop(permit);
        (article, tags)
    })
    .await
    .context("the classifier stopped")
}

/// What the classifier sees of an article that is read at a moment.
pub fn text_of(article: &Article, home: Option<Jurisdiction>, seen: DateTime<Utc>) -> Text<'_> {
    Text {
        title: &article.title,
        body: &article.text,
        language: article.language.as_deref(),
        home,
        published: believed(article.published, seen).map(|moment| moment.day()),
        embedding: None,
    }
}

/// A page that could not be read is tried again later, or given up with its named error.
async fn give_back(app: &App, pending: &Pending, error: &Error) -> anyhow::Result<Outcome> {
    let now = app.now();
    let text = error.to_string();
    let again = usize::try_from(pending.attempts).ok().and_then(|attempts| AGAIN.get(attempts));
    match again {
        Some(wait) if !error.is_permanent() => {
            let asked = error.retry_after().and_then(|wait| TimeDelta::from_std(wait).ok());
            let again = later(now, asked.map_or(*wait, |asked| asked.max(*wait)));
            app.index.store().postpone(pending, &text, now, again).await?;
            if let Some(asked) = asked {
                // Its host means all of its pages, also after a restart.
                app.index.store().record_rest(&pending.source, later(now, asked)).await?;
            }
        }
        _ => app.index.store().dismiss(pending, &text, error.fault(), now).await?,
    }
    let failure = PageFailure {
        source: pending.source.clone(),
        url: pending.entry.url.to_string(),
        error: text,
    };
    Ok(Outcome::Failed { failure, transient: !error.is_permanent() })
}

/// A moment from now, at most a week: a server may ask for any number of seconds.
fn later(now: DateTime<Utc>, wait: TimeDelta) -> DateTime<Utc> {
    now + wait.min(TimeDelta::weeks(1))
}

impl Round {
    fn covers(&self, source: &Source) -> bool {
        self.sources.is_empty() || self.sources.contains(&source.id)
    }

    /// Whether a source that the round covers is asked.
    fn asks(
        &self,
        source: &Source,
        states: &HashMap<SourceId, SourceState>,
        now: DateTime<Utc>,
    ) -> Ask {
        match states.get(&source.id) {
            None => Ask::Now,
            Some(_) if self.all => Ask::Now,
            Some(state) if self.sources.is_empty() => {
                if schedule::is_due(source, state, now) {
                    Ask::Now
                } else {
                    Ask::Not
                }
            }
            Some(state) if state.is_fresh(now) => Ask::Fresh,
            Some(_) => Ask::Now,
        }
    }
}

/// Whether a source is asked for its list in a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    /// It is not its time.
    Not,
    /// It was asked for, but its last answer is still fresh.
    Fresh,
    /// Yes.
    Now,
}

impl SourceReport {
    fn new(source: &Source, status: &'static str) -> Self {
        Self { id: source.id.clone(), status, error: None, warning: None, entries: 0, new: 0 }
    }
}

impl Report {
    fn add(&mut self, part: Self) {
        self.sources.extend(part.sources);
        self.read += part.read;
        self.kept += part.kept;
        self.edited += part.edited;
        self.failed += part.failed;
        self.failures.extend(part.failures);
    }
}
