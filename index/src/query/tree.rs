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

impl Written {
    /// Says why it is not obeyed; nothing is left of it.
    fn refused<T>(self, why: &str, notes: &mut Notes) -> Option<T> {
        notes.add_at(self.place, "q", format!("`{}` {why}", self.text));
        None
    }
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
            Self::Setting(setting, written) if let Some((setting, value)) = setting.opposite() => {
                let value = value.map_or(written.value, str::to_owned);
                Self::Setting(setting, Written { value, ..written })
            }
            other => Self::Not(Box::new(other)),
        }
    }

    /// Gives what it says to a query: filters and settings to its fields, the rest to its words.
    pub(super) fn lift_into(self, query: &mut Query, settings: &mut Settings, notes: &mut Notes) {
        let mut words: Vec<_> = query.words.take().into_iter().collect();
        for part in self.parts() {
            if let Self::Setting(setting, written) = part {
                settings.add(setting, written, notes);
                continue;
            }
            for part in part.without_settings(notes).into_iter().flat_map(Self::parts) {
                match part {
                    Self::Filter(facet, values) => {
                        values.iter().for_each(|value| query.add(facet, value));
                    }
                    node => words.extend(node.expression(0, notes)),
                }
            }
        }
        query.words = all(words);
        settings.0.iter().for_each(|(setting, _)| setting.apply(query));
    }

    fn parts(self) -> Vec<Self> {
        if let Self::And(nodes) = self { nodes } else { vec![self] }
    }

    /// The same without settings, each of which is pointed at, as here none can be obeyed.
    fn without_settings(self, notes: &mut Notes) -> Option<Self> {
        let mut inner = |nodes: Vec<Self>| -> Vec<_> {
            nodes.into_iter().filter_map(|node| node.without_settings(notes)).collect()
        };
        match self {
            Self::And(nodes) => Self::and(inner(nodes)),
            Self::Or(nodes) => Self::or(inner(nodes)),
            Self::Not(node) => match *node {
                Self::Setting(_, written) => written.refused(
                    "has no opposite; type what is wanted instead (`sort:oldest`, `policy:false`)",
                    notes,
                ),
                node => node.without_settings(notes).map(Self::not),
            },
            Self::Setting(_, written) => {
                let what = format!(
                    "holds for the whole query, and cannot stand under OR or in a group behind `-`: put what else there is in parentheses (`(vpn OR proxy) {}`), or ask for each alternative by itself",
                    written.text
                );
                written.refused(&what, notes)
            }
            node => Some(node),
        }
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
            Self::And(nodes) => all(inner(values_together(nodes))),
            Self::Or(nodes) => any(inner(nodes)),
            Self::Not(node) => inner(vec![*node]).pop().map(negated),
            Self::Setting(..) => None,
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

/// Several filters of one kind in a group are one with all of their values, as they are outside of groups.
fn values_together(nodes: Vec<Node>) -> Vec<Node> {
    let mut together: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Node::Filter(facet, more) = node else {
            together.push(node);
            continue;
        };
        let known = together.iter_mut().find_map(|known| match known {
            Node::Filter(other, values) if *other == facet => Some(values),
            _ => None,
        });
        match known {
            Some(values) => {
                let new = more.into_iter().filter(|value| !values.contains(value));
                let new: Vec<_> = new.collect();
                values.extend(new);
            }
            None => together.push(Node::Filter(facet, more)),
        }
    }
    together
}

/// Filters of one kind that AND joins are all wanted, where a list of values asks for any. `is_joined` tells of each node
/// whether AND stands beside it.
pub(super) fn joined_by_and(nodes: Vec<Node>, is_joined: impl Fn(usize) -> bool) -> Vec<Node> {
    let mut parts = Vec::with_capacity(nodes.len());
    for (number, node) in nodes.into_iter().enumerate() {
        let is_joined = is_joined(number);
        match node {
            Node::And(inner) => parts.extend(inner.into_iter().map(|node| (node, is_joined))),
            node => parts.push((node, is_joined)),
        }
    }
    for facet in Facet::ALL {
        let values = |part: &(Node, bool)| match part {
            (Node::Filter(of, values), true) if *of == facet => Some(values.clone()),
            _ => None,
        };
        let mut all: Vec<_> = parts.iter().filter_map(values).collect();
        all.sort();
        all.dedup();
        let is_one_alone = all.iter().filter(|values| values.len() == 1).count() == 1;
        for part in parts.iter_mut().filter(|_| all.len() > 1) {
            let Some(values) = values(part) else { continue };
            let mut values = values.into_iter().map(|value| Expression::Filter(facet, value));
            if values.len() > 1 {
                part.0 = Node::Or(values.map(Node::Leaf).collect());
            } else if !is_one_alone && let Some(value) = values.next() {
                part.0 = Node::Leaf(value);
            }
        }
    }
    parts.into_iter().map(|(node, _)| node).collect()
}

impl Setting {
    /// What holds where this does not, and how its value is written where it is another.
    fn opposite(self) -> Option<(Self, Option<&'static str>)> {
        let written = |is: bool| Some(if is { "true" } else { "false" });
        Some(match self {
            Self::From(from) => (Self::To(from), None),
            Self::To(to) => (Self::From(to), None),
            Self::Policy(Some(is)) => (Self::Policy(Some(!is)), written(!is)),
            Self::Widen(is) => (Self::Widen(!is), written(!is)),
            Self::Fold(is) => (Self::Fold(!is), written(!is)),
            Self::Meaning(is) => (Self::Meaning(!is), written(!is)),
            Self::Policy(None) | Self::Sort(_) => return None,
        })
    }

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
