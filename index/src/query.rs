//! `Query`: what a reader's address line, the API, a feed, an export and a subscription all are.

use std::borrow::Cow;
use std::fmt::Display;

use chrono::{DateTime, Utc};
use classifier::{Instrument, Jurisdiction, Stage, Topic};
use crawler::{Publisher, SourceId};

use crate::Facet;

// Text in: characters to a tree, words of values to values.
mod grammar;
mod concepts;
mod everyday;
mod function_words;
mod meanings;
mod names;
mod question;
mod read;
mod regions;
mod runs;
mod stages;
mod subjects;
mod tree;
mod widen;

// What is being typed.
mod suggest;

// Text out.
mod print;

pub(crate) use names::words_of_names;
pub use print::Toggles;
pub(crate) use question::{by_need, is_little, says_something};
pub use suggest::{Choice, Suggestion, suggest};
pub use widen::Widening;

use runs::Cut;

/// In which order a result comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By relevance where there are words, else newest first.
    #[default]
    Relevance,
    /// Newest first, by publication (first seen where that is not known).
    Newest,
    /// Oldest first.
    Oldest,
}

/// A span of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Dates {
    /// Inclusive.
    pub from: Option<DateTime<Utc>>,
    /// Exclusive.
    pub to: Option<DateTime<Utc>>,
}

/// What the words box means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// One word.
    Word(String),
    /// Every word that begins so.
    Prefix(String),
    /// Words that stand side by side.
    Phrase(Vec<String>),
    /// Words that stand near each other: the moves that it takes to bring them side by side are at most so many.
    Near(Vec<String>, u32),
    /// A filter among the words (`-country:CN`); the value in its canonical form.
    Filter(Facet, String),
    /// All of them.
    And(Vec<Expression>),
    /// All of them but those that a question may do without: words as they are searched. Nobody can type it.
    Most(Vec<Expression>),
    /// Any of them.
    Or(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
}

/// One question. Several values of one field mean *or*, several fields *and*.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Words, if any.
    pub words: Option<Expression>,
    /// Whose law.
    pub jurisdictions: Vec<Jurisdiction>,
    /// About what.
    pub topics: Vec<Topic>,
    /// Where in its life.
    pub stages: Vec<Stage>,
    /// Which laws.
    pub instruments: Vec<Instrument>,
    /// Which sources.
    pub sources: Vec<SourceId>,
    /// Which kinds of publisher.
    pub publishers: Vec<Publisher>,
    /// Which languages.
    pub languages: Vec<String>,
    /// Published when.
    pub dates: Dates,
    /// `Some(true)` if left out; `None` is *any*.
    pub policy: Option<bool>,
    /// In which order.
    pub sort: Sort,
    /// Whether the name of a law, a topic or a jurisdiction among the words also finds what is about it, under its other
    /// names; `true` if left out.
    pub widen: bool,
    /// Whether a list shows one item of a story, the first in its order; `true` if left out.
    pub fold: bool,
    /// Whether words also find what means the same, where something is there that knows; `true` if left out.
    pub meaning: bool,
    /// Whether any of the words will do, and all that they may speak of: what stands beneath a result is asked for so.
    /// Nobody can type it.
    pub loose: bool,
    /// Topics that its words ask for without naming them, as a classifier sees it: what is about one fits better, and need
    /// not be. Nobody can type it.
    pub asked: Vec<Topic>,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            words: None,
            jurisdictions: Vec::new(),
            topics: Vec::new(),
            stages: Vec::new(),
            instruments: Vec::new(),
            sources: Vec::new(),
            publishers: Vec::new(),
            languages: Vec::new(),
            dates: Dates::default(),
            policy: Some(true),
            sort: Sort::default(),
            widen: true,
            fold: true,
            meaning: true,
            loose: false,
            asked: Vec::new(),
        }
    }
}

/// A part of a query that could not be understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{parameter}: {what}")]
pub struct QueryError {
    /// The parameter or word of the query language.
    pub parameter: String,
    /// What is wrong with its value, and what it may be.
    pub what: String,
    /// At which character of the words the part at fault begins, from 1; `None` if it stands elsewhere. Characters that
    /// nobody sees are not counted.
    pub place: Option<usize>,
}

impl Query {
    /// Reads the parameters of an address line or API call (decoded). Parameters that are not a query's
    /// (`limit`, `cursor`, `facets`, anything else) are passed over. What can be understood is returned together
    /// with what cannot: the API refuses then, the site shows a note.
    pub fn from_pairs<'a>(
        pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<QueryError>) {
        read::pairs(pairs)
    }

    /// Whether a parameter of an address line is a query's.
    pub fn has_parameter(name: &str) -> bool {
        name == "q" || read::Field::parse(name).is_some()
    }

    /// The name of a query's parameter that a misspelt one may have meant.
    pub fn nearest_parameter(name: &str) -> Option<&'static str> {
        classifier::nearest(name, read::Field::NAMES)
    }

    /// Reads the query language (`country:CN "source code" -apple after:2017`).
    pub fn parse(text: &str) -> (Self, Vec<QueryError>) {
        read::pairs([("q", text)])
    }

    /// The canonical parameters: reads back to the same query.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        print::pairs(self)
    }

    /// The canonical query string, percent-encoded, without `?`; empty for the default query.
    pub fn to_query_string(&self) -> String {
        let pairs = self.to_pairs();
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
    }

    /// The canonical text in the query language: parses back to the same query.
    pub fn to_text(&self) -> String {
        print::text(self)
    }

    /// The words alone, as they would stand in the words box.
    pub fn words_text(&self) -> String {
        self.words.as_ref().map(print::expression).unwrap_or_default()
    }

    /// The names among the words, and what is searched besides them; none if that is switched off.
    pub fn widenings(&self) -> Vec<Widening> {
        self.names().wanted
    }

    /// The names among what is left out (`-gdpr`), and what is left out besides them.
    pub fn exclusions(&self) -> Vec<Widening> {
        self.names().excluded
    }

    fn names(&self) -> widen::Names {
        let words = self.as_said().filter(|_| self.widen);
        words.map(|words| widen::widen(&words, self.loose).1).unwrap_or_default()
    }

    /// The words as somebody says them: names that were typed without blanks are parted.
    fn as_said(&self) -> Option<Cow<'_, Expression>> {
        let words = self.words.as_ref()?;
        Some(if self.widen { runs::cut(words, Cut::Names) } else { Cow::Borrowed(words) })
    }

    /// The words as they are searched, and the names among them.
    pub(crate) fn widely(&self) -> Option<(Expression, Vec<Widening>)> {
        let words = self.as_said()?;
        if !self.widen {
            return Some((words.into_owned(), Vec::new()));
        }
        let (words, names) = widen::widen(&words, self.loose);
        Some((words, names.wanted))
    }

    /// The words as one text to search by its meaning, and what else holds (words to leave out, filters, jurisdictions
    /// that the words name, of which one is enough). `None` where a reader wants these very words: phrases, beginnings,
    /// an order by date, or `meaning:false`.
    pub(crate) fn meant(&self) -> Option<(String, Option<Expression>)> {
        if !self.meaning || self.sort != Sort::Relevance {
            return None;
        }
        let parts = match self.words.as_ref()? {
            Expression::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let (mut words, mut besides) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Expression::Word(word) => words.push(word.as_str()),
                Expression::Or(any) => {
                    for part in any {
                        let Expression::Word(word) = part else { return None };
                        words.push(word);
                    }
                }
                Expression::Not(_) if self.widen => besides.push(widen::widen(part, false).0),
                Expression::Not(_) | Expression::Filter(..) => besides.push(part.clone()),
                _ => return None,
            }
        }
        // What lies near a question about one state may be about another.
        let names = self.widenings().into_iter();
        let states = names.filter(|name| name.facet == Some(Facet::Jurisdiction));
        let about = states.flat_map(|name| name.filters());
        let about = about.map(|(facet, value)| Expression::Filter(facet, value));
        besides.extend(tree::any(about.collect()));
        (!words.is_empty()).then(|| (words.join(" "), tree::all(besides)))
    }

    /// The values that a filter is set to, as [`FacetCount::value`](crate::FacetCount) has them.
    pub fn values(&self, facet: Facet) -> Vec<String> {
        match facet {
            Facet::Jurisdiction => texts(&self.jurisdictions, |value| value.code()),
            Facet::Topic => texts(&self.topics, |value| value.slug()),
            Facet::Stage => texts(&self.stages, |value| value.slug()),
            Facet::Instrument => texts(&self.instruments, |value| value.slug()),
            Facet::Source => texts(&self.sources, |value| &value.0),
            Facet::Publisher => texts(&self.publishers, |value| value.slug()),
            Facet::Language => self.languages.clone(),
        }
    }

    /// The query strings of the same query with one value of a filter more or less, for many values.
    pub fn toggles(&self, facet: Facet) -> Toggles {
        Toggles::new(self, facet)
    }

    /// The same query with one value of a filter added, or removed if it is there. A value that the filter cannot
    /// have changes nothing.
    #[must_use]
    pub fn toggled(&self, facet: Facet, value: &str) -> Self {
        let mut query = self.clone();
        if self.values(facet).iter().any(|set| set == value) {
            query.remove(facet, value);
        } else {
            query.add(facet, value);
            query.arrange();
        }
        query
    }

    fn remove(&mut self, facet: Facet, value: &str) {
        match facet {
            Facet::Jurisdiction => self.jurisdictions.retain(|set| set.code() != value),
            Facet::Topic => self.topics.retain(|set| set.slug() != value),
            Facet::Stage => self.stages.retain(|set| set.slug() != value),
            Facet::Instrument => self.instruments.retain(|set| set.slug() != value),
            Facet::Source => self.sources.retain(|set| set.0 != value),
            Facet::Publisher => self.publishers.retain(|set| set.slug() != value),
            Facet::Language => self.languages.retain(|set| set != value),
        }
    }

    /// Adds a canonical value.
    fn add(&mut self, facet: Facet, value: &str) {
        match facet {
            Facet::Jurisdiction => self.jurisdictions.extend(Jurisdiction::parse(value)),
            Facet::Topic => self.topics.extend(Topic::parse(value)),
            Facet::Stage => self.stages.extend(Stage::parse(value)),
            Facet::Instrument => self.instruments.extend(Instrument::parse(value)),
            Facet::Source => self.sources.push(SourceId(value.to_owned())),
            Facet::Publisher => self.publishers.extend(Publisher::parse(value)),
            Facet::Language => self.languages.push(value.to_owned()),
        }
    }

    /// Puts the values of each filter into their one order, each once.
    fn arrange(&mut self) {
        arrange(&mut self.jurisdictions, |value| value.code());
        arrange(&mut self.topics, |value| value.slug());
        arrange(&mut self.stages, |value| value.slug());
        arrange(&mut self.instruments, |value| value.slug());
        arrange(&mut self.sources, |value| value.0.clone());
        arrange(&mut self.publishers, |value| value.slug());
        arrange(&mut self.languages, Clone::clone);
    }
}

fn texts<'a, T, U: Display + ?Sized + 'a>(
    values: &'a [T],
    text: impl Fn(&'a T) -> &'a U,
) -> Vec<String> {
    values.iter().map(|value| text(value).to_string()).collect()
}

fn arrange<T: PartialEq, K: Ord>(values: &mut Vec<T>, key: impl Fn(&T) -> K) {
    values.sort_by_key(key);
    values.dedup();
}
