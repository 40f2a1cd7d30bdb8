//! What two reports have in common, in words for readers: likeness knows only their hashes.

use chrono::{Datelike as _, NaiveDate};
use rustc_hash::FxHashMap;

use super::days::{day, month};
use super::hash;
use super::numbers::amount;
use super::pieces::{Kind, Piece, pieces};
use super::print::{Print, READ, Report};
use super::words::{Word, key};

/// How many words, amounts and days are told.
const WORDS: usize = 5;
const FIGURES: usize = 3;
/// A word that weighs less, in thirty-seconds, says little by itself.
const TELLING: u8 = 24;
/// The same of an amount, in hundredths.
const HEAVY: u8 = 45;

/// What two reports of one event share, as the one of them writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shared {
    /// Words of the headline first, names before others, the rarest first.
    pub words: Vec<String>,
    /// Amounts, with the words that scale them.
    pub amounts: Vec<String>,
    /// Days that both name, in the year of the report: which year is meant they need not say.
    pub days: Vec<NaiveDate>,
}

/// What a report shares with another, of which `print` is.
pub(crate) fn shared(report: &Report<'_>, print: &Print) -> Shared {
    let own = Print::of(report);
    let text = &report.text[..report.text.floor_char_boundary(READ)];
    let pieces: Vec<_> = pieces(report.title).into_iter().chain(pieces(text)).collect();
    let mut shared = Shared { words: words(&own, print, &pieces), ..Shared::default() };
    let mut at = 0;
    while at < pieces.len() {
        let rest = &pieces[at..];
        let written = |taken: usize| {
            rest[..taken].iter().map(|piece| piece.text).collect::<Vec<_>>().join(" ")
        };
        if let Some(((month, number), taken)) = day(rest) {
            let is_shared =
                print.days.iter().any(|(day, _)| u32::from(*day) == month << 5 | number);
            let named = NaiveDate::from_ymd_opt(report.day.year(), month, number);
            shared.days.extend(named.filter(|day| is_shared && !shared.days.contains(day)));
            at += taken;
        } else if let Some((found, taken)) = amount(rest) {
            let key = hash(b'n', &found.key().to_string());
            let is_shared =
                print.amounts.iter().any(|(other, weight)| *other == key && *weight >= HEAVY);
            let is_new =
                shared.amounts.len() < FIGURES && !shared.amounts.contains(&written(taken));
            if is_shared && is_new {
                shared.amounts.push(written(taken));
            }
            at += taken;
        } else {
            at += 1;
        }
    }
    shared.days.truncate(FIGURES);
    shared
}

/// The most telling words of both, as the one text writes them.
fn words(own: &Print, other: &Print, pieces: &[Piece<'_>]) -> Vec<String> {
    let mut written: FxHashMap<u32, &str> = FxHashMap::default();
    let is_word = |piece: &&Piece<'_>| matches!(piece.kind, Kind::Word | Kind::Katakana);
    for piece in pieces.iter().filter(is_word).filter(|piece| month(piece.text).is_none()) {
        let found = written.entry(key(piece)).or_insert(piece.text);
        // As a name is written inside a sentence.
        if !piece.opens && found.chars().all(char::is_uppercase) {
            *found = piece.text;
        }
    }
    let of = |key: u32| other.words.binary_search_by_key(&key, |word| word.key).ok();
    let both = own.words.iter().filter_map(|word| Some((word, other.words[of(word.key)?])));
    let mut both: Vec<(&Word, u8)> =
        both.map(|(word, other)| (word, word.weight.min(other.weight))).collect();
    both.retain(|(_, weight)| *weight >= TELLING);
    both.sort_by_key(|(word, weight)| std::cmp::Reverse((word.in_title, word.is_name, *weight)));
    both.iter()
        .filter_map(|(word, _)| written.get(&word.key))
        .take(WORDS)
        .map(|text| (*text).to_owned())
        .collect()
}
