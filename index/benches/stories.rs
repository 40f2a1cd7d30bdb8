//! `cargo bench -p index --bench stories -- [ITEMS]`: how well reports of one event find each other, and what it costs to
//! keep an item in a store of so many.
//!
//! The reports (`stories/reports.jsonl`) are of invented events of three weeks, several to a law, an office, a day. The
//! comparison was learnt from the training texts and from events of odd number; those of even number are held back.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot go on"
)]

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use chrono::DateTime;
use classifier::{Classifier, Jurisdiction, Tag, Tags, Text, Topic};
use crawler::{Article, Moment, SourceId};
use index::{Inserted, NewItem, Store, StoryId};

#[path = "scale/corpus.rs"]
#[expect(dead_code, reason = "questions are not asked here")]
mod corpus;

use corpus::{Corpus, Story};

/// Items kept by one transaction.
const BATCH: usize = 500;

#[derive(serde::Deserialize)]
struct Report {
    event: u32,
    language: String,
    date: String,
    title: String,
    text: String,
}

#[tokio::main]
async fn main() {
    // Not for `cargo test --all-targets`, which starts benches without a word.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let count = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10_000);
    quality().await;
    println!("texts that name somebody:");
    cost(count, true).await;
    println!("texts that have nothing of their own:");
    cost(count, false).await;
}

/// Pairs of reports, by whether they are of one event, of one language, and held back.
async fn quality() {
    let lines = include_str!("stories/reports.jsonl").lines();
    let reports: Vec<Report> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    let classifier = Classifier::load().unwrap();
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(folder.path(), "sqlite").await.unwrap();
    let mut stories = Vec::new();
    for (number, report) in reports.iter().enumerate() {
        stories.push(keep_report(&store, &classifier, number, report).await);
    }
    // Items may have moved when a later one joined two stories.
    for (name, wanted) in [("learnt from", 1), ("held back", 0)] {
        let mut counts = [[0_usize; 2]; 3];
        for (one, first) in reports.iter().enumerate() {
            for (other, second) in reports.iter().enumerate().skip(one + 1) {
                let is_held_back = first.event % 2 == 0 || second.event % 2 == 0;
                if is_held_back == (wanted == 1) {
                    continue;
                }
                let across = usize::from(first.language != second.language);
                let found =
                    story(&store, stories[one]).await == story(&store, stories[other]).await;
                match (first.event == second.event, found) {
                    (true, true) => counts[0][across] += 1,
                    (true, false) => counts[1][across] += 1,
                    (false, true) => counts[2][across] += 1,
                    (false, false) => {}
                }
            }
        }
        for (across, kind) in ["one language", "two languages"].into_iter().enumerate() {
            let [right, missed, wrong] = counts.map(|count| count[across] as f64);
            println!(
                "{name}, {kind}: precision {:.3}, recall {:.3} ({right} found, {missed} missed, {wrong} wrong)",
                right / (right + wrong).max(1.0),
                right / (right + missed).max(1.0),
            );
        }
        let [right, missed, wrong] = counts.map(|count| (count[0] + count[1]) as f64);
        println!(
            "{name}: precision {:.3}, recall {:.3}",
            right / (right + wrong).max(1.0),
            right / (right + missed).max(1.0)
        );
    }
}

async fn story(store: &Store, id: index::ItemId) -> StoryId {
    store.item(id).await.unwrap().unwrap().story
}

async fn keep_report(
    store: &Store,
    classifier: &Classifier,
    number: usize,
    report: &Report,
) -> index::ItemId {
    let source = SourceId(format!("outlet-{}", number % 7));
    store.ensure_source(&source, "An Outlet").await.unwrap();
    let tags = classifier.classify(&Text {
        title: &report.title,
        body: &report.text,
        language: Some(&report.language),
        published: report.date.parse().ok(),
        ..Text::default()
    });
    let article = Article {
        url: Some(format!("https://press.example/{number}").parse().unwrap()),
        title: report.title.clone(),
        published: Some(report.date.parse().unwrap()),
        language: Some(report.language.clone()),
        text: report.text.clone(),
        ..blank()
    };
    let seen = DateTime::from_timestamp(corpus::END, 0).unwrap() + chrono::TimeDelta::days(60);
    let new = NewItem { source: &source, article: &article, tags: &tags, seen };
    match store.import(&[new]).await.unwrap()[0] {
        Inserted::New(id) | Inserted::Known(id) => id,
    }
}

fn blank() -> Article {
    Article {
        url: None,
        title: String::new(),
        byline: None,
        published: None,
        modified: None,
        paywalled: false,
        language: None,
        site: None,
        text: String::new(),
    }
}

/// So many items are published on each day, in whatever year of a store: what grows is the past.
const PER_DAY: i64 = 300;

/// Keeps so many items, and prints what the first and the last ten thousand took, an item each.
async fn cost(count: usize, are_named: bool) {
    let folder = tempfile::TempDir::new().unwrap();
    let store = Store::open(folder.path(), "sqlite").await.unwrap();
    let source = SourceId("corpus".to_owned());
    store.ensure_source(&source, "The Corpus").await.unwrap();
    let mut corpus = Corpus::new(1);
    let step = (count / 5).clamp(BATCH, 10_000);
    let (mut kept, mut spent, mut since) = (0, Duration::ZERO, 0);
    while kept < count {
        let story = |number: usize| {
            let to_come = (count - kept - number) as i64;
            let story = corpus.story();
            let meeting = format!("{} met {}. ", name(to_come), name(-to_come));
            let text = (if are_named { meeting } else { String::new() }) + &story.text;
            Story { published: corpus::END - to_come * 86_400 / PER_DAY, text, ..story }
        };
        let stories: Vec<Story> = (0..BATCH).map(story).collect();
        let start = Instant::now();
        keep(&store, &source, kept, &stories).await;
        spent += start.elapsed();
        (kept, since) = (kept + BATCH, since + BATCH);
        if since >= step {
            let each = spent.as_secs_f64() * 1e6 / since as f64;
            println!("{kept} items: {each:.0} µs for each of the last {since}");
            (spent, since) = (Duration::ZERO, 0);
        }
    }
    largest(&store).await;
}

/// Prints how many items the largest stories have.
async fn largest(store: &Store) {
    let mut sizes = BTreeMap::new();
    let mut after = 0;
    loop {
        let items = store.walk(after, BATCH).await.unwrap();
        let Some((last, _)) = items.last() else { break };
        after = last.id.key();
        sizes.extend(items.iter().map(|(item, _)| (item.story.to_string(), item.story_items)));
    }
    let mut sizes: Vec<i64> = sizes.into_values().collect();
    sizes.sort_unstable_by_key(|size| Reverse(*size));
    println!("{} stories, the largest have {:?} items", sizes.len(), &sizes[..sizes.len().min(8)]);
}

/// Somebody whom no other report is likely to name.
fn name(number: i64) -> String {
    const SYLLABLES: [&str; 16] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va",
    ];
    let mixed = number.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let syllables = (0..5).map(|place| SYLLABLES[(mixed >> (40 + 4 * place)) as usize % 16]);
    let name: String = syllables.collect();
    format!("N{name}")
}

async fn keep(store: &Store, source: &SourceId, from: usize, stories: &[Story]) {
    let articles: Vec<Article> = (from..)
        .zip(stories)
        .map(|(number, story)| Article {
            url: Some(format!("https://corpus.example/{number}").parse().unwrap()),
            title: story.title.clone(),
            published: DateTime::from_timestamp(story.published, 0)
                .map(|time| Moment::Time(time.fixed_offset())),
            language: Some("en".to_owned()),
            text: story.text.clone(),
            ..blank()
        })
        .collect();
    let tags: Vec<Tags> = stories.iter().map(tags).collect();
    let seen = DateTime::from_timestamp(corpus::END, 0).unwrap();
    let new: Vec<_> = articles
        .iter()
        .zip(&tags)
        .map(|(article, tags)| NewItem { source, article, tags, seen })
        .collect();
    store.import(&new).await.unwrap();
}

fn tags(story: &Story) -> Tags {
    fn tag<T>(value: T) -> Tag<T> {
        Tag { value, score: 0.9, evidence: Vec::new() }
    }
    Tags {
        policy: tag(true),
        jurisdictions: Jurisdiction::parse(story.jurisdiction).map(tag).into_iter().collect(),
        topics: story.topics.iter().filter_map(|slug| Topic::parse(slug)).map(tag).collect(),
        stage: None,
        instruments: Vec::new(),
        developments: Vec::new(),
        model: "bench".to_owned(),
    }
}
