//! The codebook's vocabulary as types, and what tags a text with it.
//!
//! It knows nothing of the network, of the store, of HTML or of the clock; its only files are its own, built in.
//! Start with [`Classifier::classify`]; the nouns below are what everybody else speaks.

// The vocabulary.
mod development;
mod instrument;
mod jurisdiction;
mod stage;
mod topic;
mod wire;

// What is tagged, and with what.
mod correct;
mod embedding;
mod label;
mod near;
mod tags;
mod text;

// How.
mod authority;
mod classifier;
mod data;
mod dates;
mod decide;
#[cfg(feature = "bert")]
mod embedder;
mod error;
mod evaluate;
mod findings;
mod fold;
mod gazetteer;
mod lexicon;
mod linear;
mod meaning;
mod mention;
mod model;
mod reading;
mod train;
mod wordbook;

pub use classifier::Classifier;
pub use correct::{Action, NotPolicy};
pub use development::{Act, Development, When};
#[cfg(feature = "bert")]
pub use embedder::Embedder;
pub use embedding::{DIMENSIONS, Embedding, passage};
pub use error::Error;
pub use evaluate::{Confusion, Evaluation, Measure, evaluate};
pub use instrument::{Day, Days, Instrument, Milestone, Status};
pub use jurisdiction::Jurisdiction;
pub use label::{Label, Unknown};
pub use mention::{Mention, field_words, mentions};
pub use model::Model;
pub use near::{edits, nearest};
pub use stage::Stage;
pub use tags::{Evidence, Place, Tag, Tags};
pub use text::Text;
pub use topic::Topic;
pub use train::{Example, Question, Told, train};

/// The version of the codebook that the vocabulary and the rules follow.
pub const CODEBOOK: &str = "2026-11";
