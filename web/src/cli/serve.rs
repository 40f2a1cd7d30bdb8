//! `serve` and `demo`: the site, the API and the jobs, until a signal.

use std::net::SocketAddr;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Outcome, Place, answer, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::demo;
use crate::folder;
use crate::jobs::schedule;
use crate::listen::{self, Limits};
use crate::router::router;

/// `lexwatch serve`.
pub(super) async fn serve(place: &Place, listen: Option<SocketAddr>) -> anyhow::Result<Outcome> {
    let mut config = Config::load(place.config.as_deref())?;
    config.listen = listen.unwrap_or(config.listen);
    let data = place.data_folder();
    folder::make(data)?;
    let claim = folder::claim_serving(data)?;
    let listener = bind(&mut config).await?;
    if config.catalog.is_empty() {
        say("lexwatch: the catalogue has no source: nothing is read until it has a `[[source]]`");
    }
    if config.crawler.contact.is_empty() {
        say("lexwatch: crawler.contact is empty: set it, so that site owners can reach you");
    }
    let app = App::open_to_serve(config, data, Clock::default()).await?;
    app.follow_catalog().await?;
    announce(&app, &claim)?;
    run(app, listener, stop_signal()).await?;
    Ok(Outcome::Done)
}

/// `lexwatch demo`.
pub(super) async fn demo(place: &Place, listen: Option<SocketAddr>) -> anyhow::Result<Outcome> {
    let temporary = match place.data {
        Some(_) => None,
        None => Some(tempfile::tempdir().context("no temporary folder can be made")?),
    };
    let data = match &temporary {
        Some(folder) => folder.path(),
        None => place.data_folder(),
    };
    folder::make(data)?;
    let claim = folder::claim_serving(data)?;
    let newsroom = demo::Newsroom::start(data).await?;
    let mut config = newsroom.config()?;
    config.listen = listen.unwrap_or(config.listen);
    let listener = bind(&mut config).await?;
    let app = App::open_to_serve(config, data, demo::clock()).await?;
    newsroom.check_alone(&app, data).await?;
    app.follow_catalog().await?;
    announce(&app, &claim)?;
    say(&format!("The demo's data folder is {}", data.display()));
    let stop = stop_signal();
    let showing = tokio::spawn(demo::show(app.clone(), data.join("outbox")));
    run(app, listener, stop).await?;
    showing.abort();
    Ok(Outcome::Done)
}

/// Listens, and lets the address of the site follow.
async fn bind(config: &mut Config) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!("{} cannot be listened on; give another by --listen", config.listen)
    })?;
    config.listen = listener.local_addr()?;
    Ok(listener)
}

fn announce(app: &App, claim: &folder::Claim) -> anyhow::Result<()> {
    claim.serve_at(&app.base_url).context("the site's address cannot be written down")?;
    answer(&serde_json::json!({ "listening": app.base_url }))
}

/// Serves and works until told to stop; requests under way are answered, jobs stop where they stand.
async fn run(app: App, listener: TcpListener, stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    let jobs = tokio::spawn(schedule::run(app.clone(), stop.clone()));
    let mut stopped = stop;
    let stopped = async move {
        // An error means that nobody can ask for a stop any more, which is a reason to stop as well.
        let _ = stopped.wait_for(|stop| *stop).await;
    };
    listen::serve(listener, router(app), Limits::default(), stopped).await;
    jobs.await.context("a job stopped")?;
    Ok(())
}

/// Becomes true at the first interrupt or termination signal.
fn stop_signal() -> watch::Receiver<bool> {
    let (sender, receiver) = watch::channel(false);
    tokio::spawn(async move {
        if let Err(error) = signalled().await {
            tracing::error!(%error, "signals cannot be received");
            std::future::pending::<()>().await;
        }
        // Nobody listening any more means that all have stopped already.
        let _ = sender.send(true);
    });
    receiver
}

#[cfg(unix)]
async fn signalled() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn signalled() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
