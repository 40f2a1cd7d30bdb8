//! `/about`: what this is, how tags are made and how good they are, and the codebook.

mod accuracy;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use classifier::{Instrument, Stage, Topic};

use self::accuracy::{Accuracy, accuracy};
use super::rows::Link;
use super::{Chrome, page};
use crate::app::App;
use crate::config::Config;
use crate::error::Error;
use crate::forwarded::Origin;

const DESCRIPTION: &str =
    "How items are tagged, how good the tags are as measured, the codebook, and whom to write to.";

#[derive(Template)]
#[template(path = "about.html")]
struct About {
    chrome: Chrome,
    topics: [Topic; Topic::ALL.len()],
    stages: [Stage; Stage::ALL.len()],
    laws: usize,
    sources: usize,
    contact: Option<Link>,
    accuracy: Option<Accuracy>,
    model: String,
    codebook: &'static str,
    version: &'static str,
}

/// `GET /about`.
pub(super) async fn show(State(app): State<App>, origin: Origin) -> Result<Response, Error> {
    page(&About {
        chrome: Chrome::new("/about").at(&origin, "/about", DESCRIPTION),
        topics: Topic::ALL,
        stages: Stage::ALL,
        laws: Instrument::all().count(),
        sources: app.config.catalog.len(),
        contact: contact(&app.config),
        accuracy: accuracy(),
        model: app.classifier.model().to_owned(),
        codebook: classifier::CODEBOOK,
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Whom to write to: the operator, or else the contact that sites are shown, a mail address or a page.
pub(super) fn contact(config: &Config) -> Option<Link> {
    let operator = config.mail.operator.as_ref().map(|mailbox| mailbox.email.to_string());
    let contact = operator.unwrap_or_else(|| config.crawler.contact.trim().to_owned());
    let is_page = contact.starts_with("https://") || contact.starts_with("http://");
    let href = if is_page { contact.clone() } else { format!("mailto:{contact}") };
    (!contact.is_empty()).then(|| Link::new(href, contact))
}
