//! Polls sources, reads pages, extracts articles. The only crate that reads the network.
//!
//! It knows nothing of tags, of the store or of the clock: `now` is an argument, and what it finds is returned,
//! never kept. Start with [`Crawler`]: `poll` and `read` are the two verbs, everything else serves them.

// What is followed, and what comes of it.
mod article;
mod entry;
mod moment;
mod source;

// The two verbs, and what an operator asks beside them.
mod check;
mod crawler;
mod discover;
mod error;
mod fault;

// How a page is got: the gate, the one client, the site's own rules, whose turn it is.
mod address;
mod fetch;
mod politeness;
mod robots;

// Bytes in, meaning out: pure functions, used by the command line as well.
mod canonical;
mod date;
pub mod extract;
pub mod feed;
mod listed;
pub mod opml;
pub mod pdf;
mod plain;
mod selector;
mod xml;

/// What hostile bytes reach without a network, for `fuzz/`.
#[cfg(fuzzing)]
pub mod unguarded {
    pub use crate::robots::permits;
    use crate::{Entry, Error, Page, Source};

    /// The entries of a source's answer.
    ///
    /// # Errors
    /// As `poll` has them.
    pub fn list(source: &Source, page: &Page) -> Result<Vec<Entry>, Error> {
        crate::listed::list(source, page).map(|part| part.entries)
    }
}

pub use article::{Article, Page, Reading};
pub use check::Checked;
pub use crawler::{Crawler, Settings};
pub use discover::{Discovery, Offer};
pub use entry::{Entry, Listed, Poll, Validators};
pub use error::Error;
pub use extract::language::language_of;
pub use fault::{Fault, Trouble};
pub use moment::Moment;
pub use robots::RobotsTxt;
pub use selector::check_selector;
pub use source::{
    ArticleSelectors, Format, JsonPointers, ListingSelectors, Publisher, Source, SourceId,
};
