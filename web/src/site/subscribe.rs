//! `/subscribe` and `/subscriptions/{token}`: briefings asked for, confirmed, changed and ended.
//!
//! A GET changes nothing; whoever holds a subscription's token may do the rest by POST, without cookies. No answer
//! tells whether an address is known.

mod form;
mod preferences;

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chrono::{DateTime, TimeDelta, Utc};
use index::{NewSubscription, Paging, Query, Rhythm};
use tokio::sync::Mutex;

use self::form::{Fault, Field, Form, Wish};
pub(super) use self::preferences::PRIVATE;
use super::rows::Row;
use super::unread::Remarks;
use super::{Chrome, dates, page, too_many, with_query};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::{Client, Origin};
use crate::mail::briefing::recent;
use crate::mail::{confirm, wording};

const DESCRIPTION: &str =
    "Briefings by mail: what is new for any search, at once, daily or weekly, without an account.";

/// How many letters may ask one address for a confirmation within such a time: one, which is to be answered first, and a few
/// a day.
const LETTERS: [(TimeDelta, i64); 2] = [(TimeDelta::hours(6), 1), (TimeDelta::days(1), 3)];

/// How many items a preview shows.
const NEWEST: usize = 3;

/// Counting the letters to an address and writing another is one step.
static ASKING: Mutex<()> = Mutex::const_new(());

/// All addresses about subscriptions.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/subscribe", get(show).post(ask))
        .route("/subscriptions/{token}", get(preferences::show).post(preferences::change))
        .route(
            "/subscriptions/{token}/confirm",
            post(preferences::confirm).get(preferences::instead),
        )
        .route(
            "/subscriptions/{token}/unsubscribe",
            post(preferences::unsubscribe).get(preferences::instead),
        )
}

#[derive(Template)]
#[template(path = "subscribe.html")]
struct SubscribePage {
    chrome: Chrome,
    form: Form,
    /// What was not understood of the search that it was asked for.
    remarks: Remarks,
    /// The query in words, as the letter will say it.
    words: String,
    preview: Preview,
}

/// A page that only says something.
#[derive(Template)]
#[template(path = "notice.html")]
struct Notice {
    chrome: Chrome,
    title: &'static str,
    lead: String,
    more: String,
}

/// What a briefing of a query would have told in the last thirty days.
struct Preview {
    total: u64,
    rows: Vec<Row>,
    search: String,
    /// Where a word is in no text, the search that was meant, in words, and the form of it.
    meant: Option<(String, String)>,
}

impl Preview {
    async fn of(app: &App, query: &Query, now: DateTime<Utc>) -> Result<Self, Error> {
        let recent = recent(query, now);
        let paging = Paging { limit: NEWEST, cursor: None };
        let found = app.index.find(&recent, &paging, &[], None).await?;
        let search = with_query("/search", &recent);
        let meant = if found.total == 0 { app.index.did_you_mean(query)? } else { None };
        let meant = meant.map(|meant| (meant.to_text(), with_query("/subscribe", &meant)));
        Ok(Self { total: found.total, rows: Row::all(&recent, found.rows), search, meant })
    }
}

/// `GET /subscribe`, with the parameters of a search.
async fn show(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let form = Form::read(raw.as_deref().unwrap_or_default().as_bytes());
    let remarks = Remarks::of(form.errors());
    form_page(&app, &origin, form, remarks).await
}

/// `POST /subscribe`: a subscription that sleeps, and the letter that asks whether it is wanted; or, by the other
/// button, the form again with what the query finds.
async fn ask(
    State(app): State<App>,
    origin: Origin,
    client: Client,
    body: axum::body::Bytes,
) -> Result<Response, Error> {
    let mut form = Form::read(&body);
    form.known()?;
    if form.previews() {
        let remarks = Remarks::of(form.errors());
        return form_page(&app, &origin, form, remarks).await;
    }
    let wish = match form.check(Field::ALL) {
        Ok(wish) => wish,
        Err(faults) => {
            form.faults = faults;
            let answer = form_page(&app, &origin, form, Remarks::default()).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
        }
    };
    // Each try counts, whether or not a letter leaves: otherwise the bound would tell which addresses are known.
    if let Err(wait) = app.letters.take(client, app.now()) {
        let what = format!(
            "So many letters were asked for in the last hour that none was sent. What you typed is still here: send it \
             again {}",
            dates::later(wait)
        );
        form.faults = vec![Fault { place: "send", what }];
        let answer = form_page(&app, &origin, form, Remarks::default()).await?;
        return Ok(too_many(wait, answer));
    }
    keep(&app, wish).await?;
    asked(&app)
}

async fn form_page(
    app: &App,
    origin: &Origin,
    form: Form,
    remarks: Remarks,
) -> Result<Response, Error> {
    let query = form.query();
    page(&SubscribePage {
        chrome: Chrome::new("/subscribe").at(origin, "/subscribe", DESCRIPTION),
        words: wording::long(query, &app.config.catalog),
        preview: Preview::of(app, query, app.now()).await?,
        form,
        remarks,
    })
}

/// Keeps the wish, unless too many letters went to this address of late. The answer is the same.
async fn keep(app: &App, wish: Wish) -> Result<(), Error> {
    let now = app.now();
    let new = NewSubscription {
        email: wish.email,
        query: wish.query,
        rhythm: wish.rhythm,
        zone: wish.zone,
        hour: wish.hour,
        mark: 0,
        last_run: None,
        confirmed: false,
        created: now,
    };
    let store = app.index.store();
    let _one_at_a_time = ASKING.lock().await;
    for (time, most) in LETTERS {
        if store.unanswered(&new.email, now - time).await? >= most {
            tracing::info!("a subscription was not kept: its address has had its letters");
            return Ok(());
        }
    }
    store.subscribe(&new, Some(&confirm::letter(app))).await?;
    Ok(())
}

fn asked(app: &App) -> Result<Response, Error> {
    let from = &app.config.mail.from.email;
    page(&Notice {
        chrome: Chrome::new("/subscribe"),
        title: "Look into your mail",
        lead: "A letter is on its way to the address that you gave. Follow the link in it and confirm; the briefings \
               start then."
            .to_owned(),
        more: format!(
            "It comes from {from}. No letter is sent where the same briefing comes already, nor, for six hours, while an \
             earlier one waits for its answer: confirm that one first, then ask for the next briefing."
        ),
    })
}

/// A choice among a few, for the form.
struct Choice {
    value: &'static str,
    name: &'static str,
}

/// The rhythms, as the form offers them.
const RHYTHMS: [Choice; Rhythm::ALL.len()] = [
    Choice { value: "now", name: "At once" },
    Choice { value: "daily", name: "Every day" },
    Choice { value: "weekly", name: "Every Monday" },
];
