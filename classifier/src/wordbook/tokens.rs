//! The words of a text as the wordbook counts them: single words, pairs, and parts of unspaced scripts.

use std::ops::Range;

use crate::Place;
use crate::gazetteer::{in_word, unspaced};
use crate::reading::Reading;

/// Marks words of the headline, which count once more as such, and the beginnings of words.
const TITLE: u32 = 0x9e37_79b9;
const HEAD: u32 = 0x5bd1_e995;

/// Shorter words are written out, longer ones are cut: endings differ, beginnings mean.
const STEM: usize = 9;

/// How many letters of an unspaced script are counted together at most.
const LONGEST_RUN: usize = 3;

/// How many letters the beginning of a word has at most that counts beside the word.
const LONGEST_HEAD: usize = 7;

/// Hands on a hash for each word, its beginning, each pair of neighbours, and each of these of the headline once more.
pub(super) fn each(reading: &Reading<'_>, mut out: impl FnMut(u32)) {
    placed(reading, |hash, _, _| out(hash));
}

/// The same, with where it stands: bytes of the folded place, of a pair those of its second word, or in unspaced scripts of
/// all its letters.
pub(super) fn placed(reading: &Reading<'_>, mut out: impl FnMut(u32, Place, Range<usize>)) {
    spans(reading.folded(Place::Title), |hash, span| {
        out(hash, Place::Title, span.clone());
        out(mix(hash ^ TITLE), Place::Title, span);
    });
    for (start, part) in reading.story() {
        spans(part, |hash, span| {
            out(hash, Place::Text, start + span.start..start + span.end);
        });
    }
}

/// The words and pairs of one stretch of folded text.
pub(crate) fn words(text: &str, mut out: impl FnMut(u32)) {
    spans(text, |hash, _| out(hash));
}

fn spans(text: &str, mut out: impl FnMut(u32, Range<usize>)) {
    let mut before = 0;
    let mut word = Word::default();
    let mut run = Run::default();
    for (at, c) in text.char_indices() {
        if unspaced(c) {
            word.close(at, &mut before, &mut out);
            run.push(at, c, &mut out);
        } else if in_word(c) {
            run = Run::default();
            word.push(at, c);
        } else {
            run = Run::default();
            word.close(at, &mut before, &mut out);
            // A pair does not reach over the end of a sentence.
            if matches!(c, '.' | '!' | '?' | ';' | '。' | '！' | '？') {
                before = 0;
            }
        }
    }
    word.close(text.len(), &mut before, &mut out);
}

/// The last letters of a script whose words are not parted.
#[derive(Default)]
struct Run {
    letters: [Option<(usize, u32)>; LONGEST_RUN - 1],
}

impl Run {
    /// Hands on the letter, and with the ones before it each run of two to [`LONGEST_RUN`] letters that ends with it.
    fn push(&mut self, at: usize, c: char, out: &mut impl FnMut(u32, Range<usize>)) {
        let own = mix(c as u32);
        let end = at + c.len_utf8();
        out(own, at..end);
        let mut hash = own;
        for (start, before) in self.letters.iter().flatten() {
            hash = mix(before.rotate_left(13) ^ hash);
            out(hash, *start..end);
        }
        self.letters.rotate_right(1);
        self.letters[0] = Some((at, own));
    }
}

/// A word that is being read.
#[derive(Default)]
struct Word {
    start: usize,
    hash: u32,
    /// The hashes of the first letter, the first two, and so on.
    heads: [u32; LONGEST_HEAD],
    letters: usize,
    digits: bool,
}

impl Word {
    fn push(&mut self, at: usize, c: char) {
        if self.letters == 0 {
            self.start = at;
        }
        self.letters += 1;
        self.digits |= c.is_ascii_digit();
        if self.letters <= STEM {
            self.hash = mix(self.hash.wrapping_mul(31).wrapping_add(c as u32));
        }
        if let Some(head) = self.heads.get_mut(self.letters - 1) {
            *head = self.hash;
        }
    }

    /// What most forms of the word begin with, where it is long enough to have an ending.
    fn head(&self) -> Option<u32> {
        let ending = match self.letters {
            ..5 => return None,
            5 | 6 => 1,
            7.. => 2,
        };
        let letters = (self.letters - ending).min(LONGEST_HEAD);
        Some(mix(self.heads[letters - 1] ^ HEAD))
    }

    /// Hands on the word, its beginning and its pair with the one before it. Numbers say too little to be learnt.
    fn close(&mut self, end: usize, before: &mut u32, out: &mut impl FnMut(u32, Range<usize>)) {
        if self.letters > 0 && !self.digits {
            out(self.hash, self.start..end);
            if let Some(head) = self.head() {
                out(head, self.start..end);
            }
            if *before != 0 {
                out(mix(before.rotate_left(13) ^ self.hash), self.start..end);
            }
            *before = self.hash;
        }
        *self = Self::default();
    }
}

/// Spreads every bit over the number (the finaliser of `MurmurHash3`, Appleby 2008).
pub(crate) fn mix(mut hash: u32) -> u32 {
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}
