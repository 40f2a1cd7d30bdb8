//! `Item`: what is kept and tagged.

use std::fmt;

use chrono::{DateTime, Utc};
use classifier::Tags;
use crawler::{Article, Moment, Publisher, SourceId, Validators};

use crate::{Pending, StoryId};

/// An item's public name: eight characters of Crockford's base 32, in lower case. Never changes.
///
/// It is a one-to-one scrambling of the store's key over 40 bits, so that ids neither collide nor tell how many
/// there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub(crate) i64);

impl ItemId {
    /// The store's key.
    pub fn key(self) -> i64 {
        self.0
    }

    /// Reads what `Display` writes, in any case; `None` if it cannot be an id.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != DIGITS {
            return None;
        }
        let scrambled = text.bytes().try_fold(0, |number, byte| {
            let byte = byte.to_ascii_lowercase();
            let digit = ALPHABET.iter().position(|&letter| letter == byte)?;
            Some(number << 5 | digit as u64)
        })?;
        match unscramble(scrambled) {
            0 => None,
            key => Some(Self(key as i64)),
        }
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scrambled = scramble(self.0 as u64 & MASK);
        let mut digits = [b'0'; DIGITS];
        for (place, digit) in digits.iter_mut().rev().enumerate() {
            *digit = ALPHABET[(scrambled >> (5 * place) & 31) as usize];
        }
        f.write_str(str::from_utf8(&digits).unwrap_or_default())
    }
}

/// Crockford's base 32 (<https://www.crockford.com/base32.html>), without its check digit and its look-alikes.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Eight digits of five bits.
const DIGITS: usize = 8;
const BITS: u32 = 40;
const MASK: u64 = (1 << BITS) - 1;

/// Two odd factors, hence invertible modulo 2^40: the fractions of the golden ratio and of the square root of two.
/// Ids are made with them for ever.
const FACTORS: [u64; 2] = [0x9E_3779_B97F, 0x6A_09E6_67F3];

/// Multiplication spreads a bit upwards, folding the upper half onto the lower one brings it down; each step can be
/// undone, so the whole is one-to-one.
fn scramble(key: u64) -> u64 {
    FACTORS.iter().fold(key, |number, factor| fold(number.wrapping_mul(*factor) & MASK))
}

fn unscramble(id: u64) -> u64 {
    let undo = |number, factor: &u64| fold(number).wrapping_mul(inverse(*factor)) & MASK;
    FACTORS.iter().rev().fold(id, undo)
}

/// Its own inverse, as it shifts by half of the bits.
fn fold(number: u64) -> u64 {
    number ^ number >> (BITS / 2)
}

/// The inverse of an odd number modulo 2^64, by Newton's method: each step doubles the bits that are right, of which
/// there are three at first.
fn inverse(odd: u64) -> u64 {
    (0..5)
        .fold(odd, |inverse, _| inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse))))
}

/// Where an item came from, as rows and pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRef {
    /// The source's id in the catalogue.
    pub id: SourceId,
    /// What readers see.
    pub name: String,
    /// Who speaks.
    pub publisher: Publisher,
}

/// One item, without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its public name.
    pub id: ItemId,
    /// The page's address.
    pub url: String,
    /// The headline.
    pub title: String,
    /// The authors.
    pub byline: Option<String>,
    /// When it was published; a date more than two days ahead of `first_seen` is not believed.
    pub published: Option<Moment>,
    /// When its publisher last changed it, as the page says at the last reading.
    pub modified: Option<Moment>,
    /// When Lexwatch first kept it.
    pub first_seen: DateTime<Utc>,
    /// Who brought it.
    pub source: SourceRef,
    /// BCP 47 primary language.
    pub language: Option<String>,
    /// Whether its page says that the whole of it is for subscribers only.
    pub paywalled: bool,
    /// What it is about: the model's tags, as people corrected them.
    pub tags: Tags,
    /// Whether people corrected its tags: see [`Store::corrections`](crate::Store::corrections).
    pub corrected: bool,
    /// The story it belongs to.
    pub story: StoryId,
    /// How many items the story has, this one included.
    pub story_items: i64,
    /// How many versions of it are kept, from 1.
    pub revisions: i64,
}

/// What is to be kept of a page that was read.
#[derive(Debug, Clone, Copy)]
pub struct NewItem<'a> {
    /// Who brought it.
    pub source: &'a SourceId,
    /// The article; its `url`, or else the entry's, is the item's address.
    pub article: &'a Article,
    /// What it is about.
    pub tags: &'a Tags,
    /// When it was read.
    pub seen: DateTime<Utc>,
}

/// An entry's page that was read, on its way into the store.
#[derive(Debug)]
pub struct ReadEntry {
    /// The entry.
    pub pending: Pending,
    /// The article; its `url`, or else the entry's, is the item's address.
    pub article: Article,
    /// What it is about.
    pub tags: Tags,
    /// When it was read.
    pub seen: DateTime<Utc>,
    /// When its page is looked at again.
    pub next: NextLook,
}

impl ReadEntry {
    /// What is to be kept of it.
    pub(crate) fn item(&self) -> NewItem<'_> {
        let (article, tags) = (&self.article, &self.tags);
        NewItem { source: &self.pending.source, article, tags, seen: self.seen }
    }
}

/// When the page of an item is to be looked at again, and what its server wants to hear then.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextLook {
    /// What the page's server wants to hear; what it did not repeat stays as it was.
    pub validators: Validators,
    /// When, even if nothing tells of a change; `None`: only when the source lists the entry otherwise.
    pub at: Option<DateTime<Utc>>,
    /// Not before, whatever the source lists.
    pub rest: Option<DateTime<Utc>>,
}

/// A version of an item's headline and text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// From 1.
    pub number: i64,
    /// When it was read.
    pub seen: DateTime<Utc>,
    /// The headline.
    pub title: String,
    /// The text, or its beginning.
    pub text: String,
}

/// What became of looking at an item's page again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revised {
    /// Its headline or text differs; this is now its latest version.
    Edited(i64),
    /// It is as it was.
    Same,
}

/// What became of a new item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// It is kept under this id.
    New(ItemId),
    /// Its address was known already; nothing changed.
    Known(ItemId),
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::ItemId;

    #[test]
    fn ids_are_one_to_one_and_scattered() {
        let last = 1 << super::BITS;
        let keys = (1..=100_000).chain(last - 1_000..last).chain((0..40).map(|bit| 1 << bit));
        let keys: HashSet<i64> = keys.collect();
        let mut texts = HashSet::new();
        for &key in &keys {
            let text = ItemId(key).to_string();
            assert_eq!(ItemId::parse(&text), Some(ItemId(key)));
            assert_eq!(ItemId::parse(&text.to_uppercase()), Some(ItemId(key)));
            texts.insert(text);
        }
        assert_eq!(texts.len(), keys.len());
        let beginnings: HashSet<_> =
            (1..=1_000).map(|key| ItemId(key).to_string()[..2].to_owned()).collect();
        assert!(beginnings.len() > 500, "neighbours look alike: {}", beginnings.len());
    }
}
