//! `Trust`: how far each word for an act is to be trusted, learnt beside the model's weights.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::around::{self, Around};
use crate::Act;
use crate::linear::{self, Linear};

/// How strongly what is learnt of one word is pulled towards nothing: most words are met a few times only.
const RIDGE: f64 = 6.0;

/// Rounds in which the weights and the trust in words are fitted in turn; later ones change nothing that shows.
const ROUNDS: usize = 2;

/// Rounds of Newton's method for one word.
const STEPS: usize = 4;

/// What is nearer to nothing than this is not kept.
const LEAST: f32 = 0.05;

/// What words near a date add to the sum of the model's weights.
#[derive(Debug, Clone, Default)]
pub(crate) struct Trust {
    /// Words for acts, by their numbers; nothing if one is not known.
    words: Vec<f32>,
    /// All words around it.
    pub(crate) around: Around,
}

/// What stands near a date that may be of an act.
#[derive(Debug, Clone)]
pub(crate) struct Near {
    pub(super) act: Act,
    /// The word for the act that is nearest to it.
    pub(super) word: Option<u16>,
    /// The words around it.
    pub(super) around: Rc<[u32]>,
}

/// A case's numbers and answer, and what stands near its date.
pub(crate) type Case = ((Vec<f32>, bool), Near);

impl Trust {
    /// What all that stands near a date adds.
    pub(super) fn of(&self, near: &Near) -> f32 {
        self.of_word(near.word) + self.around.sums(&near.around)[near.act as usize]
    }

    /// The trust in a word for an act.
    pub(super) fn of_word(&self, word: Option<u16>) -> f32 {
        of(&self.words, word)
    }

    /// The trust in words for acts by the words themselves, two decimals of it, as the model's file has it.
    pub(crate) fn named(&self, names: &[String]) -> BTreeMap<String, f32> {
        let known = names.iter().zip(&self.words).filter(|(_, of)| of.abs() >= LEAST);
        known.map(|(name, of)| (name.clone(), (of * 100.0).round() / 100.0)).collect()
    }

    /// The trust by the words' numbers.
    pub(crate) fn numbered(
        named: &BTreeMap<String, f32>,
        around: &Around,
        names: &[String],
    ) -> Self {
        let of = |name: &String| named.get(name).copied().unwrap_or_default();
        Self { words: names.iter().map(of).collect(), around: around.clone() }
    }
}

/// Fits weights and the trust in each of so many words in turn, and then what the words around dates say beside them.
pub(crate) fn learn(cases: Vec<Case>, words: usize, ridge: f64) -> (Linear, Trust) {
    let (cases, near): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    let mut trust = vec![0.0_f32; words];
    let beside = |trust: &[f32]| near.iter().map(|near| of(trust, near.word)).collect::<Vec<_>>();
    let mut linear = Linear::fit(&cases, ridge);
    for _ in 0..ROUNDS {
        let sums = cases.iter().map(|(numbers, _)| linear.sum(numbers));
        let labels = cases.iter().map(|(_, label)| *label);
        let seen = near.iter().map(|near| near.word).zip(labels).zip(sums);
        let seen = seen.filter_map(|((word, label), sum)| Some((usize::from(word?), label, sum)));
        let seen = seen.collect::<Vec<_>>();
        for _ in 0..STEPS {
            step(&mut trust, &seen);
        }
        linear = Linear::fit_beside(&cases, &beside(&trust), ridge);
    }
    let cases = cases.iter().zip(&near).zip(beside(&trust));
    let cases = cases.map(|(((numbers, label), near), beside)| {
        (near.act, &*near.around, linear.sum(numbers) + beside, *label)
    });
    let around = around::learn(&cases.collect::<Vec<_>>());
    (linear, Trust { words: trust, around })
}

/// A step of Newton's method for each word by itself: a case, of which a word, the answer and the sum of the weights are
/// given, has one word only, so none disturbs another.
fn step(trust: &mut [f32], seen: &[(usize, bool, f32)]) {
    let mut slopes = trust.iter().map(|of| (-RIDGE * f64::from(*of), RIDGE)).collect::<Vec<_>>();
    for (word, label, sum) in seen {
        let p = linear::sigmoid(f64::from(sum + trust[*word]));
        let slope = &mut slopes[*word];
        slope.0 += f64::from(u8::from(*label)) - p;
        slope.1 += p * (1.0 - p);
    }
    for (of, (gradient, curvature)) in trust.iter_mut().zip(slopes) {
        *of += (gradient / curvature) as f32;
    }
}

/// The trust in a word.
fn of(trust: &[f32], word: Option<u16>) -> f32 {
    word.and_then(|word| trust.get(usize::from(word))).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Near, learn};
    use crate::Act;

    #[test]
    fn a_word_that_misleads_is_not_trusted() {
        let near = |n: u16| Near { act: Act::Ruling, word: Some(n % 2), around: [].into() };
        let case = |n: u16| ((vec![1.0], n.is_multiple_of(2) || n.is_multiple_of(5)), near(n));
        let (linear, trust) = learn((0..400).map(case).collect(), 3, 1.0);
        assert!(linear.bias.is_finite() && linear.weights[0].is_finite());
        let trust = [0, 1, 2].map(|word| trust.of_word(Some(word)));
        assert!(trust[0] > 1.0 && trust[1] < -0.5 && trust[2] == 0.0, "{trust:?}");
    }

    #[test]
    fn nothing_is_learnt_from_nothing() {
        assert_eq!(learn(vec![], 2, 1.0).1.words, [0.0, 0.0]);
    }
}
