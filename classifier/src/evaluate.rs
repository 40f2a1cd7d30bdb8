//! `evaluate`: how well a classifier agrees with labelled texts.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{Classifier, Example};

/// How often a tag was given and deserved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Measure {
    /// What was measured: a kind of tag, or one tag of it (`topics`, `topics/encryption`).
    pub name: String,
    /// Given and deserved.
    pub right: u32,
    /// Given, not deserved.
    pub wrong: u32,
    /// Deserved, not given.
    pub missed: u32,
}

impl Measure {
    /// The part of what was given that was deserved; 0 if nothing was given.
    pub fn precision(&self) -> f64 {
        part(self.right, self.right + self.wrong)
    }

    /// The part of what was deserved that was given; 0 if nothing was deserved.
    pub fn recall(&self) -> f64 {
        part(self.right, self.right + self.missed)
    }

    /// The harmonic mean of the two.
    pub fn f1(&self) -> f64 {
        part(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    /// Between what the precision lies with 95 % confidence, and the recall (Wilson 1927).
    pub fn intervals(&self) -> [(f64, f64); 2] {
        [wilson(self.right, self.right + self.wrong), wilson(self.right, self.right + self.missed)]
    }
}

fn part(of: u32, all: u32) -> f64 {
    if all == 0 { 0.0 } else { f64::from(of) / f64::from(all) }
}

fn wilson(of: u32, all: u32) -> (f64, f64) {
    const Z: f64 = 1.96;
    if all == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (f64::from(all), part(of, all));
    let middle = p + Z * Z / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    ((middle - reach).max(0.0) / scale, (middle + reach).min(scale) / scale)
}

/// One tag taken for another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// The stage that was deserved, or `none`.
    pub expected: String,
    /// The stage that was given, or `none`.
    pub found: String,
    /// How often.
    pub count: u32,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Evaluation {
    /// How many texts there were.
    pub texts: u32,
    /// By name.
    pub measures: Vec<Measure>,
    /// The mean F1 of the topics that occur.
    pub topics_macro: f64,
    /// The part of the texts about policy whose stage is right.
    pub stage_accuracy: f64,
    /// Stages taken for others, most frequent first.
    pub confusions: Vec<Confusion>,
}

/// Counts by name.
type Counts = BTreeMap<String, Measure>;

/// Tags labelled texts and compares. Tags of a text that is not about policy count as wrong; the stage is measured on
/// those that are.
pub fn evaluate(classifier: &Classifier, examples: &[Example]) -> Evaluation {
    let mut counts = Counts::new();
    let mut stages = BTreeMap::<(String, String), u32>::new();
    for example in examples {
        let tags = classifier.classify(&example.as_text());
        let found = tags.policy.value;
        count(&mut counts, "policy", &[example.policy], &[found], |yes| yes.to_string());
        let found = tags.jurisdictions.iter().map(|tag| tag.value).collect::<Vec<_>>();
        count(&mut counts, "jurisdictions", &example.jurisdictions, &found, |of| of.code().into());
        let found = tags.topics.iter().map(|tag| tag.value).collect::<Vec<_>>();
        count(&mut counts, "topics", &example.topics, &found, |topic| topic.slug().into());
        let found = tags.instruments.iter().map(|tag| tag.value).collect::<Vec<_>>();
        count(&mut counts, "instruments", &example.instruments, &found, |law| law.slug().into());
        if let Some(told) = &example.developments {
            let expected = told.iter().map(|told| (told.act, told.date)).collect::<Vec<_>>();
            let found = tags.developments.iter().map(|one| (one.act, one.date)).collect::<Vec<_>>();
            count(&mut counts, "developments", &expected, &found, |(act, _)| act.slug().into());
        }
        if example.policy {
            let name = |stage: Option<crate::Stage>| stage.map_or("none", |stage| stage.slug());
            let pair = (name(example.stage), name(tags.stage.map(|tag| tag.value)));
            *stages.entry((pair.0.to_owned(), pair.1.to_owned())).or_default() += 1;
        }
    }
    summary(examples.len(), counts, &stages)
}

/// Counts what was given and deserved, in sum and for each tag.
fn count<T: PartialEq>(
    counts: &mut Counts,
    kind: &str,
    expected: &[T],
    found: &[T],
    name: impl Fn(&T) -> String,
) {
    let mut add = |tag: &T, to: fn(&mut Measure) -> &mut u32| {
        for name in [kind.to_owned(), format!("{kind}/{}", name(tag))] {
            *to(counts.entry(name).or_default()) += 1;
        }
    };
    for tag in found {
        if expected.contains(tag) {
            add(tag, |measure| &mut measure.right);
        } else {
            add(tag, |measure| &mut measure.wrong);
        }
    }
    for tag in expected.iter().filter(|tag| !found.contains(tag)) {
        add(tag, |measure| &mut measure.missed);
    }
}

fn summary(texts: usize, counts: Counts, stages: &BTreeMap<(String, String), u32>) -> Evaluation {
    let measures =
        counts.into_iter().map(|(name, measure)| Measure { name, ..measure }).collect::<Vec<_>>();
    let deserved = |measure: &&Measure| {
        measure.name.starts_with("topics/") && measure.right + measure.missed > 0
    };
    let topics = measures.iter().filter(deserved).map(Measure::f1).collect::<Vec<_>>();
    let count = |pairs: &dyn Fn(&(String, String)) -> bool| {
        stages.iter().filter(|(pair, _)| pairs(pair)).map(|(_, count)| count).sum::<u32>()
    };
    let mut confusions = stages
        .iter()
        .filter(|((expected, found), _)| expected != found)
        .map(|((expected, found), count)| Confusion {
            expected: expected.clone(),
            found: found.clone(),
            count: *count,
        })
        .collect::<Vec<_>>();
    confusions.sort_by_key(|confusion| std::cmp::Reverse(confusion.count));
    #[expect(clippy::cast_precision_loss, reason = "there are 22 topics")]
    let topics_macro = topics.iter().sum::<f64>() / topics.len().max(1) as f64;
    Evaluation {
        texts: u32::try_from(texts).unwrap_or(u32::MAX),
        topics_macro,
        stage_accuracy: part(count(&|pair| pair.0 == pair.1), count(&|_| true)),
        measures,
        confusions,
    }
}
