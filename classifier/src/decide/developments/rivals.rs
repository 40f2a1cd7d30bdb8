//! What the other acts that a text may tell of say of one: of one date rarely two acts are told, of one act rarely two
//! days, and what is told twice is likely.

use super::trust::{self, Case, Trust};
use crate::linear::Linear;
use crate::{Act, Place, When};

/// Who may speak for an act or against it: other acts of the same date, its other readings, the same act and others in
/// the sentence, the same act on other days, on the same one, and other acts on that.
const KINDS: usize = 7;

/// How many numbers the model sees: its own sum, the highest of each kind, and whether there is none.
pub(crate) const FEATURES: usize = 1 + 2 * KINDS;

/// How many are heard: of a text that may tell of thousands, those with the highest sums, since the highest counts.
const HEARD: usize = 200;

/// Sums are brought near to one, since the ridge pulls all weights alike.
const SCALE: f32 = 3.0;

/// Into how many parts the texts are cut to learn from: sums must come of weights that have not seen the text.
const FOLDS: usize = 5;

/// What is compared with others of the same text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kin {
    pub(super) act: Act,
    pub(super) date: When,
    /// Which date of the text.
    pub(super) mention: usize,
    /// Where its sentence begins.
    pub(super) sentence: (Place, usize),
}

/// All that one text may tell of, as it is read once, to learn from.
pub(crate) type Told = Vec<(Case, Kin)>;

/// The kinds of which one is to another.
fn kinds(one: &Kin, other: &Kin) -> [bool; KINDS] {
    let is_act = one.act == other.act;
    let is_date = one.date == other.date;
    let is_mention = one.mention == other.mention;
    let is_sentence = one.sentence == other.sentence && !is_mention;
    [
        is_mention && is_date && !is_act,
        is_mention && !is_date,
        is_sentence && is_act,
        is_sentence && !is_act,
        !is_mention && is_act && !is_date,
        !is_mention && is_act && is_date,
        !is_mention && !is_act && is_date,
    ]
}

/// The numbers of all that a text may tell of, given the sums of their weights.
pub(super) fn features(all: &[(Kin, f32)]) -> Vec<[f32; FEATURES]> {
    let mut heard = all.iter().enumerate().collect::<Vec<_>>();
    if heard.len() > HEARD {
        heard.select_nth_unstable_by(HEARD, |(_, (_, a)), (_, (_, b))| b.total_cmp(a));
        heard.truncate(HEARD);
    }
    let of = |(at, (one, sum)): (usize, &(Kin, f32))| {
        let mut highest = [None::<f32>; KINDS];
        for (_, (other, rival)) in heard.iter().filter(|(place, _)| *place != at) {
            let kinds = kinds(one, other).into_iter();
            for (best, _) in highest.iter_mut().zip(kinds).filter(|(_, is_kind)| *is_kind) {
                *best = Some(best.map_or(*rival, |best| best.max(*rival)));
            }
        }
        let mut features = [0.0; FEATURES];
        features[0] = sum / SCALE;
        for (kind, best) in highest.into_iter().enumerate() {
            features[1 + kind] = best.unwrap_or_default() / SCALE;
            features[1 + KINDS + kind] = f32::from(u8::from(best.is_none()));
        }
        features
    };
    all.iter().enumerate().map(of).collect()
}

/// Learns the weights, the trust in so many words, and what others say, from texts, each of which may be read in some ways.
pub(crate) fn learn(texts: &[Vec<Told>], words: usize, ridge: f64) -> (Linear, Trust, Linear) {
    let fit = |without: Option<usize>| {
        let texts = texts.iter().enumerate().filter(|(at, _)| Some(at % FOLDS) != without);
        let cases = texts.flat_map(|(_, ways)| ways.iter().flatten().map(|(case, _)| case.clone()));
        trust::learn(cases.collect(), words, ridge)
    };
    let mut cases = Vec::new();
    for fold in 0..FOLDS {
        let (linear, trust) = fit(Some(fold));
        for told in texts.iter().skip(fold).step_by(FOLDS).flatten() {
            let sum = |((numbers, _), near): &Case| linear.sum(numbers) + trust.of(near);
            let seen = told.iter().map(|(case, kin)| (*kin, sum(case))).collect::<Vec<_>>();
            let labels = told.iter().map(|(((_, label), _), _)| *label);
            cases.extend(features(&seen).into_iter().map(|of| of.to_vec()).zip(labels));
        }
    }
    let (linear, trust) = fit(None);
    (linear, trust, Linear::fit(&cases, ridge))
}

#[cfg(test)]
mod tests {
    use super::{FEATURES, KINDS, Kin, features, learn};
    use crate::{Act, Place, When};

    fn kin(act: Act, date: &str, mention: usize) -> Kin {
        Kin { act, date: When::parse(date).unwrap(), mention, sentence: (Place::Text, mention) }
    }

    #[test]
    fn another_act_of_the_date_is_a_rival() {
        let told = [
            (kin(Act::Adopted, "2024-03-04", 1), 3.0),
            (kin(Act::InForce, "2024-03-04", 1), -6.0),
            (kin(Act::Adopted, "2024-03-04", 2), 1.5),
        ];
        let [first, second, _] = features(&told).try_into().unwrap();
        assert_eq!((first[0], first[1], first[6]), (1.0, -2.0, 0.5));
        assert_eq!((second[1], second[1 + KINDS]), (1.0, 0.0));
        assert_eq!((second[6], second[6 + KINDS]), (0.0, 1.0));
        assert_eq!(features(&[]), [[0.0; FEATURES]; 0]);
    }

    #[test]
    fn of_thousands_those_that_say_most_are_heard() {
        let many = (0..5_000_u16)
            .map(|n| (kin(Act::Adopted, "2024-03-04", n.into()), f32::from(n) / 1_000.0));
        let told = features(&many.collect::<Vec<_>>());
        assert!(told[..4_999].iter().all(|of| of[6] == 4.999 / 3.0));
        assert_eq!(told[4_999][6], 4.998 / 3.0);
    }

    #[test]
    fn nothing_is_learnt_from_nothing() {
        let (linear, trust, rivals) = learn(&[], 1, 1.0);
        assert!(
            linear.bias.is_finite() && rivals.bias.is_finite() && trust.of_word(Some(0)) == 0.0
        );
    }
}
