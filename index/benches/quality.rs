//! `cargo bench -p index --bench quality [-- --list]`: how good the results are, on queries judged by hand: nDCG of the
//! first ten, recall in the first fifty. First on the demo's articles with their agreed tags; then on those and the texts
//! that the classifier has not learnt from, as it tags them; then on the demo's and those that it has learnt from, with
//! queries whose answers are the texts with certain labels. With `--features bert` also by meaning, by the model in the
//! folder that `LEXWATCH_MEANING_MODEL` names (see `classifier/get-model`).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot go on"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use classifier::{Classifier, Instrument, Jurisdiction, Stage, Tag, Tags, Topic};
use crawler::{Article, Format, Publisher, Source, SourceId};
use index::{Index, NewItem, Paging, Query};
use serde_json::Value;

#[path = "quality/texts.rs"]
mod texts;

const QUERIES: &str = include_str!("quality/queries.tsv");
const HELD_BACK: &str = include_str!("quality/held_back.tsv");
const LABELS: &str = include_str!("quality/labels.tsv");
const EXPECTED: &str = include_str!("../../web/newsroom/expected.tsv");

#[tokio::main]
async fn main() {
    // Not for `cargo test --all-targets`, which starts benches without a word.
    if !std::env::args().any(|word| word == "--bench") {
        return;
    }
    let list = std::env::args().any(|word| word == "--list");
    let folder = tempfile::TempDir::new().unwrap();
    let index = Index::open(folder.path(), "sqlite").await.unwrap();
    keep(&index).await;
    let index = knowing(index);
    measure(&index, &judged(QUERIES), list).await;
    texts::keep(&index, "held_back.jsonl").await;
    println!("held back:");
    measure(&index, &judged(HELD_BACK), list).await;

    let folder = tempfile::TempDir::new().unwrap();
    let index = Index::open(folder.path(), "sqlite").await.unwrap();
    keep(&index).await;
    let index = knowing(index);
    let mut texts = expected().iter().map(|row| (row[0].to_owned(), tags(row))).collect::<Vec<_>>();
    for file in ["training/articles.jsonl", "training/texts.jsonl"] {
        texts.extend(texts::keep(&index, file).await.into_iter().map(|(_, text)| labelled(&text)));
    }
    println!("by labels:");
    measure(&index, &by_labels(LABELS, &texts), list).await;
}

/// A query, and the texts that answer it: a part of an address, and how much it is to the point, 2 or 1.
struct Asked<'a> {
    kind: &'a str,
    text: &'a str,
    answers: Vec<(String, f64)>,
}

/// The lines of a file of queries, by their three columns.
fn columns(queries: &str) -> impl Iterator<Item = [&str; 3]> {
    queries.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let columns = line.split('\t').collect::<Vec<_>>();
        columns.try_into().unwrap_or_else(|_| panic!("a line of three columns: {line}"))
    })
}

/// Queries whose answers stand beside them.
fn judged(queries: &str) -> Vec<Asked<'_>> {
    let answer = |answer: &str| match answer.strip_suffix("=1") {
        Some(part) => (part.to_owned(), 1.0),
        None => (answer.to_owned(), 2.0),
    };
    let asked = |[kind, text, answers]: [_; 3]| Asked {
        kind,
        text,
        answers: str::split(answers, ' ').map(answer).collect(),
    };
    columns(queries).map(asked).collect()
}

/// Queries whose answers are the texts with certain labels.
fn by_labels<'a>(queries: &'a str, texts: &[(String, Tags)]) -> Vec<Asked<'a>> {
    let asked = |[kind, text, labels]: [&'a str; 3]| {
        let is_one = |tags: &Tags| labels.split('|').any(|all| has(tags, all));
        let answers = texts.iter().filter(|(_, tags)| is_one(tags));
        Asked { kind, text, answers: answers.map(|(part, _)| (part.clone(), 2.0)).collect() }
    };
    columns(queries).map(asked).collect()
}

/// Whether a text is tagged with all of these: codes of jurisdictions, topics, laws.
fn has(tags: &Tags, labels: &str) -> bool {
    labels.split(' ').all(|label| {
        tags.jurisdictions.iter().any(|tag| tag.value.code() == label)
            || tags.topics.iter().any(|tag| tag.value.slug() == label)
            || tags.instruments.iter().any(|tag| tag.value.slug() == label)
    })
}

/// Where a text is kept, and its labels.
fn labelled(text: &Value) -> (String, Tags) {
    let list = |name: &str| {
        let values = text[name].as_array().unwrap().iter();
        values.map(|value| value.as_str().unwrap()).collect::<Vec<_>>().join(",")
    };
    let columns = ["jurisdictions", "topics", "stage", "instruments"].map(|name| match name {
        "stage" => text[name].as_str().unwrap_or_default().to_owned(),
        name => list(name),
    });
    let policy = text["policy"].to_string();
    let row =
        [text["id"].as_str().unwrap(), &policy, &columns[0], &columns[1], &columns[2], &columns[3]];
    (format!("/{}", row[0]), tags(&row))
}

async fn measure(index: &Index, queries: &[Asked<'_>], list: bool) {
    while index.embed_some().await.unwrap().is_some() {}
    let mut by_kind: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for Asked { kind, text, answers } in queries {
        let found = urls(index, text).await;
        let result = (ndcg(&found, answers), recall(&found, answers));
        if list && result < (0.9, 0.9) {
            println!("{:.2} {:.2} {text}: {:#?}", result.0, result.1, &found[..found.len().min(5)]);
        }
        by_kind.entry(kind).or_default().push(result);
        by_kind.entry("all").or_default().push(result);
    }
    println!("kind        queries  nDCG@10  recall@50");
    for (kind, results) in by_kind {
        let mean =
            |of: fn(&(f64, f64)) -> f64| results.iter().map(of).sum::<f64>() / results.len() as f64;
        println!(
            "{kind:<11} {:>7}  {:>7.2}  {:>9.2}",
            results.len(),
            mean(|r| r.0).abs(),
            mean(|r| r.1)
        );
    }
}

/// The index as the program has it: knowing what questions ask for, and what texts mean where that is built in.
fn knowing(index: Index) -> Index {
    meaning(index.with_classifier(Arc::new(Classifier::load().unwrap())))
}

#[cfg(not(feature = "bert"))]
fn meaning(index: Index) -> Index {
    index
}

#[cfg(feature = "bert")]
#[expect(clippy::disallowed_methods, reason = "only the machine knows where the model lies")]
fn meaning(index: Index) -> Index {
    let folder = std::env::var("LEXWATCH_MEANING_MODEL").unwrap();
    let embedder = classifier::Embedder::open(Path::new(&folder)).unwrap();
    index.with_meaning(Arc::new(embedder))
}

/// The addresses found, as a reader or a program gets them.
async fn urls(index: &Index, text: &str) -> Vec<String> {
    let (query, errors) = Query::parse(text);
    assert_eq!(errors, [], "{text}");
    let paging = Paging { limit: 50, cursor: None };
    let answer = index.answer(&query, &paging, &[]).await.unwrap();
    answer.page.rows.into_iter().chain(answer.partly).map(|(item, _)| item.url.clone()).collect()
}

fn gain(url: &str, answers: &[(String, f64)]) -> f64 {
    answers.iter().find(|(part, _)| url.contains(part)).map_or(0.0, |(_, grade)| *grade)
}

/// Järvelin and Kekäläinen 2002 (doi:10.1145/582415.582418), with gains of 2^grade - 1.
fn ndcg(found: &[String], answers: &[(String, f64)]) -> f64 {
    let sum = |grades: &mut dyn Iterator<Item = f64>| -> f64 {
        grades
            .take(10)
            .enumerate()
            .map(|(n, grade)| (grade.exp2() - 1.0) / (n as f64 + 2.0).log2())
            .sum()
    };
    let mut ideal: Vec<f64> = answers.iter().map(|(_, grade)| *grade).collect();
    ideal.sort_by(|a, b| b.total_cmp(a));
    sum(&mut found.iter().map(|url| gain(url, answers))) / sum(&mut ideal.into_iter())
}

fn recall(found: &[String], answers: &[(String, f64)]) -> f64 {
    let there = |part: &str| found.iter().any(|url| url.contains(part));
    let room = answers.len().min(50);
    answers.iter().filter(|(part, _)| there(part)).count() as f64 / room as f64
}

/// The demo's articles and their agreed tags: path, policy, jurisdictions, topics, stage, instruments.
fn expected() -> Vec<Vec<&'static str>> {
    EXPECTED.lines().skip(1).map(|line| line.split('\t').collect()).collect()
}

async fn keep(index: &Index) {
    let newsroom = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web/newsroom");
    let rows = expected();
    let seen = "2026-11-24T07:00:00Z".parse().unwrap();
    let articles: Vec<_> = rows.iter().map(|row| article(&newsroom, row[0])).collect();
    let tags: Vec<_> = rows.iter().map(|row| tags(row)).collect();
    let sources: Vec<_> = rows.iter().map(|row| SourceId(outlet(row[0]).to_owned())).collect();
    index.store().sync_sources(&sources.iter().map(source).collect::<Vec<_>>()).await.unwrap();
    let new: Vec<_> = (0..rows.len())
        .map(|n| NewItem { source: &sources[n], article: &articles[n], tags: &tags[n], seen })
        .collect();
    index.store().import(&new).await.unwrap();
    index.catch_up().await.unwrap();
}

fn outlet(path: &str) -> &str {
    path.split('/').nth(1).unwrap()
}

fn source(id: &SourceId) -> Source {
    let regulators = ["bsi-mitteilungen", "cac-notices", "rkn-novosti", "us-cyber-register"];
    let is_regulator = regulators.contains(&id.0.as_str());
    Source {
        id: id.clone(),
        name: id.0.clone(),
        url: "https://example.org/".parse().unwrap(),
        site: None,
        format: Format::Feed,
        publisher: if is_regulator { Publisher::Regulator } else { Publisher::News },
        jurisdiction: None,
        language: None,
        schedule: "0 0 * * * *".to_owned(),
        read: true,
        unchecked: false,
        categories: Vec::new(),
        listing: <_>::default(),
        json: <_>::default(),
        article: <_>::default(),
    }
}

/// An article of the demo: a head between lines of `+++`, then the text.
fn article(newsroom: &Path, path: &str) -> Article {
    let file: PathBuf = newsroom.join(path);
    let text = std::fs::read_to_string(file).unwrap();
    let (head, body) = text.trim_start_matches("+++\n").split_once("\n+++\n").unwrap();
    let value = |name: &str| {
        let line = head.lines().find_map(|line| line.strip_prefix(name)?.trim().strip_prefix('='));
        line.map(|value| value.trim().trim_matches('"').replace("\\\"", "\""))
    };
    let language = match outlet(path) {
        "bsi-mitteilungen" => "de",
        "cac-notices" => "zh",
        "rkn-novosti" => "ru",
        _ => "en",
    };
    Article {
        url: Some(format!("https://example.org/{path}").parse().unwrap()),
        title: value("title").unwrap(),
        byline: value("author"),
        published: value("published").and_then(|date| date.parse().ok()),
        modified: None,
        paywalled: false,
        language: Some(language.to_owned()),
        site: None,
        text: body.to_owned(),
    }
}

/// The tags of a row of `expected.tsv`: path, policy, jurisdictions, topics, stage, instruments.
fn tags(row: &[&str]) -> Tags {
    fn each<T>(cell: Option<&&str>, parse: impl Fn(&str) -> Option<T>) -> Vec<Tag<T>> {
        let values =
            cell.into_iter().flat_map(|cell| cell.split(',')).filter(|value| !value.is_empty());
        values
            .filter_map(parse)
            .map(|value| Tag { value, score: 0.9, evidence: Vec::new() })
            .collect()
    }
    Tags {
        policy: Tag { value: row[1] == "true", score: 0.9, evidence: Vec::new() },
        jurisdictions: each(row.get(2), Jurisdiction::parse),
        topics: each(row.get(3), Topic::parse),
        stage: each(row.get(4), Stage::parse).pop(),
        instruments: each(row.get(5), Instrument::parse),
        developments: Vec::new(),
        model: "agreed".to_owned(),
    }
}
