//! One thing under all its names: the name of a law, a topic or a jurisdiction among the words also finds what is
//! about it, in whatever language.

use std::collections::HashMap;
use std::sync::LazyLock;

use classifier::Instrument;

use super::Expression;
use super::names::{Kind, names};
use crate::Facet;

/// How many words a name may have, and how many other names are searched.
const MAX_NAME: usize = 10;
const MAX_OTHERS: usize = 16;
/// How many laws of one abbreviation are searched.
const MAX_LAWS: usize = 8;
/// How many names of a query are widened: each costs a search of its own.
const MAX_WIDENINGS: usize = 6;

/// A name that was found among the words, and what is searched besides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widening {
    /// The name as it was typed.
    pub words: String,
    /// A law, a topic or a jurisdiction: items that are about it are found, whatever they call it.
    pub facet: Facet,
    /// Which; as [`FacetCount::value`](crate::FacetCount) has it.
    pub value: String,
    /// A law's other names, which are searched too.
    pub names: Vec<String>,
}

/// The same words, each name with its other names beside it, and what was widened.
pub(super) fn widen(words: &Expression) -> (Expression, Vec<Widening>) {
    let mut found = Vec::new();
    let wide = expression(words, &mut found);
    (wide, found)
}

fn expression(part: &Expression, found: &mut Vec<Widening>) -> Expression {
    match part {
        Expression::Word(word) => named(std::slice::from_ref(word), part, found),
        Expression::Phrase(words) => named(words, part, found),
        Expression::And(parts) => Expression::And(in_a_row(parts, found)),
        Expression::Or(parts) => {
            Expression::Or(parts.iter().map(|part| expression(part, found)).collect())
        }
        // What is left out is left out by the word that was typed, and by no other.
        Expression::Not(_)
        | Expression::Prefix(_)
        | Expression::Near(..)
        | Expression::Filter(..) => part.clone(),
    }
}

/// Words in a row may be a name together: the longest counts.
fn in_a_row(parts: &[Expression], found: &mut Vec<Widening>) -> Vec<Expression> {
    let mut wide = Vec::new();
    let mut rest = parts;
    while let Some((first, others)) = rest.split_first() {
        let row: Vec<String> = rest.iter().map_while(word).take(MAX_NAME).collect();
        let named_row = (2..=row.len()).rev().find_map(|length| {
            let own = Expression::And(rest[..length].to_vec());
            Some((length, widened(&row[..length], own, found)?))
        });
        if let Some((length, name)) = named_row {
            wide.push(name);
            rest = &rest[length..];
        } else {
            wide.push(expression(first, found));
            rest = others;
        }
    }
    wide
}

fn word(part: &Expression) -> Option<String> {
    if let Expression::Word(word) = part { Some(word.clone()) } else { None }
}

fn named(words: &[String], own: &Expression, found: &mut Vec<Widening>) -> Expression {
    widened(words, own.clone(), found).unwrap_or_else(|| own.clone())
}

/// The other names, and the items about it, beside the words that name it.
fn widened(words: &[String], own: Expression, found: &mut Vec<Widening>) -> Option<Expression> {
    if found.len() >= MAX_WIDENINGS {
        return None;
    }
    let meanings = meanings(&words.join(" "));
    if meanings.is_empty() {
        return None;
    }
    let mut any = vec![own];
    for meaning in &meanings {
        any.push(Expression::Filter(meaning.facet, meaning.value.clone()));
        any.extend(
            meaning.names.iter().map(|name| {
                Expression::Phrase(name.split_whitespace().map(str::to_owned).collect())
            }),
        );
    }
    found.extend(meanings);
    Some(Expression::Or(any))
}

/// What some words name. An abbreviation in its own capitals (`CRA`) may name several laws: which of them an item is
/// about, its tags say.
fn meanings(words: &str) -> Vec<Widening> {
    let lower = words.to_lowercase();
    let widening = |facet, value: &str, names| Widening {
        words: words.to_owned(),
        facet,
        value: value.to_owned(),
        names,
    };
    if let Some(law) = Instrument::parse(words) {
        let names = std::iter::once(law.name()).chain(law.aliases().iter().map(String::as_str));
        let others = names.filter(|name| name.to_lowercase() != lower).take(MAX_OTHERS);
        let names = others.map(str::to_owned).collect();
        return vec![widening(Facet::Instrument, law.slug(), names)];
    }
    if let Some((facet, value)) = NAMES.one.get(&lower.replace('-', " ")) {
        return vec![widening(*facet, value, Vec::new())];
    }
    let laws = NAMES.abbreviations.get(words).into_iter().flatten().take(MAX_LAWS);
    laws.map(|law| widening(Facet::Instrument, law, Vec::new())).collect()
}

/// Names besides those of laws that have them alone.
struct Names {
    /// Topics and jurisdictions, by name in lower case.
    one: HashMap<String, (Facet, &'static str)>,
    /// Laws, by the abbreviations that they may share.
    abbreviations: HashMap<&'static str, Vec<&'static str>>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut known = Names { one: HashMap::new(), abbreviations: HashMap::new() };
    for name in names() {
        match (name.facet, name.kind) {
            (Facet::Jurisdiction, Kind::Own) | (Facet::Topic, Kind::Code | Kind::Everyday) => {
                let text = name.text.to_lowercase().replace('-', " ");
                known.one.insert(text, (name.facet, name.value));
            }
            (Facet::Instrument, Kind::Shared) => {
                known.abbreviations.entry(name.text).or_default().push(name.value);
            }
            _ => {}
        }
    }
    known
});
