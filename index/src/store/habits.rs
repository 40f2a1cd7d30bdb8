//! Habits: how often sources have news, learnt from the days on which they had some.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use crawler::{Entry, SourceId};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::store::Store;
use crate::{Error, Habit};

/// How far back a habit is learnt from.
const HISTORY: TimeDelta = TimeDelta::days(180);
/// How many of its latest items tell a source's lag.
const LATEST: i64 = 50;
const DAY: i64 = 86_400_000;

impl Store {
    /// The habits of all followed sources.
    pub async fn habits(&self, now: DateTime<Utc>) -> Result<HashMap<SourceId, Habit>, Error> {
        let rows = sqlx::query(include_str!("../../sql/source.gaps.sql"))
            .bind(day(now - HISTORY))
            .fetch_all(&self.readers)
            .await?;
        let mut gaps = HashMap::<SourceId, Vec<(i64, i64)>>::new();
        for row in &rows {
            let gap = (row.try_get("gap")?, row.try_get("times")?);
            gaps.entry(SourceId(row.try_get("source")?)).or_default().push(gap);
        }
        let followed = sqlx::query("SELECT id, begun FROM source WHERE followed = 1")
            .fetch_all(&self.readers)
            .await?;
        let mut habits = HashMap::with_capacity(followed.len());
        for row in &followed {
            let id = SourceId(row.try_get("id")?);
            let lags = match row.try_get::<Option<i64>, _>("begun")? {
                Some(begun) => self.lags(&id, begun).await?,
                None => Vec::new(),
            };
            let habit = Habit::learn(&gaps.remove(&id).unwrap_or_default(), lags);
            habits.insert(id, habit);
        }
        Ok(habits)
    }

    /// How long after their publication the latest items of a source were first seen, in milliseconds; only of items
    /// that were published since the source is followed, and whose hour is known.
    async fn lags(&self, source: &SourceId, begun: i64) -> Result<Vec<i64>, Error> {
        let mut lags = Vec::new();
        // By the two halves of an index that holds all that is asked for.
        for policy in [0_i64, 1] {
            let rows = sqlx::query(include_str!("../../sql/source.lags.sql"))
                .bind(source.0.as_str())
                .bind(policy)
                .bind(begun)
                .bind(LATEST)
                .fetch_all(&self.readers)
                .await?;
            let lag = |row: &AnyRow| Ok(row.try_get::<i64, _>("lag")?);
            lags.extend(rows.iter().map(lag).collect::<Result<Vec<_>, Error>>()?);
        }
        Ok(lags)
    }
}

/// Keeps on which days a source had these news. At the first poll the list's own dates tell of the time before; later,
/// what counts is when something new was seen. Returns when the latest of them was.
pub(super) async fn note_news(
    connection: &mut AnyConnection,
    source: &SourceId,
    news: &[&Entry],
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, Error> {
    if news.is_empty() {
        return Ok(None);
    }
    let begun = sqlx::query("SELECT 1 FROM source WHERE id = $1 AND begun IS NOT NULL")
        .bind(source.0.as_str())
        .fetch_optional(&mut *connection)
        .await?
        .is_some();
    let dated = news.iter().filter_map(|entry| entry.published).map(|moment| moment.instant());
    let mut moments: Vec<_> = dated.filter(|moment| !begun && *moment <= now).collect();
    if moments.is_empty() {
        moments.push(now);
    }
    let latest = moments.iter().max().copied();
    let mut days: Vec<_> = moments.into_iter().map(day).collect();
    days.sort_unstable();
    days.dedup();
    days.retain(|known| *known >= day(now - HISTORY));
    for day in days {
        sqlx::query(
            "INSERT INTO source_day (source, day) VALUES ($1, $2) ON CONFLICT (source, day) DO NOTHING",
        )
        .bind(source.0.as_str())
        .bind(day)
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query("DELETE FROM source_day WHERE source = $1 AND day < $2")
        .bind(source.0.as_str())
        .bind(day(now - HISTORY))
        .execute(connection)
        .await?;
    Ok(latest)
}

fn day(moment: DateTime<Utc>) -> i64 {
    moment.timestamp_millis().div_euclid(DAY)
}
