//! The query language: words, phrases, filters, AND (understood), OR, NOT, parentheses. No text is refused; what is
//! odd about it is told beside what could be made of it.

mod filters;
mod operators;
mod signs;

use unicode_normalization::char::is_combining_mark;

use super::Expression;
use super::read::{Field, Notes, is_quote, shown, visible};
use super::tree::{Node, joined_by_and};
use filters::reads_as_filter;
use signs::{has_signs, sides};

/// How many characters are read. The canonical text of any query is shorter.
const MAX_TEXT: usize = 65_536;
/// How many words and values of filters a query may have between its other parts.
const MAX_WORDS: usize = 64;
/// How many characters of a word count.
const MAX_WORD: usize = 64;
/// How many parentheses may be open. The tree has a lower bound of its own; this one keeps the stack small.
const MAX_OPEN: usize = 64;
/// The largest distance in `"a b"~4`.
const MAX_DISTANCE: u32 = 100;
/// How many words may be near each other: each more doubles what is kept of a text that repeats them.
const MAX_NEAR: usize = 8;

/// Reads the words box.
pub(super) fn parse(text: &str, notes: &mut Notes) -> Option<Node> {
    let mut chars: Vec<char> = visible(text).collect();
    if chars.len() > MAX_TEXT {
        notes.add("q", format!("only the first {MAX_TEXT} characters were read"));
        chars.truncate(MAX_TEXT);
    }
    let mut grammar = Grammar { chars: &chars, at: 0, open: 0, words: 0, notes };
    let mut nodes = Vec::new();
    loop {
        nodes.extend(grammar.either());
        if grammar.at == chars.len() {
            return Node::and(nodes);
        }
        grammar.note(grammar.at, "the parenthesis", "closes none");
        grammar.at += 1;
    }
}

/// Whether a word, written without quotation marks, reads as that word.
pub(super) fn is_plain_word(word: &str) -> bool {
    !word.chars().any(is_boundary) && !reads_as_filter(word) && !has_signs(word)
}

/// Whether a word ends as the beginning of one does (`dat*`).
fn is_beginning(written: &str) -> bool {
    written.ends_with('*') && written.chars().any(char::is_alphanumeric)
}

struct Grammar<'a, 'n> {
    chars: &'a [char],
    at: usize,
    open: usize,
    words: usize,
    notes: &'n mut Notes,
}

impl Grammar<'_, '_> {
    /// `a b OR c d`.
    fn either(&mut self) -> Option<Node> {
        let mut branches = Vec::new();
        loop {
            self.skip_blanks();
            let start = self.at;
            branches.extend(self.both());
            let end = self.at;
            let is_empty = end == start;
            if !self.takes_or() {
                return Node::or(branches);
            }
            self.skip_blanks();
            if is_empty {
                self.note_operator(end, "has nothing before it");
            } else if self.peek().is_none_or(is_close) {
                self.note_operator(end, "has nothing behind it");
            }
        }
    }

    /// `a AND b c`: up to the end, an OR, or the parenthesis that closes the group.
    fn both(&mut self) -> Option<Node> {
        self.skip_blanks();
        let (first, mut nodes) = (self.at, Vec::new());
        // Before which nodes AND stands.
        let mut ands = Vec::new();
        let mut last_and = None;
        loop {
            self.skip_blanks();
            let start = self.at;
            if self.is_at_end_of_branch() {
                if let Some(last) = last_and {
                    self.note_operator(last, "has nothing behind it");
                }
                let is_joined = |node: usize| ands.contains(&node) || ands.contains(&(node + 1));
                return Node::and(joined_by_and(nodes, is_joined));
            }
            if self.takes_and() {
                if start == first {
                    self.note_operator(start, "has nothing before it");
                }
                ands.push(nodes.len());
                last_and = Some(start);
                continue;
            }
            last_and = None;
            if let Some(moves) = self.takes_near() {
                self.near(moves, start, &mut nodes);
            } else {
                nodes.extend(self.one());
            }
        }
    }

    /// `-a`, `!a`, `NOT (a b)`, `a`. A dash with nothing right after it is only a dash.
    fn one(&mut self) -> Option<Node> {
        let mut is_negated = false;
        let mut last_not = None;
        loop {
            self.skip_blanks();
            let start = self.at;
            match self.peek() {
                Some('+' | '＋') => self.at += 1,
                Some('-' | '－' | '−') => {
                    self.at += 1;
                    if self.peek().is_none_or(char::is_whitespace) {
                        self.note_last_dash(start);
                        return None;
                    }
                    is_negated = !is_negated;
                }
                Some('!') if self.is_before_term() => {
                    self.at += 1;
                    is_negated = !is_negated;
                }
                _ if self.takes_keyword("NOT") => {
                    is_negated = !is_negated;
                    last_not = Some(start);
                }
                _ => break,
            }
        }
        if self.is_at_end_of_branch() {
            if let Some(start) = last_not {
                self.note(start, "NOT", "stands before nothing; in quotation marks it is a word");
            }
            return None;
        }
        let node = match self.peek() {
            Some(c) if is_open(c) => self.group(),
            Some(c) if is_quote(c) => self.phrase(),
            _ => self.word(),
        };
        node.map(|node| if is_negated { node.not() } else { node })
    }

    fn group(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        if self.open == MAX_OPEN {
            self.note(start, "the parenthesis", "is one too many; what it encloses was left out");
            self.skip_group();
            return None;
        }
        self.open += 1;
        let node = self.either();
        self.open -= 1;
        if self.peek().is_some() {
            self.at += 1;
        } else {
            self.note(start, "the parenthesis", "is not closed");
        }
        node
    }

    /// To behind the parenthesis that closes what the last one has opened. Those in quotation marks are none.
    fn skip_group(&mut self) {
        let (mut open, mut is_inside) = (1, false);
        while let Some(c) = self.peek().filter(|_| open > 0) {
            self.at += 1;
            is_inside ^= is_quote(c);
            if !is_inside {
                open += i32::from(is_open(c)) - i32::from(is_close(c));
            }
        }
    }

    /// `"a b"`, `"a b"~4`.
    fn phrase(&mut self) -> Option<Node> {
        let start = self.at;
        let text = self.quoted();
        if let Some(written) = text.split_whitespace().find(|written| is_beginning(written)) {
            let is = "stands in quotation marks, where words are whole ones; it was read as that word itself";
            self.note(start, &format!("`{}`", shown(written)), is);
        }
        let words = text.split_whitespace().filter_map(|written| self.word_of(written));
        let mut words: Vec<String> = words.collect();
        let mut distance = self.distance();
        if distance.is_some() && self.are_too_many(&text, "what stands in quotation marks", start) {
            distance = None;
        }
        if distance.is_some() {
            words = self.once_each(words, start);
        }
        if !self.has_room_for(words.len()) {
            return None;
        }
        let leaf = match (words.len(), distance) {
            (0, _) => return None,
            // What is a word only in quotation marks is that; what would be one anyhow is wanted as it stands.
            (1, _) if !is_plain_word(&words[0]) => Expression::Word(words.swap_remove(0)),
            (1, _) => Expression::Phrase(words),
            (_, Some(distance)) => Expression::Near(words, distance),
            (_, None) => Expression::Phrase(words),
        };
        Some(Node::Leaf(leaf))
    }

    /// What stands between two quotation marks; the end of the text closes too.
    fn quoted(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        let text = self.take_until(is_quote);
        if self.peek().is_some() {
            self.at += 1;
        } else {
            self.note(start, "the quotation mark", "is not closed");
        }
        text
    }

    fn distance(&mut self) -> Option<u32> {
        if !matches!(self.peek(), Some('~' | '～')) {
            return None;
        }
        let start = self.at;
        self.at += 1;
        let digits = self.take_until(|c| !c.is_ascii_digit());
        if digits.is_empty() {
            let is = "is followed by no number of moves (`\"a b\"~4`) and was passed over";
            self.note(start, "the sign `~`", is);
            return None;
        }
        Some(self.moves(&digits, start))
    }

    /// So many moves as some digits say, as far as there is a use for them.
    fn moves(&mut self, digits: &str, start: usize) -> u32 {
        let moves = digits.parse().unwrap_or(u32::MAX);
        if moves > MAX_DISTANCE {
            let what = format!("the number of moves at character {}", start + 1);
            let what = format!("{what} is more than {MAX_DISTANCE}, which was read");
            self.notes.add_at(Some(start + 1), "q", what);
        }
        moves.min(MAX_DISTANCE)
    }

    /// A word, a beginning of words (`data*`), or a filter.
    fn word(&mut self) -> Option<Node> {
        let start = self.at;
        let written = self.take_until(is_boundary);
        let name = written.split_once(is_colon).map(|(name, _)| name);
        if let Some(name) = name.or_else(|| self.name_before_equals(&written))
            && let Some(field) = Field::parse(name)
        {
            self.at = start + name.chars().count() + 1;
            return self.filter(field, name, start);
        }
        if let Some(node) = self.since_or_until(&written, start) {
            return Some(node);
        }
        self.note_no_filter(&written, start);
        self.note_signs(&written, start);
        // `a| b` is `a | b`.
        let length = written.chars().count();
        let written = written.trim_end_matches('|');
        self.at -= length - written.chars().count();
        // What is not parted by blanks belongs together: `a|b c` is `(a OR b) c`.
        let (sides, join) = sides(written).unwrap_or((vec![(written, false)], Node::or));
        let nodes = sides.into_iter().filter_map(|(side, is_negated)| {
            let node = self.side(side, start)?;
            Some(if is_negated { node.not() } else { node })
        });
        join(nodes.collect())
    }

    /// A word, or the beginning of words, as it is written.
    fn side(&mut self, written: &str, start: usize) -> Option<Node> {
        let word = self.word_of(written)?;
        if !self.has_room_for(1) {
            return None;
        }
        let is_beginning = written.ends_with('*') && written.trim_end_matches('*').ends_with(&word);
        let is_long = word.chars().count() > 1;
        if is_beginning && !is_long && is_plain_word(&word) {
            self.note(
                start,
                &format!("`{word}*`"),
                "is too short: a beginning has two letters or more",
            );
        }
        let leaf = if is_beginning && is_long && is_plain_word(&word) {
            Expression::Prefix(word)
        } else {
            Expression::Word(word)
        };
        Some(Node::Leaf(leaf))
    }

    /// The word in a piece of text; that it is cut short is told.
    fn word_of(&mut self, written: &str) -> Option<String> {
        let (word, is_cut) = word(written)?;
        if is_cut {
            self.notes
                .add("q", format!("of `{word}…` only the first {MAX_WORD} characters were read"));
        }
        Some(word)
    }

    fn has_room_for(&mut self, words: usize) -> bool {
        if self.words + words > MAX_WORDS {
            let what = format!("only the first {MAX_WORDS} words were read");
            self.notes.add_at(Some(self.at + 1), "q", what);
            return false;
        }
        self.words += words;
        true
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip_blanks(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    fn take_until(&mut self, ends: impl Fn(char) -> bool) -> String {
        let rest = &self.chars[self.at..];
        let length = rest.iter().position(|&c| ends(c)).unwrap_or(rest.len());
        self.at += length;
        rest[..length].iter().collect()
    }

    fn note(&mut self, at: usize, what: &str, is: &str) {
        let what = format!("{what} at character {} {is}", at + 1);
        self.notes.add_at(Some(at + 1), "q", what);
    }
}

/// The word in a piece of text, without the punctuation around it, and whether it is longer than what counts; `None` if
/// there is no letter or digit in it.
fn word(written: &str) -> Option<(String, bool)> {
    let outside = |c: char| !(c.is_alphanumeric() || is_combining_mark(c));
    let trimmed = written.trim_matches(outside);
    let cut: String = trimmed.chars().take(MAX_WORD).collect();
    let cut = cut.trim_end_matches(outside);
    let is_cut = trimmed.chars().nth(MAX_WORD).is_some();
    cut.chars().any(char::is_alphanumeric).then(|| (cut.to_owned(), is_cut))
}

pub(super) fn is_boundary(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || is_open(c) || is_close(c)
}

fn is_open(c: char) -> bool {
    matches!(c, '(' | '（')
}

fn is_close(c: char) -> bool {
    matches!(c, ')' | '）')
}

/// What leaves out, or asks for, what follows it.
fn is_sign(c: char) -> bool {
    matches!(c, '-' | '－' | '−' | '+' | '＋')
}

pub(super) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：')
}

/// What parts the values of a filter.
pub(super) fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，')
}
