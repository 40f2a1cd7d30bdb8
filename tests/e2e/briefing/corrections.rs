//! What a person's correction brings into a subscription is told, once; nothing else comes by one.

use classifier::{Action, Label};
use index::{Item, ItemId, Query, Verdict};

use super::*;

/// Corrects a tag of an item.
async fn correct(lexwatch: &Lexwatch, id: ItemId, word: (Action, &str)) -> anyhow::Result<()> {
    let words = [(word.0, word.1.parse::<Label>()?)];
    let at = lexwatch.app.now();
    let verdict = Verdict { by: "Ada".to_owned(), why: "a test".to_owned(), at };
    lexwatch.app.index.store().correct(id, &words, &verdict).await?;
    Ok(())
}

/// The items with these headlines, in the order in which they were kept.
async fn items(lexwatch: &Lexwatch) -> anyhow::Result<Vec<Item>> {
    let all = lexwatch.app.index.store().walk(0, 1_000).await?;
    Ok(all.into_iter().map(|(item, _)| item).collect())
}

/// How many items each letter of one run tells.
async fn told(lexwatch: &Lexwatch, now: &str) -> anyhow::Result<Vec<u64>> {
    let report = send_at(lexwatch, now).await?;
    Ok(report.briefings.iter().map(|briefing| briefing.items).collect())
}

#[tokio::test]
async fn what_is_corrected_after_a_letter_is_in_the_next_once() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    keep(&lexwatch, &[news("From before the subscription", &["DE"])]).await?;
    subscribe(&lexwatch, "reader@example.org", "country:BO", Rhythm::Daily).await?;
    let long_ago =
        News { published: "2026-10-01T08:00:00Z", ..news("Published long ago", &["DE"]) };
    keep(&lexwatch, &[news("Found in Bolivia", &["DE"]), news("Told", &["BO"]), long_ago]).await?;
    assert_eq!(told(&lexwatch, "2026-11-25T08:00:00Z").await?, [1]);

    for item in items(&lexwatch).await? {
        correct(&lexwatch, item.id, (Action::Add, "country:BO")).await?;
        correct(&lexwatch, item.id, (Action::Remove, "country:DE")).await?;
    }
    let report = send_at(&lexwatch, "2026-11-26T08:00:00Z").await?;
    assert_eq!(report.briefings.len(), 1);
    assert_eq!(report.briefings[0].subject, "Bolivia: Found in Bolivia");
    let letters = world.mailbox.letters();
    let letter = readable(&letters[letters.len() - 1].1);
    assert!(!letter.contains("Told") && !letter.contains("told of before"), "{letter}");
    assert!(told(&lexwatch, "2026-11-27T08:00:00Z").await?.is_empty(), "once");

    // Taken back and said again, before a letter and after one.
    for day in ["28", "29"] {
        for item in items(&lexwatch).await? {
            correct(&lexwatch, item.id, (Action::Remove, "country:BO")).await?;
            if day == "29" {
                assert!(told(&lexwatch, "2026-11-28T20:00:00Z").await?.is_empty());
            }
            correct(&lexwatch, item.id, (Action::Add, "country:BO")).await?;
        }
        assert!(told(&lexwatch, &format!("2026-11-{day}T08:00:00Z")).await?.is_empty(), "{day}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_taken_back_before_a_letter_is_in_none() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:BO", Rhythm::Now).await?;
    keep(&lexwatch, &[news("A law", &["DE"])]).await?;
    assert!(told(&lexwatch, "2026-11-24T08:00:00Z").await?.is_empty());
    let id = items(&lexwatch).await?[0].id;
    correct(&lexwatch, id, (Action::Add, "country:BO")).await?;
    correct(&lexwatch, id, (Action::Remove, "country:BO")).await?;
    assert!(told(&lexwatch, "2026-11-24T09:00:00Z").await?.is_empty());
    // Nobody was told of it, so it may come yet.
    correct(&lexwatch, id, (Action::Add, "country:BO")).await?;
    assert_eq!(told(&lexwatch, "2026-11-24T10:00:00Z").await?, [1]);
    Ok(())
}

#[tokio::test]
async fn hundreds_of_corrections_are_one_letter() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:BO", Rhythm::Now).await?;
    subscribe(&lexwatch, "reader@example.org", "law -country:DE", Rhythm::Now).await?;
    let laws: Vec<_> = (0..250).map(|number| news(format!("Law {number}"), &["DE"])).collect();
    keep(&lexwatch, &laws).await?;
    assert!(told(&lexwatch, "2026-11-24T08:00:00Z").await?.is_empty());
    for item in items(&lexwatch).await? {
        correct(&lexwatch, item.id, (Action::Add, "country:BO")).await?;
        correct(&lexwatch, item.id, (Action::Remove, "country:DE")).await?;
    }
    assert_eq!(told(&lexwatch, "2026-11-24T09:00:00Z").await?, [250, 250]);
    // All of them were told of, those as well that did not fit into the letter.
    for item in items(&lexwatch).await? {
        correct(&lexwatch, item.id, (Action::Add, "topic:encryption")).await?;
    }
    assert!(told(&lexwatch, "2026-11-24T10:00:00Z").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn another_model_tells_nobody_anything() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:BO", Rhythm::Now).await?;
    keep(&lexwatch, &[news("One", &["DE"]), news("Two", &["DE"])]).await?;
    assert!(told(&lexwatch, "2026-11-24T08:00:00Z").await?.is_empty());
    let all = items(&lexwatch).await?;
    // Somebody had a word on one of them, and that is followed.
    correct(&lexwatch, all[0].id, (Action::Add, "topic:encryption")).await?;
    assert!(told(&lexwatch, "2026-11-24T09:00:00Z").await?.is_empty());
    for item in &all {
        let mut tags = item.tags.clone();
        tags.add("country:BO".parse()?)?;
        let now = lexwatch.app.now() + chrono::TimeDelta::seconds(1);
        lexwatch.app.index.store().retag(item.id, &tags, now).await?;
    }
    assert!(told(&lexwatch, "2026-11-24T10:00:00Z").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn what_a_subscription_asked_for_before_is_not_told_again() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:BO", Rhythm::Now).await?;
    keep(&lexwatch, &[news("A law", &["BO"]), news("Another", &["DE"])]).await?;
    assert_eq!(told(&lexwatch, "2026-11-24T08:00:00Z").await?, [1]);
    let store = lexwatch.app.index.store();
    let kept = store.subscriptions().await?.remove(0);
    let (query, _) = Query::parse("topic:encryption");
    store.change_subscription(&kept.token, &query, Rhythm::Now, &kept.zone, kept.hour).await?;
    for item in items(&lexwatch).await? {
        correct(&lexwatch, item.id, (Action::Add, "topic:encryption")).await?;
    }
    assert!(told(&lexwatch, "2026-11-24T09:00:00Z").await?.is_empty());
    keep(&lexwatch, &[news("A third", &["DE"])]).await?;
    assert!(told(&lexwatch, "2026-11-24T10:00:00Z").await?.is_empty());
    let id = items(&lexwatch).await?[2].id;
    correct(&lexwatch, id, (Action::Add, "topic:encryption")).await?;
    assert_eq!(told(&lexwatch, "2026-11-24T11:00:00Z").await?, [1]);
    Ok(())
}
