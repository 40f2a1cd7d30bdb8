//! `cargo bench -p index --bench related [-- --list]`: how related the items are that an item's page names, by the labels of the
//! texts: an item is related to another if both have a law, or a topic and a jurisdiction, in common. First each of the
//! texts that the classifier has learnt from, among all of these; then each that it has not learnt from, among all.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot go on"
)]

use std::collections::HashMap;

use index::{Index, ItemId};

#[path = "quality/texts.rs"]
mod texts;

/// How many related items are looked at.
const FIRST: usize = 5;

/// A text with its labels.
#[derive(serde::Deserialize)]
struct Labelled {
    title: String,
    language: Option<String>,
    policy: bool,
    jurisdictions: Vec<String>,
    topics: Vec<String>,
    instruments: Vec<String>,
}

impl Labelled {
    fn is_related(&self, other: &Self) -> bool {
        let share =
            |one: &[String], other: &[String]| one.iter().any(|value| other.contains(value));
        share(&self.instruments, &other.instruments)
            || share(&self.topics, &other.topics)
                && share(&self.jurisdictions, &other.jurisdictions)
    }
}

#[tokio::main]
async fn main() {
    // Not for `cargo test --all-targets`, which starts benches without a word.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let list = std::env::args().any(|word| word == "--list");
    let folder = tempfile::TempDir::new().unwrap();
    let index = Index::open(folder.path(), "sqlite").await.unwrap();
    let mut kept = HashMap::new();
    let mut learnt = keep(&index, "training/articles.jsonl", &mut kept).await;
    learnt.extend(keep(&index, "training/texts.jsonl", &mut kept).await);
    println!("learnt from, among themselves:");
    measure(&index, &learnt, &kept, list).await;
    let held_back = keep(&index, "held_back.jsonl", &mut kept).await;
    println!("not learnt from, among all:");
    measure(&index, &held_back, &kept, list).await;
}

/// What is counted of some items.
#[derive(Default)]
struct Counts {
    asked: usize,
    given: usize,
    right: usize,
    /// Those that have so many related others, and what these are given.
    rich: usize,
    rich_right: usize,
    /// Those that have related others in another language, and those that are given one.
    spoken: usize,
    reached: usize,
    /// Those that have none, and what these are given.
    lonely: usize,
    lonely_given: usize,
}

async fn measure(index: &Index, asked: &[ItemId], kept: &HashMap<ItemId, Labelled>, list: bool) {
    let mut counts = Counts::default();
    for id in asked {
        let own = &kept[id];
        if !own.policy {
            continue;
        }
        let given = index.related(*id, FIRST).await.unwrap();
        let given: Vec<_> = given.iter().map(|item| &kept[&item.id]).collect();
        let others = kept.iter().filter(|(other, _)| *other != id).map(|(_, other)| other);
        let others: Vec<_> = others.filter(|other| other.policy && own.is_related(other)).collect();
        let right: Vec<_> = given.iter().filter(|other| own.is_related(other)).collect();
        counts.asked += 1;
        counts.given += given.len();
        counts.right += right.len();
        if others.len() >= FIRST {
            counts.rich += 1;
            counts.rich_right += right.len();
        }
        if others.is_empty() {
            counts.lonely += 1;
            counts.lonely_given += given.len();
        }
        if others.iter().any(|other| other.language != own.language) {
            counts.spoken += 1;
            let is_reached = right.iter().any(|other| other.language != own.language);
            counts.reached += usize::from(is_reached);
        }
        if list {
            println!("{:?} {} {:?}", own.language, own.title, own.instruments);
            for other in given {
                let sign = if own.is_related(other) { '+' } else { '-' };
                println!("  {sign} {:?} {}", other.language, other.title);
            }
        }
    }
    let share = |part: usize, of: usize| part as f64 / of.max(1) as f64;
    println!("  {} items asked, {:.2} given each", counts.asked, share(counts.given, counts.asked));
    println!("  of those given, related: {:.3}", share(counts.right, counts.given));
    let rich = share(counts.rich_right, counts.rich * FIRST);
    println!("  of five, related, where there are five ({}): {rich:.3}", counts.rich);
    let reached = share(counts.reached, counts.spoken);
    println!("  one in another language, where there is one ({}): {reached:.3}", counts.spoken);
    let lonely = share(counts.lonely_given, counts.lonely);
    println!("  given where nothing is related ({}): {lonely:.2}", counts.lonely);
}

/// Keeps texts, and returns which items they are.
async fn keep(index: &Index, file: &str, kept: &mut HashMap<ItemId, Labelled>) -> Vec<ItemId> {
    let texts = texts::keep(index, file).await;
    let ids = texts.iter().map(|(id, _)| *id).collect();
    kept.extend(texts.into_iter().map(|(id, text)| (id, serde_json::from_value(text).unwrap())));
    ids
}
