//! Items: kept once, found by id.

use chrono::{DateTime, TimeDelta, Utc};
use crawler::{Moment, Publisher, SourceId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::store::changes::head;
use crate::store::sources::{MAX_ID, validator};
use crate::store::stories;
use crate::store::values::{clean, clean_option, limit, places, tags, time, time_at, to_json};
use crate::store::{Store, developments};
use crate::{Error, Inserted, Item, ItemId, NewItem, ReadEntry, SourceRef, StoryId};

/// Bounds for what comes from outside, in bytes. No real page comes near them.
pub(super) const MAX_TITLE: usize = 2_000;
pub(super) const MAX_BYLINE: usize = 1_000;
pub(super) const MAX_LANGUAGE: usize = 35;
pub(super) const MAX_TEXT: usize = 16 << 20;

/// How far ahead of the clock a publication date is believed.
const BELIEVED: TimeDelta = TimeDelta::days(2);

/// How many ids one statement takes.
pub(super) const CHUNK: usize = 512;

const ITEMS: &str = include_str!("../../sql/item.list.sql");
const INSERT: &str = include_str!("../../sql/item.insert.sql");

impl Store {
    /// Keeps what was read of pending entries, in one transaction.
    pub(super) async fn insert_all(&self, reads: &[&ReadEntry]) -> Result<Vec<Inserted>, Error> {
        let mut transaction = self.write().await?;
        let mut inserted = Vec::with_capacity(reads.len());
        for read in reads {
            inserted.push(insert(&mut transaction, read).await?);
        }
        log_new(&mut transaction, &inserted).await?;
        transaction.commit().await?;
        Ok(inserted)
    }

    /// Keeps many items that come from no entry (`import`), in one transaction.
    ///
    /// # Errors
    /// [`Error::Address`] when one has no address, or one of more than [`Store::MAX_URL`] bytes; then none is kept.
    pub async fn import(&self, new: &[NewItem<'_>]) -> Result<Vec<Inserted>, Error> {
        let mut transaction = self.write().await?;
        let mut inserted = Vec::with_capacity(new.len());
        for new in new {
            inserted.push(keep(&mut transaction, new, None).await?);
        }
        log_new(&mut transaction, &inserted).await?;
        transaction.commit().await?;
        Ok(inserted)
    }

    /// One item.
    pub async fn item(&self, id: ItemId) -> Result<Option<Item>, Error> {
        Ok(self.items(&[id]).await?.pop())
    }

    /// Several items by one statement, in the order of `ids`; unknown ones are left out.
    pub async fn items(&self, ids: &[ItemId]) -> Result<Vec<Item>, Error> {
        self.rows_of(ids, ITEMS, item).await
    }

    /// The texts of several items, in the order of `ids`; unknown ones are left out.
    pub async fn texts(&self, ids: &[ItemId]) -> Result<Vec<String>, Error> {
        let select = "SELECT i.key, r.text FROM item AS i
            JOIN revision AS r ON r.item = i.key AND r.number = i.revisions";
        self.rows_of(ids, select, |row| Ok(row.try_get("text")?)).await
    }

    /// Several items with the beginnings of their texts, in the order of `ids`; unknown ones are left out.
    pub(crate) async fn excerpts(&self, ids: &[ItemId]) -> Result<Vec<(Item, String)>, Error> {
        let read = |row: &AnyRow| Ok((item(row)?, row.try_get("text")?));
        self.rows_of(ids, include_str!("../../sql/item.excerpts.sql"), read).await
    }

    /// Items after a key, in the order of their keys, with their texts: to export or retag all.
    pub async fn walk(&self, after: i64, count: usize) -> Result<Vec<(Item, String)>, Error> {
        let rows = sqlx::query(include_str!("../../sql/item.walk.sql"))
            .bind(after)
            .bind(limit(count))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| Ok((item(row)?, row.try_get("text")?))).collect()
    }

    /// What `read` makes of the rows that `select` has for these keys of `item AS i`, in the order of `ids`.
    pub(super) async fn rows_of<T>(
        &self,
        ids: &[ItemId],
        select: &'static str,
        read: impl Fn(&AnyRow) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut found = std::collections::HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(CHUNK) {
            // Few different statements, so that each connection finds them prepared.
            let count = chunk.len().next_power_of_two();
            let sql = format!("{select} WHERE i.key IN ({})", places(1, count));
            let padded = chunk.iter().chain(std::iter::repeat(&chunk[0])).take(count);
            let query = padded.fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(id.0));
            for row in query.fetch_all(&self.readers).await? {
                found.insert(row.try_get::<i64, _>("key")?, row);
            }
        }
        ids.iter().filter_map(|id| found.get(&id.0)).map(read).collect()
    }
}

/// Keeps what was read of one entry, which is no longer pending then; not in the change log yet.
async fn insert(connection: &mut AnyConnection, read: &ReadEntry) -> Result<Inserted, Error> {
    let ReadEntry { pending, next, .. } = read;
    // Another process may have read the same entry in the meantime, and the page may have named another canonical
    // address to it: the entry decides.
    let kept = sqlx::query("SELECT item FROM entry WHERE key = $1 AND item IS NOT NULL")
        .bind(pending.key)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(row) = kept {
        return Ok(Inserted::Known(ItemId(row.try_get("item")?)));
    }
    let inserted = keep(connection, &read.item(), Some(pending.entry.url.as_str())).await?;
    let (Inserted::New(id) | Inserted::Known(id)) = inserted;
    // A page that another entry brought is looked at for that one.
    let at = next.at.filter(|_| matches!(inserted, Inserted::New(_)));
    sqlx::query(include_str!("../../sql/entry.kept.sql"))
        .bind(pending.key)
        .bind(id.key())
        .bind(read.seen.timestamp_millis())
        .bind(validator(next.validators.etag.as_deref()))
        .bind(validator(next.validators.last_modified.as_deref()))
        .bind(at.map(|at| at.timestamp_millis()))
        .bind(next.rest.map(|rest| rest.timestamp_millis()))
        .execute(connection)
        .await?;
    Ok(inserted)
}

/// Keeps one item inside a transaction, unless its address is known; [`log_new`] ends the transaction.
async fn keep(
    connection: &mut AnyConnection,
    new: &NewItem<'_>,
    entry_url: Option<&str>,
) -> Result<Inserted, Error> {
    let url = new.article.url.as_ref().map(url::Url::as_str);
    let url = [url, entry_url]
        .into_iter()
        .flatten()
        .find(|url| url.len() <= Store::MAX_URL)
        .ok_or(Error::Address)?;
    let Some(id) = insert_row(connection, new, url).await? else {
        let known = sqlx::query("SELECT key FROM item WHERE url = $1")
            .bind(url)
            .fetch_one(connection)
            .await?;
        return Ok(Inserted::Known(ItemId(known.try_get("key")?)));
    };
    sqlx::query(
        "INSERT INTO revision (item, number, seen, title, text) VALUES ($1, 1, $2, $3, $4)",
    )
    .bind(id.key())
    .bind(new.seen.timestamp_millis())
    .bind(clean(&new.article.title, MAX_TITLE))
    .bind(clean(&new.article.text, MAX_TEXT))
    .execute(&mut *connection)
    .await?;
    developments::keep(connection, id, new.tags, true).await?;
    stories::place(connection, id, new).await?;
    Ok(Inserted::New(id))
}

/// Writes the lines of new items into the change log, in their order.
async fn log_new(connection: &mut AnyConnection, inserted: &[Inserted]) -> Result<(), Error> {
    let mut new = inserted.iter().filter_map(|inserted| match inserted {
        Inserted::New(id) => Some(id.key()),
        Inserted::Known(_) => None,
    });
    let Some(first) = new.next() else { return Ok(()) };
    // Keys are given by the one writer, one after the other; what is between these two is new.
    let last = new.next_back().unwrap_or(first);
    let head = head(&mut *connection).await?;
    sqlx::query(include_str!("../../sql/change.new.sql"))
        .bind(first)
        .bind(last)
        .execute(&mut *connection)
        .await?;
    sqlx::query(include_str!("../../sql/item.logged.sql")).bind(head).execute(connection).await?;
    Ok(())
}

async fn insert_row(
    connection: &mut AnyConnection,
    new: &NewItem<'_>,
    url: &str,
) -> Result<Option<ItemId>, Error> {
    let article = new.article;
    let published = believed(article.published, new.seen);
    let modified = believed(article.modified, new.seen);
    let row = sqlx::query(INSERT)
        .bind(url)
        .bind(clean(&new.source.0, MAX_ID))
        .bind(clean(&article.title, MAX_TITLE))
        .bind(clean_option(article.byline.as_deref(), MAX_BYLINE))
        .bind(milliseconds(published))
        .bind(published.map(|moment| moment.to_string()))
        .bind(new.seen.timestamp_millis())
        .bind(clean_option(article.language.as_deref(), MAX_LANGUAGE))
        .bind(i64::from(article.paywalled))
        .bind(i64::from(new.tags.policy.value))
        .bind(to_json(new.tags)?)
        .bind(new.tags.model.as_str())
        .bind(milliseconds(modified))
        .bind(modified.map(|moment| moment.to_string()))
        .fetch_optional(connection)
        .await?;
    row.map(|row| Ok(ItemId(row.try_get("key")?))).transpose()
}

/// A date that a page gives, unless it is too far ahead of its reading to be believed.
pub(super) fn believed(moment: Option<Moment>, seen: DateTime<Utc>) -> Option<Moment> {
    moment.filter(|moment| moment.instant() <= seen + BELIEVED)
}

pub(super) fn milliseconds(moment: Option<Moment>) -> Option<i64> {
    moment.map(|moment| moment.instant().timestamp_millis())
}

/// Writes a line into the change log and returns its number.
pub(super) async fn log_change(
    connection: &mut AnyConnection,
    id: ItemId,
    at: DateTime<Utc>,
) -> Result<i64, Error> {
    let row = sqlx::query("INSERT INTO change (item, at) VALUES ($1, $2) RETURNING seq")
        .bind(id.key())
        .bind(at.timestamp_millis())
        .fetch_one(connection)
        .await?;
    Ok(row.try_get("seq")?)
}

/// An item from a row of `item.list.sql`.
pub(super) fn item(row: &AnyRow) -> Result<Item, Error> {
    let publisher: &str = row.try_get("publisher")?;
    Ok(Item {
        id: ItemId(row.try_get("key")?),
        url: row.try_get("url")?,
        title: row.try_get("title")?,
        byline: row.try_get("byline")?,
        published: moment(row, "published", "published_text")?,
        modified: moment(row, "modified", "modified_text")?,
        first_seen: time_at(row, "first_seen")?,
        source: SourceRef {
            id: SourceId(row.try_get("source")?),
            name: row.try_get("source_name")?,
            publisher: Publisher::parse(publisher)
                .ok_or_else(|| Error::Corrupt(format!("no kind of publisher `{publisher}`")))?,
        },
        language: row.try_get("language")?,
        paywalled: row.try_get::<i64, _>("paywalled")? != 0,
        tags: tags(row.try_get("tags")?)?,
        corrected: row.try_get::<Option<&str>, _>("model_tags")?.is_some(),
        story: StoryId(row.try_get("story")?),
        story_items: row.try_get("story_items")?,
        revisions: row.try_get("revisions")?,
    })
}

/// A date as its page gave it; its plain instant, should that not read back.
fn moment(row: &AnyRow, instant: &str, text: &str) -> Result<Option<Moment>, Error> {
    let Some(instant) = row.try_get::<Option<i64>, _>(instant)? else { return Ok(None) };
    let text: Option<&str> = row.try_get(text)?;
    match text.and_then(|text| text.parse().ok()) {
        Some(moment) => Ok(Some(moment)),
        None => Ok(Some(Moment::Time(time(instant)?.fixed_offset()))),
    }
}
