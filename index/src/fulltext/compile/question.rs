//! What of a question an item must have, and what only raises its place.

use tantivy::Term;
use tantivy::query::{BooleanQuery, Occur, Query};

use super::super::clauses::{one_of, unscored};
use super::super::spellings::all_terms;
use super::{Compiler, own_words, telling};
use crate::query::by_need;
use crate::{Expression, Facet};

/// One of so many words may be missing.
const QUORUM: usize = 4;

/// Of items so many or more, a word that more than one in so many have tells nothing of what somebody looks for.
const FEWEST_TO_SHARE: u64 = 100;
const BROAD: u64 = 3;

impl Compiler<'_> {
    /// Parts any of which will do, and words that so many items have that by themselves they say nothing.
    pub(super) fn by_breadth(
        &self,
        parts: Vec<Expression>,
    ) -> tantivy::Result<(Vec<Expression>, Vec<Expression>)> {
        let all = self.snapshot.searcher.num_docs();
        let (mut telling, mut broad) = (Vec::new(), Vec::new());
        for part in parts {
            let forms = match &part {
                Expression::Word(word) if all >= FEWEST_TO_SHARE => {
                    all_terms(&self.snapshot.languages, word)
                }
                _ => Vec::new(),
            };
            let mut sum = 0;
            for form in forms {
                let term = Term::from_field_text(self.fields.text, &form);
                sum += self.snapshot.searcher.doc_freq(&term)?;
            }
            if sum > all / BROAD { broad.push(part) } else { telling.push(part) }
        }
        Ok(if telling.is_empty() { (broad, telling) } else { (telling, broad) })
    }

    /// What a question must be met in; the rest of it only raises the score.
    pub(super) fn question(
        &mut self,
        parts: &[Expression],
        is_wanted: bool,
        clauses: &mut Vec<(Occur, Box<dyn Query>)>,
    ) -> tantivy::Result<Box<dyn Query>> {
        let (needed, others) = by_need(parts);
        if is_wanted && self.titles.is_some() {
            let words = needed.iter().flat_map(|part| own_words(part));
            for part in others.into_iter().chain(words) {
                clauses.push((Occur::Should, self.expression(part, true)?));
            }
        }
        self.most(&needed, is_wanted)
    }

    /// All of a few words; of four and more, one in four may be missing. Where names make few parts of them, it is a word
    /// by itself that may.
    fn most(&mut self, parts: &[&Expression], is_wanted: bool) -> tantivy::Result<Box<dyn Query>> {
        let words: usize = parts.iter().map(|part| own_words(part).len().max(1)).sum();
        let is_short = parts.len() < QUORUM && words >= QUORUM;
        let is_sure = |part: &Expression| is_short && !matches!(part, Expression::Word(_));
        let (mut sure, mut any) = (Vec::new(), Vec::new());
        for part in parts {
            let query = self.part(part, words >= QUORUM, is_wanted)?;
            if is_sure(part) {
                sure.push((Occur::Must, query));
            } else {
                any.push((Occur::Should, query));
            }
        }
        let spare = if is_short { 1 } else { parts.len() / QUORUM };
        let least = any.len().saturating_sub(spare);
        if sure.is_empty() {
            return Ok(Box::new(BooleanQuery::with_minimum_required_clauses(any, least)));
        }
        if least > 0 {
            let any = BooleanQuery::with_minimum_required_clauses(any, least);
            sure.push((Occur::Must, Box::new(any)));
        } else {
            sure.append(&mut any);
        }
        Ok(Box::new(BooleanQuery::new(sure)))
    }

    /// A part of a question. The words of a name of several count one by one, here they are only asked for.
    fn part(
        &mut self,
        part: &Expression,
        is_long: bool,
        is_wanted: bool,
    ) -> tantivy::Result<Box<dyn Query>> {
        let Expression::Or(any) = part else { return self.expression(part, is_wanted) };
        let words = own_words(part);
        if words.is_empty() {
            return self.expression(part, is_wanted);
        }
        let of_topic = matches!(any.get(1), Some(Expression::Filter(Facet::Topic, _)));
        let is_spare = is_long && of_topic && words.len() >= QUORUM - 1;
        let own = words.iter().map(|word| Ok((Occur::Should, self.expression(word, false)?)));
        let own: Vec<_> = own.collect::<tantivy::Result<_>>()?;
        let least = own.len() - usize::from(is_spare);
        let own = unscored(Box::new(BooleanQuery::with_minimum_required_clauses(own, least)));
        let spoken = std::mem::replace(&mut self.spoken, telling(words));
        let others = any[1..].iter().map(|part| self.expression(part, is_wanted));
        let all = std::iter::once(Ok(own)).chain(others);
        let all = all.collect::<tantivy::Result<_>>();
        self.spoken = spoken;
        Ok(one_of(all?))
    }
}
