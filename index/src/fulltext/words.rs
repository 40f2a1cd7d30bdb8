//! A text cut into words, the same way for documents and queries, in every language.

use std::borrow::Cow;
use std::ops::{ControlFlow, Range, RangeInclusive};
use std::sync::LazyLock;

use icu_segmenter::WordSegmenter;
use icu_segmenter::WordSegmenterBorrowed;
use icu_segmenter::options::WordBreakInvariantOptions;
use unicode_normalization::char::is_combining_mark;

use super::clusters::{CLUSTERED, first_cluster, is_clustered};
use super::compounds::{first_of_hangul, first_of_katakana, is_hangul, is_katakana};
use super::stems::PARTICLES;
use crate::fold::lower;

/// How many bytes of a run without blanks are segmented at once.
const RUN: usize = 3_000;

/// By what a word is analysed, besides its text's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    Latin,
    Cyrillic,
    Greek,
    Arabic,
    Tamil,
    Hangul,
    /// All that is not stemmed: digits, and scripts whose words do not change or were cut by a dictionary.
    Other,
}

/// A word and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) script: Script,
}

/// With which bytes the syllables of hangul begin.
const HANGUL: RangeInclusive<u8> = 0xea..=0xed;

/// Dictionaries and models for scripts that put no blanks between words; they are built into the crate.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_auto(WordBreakInvariantOptions::default()));

/// Gives each word of a text, in order.
///
/// Letters, digits and the marks on them are words; all else parts them. `U.S.` is one word, `China's` is `China`.
/// Chinese, Japanese, Khmer and Burmese are cut by dictionary or model, compounds in katakana and hangul by
/// known parts, Thai and Lao into clusters of letters; hangul right behind other letters (`VPN을`) is a word of its own.
pub(super) fn each_word<'a>(text: &'a str, mut found: impl FnMut(Word<'a>)) {
    let mut at = 0;
    while let Some(start) = next_word(text, at) {
        (at, _) = one_or_more(text, start, |word| {
            found(word);
            ControlFlow::Continue(())
        });
    }
}

/// Where the words of a row of letters are that has some in scripts without blanks, or hyphens where these part words;
/// none if it has neither.
pub(crate) fn words_without_blanks(text: &str, by_hyphens: bool) -> Vec<Range<usize>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    if text.chars().any(|c| is_segmented(c) || by_hyphens && c == '-') {
        each_word(text, |word| {
            let is_clustered = |place: &Range<usize>| text[place.clone()].starts_with(is_clustered);
            let word = word.start..word.end;
            match places.last_mut().filter(|last| last.end == word.start) {
                Some(last) if is_clustered(last) && is_clustered(&word) => last.end = word.end,
                _ => places.push(word),
            }
        });
    }
    // As readers see them: of clusters only a search is made.
    let words = places.into_iter().flat_map(|place| {
        let run = &text[place.clone()];
        let is_one = !run.starts_with(is_clustered);
        let ends = if is_one { vec![run.len()] } else { SEGMENTER.segment_str(run).collect() };
        let mut start = place.start;
        let words = ends.into_iter().filter(|end| *end > 0).map(move |end| {
            let word = start..place.start + end;
            start = word.end;
            word
        });
        words.collect::<Vec<_>>()
    });
    words.collect()
}

/// How many words a text has.
pub(crate) fn count_words(text: &str) -> usize {
    let mut count = 0;
    each_word(text, |_| count += 1);
    count
}

/// Gives the word or words at `start`, and where they end.
pub(super) fn one_or_more<'a>(
    text: &'a str,
    start: usize,
    mut found: impl FnMut(Word<'a>) -> ControlFlow<()>,
) -> (usize, ControlFlow<()>) {
    match ascii_word(text, start) {
        Some(word) => (word.end, found(word)),
        None => any_word(text, start, &mut found),
    }
}

/// Where the next word begins, from `at` on.
pub(super) fn next_word(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        if byte.is_ascii_alphanumeric() {
            return Some(at);
        }
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let c = text[at..].chars().next()?;
        if c.is_alphanumeric() {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// The word at `start` if it is an ordinary one: most are, and they need no look at each letter.
fn ascii_word(text: &str, start: usize) -> Option<Word<'_>> {
    let rest = &text.as_bytes()[start..];
    let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let after = rest.get(length);
    let is_ordinary = length > 1 && after.is_none_or(u8::is_ascii);
    is_ordinary.then(|| {
        let end = start + length;
        let word = &text[start..end];
        let has_letter = word.bytes().any(|byte| byte.is_ascii_alphabetic());
        let script = if has_letter { Script::Latin } else { Script::Other };
        Word { text: Cow::Borrowed(word), start, end, script }
    })
}

/// The same for words that are not ordinary ones.
fn any_word<'a>(
    text: &'a str,
    start: usize,
    found: &mut impl FnMut(Word<'a>) -> ControlFlow<()>,
) -> (usize, ControlFlow<()>) {
    let rest = &text[start..];
    let is_segmented = rest.chars().next().is_some_and(is_segmented);
    if !is_segmented && let Some(length) = initials(rest) {
        let end = start + length;
        let letters: String = rest[..length].chars().filter(|c| *c != '.').collect();
        let script = script(&letters);
        return (end, found(Word { text: Cow::Owned(letters), start, end, script }));
    }
    let length = run(rest, is_segmented);
    let end = start + length;
    let word = &rest[..length];
    let flow = if is_segmented {
        segment(word, start, found)
    } else if is_possessive(text, start, word) {
        ControlFlow::Continue(())
    } else if word.bytes().any(|byte| HANGUL.contains(&byte)) {
        hangul(word, start, found)
    } else {
        found(Word { text: Cow::Borrowed(word), start, end, script: script(word) })
    };
    (end, flow)
}

/// How many bytes the word has that `text` begins with.
fn run(text: &str, wanted: bool) -> usize {
    // Joiners stand inside words of Persian and Indian scripts, soft hyphens inside any.
    let is_inside = |c: char| {
        c.is_ascii_alphanumeric()
            || !c.is_ascii()
                && ((c.is_alphanumeric() || is_combining_mark(c)) && is_segmented(c) == wanted
                    || matches!(c, '\u{200c}' | '\u{200d}' | '\u{ad}'))
    };
    let is_inside = |c: char| is_inside(c) && (!wanted || !c.is_ascii());
    let end = text.find(|c| !is_inside(c)).unwrap_or(text.len());
    if wanted { end.min(text.floor_char_boundary(RUN)) } else { end }
}

/// How many bytes of initials (`U.S.`, `e.V.`) `text` begins with: single letters, each with a full stop.
fn initials(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let mut letters = 0;
    let mut end = 0;
    while let Some((at, letter)) = chars.next()
        && letter.is_alphabetic()
        && !is_segmented(letter)
    {
        match chars.peek() {
            Some((dot, '.')) => {
                letters += 1;
                end = dot + 1;
                chars.next();
            }
            // The last one may do without.
            next => {
                let alone =
                    next.is_none_or(|(_, c)| !c.is_alphanumeric() && !is_combining_mark(*c));
                if alone {
                    letters += 1;
                    end = at + letter.len_utf8();
                }
                break;
            }
        }
    }
    (letters > 1).then_some(end)
}

/// The `s` of `China's`.
fn is_possessive(text: &str, start: usize, word: &str) -> bool {
    matches!(word, "s" | "S") && {
        let mut before = text[..start].chars().rev();
        matches!(before.next(), Some('\'' | '’' | '＇'))
            && before.next().is_some_and(char::is_alphanumeric)
    }
}

fn segment<'a>(
    run: &'a str,
    offset: usize,
    found: &mut impl FnMut(Word<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    if !run.as_bytes().contains(&CLUSTERED) {
        return by_dictionary(run, offset, found);
    }
    for (at, part, is_it) in alternating(run, is_clustered) {
        if is_it {
            clusters(part, offset + at, found)?;
        } else {
            by_dictionary(part, offset + at, found)?;
        }
    }
    ControlFlow::Continue(())
}

/// The parts of a run whose letters are of a kind, and those between them, with where each begins.
fn alternating(
    run: &str,
    is_of_kind: impl Fn(char) -> bool,
) -> impl Iterator<Item = (usize, &str, bool)> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = &run[start..];
        let is_it = is_of_kind(rest.chars().next()?);
        let length = rest.find(|c| is_of_kind(c) != is_it).unwrap_or(rest.len());
        let at = start;
        start += length;
        Some((at, &rest[..length], is_it))
    })
}

fn clusters<'a>(
    run: &'a str,
    offset: usize,
    found: &mut impl FnMut(Word<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut start = 0;
    while start < run.len() {
        let end = start + first_cluster(&run[start..]);
        let text = &run[start..end];
        if text.chars().any(char::is_alphanumeric) {
            let (start, end) = (offset + start, offset + end);
            found(Word { text: Cow::Borrowed(text), start, end, script: Script::Other })?;
        }
        start = end;
    }
    ControlFlow::Continue(())
}

fn by_dictionary<'a>(
    run: &'a str,
    offset: usize,
    found: &mut impl FnMut(Word<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut start = 0;
    for end in SEGMENTER.segment_str(run) {
        if run[start..end].starts_with(|c| matches!(c, '\u{ff66}'..='\u{ff9d}')) {
            narrow(&run[start..end], offset + start, found)?;
            start = end;
        }
        while start < end {
            let word = &run[start..end];
            let length =
                if word.starts_with(is_katakana) { first_of_katakana(word) } else { word.len() };
            let word = &word[..length];
            if word.chars().any(char::is_alphanumeric) {
                let (start, end) = (offset + start, offset + start + length);
                found(Word { text: Cow::Borrowed(word), start, end, script: Script::Other })?;
            }
            start += length;
        }
    }
    ControlFlow::Continue(())
}

/// A word in narrow katakana, which is cut as if it were wide.
fn narrow<'a>(
    word: &str,
    start: usize,
    found: &mut impl FnMut(Word<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let end = start + word.len();
    let wide = lower(word);
    let mut rest = &*wide;
    while !rest.is_empty() {
        let (part, others) = rest.split_at(first_of_katakana(rest));
        let text = Cow::Owned(part.to_owned());
        found(Word { text, start, end, script: Script::Other })?;
        rest = others;
    }
    ControlFlow::Continue(())
}

/// A word that has hangul in it: its compounds, and what stands between them.
fn hangul<'a>(
    run: &'a str,
    offset: usize,
    found: &mut impl FnMut(Word<'a>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    for (at, part, is_it) in alternating(run, is_hangul) {
        let mut start = 0;
        while start < part.len() {
            let rest = &part[start..];
            let word = if is_it { &rest[..first_of_hangul(rest)] } else { rest };
            let (start_of_word, end) = (offset + at + start, offset + at + start + word.len());
            // A particle behind other letters is no word, lest it part them from the next.
            let is_particle = at + start > 0 && PARTICLES.contains(&word);
            if word.chars().any(char::is_alphanumeric) && !is_particle {
                let (text, script) = (Cow::Borrowed(word), script(word));
                found(Word { text, start: start_of_word, end, script })?;
            }
            start += word.len();
        }
    }
    ControlFlow::Continue(())
}

/// Whether a script puts no blanks between its words.
fn is_segmented(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '々' | '〇' | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{323af}')
}

/// The script of a word's first letter.
fn script(word: &str) -> Script {
    match word.chars().find(|c| c.is_alphabetic()) {
        None => Script::Other,
        Some('A'..='Z' | 'a'..='z' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') => {
            Script::Latin
        }
        Some('\u{fb00}'..='\u{fb06}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}') => {
            Script::Latin
        }
        Some('\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}') => Script::Greek,
        Some('\u{400}'..='\u{52f}') => Script::Cyrillic,
        Some(
            '\u{600}'..='\u{6ff}'
            | '\u{750}'..='\u{77f}'
            | '\u{fb50}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}',
        ) => Script::Arabic,
        Some('\u{b80}'..='\u{bff}') => Script::Tamil,
        Some('\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7a3}') => Script::Hangul,
        Some(_) => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::each_word;

    fn words(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each_word(text, |word| {
            assert!(text.is_char_boundary(word.start) && text.is_char_boundary(word.end));
            words.push(word.text.into_owned());
        });
        words
    }

    #[test]
    fn words_are_what_readers_take_for_words() {
        assert_eq!(words("China's law, in force"), ["China", "law", "in", "force"]);
        assert_eq!(words("the U.S. and U.K. (e.g. 5G)"), ["the", "US", "and", "UK", "eg", "5G"]);
        assert_eq!(words("l’État d'urgence"), ["l", "État", "d", "urgence"]);
        assert_eq!(words("data-localization 2016/679"), ["data", "localization", "2016", "679"]);
        assert_eq!(words("A. Author"), ["A", "Author"]);
        assert_eq!(words("VPN服务"), ["VPN", "服务"]);
        assert_eq!(words("网络安全法"), ["网络", "安全", "法"]);
        assert_eq!(words("個人情報保護法の改正"), ["個人", "情報", "保護", "法", "の", "改正"]);
        assert_eq!(words("การเข้ารหัส"), ["กา", "ร", "เข้า", "ร", "หั", "ส"]);
        assert_eq!(words("ໄຊເບີ 5 โทร"), ["ໄຊ", "ເບີ", "5", "โท", "ร"]);
        assert!(words("¿?… — \u{301} «»").is_empty());
    }

    #[test]
    fn a_run_without_blanks_has_no_longest_length() {
        assert!(words(&"安全".repeat(50_000)).len() > 40_000);
        assert_eq!(words(&"a".repeat(100_000)).len(), 1);
    }
}
