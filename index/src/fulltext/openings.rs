//! The words of a text that may be those that are sought, without a look at all others.

use std::ops::ControlFlow;

use aho_corasick::Span;
use aho_corasick::packed::Searcher;

use super::words::{Word, next_word, one_or_more};

/// So many openings of words are searched together.
const OPENINGS: usize = 64;
/// How many letters an opening has: the more, the fewer words begin so that are not sought.
const LONG: usize = 3;
const SHORT: usize = 2;
/// So many bytes are looked at together.
const TOGETHER: usize = 64;

/// Gives the words of a text in order, of which those may be left out that begin as none of those sought, until there is
/// enough.
pub(super) fn each_word_like<'a>(
    text: &'a str,
    sought: &Openings,
    mut found: impl FnMut(Word<'a>) -> ControlFlow<()>,
) {
    let mut at = 0;
    while let Some(start) = sought.next(text, at) {
        let (end, flow) = one_or_more(text, start, &mut found);
        if flow.is_break() {
            return;
        }
        at = end;
    }
}

/// Whether the word that ends at `end` is followed by the one that begins at `start`.
pub(super) fn follows(text: &str, end: usize, start: usize) -> bool {
    let mut at = end;
    let mut next = None;
    while at < start && next.is_none() {
        let Some(word) = next_word(text, at) else { break };
        (at, _) = one_or_more(text, word, |word| {
            next = Some(word.start);
            ControlFlow::Break(())
        });
    }
    next.unwrap_or(at) == start
}

/// How words begin that are sought.
#[derive(Debug)]
pub(super) enum Openings {
    /// With one of a few runs of plain letters or digits, which are searched many bytes at a time.
    Few(Searcher),
    /// With other than plain letters.
    Wide,
    /// In too many ways.
    Any,
}

impl Openings {
    /// Of words in lower case, or of their stems.
    pub(super) fn of<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        let found = [LONG, SHORT].into_iter().find_map(|letters| beginnings(&words, letters));
        match found {
            None => Self::Any,
            Some(beginnings) if beginnings.is_empty() => Self::Wide,
            Some(beginnings) => Searcher::new(beginnings).map_or(Self::Any, Self::Few),
        }
    }

    /// Where the next word begins, from `at` on, that may be sought.
    fn next(&self, text: &str, at: usize) -> Option<usize> {
        let plain = match self {
            Self::Any => return next_word(text, at),
            Self::Few(searcher) => next_opening(searcher, text.as_bytes(), at),
            Self::Wide => None,
        };
        let end = plain.unwrap_or(text.len());
        next_wide(text, at, end).or(plain)
    }
}

/// How words begin in a text of which these are the lower case or the stems, in so many letters: in every case, and as
/// initials. `None` if these are too many beginnings, or if it is not sure that a word has so many letters of its stem.
fn beginnings(words: &[&str], letters: usize) -> Option<Vec<Vec<u8>>> {
    let mut found = Vec::new();
    for word in words {
        let word = word.as_bytes();
        let plain = word.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        // A word with other letters is found by them.
        let is_wide = word.get(plain).is_some_and(|byte| !byte.is_ascii());
        if plain == 0 || is_wide && plain < letters {
            continue;
        }
        // Stemmers change the ends of words: `cry` has the stem `cri`.
        if letters == LONG && plain <= LONG {
            return None;
        }
        let start = &word[..plain.min(letters)];
        found.extend(spellings(start));
        // `us` may be written `U.S.`
        if let [first, second, ..] = start {
            found.extend(spellings(&[*first, b'.', *second][..start.len()]));
        }
    }
    found.sort_unstable();
    found.dedup();
    Some(found).filter(|found| found.len() <= OPENINGS)
}

/// Letters in every case.
fn spellings(letters: &[u8]) -> Vec<Vec<u8>> {
    let cases = |byte: u8| [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()];
    letters.iter().fold(vec![Vec::new()], |starts, letter| {
        let longer = starts
            .iter()
            .flat_map(|start| cases(*letter).map(|byte| [&start[..], &[byte]].concat()));
        longer.collect()
    })
}

/// The next place where a word may begin with what is searched.
fn next_opening(searcher: &Searcher, text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let found = searcher.find_in(text, Span::from(at..text.len()))?.start();
        if !is_inside(&text[..found]) {
            return Some(found);
        }
        at = found + 1;
    }
}

/// Whether what comes after a text belongs to its last word, or to its last initials.
fn is_inside(text: &[u8]) -> bool {
    let is_letter = |back: usize| {
        let at = text.len().checked_sub(back);
        at.is_some_and(|at| text[at].is_ascii_alphanumeric())
    };
    is_letter(1) || text.ends_with(b".") && is_letter(2) && !is_letter(3)
}

/// Where the next word with other than plain letters begins, from `at` on and before `end`.
fn next_wide(text: &str, mut at: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let wide = at + position_of_wide(&bytes[at..end])?;
        let plain = bytes[at..wide].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric());
        let start = wide - plain.count();
        let word = next_word(text, start)?;
        if word <= wide {
            return Some(word);
        }
        // A dash or a quotation mark between words.
        at = word;
        if at >= end {
            return None;
        }
    }
}

/// Most texts have few others than plain characters: many are looked at together.
fn position_of_wide(bytes: &[u8]) -> Option<usize> {
    let parts = bytes.chunks(TOGETHER);
    let (number, part) = parts.enumerate().find(|(_, part)| !part.is_ascii())?;
    Some(number * TOGETHER + part.iter().position(|byte| !byte.is_ascii())?)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::super::words::each_word;
    use super::{Openings, each_word_like, follows};

    #[test]
    fn words_that_begin_as_those_sought_are_among_those_found() {
        let text = "China's U.S. law, naïve Straße \u{41}\u{301}cole “law”—lawful 网络安全法 e.V. s 5G a data-localization \
            x’law outlaw LAW laW G.D.P.R. gDPR";
        let mut all = Vec::new();
        each_word(text, |word| all.push((word.start, word.end, word.text.into_owned())));
        for start in [
            "law", "lawf", "s", "us", "5g", "na", "naïv", "naiv", "网络", "é", "ev", "data", "gdpr",
        ] {
            let mut found = Vec::new();
            each_word_like(text, &Openings::of([start]), |word| {
                found.push(word.start);
                ControlFlow::Continue(())
            });
            let wanted = all.iter().filter(|(.., word)| word.to_lowercase().starts_with(start));
            for (at, _, word) in wanted {
                assert!(found.contains(at), "{start}: {word}");
            }
            assert!(found.iter().all(|at| all.iter().any(|(start, ..)| start == at)), "{start}");
        }
        let many: Vec<String> =
            ('a'..='z').flat_map(|a| ["e", "o"].map(|b| format!("{a}{b}"))).collect();
        let mut count = 0;
        each_word_like(text, &Openings::of(many.iter().map(String::as_str)), |_| {
            count += 1;
            ControlFlow::Continue(())
        });
        assert_eq!(count, all.len());
        for (number, (_, end, _)) in all.iter().enumerate() {
            for (other, (start, ..)) in all.iter().enumerate().skip(number + 1) {
                assert_eq!(follows(text, *end, *start), other == number + 1, "{number} {other}");
            }
        }
    }
}
