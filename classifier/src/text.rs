//! `Text`: what is tagged.

use chrono::NaiveDate;

use crate::{Embedding, Jurisdiction};

/// One item's words and what is known about them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Text<'a> {
    /// The headline.
    pub title: &'a str,
    /// The main text, paragraphs parted by blank lines.
    pub body: &'a str,
    /// BCP 47 primary language, if it is known.
    pub language: Option<&'a str>,
    /// The home of a national source.
    pub home: Option<Jurisdiction>,
    /// The day of publication.
    pub published: Option<NaiveDate>,
    /// What it means, if that is known: see [`passage`](crate::passage).
    pub embedding: Option<&'a Embedding>,
}

impl<'a> Text<'a> {
    /// What somebody asks for in a few words: a headline that is all there is.
    pub(crate) fn of_question(words: &'a str) -> Self {
        Self { title: words, body: words, ..Self::default() }
    }
}
