//! Addresses that take no query refuse every parameter but their own: one that is passed over in silence lets all be taken for
//! what was asked for.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use index::QueryError;
use url::form_urlencoded;

use super::Problem;
use super::items::no_such_parameter;

/// Answers only requests without parameters.
pub(super) async fn none(request: Request, next: Next) -> Response {
    match only(request.uri().query(), &[]) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

/// Sees that there are no parameters but these.
pub(super) fn only(raw: Option<&str>, own: &[&str]) -> Result<(), Problem> {
    let pairs = form_urlencoded::parse(raw.unwrap_or_default().as_bytes());
    let others = pairs.filter(|(name, _)| !name.is_empty() && !own.contains(&name.as_ref()));
    let errors: Vec<QueryError> =
        others.map(|(name, _)| no_such_parameter(&name, own.first().copied())).collect();
    if errors.is_empty() { Ok(()) } else { Err(Problem::query(errors)) }
}
