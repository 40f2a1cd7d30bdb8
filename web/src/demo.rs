//! The demo: the bundled newsroom on a loopback port, one subscriber, and what is shown on the terminal meanwhile.

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
use crate::cli::say;
use crate::clock::Clock;
use crate::config::Config;
use crate::newsroom;

/// The newsroom's last edition: the demo's clock starts here, so that it is the same demo in any year.
const EDITION: &str = "2026-11-24T07:00:00Z";

/// Who gets the demo's briefing.
const SUBSCRIBER: &str = "analyst@example.org";

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
    /// Starts it on a free loopback port.
    pub(crate) async fn start() -> anyhow::Result<Self> {
        let newsroom = newsroom::Newsroom::load()?;
        let listener =
            TcpListener::bind("127.0.0.1:0").await.context("no loopback port is free")?;
        let address = listener.local_addr()?;
        let base = Url::parse(&format!("http://{address}/"))?;
        let sources = newsroom.sources(&base);
        let router = newsroom.router(&base);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, sources })
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
