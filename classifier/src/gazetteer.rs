//! `Gazetteer`: all words of the data files, found in one pass over a folded text.

use rustc_hash::FxHashMap;

use crate::fold::Folded;

mod pattern;
mod script;

pub(crate) use pattern::Pattern;
pub(crate) use script::{in_word, unspaced};

/// Which pattern was found: its number in the order in which they were given.
pub(crate) type PatternId = u32;

/// A pattern found in a text, in bytes of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) pattern: PatternId,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// How many bytes of a head its key holds, and how many are compared before its pattern is.
const KEY: usize = 8;
const BEGINNING: usize = 16;

/// How many first bytes of a head tell at a glance whether any pattern begins so, and how many bits they are hashed to.
const GLANCE: usize = 4;
const GLANCE_BITS: u32 = 16;

/// How many bits keys are hashed to: thirty-two kilobytes, which stay near the processor.
const SEEN_BITS: u32 = 18;

/// How a pattern begins.
#[derive(Debug)]
struct Head {
    pattern: PatternId,
    start: u128,
    length: usize,
}

/// Many patterns, searched for at once.
///
/// Patterns begin where words begin, so a look at each such place is enough: a table takes the first bytes there to the
/// patterns that begin with them. An automaton over all heads took longer to build than all else that is loaded.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    by_key: FxHashMap<u64, Vec<Head>>,
    /// For each hash of a key, whether there is such a key: most places have none, and to see that costs one bit.
    seen: Vec<u64>,
    /// For each first byte: which lengths of keys shorter than a glance begin with it, a bit each.
    short: [u8; 256],
    /// For each hash of a glance: which lengths of keys begin with it.
    long: Vec<u8>,
    patterns: Vec<Pattern>,
}

impl Gazetteer {
    /// Builds the table.
    pub(crate) fn new(patterns: Vec<Pattern>) -> Self {
        let mut by_key = FxHashMap::<u64, Vec<Head>>::default();
        let mut seen = vec![0; 1 << (SEEN_BITS - u64::BITS.ilog2())];
        let mut short = [0; 256];
        let mut long = vec![0; 1 << GLANCE_BITS];
        for (id, pattern) in (0..).zip(&patterns) {
            let head = pattern.head().as_bytes();
            let (start, length) = (beginning(head), head.len().min(KEY));
            let key = first(start, length) as u64;
            let (place, bit) = place(key);
            seen[place] |= bit;
            let of_key = by_key.entry(key).or_default();
            of_key.push(Head { pattern: id, start, length: head.len().min(BEGINNING) });
            let lengths = match glance(head) {
                Some(glance) => &mut long[glance],
                None => &mut short[usize::from(head[0])],
            };
            *lengths |= 1 << (length - 1);
        }
        Self { by_key, seen, short, long, patterns }
    }

    /// Everything that is found, overlapping ones too, by their starts.
    pub(crate) fn hits(&self, folded: &Folded) -> Vec<Hit> {
        let text = folded.text.as_bytes();
        let mut hits = Vec::new();
        for start in pattern::starts(&folded.text) {
            let here = &text[start..];
            let short = self.short[usize::from(here[0])];
            let mut lengths = short | glance(here).map_or(0, |glance| self.long[glance]);
            let beginning = beginning(here);
            while lengths != 0 {
                let length = lengths.trailing_zeros() as usize + 1;
                lengths &= lengths - 1;
                if length > here.len() {
                    break;
                }
                let key = first(beginning, length) as u64;
                let (place, bit) = place(key);
                if self.seen[place] & bit == 0 {
                    continue;
                }
                let heads = self.by_key.get(&key).into_iter().flatten();
                for head in heads.filter(|head| first(beginning, head.length) == head.start) {
                    let pattern = head.pattern;
                    if let Some(end) = self.patterns[pattern as usize].end_of(folded, start) {
                        hits.push(Hit { pattern, start, end });
                    }
                }
            }
        }
        hits
    }
}

/// The first bytes of a word as a number (Fibonacci hashing: Knuth, The Art of Computer Programming 3, section 6.4);
/// `None` if there are fewer.
fn glance(word: &[u8]) -> Option<usize> {
    let first = u32::from_le_bytes(*word.first_chunk::<GLANCE>()?);
    Some((first.wrapping_mul(0x9e37_79b1) >> (u32::BITS - GLANCE_BITS)) as usize)
}

/// The first bytes of a word as a number, with zeros for those that are not there.
fn beginning(word: &[u8]) -> u128 {
    let mut first = [0; BEGINNING];
    match word.first_chunk() {
        Some(whole) => first = *whole,
        None => first[..word.len()].copy_from_slice(word),
    }
    u128::from_le_bytes(first)
}

/// So many of these bytes, one at least; the same for no two words, as no byte of a folded text is zero.
fn first(beginning: u128, length: usize) -> u128 {
    beginning & u128::MAX >> (8 * (BEGINNING - length))
}

/// The bit of a key.
fn place(key: u64) -> (usize, u64) {
    let bit = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (u64::BITS - SEEN_BITS);
    ((bit / u64::from(u64::BITS)) as usize, 1 << (bit % u64::from(u64::BITS)))
}

#[cfg(test)]
mod tests {
    use super::{Gazetteer, Pattern};
    use crate::fold::Folded;

    /// Whether a word of the data files is found in a text.
    fn finds(word: &str, text: &str) -> bool {
        let gazetteer = Gazetteer::new(vec![Pattern::new(word).unwrap()]);
        !gazetteer.hits(&Folded::new(text, 1000)).is_empty()
    }

    #[test]
    fn words_end_where_their_script_ends_them() {
        for (word, text) in [
            ("China", "China's law"),
            ("China", "in China-based firms"),
            ("VPN", "禁止VPN服务"),
            ("中国", "在中国的法律"),
            ("日本", "日本では"),
            ("ไทย", "ประเทศไทยมี"),
            ("Росси~", "в России и"),
            ("Государственн* дум*", "депутат Государственной думы сказал"),
            ("السعودية", "والسعودية تعلن"),
            ("국회", "국회는 오늘"),
            ("data centre", "two data\u{a0}centres"),
            ("março!", "em março de"),
            ("Österreich", "OSTERREICH"),
        ] {
            assert!(finds(word, text), "{word} in {text}");
        }
        for (word, text) in [
            ("Oman", "the Omani law, a Romanian one"),
            ("Niger", "Nigeria"),
            ("NIS", "NIS2"),
            ("EU", "the euro and EUCS"),
            ("Росси~", "россиянами"),
            ("IT", "tell it to IT2"),
            ("Mali", "Somali malice"),
            ("março!", "Marcos"),
            ("भारत", "भारतीय"),
        ] {
            assert!(!finds(word, text), "{word} in {text}");
        }
    }

    #[test]
    fn case_counts_where_the_word_has_it() {
        assert!(finds("US", "the US says") && !finds("US", "tell us"));
        assert!(!finds("US", "Us and them") && !finds("Turkey", "a turkey"));
        assert!(finds("Turkey", "TURKEY") && finds("backdoor*", "Backdoors"));
        assert!(finds("NIS2", "NIS2-Richtlinie"));
    }

    #[test]
    fn a_word_without_letters_is_refused() {
        for word in ["", "  ", "*", "* law", "~", "--", "a**"] {
            assert!(Pattern::new(word).is_err(), "{word}");
        }
    }
}
