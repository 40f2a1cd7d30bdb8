//! `Site`: a Lexwatch behind a socket, for what depends on who is at the other end.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use web::listen::{self, Limits};

use crate::{Lexwatch, World};

/// A Lexwatch that listens on loopback.
#[derive(Debug)]
pub struct Site {
    /// Its parts, and a way in without the socket.
    pub lexwatch: Lexwatch,
    address: SocketAddr,
}

impl Site {
    /// Opens one in a world, and reads what there is.
    pub async fn start(world: &World) -> anyhow::Result<Self> {
        let lexwatch = world.start().await?;
        lexwatch.ingest().await?;
        let router = web::router::router(lexwatch.app.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(listen::serve(listener, router, Limits::default(), std::future::pending()));
        Ok(Self { lexwatch, address })
    }

    /// The whole answer, with its head, to a request of this first line and these headers.
    pub async fn ask(&self, line: &str, headers: &str) -> anyhow::Result<String> {
        self.exchange(line, headers, "").await
    }

    /// The same for a form that is sent.
    pub async fn send(
        &self,
        path: &str,
        headers: &str,
        form: &[(&str, &str)],
    ) -> anyhow::Result<String> {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let kind = "Content-Type: application/x-www-form-urlencoded";
        let headers = format!("{headers}{kind}\r\nContent-Length: {}\r\n", body.len());
        self.exchange(&format!("POST {path}"), &headers, &body).await
    }

    async fn exchange(&self, line: &str, headers: &str, body: &str) -> anyhow::Result<String> {
        let mut stream = TcpStream::connect(self.address).await?;
        let request =
            format!("{line} HTTP/1.1\r\nHost: inner\r\nConnection: close\r\n{headers}\r\n{body}");
        stream.write_all(request.as_bytes()).await?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
