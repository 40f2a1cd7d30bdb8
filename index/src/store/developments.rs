//! Developments: the dated acts of a law, over all items that tell of them.

use classifier::{Development, Instrument, Tags};
use sqlx::{AnyConnection, Row};

use crate::store::Store;
use crate::{Error, Item, ItemId};

/// Of how many items of one law the acts are given: those that tell the latest ones.
const MOST: i64 = 1_000;

impl Store {
    /// The dated acts of a law in time order, each with an item that tells it; of a law that very many items tell of,
    /// the latest.
    pub async fn developments(&self, law: Instrument) -> Result<Vec<(Development, Item)>, Error> {
        let rows = sqlx::query(
            "SELECT item FROM development WHERE instrument = $1 GROUP BY item ORDER BY MAX(date) DESC LIMIT $2",
        )
        .bind(law.slug())
        .bind(MOST)
        .fetch_all(&self.readers)
        .await?;
        let ids = rows.iter().map(|row| Ok(ItemId(row.try_get("item")?)));
        let ids = ids.collect::<Result<Vec<_>, sqlx::Error>>()?;
        let items = if ids.is_empty() { Vec::new() } else { self.items(&ids).await? };
        let mut acts = Vec::new();
        for item in items {
            let own = item.tags.developments.iter().filter(|one| one.instrument == Some(law));
            acts.extend(own.map(|one| (one.clone(), item.clone())));
        }
        acts.sort_by_key(|(act, item)| (act.date, act.act, item.published.map(|at| at.instant())));
        Ok(acts)
    }
}

/// Keeps of which laws an item tells dated acts, in place of what was kept before.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    id: ItemId,
    tags: &Tags,
    is_new: bool,
) -> Result<(), Error> {
    if !is_new {
        sqlx::query("DELETE FROM development WHERE item = $1")
            .bind(id.key())
            .execute(&mut *connection)
            .await?;
    }
    for one in &tags.developments {
        let Some(law) = one.instrument else { continue };
        sqlx::query(
            "INSERT INTO development (instrument, date, item) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(law.slug())
        .bind(one.date.to_string())
        .bind(id.key())
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
