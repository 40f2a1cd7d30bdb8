//! Snippets: the place of a text that shows best why it was found.

use std::ops::ControlFlow;

use super::analyst::Analyst;
use super::openings::{Openings, each_word_like, follows};
use super::stems::{Language, Terms, terms};
use super::words::{Word, each_word};
use crate::Expression;
use crate::fold::{lower, plain};

/// How many bytes a snippet is long; letters of three bytes say more than letters of one.
const LENGTH: usize = 240;
/// How far before the first word found it may begin.
const BEFORE: usize = 70;
/// How many bytes of a text are looked through.
pub(super) const SEEN: usize = 64 << 10;
/// How many letters of a word are compared before it is stemmed.
const LETTERS: usize = 4;
/// What ends a word found.
const END: &str = "</mark>";
/// How many words found are weighed.
const MARKS: usize = 500;

/// The words that a query looks for, as they are in texts of one language.
pub(super) struct Sought {
    language: Language,
    /// Words that stand side by side; most are single.
    phrases: Vec<Vec<Terms>>,
    beginnings: Vec<String>,
    openings: Openings,
    /// The same, with more of their letters: words that begin otherwise need not be stemmed.
    letters: Vec<String>,
}

/// A word found.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    /// Which of the phrases or beginnings.
    sought: usize,
}

impl Sought {
    pub(super) fn new(language: Language, words: Option<&Expression>) -> Self {
        let mut sought = Self {
            language,
            phrases: Vec::new(),
            beginnings: Vec::new(),
            openings: Openings::Wide,
            letters: Vec::new(),
        };
        if let Some(words) = words {
            sought.add(words);
        }
        let phrases = sought.phrases.iter().flatten();
        let forms = phrases.flat_map(|terms| [Some(&terms.plain), terms.accented.as_ref()]);
        let forms = forms.flatten().chain(&sought.beginnings);
        sought.openings = Openings::of(forms.clone().map(String::as_str));
        let letters = forms.map(|form| letters(form)).filter(|letters| !letters.is_empty());
        sought.letters = letters.collect();
        sought.letters.sort_unstable();
        sought.letters.dedup();
        sought
    }

    fn add(&mut self, part: &Expression) {
        match part {
            Expression::Word(word) => {
                let phrase = self.phrase(word);
                self.phrases.push(phrase);
            }
            Expression::Phrase(words) => {
                let phrase = words.iter().flat_map(|word| self.phrase(word)).collect();
                self.phrases.push(phrase);
            }
            // Each for itself: they may stand in any order.
            Expression::Near(words, _) => {
                let phrases: Vec<_> = words.iter().map(|word| self.phrase(word)).collect();
                self.phrases.extend(phrases);
            }
            Expression::Prefix(start) => self.beginnings.push(plain(&lower(start)).into_owned()),
            Expression::And(parts) | Expression::Most(parts) | Expression::Or(parts) => {
                parts.iter().for_each(|part| self.add(part));
            }
            Expression::Not(_) | Expression::Filter(..) => {}
        }
    }

    fn phrase(&self, words: &str) -> Vec<Terms> {
        let mut phrase = Vec::new();
        each_word(words, |word| phrase.push(terms(self.language, &word)));
        phrase
    }

    /// The words found in a text, in order, up to the end of the first place that has them all.
    fn marks(&self, text: &str, analyst: &mut Analyst) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        // For each phrase, the words of it that stand right before this one.
        let mut begun: Vec<Vec<(usize, usize)>> = vec![Vec::new(); self.phrases.len()];
        let mut last = vec![None; self.phrases.len() + self.beginnings.len()];
        let mut enough = usize::MAX;
        let mut end = 0;
        each_word_like(text, &self.openings, |word| {
            if word.start > enough || marks.len() >= MARKS {
                return ControlFlow::Break(());
            }
            if begun.iter().any(|begun| !begun.is_empty()) && !follows(text, end, word.start) {
                begun.iter_mut().for_each(Vec::clear);
            }
            end = word.end;
            if !self.may_be(&word.text) {
                begun.iter_mut().for_each(Vec::clear);
                return ControlFlow::Continue(());
            }
            let before = marks.len();
            self.mark_phrases(&word, analyst, &mut begun, &mut marks);
            self.mark_beginning(&word, &mut marks);
            for mark in &marks[before..] {
                last[mark.sought] = Some(mark.start);
            }
            let earliest = last.iter().copied().min().flatten();
            if let Some(earliest) = earliest.filter(|at| word.end <= at + LENGTH - BEFORE) {
                enough = enough.min(earliest + LENGTH);
            }
            ControlFlow::Continue(())
        });
        marks.sort_by_key(|mark| (mark.start, mark.end));
        marks.dedup_by_key(|mark| mark.start);
        marks
    }

    fn mark_phrases(
        &self,
        word: &Word<'_>,
        analyst: &mut Analyst,
        begun: &mut [Vec<(usize, usize)>],
        marks: &mut Vec<Mark>,
    ) {
        if self.phrases.is_empty() {
            return;
        }
        let found = analyst.terms(self.language, word);
        for (sought, (phrase, before)) in self.phrases.iter().zip(begun).enumerate() {
            let continues =
                |before: &[_]| phrase.get(before.len()).is_some_and(|wanted| wanted.meet(found));
            // A phrase that is broken may begin anew with this very word.
            if !continues(before) {
                before.clear();
            }
            if continues(before) {
                before.push((word.start, word.end));
            }
            if before.len() == phrase.len() {
                marks.extend(before.drain(..).map(|(start, end)| Mark { start, end, sought }));
            }
        }
    }

    fn mark_beginning(&self, word: &Word<'_>, marks: &mut Vec<Mark>) {
        if self.beginnings.is_empty() {
            return;
        }
        let spelling = plain(&lower(&word.text)).into_owned();
        let found = self.beginnings.iter().position(|start| spelling.starts_with(start.as_str()));
        let mark = |number| {
            let sought = self.phrases.len() + number;
            Mark { start: word.start, end: word.end, sought }
        };
        marks.extend(found.map(mark));
    }
    fn may_be(&self, word: &str) -> bool {
        let begins = |letters: &String| {
            let own = word.as_bytes().get(..letters.len());
            own.is_some_and(|own| own.eq_ignore_ascii_case(letters.as_bytes()))
        };
        !word.is_ascii() || self.letters.iter().any(begins)
    }
}

/// The plain letters with which every word of a stem begins. Stemmers may change the last letter that they leave: `cry`
/// has the stem `cri`.
fn letters(stem: &str) -> String {
    let plain: String = stem.chars().take_while(char::is_ascii_alphanumeric).collect();
    let sure = plain.len().saturating_sub(1).clamp(1, LETTERS).min(plain.len());
    plain[..sure].to_owned()
}

/// The beginning of a text, escaped for HTML.
pub(super) fn start_of(text: &str) -> String {
    write(text, 0, ending(text, 0), &[])
}

/// The snippet of a text of at most [`SEEN`] bytes: escaped for HTML, the words found in `<mark>`. Where none is found,
/// the text's beginning.
pub(super) fn snippet(text: &str, sought: &Sought, analyst: &mut Analyst) -> String {
    let has_words = !sought.phrases.is_empty() || !sought.beginnings.is_empty();
    let marks = if has_words { sought.marks(text, analyst) } else { Vec::new() };
    let first = best(&marks);
    let start = first.map_or(0, |mark| beginning(text, mark.start));
    let end = ending(text, start);
    write(text, start, end, &marks)
}

/// The mark from which on the most different words are within a snippet's length, then the most words, then the
/// first.
fn best(marks: &[Mark]) -> Option<Mark> {
    let mut best: Option<((u32, u32), Mark)> = None;
    for (number, first) in marks.iter().enumerate() {
        let within = marks[number..].iter();
        let within = within.take_while(|mark| mark.end <= first.start + LENGTH - BEFORE);
        // Of more words than there are bits, two may count as one.
        let (different, words) = within.fold((0_u128, 0), |(different, words), mark| {
            (different | 1 << (mark.sought % 128), words + 1)
        });
        let worth = (different.count_ones(), words);
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, *first));
        }
    }
    best.map(|(_, mark)| mark)
}

/// The start of the sentence with the mark in it if that is near, else of a word before it.
fn beginning(text: &str, mark: usize) -> usize {
    let from = text.floor_char_boundary(mark.saturating_sub(BEFORE));
    if from == 0 {
        return 0;
    }
    let before = &text[from..mark];
    let is_end = |c: char| matches!(c, '.' | '!' | '?' | '\n' | '。' | '！' | '？');
    let sentence = before.char_indices().rev().find(|(at, c)| {
        is_end(*c)
            && (!c.is_ascii()
                || text[from + at + 1..].starts_with(char::is_whitespace)
                || *c == '\n')
    });
    let at = match sentence {
        Some((at, c)) => from + at + c.len_utf8(),
        None => before.find(char::is_whitespace).map_or(from, |at| from + at),
    };
    at + text[at..].len() - text[at..].trim_start().len()
}

fn ending(text: &str, start: usize) -> usize {
    let most = text.floor_char_boundary(start + LENGTH);
    if most == text.len() {
        return most;
    }
    let window = &text[start..most];
    let blank = window.rfind(char::is_whitespace).filter(|at| *at > LENGTH / 2);
    blank.map_or(most, |at| start + at)
}

fn write(text: &str, start: usize, end: usize, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(LENGTH + 64);
    if start > 0 {
        out.push('…');
    }
    let mut at = start;
    for mark in marks.iter().filter(|mark| mark.start >= start && mark.end <= end) {
        if mark.start < at {
            continue;
        }
        // Words that no blank parts are marked as one.
        if mark.start == at && out.ends_with(END) {
            out.truncate(out.len() - END.len());
        } else {
            escape(&text[at..mark.start], &mut out);
            out.push_str("<mark>");
        }
        escape(&text[mark.start..mark.end], &mut out);
        out.push_str(END);
        at = mark.end;
    }
    escape(text[at..end].trim_end(), &mut out);
    if end < text.trim_end().len() {
        out.push('…');
    }
    out
}

/// Text as HTML; runs of blanks are one, marks that turn the line are left out.
fn escape(text: &str, out: &mut String) {
    let mut was_blank = out.is_empty() || out.ends_with(' ');
    let mut rest = text;
    while !rest.is_empty() {
        // Most letters stand for themselves.
        let plain = rest.bytes().position(|byte| !is_plain(byte)).unwrap_or(rest.len());
        let (letters, after) = rest.split_at(plain);
        out.push_str(letters);
        was_blank &= letters.is_empty();
        let mut chars = after.chars();
        was_blank = chars.next().map_or(was_blank, |c| escape_one(c, was_blank, out));
        rest = chars.as_str();
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

/// Returns whether a blank was written last.
fn escape_one(c: char, was_blank: bool, out: &mut String) -> bool {
    if matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') {
        return was_blank;
    }
    let is_blank = c.is_whitespace() || c.is_control();
    match c {
        _ if is_blank && was_blank => {}
        _ if is_blank => out.push(' '),
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&#39;"),
        _ => out.push(c),
    }
    is_blank
}
