//! `/stories/{id}`: what several outlets report of one event, in the order in which they did.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use index::{Item, Story, StoryId, StoryTie, StoryWord};

use super::corrections::{NAME, REASON};
use super::dates::{Shown, day};
use super::rows::{LAW, Link, PLACE, Row, TOPIC, chips};
use super::{Chrome, page};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::languages::language_name;
use crate::plain::{clean, title};
use crate::stories::{LARGEST, Outline, led};

#[derive(Template)]
#[template(path = "story.html")]
struct StoryPage {
    chrome: Chrome,
    id: String,
    title: String,
    language: String,
    reports: usize,
    span: String,
    outlets: Vec<Outlet>,
    days: Vec<Day>,
    jurisdictions: Vec<Link>,
    topics: Vec<Link>,
    laws: Vec<Link>,
    languages: Vec<String>,
    words: Vec<Word>,
}

/// What was published on one day.
struct Day {
    heading: String,
    reports: Vec<Report>,
}

struct Report {
    row: Row,
    /// Empty where it is not known, or is the language of all.
    language: String,
    /// Among the first of the story.
    first: bool,
    tie: Option<Tie>,
}

/// What a report shares with an earlier one.
struct Tie {
    shared: String,
    with: Link,
}

/// An outlet, and how many reports are its.
struct Outlet {
    link: Link,
    count: usize,
}

/// What a person did with an item of the story.
struct Word {
    what: &'static str,
    item: Link,
    by: String,
    why: String,
    when: Shown,
}

/// `GET /stories/{id}`. The name of a story that was joined to another leads there.
pub(super) async fn show(
    State(app): State<App>,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let missing = || Error::missing("story", &id);
    let asked = StoryId::parse(&id).ok_or_else(missing)?;
    let story = app.index.store().story(asked, LARGEST).await?.ok_or_else(missing)?;
    if story.id.to_string() != id {
        return Ok(led(&format!("/stories/{}", story.id)));
    }
    let mut shown = view(&story, &app.index.store().ties(&story).await?);
    let description = format!("{} reports of one event: {}", shown.reports, shown.title);
    shown.chrome = Chrome::new("").at(&origin, &format!("/stories/{id}"), description);
    page(&shown)
}

fn view(story: &Story, ties: &[StoryTie]) -> StoryPage {
    let outline = Outline::of(story);
    let best = outline.best;
    let span = match (outline.first, outline.last) {
        (Some(first), Some(last)) if first.date_naive() != last.date_naive() => {
            format!("{} to {}", day(first.date_naive()), day(last.date_naive()))
        }
        (Some(first), _) => day(first.date_naive()),
        _ => String::new(),
    };
    StoryPage {
        chrome: Chrome::new(""),
        id: story.id.to_string(),
        title: best.map(|item| title(&item.title)).unwrap_or_default(),
        language: best.and_then(|item| item.language.clone()).unwrap_or_default(),
        reports: story.items.len(),
        span,
        outlets: outlets(&story.items),
        days: days(&story.items, outline.languages.len() > 1, ties),
        jurisdictions: links(&story.items, PLACE),
        topics: links(&story.items, TOPIC),
        laws: links(&story.items, LAW),
        languages: outline.languages.iter().map(|code| language_name(code).to_owned()).collect(),
        words: story.words.iter().map(|word| said(word, story)).collect(),
    }
}

/// Items come in the order of their publication.
fn days(items: &[Item], many_languages: bool, ties: &[StoryTie]) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let date = item.published.map_or(item.first_seen.date_naive(), |moment| moment.day());
        let heading = day(date);
        let code = item.language.as_deref().filter(|_| many_languages).unwrap_or_default();
        let report = Report {
            row: Row::of_story(item),
            language: language_name(code).to_owned(),
            first: place == 0,
            tie: ties.iter().find(|tie| tie.item == item.id).and_then(|tie| Tie::of(tie, items)),
        };
        match days.last_mut() {
            Some(day) if day.heading == heading => day.reports.push(report),
            _ => days.push(Day { heading, reports: vec![report] }),
        }
    }
    days
}

impl Tie {
    /// In words; `None` where nothing that is common would say much to a reader.
    fn of(tie: &StoryTie, items: &[Item]) -> Option<Self> {
        let shared = &tie.shared;
        let of = |id| items.iter().find(|item| item.id == id);
        let (item, with) = (of(tie.item)?, of(tie.with)?);
        let laws =
            |item: &Item| -> Vec<_> { item.tags.instruments.iter().map(|tag| tag.value).collect() };
        let others = laws(with);
        let both = laws(item).into_iter().filter(|law| others.contains(law));
        let counts = |word: &str| shared.amounts.iter().any(|amount| amount.contains(word));
        let words = shared.words.iter().filter(|word| is_name(word) && !counts(word)).cloned();
        let amounts = shared.amounts.iter().filter(|amount| says_what(amount)).cloned();
        let days = shared.days.iter().map(|day| day.format("%-d %B").to_string());
        let laws = both.map(|law| law.name().to_owned());
        let mut all: Vec<_> = laws.chain(words).chain(amounts).chain(days).collect();
        if all.is_empty() {
            all.clone_from(&shared.words);
        }
        let link = Link::new(format!("/items/{}", with.id), with.source.name.clone());
        (!all.is_empty()).then(|| Self { shared: clean(&all.join(", "), REASON), with: link })
    }
}

/// Whether a word is written as names are, or in a script that writes all words alike.
fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(|first| !first.is_lowercase())
}

/// Whether an amount is more than a short number, which may count anything: `310 million`, `80,000`.
fn says_what(amount: &str) -> bool {
    amount.chars().count() > 3
}

/// Those with most reports first, else as they reported.
fn outlets(items: &[Item]) -> Vec<Outlet> {
    let mut outlets: Vec<Outlet> = Vec::new();
    for item in items {
        let link = Row::of_story(item).source;
        match outlets.iter_mut().find(|outlet| outlet.link == link) {
            Some(outlet) => outlet.count += 1,
            None => outlets.push(Outlet { link, count: 1 }),
        }
    }
    outlets.sort_by_key(|outlet| std::cmp::Reverse(outlet.count));
    outlets
}

/// The tags of a kind that any of the items has, those that most have first.
fn links(items: &[Item], kind: &str) -> Vec<Link> {
    let mut counted: Vec<(Link, usize)> = Vec::new();
    let tags = items.iter().flat_map(chips).filter(|tag| tag.class == kind);
    for link in tags.map(|tag| tag.link) {
        match counted.iter_mut().find(|(known, _)| *known == link) {
            Some((_, count)) => *count += 1,
            None => counted.push((link, 1)),
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counted.into_iter().map(|(link, _)| link).collect()
}

fn said(word: &StoryWord, story: &Story) -> Word {
    let what = match (word.attached, word.now == story.id) {
        (true, true) => "Put into the story",
        (true, false) => "Put into another story",
        (false, true) => "Taken out of the story",
        (false, false) => "Taken out of another story",
    };
    Word {
        what,
        item: Link::new(format!("/items/{}", word.item), word.item.to_string()),
        by: clean(&word.verdict.by, NAME),
        why: clean(&word.verdict.why, REASON),
        when: Shown::instant(word.verdict.at),
    }
}
