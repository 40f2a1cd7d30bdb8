//! `Item`: what is kept and tagged.

use std::fmt;

use chrono::{DateTime, Utc};
use classifier::Tags;
use crawler::{Article, Moment, Publisher, SourceId};

/// An item's public name: eight characters of Crockford's base 32, in lower case. Never changes.
///
/// It is a one-to-one scrambling of the store's key over 40 bits, so that ids neither collide nor tell how many
/// there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ItemId(pub(crate) i64);

impl ItemId {
    /// The store's key.
    pub fn key(self) -> i64 {
        self.0
    }

    /// Reads what `Display` writes; `None` if it cannot be an id.
    pub fn parse(_text: &str) -> Option<Self> {
        todo!()
    }
}

impl fmt::Display for ItemId {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}

/// A story's public name: `s` and the id of the item that founded it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StoryId(pub(crate) i64);

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", ItemId(self.0))
    }
}

/// Where an item came from, as rows and pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRef {
    /// The source's id in the catalogue.
    pub id: SourceId,
    /// What readers see.
    pub name: String,
    /// Who speaks.
    pub publisher: Publisher,
}

/// One item, without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Its public name.
    pub id: ItemId,
    /// The page's address.
    pub url: String,
    /// The headline.
    pub title: String,
    /// The authors.
    pub byline: Option<String>,
    /// When it was published; a date more than two days ahead of `first_seen` is not believed.
    pub published: Option<Moment>,
    /// When Lexwatch first kept it.
    pub first_seen: DateTime<Utc>,
    /// Who brought it.
    pub source: SourceRef,
    /// BCP 47 primary language.
    pub language: Option<String>,
    /// What it is about.
    pub tags: Tags,
    /// The story it belongs to.
    pub story: StoryId,
    /// How many versions of it are kept, from 1.
    pub revisions: i64,
}

/// What is to be kept of a page that was read.
#[derive(Debug, Clone, Copy)]
pub struct NewItem<'a> {
    /// Who brought it.
    pub source: &'a SourceId,
    /// The article; its `url`, or else the entry's, is the item's address.
    pub article: &'a Article,
    /// What it is about.
    pub tags: &'a Tags,
    /// When it was read.
    pub seen: DateTime<Utc>,
}

/// What became of a new item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inserted {
    /// It is kept under this id.
    New(ItemId),
    /// Its address was known already; nothing changed.
    Known(ItemId),
}
