//! `App`: the parts, put together.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use classifier::Classifier;
use crawler::Crawler;
use index::{Index, SourceState};
use tokio::sync::Semaphore;
use url::Url;

use crate::allowance::Allowance;
use crate::clock::Clock;
use crate::config::Config;
use crate::folder;
use crate::mail::Mailer;
use crate::meaning::{self, Embedder};
use crate::seal::Seal;
use crate::shared::Shared;

/// How many letters that ask for a confirmation one client may cause within an hour, and all together.
const LETTERS: (usize, usize) = (10, 100);

/// How many reports of wrong tags one client may send within an hour, and all together.
const REPORTS: (usize, usize) = (20, 200);

/// Everything that a request, a job or a command needs. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] shares.
#[derive(Debug)]
pub struct Parts {
    /// The settings and the catalogue.
    pub config: Config,
    /// Where readers reach the site; ends with `/`.
    pub base_url: Url,
    /// What tags.
    pub classifier: Arc<Classifier>,
    /// Whose turn it is to tag what was read: one after the other is fast enough, and threads keep memory.
    pub tagging: Arc<Semaphore>,
    /// What reads the network.
    pub crawler: Crawler,
    /// What keeps and finds.
    pub index: Index,
    /// What knows the meaning of texts, if this program does.
    pub(crate) embedder: Embedder,
    /// What sends mail.
    pub mailer: Mailer,
    /// What tells links of our own from others.
    pub seal: Seal,
    /// The time.
    pub clock: Clock,
    /// Pages that are the same for all readers.
    pub shared: Shared,
    /// How many letters strangers may have sent, to whatever address, and how many reports they may write.
    pub letters: Allowance,
    /// See `letters`.
    pub reports: Allowance,
    /// Rung whenever the change log has grown in this process.
    pub changed: tokio::sync::Notify,
}

/// How often, and after which pause, the index of another process is asked whether it has followed.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(100);

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// Opens the data folder and puts the parts together. What the store follows stays as it is. The addresses that it
    /// makes are those of the process that serves the folder, or served it last.
    ///
    /// # Errors
    /// With the folder, setting or file that is at fault.
    pub async fn open(config: Config, data: &Path, clock: Clock) -> anyhow::Result<Self> {
        let served = folder::served_at(data);
        Self::reached_at(served, config, data, clock).await
    }

    /// As [`App::open`], for the process that serves the folder: it is reached where it listens.
    ///
    /// # Errors
    /// As [`App::open`].
    pub async fn open_to_serve(config: Config, data: &Path, clock: Clock) -> anyhow::Result<Self> {
        Self::reached_at(None, config, data, clock).await
    }

    /// With the address that another process serves at, if one does. What the settings say comes before it.
    async fn reached_at(
        served: Option<Url>,
        config: Config,
        data: &Path,
        clock: Clock,
    ) -> anyhow::Result<Self> {
        folder::make(data)?;
        let index = Index::open(data, &config.store_url)
            .await
            .with_context(|| format!("{}: the data folder cannot be opened", data.display()))?;
        let classifier = Arc::new(Classifier::load()?);
        let index = index.with_classifier(Arc::clone(&classifier));
        let embedder = meaning::embedder(config.meaning_model.as_deref())?;
        let index = match &embedder {
            Some(embedder) => index.with_meaning(Arc::clone(embedder)),
            None => index,
        };
        let base_url = match config.base_url.clone().or(served) {
            Some(url) => url,
            None => Url::parse(&format!("http://{}/", config.listen))?,
        };
        Ok(Self(Arc::new(Parts {
            classifier,
            tagging: Arc::new(Semaphore::new(1)),
            crawler: Crawler::new(config.crawler.clone())?,
            mailer: Mailer::new(&config.mail, outbox(data))?,
            seal: Seal::new(data),
            base_url,
            index,
            embedder,
            clock,
            shared: Shared::default(),
            letters: Allowance::new(LETTERS.0, LETTERS.1),
            reports: Allowance::new(REPORTS.0, REPORTS.1),
            changed: tokio::sync::Notify::new(),
            config,
        })))
    }

    /// Makes the configured catalogue what the store follows, and reminds the crawler of the robots.txt files that it
    /// has read today and of the hosts that want to be left alone. Whoever polls does so first, and nobody else.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn follow_catalog(&self) -> anyhow::Result<()> {
        let store = self.index.store();
        store.sync_sources(&self.config.catalog).await?;
        let now = self.now();
        self.crawler.know_robots(store.robots(now).await?);
        self.crawler.know_rests(store.sources().await?.iter().filter_map(|state| rest(state, now)));
        Ok(())
    }

    /// Up to which number of the change log the index can be asked. Where another process writes the index, that one is
    /// given some seconds to follow up to the present head.
    ///
    /// # Errors
    /// [`index::Error`] when a half fails, or the index is being made.
    pub async fn held(&self) -> Result<i64, index::Error> {
        match self.index.catch_up().await {
            Err(index::Error::Busy) => {}
            held => return held,
        }
        let head = self.index.store().head().await?;
        let mut held = self.index.held().await?;
        for _ in 0..TRIES {
            if held >= head {
                break;
            }
            tokio::time::sleep(PAUSE).await;
            held = self.index.held().await?;
        }
        Ok(held)
    }

    /// The time.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// An address of the site for mails and feeds; `path` starts with `/`.
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }
}

/// Where a source is polled, and for how long its host wants to be left alone, if it does.
fn rest(state: &SourceState, now: DateTime<Utc>) -> Option<(Url, Duration)> {
    let wait = (state.rest_until? - now).to_std().ok()?;
    let address = state.moved_to.as_deref().unwrap_or(&state.url);
    Some((Url::parse(address).ok()?, wait))
}

/// Where the folder transport puts its letters.
fn outbox(data: &Path) -> PathBuf {
    data.join("outbox")
}
