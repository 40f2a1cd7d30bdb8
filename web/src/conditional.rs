//! Conditional requests (RFC 9110, section 13): whoever has a page or feed already is told so instead of getting it again.

use axum::body::{Body, Bytes, HttpBody as _, to_bytes};
use axum::extract::Request;
use axum::http::response::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use crate::error::Error;

/// Gives good answers an `ETag`, and answers 304 where the reader has the same. What is streamed passes as it is, and so
/// does what says itself how it may be kept.
pub async fn conditional(mut request: Request, next: Next) -> Response {
    // A HEAD is answered as a GET, for the same headers; the router leaves out the body afterwards.
    if *request.method() == Method::HEAD {
        *request.method_mut() = Method::GET;
    }
    let asks = *request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    // A body whose size is known lies in memory already.
    let is_whole = response.body().size_hint().exact().is_some();
    let is_kept = response.headers().contains_key(header::CACHE_CONTROL);
    if !asks || !is_whole || is_kept || response.status() != StatusCode::OK {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = match to_bytes(body, usize::MAX).await {
        Ok(bytes) => bytes,
        Err(error) => return Error::Internal(error.into()).into_response(),
    };
    let tag = tag(&bytes);
    answer(parts, bytes, &tag, known.as_ref())
}

/// A good answer with its tag; 304 to a reader who knows that.
pub fn answer(mut parts: Parts, body: Bytes, tag: &str, known: Option<&HeaderValue>) -> Response {
    if let Ok(tag) = HeaderValue::from_str(tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if known.is_some_and(|known| names(known, tag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(body))
}

/// Weak, since the bytes that go out may be compressed.
pub fn tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    let short: String = digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    format!("W/\"{short}\"")
}

/// Whether a list of tags names this one; the comparison is weak.
fn names(list: &HeaderValue, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    list.to_str().is_ok_and(|list| {
        list.trim() == "*" || list.split(',').any(|known| opaque(known) == opaque(tag))
    })
}
