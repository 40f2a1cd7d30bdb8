//! robots.txt (RFC 9309): fetched once a day for each origin, obeyed at every redirect.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
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
/// How long it is kept (section 2.4).
const KEPT: TimeDelta = TimeDelta::hours(24);
/// How long a server that could not say is left alone.
const UNSURE: TimeDelta = TimeDelta::minutes(5);
/// Origins remembered at most.
const MANY: usize = 4096;

/// What an origin's robots.txt says to us.
#[derive(Debug, Clone)]
enum Rules {
    /// There is none.
    AllAllowed,
    /// It is this.
    File(Arc<Robot>),
    /// It could not be got, so for now nothing may be read (section 2.3.1.4).
    Unknown(String),
}

#[derive(Debug, Default)]
struct Kept(Option<(Rules, DateTime<Utc>)>);

/// The rules of all origins seen.
#[derive(Debug)]
pub(crate) struct Robots {
    /// Our product token.
    agent: String,
    origins: Mutex<HashMap<String, Arc<Once<Kept>>>>,
}

impl Robots {
    pub(crate) fn new(user_agent: &str) -> Self {
        let agent = user_agent.split(['/', ' ']).next().unwrap_or_default().to_owned();
        Self { agent, origins: Mutex::default() }
    }

    /// Whether an address may be read; the pause that the file asks for.
    ///
    /// # Errors
    /// [`Error::Robots`] when it may not, [`Error::Unreachable`] when that is not known for now.
    pub(crate) async fn ask(
        &self,
        url: &Url,
        fetcher: &Fetcher,
        politeness: &Politeness,
        now: DateTime<Utc>,
    ) -> Result<Option<Duration>, Error> {
        let origin = url.origin().ascii_serialization();
        let place = self.place(&origin);
        let mut kept = place.lock().await;
        let rules = match &kept.0 {
            Some((rules, until)) if *until > now => rules.clone(),
            _ => {
                let rules = self.fetch(url, fetcher, politeness, now).await?;
                let lasts = if matches!(rules, Rules::Unknown(_)) { UNSURE } else { KEPT };
                kept.0 = Some((rules.clone(), now + lasts));
                rules
            }
        };
        drop(kept);
        match rules {
            Rules::AllAllowed => Ok(None),
            Rules::File(robot) if robot.allowed(url.as_str()) => Ok(delay(&robot)),
            Rules::File(_) => Err(Error::Robots(origin)),
            Rules::Unknown(why) => {
                Err(Error::Unreachable(format!("{why} (asked for {origin}/robots.txt)")))
            }
        }
    }

    fn place(&self, origin: &str) -> Arc<Once<Kept>> {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if origins.len() > MANY {
            origins.retain(|_, place| Arc::strong_count(place) > 1);
        }
        origins.entry(origin.to_owned()).or_default().clone()
    }

    async fn fetch(
        &self,
        url: &Url,
        fetcher: &Fetcher,
        politeness: &Politeness,
        now: DateTime<Utc>,
    ) -> Result<Rules, Error> {
        let Ok(mut at) = url.join("/robots.txt") else { return Ok(Rules::AllAllowed) };
        for _ in 0..=MAX_REDIRECTS {
            let turn = politeness.turn(at.host_str().unwrap_or_default(), None).await?;
            let answer = fetcher.get(&at, &crate::Validators::default(), READ, now).await;
            drop(turn);
            match answer {
                Ok(Answer::Redirect(to)) => at = to,
                Ok(Answer::Body(body)) => return Ok(self.read(&body.bytes)),
                Ok(Answer::Unchanged(_)) => return Ok(Rules::AllAllowed),
                Err(Error::Status { status, .. })
                    if (400..500).contains(&status) && status != 429 =>
                {
                    return Ok(Rules::AllAllowed);
                }
                Err(refused @ Error::AddressRefused(_)) => return Err(refused),
                Err(Error::Unreachable(why)) => return Ok(Rules::Unknown(why)),
                Err(error) => return Ok(Rules::Unknown(error.to_string())),
            }
        }
        Ok(Rules::AllAllowed)
    }

    /// A file that cannot be read at all says nothing.
    fn read(&self, bytes: &[u8]) -> Rules {
        match Robot::new(&self.agent, bytes) {
            Ok(robot) => Rules::File(Arc::new(robot)),
            Err(_) => Rules::AllAllowed,
        }
    }
}

fn delay(robot: &Robot) -> Option<Duration> {
    Duration::try_from_secs_f32(robot.delay?).ok()
}
