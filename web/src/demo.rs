//! The demo: the bundled newsroom on a loopback port, one subscriber, and what is shown on the terminal meanwhile.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use index::{NewSubscription, PollStatus, Query, Rhythm};
use indicatif::{ProgressBar, ProgressStyle};
use tokio::net::TcpListener;
use url::Url;

use crate::app::App;
use crate::cli::{Misuse, say};
use crate::clock::Clock;
use crate::config::Config;
use crate::folder;
use crate::newsroom;

/// The newsroom's last edition: the demo's clock starts here, so that it is the same demo in any year.
const EDITION: &str = "2026-11-24T07:00:00Z";

/// Who gets the demo's briefing.
const SUBSCRIBER: &str = "analyst@example.org";

/// Where the newsroom's address is kept in the data folder; also the mark of a demo's folder.
const ADDRESS_FILE: &str = "newsroom.address";

/// How often the terminal is brought up to date.
const TICK: Duration = Duration::from_millis(200);

/// A clock that stands at the newsroom's last edition.
pub(crate) fn clock() -> Clock {
    EDITION.parse().map_or_else(|_| Clock::default(), Clock::starting_at)
}

/// The newsroom, being served.
pub(crate) struct Newsroom {
    address: SocketAddr,
    sources: Vec<crawler::Source>,
}

impl Newsroom {
    /// Starts it at the loopback address that an earlier run on this data folder had, or else on a free port.
    ///
    /// # Errors
    /// [`Misuse`] when the folder holds something that no demo has put there.
    pub(crate) async fn start(data: &Path) -> anyhow::Result<Self> {
        let kept = data.join(ADDRESS_FILE);
        if folder::is_in_use(data) && !kept.exists() {
            return Err(not_ours(data).into());
        }
        let newsroom = newsroom::Newsroom::load()?;
        let listener = bind(&kept).await?;
        let address = listener.local_addr()?;
        std::fs::write(&kept, format!("{address}\n"))
            .with_context(|| format!("{}: cannot be written", kept.display()))?;
        let base = Url::parse(&format!("http://{address}/"))?;
        let sources = newsroom.sources(&base);
        let router = newsroom.router(&base);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, sources })
    }

    /// Sees to it that nothing but the newsroom was ever polled into the folder.
    ///
    /// # Errors
    /// [`Misuse`] when it was.
    pub(crate) async fn check_alone(&self, app: &App, data: &Path) -> anyhow::Result<()> {
        let known: HashSet<_> = self.sources.iter().map(|source| &source.id).collect();
        let states = app.index.store().sources().await?;
        // An imported source has no address.
        if states.iter().any(|state| !state.url.is_empty() && !known.contains(&state.id)) {
            return Err(not_ours(data).into());
        }
        Ok(())
    }

    /// Every default, but for the newsroom as the only catalogue and its one address allowed.
    pub(crate) fn config(&self) -> anyhow::Result<Config> {
        let mut config = Config::parse("the demo's settings", "", Path::new("."))?;
        config.crawler.allow_addresses = vec![self.address];
        config.crawler.host_delay = Duration::ZERO;
        config.crawler.contact = "demo@example.org".to_owned();
        config.catalog.clone_from(&self.sources);
        Ok(config)
    }
}

/// Listens where the newsroom was before, so that the links of what is kept go on leading to it.
async fn bind(kept: &Path) -> anyhow::Result<TcpListener> {
    let before = std::fs::read_to_string(kept).ok().and_then(|text| text.trim().parse().ok());
    if let Some(address) = before.filter(|address: &SocketAddr| address.ip().is_loopback()) {
        match TcpListener::bind(address).await {
            Ok(listener) => return Ok(listener),
            Err(error) => say(&format!(
                "lexwatch: the newsroom cannot be at {address} again ({error}) and takes another port: the links of \
                 items kept before lead nowhere"
            )),
        }
    }
    TcpListener::bind("127.0.0.1:0").await.context("no loopback port is free")
}

fn not_ours(data: &Path) -> Misuse {
    Misuse(format!(
        "{}: this data folder holds more than a demo; name another by --data, or leave it out",
        data.display()
    ))
}

/// Shows how the site fills; when everything is read, subscribes to it all and says where the briefing lies.
pub(crate) async fn show(app: App, outbox: PathBuf) {
    if let Err(error) = follow(&app, &outbox).await {
        say(&format!("lexwatch: the demo's display stopped: {error:#}"));
    }
}

async fn follow(app: &App, outbox: &Path) -> anyhow::Result<()> {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages read, {msg}")?;
    let bar = ProgressBar::new(0).with_style(style);
    let mut waiting = tokio::time::interval(TICK);
    loop {
        waiting.tick().await;
        let states = app.index.store().sources().await?;
        let items: i64 = states.iter().map(|state| state.items).sum();
        let policy: i64 = states.iter().map(|state| state.policy_items).sum();
        let left: i64 = states.iter().map(|state| state.pending).sum();
        bar.set_length(u64::try_from(items + left)?);
        bar.set_position(u64::try_from(items)?);
        bar.set_message(format!("{policy} about policy"));
        if left == 0 && states.iter().all(|state| state.status != PollStatus::Never) {
            break;
        }
    }
    bar.finish();
    subscribe(app, app.now()).await?;
    let sent = crate::jobs::briefing::send_due(app, app.now()).await;
    sent.context("the briefing could not be sent")?;
    say(&format!("The site: {}", app.base_url));
    say(&format!("The briefing for {SUBSCRIBER}: {}", outbox.display()));
    say("Stop with Ctrl-C.");
    Ok(())
}

/// One subscriber to everything, from the beginning of the log, unless an earlier run of the demo made it.
async fn subscribe(app: &App, now: DateTime<Utc>) -> anyhow::Result<()> {
    let store = app.index.store();
    if store.subscriptions().await?.iter().any(|known| known.email == SUBSCRIBER) {
        return Ok(());
    }
    let new = NewSubscription {
        email: SUBSCRIBER.to_owned(),
        query: Query::default(),
        rhythm: Rhythm::Now,
        zone: "UTC".to_owned(),
        hour: 7,
        mark: 0,
        last_run: None,
        confirmed: true,
        created: now,
    };
    store.subscribe(&new, None).await?;
    Ok(())
}
