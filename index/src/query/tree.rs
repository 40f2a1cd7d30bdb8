//! What the grammar finds, before filters and dates are lifted out of the words.

use std::mem::discriminant;

use chrono::{DateTime, Utc};
use crawler::SourceId;

use super::grammar::is_colon;
use super::read::{Notes, is_quote, visible};
use super::{Expression, Query, Sort};
use crate::Facet;

/// How deep words, groups and negations may be nested.
const MAX_DEPTH: usize = 20;

/// What the filter of sources is called.
const NAME: &str = "source";

/// A part of a query.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    /// A word, phrase, prefix.
    Leaf(Expression),
    /// `country:CN,IN`, in canonical values.
    Filter(Facet, Vec<String>),
    /// What is true of the query as a whole, and how it was written.
    Setting(Setting, Written),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
}

/// What cannot stand under OR, in a group with it, or behind `-`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Setting {
    From(DateTime<Utc>),
    To(DateTime<Utc>),
    Policy(Option<bool>),
    Sort(Sort),
    Widen(bool),
    Fold(bool),
    Meaning(bool),
}

/// A setting as it was typed, and at which character of the words it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) name: String,
    pub(super) value: String,
    pub(super) place: Option<usize>,
}

/// The settings that a query was given, in order.
#[derive(Debug, Default)]
pub(super) struct Settings(Vec<(Setting, Written)>);

impl Settings {
    /// Adds one. Of those that can have but one value the first holds, and another is pointed at.
    fn add(&mut self, setting: Setting, written: Written, notes: &mut Notes) {
        let is_date = matches!(setting, Setting::From(_) | Setting::To(_));
        let is_like = |known: &Setting| discriminant(known) == discriminant(&setting);
        let known = self.0.iter().find(|(known, _)| !is_date && is_like(known));
        match known {
            None => self.0.push((setting, written)),
            Some((known, _)) if *known == setting => {}
            Some((_, first)) => {
                let what = format!(
                    "`{}` contradicts `{}`, which stands before it and was read",
                    written.value, first.value
                );
                notes.add_at(written.place, &written.name, what);
            }
        }
    }

    /// Where the last date stands among the words, if any does.
    pub(super) fn last_date(&self) -> Option<usize> {
        let dates =
            self.0.iter().filter(|(known, _)| matches!(known, Setting::From(_) | Setting::To(_)));
        dates.filter_map(|(_, written)| written.place).max()
    }
}

impl Node {
    /// All of them; groups in groups are one, and one alone is itself.
    pub(super) fn and(nodes: Vec<Self>) -> Option<Self> {
        joined(nodes, Self::And, |node| match node {
            Self::And(nodes) => Ok(nodes),
            other => Err(other),
        })
    }

    /// Any of them.
    pub(super) fn or(nodes: Vec<Self>) -> Option<Self> {
        joined(nodes, Self::Or, |node| match node {
            Self::Or(nodes) => Ok(nodes),
            other => Err(other),
        })
    }

    /// The opposite.
    pub(super) fn not(self) -> Self {
        match self {
            Self::Not(node) => *node,
            other => Self::Not(Box::new(other)),
        }
    }

    /// Gives what it says to a query: filters and settings to its fields, the rest to its words.
    pub(super) fn lift_into(self, query: &mut Query, settings: &mut Settings, notes: &mut Notes) {
        let parts = match self {
            Self::And(nodes) => nodes,
            node => vec![node],
        };
        let mut words: Vec<_> = query.words.take().into_iter().collect();
        for part in parts {
            match part {
                Self::Filter(facet, values) => {
                    values.iter().for_each(|value| query.add(facet, value));
                }
                Self::Setting(setting, written) => settings.add(setting, written, notes),
                node => words.extend(node.expression(0, notes)),
            }
        }
        query.words = all(words);
        settings.0.iter().for_each(|(setting, _)| setting.apply(query));
    }

    fn expression(self, depth: usize, notes: &mut Notes) -> Option<Expression> {
        if depth > MAX_DEPTH {
            let what = format!(
                "groups are nested more than {MAX_DEPTH} deep; the innermost were left out"
            );
            notes.add_at(None, "q", what);
            return None;
        }
        let mut inner = |nodes: Vec<Self>| -> Vec<_> {
            nodes.into_iter().filter_map(|node| node.expression(depth + 1, notes)).collect()
        };
        match self {
            Self::Leaf(expression) => Some(expression),
            Self::Filter(facet, values) => {
                any(values.into_iter().map(|value| Expression::Filter(facet, value)).collect())
            }
            Self::Setting(_, written) => {
                let what = format!(
                    "`{}` holds for the whole query: it cannot stand under OR or behind `-`; put the words in parentheses",
                    written.text
                );
                notes.add_at(written.place, "q", what);
                None
            }
            Self::And(nodes) => all(inner(nodes)),
            Self::Or(nodes) => any(inner(nodes)),
            Self::Not(node) => inner(vec![*node]).pop().map(negated),
        }
    }
}

impl Query {
    /// All sources that it names, those among its words too, each with the character of the words `q` at which its filter
    /// begins, or it itself if it is one of several; `None` if it does not stand there.
    pub fn named_sources(&self, q: &str) -> Vec<(SourceId, Option<usize>)> {
        let mut named = self.sources.clone();
        self.words.iter().for_each(|words| gather_sources(words, &mut named));
        named.sort();
        named.dedup();
        let text: String = visible(q).map(|c| c.to_ascii_lowercase()).collect();
        let first = text.find(NAME).map_or(text.len(), |at| at + NAME.len());
        let ends = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '-');
        let place = |source: &SourceId| {
            let mut places = text[first..].match_indices(&source.0).map(|(at, _)| first + at);
            let whole = places.find(|&at| {
                let behind = &text[at + source.0.len()..];
                ends(text[..at].chars().next_back()) && ends(behind.chars().next())
            })?;
            let filter = text[..whole].rfind(NAME)?;
            let between = &text[filter + NAME.len()..whole];
            let is_first = between
                .chars()
                .all(|c| is_colon(c) || c == '=' || c.is_whitespace() || is_quote(c));
            let start = if is_first { filter } else { whole };
            Some(text[..start].chars().count() + 1)
        };
        named.into_iter().map(|source| (source.clone(), place(&source))).collect()
    }
}

fn gather_sources(part: &Expression, named: &mut Vec<SourceId>) {
    match part {
        Expression::Filter(Facet::Source, id) => named.push(SourceId(id.clone())),
        Expression::And(parts) | Expression::Or(parts) => {
            parts.iter().for_each(|part| gather_sources(part, named));
        }
        Expression::Not(part) => gather_sources(part, named),
        _ => {}
    }
}

impl Setting {
    fn apply(self, query: &mut Query) {
        let dates = &mut query.dates;
        match self {
            Self::From(from) => dates.from = Some(dates.from.map_or(from, |other| other.max(from))),
            Self::To(to) => dates.to = Some(dates.to.map_or(to, |other| other.min(to))),
            Self::Policy(policy) => query.policy = policy,
            Self::Sort(sort) => query.sort = sort,
            Self::Widen(widen) => query.widen = widen,
            Self::Fold(fold) => query.fold = fold,
            Self::Meaning(meaning) => query.meaning = meaning,
        }
    }
}

/// All of them, in the one form that has no group within a like group.
pub(super) fn all(expressions: Vec<Expression>) -> Option<Expression> {
    joined(expressions, Expression::And, |expression| match expression {
        Expression::And(parts) => Ok(parts),
        other => Err(other),
    })
}

pub(super) fn any(expressions: Vec<Expression>) -> Option<Expression> {
    joined(expressions, Expression::Or, |expression| match expression {
        Expression::Or(parts) => Ok(parts),
        other => Err(other),
    })
}

fn negated(expression: Expression) -> Expression {
    match expression {
        Expression::Not(inner) => *inner,
        other => Expression::Not(Box::new(other)),
    }
}

fn joined<T>(
    parts: Vec<T>,
    join: impl Fn(Vec<T>) -> T,
    split: impl Fn(T) -> Result<Vec<T>, T>,
) -> Option<T> {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match split(part) {
            Ok(inner) => flat.extend(inner),
            Err(one) => flat.push(one),
        }
    }
    if flat.len() > 1 { Some(join(flat)) } else { flat.pop() }
}
