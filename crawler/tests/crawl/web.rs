//! A web server of a few lines on a loopback port: it answers by path, keeps what it was asked, and misbehaves on demand.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use crawler::{Crawler, Settings};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// What is answered at a path.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// Status, headers and body.
    Full(u16, String, Vec<u8>),
    /// A head, then the same piece again and again, until the other side has had enough.
    Endless(Vec<u8>),
    /// A head that promises a body, and then nothing.
    Silence,
    /// The same, and then the end of the connection.
    BrokenOff,
}

impl Reply {
    /// 200 with a content type.
    pub(crate) fn ok(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Full(200, format!("Content-Type: {content_type}\r\n"), body.into())
    }

    /// A redirect.
    pub(crate) fn to(location: &str) -> Self {
        Self::Full(302, format!("Location: {location}\r\n"), Vec::new())
    }

    /// A status and nothing else.
    pub(crate) fn status(status: u16) -> Self {
        Self::Full(status, String::new(), Vec::new())
    }
}

/// One request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    /// The whole head in lower case.
    pub(crate) head: String,
    pub(crate) at: Instant,
}

#[derive(Debug, Default)]
struct Shared {
    replies: Mutex<HashMap<String, Reply>>,
    log: Mutex<Vec<Asked>>,
    /// How many requests are being answered, and how many were at most.
    open: Mutex<(usize, usize)>,
}

/// The server; it ends with the test.
#[derive(Debug, Clone)]
pub(crate) struct Web {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Web {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let web = Self { address: listener.local_addr().unwrap(), shared: Arc::default() };
        let serving = web.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serving.clone().answer(stream));
            }
        });
        web
    }

    pub(crate) fn put(&self, path: &str, reply: Reply) -> &Self {
        lock(&self.shared.replies).insert(path.to_owned(), reply);
        self
    }

    pub(crate) fn url(&self, path: &str) -> Url {
        Url::parse(&format!("http://{}{path}", self.address)).unwrap()
    }

    /// All requests so far.
    pub(crate) fn log(&self) -> Vec<Asked> {
        lock(&self.shared.log).clone()
    }

    /// How often a path was asked for.
    pub(crate) fn count(&self, path: &str) -> usize {
        self.log().iter().filter(|asked| asked.path == path).count()
    }

    /// How many requests were being answered at once, at most.
    pub(crate) fn most_at_once(&self) -> usize {
        lock(&self.shared.open).1
    }

    async fn answer(self, mut stream: TcpStream) {
        let Some(head) = head(&mut stream).await else { return };
        let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
        let asked = Asked { path: path.clone(), head: head.to_lowercase(), at: Instant::now() };
        lock(&self.shared.log).push(asked);
        {
            let mut open = lock(&self.shared.open);
            open.0 += 1;
            open.1 = open.1.max(open.0);
        }
        // Whoever asks at the same time gets to be counted.
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        let reply =
            lock(&self.shared.replies).get(&path).cloned().unwrap_or_else(|| Reply::status(404));
        // The other side may ask again as soon as it has all of it.
        lock(&self.shared.open).0 -= 1;
        // Whoever hangs up early is right to do so.
        let _ = write(&mut stream, reply, &head.to_lowercase()).await;
    }
}

async fn head(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n\r\n") {
        bytes.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(bytes).ok()
}

async fn write(stream: &mut TcpStream, reply: Reply, head: &str) -> std::io::Result<()> {
    match reply {
        Reply::Full(status, headers, body) => {
            let etag = headers.lines().find_map(|line| line.strip_prefix("ETag: "));
            let known = etag.is_some_and(|etag| {
                head.contains(&format!("if-none-match: {}", etag.to_lowercase()))
            });
            let (status, body) = if known { (304, Vec::new()) } else { (status, body) };
            let length = if status == 304 {
                String::new()
            } else {
                format!("Content-Length: {}\r\n", body.len())
            };
            let start =
                format!("HTTP/1.1 {status} X\r\n{headers}{length}Connection: close\r\n\r\n");
            stream.write_all(start.as_bytes()).await?;
            stream.write_all(&body).await
        }
        Reply::Endless(piece) => {
            stream
                .write_all(
                    b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n",
                )
                .await?;
            loop {
                stream.write_all(&piece).await?;
            }
        }
        Reply::BrokenOff => {
            let head = b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n";
            stream.write_all(head).await?;
            stream.write_all(b"<p>The first").await
        }
        Reply::Silence => {
            stream
                .write_all(
                    b"HTTP/1.1 200 X\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n",
                )
                .await?;
            // Until the other side hangs up.
            stream.read_u8().await.map(|_| ())
        }
    }
}

/// Settings that may read this web only, and do not wait.
pub(crate) fn settings(web: &Web) -> Settings {
    Settings {
        user_agent: "Lexwatch/0.1".to_owned(),
        contact: "ops@example.org".to_owned(),
        concurrency: 4,
        host_delay: Duration::ZERO,
        timeout: Duration::from_secs(20),
        max_body: 1_000_000,
        allow_addresses: vec![web.address],
        allow_private_addresses: false,
        pdf: None,
    }
}

/// A crawler that may read this web only.
pub(crate) fn crawler(web: &Web) -> Crawler {
    Crawler::new(settings(web)).unwrap()
}

/// Some fixed moment.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-20T12:00:00Z".parse().unwrap()
}
