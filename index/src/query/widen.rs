//! One thing under all its names: the name of a law, a topic, a jurisdiction or an office among the words also finds
//! what is about it, or calls it otherwise, in whatever language.

use classifier::{Instrument, Jurisdiction};

use super::Expression;
use super::concepts::CONCEPTS;
use super::everyday::OFFICES;
use super::function_words::is_function_word;
use super::meanings::{law_named, meanings};
use super::question::{drop_little, is_condition, question};
use super::subjects::{LIKELY, SURE, Subject, subject_of_law, subjects};
use crate::Facet;

/// How many words a name may have.
pub(super) const MAX_NAME: usize = 10;
/// How many names of words in a row are widened, and of a whole query: each costs a search of its own. Alternatives do not share
/// the first bound, as each finds what it would find by itself.
const MAX_WIDENINGS: usize = 6;
const MAX_OF_ALL: usize = 24;

/// A name that was found among the words, and what is searched besides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widening {
    /// The name as it was typed.
    pub words: String,
    /// A law, a topic or a jurisdiction: items that are about it are found, whatever they call it. `None` for an office,
    /// and for what else has names in many languages.
    pub facet: Option<Facet>,
    /// Which; as [`FacetCount::value`](crate::FacetCount) has it. An office's full name; the first name of what else.
    pub value: String,
    /// The jurisdictions of a part of the world, whose name `value` is.
    pub states: Vec<Jurisdiction>,
    /// The other names, which are searched too, but for a topic or a jurisdiction.
    pub names: Vec<String>,
}

impl Widening {
    /// What an item has that is about it: any of these values.
    pub(super) fn filters(&self) -> Vec<(Facet, String)> {
        let state = |state: &Jurisdiction| (Facet::Jurisdiction, state.code().to_owned());
        match self.facet {
            Some(_) if !self.states.is_empty() => self.states.iter().map(state).collect(),
            Some(facet) => vec![(facet, self.value.clone())],
            None => Vec::new(),
        }
    }
}

/// The names that were widened, of what is wanted and of what is not.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) wanted: Vec<Widening>,
    pub(super) excluded: Vec<Widening>,
}

/// The same words, each name with its other names beside it, and what was widened; with `is_loose`, of alternatives all that
/// they may speak of together.
pub(super) fn widen(words: &Expression, is_loose: bool) -> (Expression, Names) {
    let mut names = Names::default();
    let wide = match words {
        Expression::Or(parts) if is_loose => {
            Expression::Or(in_a_row(parts, Wanted::Any, &mut names))
        }
        _ => expression(words, &mut names),
    };
    (wide, names)
}

/// The values that words speak of, loosely read, but for those that they name.
pub(super) fn hints(parts: &[Expression], named: &[Widening]) -> Vec<(Facet, String)> {
    let mut names = Names::default();
    in_a_row(parts, Wanted::Any, &mut names);
    let mut loose = names.wanted;
    let is_new = |hint: &Widening| {
        !named.iter().any(|name| name.facet == hint.facet && name.value == hint.value)
    };
    loose.retain(is_new);
    loose.iter().flat_map(Widening::filters).collect()
}

fn expression(part: &Expression, names: &mut Names) -> Expression {
    let found = &mut names.wanted;
    match part {
        Expression::Word(word) => row_of_words(std::slice::from_ref(word), Wanted::All, found)
            .pop()
            .unwrap_or_else(|| part.clone()),
        Expression::Phrase(words) if words.len() > 1 => quoted(words, part, found),
        Expression::And(parts) => {
            let (beside, words): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(is_condition);
            let mut wide = in_a_row(&words, Wanted::All, names);
            if words.len() > 1 && !question(part).is_empty() {
                drop_little(&mut wide);
                wide = vec![Expression::Most(wide)];
            }
            wide.extend(beside.iter().map(|part| expression(part, names)));
            if wide.len() == 1 { wide.swap_remove(0) } else { Expression::And(wide) }
        }
        Expression::Or(parts) => {
            Expression::Or(parts.iter().map(|part| expression(part, names)).collect())
        }
        // A word leaves out what it would find.
        Expression::Not(part) => {
            names.turn();
            let wide = expression(part, names);
            names.turn();
            Expression::Not(Box::new(wide))
        }
        Expression::Most(_)
        | Expression::Phrase(_)
        | Expression::Prefix(_)
        | Expression::Near(..)
        | Expression::Filter(..) => part.clone(),
    }
}

impl Names {
    /// What is not wanted of what is not wanted is wanted.
    fn turn(&mut self) {
        std::mem::swap(&mut self.wanted, &mut self.excluded);
    }
}

/// Words in a row may be a name together, the longest counts, or speak of a topic.
fn in_a_row(parts: &[Expression], wanted: Wanted, names: &mut Names) -> Vec<Expression> {
    let mut wide = Vec::new();
    let mut rest = parts;
    while let Some((first, others)) = rest.split_first() {
        let row: Vec<String> = rest.iter().map_while(word).collect();
        if row.is_empty() {
            wide.push(expression(first, names));
            rest = others;
        } else {
            wide.extend(row_of_words(&row, wanted, &mut names.wanted));
            rest = &rest[row.len()..];
        }
    }
    wide
}

/// How much a row of words must have of what is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    All,
    Any,
}

/// What is searched for words in a row, whatever was found elsewhere.
fn row_of_words(row: &[String], wanted: Wanted, found: &mut Vec<Widening>) -> Vec<Expression> {
    let wide = apart(found, |own| widened_row(row, wanted, own));
    wide.unwrap_or_else(|| row.iter().cloned().map(Expression::Word).collect())
}

/// Looks for names by itself, and adds what it finds; `None` if there are enough.
fn apart<T>(found: &mut Vec<Widening>, look: impl FnOnce(&mut Vec<Widening>) -> T) -> Option<T> {
    if found.len() >= MAX_OF_ALL {
        return None;
    }
    let mut own = Vec::new();
    let wide = look(&mut own);
    own.retain(|name| !found.contains(name));
    found.append(&mut own);
    Some(wide)
}

fn widened_row(row: &[String], wanted: Wanted, found: &mut Vec<Widening>) -> Vec<Expression> {
    let mut wide: Vec<Option<Expression>> = Vec::with_capacity(row.len());
    let mut named = vec![false; row.len()];
    let subjects = subjects(row, if wanted == Wanted::All { SURE } else { LIKELY });
    while wide.len() < row.len() {
        let at = wide.len();
        let rest = &row[at..];
        let name = (1..=rest.len().min(MAX_NAME)).rev().find_map(|length| {
            let words = &rest[..length];
            let own = wanted.of(words);
            let part = widened(called(words, row), own, found).or_else(|| {
                // A law is meant, and not what the first of its words name.
                let is_it = |subject: &&Subject| {
                    subject.facet == Facet::Instrument && subject.words == (at..at + length)
                };
                let law = subjects.iter().find(is_it).filter(|_| found.len() < MAX_WIDENINGS)?;
                about(law, words, wanted, found)
            });
            Some((length, part?))
        });
        let (length, part) = name.map_or((1, None), |(length, name)| (length, Some(name)));
        named[at..at + length].fill(part.is_some());
        wide.push(part);
        wide.resize(at + length, None);
    }
    let mut more = Vec::new();
    if wanted == Wanted::Any {
        more.extend(found.iter().filter_map(subject_of_law));
        more.extend(things(found));
    }
    for subject in subjects {
        let own: Vec<usize> = subject.words.clone().filter(|at| !named[*at]).collect();
        let words: Vec<String> = own.iter().map(|at| row[*at].clone()).collect();
        let is_empty = words.iter().all(|word| is_function_word(word));
        let is_known = subject.values.iter().all(|value| is_found(&subject, value, found));
        if found.len() >= MAX_WIDENINGS || is_known || is_empty && wanted == Wanted::All {
            continue;
        }
        let part = about(&subject, &words, wanted, found);
        if is_empty {
            more.extend(part);
            continue;
        }
        own.iter().for_each(|at| named[*at] = true);
        wide[own[0]] = part;
    }
    let parts = wide.into_iter().zip(row).zip(named);
    let plain = |((part, word), named): ((Option<Expression>, &String), bool)| {
        part.or_else(|| (!named).then(|| Expression::Word(word.clone())))
    };
    parts.filter_map(plain).chain(more).collect()
}

/// What some words of a row name; the two words of a topic in either order where they are all there are.
fn called(words: &[String], row: &[String]) -> Vec<Widening> {
    let named = meanings(&words.join(" "));
    let telling: Vec<_> = row.iter().filter(|word| !is_function_word(word)).collect();
    let [first, second] = telling[..] else { return named };
    if words.len() < row.len() || !named.is_empty() {
        return named;
    }
    let mut turned = meanings(&format!("{second} {first}"));
    turned.retain(|name| name.facet == Some(Facet::Topic));
    turned.iter_mut().for_each(|name| name.words = words.join(" "));
    turned
}

fn is_found(subject: &Subject, value: &str, found: &[Widening]) -> bool {
    found.iter().any(|known| known.facet == Some(subject.facet) && known.value == value)
}

/// What is about the topics of things that were found, by their first names.
fn things(found: &mut Vec<Widening>) -> Vec<Expression> {
    let is_thing = |name: &&Widening| {
        name.facet.is_none() && CONCEPTS.iter().any(|names| names[0] == name.value)
    };
    let things: Vec<String> =
        found.iter().filter(is_thing).map(|name| name.value.clone()).collect();
    let mut more = Vec::new();
    for thing in things {
        let words: Vec<String> = thing.split(' ').map(str::to_owned).collect();
        for subject in subjects(&words, LIKELY) {
            more.extend(about(&subject, &[], Wanted::Any, found));
        }
    }
    more
}

/// Some words, or what is about their subject; `None` if there are none and that is searched anyhow.
fn about(
    subject: &Subject,
    words: &[String],
    wanted: Wanted,
    found: &mut Vec<Widening>,
) -> Option<Expression> {
    let new = subject.values.iter().copied().filter(|value| !is_found(subject, value, found));
    let new: Vec<_> = new.collect();
    let own = (!words.is_empty()).then(|| wanted.of(words));
    let values = if own.is_some() { &subject.values } else { &new };
    let spoken = words.join(" ");
    let named = |value: &str| match Instrument::parse(value) {
        Some(law) if subject.facet == Facet::Instrument => law_named(law, &spoken),
        _ => Widening {
            words: spoken.clone(),
            facet: Some(subject.facet),
            value: value.to_owned(),
            states: Vec::new(),
            names: Vec::new(),
        },
    };
    let others = values.iter().flat_map(|value| {
        let about = Expression::Filter(subject.facet, (*value).to_owned());
        std::iter::once(about).chain(phrases(&named(value)))
    });
    let any: Vec<_> = own.into_iter().chain(others).collect();
    found.extend(new.into_iter().map(named));
    (!any.is_empty()).then_some(Expression::Or(any))
}

impl Wanted {
    fn of(self, words: &[String]) -> Expression {
        let mut parts = words.iter().cloned().map(Expression::Word);
        match (self, words.len()) {
            (_, 1) => parts.next().unwrap_or(Expression::And(Vec::new())),
            (Self::All, _) => Expression::And(parts.collect()),
            (Self::Any, _) => Expression::Or(parts.collect()),
        }
    }
}

pub(super) fn word(part: &Expression) -> Option<String> {
    if let Expression::Word(word) = part { Some(word.clone()) } else { None }
}

/// In quotation marks a law or an office has its other names beside it, which name the same; everything else stands as it
/// was typed.
fn quoted(words: &[String], own: &Expression, found: &mut Vec<Widening>) -> Expression {
    let meanings = meanings(&words.join(" "));
    let is_proper = |name: &Widening| {
        let is_office = || OFFICES.iter().any(|names| names[0] == name.value);
        name.facet == Some(Facet::Instrument) || name.facet.is_none() && is_office()
    };
    if !meanings.iter().all(is_proper) {
        return own.clone();
    }
    let wide = apart(found, |found| widened(meanings, own.clone(), found));
    wide.flatten().unwrap_or_else(|| own.clone())
}

/// The other names, and the items about it, beside the words that name it.
fn widened(
    meanings: Vec<Widening>,
    own: Expression,
    found: &mut Vec<Widening>,
) -> Option<Expression> {
    if found.len() >= MAX_WIDENINGS || meanings.is_empty() {
        return None;
    }
    let mut any = vec![own];
    for meaning in &meanings {
        let about = meaning.filters().into_iter();
        any.extend(about.map(|(facet, value)| Expression::Filter(facet, value)));
        any.extend(phrases(meaning));
    }
    found.extend(meanings);
    Some(Expression::Or(any))
}

/// The other names of something, as they are searched.
fn phrases(name: &Widening) -> Vec<Expression> {
    let words = |name: &String| name.split_whitespace().map(str::to_owned).collect();
    name.names.iter().map(words).map(Expression::Phrase).collect()
}
