//! Every route on one screen.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::bare::in_words;
use crate::campaign::without_campaign;
use crate::conditional::conditional;
use crate::forwarded::forwarded;
use crate::shared::shared;
use crate::{api, site};

/// What pages may load: nothing from anywhere else, and no script but the one file.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
    img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The largest request body: forms are small, `classify` takes one text.
pub(crate) const MAX_REQUEST: usize = 1 << 20;

/// The whole site and API.
pub fn router(app: App) -> Router {
    let same_for_all = Router::new()
        .merge(site::shared_router())
        .merge(api::feeds_router())
        .route_layer(from_fn_with_state(app.clone(), shared));
    Router::new()
        .merge(same_for_all)
        .merge(site::router())
        .layer(forms_of_ours(&app))
        .layer(from_fn(without_campaign))
        .nest("/api", api::router())
        .route("/healthz", get(api::health))
        .fallback(site::not_found)
        .layer(from_fn_with_state(app.clone(), forwarded))
        .with_state(app)
        .layer(from_fn(conditional))
        .layer(CatchPanicLayer::custom(site::panicked))
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            Duration::from_secs(30),
        ))
        .layer(from_fn(in_words))
        .layer(DefaultBodyLimit::max(MAX_REQUEST))
        .layer(header_layer(header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY))
        .layer(header_layer(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header_layer(header::REFERRER_POLICY, "same-origin"))
}

/// Lets other sites' pages send none of our forms: a browser says whose page sent it (`Sec-Fetch-Site`, or else
/// `Origin`). Who says neither is no browser, a mail server that unsubscribes with one click, say.
fn forms_of_ours(app: &App) -> CsrfLayer<fn(ProtectionError) -> Response> {
    let layer = CsrfLayer::new();
    let origin = app.config.base_url.as_ref().map(|url| url.origin().ascii_serialization());
    // Where a proxy gives another host than it was asked for, the address of the settings is meant.
    let trusting = origin.and_then(|origin| layer.clone().add_trusted_origin(origin).ok());
    let refusal: fn(ProtectionError) -> Response = |_| site::foreign_form();
    trusting.unwrap_or(layer).with_rejection_response(refusal)
}

fn header_layer(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
