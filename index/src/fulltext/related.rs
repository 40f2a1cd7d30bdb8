//! What may be related to a document: by rare words, and by laws and topics in whatever language.

use std::cmp::Reverse;
use std::collections::HashMap;

use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, EnableScoring, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, TERMINATED, Term};

use super::schema::Fields;
use super::snapshot::{Columns, Snapshot};
use super::stems::{Language, terms};
use super::words::each_word;
use crate::store::Document;
use crate::{Error, Facet, ItemId};

/// How many documents are found by words, by subject in the document's language, and by subject in others.
const FOUND: usize = 30;
/// How many that have the words or the subject are looked at, the latest, however large the index is.
const LOOKED_AT: usize = 20_000;
/// How many bytes of a text say what it is about; news says it first.
const SEEN: usize = 3_000;
/// How many words of it are looked up, and how many of them are asked for.
const LOOKED_UP: usize = 150;
const ASKED: usize = 25;
/// How many of the words a document that is found by them has at least.
const SHARED: usize = 3;
/// A word of the title counts as so many.
const TITLE: u32 = 4;
/// What it says to share a law, a topic, a jurisdiction.
const LAW: f32 = 8.0;
const TOPIC: f32 = 2.0;
const JURISDICTION: f32 = 2.0;

/// A document that was found, whose score is the greater the more it shares.
struct Found {
    score: f32,
    item: ItemId,
    is_foreign: bool,
}

/// Items about policy that may be related to a document, those of its own story left out.
pub(super) fn candidates(
    snapshot: &Snapshot,
    fields: &Fields,
    document: &Document,
) -> Result<Vec<ItemId>, Error> {
    let mut items = Vec::with_capacity(3 * FOUND);
    if let Some(words) = rare_words(snapshot, fields, document)? {
        let found = look(snapshot, &words, document)?;
        items.extend(best(found));
    }
    if let Some(subject) = subject(fields, document) {
        let found = look(snapshot, &subject, document)?;
        let (foreign, own): (Vec<_>, Vec<_>) = found.into_iter().partition(|one| one.is_foreign);
        items.extend(best(own).chain(best(foreign)));
    }
    items.sort_unstable();
    items.dedup();
    Ok(items)
}

fn best(mut found: Vec<Found>) -> impl Iterator<Item = ItemId> {
    // The newer of two that share as much.
    found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then_with(|| b.item.cmp(&a.item)));
    found.into_iter().take(FOUND).map(|found| found.item)
}

/// The latest documents of a query. They stand in a segment in the order in which they were kept.
fn look(snapshot: &Snapshot, query: &dyn Query, document: &Document) -> Result<Vec<Found>, Error> {
    let searcher = &snapshot.searcher;
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    let mut segments: Vec<_> = searcher.segment_readers().iter().zip(&snapshot.columns).collect();
    segments.sort_by_key(|(_, columns)| Reverse(columns.change.max_value()));
    let language = Language::of(document.item.language.as_deref(), &document.text);
    let mut found = Vec::new();
    let mut left = LOOKED_AT;
    for (segment, columns) in segments {
        let mut scorer = weight.scorer(segment, 1.0)?;
        let (all, expected) = (segment.max_doc() as usize, scorer.size_hint() as usize);
        let mut doc = scorer.doc();
        if expected > left {
            let start = (all - all * left / expected) as DocId;
            doc = if start > doc { scorer.seek(start) } else { doc };
        }
        while doc != TERMINATED && left > 0 {
            left -= 1;
            let is_there = segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
            if is_there && let Some(item) = other(columns, doc, document) {
                let facts = columns.facts[doc as usize];
                let tongue = columns.languages.get(usize::from(columns.tongues[doc as usize]));
                found.push(Found {
                    score: scorer.score() * f32::from(facts.weight),
                    item,
                    is_foreign: tongue.is_some_and(|tongue| *tongue != language),
                });
            }
            doc = scorer.advance();
        }
    }
    Ok(found)
}

/// The item of a document, if it is about policy and in another story.
fn other(columns: &Columns, doc: DocId, document: &Document) -> Option<ItemId> {
    let facts = columns.facts[doc as usize];
    let item = ItemId(columns.id.first(doc)?);
    let is_own = item == document.item.id || columns.story(facts) == Some(document.item.story.0);
    (facts.policy && !is_own).then_some(item)
}

/// The words that set a document apart (tf·idf), each with a weight of about one: BM25 counts rarity once more.
fn rare_words(
    snapshot: &Snapshot,
    fields: &Fields,
    document: &Document,
) -> Result<Option<Box<dyn Query>>, Error> {
    let text = &document.text;
    let language = Language::of(document.item.language.as_deref(), text);
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut count = |text: &str, worth: u32| {
        each_word(text, |word| *counts.entry(terms(language, &word).plain).or_default() += worth);
    };
    count(&document.item.title, TITLE);
    count(&text[..text.floor_char_boundary(SEEN)], 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let all = snapshot.searcher.num_docs() as f32;
    let most = (all / 4.0).clamp(2.0, LOOKED_AT as f32);
    let mut rare = Vec::new();
    for (word, count) in counts.into_iter().take(LOOKED_UP) {
        let term = Term::from_field_text(fields.text, &word);
        let frequency = snapshot.searcher.doc_freq(&term)? as f32;
        // A word of this text alone leads nowhere, one of every fourth says nothing.
        if (2.0..=most).contains(&frequency) {
            let worth = (count as f32).sqrt() * (all / frequency).ln().max(0.1);
            rare.push((worth, term));
        }
    }
    rare.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    rare.truncate(ASKED);
    let Some(greatest) = rare.first().map(|(worth, _)| *worth) else { return Ok(None) };
    let shared = SHARED.min(rare.len());
    let words = rare.into_iter().map(|(worth, term)| -> Box<dyn Query> {
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(query), worth / greatest))
    });
    let words = BooleanQuery::union_with_minimum_required_clauses(words.collect(), shared);
    Ok(Some(Box::new(words)))
}

/// What is about one of a document's laws, or about one of its topics in one of its jurisdictions.
fn subject(fields: &Fields, document: &Document) -> Option<Box<dyn Query>> {
    let tags = &document.item.tags;
    let any = |facet: Facet, values: &mut dyn Iterator<Item = &str>, worth: f32| {
        let value = |value: &str| -> Box<dyn Query> {
            let query = TermQuery::new(fields.value(facet, value), IndexRecordOption::Basic);
            Box::new(ConstScoreQuery::new(Box::new(query), worth))
        };
        let values: Vec<_> = values.map(value).collect();
        (!values.is_empty()).then(|| -> Box<dyn Query> { Box::new(BooleanQuery::union(values)) })
    };
    let laws =
        any(Facet::Instrument, &mut tags.instruments.iter().map(|tag| tag.value.slug()), LAW);
    let topics = any(Facet::Topic, &mut tags.topics.iter().map(|tag| tag.value.slug()), TOPIC);
    let states = tags.jurisdictions.iter().map(|tag| tag.value.code());
    let states = any(Facet::Jurisdiction, &mut { states }, JURISDICTION);
    let both = topics.zip(states).map(|(topics, states)| -> Box<dyn Query> {
        Box::new(BooleanQuery::intersection(vec![topics, states]))
    });
    let subjects: Vec<_> = laws.into_iter().chain(both).collect();
    (!subjects.is_empty()).then(|| -> Box<dyn Query> { Box::new(BooleanQuery::union(subjects)) })
}
