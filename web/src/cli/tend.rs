//! `reindex`, `retag` and `sources`: what keeps a Lexwatch in order.

use clap::Subcommand;
use classifier::{Label, Tags};
use crawler::Source;
use index::{Health, PollStatus, SourceState};
use serde_json::{Map, Value, json};

use super::progress::{TICK, bar, follow, watch};
use super::{Outcome, Place, answer, say};
use crate::api::views::SourceStateView;
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::folder;
use crate::health;
use crate::jobs::embed::{homes, text_of};

/// Items looked at by one statement.
const BATCH: usize = 200;

/// `lexwatch sources`.
#[derive(Debug, Subcommand)]
pub(super) enum Sources {
    /// Print every source and how it is doing, a line of JSON each
    List,
    /// Ask each source once and say what is wrong with it
    ///
    /// The sentences are on standard error; on standard output a line of JSON each: {"id","url","status","says","entries"},
    /// and where there are any "newest", `moved_to` and "feed". Statuses: ok, moved, quiet (its newest entry is old),
    /// empty, or what is wrong: robots, robots-unknown, refused, rest (it asks to be left alone), not-found, gone,
    /// server, status, unresolved, certificate, unreachable, cut-off, timeout, too-large, headers, redirects, address,
    /// not-a-feed, not-listed, settings
    Check(super::check::Check),
    /// Find the feeds, sitemaps and lists of a site
    ///
    /// On standard output a line of JSON each, the best first: {"url","format","title","language","entries","newest",
    /// "known","toml"}; `known` is the source that is followed at this address, `toml` an entry for sources.toml.
    /// Exit 2 if there is nothing to follow
    Discover(super::discover::Discover),
    /// Add the feeds of an OPML file to the configured sources file
    ///
    /// Folders and categories become `categories`; an address that is there is left as it is. A configured file that is
    /// missing or empty is filled; without a configured one, sources.toml is made beside the settings, with the bundled
    /// catalogue in it. On standard output {"file","read","added","known","bad","faults","notes"}, where a fault or note is
    /// {"line","title","what"}; exit 2 if an outline has an address that is none
    Import(super::opml::Import),
    /// Print the feeds that are followed as OPML
    Export,
}

impl Sources {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        match self {
            Self::List => list(place).await,
            Self::Check(command) => command.run(place).await,
            Self::Discover(command) => command.run(place).await,
            Self::Import(command) => command.run(place),
            Self::Export => super::opml::export(place),
        }
    }
}

async fn list(place: &Place) -> anyhow::Result<Outcome> {
    let config = Config::load(place.config.as_deref())?;
    let (mut sources, now) = (Vec::new(), Clock::default().now());
    let configured: Vec<_> = config.catalog.iter().map(not_polled).collect();
    if folder::is_in_use(place.data_folder()) {
        let app = App::open(config, place.data_folder(), Clock::default()).await?;
        sources = health::sources(app.index.store(), now).await?;
    }
    // Before the first poll nothing is followed; what will be is of more use than nothing.
    if !sources.iter().any(|(state, _)| state.followed) {
        let unknown = configured.into_iter().map(|state| {
            let health = Health::of(&state, None, now);
            (state, health)
        });
        sources.extend(unknown);
    }
    for (state, health) in &sources {
        answer(&SourceStateView::new(state, health))?;
    }
    Ok(Outcome::Done)
}

/// How a configured source stands before its first poll.
fn not_polled(source: &Source) -> SourceState {
    SourceState {
        id: source.id.clone(),
        name: source.name.clone(),
        site: source.site.as_ref().unwrap_or(&source.url).to_string(),
        url: source.url.to_string(),
        publisher: source.publisher,
        jurisdiction: source.jurisdiction.clone(),
        language: source.language.clone(),
        followed: true,
        status: PollStatus::Never,
        polled: None,
        succeeded: None,
        failures: 0,
        fault: None,
        failing_since: None,
        rest_until: None,
        moved_to: None,
        begun: None,
        news: None,
        told: None,
        fresh_until: None,
        entries: 0,
        left_out: 0,
        items: 0,
        policy_items: 0,
        pending: 0,
        failed: 0,
        page_fault: None,
        next_look: None,
        newest: None,
    }
}

/// `lexwatch reindex`.
pub(super) async fn reindex(app: &App) -> anyhow::Result<Outcome> {
    let position = loop {
        match watch(app, app.index.rebuild()).await? {
            Err(index::Error::Busy) => {}
            done => break done?,
        }
        if let Some(position) = rebuilt_beside(app).await? {
            break position;
        }
    };
    answer(&json!({ "changes": position }))?;
    Ok(Outcome::Done)
}

/// Has the process that writes the index make it again, and waits for it; `None` when that process ends before.
async fn rebuilt_beside(app: &App) -> anyhow::Result<Option<i64>> {
    app.index.ask_rebuild()?;
    say(
        "lexwatch: another process writes this index and is asked to make it again; to stop waiting changes nothing",
    );
    let head = u64::try_from(app.index.store().head().await?)?;
    let bar = bar(Some(head), "of the change log indexed")?;
    let mut tick = tokio::time::interval(TICK);
    let found = loop {
        tick.tick().await;
        match app.index.asked()? {
            None => break Some(app.index.held().await?),
            Some(progress) => bar.set_position(progress.done.unsigned_abs()),
        }
        if !app.index.is_written() {
            break None;
        }
    };
    bar.finish_and_clear();
    Ok(found)
}

/// How many tags of each kind came and went, and on how many items.
#[derive(Debug, Default)]
struct Difference {
    items: u64,
    added: [u64; Label::KINDS.len()],
    removed: [u64; Label::KINDS.len()],
}

impl Difference {
    fn note(&mut self, before: &Tags, after: &Tags) {
        let (before, after) = (before.labels(), after.labels());
        let gone = |from: &[Label], to: &[Label], counts: &mut [u64; Label::KINDS.len()]| {
            let gone = from.iter().filter(|label| !to.contains(label));
            gone.map(|label| counts[kind(*label)] += 1).count()
        };
        let removed = gone(&before, &after, &mut self.removed);
        let added = gone(&after, &before, &mut self.added);
        self.items += u64::from(removed + added > 0);
    }
}

/// The place of a tag's kind in [`Label::KINDS`].
fn kind(label: Label) -> usize {
    Label::KINDS.iter().position(|kind| *kind == label.kind()).unwrap_or_default()
}

fn by_kind(counts: [u64; Label::KINDS.len()]) -> Map<String, Value> {
    Label::KINDS.into_iter().zip(counts).map(|(kind, n)| (kind.to_owned(), json!(n))).collect()
}

/// `lexwatch retag`.
pub(super) async fn retag(app: &App) -> anyhow::Result<Outcome> {
    let homes = homes(app).await?;
    let store = app.index.store();
    // What lacks an embedding gets one first; the tags follow below.
    while app.index.embed_some().await?.is_some() {}
    let (mut seen, mut changed, mut after) = (0, 0, 0);
    let mut difference = Difference::default();
    loop {
        let batch = store.walk(after, BATCH).await?;
        let Some((last, _)) = batch.last() else { break };
        after = last.id.key();
        for (item, text) in &batch {
            let embedding = app.index.embedding(item.id).await?;
            let tags = app.classifier.classify(&text_of(item, text, &homes, embedding.as_ref()));
            seen += 1;
            // What people corrected has tags that no model gives.
            if item.corrected || tags != item.tags {
                let in_force = store.retag(item.id, &tags, app.now()).await?;
                changed += u64::from(in_force != item.tags);
                difference.note(&item.tags, &in_force);
            }
        }
    }
    // What was kept before there were stories gets one now.
    while store.find_stories(app.now()).await? > 0 {}
    follow(app).await?;
    answer(&json!({
        "items": seen,
        "changed": changed,
        "model": app.classifier.model(),
        "other_tags": difference.items,
        "added": by_kind(difference.added),
        "removed": by_kind(difference.removed),
    }))?;
    Ok(Outcome::Done)
}
