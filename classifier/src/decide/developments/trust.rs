//! `Trust`: how far each word for an act is to be trusted, learnt beside the model's weights.

use std::collections::BTreeMap;

use crate::linear::{self, Linear};

/// How strongly what is learnt of one word is pulled towards nothing: most words are met a few times only.
const RIDGE: f64 = 6.0;

/// Rounds in which the weights and the trust in words are fitted in turn; later ones change nothing that shows.
const ROUNDS: usize = 2;

/// Rounds of Newton's method for one word.
const STEPS: usize = 4;

/// What is nearer to nothing than this is not kept.
const LEAST: f32 = 0.05;

/// What a word near a date adds to the sum of the model's weights, by the word's number; nothing if it is not known.
pub(crate) type Trust = Vec<f32>;

/// A case's numbers and answer, and the word for the act that is nearest to its date.
pub(crate) type Case = ((Vec<f32>, bool), Option<u16>);

/// Fits weights and the trust in each of so many words in turn.
pub(crate) fn learn(cases: Vec<Case>, words: usize, ridge: f64) -> (Linear, Trust) {
    let (cases, near): (Vec<_>, Vec<_>) = cases.into_iter().unzip();
    let mut trust = vec![0.0_f32; words];
    let beside = |trust: &Trust| near.iter().map(|word| of(trust, *word)).collect::<Vec<_>>();
    let mut linear = Linear::fit(&cases, ridge);
    for _ in 0..ROUNDS {
        let sums = cases.iter().map(|(numbers, _)| linear.sum(numbers));
        let labels = cases.iter().map(|(_, label)| *label);
        let seen = near.iter().copied().zip(labels).zip(sums);
        let seen = seen.filter_map(|((word, label), sum)| Some((usize::from(word?), label, sum)));
        let seen = seen.collect::<Vec<_>>();
        for _ in 0..STEPS {
            step(&mut trust, &seen);
        }
        linear = Linear::fit_beside(&cases, &beside(&trust), ridge);
    }
    (linear, trust)
}

/// A step of Newton's method for each word by itself: a case, of which a word, the answer and the sum of the weights are
/// given, has one word only, so none disturbs another.
fn step(trust: &mut Trust, seen: &[(usize, bool, f32)]) {
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
pub(crate) fn of(trust: &Trust, word: Option<u16>) -> f32 {
    word.and_then(|word| trust.get(usize::from(word))).copied().unwrap_or_default()
}

/// The trust by the words themselves, two decimals of it, as the model's file has it.
pub(crate) fn named(trust: &Trust, names: &[String]) -> BTreeMap<String, f32> {
    let known = names.iter().zip(trust).filter(|(_, of)| of.abs() >= LEAST);
    known.map(|(name, of)| (name.clone(), (of * 100.0).round() / 100.0)).collect()
}

/// The trust by the words' numbers.
pub(crate) fn numbered(named: &BTreeMap<String, f32>, names: &[String]) -> Trust {
    names.iter().map(|name| named.get(name).copied().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use super::learn;

    #[test]
    fn a_word_that_misleads_is_not_trusted() {
        let case = |n: u16| ((vec![1.0], n.is_multiple_of(2) || n.is_multiple_of(5)), Some(n % 2));
        let (linear, trust) = learn((0..400).map(case).collect(), 3, 1.0);
        assert!(linear.bias.is_finite() && linear.weights[0].is_finite());
        assert!(trust[0] > 1.0 && trust[1] < -0.5 && trust[2] == 0.0, "{trust:?}");
    }

    #[test]
    fn nothing_is_learnt_from_nothing() {
        assert_eq!(learn(vec![], 2, 1.0).1, [0.0, 0.0]);
    }
}
