//! `Doors`: a server's connections, counted.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use axum::serve::Listener;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use super::lock;

/// How many connections are open, and how many were at most.
#[derive(Debug, Clone, Default)]
pub(super) struct Doors(Arc<Mutex<(usize, usize)>>);

impl Doors {
    /// Counts what comes in here.
    pub(super) fn at(&self, listener: TcpListener) -> Guarded {
        Guarded { listener, doors: self.clone() }
    }

    pub(super) fn most(&self) -> usize {
        lock(&self.0).1
    }
}

/// A listener whose connections are counted.
#[derive(Debug)]
pub(super) struct Guarded {
    listener: TcpListener,
    doors: Doors,
}

impl Listener for Guarded {
    type Io = Open;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Open, SocketAddr) {
        let (stream, from) = Listener::accept(&mut self.listener).await;
        let mut count = lock(&self.doors.0);
        count.0 += 1;
        count.1 = count.1.max(count.0);
        (Open { stream, doors: self.doors.clone() }, from)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// An open connection.
#[derive(Debug)]
pub(super) struct Open {
    stream: TcpStream,
    doors: Doors,
}

impl Drop for Open {
    fn drop(&mut self) {
        lock(&self.doors.0).0 -= 1;
    }
}

impl AsyncRead for Open {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Open {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
