//! What tantivy is given instead of a tokenizer of its own: terms that were made before, with their places.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

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

/// How many bytes of rows may wait, and how long for room among them.
const ROOM: usize = 2 << 20;
const PATIENCE: Duration = Duration::from_secs(5);

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

    /// What stands in another row.
    pub(super) fn append(&mut self, row: &str) {
        self.0.push_str(row);
    }

    /// The terms of a row that stand at one place: up to two of them.
    pub(super) fn at_one_place(row: &str) -> [Option<&str>; 2] {
        let mut terms = row.strip_suffix(NEXT).unwrap_or(row).split(SAME);
        [terms.next(), terms.next()]
    }

    /// What comes is far from what was.
    pub(super) fn end_section(&mut self) {
        self.0.push(SECTION);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }
}

/// Makes the tokenizer known to an index; what its writer adds from now on is counted by the backlog.
pub(super) fn register(tokenizers: &TokenizerManager) -> Arc<Backlog> {
    let terms = Terms::default();
    let backlog = Arc::clone(&terms.backlog);
    tokenizers.register(TERMS, terms);
    backlog
}

/// Bytes of rows that were added and not read yet. tantivy lets thousands of documents wait for its thread, which is
/// faster to fill than to empty: what waits is bounded here, by their size.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    bytes: Mutex<usize>,
    read: Condvar,
}

impl Backlog {
    /// Counts a document's rows, once there is room for them. Whoever waits in vain goes on: that thread may have
    /// ended, which the writer says.
    pub(super) fn add(&self, bytes: usize) {
        let waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let has_room = self.read.wait_timeout_while(waiting, PATIENCE, |bytes| *bytes > ROOM);
        let (mut waiting, _) = has_room.unwrap_or_else(PoisonError::into_inner);
        *waiting += bytes;
    }

    /// Nothing waits any more.
    pub(super) fn clear(&self) {
        self.remove(usize::MAX);
    }

    /// Half of the room is to be free before who waits for it is woken: to change threads for each row takes longer than
    /// to read it.
    fn remove(&self, bytes: usize) {
        let mut waiting = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let had_room = *waiting <= ROOM / 2;
        *waiting = waiting.saturating_sub(bytes);
        if !had_room && *waiting <= ROOM / 2 {
            self.read.notify_all();
        }
    }
}

/// Reads a row.
#[derive(Debug, Clone, Default)]
struct Terms {
    token: Token,
    backlog: Arc<Backlog>,
}

impl Tokenizer for Terms {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        self.backlog.remove(text.len());
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
