//! Did you mean: words that nobody wrote, and the nearest that somebody did.

use std::collections::HashMap;

use classifier::edits;

use super::schema::Fields;
use super::snapshot::Snapshot;
use super::words::each_word;
use crate::fold::{lower, plain};
use crate::{Error, Expression};

/// Shorter words have too many neighbours.
const SHORTEST: usize = 4;
/// From so many letters on, two edits count as near: in shorter ones they make another word (`unicorn` and `union`).
const LONG: usize = 8;
/// How many words of a query are looked up.
const WORDS: usize = 5;

/// The same words with those that are in no text replaced by the nearest that are; `None` if there are none of them,
/// or nothing is near.
pub(super) fn corrected(
    snapshot: &Snapshot,
    fields: &Fields,
    words: &Expression,
) -> Result<Option<Expression>, Error> {
    let mut speller = Speller { snapshot, fields, left: WORDS, is_changed: false };
    let corrected = speller.expression(words)?;
    Ok(speller.is_changed.then_some(corrected))
}

struct Speller<'a> {
    snapshot: &'a Snapshot,
    fields: &'a Fields,
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
            Expression::Prefix(_) | Expression::Not(_) | Expression::Filter(..) => part.clone(),
        })
    }

    fn word(&mut self, written: &str) -> Result<String, Error> {
        let mut words = Vec::new();
        each_word(written, |word| words.push(plain(&lower(&word.text)).into_owned()));
        let [word] = words.as_slice() else { return Ok(written.to_owned()) };
        let is_short = word.chars().count() < SHORTEST;
        if is_short || self.left == 0 || self.is_known(word)? {
            return Ok(written.to_owned());
        }
        self.left -= 1;
        let nearest = self.nearest(word)?;
        self.is_changed |= nearest.is_some();
        Ok(nearest.unwrap_or_else(|| written.to_owned()))
    }

    fn is_known(&self, word: &str) -> Result<bool, Error> {
        let term = tantivy::Term::from_field_text(self.fields.word, word);
        Ok(self.snapshot.searcher.doc_freq(&term)? > 0)
    }

    /// The word of the index that is the fewest edits away, and among those the one in most texts. The first letter is
    /// taken for right, as it nearly always is.
    fn nearest(&self, word: &str) -> Result<Option<String>, Error> {
        let letters: Vec<char> = word.chars().collect();
        let most = if letters.len() < LONG { 1 } else { 2 };
        let mut near: HashMap<String, (usize, u64)> = HashMap::new();
        let failed = tantivy::TantivyError::from;
        for segment in self.snapshot.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.word)?;
            let first = letters[0].to_string();
            let last = format!("{first}{}", char::MAX);
            let range = index.terms().range().ge(&first).lt(&last);
            let mut terms = range.into_stream().map_err(failed)?;
            while let Some((term, info)) = terms.next() {
                let Ok(term) = str::from_utf8(term) else { continue };
                let other: Vec<char> = term.chars().collect();
                if let Some(edits) = edits(&letters, &other, most) {
                    let (_, count) = near.entry(term.to_owned()).or_insert((edits, 0));
                    *count += u64::from(info.doc_freq);
                }
            }
        }
        let best = near.into_iter().min_by(|(a, (far, count)), (b, (other, others))| {
            far.cmp(other).then_with(|| others.cmp(count)).then_with(|| a.cmp(b))
        });
        Ok(best.map(|(word, _)| word))
    }
}
