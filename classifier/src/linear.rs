//! `Linear`: logistic regression over a handful of features, fitted by Newton's method.

use serde::{Deserialize, Serialize};

/// Weights of features, and what is there without any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Linear {
    pub(crate) bias: f32,
    pub(crate) weights: Vec<f32>,
}

/// Rounds of Newton's method; it converges in fewer.
const ROUNDS: usize = 25;

impl Linear {
    /// The probability that a case is one.
    pub(crate) fn probability(&self, features: &[f32]) -> f32 {
        sigmoid(f64::from(self.sum(features))) as f32
    }

    /// The sum that the probability comes of.
    pub(crate) fn sum(&self, features: &[f32]) -> f32 {
        let parts = self.weights.iter().zip(features).map(|(weight, feature)| weight * feature);
        self.bias + parts.sum::<f32>()
    }

    /// The same of features that are nothing but for some runs of them, each with where it begins.
    pub(crate) fn sum_of(&self, runs: &[(usize, &[f32])]) -> f32 {
        let run = |(start, features): &(usize, &[f32])| {
            let weights = self.weights.iter().skip(*start);
            weights.zip(*features).map(|(weight, feature)| weight * feature).sum::<f32>()
        };
        self.bias + runs.iter().map(run).sum::<f32>()
    }

    /// Fits cases of equal length. `ridge` pulls the weights towards nothing, the bias excepted.
    ///
    /// Maximum a posteriori by iteratively reweighted least squares (Bishop 2006, section 4.3.3); the same cases in
    /// the same order always give the same weights.
    pub(crate) fn fit(cases: &[(Vec<f32>, bool)], ridge: f64) -> Self {
        Self::fit_beside(cases, &[], ridge)
    }

    /// The same where something else adds to the sum of each case.
    pub(crate) fn fit_beside(cases: &[(Vec<f32>, bool)], beside: &[f32], ridge: f64) -> Self {
        let size = cases.first().map_or(0, |case| case.0.len()) + 1;
        let mut weights = vec![0.0_f64; size];
        for _ in 0..ROUNDS {
            let (gradient, curvature) = slope((cases, beside), &weights, ridge);
            let step = solve(curvature, gradient);
            let longest = step.iter().fold(0.0_f64, |longest, part| longest.max(part.abs()));
            // A step that is too long overshoots where the classes part without an error.
            let scale = if longest > 2.0 { 2.0 / longest } else { 1.0 };
            weights.iter_mut().zip(&step).for_each(|(weight, part)| *weight += scale * part);
            if longest < 1e-6 {
                break;
            }
        }
        let bias = rounded(weights[size - 1]);
        Self { bias, weights: weights[..size - 1].iter().map(|weight| rounded(*weight)).collect() }
    }
}

/// Four decimals are enough, and keep the file small.
fn rounded(weight: f64) -> f32 {
    ((weight * 1e4).round() / 1e4) as f32
}

pub(crate) fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The gradient of the log-posterior and its negative curvature.
fn slope(
    (cases, beside): (&[(Vec<f32>, bool)], &[f32]),
    weights: &[f64],
    ridge: f64,
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let size = weights.len();
    let mut gradient = vec![0.0; size];
    let mut curvature = vec![vec![0.0; size]; size];
    for (at, row) in curvature.iter_mut().enumerate() {
        // The bias is hardly pulled: only so much that the equations can be solved.
        row[at] = if at + 1 == size { 1e-3 } else { ridge };
        gradient[at] = -row[at] * weights[at];
    }
    let mut x = vec![1.0; size];
    let beside = beside.iter().copied().chain(std::iter::repeat(0.0));
    for ((features, label), beside) in cases.iter().zip(beside) {
        x.iter_mut().zip(features).for_each(|(to, from)| *to = f64::from(*from));
        let sum = x.iter().zip(weights).map(|(x, weight)| x * weight).sum::<f64>();
        let p = sigmoid(f64::from(beside) + sum);
        let miss = f64::from(u8::from(*label)) - p;
        let spread = p * (1.0 - p);
        for (at, row) in curvature.iter_mut().enumerate() {
            if x[at] != 0.0 {
                gradient[at] += miss * x[at];
                row.iter_mut().zip(&x).for_each(|(cell, other)| *cell += spread * x[at] * other);
            }
        }
    }
    (gradient, curvature)
}

/// Solves a symmetric positive definite system by Gaussian elimination.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for at in 0..size {
        let pivot = matrix[at].clone();
        for below in at + 1..size {
            let part = matrix[below][at] / pivot[at];
            if part != 0.0 {
                matrix[below][at..].iter_mut().zip(&pivot[at..]).for_each(|(a, b)| *a -= part * b);
                right[below] -= part * right[at];
            }
        }
    }
    for at in (0..size).rev() {
        let known = (at + 1..size).map(|other| matrix[at][other] * right[other]).sum::<f64>();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::Linear;

    #[test]
    fn it_learns_what_decides() {
        let cases = (0..200)
            .map(|n| {
                let (a, b) = ((n % 7) as f32, (n % 5) as f32);
                (vec![a, b, 1.0], a > 2.0)
            })
            .collect::<Vec<_>>();
        let fitted = Linear::fit(&cases, 0.1);
        let right = cases.iter().filter(|(x, y)| (fitted.probability(x) > 0.5) == *y).count();
        assert_eq!(right, 200);
        assert!(fitted.weights[0] > 5.0 * fitted.weights[1].abs());
        assert_eq!(fitted, Linear::fit(&cases, 0.1));
    }

    #[test]
    fn odd_cases_do_no_harm() {
        for cases in [
            vec![],
            vec![(vec![1.0], true)],
            vec![(vec![0.0, 0.0], false), (vec![0.0, 0.0], true)],
            vec![(vec![1e6], true), (vec![-1e6], false)],
        ] {
            let fitted = Linear::fit(&cases, 1.0);
            assert!(fitted.bias.is_finite() && fitted.weights.iter().all(|w| w.is_finite()));
        }
    }
}
