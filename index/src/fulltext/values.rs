//! The values of a facet in a segment, laid out to be counted: numbers by document, and what the numbers stand for.

use std::collections::HashMap;
use std::sync::OnceLock;

use tantivy::fastfield::Column;
use tantivy::{DocId, SegmentReader};

use crate::Facet;

/// How many numbers fit into a document's lanes.
const LANES: usize = 4;
/// Stands in the first lane if the numbers are elsewhere, since there are too many of them.
const ELSEWHERE: u16 = u16::MAX;

/// The values of one facet.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// What the numbers stand for.
    pub(super) names: Vec<String>,
    column: Option<Column<u64>>,
    lanes: OnceLock<Lanes>,
}

/// Numbers by document. A lane holds a number and one, so that 0 is none. To read one word of memory is several times
/// faster than to unpack tantivy's column, and the counts beside filters are most of the work of a search. It takes
/// two or eight bytes a document, for facets that somebody counts.
#[derive(Debug)]
enum Lanes {
    None,
    /// At most one number for each document.
    One(Vec<u16>),
    /// Up to four, and the documents that have more.
    Several(Vec<[u16; LANES]>, HashMap<DocId, Vec<u16>>),
    /// More different values than a lane can tell apart.
    Column(Column<u64>),
}

impl Values {
    pub(super) fn open(segment: &SegmentReader, facet: Facet) -> tantivy::Result<Self> {
        let Some(column) = segment.fast_fields().str(facet.slug())? else {
            return Ok(Self::default());
        };
        let mut names = Vec::with_capacity(column.num_terms());
        let numbers: Vec<u64> = (0..column.num_terms() as u64).collect();
        column.dictionary().sorted_ords_to_term_cb(&numbers, |name| {
            names.push(String::from_utf8_lossy(name).into_owned());
        })?;
        Ok(Self { names, column: Some(column.ords().clone()), lanes: OnceLock::new() })
    }

    /// Gives the number of each value that these documents have.
    pub(super) fn each(&self, docs: impl IntoIterator<Item = DocId>, mut found: impl FnMut(usize)) {
        let docs = docs.into_iter();
        match self.lanes() {
            Lanes::None => {}
            Lanes::One(lanes) => {
                let lanes = docs.map(|doc| lanes[doc as usize]).filter(|lane| *lane > 0);
                lanes.for_each(|lane| found(usize::from(lane - 1)));
            }
            Lanes::Several(lanes, more) => {
                for doc in docs {
                    let lanes = &lanes[doc as usize];
                    if lanes[0] == ELSEWHERE {
                        more.get(&doc).into_iter().flatten().for_each(|&n| found(usize::from(n)));
                        continue;
                    }
                    for lane in lanes.iter().take_while(|lane| **lane > 0) {
                        found(usize::from(lane - 1));
                    }
                }
            }
            Lanes::Column(column) => {
                let numbers = docs.flat_map(|doc| column.values_for_doc(doc));
                numbers.for_each(|number| found(number as usize));
            }
        }
    }

    fn lanes(&self) -> &Lanes {
        self.lanes.get_or_init(|| {
            self.column.as_ref().map_or(Lanes::None, |column| lay_out(column, self.names.len()))
        })
    }
}

fn lay_out(column: &Column<u64>, values: usize) -> Lanes {
    if values >= usize::from(ELSEWHERE) {
        return Lanes::Column(column.clone());
    }
    let documents = column.num_docs();
    let is_single = !column.get_cardinality().is_multivalue();
    // The numbers are below 65,535.
    let narrow = |number: u64| number as u16;
    if is_single {
        let lane = |doc| column.first(doc).map_or(0, |number| narrow(number) + 1);
        return Lanes::One((0..documents).map(lane).collect());
    }
    let mut lanes = vec![[0; LANES]; documents as usize];
    let mut more = HashMap::new();
    for (doc, lanes) in (0..).zip(&mut lanes) {
        let numbers: Vec<u16> = column.values_for_doc(doc).map(narrow).collect();
        if numbers.len() > LANES {
            lanes[0] = ELSEWHERE;
            more.insert(doc, numbers);
        } else {
            lanes.iter_mut().zip(numbers).for_each(|(lane, number)| *lane = number + 1);
        }
    }
    Lanes::Several(lanes, more)
}
