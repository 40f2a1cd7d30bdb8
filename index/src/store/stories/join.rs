//! Joining: an item to a story, and two stories to one.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sqlx::{AnyConnection, Row};

use super::candidates::Near;
use super::names::keep_leading;
use crate::event::{Print, likeness};
use crate::store::values::limit;
use crate::{Error, ItemId};

/// The odds, as their logarithm, from which an item joins a story by its likest report, and from which two stories are
/// one; a report that stands between two events must not join them.
const JOIN: f32 = 0.0;
const UNITE: f32 = 1.0;

/// What an item must reach on average over the first reports of a story, and over the latest, a single comparison counting at
/// most so much: no story grows along a chain of neighbours, or goes on after its event.
const FIT: f32 = -1.5;
const AT_MOST: f32 = 4.0;

/// How many reports of a story are compared, the first and as many of the latest.
const MEMBERS: usize = 6;

/// A story with so many items takes no other story in: what is joined wrongly is bounded.
const LARGE: i64 = 60;

/// Joins a new item, or one that is alone, to the story of the reports that are likest to it, and such stories to one.
pub(super) async fn join(
    connection: &mut AnyConnection,
    id: ItemId,
    print: &Print,
    near: Vec<Near>,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut best: HashMap<i64, f32> = HashMap::new();
    for near in near {
        let likeness = likeness(print, &near.print);
        if likeness >= JOIN {
            let best = best.entry(near.story).or_insert(likeness);
            *best = best.max(likeness);
        }
    }
    let mut best: Vec<_> = best.into_iter().collect();
    best.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut joined: Option<Vec<Print>> = None;
    let mut story = id.key();
    for (other, likeness) in best {
        let members = members(connection, other).await?;
        match &mut joined {
            None if fit(std::slice::from_ref(print), &members) => {
                move_item(connection, id, other, now).await?;
                story = other;
                joined = Some(members.into_iter().chain([print.clone()]).collect());
            }
            Some(reports) if likeness >= UNITE && fit(reports, &members) => {
                if let Some(united) = unite(connection, story, other, now).await? {
                    story = united;
                    reports.extend(members);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether the first and the latest reports of two stories are alike.
fn fit(some: &[Print], others: &[Print]) -> bool {
    ends(some).all(|some| ends(others).all(|others| are_alike(some, others)))
}

/// The first and the latest of some reports; all of them where there are few.
fn ends(reports: &[Print]) -> impl Iterator<Item = &[Print]> {
    let few = reports.len().min(MEMBERS);
    let ends = [&reports[..few], &reports[reports.len() - few..]];
    ends.into_iter().take(if few < reports.len() { 2 } else { 1 })
}

/// Whether some reports are like others on average.
fn are_alike(some: &[Print], others: &[Print]) -> bool {
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| likeness(one, other)));
    let (mut sum, mut count) = (0.0, 0.0);
    for likeness in pairs {
        sum += likeness.clamp(-AT_MOST, AT_MOST);
        count += 1.0;
    }
    count > 0.0 && sum / count >= FIT
}

async fn members(connection: &mut AnyConnection, story: i64) -> Result<Vec<Print>, Error> {
    let rows = sqlx::query(include_str!("../../../sql/story.members.sql"))
        .bind(story)
        .bind(limit(MEMBERS))
        .fetch_all(connection)
        .await?;
    let mut prints = Vec::with_capacity(rows.len());
    for row in rows {
        prints.extend(Print::read(row.try_get("print")?));
    }
    Ok(prints)
}

/// Makes two stories the older one of them, unless a person had a word on either, or one is large. Returns its name.
async fn unite(
    connection: &mut AnyConnection,
    one: i64,
    other: i64,
    now: DateTime<Utc>,
) -> Result<Option<i64>, Error> {
    let (sizes, words) = {
        let (one, other) = (size(connection, one).await?, size(connection, other).await?);
        (one.0 + other.0, one.1 + other.1)
    };
    if words > 0 || sizes > LARGE {
        return Ok(None);
    }
    let (older, younger) = (one.min(other), one.max(other));
    rename(connection, younger, older, now).await?;
    Ok(Some(older))
}

/// How many items a story has, and on how many a person had a word.
pub(super) async fn size(connection: &mut AnyConnection, story: i64) -> Result<(i64, i64), Error> {
    let row = sqlx::query(include_str!("../../../sql/story.size.sql"))
        .bind(story)
        .fetch_one(connection)
        .await?;
    Ok((row.try_get("items")?, row.try_get("words")?))
}

/// Puts all items of a story into another.
async fn rename(
    connection: &mut AnyConnection,
    from: i64,
    to: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // The followers learn it of those that they know; the founder may be too new to have a story written down, or have been
    // taken out by a person.
    log(connection, from, now).await?;
    keep_leading(connection, from).await?;
    sqlx::query("UPDATE item SET story = $2 WHERE story = $1 OR (key = $1 AND story IS NULL)")
        .bind(from)
        .bind(to)
        .execute(&mut *connection)
        .await?;
    log_small(connection, to, now).await
}

/// Puts one item into a story; whoever was alone there or stays behind alone is told anew.
pub(super) async fn move_item(
    connection: &mut AnyConnection,
    id: ItemId,
    to: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query("UPDATE item SET story = $2 WHERE key = $1 OR (key = $2 AND story IS NULL)")
        .bind(id.key())
        .bind(to)
        .execute(&mut *connection)
        .await?;
    log_small(connection, to, now).await
}

/// Followers know of an item whether it is alone in its story: where that may have changed, they are told.
pub(super) async fn log_small(
    connection: &mut AnyConnection,
    story: i64,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    // A large story need not be counted whole.
    let few =
        "SELECT COUNT(*) AS items FROM (SELECT key FROM item WHERE story = $1 LIMIT 3) AS few";
    let row = sqlx::query(few).bind(story).fetch_one(&mut *connection).await?;
    let items: i64 = row.try_get("items")?;
    if items <= 2 { log(connection, story, now).await } else { Ok(()) }
}

async fn log(connection: &mut AnyConnection, story: i64, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(include_str!("../../../sql/story.logged.sql"))
        .bind(story)
        .bind(now.timestamp_millis())
        .execute(connection)
        .await?;
    Ok(())
}
