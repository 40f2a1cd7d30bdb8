//! `Draft`: a letter before it is bytes.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use url::{Host, Url};

use crate::plain::clean;

/// Parts a letter's two texts. Quoted-printable, in which both are written, never has `=_` (RFC 2045, section 6.7).
const BOUNDARY: &str = "=_lexwatch";

/// How long a subject may be, in characters.
const SUBJECT: usize = 120;

/// One letter to one reader, as text and as HTML.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) from: &'a Mailbox,
    pub(super) operator: Option<&'a Mailbox>,
    pub(super) to: &'a str,
    pub(super) subject: &'a str,
    pub(super) text: String,
    pub(super) html: String,
    /// What the letter is and which, the same whenever it is composed: the left side of its Message-ID.
    pub(super) name: String,
    pub(super) date: DateTime<Utc>,
    /// The site that sends it.
    pub(super) site: &'a Url,
    /// Where one request ends the subscription (RFC 8058); letters that nobody subscribed to have none.
    pub(super) unsubscribe: Option<String>,
}

impl Draft<'_> {
    /// The message of RFC 5322, with CRLF, all ASCII. Whatever came from outside cannot add a header: addresses are
    /// parsed, the subject is one line, everything else is ours.
    pub(super) fn write(self) -> anyhow::Result<Vec<u8>> {
        let host = host(self.site);
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, self.to.parse()?))
            .subject(clean(self.subject, SUBJECT))
            .date(SystemTime::from(self.date))
            .message_id(Some(format!("<{}@{host}>", self.name)))
            // RFC 3834: no holiday notice is wanted in return.
            .raw_header(header("Auto-Submitted", "auto-generated"));
        if let Some(operator) = self.operator {
            message = message.reply_to(operator.clone());
        }
        if let Some(address) = self.unsubscribe {
            message = message
                .raw_header(header("List-Id", &format!("Lexwatch briefings <briefings.{host}>")))
                .raw_header(header("List-Unsubscribe", &format!("<{address}>")))
                .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let parts = MultiPart::alternative()
            .boundary(BOUNDARY)
            .singlepart(part(ContentType::TEXT_PLAIN, self.text))
            .singlepart(part(ContentType::TEXT_HTML, self.html));
        Ok(message.multipart(parts)?.formatted())
    }
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn part(content: ContentType, body: String) -> SinglePart {
    SinglePart::builder()
        .header(content)
        .header(ContentTransferEncoding::QuotedPrintable)
        .body(body)
}

/// The site's name for ids; RFC 2919 gives `localhost` to lists without a name of their own.
fn host(site: &Url) -> &str {
    match site.host() {
        Some(Host::Domain(domain)) => domain,
        Some(Host::Ipv4(_) | Host::Ipv6(_)) | None => "localhost",
    }
}
