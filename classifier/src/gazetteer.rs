//! `Gazetteer`: all words of the data files, found in one pass over a folded text.

use std::collections::HashMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

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

/// Many patterns, searched for at once.
#[derive(Debug)]
pub(crate) struct Gazetteer {
    automaton: AhoCorasick,
    /// For each head that the automaton knows: the patterns that begin with it.
    by_head: Vec<Vec<PatternId>>,
    patterns: Vec<Pattern>,
}

impl Gazetteer {
    /// Builds the automaton.
    ///
    /// # Errors
    /// In the automaton's own words, if there is too much of it.
    pub(crate) fn new(patterns: Vec<Pattern>) -> Result<Self, String> {
        let mut numbers = HashMap::new();
        let mut heads = Vec::new();
        let mut by_head = Vec::<Vec<PatternId>>::new();
        for (id, pattern) in (0..).zip(&patterns) {
            let number = *numbers.entry(pattern.head()).or_insert_with(|| {
                heads.push(pattern.head());
                by_head.push(Vec::new());
                by_head.len() - 1
            });
            by_head[number].push(id);
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .build(&heads)
            .map_err(|fault| fault.to_string())?;
        Ok(Self { automaton, by_head, patterns })
    }

    /// Everything that is found, overlapping ones too, by their ends.
    pub(crate) fn hits(&self, folded: &Folded) -> Vec<Hit> {
        let mut hits = Vec::new();
        for head in self.automaton.find_overlapping_iter(&folded.text) {
            for &pattern in &self.by_head[head.pattern().as_usize()] {
                let found =
                    self.patterns[pattern as usize].end_of(folded, head.start(), head.end());
                if let Some(end) = found {
                    hits.push(Hit { pattern, start: head.start(), end });
                }
            }
        }
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::{Gazetteer, Pattern};
    use crate::fold::Folded;

    /// Whether a word of the data files is found in a text.
    fn finds(word: &str, text: &str) -> bool {
        let gazetteer = Gazetteer::new(vec![Pattern::new(word).unwrap()]).unwrap();
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
