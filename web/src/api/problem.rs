//! `Problem`: an error as a problem document (RFC 9457).

use axum::Json;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use index::QueryError;
use serde_json::{Value, json};

use crate::error::Error;

/// An error of the API.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    errors: Vec<QueryError>,
    /// In seconds.
    retry_after: Option<u64>,
}

impl Problem {
    /// A request that cannot be understood: names each parameter at fault.
    pub fn query(errors: Vec<QueryError>) -> Self {
        let detail = errors.iter().map(QueryError::to_string).collect::<Vec<_>>().join("; ");
        Self { status: StatusCode::BAD_REQUEST, detail, errors, retry_after: None }
    }

    /// A body that cannot be taken, being too large, say.
    pub fn body(rejection: &BytesRejection) -> Self {
        Self::refusal(rejection.status(), &rejection.body_text())
    }

    /// A request that is refused before it is read.
    pub(crate) fn refusal(status: StatusCode, detail: &str) -> Self {
        Self { status, detail: detail.to_owned(), errors: Vec::new(), retry_after: None }
    }

    /// One parameter that cannot be understood.
    pub fn parameter(parameter: &str, what: impl Into<String>) -> Self {
        let error = QueryError { parameter: parameter.to_owned(), what: what.into(), place: None };
        Self::query(vec![error])
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        error.log();
        Self {
            status: error.status(),
            detail: error.to_string(),
            errors: Vec::new(),
            retry_after: error.retry_after(),
        }
    }
}

impl From<index::Error> for Problem {
    fn from(error: index::Error) -> Self {
        if matches!(error, index::Error::Cursor) {
            return Self::parameter("cursor", error.to_string());
        }
        Error::from(error).into()
    }
}

impl Problem {
    /// The document.
    pub(crate) fn document(&self) -> Value {
        let errors: Vec<_> = self
            .errors
            .iter()
            .map(|error| {
                json!({"parameter": error.parameter, "detail": error.what, "character": error.place})
            })
            .collect();
        json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "errors": errors,
        })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.document())).into_response();
        let problem = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, problem);
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Whatever is not there.
pub(super) async fn not_found(below: Uri) -> Problem {
    Error::missing("address", &format!("/api{}", below.path())).into()
}
