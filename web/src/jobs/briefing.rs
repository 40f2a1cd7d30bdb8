//! Briefings: what is due is composed into the outbox, and the outbox is sent.
//!
//! Composing moves the subscription's mark in the transaction that keeps the letter, and only if nobody else has
//! moved it: so a crash, or a second process, neither loses a briefing nor doubles it. Sending is a second step over
//! what the outbox holds.

mod due;
mod outbox;

use anyhow::Context as _;
use chrono::{DateTime, TimeDelta, Utc};
use index::{Rhythm, Subscription, Window};
use serde::Serialize;

use crate::app::App;
use crate::mail::briefing::Briefing;

pub use due::is_due;
pub(crate) use due::{next_hour, zone};
pub use outbox::{Sent, Undelivered, send_outbox};

/// How long a subscription may be confirmed; afterwards it is forgotten.
pub(crate) const CONFIRMABLE: TimeDelta = TimeDelta::days(7);

/// What came of looking after all briefings.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// What was composed.
    pub briefings: Vec<Composed>,
    /// Why others were not, one sentence each.
    pub errors: Vec<String>,
    /// What became of the outbox.
    #[serde(flatten)]
    pub sent: Sent,
}

/// A briefing that was composed.
#[derive(Debug, Serialize)]
pub struct Composed {
    /// For whom.
    pub email: String,
    /// What it says first.
    pub subject: String,
    /// How many items it tells of.
    pub items: u64,
}

/// Composes what is due and sends what waits.
///
/// # Errors
/// When the store fails. One subscription that cannot be served, one letter that cannot be sent stop nobody: they
/// are in the report.
pub async fn send_due(app: &App, now: DateTime<Utc>) -> anyhow::Result<Report> {
    // Letters that ask for confirmation wait for no index.
    let composed = compose_due(app, now).await;
    let sent = send_outbox(app, now).await?;
    Ok(Report { sent, ..composed? })
}

/// Puts a briefing into the outbox for each subscription that is due and has something new; forgets what nobody
/// confirmed in time.
///
/// # Errors
/// When the store or the index fails.
pub async fn compose_due(app: &App, now: DateTime<Utc>) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let store = app.index.store();
    let subscriptions = store.subscriptions().await?;
    let before = now - CONFIRMABLE;
    let is_over = |asked: &Subscription| asked.confirmed.is_none() && asked.refusal.is_none();
    if subscriptions.iter().any(|asked| is_over(asked) && asked.created < before) {
        store.expire(before).await?;
    }
    let due = due(subscriptions, now);
    if due.is_empty() {
        return Ok(report);
    }
    let upto = app.held().await?;
    for subscription in due {
        // Nothing was kept since; there is no need to write that down every few seconds.
        if subscription.rhythm == Rhythm::Now && upto <= subscription.mark {
            continue;
        }
        report.note(&subscription, serve(app, &subscription, upto, now).await);
    }
    Ok(report)
}

/// What [`compose_due`] would compose; nothing is written.
///
/// # Errors
/// As [`compose_due`].
pub async fn preview_due(app: &App, now: DateTime<Utc>) -> anyhow::Result<Report> {
    let mut report = Report::default();
    let due = due(app.index.store().subscriptions().await?, now);
    let upto = app.held().await?;
    for subscription in due {
        let window = window(app, &subscription, upto).await?;
        let briefing = Briefing::compose(app, &subscription, window, now).await;
        report.note(&subscription, briefing.map(|found| found.as_ref().map(Composed::from)));
    }
    Ok(report)
}

/// The subscriptions whose time has come.
fn due(mut subscriptions: Vec<Subscription>, now: DateTime<Utc>) -> Vec<Subscription> {
    subscriptions.retain(|subscription| is_due(subscription, now));
    subscriptions
}

/// What a subscription has not been told.
async fn window(app: &App, subscription: &Subscription, upto: i64) -> anyhow::Result<Window> {
    let corrected = app.index.store().corrected(subscription, upto).await?.into();
    Ok(Window { after: subscription.mark, upto, told_since: subscription.since, corrected })
}

/// Composes one briefing and keeps it together with the moved mark. Nothing new moves the mark alone.
async fn serve(
    app: &App,
    subscription: &Subscription,
    upto: i64,
    now: DateTime<Utc>,
) -> anyhow::Result<Option<Composed>> {
    // The index may have been deleted and not hold yet what it held: a mark never goes back.
    let upto = upto.max(subscription.mark);
    let window = window(app, subscription, upto).await?;
    let briefing = Briefing::compose(app, subscription, window, now).await?;
    let message = briefing.as_ref().map(Briefing::write).transpose()?;
    let told = briefing.as_ref().map(Briefing::items).transpose()?.unwrap_or_default();
    let store = app.index.store();
    let first = store.record_briefing(subscription, upto, message.as_deref(), &told, now).await?;
    // Otherwise another process was faster, or the subscription has ended in the meantime.
    Ok(briefing.as_ref().filter(|_| first).map(Composed::from))
}

impl From<&Briefing<'_>> for Composed {
    fn from(briefing: &Briefing<'_>) -> Self {
        Self {
            email: briefing.recipient().to_owned(),
            subject: briefing.subject(),
            items: briefing.total(),
        }
    }
}

impl Report {
    fn note(&mut self, subscription: &Subscription, result: anyhow::Result<Option<Composed>>) {
        match result.context("a briefing could not be composed") {
            Ok(composed) => self.briefings.extend(composed),
            Err(error) => {
                tracing::error!(subscription.key, error = format!("{error:#}"), "no briefing");
                self.errors.push(format!("{}: {error:#}", subscription.email));
            }
        }
    }
}
