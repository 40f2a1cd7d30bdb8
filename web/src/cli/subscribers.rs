//! `subscribers`: who gets briefings, as the operator sees and changes it.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use clap::{Args, Subcommand};
use index::{NewSubscription, Query, Rhythm, Subscription};
use serde::Serialize;
use serde_json::json;

use super::collect::instant;
use super::find::parse;
use super::lines::lines;
use super::{Misuse, Outcome, answer, say};
use crate::api::views::rfc3339;
use crate::app::App;
use crate::jobs::briefing::zone;
use crate::mail::{address, confirm};
use crate::plain::title;

/// `lexwatch subscribers`.
#[derive(Debug, Subcommand)]
pub(super) enum Subscribers {
    /// Print every subscription, a line of JSON each
    List,
    /// Subscribe one address, or many from standard input
    Add(Add),
    /// End all subscriptions of an address
    Remove {
        /// The mail address
        email: String,
    },
}

/// `lexwatch subscribers add`.
#[derive(Debug, Args)]
pub(super) struct Add {
    /// A mail address; `-` reads one per line from standard input
    email: String,
    /// What about, in the query language; "" is everything about policy
    #[arg(long, value_name = "Q")]
    query: String,
    /// How often
    #[arg(long, value_name = "now|daily|weekly", value_parser = rhythm)]
    rhythm: Rhythm,
    /// The IANA time zone of the hour
    #[arg(long, value_name = "Z", default_value = "UTC", value_parser = zone_name)]
    zone: String,
    /// The local hour of a daily or weekly briefing
    #[arg(long, value_name = "H", default_value_t = 7, value_parser = clap::value_parser!(u8).range(0..24))]
    hour: u8,
    /// Also tell what was found since this moment (RFC 3339), as if it had been asked for then
    #[arg(long, value_name = "T", value_parser = instant)]
    since: Option<DateTime<Utc>>,
    /// Confirmed already: no letter asks for it
    #[arg(long)]
    confirmed: bool,
}

/// A subscription, without the token that rules over it.
#[derive(Debug, Serialize)]
struct SubscriptionView {
    email: String,
    query: String,
    rhythm: &'static str,
    zone: String,
    hour: u8,
    confirmed: Option<String>,
    created: String,
    last_run: Option<String>,
    /// When a mail server refused its reader for good, and its words; it rests until it is confirmed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<String>,
}

impl From<Subscription> for SubscriptionView {
    fn from(kept: Subscription) -> Self {
        Self {
            query: kept.query.to_text(),
            rhythm: kept.rhythm.slug(),
            confirmed: kept.confirmed.map(rfc3339),
            created: rfc3339(kept.created),
            last_run: kept.last_run.map(rfc3339),
            refused: kept.refusal.as_ref().map(|refusal| rfc3339(refusal.at)),
            refusal: kept.refusal.map(|refusal| refusal.why),
            email: kept.email,
            zone: kept.zone,
            hour: kept.hour,
        }
    }
}

impl Subscribers {
    /// Whether the command makes sense on a folder that holds nothing yet.
    pub(super) fn is_first_use(&self) -> bool {
        matches!(self, Self::Add(_))
    }

    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List => {
                for subscription in app.index.store().subscriptions().await? {
                    answer(&SubscriptionView::from(subscription))?;
                }
                Ok(Outcome::Done)
            }
            Self::Add(add) => add.run(app).await,
            Self::Remove { email } => {
                let email = address::read(&email).map_err(|what| Misuse(misread(&email, what)))?;
                let removed = app.index.store().remove_subscriber(&email).await?;
                answer(&json!({ "email": email, "removed": removed }))?;
                Ok(Outcome::Done)
            }
        }
    }
}

impl Add {
    async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let query = parse(std::slice::from_ref(&self.query))?;
        if let Some(since) = self.since.filter(|since| *since > app.now()) {
            let what = format!("--since {since}: it lies ahead; give a moment that is past");
            return Err(Misuse(what).into());
        }
        // An index that cannot answer now is no reason to keep nothing.
        if let Ok(Some(meant)) = app.index.did_you_mean(&query) {
            let meant = title(&meant.to_text());
            say(&format!("lexwatch: no text has all of these words; did you mean: {meant}"));
        }
        if self.email != "-" {
            let email =
                address::read(&self.email).map_err(|what| Misuse(misread(&self.email, what)))?;
            self.keep(app, email, &query).await?;
            return Ok(Outcome::Done);
        }
        let mut outcome = Outcome::Done;
        for line in lines(None)? {
            let line = line?;
            let read = line
                .text
                .and_then(|text| address::read(&text).map_err(|what| misread(&text, what)));
            match read {
                Ok(email) => self.keep(app, email, &query).await?,
                Err(what) => {
                    say(&format!("lexwatch: line {}: {what}", line.number));
                    outcome = Outcome::Unusable;
                }
            }
        }
        Ok(outcome)
    }

    async fn keep(&self, app: &App, email: String, query: &Query) -> anyhow::Result<()> {
        let store = app.index.store();
        let mark = match self.since {
            Some(since) => store.head_before(since).await?,
            None => store.head().await?,
        };
        let new = NewSubscription {
            email,
            query: query.clone(),
            rhythm: self.rhythm,
            zone: self.zone.clone(),
            hour: self.hour,
            mark,
            last_run: self.since,
            confirmed: self.confirmed,
            created: app.now(),
        };
        let kept =
            store.subscribe(&new, Some(&confirm::letter(app))).await.context("not subscribed")?;
        answer(&SubscriptionView::from(kept))
    }
}

fn misread(typed: &str, what: &str) -> String {
    format!("`{}`: {what}", typed.escape_debug())
}

fn rhythm(text: &str) -> Result<Rhythm, String> {
    Rhythm::parse(text).ok_or_else(|| "it is now, daily or weekly".to_owned())
}

fn zone_name(text: &str) -> Result<String, String> {
    zone(text)
        .map(|zone| zone.name().to_owned())
        .ok_or_else(|| "there is no such time zone; they have names like Europe/Berlin".to_owned())
}
