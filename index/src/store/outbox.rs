//! The outbox: letters that wait to be sent, each once.

use chrono::{DateTime, TimeDelta, Utc};
use crawler::SourceId;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::store::sources::MAX_ERROR;
use crate::store::values::{batches, clean, limit, rows, time_at};
use crate::store::{Letter, Store};
use crate::{Error, ItemId, Subscription};

/// How long it is kept of which items a subscription was told: longer than they may be in letters, which is for thirty
/// days after their publication.
const TOLD_KEPT: TimeDelta = TimeDelta::days(60);

/// How many of them are kept by one statement.
const TOLD_ROWS: usize = 256;

impl Store {
    /// Moves a subscription's mark and, where there is a briefing, puts it into the outbox and keeps which items it was
    /// made of: all or nothing, and only if the mark still stands where it stood when the briefing was composed (`false`
    /// otherwise).
    pub async fn record_briefing(
        &self,
        subscription: &Subscription,
        mark: i64,
        message: Option<&[u8]>,
        told: &[ItemId],
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let mut transaction = self.write().await?;
        // Another run that found nothing leaves the mark but moves the time: then it is not due any more either.
        let moved = sqlx::query(include_str!("../../sql/subscription.briefed.sql"))
            .bind(subscription.key)
            .bind(subscription.mark)
            .bind(subscription.last_run.map(|run| run.timestamp_millis()))
            .bind(mark)
            .bind(now.timestamp_millis())
            .execute(&mut *transaction)
            .await?;
        if moved.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(message) = message {
            let (key, email) = (Some(subscription.key), subscription.email.as_str());
            post(&mut transaction, key, email, message, now).await?;
        }
        keep_told(&mut transaction, subscription.key, told, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Items from before a subscription's mark that count as new for it, in the order of their keys: people corrected them
    /// after its mark, not after `upto`, and no briefing was made of them or of another item of their stories. Items from
    /// before it asked for what it asks for are never among them.
    pub async fn corrected(
        &self,
        subscription: &Subscription,
        upto: i64,
    ) -> Result<Vec<ItemId>, Error> {
        let rows = sqlx::query(include_str!("../../sql/item.corrected.sql"))
            .bind(subscription.key)
            .bind(upto)
            .bind(i64::from(subscription.query.fold))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(|row| Ok(ItemId(row.try_get("key")?))).collect()
    }

    /// When the operator's last letter was put into the outbox.
    pub async fn operator_mailed(&self) -> Result<Option<DateTime<Utc>>, Error> {
        let row = sqlx::query("SELECT mailed FROM operator").fetch_optional(&self.readers).await?;
        row.as_ref().map(|row| time_at(row, "mailed")).transpose()
    }

    /// Puts a letter to the operator into the outbox and keeps what it tells of each source (a slug): both or neither,
    /// and only if there was no other letter since `before` (`false` otherwise).
    pub async fn record_report(
        &self,
        operator: &str,
        message: &[u8],
        told: &[(&SourceId, &str)],
        before: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Result<bool, Error> {
        let mut transaction = self.write().await?;
        let first = sqlx::query(include_str!("../../sql/operator.mailed.sql"))
            .bind(now.timestamp_millis())
            .bind(before.map(|before| before.timestamp_millis()))
            .execute(&mut *transaction)
            .await?;
        if first.rows_affected() == 0 {
            return Ok(false);
        }
        for (source, health) in told {
            sqlx::query("UPDATE source SET told = $2 WHERE id = $1")
                .bind(source.0.as_str())
                .bind(*health)
                .execute(&mut *transaction)
                .await?;
        }
        post(&mut transaction, None, operator, message, now).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Letters whose time has come, oldest first.
    pub async fn outbox(&self, count: usize, now: DateTime<Utc>) -> Result<Vec<Letter>, Error> {
        let rows = sqlx::query(
            "SELECT key, recipient, message, attempts, created FROM letter
             WHERE state = 'waiting' AND due <= $1 ORDER BY key LIMIT $2",
        )
        .bind(now.timestamp_millis())
        .bind(limit(count))
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(letter).collect()
    }

    /// Keeps that a letter was sent: its text goes, its line stays.
    pub async fn letter_sent(&self, letter: i64, now: DateTime<Utc>) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE letter SET state = 'sent', sent = $2, message = NULL, error = NULL WHERE key = $1",
        )
        .bind(letter)
        .bind(now.timestamp_millis())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    /// Keeps that a letter could not be sent, to be tried again at `again`, or never (`None`).
    pub async fn letter_failed(
        &self,
        letter: i64,
        error: &str,
        again: Option<DateTime<Utc>>,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query(include_str!("../../sql/letter.failed.sql"))
            .bind(letter)
            .bind(if again.is_some() { "waiting" } else { "failed" })
            .bind(again.map(|again| again.timestamp_millis()))
            .bind(clean(error, MAX_ERROR))
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}

impl Store {
    /// Keeps that a letter's recipient is refused for good. All subscriptions of that reader rest from now on, until
    /// somebody confirms them again, and what else waits for him is given up.
    pub async fn letter_refused(
        &self,
        letter: i64,
        error: &str,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        let error = clean(error, MAX_ERROR);
        sqlx::query(include_str!("../../sql/letter.failed.sql"))
            .bind(letter)
            .bind("failed")
            .bind(None::<i64>)
            .bind(error.as_str())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(include_str!("../../sql/subscription.refused.sql"))
            .bind(letter)
            .bind(now.timestamp_millis())
            .bind(error.as_str())
            .execute(&mut *transaction)
            .await?;
        sqlx::query(include_str!("../../sql/letter.given_up.sql"))
            .bind(letter)
            .bind(error.as_str())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}

/// Keeps of which items a subscription was told, and forgets those that no letter tells any more.
async fn keep_told(
    connection: &mut AnyConnection,
    subscription: i64,
    told: &[ItemId],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    if told.is_empty() {
        return Ok(());
    }
    sqlx::query("DELETE FROM told WHERE subscription = $1 AND at < $2")
        .bind(subscription)
        .bind((now - TOLD_KEPT).timestamp_millis())
        .execute(&mut *connection)
        .await?;
    for part in batches(told, TOLD_ROWS) {
        let sql = format!(
            "INSERT INTO told (subscription, item, at) VALUES {} ON CONFLICT DO NOTHING",
            rows(part.len(), 3)
        );
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for item in part {
            query = query.bind(subscription).bind(item.key()).bind(now.timestamp_millis());
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Puts a message into the outbox: of a subscription, or to the operator.
pub(super) async fn post(
    connection: &mut AnyConnection,
    subscription: Option<i64>,
    email: &str,
    message: &[u8],
    now: DateTime<Utc>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO letter (subscription, recipient, message, created, due) VALUES ($1, $2, $3, $4, $4)",
    )
    .bind(subscription)
    .bind(email)
    .bind(message)
    .bind(now.timestamp_millis())
    .execute(connection)
    .await?;
    Ok(())
}

fn letter(row: &AnyRow) -> Result<Letter, Error> {
    Ok(Letter {
        key: row.try_get("key")?,
        recipient: row.try_get("recipient")?,
        message: row.try_get("message")?,
        attempts: row.try_get("attempts")?,
        created: time_at(row, "created")?,
    })
}
