//! Developments: the dated acts of a law, over all items that tell of them.

use classifier::{Development, Instrument, Tags};
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::store::Store;
use crate::store::items::ROWS;
use crate::store::values::{batches, rows};
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

/// Keeps of which laws items tell dated acts; nothing was kept of them before.
pub(super) async fn keep(
    connection: &mut AnyConnection,
    items: impl Iterator<Item = (ItemId, &Tags)>,
) -> Result<(), Error> {
    let told = items.flat_map(|(id, tags)| {
        let of_law =
            move |one: &Development| Some((one.instrument?.slug(), one.date.to_string(), id));
        tags.developments.iter().filter_map(of_law)
    });
    for part in batches(&told.collect::<Vec<_>>(), ROWS) {
        let sql = format!(
            "INSERT INTO development (instrument, date, item) VALUES {} ON CONFLICT DO NOTHING",
            rows(part.len(), 3)
        );
        let query = part.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, (law, date, id)| {
            query.bind(*law).bind(date.as_str()).bind(id.key())
        });
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// The same of one item, in place of what was kept before.
pub(super) async fn keep_again(
    connection: &mut AnyConnection,
    id: ItemId,
    tags: &Tags,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM development WHERE item = $1")
        .bind(id.key())
        .execute(&mut *connection)
        .await?;
    keep(connection, std::iter::once((id, tags))).await
}
