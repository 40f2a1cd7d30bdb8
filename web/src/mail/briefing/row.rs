//! One item of a briefing, made harmless for both twins of the letter.

use index::{Item, Query};
use url::Url;

use super::Link;
use super::arrange::official;
use crate::mail::plain::{Run, runs, words, wrap};
use crate::mail::wording;
use crate::plain::{clean, title};
use crate::site::stage_name;

/// How many characters of a snippet the letter shows: two or three lines.
const SNIPPET: usize = 240;

/// The longest name of a source, in characters.
const NAME: usize = 80;

/// How many tags stand under an item, its jurisdictions apart.
const TAGS: usize = 5;

/// The longest language code that is passed on.
const LANGUAGE: usize = 12;

/// One item.
#[derive(Debug)]
pub(super) struct Row {
    /// The headline in its own language.
    pub(super) title: String,
    /// For `lang`; empty where it is not known.
    pub(super) language: String,
    pub(super) source: String,
    /// Whether an authority itself speaks.
    pub(super) official: bool,
    pub(super) day: String,
    pub(super) tags: Vec<String>,
    pub(super) snippet: Vec<Run>,
    /// The publisher's page.
    pub(super) url: String,
    /// The item's page on Lexwatch.
    pub(super) page: String,
    /// How many others report the event, and the page with all of them.
    pub(super) others: Option<(i64, String)>,
}

impl Row {
    /// An item with the snippet of the search that found it. Where a query shows each item of a story, none stands for others.
    pub(super) fn new(link: Link<'_>, query: &Query, item: &Item, snippet: &str) -> Self {
        let page = link(&format!("/items/{}", item.id));
        let others = Some(item.story_items - 1).filter(|others| query.fold && *others > 0);
        let day = item.published.map_or(item.first_seen.date_naive(), |moment| moment.day());
        let language = item.language.as_deref().unwrap_or_default();
        Self {
            title: title(&item.title),
            language: clean(language, LANGUAGE),
            source: clean(&item.source.name, NAME),
            official: official(item),
            day: wording::day(day),
            tags: tags(item),
            snippet: shorten(runs(snippet), SNIPPET),
            url: outside(&item.url).unwrap_or_else(|| page.clone()),
            page,
            others: others.map(|others| (others, link(&format!("/stories/{}", item.story)))),
        }
    }

    /// Source, kind and day in one line.
    pub(super) fn origin(&self) -> String {
        let official = if self.official { " (official)" } else { "" };
        format!("{}{official} · {}", self.source, self.day)
    }

    /// The item in the plain-text letter, without a line break at its end.
    pub(super) fn text(&self) -> String {
        const INDENT: &str = "  ";
        let title = wrap(&self.title, INDENT);
        let mut lines = vec![format!("* {}", title.trim_start()), wrap(&self.origin(), INDENT)];
        if !self.tags.is_empty() {
            lines.push(wrap(&self.tags.join(" · "), INDENT));
        }
        let snippet = words(&self.snippet);
        if !snippet.is_empty() {
            lines.push(wrap(&snippet, INDENT));
        }
        lines.push(format!("{INDENT}{}", self.url));
        if self.page != self.url {
            lines.push(format!("{INDENT}Why these tags: {}", self.page));
        }
        if let Some((others, story)) = &self.others {
            let reports = if *others == 1 { "report" } else { "reports" };
            lines.push(format!("{INDENT}{others} more {reports} of it: {story}"));
        }
        lines.join("\n")
    }
}

/// Topics, stage and laws by name.
fn tags(item: &Item) -> Vec<String> {
    let tags = &item.tags;
    let topics = tags.topics.iter().map(|tag| tag.value.name().to_owned());
    let stage = tags.stage.iter().map(|tag| stage_name(item, tag.value));
    let laws = tags.instruments.iter().map(|tag| tag.value.name().to_owned());
    topics.chain(stage).chain(laws).take(TAGS).collect()
}

/// An address of the web, as it can stand in a letter; nothing else becomes a link.
fn outside(url: &str) -> Option<String> {
    let url = Url::parse(url).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// The beginning of a snippet.
fn shorten(runs: Vec<Run>, most: usize) -> Vec<Run> {
    let mut left = most;
    let mut short = Vec::new();
    for mut run in runs {
        let length = run.text.chars().count();
        if length > left {
            run.text = run.text.chars().take(left).chain(['…']).collect();
            short.push(run);
            break;
        }
        left -= length;
        short.push(run);
    }
    short
}
