//! A client that does not ask, or not to the end, is shown out and holds up nobody.

use std::time::Duration;

use tests::World;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::listen::{self, Limits};

/// A site that listens, until told to stop.
struct Site {
    address: std::net::SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

impl Site {
    async fn start(world: &World, limits: Limits) -> anyhow::Result<Self> {
        let router = web::router::router(world.start().await?.app);
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel();
        let stopped = async {
            // Dropped without a word is a stop as well.
            let _ = stopped.await;
        };
        let ended = tokio::spawn(listen::serve(listener, router, limits, stopped));
        Ok(Self { address, stop, ended })
    }

    async fn connect(&self, sent: &str) -> anyhow::Result<TcpStream> {
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(sent.as_bytes()).await?;
        Ok(stream)
    }
}

/// All that comes until the other side closes.
async fn rest(mut stream: TcpStream) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

const WHOLE: &str = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

fn limits(head: Duration) -> Limits {
    Limits { head, connections: 1, farewell: Duration::from_secs(60) }
}

#[tokio::test]
async fn silence_is_closed_and_the_next_is_served() -> anyhow::Result<()> {
    let world = World::new().await?;
    let site = Site::start(&world, limits(Duration::from_millis(200))).await?;
    for half in ["", "GET / HTTP/1.1\r\nHost: a\r\n"] {
        let silent = site.connect(half).await?;
        // There is one place: this one is answered when the silent one has been shown out.
        let answer = rest(site.connect(WHOLE).await?).await?;
        assert!(answer.starts_with("HTTP/1.1 "), "{answer}");
        assert!(!rest(silent).await?.contains(" 200 "), "half a request has no answer");
    }
    // A connection that is kept open after an answer is bounded likewise.
    let kept = site.connect("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await?;
    assert!(rest(kept).await?.starts_with("HTTP/1.1 "));
    Ok(())
}

#[tokio::test]
async fn a_stop_answers_what_is_under_way() -> anyhow::Result<()> {
    let world = World::new().await?;
    let site = Site::start(&world, limits(Duration::from_secs(60))).await?;
    // The head is there, the body is not yet: the request is under way.
    let head = "POST /api/v1/classify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n\
                Expect: 100-continue\r\nContent-Length: 40\r\n\r\n";
    let mut asking = site.connect(head).await?;
    let mut told = [0; 12];
    asking.read_exact(&mut told).await?;
    assert_eq!(&told, b"HTTP/1.1 100");
    assert!(site.stop.send(()).is_ok());
    asking.write_all(b"{\"title\":\"China adopts law\",\"text\":\"x\"}  ").await?;
    assert!(rest(asking).await?.contains("HTTP/1.1 200"), "the answer comes all the same");
    site.ended.await?;
    Ok(())
}

/// An address that is too long for the HTTP library is refused in words all the same.
#[tokio::test]
async fn an_address_that_is_too_long_is_refused_in_words() -> anyhow::Result<()> {
    let world = World::new().await?;
    let site = Site::start(&world, limits(Duration::from_secs(20))).await?;
    let long = "x".repeat(66_000);
    for (path, kind) in [("/search", "text/html"), ("/api/v1/items", "application/problem+json")] {
        // It need not be the first request of its connection.
        let mut stream = site.connect("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").await?;
        let read = stream.read(&mut [0; 4096]).await?;
        assert!(read > 0, "{path}: no answer to the first");
        let asked = format!("GET {path}?q={long} HTTP/1.1\r\nHost: a\r\n\r\n");
        stream.write_all(asked.as_bytes()).await?;
        let answer = rest(stream).await?;
        let (_, refusal) = answer.split_once("HTTP/1.1 414 ").unwrap_or_default();
        let (head, body) = refusal.split_once("\r\n\r\n").unwrap_or_default();
        assert!(head.contains(&format!("content-type: {kind}")), "{path}: {answer}");
        assert!(head.contains(&format!("content-length: {}", body.len())), "{path}: {answer}");
        assert!(body.contains("The address is too long"), "{path}: {answer}");
    }
    Ok(())
}
