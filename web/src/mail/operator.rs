//! The letter that tells the operator which sources are doing otherwise than before.

use askama::Template;
use chrono::{DateTime, Utc};
use index::{Condition, Health, SourceState};
use lettre::message::Mailbox;

use super::message::Draft;
use super::plain::wrap;
use super::wording;
use crate::app::App;
use crate::health;
use crate::plain::clean;

/// How many sources are told of; the rest is on the page.
const TOLD: usize = 100;
/// How much of an error is repeated, in characters.
const ERROR: usize = 300;

/// A source that is doing otherwise than when the operator was last told.
#[derive(Debug)]
pub(crate) struct Change<'a> {
    pub(crate) state: &'a SourceState,
    pub(crate) health: &'a Health,
    /// The slug of what was told.
    pub(crate) before: String,
}

struct Letter {
    heading: String,
    day: String,
    rows: Vec<Row>,
    left: usize,
    page: String,
    site: String,
}

struct Row {
    name: String,
    change: String,
    now: String,
    error: String,
    advice: String,
    url: String,
}

impl Row {
    fn new(change: &Change<'_>, now: DateTime<Utc>) -> Self {
        let Change { state, health, before } = change;
        let since =
            health.since.map(|since| format!(", since {} UTC", since.format("%-d %B %Y, %H:%M")));
        let error = match &state.status {
            index::PollStatus::Failed(error) => clean(error, ERROR),
            _ => String::new(),
        };
        Self {
            name: clean(&state.name, ERROR),
            change: format!("{before} → {}{}", health.condition.slug(), since.unwrap_or_default()),
            now: health::describe(state, health, now),
            error,
            advice: health::advice(state, health)
                .unwrap_or_else(|| "Nothing is to be done.".to_owned()),
            url: clean(&state.url, ERROR),
        }
    }

    /// All but the name, for the plain text.
    fn lines(&self) -> String {
        let lines = [&self.change, &self.now, &self.error, &self.url, &self.advice];
        let lines: Vec<_> = lines
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| wrap(line, "  "))
            .collect();
        lines.join("\n")
    }
}

#[derive(Template)]
#[template(path = "mail/operator.html")]
struct Html<'a>(&'a Letter);

#[derive(Template)]
#[template(path = "mail/operator.txt")]
struct Text<'a>(&'a Letter);

/// The message about these changes; those that are worse come first.
///
/// # Errors
/// When a part cannot be written; none is known.
pub(crate) fn write(
    app: &App,
    operator: &Mailbox,
    changes: &[Change<'_>],
    now: DateTime<Utc>,
) -> anyhow::Result<Vec<u8>> {
    let (bad, good): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| change.health.condition.is_bad());
    let heading = heading(&bad, good.len());
    let letter = Letter {
        day: wording::day(now.date_naive()),
        rows: bad.iter().chain(&good).take(TOLD).map(|change| Row::new(change, now)).collect(),
        left: changes.len().saturating_sub(TOLD),
        page: app.link("/sources"),
        site: app.link("/"),
        heading,
    };
    Draft {
        from: &app.config.mail.from,
        operator: None,
        to: operator.email.as_ref(),
        subject: &format!("Lexwatch sources: {}", letter.heading),
        text: Text(&letter).render()?,
        html: Html(&letter).render()?,
        name: format!("sources.{}", now.timestamp_millis()),
        date: now,
        site: &app.base_url,
        unsubscribe: None,
    }
    .write()
}

/// `3 down, 1 stale, 2 good again`.
fn heading(bad: &[&Change<'_>], good: usize) -> String {
    let order = [
        Condition::Down,
        Condition::Blocked,
        Condition::Empty,
        Condition::Unreadable,
        Condition::Stale,
        Condition::Moved,
    ];
    let count =
        |condition| bad.iter().filter(|change| change.health.condition == condition).count();
    let mut parts: Vec<_> = order
        .into_iter()
        .map(|condition| (count(condition), health::word(condition)))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if good > 0 {
        parts.push(format!("{good} good again"));
    }
    parts.join(", ")
}
