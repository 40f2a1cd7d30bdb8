//! The index's folder: sound, or made anew.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tantivy::directory::MmapDirectory;
use tantivy::index::{SegmentComponent, SegmentMeta};
use tantivy::{IndexMeta, IndexReader, ReloadPolicy};

use super::schema::{Fields, Mark};
use super::snapshot::Snapshot;
use super::tokenizer;
use crate::Error;
use crate::guarded::guarded;

/// How often, and after which pause, a folder is looked at again that another process seems to be making.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// How many characters of a fault are told: tantivy repeats the whole of a file that it cannot read.
const FAULT: usize = 160;

/// The folder of an index.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Whoever holds this file locked may write. It lies outside the index, which may be deleted.
    lock: PathBuf,
    index: tantivy::Index,
    /// What an index that holds nothing yet is to hold before it answers.
    goal: AtomicI64,
}

impl Folder {
    /// Opens the index in `data/index` and what is in it; makes an empty one in the place of one that is of no use. An
    /// empty one is to hold the change log up to `goal` before it answers; one beyond `head` is of no use.
    pub(super) fn open(
        data: &Path,
        fields: &Fields,
        goal: i64,
        head: i64,
    ) -> Result<(Self, IndexReader, Snapshot), Error> {
        let path = data.join("index");
        let lock = data.join("index.lock");
        for attempt in 0..TRIES {
            if let Ok((index, reader, snapshot)) = sound(&path, fields, goal, head) {
                let goal = AtomicI64::new(goal);
                return Ok((Self { path, lock, index, goal }, reader, snapshot));
            }
            match self::lock(&lock) {
                Ok(_held) => make_if_needed(&path, fields, goal, head)?,
                Err(Error::Busy) if attempt + 1 < TRIES => pause(),
                Err(error) => return Err(error),
            }
        }
        Err(Error::Busy)
    }

    /// Takes the right to write, until the file is dropped.
    pub(super) fn lock(&self) -> Result<File, Error> {
        lock(&self.lock)
    }

    /// Why the index is of no use any more, if it is: it was deleted or damaged under this process. With `thoroughly`,
    /// every byte of it is looked at.
    pub(super) fn fault(&self, thoroughly: bool) -> Option<String> {
        // A merge puts other files in the place of some while they are looked for.
        (0..TRIES).map(|_| self.fault_now(thoroughly)).find_map(
            |(fault, is_settled)| match fault {
                Some(fault) if is_settled => Some(Some(fault)),
                Some(_) => None,
                None => Some(None),
            },
        )?
    }

    /// A fault, and whether the same files were to be there before and after it was found.
    fn fault_now(&self, thoroughly: bool) -> (Option<String>, bool) {
        let metas = match self.index.load_metas() {
            Ok(metas) => metas,
            Err(error) => return (Some(error.to_string()), true),
        };
        if Mark::parse(metas.payload.as_deref().unwrap_or_default()).is_none() {
            return (Some("it is of another shape".to_owned()), true);
        }
        let missing = metas.segments.iter().find_map(|segment| {
            let parts = parts(segment.has_deletes()).map(|part| segment.relative_path(part));
            parts.map(|file| self.path.join(file)).find(|file| !file.is_file())
        });
        let fault = missing.map(|file| format!("{} is missing", file.display()));
        let fault = fault.or_else(|| if thoroughly { self.broken_file() } else { None });
        // A merge changes the segments and not the stamp, a deletion the stamp and not the segments.
        let state = |metas: &IndexMeta| {
            (metas.opstamp, metas.segments.iter().map(SegmentMeta::id).collect::<Vec<_>>())
        };
        let is_settled = self.index.load_metas().is_ok_and(|now| state(&now) == state(&metas));
        (fault, is_settled)
    }

    fn broken_file(&self) -> Option<String> {
        match guarded(|| self.index.validate_checksum()) {
            Some(Ok(broken)) => {
                broken.into_iter().next().map(|file| format!("{} is damaged", file.display()))
            }
            Some(Err(error)) => Some(error.to_string()),
            None => Some("it is damaged".to_owned()),
        }
    }

    /// Puts an empty index in the place of what is there, to hold the change log up to `goal`; whoever has the old one
    /// open can go on reading it.
    pub(super) fn renew(&self, fields: &Fields, goal: i64) -> Result<(), Error> {
        let _held = self.lock()?;
        make(&self.path, fields)?;
        self.goal.store(goal, Ordering::Relaxed);
        Ok(())
    }

    /// How much of the change log is held.
    pub(super) fn mark(&self) -> Result<Mark, Error> {
        let carried = self.index.load_metas()?.payload.unwrap_or_default();
        let nothing = Mark { position: 0, goal: 0 };
        let mark = Mark::parse(&carried).unwrap_or(nothing);
        Ok(towards(self.goal.load(Ordering::Relaxed), mark))
    }

    pub(super) fn index(&self) -> &tantivy::Index {
        &self.index
    }
}

/// Waits for another process, which gives no sign that could be waited for.
#[expect(clippy::disallowed_methods, reason = "another process gives no event")]
fn pause() {
    std::thread::sleep(PAUSE);
}

fn lock(path: &Path) -> Result<File, Error> {
    let failed = |source| Error::File { path: path.display().to_string(), source };
    let file = File::options().create(true).append(true).open(path).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Busy),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}

/// An index that holds nothing yet is to hold what the store has.
fn towards(goal: i64, mark: Mark) -> Mark {
    if mark.position == 0 { Mark { goal, ..mark } } else { mark }
}

/// The index in a folder and what is in it, if it can be used; otherwise why not.
fn sound(
    path: &Path,
    fields: &Fields,
    goal: i64,
    head: i64,
) -> Result<(tantivy::Index, IndexReader, Snapshot), String> {
    // Whatever the files hold, it must not keep the program from making them again.
    let opened = guarded(|| open(path, fields, goal, head));
    opened.unwrap_or_else(|| Err("it is damaged".to_owned()))
}

fn open(
    path: &Path,
    fields: &Fields,
    goal: i64,
    head: i64,
) -> Result<(tantivy::Index, IndexReader, Snapshot), String> {
    let said = |error: tantivy::TantivyError| -> String {
        error.to_string().chars().take(FAULT).collect()
    };
    if !path.exists() {
        return Err("its folder is missing".to_owned());
    }
    let index = tantivy::Index::open_in_dir(path).map_err(said)?;
    if index.schema() != fields.schema {
        return Err("it has other fields".to_owned());
    }
    let carried = index.load_metas().map_err(said)?.payload.unwrap_or_default();
    let Some(mark) = Mark::parse(&carried) else {
        return Err(format!("it is of another shape: `{carried}`"));
    };
    // A goal that the store will not come to would never be reached.
    let reach = mark.position.max(mark.goal);
    if reach > head {
        return Err(format!("it is at {reach}, ahead of the store at {head}"));
    }
    tokenizer::register(index.tokenizers());
    check_files(&index)?;
    let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
    let reader: IndexReader = builder.try_into().map_err(said)?;
    let snapshot =
        Snapshot::new(reader.searcher(), towards(goal, mark), fields, None).map_err(said)?;
    Ok((index, reader, snapshot))
}

/// Looks at every file's end: one that is gone or was cut short has none of tantivy's. It must be asked for each, as
/// tantivy itself takes a missing file of positions for an empty one.
fn check_files(index: &tantivy::Index) -> Result<(), String> {
    for segment in index.searchable_segments().map_err(|error| error.to_string())? {
        for part in parts(segment.meta().has_deletes()) {
            segment.open_read(part).map_err(|error| error.to_string())?;
        }
    }
    Ok(())
}

/// The files that a segment must have.
fn parts(has_deletes: bool) -> impl Iterator<Item = SegmentComponent> {
    let parts = [
        SegmentComponent::Terms,
        SegmentComponent::Postings,
        SegmentComponent::Positions,
        SegmentComponent::FieldNorms,
        SegmentComponent::FastFields,
        SegmentComponent::Store,
    ];
    parts.into_iter().chain(has_deletes.then_some(SegmentComponent::Delete))
}

/// Makes the index, unless another process has done so before the right to write was got.
fn make_if_needed(path: &Path, fields: &Fields, goal: i64, head: i64) -> Result<(), Error> {
    let Err(fault) = sound(path, fields, goal, head) else { return Ok(()) };
    // Otherwise there never was one.
    if goal > 0 {
        tracing::warn!(%fault, changes = goal, "the full-text index is of no use and is made again");
    }
    make(path, fields)
}

/// Empties the folder and makes an index in it that holds nothing.
fn make(path: &Path, fields: &Fields) -> Result<(), Error> {
    let failed = |source| Error::File { path: path.display().to_string(), source };
    if path.exists() {
        fs::remove_dir_all(path).map_err(failed)?;
    }
    fs::create_dir_all(path).map_err(failed)?;
    let directory = MmapDirectory::open(path).map_err(tantivy::TantivyError::from)?;
    let index = tantivy::Index::create(directory, fields.schema.clone(), <_>::default())?;
    tokenizer::register(index.tokenizers());
    let mut writer = super::writer::open(&index, super::writer::MEMORY)?;
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&Mark { position: 0, goal: 0 }.payload());
    commit.commit()?;
    Ok(())
}
