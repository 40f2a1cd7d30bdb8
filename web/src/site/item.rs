//! `/items/{id}`: one item, its tags and the words that led to each.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use classifier::{Evidence, Label, Place, Tag};
use index::{Correction, Item, ItemId};

use super::cite::{self, Citation};
use super::corrections::{self, Moved, Removed, Word};
use super::dates::Shown;
use super::report::Form;
use super::rows::{
    LAW, Link, PLACE, Row, STAGE, TOPIC, is_official, is_weak, published, stage, story,
};
use super::timeline::Told;
use super::{Chrome, page, percent};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::languages::language_name;
use crate::plain::{clean, is_hidden, title};

/// How many other reports of its story are shown.
const REPORTS: usize = 5;
/// How many related items are shown.
const RELATED: usize = 6;
/// Characters of the text that are shown: its beginning.
const LEAD: usize = 320;
/// So many bytes at its end are one word, and not a text without blanks.
const LONG_WORD: usize = 40;
/// Characters of it for search engines.
const DESCRIPTION: usize = 160;
/// Characters of the authors' names.
const BYLINE: usize = 300;
/// Characters of context on either side of a piece of evidence.
const CONTEXT: usize = 70;

#[derive(Template)]
#[template(path = "item.html")]
struct ItemPage {
    chrome: Chrome,
    title: String,
    lead: String,
    language: String,
    language_name: String,
    byline: String,
    source: Link,
    official: bool,
    published: Shown,
    date_known: bool,
    first_seen: Shown,
    revisions: i64,
    url: String,
    paywalled: bool,
    host: String,
    policy: bool,
    policy_score: u8,
    policy_evidence: Vec<Quote>,
    policy_word: Option<Word>,
    groups: Vec<Group>,
    told: Vec<Told>,
    corrected: bool,
    report: Form,
    model: String,
    codebook: &'static str,
    /// The other reports of its story, the first of them, and the way to all.
    story: Option<Link>,
    reports: Vec<Row>,
    /// What people did with it.
    moved: Vec<Moved>,
    related: Vec<Row>,
    /// Why these are not known, if they are not.
    unrelated: Option<String>,
    id: String,
    citation: Citation,
    schema_org: String,
}

/// One of the codebook's questions, and the tags that answer it.
struct Group {
    name: &'static str,
    /// How its tags look.
    class: &'static str,
    none: &'static str,
    tags: Vec<TagView>,
    removed: Vec<Removed>,
}

struct TagView {
    /// Where it is explained on the page.
    place: String,
    link: Link,
    rule: &'static str,
    score: u8,
    weak: bool,
    quotes: Vec<Quote>,
    /// Who added it, if a person did.
    word: Option<Word>,
}

/// The very words, with a little of what stands around them.
struct Quote {
    /// `headline`, or `paragraph 3`.
    place: String,
    before: String,
    words: String,
    after: String,
}

/// `GET /items/{id}`.
pub(super) async fn show(
    State(app): State<App>,
    origin: Origin,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let missing = || Error::missing("item", &id);
    let id = ItemId::parse(&id).ok_or_else(missing)?;
    let item = app.index.store().item(id).await?.ok_or_else(missing)?;
    let form = Form::of(&item.tags);
    answer(&app, &origin, &item, form).await
}

/// The page of an item, with the form for reports as it was typed.
pub(super) async fn answer(
    app: &App,
    origin: &Origin,
    item: &Item,
    report: Form,
) -> Result<Response, Error> {
    let store = app.index.store();
    let text = store.texts(&[item.id]).await?.pop().unwrap_or_default();
    let corrections = if item.corrected { store.corrections(item.id).await? } else { Vec::new() };
    let (related, unrelated) = match app.index.related(item.id, RELATED).await {
        Ok(related) => (related, None),
        // The item is kept elsewhere, and can be shown.
        Err(error @ index::Error::Unfinished { .. }) => (Vec::new(), Some(error.to_string())),
        Err(error) => return Err(error.into()),
    };
    let reports = if item.story_items > 1 {
        store.story(item.story, REPORTS + 1).await?.map(|story| story.items).unwrap_or_default()
    } else {
        Vec::new()
    };
    let moved = Moved::all(item, &store.story_words(item.id).await?);
    let path = format!("/items/{}", item.id);
    let chrome = Chrome::new("").at(origin, &path, clean(&text, DESCRIPTION));
    let view = view(item, &text, &corrections, (&reports, &related), report);
    page(&ItemPage { chrome, moved, unrelated, ..view })
}

fn view(
    item: &Item,
    text: &str,
    corrections: &[Correction],
    (reports, related): (&[Item], &[Item]),
    report: Form,
) -> ItemPage {
    let words = Words::new(&item.title, text);
    let said = corrections::Words::of(corrections);
    let policy = &item.tags.policy;
    let citation = Citation::new(item);
    ItemPage {
        chrome: Chrome::new(""),
        title: title(&item.title),
        lead: lead(text),
        language: item.language.clone().unwrap_or_default(),
        language_name: item.language.as_deref().map(language_name).unwrap_or_default().to_owned(),
        byline: clean(item.byline.as_deref().unwrap_or_default(), BYLINE),
        source: Link::new(format!("/search?source={}", item.source.id), item.source.name.clone()),
        official: is_official(item.source.publisher),
        published: published(item),
        date_known: item.published.is_some(),
        first_seen: Shown::instant(item.first_seen),
        revisions: item.revisions,
        url: item.url.clone(),
        paywalled: item.paywalled,
        host: host(&item.url),
        policy: policy.value,
        policy_score: percent(policy.score),
        policy_evidence: words.quotes(&policy.evidence),
        policy_word: said.policy(&item.tags),
        groups: groups(item, &words, &said),
        told: Told::all(item),
        corrected: item.corrected,
        report,
        model: item.tags.model.clone(),
        codebook: classifier::CODEBOOK,
        story: story(item),
        reports: (reports.iter().filter(|other| other.id != item.id).take(REPORTS))
            .map(Row::of_story)
            .collect(),
        moved: Vec::new(),
        related: related.iter().map(|item| Row::new(item, String::new())).collect(),
        unrelated: None,
        id: item.id.to_string(),
        schema_org: cite::schema_org(&citation),
        citation,
    }
}

fn groups(item: &Item, words: &Words, said: &corrections::Words<'_>) -> Vec<Group> {
    let tags = &item.tags;
    let jurisdictions = tags.jurisdictions.iter().map(|tag| {
        let rule = "whose rule, regulator or court is acting, or whose rules are explained";
        let label = Label::Jurisdiction(tag.value);
        TagView::new((label, Link::jurisdiction(tag.value)), rule, tag, words, said)
    });
    let topics = tags.topics.iter().map(|tag| {
        let label = Label::Topic(tag.value);
        let rule = tag.value.description();
        TagView::new((label, Link::topic(tag.value)), rule, tag, words, said)
    });
    let stages = tags.stage.iter().map(|tag| {
        let label = Label::Stage(tag.value);
        let rule = tag.value.description();
        TagView::new((label, stage(item, tag.value)), rule, tag, words, said)
    });
    let laws = tags.instruments.iter().map(|tag| {
        let rule = "the item is about this law, named or unmistakable";
        let label = Label::Instrument(tag.value);
        TagView::new((label, Link::law(tag.value)), rule, tag, words, said)
    });
    let group = |(name, class), none, kind, tags_of: Vec<TagView>| Group {
        name,
        class,
        none,
        tags: tags_of,
        removed: said.removed(kind, tags),
    };
    let states = jurisdictions.collect();
    vec![
        group(("Jurisdictions", PLACE), "no state is seen acting", "jurisdiction", states),
        group(("Topics", TOPIC), "none of the codebook's topics", "topic", topics.collect()),
        group(("Stage", STAGE), "no act of a measure's life", "stage", stages.collect()),
        group(("Laws", LAW), "no law of the register", "instrument", laws.collect()),
    ]
}

impl TagView {
    fn new<T>(
        (label, link): (Label, Link),
        rule: &'static str,
        tag: &Tag<T>,
        words: &Words,
        said: &corrections::Words<'_>,
    ) -> Self {
        // What the model finds as well was there before.
        let is_found = !tag.evidence.is_empty();
        let word = said.added(label);
        let word = word.map(|word| if is_found { word.confirmed() } else { word });
        let (score, quotes) = (percent(tag.score), words.quotes(&tag.evidence));
        Self { place: label.to_string(), link, rule, score, weak: is_weak(tag), quotes, word }
    }
}

/// Headline and text by character, as evidence counts them.
struct Words {
    title: Vec<char>,
    text: Vec<char>,
}

impl Words {
    fn new(title: &str, text: &str) -> Self {
        Self { title: title.chars().collect(), text: text.chars().collect() }
    }

    fn quotes(&self, evidence: &[Evidence]) -> Vec<Quote> {
        evidence.iter().map(|evidence| self.quote(evidence)).collect()
    }

    fn quote(&self, evidence: &Evidence) -> Quote {
        let words = match evidence.place {
            Place::Title => &self.title,
            Place::Text => &self.text,
        };
        let start = evidence.start.min(words.len());
        let place = match evidence.place {
            Place::Title => "headline".to_owned(),
            Place::Text => format!("paragraph {}", paragraph(&words[..start])),
        };
        let end = evidence.end.clamp(start, words.len());
        let from = context_start(words, start);
        let to = context_end(words, end);
        let before = line(&words[from..start]);
        let after = line(&words[end..to]);
        Quote {
            place,
            before: if from > 0 { format!("…{before}") } else { before },
            words: line(&words[start..end]),
            after: if to < words.len() { format!("{after}…") } else { after },
        }
    }
}

/// In which paragraph, from 1, the place after these words lies: blank lines part them.
fn paragraph(before: &[char]) -> usize {
    before.windows(2).filter(|pair| *pair == ['\n', '\n']).count() + 1
}

/// Where the words before a quotation begin: at a whole word, where there are spaces between them.
fn context_start(words: &[char], start: usize) -> usize {
    let from = start.saturating_sub(CONTEXT);
    let cuts = from > 0 && !words[from - 1].is_whitespace();
    let space = (from..start).find(|&at| cuts && words[at].is_whitespace());
    space.map_or(from, |space| space + 1)
}

/// Where the words after a quotation end.
fn context_end(words: &[char], end: usize) -> usize {
    let to = (end + CONTEXT).min(words.len());
    let cuts = to < words.len() && !words[to].is_whitespace();
    (end..to).rev().find(|&at| cuts && words[at].is_whitespace()).unwrap_or(to)
}

/// The beginning of the text, without the headings in it, which would run into its sentences.
fn lead(text: &str) -> String {
    let is_prose = |paragraph: &&str| {
        let end = paragraph.trim_end().chars().next_back();
        end.is_some_and(|end| !end.is_alphanumeric())
    };
    let prose: Vec<_> = text.split("\n\n").filter(is_prose).collect();
    let lead =
        clean(if prose.is_empty() { text.to_owned() } else { prose.join(" ") }.as_str(), LEAD);
    // What was cut ends with a whole word, where blanks part words.
    match lead.strip_suffix('…').and_then(|cut| cut.rsplit_once(' ')) {
        Some((whole, part)) if lead.chars().count() == LEAD && part.len() < LONG_WORD => {
            format!("{whole} …")
        }
        _ => lead,
    }
}

/// Characters as one line, without those that turn it around.
fn line(characters: &[char]) -> String {
    let shown = characters.iter().filter(|c| !is_hidden(**c));
    shown.map(|c| if c.is_control() { ' ' } else { *c }).collect()
}

fn host(url: &str) -> String {
    let parsed = url::Url::parse(url).ok();
    parsed
        .and_then(|url| url.host_str().map(|host| host.trim_start_matches("www.").to_owned()))
        .unwrap_or_default()
}
