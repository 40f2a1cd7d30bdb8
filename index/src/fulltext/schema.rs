//! The fields of the full-text index.

use classifier::CODEBOOK;
use tantivy::Term;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};

use super::tokenizer::TERMS;
use crate::Facet;

/// Grows with every change of the fields or of how texts are analysed: an index of another shape is made again.
const SHAPE: u32 = 6;

/// The names of fast fields.
pub(super) const ID: &str = "id";
pub(super) const CHANGE: &str = "change";
pub(super) const DATE: &str = "date";
pub(super) const POLICY: &str = "policy";
pub(super) const WEIGHT: &str = "weight";
pub(super) const STORY: &str = "story";

/// What this program's index looks like.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// The item's key.
    pub(super) id: Field,
    /// The number of its first line in the change log.
    pub(super) change: Field,
    /// Publication, or first sight, in milliseconds.
    pub(super) date: Field,
    /// 1 if it is about policy.
    pub(super) policy: Field,
    /// What its score is multiplied with, in thousandths.
    pub(super) weight: Field,
    /// The number of its story; 0 while it is the story's only item.
    pub(super) story: Field,
    /// Title, lead and body, stemmed, with positions.
    pub(super) text: Field,
    /// The title, stemmed.
    pub(super) title: Field,
    /// Every word as it is written, but for case, accents and width.
    pub(super) word: Field,
    /// The language in which it was analysed.
    pub(super) analysed: Field,
    facets: [Field; Facet::ALL.len()],
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let words = |tokenizer, record, fieldnorms| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(record)
                .set_fieldnorms(fieldnorms);
            TextOptions::default().set_indexing_options(indexing)
        };
        let value = || words("raw", IndexRecordOption::Basic, false) | FAST;
        Self {
            id: schema.add_i64_field(ID, INDEXED | FAST),
            change: schema.add_i64_field(CHANGE, FAST),
            date: schema.add_i64_field(DATE, FAST),
            policy: schema.add_u64_field(POLICY, FAST),
            weight: schema.add_u64_field(WEIGHT, FAST),
            story: schema.add_i64_field(STORY, FAST),
            text: schema.add_text_field(
                "text",
                words(TERMS, IndexRecordOption::WithFreqsAndPositions, true),
            ),
            title: schema.add_text_field("title", words(TERMS, IndexRecordOption::WithFreqs, true)),
            word: schema.add_text_field("word", words(TERMS, IndexRecordOption::Basic, false)),
            analysed: schema
                .add_text_field("analysed", words("raw", IndexRecordOption::Basic, false)),
            facets: Facet::ALL.map(|facet| schema.add_text_field(facet.slug(), value())),
            schema: schema.build(),
        }
    }

    /// The field of a facet's values; the fast field has its slug as name.
    pub(super) fn facet(&self, facet: Facet) -> Field {
        self.facets[facet as usize]
    }

    /// The term of a facet's value.
    pub(super) fn value(&self, facet: Facet, value: &str) -> Term {
        Term::from_field_text(self.facet(facet), value)
    }
}

/// How much of the change log a commit holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// The last number that it holds.
    pub(super) position: i64,
    /// What an index that was begun anew is to hold before it answers.
    pub(super) goal: i64,
}

impl Mark {
    /// Whether it may answer: otherwise readers would take what is not there yet for all there is.
    pub(super) fn is_whole(self) -> bool {
        self.position >= self.goal
    }

    /// What the commit carries: the shape of the index and the position; the goal only until it is reached.
    pub(super) fn payload(self) -> String {
        let Self { position, goal } = self;
        let goal = if self.is_whole() { String::new() } else { format!(" {goal}") };
        format!("{SHAPE} {CODEBOOK} {position}{goal}")
    }

    /// Reads that; `None` if it is of another shape.
    pub(super) fn parse(payload: &str) -> Option<Self> {
        let numbers = payload.strip_prefix(&format!("{SHAPE} {CODEBOOK} "))?;
        let (position, goal) = numbers.split_once(' ').unwrap_or((numbers, numbers));
        Some(Self { position: position.parse().ok()?, goal: goal.parse().ok()? })
    }
}
