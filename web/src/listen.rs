//! The HTTP server: accepts connections and bounds how many there are and how long each may take to ask.

mod refusal;

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::{Service, ServiceExt as _};

use refusal::Worded;

use crate::forwarded::Peer;

/// After an error of the system, such as no free file handles, accepting waits so long.
const RECOVER: Duration = Duration::from_secs(1);

/// What connections may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// How long a connection may stay without a whole request head, at its beginning and between requests.
    pub head: Duration,
    /// How many connections are open at once; further ones wait to be accepted.
    pub connections: usize,
    /// How long requests under way may take after the signal to stop.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(15), connections: 512, farewell: Duration::from_secs(30) }
    }
}

/// Serves until `stop` is done, then answers the requests under way and returns.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let free = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &free) => accepted,
            () = &mut stop => break,
        };
        if let Some((stream, peer, place)) = accepted {
            let (router, watcher) = (router.clone(), graceful.watcher());
            let connection = serve_one((stream, peer), router, limits.head, watcher);
            tokio::spawn(async move {
                connection.await;
                drop(place);
            });
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.farewell, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests under way were cut off");
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    free: &Arc<Semaphore>,
) -> Option<(TcpStream, IpAddr, OwnedSemaphorePermit)> {
    let place = free.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer.ip(), place)),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(RECOVER).await;
            None
        }
    }
}

async fn serve_one(
    (stream, peer): (TcpStream, IpAddr),
    router: Router,
    head: Duration,
    stop: Watcher,
) {
    let service = TowerToHyperService::new(into_service(router, peer));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(head)
        .serve_connection(TokioIo::new(Worded::new(stream)), service);
    // What goes wrong on a connection is between hyper and a client that has been told, or has gone.
    if let Err(error) = stop.watch(connection).await {
        tracing::debug!(%error, "a connection ended");
    }
}

/// The router for requests as hyper hands them over, which come from `peer`.
fn into_service(
    router: Router,
    peer: IpAddr,
) -> impl Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send> + Clone
{
    router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        request.map(axum::body::Body::new)
    })
}
