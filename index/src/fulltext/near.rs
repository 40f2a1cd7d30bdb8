//! `Near`: what a search is told of meanings.

use std::collections::HashMap;
use std::sync::Arc;

use crate::{Expression, ItemId};

/// What lies near the words of a query by its meaning.
#[derive(Debug)]
pub(crate) struct Near {
    /// The best of what has the words and what lies near them, in one order: before all else, if by relevance. Those
    /// that have not the words are found all the same.
    pub(crate) order: Vec<ItemId>,
    /// What these must meet besides.
    pub(crate) besides: Option<Expression>,
    /// How many items have the words.
    pub(crate) by_words: u64,
}

impl Near {
    /// The place of each item in the order, by its key.
    pub(super) fn ranks(&self) -> Arc<HashMap<i64, u64>> {
        Arc::new(self.order.iter().map(|item| item.key()).zip(0..).collect())
    }
}
