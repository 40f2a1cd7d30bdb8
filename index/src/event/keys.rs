//! Keys: what a report of the same event is likely to have too, to find it by.

use std::cmp::Reverse;

use super::print::Print;
use super::words::Word;

/// How many keys a print has at most.
pub(crate) const KEYS: usize = 14;

/// How many of them are names, other words, amounts, sounds, laws, and pairs of a state and a topic.
const NAMES: usize = 4;
const WORDS: usize = 2;
const AMOUNTS: usize = 2;
const SOUNDS: usize = 1;
const LAWS: usize = 1;
const TOPICS: usize = 2;
/// An amount that weighs less, in hundredths, is everywhere.
const TELLING: u8 = 45;

impl Print {
    /// The keys, none twice: rare names and words, amounts, laws and topics with their states, and two hashes of the
    /// text as it runs (the bands of near-duplicates).
    pub(crate) fn keys(&self) -> Vec<u32> {
        let mut words: Vec<&Word> = self.words.iter().collect();
        words.sort_by_key(|word| (Reverse(word.weight), word.key));
        let (names, others): (Vec<&Word>, Vec<&Word>) =
            words.into_iter().partition(|word| word.is_name);
        let mut keys = Vec::with_capacity(KEYS);
        keys.extend(names.iter().take(NAMES).map(|word| word.key));
        keys.extend(others.iter().take(WORDS).map(|word| word.key));
        let mut amounts: Vec<_> =
            self.amounts.iter().filter(|(_, weight)| *weight >= TELLING).collect();
        amounts.sort_by_key(|(key, weight)| (Reverse(*weight), *key));
        keys.extend(amounts.iter().take(AMOUNTS).map(|(key, _)| *key));
        keys.extend(self.sounds.iter().take(SOUNDS));
        let states = self.states.iter().map(|(state, _)| *state);
        let pairs = |of: &[(u32, u8)], most: usize| {
            let of: Vec<u32> = of.iter().map(|(key, _)| *key).collect();
            let all = states
                .clone()
                .flat_map(|state| of.clone().into_iter().map(move |key| pair(state, key)));
            all.take(most).collect::<Vec<u32>>()
        };
        keys.extend(pairs(&self.laws, LAWS));
        keys.extend(pairs(&self.topics, TOPICS));
        keys.extend(self.shingles.iter().take(2));
        keys.sort_unstable();
        keys.dedup();
        keys.truncate(KEYS);
        keys
    }
}

fn pair(one: u32, other: u32) -> u32 {
    one.rotate_left(7).wrapping_mul(0x9e37_79b1) ^ other
}
