//! Making the full-text index again while the old one goes on answering; and the request to do so, by which a process
//! beside the one that writes the index asks for it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::{Commits, Index};
use crate::Error;

/// What a request says once it was tried in vain.
const FAILED: &str = "failed: ";

/// How much of the change log a new index holds, of how much. Both are 0 before it was begun.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Up to which number.
    pub done: i64,
    /// Up to which number it is to hold it before it takes the place of the old one.
    pub of: i64,
}

impl Index {
    /// Empties the full-text index and follows the change log from its beginning. What was found goes on being found
    /// until the new one is whole; should the process end before, it is left as it was. Whoever asked for it has it.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process is the writer: [`Index::ask_rebuild`] has that one do it.
    /// [`Error::Unfinished`] after [`Index::halt`].
    pub async fn rebuild(&self) -> Result<i64, Error> {
        let _turn = self.follower.lock().await;
        let head = self.store.head().await?;
        self.run(move |fulltext| fulltext.clear(head)).await?;
        self.follow(Commits::Once).await
    }

    /// Asks the process that writes the full-text index to make it again.
    ///
    /// # Errors
    /// [`Error::File`] when the data folder cannot be written to.
    pub fn ask_rebuild(&self) -> Result<(), Error> {
        self.request.write("")
    }

    /// Makes the full-text index again if a process asked for it. Where that fails, it is told why.
    ///
    /// # Errors
    /// As [`Index::rebuild`]; where another process writes, or this one is halted, the request waits.
    pub async fn rebuild_if_asked(&self) -> Result<(), Error> {
        if !self.request.is_open()? {
            return Ok(());
        }
        match self.rebuild().await.map(drop) {
            Ok(()) | Err(Error::Busy | Error::Unfinished { .. }) => Ok(()),
            Err(error) => {
                self.request.write(&format!("{FAILED}{error}"))?;
                Err(error)
            }
        }
    }

    /// How far what was asked for is; `None` when it is done.
    ///
    /// # Errors
    /// [`Error::Rebuild`], once, when it failed; [`Error::File`] when the request cannot be read.
    pub fn asked(&self) -> Result<Option<Progress>, Error> {
        let Some(text) = self.request.read()? else { return Ok(None) };
        if let Some(what) = text.strip_prefix(FAILED) {
            self.request.withdraw()?;
            return Err(Error::Rebuild(what.to_owned()));
        }
        let numbers = text.split_once(' ');
        let numbers = numbers.and_then(|(done, of)| Some((done.parse().ok()?, of.parse().ok()?)));
        // It may be read just when it is written.
        Ok(Some(numbers.map_or(Progress::default(), |(done, of)| Progress { done, of })))
    }

    /// Whether a process writes the full-text index, be it this one.
    pub fn is_written(&self) -> bool {
        self.fulltext.is_written()
    }

    /// From now on the change log is followed no further than to the end of the step that is under way, for good: the
    /// process is to end. What an index that was lost holds by then is kept, and the next process goes on from there.
    pub fn halt(&self) {
        self.is_halted.store(true, Ordering::Relaxed);
    }
}

/// A file that says that the index is to be made again: empty, then how far that is, or why it failed. It lies in the data
/// folder, where every process sees it, and outlives whoever wrote it.
#[derive(Debug, Clone)]
pub(super) struct Request(PathBuf);

impl Request {
    pub(super) fn in_folder(data: &Path) -> Self {
        Self(data.join("index.request"))
    }

    /// Whether it waits to be fulfilled.
    fn is_open(&self) -> Result<bool, Error> {
        Ok(self.read()?.is_some_and(|text| !text.starts_with(FAILED)))
    }

    fn read(&self) -> Result<Option<String>, Error> {
        match fs::read_to_string(&self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            read => read.map(Some).map_err(|source| self.failed(source)),
        }
    }

    fn write(&self, text: &str) -> Result<(), Error> {
        fs::write(&self.0, text).map_err(|source| self.failed(source))
    }

    /// Writes down how far it is, if anybody asked.
    pub(super) fn tell(&self, done: i64, of: i64) -> Result<(), Error> {
        if self.0.exists() { self.write(&format!("{done} {of}")) } else { Ok(()) }
    }

    /// Nobody waits any more.
    pub(super) fn withdraw(&self) -> Result<(), Error> {
        match fs::remove_file(&self.0) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(self.failed(error)),
            _ => Ok(()),
        }
    }

    fn failed(&self, source: std::io::Error) -> Error {
        Error::File { path: self.0.display().to_string(), source }
    }
}
