//! What can go wrong with what is kept, by what the caller can do about it.

/// Why something could not be kept or found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The cursor is not one of ours.
    #[error("the cursor is not valid: start again without it")]
    Cursor,
    /// Another process writes the full-text index; it will follow the store by itself.
    #[error("another process writes the full-text index")]
    Busy,
    /// The database failed.
    #[error("store: {0}")]
    Store(#[from] sqlx::Error),
    /// A migration failed, or the database is newer than this program.
    #[error("store: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// What is kept cannot be read.
    #[error("store: {0}")]
    Corrupt(String),
    /// The full-text index failed.
    #[error("full-text index: {0}")]
    Fulltext(#[from] tantivy::TantivyError),
    /// A file or folder failed.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}
