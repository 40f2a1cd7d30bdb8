//! Items: kept once, found by id.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use crawler::{Moment, Publisher, SourceId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::store::changes::head;
use crate::store::packed::{Packer, Unpacker};
use crate::store::sources::MAX_ID;
use crate::store::values::{
    batches, clean, clean_option, limit, padded, places, rows, tags, time, time_at,
};
use crate::store::{Store, developments, entries, stories};
use crate::{Error, Inserted, Item, ItemId, NewItem, ReadEntry, SourceRef, StoryId};

/// Bounds for what comes from outside, in bytes. No real page comes near them.
pub(super) const MAX_TITLE: usize = 2_000;
pub(super) const MAX_BYLINE: usize = 1_000;
pub(super) const MAX_LANGUAGE: usize = 35;
pub(super) const MAX_TEXT: usize = 16 << 20;

/// How far ahead of the clock a publication date is believed.
const BELIEVED: TimeDelta = TimeDelta::days(2);

/// How many ids one statement takes, how many rows, and how many whole texts, which may be large.
pub(super) const CHUNK: usize = 512;
pub(super) const ROWS: usize = 32;
const TEXTS: usize = 8;

const ITEMS: &str = include_str!("../../sql/item.list.sql");
const INSERT: &str = include_str!("../../sql/item.insert.sql");

impl Store {
    /// Keeps what was read of pending entries, in one transaction.
    pub(super) async fn insert_all(&self, reads: &[&ReadEntry]) -> Result<Vec<Inserted>, Error> {
        let mut transaction = self.write().await?;
        // Another process may have read the same entry in the meantime, and the page may have named another canonical
        // address to it: the entry decides.
        let settled = settled(&mut transaction, reads).await?;
        let open = reads.iter().filter(|read| !settled.contains_key(&read.pending.key));
        let open: Vec<_> = open.map(|read| (*read, read.item())).collect();
        let items = open.iter().map(|(read, item)| (item, Some(read.pending.entry.url.as_str())));
        let kept = keep(&mut transaction, &items.collect::<Vec<_>>()).await?;
        let read: Vec<_> = open.iter().map(|(read, _)| *read).zip(&kept).collect();
        entries::settle(&mut transaction, &read).await?;
        log_new(&mut transaction, &kept).await?;
        transaction.commit().await?;
        let mut kept = kept.into_iter();
        let of = |read: &&ReadEntry| match settled.get(&read.pending.key) {
            Some(id) => Some(Inserted::Known(*id)),
            None => kept.next(),
        };
        Ok(reads.iter().filter_map(of).collect())
    }

    /// Keeps many items that come from no entry (`import`), in one transaction.
    ///
    /// # Errors
    /// [`Error::Address`] when one has no address, or one of more than [`Store::MAX_URL`] bytes; then none is kept.
    pub async fn import(&self, new: &[NewItem<'_>]) -> Result<Vec<Inserted>, Error> {
        let mut transaction = self.write().await?;
        let items: Vec<_> = new.iter().map(|new| (new, None)).collect();
        let inserted = keep(&mut transaction, &items).await?;
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
        let mut unpacker = Unpacker::new()?;
        self.rows_of(ids, ITEMS, |row| whole(row, &mut unpacker)).await
    }

    /// The texts of several items, in the order of `ids`; unknown ones are left out.
    pub async fn texts(&self, ids: &[ItemId]) -> Result<Vec<String>, Error> {
        let select = "SELECT i.key, r.text, r.packed FROM item AS i
            JOIN revision AS r ON r.item = i.key AND r.number = i.revisions";
        let mut unpacker = Unpacker::new()?;
        self.rows_of(ids, select, |row| unpacker.text(row)).await
    }

    /// Several items with their texts, in the order of `ids`; unknown ones are left out. Without the evidence of their
    /// tags, which no list shows.
    pub(crate) async fn excerpts(&self, ids: &[ItemId]) -> Result<Vec<(Item, String)>, Error> {
        let mut unpacker = Unpacker::new()?;
        let read = |row: &AnyRow| Ok((item(row)?, unpacker.text(row)?));
        self.rows_of(ids, include_str!("../../sql/item.excerpts.sql"), read).await
    }

    /// Items after a key, in the order of their keys, with their texts: to export or retag all.
    pub async fn walk(&self, after: i64, count: usize) -> Result<Vec<(Item, String)>, Error> {
        let rows = sqlx::query(include_str!("../../sql/item.walk.sql"))
            .bind(after)
            .bind(limit(count))
            .fetch_all(&self.readers)
            .await?;
        let mut unpacker = Unpacker::new()?;
        rows.iter().map(|row| Ok((whole(row, &mut unpacker)?, unpacker.text(row)?))).collect()
    }

    /// What `read` makes of the rows that `select` has for these keys of `item AS i`, in the order of `ids`.
    pub(super) async fn rows_of<T>(
        &self,
        ids: &[ItemId],
        select: &'static str,
        read: impl FnMut(&AnyRow) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let mut found = HashMap::with_capacity(ids.len());
        for chunk in ids.chunks(CHUNK) {
            let ids = padded(chunk);
            let sql = format!("{select} WHERE i.key IN ({})", places(1, ids.len()));
            let query = ids.fold(sqlx::query(AssertSqlSafe(sql)), |query, id| query.bind(id.0));
            for row in query.fetch_all(&self.readers).await? {
                found.insert(row.try_get::<i64, _>("key")?, row);
            }
        }
        ids.iter().filter_map(|id| found.get(&id.0)).map(read).collect()
    }
}

/// The entries among these that are no longer pending, and the items that they brought.
async fn settled(
    connection: &mut AnyConnection,
    reads: &[&ReadEntry],
) -> Result<HashMap<i64, ItemId>, Error> {
    let mut settled = HashMap::new();
    for chunk in reads.chunks(CHUNK) {
        let reads = padded(chunk);
        let sql = format!(
            "SELECT key, item FROM entry WHERE item IS NOT NULL AND key IN ({})",
            places(1, reads.len())
        );
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = reads.fold(query, |query, read| query.bind(read.pending.key));
        for row in query.fetch_all(&mut *connection).await? {
            settled.insert(row.try_get("key")?, ItemId(row.try_get("item")?));
        }
    }
    Ok(settled)
}

/// Keeps items inside a transaction, those whose addresses are not known; [`log_new`] ends the transaction.
async fn keep(
    connection: &mut AnyConnection,
    items: &[(&NewItem<'_>, Option<&str>)],
) -> Result<Vec<Inserted>, Error> {
    let addressed = items.iter().map(|(new, entry_url)| Ok((*new, address(new, *entry_url)?)));
    let addressed = addressed.collect::<Result<Vec<_>, Error>>()?;
    let mut packer = Packer::new()?;
    let mut made = HashMap::new();
    for part in batches(&addressed, ROWS) {
        insert_rows(connection, part, &mut packer, &mut made).await?;
    }
    let unmade = addressed.iter().map(|(_, url)| *url).filter(|url| !made.contains_key(*url));
    let mut known = keys_of(connection, &unmade.collect::<Vec<_>>()).await?;
    let (mut new, mut inserted) = (Vec::with_capacity(made.len()), Vec::with_capacity(items.len()));
    for (item, url) in addressed {
        // Of two with one address the first is kept.
        inserted.push(match made.remove(url) {
            Some(id) => {
                known.insert(url.to_owned(), id);
                new.push((id, item));
                Inserted::New(id)
            }
            None => Inserted::Known(*known.get(url).ok_or(Error::Address)?),
        });
    }
    keep_texts(connection, &new, &mut packer).await?;
    developments::keep(connection, new.iter().map(|(id, item)| (*id, item.tags))).await?;
    stories::place(connection, &new).await?;
    Ok(inserted)
}

/// Under which address an item is kept: its page's, or else its entry's.
fn address<'a>(new: &NewItem<'a>, entry_url: Option<&'a str>) -> Result<&'a str, Error> {
    let url = new.article.url.as_ref().map(url::Url::as_str);
    let urls = [url, entry_url].into_iter().flatten();
    urls.into_iter().find(|url| url.len() <= Store::MAX_URL).ok_or(Error::Address)
}

/// The items that are kept under these addresses.
async fn keys_of(
    connection: &mut AnyConnection,
    urls: &[&str],
) -> Result<HashMap<String, ItemId>, Error> {
    let mut keys = HashMap::new();
    for chunk in urls.chunks(CHUNK) {
        let urls = padded(chunk);
        let sql = format!("SELECT key, url FROM item WHERE url IN ({})", places(1, urls.len()));
        let query = sqlx::query(AssertSqlSafe(sql));
        let query = urls.fold(query, |query, url| query.bind(*url));
        for row in query.fetch_all(&mut *connection).await? {
            keys.insert(row.try_get("url")?, ItemId(row.try_get("key")?));
        }
    }
    Ok(keys)
}

/// Keeps the first revisions of new items.
async fn keep_texts(
    connection: &mut AnyConnection,
    new: &[(ItemId, &NewItem<'_>)],
    packer: &mut Packer,
) -> Result<(), Error> {
    for part in batches(new, TEXTS) {
        let sql = format!(
            "INSERT INTO revision (item, number, seen, title, text, packed) VALUES {}",
            rows(part.len(), 6)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for (id, new) in part {
            let (text, packed) = packer.text(clean(&new.article.text, MAX_TEXT))?;
            query = query
                .bind(id.key())
                .bind(1_i64)
                .bind(new.seen.timestamp_millis())
                .bind(clean(&new.article.title, MAX_TITLE))
                .bind(text)
                .bind(packed);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
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

/// Keeps rows of items; those whose addresses were not known are put among `made`.
async fn insert_rows(
    connection: &mut AnyConnection,
    items: &[(&NewItem<'_>, &str)],
    packer: &mut Packer,
    made: &mut HashMap<String, ItemId>,
) -> Result<(), Error> {
    let sql = format!(
        "{INSERT}{} ON CONFLICT (url) DO NOTHING RETURNING key, url",
        rows(items.len(), 15)
    );
    let mut query = sqlx::query(AssertSqlSafe(sql));
    for (new, url) in items {
        let article = new.article;
        let published = believed(article.published, new.seen);
        let modified = believed(article.modified, new.seen);
        let (tags, evidence) = packer.tags(new.tags)?;
        query = query
            .bind(*url)
            .bind(clean(&new.source.0, MAX_ID))
            .bind(clean(&article.title, MAX_TITLE))
            .bind(clean_option(article.byline.as_deref(), MAX_BYLINE))
            .bind(milliseconds(published))
            .bind(published.map(|moment| moment.to_string()))
            .bind(new.seen.timestamp_millis())
            .bind(clean_option(article.language.as_deref(), MAX_LANGUAGE))
            .bind(i64::from(article.paywalled))
            .bind(i64::from(new.tags.policy.value))
            .bind(tags)
            .bind(new.tags.model.as_str())
            .bind(milliseconds(modified))
            .bind(modified.map(|moment| moment.to_string()))
            .bind(evidence);
    }
    for row in query.fetch_all(connection).await? {
        made.insert(row.try_get("url")?, ItemId(row.try_get("key")?));
    }
    Ok(())
}

/// A date that a page gives, unless it is too far ahead of its reading to be believed: what is kept has no such date, and
/// nothing is to be counted from one.
pub fn believed(moment: Option<Moment>, seen: DateTime<Utc>) -> Option<Moment> {
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

/// An item from a row of `item.list.sql`, with the evidence of its tags.
pub(super) fn whole(row: &AnyRow, unpacker: &mut Unpacker) -> Result<Item, Error> {
    Ok(Item { tags: unpacker.tags(row)?, ..item(row)? })
}

/// The same without it.
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
