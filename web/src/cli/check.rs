//! `sources check`: asks every source once and says what is wrong with each, in a sentence to act on.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use clap::Args;
use crawler::{Checked, Crawler, Error, Fault, Source, SourceId};
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
use crate::health::{cut, remedy};
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
    let Checked { moved_to, listed, left_out, feed, is_wall } = checked;
    let entries = listed.as_ref().map_or(0, Vec::len);
    let cut = cut(entries as u64, left_out as u64);
    let newest = listed.iter().flatten().filter_map(|entry| entry.published);
    let newest = newest.max_by_key(crawler::Moment::instant);
    let (status, says) = match (&listed, &moved_to) {
        (Err(error), _) => fault(source, error, (feed.as_ref(), is_wall), now),
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
            _ => ("ok", cut.unwrap_or_else(|| format!("lists {entries} entries"))),
        },
    };
    let newest = newest.map(|newest| newest.to_string());
    Report { id: &source.id, url: &source.url, status, says, entries, newest, moved_to, feed }
}

fn empty(seen: Option<DateTime<Utc>>) -> String {
    let before =
        seen.map(|seen| format!("; the newest item kept of it is from {}", seen.date_naive()));
    let remedy = remedy(Fault::NotListed, "");
    format!("answers, but lists nothing{}. {remedy}", before.unwrap_or_default())
}

/// What is wrong, and what to do about it.
fn fault(
    source: &Source,
    error: &Error,
    (feed, is_wall): (Option<&Url>, bool),
    now: DateTime<Utc>,
) -> (&'static str, String) {
    let front = source.url.join("/").ok();
    let site = source.site.as_ref().or(front.as_ref()).unwrap_or(&source.url);
    let host = source.url.host_str().unwrap_or("its host");
    match error.fault() {
        kind if is_wall && !matches!(kind, Fault::Robots | Fault::Refused) => (
            Fault::Refused.slug(),
            format!(
                "{host} shows a page against robots in its place. {}",
                remedy(Fault::Refused, site.as_str())
            ),
        ),
        Fault::NotAFeed => (Fault::NotAFeed.slug(), not_a_feed(source, error, feed)),
        kind => {
            let what = rest(error, now).unwrap_or_else(|| remedy(kind, site.as_str()));
            (kind.slug(), format!("{error}. {what}"))
        }
    }
}

/// Until when a server wants to be left alone, if it says so.
fn rest(error: &Error, now: DateTime<Utc>) -> Option<String> {
    let wait = TimeDelta::from_std(error.retry_after()?).ok()?;
    let until = now.checked_add_signed(wait)?.format("%-d %B %Y, %H:%M UTC");
    Some(format!("It asks to be left alone until {until}, and is: nothing is to be done."))
}

fn not_a_feed(source: &Source, error: &Error, feed: Option<&Url>) -> String {
    match feed {
        Some(feed) => format!("{error}; the page names the feed {feed}: write that as its `url`"),
        None => format!("{error}; `lexwatch sources discover {}` may find one", source.url),
    }
}
