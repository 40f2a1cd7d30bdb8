//! An entry while it is read: the same fact may stand in several places.

use url::Url;

use super::FeedEntry;
use super::names::Field;
use crate::{Moment, date};

/// What has been found of an entry so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) id: Option<String>,
    /// The id, where it is an address.
    pub(super) permalink: Option<Url>,
    /// The address that the entry's own tag names.
    pub(super) about: Option<Url>,
    link: Option<Url>,
    other_link: Option<Url>,
    title: Option<String>,
    second_title: Option<String>,
    published: Option<Moment>,
    updated: Option<Moment>,
    author: Option<String>,
    summary: Option<String>,
    description: Option<String>,
    content: Option<String>,
}

impl Draft {
    /// The link for people is the first that has no other relation.
    pub(super) fn set_link(&mut self, link: Option<Url>, rel: Option<&str>) {
        let slot = match rel {
            None | Some("" | "alternate") => &mut self.link,
            Some(_) => &mut self.other_link,
        };
        if slot.is_none() {
            *slot = link;
        }
    }

    /// Of several dates the last that can be read counts.
    pub(super) fn set_date(&mut self, field: Field, text: Option<&str>) {
        let Some(found) = text.and_then(date::parse) else { return };
        match field {
            Field::Published => self.published = Some(found),
            _ => self.updated = Some(found),
        }
    }

    /// `me@example.org (A Name)` is a name.
    pub(super) fn set_author(&mut self, text: Option<&str>) {
        let Some(text) = text else { return };
        let named = text.split_once('(').and_then(|(before, name)| {
            let name = name.strip_suffix(')')?.trim();
            (before.contains('@') && !name.is_empty()).then_some(name)
        });
        if self.author.is_none() {
            self.author = Some(named.unwrap_or(text).to_owned());
        }
    }

    /// Of several texts of one kind the last counts.
    pub(super) fn set_text(&mut self, field: Field, value: Option<String>) {
        let Some(value) = value else { return };
        let slot = match field {
            Field::Title => &mut self.title,
            Field::SecondTitle => &mut self.second_title,
            Field::Summary => &mut self.summary,
            Field::Content => &mut self.content,
            _ => &mut self.description,
        };
        *slot = Some(value);
    }

    /// A description beside a summary is the whole text.
    pub(super) fn finish(self) -> FeedEntry {
        let (summary, content) = match (self.summary, self.description) {
            (Some(summary), description) => (Some(summary), self.content.or(description)),
            (None, description) => (description, self.content),
        };
        FeedEntry {
            id: self.id,
            url: self.link.or(self.permalink).or(self.about).or(self.other_link),
            title: self.title.or(self.second_title),
            published: self.published,
            updated: self.updated,
            author: self.author,
            summary,
            content,
        }
    }
}
