//! `Meaning`: what the embedding of a text says for every tag, and the decisions that hear it too.
//!
//! Beside the wordbook it is one more voice: its sums are numbers that the decisions see. A text without an embedding,
//! as in a language that the embedder does not know, is decided without it, by weights of their own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};

use crate::embedding::{DIMENSIONS, Embedding};
use crate::linear::Linear;
use crate::wordbook::{Opinion, QUESTIONS, fit, rounded};

/// How strongly the weights are pulled towards nothing.
const RIDGE: f32 = 1e-3;

/// What was learnt from texts that have embeddings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Meaning {
    /// The digest of the labelled texts, as the model's file has it.
    pub(crate) training: String,
    pub(crate) policy: Linear,
    pub(crate) topics: Linear,
    /// The probability from which each topic counts.
    pub(crate) enough: Vec<f32>,
    pub(crate) probe: Probe,
}

/// What each dimension says for each question of the wordbook: a linear probe (Alain and Bengio 2016,
/// arXiv:1610.01644).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub(crate) struct Probe {
    /// Question by question, in units of `scale`.
    weights: Vec<i8>,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

impl Probe {
    /// What an embedding says.
    pub(crate) fn opinion(&self, of: &Embedding) -> Opinion {
        let numbers = of.unit();
        let mut sums = [0.0; QUESTIONS];
        let questions =
            self.weights.chunks_exact(DIMENSIONS).zip(self.scale.iter().zip(&self.bias));
        for (to, (weights, (scale, bias))) in sums.iter_mut().zip(questions) {
            let parts = weights.iter().zip(&numbers).map(|(w, number)| f32::from(*w) * number);
            *to = bias + scale * parts.sum::<f32>();
        }
        Opinion(sums)
    }

    /// Learns from embeddings with their answers, as a wordbook does from words; the same ones in the same order always
    /// give the same.
    pub(crate) fn learn<'a>(
        lessons: impl Iterator<Item = (&'a Embedding, &'a [Option<bool>; QUESTIONS])>,
    ) -> Self {
        let row = |of: &Embedding| (0..).zip(of.unit()).collect::<Vec<(u32, f32)>>();
        let cases = lessons.map(|(of, answers)| (row(of), answers)).collect::<Vec<_>>();
        let mut learnt = Self { weights: vec![], scale: vec![], bias: vec![] };
        for question in 0..QUESTIONS {
            let (weights, bias) = fit(&cases, question, DIMENSIONS, RIDGE);
            let most = weights.iter().fold(1e-6_f32, |most, weight| most.max(weight.abs()));
            let scale = rounded(most / 127.0);
            learnt.weights.extend(weights.iter().map(|weight| (weight / scale).round() as i8));
            learnt.scale.push(scale);
            learnt.bias.push(rounded(bias));
        }
        learnt
    }
}

/// As it stands in the model's file: the weights in base 64.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    scale: Vec<f32>,
    bias: Vec<f32>,
    weights: String,
}

impl From<Probe> for Written {
    fn from(probe: Probe) -> Self {
        let weights = probe.weights.iter().map(|weight| weight.cast_unsigned()).collect::<Vec<_>>();
        Self { scale: probe.scale, bias: probe.bias, weights: BASE64.encode(weights) }
    }
}

impl TryFrom<Written> for Probe {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let weights = BASE64.decode(&written.weights).map_err(|fault| fault.to_string())?;
        let weights = weights.into_iter().map(u8::cast_signed).collect::<Vec<_>>();
        let fits = weights.len() == QUESTIONS * DIMENSIONS
            && written.scale.len() == QUESTIONS
            && written.bias.len() == QUESTIONS;
        if !fits {
            return Err("the parts of what embeddings say are not of one size".to_owned());
        }
        Ok(Self { weights, scale: written.scale, bias: written.bias })
    }
}
