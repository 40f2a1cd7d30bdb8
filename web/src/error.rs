//! `Error`: what a request can fail with, and the page that says so.
//!
//! Handlers of pages return this; the API turns the same three cases into problem documents (`api::Problem`).

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::plain::clean;

/// How soon a lost index may be back: it is missed within two seconds.
const RETRY_AFTER: u64 = 5;
/// How soon it is worth a try where it is known to be made.
const RETRY_WHILE_MADE: u64 = 10;

/// A request that cannot be answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such page.
    #[error("There is no such page.")]
    NotFound,
    /// There is no such thing: what kind of thing, and what was asked for.
    #[error("There is no {0} `{1}`.")]
    Missing(&'static str, String),
    /// The request makes no sense; the text says what would.
    #[error("{0}")]
    BadRequest(String),
    /// Not now; logged.
    #[error("The search is being mended. Please try again in a few seconds.")]
    Mending(String),
    /// Not before the full-text index is whole: up to which number of the change log it holds everything, of which.
    #[error(
        "The search index is being made again: {0} of {1} changes are in it, and nothing can be looked up before all are. \
         Nothing is lost; please try again in a while."
    )]
    Unfinished(i64, i64),
    /// Our fault; logged, never shown.
    #[error("Something went wrong on our side.")]
    Internal(#[from] anyhow::Error),
}

/// How many characters of what was asked for are repeated.
const SHOWN: usize = 80;

impl Error {
    /// That there is no such thing, of which it names the kind.
    pub fn missing(kind: &'static str, asked: &str) -> Self {
        Self::Missing(kind, clean(asked, SHOWN))
    }

    /// The HTTP status of it.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::Missing(..) => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Mending(_) | Self::Unfinished(..) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// After how many seconds another try makes sense, where it does.
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Mending(_) => Some(RETRY_AFTER),
            Self::Unfinished(..) => Some(RETRY_WHILE_MADE),
            _ => None,
        }
    }

    /// Logs what readers must not see.
    pub fn log(&self) {
        match self {
            Self::Internal(error) => {
                tracing::error!(error = format!("{error:#}"), "request failed");
            }
            Self::Mending(error) => tracing::warn!(error, "request failed"),
            Self::NotFound | Self::Missing(..) | Self::BadRequest(_) | Self::Unfinished(..) => {}
        }
    }
}

impl From<index::Error> for Error {
    fn from(error: index::Error) -> Self {
        match error {
            index::Error::Cursor => Self::BadRequest(error.to_string()),
            index::Error::Damaged(what) => Self::Mending(what),
            index::Error::Unfinished { done, of } => Self::Unfinished(done, of),
            other => Self::Internal(other.into()),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        let status = self.status();
        let page = crate::site::error_page(status, &self.to_string());
        let wait = self.retry_after().map(|seconds| [(header::RETRY_AFTER, seconds.to_string())]);
        match wait {
            Some(wait) => (status, wait, page).into_response(),
            None => (status, page).into_response(),
        }
    }
}
