//! Readers' reports: kept until a person has looked at them.

use chrono::{DateTime, Utc};
use classifier::{Action, Label};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::store::Store;
use crate::store::corrections::{MAX_WHO, MAX_WHY, correct};
use crate::store::values::{clean, limit, time_at};
use crate::{Complaint, Decided, Error, ItemId, Report, ReportState, Reported, Verdict};

/// The most bytes that are kept of a reader's words: [`Store::MAX_REPORT`] characters of any script.
const MAX_WORDS: usize = 4 * Store::MAX_REPORT;

impl Store {
    /// The longest report, in characters.
    pub const MAX_REPORT: usize = 1_000;

    /// How many reports may wait on one item, and on all of them; a flood can fill no more than that.
    pub const WAITING: [i64; 2] = [20, 2_000];

    /// Keeps what a reader reports, unless too much waits already. The same report is kept once while it waits.
    pub async fn report(
        &self,
        item: ItemId,
        complaint: Complaint,
        words: &str,
        now: DateTime<Utc>,
    ) -> Result<Reported, Error> {
        let mut transaction = self.write().await?;
        let label = complaint.label().map(|label| label.to_string());
        let words = clean(words, MAX_WORDS);
        let row = sqlx::query(include_str!("../../sql/report.waiting.sql"))
            .bind(item.key())
            .bind(complaint.slug())
            .bind(label.as_deref())
            .bind(words.as_str())
            .fetch_one(&mut *transaction)
            .await?;
        if row.try_get::<i64, _>("same")? > 0 {
            return Ok(Reported::Waiting);
        }
        let waiting = [row.try_get::<i64, _>("here")?, row.try_get("waiting")?];
        if waiting.iter().zip(Self::WAITING).any(|(waiting, most)| *waiting >= most) {
            return Ok(Reported::Full);
        }
        sqlx::query(
            "INSERT INTO report (item, label, kind, words, at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(item.key())
        .bind(label)
        .bind(complaint.slug())
        .bind(words)
        .bind(now.timestamp_millis())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(Reported::Waiting)
    }

    /// Reports with keys above `after`, at most `count`, in the order of their keys: those that wait, or with `all`
    /// those that were decided as well.
    pub async fn reports(&self, all: bool, after: i64, count: usize) -> Result<Vec<Report>, Error> {
        let rows = sqlx::query(include_str!("../../sql/report.list.sql"))
            .bind(after)
            .bind(i64::from(all))
            .bind(limit(count))
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(report).collect()
    }

    /// One report.
    pub async fn reported(&self, key: i64) -> Result<Option<Report>, Error> {
        let row = sqlx::query("SELECT * FROM report WHERE key = $1")
            .bind(key)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(report).transpose()
    }

    /// How many reports wait.
    pub async fn waiting_reports(&self) -> Result<i64, Error> {
        let row = sqlx::query("SELECT COUNT(*) AS waiting FROM report WHERE state = 'waiting'")
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get("waiting")?)
    }

    /// Accepts a report that waits, and corrects its item by `words`, in one transaction.
    ///
    /// # Errors
    /// [`Error::NotPolicy`] as [`Store::correct`]; then it goes on waiting.
    pub async fn accept(
        &self,
        key: i64,
        words: &[(Action, Label)],
        verdict: &Verdict,
    ) -> Result<Decided, Error> {
        let mut transaction = self.write().await?;
        let decided = decide(&mut transaction, key, ReportState::Accepted, verdict).await?;
        if let Decided::Done(report) = &decided {
            correct(&mut transaction, report.item, words, verdict).await?;
            transaction.commit().await?;
        }
        Ok(decided)
    }

    /// Rejects a report that waits; the tags stay.
    pub async fn reject(&self, key: i64, verdict: &Verdict) -> Result<Decided, Error> {
        let mut transaction = self.write().await?;
        let decided = decide(&mut transaction, key, ReportState::Rejected, verdict).await?;
        transaction.commit().await?;
        Ok(decided)
    }
}

async fn decide(
    connection: &mut AnyConnection,
    key: i64,
    state: ReportState,
    verdict: &Verdict,
) -> Result<Decided, Error> {
    let updated = sqlx::query(
        "UPDATE report SET state = $2, decided_by = $3, why = $4, decided = $5 WHERE key = $1 AND state = 'waiting'",
    )
    .bind(key)
    .bind(state.slug())
    .bind(clean(&verdict.by, MAX_WHO))
    .bind(clean(&verdict.why, MAX_WHY))
    .bind(verdict.at.timestamp_millis())
    .execute(&mut *connection)
    .await?;
    let row = sqlx::query("SELECT * FROM report WHERE key = $1")
        .bind(key)
        .fetch_optional(connection)
        .await?;
    Ok(match row.as_ref().map(report).transpose()? {
        None => Decided::Unknown,
        Some(report) if updated.rows_affected() > 0 => Decided::Done(report),
        Some(report) => Decided::Before(report),
    })
}

fn report(row: &AnyRow) -> Result<Report, Error> {
    let label: Option<&str> = row.try_get("label")?;
    let complaint = match row.try_get("kind")? {
        "wrong" => Complaint::Wrong(label.and_then(|label| Label::parse(label).ok())),
        "missing" => Complaint::Missing,
        _ => Complaint::Other,
    };
    let state = match row.try_get("state")? {
        "waiting" => ReportState::Waiting,
        "accepted" => ReportState::Accepted,
        _ => ReportState::Rejected,
    };
    let verdict = match row.try_get("decided_by")? {
        None => None,
        Some(by) => Some(Verdict { by, why: row.try_get("why")?, at: time_at(row, "decided")? }),
    };
    Ok(Report {
        key: row.try_get("key")?,
        item: ItemId(row.try_get("item")?),
        complaint,
        words: row.try_get("words")?,
        at: time_at(row, "at")?,
        state,
        verdict,
    })
}
