//! Candidates: which kept items may report the same event. What is looked at does not grow with the store.
//!
//! Keys come in no order, so that each of an item's would be written into another page of a large table, which is no longer
//! at hand. They are gathered in a small one, and go into the large one together, in its order: a log-structured merge
//! tree of two levels (O'Neil et al. 1996, doi:10.1007/s002360050048).

use std::sync::LazyLock;

use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::event::{DAYS, KEYS, Print};
use crate::store::items::ROWS;
use crate::store::values::{batches, rows};
use crate::{Error, ItemId};

/// How many items are looked at under each key, the latest; a key that has more says little.
const LATEST: usize = 8;
/// How many items are compared, those first that share most keys, and how many keys they share at least.
const COMPARED: usize = 24;
const SHARED: usize = 2;

/// The tables of keys: of the items that were kept last, and of those before them.
const RECENT: &str = "story_key_recent";
const TABLES: [&str; 2] = [RECENT, "story_key"];
/// The keys of so many items are gathered: some eight megabytes.
const GATHERED: i64 = 32_768;
/// How many keys one statement takes: an item has a dozen, of three small values each.
const KEY_ROWS: usize = 256;

/// An item that may report the same event.
pub(super) struct Near {
    pub(super) story: i64,
    pub(super) print: Print,
}

/// Each key is looked up by itself, with a bound of its own: a statement of short walks along two indexes.
static NEAR: LazyLock<String> = LazyLock::new(|| {
    let (first, last, before) = (KEYS + 1, KEYS + 2, KEYS + 3);
    let walk = |table: &str, number: usize| {
        format!(
            "SELECT item FROM (SELECT item FROM {table}
             WHERE key = ${number} AND day BETWEEN ${first} AND ${last} AND item < ${before}
             ORDER BY day DESC, item DESC LIMIT {LATEST}) AS {table}_{number}"
        )
    };
    let walks = TABLES.iter().flat_map(|table| (1..=KEYS).map(move |number| walk(table, number)));
    let walks: Vec<_> = walks.collect();
    format!(
        "SELECT COALESCE(i.story, i.key) AS story, p.print
         FROM (SELECT item, COUNT(*) AS shared FROM ({}) AS found
               GROUP BY item HAVING COUNT(*) >= {SHARED}
               ORDER BY shared DESC, item DESC LIMIT {COMPARED}) AS near
         JOIN item AS i ON i.key = near.item
         JOIN story_print AS p ON p.item = near.item",
        walks.join(" UNION ALL ")
    )
});

/// The items kept before this one, or all if it is `None`, that share keys with a print and were published within days
/// of it.
pub(super) async fn near(
    connection: &mut AnyConnection,
    before: Option<ItemId>,
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
        .bind(before.map_or(i64::MAX, ItemId::key))
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

/// Keeps the prints of items that have none, and what they are found by.
pub(super) async fn keep_prints(
    connection: &mut AnyConnection,
    prints: &[(ItemId, Print)],
) -> Result<(), Error> {
    for part in batches(prints, ROWS) {
        let sql = format!("INSERT INTO story_print (item, print) VALUES {}", rows(part.len(), 2));
        let query = part.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, (id, print)| {
            query.bind(id.key()).bind(print.to_bytes())
        });
        query.execute(&mut *connection).await?;
    }
    let keys = prints.iter().flat_map(|(id, print)| {
        print.keys().into_iter().map(|key| (i64::from(key), i64::from(print.day), id.key()))
    });
    let mut keys: Vec<_> = keys.collect();
    // Neighbours are written into one page.
    keys.sort_unstable();
    for part in batches(&keys, KEY_ROWS) {
        let sql = format!(
            "INSERT INTO {RECENT} (key, day, item) VALUES {} ON CONFLICT DO NOTHING",
            rows(part.len(), 3)
        );
        let query = part.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, (key, day, id)| {
            query.bind(*key).bind(*day).bind(*id)
        });
        query.execute(&mut *connection).await?;
    }
    if crosses(prints) { put_away(connection).await } else { Ok(()) }
}

/// Whether the items' keys, which are given in order, come past a multiple of [`GATHERED`]: to count what was gathered would
/// read all of it each time.
fn crosses(prints: &[(ItemId, Print)]) -> bool {
    let numbers = || prints.iter().map(|(id, _)| id.key());
    let ends = numbers().min().zip(numbers().max());
    ends.is_some_and(|(first, last)| (first - 1) / GATHERED < last / GATHERED)
}

/// Puts the keys that were gathered into the large table.
async fn put_away(connection: &mut AnyConnection) -> Result<(), Error> {
    let put = "INSERT INTO story_key (key, day, item)
        SELECT key, day, item FROM story_key_recent WHERE TRUE ORDER BY key, day, item
        ON CONFLICT DO NOTHING";
    sqlx::query(put).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM story_key_recent").execute(&mut *connection).await?;
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
    for table in TABLES {
        for key in print.keys() {
            let sql = format!("DELETE FROM {table} WHERE key = $1 AND day = $2 AND item = $3");
            sqlx::query(AssertSqlSafe(sql))
                .bind(i64::from(key))
                .bind(i64::from(print.day))
                .bind(id.key())
                .execute(&mut *connection)
                .await?;
        }
    }
    Ok(())
}
