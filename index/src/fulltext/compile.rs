//! From a query's words to tantivy's query.

mod question;

use std::collections::HashMap;
use std::ops::Bound;

use tantivy::query::{
    AllQuery, BooleanQuery, ConstScoreQuery, EnableScoring, InvertedIndexRangeQuery, Occur,
    PhrasePrefixQuery, PhraseQuery, Query, TermSetQuery, Weight,
};
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::Near;
use super::clauses::{one_of, term_query, unscored, value_query};
use super::compounds::begun;
use super::excluded::Excluded;
use super::forms::{Forms, Readings};
use super::schema::Fields;
use super::snapshot::Snapshot;
use super::spellings::{different, spellings};
use super::statistics::Statistics;
use super::tongue;
use super::words::each_word;
use crate::fold::{lower, plain};
use crate::query::is_little;
use crate::{Expression, Facet};

/// What it says that an item is about a law, or about another value, beside a word's one to ten: less than all the words
/// that were asked for, more than one. Somebody has found that the item is about it, where a word may only be mentioned.
const ABOUT_LAW: f32 = 5.0;
const ABOUT: f32 = 8.0;

/// How much more of that it says if what is asked for takes several words, for each of them that follows the first, and how many
/// of them count: an item that has them all by chance is not about it.
const EACH_MORE: f32 = 0.5;
const MOST_WORDS: usize = 4;

/// The same where any of the words will do: more than some of them.
const ABOUT_RATHER: f32 = 16.0;

/// What it says that an item is about what the words only hint at.
const HINTED: f32 = 12.0;

/// What it says that an item is in the language of the query, and the same where any of the words will do: what is about the
/// subject in another language is worth more than a common word in this one.
const OWN_LANGUAGE: f32 = 12.0;
const OWN_LANGUAGE_RATHER: f32 = 4.0;

/// Above every word that begins with what stands before it.
const LAST: char = char::MAX;

/// A query as tantivy runs it.
pub(super) struct Compiled {
    /// What a document must be, and what raises its score.
    pub(super) query: Box<dyn Query>,
    /// What else raises its score: words in its title. They are few, and quicker to look up than to search.
    titles: Vec<Box<dyn Query>>,
    /// In how many documents the words are, under any of their forms.
    frequencies: HashMap<Term, u64>,
}

impl Compiled {
    /// What words in titles add to scores, each as much as in the text.
    pub(super) fn titles(&self, searcher: &Searcher) -> tantivy::Result<Vec<Box<dyn Weight>>> {
        let statistics = self.statistics(searcher);
        let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, searcher);
        self.titles.iter().map(|title| title.weight(scoring)).collect()
    }

    /// The statistics to score with.
    pub(super) fn statistics<'a>(&'a self, searcher: &'a Searcher) -> Statistics<'a> {
        Statistics { searcher, frequencies: &self.frequencies }
    }
}

/// Makes tantivy's query from a query's words, if any, and from filters that need no counts beside them.
pub(super) fn compile(
    snapshot: &Snapshot,
    fields: &Fields,
    (query, near): (&crate::Query, Option<&Near>),
    filters: &[(Facet, Vec<String>)],
    is_scored: bool,
) -> tantivy::Result<Compiled> {
    let mut compiler = Compiler {
        snapshot,
        fields,
        frequencies: HashMap::new(),
        is_loose: query.loose || matches!(query.words, Some(Expression::Or(_))),
        spoken: 0,
        titles: is_scored.then(Vec::new),
    };
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    let (words, names) = query.widely().unzip();
    let hints = names.filter(|_| is_scored).map(|names| query.hints(&names));
    let words = match words {
        Some(Expression::Or(words)) if query.loose => {
            let (telling, broad) = compiler.by_breadth(words)?;
            for part in broad.iter().filter(|_| is_scored) {
                clauses.push((Occur::Should, compiler.expression(part, true)?));
            }
            Some(compiler.expression(&Expression::Or(telling), true)?)
        }
        Some(Expression::Most(words)) => Some(compiler.question(&words, true, &mut clauses)?),
        Some(words) => Some(compiler.expression(&words, true)?),
        None => None,
    };
    let hinted = if compiler.is_loose { ABOUT_RATHER } else { HINTED };
    clauses.extend(hints.iter().flatten().map(|(facet, value)| {
        let about = value_query(fields, *facet, value);
        (Occur::Should, Box::new(ConstScoreQuery::new(about, hinted)) as Box<dyn Query>)
    }));
    let near = near.map(|near| compiler.near(near)).transpose()?;
    clauses.extend(
        words.map(|words| (Occur::Must, one_of(near.into_iter().chain([words]).collect()))),
    );
    for (facet, values) in filters {
        let any = values.iter().map(|value| value_query(fields, *facet, value)).collect();
        clauses.push((Occur::Must, unscored(one_of(any))));
    }
    if clauses.is_empty() {
        clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
    }
    if is_scored && query.widen && query.languages.is_empty() {
        let foreign = query.words.as_ref().map(|words| tongue::foreign(snapshot, fields, words));
        if let Some(language) = foreign.transpose()?.flatten() {
            let own = value_query(fields, Facet::Language, &language);
            let weight = if query.loose { OWN_LANGUAGE_RATHER } else { OWN_LANGUAGE };
            clauses.push((Occur::Should, Box::new(ConstScoreQuery::new(own, weight))));
        }
    }
    let query = match clauses.len() {
        1 => clauses.swap_remove(0).1,
        _ => Box::new(BooleanQuery::new(clauses)),
    };
    let titles = compiler.titles.unwrap_or_default();
    Ok(Compiled { query, titles, frequencies: compiler.frequencies })
}

struct Compiler<'a> {
    snapshot: &'a Snapshot,
    fields: &'a Fields,
    frequencies: HashMap<Term, u64>,
    /// Whether any of the words will do.
    is_loose: bool,
    /// Of how many words the name is that is being looked for.
    spoken: usize,
    /// What raises the score if it stands in the title; `None` if there are no scores.
    titles: Option<Vec<Box<dyn Query>>>,
}

impl Compiler<'_> {
    fn expression(
        &mut self,
        part: &Expression,
        is_wanted: bool,
    ) -> tantivy::Result<Box<dyn Query>> {
        match part {
            Expression::Word(word) => self.words(std::slice::from_ref(word), 0, is_wanted),
            Expression::Phrase(words) => self.words(words, 0, is_wanted),
            Expression::Near(words, distance) => self.words(words, *distance, is_wanted),
            Expression::Prefix(start) => self.prefix(start, is_wanted),
            Expression::Filter(facet, value) => {
                let query = value_query(self.fields, *facet, value);
                let more = self.spoken.clamp(1, MOST_WORDS) - 1;
                let about = match facet {
                    Facet::Stage if self.is_loose => ABOUT,
                    _ if self.is_loose => ABOUT_RATHER,
                    Facet::Instrument => ABOUT_LAW,
                    _ => ABOUT,
                };
                let about = about * (1.0 + EACH_MORE * more as f32);
                Ok(Box::new(ConstScoreQuery::new(query, about)))
            }
            Expression::And(parts) => self.all(parts, is_wanted),
            Expression::Most(parts) => {
                let mut clauses = Vec::new();
                let most = self.question(parts, is_wanted, &mut clauses)?;
                clauses.push((Occur::Must, most));
                Ok(Box::new(BooleanQuery::new(clauses)))
            }
            Expression::Or(parts) => {
                let spoken = std::mem::replace(&mut self.spoken, telling(own_words(part)));
                let any = parts.iter().map(|part| self.expression(part, is_wanted));
                let any = any.collect::<tantivy::Result<_>>();
                self.spoken = spoken;
                Ok(one_of(any?))
            }
            Expression::Not(_) => self.all(std::slice::from_ref(part), is_wanted),
        }
    }

    fn all(&mut self, parts: &[Expression], is_wanted: bool) -> tantivy::Result<Box<dyn Query>> {
        let mut clauses = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            clauses.push(match part {
                Expression::Not(part) => {
                    let query = self.expression(part, !is_wanted)?;
                    (Occur::MustNot, Box::new(Excluded(query)) as Box<dyn Query>)
                }
                part => (Occur::Must, self.expression(part, is_wanted)?),
            });
        }
        // What is not wanted must be taken out of something.
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    /// Words that stand side by side, moved by at most `distance` places, in each language that there is. What is
    /// written as one word may be several (`data-localization`, `网络安全法`).
    fn words(
        &mut self,
        words: &[String],
        distance: u32,
        is_wanted: bool,
    ) -> tantivy::Result<Box<dyn Query>> {
        let spellings = spellings(&self.snapshot.languages, words);
        let readings = different(&spellings);
        if is_wanted {
            self.add_titles(&readings)?;
        }
        let is_single = readings.iter().all(|reading| reading.len() == 1);
        if is_single {
            let terms = readings.into_iter().flatten();
            let terms = self.known(self.fields.text, terms)?;
            return Ok(match terms.len() {
                0 | 1 => one_of(terms.into_iter().map(|term| term_query(term, true)).collect()),
                _ => Box::new(Forms::new(terms, &spellings, self.snapshot)),
            });
        }
        let mut any = Vec::new();
        for reading in readings {
            let length = reading.len();
            let terms = self.terms(self.fields.text, reading)?;
            if terms.len() == length {
                let places = terms.into_iter().enumerate().collect();
                any.push(PhraseQuery::new_with_offset_and_slop(places, distance));
            }
        }
        Ok(Box::new(Readings(any)))
    }

    /// What lies near the words, if it meets what holds besides them.
    fn near(&mut self, near: &Near) -> tantivy::Result<Box<dyn Query>> {
        let keys = near.order.iter().map(|item| Term::from_field_i64(self.fields.id, item.key()));
        let keys = unscored(Box::new(TermSetQuery::new(keys)));
        let Some(besides) = &near.besides else { return Ok(keys) };
        let besides = unscored(self.expression(besides, true)?);
        Ok(Box::new(BooleanQuery::intersection(vec![keys, besides])))
    }

    fn add_titles(&mut self, readings: &[Vec<String>]) -> tantivy::Result<()> {
        if self.titles.is_none() {
            return Ok(());
        }
        let length = readings.first().map_or(0, Vec::len);
        for place in 0..length {
            let forms = readings.iter().filter_map(|reading| reading.get(place).cloned());
            let mut forms: Vec<String> = forms.collect();
            forms.sort();
            forms.dedup();
            let terms = self.known(self.fields.title, forms)?;
            let titles = self.titles.get_or_insert_default();
            titles.extend(terms.into_iter().map(|term| term_query(term, true)));
        }
        Ok(())
    }

    /// The terms of one word that are in the index; they share their frequency.
    fn known(
        &mut self,
        field: Field,
        forms: impl IntoIterator<Item = String>,
    ) -> tantivy::Result<Vec<Term>> {
        let mut known = Vec::new();
        let mut sum = 0;
        for form in forms {
            let term = Term::from_field_text(field, &form);
            let frequency = self.snapshot.searcher.doc_freq(&term)?;
            if frequency > 0 {
                sum += frequency;
                known.push(term);
            }
        }
        self.frequencies.extend(known.iter().map(|term| (term.clone(), sum)));
        Ok(known)
    }

    /// The terms of several words that are in the index, each with its own frequency.
    fn terms(&mut self, field: Field, forms: Vec<String>) -> tantivy::Result<Vec<Term>> {
        let mut terms = Vec::with_capacity(forms.len());
        for form in forms {
            terms.extend(self.known(field, [form])?);
        }
        Ok(terms)
    }

    /// Every word that begins so, as it is written. A beginning that is several words is taken for those words.
    fn prefix(&mut self, start: &str, is_wanted: bool) -> tantivy::Result<Box<dyn Query>> {
        let folded = plain(&lower(start)).into_owned();
        if let Some((parts, last)) = begun(&folded) {
            return self.compound(&folded, &parts, last);
        }
        let mut words = Vec::new();
        each_word(start, |word| words.push(word));
        let [word] = words.as_slice() else {
            return self.words(&[start.to_owned()], 0, is_wanted);
        };
        Ok(self.beginning(&plain(&lower(&word.text))))
    }

    fn beginning(&self, first: &str) -> Box<dyn Query> {
        let from = Term::from_field_text(self.fields.word, first);
        let to = Term::from_field_text(self.fields.word, &format!("{first}{LAST}"));
        Box::new(InvertedIndexRangeQuery::new(Bound::Included(from), Bound::Excluded(to)))
    }

    /// Compounds that begin so: some parts, and the beginning of the next.
    fn compound(&self, start: &str, parts: &[&str], last: &str) -> tantivy::Result<Box<dyn Query>> {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        // They are the same in every language.
        let readings = different(&spellings(&self.snapshot.languages, &parts));
        let phrases = readings.into_iter().map(|reading| -> Box<dyn Query> {
            let terms = reading.iter().map(String::as_str).chain([last]);
            let terms = terms.map(|term| Term::from_field_text(self.fields.text, term));
            Box::new(PhrasePrefixQuery::new(terms.collect()))
        });
        let any = std::iter::once(self.beginning(start)).chain(phrases).collect();
        Ok(unscored(one_of(any)))
    }
}

/// The words of a name of several: an item that is about what they name may have some of them.
fn own_words(part: &Expression) -> &[Expression] {
    let Expression::Or(any) = part else { return &[] };
    if let Some(Expression::And(words)) = any.first() { words } else { &[] }
}

/// How many of some words say something.
fn telling(words: &[Expression]) -> usize {
    words.iter().filter(|word| !is_little(word)).count()
}
