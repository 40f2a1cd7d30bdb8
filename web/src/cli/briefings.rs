//! `briefings send`: what `serve` does by the clock, once; the letter to the operator too.

use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use serde_json::json;

use super::collect::instant;
use super::{Outcome, answer};
use crate::app::App;
use crate::jobs::briefing::{compose_due, preview_due, send_outbox};
use crate::jobs::operator;

/// `lexwatch briefings`.
#[derive(Debug, Subcommand)]
pub(super) enum Briefings {
    /// Compose what is due, send what waits in the outbox, and print a report
    Send(Send),
}

/// `lexwatch briefings send`.
#[derive(Debug, Args)]
pub(super) struct Send {
    /// What is due at this moment (RFC 3339) [default: now]
    #[arg(long, value_name = "T", value_parser = instant)]
    now: Option<DateTime<Utc>>,
    /// Only print what would be composed; write and send nothing
    #[arg(long)]
    dry_run: bool,
}

impl Briefings {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let Self::Send(send) = self;
        let now = send.now.unwrap_or_else(|| app.now());
        if send.dry_run {
            let report = preview_due(app, now).await?;
            answer(&json!({ "briefings": report.briefings, "errors": report.errors }))?;
            return done(&report.errors);
        }
        let composed = compose_due(app, now).await;
        let reported = operator::report(app, now).await;
        // A letter that was put into the outbox after the moment of --now waits as well.
        let sent = send_outbox(app, now.max(app.now())).await?;
        reported?;
        let mut report = composed?;
        report.sent = sent;
        answer(&report)?;
        report.errors.extend(report.sent.unreachable.take());
        done(&report.errors)
    }
}

/// A letter that was refused is done with; what could not be composed or sent at all is a failure.
fn done(errors: &[String]) -> anyhow::Result<Outcome> {
    if errors.is_empty() { Ok(Outcome::Done) } else { anyhow::bail!("{}", errors.join("\n")) }
}
