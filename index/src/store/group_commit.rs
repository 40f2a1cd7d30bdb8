//! Pages that were read at the same time are kept by one transaction.
//!
//! A transaction costs a flush to the disk, whatever is in it. So whoever has something to keep waits for a moment for
//! others, and one of them writes for all ("group commit", as databases do). Nobody is answered before what is theirs
//! is safe.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::oneshot;

use crate::store::Store;
use crate::{Error, Inserted, ReadEntry};

/// How long the first waits for others; hosts are asked for a page a second.
const GATHER: Duration = Duration::from_millis(10);

/// What waits to be kept.
#[derive(Debug, Default)]
pub(super) struct Group {
    waiting: Mutex<Vec<Waiting>>,
    /// Held by who writes for all.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    read: Arc<ReadEntry>,
    answer: oneshot::Sender<Inserted>,
}

impl Group {
    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// Keeps what was read of a pending entry: item, first revision, tags, a line in the change log, and the entry
    /// no longer pending, in one transaction, which others may share.
    pub async fn insert(&self, read: ReadEntry) -> Result<Inserted, Error> {
        let read = Arc::new(read);
        loop {
            let (sender, mut answer) = oneshot::channel();
            self.group.waiting().push(Waiting { read: Arc::clone(&read), answer: sender });
            let _turn = self.group.turn.lock().await;
            match answer.try_recv() {
                Ok(inserted) => return Ok(inserted),
                Err(oneshot::error::TryRecvError::Empty) => self.insert_waiting().await?,
                // Who wrote for all failed, or was stopped: this one writes for itself and those who are left.
                Err(oneshot::error::TryRecvError::Closed) => {}
            }
            if let Ok(inserted) = answer.try_recv() {
                return Ok(inserted);
            }
        }
    }

    async fn insert_waiting(&self) -> Result<(), Error> {
        tokio::time::sleep(GATHER).await;
        let waiting = std::mem::take(&mut *self.group.waiting());
        let reads: Vec<_> = waiting.iter().map(|waiting| &*waiting.read).collect();
        let inserted = self.insert_all(&reads).await?;
        for (waiting, inserted) in waiting.into_iter().zip(inserted) {
            // Who was stopped in the meantime has no use for the answer; the item is kept all the same.
            let _ = waiting.answer.send(inserted);
        }
        Ok(())
    }
}
