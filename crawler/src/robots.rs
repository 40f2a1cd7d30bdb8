//! robots.txt (RFC 9309): fetched once a day for each origin, obeyed at every redirect.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use texting_robots::Robot;
use tokio::sync::Mutex as Once;
use url::Url;

use crate::Error;
use crate::fetch::{Answer, Fetcher, Limit};
use crate::politeness::Politeness;

/// How much of it is read: what RFC 9309, section 2.5, asks for at least.
const READ: Limit = Limit::Cut(500 * 1024);
/// How many redirects are followed (section 2.3.1.2).
const MAX_REDIRECTS: usize = 5;
/// How long it is good for (section 2.4).
const GOOD: TimeDelta = TimeDelta::hours(24);
/// How long an older one is still obeyed while the server cannot say (section 2.3.1.4).
const OLD: TimeDelta = TimeDelta::days(30);
/// How long a server that could not say is left alone.
const UNSURE: TimeDelta = TimeDelta::minutes(5);
/// Origins remembered at most.
const MANY: usize = 4096;
/// A longer file is not handed on to be kept, in bytes. Few are.
const KEPT: usize = 64 * 1024;

/// An origin's robots.txt as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsTxt {
    /// Scheme, host and port, as a URL's origin is written.
    pub origin: String,
    /// The file; `None` where there is none.
    pub rules: Option<Vec<u8>>,
    /// When it was asked for.
    pub fetched: DateTime<Utc>,
}

/// What an origin's robots.txt says to us.
#[derive(Debug, Clone)]
enum Rules {
    /// There is none.
    AllAllowed,
    /// It is this, from an earlier time and not looked into yet.
    Unread(Vec<u8>),
    /// It is this.
    File(Arc<Robot>),
}

/// What is known of one origin.
#[derive(Debug, Default)]
struct Known {
    rules: Option<(Rules, DateTime<Utc>)>,
    /// Why its server could not say, and until when it is not asked again.
    unsure: Option<(Unsure, DateTime<Utc>)>,
}

/// Why nothing is known of an origin.
#[derive(Debug, Clone)]
enum Unsure {
    /// It cannot be reached at all.
    Unreachable(String),
    /// It answers with something else than its rules.
    Unread(String),
}

/// The rules of all origins seen.
#[derive(Debug)]
pub(crate) struct Robots {
    /// Our product token.
    agent: String,
    origins: Mutex<HashMap<String, Arc<Once<Known>>>>,
    learnt: Mutex<Vec<RobotsTxt>>,
}

impl Robots {
    pub(crate) fn new(user_agent: &str) -> Self {
        let agent = user_agent.split(['/', ' ']).next().unwrap_or_default().to_owned();
        Self { agent, origins: Mutex::default(), learnt: Mutex::default() }
    }

    /// Takes over what was learnt at an earlier time, where nothing is known yet.
    pub(crate) fn know(&self, known: impl IntoIterator<Item = RobotsTxt>) {
        let mut origins = lock(&self.origins);
        for RobotsTxt { origin, rules, fetched } in known.into_iter().take(MANY) {
            let rules = rules.map_or(Rules::AllAllowed, Rules::Unread);
            let known = Known { rules: Some((rules, fetched)), unsure: None };
            origins.entry(origin).or_insert_with(|| Arc::new(Once::new(known)));
        }
    }

    /// Hands out what was learnt since the last time.
    pub(crate) fn take(&self) -> Vec<RobotsTxt> {
        std::mem::take(&mut *lock(&self.learnt))
    }

    /// Whether an address may be read; the pause that the file asks for.
    ///
    /// # Errors
    /// [`Error::Robots`] when it may not; [`Error::Unreachable`] or [`Error::RobotsUnknown`] when that is not known for
    /// now.
    pub(crate) async fn ask(
        &self,
        url: &Url,
        fetcher: &Fetcher,
        politeness: &Politeness,
        now: DateTime<Utc>,
    ) -> Result<Option<Duration>, Error> {
        let origin = url.origin().ascii_serialization();
        let place = self.place(&origin);
        let mut known = place.lock().await;
        if !known.is_good(now) && !known.is_unsure(now) {
            match self.fetch(url, fetcher, politeness, now).await? {
                Ok(rules) => self.learn(&origin, &mut known, rules, now),
                Err(why) => known.unsure = Some((why, now + UNSURE)),
            }
        }
        match self.rules(&mut known, now) {
            Ok(Rules::File(robot)) if !robot.allowed(url.as_str()) => Err(Error::Robots(origin)),
            Ok(Rules::File(robot)) => Ok(delay(&robot)),
            Ok(Rules::AllAllowed | Rules::Unread(_)) => Ok(None),
            Err(Unsure::Unreachable(why)) => {
                Err(Error::Unreachable(format!("{why} (asked for {origin}/robots.txt)")))
            }
            Err(Unsure::Unread(why)) => Err(Error::RobotsUnknown { origin, why }),
        }
    }

    fn place(&self, origin: &str) -> Arc<Once<Known>> {
        let mut origins = lock(&self.origins);
        if origins.len() > MANY {
            origins.retain(|_, place| Arc::strong_count(place) > 1);
        }
        origins.entry(origin.to_owned()).or_default().clone()
    }

    fn learn(
        &self,
        origin: &str,
        known: &mut Known,
        rules: Option<Vec<u8>>,
        fetched: DateTime<Utc>,
    ) {
        if rules.as_ref().is_none_or(|rules| rules.len() <= KEPT) {
            let mut learnt = lock(&self.learnt);
            // Nobody may be there to take it.
            if learnt.len() < MANY {
                learnt.push(RobotsTxt { origin: origin.to_owned(), rules: rules.clone(), fetched });
            }
        }
        let rules = rules.map_or(Rules::AllAllowed, |rules| self.read(&rules));
        *known = Known { rules: Some((rules, fetched)), unsure: None };
    }

    /// What holds: the rules, even old ones while the server cannot say; or why nothing is known.
    fn rules(&self, known: &mut Known, now: DateTime<Utc>) -> Result<Rules, Unsure> {
        let unsure = known.unsure.as_ref().map(|(why, _)| why.clone());
        match &mut known.rules {
            Some((rules, fetched)) if unsure.is_none() || now < *fetched + OLD => {
                if let Rules::Unread(bytes) = rules {
                    *rules = self.read(bytes);
                }
                Ok(rules.clone())
            }
            _ => Err(unsure.unwrap_or(Unsure::Unread(String::new()))),
        }
    }

    /// The file, `None` if there is none; or why that is not known.
    async fn fetch(
        &self,
        url: &Url,
        fetcher: &Fetcher,
        politeness: &Politeness,
        now: DateTime<Utc>,
    ) -> Result<Result<Option<Vec<u8>>, Unsure>, Error> {
        let Ok(mut at) = url.join("/robots.txt") else { return Ok(Ok(None)) };
        for _ in 0..=MAX_REDIRECTS {
            let mut turn = politeness.turn(at.host_str().unwrap_or_default(), None).await?;
            let answer = fetcher.get(&at, &crate::Validators::default(), READ, now).await;
            if let Err(Error::Status { retry_after: Some(wait), .. }) = &answer {
                turn.leave_alone(*wait);
            }
            drop(turn);
            return Ok(match answer {
                Ok(Answer::Redirect { to, .. }) => {
                    at = to;
                    continue;
                }
                Ok(Answer::Body(body)) => Ok(Some(body.bytes)),
                Ok(Answer::Unchanged(_)) => Ok(None),
                // Whoever is asked too often has rules, and says them later.
                Err(Error::Status { status: 400..=428 | 430..=499, .. }) => Ok(None),
                Err(refused @ Error::AddressRefused(_)) => return Err(refused),
                Err(Error::Unreachable(why)) => Err(Unsure::Unreachable(why)),
                Err(error) => Err(Unsure::Unread(error.to_string())),
            });
        }
        Ok(Ok(None))
    }

    /// A file that cannot be read at all says nothing.
    fn read(&self, bytes: &[u8]) -> Rules {
        match Robot::new(&self.agent, bytes) {
            Ok(robot) => Rules::File(Arc::new(robot)),
            Err(_) => Rules::AllAllowed,
        }
    }
}

impl Known {
    fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.rules.as_ref().is_some_and(|(_, fetched)| now < *fetched + GOOD)
    }

    fn is_unsure(&self, now: DateTime<Utc>) -> bool {
        self.unsure.as_ref().is_some_and(|(_, until)| now < *until)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn delay(robot: &Robot) -> Option<Duration> {
    Duration::try_from_secs_f32(robot.delay?).ok()
}

/// Whether a file of these bytes permits an agent to read an address.
#[cfg(fuzzing)]
pub fn permits(bytes: &[u8], agent: &str, url: &Url) -> bool {
    let bytes = &bytes[..bytes.len().min(500 * 1024)];
    Robot::new(agent, bytes).is_ok_and(|robot| {
        let _ = delay(&robot);
        robot.allowed(url.as_str())
    })
}
