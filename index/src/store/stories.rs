//! Stories: which items report one event, found when an item is kept; and what people say of it.

use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::event::{Print, Report};
use crate::store::Store;
use crate::store::corrections::{MAX_WHO, MAX_WHY};
use crate::store::items::{MAX_TEXT, MAX_TITLE, believed, log_change, whole};
use crate::store::packed::Unpacker;
use crate::store::values::{clean, limit, time_at};
use crate::{Error, Item, ItemId, NewItem, Story, StoryId, StoryWord, Verdict};

mod candidates;
mod join;
mod kin;
mod names;
mod ties;

use candidates::{forget_print, keep_prints, near};
use join::{join, log_small, move_item, size};
pub(crate) use kin::Kin;
use names::{named, part, settle};

/// Items that get a story at once where they have none from before there were stories.
const BATCH: usize = 200;

/// The words on items that are in a story now, or were taken out of it or put into it, when it had its name or one of those
/// that lead to it.
const OF_STORY: &str = "w.item IN (SELECT key FROM item WHERE story = $1)
    OR w.story = $1
    OR w.story IN (
        SELECT led.name FROM (
            SELECT i.key AS name FROM item AS i
            WHERE i.story = $1 AND NOT EXISTS (SELECT 1 FROM story_name AS n WHERE n.name = i.key)
            UNION
            SELECT n.name FROM item AS i JOIN story_name AS n ON n.item = i.key WHERE i.story = $1
        ) AS led
        WHERE NOT EXISTS (SELECT 1 FROM item AS i WHERE i.story = led.name))";

impl Store {
    /// A story with at most `count` of its items, by the present or a former name; `None` if there is none.
    pub async fn story(&self, id: StoryId, count: usize) -> Result<Option<Story>, Error> {
        let Some(id) = named(&self.readers, id).await? else { return Ok(None) };
        let rows = sqlx::query(include_str!("../../sql/story.items.sql"))
            .bind(id.0)
            .bind(limit(count))
            .fetch_all(&self.readers)
            .await?;
        let mut unpacker = Unpacker::new()?;
        let items = rows.iter().map(|row| whole(row, &mut unpacker)).collect::<Result<_, _>>()?;
        let words = self.words_on(OF_STORY, id.0).await?;
        Ok(Some(Story { id, items, words }))
    }

    /// What people did with an item's story, oldest first.
    pub async fn story_words(&self, id: ItemId) -> Result<Vec<StoryWord>, Error> {
        self.words_on("w.item = $1", id.key()).await
    }

    async fn words_on(&self, which: &'static str, key: i64) -> Result<Vec<StoryWord>, Error> {
        let list = include_str!("../../sql/story_word.list.sql");
        let rows = sqlx::query(AssertSqlSafe(format!("{list} WHERE {which} ORDER BY w.key")))
            .bind(key)
            .fetch_all(&self.readers)
            .await?;
        let mut words = Vec::with_capacity(rows.len());
        for row in &rows {
            let story = StoryId(row.try_get("story")?);
            let now = named(&self.readers, story).await?;
            words.push(word(row, story, now.unwrap_or(story))?);
        }
        Ok(words)
    }

    /// Puts an item into a story, or (`None`) gives it one of its own, for good: a person's word. A story of several that
    /// it leaves keeps its name; whoever is alone has that of its own id, unless such a story has it. Where it is so already
    /// nothing is said. Returns the item's story, or `None` if there is no such item or story.
    pub async fn set_story(
        &self,
        id: ItemId,
        story: Option<StoryId>,
        verdict: &Verdict,
    ) -> Result<Option<StoryId>, Error> {
        let mut transaction = self.write().await?;
        let Some(from) = story_of(&mut transaction, id.key()).await? else { return Ok(None) };
        let to = match story {
            None => None,
            Some(story) => match named(&mut *transaction, story).await? {
                Some(story) => Some(story.0),
                None => return Ok(None),
            },
        };
        // Who asks for what is so already has said nothing that would be told of the story.
        let is_alone = size(&mut transaction, from).await?.0 == 1;
        if to.map_or(is_alone, |to| to == from) {
            return Ok(Some(StoryId(from)));
        }
        let (now, told_of) = match to {
            Some(to) => {
                move_item(&mut transaction, id, to, verdict.at).await?;
                settle(&mut transaction, from, verdict.at).await?;
                (to, to)
            }
            None => part(&mut transaction, id, from, verdict.at).await?,
        };
        let said = sqlx::query(include_str!("../../sql/story_word.insert.sql"))
            .bind(id.key())
            .bind(if to.is_some() { "attach" } else { "detach" })
            .bind(told_of)
            .bind(clean(&verdict.by, MAX_WHO))
            .bind(clean(&verdict.why, MAX_WHY))
            .bind(verdict.at.timestamp_millis())
            .fetch_one(&mut *transaction)
            .await?;
        let said: i64 = said.try_get("key")?;
        sqlx::query("UPDATE item SET story_word = $2 WHERE key = $1")
            .bind(id.key())
            .bind(said)
            .execute(&mut *transaction)
            .await?;
        // The item itself is told anew even where it changes nothing for those it left and met.
        log_change(&mut transaction, id, verdict.at).await?;
        log_small(&mut transaction, from, verdict.at).await?;
        transaction.commit().await?;
        Ok(Some(StoryId(now)))
    }

    /// Gives a story to the next items that were kept before there were stories; returns how many there were.
    pub async fn find_stories(&self, now: DateTime<Utc>) -> Result<usize, Error> {
        let mut transaction = self.write().await?;
        let rows = sqlx::query(include_str!("../../sql/item.unplaced.sql"))
            .bind(limit(BATCH))
            .fetch_all(&mut *transaction)
            .await?;
        for row in &rows {
            place_kept(&mut transaction, row, now).await?;
        }
        transaction.commit().await?;
        Ok(rows.len())
    }
}

/// Finds the stories of new items, whose rows are there already, in the order of their keys.
pub(super) async fn place(
    connection: &mut AnyConnection,
    new: &[(ItemId, &NewItem<'_>)],
) -> Result<(), Error> {
    let prints: Vec<_> = new.iter().map(|(id, new)| (*id, print(new))).collect();
    keep_prints(connection, &prints).await?;
    for ((id, print), (_, new)) in prints.iter().zip(new) {
        // Of two new ones the later joins the earlier.
        let near = near(connection, Some(*id), print).await?;
        join(connection, *id, print, near, new.seen).await?;
    }
    Ok(())
}

/// What is compared of a new item.
fn print(new: &NewItem<'_>) -> Print {
    let article = new.article;
    let published = believed(article.published, new.seen);
    Print::of(&Report {
        title: &clean(&article.title, MAX_TITLE),
        text: &article.text[..article.text.floor_char_boundary(MAX_TEXT)],
        language: article.language.as_deref(),
        day: published.map_or(new.seen.date_naive(), |moment| moment.day()),
        tags: new.tags,
    })
}

/// Looks again for the story of an item whose headline or text has changed. It leaves no story for that.
pub(super) async fn place_again(
    connection: &mut AnyConnection,
    id: ItemId,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let row = sqlx::query(include_str!("../../sql/item.one.sql"))
        .bind(id.key())
        .fetch_one(&mut *connection)
        .await?;
    forget_print(connection, id).await?;
    place_kept(connection, &row, now).await
}

/// Finds the story of a kept item that has no print, unless it is in company, or a person had a word on it.
async fn place_kept(
    connection: &mut AnyConnection,
    row: &AnyRow,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    let mut unpacker = Unpacker::new()?;
    let item = whole(row, &mut unpacker)?;
    let print = Print::of(&report(&item, &unpacker.text(row)?));
    let is_settled = item.story_items > 1 || row.try_get::<Option<i64>, _>("story_word")?.is_some();
    let near = if is_settled { Vec::new() } else { near(connection, None, &print).await? };
    let kept = [(item.id, print)];
    keep_prints(connection, &kept).await?;
    join(connection, item.id, &kept[0].1, near, now).await
}

/// What a kept item reports.
pub(super) fn report<'a>(item: &'a Item, text: &'a str) -> Report<'a> {
    Report {
        title: &item.title,
        text,
        language: item.language.as_deref(),
        day: item.published.map_or(item.first_seen.date_naive(), |moment| moment.day()),
        tags: &item.tags,
    }
}

/// The story that an item is in now.
async fn story_of(connection: &mut AnyConnection, key: i64) -> Result<Option<i64>, Error> {
    let row = sqlx::query("SELECT story FROM item WHERE key = $1")
        .bind(key)
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(row.try_get("story")?)).transpose()
}

fn word(row: &AnyRow, story: StoryId, now: StoryId) -> Result<StoryWord, Error> {
    let action: &str = row.try_get("action")?;
    Ok(StoryWord {
        item: ItemId(row.try_get("item")?),
        attached: action == "attach",
        story,
        now,
        verdict: Verdict {
            by: row.try_get("who")?,
            why: row.try_get("why")?,
            at: time_at(row, "at")?,
        },
    })
}
