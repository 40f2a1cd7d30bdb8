//! A word under all its forms: the terms that it has in texts of several languages.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

/// A query for any of several terms of one field that share their frequency, and so their weight.
///
/// A text is in one language, so the documents of the terms are nearly disjoint, and most have the term of the most
/// usual language. tantivy's union of any queries gathers thousands of documents of each at a time; here the one list
/// is read until the next document of another.
#[derive(Debug, Clone)]
pub(super) struct Forms(pub(super) Vec<Term>);

impl Query for Forms {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = match (scoring, self.0.as_slice()) {
            (EnableScoring::Enabled { statistics_provider, .. }, [first, ..]) => {
                Some(Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(first))?)
            }
            _ => None,
        };
        Ok(Box::new(FormsWeight { terms: self.0.clone(), weight }))
    }
}

struct FormsWeight {
    terms: Vec<Term>,
    /// `None` where there are no scores.
    weight: Option<Bm25Weight>,
}

impl FormsWeight {
    fn of_segment(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<FormsScorer>> {
        let record = match self.weight {
            Some(_) => IndexRecordOption::WithFreqs,
            None => IndexRecordOption::Basic,
        };
        let mut lists = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            lists.extend(reader.inverted_index(term.field())?.read_postings(term, record)?);
        }
        let Some(term) = self.terms.first().filter(|_| !lists.is_empty()) else { return Ok(None) };
        let scores = match &self.weight {
            Some(weight) => Some(Scores {
                lengths: reader.get_fieldnorms_reader(term.field())?,
                weight: weight.boost_by(boost),
            }),
            None => None,
        };
        let mut scorer = FormsScorer { lists, scores, doc: 0, own: 0, next: 0 };
        scorer.settle();
        Ok(Some(scorer))
    }
}

impl Weight for FormsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.of_segment(reader, boost)? {
            Some(scorer) => Box::new(scorer),
            None => Box::new(EmptyScorer),
        })
    }

    fn for_each(
        &self,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let Some(mut scorer) = self.of_segment(reader, 1.0)? else { return Ok(()) };
        while scorer.doc != TERMINATED {
            callback(scorer.doc, scorer.score());
            scorer.advance();
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let scorer = self.of_segment(reader, 1.0)?;
        let scorer = scorer.map(|mut scorer| (scorer.seek(doc), scorer));
        match scorer {
            Some((found, mut scorer)) if found == doc => {
                Ok(Explanation::new("forms of a word", scorer.score()))
            }
            _ => Err(TantivyError::InvalidArgument(format!("document {doc} does not match"))),
        }
    }
}

struct Scores {
    lengths: FieldNormReader,
    weight: Bm25Weight,
}

struct FormsScorer {
    /// The documents of each term.
    lists: Vec<SegmentPostings>,
    scores: Option<Scores>,
    /// The least document of all lists.
    doc: DocId,
    /// A list that is at it.
    own: usize,
    /// The least document of the other lists.
    next: DocId,
}

impl FormsScorer {
    /// Sees anew where the lists are.
    fn settle(&mut self) {
        (self.doc, self.own, self.next) = (TERMINATED, 0, TERMINATED);
        for (number, list) in self.lists.iter().enumerate() {
            let doc = list.doc();
            if doc < self.doc {
                (self.next, self.doc, self.own) = (self.doc, doc, number);
            } else {
                self.next = self.next.min(doc);
            }
        }
    }
}

impl DocSet for FormsScorer {
    fn advance(&mut self) -> DocId {
        let before = self.doc;
        if before == TERMINATED {
            return TERMINATED;
        }
        if before < self.next {
            let doc = self.lists[self.own].advance();
            if doc < self.next {
                self.doc = doc;
                return doc;
            }
        } else {
            for list in self.lists.iter_mut().filter(|list| list.doc() == before) {
                list.advance();
            }
        }
        self.settle();
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            for list in self.lists.iter_mut().filter(|list| list.doc() < target) {
                list.seek(target);
            }
            self.settle();
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}

impl Scorer for FormsScorer {
    fn score(&mut self) -> Score {
        let Some(Scores { lengths, weight }) = &self.scores else { return 1.0 };
        let length = lengths.fieldnorm_id(self.doc);
        if self.doc < self.next {
            return weight.score(length, self.lists[self.own].term_freq());
        }
        let lists = self.lists.iter().filter(|list| list.doc() == self.doc);
        lists.map(|list| weight.score(length, list.term_freq())).sum()
    }
}
