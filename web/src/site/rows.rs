//! `Row`: an item in a list. The only place that decides how an item looks in one.

use std::sync::Arc;

use chrono::NaiveDate;
use classifier::{Act, Instrument, Jurisdiction, Stage, Tag, Topic};
use index::{Item, Query};

use super::dates::Shown;
use super::percent;
use crate::plain::title;

/// How the kinds of tags look.
pub(super) const PLACE: &str = "place";
pub(super) const TOPIC: &str = "";
pub(super) const STAGE: &str = "stage";
pub(super) const LAW: &str = "law";

/// A link with its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) href: String,
    pub(super) text: String,
}

impl Link {
    pub(super) fn new(href: String, text: impl Into<String>) -> Self {
        Self { href, text: text.into() }
    }

    pub(super) fn jurisdiction(jurisdiction: Jurisdiction) -> Self {
        Self::new(format!("/jurisdictions/{}", jurisdiction.code()), jurisdiction.name())
    }

    pub(super) fn topic(topic: Topic) -> Self {
        Self::new(format!("/topics/{}", topic.slug()), topic.name())
    }

    pub(super) fn stage(stage: Stage) -> Self {
        Self::new(format!("/search?stage={}", stage.slug()), stage.name())
    }

    pub(super) fn law(instrument: Instrument) -> Self {
        Self::new(format!("/laws/{}", instrument.slug()), instrument.name())
    }
}

/// Below this score a tag looks as unsure as it is.
const SURE: f32 = 0.6;

/// A tag in a list.
#[derive(Debug, Clone)]
pub(super) struct Chip {
    pub(super) link: Link,
    /// How its kind looks.
    pub(super) class: &'static str,
    /// How sure the program is, in percent.
    pub(super) score: u8,
    pub(super) weak: bool,
}

impl Chip {
    fn new<T>(link: Link, class: &'static str, tag: &Tag<T>) -> Self {
        Self { link, class, score: percent(tag.score), weak: is_weak(tag) }
    }
}

/// Whether the program is hardly sure of a tag.
pub(super) fn is_weak<T>(tag: &Tag<T>) -> bool {
    tag.score < SURE
}

/// The tags of an item in the codebook's order.
pub(super) fn chips(item: &Item) -> Vec<Chip> {
    let tags = &item.tags;
    let places = tags.jurisdictions.iter();
    let places = places.map(|tag| Chip::new(Link::jurisdiction(tag.value), PLACE, tag));
    let topics = tags.topics.iter().map(|tag| Chip::new(Link::topic(tag.value), TOPIC, tag));
    let stage = tags.stage.iter().map(|tag| Chip::new(stage(item, tag.value), STAGE, tag));
    let laws = tags.instruments.iter().map(|tag| Chip::new(Link::law(tag.value), LAW, tag));
    places.chain(topics).chain(stage).chain(laws).collect()
}

/// A stage, as [`stage_name`] has it.
pub(super) fn stage(item: &Item, stage: Stage) -> Link {
    Link { text: stage_name(item, stage), ..Link::stage(stage) }
}

/// What a stage is called. The codebook's *in force* holds what an item reports some days before it takes effect; where
/// all that it tells of taking effect is ahead, the first day of that is told instead.
pub(crate) fn stage_name(item: &Item, stage: Stage) -> String {
    let days = item.tags.developments.iter().filter(|one| one.act == Act::InForce);
    let first = days.map(|one| one.date).min_by_key(|date| date.first());
    match first.filter(|date| date.first() > published_on(item)) {
        Some(date) if stage == Stage::InForce => format!("Takes effect {}", Shown::when(date).text),
        _ => stage.name().to_owned(),
    }
}

/// An item in a list.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) href: String,
    pub(super) title: String,
    /// For `lang`; empty where it is not known.
    pub(super) language: String,
    pub(super) source: Link,
    /// Whether an authority itself speaks.
    pub(super) official: bool,
    pub(super) published: Shown,
    pub(super) tags: Vec<Chip>,
    /// HTML of our own making: escaped but for `<mark>`.
    pub(super) snippet: String,
    pub(super) policy: bool,
    pub(super) paywalled: bool,
    /// The story, where others report it too.
    pub(super) story: Option<Link>,
}

impl Row {
    /// An item with the snippet of the search that found it (may be empty).
    pub(super) fn new(item: &Item, snippet: String) -> Self {
        Self {
            href: format!("/items/{}", item.id),
            title: title(&item.title),
            language: item.language.clone().unwrap_or_default(),
            source: Link::new(
                format!("/search?source={}", item.source.id),
                item.source.name.clone(),
            ),
            official: is_official(item.source.publisher),
            published: published(item),
            tags: chips(item),
            snippet,
            policy: item.tags.policy.value,
            paywalled: item.paywalled,
            story: story(item),
        }
    }

    /// The same on the page of its story.
    pub(super) fn of_story(item: &Item) -> Self {
        Self { story: None, ..Self::new(item, String::new()) }
    }

    /// The rows of what a query found. Where each item of a story has a row, none stands for the others.
    pub(super) fn all(query: &Query, found: Vec<(Arc<Item>, String)>) -> Vec<Self> {
        let row = |(item, snippet): (Arc<Item>, String)| {
            let row = Self::new(&item, snippet);
            Self { story: row.story.filter(|_| query.fold), ..row }
        };
        found.into_iter().map(row).collect()
    }
}

/// The way to the other reports of an item's story, if there are any.
pub(super) fn story(item: &Item) -> Option<Link> {
    let others = item.story_items - 1;
    let text = format!("{others} more report{}", if others == 1 { "" } else { "s" });
    (others > 0).then(|| Link::new(format!("/stories/{}", item.story), text))
}

/// Its publication, or where that is not known its first sight.
pub(super) fn published(item: &Item) -> Shown {
    match &item.published {
        Some(moment) => Shown::moment(moment),
        None => Shown::instant(item.first_seen),
    }
}

/// The day of that.
pub(super) fn published_on(item: &Item) -> NaiveDate {
    item.published.map_or(item.first_seen.date_naive(), |moment| moment.day())
}

/// Whether an authority itself speaks.
pub(crate) fn is_official(publisher: crawler::Publisher) -> bool {
    use crawler::Publisher::{Court, International, Legislature, News, Ngo, Regulator};
    match publisher {
        Regulator | Legislature | Court | International => true,
        News | Ngo => false,
    }
}
