//! Revisions: what later readings of a page changed of its item.

use chrono::{DateTime, Utc};
use crawler::{Article, Entry, SourceId, Validators};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::store::corrections::put_in_force;
use crate::store::items::{
    MAX_BYLINE, MAX_LANGUAGE, MAX_TEXT, MAX_TITLE, believed, log_change, milliseconds,
};
use crate::store::packed::{Packer, Unpacker};
use crate::store::sources::validator;
use crate::store::stories::place_again;
use crate::store::values::{clean, clean_option, limit, time_at};
use crate::store::{Look, Store};
use crate::{Error, ItemId, NewItem, NextLook, Revised, Revision};

/// How many bytes of each text are compared.
const BEGINNING: usize = 200_000;

/// What is kept of an item when its page is looked at again.
struct Kept {
    url: String,
    title: String,
    text: String,
    paywalled: bool,
}

impl Store {
    /// Kept entries of a source whose pages are to be looked at again, at most `count`, the longest due first.
    pub async fn looks(
        &self,
        source: &SourceId,
        count: usize,
        now: DateTime<Utc>,
    ) -> Result<Vec<Look>, Error> {
        let rows = sqlx::query(include_str!("../../sql/entry.looks.sql"))
            .bind(source.0.as_str())
            .bind(now.timestamp_millis())
            .bind(limit(count))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(look).collect()
    }

    /// Keeps what a later reading of an item's page says: its headline, text and tags, a revision and a line in the
    /// change log, if its headline or text differs; and when the page is looked at next. All in one transaction. The
    /// item keeps its id, its address and its first sight.
    ///
    /// A page that shows less because it has been closed to all but subscribers, or that now leads to another page,
    /// changes nothing.
    pub async fn revise(
        &self,
        look: &Look,
        new: NewItem<'_>,
        next: &NextLook,
    ) -> Result<Revised, Error> {
        let mut transaction = self.write().await?;
        let kept = kept(&mut transaction, look.item).await?;
        let says = Says::of(new.article, &kept);
        let leads_away = leads_away(&mut transaction, new.article, look, &kept).await?;
        let closed = new.article.paywalled && !kept.paywalled && says.text.len() < kept.text.len();
        let mut revised = Revised::Same;
        if says.differs_from(&kept) && !leads_away && !closed {
            revised = Revised::Edited(write(&mut transaction, look.item, &says, &new).await?);
        }
        note(&mut transaction, look, next, new.seen).await?;
        transaction.commit().await?;
        Ok(revised)
    }

    /// Keeps that an item's page was looked at again and brought nothing, and when it is looked at next.
    pub async fn looked(
        &self,
        look: &Look,
        next: &NextLook,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        note(&mut transaction, look, next, now).await?;
        Ok(transaction.commit().await?)
    }

    /// The versions of an item, oldest first, the last two hundred of them, with the beginnings of their texts; none if
    /// there is no such item.
    pub async fn revisions(&self, id: ItemId) -> Result<Vec<Revision>, Error> {
        let rows = sqlx::query(include_str!("../../sql/revision.list.sql"))
            .bind(id.key())
            .fetch_all(&self.readers)
            .await?;
        let mut unpacker = Unpacker::new()?;
        let revision = |row: &AnyRow| {
            let text = unpacker.text(row)?;
            Ok(Revision {
                number: row.try_get("number")?,
                seen: time_at(row, "seen")?,
                title: row.try_get("title")?,
                text: text[..text.floor_char_boundary(BEGINNING)].to_owned(),
            })
        };
        rows.iter().rev().map(revision).collect()
    }
}

/// What a later reading says, with what it no longer says as it was.
struct Says {
    title: String,
    text: String,
}

impl Says {
    fn of(article: &Article, kept: &Kept) -> Self {
        let or = |new: &str, old: &str, most| clean(if is_blank(new) { old } else { new }, most);
        Self {
            title: or(&article.title, &kept.title, MAX_TITLE),
            text: or(&article.text, &kept.text, MAX_TEXT),
        }
    }

    /// Blanks alone are no edit.
    fn differs_from(&self, kept: &Kept) -> bool {
        let same = |one: &str, other: &str| one.split_whitespace().eq(other.split_whitespace());
        !same(&self.title, &kept.title) || !same(&self.text, &kept.text)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

async fn kept(connection: &mut AnyConnection, id: ItemId) -> Result<Kept, Error> {
    let row = sqlx::query(
        "SELECT i.url, i.title, i.paywalled, r.text, r.packed FROM item AS i
         JOIN revision AS r ON r.item = i.key AND r.number = i.revisions WHERE i.key = $1",
    )
    .bind(id.key())
    .fetch_one(connection)
    .await?;
    Ok(Kept {
        url: row.try_get("url")?,
        title: row.try_get("title")?,
        text: Unpacker::new()?.text(&row)?,
        paywalled: row.try_get::<i64, _>("paywalled")? != 0,
    })
}

/// Whether the page is no longer the item's: it has become the site's front page, or another item's page.
async fn leads_away(
    connection: &mut AnyConnection,
    article: &Article,
    look: &Look,
    kept: &Kept,
) -> Result<bool, Error> {
    let Some(url) = &article.url else { return Ok(false) };
    if url.as_str() == kept.url || *url == look.entry.url {
        return Ok(false);
    }
    if url.path() == "/" && url.query().is_none() {
        return Ok(true);
    }
    let other = sqlx::query("SELECT 1 FROM item WHERE url = $1")
        .bind(url.as_str())
        .fetch_optional(connection)
        .await?;
    Ok(other.is_some())
}

/// Writes the new version and returns its number.
async fn write(
    connection: &mut AnyConnection,
    id: ItemId,
    says: &Says,
    new: &NewItem<'_>,
) -> Result<i64, Error> {
    let article = new.article;
    let published = believed(article.published, new.seen);
    let modified = believed(article.modified, new.seen);
    let row = sqlx::query(include_str!("../../sql/item.revise.sql"))
        .bind(id.key())
        .bind(says.title.as_str())
        .bind(clean_option(article.byline.as_deref(), MAX_BYLINE))
        .bind(milliseconds(published))
        .bind(published.map(|moment| moment.to_string()))
        .bind(clean_option(article.language.as_deref(), MAX_LANGUAGE))
        .bind(i64::from(article.paywalled))
        .bind(milliseconds(modified))
        .bind(modified.map(|moment| moment.to_string()))
        .fetch_one(&mut *connection)
        .await?;
    let number: i64 = row.try_get("revisions")?;
    let (text, packed) = Packer::new()?.text(says.text.clone())?;
    sqlx::query(
        "INSERT INTO revision (item, number, seen, title, text, packed) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id.key())
    .bind(number)
    .bind(new.seen.timestamp_millis())
    .bind(says.title.as_str())
    .bind(text)
    .bind(packed)
    .execute(&mut *connection)
    .await?;
    put_in_force(&mut *connection, id, new.tags).await?;
    place_again(&mut *connection, id, new.seen).await?;
    log_change(connection, id, new.seen).await?;
    Ok(number)
}

async fn note(
    connection: &mut AnyConnection,
    look: &Look,
    next: &NextLook,
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(include_str!("../../sql/entry.looked.sql"))
        .bind(look.key)
        .bind(now.timestamp_millis())
        .bind(look.mark.as_str())
        .bind(validator(next.validators.etag.as_deref()))
        .bind(validator(next.validators.last_modified.as_deref()))
        .bind(next.at.map(|at| at.timestamp_millis()))
        .bind(next.rest.map(|rest| rest.timestamp_millis()))
        .execute(connection)
        .await?;
    Ok(())
}

fn look(row: &AnyRow) -> Result<Look, Error> {
    let key = row.try_get("key")?;
    let corrupt = |error: String| Error::Corrupt(format!("entry {key}: {error}"));
    let listed: Option<&str> = row.try_get("listed")?;
    let url: &str = row.try_get("url")?;
    let entry = match listed {
        Some(json) => serde_json::from_str(json).map_err(|error| corrupt(error.to_string()))?,
        None => Entry::bare(url.parse().map_err(|_| corrupt(format!("no address: {url}")))?),
    };
    Ok(Look {
        key,
        item: ItemId(row.try_get("item")?),
        source: SourceId(row.try_get("source")?),
        entry,
        relisted: listed.is_some(),
        looks: row.try_get("looks")?,
        validators: Validators {
            etag: row.try_get("etag")?,
            last_modified: row.try_get("last_modified")?,
            ..Validators::default()
        },
        mark: row.try_get::<Option<String>, _>("mark")?.unwrap_or_default(),
    })
}
