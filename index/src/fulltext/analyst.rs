//! Texts to rows of terms. Texts repeat their words, so each word is analysed once.

use rustc_hash::FxHashMap;

use super::stems::{Language, Terms, terms};
use super::tokenizer::Row;
use super::words::{Word, each_word};
use crate::fold::{lower, plain};

/// How many words of the body are the lead. It stands in the index once more, which gives its words the weight of
/// two: the field-weighted form of BM25 (Robertson, Zaragoza and Taylor 2004, doi:10.1145/1031171.1031181).
const LEAD: usize = 50;

/// How many bytes of a text are searched. No law is as long.
const MAX: usize = 1 << 20;

/// How many different words are kept at hand: those that most texts have, in ten megabytes.
const KEPT: usize = 30_000;

/// A text that is ready for the index.
#[derive(Debug)]
pub(super) struct Analysed {
    /// Title, body, byline, and the lead once more, as stems.
    pub(super) text: Row,
    /// The title, as stems.
    pub(super) title: Row,
    /// Each different word as it is spelt, but for case, accents and width.
    pub(super) words: Row,
}

/// Makes terms and remembers them.
#[derive(Debug, Default)]
pub(super) struct Analyst {
    /// For each language, the places of words in `known`.
    places: FxHashMap<Language, FxHashMap<Box<str>, u32>>,
    known: Vec<Known>,
    /// How many texts there were.
    texts: u64,
}

#[derive(Debug)]
struct Known {
    terms: Terms,
    spelling: Box<str>,
    /// The last text that had the word.
    text: u64,
}

impl Analyst {
    /// Makes a text's terms.
    pub(super) fn analyse(
        &mut self,
        language: Language,
        title: &str,
        body: &str,
        byline: &str,
    ) -> Analysed {
        self.texts += 1;
        let body = &body[..body.floor_char_boundary(MAX)];
        let mut out = Analysed {
            text: Row::with_room_for(2 * (title.len() + body.len())),
            title: Row::default(),
            words: Row::with_room_for(body.len()),
        };
        each_word(title, |word| {
            let known = self.known(language, &word);
            known.add_to(&mut out.title);
        });
        let mut words = 0;
        let mut lead = 0;
        for (number, section) in [title, body, byline].into_iter().enumerate() {
            each_word(section, |word| {
                if number == 1 && words < LEAD {
                    words += 1;
                    lead = word.end;
                }
                let text = self.texts;
                let known = self.known(language, &word);
                known.add_to(&mut out.text);
                if known.text != text {
                    known.text = text;
                    out.words.push(&known.spelling);
                }
            });
            out.text.end_section();
        }
        each_word(&body[..lead], |word| self.known(language, &word).add_to(&mut out.text));
        out
    }

    /// The terms of one word.
    pub(super) fn terms(&mut self, language: Language, word: &Word<'_>) -> &Terms {
        &self.known(language, word).terms
    }

    fn known(&mut self, language: Language, word: &Word<'_>) -> &mut Known {
        if self.known.len() >= KEPT {
            self.known.clear();
            self.places.clear();
        }
        let places = self.places.entry(language).or_default();
        let place = places.get(&*word.text).copied().unwrap_or_else(|| {
            // There are at most `KEPT`.
            let place = self.known.len() as u32;
            places.insert(word.text.as_ref().into(), place);
            let terms = terms(language, word);
            let spelling = plain(&lower(&word.text)).into();
            self.known.push(Known { terms, spelling, text: 0 });
            place
        });
        &mut self.known[place as usize]
    }
}

impl Known {
    fn add_to(&self, row: &mut Row) {
        row.push(&self.terms.plain);
        if let Some(accented) = &self.terms.accented {
            row.push_beside(accented);
        }
    }
}
