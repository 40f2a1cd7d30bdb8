//! `Index`: the façade over the two halves.

mod find;
mod rebuild;
mod related;
mod tenths;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};

use chrono::{DateTime, Days, NaiveTime, TimeDelta, Utc};
use classifier::Classifier;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{Mutex, mpsc};
use tokio::task::block_in_place;

use crate::fulltext::Fulltext;
use crate::guarded::guarded;
use crate::kept::Kept;
use crate::meaning::Meaning;
use crate::store::Document;
use crate::{Error, ItemId, Query, Store};

pub use rebuild::Progress;
use rebuild::Request;
use tenths::Tenths;

/// How many lines of the change log are followed by one step. A text may have megabytes.
const STEP: usize = 100;

/// So many lines of the change log are followed in a moment.
const FEW: i64 = 1_000;

/// The longest span of [`Index::per_day`], in days.
const MAX_DAYS: usize = 9_200;

/// The store and the full-text index of one data folder. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Index {
    store: Store,
    fulltext: Fulltext,
    /// What was found of late.
    kept: Arc<Kept>,
    /// Held by who follows the change log.
    follower: Arc<Mutex<()>>,
    /// How far the change log goes, as far as this process has seen.
    head: Arc<AtomicI64>,
    /// Nobody is to follow it any further.
    is_halted: Arc<AtomicBool>,
    /// By which another process asks for a new full-text index.
    request: Request,
    /// A search failed in a way that an index which is whole does not: it is to be looked at.
    suspect: Arc<AtomicBool>,
    /// The full-text index was lost, and what is shown is not all there is.
    mending: Arc<AtomicBool>,
    /// What knows what topics a question asks for, if there is something.
    classifier: Option<Arc<Classifier>>,
    /// What finds what means the same, if there is something.
    pub(crate) meaning: Option<Arc<Meaning>>,
}

/// When what was added becomes visible, and safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Commits {
    /// Each time that enough has gathered.
    Batches,
    /// All of it at the end.
    Once,
}

/// What the follower hands to its writer.
enum Step {
    /// What the change log names up to a position.
    Add { ids: Vec<ItemId>, documents: Vec<Document>, position: i64 },
    /// That was all.
    Commit,
}

impl Index {
    /// Opens (or makes) both halves in `folder`; `store_url` is `sqlite` or a database's address.
    /// The full-text index in `folder/index` is begun anew if it is missing, damaged, of an older shape, or ahead of
    /// the store: [`Index::catch_up`] then fills it, and until it holds what the store had, every question of it is
    /// answered by [`Error::Unfinished`].
    ///
    /// # Errors
    /// [`Error`] when the store cannot be opened or is newer than this program; [`Error::Busy`] when the full-text
    /// index is of no use and another process holds it.
    pub async fn open(folder: &Path, store_url: &str) -> Result<Self, Error> {
        let store = Store::open(folder, store_url).await?;
        let (path, goal) = (folder.to_owned(), store.head().await?);
        let mut fulltext = blocking(move || Fulltext::open(&path, goal, i64::MAX)).await?;
        // The log's head is read after the index's position: another process may be moving both.
        let head = store.head().await?;
        if fulltext.reach() > head {
            let path = folder.to_owned();
            fulltext = blocking(move || Fulltext::open(&path, head, head)).await?;
        }
        Ok(Self {
            store,
            fulltext,
            kept: Arc::default(),
            follower: Arc::default(),
            head: Arc::new(AtomicI64::new(head)),
            is_halted: Arc::default(),
            request: Request::in_folder(folder),
            suspect: Arc::default(),
            mending: Arc::default(),
            classifier: None,
            meaning: None,
        })
    }

    /// The same, whose questions are read by a classifier as well: what is about a topic that they ask for comes first.
    #[must_use]
    pub fn with_classifier(self, classifier: Arc<Classifier>) -> Self {
        Self { classifier: Some(classifier), ..self }
    }

    /// What is kept.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Lets the full-text index follow the change log up to its head, in bounded batches; returns the number of
    /// the log that it now holds. At the first call this process becomes the index's writer. An index that was deleted
    /// or damaged since is made again.
    ///
    /// # Errors
    /// [`Error::Busy`] when another process is the writer: it follows by itself, and this one sees from now on what
    /// that has committed so far. [`Error::Unfinished`] after [`Index::halt`].
    pub async fn catch_up(&self) -> Result<i64, Error> {
        let _turn = self.follower.lock().await;
        self.mend().await?;
        let position = self.follow(Commits::Batches).await?;
        self.mending.store(false, Ordering::Relaxed);
        Ok(position)
    }

    /// Whether the full-text index was lost under this process and is being made again.
    pub fn is_mending(&self) -> bool {
        self.mending.load(Ordering::Relaxed)
    }

    /// Begins the full-text index anew if it was deleted or damaged.
    async fn mend(&self) -> Result<(), Error> {
        let thoroughly = self.suspect.load(Ordering::Relaxed);
        let fulltext = self.fulltext.clone();
        if let Some(fault) = blocking(move || Ok(fulltext.fault(thoroughly))).await? {
            let (fulltext, head) = (self.fulltext.clone(), self.store.head().await?);
            match blocking(move || fulltext.renew(head)).await {
                // Whoever writes it looks after it.
                Err(Error::Busy) => {}
                renewed => {
                    renewed?;
                    tracing::warn!(%fault, "the full-text index was lost; it is made again");
                    self.mending.store(true, Ordering::Relaxed);
                }
            }
        }
        self.suspect.store(false, Ordering::Relaxed);
        Ok(())
    }

    /// Changes whenever something else may be found than before.
    pub fn generation(&self) -> u64 {
        self.fulltext.generation()
    }

    /// Sees that questions are answered.
    ///
    /// # Errors
    /// [`Error::Unfinished`] while the full-text index is made, and no old one is there to answer.
    pub fn whole(&self) -> Result<(), Error> {
        self.fulltext.whole()
    }

    /// The number of the change log up to which the full-text index holds everything, whichever process writes it;
    /// this process finds all of that from now on.
    ///
    /// # Errors
    /// As [`Index::whole`], and [`Error`] when the full-text index cannot be read.
    pub async fn held(&self) -> Result<i64, Error> {
        self.run(|fulltext| fulltext.held()).await
    }

    /// From when on something may come that cannot be found yet; `None` while there is nothing at all.
    ///
    /// # Errors
    /// [`Error`] when a half fails.
    pub async fn complete_until(&self) -> Result<Option<DateTime<Utc>>, Error> {
        let held = self.held().await?;
        let last = self.store.written_at(held).await?;
        // Of the lines that were written at the same time, the next ones may be missing.
        let is_whole = self.store.head().await? == held;
        Ok(last.map(|last| if is_whole { last + TimeDelta::milliseconds(1) } else { last }))
    }

    /// The number of the change log up to which the present or last [`catch_up`](Self::catch_up) or
    /// [`rebuild`](Self::rebuild) has read it; 0 before the first.
    pub fn followed(&self) -> i64 {
        self.fulltext.added()
    }

    /// How many lines of the change log that this process knows of are not in what it searches; `None` while these are few, as
    /// behind a crawl. They are in time.
    pub fn behind(&self) -> Option<i64> {
        let behind = self.head.load(Ordering::Relaxed) - self.fulltext.shown();
        (behind > FEW).then_some(behind)
    }

    async fn follow(&self, commits: Commits) -> Result<i64, Error> {
        let head = self.store.head().await?;
        self.head.fetch_max(head, Ordering::Relaxed);
        let (mut position, goal) = match self.run(move |fulltext| fulltext.position(head)).await {
            Err(Error::Busy) => {
                self.run(|fulltext| fulltext.refresh()).await?;
                return Err(Error::Busy);
            }
            position => position?,
        };
        let (steps, mut taken) = mpsc::channel(1);
        let request = self.request.clone();
        // Whoever asks for a new index has it with one that is made in any case.
        let is_made = commits == Commits::Once || position < goal;
        let mut tenths = Tenths::new(position, goal);
        // All of it on one thread: each thread that makes documents keeps memory for that.
        let write = self.run(move |fulltext| {
            while let Some(step) = taken.blocking_recv() {
                let Step::Add { ids, documents, position } = step else {
                    fulltext.commit()?;
                    tenths.end(fulltext.added());
                    return Ok(());
                };
                let is_full = fulltext.add(&ids, &documents, position)?;
                tenths.note(position);
                if is_full && commits == Commits::Batches {
                    fulltext.commit()?;
                }
                if is_made {
                    request.tell(position, goal)?;
                }
            }
            Ok(())
        });
        let read = async {
            while !self.is_halted.load(Ordering::Relaxed)
                && let Some(step) = self.step(position).await?
            {
                if let Step::Add { position: upto, .. } = &step {
                    position = *upto;
                }
                // Nobody takes it where the writing has failed, which says so itself.
                if steps.send(step).await.is_err() {
                    break;
                }
            }
            // A part of a new index must not take the place of the old one.
            if position >= head || commits == Commits::Batches {
                let _ = steps.send(Step::Commit).await;
            }
            drop(steps);
            Ok::<_, Error>(position)
        };
        let (position, written) = tokio::join!(read, write);
        written?;
        let done: i64 = position?;
        if done < head {
            return Err(Error::Unfinished { done, of: head });
        }
        if is_made {
            self.request.withdraw()?;
        }
        Ok(done)
    }

    /// What follows a position of the change log; `None` at its head.
    async fn step(&self, position: i64) -> Result<Option<Step>, Error> {
        let changes = self.store.changes(position, STEP).await?;
        let Some(last) = changes.last() else { return Ok(None) };
        self.head.fetch_max(last.seq, Ordering::Relaxed);
        let mut ids: Vec<_> = changes.iter().map(|change| change.item).collect();
        ids.sort_unstable();
        ids.dedup();
        let documents = self.store.documents(&ids).await?;
        Ok(Some(Step::Add { ids, documents, position: last.seq }))
    }

    /// How many items were published on each of the last `days` days (UTC) up to that of `now`, oldest first, for a
    /// query.
    ///
    /// # Errors
    /// [`Error`] when a half fails.
    pub fn per_day(
        &self,
        query: &Query,
        days: usize,
        now: DateTime<Utc>,
    ) -> Result<Vec<u64>, Error> {
        let today = now.date_naive();
        let days = i64::try_from(days.min(MAX_DAYS)).unwrap_or_default();
        let midnight = |ago: i64| {
            let span = Days::new(ago.unsigned_abs());
            let day =
                if ago < 0 { today.checked_add_days(span) } else { today.checked_sub_days(span) };
            day.map(|day| day.and_time(NaiveTime::MIN).and_utc())
        };
        let moments: Vec<_> = (-1..days).rev().filter_map(midnight).collect();
        self.counts_between(query, &moments)
    }

    /// How many items of a query were published between each two of these moments, which are in order.
    ///
    /// # Errors
    /// [`Error`] when the full-text index fails.
    pub fn counts_between(
        &self,
        query: &Query,
        moments: &[DateTime<Utc>],
    ) -> Result<Vec<u64>, Error> {
        self.look(|fulltext| fulltext.counts_between(query, moments))
    }

    /// Asks something of the full-text index, here and now: most searches take less time than it takes to wake another
    /// thread for them, and to be woken by it.
    pub(crate) fn look<T>(
        &self,
        ask: impl FnOnce(&Fulltext) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.noting(here(|| ask(&self.fulltext)))
    }

    /// Does something with the full-text index on a thread where it holds up nobody.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Fulltext) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let fulltext = self.fulltext.clone();
        self.noting(blocking(move || act(&fulltext)).await)
    }

    /// A failure that an index which is whole does not know has it looked at.
    fn noting<T>(&self, done: Result<T, Error>) -> Result<T, Error> {
        match done {
            Err(fault @ (Error::Fulltext(_) | Error::Corrupt(_))) => {
                self.suspect.store(true, Ordering::Relaxed);
                Err(Error::Damaged(fault.to_string()))
            }
            done => done,
        }
    }
}

/// How many of the runtime's threads are busy with a search.
static BUSY: AtomicUsize = AtomicUsize::new(0);

/// Runs something short on this very thread. The runtime goes on with its other tasks on the others; only where this is the
/// last one, another one is woken for them, which takes as long as many a search. A panic is an error, as in [`blocking`].
pub(crate) fn here<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let work = || {
        let fell = || Err(Error::Corrupt("full-text index: a search fell over".to_owned()));
        guarded(work).unwrap_or_else(fell)
    };
    let runtime = Handle::try_current();
    match runtime.map(|runtime| (runtime.runtime_flavor(), runtime.metrics().num_workers())) {
        Ok((RuntimeFlavor::MultiThread, threads)) => {
            let is_last = BUSY.fetch_add(1, Ordering::Relaxed) + 1 >= threads;
            let done = if is_last { block_in_place(work) } else { work() };
            BUSY.fetch_sub(1, Ordering::Relaxed);
            done
        }
        // There is no other thread to go on with.
        _ => work(),
    }
}

/// Runs something on a thread for work that takes its time. A panic there, as from a file that somebody damages while
/// it is read, is an error here.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let fell = |why: &str| Err(Error::Corrupt(format!("full-text index: {why}")));
    match tokio::task::spawn_blocking(|| guarded(work)).await {
        Ok(done) => done.unwrap_or_else(|| fell("a task fell over")),
        Err(error) => fell(&error.to_string()),
    }
}
