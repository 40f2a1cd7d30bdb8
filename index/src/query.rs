//! `Query`: what a reader's address line, the API, a feed, an export and a subscription all are.

use chrono::{DateTime, Utc};
use classifier::{Instrument, Jurisdiction, Stage, Topic};
use crawler::{Publisher, SourceId};

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
    /// Words that stand side by side.
    Phrase(Vec<String>),
    /// All of them.
    And(Vec<Expression>),
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
}

impl Query {
    /// Reads the parameters of an address line or API call (decoded). Parameters that are not a query's
    /// (`limit`, `cursor`, `facets`, anything else) are passed over. What can be understood is returned together
    /// with what cannot: the API refuses then, the site shows a note.
    pub fn from_pairs<'a>(
        _pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> (Self, Vec<QueryError>) {
        todo!()
    }

    /// Reads the query language (`country:CN "source code" -apple after:2017`).
    pub fn parse(_text: &str) -> (Self, Vec<QueryError>) {
        todo!()
    }

    /// The canonical parameters: reads back to the same query.
    pub fn to_pairs(&self) -> Vec<(&'static str, String)> {
        todo!()
    }

    /// The canonical query string, percent-encoded, without `?`; empty for the default query.
    pub fn to_query_string(&self) -> String {
        todo!()
    }

    /// The canonical text in the query language: parses back to the same query.
    pub fn to_text(&self) -> String {
        todo!()
    }

    /// The words alone, as they would stand in the words box.
    pub fn words_text(&self) -> String {
        todo!()
    }
}
