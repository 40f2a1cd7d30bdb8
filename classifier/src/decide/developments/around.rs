//! `Around`: what the words around a date say of each act, learnt beside the model's weights.
//!
//! The cues tell of an act by themselves; this knows the rest (`was sentenced`, `the fund`, `the company has`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Act;
use crate::dates::Mention;
use crate::linear;
use crate::reading::Sentence;
use crate::wordbook::{Rows, hashes, mixed, rounded, visit, written};

const ACTS: usize = Act::ALL.len();

/// A word around fewer dates that may be of an act is chance.
const FEWEST: u32 = 6;

/// Rounds over all cases, the first step's size, and how strongly the weights are pulled towards nothing.
const ROUNDS: usize = 12;
const STEP: f32 = 0.1;
const RIDGE: f32 = 1e-3;

/// A word that says less than this of every act is not kept.
const LEAST: f32 = 0.1;

/// How many bytes on each side of a date are read.
const FAR: usize = 240;

/// How near to a date, in bytes, a word counts once more as one of its side.
const NEAR: usize = 60;

/// Marks words just before a date, and just after it.
const BEFORE: u32 = 0x1234_5671;
const AFTER: u32 = 0x7654_3211;

/// The words that count, and what they say of each act.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Around {
    rows: Rows,
    /// Row by row, in units of `scale`.
    weights: Vec<i8>,
    scale: f32,
}

/// The hashes of the words around a date, in order, each once.
pub(super) fn words(text: &str, sentence: &Sentence, mention: &Mention) -> Vec<u32> {
    let mut words = Vec::new();
    let mut add = |from: usize, to: usize, mark: u32| {
        let part = within(text, from.max(sentence.start), to.min(sentence.end));
        hashes(part, |hash| words.push(mixed(hash ^ mark)));
    };
    let (start, end) = (mention.start, mention.end);
    if start <= sentence.start && sentence.end <= end {
        // It is told without a date, or by a dateline.
        add(start, start + 2 * FAR, 0);
    } else {
        add(start.saturating_sub(FAR), start, 0);
        add(end, end + FAR, 0);
        add(start.saturating_sub(NEAR), start, BEFORE);
        add(end, end + NEAR, AFTER);
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// What stands between two bytes, or a few less where that would cut a character.
fn within(text: &str, from: usize, to: usize) -> &str {
    let to = to.min(text.len());
    let from = (from..to).find(|at| text.is_char_boundary(*at)).unwrap_or(to);
    let to = (from..=to).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(from);
    text.get(from..to).unwrap_or_default()
}

impl Around {
    /// What some words say of each act, as log-odds.
    pub(super) fn sums(&self, words: &[u32]) -> [f32; ACTS] {
        let mut sums = [0.0; ACTS];
        for row in words.iter().filter_map(|word| self.rows.get(*word)) {
            let weights = self.weights.iter().skip(row as usize * ACTS);
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += f32::from(*weight));
        }
        sums.map(|sum| sum * self.scale * value(words))
    }
}

/// What each of some words counts: many say no more than few.
fn value(words: &[u32]) -> f32 {
    1.0 / (words.len().max(1) as f32).sqrt()
}

/// A case: the act, the words around the date, what all else says, and the answer.
pub(super) type Case<'a> = (Act, &'a [u32], f32, bool);

/// Logistic regression beside what all else says, by steps of adaptive size (`AdaGrad`, Duchi, Hazan and Singer 2011). The
/// same cases in the same order always give the same weights.
pub(super) fn learn(cases: &[Case<'_>]) -> Around {
    let mut counts = BTreeMap::<u32, [u32; ACTS]>::new();
    for (act, words, _, _) in cases {
        words.iter().for_each(|word| counts.entry(*word).or_default()[*act as usize] += 1);
    }
    counts.retain(|_, counts| counts.iter().any(|count| *count >= FEWEST));
    let rows = counts.keys().copied().zip(0..).collect::<Rows>();
    let known = cases.iter().map(|(act, words, ..)| {
        let rows = words.iter().filter_map(|word| rows.get(*word));
        rows.map(|row| row as usize * ACTS + *act as usize).collect::<Vec<_>>()
    });
    let known = known.collect::<Vec<_>>();
    let mut weights = vec![0.0_f32; counts.len() * ACTS];
    let mut seen = vec![1e-3_f32; weights.len()];
    for round in 0..ROUNDS {
        for at in 0..cases.len() {
            let at = visit(at, round, cases.len());
            let (_, words, beside, label) = cases[at];
            let value = value(words);
            let sum = beside + value * known[at].iter().map(|n| weights[*n]).sum::<f32>();
            let miss = linear::sigmoid(f64::from(sum)) as f32 - f32::from(u8::from(label));
            for n in &known[at] {
                let slope = miss * value + RIDGE * weights[*n];
                seen[*n] += slope * slope;
                weights[*n] -= STEP * slope / seen[*n].sqrt();
            }
        }
    }
    kept(counts.into_keys().zip(weights.chunks_exact(ACTS)))
}

/// The words that say something, their weights as whole numbers.
fn kept<'a>(words: impl Iterator<Item = (u32, &'a [f32])>) -> Around {
    let all = words.filter(|(_, weights)| weights.iter().any(|weight| weight.abs() >= LEAST));
    let (words, weights): (Vec<u32>, Vec<&[f32]>) = all.unzip();
    let weights = weights.concat();
    let most = weights.iter().fold(1e-3_f32, |most, weight| most.max(weight.abs()));
    let scale = rounded(most / 127.0);
    let weights = weights.iter().map(|weight| (weight / scale).round() as i8).collect();
    Around { rows: words.into_iter().zip(0..).collect(), weights, scale }
}

/// As it stands in the model's file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    scale: f32,
    words: String,
    weights: String,
}

impl Serialize for Around {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (words, weights) = (written::words(&self.rows), written::weights(&self.weights));
        Written { scale: self.scale, words, weights }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Around {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { scale, words, weights } = Written::deserialize(deserializer)?;
        let rows = written::read_words::<D::Error>(&words)?;
        let weights = written::read_weights::<D::Error>(&weights)?;
        if weights.len() != ACTS * rows.len() {
            return Err(serde::de::Error::custom("the words around dates are not of one size"));
        }
        Ok(Self { rows, weights, scale })
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, learn};
    use crate::Act;

    #[test]
    fn a_word_speaks_for_its_act_only() {
        let cases = (0..200_u32).map(|n| {
            let act = if n % 2 == 0 { Act::Ruling } else { Act::Adopted };
            (act, vec![n % 4, 100 + n], n % 4 == 2)
        });
        let cases = cases.collect::<Vec<_>>();
        let told = cases.iter().map(|(act, words, label)| (*act, &words[..], 0.0, *label));
        let around = learn(&told.collect::<Vec<_>>());
        let [court, mere] = [around.sums(&[2]), around.sums(&[0])];
        let (ruling, adopted) = (Act::Ruling as usize, Act::Adopted as usize);
        assert!(court[ruling] > 0.5 && mere[ruling] < -0.5, "{court:?} {mere:?}");
        assert_eq!((court[adopted], around.sums(&[7])[ruling]), (0.0, 0.0));
        let written = toml::to_string(&around).unwrap();
        assert_eq!(toml::from_str::<Around>(&written).unwrap(), around);
    }

    #[test]
    fn nothing_is_learnt_from_nothing() {
        assert_eq!(learn(&[]).sums(&[1]), [0.0; super::ACTS]);
    }
}
