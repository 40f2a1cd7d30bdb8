//! Mail: how letters leave, and what they say.

use std::fmt;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use index::Letter;
use lettre::address::Envelope;
use lettre::transport::smtp::{Error as SmtpError, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use crate::config::{Mail, Transport};

// What letters say.
pub mod briefing;
pub(crate) mod confirm;
pub(crate) mod operator;

// What they are made of.
pub(crate) mod address;
mod message;
mod plain;
pub(crate) mod wording;

/// How many letters are on their way at once, each over a connection that is kept for the next.
pub(crate) const AT_ONCE: u32 = 4;

/// The longest that a mail server may take for one command.
const COMMAND: Duration = Duration::from_secs(30);

/// The longest that one letter may take in all.
const WHOLE: Duration = Duration::from_secs(180);

/// What sends mail: into a folder, or to a mail server.
pub struct Mailer {
    way: Way,
    lock: PathBuf,
    rest: Mutex<Option<DateTime<Utc>>>,
}

enum Way {
    Folder(PathBuf),
    Smtp { server: AsyncSmtpTransport<Tokio1Executor>, sender: Address },
}

/// Why a letter was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// It never will be, nor any other to this reader: there is no such mailbox.
    #[error("{0}")]
    NoReader(String),
    /// It never will be: its content is refused.
    #[error("{0}")]
    Refused(String),
    /// It may be accepted later.
    #[error("{0}")]
    Later(String),
    /// Nothing can be sent at the moment.
    #[error("{0}")]
    Unreachable(String),
}

/// Whoever holds it is the only one, in this process and among others, who sends what is due. The system takes it
/// back when its holder dies, so nobody waits for the dead.
#[derive(Debug)]
pub(crate) struct Turn {
    _lock: File,
}

/// Whether lettre can read this address of a mail server; `smtp://`, `smtps://`, or `?tls=required` for STARTTLS.
///
/// # Errors
/// With what is wrong with it; never with its password.
pub fn check_smtp_url(url: &str) -> Result<(), String> {
    match AsyncSmtpTransport::<Tokio1Executor>::from_url(url) {
        Ok(_) => Ok(()),
        Err(error) => Err(describe(&error)),
    }
}

impl Mailer {
    /// For these settings; `outbox` is where the folder transport puts letters.
    ///
    /// # Errors
    /// When the mail server's address cannot be read.
    pub fn new(settings: &Mail, outbox: PathBuf) -> anyhow::Result<Self> {
        let lock = outbox.with_extension("lock");
        let way = match &settings.transport {
            Transport::Folder => Way::Folder(outbox),
            Transport::Smtp(url) => Way::Smtp {
                server: AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .map_err(|error| anyhow::anyhow!("the mail server: {}", describe(&error)))?
                    .timeout(Some(COMMAND))
                    .pool_config(PoolConfig::new().max_size(AT_ONCE))
                    .build(),
                sender: settings.from.email.clone(),
            },
        };
        Ok(Self { way, lock, rest: Mutex::default() })
    }

    /// Nothing should be sent before this moment: the mail server could not be reached.
    pub(crate) fn rest(&self, until: DateTime<Utc>) {
        *self.rest.lock().unwrap_or_else(PoisonError::into_inner) = Some(until);
    }

    /// Whether it is too early to try again.
    pub(crate) fn rests(&self, now: DateTime<Utc>) -> bool {
        self.rest.lock().unwrap_or_else(PoisonError::into_inner).is_some_and(|until| now < until)
    }

    /// Waits until nobody else sends.
    ///
    /// # Errors
    /// When the lock's file cannot be used.
    pub(crate) async fn turn(&self) -> anyhow::Result<Turn> {
        let path = self.lock.clone();
        let lock = tokio::task::spawn_blocking(move || {
            let file = File::options().create(true).append(true).open(path)?;
            file.lock().map(|()| file)
        });
        Ok(Turn { _lock: lock.await?? })
    }

    /// Sends one letter.
    ///
    /// # Errors
    /// [`Failure`] says whether trying again makes sense.
    pub async fn send(&self, letter: &Letter) -> Result<(), Failure> {
        if letter.message.is_empty() {
            return Err(Failure::Refused("the letter is empty".to_owned()));
        }
        match &self.way {
            Way::Folder(folder) => put(folder.clone(), letter).await,
            Way::Smtp { server, sender } => {
                let sending = tokio::time::timeout(WHOLE, submit(server, sender, letter));
                sending.await.unwrap_or_else(|_| {
                    Err(Failure::Unreachable("the mail server is too slow".to_owned()))
                })
            }
        }
    }
}

impl fmt::Debug for Mailer {
    /// Without the mail server's password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.way {
            Way::Folder(folder) => f.debug_tuple("Mailer").field(folder).finish(),
            Way::Smtp { sender, .. } => f.debug_tuple("Mailer").field(sender).finish(),
        }
    }
}

/// Puts a letter into the folder.
async fn put(folder: PathBuf, letter: &Letter) -> Result<(), Failure> {
    let name = format!("{:06}-{}", letter.key, kind(&letter.message));
    let message = letter.message.clone();
    let written = tokio::task::spawn_blocking(move || {
        write(&folder, &name, &message).map_err(|error| format!("{}: {error}", folder.display()))
    });
    match written.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(Failure::Unreachable(error)),
        Err(error) => Err(Failure::Later(error.to_string())),
    }
}

/// All of it under its name, or nothing: a second try after a crash overwrites. It is on the disk when this returns,
/// since the store then forgets the message.
fn write(folder: &Path, name: &str, message: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let part = folder.join(format!(".{name}.part"));
    let mut file = File::create(&part)?;
    file.write_all(message)?;
    file.sync_all()?;
    fs::rename(&part, folder.join(format!("{name}.eml")))?;
    sync_folder(folder)
}

/// A new name is safe when its folder is; Windows keeps that itself and opens no folders.
fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// What kind of letter it is: the first word of its Message-ID.
fn kind(message: &[u8]) -> &str {
    const HEADER: &[u8] = b"\r\nMessage-ID: <";
    let id = message.windows(HEADER.len()).position(|window| window == HEADER);
    let id = id.map_or(&b""[..], |start| &message[start + HEADER.len()..]);
    let end = id.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(0);
    match str::from_utf8(&id[..end]) {
        Ok(word) if !word.is_empty() && word.len() <= 20 => word,
        _ => "letter",
    }
}

async fn submit(
    server: &AsyncSmtpTransport<Tokio1Executor>,
    sender: &Address,
    letter: &Letter,
) -> Result<(), Failure> {
    let unreadable = |error: lettre::address::AddressError| Failure::NoReader(error.to_string());
    let recipient: Address = letter.recipient.parse().map_err(unreadable)?;
    let envelope = Envelope::new(Some(sender.clone()), vec![recipient])
        .map_err(|error| Failure::Refused(error.to_string()))?;
    let Err(error) = server.send_raw(&envelope, &letter.message).await else { return Ok(()) };
    let what = describe(&error);
    if error.is_permanent() {
        // A server that refuses our name or password says 5xx as well; that is not the letter's fault.
        return match server.test_connection().await {
            Ok(true) if names_nobody(&error, &what) => Err(Failure::NoReader(what)),
            Ok(true) => Err(Failure::Refused(what)),
            Ok(false) => Err(Failure::Unreachable(what)),
            Err(error) => Err(Failure::Unreachable(describe(&error))),
        };
    }
    // 421: the server is closing (RFC 5321, section 3.8); that is not the letter's fault either.
    let closing = error.status().is_some_and(|code| u16::from(code) == 421);
    if (error.is_transient() && !closing) || error.is_client() {
        Err(Failure::Later(what))
    } else {
        Err(Failure::Unreachable(what))
    }
}

/// Whether a server says that there is no such mailbox, or that it takes no mail at all (RFC 5321, section 4.2.3; RFC
/// 7504). The same codes with 5.7 are a judgement on the letter (RFC 3463, section 3.8).
fn names_nobody(error: &SmtpError, what: &str) -> bool {
    let code = error.status().map(u16::from);
    matches!(code, Some(521 | 550 | 551 | 553 | 556)) && !what.contains("5.7.")
}

/// An error with all its causes.
fn describe(error: &SmtpError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let inner_text = inner.to_string();
        if !text.contains(&inner_text) {
            text = format!("{text}: {inner_text}");
        }
        cause = inner.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{check_smtp_url, kind};

    #[test]
    fn addresses_of_mail_servers_are_checked() {
        for good in [
            "smtp://127.0.0.1:25",
            "smtps://name:pass%40word@mail.example.org",
            "smtp://mail.example.org?tls=required",
        ] {
            assert_eq!(check_smtp_url(good), Ok(()), "{good}");
        }
        for bad in ["", "mail.example.org", "http://mail.example.org", "smtp://", "smtp://x?tls=no"]
        {
            assert!(check_smtp_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_letter_is_named_after_its_kind_whatever_it_says() {
        assert_eq!(kind(b"To: x\r\nMessage-ID: <briefing.1.2@host>\r\n\r\n"), "briefing");
        assert_eq!(kind(b"Message-ID: <../../etc@host>\r\n"), "letter");
        assert_eq!(kind(b"\r\nMessage-ID: <../x@host>\r\n"), "letter");
        assert_eq!(kind(b"\r\nMessage-ID: <"), "letter");
        assert_eq!(kind(b""), "letter");
    }
}
