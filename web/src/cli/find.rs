//! `search` and `export`: the query language on the command line.

use std::io::Write as _;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use futures::TryStreamExt as _;
use index::{Answer, Facet, Item, Paging, Query};

use super::progress::follow;
use super::{Misuse, Outcome, answer, say, training};
use crate::api::views::ItemView;
use crate::api::{CSV_HEADER, List, USUAL_FACETS, chunks, csv_row};
use crate::app::App;
use crate::plain::{json_line, title};

/// `lexwatch search`: each item found.
#[derive(Debug, Args)]
pub(super) struct Search {
    /// Words and filters: country:CN "source code" after:2017
    query: Vec<String>,
    /// One answer as the API gives it, but for stories: each of their items is a row
    #[arg(long)]
    json: bool,
    /// How many at most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
}

/// `lexwatch export`.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// Words and filters; everything about policy if left out, and for `training` everything
    query: Vec<String>,
    /// The form
    #[arg(long, value_enum)]
    format: Format,
    /// How many at most; all of them if left out
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Ndjson,
    /// What people corrected, as labelled texts for `train` and `evaluate`
    Training,
}

impl Search {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let asked = parse(&self.query)?;
        let query = Query { fold: false, ..asked };
        follow_first(app).await?;
        let paging = Paging { limit: usize::from(self.limit), cursor: None };
        let facets: &[Facet] = if self.json { &USUAL_FACETS } else { &[] };
        let ask = async || Ok(app.index.answer(&query, &paging, facets).await?);
        let mut found = mended(app, ask).await?;
        // That nothing is folded here goes without saying.
        if let Some(instead) = &mut found.instead {
            instead.fold = asked.fold;
        }
        if self.json {
            answer(&List::of(app, found).await?)?;
            return Ok(Outcome::Done);
        }
        let Answer { page, instead, partly } = found;
        if let Some(instead) = instead {
            say(&format!(
                "Nothing was found as typed; this is found by: {}",
                title(&instead.to_text())
            ));
        }
        page.rows.iter().for_each(|(item, _)| say(&line(item)));
        say(&format!("{} of {}", page.rows.len(), page.total));
        if let Some(behind) = app.index.behind() {
            say(&format!("The index is catching up: {behind} changes cannot be found yet"));
        }
        if !partly.is_empty() {
            say("With some of the words or about their subject:");
            partly.iter().for_each(|(item, _)| say(&line(item)));
        }
        Ok(Outcome::Done)
    }
}

/// An item for people.
fn line(item: &Item) -> String {
    let day = item.published.map_or(item.first_seen.date_naive(), |moment| moment.day());
    let codes: Vec<_> = item.tags.jurisdictions.iter().map(|tag| tag.value.code()).collect();
    format!("{day}  {}  {:<8}  {}", item.id, codes.join(","), title(&item.title))
}

impl Export {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let mut query = parse(&self.query)?;
        let limit = self.limit.and_then(|limit| usize::try_from(limit).ok());
        follow_first(app).await?;
        if matches!(self.format, Format::Training) {
            // That an item is not about policy is worth learning too, unless something else is asked for.
            let says = self.query.iter().any(|word| word.to_lowercase().contains("policy:"));
            query.policy = query.policy.filter(|_| says);
            return training::export(app, query, limit).await;
        }
        let begin = async || {
            let mut chunks = Box::pin(chunks(app.clone(), query.clone(), limit));
            Ok((chunks.try_next().await?, chunks))
        };
        let (mut next, mut chunks) = mended(app, begin).await?;
        let mut out = std::io::stdout().lock();
        if matches!(self.format, Format::Csv) {
            out.write_all(CSV_HEADER.as_bytes())?;
        }
        while let Some(rows) = next {
            for (item, snippet) in rows {
                match self.format {
                    Format::Csv => out.write_all(csv_row(&item).as_bytes())?,
                    Format::Ndjson | Format::Training => {
                        let line = json_line(&ItemView::new(&item, Some(snippet)))?;
                        out.write_all(line.as_bytes())?;
                    }
                }
            }
            next = chunks.try_next().await?;
        }
        out.flush()?;
        Ok(Outcome::Done)
    }
}

/// The query language; what cannot be understood is wrong use.
pub(super) fn parse(words: &[String]) -> anyhow::Result<Query> {
    let (query, errors) = Query::parse(&words.join(" "));
    if errors.is_empty() {
        return Ok(query);
    }
    let what = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    Err(Misuse(what).into())
}

/// What is asked of the index. One that turns out to be damaged is made again first, unless another process looks after it.
async fn mended<T>(app: &App, ask: impl AsyncFn() -> anyhow::Result<T>) -> anyhow::Result<T> {
    let is_damage =
        |error: &anyhow::Error| matches!(error.downcast_ref(), Some(index::Error::Damaged(_)));
    match ask().await {
        Err(error) if is_damage(&error) => {
            follow_first(app).await?;
            ask().await
        }
        answer => answer,
    }
}

/// The index may lag behind the store when no server runs; when one does, it follows by itself. One that is not whole
/// answers nothing.
async fn follow_first(app: &App) -> anyhow::Result<()> {
    if let Err(error) = follow(app).await {
        let error = format!("{error:#}");
        tracing::warn!(error, "the full-text index could not follow");
    }
    app.index.whole().context("nothing can be looked up now; try again in a while")
}
