//! What tantivy is given instead of a tokenizer of its own: a text says in which language it is analysed.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::fold::{lower, plain};
use super::stems::{Analyst, Language};
use super::words::{Word, each_word};

/// The tokenizers' names.
pub(super) const STEMS: &str = "stems";
pub(super) const SPELLINGS: &str = "spellings";

/// Parts the sections of a text; the store keeps no NUL.
const SECTION: char = '\0';

/// How far the sections are from each other, so that neither phrases nor nearness lead from one to the next.
const GAP: usize = 200;

/// How many words of the body are the lead. It stands in the index once more, which gives its words the weight of
/// two: the field-weighted form of BM25 (Robertson, Zaragoza and Taylor 2004, doi:10.1145/1031171.1031181).
const LEAD: usize = 50;

/// How many bytes of a text are searched. No law is as long.
const MAX: usize = 1 << 20;

/// A text with its language, for a field of stems or of spellings.
pub(super) fn marked(language: Language, sections: &[&str]) -> String {
    let mut text = String::from(language.code());
    for section in sections {
        text.push(SECTION);
        text.push_str(&section[..section.floor_char_boundary(MAX)]);
    }
    text
}

/// Makes the tokenizers known to an index.
pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(STEMS, Words::new(Kind::Stems));
    tokenizers.register(SPELLINGS, Words::new(Kind::Spellings));
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Stems,
    Spellings,
}

/// Cuts a marked text into terms. All are made at once and kept in one piece of memory, which the next text uses again.
#[derive(Debug)]
struct Words {
    kind: Kind,
    analyst: Analyst,
    terms: Terms,
}

#[derive(Debug, Default)]
struct Terms {
    text: String,
    /// Where each ends in `text`, and its position.
    ends: Vec<(usize, usize)>,
    position: usize,
    token: Token,
    next: usize,
}

impl Words {
    fn new(kind: Kind) -> Self {
        Self { kind, analyst: Analyst::default(), terms: Terms::default() }
    }
}

/// tantivy makes one for each segment that is written.
impl Clone for Words {
    fn clone(&self) -> Self {
        Self::new(self.kind)
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.terms.clear();
        let mut sections = text.split(SECTION);
        let language = Language::parse(sections.next().unwrap_or_default());
        let mut lead: &str = "";
        for (number, section) in sections.enumerate() {
            let mut words = 0;
            each_word(section, |word| {
                words += 1;
                if number == 1 && words <= LEAD {
                    lead = &section[..word.end];
                }
                self.add(language, &word);
            });
            self.terms.position += GAP;
        }
        if matches!(self.kind, Kind::Stems) {
            each_word(lead, |word| self.add(language, &word));
        }
        Stream { terms: &mut self.terms }
    }
}

impl Words {
    fn add(&mut self, language: Language, word: &Word<'_>) {
        match self.kind {
            Kind::Stems => {
                let terms = self.analyst.terms(language, word);
                self.terms.push(&terms.plain);
                if let Some(accented) = &terms.accented {
                    self.terms.push(accented);
                }
            }
            Kind::Spellings => self.terms.push(&plain(&lower(&word.text))),
        }
        self.terms.position += 1;
    }
}

impl Terms {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
        self.position = 0;
        self.next = 0;
    }

    fn push(&mut self, term: &str) {
        self.text.push_str(term);
        self.ends.push((self.text.len(), self.position));
    }
}

/// The terms of one text, in order.
struct Stream<'a> {
    terms: &'a mut Terms,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        let terms = &mut *self.terms;
        let Some(&(end, position)) = terms.ends.get(terms.next) else { return false };
        let start = terms.next.checked_sub(1).map_or(0, |before| terms.ends[before].0);
        terms.next += 1;
        terms.token.text.clear();
        terms.token.text.push_str(&terms.text[start..end]);
        terms.token.position = position;
        true
    }

    fn token(&self) -> &Token {
        &self.terms.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.terms.token
    }
}
