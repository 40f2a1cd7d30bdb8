//! Sentences and paragraphs of a folded text, and which paragraphs are no part of the story.

use super::Zone;
use crate::Place;
use crate::fold::Folded;

/// Where a sentence begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    /// Byte of the folded text.
    pub(super) start: usize,
    /// Whether a paragraph begins with it.
    pub(super) paragraph: bool,
}

/// A sentence, or the headline, in bytes of its folded place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sentence {
    pub(crate) place: Place,
    pub(crate) zone: Zone,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Sentence {
    pub(super) fn new((place, zone, start, end): (Place, Zone, usize, usize)) -> Self {
        Self { place, zone, start, end }
    }
}

/// Short words that a full stop ends without ending a sentence.
const SHORTENED: [&str; 33] = [
    "no", "nos", "art", "arts", "dr", "mr", "mrs", "ms", "st", "nr", "abs", "sen", "rep", "gov",
    "gen", "inc", "co", "ltd", "vs", "jr", "al", "sec", "jan", "feb", "mar", "apr", "jun", "jul",
    "aug", "sept", "oct", "nov", "dec",
];

/// Months behind which a number is a day and ends a sentence, if a capital follows: `on April 8. The ministry`.
const MONTHS: [&str; 22] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
];

/// A heading such as "Related" is no longer than this.
const SHORT_HEADING: usize = 40;

/// It hides the short lines after it; a longer line is text again.
const SHORT_LINE: usize = 140;

/// A paragraph opens with a leftover's words if they come this early.
const OPENING: usize = 6;

/// Where the sentences of a text begin, in order; the first at 0.
pub(super) fn marks(source: &str, folded: &Folded) -> Vec<Mark> {
    let mut marks = vec![Mark { start: 0, paragraph: true }];
    let mut breaks = line_breaks(source).map(|line| folded.behind(line)).peekable();
    let text = folded.text.as_str();
    for (at, byte) in text.bytes().enumerate() {
        let c = match byte {
            b' ' | b'.' | b'!' | b'?' | b';' => char::from(byte),
            // The first byte of a letter, or of a mark that ends sentences.
            0xc0.. => text[at..].chars().next().unwrap_or_default(),
            _ => continue,
        };
        let next = at + c.len_utf8();
        if c == ' ' && breaks.next_if(|line| *line <= next).is_some() {
            while breaks.next_if(|line| *line <= next).is_some() {}
            marks.push(Mark { start: next, paragraph: true });
        } else if ends_sentence(c, &text[..at], text[next..].chars().next()) {
            marks.push(Mark { start: next, paragraph: false });
        }
    }
    marks
}

/// Bytes of the source at which lines end.
fn line_breaks(source: &str) -> impl Iterator<Item = usize> + '_ {
    source.match_indices(['\n', '\r', '\u{2029}']).map(|(at, _)| at)
}

/// Whether a character ends a sentence, given what is before it and what comes after it.
fn ends_sentence(c: char, before: &str, after: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' | '।' | '؟' | '｡' => true,
        '!' | '?' | ';' => after.is_none_or(|c| !c.is_alphanumeric()),
        // Initials, `No.`, `Dr.` and days of months are no ends.
        '.' => {
            let word = before.chars().rev().take(4).filter(|c| c.is_alphanumeric()).count();
            word > 3 && after.is_none_or(|c| c == ' ' || c == '"' || c == ')')
        }
        _ => false,
    }
}

/// Where sentences end within a span, that [`ends_sentence`] is too careful to see: after a short word or a year, if a
/// capital follows; after a day only where its month stands before it, since elsewhere a full stop makes a number an ordinal.
pub(super) fn stops(folded: &Folded, start: usize, end: usize) -> impl Iterator<Item = usize> {
    let text = folded.text.get(start..end).unwrap_or_default();
    text.match_indices(". ").filter_map(move |(at, _)| {
        let next = at + 2;
        let mut words = text[..at].rsplit(|c: char| !c.is_alphanumeric() && c != '.');
        let word = words.next()?;
        let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        let is_word = word.chars().nth(1).is_some() && word.chars().all(char::is_alphabetic);
        let is_day = word.len() <= 2
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && words.next().is_some_and(|word| MONTHS.contains(&word.trim_end_matches('.')));
        let ends = is_year || is_day || is_word && !SHORTENED.contains(&word);
        (ends && next < text.len() && folded.is_upper(start + next)).then_some(start + next)
    })
}

/// Where the lead ends: with the sentence in which `limit` characters are full.
pub(super) fn lead(marks: &[Mark], text: &str, limit: usize) -> usize {
    // A Chinese character says what takes three letters elsewhere, and is three bytes long: bytes are fair.
    marks.iter().map(|mark| mark.start).find(|start| *start >= limit).unwrap_or(text.len())
}

/// The spans of paragraphs that are no part of the story, in order, given where leftovers' words stand.
pub(super) fn hidden(
    marks: &[Mark],
    length: usize,
    openers: impl Iterator<Item = usize>,
) -> Vec<(usize, usize)> {
    let paragraphs =
        marks.iter().filter(|mark| mark.paragraph).map(|mark| mark.start).collect::<Vec<_>>();
    let mut hidden = Vec::<(usize, usize)>::new();
    for at in openers {
        let number = paragraphs.partition_point(|start| *start <= at).saturating_sub(1);
        let start = paragraphs.get(number).copied().unwrap_or_default();
        if at > start + OPENING || hidden.last().is_some_and(|(_, end)| *end > at) {
            continue;
        }
        let end_of = |number: usize| paragraphs.get(number + 1).copied().unwrap_or(length);
        let mut last = number;
        if end_of(number) < start + SHORT_HEADING {
            // A heading of its own: the links under it go too.
            while end_of(last) < length && end_of(last + 1) < end_of(last) + SHORT_LINE {
                last += 1;
            }
        }
        hidden.push((start, end_of(last)));
    }
    hidden
}
