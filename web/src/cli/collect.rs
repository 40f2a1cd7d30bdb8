//! `ingest` and `import`: what brings items in.

use std::collections::HashSet;
use std::io::BufRead as _;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::Args;
use classifier::Tags;
use crawler::{Article, Moment, SourceId};
use index::{Inserted, NewItem};
use serde::{Deserialize, Serialize};
use url::Url;

use super::classify::lines;
use super::{Misuse, Outcome, Place, answer, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::folder;
use crate::jobs::ingest::{self, Report, Round, text_of};
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

/// Brings the full-text index up to date, unless another process does.
async fn follow(app: &App) -> anyhow::Result<()> {
    match app.index.catch_up().await {
        Ok(_) | Err(index::Error::Busy) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn describe(report: &Report) {
    for source in &report.sources {
        let error = clean(source.error.as_deref().unwrap_or_default(), ERROR);
        say(&format!(
            "{:<28} {:<9} {:>5} listed {:>5} new  {error}",
            source.id.0, source.status, source.entries, source.new
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

/// `lexwatch import`.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// JSON lines; `-` is standard input
    file: PathBuf,
}

/// How many items are kept by one transaction.
const BATCH: usize = 500;

#[derive(Debug, Deserialize)]
struct Line {
    url: Url,
    title: String,
    text: String,
    published: Option<String>,
    #[serde(default = "default_source")]
    source: SourceId,
    language: Option<String>,
}

fn default_source() -> SourceId {
    SourceId("import".to_owned())
}

#[derive(Debug, Default, Serialize)]
struct ImportReport {
    read: usize,
    kept: usize,
    known: usize,
    bad: usize,
}

struct Batch {
    items: Vec<(SourceId, Article, Tags)>,
    sources: HashSet<SourceId>,
    report: ImportReport,
}

impl Import {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let mut batch =
            Batch { items: Vec::new(), sources: HashSet::new(), report: ImportReport::default() };
        for (number, line) in lines(Some(&self.file))?.lines().enumerate() {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            batch.report.read += 1;
            match read(&line) {
                Ok((source, article)) => batch.push(app, source, article).await?,
                Err(what) => {
                    batch.report.bad += 1;
                    say(&format!("lexwatch: {}, line {}: {what}", self.file.display(), number + 1));
                }
            }
        }
        batch.keep(app).await?;
        follow(app).await?;
        answer(&batch.report)?;
        Ok(if batch.report.bad == 0 { Outcome::Done } else { Outcome::Unusable })
    }
}

impl Batch {
    async fn push(&mut self, app: &App, source: SourceId, article: Article) -> anyhow::Result<()> {
        if !self.sources.contains(&source) {
            app.index.store().ensure_source(&source, &source.0).await?;
            self.sources.insert(source.clone());
        }
        let tags = app.classifier.classify(&text_of(&article, None));
        self.items.push((source, article, tags));
        if self.items.len() >= BATCH { self.keep(app).await } else { Ok(()) }
    }

    async fn keep(&mut self, app: &App) -> anyhow::Result<()> {
        let seen = app.now();
        let new: Vec<_> = self
            .items
            .iter()
            .map(|(source, article, tags)| NewItem { source, article, tags, seen })
            .collect();
        for inserted in app.index.store().import(&new).await? {
            match inserted {
                Inserted::New(_) => self.report.kept += 1,
                Inserted::Known(_) => self.report.known += 1,
            }
        }
        self.items.clear();
        Ok(())
    }
}

fn read(line: &str) -> Result<(SourceId, Article), String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if !matches!(line.url.scheme(), "http" | "https") {
        return Err(format!("url: `{}` must start with http:// or https://", line.url));
    }
    if line.title.trim().is_empty() && line.text.trim().is_empty() {
        return Err("title and text are both empty".to_owned());
    }
    let published = match line.published.as_deref().filter(|text| !text.is_empty()) {
        None => None,
        Some(text) => Some(moment(text).ok_or_else(|| {
            format!("published: `{text}` is neither RFC 3339 nor a day (2017-07-12)")
        })?),
    };
    let article = Article {
        url: Some(line.url),
        title: line.title,
        byline: None,
        published,
        modified: None,
        paywalled: false,
        language: line.language,
        site: None,
        text: line.text,
    };
    Ok((line.source, article))
}

fn moment(text: &str) -> Option<Moment> {
    text.parse().ok()
}

/// RFC 3339 of the command line.
pub(super) fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .map_err(|error| format!("`{text}` is not RFC 3339 (2026-11-24T07:00:00Z): {error}"))
}
