//! `Seal`: tells addresses that this site made from others, so that what they carry needs no place in the store.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::Context as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// The file of the key in the data folder.
const FILE: &str = "links.key";

/// How long the key is, in bytes.
const KEY: usize = 32;

/// How long a mark is, in bytes: half of what the hash gives, the least that RFC 2104 advises.
const MARK: usize = 16;

/// Marks texts by HMAC-SHA-256 (RFC 2104). The key lies in the data folder; it is made when it is first wanted, and
/// whoever removes it makes all earlier links void.
#[derive(Debug)]
pub struct Seal {
    file: PathBuf,
    key: OnceLock<[u8; KEY]>,
}

impl Seal {
    /// The seal of a data folder.
    pub fn new(folder: &Path) -> Self {
        Self { file: folder.join(FILE), key: OnceLock::new() }
    }

    /// The mark of a text: 32 hexadecimal digits. What is sealed for one `purpose` is worth nothing for another.
    ///
    /// # Errors
    /// When the key can neither be read nor made.
    pub(crate) fn mark(&self, purpose: &str, text: &str) -> anyhow::Result<String> {
        let mark = self.hash(purpose, text)?.finalize().into_bytes();
        Ok(mark.iter().take(MARK).map(|byte| format!("{byte:02x}")).collect())
    }

    /// Whether a mark is this text's. It takes as long for any wrong mark.
    ///
    /// # Errors
    /// As [`mark`](Self::mark).
    pub(crate) fn is_mark(&self, purpose: &str, text: &str, mark: &str) -> anyhow::Result<bool> {
        let is_hex = mark.len() == 2 * MARK && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
        let Some(mark) = u128::from_str_radix(mark, 16).ok().filter(|_| is_hex) else {
            return Ok(false);
        };
        Ok(self.hash(purpose, text)?.verify_truncated_left(&mark.to_be_bytes()).is_ok())
    }

    fn hash(&self, purpose: &str, text: &str) -> anyhow::Result<Hmac<Sha256>> {
        let mut hash = Hmac::<Sha256>::new_from_slice(&self.key()?)?;
        hash.update(purpose.as_bytes());
        hash.update(b"\0");
        hash.update(text.as_bytes());
        Ok(hash)
    }

    fn key(&self) -> anyhow::Result<[u8; KEY]> {
        if let Some(key) = self.key.get() {
            return Ok(*key);
        }
        let key = match std::fs::read(&self.file) {
            Ok(bytes) => bytes.try_into().ok(),
            Err(error) if error.kind() == ErrorKind::NotFound => Some(self.make()?),
            Err(error) => {
                return Err(error)
                    .with_context(|| format!("{} cannot be read", self.file.display()));
            }
        };
        let key = key.with_context(|| {
            let file = self.file.display();
            format!("{file} is not a key of {KEY} bytes; remove it, and another is made: links of before are void then")
        })?;
        Ok(*self.key.get_or_init(|| key))
    }

    /// Makes the key. The file appears whole and only for its owner, and where another process was faster, its key
    /// counts.
    fn make(&self) -> anyhow::Result<[u8; KEY]> {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        let cannot = || format!("{} cannot be made", self.file.display());
        let mut key = [0; KEY];
        getrandom::fill(&mut key)?;
        let mut file = tempfile::NamedTempFile::new_in(folder).with_context(cannot)?;
        file.write_all(&key).and_then(|()| file.as_file().sync_all()).with_context(cannot)?;
        match file.persist_noclobber(&self.file) {
            Ok(_) => Ok(key),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => {
                let theirs = std::fs::read(&self.file).with_context(cannot)?;
                theirs.try_into().ok().with_context(cannot)
            }
            Err(error) => Err(error.error).with_context(cannot),
        }
    }
}
