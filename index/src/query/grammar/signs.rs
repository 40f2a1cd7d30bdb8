//! Signs that other search engines have: those with one meaning are read so, the others are pointed at.

use unicode_normalization::char::is_combining_mark;

use super::super::Expression;
use super::super::tree::Node;
use super::{Grammar, MAX_NEAR, is_boundary};
use crate::fulltext::count_words;

/// What asks for two words near each other, before the number of moves (`source NEAR/3 code`).
const NEAR: &str = "NEAR";

impl Grammar<'_, '_> {
    /// The number of moves of `NEAR/3`, if that stands here.
    pub(super) fn takes_near(&mut self) -> Option<u32> {
        let rest = self.chars[self.at..].iter().copied();
        let written: String = rest.take_while(|&c| !is_boundary(c)).collect();
        let digits = moves(&written)?;
        let moves = self.moves(digits, self.at);
        self.at += written.len();
        Some(moves)
    }

    /// The word before and the one behind NEAR, near each other.
    pub(super) fn near(&mut self, moves: u32, start: usize, nodes: &mut Vec<Node>) {
        self.skip_blanks();
        let first = nodes.pop();
        let second = if self.is_at_end_of_branch() { None } else { self.one() };
        match (first, second) {
            (
                Some(Node::Leaf(Expression::Word(first))),
                Some(Node::Leaf(Expression::Word(second))),
            ) => {
                let text = format!("{first} {second}");
                if self.are_too_many(&text, "what stands around NEAR", start) {
                    nodes.push(Node::Leaf(Expression::Phrase(vec![first, second])));
                    return;
                }
                let words = self.once_each(vec![first, second], start);
                nodes.extend(near_each_other(words, moves).map(Node::Leaf));
            }
            (first, second) => {
                let is = "stands not between two words, and was left out; more of them are near each other in `\"a b c\"~4`";
                self.note(start, NEAR, is);
                nodes.extend(first.into_iter().chain(second));
            }
        }
    }

    /// Whether these are more words than can be near each other. What is written as one may be several.
    pub(super) fn are_too_many(&mut self, text: &str, what: &str, start: usize) -> bool {
        let are = count_words(text) > MAX_NEAR;
        if are {
            let is = format!(
                "has more than {MAX_NEAR} words, too many to be near each other; they were looked for side by side"
            );
            self.note(start, what, &is);
        }
        are
    }

    /// Words that are to be near each other: one that is repeated would count once.
    pub(super) fn once_each(&mut self, words: Vec<String>, start: usize) -> Vec<String> {
        let mut each: Vec<String> = Vec::with_capacity(words.len());
        for word in words {
            if each.iter().any(|known| known.to_lowercase() == word.to_lowercase()) {
                let is = format!("asks for `{word}` near itself; it was read once");
                self.note(start, "what stands", &is);
            } else {
                each.push(word);
            }
        }
        each
    }

    /// Tells of a word that other search engines read otherwise than as it stands.
    pub(super) fn note_signs(&mut self, written: &str, start: usize) {
        let is = if is_inexact(written) {
            let meant = written.split(['~', '^']).next().unwrap_or_default();
            format!(
                "was read as it stands, as no sign asks for other spellings or more weight; did you mean `{meant}`?"
            )
        } else if let Some(meant) = beginning_of_pattern(written) {
            format!(
                "was read without its signs, as only at the end of a word `*` stands for more letters; did you mean `{meant}*`?"
            )
        } else if let Some(meant) = listed(written) {
            format!("was read as words side by side; did you mean `{meant}`?")
        } else if written == NEAR && !self.is_among_capitals(start) {
            "was read as a word, as it has no number of moves; did you mean `NEAR/3`?".to_owned()
        } else {
            return;
        };
        self.note(start, &format!("`{written}`"), &is);
    }

    /// Whether the words before and behind this one are all in capitals, as headlines are.
    fn is_among_capitals(&self, start: usize) -> bool {
        let is_of_word = |c: &&char| !c.is_whitespace();
        let before = self.chars[..start].iter().rev().skip_while(|c| c.is_whitespace());
        let behind = self.chars[self.at..].iter().skip_while(|c| c.is_whitespace());
        let mut around = before.take_while(is_of_word).chain(behind.take_while(is_of_word));
        !around.any(|c| c.is_lowercase())
    }
}

/// Words near each other; one alone is itself.
pub(super) fn near_each_other(mut words: Vec<String>, moves: u32) -> Option<Expression> {
    match words.len() {
        0 | 1 => words.pop().map(Expression::Word),
        _ => Some(Expression::Near(words, moves)),
    }
}

/// Whether a word is one of the language's own, or one that other engines read as more than a word.
pub(super) fn has_signs(word: &str) -> bool {
    matches!(word, "AND" | "OR" | "NOT" | NEAR)
        || moves(word).is_some()
        || is_inexact(word)
        || beginning_of_pattern(word).is_some()
        || sides(word).is_some()
        || listed(word).is_some()
}

/// The digits of `NEAR/3`.
fn moves(word: &str) -> Option<&str> {
    let digits = word.strip_prefix(NEAR)?.strip_prefix('/')?;
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(digits)
}

/// How the sides of `vpn|proxy` go together.
type Join = fn(Vec<Node>) -> Option<Node>;

/// The sides of `vpn|proxy`, `vpn||-proxy` or `vpn&&proxy`, and whether each is left out. What has a side of one letter is a
/// name (`C|net`).
pub(super) fn sides(word: &str) -> Option<(Vec<(&str, bool)>, Join)> {
    let (sign, join): (_, Join) =
        if word.contains("&&") { ("&&", Node::and) } else { ("|", Node::or) };
    let (first, others) = word.split_once(sign)?;
    let others = others.split(sign).filter(|side| !side.is_empty());
    let others = others.map(|side| match side.strip_prefix(['-', '!']) {
        Some(side) => (side, true),
        None => (side, false),
    });
    let sides: Vec<_> = std::iter::once((first, false)).chain(others).collect();
    (sides.len() > 1 && sides.iter().all(|(side, _)| is_word(side))).then_some((sides, join))
}

/// Whether a side is a word of two letters or more, or the beginning of some.
fn is_word(side: &str) -> bool {
    let side = side.strip_suffix('*').unwrap_or(side);
    let letters = side.chars().filter(|c| c.is_alphanumeric()).count();
    let is_inside = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '-';
    letters >= 2 && side.chars().all(is_inside)
}

/// What `vpn;proxy` may have meant.
fn listed(word: &str) -> Option<String> {
    let sides: Vec<_> = word.split(';').collect();
    let is_list = sides.len() > 1
        && sides.iter().all(|side| is_word(side) && side.chars().all(char::is_alphabetic));
    is_list.then(|| sides.join(" OR "))
}

/// Whether a word ends as one does for other search engines that may be spelt otherwise, or counts for more
/// (`vpn~2`, `vpn^4`).
fn is_inexact(word: &str) -> bool {
    word.split_once(['~', '^']).is_some_and(|(word, number)| {
        !word.is_empty()
            && word.chars().all(char::is_alphabetic)
            && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            // In East Asia a tilde ends a sentence.
            && (word.is_ascii() || !number.is_empty())
    })
}

/// The letters before the first sign of a word that has some for letters within (`encry?t`, `encry*t`), or those behind
/// the one that it begins with (`*crypt`).
fn beginning_of_pattern(word: &str) -> Option<&str> {
    let is_sign = |c| matches!(c, '*' | '?');
    let is_word = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let ended = word.trim_end_matches(is_sign);
    let inner = ended.strip_prefix('*').unwrap_or(ended);
    let mut parts = inner.split(is_sign);
    let first = parts.next().filter(|first| first.len() >= 2 && is_word(first))?;
    let has_sign = ended.contains(is_sign);
    (has_sign && parts.all(|part| !part.is_empty() && is_word(part))).then_some(first)
}
