//! `Error`: what a request can fail with, and the page that says so.
//!
//! Handlers of pages return this; the API turns the same three cases into problem documents (`api::Problem`).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// A request that cannot be answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such page.
    #[error("There is no such page.")]
    NotFound,
    /// The request makes no sense; the text says what would.
    #[error("{0}")]
    BadRequest(String),
    /// Our fault; logged, never shown.
    #[error("Something went wrong on our side.")]
    Internal(#[from] anyhow::Error),
}

impl Error {
    /// The HTTP status of it.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::BadRequest(_) => StatusCode::BAD_REQUEST,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Logs what readers must not see.
    pub fn log(&self) {
        if let Self::Internal(error) = self {
            tracing::error!(error = format!("{error:#}"), "request failed");
        }
    }
}

impl From<index::Error> for Error {
    fn from(error: index::Error) -> Self {
        match error {
            index::Error::Cursor => Self::BadRequest(error.to_string()),
            other => Self::Internal(other.into()),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        self.log();
        let status = self.status();
        (status, crate::site::error_page(status, &self.to_string())).into_response()
    }
}
