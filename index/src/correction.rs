//! What people say of an item's tags: corrections, which win over the model, and reports, which wait for a person.

use chrono::{DateTime, Utc};
use classifier::{Action, Label};

use crate::ItemId;

/// Who decided something about tags, why, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Who; shown to readers.
    pub by: String,
    /// Why; shown to readers.
    pub why: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// A person's word on one tag of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Whether the tag belongs to the item.
    pub action: Action,
    /// Which.
    pub label: Label,
    /// Whose word it is.
    pub verdict: Verdict,
}

impl Correction {
    /// Whether the same person says the same of the same tag, for the same reason.
    pub fn repeats(&self, other: &Self) -> bool {
        let (own, others) = (&self.verdict, &other.verdict);
        (self.action, self.label) == (other.action, other.label)
            && (&own.by, &own.why) == (&others.by, &others.why)
    }
}

/// What a reader finds wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Complaint {
    /// A tag that does not belong there; `None` where the vocabulary no longer has it.
    Wrong(Option<Label>),
    /// A tag is missing.
    Missing,
    /// Something else.
    Other,
}

impl Complaint {
    /// The word in the store and on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Wrong(_) => "wrong",
            Self::Missing => "missing",
            Self::Other => "other",
        }
    }

    /// The tag that is said to be wrong.
    pub fn label(self) -> Option<Label> {
        match self {
            Self::Wrong(label) => label,
            Self::Missing | Self::Other => None,
        }
    }
}

/// What became of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportState {
    /// Nobody has looked at it.
    Waiting,
    /// The reader was right.
    Accepted,
    /// The tags stay.
    Rejected,
}

impl ReportState {
    /// The word in the store and on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

/// A reader's report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The store's key.
    pub key: i64,
    /// About which item.
    pub item: ItemId,
    /// What is wrong.
    pub complaint: Complaint,
    /// In the reader's words; may be empty.
    pub words: String,
    /// When it came.
    pub at: DateTime<Utc>,
    /// What became of it.
    pub state: ReportState,
    /// Who decided so; `None` while it waits.
    pub verdict: Option<Verdict>,
}

/// What became of an attempt to report something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// It waits for a person; so did the same report if there was one.
    Waiting,
    /// Too many wait already, on this item or on all.
    Full,
}

/// What became of an attempt to decide a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Decided {
    /// It is decided.
    Done(Report),
    /// It had been decided before; nothing changed.
    Before(Report),
    /// There is no such report.
    Unknown,
}
