//! What a story looks like from outside: its best item, its span, its outlets and languages.

use axum::http::header;
use axum::response::{IntoResponse as _, Redirect, Response};
use chrono::{DateTime, Utc};
use index::{Item, Story};

use crate::site::is_official;

/// The most items of a story that are shown; none of real outlets comes near it.
pub(crate) const LARGEST: usize = 500;

/// A story at a glance.
pub(crate) struct Outline<'a> {
    /// The item that stands for it: in English if there is one, an authority's own if there is one, else the earliest.
    pub(crate) best: Option<&'a Item>,
    /// When the first and the last item were published, or first seen where that is not known.
    pub(crate) first: Option<DateTime<Utc>>,
    pub(crate) last: Option<DateTime<Utc>>,
    /// The names of its outlets, each once, in the order in which they reported.
    pub(crate) sources: Vec<&'a str>,
    /// The codes of its languages, likewise.
    pub(crate) languages: Vec<&'a str>,
}

impl<'a> Outline<'a> {
    pub(crate) fn of(story: &'a Story) -> Self {
        let items = &story.items;
        let worse = |item: &&Item| {
            let is_english = item.language.as_deref() == Some("en");
            (!item.tags.policy.value, !is_english, !is_official(item.source.publisher))
        };
        Self {
            best: items.iter().min_by_key(worse),
            first: items.first().map(date),
            last: items.last().map(date),
            sources: each_once(items.iter().map(|item| item.source.name.as_str())),
            languages: each_once(items.iter().filter_map(|item| item.language.as_deref())),
        }
    }
}

/// For the name of a story that was joined to another. A person may part them again, so nobody keeps where it leads.
pub(crate) fn led(to: &str) -> Response {
    ([(header::CACHE_CONTROL, "no-cache")], Redirect::permanent(to)).into_response()
}

/// When an item was published, or first seen where that is not known.
pub(crate) fn date(item: &Item) -> DateTime<Utc> {
    item.published.map_or(item.first_seen, |moment| moment.instant())
}

fn each_once<'a>(all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut once = Vec::new();
    all.for_each(|one| {
        if !once.contains(&one) {
            once.push(one);
        }
    });
    once
}
