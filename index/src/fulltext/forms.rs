//! A word, or words side by side, under all their forms: the terms that they have in texts of several languages.

use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{
    Bm25Weight, EmptyScorer, EnableScoring, Explanation, PhraseQuery, Query, Scorer, Weight,
};
use tantivy::schema::IndexRecordOption;
use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SeekDangerResult, SegmentReader, TERMINATED,
    TantivyError, Term,
};

use super::snapshot::{Columns, Snapshot};
use super::spellings::Spellings;
use super::stems::Language;

/// A query for any of several terms of one field that share their frequency, and so their weight.
#[derive(Debug, Clone)]
pub(super) struct Forms {
    pub(super) terms: Vec<Term>,
    /// The terms, by their places, that texts of a language may have.
    by_language: Vec<(Language, [usize; 2])>,
    columns: Vec<Arc<Columns>>,
}

impl Forms {
    /// Of these terms; `spellings` says how the word and the word with its accents are stemmed in each language.
    pub(super) fn new(terms: Vec<Term>, spellings: &Spellings, snapshot: &Snapshot) -> Self {
        let place = |form: &[String]| {
            let is_it = |term: &Term| {
                form.first().is_some_and(|form| term.value().as_str() == Some(form.as_str()))
            };
            terms.iter().position(is_it).unwrap_or(NOWHERE)
        };
        let places = |forms: &[Vec<String>; 2]| forms.each_ref().map(|form| place(form));
        let by_language = spellings.iter().map(|(language, forms)| (*language, places(forms)));
        Self { by_language: by_language.collect(), terms, columns: snapshot.columns.clone() }
    }
}

impl Query for Forms {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weight = match (scoring, self.terms.as_slice()) {
            (EnableScoring::Enabled { statistics_provider, .. }, [first, ..]) => {
                Some(Bm25Weight::for_terms(statistics_provider, std::slice::from_ref(first))?)
            }
            _ => None,
        };
        Ok(Box::new(FormsWeight { forms: self.clone(), weight }))
    }
}

/// The place of what is not there.
const NOWHERE: usize = usize::MAX;

struct FormsWeight {
    forms: Forms,
    /// `None` where there are no scores.
    weight: Option<Bm25Weight>,
}

impl FormsWeight {
    fn of_segment(
        &self,
        reader: &SegmentReader,
        boost: Score,
    ) -> tantivy::Result<Option<Disjoint<List>>> {
        let record = match self.weight {
            Some(_) => IndexRecordOption::WithFreqs,
            None => IndexRecordOption::Basic,
        };
        let Some(field) = self.forms.terms.first().map(Term::field) else { return Ok(None) };
        let index = reader.inverted_index(field)?;
        let mut lists = Vec::with_capacity(self.forms.terms.len());
        let mut places = Vec::with_capacity(self.forms.terms.len());
        for term in &self.forms.terms {
            let postings = index.read_postings(term, record)?;
            places.push(if postings.is_some() { lists.len() } else { NOWHERE });
            lists.extend(postings);
        }
        if lists.is_empty() {
            return Ok(None);
        }
        let scores = match &self.weight {
            Some(weight) => Some(Arc::new(Scores {
                lengths: reader.get_fieldnorms_reader(field)?,
                weight: weight.boost_by(boost),
            })),
            None => None,
        };
        let list = |postings| List { postings, scores: scores.clone() };
        let lists = lists.into_iter().map(list).collect();
        Ok(Some(Disjoint { tongues: self.tongues(reader, &places), ..Disjoint::of(lists) }))
    }

    /// Which of a segment's lists texts of each language may be in; `places` has the lists of the terms.
    fn tongues(&self, reader: &SegmentReader, places: &[usize]) -> Option<Tongues> {
        let of_segment = |columns: &&Arc<Columns>| columns.segment == reader.segment_id();
        let columns = Arc::clone(self.forms.columns.iter().find(of_segment)?);
        let by_language = &self.forms.by_language;
        let lists = columns.languages.iter().map(|language| {
            let terms = by_language.iter().find(|(of, _)| of == language).map(|(_, terms)| *terms);
            let list = |term: usize| places.get(term).copied().unwrap_or(NOWHERE);
            terms.unwrap_or([NOWHERE; 2]).map(list)
        });
        Some(Tongues { lists: lists.collect(), columns })
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
        explain(self, reader, doc)
    }
}

/// A query for words that stand side by side, in any of several readings of one field.
#[derive(Debug, Clone)]
pub(super) struct Readings(pub(super) Vec<PhraseQuery>);

impl Query for Readings {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let weights = self.0.iter().map(|phrase| phrase.weight(scoring));
        Ok(Box::new(ReadingsWeight(weights.collect::<tantivy::Result<_>>()?)))
    }
}

struct ReadingsWeight(Vec<Box<dyn Weight>>);

impl Weight for ReadingsWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut found = Vec::with_capacity(self.0.len());
        for weight in &self.0 {
            found.extend(Some(weight.scorer(reader, boost)?).filter(|one| one.doc() != TERMINATED));
        }
        Ok(match found.len() {
            1 => found.swap_remove(0),
            _ => Box::new(Disjoint::of(found)),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        explain(self, reader, doc)
    }
}

fn explain(
    weight: &dyn Weight,
    reader: &SegmentReader,
    doc: DocId,
) -> tantivy::Result<Explanation> {
    let mut scorer = weight.scorer(reader, 1.0)?;
    if scorer.doc() <= doc && scorer.seek(doc) == doc {
        return Ok(Explanation::new("forms of words", scorer.score()));
    }
    Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
}

/// The documents of one term.
struct List {
    postings: SegmentPostings,
    /// `None` where there are no scores.
    scores: Option<Arc<Scores>>,
}

struct Scores {
    lengths: FieldNormReader,
    weight: Bm25Weight,
}

impl DocSet for List {
    #[inline]
    fn advance(&mut self) -> DocId {
        self.postings.advance()
    }

    #[inline]
    fn seek(&mut self, target: DocId) -> DocId {
        self.postings.seek(target)
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.postings.doc()
    }

    fn size_hint(&self) -> u32 {
        self.postings.size_hint()
    }
}

impl Scorer for List {
    #[inline]
    fn score(&mut self) -> Score {
        let Some(scores) = &self.scores else { return 1.0 };
        scores.weight.score(scores.lengths.fieldnorm_id(self.doc()), self.postings.term_freq())
    }
}

/// The documents of several lists that have hardly any in common.
///
/// A text is in one language, and most are in the most usual one. tantivy's union of any queries gathers thousands of
/// documents of each at a time; here the one list is read until the next document of another.
struct Disjoint<L> {
    lists: Vec<L>,
    /// Where each list is, as far as it was read: after `seek_danger`, lists may be behind `doc`.
    heads: Vec<DocId>,
    /// The least document of all lists.
    doc: DocId,
    /// A list that is at it.
    own: usize,
    /// The least document of the other lists; 0 where some may be behind.
    next: DocId,
    tongues: Option<Tongues>,
}

/// Which lists a document may be in.
struct Tongues {
    columns: Arc<Columns>,
    /// By the number of its language.
    lists: Vec<[usize; 2]>,
}

impl<L: DocSet> Disjoint<L> {
    fn of(lists: Vec<L>) -> Self {
        let heads = lists.iter().map(DocSet::doc).collect();
        let (doc, own, next) = (TERMINATED, 0, TERMINATED);
        let mut all = Self { lists, heads, doc, own, next, tongues: None };
        all.settle();
        all
    }

    /// Sees anew which list is the first.
    fn settle(&mut self) {
        (self.doc, self.own, self.next) = (TERMINATED, 0, TERMINATED);
        for (number, &head) in self.heads.iter().enumerate() {
            if head < self.doc {
                (self.next, self.doc, self.own) = (self.doc, head, number);
            } else {
                self.next = self.next.min(head);
            }
        }
    }

    /// Brings every list to `target` or behind it.
    fn seek_all(&mut self, target: DocId) -> DocId {
        for (list, head) in self.lists.iter_mut().zip(&mut self.heads) {
            if *head < target {
                *head = list.seek(target);
            }
        }
        self.settle();
        self.doc
    }

    /// What the first list has next, if no other has anything before; else where all are.
    fn first(&mut self, head: DocId) -> DocId {
        self.heads[self.own] = head;
        if head < self.next {
            self.doc = head;
        } else {
            self.settle();
        }
        self.doc
    }
}

impl<L: DocSet> DocSet for Disjoint<L> {
    #[inline]
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        if self.doc < self.next {
            let head = self.lists[self.own].advance();
            return self.first(head);
        }
        self.seek_all(self.doc + 1)
    }

    #[inline]
    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        if target <= self.next {
            let head = self.lists[self.own].seek(target);
            return self.first(head);
        }
        self.seek_all(target)
    }

    /// Asks only the lists that a document of its language may be in.
    fn seek_danger(&mut self, target: DocId) -> SeekDangerResult {
        let lists = match &self.tongues {
            _ if target >= TERMINATED => return SeekDangerResult::SeekLowerBound(target),
            Some(Tongues { columns, lists }) => match columns.tongues.get(target as usize) {
                Some(tongue) => lists[usize::from(*tongue)],
                // Who looks for what has several words may ask for the one behind the last document.
                None => return SeekDangerResult::SeekLowerBound(TERMINATED),
            },
            None => match self.seek(target) {
                doc if doc == target => return SeekDangerResult::Found,
                doc => return SeekDangerResult::SeekLowerBound(doc),
            },
        };
        let mut found = false;
        for list in lists {
            let Some(head) = self.heads.get_mut(list) else { continue };
            if *head < target {
                *head = self.lists[list].seek(target);
            }
            found |= *head == target;
        }
        if !found {
            return SeekDangerResult::SeekLowerBound(target + 1);
        }
        (self.doc, self.next) = (target, 0);
        SeekDangerResult::Found
    }

    fn fill_buffer(&mut self, buffer: &mut [DocId; COLLECT_BLOCK_BUFFER_LEN]) -> usize {
        let mut filled = 0;
        while filled < buffer.len() && self.doc != TERMINATED {
            let (mut doc, next) = (self.doc, self.next);
            if doc >= next {
                buffer[filled] = doc;
                filled += 1;
                self.advance();
                continue;
            }
            let list = &mut self.lists[self.own];
            while doc < next && filled < buffer.len() {
                buffer[filled] = doc;
                filled += 1;
                doc = list.advance();
            }
            self.first(doc);
        }
        filled
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        self.lists.iter().map(DocSet::cost).sum()
    }
}

impl<L: Scorer> Scorer for Disjoint<L> {
    #[inline]
    fn score(&mut self) -> Score {
        let doc = self.doc;
        if doc < self.next {
            return self.lists[self.own].score();
        }
        let lists = self.lists.iter_mut().zip(&self.heads);
        lists.filter(|(_, head)| **head == doc).map(|(list, _)| list.score()).sum()
    }
}
