//! Embeddings by the model itself. `LEXWATCH_MEANING_MODEL` names its folder: see `classifier/get-model`.

#![cfg(feature = "bert")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop where it stands")]

use std::path::Path;
use std::sync::Arc;
use std::thread;

use classifier::{Classifier, Embedder, Example, evaluate, passage};

#[expect(clippy::disallowed_methods, reason = "only the machine knows where the model lies")]
fn embedder() -> Embedder {
    let folder = std::env::var("LEXWATCH_MEANING_MODEL").unwrap();
    Embedder::open(Path::new(&folder)).unwrap()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn what_means_the_same_is_near() {
    let embedder = embedder();
    let embeddings = embedder
        .embed(texts(&[
            "The regulator fined a hospital for losing patient records",
            "A clinic must pay a penalty after health data leaked",
            "Parliament debates the price of tomatoes",
        ]))
        .unwrap();
    let near = embeddings[0].cosine(&embeddings[1]);
    let far = embeddings[0].cosine(&embeddings[2]);
    assert!(near > 0.5 && far < 0.2, "{near} {far}");
}

#[test]
fn a_text_means_the_same_in_any_company() {
    let embedder = embedder();
    let long = "The law obliges operators to report. ".repeat(100);
    let together =
        embedder.embed(texts(&[&long, "Short.", "", "\u{0}\u{fffd}", "网络安全法"])).unwrap();
    let alone = embedder.embed(texts(&["Short."])).unwrap();
    assert!(together[1].cosine(&alone[0]) > 0.999);
    assert_eq!(together.len(), 5);
    assert!(embedder.embed(Vec::new()).unwrap().is_empty());
}

#[test]
fn what_a_reader_waits_for_comes_before_the_rest_of_a_batch() {
    let embedder = Arc::new(embedder());
    embedder.embed(texts(&["Read the model."])).unwrap();
    let crawl = {
        let embedder = Arc::clone(&embedder);
        let long = "The law obliges operators to report incidents. ".repeat(20);
        thread::spawn(move || embedder.embed(vec![long; 60]).unwrap())
    };
    let mut answers = Vec::new();
    while !crawl.is_finished() && answers.len() < 1_000 {
        answers.push(embedder.embed_first("a duty to report".to_owned()).unwrap());
    }
    assert!(answers.len() > 3, "queries waited for sixty texts: {} answers", answers.len());
    let texts = crawl.join().unwrap();
    assert!(texts.iter().all(|text| text.cosine(&answers[0]) > 0.2), "and they came too");
}

#[test]
fn what_is_missing_is_named_with_the_command_that_fetches_it() {
    let fault = Embedder::open(Path::new("/nowhere")).unwrap_err().to_string();
    assert!(fault.contains("/nowhere/") && fault.contains("classifier/get-model"), "{fault}");
}

/// Words tell by now as well as meaning which texts are about policy: it may move single texts, and no more.
#[test]
fn what_is_about_policy_is_told_as_well_by_it() {
    let embedder = embedder();
    let lines = include_str!("../data/held_back.jsonl").lines();
    let mut plain: Vec<Example> = lines.map(|line| serde_json::from_str(line).unwrap()).collect();
    plain.retain(|example| embedder.knows(example.language.as_deref()));
    let passages = plain.iter().map(|example| passage(&example.title, &example.text)).collect();
    let embeddings = embedder.embed(passages).unwrap();
    let meant: Vec<_> = plain
        .iter()
        .zip(embeddings)
        .map(|(example, it)| Example { embedding: Some(it), ..example.clone() })
        .collect();
    let classifier = Classifier::load().unwrap();
    let policy = |examples: &[Example]| {
        let measures = evaluate(&classifier, examples).measures;
        measures.into_iter().find(|measure| measure.name == "policy").unwrap().f1()
    };
    let (with, without) = (policy(&meant), policy(&plain));
    assert!(with >= 0.96 && with > without - 0.015, "{with} with embeddings, {without} without");
}
