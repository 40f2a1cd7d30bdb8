//! The words that tell of dated acts, from their data file.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use super::denial::Doubt;
use crate::lexicon::{Sense, Words};
use crate::{Act, Error, data};

const FILE: &str = "classifier/data/acts.toml";
const TEXT: &str = include_str!("../../../data/acts.toml");

/// When a word tells that it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Tense {
    Past,
    Future,
}

/// What a word tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cue {
    /// None: it is no act of a measure's life (an attack, a hearing).
    pub(crate) act: Option<Act>,
    pub(crate) tense: Option<Tense>,
    /// Whether it hardly means anything else.
    pub(crate) sure: bool,
    /// Whether it may still be done until the day beside it, which binds nobody.
    pub(crate) open: bool,
    /// Which word it is, by its number among the names that [`load`] gives.
    pub(crate) word: u16,
}

#[derive(Deserialize)]
struct File {
    cue: Vec<Row>,
    measure: Vec<Listed>,
    doubt: Vec<Doubts>,
    explainer: Vec<Listed>,
}

/// Words that all say the same.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    of: Spanned<String>,
    tense: Option<Tense>,
    #[serde(default)]
    sure: bool,
    #[serde(default)]
    open: bool,
    words: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubts {
    says: Doubt,
    words: Vec<Spanned<String>>,
}

/// Reads the data file and puts its words among the others; gives the words with their acts, by number.
///
/// # Errors
/// [`Error`] names the file and the line.
pub(crate) fn load(words: &mut Words) -> Result<Vec<String>, Error> {
    let fault = |at: usize, what: &str| data::fault(FILE, TEXT, at, what);
    let File { cue, measure, doubt, explainer } = data::read::<File>(FILE, TEXT)?;
    let measures = measure.iter().map(|row| (Sense::Measure, &row.words));
    let explainers = explainer.iter().map(|row| (Sense::Explainer, &row.words));
    let doubts = doubt.iter().map(|row| (Sense::Doubt(row.says), &row.words));
    for (sense, listed) in measures.chain(explainers).chain(doubts) {
        for word in listed {
            words.add(word.get_ref(), sense).map_err(|what| fault(word.span().start, what))?;
        }
    }
    let mut names = Vec::new();
    let mut numbers = FxHashMap::default();
    for Row { of, tense, sure, open, words: own } in cue {
        let act = Act::parse(of.get_ref());
        if act.is_none() && of.get_ref() != "none" {
            return Err(fault(of.span().start, "`of` is unknown to the codebook"));
        }
        for text in own {
            let name = format!("{} {}", of.get_ref(), text.get_ref());
            let next = numbers.len();
            let word = *numbers.entry(name.clone()).or_insert(next);
            if word == next {
                names.push(name);
            }
            let word = u16::try_from(word)
                .map_err(|_| fault(text.span().start, "too many words for acts"))?;
            words
                .add(text.get_ref(), Sense::Act(Cue { act, tense, sure, open, word }))
                .map_err(|what| fault(text.span().start, what))?;
        }
    }
    Ok(names)
}
