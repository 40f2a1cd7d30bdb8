//! `/subscriptions/{token}`: what a subscription is, and everything that can be done with it.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use index::Subscription;

use super::form::{Field, Form};
use super::{Notice, Preview};
use crate::app::App;
use crate::error::Error;
use crate::jobs::briefing::{CONFIRMABLE, next_hour};
use crate::mail::wording;
use crate::plain::clean;
use crate::site::{Chrome, page};

/// An address that carries a token is nobody's but its reader's.
pub(in crate::site) const PRIVATE: [(HeaderName, &str); 3] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("x-robots-tag"), "noindex"),
];

/// Characters of an error, in which a mail server may speak.
const ERROR: usize = 300;

#[derive(Template)]
#[template(path = "subscription.html")]
struct SubscriptionPage {
    chrome: Chrome,
    /// This page's path.
    path: String,
    email: String,
    confirmed: bool,
    /// Why it rests, where a mail server refused its reader.
    refusal: Option<String>,
    /// What the request before has done.
    note: &'static str,
    /// When the next letter may leave, local time; empty where that depends on the news alone.
    next: String,
    /// The query and the rhythm in words.
    words: String,
    rhythm: String,
    form: Form,
    preview: Preview,
}

/// `GET /subscriptions/{token}`.
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let Some(subscription) = find(&app, &token).await? else { return gone() };
    let note = match raw.as_deref() {
        Some("changed") => "Your changes are kept.",
        Some("confirmed") => "Thank you, it is confirmed. Everything new from now on counts.",
        _ => "",
    };
    preferences(&app, &subscription, Form::of(&subscription), note).await
}

/// `GET` of what only a POST does: the page that has the button for it.
pub(super) async fn instead(Path(token): Path<String>) -> Response {
    (PRIVATE, Redirect::to(&path(&token))).into_response()
}

/// `POST /subscriptions/{token}/confirm`.
pub(super) async fn confirm(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    if find(&app, &token).await?.is_none() {
        return gone();
    }
    let store = app.index.store();
    // What was there before is no news; the briefings start with what comes from now on.
    let mark = store.head().await?;
    store.confirm(&token, mark, app.now()).await?;
    Ok((PRIVATE, Redirect::to(&format!("{}?confirmed", path(&token)))).into_response())
}

/// `POST /subscriptions/{token}`: other wishes.
pub(super) async fn change(
    State(app): State<App>,
    Path(token): Path<String>,
    body: axum::body::Bytes,
) -> Result<Response, Error> {
    let Some(subscription) = find(&app, &token).await? else { return gone() };
    let mut form = Form::read(&body);
    form.known()?;
    form.email.clone_from(&subscription.email);
    if form.previews() {
        return preferences(&app, &subscription, form, "").await;
    }
    if let Some(name) = form.missing() {
        let what = "which would change what nobody spoke of; send `q`, `rhythm`, `zone` and `hour`";
        return Err(Error::BadRequest(format!("There is no `{name}` in the form, {what}.")));
    }
    match form.check(Field::CHANGEABLE) {
        Ok(wish) => {
            let store = app.index.store();
            store
                .change_subscription(&token, &wish.query, wish.rhythm, &wish.zone, wish.hour)
                .await?;
            let changed = format!("{}?changed", path(&token));
            Ok((PRIVATE, Redirect::to(&changed)).into_response())
        }
        Err(faults) => {
            form.faults = faults;
            let answer = preferences(&app, &subscription, form, "").await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
        }
    }
}

/// `POST /subscriptions/{token}/unsubscribe`: by the page's button, or by a mail program in one step (RFC 8058). The
/// body is passed over, and a second time is as good as the first.
pub(super) async fn unsubscribe(
    State(app): State<App>,
    Path(token): Path<String>,
) -> Result<Response, Error> {
    app.index.store().unsubscribe(&token).await?;
    notice(
        StatusCode::OK,
        "You will get no more of it",
        "The briefing is ended, and its address and wishes are deleted. A letter that had left already may still \
         arrive.",
    )
}

/// The subscription, unless it waited too long for its confirmation.
async fn find(app: &App, token: &str) -> Result<Option<Subscription>, Error> {
    let before = app.now() - CONFIRMABLE;
    let found = app.index.store().subscription(token).await?;
    let lasts = |found: &Subscription| {
        found.confirmed.is_some() || found.refusal.is_some() || found.created >= before
    };
    Ok(found.filter(lasts))
}

async fn preferences(
    app: &App,
    subscription: &Subscription,
    form: Form,
    note: &'static str,
) -> Result<Response, Error> {
    let answer = page(&SubscriptionPage {
        chrome: Chrome::new("/subscribe"),
        path: path(&subscription.token),
        email: subscription.email.clone(),
        confirmed: subscription.confirmed.is_some(),
        refusal: subscription.refusal.as_ref().map(|refusal| clean(&refusal.why, ERROR)),
        note,
        next: next_letter(subscription, app.now()),
        words: wording::long(&subscription.query, &app.config.catalog),
        rhythm: wording::rhythm(subscription.rhythm, subscription.hour, &subscription.zone),
        preview: Preview::of(app, form.query(), app.now()).await?,
        form,
    })?;
    Ok((PRIVATE, answer).into_response())
}

/// `Monday, 30 November 2026, at 08:00 CET`.
fn next_letter(subscription: &Subscription, now: DateTime<Utc>) -> String {
    let next = next_hour(subscription, now);
    next.map(|next| next.format("%A, %-d %B %Y, at %H:%M %Z").to_string()).unwrap_or_default()
}

fn gone() -> Result<Response, Error> {
    notice(
        StatusCode::NOT_FOUND,
        "There is no such briefing",
        "It was ended, or not confirmed in time. You can ask for a new one at any time.",
    )
}

fn notice(status: StatusCode, title: &'static str, lead: &str) -> Result<Response, Error> {
    let answer = page(&Notice {
        chrome: Chrome::new("/subscribe"),
        title,
        lead: lead.to_owned(),
        more: String::new(),
    })?;
    Ok((status, PRIVATE, answer).into_response())
}

/// A subscription's page. Whatever was sent as a token stays one segment of the path.
fn path(token: &str) -> String {
    let token: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
    format!("/subscriptions/{token}")
}
