//! Did you mean: words that nobody wrote, the nearest that somebody did or that the vocabulary has, and what is left
//! without them.

use std::collections::{HashMap, HashSet};

use classifier::edits;
use tantivy::Term;

use super::schema::Fields;
use super::snapshot::Snapshot;
use super::spellings::all_terms;
use super::words::each_word;
use crate::fold::{lower, plain};
use crate::query::{is_little, says_something, words_of_names};
use crate::{Error, Expression};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// So many letters has a word of a name that is meant by one that no text has: shorter ones are near to too many.
const SHORTEST_OF_NAMES: usize = 7;
/// From so many letters on, two edits count as near: in shorter ones they make another word (`unicorn` and `union`).
const LONG: usize = 8;
/// How many words of a query are looked up.
const WORDS: usize = 5;

/// A way to spell words anew, but for those of names; `None` where it changes nothing.
pub(super) type Respell =
    fn(&Snapshot, &Fields, &Expression, &HashSet<&str>) -> Result<Option<Expression>, Error>;

/// The same words with those that are in no text replaced by the nearest that are; `None` if there are none of them,
/// or nothing is near. Words of `names` are right whatever the texts have.
pub(super) fn corrected(
    snapshot: &Snapshot,
    fields: &Fields,
    words: &Expression,
    names: &HashSet<&str>,
) -> Result<Option<Expression>, Error> {
    let mut speller = Speller { snapshot, fields, names, left: WORDS, is_changed: false };
    let corrected = speller.expression(words)?;
    Ok(speller.is_changed.then_some(corrected))
}

/// All of some words but those that are in no text, where there are both and the others say something.
pub(super) fn known(
    snapshot: &Snapshot,
    fields: &Fields,
    words: &Expression,
    names: &HashSet<&str>,
) -> Result<Option<Expression>, Error> {
    let Expression::And(parts) = words else { return Ok(None) };
    let speller = Speller { snapshot, fields, names, left: 0, is_changed: false };
    let mut known = Vec::new();
    for part in parts {
        let is_known = match part {
            Expression::Word(word) => {
                names.contains(word.as_str()) || speller.is_known_by_pieces(word)?
            }
            _ => true,
        };
        if is_known {
            known.push(part.clone());
        }
    }
    let is_less = known.len() < parts.len() && known.iter().any(says_something);
    // Words that held those together that are left out hold nothing any more.
    let is_of_name =
        |part: &Expression| matches!(part, Expression::Word(word) if names.contains(word.as_str()));
    known.retain(|part| !is_little(part) || is_of_name(part));
    Ok(match known.len() {
        0 => None,
        1 => known.pop(),
        _ => Some(Expression::And(known)),
    }
    .filter(|_| is_less))
}

/// A word of a name as somebody types it who takes no care of capitals; an abbreviation has its own.
fn as_typed(name: String, is_small: bool) -> String {
    let is_abbreviation = !name.chars().any(char::is_lowercase);
    if is_small && !is_abbreviation { name.to_lowercase() } else { name }
}

fn folded(word: &str) -> String {
    plain(&lower(word)).into_owned()
}

struct Speller<'a> {
    snapshot: &'a Snapshot,
    fields: &'a Fields,
    names: &'a HashSet<&'a str>,
    left: usize,
    is_changed: bool,
}

impl Speller<'_> {
    fn expression(&mut self, part: &Expression) -> Result<Expression, Error> {
        let mut all = |parts: &[Expression]| -> Result<Vec<Expression>, Error> {
            parts.iter().map(|part| self.expression(part)).collect()
        };
        Ok(match part {
            Expression::And(parts) => Expression::And(all(parts)?),
            Expression::Or(parts) => Expression::Or(all(parts)?),
            Expression::Word(word) => Expression::Word(self.word(word)?),
            Expression::Phrase(words) => {
                let words = words.iter().map(|word| self.word(word));
                Expression::Phrase(words.collect::<Result<_, _>>()?)
            }
            Expression::Near(words, distance) => {
                let words = words.iter().map(|word| self.word(word));
                Expression::Near(words.collect::<Result<_, _>>()?, *distance)
            }
            Expression::Most(_)
            | Expression::Prefix(_)
            | Expression::Not(_)
            | Expression::Filter(..) => part.clone(),
        })
    }

    fn word(&mut self, written: &str) -> Result<String, Error> {
        let mut words = Vec::new();
        each_word(written, |word| words.push(folded(&word.text)));
        let [word] = words.as_slice() else { return Ok(written.to_owned()) };
        let is_short = word.chars().count() < SHORTEST;
        let is_name = self.names.contains(written) || words_of_names().contains_key(word.as_str());
        if is_short || is_name || self.left == 0 || self.is_known(word)? {
            return Ok(written.to_owned());
        }
        self.left -= 1;
        let is_small = !written.starts_with(char::is_uppercase);
        let nearest = self.nearest(word)?.map(|name| as_typed(name, is_small));
        self.is_changed |= nearest.is_some();
        Ok(nearest.unwrap_or_else(|| written.to_owned()))
    }

    /// Whether the texts have each word of what is written as one.
    fn is_known_by_pieces(&self, written: &str) -> Result<bool, Error> {
        let mut words = Vec::new();
        each_word(written, |word| words.push(folded(&word.text)));
        for word in words {
            if !self.is_known(&word)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether some text has the word, in whatever form.
    fn is_known(&self, word: &str) -> Result<bool, Error> {
        let as_written = Term::from_field_text(self.fields.word, word);
        let terms = all_terms(&self.snapshot.languages, word).into_iter();
        let terms = terms.map(|term| Term::from_field_text(self.fields.text, &term));
        for term in std::iter::once(as_written).chain(terms) {
            if self.snapshot.searcher.doc_freq(&term)? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The word of the vocabulary or of the index that is the fewest edits away: of several one of the vocabulary, and
    /// then the one in most texts. The first letter is taken for right, as it nearly always is.
    fn nearest(&self, word: &str) -> Result<Option<String>, Error> {
        let letters: Vec<char> = word.chars().collect();
        let most = if letters.len() < LONG { 1 } else { 2 };
        let mut near: HashMap<String, (usize, bool, u64)> = HashMap::new();
        let first = letters[0].to_string();
        let last = format!("{first}{}", char::MAX);
        let names = words_of_names();
        for (name, _) in names.range(first.clone()..last.clone()) {
            let other: Vec<char> = name.chars().collect();
            if other.len() < SHORTEST_OF_NAMES {
                continue;
            }
            if let Some(edits) = edits(&letters, &other, most) {
                near.insert(name.clone(), (edits, true, 0));
            }
        }
        let failed = tantivy::TantivyError::from;
        for segment in self.snapshot.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.word)?;
            let range = index.terms().range().ge(&first).lt(&last);
            let mut terms = range.into_stream().map_err(failed)?;
            while let Some((term, info)) = terms.next() {
                let Ok(term) = str::from_utf8(term) else { continue };
                let other: Vec<char> = term.chars().collect();
                if let Some(edits) = edits(&letters, &other, most) {
                    let (.., count) = near.entry(term.to_owned()).or_insert((edits, false, 0));
                    *count += u64::from(info.doc_freq);
                }
            }
        }
        let best = near.into_iter().min_by(|(a, (far, is_name, count)), (b, other)| {
            far.cmp(&other.0)
                .then_with(|| other.1.cmp(is_name))
                .then_with(|| other.2.cmp(count))
                .then_with(|| a.cmp(b))
        });
        Ok(best.map(|(word, _)| names.get(&word).cloned().unwrap_or(word)))
    }
}
