//! Kin: what is compared of items to find those that are related.

use sqlx::Row;
use sqlx::any::AnyRow;

use crate::event::Print;
use crate::store::Store;
use crate::store::values::tags;
use crate::{Error, ItemId, StoryId};

/// An item that may be related to another.
#[derive(Debug)]
pub(crate) struct Kin {
    pub(crate) item: ItemId,
    pub(crate) story: StoryId,
    /// With the tags that are in force. Of an item from before there were prints there is nothing else.
    pub(crate) print: Print,
}

impl Store {
    /// What is compared of items, in the order of `ids`; unknown ones are left out.
    pub(crate) async fn kin(&self, ids: &[ItemId]) -> Result<Vec<Kin>, Error> {
        let select = "SELECT i.key, i.story, i.tags, p.print
            FROM item AS i LEFT JOIN story_print AS p ON p.item = i.key";
        let read = |row: &AnyRow| {
            let print = row.try_get::<Option<&[u8]>, _>("print")?.and_then(Print::read);
            Ok(Kin {
                item: ItemId(row.try_get("key")?),
                story: StoryId(row.try_get("story")?),
                print: print.unwrap_or_default().tagged(&tags(row.try_get("tags")?)?),
            })
        };
        self.rows_of(ids, select, read).await
    }
}
