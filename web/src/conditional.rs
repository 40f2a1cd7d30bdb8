//! Conditional requests (RFC 9110, section 13): whoever has a page or feed already is told so instead of getting it again.

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

/// The largest body that is held to be compared; pages and feeds are far below.
const MAX_BODY: usize = 4 << 20;

/// Gives good answers an `ETag`, and answers 304 where the reader has the same. Downloads are streamed and pass as
/// they are, and so does what says itself how it may be kept.
pub async fn conditional(request: Request, next: Next) -> Response {
    // The answer to a HEAD has lost its body by now.
    let asks = *request.method() == Method::GET;
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !asks || response.status() != StatusCode::OK || is_special(response.headers()) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let tag = tag(&bytes);
    let same = known.is_some_and(|known| names(&known, &tag));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if same {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn is_special(headers: &HeaderMap) -> bool {
    [header::CACHE_CONTROL, header::CONTENT_DISPOSITION]
        .iter()
        .any(|name| headers.contains_key(name))
}

/// Weak, since the bytes that go out may be compressed.
fn tag(body: &[u8]) -> String {
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
