//! What is kept and how it is found: the store (SQL) and the full-text index (tantivy) behind one façade.
//!
//! It knows nothing of HTTP, of pages or mails, and of the clock. The store is the truth; the full-text index is
//! derived from its change log and may be deleted at any time. Start with [`Index`].

// The nouns.
mod correction;
mod health;
mod item;
mod page;
mod query;
mod source_state;
mod story;
mod subscription;

// What both queries and texts go through.
mod fold;

// Which texts report one event.
mod event;

// The two halves.
mod fulltext;
mod store;

// What of their answers is worth keeping.
mod kept;

// The façade.
mod error;
mod facade;
mod guarded;
mod meaning;

pub use correction::{Complaint, Correction, Decided, Report, ReportState, Reported, Verdict};
pub use error::Error;
pub use event::Shared;
pub use facade::{Index, Progress};
pub use health::{Condition, Habit, Health};
pub use item::{
    Inserted, Item, ItemId, NewItem, NextLook, ReadEntry, Revised, Revision, SourceRef,
};
pub use meaning::Embed;
pub use page::{Answer, Facet, FacetCount, Hit, Page, Paging, Window};
pub use query::{
    Choice, Dates, Expression, Query, QueryError, Sort, Suggestion, Toggles, Widening, suggest,
};
pub use source_state::{EntryFailure, PollStatus, Setback, SourceState};
pub use store::{Letter, Look, Pending, Store, believed};
pub use story::{Story, StoryId, StoryTie, StoryWord};
pub use subscription::{NewSubscription, Refusal, Rhythm, Subscription};
