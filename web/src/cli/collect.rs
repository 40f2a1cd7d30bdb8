//! `ingest`: one round of poll and read.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use clap::Args;
use crawler::SourceId;

use super::progress::follow;
use super::{Misuse, Outcome, Place, answer, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::folder;
use crate::jobs::embed;
use crate::jobs::ingest::{self, Report, Round};
use crate::plain::clean;

/// Characters of an error, in which a page may speak.
const ERROR: usize = 600;

/// `lexwatch ingest`.
#[derive(Debug, Args)]
pub(super) struct Ingest {
    /// Ignore schedules and freshness
    #[arg(long)]
    all: bool,
    /// Only this source, whatever its schedule; may be repeated
    #[arg(long, value_name = "ID")]
    source: Vec<String>,
    /// The report as JSON
    #[arg(long)]
    json: bool,
}

impl Ingest {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        let config = Config::load(place.config.as_deref())?;
        let round = Round { all: self.all, sources: known_sources(&config, &self.source)? };
        let data = place.data_folder();
        folder::make(data)?;
        // Two rounds side by side would fetch the same pages.
        let _claim = folder::claim_ingesting(data, || {
            say(&format!("lexwatch: another `ingest` works on {}: waiting for it", data.display()));
        })
        .await?;
        let app = App::open(config, data, Clock::default()).await?;
        app.follow_catalog().await?;
        let report = ingest::run(&app, &round).await?;
        // What was kept is kept; the next round tries again.
        if let Err(error) = embed::all(&app).await {
            say(&format!("lexwatch: not everything that was kept has an embedding: {error:#}"));
        }
        follow(&app).await?;
        if self.json {
            answer(&report)?;
        } else {
            describe(&report);
        }
        Ok(Outcome::Done)
    }
}

pub(super) fn known_sources(config: &Config, ids: &[String]) -> anyhow::Result<Vec<SourceId>> {
    let known: HashSet<_> = config.catalog.iter().map(|source| &source.id.0).collect();
    match ids.iter().find(|id| !known.contains(id)) {
        None => Ok(ids.iter().cloned().map(SourceId).collect()),
        Some(id) => Err(Misuse(format!(
            "the catalogue has no source `{id}`; `lexwatch sources list` shows them"
        ))
        .into()),
    }
}

fn describe(report: &Report) {
    for source in &report.sources {
        let said = source.error.as_deref().or(source.warning.as_deref()).unwrap_or_default();
        say(&format!(
            "{:<28} {:<9} {:>5} listed {:>5} new  {}",
            source.id.0,
            source.status,
            source.entries,
            source.new,
            clean(said, ERROR)
        ));
    }
    for failure in &report.failures {
        let error = clean(&failure.error, ERROR);
        say(&format!("{}: {}: {error}", failure.source, failure.url));
    }
    say(&format!(
        "{} read, {} kept, {} edited since, {} failed",
        report.read, report.kept, report.edited, report.failed
    ));
}

/// RFC 3339 of the command line.
pub(super) fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .map_err(|error| format!("`{text}` is not RFC 3339 (2026-11-24T07:00:00Z): {error}"))
}
