//! Names: which one a story has, and where those lead that no story has any more.
//!
//! A name belongs to an item: that whose number it is, or that for which it was made. While a story of several items is called
//! so, it keeps the name whoever leaves. Whoever is alone has the name of its own number, unless such a story has it. A name that
//! no story has leads to where its item is, so that names lead in no circle, whatever people do and undo.

use chrono::{DateTime, Utc};
use sqlx::any::Any;
use sqlx::{AnyConnection, Executor, Row};

use super::join::{move_item, size};
use crate::{Error, ItemId, StoryId};

/// Names that are no item's number begin here: no item's key comes near, and names have one bit more.
const MADE: i64 = 1 << 39;

/// The story that a name leads to; `None` if there never was one of that name.
pub(super) async fn named<'c>(
    connection: impl Executor<'c, Database = Any>,
    name: StoryId,
) -> Result<Option<StoryId>, Error> {
    let row = sqlx::query(include_str!("../../../sql/story.named.sql"))
        .bind(name.0)
        .fetch_one(connection)
        .await?;
    Ok(row.try_get::<Option<i64>, _>("story")?.map(StoryId))
}

/// Takes an item out of a story of several; returns the name of its own, and that which those have who stay.
pub(super) async fn part(
    connection: &mut AnyConnection,
    id: ItemId,
    from: i64,
    now: DateTime<Utc>,
) -> Result<(i64, i64), Error> {
    // It is in no story until those that it leaves have their names: its own may be among what they give up.
    sqlx::query("UPDATE item SET story = NULL WHERE key = $1")
        .bind(id.key())
        .execute(&mut *connection)
        .await?;
    let left = settle(connection, from, now).await?;
    let name = own(connection, id).await?;
    move_item(connection, id, name, now).await?;
    Ok((name, left))
}

/// Gives their names to those that an item which left a story leaves alone: the one that stays behind, and the one whose name
/// the story had. Returns the name of what stays.
pub(super) async fn settle(
    connection: &mut AnyConnection,
    left: i64,
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    let mut stays = left;
    let rows = sqlx::query("SELECT key FROM item WHERE story = $1 LIMIT 2")
        .bind(left)
        .fetch_all(&mut *connection)
        .await?;
    if let [row] = &rows[..] {
        stays = settle_alone(connection, ItemId(row.try_get("key")?), left, now).await?;
    }
    let own = sqlx::query("SELECT story FROM item WHERE key = $1 AND story <> key")
        .bind(left)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = own {
        let story = row.try_get("story")?;
        if size(connection, story).await?.0 == 1 {
            settle_alone(connection, ItemId(left), story, now).await?;
        }
    }
    Ok(stays)
}

/// Has an item that is alone go from the name of another to one of its own, which is returned.
async fn settle_alone(
    connection: &mut AnyConnection,
    id: ItemId,
    story: i64,
    now: DateTime<Utc>,
) -> Result<i64, Error> {
    if story == id.key() {
        return Ok(story);
    }
    let name = own(connection, id).await?;
    move_item(connection, id, name, now).await?;
    Ok(name)
}

/// The name of an item that is to be alone, and of which no story has it yet but perhaps its own: that of its number, or else
/// one that was made for it before, or else a new one.
async fn own(connection: &mut AnyConnection, id: ItemId) -> Result<i64, Error> {
    let row = sqlx::query(include_str!("../../../sql/story_name.own.sql"))
        .bind(id.key())
        .bind(MADE)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = row {
        let name: i64 = row.try_get("name")?;
        if name == id.key() {
            forget(connection, name).await?;
        }
        return Ok(name);
    }
    let row =
        sqlx::query("SELECT MAX(name) AS last FROM story_name").fetch_one(&mut *connection).await?;
    let last: Option<i64> = row.try_get("last")?;
    let name = last.map_or(MADE, |last| MADE.max(last)) + 1;
    follow(connection, name, id).await?;
    Ok(name)
}

/// Has the name of a story that is about to go into another lead there also where its own item has left it.
pub(super) async fn keep_leading(connection: &mut AnyConnection, name: i64) -> Result<(), Error> {
    let row = sqlx::query(include_str!("../../../sql/story_name.member.sql"))
        .bind(name)
        .fetch_optional(&mut *connection)
        .await?;
    match row {
        Some(row) => follow(connection, name, ItemId(row.try_get("item")?)).await,
        None => Ok(()),
    }
}

async fn follow(connection: &mut AnyConnection, name: i64, item: ItemId) -> Result<(), Error> {
    let sql = "INSERT INTO story_name (name, item) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET item = excluded.item";
    sqlx::query(sql).bind(name).bind(item.key()).execute(connection).await?;
    Ok(())
}

async fn forget(connection: &mut AnyConnection, name: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM story_name WHERE name = $1").bind(name).execute(connection).await?;
    Ok(())
}
