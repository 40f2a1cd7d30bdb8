//! Embeddings: what items mean, kept beside them.

use classifier::Embedding;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::store::Store;
use crate::store::items::item;
use crate::store::packed::Unpacker;
use crate::store::values::limit;
use crate::{Error, Item, ItemId};

/// An item whose latest revision has no embedding yet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unembedded {
    pub(crate) item: ItemId,
    pub(crate) language: Option<String>,
}

/// An embedding that is kept, and its number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Kept {
    pub(crate) seq: i64,
    pub(crate) item: ItemId,
    pub(crate) embedding: Embedding,
}

impl Store {
    /// Which of these items have no embedding of their latest revision by a model, in the order of `ids`.
    pub(crate) async fn unembedded(
        &self,
        ids: &[ItemId],
        model: &str,
    ) -> Result<Vec<Unembedded>, Error> {
        let select = "SELECT i.key, i.language, i.revisions, e.model, e.revision
            FROM item AS i LEFT JOIN embedding AS e ON e.item = i.key";
        let read = |row: &AnyRow| {
            let by: Option<&str> = row.try_get("model")?;
            let of: Option<i64> = row.try_get("revision")?;
            let is_there = by == Some(model) && of == Some(row.try_get("revisions")?);
            let (item, language) = (ItemId(row.try_get("key")?), row.try_get("language")?);
            Ok((!is_there).then_some(Unembedded { item, language }))
        };
        Ok(self.rows_of(ids, select, read).await?.into_iter().flatten().collect())
    }

    /// Keeps embeddings by a model of the revisions that the items had when they were read, in one transaction, in the
    /// place of any before.
    pub(crate) async fn keep_embeddings(
        &self,
        model: &str,
        embedded: &[(Item, String, Embedding)],
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        for (item, _, embedding) in embedded {
            // Deleted first, so that it gets a new number: whoever follows the numbers must see it again.
            sqlx::query("DELETE FROM embedding WHERE item = $1")
                .bind(item.id.key())
                .execute(&mut *transaction)
                .await?;
            sqlx::query(
                "INSERT INTO embedding (item, revision, model, vector) VALUES ($1, $2, $3, $4)",
            )
            .bind(item.id.key())
            .bind(item.revisions)
            .bind(model)
            .bind(embedding.to_bytes())
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// At most `count` embeddings by a model after a number, in order.
    pub(crate) async fn embeddings(
        &self,
        model: &str,
        after: i64,
        count: usize,
    ) -> Result<Vec<Kept>, Error> {
        let rows = sqlx::query(
            "SELECT seq, item, vector FROM embedding WHERE seq > $1 AND model = $2
             ORDER BY seq LIMIT $3",
        )
        .bind(after)
        .bind(model)
        .bind(limit(count))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(kept).collect()
    }

    /// The embeddings by a model of these items, in their order; those that have none are left out.
    pub(crate) async fn embeddings_of(
        &self,
        ids: &[ItemId],
        model: &str,
    ) -> Result<Vec<(ItemId, Embedding)>, Error> {
        let select = "SELECT i.key, e.model, e.seq, e.item, e.vector
            FROM item AS i JOIN embedding AS e ON e.item = i.key";
        let read = |row: &AnyRow| {
            let by: &str = row.try_get("model")?;
            if by == model { kept(row).map(|it| Some((it.item, it.embedding))) } else { Ok(None) }
        };
        Ok(self.rows_of(ids, select, read).await?.into_iter().flatten().collect())
    }

    /// Items with their texts, in the order of `ids`; unknown ones are left out.
    pub(crate) async fn passages(&self, ids: &[ItemId]) -> Result<Vec<(Item, String)>, Error> {
        let mut unpacker = Unpacker::new()?;
        let read = |row: &AnyRow| Ok((item(row)?, unpacker.text(row)?));
        self.rows_of(ids, include_str!("../../sql/item.documents.sql"), read).await
    }
}

fn kept(row: &AnyRow) -> Result<Kept, Error> {
    let bytes: &[u8] = row.try_get("vector")?;
    let embedding = Embedding::from_bytes(bytes)
        .ok_or_else(|| Error::Corrupt(format!("an embedding of {} bytes", bytes.len())))?;
    Ok(Kept { seq: row.try_get("seq")?, item: ItemId(row.try_get("item")?), embedding })
}
