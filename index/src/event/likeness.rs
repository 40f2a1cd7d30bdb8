//! How likely two prints are reports of one event.

use super::print::Print;
use super::words::Word;

/// How many numbers the model sees.
pub(super) const FEATURES: usize = 17;

/// Which of them is 1 where both have states, and none in common.
const OTHER_STATES: usize = 5;

/// Reports of one event come within so many days.
pub(crate) const DAYS: i32 = 5;

/// An amount that weighs so much, in hundredths, is one of the event.
const HEAVY: u8 = 55;

/// A word of a title that weighs so much, in thirty-seconds, is a rare one.
const RARE: u8 = 40;

/// A text of fewer words says too little.
const LEAST: usize = 12;

/// Reports that say the same, word for word, within a day are one, however short: an agency's line in several papers. Fewer
/// words than these are a form that an office fills in each time.
const LEAST_OF_SAME: usize = 5;
const SAME: f32 = 4.0;

/// Texts that run alike over so large a part are of one make: notices of an office, or copies of one report. Copies share
/// nearly all of their words, or all of a headline's.
const ONE_MAKE: f32 = 0.35;
const COPY: f32 = 0.8;

/// One logistic regression for texts of one language, one for texts of two; the last weight stands alone. Learnt from
/// pairs of the training texts and from half of the events in `benches/stories/reports.jsonl`.
const SAME_LANGUAGE: [f32; FEATURES + 1] = [
    12.34, 0.59, 1.73, -0.17, 2.30, -1.56, 1.04, -2.07, 2.71, -1.80, -0.14, -2.42, -1.68, -1.39,
    -4.75, 1.04, -1.07, -5.65,
];
const TWO_LANGUAGES: [f32; FEATURES + 1] = [
    12.73, 1.31, 5.49, 4.74, 0.13, -2.97, 0.80, -1.44, 2.79, -1.32, 0.59, -2.72, -2.08, -1.51,
    -1.76, 1.80, 0.79, -4.08,
];

/// The logarithm of the odds that both report one event; below 0 if that is unlikely.
pub(crate) fn likeness(one: &Print, other: &Print) -> f32 {
    if say_the_same(one, other) {
        return SAME;
    }
    let is_short = |print: &Print| print.words.len() < LEAST;
    if (one.day - other.day).abs() > DAYS || is_short(one) || is_short(other) {
        return f32::NEG_INFINITY;
    }
    let same_language = one.language == other.language && one.language != 0;
    let weights = if same_language { &SAME_LANGUAGE } else { &TWO_LANGUAGES };
    let features = features(one, other);
    // A copy is about the same states.
    let is_copy = features[0] >= COPY && features[OTHER_STATES] == 0.0;
    // Of two texts whose language nobody told, it may be the same.
    if one.language == other.language && !is_copy && are_two_notices(one, other) {
        return f32::NEG_INFINITY;
    }
    let sum: f32 = features.iter().zip(weights).map(|(feature, weight)| feature * weight).sum();
    sum + weights[FEATURES]
}

/// Whether two titles and texts are the same, word for word.
fn say_the_same(one: &Print, other: &Print) -> bool {
    one.words.len() >= LEAST_OF_SAME
        && (one.day - other.day).abs() <= 1
        && one.whole == other.whole
        && one.whole != 0
}

/// Whether two texts are of one make, but each headline has words that the other text lacks.
fn are_two_notices(one: &Print, other: &Print) -> bool {
    let alike = one.shingles.iter().zip(&other.shingles).filter(|(a, b)| a == b).count();
    let most = one.shingles.len().max(1) as f32;
    alike as f32 / most >= ONE_MAKE
        && strangers(&one.words, &other.words, |_| true) > 0.0
        && strangers(&other.words, &one.words, |_| true) > 0.0
}

/// What two prints share and do not share, as numbers.
pub(super) fn features(one: &Print, other: &Print) -> [f32; FEATURES] {
    let words = Shared::of(&one.words, &other.words);
    let sounds = one.sounds.iter().filter(|key| other.sounds.binary_search(key).is_ok()).count();
    let amounts = amounts(one, other);
    let heavy = |print: &Print| print.amounts.iter().any(|(_, weight)| *weight >= HEAVY);
    // Names in two alphabets do not meet, which says nothing.
    let strangers = if one.is_latin == other.is_latin {
        let is_rare_name = |word: &Word| word.is_name && word.weight >= RARE;
        let strangers =
            |one: &Print, other: &Print| strangers(&one.words, &other.words, is_rare_name);
        strangers(one, other).min(strangers(other, one))
    } else {
        0.0
    };
    let (states, other_states) = overlap(&one.states, &other.states);
    let (laws, other_laws) = overlap(&one.laws, &other.laws);
    let (topics, other_topics) = overlap(&one.topics, &other.topics);
    let both_stages = one.stage != 0 && other.stage != 0;
    [
        words.cosine,
        words.names.ln_1p(),
        amounts.ln_1p(),
        (far_days(one, other) as f32).ln_1p(),
        states,
        other_states,
        laws,
        other_laws,
        topics,
        other_topics,
        f32::from(both_stages && one.stage == other.stage),
        f32::from(both_stages && one.stage != other.stage),
        ((one.day - other.day).abs() as f32).ln_1p(),
        f32::from(amounts == 0.0 && heavy(one) && heavy(other)),
        strangers.ln_1p(),
        (sounds.saturating_sub(words.count) as f32).ln_1p(),
        rare_states(one, other),
    ]
}

/// What two lists of words share.
pub(super) struct Shared {
    pub(super) cosine: f32,
    /// The weight of shared names, and how many there are.
    pub(super) names: f32,
    pub(super) count: usize,
}

impl Shared {
    pub(super) fn of(one: &[Word], other: &[Word]) -> Self {
        let norm = |words: &[Word]| {
            let squares: u32 = words.iter().map(|word| u32::from(word.weight).pow(2)).sum();
            (squares as f32).sqrt().max(1.0)
        };
        let mut shared = Self { cosine: 0.0, names: 0.0, count: 0 };
        let mut product = 0;
        let mut others = other.iter().peekable();
        for word in one {
            while others.next_if(|next| next.key < word.key).is_some() {}
            let Some(same) = others.next_if(|next| next.key == word.key) else { continue };
            product += u32::from(word.weight) * u32::from(same.weight);
            if word.is_name && same.is_name {
                shared.names += f32::from(word.weight.min(same.weight)) / 32.0;
                shared.count += 1;
            }
        }
        shared.cosine = product as f32 / norm(one) / norm(other);
        shared
    }
}

/// The weight of words of a title that the other text does not have.
fn strangers(one: &[Word], other: &[Word], is_wanted: impl Fn(&Word) -> bool) -> f32 {
    let words = one.iter().filter(|word| word.in_title && is_wanted(word));
    let is_missing =
        |word: &&Word| other.binary_search_by_key(&word.key, |other| other.key).is_err();
    words.filter(is_missing).map(|word| f32::from(word.weight) / 32.0).sum()
}

pub(super) fn amounts(one: &Print, other: &Print) -> f32 {
    let of = |key: u32| other.amounts.iter().find(|(other, _)| *other == key);
    let shared =
        one.amounts.iter().filter_map(|(key, mine)| of(*key).map(|(_, weight)| weight.min(mine)));
    shared.map(|weight| f32::from(*weight) / 100.0).sum()
}

/// How many days both name that are far from their publication.
pub(super) fn far_days(one: &Print, other: &Print) -> usize {
    let far = |print: &Print, day: u16| print.days.contains(&(day, false));
    one.days.iter().filter(|(day, is_near)| !is_near && far(other, *day)).count()
}

/// Which part of the shorter list is shared, and 1 for two lists that share nothing.
fn overlap(one: &[(u32, u8)], other: &[(u32, u8)]) -> (f32, f32) {
    if one.is_empty() || other.is_empty() {
        return (0.0, 0.0);
    }
    let shared = one.iter().filter(|(key, _)| other.iter().any(|(other, _)| other == key)).count();
    let least = one.len().min(other.len());
    (shared as f32 / least as f32, f32::from(shared == 0))
}

fn rare_states(one: &Print, other: &Print) -> f32 {
    let is_shared = |key: u32| other.states.iter().any(|(other, _)| *other == key);
    let rarities = one.states.iter().filter(|(key, _)| is_shared(*key));
    rarities.map(|(_, rarity)| f32::from(*rarity) / 100.0).sum()
}
