//! `Fault`: what is wrong with a source or a page, as finely as what one can do about it differs.

use crate::Error;

/// What kind of failure it is, for whoever looks after the sources.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// robots.txt forbids it.
    Robots,
    /// robots.txt cannot be read, so nothing else may be.
    RobotsUnknown,
    /// The server refuses us: 401, 402, 403, 407 or 451.
    Refused,
    /// The server asks to be left alone for a while: 429, or 503 with the time.
    Rest,
    /// 404.
    NotFound,
    /// 410.
    Gone,
    /// Any other 5xx.
    Server,
    /// Any other status that is no answer.
    Status,
    /// The host's name has no address.
    Unresolved,
    /// The host's certificate is at fault.
    Certificate,
    /// There is no connection.
    Unreachable,
    /// The connection broke off in the middle of the answer.
    CutOff,
    /// No complete answer in time.
    Timeout,
    /// More bytes than are allowed.
    TooLarge,
    /// More headers than anybody sends who means well.
    Headers,
    /// Redirects that lead nowhere.
    Redirects,
    /// The address must not be read.
    Address,
    /// Something else than the list that the catalogue promises.
    NotAFeed,
    /// A list in which nothing is found.
    NotListed,
    /// A page without an article.
    NoArticle,
    /// The catalogue's entry cannot be used.
    Settings,
}

/// What the faults have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It cannot be reached, or does not answer with what it should.
    Down,
    /// It answers, and turns us away.
    Blocked,
    /// It answers as it should, and lists nothing.
    Empty,
}

impl Fault {
    const ALL: [Self; 21] = [
        Self::Robots,
        Self::RobotsUnknown,
        Self::Refused,
        Self::Rest,
        Self::NotFound,
        Self::Gone,
        Self::Server,
        Self::Status,
        Self::Unresolved,
        Self::Certificate,
        Self::Unreachable,
        Self::CutOff,
        Self::Timeout,
        Self::TooLarge,
        Self::Headers,
        Self::Redirects,
        Self::Address,
        Self::NotAFeed,
        Self::NotListed,
        Self::NoArticle,
        Self::Settings,
    ];

    /// The word that it is kept under.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Robots => "robots",
            Self::RobotsUnknown => "robots-unknown",
            Self::Refused => "refused",
            Self::Rest => "rest",
            Self::NotFound => "not-found",
            Self::Gone => "gone",
            Self::Server => "server",
            Self::Status => "status",
            Self::Unresolved => "unresolved",
            Self::Certificate => "certificate",
            Self::Unreachable => "unreachable",
            Self::CutOff => "cut-off",
            Self::Timeout => "timeout",
            Self::TooLarge => "too-large",
            Self::Headers => "headers",
            Self::Redirects => "redirects",
            Self::Address => "address",
            Self::NotAFeed => "not-a-feed",
            Self::NotListed => "not-listed",
            Self::NoArticle => "no-article",
            Self::Settings => "settings",
        }
    }

    /// Reads a slug.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.slug() == slug)
    }

    /// What it has in common with others.
    pub fn trouble(self) -> Trouble {
        match self {
            Self::Robots | Self::Refused | Self::Rest => Trouble::Blocked,
            Self::NotListed => Trouble::Empty,
            _ => Trouble::Down,
        }
    }

    /// Whether the host itself is at fault, so that there is no use in asking it for anything else.
    pub(crate) fn is_of_host(self) -> bool {
        matches!(
            self,
            Self::RobotsUnknown
                | Self::Rest
                | Self::Unresolved
                | Self::Certificate
                | Self::Unreachable
                | Self::Address
        )
    }
}

impl Error {
    /// What kind of failure it is.
    pub fn fault(&self) -> Fault {
        match self {
            Self::AddressRefused(_) => Fault::Address,
            Self::Robots(_) => Fault::Robots,
            Self::RobotsUnknown { .. } => Fault::RobotsUnknown,
            Self::LeftAlone(_) => Fault::Rest,
            Self::Status { status: 429, .. } => Fault::Rest,
            Self::Status { status: 503, retry_after: Some(_) } => Fault::Rest,
            Self::Status { status: 401..=403 | 407 | 451, .. } => Fault::Refused,
            Self::Status { status: 404, .. } => Fault::NotFound,
            Self::Status { status: 410, .. } => Fault::Gone,
            Self::Status { status: 500..=599, .. } => Fault::Server,
            Self::Status { .. } => Fault::Status,
            Self::Unreachable(why) if why.contains(crate::error::UNRESOLVED) => Fault::Unresolved,
            Self::Unreachable(why) if why.contains(crate::error::CERTIFICATE) => Fault::Certificate,
            Self::Unreachable(_) => Fault::Unreachable,
            Self::CutOff(_) => Fault::CutOff,
            Self::Timeout(_) => Fault::Timeout,
            Self::TooLarge(_) => Fault::TooLarge,
            Self::Headers(_) => Fault::Headers,
            Self::Redirects(_) => Fault::Redirects,
            Self::NotAFeed(_) => Fault::NotAFeed,
            Self::NothingListed(_) => Fault::NotListed,
            Self::NoArticle(_) => Fault::NoArticle,
            Self::Settings(_) => Fault::Settings,
        }
    }
}
