//! How a wordbook is learnt: which words count, and what each says.

use std::collections::{BTreeMap, HashSet};

use super::{QUESTIONS, RARITY_UNITS, Wordbook, tokens};
use crate::reading::Reading;

/// A word in fewer texts than this is chance.
const FEWEST: u32 = 3;

/// Rounds over all texts, the first step's size, and how strongly the weights are pulled towards nothing.
const ROUNDS: usize = 24;
const STEP: f32 = 0.6;
const RIDGE: f32 = 6e-5;

/// A text, and the answers to the questions; `None` where a text has none to give.
pub(crate) struct Lesson {
    words: Vec<u32>,
    pub(crate) answers: [Option<bool>; QUESTIONS],
}

impl Lesson {
    pub(crate) fn new(reading: &Reading<'_>, answers: [Option<bool>; QUESTIONS]) -> Self {
        let mut words = HashSet::new();
        tokens::each(reading, |hash| {
            words.insert(hash);
        });
        let mut words = words.into_iter().collect::<Vec<_>>();
        words.sort_unstable();
        Self { words, answers }
    }
}

/// Learns from lessons; the same ones in the same order always give the same wordbook.
pub(crate) fn learn<'a>(lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Wordbook {
    let mut counts = BTreeMap::<u32, u32>::new();
    let mut texts = 0_u32;
    for lesson in lessons.clone() {
        texts += 1;
        lesson.words.iter().for_each(|word| *counts.entry(*word).or_default() += 1);
    }
    // What is in most texts says nothing either, and what is rare says more.
    let kept = counts.into_iter().filter(|(_, count)| *count >= FEWEST && 2 * count < texts.max(2));
    let rare = |count: u32| ((1 + texts) as f32 / (1 + count) as f32).ln() * RARITY_UNITS;
    let kept = kept.map(|(word, count)| (word, rare(count).round().clamp(1.0, 255.0) as u8));
    let (words, rarity): (Vec<u32>, Vec<u8>) = kept.unzip();
    let rows = words.iter().copied().zip(0..).collect();
    let mut book = Wordbook { rows, rarity, weights: vec![], scale: vec![], bias: vec![] };
    let cases = lessons.map(|lesson| (row(&book, lesson), &lesson.answers)).collect::<Vec<_>>();
    book.weights = vec![0; book.len() * QUESTIONS];
    for question in 0..QUESTIONS {
        let (weights, bias) = fit(&cases, question, book.len(), RIDGE);
        let most = weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
        let scale = rounded(most / 127.0);
        for (row, weight) in weights.iter().enumerate() {
            book.weights[row * QUESTIONS + question] = (weight / scale).round() as i8;
        }
        book.scale.push(scale);
        book.bias.push(rounded(bias));
    }
    book
}

/// As many digits as matter; the last ones depend on the machine.
pub(crate) fn rounded(number: f32) -> f32 {
    (number * 1e5).round() / 1e5
}

/// The rows of a lesson's words with their values, scaled to length one.
fn row(book: &Wordbook, lesson: &Lesson) -> Vec<(u32, f32)> {
    let known = lesson.words.iter().filter_map(|word| book.rows.get(*word));
    let value = |row: u32| f32::from(book.rarity[row as usize]) / RARITY_UNITS;
    let mut row = known.map(|row| (row, value(row))).collect::<Vec<_>>();
    let length = row.iter().map(|(_, value)| value * value).sum::<f32>().sqrt().max(1.0);
    row.iter_mut().for_each(|(_, value)| *value /= length);
    row
}

/// The numbers of a text that are not nothing, by their places, and its answers.
pub(crate) type Case<'a> = (Vec<(u32, f32)>, &'a [Option<bool>; QUESTIONS]);

/// Logistic regression for one question by steps of adaptive size (`AdaGrad`, Duchi, Hazan and Singer 2011).
pub(crate) fn fit(cases: &[Case<'_>], question: usize, size: usize, ridge: f32) -> (Vec<f32>, f32) {
    let mut weights = vec![0.0_f32; size];
    let mut seen = vec![1e-4_f32; size];
    let (mut bias, mut bias_seen) = (0.0_f32, 1e-4_f32);
    for round in 0..ROUNDS {
        for at in 0..cases.len() {
            // A step that shares no factor with the number of texts visits all of them, in another order each round.
            let (row, answers) = &cases[visit(at, round, cases.len())];
            let Some(answer) = answers[question] else { continue };
            let sum = bias + row.iter().map(|(n, value)| weights[*n as usize] * value).sum::<f32>();
            let miss = 1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(answer));
            for (n, value) in row {
                let n = *n as usize;
                let slope = miss * value + ridge * weights[n];
                seen[n] += slope * slope;
                weights[n] -= STEP * slope / seen[n].sqrt();
            }
            bias_seen += miss * miss;
            bias -= STEP * miss / bias_seen.sqrt();
        }
    }
    (weights, bias)
}

/// Which of `count` cases comes at a place of a round.
pub(crate) fn visit(at: usize, round: usize, count: usize) -> usize {
    const PRIMES: [usize; 4] = [7919, 104_729, 1_299_709, 15_485_863];
    (at * PRIMES[round % 4] + round) % count
}
