//! What robots.txt files say, so that a restart asks nobody again for what he said today.

use chrono::{DateTime, TimeDelta, Utc};
use crawler::RobotsTxt;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::Error;
use crate::store::Store;
use crate::store::values::time_at;

/// One that is older is worth nothing, even where the server cannot say what holds now.
const OLD: TimeDelta = TimeDelta::days(30);
/// How much is handed out at most, in bytes.
const BYTES: i64 = 8 << 20;
/// How many are kept at most.
const MANY: i64 = 4_000;

impl Store {
    /// What is known of robots.txt files, the latest first; of all of them so much that it does no harm in memory.
    pub async fn robots(&self, now: DateTime<Utc>) -> Result<Vec<RobotsTxt>, Error> {
        let rows = sqlx::query(include_str!("../../sql/robots.list.sql"))
            .bind((now - OLD).timestamp_millis())
            .bind(BYTES)
            .fetch_all(&self.readers)
            .await?;
        let known = |row: &AnyRow| {
            Ok(RobotsTxt {
                origin: row.try_get("origin")?,
                rules: row.try_get("rules")?,
                fetched: time_at(row, "fetched")?,
            })
        };
        rows.iter().map(known).collect()
    }

    /// Keeps what was learnt, and forgets what is too old or too much.
    pub async fn keep_robots(&self, learnt: &[RobotsTxt], now: DateTime<Utc>) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        for file in learnt.iter().filter(|file| file.origin.len() <= Self::MAX_URL) {
            sqlx::query(include_str!("../../sql/robots.keep.sql"))
                .bind(file.origin.as_str())
                .bind(file.rules.as_deref())
                .bind(file.fetched.timestamp_millis())
                .execute(&mut *transaction)
                .await?;
        }
        sqlx::query(
            "DELETE FROM robots WHERE fetched < $1
             OR fetched < (SELECT fetched FROM robots ORDER BY fetched DESC LIMIT 1 OFFSET $2)",
        )
        .bind((now - OLD).timestamp_millis())
        .bind(MANY)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }
}
