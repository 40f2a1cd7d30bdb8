//! The data folder: making it, knowing one, and who works on it.

use std::fs::{File, TryLockError};
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use url::Url;

/// Held by whoever runs the jobs on a folder, for the life of the process.
const SERVING: &str = "serve.lock";
/// Held by the command `ingest` for its round.
const INGESTING: &str = "ingest.lock";

/// Whether Lexwatch has kept something in a folder.
pub fn is_in_use(folder: &Path) -> bool {
    folder.join("lexwatch.db").exists()
}

/// Makes a data folder unless it is there.
///
/// # Errors
/// When it cannot be made or nothing can be written in it: even a search writes, since it brings the full-text index
/// up to date.
pub fn make(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{}: the data folder cannot be made", folder.display()))?;
    tempfile::tempfile_in(folder).map(drop).with_context(|| {
        format!(
            "{}: the data folder cannot be written to; give this user the right, or name another by --data",
            folder.display()
        )
    })
}

/// A folder that this process alone works on in some way, until it is dropped; a process that dies lets go as well.
#[derive(Debug)]
pub struct Claim {
    lock: File,
}

impl Claim {
    /// Writes down where readers reach the site, for commands beside it: see [`served_at`].
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn serve_at(&self, address: &Url) -> std::io::Result<()> {
        self.lock.set_len(0)?;
        (&self.lock).write_all(address.as_str().as_bytes())
    }
}

/// Where readers reach, or last reached, the site of a folder.
pub fn served_at(folder: &Path) -> Option<Url> {
    std::fs::read_to_string(folder.join(SERVING)).ok()?.parse().ok()
}

/// Claims a folder for the site and the jobs.
///
/// # Errors
/// When another process serves it.
pub fn claim_serving(folder: &Path) -> anyhow::Result<Claim> {
    let lock = lock_file(folder, SERVING)?;
    match lock.try_lock() {
        Ok(()) => Ok(Claim { lock }),
        Err(TryLockError::WouldBlock) => anyhow::bail!(
            "{}: another lexwatch serves this data folder; stop it first, or name another folder by --data",
            folder.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).context(cannot_lock(folder)),
    }
}

/// Claims a folder for one round of `ingest`. While another process is at it, this one says so by `wait` and waits.
///
/// # Errors
/// When the folder cannot be locked at all.
pub async fn claim_ingesting(folder: &Path, wait: impl FnOnce()) -> anyhow::Result<Claim> {
    let lock = lock_file(folder, INGESTING)?;
    match lock.try_lock() {
        Ok(()) => return Ok(Claim { lock }),
        Err(TryLockError::WouldBlock) => wait(),
        Err(TryLockError::Error(error)) => return Err(error).context(cannot_lock(folder)),
    }
    tokio::task::spawn_blocking(move || lock.lock().map(|()| Claim { lock }))
        .await
        .context("waiting stopped")?
        .with_context(|| cannot_lock(folder))
}

fn lock_file(folder: &Path, name: &str) -> anyhow::Result<File> {
    let path = folder.join(name);
    let file = File::options().create(true).append(true).open(&path);
    file.with_context(|| format!("{} cannot be opened", path.display()))
}

fn cannot_lock(folder: &Path) -> String {
    format!("{}: the data folder cannot be locked", folder.display())
}
