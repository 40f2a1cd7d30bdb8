//! The change log, and what its followers need.

use chrono::{DateTime, Utc};
use sqlx::Row;
use sqlx::any::AnyExecutor;

use crate::store::Store;
use crate::store::items::item;
use crate::store::packed::Unpacker;
use crate::store::values::{limit, time_at};
use crate::{Error, Item, ItemId};

/// A line of the change log: an item was kept, or what is kept of it changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    /// Its number. They grow, and may have gaps.
    pub(crate) seq: i64,
    /// Which item.
    pub(crate) item: ItemId,
    /// Whether it is the item's first line.
    pub(crate) first: bool,
}

/// What the full-text index is made from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// The item as it stands now, without the evidence of its tags.
    pub(crate) item: Item,
    /// Its text as it stands now.
    pub(crate) text: String,
    /// The number of its first line in the change log.
    pub(crate) first_change: i64,
}

impl Store {
    /// The last number of the change log, 0 while it is empty.
    pub async fn head(&self) -> Result<i64, Error> {
        head(&self.readers).await
    }

    /// The last number of the change log that was written before a moment: a subscription's mark for `--since`.
    pub async fn head_before(&self, moment: DateTime<Utc>) -> Result<i64, Error> {
        let row = sqlx::query("SELECT COALESCE(MAX(seq), 0) AS head FROM change WHERE at < $1")
            .bind(moment.timestamp_millis())
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get("head")?)
    }

    /// When the last line of the change log up to a number was written.
    pub(crate) async fn written_at(&self, upto: i64) -> Result<Option<DateTime<Utc>>, Error> {
        let row = sqlx::query("SELECT at FROM change WHERE seq <= $1 ORDER BY seq DESC LIMIT 1")
            .bind(upto)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| time_at(&row, "at")).transpose()
    }

    /// At most `count` lines of the change log after a number, in order. An item may have several.
    pub(crate) async fn changes(&self, after: i64, count: usize) -> Result<Vec<Change>, Error> {
        let rows = sqlx::query(include_str!("../../sql/change.list.sql"))
            .bind(after)
            .bind(limit(count))
            .fetch_all(&self.readers)
            .await?;
        let change = |row: &sqlx::any::AnyRow| {
            let seq = row.try_get("seq")?;
            let first: i64 = row.try_get("first_change")?;
            Ok(Change { seq, item: ItemId(row.try_get("item")?), first: first == seq })
        };
        rows.iter().map(change).collect()
    }

    /// Items with their texts, in the order of `ids`; unknown ones are left out. They are read after the change
    /// that named them, so they may be newer than it: a later line of the log then names them again.
    pub(crate) async fn documents(&self, ids: &[ItemId]) -> Result<Vec<Document>, Error> {
        let mut unpacker = Unpacker::new()?;
        let document = |row: &sqlx::any::AnyRow| {
            Ok(Document {
                item: item(row)?,
                text: unpacker.text(row)?,
                first_change: row.try_get("first_change")?,
            })
        };
        self.rows_of(ids, include_str!("../../sql/item.documents.sql"), document).await
    }
}

/// The last number of the change log, 0 while it is empty.
pub(super) async fn head(executor: impl AnyExecutor<'_>) -> Result<i64, Error> {
    let row =
        sqlx::query("SELECT COALESCE(MAX(seq), 0) AS head FROM change").fetch_one(executor).await?;
    Ok(row.try_get("head")?)
}

#[cfg(test)]
mod tests {
    use classifier::{Tag, Tags};
    use crawler::{Article, SourceId};

    use crate::{Inserted, NewItem, Store};

    #[tokio::test]
    async fn the_log_names_every_item_first_and_again() {
        let folder = tempfile::TempDir::new().unwrap();
        let store = Store::open(folder.path(), "sqlite").await.unwrap();
        let source = SourceId("press".to_owned());
        store.ensure_source(&source, "The Press").await.unwrap();
        let mut tags = Tags {
            policy: Tag { value: true, score: 0.5, evidence: Vec::new() },
            jurisdictions: Vec::new(),
            topics: Vec::new(),
            stage: None,
            instruments: Vec::new(),
            developments: Vec::new(),
            model: "rules-1".to_owned(),
        };
        let now = "2026-11-23T10:00:00Z".parse().unwrap();
        let article = |n: usize| Article {
            url: Some(format!("https://press.example/{n}").parse().unwrap()),
            title: format!("Title {n}"),
            byline: None,
            published: None,
            modified: None,
            paywalled: false,
            language: None,
            site: None,
            text: format!("Text {n}"),
        };
        let articles = [article(0), article(1)];
        let new = articles.each_ref().map(|article| NewItem {
            source: &source,
            article,
            tags: &tags,
            seen: now,
        });
        let inserted = store.import(&new).await.unwrap();
        let [Inserted::New(one), Inserted::New(two)] = inserted[..] else { panic!() };
        tags.model = "rules-2".to_owned();
        store.retag(one, &tags, now).await.unwrap();

        let changes = store.changes(0, 10).await.unwrap();
        let lines: Vec<_> = changes.iter().map(|c| (c.seq, c.item, c.first)).collect();
        assert_eq!(lines, [(1, one, true), (2, two, true), (3, one, false)]);
        assert_eq!(store.changes(1, 1).await.unwrap(), changes[1..2]);
        assert_eq!(store.changes(3, 10).await.unwrap(), []);

        let documents = store.documents(&[two, one]).await.unwrap();
        assert_eq!((documents[0].text.as_str(), documents[0].first_change), ("Text 1", 2));
        assert_eq!(
            (documents[1].item.tags.model.as_str(), documents[1].first_change),
            ("rules-2", 1)
        );
    }
}
