//! Under which address the site is known to who asks: behind a reverse proxy it is another than the one it listens on.
//! What `Forwarded` (RFC 7239), or `X-Forwarded-Proto` and `X-Forwarded-Host`, say is believed of the proxies that the
//! settings name, and of nobody else: whoever asks could write it. The reader's own address is read for one thing only, that
//! nobody sends forms without end (`allowance`).

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
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
const FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Who is at the other end of the connection.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// The address of whoever asks; `None` where it is not known, as behind a proxy that does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Client(pub(crate) Option<IpAddr>);

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self(None)))
    }
}

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
    let proxies = &app.config.trusted_proxies;
    let is_trusted = peer.is_some_and(|peer| is_of(proxies, peer));
    let client = match peer {
        Some(peer) if is_trusted => asking(request.headers(), proxies, peer),
        other => other,
    };
    request.extensions_mut().insert(Client(client));
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

fn is_of(proxies: &[IpNet], address: IpAddr) -> bool {
    proxies.iter().any(|proxies| proxies.contains(&address))
}

/// For whom the proxy asks: of the addresses that it and those before it tell, the last that is no proxy. Where both kinds of
/// headers are there and do not agree, or none can be read, all such requests count as the proxy's own; `None` where
/// nothing is told.
fn asking(headers: &HeaderMap, proxies: &[IpNet], proxy: IpAddr) -> Option<IpAddr> {
    let last = |nodes: Vec<Option<IpAddr>>| {
        let outside =
            nodes.into_iter().rev().find(|node| node.is_none_or(|node| !is_of(proxies, node)));
        outside.flatten()
    };
    let by_name = headers.contains_key(FOR).then(|| {
        let values = headers.get_all(FOR).iter().flat_map(|value| {
            value.to_str().unwrap_or_default().split(',').map(|text| node(text.trim()))
        });
        last(values.collect())
    });
    let by_standard = headers.contains_key(header::FORWARDED).then(|| {
        let elements = elements(headers).unwrap_or_default();
        let value = |element: &Element| {
            let pair = element.iter().find(|(name, _)| name.eq_ignore_ascii_case("for"));
            pair.and_then(|(_, value)| node(value))
        };
        last(elements.iter().map(value).collect())
    });
    match (by_name, by_standard) {
        (None, None) => None,
        (Some(one), Some(other)) if one != other => Some(proxy),
        (told, other) => told.or(other).flatten().or(Some(proxy)),
    }
}

/// An address as these headers have it: with a port or without, of IPv6 in brackets or not.
fn node(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse().map(|socket: SocketAddr| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

/// What the proxy was asked. It writes one kind of header and lets the other pass as it came from whoever asks: where
/// both are there and do not agree, none is believed.
fn asked(headers: &HeaderMap) -> Option<Url> {
    let is_named = [PROTO, HOST].iter().any(|name| headers.contains_key(name));
    let by_name = address(headers, last(headers, &PROTO), last(headers, &HOST));
    if !headers.contains_key(header::FORWARDED) {
        return by_name;
    }
    let pairs = elements(headers)?.pop()?;
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

/// An element of `Forwarded`: pairs of name and value.
type Element = Vec<(String, String)>;

/// The elements of `Forwarded`, what each proxy said; `None` where the header is not well-formed as a whole, since a quote
/// that somebody left open could take in what the proxy says.
fn elements(headers: &HeaderMap) -> Option<Vec<Element>> {
    let mut rest = headers.get_all(header::FORWARDED).iter().next_back()?.to_str().ok()?;
    let is_end = |c: char| matches!(c, '=' | ';' | ',' | '"' | ' ' | '\t');
    let mut elements = Vec::new();
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
            None => {
                elements.push(pairs);
                return Some(elements);
            }
            Some(';') => {}
            Some(',') => elements.push(std::mem::take(&mut pairs)),
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
