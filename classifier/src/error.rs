//! What can be wrong with the classifier's own data.

/// A fault in a data file, with the file and the place in it.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {what}")]
pub struct Error {
    /// The data file.
    pub file: &'static str,
    /// What is wrong, where, and what was expected.
    pub what: String,
}
