//! `Print`: what sets the event of a text apart, in a few hundred bytes.

use chrono::{Datelike, NaiveDate};
use classifier::Tags;

use super::days::day;
use super::hash;
use super::numbers::amount;
use super::pieces::{Kind, Piece, pieces};
use super::words::{Word, Words, rarity};

/// Bytes of a text that are read: news says first what has happened.
pub(super) const READ: usize = 4_000;
/// How many amounts and days are kept.
const MOST_AMOUNTS: usize = 16;
const MOST_DAYS: usize = 12;
/// Words of a shingle, and how many of its hashes are kept.
const SHINGLE: usize = 4;
pub(super) const SHINGLES: usize = 8;
/// A day so near to the publication says little: all news of a day name it.
const NEAR: i64 = 3;

/// What a text says, as it is compared.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Report<'a> {
    pub(crate) title: &'a str,
    pub(crate) text: &'a str,
    pub(crate) language: Option<&'a str>,
    /// The day of publication, or of its first sight.
    pub(crate) day: NaiveDate,
    pub(crate) tags: &'a Tags,
}

/// What sets an event apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Print {
    /// The day of publication, counted from 1970.
    pub(crate) day: i32,
    /// A hash of the language's code; 0 where it is not known.
    pub(super) language: u32,
    /// Whether its letters are mostly Latin.
    pub(super) is_latin: bool,
    /// By key.
    pub(super) words: Vec<Word>,
    /// The sounds of its names, in order.
    pub(super) sounds: Vec<u32>,
    /// Amounts by key, with their weight in hundredths.
    pub(super) amounts: Vec<(u32, u8)>,
    /// Month and day, and whether it is near to the publication.
    pub(super) days: Vec<(u16, bool)>,
    /// The least hashes of its shingles, one for each of several orders.
    pub(super) shingles: Vec<u32>,
    /// A hash of title and text as they run; 0 in prints from before it was kept.
    pub(super) whole: u32,
    /// By key, with how little others have them, in hundredths.
    pub(super) states: Vec<(u32, u8)>,
    pub(super) laws: Vec<(u32, u8)>,
    pub(super) topics: Vec<(u32, u8)>,
    /// 0 for none.
    pub(super) stage: u32,
}

impl Print {
    /// Reads a text.
    pub(crate) fn of(report: &Report<'_>) -> Self {
        let text = &report.text[..report.text.floor_char_boundary(READ)];
        let (title, text) = (pieces(report.title), pieces(text));
        let Words { words, sounds } = Words::read(&title, &text, names_of_laws(report.tags));
        let (mut amounts, mut days) = (Vec::new(), Vec::new());
        for pieces in [&title, &text] {
            figures(pieces, report.day, &mut amounts, &mut days);
        }
        amounts.sort_by_key(|(key, weight)| (*key, std::cmp::Reverse(*weight)));
        amounts.dedup_by_key(|(key, _)| *key);
        amounts.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
        amounts.truncate(MOST_AMOUNTS);
        amounts.sort_unstable();
        days.sort_unstable();
        days.dedup();
        days.truncate(MOST_DAYS);
        Self {
            day: report.day.num_days_from_ce() - EPOCH,
            language: report.language.map_or(0, language),
            is_latin: is_latin(&text),
            words,
            sounds,
            amounts,
            days,
            shingles: shingles(&text),
            whole: whole(&title, &text),
            ..Self::default()
        }
        .tagged(report.tags)
    }

    /// Whether two texts are known to be in different languages.
    pub(crate) fn is_in_another_language(&self, other: &Self) -> bool {
        self.language != other.language && self.language != 0 && other.language != 0
    }

    /// The same with these tags.
    pub(crate) fn tagged(self, tags: &Tags) -> Self {
        Self {
            states: keys(b'j', tags.jurisdictions.iter().map(|tag| tag.value.code())),
            topics: keys(b't', tags.topics.iter().map(|tag| tag.value.slug())),
            stage: tags.stage.as_ref().map_or(0, |tag| hash(b'g', tag.value.slug())),
            laws: keys(b'l', tags.instruments.iter().map(|tag| tag.value.slug())),
            ..self
        }
    }
}

/// What laws are called, in the register and in the text.
fn names_of_laws(tags: &Tags) -> impl Iterator<Item = &str> {
    let laws = tags.instruments.iter();
    laws.flat_map(|tag| {
        let quotes = tag.evidence.iter().map(|evidence| evidence.quote.as_str());
        quotes.chain([tag.value.name()])
    })
}

fn is_latin(text: &[Piece<'_>]) -> bool {
    let latin = text.iter().filter(|piece| {
        piece.kind == Kind::Word && piece.text.chars().next().is_some_and(|c| c < '\u{250}')
    });
    latin.count() * 2 > text.len()
}

/// 1 January 1970, counted from the first of the common era.
const EPOCH: i32 = 719_163;

fn language(code: &str) -> u32 {
    let primary = code.split(['-', '_']).next().unwrap_or_default();
    hash(b'c', &primary.to_ascii_lowercase())
}

fn keys<'a>(kind: u8, values: impl Iterator<Item = &'a str>) -> Vec<(u32, u8)> {
    let key = |value: &str| {
        let rarity = rarity(hash(b'w', &format!("{}:{value}", char::from(kind))));
        (hash(kind, value), (rarity * 100.0) as u8)
    };
    let mut keys: Vec<(u32, u8)> = values.map(key).collect();
    keys.sort_unstable();
    keys
}

/// Amounts and days.
fn figures(
    pieces: &[Piece<'_>],
    published: NaiveDate,
    amounts: &mut Vec<(u32, u8)>,
    days: &mut Vec<(u16, bool)>,
) {
    let mut at = 0;
    while at < pieces.len() {
        let rest = &pieces[at..];
        if matches!(rest[0].kind, Kind::Number | Kind::Word)
            && let Some(((month, day), taken)) = day(rest)
        {
            days.push(((month << 5 | day) as u16, is_near(month, day, published)));
            at += taken;
            continue;
        }
        if let Some((amount, taken)) = amount(rest) {
            let weight = (amount.weight * 100.0) as u8;
            amounts.push((hash(b'n', &amount.key().to_string()), weight));
            at += taken;
            continue;
        }
        at += 1;
    }
}

fn is_near(month: u32, day: u32, published: NaiveDate) -> bool {
    let year = published.year();
    [year - 1, year, year + 1].into_iter().any(|year| {
        NaiveDate::from_ymd_opt(year, month, day)
            .is_some_and(|named| (named - published).num_days().abs() <= NEAR)
    })
}

/// A hash of a title and its text.
fn whole(title: &[Piece<'_>], text: &[Piece<'_>]) -> u32 {
    let words = title.iter().chain(text).map(|piece| hash(b'p', piece.text));
    words.fold(1_u32, |sum, word| (sum.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b1)).max(1)
}

/// Min-hashes (Broder 1997) over four words, or four pieces of a run, that follow one another: texts that share nine in
/// ten of them share about nine in ten of these.
fn shingles(text: &[Piece<'_>]) -> Vec<u32> {
    let words: Vec<u32> = text.iter().map(|piece| hash(b'p', piece.text)).collect();
    if words.len() < 3 * SHINGLE {
        return Vec::new();
    }
    let mut least = [u32::MAX; SHINGLES];
    for window in words.windows(SHINGLE) {
        let shingle = window.iter().fold(0_u64, |sum, word| {
            (sum.rotate_left(5) ^ u64::from(*word)).wrapping_mul(0x517c_c1b7_2722_0a95)
        });
        for (order, least) in (1_u64..).zip(&mut least) {
            let mixed = (shingle ^ order.wrapping_mul(0x9e37_79b9_7f4a_7c15))
                .wrapping_mul(0xbf58_476d_1ce4_e5b9);
            *least = (*least).min((mixed >> 32) as u32);
        }
    }
    least.into()
}
