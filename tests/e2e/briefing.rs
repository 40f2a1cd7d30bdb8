//! Nothing twice, nothing missed, nothing that was not asked for.

use chrono::{DateTime, Utc};
use index::{NewSubscription, Query, Rhythm};
use tests::{Lexwatch, World};
use web::jobs::briefing;

const WORLD: [(&str, &str); 3] = [
    ("China", "data localization"),
    ("India", "VPN services"),
    ("Germany", "critical infrastructure"),
];

async fn subscribe(
    lexwatch: &Lexwatch,
    email: &str,
    query: &str,
    rhythm: Rhythm,
) -> anyhow::Result<()> {
    let (query, errors) = Query::parse(query);
    assert!(errors.is_empty(), "{errors:?}");
    let new = NewSubscription {
        email: email.to_owned(),
        query,
        rhythm,
        zone: "Europe/Berlin".to_owned(),
        hour: 7,
        mark: lexwatch.app.index.store().head().await?,
        last_run: None,
        confirmed: true,
        created: lexwatch.app.now(),
    };
    lexwatch.app.index.store().subscribe(&new, None).await?;
    Ok(())
}

async fn send_at(lexwatch: &Lexwatch, now: &str) -> anyhow::Result<()> {
    let now: DateTime<Utc> = now.parse()?;
    briefing::send_due(&lexwatch.app, now).await?;
    Ok(())
}

#[tokio::test]
async fn a_briefing_holds_what_matches_and_comes_once() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:IN,DE", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    send_at(&lexwatch, "2026-11-24T08:05:00Z").await?;
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 1, "once");
    let letter = letters[0].1.replace("=\n", "");
    assert!(letter.contains("India adopts law on VPN services"), "{letter}");
    assert!(letter.contains("Germany adopts law on critical infrastructure"));
    assert!(!letter.contains("China adopts"), "what was not asked for stays out");
    assert!(letter.contains("text/plain") && letter.contains("text/html"));
    Ok(())
}

#[tokio::test]
async fn nothing_new_is_no_mail() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:FR", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    assert!(world.mailbox.letters().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_daily_briefing_waits_for_its_local_hour() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start_at("2026-11-24T07:30:00Z").await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Daily).await?;
    lexwatch.ingest().await?;
    // Seven in Berlin is six in UTC in winter.
    send_at(&lexwatch, "2026-11-24T23:00:00Z").await?;
    send_at(&lexwatch, "2026-11-25T05:59:00Z").await?;
    assert!(world.mailbox.letters().is_empty(), "before the hour");
    send_at(&lexwatch, "2026-11-25T06:00:00Z").await?;
    send_at(&lexwatch, "2026-11-25T20:00:00Z").await?;
    assert_eq!(world.mailbox.letters().len(), 1);
    Ok(())
}

#[tokio::test]
async fn a_refused_letter_is_tried_again_and_holds_up_nobody() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    world.mailbox.refuse("a-busy@example.org", "451 later");
    subscribe(&lexwatch, "a-busy@example.org", "", Rhythm::Now).await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    let recipients = |world: &World| {
        world.mailbox.letters().into_iter().map(|(recipient, _)| recipient).collect::<Vec<_>>()
    };
    assert_eq!(recipients(&world), ["reader@example.org"]);
    world.mailbox.refuse("nobody", "550 unknown");
    send_at(&lexwatch, "2026-11-24T09:30:00Z").await?;
    assert_eq!(recipients(&world), ["reader@example.org", "a-busy@example.org"]);
    Ok(())
}

#[tokio::test]
async fn old_news_that_is_read_late_is_no_briefing() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start_at("2027-03-01T08:00:00Z").await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2027-03-01T09:00:00Z").await?;
    assert!(world.mailbox.letters().is_empty(), "published more than 30 days ago");
    Ok(())
}
