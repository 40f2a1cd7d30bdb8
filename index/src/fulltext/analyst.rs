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

/// How many different words are kept at hand in each of two generations, the words of late and those before them: in a
/// new generation, a word of the one before costs no stemming. Ten megabytes each.
const KEPT: usize = 40_000;

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
    recent: Generation,
    before: Generation,
    /// How many texts there were.
    texts: u64,
}

/// Words at hand.
#[derive(Debug, Default)]
struct Generation {
    /// For each language, the places of words in `known`.
    places: FxHashMap<Language, FxHashMap<Box<str>, u32>>,
    known: Vec<Known>,
}

#[derive(Debug, Default)]
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
        if let Some(place) = self.recent.place(language, &word.text) {
            return &mut self.recent.known[place as usize];
        }
        if self.recent.known.len() >= KEPT {
            self.before = std::mem::take(&mut self.recent);
        }
        let known = self.before.take(language, &word.text).unwrap_or_else(|| Known {
            terms: terms(language, word),
            spelling: plain(&lower(&word.text)).into(),
            text: 0,
        });
        self.recent.add(language, &word.text, known)
    }
}

impl Generation {
    fn place(&self, language: Language, word: &str) -> Option<u32> {
        self.places.get(&language)?.get(word).copied()
    }

    fn take(&mut self, language: Language, word: &str) -> Option<Known> {
        let place = self.places.get_mut(&language)?.remove(word)?;
        Some(std::mem::take(&mut self.known[place as usize]))
    }

    fn add(&mut self, language: Language, word: &str, known: Known) -> &mut Known {
        // There are at most `KEPT`.
        let place = self.known.len() as u32;
        self.places.entry(language).or_default().insert(word.into(), place);
        self.known.push(known);
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
