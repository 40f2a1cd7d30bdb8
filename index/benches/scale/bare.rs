//! tantivy by itself: what a search costs without languages, filters beside their counts, snippets or a store.

use std::ops::Bound;
use std::path::Path;

use tantivy::collector::{Count, FacetCollector, TopDocs};
use tantivy::query::{BooleanQuery, Occur, PhraseQuery, Query, RangeQuery, TermQuery};
use tantivy::schema::{
    FAST, FacetOptions, Field, INDEXED, IndexRecordOption, STORED, Schema, TEXT,
};
use tantivy::{Order, Searcher, TantivyDocument, Term};

use super::corpus::{Kind, Question, Story};

pub(super) struct Bare {
    searcher: Searcher,
    fields: Fields,
}

#[derive(Clone, Copy)]
struct Fields {
    title: Field,
    text: Field,
    published: Field,
    jurisdictions: Field,
    topics: Field,
}

impl Bare {
    pub(super) fn new(folder: &Path, stories: &[Story]) -> Self {
        let mut schema = Schema::builder();
        let fields = Fields {
            title: schema.add_text_field("title", TEXT | STORED),
            text: schema.add_text_field("text", TEXT),
            published: schema.add_i64_field("published", FAST | INDEXED),
            jurisdictions: schema.add_facet_field("jurisdictions", FacetOptions::default()),
            topics: schema.add_facet_field("topics", FacetOptions::default()),
        };
        std::fs::create_dir_all(folder).unwrap();
        let index = tantivy::Index::create_in_dir(folder, schema.build()).unwrap();
        let mut writer = index.writer_with_num_threads(1, 512 << 20).unwrap();
        for story in stories {
            let mut document = TantivyDocument::new();
            document.add_text(fields.title, &story.title);
            document.add_text(fields.text, &story.text);
            document.add_i64(fields.published, story.published);
            document.add_facet(fields.jurisdictions, &*format!("/j/{}", story.jurisdiction));
            for topic in &story.topics {
                document.add_facet(fields.topics, &*format!("/t/{topic}"));
            }
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        writer.wait_merging_threads().unwrap();
        Self { searcher: index.reader().unwrap().searcher(), fields }
    }

    /// Asks, and reads the 20 rows; the number of hits.
    pub(super) fn ask(&self, question: &Question) -> u64 {
        let query = self.query(question);
        let counts = |field: &str, root: &str| {
            let mut collector = FacetCollector::for_field(field);
            collector.add_facet(root);
            collector
        };
        let (jurisdictions, topics) = (counts("jurisdictions", "/j"), counts("topics", "/t"));
        let top = TopDocs::with_limit(20);
        let (documents, count): (Vec<_>, usize) = if question.kind == Kind::Filtered {
            let top = top.order_by_fast_field::<i64>("published", Order::Desc);
            let found =
                self.searcher.search(&*query, &(top, Count, jurisdictions, topics)).unwrap();
            (found.0.into_iter().map(|found| found.1).collect(), found.1)
        } else {
            let top = top.order_by_score();
            let found =
                self.searcher.search(&*query, &(top, Count, jurisdictions, topics)).unwrap();
            (found.0.into_iter().map(|found| found.1).collect(), found.1)
        };
        for address in documents {
            let document: TantivyDocument = self.searcher.doc(address).unwrap();
            std::hint::black_box(document.get_first(self.fields.title));
        }
        count as u64
    }

    fn query(&self, question: &Question) -> Box<dyn Query> {
        let Fields { title, text, published, jurisdictions, .. } = self.fields;
        let terms = question.terms.iter();
        let word = |field, word: &String| -> Box<dyn Query> {
            let term = Term::from_field_text(field, word);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        let anywhere = |term: &String| -> Box<dyn Query> {
            Box::new(BooleanQuery::union(vec![word(title, term), word(text, term)]))
        };
        if question.kind == Kind::Phrase {
            let phrase = |field| -> Box<dyn Query> {
                let terms = question.terms.iter().map(|term| Term::from_field_text(field, term));
                Box::new(PhraseQuery::new(terms.collect()))
            };
            return Box::new(BooleanQuery::union(vec![phrase(title), phrase(text)]));
        }
        let is_or = question.kind == Kind::Or5;
        let occur = if is_or { Occur::Should } else { Occur::Must };
        let mut clauses: Vec<_> = terms.map(|term| (occur, anywhere(term))).collect();
        if question.kind == Kind::Filtered {
            let facet = tantivy::schema::Facet::from_text(&format!("/j/{}", question.jurisdiction));
            let term = Term::from_facet(jurisdictions, &facet.unwrap());
            let filter = TermQuery::new(term, IndexRecordOption::Basic);
            clauses.push((Occur::Must, Box::new(filter)));
            let bound = |seconds| Term::from_field_i64(published, seconds);
            let dates =
                (Bound::Included(bound(question.from)), Bound::Excluded(bound(question.to)));
            clauses.push((Occur::Must, Box::new(RangeQuery::new(dates.0, dates.1))));
        }
        Box::new(BooleanQuery::new(clauses))
    }
}
