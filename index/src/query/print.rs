//! A query in its canonical forms, each of which reads back to the same query.

use chrono::{DateTime, NaiveTime, SecondsFormat, Utc};

use super::grammar::is_plain_word;
use super::{Expression, Query, Sort};
use crate::Facet;

/// The canonical parameters.
pub(super) fn pairs(query: &Query) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    if query.words.is_some() {
        pairs.push(("q", query.words_text()));
    }
    for facet in Facet::ALL {
        pairs.extend(query.values(facet).iter().map(|value| (facet.slug(), quoted(value))));
    }
    pairs.extend(settings(query, "from", "to"));
    pairs
}

/// The canonical text.
pub(super) fn text(query: &Query) -> String {
    let mut parts = Vec::new();
    for facet in Facet::ALL {
        let values: Vec<_> = query.values(facet).iter().map(|value| quoted(value)).collect();
        if !values.is_empty() {
            parts.push(format!("{}:{}", word_of(facet), values.join(",")));
        }
    }
    let settings = settings(query, "after", "before");
    parts.extend(settings.into_iter().map(|(name, value)| format!("{name}:{value}")));
    if let Some(words) = &query.words {
        let text = expression(words);
        let group = matches!(words, Expression::Or(_)) && !parts.is_empty();
        parts.insert(0, if group { format!("({text})") } else { text });
    }
    parts.join(" ")
}

/// The word that the query language prefers for a filter.
pub(super) fn word_of(facet: Facet) -> &'static str {
    match facet {
        Facet::Jurisdiction => "country",
        Facet::Instrument => "law",
        Facet::Language => "lang",
        Facet::Topic | Facet::Stage | Facet::Source | Facet::Publisher => facet.slug(),
    }
}

fn settings(query: &Query, from: &'static str, to: &'static str) -> Vec<(&'static str, String)> {
    let mut pairs = Vec::new();
    pairs.extend(query.dates.from.map(|time| (from, date(time))));
    pairs.extend(query.dates.to.map(|time| (to, date(time))));
    match query.policy {
        Some(true) => {}
        Some(false) => pairs.push(("policy", "false".to_owned())),
        None => pairs.push(("policy", "any".to_owned())),
    }
    if !query.widen {
        pairs.push(("widen", "false".to_owned()));
    }
    if !query.fold {
        pairs.push(("fold", "false".to_owned()));
    }
    if !query.meaning {
        pairs.push(("meaning", "false".to_owned()));
    }
    match query.sort {
        Sort::Relevance => {}
        Sort::Newest => pairs.push(("sort", "newest".to_owned())),
        Sort::Oldest => pairs.push(("sort", "oldest".to_owned())),
    }
    pairs
}

/// A day where it is one, else the instant.
fn date(time: DateTime<Utc>) -> String {
    if time.time() == NaiveTime::MIN {
        time.format("%Y-%m-%d").to_string()
    } else {
        time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

/// Words as they would stand in the words box.
pub(super) fn expression(expression: &Expression) -> String {
    match expression {
        Expression::Word(word) if is_plain_word(word) => word.clone(),
        Expression::Word(word) => format!("\"{word}\""),
        Expression::Prefix(start) => format!("{start}*"),
        Expression::Phrase(words) => format!("\"{}\"", words.join(" ")),
        Expression::Near(words, distance) => format!("\"{}\"~{distance}", words.join(" ")),
        Expression::Filter(facet, value) => format!("{}:{}", word_of(*facet), quoted(value)),
        Expression::And(parts) => joined(parts, " ", |part| matches!(part, Expression::Or(_))),
        Expression::Or(parts) => joined(parts, " OR ", |_| false),
        Expression::Not(part) => {
            let group = matches!(**part, Expression::And(_) | Expression::Or(_));
            format!("-{}", grouped(part, group))
        }
    }
}

fn joined(parts: &[Expression], between: &str, group: impl Fn(&Expression) -> bool) -> String {
    let parts: Vec<_> = parts.iter().map(|part| grouped(part, group(part))).collect();
    parts.join(between)
}

fn grouped(part: &Expression, group: bool) -> String {
    let text = expression(part);
    if group { format!("({text})") } else { text }
}

/// A filter's value, in quotes where it needs them.
pub(super) fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("\"{value}\"")
    }
}
