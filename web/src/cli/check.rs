//! `sources check`: asks every source once and says what is wrong with each, in a sentence to act on.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use clap::Args;
use crawler::{Checked, Crawler, Error, Source, SourceId};
use futures::StreamExt as _;
use futures::stream;
use serde::Serialize;
use url::Url;

use super::collect::known_sources;
use super::{Outcome, Place, answer, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::folder;
use crate::plain::clean;

/// A source whose newest entry is older than so many days has gone quiet.
const QUIET_DAYS: i64 = 180;
/// Sources asked side by side; the crawler's own gates keep it polite.
const SIDE_BY_SIDE: usize = 64;

/// `lexwatch sources check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// Only this source; may be repeated
    #[arg(long, value_name = "ID")]
    source: Vec<String>,
}

/// What is said of one source.
#[derive(Debug, Serialize)]
struct Report<'s> {
    id: &'s SourceId,
    url: &'s Url,
    status: &'static str,
    says: String,
    entries: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    newest: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_to: Option<Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed: Option<Url>,
}

impl Check {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        let config = Config::load(place.config.as_deref())?;
        let wanted = known_sources(&config, &self.source)?;
        let sources: Vec<Source> = (config.catalog.iter())
            .filter(|source| wanted.is_empty() || wanted.contains(&source.id))
            .cloned()
            .collect();
        let crawler = Crawler::new(config.crawler.clone())?;
        let seen = last_seen(config, place).await?;
        let (crawler, now) = (&crawler, Clock::default().now());
        let checks =
            sources.iter().map(|source| async move { (source, crawler.check(source, now).await) });
        let mut checks = stream::iter(checks).buffer_unordered(SIDE_BY_SIDE);
        let (mut good, mut bad, mut unresolved) = (0, 0, 0);
        while let Some((source, checked)) = checks.next().await {
            let report = report(source, checked, seen.get(&source.id).copied(), now);
            unresolved += usize::from(report.status == "unresolved");
            if report.status == "ok" {
                good += 1
            } else {
                bad += 1
            }
            say(&format!("{:<28} {:<12} {}", source.id.0, report.status, clean(&report.says, 600)));
            answer(&report)?;
        }
        say(&format!("{good} good, {bad} to look at"));
        if unresolved > 1 && unresolved == bad && good == 0 {
            say(
                "lexwatch: no name can be resolved: this machine has no network, or no name server",
            );
        }
        Ok(Outcome::Done)
    }
}

/// The newest item kept of each source, where there is a store.
async fn last_seen(
    config: Config,
    place: &Place,
) -> anyhow::Result<HashMap<SourceId, DateTime<Utc>>> {
    if !folder::is_in_use(place.data_folder()) {
        return Ok(HashMap::new());
    }
    let app = App::open(config, place.data_folder(), Clock::default()).await?;
    let states = app.index.store().sources().await?;
    Ok(states.into_iter().filter_map(|state| Some((state.id, state.newest?))).collect())
}

fn report<'s>(
    source: &'s Source,
    checked: Checked,
    seen: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Report<'s> {
    let Checked { moved_to, listed, feed, is_wall } = checked;
    let entries = listed.as_ref().map_or(0, Vec::len);
    let newest = listed.iter().flatten().filter_map(|entry| entry.published);
    let newest = newest.max_by_key(crawler::Moment::instant);
    let (status, says) = match (&listed, &moved_to) {
        (Err(error), _) => fault(source, error, feed.as_ref(), is_wall),
        (Ok(_), _) if entries == 0 => ("empty", empty(seen)),
        (Ok(_), Some(to)) => (
            "moved",
            format!("moved for good to {to}: write that as its `url`; it lists {entries} entries"),
        ),
        (Ok(_), None) => match newest {
            Some(newest) if (now.date_naive() - newest.day()).num_days() > QUIET_DAYS => (
                "quiet",
                format!(
                    "its newest entry is from {}: look whether it goes on elsewhere",
                    newest.day()
                ),
            ),
            _ => ("ok", format!("lists {entries} entries")),
        },
    };
    let newest = newest.map(|newest| newest.to_string());
    Report { id: &source.id, url: &source.url, status, says, entries, newest, moved_to, feed }
}

fn empty(seen: Option<DateTime<Utc>>) -> String {
    match seen {
        Some(seen) => format!(
            "answers, but lists nothing; the newest item kept of it is from {}",
            seen.date_naive()
        ),
        None => "answers, but lists nothing".to_owned(),
    }
}

/// What is wrong, and what to do about it.
fn fault(
    source: &Source,
    error: &Error,
    feed: Option<&Url>,
    is_wall: bool,
) -> (&'static str, String) {
    let host = source.url.host_str().unwrap_or("its host");
    let front = source.url.join("/").ok();
    let site = source.site.as_ref().or(front.as_ref()).unwrap_or(&source.url);
    match error {
        Error::Robots(_) => {
            ("robots", format!("{error}: look for another address of it, or ask the publisher"))
        }
        Error::Status { status: 401 | 402 | 403 | 451, .. } => (
            "refused",
            format!("{error}: {host} refuses us; ask the publisher, or follow another address"),
        ),
        _ if is_wall => (
            "refused",
            format!(
                "{host} shows a page against robots in its place; ask the publisher, or follow another address"
            ),
        ),
        Error::Status { status: 404 | 410, .. } => (
            "not-found",
            format!(
                "{error}: there is nothing at this address any more; `lexwatch sources discover {site}` may find it"
            ),
        ),
        Error::Status { .. } | Error::LeftAlone(_) => {
            ("failed", format!("{error}: try again later"))
        }
        Error::NotAFeed(_) => ("not-a-feed", not_a_feed(source, error, feed)),
        Error::NothingListed(_) => {
            ("not-listed", format!("{error}: see whether `format` and selectors still fit"))
        }
        Error::Timeout(_) => ("timeout", format!("{error}: {host} is slow or drops our requests")),
        _ if error.is_certificate_fault() => (
            "certificate",
            format!("{error}: see whether the address is right; it may heal by itself"),
        ),
        _ if error.is_unresolved() => {
            ("unresolved", format!("{error}: the site is gone, or the address has a slip"))
        }
        _ => ("failed", error.to_string()),
    }
}

fn not_a_feed(source: &Source, error: &Error, feed: Option<&Url>) -> String {
    match feed {
        Some(feed) => format!("{error}; the page names the feed {feed}: write that as its `url`"),
        None => format!("{error}; `lexwatch sources discover {}` may find one", source.url),
    }
}
