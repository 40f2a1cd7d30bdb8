//! Texts to rows of terms. Texts repeat their words, so each word is analysed once.

use std::hash::BuildHasher;

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use rustc_hash::FxBuildHasher;

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
/// new generation, a word of the one before costs no stemming. Who writes the index sees all words of all texts, who
/// shows what was found a few of each. Some eighty bytes each.
const KEPT_TO_WRITE: usize = 100_000;
const KEPT_TO_SHOW: usize = 4_000;

/// How many bytes of a word are looked at: those of more letters than any spelling has (`fold::lower`).
const LONGEST: usize = 256;

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
#[derive(Debug)]
pub(super) struct Analyst {
    recent: HashTable<Known>,
    before: HashTable<Known>,
    /// How many words are recent at most.
    kept: usize,
    /// The languages that there were; a place in this list is a language's number.
    languages: Vec<Language>,
    /// How many texts there were.
    texts: u64,
}

/// A word of a language with its terms and its spelling, which stand together as they are looked at together.
#[derive(Debug)]
struct Known {
    /// The word, then its terms and its spelling as a row has them.
    letters: Box<str>,
    /// Where the terms and the spelling begin.
    terms: u16,
    spelling: u16,
    /// The number of its language.
    language: u32,
    /// The last text that had the word.
    text: u64,
}

impl Analyst {
    /// For who writes an index.
    pub(super) fn to_write() -> Self {
        Self::keeping(KEPT_TO_WRITE)
    }

    /// For who shows what was found.
    pub(super) fn to_show() -> Self {
        Self::keeping(KEPT_TO_SHOW)
    }

    fn keeping(kept: usize) -> Self {
        let (recent, before) = (HashTable::new(), HashTable::new());
        Self { recent, before, kept, languages: Vec::new(), texts: 0 }
    }

    /// Makes a text's terms.
    pub(super) fn analyse(
        &mut self,
        language: Language,
        title: &str,
        body: &str,
        byline: &str,
    ) -> Analysed {
        self.texts += 1;
        let (text, language) = (self.texts, self.number(language));
        let body = &body[..body.floor_char_boundary(MAX)];
        let mut out = Analysed {
            text: Row::with_room_for(2 * (title.len() + body.len())),
            title: Row::default(),
            words: Row::with_room_for(body.len()),
        };
        each_word(title, |word| out.title.append(self.known(language, &word).terms()));
        let mut words = 0;
        let mut lead = 0;
        for (number, section) in [title, body, byline].into_iter().enumerate() {
            each_word(section, |word| {
                if number == 1 && words < LEAD {
                    words += 1;
                    lead = word.end;
                }
                let known = self.known(language, &word);
                out.text.append(known.terms());
                if known.text != text {
                    known.text = text;
                    out.words.append(known.spelling());
                }
            });
            out.text.end_section();
        }
        each_word(&body[..lead], |word| out.text.append(self.known(language, &word).terms()));
        out
    }

    /// The terms of one word.
    pub(super) fn terms(&mut self, language: Language, word: &Word<'_>) -> [Option<&str>; 2] {
        let language = self.number(language);
        Row::at_one_place(self.known(language, word).terms())
    }

    fn number(&mut self, language: Language) -> u32 {
        let known = self.languages.iter().position(|known| *known == language);
        let number = known.unwrap_or_else(|| {
            self.languages.push(language);
            self.languages.len() - 1
        });
        // There are some forty.
        number as u32
    }

    fn known(&mut self, language: u32, word: &Word<'_>) -> &mut Known {
        let text = &word.text[..word.text.floor_char_boundary(LONGEST)];
        if self.recent.len() >= self.kept {
            self.before = std::mem::take(&mut self.recent);
        }
        let hash = hash(language, text);
        let is_it = |known: &Known| known.is(language, text);
        match self.recent.entry(hash, is_it, Known::hash) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let known = match self.before.find_entry(hash, is_it) {
                    Ok(known) => known.remove().0,
                    Err(_) => {
                        let word = Word { text: text.into(), ..*word };
                        Known::new((language, self.languages[language as usize]), &word)
                    }
                };
                place.insert(known).into_mut()
            }
        }
    }
}

fn hash(language: u32, word: &str) -> u64 {
    FxBuildHasher.hash_one((language, word))
}

impl Known {
    fn new((number, language): (u32, Language), word: &Word<'_>) -> Self {
        let Terms { plain: term, accented } = terms(language, word);
        let mut row = Row::default();
        row.push(&term);
        if let Some(accented) = accented {
            row.push_beside(&accented);
        }
        // A word has 256 bytes at most, and each of its terms 64 letters.
        let (terms, spelling) = (word.text.len() as u16, (word.text.len() + row.len()) as u16);
        row.push(&plain(&lower(&word.text)));
        let letters = [&*word.text, &row.into_text()].concat().into_boxed_str();
        Self { letters, terms, spelling, language: number, text: 0 }
    }

    fn is(&self, language: u32, word: &str) -> bool {
        self.language == language && self.word() == word
    }

    fn hash(&self) -> u64 {
        hash(self.language, self.word())
    }

    fn word(&self) -> &str {
        &self.letters[..usize::from(self.terms)]
    }

    /// In a row's form.
    fn terms(&self) -> &str {
        &self.letters[usize::from(self.terms)..usize::from(self.spelling)]
    }

    /// In a row's form.
    fn spelling(&self) -> &str {
        &self.letters[usize::from(self.spelling)..]
    }
}
