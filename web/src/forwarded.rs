//! Under which address the site is known to who asks: behind a reverse proxy it is another than the one it listens on.
//! What `X-Forwarded-Proto` and `X-Forwarded-Host` say is believed of the proxies that the settings name, and of nobody
//! else: whoever asks could write it. Readers' addresses are not read at all.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use ipnet::IpNet;
use url::{Position, Url};

use crate::app::App;

const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

/// Who is at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The address at which a reader reaches the site, without a slash at its end.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Origin(Arc<str>);

impl Origin {
    /// An address of the site; `path` starts with `/`.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Whether readers reach it by HTTPS.
    pub(crate) fn is_secure(&self) -> bool {
        self.0.starts_with("https:")
    }

    fn of(url: &Url) -> Self {
        Self(url.as_str().trim_end_matches('/').into())
    }
}

impl FromRequestParts<App> for Origin {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let told = parts.extensions.get::<Self>().cloned();
        Ok(told.unwrap_or_else(|| Self::of(&app.base_url)))
    }
}

/// Takes over what a trusted proxy says of the address that its reader asked.
pub(crate) async fn forwarded(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.to_canonical());
    let is_trusted = peer.is_some_and(|peer| {
        app.config.trusted_proxies.iter().any(|proxies| proxies.contains(&peer))
    });
    if is_trusted && let Some(url) = asked(request.headers()) {
        let host = HeaderValue::from_str(&url[Position::BeforeHost..Position::AfterPort]);
        if let Ok(host) = host {
            request.headers_mut().insert(header::HOST, host);
        }
        // An address in the settings is meant for all.
        if app.config.base_url.is_none() {
            request.extensions_mut().insert(Origin::of(&url));
        }
    }
    next.run(request).await
}

/// What the proxy was asked. Of several values the last is its own, the others may be anybody's.
fn asked(headers: &HeaderMap) -> Option<Url> {
    let last = |name: &HeaderName| {
        let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
        value.rsplit(',').next().map(str::trim).filter(|value| !value.is_empty())
    };
    let proto = last(&PROTO).unwrap_or("http");
    let host = last(&HOST).or_else(|| headers.get(header::HOST)?.to_str().ok())?;
    let is_host =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    let is_sound = matches!(proto, "http" | "https") && host.chars().all(is_host);
    Url::parse(&format!("{proto}://{host}/")).ok().filter(|_| is_sound)
}

/// Reads an address of a proxy, or a range of them (`10.0.0.0/8`).
pub(crate) fn proxies(text: &str) -> Result<IpNet, String> {
    let single = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse::<IpNet>().or_else(|_| single()).map_err(|_| {
        format!(
            "`{text}` is no address, or range of addresses, of a proxy (`127.0.0.1`, `10.0.0.0/8`)"
        )
    })
}
