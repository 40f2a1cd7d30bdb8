//! The one HTTP client: one request, bounded in time and bytes, redirects left to the caller.

use std::error::Error as StdError;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_TYPE, ETAG, EXPIRES, FROM, HeaderMap, HeaderName, HeaderValue,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION, RETRY_AFTER, USER_AGENT,
};
use reqwest::{Client, Response, redirect};
use url::Url;

use crate::address::{Gate, PrivateName};
use crate::error::{CERTIFICATE, UNRESOLVED};
use crate::{Error, Settings, Validators};

/// Formats that Lexwatch can read, the best first.
const ACCEPTED: &str = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,\
    application/feed+json,application/json;q=0.9,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5";

/// A server's word about freshness is believed for so long at most.
const LONGEST_FRESH: TimeDelta = TimeDelta::days(1);

/// How hyper says that a head is too large for it.
const TOO_MANY_HEADERS: &str = "message head is too large";

/// How hyper and the system say that a connection ended before the answer did.
const EARLY_END: [&str; 3] =
    ["end of file before message length", "unexpected EOF during chunk", "Connection reset"];

/// Headers longer than this are kept by nobody.
const MAX_VALIDATOR: usize = 1000;

/// What came back from one request.
#[derive(Debug)]
pub(crate) enum Answer {
    /// A body.
    Body(Body),
    /// 304.
    Unchanged(Validators),
    /// Another address, for now or for good.
    Redirect { to: Url, permanent: bool },
}

/// How long a body may be, in bytes, and what becomes of a longer one.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Limit {
    /// As long as the settings allow; a longer one is an error.
    Settings,
    /// What follows is left unread.
    Cut(u64),
}

/// A good answer's body.
#[derive(Debug)]
pub(crate) struct Body {
    /// Unpacked.
    pub(crate) bytes: Vec<u8>,
    /// `Content-Type`.
    pub(crate) content_type: Option<String>,
    /// For the next time.
    pub(crate) validators: Validators,
}

/// The client.
#[derive(Debug, Clone)]
pub(crate) struct Fetcher {
    client: Client,
    gate: Gate,
    timeout: Duration,
    max_body: u64,
}

impl Fetcher {
    pub(crate) fn new(settings: Settings) -> Result<Self, Error> {
        let headers = own_headers(&settings)?;
        let gate = Gate::new(settings.allow_addresses, settings.allow_private_addresses);
        Self::through(gate, headers, settings.timeout, settings.max_body)
    }

    /// One that asks nobody but by this gate.
    pub(crate) fn through(
        gate: Gate,
        headers: HeaderMap,
        timeout: Duration,
        max_body: u64,
    ) -> Result<Self, Error> {
        // An error only says that one is installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .dns_resolver(gate.clone())
            .no_proxy()
            .connect_timeout(timeout)
            .pool_max_idle_per_host(1)
            .build()
            .map_err(|error| Error::Settings(chain(&error)))?;
        Ok(Self { client, gate, timeout, max_body })
    }

    /// Refuses an address that must not be read.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Error> {
        self.gate.check(url)
    }

    /// Asks for one address.
    pub(crate) async fn get(
        &self,
        url: &Url,
        validators: &Validators,
        limit: Limit,
        now: DateTime<Utc>,
    ) -> Result<Answer, Error> {
        self.gate.check(url)?;
        tokio::time::timeout(self.timeout, self.ask(url, validators, limit, now))
            .await
            .unwrap_or(Err(Error::Timeout(self.timeout)))
    }

    async fn ask(
        &self,
        url: &Url,
        validators: &Validators,
        limit: Limit,
        now: DateTime<Utc>,
    ) -> Result<Answer, Error> {
        let request = self.client.get(url.clone()).headers(conditions(validators));
        let mut response = request.send().await.map_err(|error| self.failure(&error))?;
        let status = response.status().as_u16();
        match status {
            200..=203 | 206 => {}
            304 => return Ok(Answer::Unchanged(renewed(validators, response.headers(), now))),
            301 | 302 | 303 | 307 | 308 => {
                let to = redirect_to(url, response.headers())?;
                return Ok(Answer::Redirect { to, permanent: matches!(status, 301 | 308) });
            }
            _ => {
                let retry_after = retry_after(response.headers(), now);
                return Err(Error::Status { status, retry_after });
            }
        }
        let bytes = self.body(&mut response, limit).await?;
        Ok(Answer::Body(Body {
            bytes,
            content_type: text(response.headers(), &CONTENT_TYPE),
            validators: renewed(&Validators::default(), response.headers(), now),
        }))
    }

    async fn body(&self, response: &mut Response, limit: Limit) -> Result<Vec<u8>, Error> {
        let most = match limit {
            Limit::Settings => self.max_body,
            Limit::Cut(most) => most.min(self.max_body),
        };
        let is_cut = matches!(limit, Limit::Cut(_));
        if !is_cut && response.content_length().is_some_and(|length| length > most) {
            return Err(Error::TooLarge(most));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| self.failure(&error))? {
            let room = most.saturating_sub(bytes.len() as u64);
            if chunk.len() as u64 > room {
                if !is_cut {
                    return Err(Error::TooLarge(most));
                }
                bytes.extend_from_slice(&chunk[..usize::try_from(room).unwrap_or(chunk.len())]);
                break;
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    fn failure(&self, error: &reqwest::Error) -> Error {
        let mut cause: Option<&(dyn StdError + 'static)> = error.source();
        while let Some(inner) = cause {
            if let Some(private) = inner.downcast_ref::<PrivateName>() {
                return Error::AddressRefused(private.to_string());
            }
            cause = inner.source();
        }
        if error.is_timeout() {
            return Error::Timeout(self.timeout);
        }
        let causes = chain(error);
        let host = error.url().and_then(Url::host_str).unwrap_or("the host").to_owned();
        let is_short = EARLY_END.iter().any(|sign| causes.contains(sign));
        if causes.contains(TOO_MANY_HEADERS) {
            Error::Headers(host)
        } else if error.is_decode() && !is_short {
            Error::CutOff("what is sent cannot be unpacked".to_owned())
        } else if error.is_body() || error.is_decode() || causes.contains("IncompleteMessage") {
            Error::CutOff("its server closed the connection too early".to_owned())
        } else {
            Error::Unreachable(why(causes, &host))
        }
    }
}

/// Why a host was not reached, for people; the chain of causes where it is none of the usual ones.
fn why(causes: String, host: &str) -> String {
    let usual = [
        ("dns error", format!("the name {host} {UNRESOLVED}")),
        ("Connection refused", format!("{host} refuses the connection")),
        ("Connection reset", format!("{host} broke the connection off")),
        ("Network is unreachable", format!("there is no way to {host}")),
        ("certificate", format!("{CERTIFICATE} {host} is not to be trusted")),
    ];
    let known = usual.into_iter().find(|(sign, _)| causes.contains(sign));
    known.map_or(causes, |(_, what)| what)
}

fn own_headers(settings: &Settings) -> Result<HeaderMap, Error> {
    let agent = match settings.contact.trim() {
        "" => settings.user_agent.clone(),
        contact => format!("{} (+{contact})", settings.user_agent),
    };
    let value = |text: &str| {
        HeaderValue::from_str(text).map_err(|_| {
            Error::Settings(format!("user_agent or contact cannot stand in a header: {text:?}"))
        })
    };
    let mut headers = HeaderMap::new();
    headers.insert(USER_AGENT, value(&agent)?);
    headers.insert(ACCEPT, HeaderValue::from_static(ACCEPTED));
    if settings.contact.contains('@') && !settings.contact.contains(char::is_whitespace) {
        headers.insert(FROM, value(&settings.contact)?);
    }
    Ok(headers)
}

fn conditions(validators: &Validators) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let known = [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.last_modified)];
    for (name, value) in known {
        if let Some(value) = value.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

/// The answer's validators; a 304 may leave out what has not changed.
fn renewed(known: &Validators, headers: &HeaderMap, now: DateTime<Utc>) -> Validators {
    let short = |name| text(headers, &name).filter(|value| value.len() <= MAX_VALIDATOR);
    Validators {
        etag: short(ETAG).or_else(|| known.etag.clone()),
        last_modified: short(LAST_MODIFIED).or_else(|| known.last_modified.clone()),
        fresh_until: fresh_until(headers, now),
        moved_to: None,
        rest_until: None,
    }
}

/// `max-age` before `Expires` (RFC 9111, section 5.3).
fn fresh_until(headers: &HeaderMap, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let control = text(headers, &CACHE_CONTROL).unwrap_or_default().to_ascii_lowercase();
    if control.contains("no-cache") || control.contains("no-store") {
        return None;
    }
    let age =
        control.split(',').find_map(|part| part.trim().strip_prefix("max-age=")?.parse().ok());
    let until = match age {
        Some(seconds) => now.checked_add_signed(TimeDelta::try_seconds(seconds)?)?,
        None => http_date(&text(headers, &EXPIRES)?)?,
    };
    (until > now).then(|| until.min(now + LONGEST_FRESH))
}

fn redirect_to(from: &Url, headers: &HeaderMap) -> Result<Url, Error> {
    let to = text(headers, &LOCATION)
        .ok_or_else(|| Error::Redirects(format!("{from} redirects to nowhere")))?;
    from.join(&to).map_err(|_| Error::Redirects(format!("{from} redirects to `{to}`")))
}

/// Seconds, or a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let value = text(headers, &RETRY_AFTER)?;
    match value.trim().parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => (http_date(&value)? - now).to_std().ok(),
    }
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    httpdate::parse_http_date(text).ok().map(DateTime::from)
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// An error with all its causes: the outermost alone says little.
fn chain(error: &dyn StdError) -> String {
    let mut parts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(inner) = cause {
        let text = inner.to_string();
        if parts.last().is_none_or(|last| !last.contains(&text)) {
            parts.push(text);
        }
        cause = inner.source();
    }
    parts.join(": ")
}
