//! What can go wrong between a source and its article, by what the caller can do about it.

use std::time::Duration;

/// How [`Error::Unreachable`] says that a name has no address, or that a certificate is at fault.
pub(crate) const UNRESOLVED: &str = "cannot be resolved";
pub(crate) const CERTIFICATE: &str = "the certificate of";

/// Why a source could not be polled or a page not be read. The text is shown to operators and readers.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The address, or one that it redirects to or resolves to, must not be read.
    #[error("address refused: {0}")]
    AddressRefused(String),
    /// robots.txt forbids it.
    #[error("robots.txt of {0} forbids this address")]
    Robots(String),
    /// robots.txt cannot be read, which forbids everything (RFC 9309, section 2.3.1.4).
    #[error("robots.txt of {origin} cannot be read: {why}")]
    RobotsUnknown {
        /// Scheme, host and port.
        origin: String,
        /// What came instead.
        why: String,
    },
    /// The server answered with an error status.
    #[error("the server answered {status}")]
    Status {
        /// HTTP status code.
        status: u16,
        /// How long the server asks to be left alone.
        retry_after: Option<Duration>,
    },
    /// The host asked to be left alone, and that is not over.
    #[error("the host asks to be left alone for another {}", span(*.0))]
    LeftAlone(Duration),
    /// No connection.
    #[error("not reached: {0}")]
    Unreachable(String),
    /// An answer that ends too early, or cannot be unpacked.
    #[error("the answer breaks off: {0}")]
    CutOff(String),
    /// A head that is far too large.
    #[error("{0} sends more headers than are read")]
    Headers(String),
    /// Too slow.
    #[error("no complete answer within {} seconds", .0.as_secs())]
    Timeout(Duration),
    /// More bytes than are allowed.
    #[error("the body is larger than {}", size(*.0))]
    TooLarge(u64),
    /// A chain of redirects that does not end, or leads nowhere.
    #[error("redirects: {0}")]
    Redirects(String),
    /// What came is not what the catalogue says.
    #[error("not a feed: {0}")]
    NotAFeed(String),
    /// A listing in which nothing was found.
    #[error("nothing listed: {0}")]
    NothingListed(String),
    /// A page without an article.
    #[error("no article: {0}")]
    NoArticle(String),
    /// The catalogue's entry cannot be used.
    #[error("the source's settings: {0}")]
    Settings(String),
}

impl Error {
    /// Whether trying the same page again is pointless.
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Status { status, .. } => {
                (400..500).contains(status) && !matches!(status, 408 | 425 | 429)
            }
            Self::AddressRefused(_)
            | Self::Robots(_)
            | Self::TooLarge(_)
            | Self::Headers(_)
            | Self::Redirects(_)
            | Self::NotAFeed(_)
            | Self::NothingListed(_)
            | Self::NoArticle(_)
            | Self::Settings(_) => true,
            Self::RobotsUnknown { .. }
            | Self::Unreachable(_)
            | Self::CutOff(_)
            | Self::Timeout(_)
            | Self::LeftAlone(_) => false,
        }
    }

    /// How long the server asked to be left alone.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            Self::LeftAlone(wait) => Some(*wait),
            _ => None,
        }
    }
}

fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// `40 seconds`, `12 minutes`, `23 hours`: rounded up.
fn span(time: Duration) -> String {
    let seconds = time.as_secs();
    let (number, unit) = match seconds {
        0..=90 => (seconds, "second"),
        91..=5400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}
