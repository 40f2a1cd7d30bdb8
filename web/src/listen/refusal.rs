//! What the HTTP library refuses by itself, before any route is asked: addresses and heads that are too long. It answers
//! with a bare status; here that becomes a page, or a problem document for who speaks to the API.

use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use axum::http::StatusCode;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use crate::api::Problem;
use crate::bare::is_for_programs;
use crate::site::error_page;

/// So many bytes of a request tell whom it is for.
const OPENING: usize = 32;

/// A connection whose bare refusals are put into words.
#[derive(Debug)]
pub(super) struct Worded<S> {
    stream: S,
    /// How the request under way begins.
    opening: Vec<u8>,
    /// Whether the next bytes that come begin another request.
    is_answered: bool,
    /// What leaves in the place of a bare refusal, and how much of it has left.
    words: Vec<u8>,
    left: usize,
}

impl<S> Worded<S> {
    pub(super) fn new(stream: S) -> Self {
        Self { stream, opening: Vec::new(), is_answered: true, words: Vec::new(), left: 0 }
    }

    fn note_request(&mut self, bytes: &[u8]) {
        if self.is_answered && !bytes.is_empty() {
            self.opening = bytes[..bytes.len().min(OPENING)].to_vec();
            self.is_answered = false;
        }
    }

    fn is_for_programs(&self) -> bool {
        let opening = String::from_utf8_lossy(&self.opening);
        is_for_programs(opening.split(' ').nth(1).unwrap_or_default())
    }
}

/// The status of a refusal without a body.
fn bare_refusal(head: &[u8]) -> Option<StatusCode> {
    let status = [StatusCode::URI_TOO_LONG, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE]
        .into_iter()
        .find(|status| head.starts_with(format!("HTTP/1.1 {} ", status.as_str()).as_bytes()))?;
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    head.contains("\r\ncontent-length: 0\r\n").then_some(status)
}

/// The same refusal in words, as it goes over the wire.
fn in_words(status: StatusCode, is_for_programs: bool) -> Vec<u8> {
    let what = match status {
        StatusCode::URI_TOO_LONG => {
            "The address is too long: ask with fewer words and filters; 64 values of each filter are read, and 65,000 \
             characters of an address."
        }
        _ => "The request's headers are too large.",
    };
    let (kind, body) = if is_for_programs {
        ("application/problem+json", Problem::refusal(status, what).document().to_string())
    } else {
        ("text/html; charset=utf-8", error_page(status, what).0)
    };
    format!(
        "HTTP/1.1 {} {}\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nx-content-type-options: nosniff\r\n\
         content-security-policy: {}\r\nconnection: close\r\n\r\n{body}",
        status.as_str(),
        status.canonical_reason().unwrap_or_default(),
        body.len(),
        crate::router::CONTENT_SECURITY_POLICY,
    )
    .into_bytes()
}

impl<S: AsyncRead + Unpin> AsyncRead for Worded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        self.note_request(&buffer.filled()[before..]);
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Worded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        self.is_answered = true;
        if self.words.is_empty()
            && let Some(status) = bare_refusal(bytes)
        {
            self.words = in_words(status, self.is_for_programs());
        }
        if self.words.is_empty() {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        }
        // The bytes count as written once all that stands for them is.
        while self.left < self.words.len() {
            let Self { stream, words, left, .. } = &mut *self;
            *left += ready!(Pin::new(stream).poll_write(context, &words[*left..]))?;
        }
        (self.words, self.left) = (Vec::new(), 0);
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let first = slices.first().map_or(&[][..], |slice| slice);
        if !self.words.is_empty() || bare_refusal(first).is_some() {
            return self.poll_write(context, first);
        }
        self.is_answered = true;
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
