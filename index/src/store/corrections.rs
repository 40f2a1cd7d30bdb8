//! Corrections by people, and the one function that puts an item's tags in force.

use chrono::{DateTime, Utc};
use classifier::{Action, Label, NotPolicy, Tags};
use sqlx::any::{AnyExecutor, AnyRow};
use sqlx::{AnyConnection, Row};

use crate::store::items::log_change;
use crate::store::packed::{Packer, Unpacker};
use crate::store::values::{clean, tags, time_at, to_json};
use crate::store::{Store, developments};
use crate::{Correction, Error, ItemId, Verdict};

/// Bounds for what is kept of a verdict, in bytes.
pub(super) const MAX_WHO: usize = 400;
pub(super) const MAX_WHY: usize = 4_000;

impl Store {
    /// Keeps a person's word on tags of an item, puts it in force and returns the item's tags, in one transaction;
    /// `None` if there is no such item. A word that the same person said last of a tag, for the same reason, and that
    /// changes nothing now, is not kept again.
    ///
    /// # Errors
    /// [`Error::NotPolicy`] when a tag is added to an item that is not about policy, and `policy` is not; then nothing
    /// is kept.
    pub async fn correct(
        &self,
        id: ItemId,
        words: &[(Action, Label)],
        verdict: &Verdict,
    ) -> Result<Option<Tags>, Error> {
        let mut transaction = self.write().await?;
        let tags = correct(&mut transaction, id, words, verdict).await?;
        transaction.commit().await?;
        Ok(tags)
    }

    /// What people said of an item's tags, oldest first. What the vocabulary no longer has is left out.
    pub async fn corrections(&self, id: ItemId) -> Result<Vec<Correction>, Error> {
        said_of(&self.readers, id).await
    }

    /// Gives an item the tags that the model gives it now, as people corrected them, with a line in the change log;
    /// the same tags change nothing. Returns those in force.
    pub async fn retag(&self, id: ItemId, model: &Tags, now: DateTime<Utc>) -> Result<Tags, Error> {
        let mut transaction = self.write().await?;
        let (tags, changed) = put_in_force(&mut transaction, id, model).await?;
        if changed {
            log_change(&mut transaction, id, now).await?;
            transaction.commit().await?;
        }
        Ok(tags)
    }
}

/// Makes what the model says of an item, as people corrected it, the item's tags in force, and keeps both. Returns
/// those in force and whether anything changed; a line in the change log is the caller's.
///
/// Whoever writes tags of an item that is kept already does it by this function.
pub(super) async fn put_in_force(
    connection: &mut AnyConnection,
    id: ItemId,
    model: &Tags,
) -> Result<(Tags, bool), Error> {
    let said = said_of(&mut *connection, id).await?;
    let tags = model.corrected(&words_of(&said));
    let own = if said.is_empty() { None } else { Some(to_json(model)?) };
    let (json, evidence) = Packer::new()?.tags(&tags)?;
    let written = sqlx::query(include_str!("../../sql/item.tags.sql"))
        .bind(id.key())
        .bind(json)
        .bind(i64::from(tags.policy.value))
        .bind(tags.model.as_str())
        .bind(own)
        .bind(evidence)
        .execute(&mut *connection)
        .await?;
    let changed = written.rows_affected() > 0;
    if changed {
        developments::keep_again(connection, id, &tags).await?;
    }
    Ok((tags, changed))
}

/// [`Store::correct`] inside a transaction.
pub(super) async fn correct(
    connection: &mut AnyConnection,
    id: ItemId,
    words: &[(Action, Label)],
    verdict: &Verdict,
) -> Result<Option<Tags>, Error> {
    let row = sqlx::query("SELECT tags, evidence, policy, model_tags FROM item WHERE key = $1")
        .bind(id.key())
        .fetch_optional(&mut *connection)
        .await?;
    let Some(row) = row else { return Ok(None) };
    check(row.try_get::<i64, _>("policy")? != 0, words)?;
    let model = match row.try_get::<Option<&str>, _>("model_tags")? {
        Some(own) => tags(own)?,
        None => Unpacker::new()?.tags(&row)?,
    };
    let mut said = said_of(&mut *connection, id).await?;
    for (action, label) in words {
        let word = Correction { action: *action, label: *label, verdict: kept(verdict) };
        if is_said(&word, &said, &model) {
            continue;
        }
        sqlx::query(
            "INSERT INTO correction (item, label, action, who, why, at) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id.key())
        .bind(label.to_string())
        .bind(action.slug())
        .bind(word.verdict.by.as_str())
        .bind(word.verdict.why.as_str())
        .bind(verdict.at.timestamp_millis())
        .execute(&mut *connection)
        .await?;
        said.push(word);
    }
    let (tags, changed) = put_in_force(connection, id, &model).await?;
    if changed {
        log_change(connection, id, verdict.at).await?;
    }
    Ok(Some(tags))
}

/// Whether a word is the last that was said of its tag, by the same person and for the same reason, and changes nothing.
fn is_said(word: &Correction, said: &[Correction], model: &Tags) -> bool {
    let last = said.iter().rfind(|one| one.label == word.label);
    let mut words = words_of(said);
    let before = model.corrected(&words);
    words.push((word.action, word.label));
    last.is_some_and(|last| word.repeats(last)) && model.corrected(&words) == before
}

fn words_of(said: &[Correction]) -> Vec<(Action, Label)> {
    said.iter().map(|one| (one.action, one.label)).collect()
}

/// A verdict as it is kept.
fn kept(verdict: &Verdict) -> Verdict {
    Verdict { by: clean(&verdict.by, MAX_WHO), why: clean(&verdict.why, MAX_WHY), at: verdict.at }
}

/// What people said of an item's tags, oldest first, of what the vocabulary still has.
async fn said_of(executor: impl AnyExecutor<'_>, id: ItemId) -> Result<Vec<Correction>, Error> {
    let rows = sqlx::query("SELECT * FROM correction WHERE item = $1 ORDER BY key")
        .bind(id.key())
        .fetch_all(executor)
        .await?;
    let read = |row| correction(row).transpose();
    rows.iter().filter_map(read).collect()
}

/// Refuses tags for an item that is not about policy, and is not made so by the same words.
fn check(is_policy: bool, words: &[(Action, Label)]) -> Result<(), NotPolicy> {
    let said = words.iter().rev().find(|(_, label)| *label == Label::Policy);
    if said.map_or(is_policy, |(action, _)| *action == Action::Add) {
        return Ok(());
    }
    let adds =
        |(action, label): &&(Action, Label)| *action == Action::Add && *label != Label::Policy;
    words.iter().find(adds).map_or(Ok(()), |(_, label)| Err(NotPolicy(*label)))
}

fn correction(row: &AnyRow) -> Result<Option<Correction>, Error> {
    let action: &str = row.try_get("action")?;
    let action = Action::parse(action)
        .ok_or_else(|| Error::Corrupt(format!("no kind of correction `{action}`")))?;
    let Ok(label) = Label::parse(row.try_get("label")?) else { return Ok(None) };
    let verdict =
        Verdict { by: row.try_get("who")?, why: row.try_get("why")?, at: time_at(row, "at")? };
    Ok(Some(Correction { action, label, verdict }))
}
