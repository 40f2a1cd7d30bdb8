//! `Gazetteer`: all words of the data files, found in one pass over a folded text.

use rustc_hash::FxHashMap;

use crate::fold::Folded;

mod pattern;
mod script;

pub(crate) use pattern::Pattern;
pub(crate) use script::unspaced;

/// Which pattern was found: its number in the order in which they were given.
pub(crate) type PatternId = u32;

/// A pattern found in a text, in bytes of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hit {
    pub(crate) pattern: PatternId,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// How many bytes of a head its key holds.
const KEY: usize = 8;

/// How many first bytes of a head tell at a glance whether any pattern begins so, and how many bits they are hashed to.
const GLANCE: usize = 4;
const GLANCE_BITS: u32 = 16;

/// Many patterns, searched for at once.
///
/// Patterns begin where words begin, so a look at each such place is enough: a table takes the first bytes there to the
/// patterns that begin with them. An automaton over all heads took longer to build than all else that is loaded.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    by_key: FxHashMap<u64, Vec<PatternId>>,
    /// For each first byte: which lengths of keys shorter than a glance begin with it, a bit each.
    short: [u8; 256],
    /// For each hash of a glance: which lengths of keys begin with it.
    long: Vec<u8>,
    patterns: Vec<Pattern>,
}

impl Gazetteer {
    /// Builds the table.
    pub(crate) fn new(patterns: Vec<Pattern>) -> Self {
        let mut by_key = FxHashMap::<u64, Vec<PatternId>>::default();
        let mut short = [0; 256];
        let mut long = vec![0; 1 << GLANCE_BITS];
        for (id, pattern) in (0..).zip(&patterns) {
            let head = pattern.head().as_bytes();
            let length = head.len().min(KEY);
            by_key.entry(key(&head[..length])).or_default().push(id);
            let lengths = match glance(head) {
                Some(glance) => &mut long[glance],
                None => &mut short[usize::from(head[0])],
            };
            *lengths |= 1 << (length - 1);
        }
        Self { by_key, short, long, patterns }
    }

    /// Everything that is found, overlapping ones too, by their starts.
    pub(crate) fn hits(&self, folded: &Folded) -> Vec<Hit> {
        let text = folded.text.as_bytes();
        let mut hits = Vec::new();
        for start in pattern::starts(&folded.text) {
            let here = &text[start..];
            let short = self.short[usize::from(here[0])];
            let mut lengths = short | glance(here).map_or(0, |glance| self.long[glance]);
            while lengths != 0 {
                let length = lengths.trailing_zeros() as usize + 1;
                lengths &= lengths - 1;
                let Some(head) = here.get(..length) else { break };
                for &pattern in self.by_key.get(&key(head)).into_iter().flatten() {
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

/// Up to eight bytes as a number; the same for no two, as no byte of a folded text is zero.
fn key(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |key, byte| key << 8 | u64::from(*byte))
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
