//! A query in its canonical forms, each of which reads back to the same query.

use std::borrow::Cow;

use chrono::{DateTime, NaiveTime, SecondsFormat, Utc};

use url::form_urlencoded::{Serializer, byte_serialize};

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
        let values = query.values(facet).into_iter();
        pairs.extend(values.map(|value| (facet.slug(), quoted(&value).into_owned())));
    }
    pairs.extend(settings(query, "from", "to"));
    pairs
}

/// The canonical text.
pub(super) fn text(query: &Query) -> String {
    let mut parts = Vec::new();
    for facet in Facet::ALL {
        let values = query.values(facet);
        if !values.is_empty() {
            let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
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
        Expression::And(parts) | Expression::Most(parts) => {
            let and = if has_several_values(parts) { " AND " } else { " " };
            joined(parts, and, |part| matches!(part, Expression::Or(_)))
        }
        Expression::Or(parts) => joined(parts, " OR ", |_| false),
        Expression::Not(part) => {
            let group =
                matches!(**part, Expression::And(_) | Expression::Most(_) | Expression::Or(_));
            format!("-{}", grouped(part, group))
        }
    }
}

/// Whether all of several values of one filter are wanted, which without AND would be any of them.
fn has_several_values(parts: &[Expression]) -> bool {
    let of = |facet: Facet| {
        parts
            .iter()
            .filter(|part| matches!(part, Expression::Filter(of, _) if *of == facet))
            .count()
    };
    Facet::ALL.into_iter().any(|facet| of(facet) > 1)
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
pub(super) fn quoted(value: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !value.is_empty() && value.chars().all(plain) {
        Cow::Borrowed(value)
    } else {
        Cow::Owned(format!("\"{value}\""))
    }
}

/// The query strings that [`Query::toggled`] would have for the values of one filter: what stays the same is written
/// once.
#[derive(Debug)]
pub struct Toggles {
    /// What stands before and after the filter, encoded.
    before: String,
    after: String,
    /// The values that it has, in order, and each with its name, encoded.
    values: Vec<(String, String)>,
    name: &'static str,
}

impl Toggles {
    pub(super) fn new(query: &Query, facet: Facet) -> Self {
        let pairs = pairs(query);
        let is_here = |pair: &&(&str, String)| pair.0 == facet.slug();
        let later = Facet::ALL.into_iter().skip_while(|other| *other != facet).skip(1);
        let later: Vec<_> = later.map(Facet::slug).collect();
        let others = pairs.iter().filter(|pair| !is_here(pair));
        let (before, after): (Vec<_>, Vec<_>) = others.partition(|(name, _)| {
            *name == "q" || Facet::parse(name).is_some_and(|_| !later.contains(name))
        });
        let written = |pairs: Vec<&(&str, String)>| {
            Serializer::new(String::new()).extend_pairs(pairs.into_iter().cloned()).finish()
        };
        let name = facet.slug();
        let values = query.values(facet).into_iter().map(|value| {
            let pair = pair(name, &value);
            (value, pair)
        });
        Self { before: written(before), after: written(after), values: values.collect(), name }
    }

    /// The canonical query string with this value added, or removed if it is there.
    pub fn with(&self, value: &str) -> String {
        let is_added = self.values.iter().all(|(set, _)| set != value);
        let added = if is_added { pair(self.name, value) } else { String::new() };
        let smaller = self.values.iter().filter(|(set, _)| set.as_str() < value);
        let greater = self.values.iter().filter(|(set, _)| set.as_str() > value);
        let parts = [self.before.as_str()].into_iter();
        let parts = parts.chain(smaller.map(|(_, pair)| pair.as_str())).chain([added.as_str()]);
        let parts =
            parts.chain(greater.map(|(_, pair)| pair.as_str())).chain([self.after.as_str()]);
        let mut written = String::with_capacity(self.before.len() + self.after.len() + 64);
        for part in parts.filter(|part| !part.is_empty()) {
            if !written.is_empty() {
                written.push('&');
            }
            written.push_str(part);
        }
        written
    }
}

/// `name=value`, encoded.
fn pair(name: &str, value: &str) -> String {
    let mut pair = format!("{name}=");
    pair.extend(byte_serialize(quoted(value).as_bytes()));
    pair
}
