//! What scores are worked out from.

use std::collections::HashMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The searcher's statistics, but that the forms of one word in several languages count as one word: a rare language
/// must not make a common word rare.
pub(super) struct Statistics<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) frequencies: &'a HashMap<Term, u64>,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let known = self.frequencies.get(term).copied();
        let found = known.map_or_else(|| self.searcher.doc_freq(term), Ok)?;
        // The sum over several forms may count a document twice.
        Ok(found.min(self.searcher.total_num_docs()?))
    }
}
