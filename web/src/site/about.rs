//! `/about`: what this is, how tags are made and how good they are, and the codebook.

mod accuracy;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use classifier::{Instrument, Stage, Topic};

use self::accuracy::{Accuracy, accuracy};
use super::{Chrome, page};
use crate::app::App;
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
    operator: Option<String>,
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
        operator: app.config.mail.operator.as_ref().map(|mailbox| mailbox.email.to_string()),
        accuracy: accuracy(),
        model: app.classifier.model().to_owned(),
        codebook: classifier::CODEBOOK,
        version: env!("CARGO_PKG_VERSION"),
    })
}
