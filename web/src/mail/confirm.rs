//! The letter that asks whether a subscription is really wanted.
//!
//! Anybody can have it sent to anybody, so it must be worth nothing to who wants to write to strangers: it repeats no
//! words of the form but those that cannot carry an address or an advertisement.

use askama::Template;
use index::{Query, Subscription};

use super::message::Draft;
use super::plain::wrap;
use super::wording;
use crate::app::App;
use crate::jobs::briefing::CONFIRMABLE;
use crate::plain::clean;

/// The longest search words that the letter repeats, in characters.
const WORDS: usize = 40;

struct Letter {
    query: String,
    rhythm: String,
    email: String,
    page: String,
    site: String,
    days: i64,
}

impl Letter {
    fn wish(&self) -> String {
        wrap(&format!("{}; {}.", self.query, self.rhythm), "  ")
    }

    fn request(&self) -> String {
        wrap(
            &format!("Somebody, probably you, asked Lexwatch to send briefings to {}:", self.email),
            "",
        )
    }
}

#[derive(Template)]
#[template(path = "mail/confirm.html")]
struct Html<'a>(&'a Letter);

#[derive(Template)]
#[template(path = "mail/confirm.txt")]
struct Text<'a>(&'a Letter);

/// What writes these letters for the store. One that could not be written is empty, and refused when it is sent.
pub(crate) fn letter(app: &App) -> impl Fn(&Subscription) -> Vec<u8> + Send + Sync {
    let app = app.clone();
    move |subscription| {
        write(&app, subscription).unwrap_or_else(|error| {
            tracing::error!(error = format!("{error:#}"), "a letter could not be written");
            Vec::new()
        })
    }
}

/// The message that asks for a subscription's confirmation.
fn write(app: &App, subscription: &Subscription) -> anyhow::Result<Vec<u8>> {
    let letter = Letter {
        query: harmless(&subscription.query, app),
        rhythm: wording::rhythm(subscription.rhythm, subscription.hour, &subscription.zone),
        email: clean(&subscription.email, 254),
        page: app.link(&format!("/subscriptions/{}", subscription.token)),
        site: app.link("/"),
        days: CONFIRMABLE.num_days(),
    };
    let asked = subscription.created.timestamp_millis();
    Draft {
        from: &app.config.mail.from,
        operator: app.config.mail.operator.as_ref(),
        to: &subscription.email,
        subject: "Please confirm your Lexwatch briefing",
        text: Text(&letter).render()?,
        html: Html(&letter).render()?,
        name: format!("confirm.{}.{asked}", subscription.key),
        date: subscription.created,
        site: &app.base_url,
        unsubscribe: None,
    }
    .write()
}

/// The query in words, without free words that look like more than a search.
fn harmless(query: &Query, app: &App) -> String {
    let words = query.words_text();
    let plain = |c: char| c.is_alphabetic() || " \"-()'".contains(c);
    if words.chars().count() <= WORDS && words.chars().all(plain) {
        return wording::long(query, &app.config.catalog);
    }
    let filters = Query { words: None, ..query.clone() };
    format!("{}; with the words that were asked for", wording::long(&filters, &app.config.catalog))
}
