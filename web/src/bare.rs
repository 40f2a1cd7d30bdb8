//! What the libraries refuse by themselves (a method that an address does not know, an address that is no text, a body
//! that is too large, what takes too long) is a bare status; here it becomes a page, or a problem document for programs.

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::api::Problem;
use crate::site::error_page;

/// Whether what is wrong at a path is told to a program, by a problem document.
pub(crate) fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/feed.") || path == "/healthz"
}

/// Puts a bare refusal into words; every other answer passes as it is.
pub(crate) async fn in_words(request: Request, next: Next) -> Response {
    let is_for_programs = is_for_programs(request.uri().path());
    let method = request.method().clone();
    let response = next.run(request).await;
    let status = response.status();
    let is_refusal = status.is_client_error() || status.is_server_error();
    if !is_refusal || is_worded(response.headers().get(header::CONTENT_TYPE)) {
        return response;
    }
    let what = words(status, &method);
    let told = if is_for_programs {
        let more = if status == StatusCode::METHOD_NOT_ALLOWED {
            " `Allow` lists those that it knows."
        } else {
            ""
        };
        Problem::refusal(status, &format!("{what}{more}")).into_response()
    } else {
        (status, error_page(status, &what)).into_response()
    };
    let (mut parts, _) = response.into_parts();
    let (new, body) = told.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(new.headers);
    Response::from_parts(parts, body)
}

/// Whether an answer is more than a status, or a library's line about it.
fn is_worded(content_type: Option<&HeaderValue>) -> bool {
    content_type.is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"))
}

fn words(status: StatusCode, method: &Method) -> String {
    match status {
        StatusCode::METHOD_NOT_ALLOWED => {
            format!("This address does not know the method {method}.")
        }
        StatusCode::BAD_REQUEST => "The address, or what was sent to it, is no text.".to_owned(),
        StatusCode::PAYLOAD_TOO_LARGE => "What was sent is too large.".to_owned(),
        StatusCode::SERVICE_UNAVAILABLE => {
            "The answer took too long. Please try again in a few seconds.".to_owned()
        }
        other => format!("{}.", other.canonical_reason().unwrap_or("That did not work")),
    }
}
