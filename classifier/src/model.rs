//! `Model`: the weights that decide, their file, and how they are learnt.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::decide::developments::around::Around;
use crate::decide::{actors, developments, laws, policy, stage, topics};
use crate::linear::Linear;
use crate::meaning::Meaning;
use crate::wordbook::Wordbook;
use crate::{CODEBOOK, Error, Topic, data};

const FILE: &str = "classifier/data/model.toml";
const TEXT: &str = include_str!("../data/model.toml");
#[cfg(feature = "bert")]
const MEANING_FILE: &str = "classifier/data/meaning.toml";
#[cfg(feature = "bert")]
const MEANING_TEXT: &str = include_str!("../data/meaning.toml");

/// What was learnt from labelled texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The codebook that the labels follow.
    codebook: String,
    /// A digest of the labelled texts.
    training: String,
    pub(crate) policy: Linear,
    pub(crate) jurisdictions: Linear,
    pub(crate) topics: Linear,
    pub(crate) stages: Linear,
    pub(crate) laws: Linear,
    pub(crate) developments: Linear,
    /// What the other dated acts of a text say of one.
    pub(crate) rivals: Linear,
    /// The probability from which each topic counts.
    pub(crate) enough: Vec<f32>,
    /// How far words for dated acts are to be trusted.
    pub(crate) trust: BTreeMap<String, f32>,
    pub(crate) words: Wordbook,
    /// What the words around a date say of each act; nothing in a file that is older than they.
    #[serde(default)]
    pub(crate) around: Around,
    /// If it has learnt from embeddings too; a file of its own, since only few programs have them.
    #[serde(skip)]
    pub(crate) meaning: Option<Meaning>,
}

impl Model {
    /// The one that is built in.
    ///
    /// # Errors
    /// [`Error`] names the line.
    pub(crate) fn built_in() -> Result<Self, Error> {
        let model: Self = data::read(FILE, TEXT)?;
        #[cfg(feature = "bert")]
        let model = model.with_meaning(data::read(MEANING_FILE, MEANING_TEXT)?);
        Ok(model)
    }

    /// The same, and what was learnt from the embeddings of the same texts; of other texts, it does not fit.
    #[cfg(feature = "bert")]
    fn with_meaning(self, meaning: Meaning) -> Self {
        let meaning = Some(meaning).filter(|meaning| meaning.training == self.training);
        Self { meaning, ..self }
    }

    /// A model of these parts, learnt from texts with this digest.
    pub(crate) fn of(
        training: String,
        [policy, jurisdictions, topics, stages, laws, developments, rivals]: [Linear; 7],
        enough: Vec<f32>,
        (words, (trust, around)): (Wordbook, (BTreeMap<String, f32>, Around)),
    ) -> Self {
        let codebook = CODEBOOK.to_owned();
        Self {
            codebook,
            training,
            policy,
            jurisdictions,
            topics,
            stages,
            laws,
            developments,
            rivals,
            enough,
            trust,
            words,
            around,
            meaning: None,
        }
    }

    /// One that has learnt nothing yet.
    pub(crate) fn blank(words: Wordbook) -> Self {
        let blank = |size| Linear { bias: 0.0, weights: vec![0.0; size] };
        let sizes = [
            policy::FEATURES,
            actors::FEATURES,
            topics::FEATURES,
            stage::FEATURES,
            laws::FEATURES,
            developments::FEATURES,
            developments::rivals::FEATURES,
        ];
        let nothing = (words, Default::default());
        Self::of(String::new(), sizes.map(blank), vec![0.5; Topic::ALL.len()], nothing)
    }

    /// Checks that it has the weights that the decisions ask for.
    ///
    /// # Errors
    /// [`Error`] names the decision.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let mut parts = vec![
            ("policy", &self.policy, policy::FEATURES),
            ("jurisdictions", &self.jurisdictions, actors::FEATURES),
            ("topics", &self.topics, topics::FEATURES),
            ("stages", &self.stages, stage::FEATURES),
            ("laws", &self.laws, laws::FEATURES),
            ("developments", &self.developments, developments::FEATURES),
            ("rivals", &self.rivals, developments::rivals::FEATURES),
        ];
        let mut bounds = vec![&self.enough];
        if let Some(meaning) = &self.meaning {
            parts.push(("meaning.policy", &meaning.policy, policy::WITH_MEANING));
            parts.push(("meaning.topics", &meaning.topics, topics::WITH_MEANING));
            bounds.push(&meaning.enough);
        }
        for (name, linear, expected) in parts {
            let found = linear.weights.len();
            if found != expected {
                let what =
                    format!("{name}: {found} weights where {expected} are needed; train it again");
                return Err(Error { file: FILE, what });
            }
        }
        if let Some(enough) = bounds.iter().find(|enough| enough.len() != Topic::ALL.len()) {
            let what = format!("enough: {} numbers for the topics; train it again", enough.len());
            return Err(Error { file: FILE, what });
        }
        Ok(())
    }

    /// Its name: the codebook's version and the training's digest.
    pub fn version(&self) -> String {
        format!("{}-{}", self.codebook, self.training)
    }

    /// Reads the text of a model file.
    ///
    /// # Errors
    /// [`Error`] says what is wrong, and in which line.
    pub fn parse(text: &str) -> Result<Self, Error> {
        data::read("the model file", text)
    }

    /// The text of its file.
    ///
    /// # Errors
    /// [`Error`] if a weight cannot be written.
    pub fn to_text(&self) -> Result<String, Error> {
        written(self)
    }

    /// The text of the file beside it, if it has learnt from embeddings too.
    ///
    /// # Errors
    /// [`Error`] if a weight cannot be written.
    pub fn meaning_to_text(&self) -> Result<Option<String>, Error> {
        self.meaning.as_ref().map(written).transpose()
    }
}

fn written(part: &impl Serialize) -> Result<String, Error> {
    toml::to_string(part).map_err(|fault| Error { file: FILE, what: fault.to_string() })
}
