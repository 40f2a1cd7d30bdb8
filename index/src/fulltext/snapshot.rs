//! The index as it stood at one commit: what one search sees.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::fastfield::Column;
use tantivy::index::SegmentId;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Searcher, SegmentReader, TERMINATED};

use super::schema::{CHANGE, DATE, Fields, ID, Mark, POLICY, STORY, WEIGHT};
use super::stems::Language;
use super::values::Values;
use crate::Facet;

/// A searcher, with what every search would otherwise open again.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub(super) searcher: Searcher,
    /// Everything up to there it holds, at least.
    pub(super) mark: Mark,
    /// One for each segment, in the searcher's order.
    pub(super) columns: Vec<Arc<Columns>>,
    /// In which languages there are texts.
    pub(super) languages: Vec<Language>,
    /// That of most texts, as filters have it.
    pub(super) main_language: Option<String>,
}

/// The fast fields of a segment.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) id: Column<i64>,
    pub(super) change: Column<i64>,
    /// For each document, its date in milliseconds since 1970.
    pub(super) dates: Vec<i64>,
    /// For each document.
    pub(super) facts: Vec<Facts>,
    /// The stories of several items, in order.
    pub(super) stories: Vec<i64>,
    /// Whose fields these are.
    pub(super) segment: SegmentId,
    /// In which languages texts were analysed, and for each document the place of its own among them.
    pub(super) languages: Vec<Language>,
    pub(super) tongues: Vec<u8>,
    facets: [Values; Facet::ALL.len()],
}

/// What a search asks of each document that has the words, side by side: to read one place of memory is several times
/// faster than to unpack three of tantivy's columns.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Facts {
    /// The place of its story among the segment's and one; 0 if it is in none.
    pub(super) story: u32,
    /// What its score is multiplied with, in thousandths.
    pub(super) weight: u16,
    pub(super) policy: bool,
}

impl Snapshot {
    /// Opens what is new since the one before.
    pub(super) fn new(
        searcher: Searcher,
        mark: Mark,
        fields: &Fields,
        before: Option<&Self>,
    ) -> tantivy::Result<Self> {
        let known: HashMap<SegmentId, &Arc<Columns>> = before
            .map(|before| {
                let segments = before.searcher.segment_readers().iter();
                segments.map(SegmentReader::segment_id).zip(&before.columns).collect()
            })
            .unwrap_or_default();
        let mut columns = Vec::new();
        for segment in searcher.segment_readers() {
            columns.push(match known.get(&segment.segment_id()) {
                Some(known) => Arc::clone(known),
                None => Arc::new(Columns::open(segment, fields)?),
            });
        }
        let languages = languages(&searcher, fields.analysed)?;
        let main_language = main_language(&searcher, fields.facet(Facet::Language))?;
        Ok(Self { searcher, mark, columns, languages, main_language })
    }
}

impl Columns {
    fn open(segment: &SegmentReader, fields: &Fields) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let mut facets: [Values; Facet::ALL.len()] = Default::default();
        for facet in Facet::ALL {
            facets[facet as usize] = Values::open(segment, facet)?;
        }
        let (date, story) = (fast.i64(DATE)?, fast.i64(STORY)?);
        let (policy, weight) = (fast.u64(POLICY)?, fast.u64(WEIGHT)?);
        let documents = 0..segment.max_doc();
        let stories = documents.clone().filter_map(|doc| story.first(doc).filter(|id| *id > 0));
        let mut stories: Vec<_> = stories.collect();
        stories.sort_unstable();
        stories.dedup();
        let place = |id: i64| stories.binary_search(&id).map_or(0, |place| place as u32 + 1);
        let dates = documents.clone().map(|doc| date.first(doc).unwrap_or_default());
        let facts = documents.map(|doc| Facts {
            story: story.first(doc).map_or(0, place),
            weight: weight.first(doc).and_then(|weight| weight.try_into().ok()).unwrap_or(1_000),
            policy: policy.first(doc) == Some(1),
        });
        let (languages, tongues) = tongues(segment, fields.analysed)?;
        Ok(Self {
            segment: segment.segment_id(),
            languages,
            tongues,
            id: fast.i64(ID)?,
            change: fast.i64(CHANGE)?,
            dates: dates.collect(),
            facts: facts.collect(),
            stories,
            facets,
        })
    }

    /// The story of a document, if it is one of several items.
    pub(super) fn story(&self, facts: Facts) -> Option<i64> {
        self.stories.get((facts.story as usize).checked_sub(1)?).copied()
    }

    pub(super) fn facet(&self, facet: Facet) -> &Values {
        &self.facets[facet as usize]
    }
}

/// The languages of a segment's texts, and the place of each text's own among them.
fn tongues(segment: &SegmentReader, field: Field) -> tantivy::Result<(Vec<Language>, Vec<u8>)> {
    let index = segment.inverted_index(field)?;
    let (mut languages, mut tongues) = (Vec::new(), vec![0; segment.max_doc() as usize]);
    let mut codes = index.terms().stream()?;
    while let Some((code, info)) = codes.next() {
        let mut texts = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
        // There are some forty.
        let number = languages.len() as u8;
        languages.push(Language::parse(&String::from_utf8_lossy(code)));
        while texts.doc() != TERMINATED {
            tongues[texts.doc() as usize] = number;
            texts.advance();
        }
    }
    Ok((languages, tongues))
}

fn languages(searcher: &Searcher, field: Field) -> tantivy::Result<Vec<Language>> {
    let mut languages = Vec::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut codes = index.terms().stream()?;
        while codes.advance() {
            languages.extend(str::from_utf8(codes.key()).map(Language::parse));
        }
    }
    languages.sort();
    languages.dedup();
    Ok(languages)
}

fn main_language(searcher: &Searcher, field: Field) -> tantivy::Result<Option<String>> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut codes = index.terms().stream()?;
        while let Some((code, info)) = codes.next() {
            let code = String::from_utf8_lossy(code).into_owned();
            *counts.entry(code).or_default() += u64::from(info.doc_freq);
        }
    }
    let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    Ok(most.map(|(code, _)| code))
}
