//! `cargo bench -p index --bench scale -- [ITEMS]`: how fast items are indexed and found, beside bare tantivy on the
//! same texts in the same run.
//!
//! 200 queries of five kinds, each for 20 rows, the exact total and two facets. Of the five repetitions of a query the
//! fastest counts: what other programs take from the machine is not measured.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot go on"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use chrono::DateTime;
use classifier::{Jurisdiction, Tag, Tags, Topic};
use crawler::{Article, Moment, SourceId};
use index::{Facet, Index, NewItem, Paging, Query};

#[path = "scale/bare.rs"]
mod bare;
#[path = "scale/corpus.rs"]
mod corpus;

use bare::Bare;
use corpus::{Corpus, Kind, Question, Story};

const REPETITIONS: usize = 5;
/// Items kept by one transaction.
const BATCH: usize = 500;

#[tokio::main]
async fn main() {
    // Not for `cargo test --all-targets`, which starts benches without a word.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let count = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::TempDir::new().unwrap();
    let mut corpus = Corpus::new(1);
    let stories: Vec<Story> = (0..count).map(|_| corpus.story()).collect();
    let bytes: usize = stories.iter().map(|story| story.text.len()).sum();
    println!("{count} items, {} MB of text", bytes >> 20);

    let bare = timed("bare tantivy: index", || Bare::new(&folder.path().join("bare"), &stories));
    let index = Index::open(&folder.path().join("ours"), "sqlite").await.unwrap();
    let start = (Instant::now(), cpu());
    keep(&index, &stories).await;
    report("store: keep", start);
    let start = (Instant::now(), cpu());
    index.catch_up().await.unwrap();
    report("index: follow", start);
    drop(stories);
    let kept = size(&folder.path().join("ours"));
    println!("store and index: {} MB, {:.2} of the text", kept >> 20, kept as f64 / bytes as f64);

    let questions: Vec<Question> = (0..200).map(|number| corpus.question(number)).collect();
    let start = (Instant::now(), cpu());
    let mut times = Times::default();
    for question in &questions {
        times.add(question.kind, || bare.ask(question));
    }
    times.print("bare tantivy", start);
    let start = (Instant::now(), cpu());
    let mut times = Times::default();
    for question in &questions {
        let query = query(question);
        let mut best = f64::MAX;
        for _ in 0..REPETITIONS {
            let start = Instant::now();
            let facets = [Facet::Jurisdiction, Facet::Topic];
            let page = index.find(&query, &Paging { limit: 20, cursor: None }, &facets, None).await;
            best = best.min(start.elapsed().as_secs_f64() * 1e3);
            times.hits += page.unwrap().total;
        }
        times.best.entry(question.kind).or_default().push(best);
    }
    times.print("lexwatch", start);
}

/// The bytes of a folder's files.
fn size(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| match entry.metadata().unwrap() {
            folder if folder.is_dir() => size(&entry.path()),
            file => file.len(),
        })
        .sum()
}

fn query(question: &Question) -> Query {
    let (query, errors) = Query::parse(&question.text());
    assert_eq!(errors, []);
    Query { policy: None, ..query }
}

async fn keep(index: &Index, stories: &[Story]) {
    let source = SourceId("bench".to_owned());
    index.store().ensure_source(&source, "The Bench").await.unwrap();
    let seen = DateTime::from_timestamp(corpus::END, 0).unwrap();
    for (batch, stories) in stories.chunks(BATCH).enumerate() {
        let kept: Vec<_> = stories
            .iter()
            .enumerate()
            .map(|(n, story)| (article(batch * BATCH + n, story), tags(story)))
            .collect();
        let new: Vec<_> = kept
            .iter()
            .map(|(article, tags)| NewItem { source: &source, article, tags, seen })
            .collect();
        index.store().import(&new).await.unwrap();
    }
}

fn article(number: usize, story: &Story) -> Article {
    let published = DateTime::from_timestamp(story.published, 0).unwrap();
    Article {
        url: Some(format!("https://bench.example/{number}").parse().unwrap()),
        title: story.title.clone(),
        byline: None,
        published: Some(Moment::Time(published.fixed_offset())),
        modified: None,
        paywalled: false,
        language: Some("en".to_owned()),
        site: None,
        text: story.text.clone(),
    }
}

fn tags(story: &Story) -> Tags {
    fn tag<T>(value: T) -> Tag<T> {
        Tag { value, score: 0.9, evidence: Vec::new() }
    }
    Tags {
        policy: tag(true),
        jurisdictions: vec![tag(Jurisdiction::parse(story.jurisdiction).unwrap())],
        topics: story.topics.iter().map(|slug| tag(Topic::parse(slug).unwrap())).collect(),
        stage: None,
        instruments: Vec::new(),
        developments: Vec::new(),
        model: "bench".to_owned(),
    }
}

/// The fastest times of queries, in milliseconds, by kind.
#[derive(Default)]
struct Times {
    best: BTreeMap<Kind, Vec<f64>>,
    hits: u64,
}

impl Times {
    fn add(&mut self, kind: Kind, ask: impl Fn() -> u64) {
        let mut best = f64::MAX;
        for _ in 0..REPETITIONS {
            let start = Instant::now();
            self.hits += ask();
            best = best.min(start.elapsed().as_secs_f64() * 1e3);
        }
        self.best.entry(kind).or_default().push(best);
    }

    fn print(mut self, name: &str, (_, cpu_before): (Instant, f64)) {
        let queries = self.best.values().map(Vec::len).sum::<usize>() * REPETITIONS;
        let cpu = (cpu() - cpu_before) * 1e3 / queries as f64;
        let all: Vec<f64> = self.best.values().flatten().copied().collect();
        print!("{name:<14} {} hits, {cpu:.2} ms CPU a query; p50/p99 ms:", self.hits);
        println!(" all {}", percentiles(all));
        for (kind, times) in std::mem::take(&mut self.best) {
            println!("    {kind:?} {}", percentiles(times));
        }
    }
}

fn percentiles(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    format!("{:.2}/{:.2}", at(0.5), at(0.99))
}

fn timed<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let start = (Instant::now(), cpu());
    let done = work();
    report(name, start);
    done
}

fn report(name: &str, (start, cpu_before): (Instant, f64)) {
    println!("{name}: {:.1} s, {:.1} s CPU", start.elapsed().as_secs_f64(), cpu() - cpu_before);
}

/// The seconds of processor time that this process took, as Linux counts them in hundredths.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
