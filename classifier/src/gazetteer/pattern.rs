//! `Pattern`: one word of the data files, with what may follow it and where it must have capitals.

use super::script::{joins, prefixed, unspaced};
use crate::fold::{Folded, folded};

/// How a part of a pattern may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Not at all (`!`).
    Bare,
    /// Not at all, but for a plural or genitive `s`.
    Exact,
    /// Up to three more letters (`~`).
    Short,
    /// Any letters to the end of the word (`*`).
    Any,
}

/// One literal part and what may follow it.
#[derive(Debug)]
struct Part {
    literal: String,
    ending: Ending,
}

/// A word as the data files write it; how it is matched is said at the head of `jurisdictions.toml`.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// At least one.
    parts: Vec<Part>,
    /// Bytes of the first part at which the text must have a capital.
    capitals: Vec<usize>,
}

/// No word of the data goes on for longer than this many letters.
const LONGEST_ENDING: usize = 24;

impl Pattern {
    /// Reads a word.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub(crate) fn new(word: &str) -> Result<Self, &'static str> {
        let mut parts = Vec::new();
        let mut rest = word.trim();
        let capitals = capitals(rest);
        while !rest.is_empty() {
            let cut = rest.find(['*', '~', '!']);
            let (literal, after) = cut.map_or((rest, ""), |at| rest.split_at(at));
            let ending = match after.chars().next() {
                None => Ending::Exact,
                Some('~') => Ending::Short,
                Some('!') => Ending::Bare,
                Some(_) => Ending::Any,
            };
            // A space between two parts is part of the second.
            let space = if literal.starts_with(char::is_whitespace) { " " } else { "" };
            let literal = format!("{space}{}", folded(literal));
            if !literal.contains(char::is_alphanumeric) {
                return Err(
                    "a word needs letters before `*`, `~` or `!`, and something to look for",
                );
            }
            parts.push(Part { literal, ending });
            rest = after.get(1..).unwrap_or_default();
        }
        if parts.is_empty() {
            return Err("the word is empty");
        }
        Ok(Self { parts, capitals })
    }

    /// What it begins with.
    pub(crate) fn head(&self) -> &str {
        &self.parts[0].literal
    }

    /// Where the pattern ends, if all of it is at a place where a word begins.
    pub(crate) fn end_of(&self, folded: &Folded, start: usize) -> Option<usize> {
        let text = folded.text.as_str();
        if !text[start..].starts_with(self.head())
            || !self.capitals.iter().all(|at| folded.is_upper(start + at))
        {
            return None;
        }
        let mut end = ended(text, start + self.head().len(), self.parts[0].ending)?;
        for part in &self.parts[1..] {
            let literal = part.literal.as_str();
            if !text[end..].starts_with(literal) {
                return None;
            }
            end = ended(text, end + literal.len(), part.ending)?;
        }
        Some(end)
    }
}

/// The bytes of the folded first part that must be capitals: the first letter if it is one, and all of a word that
/// has no small ones.
fn capitals(word: &str) -> Vec<usize> {
    let head = word.split(['*', '~', '!']).next().unwrap_or_default();
    if !head.contains(char::is_uppercase) {
        return Vec::new();
    }
    let seen = Folded::new(head, usize::MAX);
    let mut at = 0;
    let mut capitals = Vec::new();
    for part in seen.text.split(' ') {
        let letters = || part.char_indices().filter(|(_, c)| c.is_lowercase());
        let all = letters().all(|(i, _)| seen.is_upper(at + i));
        for (i, _) in letters() {
            if seen.is_upper(at + i) && (all || at + i == 0) {
                capitals.push(at + i);
            }
        }
        at += part.len() + 1;
    }
    capitals
}

/// The bytes of a text at which a word can begin.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut before = b' ';
    text.bytes().enumerate().filter_map(move |(at, byte)| {
        let before = std::mem::replace(&mut before, byte);
        if byte.is_ascii() && before.is_ascii() {
            let inside = byte.is_ascii_alphanumeric() && before.is_ascii_alphanumeric();
            return (!inside && byte != b' ').then_some(at);
        }
        // Bytes within a letter have none that begins with them.
        let (before, letters) = text.split_at_checked(at)?;
        let c = letters.chars().next()?;
        let inside = before.chars().next_back().is_some_and(|before| joins(before, c));
        (!inside || prefixed(before, c)).then_some(at)
    })
}

/// Where the word ends of which a literal ends at this byte, if the ending allows it.
fn ended(text: &str, end: usize, ending: Ending) -> Option<usize> {
    let mut last = text[..end].chars().next_back()?;
    if unspaced(last) {
        return Some(end);
    }
    let mut at = end;
    let mut letters = 0;
    for c in text[end..].chars().take(LONGEST_ENDING + 1) {
        if !joins(last, c) {
            break;
        }
        letters += 1;
        at += c.len_utf8();
        last = c;
    }
    let fits = match ending {
        Ending::Bare => letters == 0,
        Ending::Exact => letters == 0 || (letters == 1 && last == 's'),
        Ending::Short => letters <= 3,
        Ending::Any => letters <= LONGEST_ENDING,
    };
    // What one part joins to another by a hyphen is looked at by the caller.
    fits.then_some(at)
}
