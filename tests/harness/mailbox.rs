//! `Mailbox`: a mail server on loopback that keeps what it gets, and refuses on demand.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A mail server; only as much of RFC 5321 as a sender needs.
#[derive(Debug, Clone)]
pub struct Mailbox {
    address: SocketAddr,
    shared: Arc<Mutex<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    letters: Vec<(String, String)>,
    refusal: Option<(String, String)>,
}

impl Mailbox {
    /// Starts it.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let shared = Arc::<Mutex<Kept>>::default();
        let kept = shared.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(converse(stream, kept.clone()));
            }
        });
        Ok(Self { address, shared })
    }

    /// For `[mail] url`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// What has come: recipient and message.
    pub fn letters(&self) -> Vec<(String, String)> {
        lock(&self.shared).letters.clone()
    }

    /// Refuses a recipient with this answer (`550 unknown`, `451 later`) from now on.
    pub fn refuse(&self, recipient: &str, answer: &str) {
        lock(&self.shared).refusal = Some((recipient.to_owned(), answer.to_owned()));
    }
}

async fn converse(stream: TcpStream, kept: Arc<Mutex<Kept>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mailbox\r\n").await?;
    let mut recipient = String::new();
    while let Some(line) = lines.next_line().await? {
        let command = line.to_ascii_uppercase();
        let answer = if command.starts_with("EHLO") || command.starts_with("HELO") {
            "250 mailbox".to_owned()
        } else if command.starts_with("RCPT TO:") {
            recipient = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            let refusal = lock(&kept).refusal.clone();
            match refusal {
                Some((refused, answer)) if refused == recipient => answer,
                _ => "250 ok".to_owned(),
            }
        } else if command == "DATA" {
            write.write_all(b"354 go on\r\n").await?;
            let mut message = String::new();
            while let Some(line) = lines.next_line().await? {
                if line == "." {
                    break;
                }
                message.push_str(line.strip_prefix('.').unwrap_or(&line));
                message.push('\n');
            }
            lock(&kept).letters.push((recipient.clone(), message));
            "250 kept".to_owned()
        } else if command == "QUIT" {
            write.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            "250 ok".to_owned()
        };
        write.write_all(answer.as_bytes()).await?;
        write.write_all(b"\r\n").await?;
    }
    Ok(())
}

/// A letter as its reader sees it: what is quoted-printable in it (RFC 2045, section 6.7) is undone.
pub fn readable(letter: &str) -> String {
    let joined = letter.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_str();
    while let Some((before, after)) = rest.split_once('=') {
        bytes.extend_from_slice(before.as_bytes());
        let code = after.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(b'='));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
