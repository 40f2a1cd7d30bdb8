//! `import`: items in bulk.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use crawler::{Article, Moment, SourceId};
use index::{Inserted, NewItem, believed};
use indicatif::ProgressBar;
use serde::{Deserialize, Serialize};
use url::Url;

use super::lines::{lines, object};
use super::progress::{bar, follow};
use super::{Outcome, answer, say};
use crate::app::App;
use crate::config::catalog::source_id;
use crate::jobs::ingest::text_of;
use crate::languages::primary;
use crate::plain::clean;

/// `lexwatch import`. It may be stopped at any time: what is kept is skipped, unread, the next time.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// JSON lines; `-` is standard input. An import that was stopped goes on where it was when it is run again
    ///
    /// Each line has `url`, `title`, `text`, and may have `published` (a day, or RFC 3339; one more than two days ahead is
    /// left out), `source` and `language` (`en`).
    /// `source` is the id of a listed source, or of one that is made by this (lower-case letters, digits and hyphens, at
    /// most 64); where it is left out or null, it is `import`
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
    source: Option<SourceId>,
    language: Option<String>,
}

/// The source of lines that name none.
const SOURCE: &str = "import";

#[derive(Debug, Default, Serialize)]
struct ImportReport {
    read: usize,
    kept: usize,
    known: usize,
    bad: usize,
}

/// What an import has read and not kept yet, and what it has done so far.
struct Importer<'a> {
    app: &'a App,
    waiting: Vec<(SourceId, Article)>,
    sources: HashSet<SourceId>,
    report: ImportReport,
    bar: ProgressBar,
}

impl Import {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let mut importer = Importer {
            app,
            waiting: Vec::new(),
            sources: HashSet::new(),
            report: ImportReport::default(),
            bar: bar(size(&self.file), "read")?,
        };
        for line in lines(Some(&self.file))? {
            let line = line?;
            importer.bar.inc(line.length as u64);
            importer.report.read += 1;
            let tell = |bar: &ProgressBar, what: &str| {
                let told = format!("{}, line {}: {what}", self.file.display(), line.number);
                bar.suspend(|| say(&format!("lexwatch: {}", clean(&told, 600))));
            };
            match line.text.and_then(|text| read(&text)) {
                Ok((source, article)) => {
                    if let Some(date) = too_late(&article, app.now()) {
                        let what = format!(
                            "published: {date} is more than two days ahead; it is kept without a date"
                        );
                        tell(&importer.bar, &what);
                    }
                    importer.push((source, article)).await?;
                }
                Err(what) => {
                    importer.report.bad += 1;
                    tell(&importer.bar, &what);
                }
            }
        }
        importer.keep().await?;
        importer.bar.finish_and_clear();
        follow(app).await?;
        answer(&importer.report)?;
        if importer.report.read == 0 {
            say(&format!("lexwatch: {}: there is no line in it", self.file.display()));
        }
        let is_whole = importer.report.read > 0 && importer.report.bad == 0;
        Ok(if is_whole { Outcome::Done } else { Outcome::Unusable })
    }
}

/// How many bytes there are to read, where that is known.
fn size(file: &Path) -> Option<u64> {
    std::fs::metadata(file).ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
}

impl Importer<'_> {
    async fn push(&mut self, read: (SourceId, Article)) -> anyhow::Result<()> {
        self.waiting.push(read);
        if self.waiting.len() >= BATCH { self.keep().await } else { Ok(()) }
    }

    /// Keeps what waits. What is known already, as after an import that was stopped, is not even looked at.
    async fn keep(&mut self) -> anyhow::Result<()> {
        let store = self.app.index.store();
        let waiting = std::mem::take(&mut self.waiting);
        let urls: Vec<_> = waiting.iter().filter_map(|(_, article)| article.url.as_ref()).collect();
        let kept = store.kept(&urls).await?;
        let is_new =
            |article: &Article| !article.url.as_ref().is_some_and(|url| kept.contains(url));
        let seen = self.app.now();
        let mut new = Vec::with_capacity(waiting.len());
        for (source, article) in waiting.iter().filter(|(_, article)| is_new(article)) {
            if !self.sources.contains(source) {
                store.ensure_source(source, &source.0).await?;
                self.sources.insert(source.clone());
            }
            new.push((
                source,
                article,
                self.app.classifier.classify(&text_of(article, None, seen)),
            ));
        }
        self.report.known += waiting.len() - new.len();
        let item = |(source, article, tags)| NewItem { source, article, tags, seen };
        let items: Vec<_> =
            new.iter().map(|(source, article, tags)| item((*source, *article, tags))).collect();
        for inserted in store.import(&items).await? {
            match inserted {
                Inserted::New(_) => self.report.kept += 1,
                Inserted::Known(_) => self.report.known += 1,
            }
        }
        let ImportReport { kept, known, .. } = self.report;
        self.bar.set_message(format!("({kept} kept, {known} known)"));
        Ok(())
    }
}

fn read(line: &str) -> Result<(SourceId, Article), String> {
    let line: Line = object(line)?;
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
    let source = line.source.map_or_else(|| SOURCE.to_owned(), |source| source.0);
    let source = source_id(&source).map_err(|what| format!("source: {what}"))?;
    let language = line.language.filter(|tag| !tag.is_empty());
    let language = language.map(|tag| primary(&tag).map_err(|what| format!("language: {what}")));
    let language = match language.transpose()? {
        None => crawler::language_of(&format!("{}\n{}", line.title, line.text)),
        declared => declared,
    };
    let article = Article {
        url: Some(line.url),
        title: line.title,
        byline: None,
        published,
        modified: None,
        paywalled: false,
        language,
        site: None,
        text: line.text,
    };
    Ok((source, article))
}

/// The date that an article gives, if the store will not believe it.
fn too_late(article: &Article, seen: DateTime<Utc>) -> Option<Moment> {
    article.published.filter(|date| believed(Some(*date), seen).is_none())
}

fn moment(text: &str) -> Option<Moment> {
    text.parse().ok()
}
