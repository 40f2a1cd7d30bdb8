//! `/items/{id}/report`: a reader reports a wrong tag. No account, nothing about the reader is asked for or kept, and
//! nothing changes until a person has looked at it.

use std::borrow::Cow;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use classifier::{Label, Tags};
use index::{Complaint, Item, ItemId, Reported, Store};
use url::form_urlencoded;

use super::{Chrome, dates, item, page, too_many};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::{Client, Origin};
use crate::plain::title;

/// The most fields that are read, and the most characters of each: what is too long stays, to be shortened.
const FIELDS: usize = 20;
const TYPED: usize = 10 * Store::MAX_REPORT;

/// The choices that are no tag.
const MISSING: &str = "missing";
const OTHER: &str = "other";

/// A field that people do not see; programs that fill in whatever there is are known by it.
const TRAP: &str = "website";

pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/items/{id}/report", post(report).get(instead))
        .route("/items/{id}/reported", get(thanks))
}

/// What may be chosen as wrong.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) name: &'static str,
    /// Which kind of tag; empty for the others.
    pub(super) kind: &'static str,
}

/// What is wrong with a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where the field stands on the page.
    pub(super) place: &'static str,
    pub(super) what: String,
}

/// The form as it was typed.
#[derive(Debug, Default)]
pub(super) struct Form {
    pub(super) choices: Vec<Choice>,
    pub(super) chosen: String,
    pub(super) words: String,
    pub(super) faults: Vec<Fault>,
    is_policy: bool,
}

/// The page after a report.
#[derive(Template)]
#[template(path = "reported.html")]
struct Thanks {
    chrome: Chrome,
    id: String,
    title: String,
    language: String,
}

/// `POST /items/{id}/report`.
async fn report(
    State(app): State<App>,
    origin: Origin,
    client: Client,
    Path(id): Path<String>,
    body: axum::body::Bytes,
) -> Result<Response, Error> {
    let item = find(&app, &id).await?;
    let fields = Fields::read(&body);
    let thanks = Redirect::to(&format!("/items/{}/reported", item.id)).into_response();
    if !fields.of(TRAP).is_empty() {
        // Whoever fell into it learns nothing.
        return Ok(thanks);
    }
    let mut form = Form::of(&item.tags);
    form.chosen = fields.of("tag").trim().to_owned();
    form.words = fields.of("words").replace("\r\n", "\n");
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    match form.check() {
        Ok(complaint) => {
            if let Err(wait) = app.reports.take(client, app.now()) {
                let again = dates::later(wait);
                let what = format!(
                    "So many reports came in the last hour that this one was not taken. Please send it again {again}"
                );
                form.faults.push(Fault { place: "report", what });
                return Ok(too_many(wait, item::answer(&app, &origin, &item, form).await?));
            }
            let words = form.words.trim();
            match app.index.store().report(item.id, complaint, words, app.now()).await? {
                Reported::Waiting => return Ok(thanks),
                Reported::Full => {
                    status = StatusCode::TOO_MANY_REQUESTS;
                    let what = "So many reports wait already that this one was not taken. Please send it again in a few \
                                days";
                    form.faults.push(Fault { place: "report", what: what.to_owned() });
                }
            }
        }
        Err(faults) => form.faults = faults,
    }
    Ok((status, item::answer(&app, &origin, &item, form).await?).into_response())
}

/// `GET` of the same, as by reloading a page of faults.
async fn instead(Path(id): Path<String>) -> Result<Redirect, Error> {
    let missing = || Error::missing("item", &id);
    let id = ItemId::parse(&id).ok_or_else(missing)?;
    Ok(Redirect::to(&format!("/items/{id}#report")))
}

/// `GET /items/{id}/reported`.
async fn thanks(State(app): State<App>, Path(id): Path<String>) -> Result<Response, Error> {
    let item = find(&app, &id).await?;
    page(&Thanks {
        chrome: Chrome::new(""),
        id: item.id.to_string(),
        title: title(&item.title),
        language: item.language.unwrap_or_default(),
    })
}

async fn find(app: &App, id: &str) -> Result<Item, Error> {
    let missing = || Error::missing("item", id);
    let id = ItemId::parse(id).ok_or_else(missing)?;
    app.index.store().item(id).await?.ok_or_else(missing)
}

/// The fields of a body, bounded.
struct Fields(Vec<(String, String)>);

impl Fields {
    fn read(body: &[u8]) -> Self {
        let bounded = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
            (name.into_owned(), value.chars().take(TYPED).collect())
        };
        Self(form_urlencoded::parse(body).take(FIELDS).map(bounded).collect())
    }

    fn of(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

impl Form {
    /// The empty form for an item with these tags.
    pub(super) fn of(tags: &Tags) -> Self {
        let tag = |label: Label| Choice {
            value: label.to_string(),
            name: if label == Label::Policy { "It is not about policy" } else { label.name() },
            kind: match label {
                Label::Policy => "",
                Label::Instrument(_) => "law",
                _ => label.kind(),
            },
        };
        let other = |value: &str, name| Choice { value: value.to_owned(), name, kind: "" };
        let is_policy = tags.policy.value;
        let missing = if is_policy { "A tag is missing" } else { "It is about policy" };
        let mut choices: Vec<_> = tags.labels().into_iter().map(tag).collect();
        choices.extend([other(MISSING, missing), other(OTHER, "Something else")]);
        Self { choices, is_policy, ..Self::default() }
    }

    /// Looks at all fields together.
    ///
    /// # Errors
    /// With every fault, in the order of the form.
    fn check(&self) -> Result<Complaint, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |place, what: String| faults.push(Fault { place, what });
        let is_offered = self.choices.iter().any(|choice| choice.value == self.chosen);
        let complaint = match self.chosen.as_str() {
            MISSING => Complaint::Missing,
            OTHER => Complaint::Other,
            label => Complaint::Wrong(Label::parse(label).ok()),
        };
        if self.chosen.is_empty() {
            fault("report-tag", "Choose what is wrong".to_owned());
        } else if !is_offered {
            fault(
                "report-tag",
                "The item does not have that tag any more: choose again".to_owned(),
            );
        }
        let long = self.words.trim().chars().count();
        if long > Store::MAX_REPORT {
            let most = Store::MAX_REPORT;
            let what = format!("The text has {long} characters; shorten it to {most}");
            fault("report-words", what);
        } else if long == 0 && complaint == Complaint::Missing && self.is_policy {
            fault("report-words", "Say which tag is missing".to_owned());
        } else if long == 0 && complaint == Complaint::Other {
            fault("report-words", "Say what is wrong".to_owned());
        }
        if faults.is_empty() { Ok(complaint) } else { Err(faults) }
    }

    /// What is wrong with a field, if anything is; `place` is its name in the page.
    pub(super) fn fault(&self, place: &str) -> Option<&str> {
        let fault = self.faults.iter().find(|fault| fault.place == place);
        fault.map(|fault| fault.what.as_str())
    }
}
