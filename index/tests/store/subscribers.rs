//! Subscriptions, marks and letters.

use index::{NewSubscription, Query, Rhythm, Subscription};

use super::*;

fn wish(email: &str) -> NewSubscription {
    NewSubscription {
        email: email.to_owned(),
        query: Query::from_pairs([("q", "encryption")]).0,
        rhythm: Rhythm::Daily,
        zone: "Europe/Berlin".to_owned(),
        hour: 7,
        mark: 3,
        last_run: None,
        confirmed: false,
        created: at("08:00:00"),
    }
}

/// A letter that asks for confirmation.
fn ask(subscription: &Subscription) -> Vec<u8> {
    format!("Confirm: {}\r\n", subscription.token).into_bytes()
}

async fn subscribed(store: &Store, email: &str) -> Subscription {
    let subscription = store.subscribe(&wish(email), None).await.unwrap();
    store.confirm(&subscription.token, 5, at("09:00:00")).await.unwrap().unwrap()
}

#[tokio::test]
async fn a_subscription_comes_back_as_it_went_in() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let wish = wish("Ada@example.org");
    let kept = store.subscribe(&wish, Some(&ask)).await.unwrap();

    assert_eq!(kept.token.len(), 32);
    assert!(kept.token.bytes().all(|byte| byte.is_ascii_hexdigit()));
    assert_eq!((&kept.email, &kept.query, kept.rhythm), (&wish.email, &wish.query, wish.rhythm));
    assert_eq!((kept.zone.as_str(), kept.hour, kept.mark), ("Europe/Berlin", 7, 3));
    assert_eq!((kept.confirmed, kept.created, kept.last_run), (None, at("08:00:00"), None));
    assert_eq!(store.subscription(&kept.token).await.unwrap(), Some(kept.clone()));
    assert_eq!(store.subscriptions().await.unwrap(), std::slice::from_ref(&kept));
    assert_eq!(store.subscription("0").await.unwrap(), None);

    let letters = store.outbox(10, at("08:00:00")).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].recipient.as_str(), &letters[0].message),
        ("Ada@example.org", &ask(&kept))
    );
}

#[tokio::test]
async fn asking_twice_gives_one_subscription_and_one_letter_at_a_time() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let first = store.subscribe(&wish("ada@example.org"), Some(&ask)).await.unwrap();
    let mut again = wish("ADA@example.org");
    again.hour = 18;
    let second = store.subscribe(&again, Some(&ask)).await.unwrap();
    assert_eq!((second.key, &second.token, second.hour), (first.key, &first.token, 18));
    let letters = store.outbox(10, at("08:00:00")).await.unwrap();
    assert_eq!(letters.len(), 1);

    // Once the letter was sent, asking again sends it again; once confirmed, no more.
    store.letter_sent(letters[0].key, at("08:01:00")).await.unwrap();
    assert!(store.outbox(10, at("23:00:00")).await.unwrap().is_empty());
    store.subscribe(&again, Some(&ask)).await.unwrap();
    let letters = store.outbox(10, at("08:00:00")).await.unwrap();
    assert_eq!(letters.len(), 1);
    store.letter_sent(letters[0].key, at("08:02:00")).await.unwrap();
    store.confirm(&first.token, 9, at("09:00:00")).await.unwrap();
    let third = store.subscribe(&wish("ada@example.org"), Some(&ask)).await.unwrap();
    assert_eq!((third.key, third.hour, third.mark), (first.key, 18, 9));
    assert!(store.outbox(10, at("23:00:00")).await.unwrap().is_empty());

    let mut other = wish("ada@example.org");
    other.rhythm = Rhythm::Weekly;
    assert_ne!(store.subscribe(&other, None).await.unwrap().key, first.key);
}

#[tokio::test]
async fn confirming_twice_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let mut wish = wish("ada@example.org");
    wish.last_run = Some(at("07:00:00"));
    let asked = store.subscribe(&wish, None).await.unwrap();
    assert_eq!(asked.last_run, Some(at("07:00:00")));
    let confirmed = store.confirm(&asked.token, 5, at("09:00:00")).await.unwrap().unwrap();
    assert_eq!((confirmed.confirmed, confirmed.mark), (Some(at("09:00:00")), 5));
    let again = store.confirm(&asked.token, 99, at("10:00:00")).await.unwrap().unwrap();
    assert_eq!(again, confirmed);
    assert_eq!(store.confirm("nobody's", 1, at("10:00:00")).await.unwrap(), None);
}

#[tokio::test]
async fn a_briefing_is_recorded_once_whoever_composes_it() {
    let folder = TempDir::new().unwrap();
    let (store, other) = (open(&folder).await, open(&folder).await);
    let subscription = subscribed(&store, "ada@example.org").await;

    assert!(
        store.record_briefing(&subscription, 8, Some(b"one"), &[], at("10:00:00")).await.unwrap()
    );
    // The other process had composed the same from the same mark.
    assert!(
        !other.record_briefing(&subscription, 8, Some(b"two"), &[], at("10:00:01")).await.unwrap()
    );
    let letters = other.outbox(10, at("10:00:00")).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].message, b"one");

    let moved = store.subscription(&subscription.token).await.unwrap().unwrap();
    assert_eq!((moved.mark, moved.last_run), (8, Some(at("10:00:00"))));
    // Nothing to tell moves the time alone, and that too only once.
    assert!(store.record_briefing(&moved, 8, None, &[], at("11:00:00")).await.unwrap());
    assert!(!store.record_briefing(&moved, 8, Some(b"late"), &[], at("11:00:00")).await.unwrap());
    assert_eq!(store.outbox(10, at("23:00:00")).await.unwrap().len(), 1);

    let asleep = store.subscribe(&wish("bob@example.org"), None).await.unwrap();
    assert!(!store.record_briefing(&asleep, 8, Some(b"early"), &[], at("10:00:00")).await.unwrap());
}

#[tokio::test]
async fn a_letter_waits_is_tried_again_and_is_sent_once() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let mut keys = Vec::new();
    for name in ["ada", "bob", "eve"] {
        let subscription = subscribed(&store, &format!("{name}@example.org")).await;
        let message = [0, 13, 10, 255];
        store.record_briefing(&subscription, 6, Some(&message), &[], at("10:00:00")).await.unwrap();
    }
    for letter in store.outbox(10, at("10:00:00")).await.unwrap() {
        assert_eq!(letter.message, [0, 13, 10, 255]);
        keys.push(letter.key);
    }
    store.letter_failed(keys[0], "no route", Some(at("12:00:00"))).await.unwrap();
    store.letter_failed(keys[1], "550 no such user", None).await.unwrap();
    store.letter_sent(keys[2], at("10:01:00")).await.unwrap();

    assert_eq!(store.outbox(10, at("11:59:59")).await.unwrap(), []);
    let due = store.outbox(10, at("12:00:00")).await.unwrap();
    assert_eq!(due.len(), 1);
    assert_eq!((due[0].key, due[0].attempts), (keys[0], 1));
    // What was sent stays sent, even if somebody reports a failure afterwards.
    store.letter_failed(keys[2], "late", Some(at("10:00:00"))).await.unwrap();
    assert_eq!(store.outbox(10, at("23:00:00")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_leaves_takes_all_letters_along() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let ada = store.subscribe(&wish("ada@example.org"), Some(&ask)).await.unwrap();
    let mut weekly = wish("Ada@Example.org");
    weekly.rhythm = Rhythm::Weekly;
    store.subscribe(&weekly, Some(&ask)).await.unwrap();
    store.subscribe(&wish("bob@example.org"), Some(&ask)).await.unwrap();

    assert!(store.unsubscribe(&ada.token).await.unwrap());
    assert!(!store.unsubscribe(&ada.token).await.unwrap());
    assert_eq!(store.outbox(10, at("23:00:00")).await.unwrap().len(), 2);
    assert_eq!(store.remove_subscriber("ADA@example.org").await.unwrap(), 1);
    assert_eq!(store.remove_subscriber("nobody@example.org").await.unwrap(), 0);
    let letters = store.outbox(10, at("23:00:00")).await.unwrap();
    assert_eq!(letters.len(), 1);
    assert_eq!(letters[0].recipient, "bob@example.org");
}

#[tokio::test]
async fn wishes_may_change() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let token = subscribed(&store, "ada@example.org").await.token;
    let query = Query::from_pairs([("q", "surveillance"), ("policy", "any")]).0;
    assert!(store.change_subscription(&token, &query, Rhythm::Now, "Asia/Tokyo", 0).await.unwrap());
    let changed = store.subscription(&token).await.unwrap().unwrap();
    assert_eq!((changed.query, changed.rhythm), (query.clone(), Rhythm::Now));
    assert_eq!((changed.zone.as_str(), changed.hour, changed.mark), ("Asia/Tokyo", 0, 5));
    assert!(!store.change_subscription("0", &query, Rhythm::Now, "UTC", 0).await.unwrap());
}

#[tokio::test]
async fn letters_to_one_mailbox_are_counted_whatever_became_of_them() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let since = at("07:00:00");
    assert_eq!(store.unanswered("ada@example.org", since).await.unwrap(), 0);
    store.subscribe(&wish("ada@example.org"), Some(&ask)).await.unwrap();
    // The first letter is replaced before it was sent, perhaps while it was being sent.
    store.subscribe(&wish("Ada@Example.org"), Some(&ask)).await.unwrap();
    store.subscribe(&wish("ada+law@example.org"), Some(&ask)).await.unwrap();
    store.subscribe(&wish("adam@example.org"), Some(&ask)).await.unwrap();
    store.subscribe(&wish("a_a@example.org"), Some(&ask)).await.unwrap();
    assert_eq!(store.unanswered("ADA+x@example.org", since).await.unwrap(), 3);
    assert_eq!(store.unanswered("a_a+x@example.org", since).await.unwrap(), 1, "_ is a letter");
    assert_eq!(store.unanswered("%@example.org", since).await.unwrap(), 0, "% is one, too");
    assert_eq!(store.unanswered("ada@example.org", at("08:00:01")).await.unwrap(), 0);
    let letters = store.outbox(10, at("08:00:00")).await.unwrap();
    assert_eq!(letters.len(), 4, "a replaced letter is not sent");
    // Who confirms wants mail; that is nobody's attack.
    let token = store.subscribe(&wish("ada@example.org"), None).await.unwrap().token;
    store.confirm(&token, 1, at("09:00:00")).await.unwrap();
    assert_eq!(store.unanswered("ada@example.org", since).await.unwrap(), 1);
}

#[tokio::test]
async fn what_nobody_confirmed_expires() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let asleep = store.subscribe(&wish("ada@example.org"), Some(&ask)).await.unwrap();
    let awake = subscribed(&store, "bob@example.org").await;
    assert_eq!(store.expire(at("08:00:00")).await.unwrap(), 0);
    assert_eq!(store.expire(at("08:00:01")).await.unwrap(), 1);
    assert_eq!(store.subscription(&asleep.token).await.unwrap(), None);
    assert!(store.subscription(&awake.token).await.unwrap().is_some());
    assert!(store.outbox(10, at("23:00:00")).await.unwrap().is_empty(), "nor is its letter sent");
}
