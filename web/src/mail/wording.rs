//! What was asked for, in words: for the subject of a briefing, its first line and the page where it is asked for.

use chrono::NaiveDate;
use crawler::Source;
use index::{Query, Rhythm};

use crate::plain::clean;

/// How many characters of the words box are repeated.
const WORDS: usize = 80;

/// A few words for a subject that names the jurisdictions already: `Data localization, Encryption`; empty for the
/// query that asks for everything.
pub(super) fn short(query: &Query, catalog: &[Source]) -> String {
    let elsewhere = Query { jurisdictions: Vec::new(), ..query.clone() };
    let values = parts(&elsewhere, catalog).into_iter().flat_map(|part| part.values);
    clean(&values.collect::<Vec<_>>().join(", "), WORDS)
}

/// All of it: `China or India; about Data localization; in German`.
pub(crate) fn long(query: &Query, catalog: &[Source]) -> String {
    let parts: Vec<_> = parts(query, catalog).iter().map(Part::sentence).collect();
    if parts.is_empty() { "everything about policy".to_owned() } else { parts.join("; ") }
}

/// `every Monday at 07:00 (Europe/Berlin)`.
pub(crate) fn rhythm(rhythm: Rhythm, hour: u8, zone: &str) -> String {
    let at = format!("{hour:02}:00 ({})", clean(zone, 40));
    match rhythm {
        Rhythm::Now => "as soon as it appears".to_owned(),
        Rhythm::Daily => format!("every day at {at}"),
        Rhythm::Weekly => format!("every Monday at {at}"),
    }
}

/// `12 July 2017`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// One field of a query.
struct Part {
    before: &'static str,
    values: Vec<String>,
}

impl Part {
    fn new<T>(before: &'static str, values: &[T], name: impl Fn(&T) -> String) -> Self {
        Self { before, values: values.iter().map(name).collect() }
    }

    fn one(before: &'static str, value: String) -> Self {
        Self { before, values: vec![value] }
    }

    fn sentence(&self) -> String {
        format!("{}{}", self.before, self.values.join(" or "))
    }
}

fn parts(query: &Query, catalog: &[Source]) -> Vec<Part> {
    let source = |id: &crawler::SourceId| {
        let known = catalog.iter().find(|source| source.id == *id);
        clean(known.map_or(id.0.as_str(), |source| source.name.as_str()), WORDS)
    };
    let mut parts = Vec::new();
    if query.words.is_some() {
        parts.push(Part::one("with the words ", clean(&query.words_text(), WORDS)));
    }
    parts.push(Part::new("", &query.jurisdictions, |value| value.name().to_owned()));
    parts.push(Part::new("about ", &query.topics, |value| value.name().to_owned()));
    parts.push(Part::new("stage ", &query.stages, |value| value.name().to_owned()));
    parts.push(Part::new("law ", &query.instruments, |value| value.name().to_owned()));
    parts.push(Part::new("from ", &query.sources, source));
    parts.push(Part::new("published by ", &query.publishers, |value| value.name().to_owned()));
    parts.push(Part::new("in the language ", &query.languages, |value| clean(value, 20)));
    if let Some(from) = query.dates.from {
        parts.push(Part::one("published from ", day(from.date_naive())));
    }
    if let Some(to) = query.dates.to {
        parts.push(Part::one("published before ", day(to.date_naive())));
    }
    match query.policy {
        Some(true) => {}
        Some(false) => parts.push(Part::one("", "only what is not policy".to_owned())),
        None => parts.push(Part::one("", "policy or not".to_owned())),
    }
    parts.retain(|part| !part.values.is_empty());
    parts
}
