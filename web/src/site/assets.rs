//! What pages load, the style sheet and the script: served under names that change with their content, to be kept for
//! ever.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::error::Error;

const FOLDER: &str = "/static/";

/// A file, built in.
#[derive(Debug)]
pub(super) struct Asset {
    address: String,
    media_type: &'static str,
    content: &'static str,
}

/// How pages look.
pub(super) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("style", "css", "text/css", include_str!("../../static/style.css"))
});

/// Keys and suggestions, for those who have script.
pub(super) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    Asset::new("keys", "js", "text/javascript", include_str!("../../static/keys.js"))
});

impl Asset {
    fn new(name: &str, ending: &str, media_type: &'static str, content: &'static str) -> Self {
        let digest = Sha256::digest(content.as_bytes());
        let short: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { address: format!("{FOLDER}{name}-{short}.{ending}"), media_type, content }
    }

    /// Where it is.
    pub(super) fn address(&self) -> &str {
        &self.address
    }
}

/// `GET /static/{name}`.
pub(super) async fn show(Path(name): Path<String>) -> Result<Response, Error> {
    let address = format!("{FOLDER}{name}");
    let asset = [&STYLE, &SCRIPT].into_iter().find(|asset| asset.address == address);
    let asset = asset.ok_or(Error::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, format!("{}; charset=utf-8", asset.media_type)),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
    ];
    Ok((headers, asset.content).into_response())
}
