//! The inbox: entries that wait to be read, and those that were given up.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use crawler::{Fault, SourceId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};
use url::Url;

use crate::store::items::{CHUNK, ROWS};
use crate::store::sources::{MAX_ERROR, validator};
use crate::store::values::{batches, clean, limit, padded, places, time_at};
use crate::store::{Pending, Store};
use crate::{EntryFailure, Error, Inserted, ReadEntry};

impl Store {
    /// Whether an address is known, as an item's or an entry's.
    pub async fn is_known(&self, url: &str) -> Result<bool, Error> {
        let row = sqlx::query(
            "SELECT 1 FROM item WHERE url = $1 UNION ALL SELECT 1 FROM entry WHERE url = $1 LIMIT 1",
        )
        .bind(url)
        .fetch_optional(&self.readers)
        .await?;
        Ok(row.is_some())
    }

    /// Which of these addresses items are kept under.
    pub async fn kept(&self, urls: &[&Url]) -> Result<HashSet<Url>, Error> {
        let mut kept = HashSet::new();
        for chunk in urls.chunks(CHUNK) {
            let urls = padded(chunk);
            let sql = format!("SELECT url FROM item WHERE url IN ({})", places(1, urls.len()));
            let query = sqlx::query(AssertSqlSafe(sql));
            let query = urls.fold(query, |query, url| query.bind(url.as_str()));
            for row in query.fetch_all(&self.readers).await? {
                kept.extend(row.try_get::<&str, _>("url")?.parse::<Url>().ok());
            }
        }
        Ok(kept)
    }

    /// Entries whose time has come, at most `limit` with keys above `after`, in the order of their keys; of these
    /// sources only, or of all where `sources` is empty.
    pub async fn pending(
        &self,
        sources: &[SourceId],
        after: i64,
        count: usize,
        now: DateTime<Utc>,
    ) -> Result<Vec<Pending>, Error> {
        let these = match sources.len() {
            0 => String::new(),
            many => format!("AND source IN ({})", places(4, many)),
        };
        let sql = format!(
            "SELECT key, source, listed, attempts FROM entry
             WHERE state = 'pending' AND due <= $1 AND key > $2 {these} ORDER BY key LIMIT $3"
        );
        let query = sqlx::query(AssertSqlSafe(sql))
            .bind(now.timestamp_millis())
            .bind(after)
            .bind(limit(count));
        let query = sources.iter().fold(query, |query, source| query.bind(source.0.as_str()));
        query.fetch_all(&self.readers).await?.iter().map(pending).collect()
    }

    /// Puts an entry back, to be tried again at `again`.
    pub async fn postpone(
        &self,
        pending: &Pending,
        error: &str,
        now: DateTime<Utc>,
        again: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.tried(pending, "pending", (error, None), now, again).await
    }

    /// Gives an entry up, for a named reason and its kind.
    pub async fn dismiss(
        &self,
        pending: &Pending,
        error: &str,
        fault: Fault,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        self.tried(pending, "failed", (error, Some(fault)), now, now).await
    }

    /// Entries that were given up, latest first; of one source, or of all.
    pub async fn failures(
        &self,
        source: Option<&SourceId>,
        count: usize,
    ) -> Result<Vec<EntryFailure>, Error> {
        let rows = sqlx::query(include_str!("../../sql/entry.failures.sql"))
            .bind(source.map(|source| source.0.as_str()))
            .bind(limit(count))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(failure).collect()
    }

    /// Keeps how a try ended, unless another process has settled the entry in the meantime.
    async fn tried(
        &self,
        pending: &Pending,
        state: &'static str,
        (error, fault): (&str, Option<Fault>),
        now: DateTime<Utc>,
        due: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query(include_str!("../../sql/entry.tried.sql"))
            .bind(pending.key)
            .bind(state)
            .bind(clean(error, MAX_ERROR))
            .bind(now.timestamp_millis())
            .bind(due.timestamp_millis())
            .bind(fault.map(Fault::slug))
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}

/// Keeps inside a transaction that entries are read, and which items they brought.
pub(super) async fn settle(
    connection: &mut AnyConnection,
    kept: &[(&ReadEntry, &Inserted)],
) -> Result<(), Error> {
    // The values' kinds cannot be told from what they are written into.
    let row = |row: usize| {
        let kinds = ["BIGINT", "BIGINT", "BIGINT", "TEXT", "TEXT", "BIGINT", "BIGINT"];
        let values = kinds.iter().zip(row * kinds.len() + 1..);
        let values: Vec<_> = values.map(|(kind, n)| format!("CAST(${n} AS {kind})")).collect();
        format!("({})", values.join(", "))
    };
    for part in batches(kept, ROWS) {
        let rows: Vec<_> = (0..part.len()).map(row).collect();
        let sql = format!(
            "{}{}) AS kept WHERE entry.key = kept.column1",
            include_str!("../../sql/entry.kept.sql"),
            rows.join(", ")
        );
        let query = part.iter().fold(sqlx::query(AssertSqlSafe(sql)), |query, (read, inserted)| {
            let ReadEntry { pending, next, .. } = read;
            let (Inserted::New(id) | Inserted::Known(id)) = inserted;
            // A page that another entry brought is looked at for that one.
            let at = next.at.filter(|_| matches!(inserted, Inserted::New(_)));
            query
                .bind(pending.key)
                .bind(id.key())
                .bind(read.seen.timestamp_millis())
                .bind(validator(next.validators.etag.as_deref()))
                .bind(validator(next.validators.last_modified.as_deref()))
                .bind(at.map(|at| at.timestamp_millis()))
                .bind(next.rest.map(|rest| rest.timestamp_millis()))
        });
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

fn pending(row: &AnyRow) -> Result<Pending, Error> {
    let key = row.try_get("key")?;
    let listed: &str = row.try_get("listed")?;
    Ok(Pending {
        key,
        source: SourceId(row.try_get("source")?),
        entry: serde_json::from_str(listed)
            .map_err(|error| Error::Corrupt(format!("entry {key}: {error}")))?,
        attempts: row.try_get("attempts")?,
    })
}

fn failure(row: &AnyRow) -> Result<EntryFailure, Error> {
    Ok(EntryFailure {
        source: SourceId(row.try_get("source")?),
        url: row.try_get("url")?,
        error: row.try_get("error")?,
        at: time_at(row, "tried")?,
    })
}
