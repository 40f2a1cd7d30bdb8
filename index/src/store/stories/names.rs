//! Names: what leads to a story that has items once the story of that name has none.
//!
//! A name leads to one step only, so that it comes back with all that led to it. It goes with the item that was the last to
//! leave its story: what leads to a story by such an item is always on the way to that in which the item is.

use sqlx::any::Any;
use sqlx::{AnyConnection, Executor, Row};

use super::join::size;
use crate::{Error, ItemId, StoryId};

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

/// An item that a person moves takes no name along that is made of its number: that stays with the story which it founded, or
/// which took it in at first.
pub(super) async fn give_up(
    connection: &mut AnyConnection,
    id: ItemId,
    story: i64,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO story_name (name, story) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id.key())
        .bind(story)
        .execute(connection)
        .await?;
    Ok(())
}

/// Has the name of a story that an item left lead to the one that it went to, if nobody stays behind.
pub(super) async fn leave(
    connection: &mut AnyConnection,
    id: ItemId,
    from: i64,
    to: i64,
) -> Result<(), Error> {
    if size(connection, from).await?.0 > 0 {
        return Ok(());
    }
    lead(connection, from, to, Some(id)).await
}

/// Has the name of a story without items lead to another; with `leaver`, wherever that item goes.
pub(super) async fn lead(
    connection: &mut AnyConnection,
    from: i64,
    to: i64,
    leaver: Option<ItemId>,
) -> Result<(), Error> {
    let sql = "INSERT INTO story_name (name, story, item) VALUES ($1, $2, $3)
         ON CONFLICT (name) DO UPDATE SET story = excluded.story, item = excluded.item";
    let leaver = leaver.map(ItemId::key);
    sqlx::query(sql).bind(from).bind(to).bind(leaver).execute(connection).await?;
    Ok(())
}

/// Has the name of the story that an item was the last to leave go along from one story to another, which is returned.
pub(super) async fn follow(
    connection: &mut AnyConnection,
    id: ItemId,
    from: i64,
    to: i64,
) -> Result<i64, Error> {
    if let Some(name) = of_leaver(connection, id, from).await? {
        lead(connection, name, to, Some(id)).await?;
    }
    Ok(to)
}

/// The story that an item was the last to leave is one again, if there is such. Its name leads to itself from now on, so that
/// nobody gives it up a second time.
pub(super) async fn take_back(
    connection: &mut AnyConnection,
    id: ItemId,
    from: i64,
) -> Result<Option<i64>, Error> {
    let name = of_leaver(connection, id, from).await?;
    if let Some(name) = name {
        lead(connection, name, name, None).await?;
    }
    Ok(name)
}

async fn of_leaver(
    connection: &mut AnyConnection,
    id: ItemId,
    story: i64,
) -> Result<Option<i64>, Error> {
    let row = sqlx::query(include_str!("../../../sql/story_name.of_leaver.sql"))
        .bind(story)
        .bind(id.key())
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(row.try_get("name")?)).transpose()
}
