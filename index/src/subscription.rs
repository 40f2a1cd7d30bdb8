//! `Subscription`: a saved query with a rhythm and a mark.

use chrono::{DateTime, Utc};

use crate::Query;

/// How often a briefing is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// As soon as there is something.
    Now,
    /// Once a day.
    Daily,
    /// Once a week, on Monday.
    Weekly,
}

impl Rhythm {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Now, Self::Daily, Self::Weekly];

    /// The word in forms and on the command line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Now => "now",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// Reads a slug.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.slug() == slug)
    }
}

/// What a subscriber asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubscription {
    /// Where the briefing goes; one address, already validated.
    pub email: String,
    /// For what.
    pub query: Query,
    /// How often.
    pub rhythm: Rhythm,
    /// An IANA time zone (`Europe/Berlin`).
    pub zone: String,
    /// The local hour of a daily or weekly briefing, 0 to 23.
    pub hour: u8,
    /// Only items first tagged after this number of the change log.
    pub mark: i64,
    /// As if it had last been served then: a daily or weekly briefing whose hour has come since is due at once.
    /// `None`: it starts to count when it is confirmed.
    pub last_run: Option<DateTime<Utc>>,
    /// Confirmed already (by the operator); otherwise it sleeps until its link is used.
    pub confirmed: bool,
    /// When it was asked for.
    pub created: DateTime<Utc>,
}

/// A subscription as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The store's key.
    pub key: i64,
    /// 128 random bits in hexadecimal: whoever has it may confirm, change and end the subscription.
    pub token: String,
    /// Where the briefing goes.
    pub email: String,
    /// For what.
    pub query: Query,
    /// How often.
    pub rhythm: Rhythm,
    /// An IANA time zone.
    pub zone: String,
    /// The local hour.
    pub hour: u8,
    /// Everything up to this number of the change log was sent or did not match.
    pub mark: i64,
    /// The mark when it began to ask for this: nothing up to there was sent.
    pub since: i64,
    /// When it was confirmed.
    pub confirmed: Option<DateTime<Utc>>,
    /// When it was asked for.
    pub created: DateTime<Utc>,
    /// When it was last looked at for a briefing: the next is due by rhythm, zone and hour after it.
    pub last_run: Option<DateTime<Utc>>,
    /// Why it rests, unconfirmed, though it was confirmed before.
    pub refusal: Option<Refusal>,
}

/// A mail server's word that it will never take a letter for a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// When it was said.
    pub at: DateTime<Utc>,
    /// What was said.
    pub why: String,
}
