//! The style sheet, served under a name that changes with its content, to be kept for ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::error::Error;

const STYLE: &str = include_str!("../../static/style.css");

static NAME: LazyLock<String> = LazyLock::new(|| {
    let digest = Sha256::digest(STYLE.as_bytes());
    let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("style-{short}.css")
});

static ADDRESS: LazyLock<String> = LazyLock::new(|| format!("/static/{}", *NAME));

/// Where the style sheet is.
pub(super) fn address() -> &'static str {
    &ADDRESS
}

/// `GET /static/{name}`.
pub(super) async fn show(Path(name): Path<String>) -> Result<Response, Error> {
    if name != *NAME {
        return Err(Error::NotFound);
    }
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, STYLE).into_response())
}
