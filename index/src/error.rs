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
    /// The configured store is of no kind that this program knows.
    #[error("store: `{0}` is not a store that this program can open; `sqlite` is")]
    Unsupported(String),
    /// The database was written by a newer program.
    #[error(
        "store: the database is of version {found}, this program knows up to {known}: use a newer lexwatch"
    )]
    Newer {
        /// The database's version.
        found: i64,
        /// The last that this program knows.
        known: i64,
    },
    /// An article has no address that it could be kept under.
    #[error("store: an article needs an address of at most {} bytes", crate::Store::MAX_URL)]
    Address,
    /// There is no source of this id.
    #[error("store: there is no source `{0}`")]
    UnknownSource(String),
    /// A tag was to be added to an item that is not about policy.
    #[error("{0}")]
    NotPolicy(#[from] classifier::NotPolicy),
    /// The database failed.
    #[error("store: {0}")]
    Store(#[from] sqlx::Error),
    /// A migration failed.
    #[error("store: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// What is kept cannot be read.
    #[error("store: {0}")]
    Corrupt(String),
    /// The system gave no random numbers for a token.
    #[error("no random numbers: {0}")]
    Random(#[from] getrandom::Error),
    /// The full-text index fails under this process; whoever follows the change log looks after it.
    #[error("the full-text index cannot be read: {0}; `lexwatch reindex` makes it again")]
    Damaged(String),
    /// The full-text index is being made, and is not asked before it holds what there was when that began.
    #[error("the full-text index is being made: {done} of {of} changes are in it")]
    Unfinished {
        /// Up to which number of the change log it holds everything.
        done: i64,
        /// Up to which it is to.
        of: i64,
    },
    /// The process that was asked to make the full-text index again could not.
    #[error("the full-text index could not be made again: {0}")]
    Rebuild(String),
    /// The full-text index failed.
    #[error("full-text index: {0}")]
    Fulltext(#[from] tantivy::TantivyError),
    /// What gives texts their meaning failed.
    #[error("the meaning of a text: {0}")]
    Meaning(String),
    /// A file or folder failed.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: String,
        /// Why.
        source: std::io::Error,
    },
}
