//! Turns: one request at a time per host with a pause between two, and a bound over all hosts.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Mutex as Turnstile, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use tokio::time::Instant;

use crate::Error;

/// Nobody waits longer than this for a turn: a host that asks for a longer pause gets no request until it is over.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest pause that robots.txt may ask for; more would be a ban by other means.
const LONGEST_DELAY: Duration = Duration::from_secs(3600);

/// No host is left alone for longer at one asking.
const LONGEST_REST: Duration = Duration::from_secs(24 * 3600);

/// Hosts remembered before idle ones are forgotten.
const MANY: usize = 4096;

/// When a host may be asked next.
#[derive(Debug, Default)]
struct Host {
    next: Option<Instant>,
}

/// Who may ask whom, and when.
#[derive(Debug)]
pub(crate) struct Politeness {
    hosts: Mutex<HashMap<String, Arc<Turnstile<Host>>>>,
    all: Arc<Semaphore>,
    delay: Duration,
}

/// Leave to ask one host; the host's next turn comes when it is dropped.
#[derive(Debug)]
pub(crate) struct Turn {
    host: OwnedMutexGuard<Host>,
    started: Instant,
    delay: Duration,
    _permit: Option<OwnedSemaphorePermit>,
}

impl Politeness {
    pub(crate) fn new(concurrency: usize, delay: Duration) -> Self {
        Self { hosts: Mutex::default(), all: Arc::new(Semaphore::new(concurrency.max(1))), delay }
    }

    /// Waits for the host's turn, first come first served; `crawl_delay` is what its robots.txt asks for.
    pub(crate) async fn turn(
        &self,
        host: &str,
        crawl_delay: Option<Duration>,
    ) -> Result<Turn, Error> {
        let host = self.host(host).lock_owned().await;
        if let Some(next) = host.next {
            let wait = next.saturating_duration_since(Instant::now());
            if wait > PATIENCE {
                return Err(Error::LeftAlone(wait));
            }
            tokio::time::sleep_until(next).await;
        }
        // The semaphore is never closed, so this is always a permit.
        let permit = self.all.clone().acquire_owned().await.ok();
        let delay = self.delay.max(crawl_delay.unwrap_or_default().min(LONGEST_DELAY));
        Ok(Turn { host, started: Instant::now(), delay, _permit: permit })
    }

    /// Keeps everybody away from a host that asked for it at an earlier time. One that is being asked just now says for
    /// itself what it wants.
    pub(crate) fn leave_alone(&self, host: &str, wait: Duration) {
        if let Ok(mut host) = self.host(host).try_lock_owned() {
            host.next = host.next.max(Some(Instant::now() + wait.min(LONGEST_REST)));
        }
    }

    fn host(&self, name: &str) -> Arc<Turnstile<Host>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() > MANY {
            hosts.retain(|_, host| Arc::strong_count(host) > 1);
        }
        hosts.entry(name.to_owned()).or_default().clone()
    }
}

impl Turn {
    /// Keeps everybody away from the host for a while, since it asked for that.
    pub(crate) fn leave_alone(&mut self, wait: Duration) {
        self.delay = self.delay.max(wait.min(LONGEST_REST));
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.host.next = (!self.delay.is_zero()).then(|| self.started + self.delay);
    }
}
