//! More like this: by rare words, laws and topics.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::collect::{Collect, Conditions, Order};
use super::schema::Fields;
use super::snapshot::Snapshot;
use super::stems::{Language, terms};
use super::words::each_word;
use crate::store::Document;
use crate::{Error, Facet, ItemId};

/// How many bytes of a text say what it is about; news says it first.
const SEEN: usize = 3_000;
/// How many words of it are looked up, and how many of them are asked for.
const LOOKED_UP: usize = 150;
const ASKED: usize = 25;
/// How many of the words and tags a related item shares at least.
const SHARED: usize = 3;
/// A word of the title counts as so many.
const TITLE: u32 = 4;
/// What it says to share a law, a topic, a jurisdiction, beside a rare word's six or so.
const LAW: f32 = 8.0;
const TOPIC: f32 = 2.0;
const JURISDICTION: f32 = 2.0;

type Clause = (Occur, Box<dyn tantivy::query::Query>);

/// The items that resemble a document most, best first.
pub(super) fn related(
    snapshot: &Snapshot,
    fields: &Fields,
    document: &Document,
    limit: usize,
) -> Result<Vec<ItemId>, Error> {
    let mut clauses: Vec<Clause> = Vec::new();
    for (term, rarity) in rare_words(snapshot, fields, document)? {
        let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
        clauses.push((Occur::Should, Box::new(BoostQuery::new(Box::new(query), rarity))));
    }
    clauses.extend(tags(fields, document));
    if limit == 0 || clauses.is_empty() {
        return Ok(Vec::new());
    }
    let shared = SHARED.min(clauses.len());
    let resembling = BooleanQuery::with_minimum_required_clauses(clauses, shared);
    let own = Term::from_field_i64(fields.id, document.item.id.key());
    let own = TermQuery::new(own, IndexRecordOption::Basic);
    let query = BooleanQuery::new(vec![
        (Occur::Must, Box::new(resembling)),
        (Occur::MustNot, Box::new(own)),
    ]);
    let order = Order::Relevance;
    let collector = Collect {
        columns: snapshot.columns.clone(),
        conditions: Conditions { policy: Some(true), ..Conditions::default() },
        facets: Vec::new(),
        ranks: Arc::default(),
        order,
        after: None,
        limit,
        fold: false,
        titles: Vec::new(),
    };
    let found = snapshot.searcher.search(&query, &collector)?;
    Ok(found.places.into_iter().map(|place| place.item(order)).collect())
}

/// The words that set a document apart (tf·idf), each with a weight of about one: BM25 counts rarity once more.
fn rare_words(
    snapshot: &Snapshot,
    fields: &Fields,
    document: &Document,
) -> Result<Vec<(Term, f32)>, Error> {
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
    let mut rare = Vec::new();
    for (word, count) in counts.into_iter().take(LOOKED_UP) {
        let term = Term::from_field_text(fields.text, &word);
        let frequency = snapshot.searcher.doc_freq(&term)? as f32;
        // A word of this text alone leads nowhere, one of every fourth says nothing.
        if frequency >= 2.0 && frequency <= (all / 4.0).max(2.0) {
            let worth = (count as f32).sqrt() * (all / frequency).ln().max(0.1);
            rare.push((worth, term));
        }
    }
    rare.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    rare.truncate(ASKED);
    let most = rare.first().map_or(1.0, |(worth, _)| *worth);
    Ok(rare.into_iter().map(|(worth, term)| (term, worth / most)).collect())
}

fn tags(fields: &Fields, document: &Document) -> Vec<Clause> {
    let tags = &document.item.tags;
    let laws = tags.instruments.iter().map(|tag| (Facet::Instrument, tag.value.slug(), LAW));
    let topics = tags.topics.iter().map(|tag| (Facet::Topic, tag.value.slug(), TOPIC));
    let jurisdictions = tags.jurisdictions.iter();
    let jurisdictions =
        jurisdictions.map(|tag| (Facet::Jurisdiction, tag.value.code(), JURISDICTION));
    let clause = |(facet, value, worth): (Facet, &str, f32)| -> Clause {
        let query = TermQuery::new(fields.value(facet, value), IndexRecordOption::Basic);
        (Occur::Should, Box::new(ConstScoreQuery::new(Box::new(query), worth)))
    };
    laws.chain(topics).chain(jurisdictions).map(clause).collect()
}
