//! What tantivy is given instead of a tokenizer of its own: terms that were made before, with their places.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// The tokenizer's name.
pub(super) const TERMS: &str = "terms";

/// Parts a term from one at the next place, from another at the same place, and from one in another section. No term
/// has any of these characters.
const NEXT: char = ' ';
const SAME: char = '\n';
const SECTION: char = '\0';

/// How far the sections are from each other, so that neither phrases nor nearness lead from one to the next.
const GAP: usize = 200;

/// Terms in a row, as text.
#[derive(Debug, Default)]
pub(super) struct Row(String);

impl Row {
    pub(super) fn with_room_for(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// A term at the next place.
    pub(super) fn push(&mut self, term: &str) {
        self.0.push_str(term);
        self.0.push(NEXT);
    }

    /// Another term at the place of the last one.
    pub(super) fn push_beside(&mut self, term: &str) {
        self.0.pop();
        self.0.push(SAME);
        self.push(term);
    }

    /// What comes is far from what was.
    pub(super) fn end_section(&mut self) {
        self.0.push(SECTION);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Makes the tokenizer known to an index.
pub(super) fn register(tokenizers: &TokenizerManager) {
    tokenizers.register(TERMS, Terms::default());
}

/// Reads a row.
#[derive(Debug, Clone, Default)]
struct Terms {
    token: Token,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        Stream { rest: text, position: 0, token: &mut self.token }
    }
}

struct Stream<'a> {
    rest: &'a str,
    position: usize,
    token: &'a mut Token,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(rest) = self.rest.strip_prefix(SECTION) {
            self.position += GAP;
            self.rest = rest;
        }
        let bytes = self.rest.as_bytes();
        let end = bytes.iter().position(|&byte| byte == NEXT as u8 || byte == SAME as u8);
        let Some(end) = end else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.rest[..end]);
        self.token.position = self.position;
        self.position += usize::from(bytes[end] == NEXT as u8);
        self.rest = &self.rest[end + 1..];
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}
