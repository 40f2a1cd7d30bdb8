//! What newsletters and other programs add to a link to count who comes by it (`utm_source` and its like) says nothing
//! of what is wanted. Pages and feeds, whose links people pass on, pass it over, and so does what is kept of a page for
//! other readers. The API is strict: there every parameter is somebody's intent.

use axum::extract::Request;
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::Response;

/// How the names of such parameters begin.
const PREFIX: &str = "utm_";

/// Takes such parameters off the address.
pub(crate) async fn without_campaign(mut request: Request, next: Next) -> Response {
    if let Some(uri) = cleaned(request.uri()) {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

/// The address without them; `None` where it has none.
fn cleaned(uri: &Uri) -> Option<Uri> {
    let query = uri.query().filter(|query| query.contains(PREFIX))?;
    let kept: Vec<_> = query.split('&').filter(|part| !part.starts_with(PREFIX)).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{}{mark}{}", uri.path(), kept.join("&")).parse().ok()
}
