//! AND, OR, NOT and their signs: where they stand, and those that lack a side.

use super::{Grammar, is_boundary, is_close, is_open};
use crate::query::read::is_quote;

impl Grammar<'_, '_> {
    /// Tells of an operator with one side only.
    pub(super) fn note_operator(&mut self, at: usize, is: &str) {
        let written: String = self.chars[at..].iter().take_while(|&&c| !is_boundary(c)).collect();
        self.note(at, &format!("`{written}`"), &format!("{is}; in quotation marks it is a word"));
    }

    /// Between words a dash is punctuation; behind all of them it waits for one.
    pub(super) fn note_last_dash(&mut self, start: usize) {
        self.skip_blanks();
        if self.peek().is_none_or(is_close) {
            self.note(start, "the sign `-`", "stands before nothing");
        }
    }

    pub(super) fn is_at_end_of_branch(&self) -> bool {
        self.peek().is_none_or(|c| is_close(c) || c == '|') || self.is_at_keyword("OR")
    }

    pub(super) fn is_at_and(&self) -> bool {
        self.chars[self.at..].starts_with(&['&', '&']) || self.is_at_keyword("AND")
    }

    /// Whether something follows a sign that the sign may belong to.
    pub(super) fn is_before_term(&self) -> bool {
        let next = self.chars.get(self.at + 1);
        next.is_some_and(|&c| c.is_alphanumeric() || is_quote(c) || is_open(c))
    }

    /// Operators are words of capitals.
    pub(super) fn is_at_keyword(&self, keyword: &str) -> bool {
        let end = self.at + keyword.len();
        self.chars.get(self.at..end).is_some_and(|word| word.iter().copied().eq(keyword.chars()))
            && self.chars.get(end).copied().is_none_or(is_boundary)
    }

    /// `OR`, `|`, `||`.
    pub(super) fn takes_or(&mut self) -> bool {
        let bars = self.chars[self.at..].iter().take(2).take_while(|&&c| c == '|').count();
        self.at += bars;
        bars > 0 || self.takes_keyword("OR")
    }

    /// `AND`, `&&`.
    pub(super) fn takes_and(&mut self) -> bool {
        let is_sign = self.chars[self.at..].starts_with(&['&', '&']);
        self.at += if is_sign { 2 } else { 0 };
        is_sign || self.takes_keyword("AND")
    }

    pub(super) fn takes_keyword(&mut self, keyword: &str) -> bool {
        let is_there = self.is_at_keyword(keyword);
        if is_there {
            self.at += keyword.len();
        }
        is_there
    }
}
