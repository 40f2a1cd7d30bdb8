//! How well tags agree with people's, as measured on labelled texts that were not learnt from.
//!
//! The figures are what `lexwatch evaluate classifier/data/held_back.jsonl --json` says of the model that is built in;
//! a test runs it again.

use std::collections::HashMap;
use std::sync::LazyLock;

use classifier::Topic;
use serde::Deserialize;

/// `classifier/data/accuracy.json`, read once; `None` only if somebody breaks the file.
static MEASURED: LazyLock<Option<Measured>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../../classifier/data/accuracy.json")).ok()
});

#[derive(Deserialize)]
struct Measured {
    texts: u32,
    measures: Vec<Measure>,
    stage_accuracy: f64,
}

#[derive(Deserialize)]
struct Measure {
    tag: String,
    right: u32,
    missed: u32,
    precision: f64,
    precision_95: (f64, f64),
    recall: f64,
    recall_95: (f64, f64),
}

/// What the page shows of it.
pub(super) struct Accuracy {
    /// On how many texts.
    pub(super) texts: u32,
    pub(super) rows: Vec<Row>,
    /// How many stages in a hundred are right.
    pub(super) stages: String,
}

/// A tag, or all of a kind.
pub(super) struct Row {
    pub(super) name: String,
    /// How many texts deserve it.
    pub(super) deserved: u32,
    /// Of a hundred that have the tag, how many deserve it; and between what that lies with 95 % confidence.
    pub(super) precision: Share,
    /// Of a hundred that deserve it, how many have it.
    pub(super) recall: Share,
}

/// A part of a hundred.
pub(super) struct Share {
    pub(super) part: String,
    pub(super) between: String,
}

/// The figures, kinds of tags first and then each topic.
pub(super) fn accuracy() -> Option<Accuracy> {
    let measured = MEASURED.as_ref()?;
    let by_tag: HashMap<_, _> = measured.measures.iter().map(|one| (&*one.tag, one)).collect();
    let kinds = [
        ("policy/true", "About policy"),
        ("policy/false", "Not about policy"),
        ("jurisdictions", "Jurisdictions"),
        ("instruments", "Laws"),
        ("developments", "Dated acts"),
        ("topics", "Topics, all"),
    ];
    let kinds = kinds.map(|(tag, name)| (tag.to_owned(), name.to_owned()));
    let topics =
        Topic::ALL.map(|topic| (format!("topics/{}", topic.slug()), topic.name().to_owned()));
    let rows = kinds.into_iter().chain(topics).filter_map(|(tag, name)| {
        let one = by_tag.get(&*tag)?;
        Some(Row {
            name,
            deserved: one.right + one.missed,
            precision: Share::of(one.precision, one.precision_95),
            recall: Share::of(one.recall, one.recall_95),
        })
    });
    Some(Accuracy {
        texts: measured.texts,
        rows: rows.collect(),
        stages: format!("{:.0}", measured.stage_accuracy * 100.0),
    })
}

impl Share {
    fn of(share: f64, (low, high): (f64, f64)) -> Self {
        Self {
            part: format!("{:.0}", share * 100.0),
            between: format!("{:.0} to {:.0}", low * 100.0, high * 100.0),
        }
    }
}
