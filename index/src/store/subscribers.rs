//! Subscriptions: asked for, confirmed, changed, ended.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::store::Store;
use crate::store::outbox::post;
use crate::store::values::{optional_time_at, time_at};
use crate::{Error, NewSubscription, Query, Refusal, Rhythm, Subscription};

/// Makes the message that asks for a subscription's confirmation.
type WriteLetter<'a> = dyn Fn(&Subscription) -> Vec<u8> + Send + Sync + 'a;

impl Store {
    /// Keeps a subscription, together with the letter that asks for its confirmation, if there is one to send:
    /// `letter` gets the subscription with its token and gives the message.
    ///
    /// Who asks a second time for the same query and rhythm gets the same subscription. Not confirmed yet, it takes
    /// the new wishes, and the letter takes the place of one that was not sent yet; confirmed, nothing changes and
    /// no letter is sent.
    pub async fn subscribe(
        &self,
        new: &NewSubscription,
        letter: Option<&WriteLetter<'_>>,
    ) -> Result<Subscription, Error> {
        let mut transaction = self.write().await?;
        let subscription = match same(&mut transaction, new).await? {
            Some(same) if same.confirmed.is_some() => return Ok(same),
            Some(same) => renew(&mut transaction, same.key, new).await?,
            None => add(&mut transaction, new).await?,
        };
        if let (None, Some(letter)) = (subscription.confirmed, letter) {
            // Its line stays, so that it is counted: another process may be sending it at this moment.
            sqlx::query(include_str!("../../sql/letter.replaced.sql"))
                .bind(subscription.key)
                .execute(&mut *transaction)
                .await?;
            let message = letter(&subscription);
            let (key, email) = (Some(subscription.key), subscription.email.as_str());
            post(&mut transaction, key, email, &message, new.created).await?;
        }
        transaction.commit().await?;
        Ok(subscription)
    }

    /// The subscription with this token.
    pub async fn subscription(&self, token: &str) -> Result<Option<Subscription>, Error> {
        let row = sqlx::query("SELECT * FROM subscription WHERE token = $1")
            .bind(token)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(subscription).transpose()
    }

    /// All subscriptions.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, Error> {
        let rows =
            sqlx::query("SELECT * FROM subscription ORDER BY key").fetch_all(&self.readers).await?;
        rows.iter().map(subscription).collect()
    }

    /// How many letters have asked an address for a confirmation since a moment, and were not answered. Addresses
    /// that differ by what stands after a `+` are one.
    pub async fn unanswered(&self, email: &str, since: DateTime<Utc>) -> Result<i64, Error> {
        let mailbox = email.to_lowercase();
        let row = sqlx::query(include_str!("../../sql/letter.unanswered.sql"))
            .bind(without_tag(&mailbox))
            .bind(any_tag(&mailbox))
            .bind(since.timestamp_millis())
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get("letters")?)
    }

    /// Ends all subscriptions that were asked for before a moment and never confirmed; returns how many. Those that rest
    /// since their reader was refused stay, so that somebody sees why.
    pub async fn expire(&self, before: DateTime<Utc>) -> Result<u64, Error> {
        let mut transaction = self.write().await?;
        let ended = sqlx::query(
            "DELETE FROM subscription WHERE confirmed IS NULL AND refused IS NULL AND created < $1",
        )
        .bind(before.timestamp_millis())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(ended.rows_affected())
    }

    /// Confirms; a second time changes nothing, and one that rested is awake again. `mark` is where its first briefing
    /// starts.
    pub async fn confirm(
        &self,
        token: &str,
        mark: i64,
        now: DateTime<Utc>,
    ) -> Result<Option<Subscription>, Error> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE subscription SET confirmed = $3, mark = $2, since = $2, refused = NULL, refusal = NULL
             WHERE token = $1 AND confirmed IS NULL",
        )
        .bind(token)
        .bind(mark)
        .bind(now.timestamp_millis())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        self.subscription(token).await
    }

    /// Ends a subscription; `false` if there was none. Its letters go as well.
    pub async fn unsubscribe(&self, token: &str) -> Result<bool, Error> {
        let mut transaction = self.write().await?;
        let ended = sqlx::query("DELETE FROM subscription WHERE token = $1")
            .bind(token)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Ends all subscriptions of an address, in any case; returns how many.
    pub async fn remove_subscriber(&self, email: &str) -> Result<u64, Error> {
        let mut transaction = self.write().await?;
        let ended = sqlx::query("DELETE FROM subscription WHERE mailbox = $1")
            .bind(email.to_lowercase())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(ended.rows_affected())
    }

    /// Changes what a subscription asks for; `false` if there is none.
    pub async fn change_subscription(
        &self,
        token: &str,
        query: &Query,
        rhythm: Rhythm,
        zone: &str,
        hour: u8,
    ) -> Result<bool, Error> {
        let mut transaction = self.write().await?;
        let changed = sqlx::query(
            "UPDATE subscription SET since = CASE WHEN query = $2 THEN since ELSE mark END,
                query = $2, rhythm = $3, zone = $4, hour = $5 WHERE token = $1",
        )
        .bind(token)
        .bind(query.to_query_string())
        .bind(rhythm.slug())
        .bind(zone)
        .bind(i64::from(hour))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(changed.rows_affected() > 0)
    }
}

/// `ada@example.org` of `ada+law@example.org`.
fn without_tag(mailbox: &str) -> String {
    let (user, domain) = mailbox.rsplit_once('@').unwrap_or((mailbox, ""));
    let user = user.split_once('+').map_or(user, |(user, _)| user);
    format!("{user}@{domain}")
}

/// The LIKE pattern of `ada+` with anything at `example.org`.
fn any_tag(mailbox: &str) -> String {
    let plain = without_tag(mailbox);
    let escaped = plain.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    match escaped.rsplit_once('@') {
        Some((user, domain)) => format!("{user}+%@{domain}"),
        None => escaped,
    }
}

/// The subscription of the same address for the same; a confirmed one first.
async fn same(
    connection: &mut AnyConnection,
    new: &NewSubscription,
) -> Result<Option<Subscription>, Error> {
    let row = sqlx::query(
        "SELECT * FROM subscription WHERE mailbox = $1 AND query = $2 AND rhythm = $3
         ORDER BY CASE WHEN confirmed IS NULL THEN 1 ELSE 0 END, key LIMIT 1",
    )
    .bind(new.email.to_lowercase())
    .bind(new.query.to_query_string())
    .bind(new.rhythm.slug())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(subscription).transpose()
}

async fn add(connection: &mut AnyConnection, new: &NewSubscription) -> Result<Subscription, Error> {
    let row = sqlx::query(include_str!("../../sql/subscription.insert.sql"))
        .bind(token()?)
        .bind(new.email.as_str())
        .bind(new.email.to_lowercase())
        .bind(new.query.to_query_string())
        .bind(new.rhythm.slug())
        .bind(new.zone.as_str())
        .bind(i64::from(new.hour))
        .bind(new.mark)
        .bind(new.confirmed.then_some(new.created.timestamp_millis()))
        .bind(new.created.timestamp_millis())
        .bind(new.last_run.map(|run| run.timestamp_millis()))
        .fetch_one(connection)
        .await?;
    subscription(&row)
}

/// Gives a subscription that was never confirmed the wishes of who asks again.
async fn renew(
    connection: &mut AnyConnection,
    key: i64,
    new: &NewSubscription,
) -> Result<Subscription, Error> {
    let row = sqlx::query(include_str!("../../sql/subscription.renew.sql"))
        .bind(key)
        .bind(new.zone.as_str())
        .bind(i64::from(new.hour))
        .bind(new.mark)
        .bind(new.confirmed.then_some(new.created.timestamp_millis()))
        .bind(new.created.timestamp_millis())
        .bind(new.last_run.map(|run| run.timestamp_millis()))
        .fetch_one(connection)
        .await?;
    subscription(&row)
}

/// 128 random bits in hexadecimal.
fn token() -> Result<String, Error> {
    let mut bits = [0; 16];
    getrandom::fill(&mut bits)?;
    let mut token = String::with_capacity(2 * bits.len());
    for byte in bits {
        // Writing to a string does not fail.
        let _ = write!(token, "{byte:02x}");
    }
    Ok(token)
}

fn subscription(row: &AnyRow) -> Result<Subscription, Error> {
    let rhythm: &str = row.try_get("rhythm")?;
    let hour: i64 = row.try_get("hour")?;
    Ok(Subscription {
        key: row.try_get("key")?,
        token: row.try_get("token")?,
        email: row.try_get("email")?,
        query: query(row.try_get("key")?, row.try_get("query")?),
        rhythm: Rhythm::parse(rhythm)
            .ok_or_else(|| Error::Corrupt(format!("no rhythm `{rhythm}`")))?,
        zone: row.try_get("zone")?,
        hour: u8::try_from(hour).map_err(|_| Error::Corrupt(format!("no hour {hour}")))?,
        mark: row.try_get("mark")?,
        since: row.try_get("since")?,
        confirmed: optional_time_at(row, "confirmed")?,
        created: time_at(row, "created")?,
        last_run: optional_time_at(row, "last_run")?,
        refusal: refusal(row)?,
    })
}

fn refusal(row: &AnyRow) -> Result<Option<Refusal>, Error> {
    let Some(at) = optional_time_at(row, "refused")? else { return Ok(None) };
    let why: Option<String> = row.try_get("refusal")?;
    Ok(Some(Refusal { at, why: why.unwrap_or_default() }))
}

/// A saved query. What a later vocabulary no longer has is left out of it: one subscription must not keep all others
/// from their briefings.
fn query(key: i64, text: &str) -> Query {
    let pairs: Vec<_> = url::form_urlencoded::parse(text.as_bytes()).into_owned().collect();
    let pairs = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (query, errors) = Query::from_pairs(pairs);
    if !errors.is_empty() {
        tracing::warn!(subscription.key = key, ?errors, "part of a saved query is not understood");
    }
    query
}
