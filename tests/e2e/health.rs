//! Whoever looks after the sources is told what is the matter with each, once.

use serde_json::Value;
use tests::{Lexwatch, Reply, World, feed, readable};
use web::jobs::{briefing, operator};

/// A feed with an entry on each of these days of a month.
fn daily(world: &World, month: &str, days: std::ops::RangeInclusive<u32>) -> String {
    let listed: Vec<_> = days
        .map(|day| (format!("/{month}/{day}"), format!("{day:02} {month} 2026 10:00:00 GMT")))
        .collect();
    let listed: Vec<_> =
        listed.iter().map(|(path, date)| (path.as_str(), "News", date.as_str())).collect();
    feed(&world.web.url(""), &listed)
}

async fn source(lexwatch: &Lexwatch, id: &str) -> anyhow::Result<Value> {
    let all = lexwatch.json("/api/v1/sources").await?;
    let found = all["sources"].as_array().and_then(|all| all.iter().find(|one| one["id"] == id));
    found.cloned().ok_or_else(|| anyhow::anyhow!("no {id}"))
}

#[tokio::test]
async fn what_is_the_matter_with_a_source_is_said_in_words() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let robots = "User-agent: *\nDisallow: /barred\n";
    world.web.put("/robots.txt", Reply::Body("text/plain".to_owned(), robots.into()));
    world.web.rss("/good.xml", daily(&world, "Nov", 10..=23));
    world.web.rss("/stale.xml", daily(&world, "Oct", 1..=10));
    world.web.rss("/new.xml", daily(&world, "Sep", 1..=2));
    world.web.rss("/empty.xml", feed(&world.web.url(""), &[]));
    world.web.put("/moved.xml", Reply::Moved("/new.xml".to_owned()));
    for id in ["good", "stale", "empty", "moved", "barred", "gone"] {
        world.source(id, "feed", &format!("/{id}.xml"), "read = false");
    }
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let page = lexwatch.get("/sources").await?.body;
    for (id, health, words) in [
        ("good", "good", "good"),
        (
            "stale",
            "stale",
            "quiet for 44 days, which is unusual: its pauses are mostly up to 24 hours",
        ),
        ("empty", "empty", "it lists nothing"),
        ("moved", "moved", "good, but moved to http"),
        ("barred", "blocked", "turns us away"),
        ("gone", "down", "never read yet"),
    ] {
        let of = source(&lexwatch, id).await?;
        assert_eq!(of["health"], health, "{id}: {of:#}");
        assert_eq!(of["advice"].is_null(), health == "good", "{id}: {of:#}");
        assert!(page.contains(words), "{id}: {words} is missing in {page}");
    }
    assert!(
        page.contains("6 followed: 1 good, 1 down, 1 blocked, 1 empty, 1 stale, 1 moved"),
        "{page}"
    );
    let stale = source(&lexwatch, "stale").await?;
    assert_eq!(
        (&stale["last_news"], &stale["stale_after_days"]),
        (&"2026-10-10T10:00:00Z".into(), &3.into())
    );
    Ok(())
}

/// Each fault says what can be done about it, and what only wants patience says that nothing is.
#[tokio::test]
async fn advice_fits_what_is_wrong() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let robots = "User-agent: *\nDisallow: /barred\n";
    world.web.put("/robots.txt", Reply::Body("text/plain".to_owned(), robots.into()));
    world.web.put("/gone.xml", Reply::Status(410));
    world.web.put("/broken.xml", Reply::Status(500));
    let many: Vec<_> = (0..2_100).map(|n| format!("/many/{n}")).collect();
    let many: Vec<_> =
        many.iter().map(|path| (path.as_str(), "News", "Mon, 23 Nov 2026 08:00:00 GMT")).collect();
    world.web.rss("/many.xml", feed(&world.web.url(""), &many));
    world.web.rss(
        "/pages.xml",
        feed(&world.web.url(""), &[("/barred/a", "A", "Mon, 23 Nov 2026 08:00:00 GMT")]),
    );
    for id in ["gone", "broken", "many"] {
        world.source(id, "feed", &format!("/{id}.xml"), "read = false");
    }
    world.source("pages", "feed", "/pages.xml", "");
    let lexwatch = world.start().await?;
    let report = serde_json::to_value(lexwatch.ingest().await?)?;
    let cut = "lists 2100 entries or more, of which the newest 2000 were taken";
    assert!(report.to_string().contains(cut), "the report says it too");
    let page = lexwatch.get("/sources").await?.body;
    assert!(page.contains(cut), "{page}");
    for (id, health, advice) in [
        ("gone", "down", "remove it from the catalogue"),
        ("broken", "down", "nothing is to be done"),
        ("pages", "unreadable", "Its robots.txt keeps us from its pages"),
    ] {
        let of = source(&lexwatch, id).await?;
        assert_eq!(of["health"], health, "{of:#}");
        assert!(of["advice"].as_str().is_some_and(|found| found.contains(advice)), "{of:#}");
        assert!(page.contains(advice), "{id}: {page}");
    }
    drop(lexwatch);
    // One that asks to be left alone is, and that is no trouble until it goes on for days.
    world.web.put("/gone.xml", Reply::With(429, ("retry-after", "7200"), Vec::new()));
    let later = world.start_at("2026-11-24T08:00:00Z").await?;
    later.ingest().await?;
    let of = source(&later, "gone").await?;
    assert_eq!(of["health"], "resting", "{of:#}");
    assert!(of["advice"].as_str().is_some_and(|found| found.starts_with("Nothing is to be done")));
    let page = later.get("/sources").await?.body;
    assert!(page.contains("left alone until 24 November, 10:0"), "{page}");
    Ok(())
}

/// What is published while it is followed tells how late it is seen.
#[tokio::test]
async fn the_lag_and_the_end_of_a_silence_are_seen() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    world.web.rss("/a.xml", daily(&world, "Nov", 10..=20));
    world.source("a", "feed", "/a.xml", "read = false");
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let of = source(&lexwatch, "a").await?;
    assert_eq!((&of["health"], &of["lag_seconds"]), (&"stale".into(), &Value::Null), "{of:#}");
    world.web.rss("/a.xml", daily(&world, "Nov", 10..=24));
    drop(lexwatch);
    let later = world.start_at("2026-11-24T12:00:00Z").await?;
    later.ingest().await?;
    let of = source(&later, "a").await?;
    // Two hours, and what the clock goes on meanwhile.
    let lag = of["lag_seconds"].as_i64().unwrap_or_default();
    assert!(of["health"] == "good" && (7200..7300).contains(&lag), "{of:#}");
    Ok(())
}

async fn report(lexwatch: &Lexwatch) -> anyhow::Result<bool> {
    let now = lexwatch.app.now();
    let told = operator::report(&lexwatch.app, now).await?;
    briefing::send_due(&lexwatch.app, now + chrono::TimeDelta::minutes(1)).await?;
    Ok(told)
}

#[tokio::test]
async fn the_operator_is_told_once_of_what_changed_and_at_most_daily() -> anyhow::Result<()> {
    let mut world = World::with_press(&[("China", "encryption")]).await?;
    world.source("gone", "feed", "/gone.xml", "read = false").operator("Ops <ops@example.org>");
    let lexwatch = world.start().await?;
    assert!(!report(&lexwatch).await?, "nothing was polled yet");
    lexwatch.ingest().await?;
    assert!(report(&lexwatch).await?);
    assert!(!report(&lexwatch).await?);
    let letters = world.mailbox.letters();
    let (recipient, letter) = &letters[0];
    let letter = readable(letter);
    assert_eq!((letters.len(), recipient.as_str()), (1, "ops@example.org"));
    for part in [
        "Subject: Lexwatch sources: 1 down",
        "* The gone",
        "new → down, since 24 November 2026",
        "the server answered 404",
        "There is nothing at this address",
        "/sources",
    ] {
        assert!(letter.contains(part), "{part} is missing in {letter}");
    }
    drop(lexwatch);
    // The press fails too, and the other comes back; both are told, but not on the same day.
    world.web.rss(
        "/gone.xml",
        feed(&world.web.url(""), &[("/x", "X", "Mon, 23 Nov 2026 08:00:00 GMT")]),
    );
    world.web.put("/feed.xml", Reply::Status(500));
    for (now, told) in [
        ("2026-11-24T09:00:00Z", false),
        ("2026-11-25T06:59:00Z", false),
        ("2026-11-25T07:30:00Z", true),
        ("2026-11-26T08:00:00Z", false),
        ("2026-11-29T08:00:00Z", false),
    ] {
        let lexwatch = world.start_at(now).await?;
        lexwatch.ingest().await?;
        assert_eq!(report(&lexwatch).await?, told, "{now}");
    }
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 2);
    let letter = readable(&letters[1].1);
    assert!(letter.contains("Lexwatch sources: 1 down, 1 good again"), "{letter}");
    assert!(letter.contains("down → good"), "{letter}");
    Ok(())
}

#[tokio::test]
async fn a_slip_is_no_news_and_nobody_is_told_where_nobody_is_named() -> anyhow::Result<()> {
    let mut world = World::with_press(&[("China", "encryption")]).await?;
    let nobody = world.start().await?;
    nobody.ingest().await?;
    drop(nobody);
    world.web.put("/feed.xml", Reply::Status(500));
    let later = world.start_at("2026-11-24T09:00:00Z").await?;
    later.ingest().await?;
    assert!(!report(&later).await?);
    drop(later);
    world.operator("ops@example.org");
    world.publish(&[("China", "encryption")]);
    world.start_at("2026-11-24T10:00:00Z").await?.ingest().await?;
    world.web.put("/feed.xml", Reply::Status(500));
    for (now, told) in [("2026-11-24T10:10:00Z", false), ("2026-11-24T11:10:00Z", true)] {
        let lexwatch = world.start_at(now).await?;
        lexwatch.ingest().await?;
        assert_eq!(report(&lexwatch).await?, told, "{now}");
    }
    Ok(())
}
