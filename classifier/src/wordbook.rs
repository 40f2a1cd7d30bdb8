//! `Wordbook`: what every word of a text says for every tag, learnt from labelled texts.
//!
//! The gazetteer knows the words that a lawyer would name; this knows the rest. Its sums are some of the numbers that
//! the decisions see, never a decision of their own.

use std::collections::HashSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::findings::MOST_EVIDENCE;
use crate::gazetteer::unspaced;
use crate::reading::Reading;
use crate::{Evidence, Place, Stage, Topic};

mod learn;
mod rows;
mod tokens;
pub(crate) mod written;

pub(crate) use learn::{Lesson, fit, learn, rounded, visit};
pub(crate) use rows::Rows;
pub(crate) use tokens::{mix as mixed, words as hashes};

/// What is asked of each text: whether it is about policy, each topic, each stage, and whether the Union, bodies of many
/// states, or several states act.
pub(crate) const QUESTIONS: usize = 1 + Topic::ALL.len() + Stage::ALL.len() + 3;

/// What the words of one text say, or its embedding, as log-odds, question by question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opinion(pub(crate) [f32; QUESTIONS]);

impl Opinion {
    /// Whether it is about policy.
    pub(crate) fn policy(&self) -> f32 {
        self.0[0]
    }

    /// How much speaks for each topic.
    pub(crate) fn topics(&self) -> &[f32] {
        &self.0[1..=Topic::ALL.len()]
    }

    /// How much speaks for each stage.
    pub(crate) fn stages(&self) -> &[f32] {
        &self.0[1 + Topic::ALL.len()..][..Stage::ALL.len()]
    }

    /// How much speaks for the Union, for bodies of many states, and for several states that act.
    pub(crate) fn actors(&self) -> [f32; 3] {
        [self.0[QUESTIONS - 3], self.0[QUESTIONS - 2], self.0[QUESTIONS - 1]]
    }
}

/// The words that count, and what they say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wordbook {
    rows: Rows,
    /// Row by row: how rare the word is, in 32nds, then its weights in units of `scale`.
    rarity: Vec<u8>,
    weights: Vec<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Wordbook {
    /// What a text's words say.
    pub(crate) fn opinion(&self, reading: &Reading<'_>) -> Opinion {
        let mut rows = Vec::new();
        tokens::each(reading, |hash| {
            rows.extend(self.rows.get(hash));
        });
        rows.sort_unstable();
        rows.dedup();
        let mut sums = [0.0_f32; QUESTIONS];
        let mut length = 0.0_f32;
        for row in rows {
            let row = row as usize;
            let value = f32::from(self.rarity[row]) / RARITY_UNITS;
            length += value * value;
            let weights = &self.weights[row * QUESTIONS..(row + 1) * QUESTIONS];
            sums.iter_mut()
                .zip(weights)
                .for_each(|(sum, weight)| *sum += value * f32::from(*weight));
        }
        let length = length.sqrt().max(1.0);
        let parts = sums.iter_mut().zip(&self.scale).zip(&self.bias);
        parts.for_each(|((sum, scale), bias)| *sum = *sum * scale / length + bias);
        Opinion(sums)
    }

    /// The words of a text that say most for a topic, the most telling first. Short ones hold others together.
    pub(crate) fn telling_of_topic(&self, reading: &Reading<'_>, topic: Topic) -> Vec<Evidence> {
        self.telling(reading, 1 + topic as usize)
    }

    /// The same for a stage.
    pub(crate) fn telling_of_stage(&self, reading: &Reading<'_>, stage: Stage) -> Vec<Evidence> {
        self.telling(reading, 1 + Topic::ALL.len() + stage as usize)
    }

    fn telling(&self, reading: &Reading<'_>, question: usize) -> Vec<Evidence> {
        let mut spans: Vec<(f32, Place, Range<usize>)> = Vec::new();
        tokens::placed(reading, |hash, place, span| {
            let Some(row) = self.rows.get(hash).map(|row| row as usize) else { return };
            let word = &reading.folded(place)[span.clone()];
            let least = if word.chars().any(unspaced) { UNSPACED_LETTERS } else { LETTERS };
            if word.chars().count() < least {
                return;
            }
            let weight = self.weights[row * QUESTIONS + question];
            let says = f32::from(self.rarity[row]) * f32::from(weight);
            if says <= 0.0 {
                return;
            }
            // A word, its pair and what it says in the headline come one after the other.
            match spans.last_mut().filter(|(_, of, last)| *of == place && *last == span) {
                Some((sum, ..)) => *sum += says,
                None => spans.push((says, place, span)),
            }
        });
        spans.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut seen = HashSet::new();
        spans.retain(|(_, place, span)| seen.insert(&reading.folded(*place)[span.clone()]));
        let enough = spans.first().map_or(0.0, |(most, ..)| most * SHARE);
        spans.retain(|(says, ..)| *says >= enough);
        let best = spans.into_iter().take(MOST_EVIDENCE);
        best.map(|(_, place, span)| reading.evidence(place, span.start, span.end)).collect()
    }

    /// How many words count.
    pub(crate) fn len(&self) -> usize {
        self.rarity.len()
    }
}

/// What says less than such a part of what the most telling word says may stand there by chance.
const SHARE: f32 = 0.5;

/// Shorter words are no evidence, where words are parted by spaces and where they are not.
const LETTERS: usize = 4;
const UNSPACED_LETTERS: usize = 2;

/// How many units of a stored rarity make one.
const RARITY_UNITS: f32 = 24.0;

/// As it stands in the model's file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    scale: Vec<f32>,
    bias: Vec<f32>,
    words: String,
    rarity: String,
    weights: String,
}

impl Serialize for Wordbook {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = Written {
            scale: self.scale.clone(),
            bias: self.bias.clone(),
            words: written::words(&self.rows),
            rarity: written::bytes(&self.rarity),
            weights: written::weights(&self.weights),
        };
        written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Wordbook {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { scale, bias, words, rarity, weights } = Written::deserialize(deserializer)?;
        let rows = written::read_words::<D::Error>(&words)?;
        let rarity = written::read_bytes::<D::Error>(&rarity)?;
        let weights = written::read_weights::<D::Error>(&weights)?;
        let fits = rows.len() == rarity.len()
            && weights.len() == QUESTIONS * rarity.len()
            && scale.len() == QUESTIONS
            && bias.len() == QUESTIONS;
        if !fits {
            return Err(serde::de::Error::custom("the wordbook's parts are not of one size"));
        }
        Ok(Self { rows, rarity, weights, scale, bias })
    }
}
