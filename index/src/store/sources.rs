//! Sources: what the catalogue says of them and how their polls went.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use crawler::{Entry, Fault, Listed, Publisher, Source, SourceId, Validators};
use sha2::{Digest as _, Sha256};
use sqlx::any::{AnyQueryResult, AnyRow};
use sqlx::{AnyConnection, Row};
use url::Url;

use crate::store::Store;
use crate::store::habits::note_news;
use crate::store::values::{clean, clean_option, limit, optional_time_at, time, to_json};
use crate::{Error, PollStatus, Setback, SourceState};

/// The longest error that is kept, in bytes.
pub(super) const MAX_ERROR: usize = 2_000;

/// The longest id and name of a source that an import may make, in bytes.
pub(super) const MAX_ID: usize = 200;

/// The longest validator that is kept, in bytes; a longer one is not worth sending back.
const MAX_VALIDATOR: usize = 1_000;

/// How many bytes of its hash tell whether an entry is listed as before.
const MARK: usize = 8;

/// So many pages are looked at again for one list at most. Where more of it differs, it is the list that was made anew
/// (with other dates, say) rather than the pages.
const LOOKS: usize = 50;

/// What a list says of an entry.
enum Listing {
    New,
    /// Otherwise than before.
    Changed,
    Known,
}

impl Store {
    /// Takes over the catalogue: new sources are made, known ones brought up to date, others marked as no longer
    /// followed. Nothing of them is deleted.
    pub async fn sync_sources(&self, catalogue: &[Source]) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE source SET followed = 0").execute(&mut *transaction).await?;
        for source in catalogue {
            sync(&mut transaction, source).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Makes a source for imported items if there is none of that id. It has no addresses and is not followed.
    pub async fn ensure_source(&self, id: &SourceId, name: &str) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query(include_str!("../../sql/source.ensure.sql"))
            .bind(clean(&id.0, MAX_ID))
            .bind(clean(name, MAX_ID))
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// What every source is called, by its id: all that a page of items needs to know of them.
    pub async fn source_names(&self) -> Result<HashMap<String, String>, Error> {
        let rows = sqlx::query("SELECT id, name FROM source").fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok((row.try_get("id")?, row.try_get("name")?))).collect()
    }

    /// All sources with their state, by name.
    pub async fn sources(&self) -> Result<Vec<SourceState>, Error> {
        let rows =
            sqlx::query(include_str!("../../sql/source.list.sql")).fetch_all(&self.readers).await?;
        rows.iter().map(state).collect()
    }

    /// What the source's server wants to hear again.
    pub async fn validators(&self, source: &SourceId) -> Result<Validators, Error> {
        let row = sqlx::query(
            "SELECT etag, last_modified, fresh_until, moved_to, rest FROM source WHERE id = $1",
        )
        .bind(source.0.as_str())
        .fetch_optional(&self.readers)
        .await?
        .ok_or_else(|| Error::UnknownSource(source.0.clone()))?;
        let moved_to: Option<&str> = row.try_get("moved_to")?;
        Ok(Validators {
            etag: row.try_get("etag")?,
            last_modified: row.try_get("last_modified")?,
            fresh_until: optional_time_at(&row, "fresh_until")?,
            moved_to: moved_to.and_then(|to| to.parse().ok()),
            rest_until: optional_time_at(&row, "rest")?,
        })
    }

    /// Keeps a source's list: unseen entries become pending and the validators are kept, or neither.
    /// Returns how many were unseen.
    pub async fn record_poll(
        &self,
        source: &SourceId,
        listed: &Listed,
        now: DateTime<Utc>,
    ) -> Result<usize, Error> {
        let mut transaction = self.write().await?;
        let (mut unseen, mut changed) = (Vec::new(), 0);
        for entry in &listed.entries {
            match add_entry(&mut transaction, source, entry, changed < LOOKS, now).await? {
                Listing::New => unseen.push(entry),
                Listing::Changed => changed += 1,
                Listing::Known => {}
            }
        }
        let Validators { etag, last_modified, fresh_until, moved_to, .. } = &listed.validators;
        let news = note_news(&mut transaction, source, &unseen, now).await?;
        let updated = sqlx::query(include_str!("../../sql/source.polled.sql"))
            .bind(source.0.as_str())
            .bind(now.timestamp_millis())
            .bind(limit(listed.entries.len()))
            .bind(validator(etag.as_deref()))
            .bind(validator(last_modified.as_deref()))
            .bind(fresh_until.map(|until| until.timestamp_millis()))
            .bind(address(moved_to.as_ref()))
            .bind(news.map(|news| news.timestamp_millis()))
            .bind(limit(listed.left_out))
            .execute(&mut *transaction)
            .await?;
        found(source, &updated)?;
        transaction.commit().await?;
        Ok(unseen.len())
    }

    /// Keeps that a source had nothing new. Of the validators, what its server did not repeat stays as it was
    /// (RFC 9110, section 15.4.5).
    pub async fn record_unchanged(
        &self,
        source: &SourceId,
        validators: &Validators,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        let updated = sqlx::query(include_str!("../../sql/source.unchanged.sql"))
            .bind(source.0.as_str())
            .bind(now.timestamp_millis())
            .bind(validator(validators.etag.as_deref()))
            .bind(validator(validators.last_modified.as_deref()))
            .bind(validators.fresh_until.map(|until| until.timestamp_millis()))
            .bind(address(validators.moved_to.as_ref()))
            .execute(&mut *transaction)
            .await?;
        found(source, &updated)?;
        Ok(transaction.commit().await?)
    }

    /// Keeps that a source could not be polled, and why.
    pub async fn record_failure(
        &self,
        source: &SourceId,
        setback: &Setback,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        let updated = sqlx::query(include_str!("../../sql/source.failed.sql"))
            .bind(source.0.as_str())
            .bind(clean(&setback.error, MAX_ERROR))
            .bind(setback.fault.slug())
            .bind(now.timestamp_millis())
            .bind(setback.rest.map(|rest| rest.timestamp_millis()))
            .bind(i64::from(setback.permanent))
            .execute(&mut *transaction)
            .await?;
        found(source, &updated)?;
        Ok(transaction.commit().await?)
    }

    /// Keeps until when a source's server wants to be left alone. It was not asked, so nothing is known of it.
    pub async fn record_rest(&self, source: &SourceId, rest: DateTime<Utc>) -> Result<(), Error> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE source SET rest = $2 WHERE id = $1")
            .bind(source.0.as_str())
            .bind(rest.timestamp_millis())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}

async fn sync(connection: &mut AnyConnection, source: &Source) -> Result<(), Error> {
    let site = source.site.as_ref().unwrap_or(&source.url);
    // An `ETag` says that the bytes are the same, not that we would still read them as we did.
    let recipe = to_json(&(&source.url, source.format, &source.listing, &source.json))?;
    sqlx::query(include_str!("../../sql/source.sync.sql"))
        .bind(source.id.0.as_str())
        .bind(source.name.as_str())
        .bind(source.url.as_str())
        .bind(site.as_str())
        .bind(source.publisher.slug())
        .bind(source.jurisdiction.as_deref())
        .bind(source.language.as_deref())
        .bind(recipe)
        .execute(connection)
        .await?;
    Ok(())
}

/// Makes an entry pending, unless its address is known as an entry's or an item's; a known one that is listed otherwise
/// than before is to be looked at again, if it may.
async fn add_entry(
    connection: &mut AnyConnection,
    source: &SourceId,
    entry: &Entry,
    may_look: bool,
    now: DateTime<Utc>,
) -> Result<Listing, Error> {
    if entry.url.as_str().len() > Store::MAX_URL {
        tracing::debug!(source.id = %source, "passed over an entry whose address is too long");
        return Ok(Listing::Known);
    }
    let (listed, mark) = (to_json(entry)?, mark(entry));
    let added = sqlx::query(include_str!("../../sql/entry.insert.sql"))
        .bind(entry.url.as_str())
        .bind(source.0.as_str())
        .bind(listed.as_str())
        .bind(now.timestamp_millis())
        .bind(mark.as_str())
        .execute(&mut *connection)
        .await?;
    if added.rows_affected() > 0 {
        return Ok(Listing::New);
    }
    let changed = sqlx::query(include_str!("../../sql/entry.relisted.sql"))
        .bind(entry.url.as_str())
        .bind(source.0.as_str())
        .bind(listed)
        .bind(now.timestamp_millis())
        .bind(mark)
        .bind(i64::from(may_look))
        .execute(connection)
        .await?;
    Ok(if changed.rows_affected() > 0 { Listing::Changed } else { Listing::Known })
}

/// What a list says of an entry, in short: its headline, its date of change and its text. Dates of publication and
/// teasers beside a text are left out, since some lists make them anew each time.
fn mark(entry: &Entry) -> String {
    let mut hash = Sha256::new();
    let updated = entry.updated.map(|moment| moment.to_string());
    let text = entry.content.as_deref().or(entry.summary.as_deref());
    for part in [Some(entry.title.as_str()), updated.as_deref(), text] {
        hash.update(part.unwrap_or_default());
        hash.update([0]);
    }
    hash.finalize().iter().take(MARK).map(|byte| format!("{byte:02x}")).collect()
}

pub(super) fn validator(value: Option<&str>) -> Option<String> {
    clean_option(value.filter(|value| value.len() <= MAX_VALIDATOR), MAX_VALIDATOR)
}

fn address(url: Option<&Url>) -> Option<&str> {
    url.map(Url::as_str).filter(|url| url.len() <= Store::MAX_URL)
}

fn found(source: &SourceId, updated: &AnyQueryResult) -> Result<(), Error> {
    match updated.rows_affected() {
        0 => Err(Error::UnknownSource(source.0.clone())),
        _ => Ok(()),
    }
}

fn fault(row: &AnyRow, column: &str) -> Result<Option<Fault>, Error> {
    let slug: Option<&str> = row.try_get(column)?;
    Ok(slug.and_then(Fault::parse))
}

fn state(row: &AnyRow) -> Result<SourceState, Error> {
    let publisher: &str = row.try_get("publisher")?;
    let error: Option<String> = row.try_get("error")?;
    let status = match row.try_get("status")? {
        "never" => PollStatus::Never,
        "ok" => PollStatus::Ok,
        "unchanged" => PollStatus::Unchanged,
        _ => PollStatus::Failed(error.unwrap_or_default()),
    };
    Ok(SourceState {
        id: SourceId(row.try_get("id")?),
        name: row.try_get("name")?,
        site: row.try_get("site")?,
        url: row.try_get("url")?,
        publisher: Publisher::parse(publisher)
            .ok_or_else(|| Error::Corrupt(format!("no kind of publisher `{publisher}`")))?,
        jurisdiction: row.try_get("jurisdiction")?,
        language: row.try_get("language")?,
        followed: row.try_get::<i64, _>("followed")? != 0,
        status,
        polled: optional_time_at(row, "polled")?,
        succeeded: optional_time_at(row, "succeeded")?,
        failures: row.try_get("failures")?,
        fault: fault(row, "fault")?,
        failing_since: optional_time_at(row, "failing_since")?,
        rest_until: optional_time_at(row, "rest")?,
        moved_to: row.try_get("moved_to")?,
        begun: optional_time_at(row, "begun")?,
        news: optional_time_at(row, "news")?,
        told: row.try_get("told")?,
        fresh_until: optional_time_at(row, "fresh_until")?,
        entries: row.try_get("entries")?,
        left_out: row.try_get("left_out")?,
        items: row.try_get("items")?,
        policy_items: row.try_get("policy_items")?,
        pending: row.try_get("pending")?,
        failed: row.try_get("failed")?,
        page_fault: fault(row, "page_fault")?,
        next_look: optional_time_at(row, "next_look")?,
        newest: row.try_get::<Option<i64>, _>("newest")?.map(time).transpose()?,
    })
}
