//! The small queries of tantivy that others are made of.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, EmptyQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::forms::Forms;
use super::schema::Fields;
use crate::Facet;

/// What has a value of a filter.
pub(super) fn value_query(fields: &Fields, facet: Facet, value: &str) -> Box<dyn Query> {
    let own = term_query(fields.value(facet, value), false);
    let lower = value.to_lowercase();
    // Sources keep the case of their ids, and readers need not.
    if facet != Facet::Source || lower == value {
        return own;
    }
    one_of(vec![own, term_query(fields.value(facet, &lower), false)])
}

/// What has a term.
pub(super) fn term_query(term: Term, with_frequencies: bool) -> Box<dyn Query> {
    let record =
        if with_frequencies { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
    Box::new(TermQuery::new(term, record))
}

/// What meets any of some queries.
pub(super) fn one_of(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    if queries.len() == 1 {
        return queries.swap_remove(0);
    }
    // One union of many terms is quicker than a union of unions.
    let mut flat: Vec<Box<dyn Query>> = Vec::with_capacity(queries.len());
    for query in queries {
        match query.downcast::<Forms>() {
            Ok(forms) => flat.extend(forms.terms.into_iter().map(|term| term_query(term, true))),
            Err(query) => flat.push(query),
        }
    }
    if flat.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::union(flat)) }
}

/// The same without a score.
pub(super) fn unscored(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
