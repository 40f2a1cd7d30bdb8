//! `Tags`: what was found about a text, each tag with its score and the words that led to it.

use serde::{Deserialize, Serialize};

use crate::{Development, Instrument, Jurisdiction, Stage, Topic};

/// Where a piece of evidence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the headline.
    Title,
    /// In the main text.
    Text,
}

/// A span of the text that led to a tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Headline or text.
    #[serde(rename = "in")]
    pub place: Place,
    /// First character, in Unicode scalar values.
    pub start: usize,
    /// One past the last character, in Unicode scalar values.
    pub end: usize,
    /// The very words.
    pub quote: String,
}

/// A value, how sure it is (0 to 1), and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tag<T> {
    /// What is claimed.
    pub value: T,
    /// How sure, 0 to 1.
    pub score: f32,
    /// The words that led to it, strongest first; at most a handful.
    pub evidence: Vec<Evidence>,
}

/// All tags of one item. When `policy` is false, all others are empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tags {
    /// Is it about law, regulation or state policy? The score is that of *policy*, also when the value is false.
    pub policy: Tag<bool>,
    /// Whose, best first.
    pub jurisdictions: Vec<Tag<Jurisdiction>>,
    /// About what, best first, at most four.
    pub topics: Vec<Tag<Topic>>,
    /// Where in its life the measure is.
    pub stage: Option<Tag<Stage>>,
    /// Which named laws, best first.
    pub instruments: Vec<Tag<Instrument>>,
    /// Which dated acts, in time order.
    #[serde(default)]
    pub developments: Vec<Development>,
    /// What gave the tags: a version that changes when the tags may.
    pub model: String,
}

impl Tags {
    /// Those of a text that is not about policy.
    pub(crate) fn without_policy(policy: Tag<bool>, model: String) -> Self {
        Self {
            policy,
            jurisdictions: Vec::new(),
            topics: Vec::new(),
            stage: None,
            instruments: Vec::new(),
            developments: Vec::new(),
            model,
        }
    }
}
