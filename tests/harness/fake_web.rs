//! `FakeWeb`: a small web on loopback that honours `ETag`s, counts what is asked of it, and fails on demand.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::convert::Infallible;
use std::hash::{Hash as _, Hasher as _};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use futures::stream;
use tokio::net::TcpListener;
use tokio::sync::Notify;

mod doors;

use doors::Doors;

/// What the web answers at a path.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A body with its content type; `ETag` and 304 come by themselves.
    Body(String, Vec<u8>),
    /// A status and nothing else.
    Status(u16),
    /// A status, one header and a body.
    With(u16, (&'static str, &'static str), Vec<u8>),
    /// A redirect to an address or path, for now.
    Redirect(String),
    /// A redirect for good.
    Moved(String),
    /// A body that never ends.
    Endless,
    /// A head, and then nothing more.
    Silence,
}

/// A web server on a loopback port of its own. Cheap to clone; ends with the test.
#[derive(Debug, Clone)]
pub struct FakeWeb {
    address: SocketAddr,
    shared: Arc<Shared>,
}

/// One request, as the server's log has it.
#[derive(Debug, Clone)]
pub struct Visit {
    /// What was asked for.
    pub path: String,
    /// When it came.
    pub begun: Instant,
    /// When the answer began to leave; `None` while it is being made.
    pub answered: Option<Instant>,
}

#[derive(Debug, Default)]
struct Shared {
    replies: Mutex<HashMap<String, Reply>>,
    log: Mutex<Vec<Visit>>,
    doors: Doors,
    asked: Notify,
}

impl FakeWeb {
    /// Starts it; everything is a 404 at first.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::<Shared>::default();
        let listener = shared.doors.at(listener);
        let router = Router::new().fallback(answer).with_state(shared.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { address, shared })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of a path that starts with `/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Answers a path with this from now on.
    pub fn put(&self, path: &str, reply: Reply) -> &Self {
        lock(&self.shared.replies).insert(path.to_owned(), reply);
        self
    }

    /// Answers a path with HTML in UTF-8.
    pub fn html(&self, path: &str, body: impl Into<String>) -> &Self {
        self.put(path, Reply::Body("text/html; charset=utf-8".to_owned(), body.into().into_bytes()))
    }

    /// Answers a path with RSS.
    pub fn rss(&self, path: &str, body: impl Into<String>) -> &Self {
        self.put(path, Reply::Body("application/rss+xml".to_owned(), body.into().into_bytes()))
    }

    /// How often a path was asked for.
    pub fn hits(&self, path: &str) -> usize {
        lock(&self.shared.log).iter().filter(|asked| asked.path == path).count()
    }

    /// Everything that was asked for, in order.
    pub fn log(&self) -> Vec<String> {
        lock(&self.shared.log).iter().map(|visit| visit.path.clone()).collect()
    }

    /// The same with its times.
    pub fn visits(&self) -> Vec<Visit> {
        lock(&self.shared.log).clone()
    }

    /// How many connections were open at once, at most.
    pub fn most_connections(&self) -> usize {
        self.shared.doors.most()
    }

    /// Waits until so many requests have come in all.
    pub async fn asked(&self, number: usize) {
        loop {
            let more = self.shared.asked.notified();
            if lock(&self.shared.log).len() >= number {
                return;
            }
            more.await;
        }
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let number = {
        let mut log = lock(&shared.log);
        log.push(Visit { path: path.clone(), begun: Instant::now(), answered: None });
        log.len() - 1
    };
    shared.asked.notify_waiters();
    // Whoever asks at the same time gets to be seen.
    for _ in 0..20 {
        tokio::task::yield_now().await;
    }
    let reply = lock(&shared.replies).get(&path).cloned();
    let response = respond(reply, &request);
    lock(&shared.log)[number].answered = Some(Instant::now());
    response
}

fn respond(reply: Option<Reply>, request: &Request) -> Response {
    match reply {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Reply::Status(status)) => {
            StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT).into_response()
        }
        Some(Reply::With(status, header, body)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::IM_A_TEAPOT);
            (status, [header], body).into_response()
        }
        Some(Reply::Redirect(to)) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Some(Reply::Moved(to)) => {
            (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        Some(Reply::Body(content_type, body)) => conditional(request.headers(), content_type, body),
        Some(Reply::Endless) => {
            let chunk = Bytes::from_static(&[b'x'; 1 << 16]);
            let chunks = stream::repeat_with(move || Ok::<_, Infallible>(chunk.clone()));
            ([(header::CONTENT_TYPE, "text/html")], Body::from_stream(chunks)).into_response()
        }
        Some(Reply::Silence) => {
            let nothing = stream::pending::<Result<Bytes, Infallible>>();
            ([(header::CONTENT_TYPE, "text/html")], Body::from_stream(nothing)).into_response()
        }
    }
}

fn conditional(asked: &HeaderMap, content_type: String, body: Vec<u8>) -> Response {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    let known =
        asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    if known {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::CONTENT_TYPE, content_type), (header::ETAG, tag)], body).into_response()
}

/// A test that failed elsewhere is no reason to fail here as well.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
