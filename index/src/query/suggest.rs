//! Values of filters, and names of offices, for a words box in which somebody is typing.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::everyday::OFFICES;
use super::grammar::{is_boundary, is_colon, is_comma};
use super::names::{Kind, Name, names};
use super::print::{quoted, word_of};
use super::read::{Field, is_quote};
use crate::Facet;
use crate::fold::{lower, plain};

/// How many values are offered.
const MAX: usize = 10;
/// How many of the last words may be the beginning of one name.
const MAX_WORDS: usize = 6;
/// How many letters of a word that is no filter say enough.
const MIN_LETTERS: usize = 2;
/// How many characters of the end of a text are looked at.
const MAX_END: usize = 200;
/// After all ranks of filters.
const LAST: u8 = 4;
/// How many letters may follow a stem.
const MAX_ENDING: usize = 3;

/// A value that the vocabulary does not know: a source, a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Of which filter.
    pub facet: Facet,
    /// As [`FacetCount::value`](crate::FacetCount) has it.
    pub value: String,
    /// What readers call it.
    pub name: String,
}

/// A filter, or the name of an office, that may be meant by what was typed last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// In the query language (`country:CN`, `Roskomnadzor`).
    pub value: String,
    /// What readers call it.
    pub name: String,
    /// The end of the text that it takes the place of.
    pub replaces: String,
}

/// At most ten filters whose codes or names, in any language, begin with the last words of `text`, the likeliest first;
/// offices follow them.
/// After `country:` and the like only values of that filter; those of languages and publishers only there.
pub fn suggest(text: &str, others: &[Choice]) -> Vec<Suggestion> {
    let mut found: Vec<_> = typed(text).iter().flat_map(|typed| typed.matches(others)).collect();
    found.sort_by(|a, b| a.order.cmp(&b.order));
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(one.suggestion.value.clone()));
    found.into_iter().map(|one| one.suggestion).take(MAX).collect()
}

/// What may be the beginning of a value.
struct Typed<'a> {
    /// The end of the text that a value takes the place of.
    replaces: &'a str,
    /// Its filter, if that was typed too, and the values before this one with their commas.
    filter: Option<(Facet, &'a str)>,
    /// The beginning, folded.
    start: String,
    /// Of how many words.
    words: usize,
}

struct Found {
    order: (Reverse<usize>, u8, usize, String),
    suggestion: Suggestion,
}

/// The readings of the end of a text: a filter with the beginning of a value, or the last word, the last two, …
fn typed(text: &str) -> Vec<Typed<'_>> {
    let Some(starts) = word_starts(text) else { return Vec::new() };
    let Some(&last) = starts.last() else { return Vec::new() };
    let word = text[last..].trim_start_matches(is_sign);
    if let Some((name, values)) = word.split_once(is_colon)
        && let Some(field) = Field::parse(name)
    {
        return of_filter(word, field, values).into_iter().collect();
    }
    let mut readings = Vec::new();
    for (words, &start) in starts.iter().rev().enumerate().take(MAX_WORDS) {
        let replaces = text[start..].trim_start_matches(is_sign);
        if replaces.chars().count() > MAX_END {
            break;
        }
        let first = replaces.split(char::is_whitespace).next().unwrap_or_default();
        if first.contains(|c| is_quote(c) || is_colon(c)) || matches!(first, "AND" | "OR" | "NOT") {
            break;
        }
        let beginning = folded(replaces);
        if beginning.chars().filter(|c| c.is_alphanumeric()).count() >= MIN_LETTERS {
            readings.push(Typed { replaces, filter: None, start: beginning, words: words + 1 });
        }
        // What is left out begins a run.
        if text[start..].len() > replaces.len() {
            break;
        }
    }
    readings
}

fn of_filter<'a>(word: &'a str, field: Field, values: &'a str) -> Option<Typed<'a>> {
    let Field::Facet(facet) = field else { return None };
    let mut is_inside = false;
    let comma = values.char_indices().filter(|&(_, c)| {
        is_inside ^= is_quote(c);
        is_comma(c) && !is_inside
    });
    let at = comma.last().map_or(0, |(at, comma)| at + comma.len_utf8());
    let (before, value) = values.split_at(at);
    let start = folded(value.trim_start_matches(is_quote));
    let is_closed = value.chars().filter(|c| is_quote(*c)).count() > 1;
    let is_short = word.chars().count() <= MAX_END;
    (is_short && !is_closed).then_some(Typed {
        replaces: word,
        filter: Some((facet, before)),
        start,
        words: 1,
    })
}

/// Where the words at the end begin, back to the last parenthesis; `None` if none is being typed.
fn word_starts(text: &str) -> Option<Vec<usize>> {
    let (mut starts, mut is_inside, mut is_between) = (Vec::new(), false, true);
    for (at, c) in text.char_indices() {
        let is_mark = is_quote(c);
        if !is_inside && !is_mark && is_boundary(c) {
            is_between = true;
            if !c.is_whitespace() {
                starts.clear();
            }
            continue;
        }
        if is_between {
            starts.push(at);
            is_between = false;
        }
        is_inside ^= is_mark;
    }
    (!is_between).then_some(starts)
}

impl Typed<'_> {
    fn matches(&self, others: &[Choice]) -> Vec<Found> {
        let known = NAMES.iter().filter_map(|(name, of)| {
            let is_code = of.kind == Kind::Code;
            let rank = self.rank(name, is_code, of.kind <= Kind::Own, of.facet)?;
            Some(self.found(rank, of.facet, of.value, of.shown))
        });
        let others = others.iter().filter_map(|of| {
            let rank = |name, is_code| self.rank(&folded(name), is_code, true, of.facet);
            let rank =
                [rank(&of.value, true), rank(&of.name, false)].into_iter().flatten().min()?;
            Some(self.found(rank, of.facet, &of.value, &of.name))
        });
        known.chain(others).chain(self.offices()).collect()
    }

    /// Offices one of whose names begins so, by their first names. No filter has them: they are words.
    fn offices(&self) -> impl Iterator<Item = Found> {
        let begins = |name: &&str| folded(name).starts_with(&self.start);
        let is_meant = move |names: &&&[&str]| names.iter().any(begins);
        let offices = OFFICES.iter().filter(move |names| self.filter.is_none() && is_meant(names));
        offices.map(|names| Found {
            order: (Reverse(self.words), LAST, 0, names[0].to_owned()),
            suggestion: Suggestion {
                value: quoted_words(names[0]),
                name: names[0].to_owned(),
                replaces: self.replaces.to_owned(),
            },
        })
    }

    /// How well a name fits, the best 0.
    fn rank(&self, name: &str, is_code: bool, is_own: bool, facet: Facet) -> Option<u8> {
        let is_asked = match self.filter {
            Some((asked, _)) => asked == facet,
            None => !matches!(facet, Facet::Language | Facet::Publisher),
        };
        if !is_asked {
            return None;
        }
        if is_code && name == self.start {
            return Some(0);
        }
        let stem = name.strip_suffix('~');
        if stem.unwrap_or(name).starts_with(&self.start) {
            return Some(if is_own { 1 } else { 2 });
        }
        let ending = stem.and_then(|stem| self.start.strip_prefix(stem));
        if ending.is_some_and(|ending| ending.chars().count() <= MAX_ENDING) {
            return Some(2);
        }
        let later = name.match_indices(&self.start).any(|(at, _)| name[..at].ends_with(' '));
        later.then_some(3)
    }

    fn found(&self, rank: u8, facet: Facet, value: &str, name: &str) -> Found {
        let before = self.filter.map_or("", |(_, before)| before);
        let place = Facet::ALL.iter().position(|known| *known == facet).unwrap_or_default();
        Found {
            order: (Reverse(self.words), rank, place, name.to_owned()),
            suggestion: Suggestion {
                value: format!("{}:{before}{}", word_of(facet), quoted(value)),
                name: name.to_owned(),
                replaces: self.replaces.to_owned(),
            },
        }
    }
}

/// A name as it stands among words, in quotation marks where it has several.
fn quoted_words(name: &str) -> String {
    if name.contains(char::is_whitespace) { format!("\"{name}\"") } else { name.to_owned() }
}

/// The form in which names are compared.
fn folded(text: &str) -> String {
    plain(&lower(text)).replace('-', " ")
}

fn is_sign(c: char) -> bool {
    matches!(c, '-' | '－' | '−' | '+' | '＋')
}

/// All names of the vocabulary, folded.
static NAMES: LazyLock<Vec<(String, Name)>> =
    LazyLock::new(|| names().map(|name| (folded(name.text), name)).collect());
