//! The reader's mark: from when on things are new to them. It travels in the address (`/?since=2026-11-20`), or in a
//! cookie that they asked for with a button; the server keeps nothing.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use url::form_urlencoded;

use crate::app::App;
use crate::forwarded::Origin;

/// The cookie's name.
const COOKIE: &str = "mark";
/// How long browsers keep it, in seconds: a year.
const KEPT: u32 = 365 * 24 * 60 * 60;

/// Sets the mark, and forgets it.
pub(super) fn router() -> Router<App> {
    Router::new().route("/mark", get(home).post(set))
}

/// `GET` of it, as by reloading.
async fn home() -> Redirect {
    Redirect::to("/")
}

/// `POST /mark` with `at` (RFC 3339; left out: now), or with an empty one to forget the mark.
async fn set(State(app): State<App>, origin: Origin, body: Bytes) -> Response {
    let at = form_urlencoded::parse(&body).find(|(name, _)| name == "at");
    let moment = match &at {
        None => Some(app.now()),
        // What nobody has seen yet stays new.
        Some((_, text)) => moment(text).map(|moment| moment.min(app.now())),
    };
    let (value, kept) = moment.map_or_else(Default::default, |moment| (written(moment), KEPT));
    let secure = if origin.is_secure() { "; Secure" } else { "" };
    let cookie =
        format!("{COOKIE}={value}; Path=/; Max-Age={kept}; HttpOnly; SameSite=Lax{secure}");
    let mut answer = Redirect::to("/").into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    answer
}

/// The mark in a reader's cookie.
pub(crate) fn of(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|list| list.split(';')).filter_map(|one| one.split_once('='));
    moment(pairs.find(|(name, _)| name.trim() == COOKIE)?.1)
}

/// A moment (RFC 3339), or the first one of a day (UTC).
pub(super) fn moment(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let day = || text.parse::<NaiveDate>().ok().map(|day| day.and_time(NaiveTime::MIN).and_utc());
    DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.to_utc()).or_else(day)
}

/// A moment as it stands in forms and cookies.
pub(super) fn written(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::Millis, true)
}
