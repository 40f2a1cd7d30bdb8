//! How much two prints have to do with each other, whatever their days: for what is related.

use super::likeness::{Shared, amounts, far_days};
use super::print::Print;

/// What it says to share a law, a topic in a state, and a topic alone; times how few others have it.
const LAW: f32 = 3.0;
const TOPIC_AND_STATE: f32 = 2.0;
const TOPIC: f32 = 0.5;
/// The same of a state.
const STATE: f32 = 0.5;
/// What everybody has says so much of what only a few have.
const LEAST: f32 = 0.3;
/// The same of telling words: the cosine of two texts, as odds, since what repeats another says more than any law. A copy
/// counts as so much at most.
const WORDS: f32 = 3.6;
const COPY: f32 = 0.95;
/// The same of names that weigh as one, in letters and, across scripts, by their sounds, and of amounts and far days.
const NAMES: f32 = 0.5;
const SOUNDS: f32 = 0.5;
const FIGURES: f32 = 0.4;

/// From so much on two items are related: a law says more than that, a topic in a state as much if not all the world has both,
/// and so do three in ten of all words. Chosen, with the words' and names' parts, by `--bench related` over the texts that
/// are learnt from.
pub(crate) const KIN: f32 = 1.4;

/// What two prints share, the more the higher.
pub(crate) fn kinship(one: &Print, other: &Print) -> f32 {
    let words = Shared::of(&one.words, &other.words);
    let sounds = one.sounds.iter().filter(|key| other.sounds.binary_search(key).is_ok()).count();
    let sounds = sounds.saturating_sub(words.count) as f32;
    let (laws, topics) = (rarities(&one.laws, &other.laws), rarities(&one.topics, &other.topics));
    let states = rarities(&one.states, &other.states);
    let cosine = words.cosine.min(COPY);
    let topic = if states > 0.0 { TOPIC_AND_STATE } else { TOPIC };
    LAW * laws
        + topic * topics
        + STATE * states
        + WORDS * cosine / (1.0 - cosine)
        + NAMES * words.names.ln_1p()
        + SOUNDS * sounds.ln_1p()
        + FIGURES * amounts(one, other).ln_1p()
        + FIGURES * (far_days(one, other) as f32).ln_1p()
}

/// How few others have what both have, added up.
fn rarities(one: &[(u32, u8)], other: &[(u32, u8)]) -> f32 {
    let is_shared = |key: u32| other.iter().any(|(other, _)| *other == key);
    let shared = one.iter().filter(|(key, _)| is_shared(*key));
    shared.map(|(_, rarity)| LEAST + (1.0 - LEAST) * f32::from(*rarity) / 100.0).sum()
}
