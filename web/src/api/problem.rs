//! `Problem`: an error as a problem document (RFC 9457).

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use index::QueryError;
use serde_json::json;

use crate::error::Error;

/// An error of the API.
#[derive(Debug)]
pub struct Problem {
    status: StatusCode,
    detail: String,
    errors: Vec<QueryError>,
}

impl Problem {
    /// A request that cannot be understood: names each parameter at fault.
    pub fn query(errors: Vec<QueryError>) -> Self {
        let detail = errors.iter().map(QueryError::to_string).collect::<Vec<_>>().join("; ");
        Self { status: StatusCode::BAD_REQUEST, detail, errors }
    }

    /// One parameter that cannot be understood.
    pub fn parameter(parameter: &str, what: impl Into<String>) -> Self {
        Self::from(Error::BadRequest(format!("{parameter}: {}", what.into())))
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        error.log();
        Self { status: error.status(), detail: error.to_string(), errors: Vec::new() }
    }
}

impl From<index::Error> for Problem {
    fn from(error: index::Error) -> Self {
        Error::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let errors: Vec<_> = self
            .errors
            .iter()
            .map(|error| json!({"parameter": error.parameter, "detail": error.what}))
            .collect();
        let body = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Error"),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "errors": errors,
        });
        let mut response = (self.status, Json(body)).into_response();
        let problem = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, problem);
        response
    }
}

/// Whatever is not there.
pub(super) async fn not_found() -> Problem {
    Error::NotFound.into()
}
