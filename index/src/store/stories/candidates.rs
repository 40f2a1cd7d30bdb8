//! Candidates: which kept items may report the same event. What is looked at does not grow with the store.

use std::sync::LazyLock;

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::event::{DAYS, KEYS, Print};
use crate::store::values::places;
use crate::{Error, ItemId};

/// How many items are looked at under each key, the latest; a key that has more says little.
const LATEST: usize = 8;
/// How many items are compared, those first that share most keys, and how many keys they share at least.
const COMPARED: usize = 24;
const SHARED: usize = 2;

/// An item that may report the same event.
pub(super) struct Near {
    pub(super) story: i64,
    pub(super) print: Print,
}

/// Each key is looked up by itself, with a bound of its own: a statement of fourteen short walks along one index.
static NEAR: LazyLock<String> = LazyLock::new(|| {
    let (first, last) = (KEYS + 1, KEYS + 2);
    let walk = |number: usize| {
        format!(
            "SELECT item FROM (SELECT item FROM story_key WHERE key = ${number} AND day BETWEEN ${first} AND ${last}
             ORDER BY day DESC, item DESC LIMIT {LATEST}) AS k{number}"
        )
    };
    let walks: Vec<_> = (1..=KEYS).map(walk).collect();
    format!(
        "SELECT COALESCE(i.story, i.key) AS story, p.print
         FROM (SELECT item, COUNT(*) AS shared FROM ({}) AS found
               WHERE item <> ${} GROUP BY item HAVING COUNT(*) >= {SHARED}
               ORDER BY shared DESC, item DESC LIMIT {COMPARED}) AS near
         JOIN item AS i ON i.key = near.item
         JOIN story_print AS p ON p.item = near.item",
        walks.join(" UNION ALL "),
        KEYS + 3
    )
});

/// The kept items that share keys with a print and were published within days of it.
pub(super) async fn near(
    connection: &mut AnyConnection,
    id: ItemId,
    print: &Print,
) -> Result<Vec<Near>, Error> {
    let keys = print.keys();
    let mut query = sqlx::query(NEAR.as_str());
    for place in 0..KEYS {
        // No key is below zero.
        query = query.bind(keys.get(place).map_or(-1, |key| i64::from(*key)));
    }
    let rows = query
        .bind(i64::from(print.day - DAYS))
        .bind(i64::from(print.day + DAYS))
        .bind(id.key())
        .fetch_all(connection)
        .await?;
    let mut near = Vec::with_capacity(rows.len());
    for row in rows {
        // A print of another shape is not compared.
        if let Some(print) = Print::read(row.try_get("print")?) {
            near.push(Near { story: row.try_get("story")?, print });
        }
    }
    Ok(near)
}

/// Keeps the print of an item, in the place of what was there.
pub(super) async fn keep_print(
    connection: &mut AnyConnection,
    id: ItemId,
    print: &Print,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO story_print (item, print) VALUES ($1, $2)")
        .bind(id.key())
        .bind(print.to_bytes())
        .execute(&mut *connection)
        .await?;
    let keys = print.keys();
    if keys.is_empty() {
        return Ok(());
    }
    // Few different statements, so that they are found prepared: what is left over repeats the last key.
    let rows = keys.len().next_multiple_of(4);
    let values: Vec<_> = (0..rows).map(|row| format!("({})", places(3 * row + 1, 3))).collect();
    let sql = format!(
        "INSERT INTO story_key (key, day, item) VALUES {} ON CONFLICT DO NOTHING",
        values.join(", ")
    );
    let padded = keys.iter().chain(std::iter::repeat(&keys[keys.len() - 1])).take(rows);
    let query = padded.fold(sqlx::query(AssertSqlSafe(sql)), |query, key| {
        query.bind(i64::from(*key)).bind(i64::from(print.day)).bind(id.key())
    });
    query.execute(connection).await?;
    Ok(())
}

/// Forgets the print of an item and what it was found by.
pub(super) async fn forget_print(connection: &mut AnyConnection, id: ItemId) -> Result<(), Error> {
    let row = sqlx::query("DELETE FROM story_print WHERE item = $1 RETURNING print")
        .bind(id.key())
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(()) };
    let Some(print) = Print::read(row.try_get("print")?) else { return Ok(()) };
    for key in print.keys() {
        sqlx::query("DELETE FROM story_key WHERE key = $1 AND day = $2 AND item = $3")
            .bind(i64::from(key))
            .bind(i64::from(print.day))
            .bind(id.key())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
