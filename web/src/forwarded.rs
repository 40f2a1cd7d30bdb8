//! Under which address the site is known to who asks: behind a reverse proxy it is another than the one it listens on.
//! What `Forwarded` (RFC 7239), or `X-Forwarded-Proto` and `X-Forwarded-Host`, say is believed of the proxies that the
//! settings name, and of nobody else: whoever asks could write it. Readers' addresses are not read at all.

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

/// What the proxy was asked. It writes one kind of header and lets the other pass as it came from whoever asks: where
/// both are there and do not agree, none is believed.
fn asked(headers: &HeaderMap) -> Option<Url> {
    let is_named = [PROTO, HOST].iter().any(|name| headers.contains_key(name));
    let by_name = address(headers, last(headers, &PROTO), last(headers, &HOST));
    if !headers.contains_key(header::FORWARDED) {
        return by_name;
    }
    let pairs = last_element(headers)?;
    let of = |wanted: &str| {
        let pair = pairs.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        pair.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    };
    let by_standard = address(headers, of("proto"), of("host"));
    by_standard.filter(|url| !is_named || by_name.as_ref() == Some(url))
}

/// Of several values the last is the proxy's own, the others may be anybody's.
fn last<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    let value = headers.get_all(name).iter().next_back()?.to_str().ok()?;
    value.rsplit(',').next().map(str::trim).filter(|value| !value.is_empty())
}

/// The last element of `Forwarded`, as pairs of name and value; `None` where the header is not well-formed as a whole,
/// since a quote that somebody left open could take in what the proxy says.
fn last_element(headers: &HeaderMap) -> Option<Vec<(String, String)>> {
    let mut rest = headers.get_all(header::FORWARDED).iter().next_back()?.to_str().ok()?;
    let is_end = |c: char| matches!(c, '=' | ';' | ',' | '"' | ' ' | '\t');
    let mut pairs = Vec::new();
    loop {
        rest = rest.trim_start();
        let (name, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        rest = after;
        // Empty elements and pairs are allowed.
        if !name.is_empty() {
            let value = rest.strip_prefix('=')?;
            let (value, after) = if let Some(quoted) = value.strip_prefix('"') {
                unquoted(quoted)?
            } else {
                let (token, after) = value.split_at(value.find(is_end).unwrap_or(value.len()));
                (token.to_owned(), after)
            };
            pairs.push((name.to_owned(), value));
            rest = after.trim_start();
        }
        match rest.chars().next() {
            None => return Some(pairs),
            Some(';') => {}
            Some(',') => pairs.clear(),
            Some(_) => return None,
        }
        rest = &rest[1..];
    }
}

/// What stands before the closing quote, and what after it.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return Some((value, &text[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

/// The address of a scheme and a host, where nothing is said of them plain HTTP and the host of the request.
fn address(headers: &HeaderMap, proto: Option<&str>, host: Option<&str>) -> Option<Url> {
    let proto = proto.unwrap_or("http").to_ascii_lowercase();
    let host = host.or_else(|| headers.get(header::HOST)?.to_str().ok())?;
    let is_host =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '[' | ']');
    let is_sound = matches!(proto.as_str(), "http" | "https") && host.chars().all(is_host);
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
