//! The outbox, being sent: some letters at a time, each once, and again later where that makes sense.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use futures::{StreamExt as _, future, stream};
use index::Letter;
use serde::Serialize;

use crate::app::App;
use crate::mail::{AT_ONCE, Failure};

/// How many letters are taken from the outbox at once.
const BATCH: usize = 50;

/// A letter that was put off is tried again after these times; the last one repeats.
const AGAIN: [TimeDelta; 6] = [
    TimeDelta::minutes(5),
    TimeDelta::minutes(20),
    TimeDelta::hours(1),
    TimeDelta::hours(3),
    TimeDelta::hours(6),
    TimeDelta::hours(12),
];

/// A letter that is older is given up (RFC 5321, section 4.5.4.1: four to five days).
const LIFE: TimeDelta = TimeDelta::days(5);

/// A mail server that cannot be reached is left alone so long.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// What became of the letters that were due.
#[derive(Debug, Default, Serialize)]
pub struct Sent {
    /// How many were sent.
    pub sent: usize,
    /// What will be tried again.
    pub postponed: Vec<Undelivered>,
    /// What was given up.
    pub failed: Vec<Undelivered>,
    /// Why nothing can be sent at the moment, if so; everything else waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreachable: Option<String>,
}

/// A letter that was not sent.
#[derive(Debug, Serialize)]
pub struct Undelivered {
    /// To whom.
    pub email: String,
    /// Why not.
    pub error: String,
}

/// Sends every letter whose time has come.
///
/// # Errors
/// When the store fails; what the mail server says is in the answer.
pub async fn send_outbox(app: &App, now: DateTime<Utc>) -> anyhow::Result<Sent> {
    let store = app.index.store();
    let mut sent = Sent::default();
    if app.mailer.rests(now) || store.outbox(1, now).await?.is_empty() {
        return Ok(sent);
    }
    // Whoever waited here may find that all was sent meanwhile: the outbox is read again under the lock.
    let _turn = app.mailer.turn().await?;
    while sent.unreachable.is_none() {
        let letters = store.outbox(BATCH, now).await?;
        if letters.is_empty() {
            break;
        }
        send_batch(app, letters, now, &mut sent).await?;
    }
    if let Some(error) = &sent.unreachable {
        app.mailer.rest(now + PAUSE);
        tracing::warn!(error, "no mail can be sent at the moment; it will be tried again");
    }
    Ok(sent)
}

/// Sends some letters, a few at once. After the first sign that nothing can be sent no other is begun, but those on
/// their way are seen to their end: they may arrive.
async fn send_batch(
    app: &App,
    letters: Vec<Letter>,
    now: DateTime<Utc>,
    sent: &mut Sent,
) -> anyhow::Result<()> {
    let stopped = AtomicBool::new(false);
    let fates: Vec<_> = stream::iter(letters)
        .take_while(|_| future::ready(!stopped.load(Ordering::Relaxed)))
        .map(|letter| deliver(app, letter, now, &stopped))
        .buffer_unordered(AT_ONCE as usize)
        .collect()
        .await;
    for fate in fates {
        sent.count(fate?);
    }
    Ok(())
}

/// What became of one letter.
enum Fate {
    Sent,
    Unsent { what: Undelivered, failure: Failure, again: bool },
}

/// Sends a letter and keeps what became of it.
async fn deliver(
    app: &App,
    letter: Letter,
    now: DateTime<Utc>,
    stopped: &AtomicBool,
) -> anyhow::Result<Fate> {
    let store = app.index.store();
    let Err(failure) = app.mailer.send(&letter).await else {
        store.letter_sent(letter.key, now).await?;
        return Ok(Fate::Sent);
    };
    if matches!(failure, Failure::Unreachable(_)) {
        stopped.store(true, Ordering::Relaxed);
    }
    let error = failure.to_string();
    let again = again(&letter, &failure, now);
    match &failure {
        Failure::NoReader(_) => store.letter_refused(letter.key, &error, now).await?,
        _ => store.letter_failed(letter.key, &error, again).await?,
    }
    let what = Undelivered { email: letter.recipient, error };
    if again.is_none() {
        tracing::warn!(letter.key, error = what.error, "a letter was given up");
    }
    Ok(Fate::Unsent { what, failure, again: again.is_some() })
}

impl Sent {
    fn count(&mut self, fate: Fate) {
        match fate {
            Fate::Sent => self.sent += 1,
            Fate::Unsent { what, failure, again } => {
                if let Failure::Unreachable(error) = failure {
                    self.unreachable = Some(error);
                }
                let list = if again { &mut self.postponed } else { &mut self.failed };
                list.push(what);
            }
        }
    }
}

/// When a letter that was not sent is tried again, if ever.
fn again(letter: &Letter, failure: &Failure, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let attempt = usize::try_from(letter.attempts).unwrap_or(0);
    let wait = AGAIN[attempt.min(AGAIN.len() - 1)];
    match failure {
        Failure::NoReader(_) | Failure::Refused(_) => None,
        Failure::Later(_) if now + wait > letter.created + LIFE => None,
        Failure::Later(_) => Some(now + wait),
        // Not the letter's fault; it goes to the end of the line, so that one that upsets the server stops nobody.
        Failure::Unreachable(_) => Some(now + AGAIN[0]),
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use index::Letter;

    use super::{Failure, again};

    #[test]
    fn a_letter_is_tried_for_days_and_then_given_up() {
        let created: DateTime<Utc> = "2026-11-24T07:00:00Z".parse().unwrap();
        let later = Failure::Later("451 later".to_owned());
        let mut letter = Letter {
            key: 1,
            recipient: "reader@example.org".to_owned(),
            message: Vec::new(),
            attempts: 0,
            created,
        };
        let mut now = created;
        while let Some(next) = again(&letter, &later, now) {
            assert!(next > now);
            now = next;
            letter.attempts += 1;
        }
        assert!(letter.attempts > 5, "{}", letter.attempts);
        assert!(now > created + TimeDelta::days(4) && now < created + TimeDelta::days(6), "{now}");
        let refused = Failure::Refused("550 unknown".to_owned());
        assert_eq!(again(&letter, &refused, created), None);
        // A mail server that was away for a week finds everything still there.
        let away = Failure::Unreachable("connection refused".to_owned());
        let week = created + TimeDelta::days(7);
        assert_eq!(again(&letter, &away, week), Some(week + TimeDelta::minutes(5)));
    }
}
