//! `Row`: an item in a list. The only place that decides how an item looks in one.

use std::sync::Arc;

use classifier::{Instrument, Jurisdiction, Stage, Topic};
use index::Item;

use super::dates::Shown;
use crate::plain::title;

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
    pub(super) jurisdictions: Vec<Link>,
    pub(super) topics: Vec<Link>,
    pub(super) stage: Option<Link>,
    pub(super) laws: Vec<Link>,
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
        let tags = &item.tags;
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
            jurisdictions: tags
                .jurisdictions
                .iter()
                .map(|tag| Link::jurisdiction(tag.value))
                .collect(),
            topics: tags.topics.iter().map(|tag| Link::topic(tag.value)).collect(),
            stage: tags.stage.as_ref().map(|tag| Link::stage(tag.value)),
            laws: tags.instruments.iter().map(|tag| Link::law(tag.value)).collect(),
            snippet,
            policy: tags.policy.value,
            paywalled: item.paywalled,
            story: story(item),
        }
    }

    /// The same on the page of its story.
    pub(super) fn of_story(item: &Item) -> Self {
        Self { story: None, ..Self::new(item, String::new()) }
    }

    /// The rows of a page.
    pub(super) fn all(found: Vec<(Arc<Item>, String)>) -> Vec<Self> {
        found.into_iter().map(|(item, snippet)| Self::new(&item, snippet)).collect()
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

/// Whether an authority itself speaks.
pub(crate) fn is_official(publisher: crawler::Publisher) -> bool {
    use crawler::Publisher::{Court, International, Legislature, News, Ngo, Regulator};
    match publisher {
        Regulator | Legislature | Court | International => true,
        News | Ngo => false,
    }
}
