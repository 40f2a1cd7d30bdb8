//! The values of a facet in a segment, laid out to be counted: numbers by document, and what the numbers stand for.

use std::collections::HashMap;
use std::sync::OnceLock;

use tantivy::fastfield::Column;
use tantivy::{DocId, SegmentReader};

use crate::Facet;

/// How many numbers fit into a document's lanes.
const LANES: usize = 4;

/// The values of one facet.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// What the numbers stand for.
    pub(super) names: Vec<String>,
    column: Option<Column<u64>>,
    lanes: OnceLock<Lanes>,
}

/// How many documents have each value: by lanes, the sum is theirs. The first stands for no value, and the last for
/// values that are elsewhere.
#[derive(Debug)]
pub(super) struct Counts(Vec<[u32; LANES]>);

impl Counts {
    /// That of the value with this number.
    pub(super) fn of(&self, number: usize) -> u32 {
        self.0[number + 1].iter().sum()
    }

    /// One more.
    pub(super) fn add(&mut self, number: usize) {
        self.0[number + 1][0] += 1;
    }
}

/// By number and one, whether a value is among those of a filter.
#[derive(Debug)]
pub(super) struct Allowed(Vec<bool>);

/// Numbers by document. A lane holds a number and one, so that 0 is none. To read one word of memory is several times
/// faster than to unpack tantivy's column, and the counts beside filters are most of the work of a search. It takes
/// two or eight bytes a document, for facets that somebody counts. If there are too many numbers for the lanes, the first
/// lane says so: it holds one more than the last number's.
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

    /// Gives the number of each value that a document has.
    pub(super) fn each(&self, doc: DocId, mut found: impl FnMut(usize)) {
        match self.lanes() {
            Lanes::None => {}
            Lanes::One(lanes) => {
                usize::from(lanes[doc as usize]).checked_sub(1).into_iter().for_each(found);
            }
            Lanes::Several(lanes, more) => {
                if self.is_elsewhere(lanes[doc as usize]) {
                    more.get(&doc).into_iter().flatten().for_each(|&n| found(usize::from(n)));
                    return;
                }
                for lane in lanes[doc as usize].iter().take_while(|lane| **lane > 0) {
                    found(usize::from(lane - 1));
                }
            }
            Lanes::Column(column) => {
                column.values_for_doc(doc).for_each(|number| found(number as usize));
            }
        }
    }

    /// Counts the values of these documents. What documents have cannot be foretold, so nothing is decided by it: the
    /// processor fetches what many of them have at the same time.
    pub(super) fn count(&self, docs: impl Iterator<Item = DocId> + Clone, counts: &mut Counts) {
        match self.lanes() {
            Lanes::None => {}
            Lanes::One(lanes) => {
                for (turn, doc) in docs.enumerate() {
                    counts.0[usize::from(lanes[doc as usize])][turn % LANES] += 1;
                }
            }
            Lanes::Several(lanes, more) => {
                for doc in docs.clone() {
                    for (turn, lane) in lanes[doc as usize].into_iter().enumerate() {
                        counts.0[usize::from(lane)][turn] += 1;
                    }
                }
                if !more.is_empty() {
                    docs.filter_map(|doc| more.get(&doc))
                        .flatten()
                        .for_each(|&n| counts.add(n.into()));
                }
            }
            Lanes::Column(column) => {
                let numbers = docs.flat_map(|doc| column.values_for_doc(doc));
                numbers.for_each(|number| counts.add(number as usize));
            }
        }
    }

    /// Adds, for each of these documents, one to its own sum if none of its values is allowed.
    pub(super) fn refuse(
        &self,
        docs: impl Iterator<Item = DocId>,
        allowed: &Allowed,
        refused: &mut [u8],
    ) {
        match self.lanes() {
            Lanes::One(lanes) => {
                for (doc, refused) in docs.zip(refused) {
                    *refused += u8::from(!allowed.0[usize::from(lanes[doc as usize])]);
                }
            }
            Lanes::Several(lanes, more) if more.is_empty() => {
                for (doc, refused) in docs.zip(refused) {
                    let is_allowed = |is_allowed, lane| is_allowed | allowed.0[usize::from(lane)];
                    *refused += u8::from(!lanes[doc as usize].into_iter().fold(false, is_allowed));
                }
            }
            _ => {
                for (doc, refused) in docs.zip(refused) {
                    *refused += u8::from(!self.allows(doc, allowed));
                }
            }
        }
    }

    /// Whether a value of a document is allowed.
    pub(super) fn allows(&self, doc: DocId, allowed: &Allowed) -> bool {
        let mut is_allowed = false;
        self.each(doc, |number| is_allowed |= allowed.0[number + 1]);
        is_allowed
    }

    /// No counts yet.
    pub(super) fn counts(&self) -> Counts {
        Counts(vec![[0; LANES]; self.names.len() + 2])
    }

    /// Only these values.
    pub(super) fn allowed(&self, values: &[String]) -> Allowed {
        let own = self.names.iter().map(|name| values.contains(name));
        Allowed([false].into_iter().chain(own).chain([false]).collect())
    }

    fn is_elsewhere(&self, lanes: [u16; LANES]) -> bool {
        usize::from(lanes[0]) > self.names.len()
    }

    fn lanes(&self) -> &Lanes {
        self.lanes.get_or_init(|| {
            self.column.as_ref().map_or(Lanes::None, |column| lay_out(column, self.names.len()))
        })
    }
}

fn lay_out(column: &Column<u64>, values: usize) -> Lanes {
    // One stands for none, one for those that are elsewhere.
    let Ok(elsewhere) = u16::try_from(values + 1) else { return Lanes::Column(column.clone()) };
    let documents = column.num_docs();
    let is_single = !column.get_cardinality().is_multivalue();
    // The numbers are below that.
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
            lanes[0] = elsewhere;
            more.insert(doc, numbers);
        } else {
            lanes.iter_mut().zip(numbers).for_each(|(lane, number)| *lane = number + 1);
        }
    }
    Lanes::Several(lanes, more)
}
