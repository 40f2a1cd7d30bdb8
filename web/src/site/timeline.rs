//! Dated acts as readers see them: those that an item tells, and a law's timeline.

use chrono::NaiveDate;
use classifier::{Act, Development, When};
use index::Item;

use super::dates::Shown;
use super::rows::{Link, is_official, published, published_on};
use crate::plain::{clean, title};
use crate::timeline::Event;

/// Characters of the sentence that tells an act.
const SENTENCE: usize = 320;

/// Items that are shown beside an act, and how many more can be unfolded; the API has all.
const SHOWN: usize = 2;
const UNFOLDED: usize = 4;

/// Acts that are shown of a law: the latest; the API has all.
const EVENTS: usize = 40;

/// A dated act that an item tells.
pub(super) struct Told {
    pub(super) act: &'static str,
    pub(super) date: Shown,
    pub(super) law: Option<Link>,
    pub(super) score: u8,
    pub(super) sentence: String,
}

impl Told {
    /// Those of an item.
    pub(super) fn all(item: &Item) -> Vec<Self> {
        let told = |one: &Development| Self {
            act: named(one.act, one.date.first() > published_on(item)),
            date: Shown::when(one.date),
            law: one.instrument.map(Link::law),
            score: super::percent(one.score),
            sentence: sentence(one),
        };
        item.tags.developments.iter().map(told).collect()
    }
}

/// What an act is called, which may be ahead.
fn named(act: Act, ahead: bool) -> &'static str {
    match act {
        Act::InForce if ahead => "Takes effect",
        act => act.name(),
    }
}

/// The sentence that tells an act.
fn sentence(one: &Development) -> String {
    clean(one.evidence.first().map_or("", |evidence| &evidence.quote), SENTENCE)
}

/// One act on one date in a law's timeline.
pub(super) struct Step {
    /// Its place on the page.
    pub(super) anchor: String,
    pub(super) act: &'static str,
    pub(super) date: Shown,
    /// Whether it is still to come.
    pub(super) ahead: bool,
    /// How sure the program is that one of its tellers tells it, in percent.
    pub(super) score: u8,
    /// Other dates that are told of the same act.
    pub(super) others: Vec<Other>,
    pub(super) tellers: Vec<Teller>,
    pub(super) folded: Vec<Teller>,
    /// How many more items tell it.
    pub(super) more: usize,
}

/// Another date that is told of an act.
pub(super) struct Other {
    /// Where it stands on the page; leads nowhere if there was no room for it.
    pub(super) date: Link,
    pub(super) items: usize,
}

/// An item that tells an act.
pub(super) struct Teller {
    pub(super) item: Link,
    /// For `lang`; empty where it is not known.
    pub(super) language: String,
    pub(super) source: String,
    pub(super) official: bool,
    pub(super) published: Shown,
    pub(super) sentence: String,
}

impl Step {
    /// A law's timeline on a day: the latest acts in time order.
    pub(super) fn all(events: &[Event], today: NaiveDate) -> Vec<Self> {
        let latest = &events[events.len().saturating_sub(EVENTS)..];
        latest.iter().map(|event| Self::new(event, latest, today)).collect()
    }

    fn new(event: &Event, shown: &[Event], today: NaiveDate) -> Self {
        let ahead = event.date.first() > today;
        let anchor = |date| format!("{}-{date}", event.act.slug());
        let other = |(date, items): &(When, usize)| {
            let is_shown = shown.iter().any(|one| one.act == event.act && one.date == *date);
            let href = if is_shown { format!("#{}", anchor(*date)) } else { String::new() };
            Other { date: Link::new(href, Shown::when(*date).text), items: *items }
        };
        let teller = |(one, item): &(Development, Item)| Teller {
            item: Link::new(format!("/items/{}", item.id), title(&item.title)),
            language: item.language.clone().unwrap_or_default(),
            source: item.source.name.clone(),
            official: is_official(item.source.publisher),
            published: published(item),
            sentence: sentence(one),
        };
        let mut tellers: Vec<_> = event.told.iter().take(SHOWN + UNFOLDED).map(teller).collect();
        let folded = tellers.split_off(tellers.len().min(SHOWN));
        Self {
            anchor: anchor(event.date),
            act: named(event.act, ahead),
            date: Shown::when(event.date),
            ahead,
            score: super::percent(event.told.iter().map(|(one, _)| one.score).fold(0.0, f32::max)),
            others: event.others.iter().map(other).collect(),
            tellers,
            folded,
            more: event.told.len().saturating_sub(SHOWN + UNFOLDED),
        }
    }
}
