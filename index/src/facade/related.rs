//! More like this: what may be related to an item is found by the full-text index, and weighed by what both share.

use std::collections::HashSet;

use super::Index;
use crate::event::{KIN, kinship};
use crate::store::Kin;
use crate::{Error, Item, ItemId};

/// How many times as many related items are put in order by meaning as are wanted.
const MEANT: usize = 4;
/// Of so many that follow one another, one is in another language than the item, as long as there are such.
const TURN: usize = 3;

impl Index {
    /// Items of other stories that are related to this one (by laws, topics in a state, names, words and amounts that both
    /// have, and by what they mean), best first, one of each story, policy only. What shares little is left out, so that there
    /// may be none. Some are in other languages where there are such.
    ///
    /// # Errors
    /// [`Error`] when a half fails.
    pub async fn related(&self, id: ItemId, limit: usize) -> Result<Vec<Item>, Error> {
        let Some(document) = self.store.documents(&[id]).await?.pop() else {
            return Ok(Vec::new());
        };
        let mut ids = self.look(|fulltext| fulltext.candidates(&document))?;
        ids.insert(0, id);
        let mut kin = self.store.kin(&ids).await?.into_iter();
        let Some(own) = kin.next().filter(|kin| kin.item == id) else { return Ok(Vec::new()) };
        let most = if self.meaning.is_some() { limit * MEANT } else { limit };
        let found = in_turns(&own, kin.collect(), most);
        let found = self.related_by_meaning(id, found).await?;
        let mut items = self.store.items(&found).await?;
        let mut told = HashSet::from([own.story]);
        items.retain(|item| item.tags.policy.value && told.insert(item.story));
        items.truncate(limit);
        Ok(items)
    }
}

/// The best of what is related to an item, one of each story, those in other languages getting their turn.
fn in_turns(own: &Kin, kin: Vec<Kin>, most: usize) -> Vec<ItemId> {
    let mut related: Vec<_> =
        kin.into_iter().map(|kin| (kinship(&own.print, &kin.print), kin)).collect();
    related.retain(|(kinship, _)| *kinship >= KIN);
    related.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| b.1.item.cmp(&a.1.item)));
    let mut told = HashSet::from([own.story]);
    related.retain(|(_, kin)| told.insert(kin.story));
    let mut related: Vec<_> = related.into_iter().map(|(_, kin)| kin).collect();
    let mut found = Vec::new();
    let mut own_language = 0;
    while !related.is_empty() && found.len() < most {
        let is_foreign = |kin: &Kin| kin.print.is_in_another_language(&own.print);
        let turn = if own_language + 1 < TURN { None } else { related.iter().position(is_foreign) };
        let next = related.remove(turn.unwrap_or(0));
        own_language = if is_foreign(&next) { 0 } else { own_language + 1 };
        found.push(next.item);
    }
    found
}
