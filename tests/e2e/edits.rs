//! What is edited after it was read is updated, and does not come a second time.

use anyhow::Context as _;
use classifier::Action;
use index::{ItemId, NewSubscription, Query, Rhythm, Verdict};
use serde_json::Value;
use tests::{Lexwatch, Reply, World, article, feed, page};
use web::jobs::briefing;

const DATE: &str = "Mon, 23 Nov 2026 08:00:00 GMT";
const TITLE: &str = "Peru adopts law on data protection";
const EDITED: &str = "Peru postpones law on data protection";

/// Puts a story at `/story` and lists it under this headline.
fn publish(world: &World, listed: &str, title: &str, more: &str) {
    let text = article("Peru", "data protection");
    let mut text: Vec<_> = text.iter().map(String::as_str).collect();
    text.push(more);
    world.web.html("/story", page(title, "2026-11-23", &text));
    world.web.rss("/feed.xml", feed(&world.web.url(""), &[("/story", listed, DATE)]));
}

async fn world(publisher: &str) -> anyhow::Result<World> {
    let mut world = World::new().await?;
    publish(&world, TITLE, TITLE, "The ministry takes submissions on it until 1 May of next year.");
    world.source_of(publisher, "press", "feed", "/feed.xml", "");
    Ok(world)
}

/// The one item that there is.
async fn only(lexwatch: &Lexwatch) -> anyhow::Result<Value> {
    let found = lexwatch.json("/api/v1/items?policy=any").await?;
    assert_eq!(found["total"], 1, "{found:#}");
    Ok(found["items"][0].clone())
}

async fn revisions(lexwatch: &Lexwatch, item: &Value) -> anyhow::Result<Vec<Value>> {
    let id = item["id"].as_str().unwrap_or_default();
    let answer = lexwatch.json(&format!("/api/v1/items/{id}/revisions")).await?;
    Ok(answer["revisions"].as_array().cloned().unwrap_or_default())
}

#[tokio::test]
async fn an_edited_headline_updates_the_item_and_no_briefing_tells_it_twice() -> anyhow::Result<()>
{
    let world = world("news").await?;
    let lexwatch = world.start().await?;
    let new = NewSubscription {
        email: "reader@example.org".to_owned(),
        query: Query { policy: None, ..Query::default() },
        rhythm: Rhythm::Now,
        zone: "UTC".to_owned(),
        hour: 7,
        mark: 0,
        last_run: None,
        confirmed: true,
        created: lexwatch.app.now(),
    };
    lexwatch.app.index.store().subscribe(&new, None).await?;
    lexwatch.ingest().await?;
    let before = only(&lexwatch).await?;
    assert_eq!((&before["title"], &before["revisions"]), (&TITLE.into(), &1.into()));
    let sent = briefing::send_due(&lexwatch.app, "2026-11-24T08:00:00Z".parse()?).await?;
    assert_eq!(sent.briefings.len(), 1);

    publish(&world, EDITED, EDITED, "The vote was moved to the winter.");
    let report = lexwatch.ingest().await?;
    assert_eq!((report.kept, report.edited), (0, 1), "{report:?}");
    let after = only(&lexwatch).await?;
    assert_eq!((&after["title"], &after["revisions"]), (&EDITED.into(), &2.into()));
    for field in ["id", "url", "first_seen", "published"] {
        assert_eq!(before[field], after[field], "{field} stays");
    }
    for (word, total) in [("postpones", 1), ("winter", 1)] {
        let found = lexwatch.json(&format!("/api/v1/items?q={word}&policy=any")).await?;
        assert_eq!(found["total"], total, "{word}: {found:#}");
    }
    let sent = briefing::send_due(&lexwatch.app, "2026-11-24T09:00:00Z".parse()?).await?;
    assert!(sent.briefings.is_empty(), "{sent:?}");

    let versions = revisions(&lexwatch, &after).await?;
    assert_eq!(versions.len(), 2);
    assert_eq!((&versions[0]["title"], &versions[1]["title"]), (&TITLE.into(), &EDITED.into()));
    assert_eq!(versions[1]["changed"], serde_json::json!(["title", "text"]));
    assert!(versions[1].get("added").is_none(), "the words of the press stay with it");
    Ok(())
}

#[tokio::test]
async fn of_an_authoritys_page_the_changed_sentences_are_shown() -> anyhow::Result<()> {
    let world = world("regulator").await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    publish(
        &world,
        EDITED,
        TITLE,
        "The ministry takes submissions on it until 1 June of next year.",
    );
    lexwatch.ingest().await?;
    let item = only(&lexwatch).await?;
    let versions = revisions(&lexwatch, &item).await?;
    assert_eq!(versions[1]["changed"], serde_json::json!(["text"]));
    assert_eq!(
        versions[1]["removed"],
        serde_json::json!(["The ministry takes submissions on it until 1 May of next year."])
    );
    assert_eq!(
        versions[1]["added"],
        serde_json::json!(["The ministry takes submissions on it until 1 June of next year."])
    );
    let id = item["id"].as_str().unwrap_or_default();
    let shown = lexwatch.get(&format!("/items/{id}")).await?.body;
    assert!(shown.contains("2 versions"), "{shown}");
    let nothing = lexwatch.get("/api/v1/items/00000001/revisions").await?;
    assert_eq!(nothing.status.as_u16(), 404);
    Ok(())
}

/// Nothing tells of the edit, so the page is asked for a few times in its first days, and answers 304 if it can.
#[tokio::test]
async fn a_silent_edit_is_found_in_the_first_days_and_few_requests_are_made_for_it()
-> anyhow::Result<()> {
    let world = world("regulator").await?;
    world.start().await?.ingest().await?;
    for (now, edited, hits) in [
        ("2026-11-24T12:00:00Z", 0, 1),
        ("2026-11-24T14:00:00Z", 0, 2),
        ("2026-11-25T14:00:00Z", 0, 2),
        ("2026-11-26T15:00:00Z", 1, 3),
        ("2026-12-04T15:00:00Z", 0, 4),
        ("2027-01-04T15:00:00Z", 0, 4),
    ] {
        if edited == 1 {
            publish(
                &world,
                TITLE,
                TITLE,
                "The ministry takes submissions on it until 1 June of next year.",
            );
        }
        let lexwatch = world.start_at(now).await?;
        let report = lexwatch.ingest().await?;
        assert_eq!((report.edited, report.kept), (edited, 0), "{now}");
        assert_eq!(world.web.hits("/story"), hits, "{now}");
    }
    Ok(())
}

#[tokio::test]
async fn a_list_that_says_something_else_each_time_costs_few_requests() -> anyhow::Result<()> {
    let world = world("news").await?;
    let lexwatch = world.start().await?;
    for round in 0..20 {
        let listed = format!("{TITLE}, {round} comments");
        world.web.rss("/feed.xml", feed(&world.web.url(""), &[("/story", &listed, DATE)]));
        let report = lexwatch.ingest().await?;
        assert_eq!(report.edited, 0, "the page is the same");
    }
    assert_eq!(world.web.hits("/story"), 3);
    assert_eq!(only(&lexwatch).await?["revisions"], 1);
    Ok(())
}

/// What is worse than before is no edit.
#[tokio::test]
async fn a_page_that_was_taken_away_or_closed_stays_as_it_was_read() -> anyhow::Result<()> {
    let home = page("Welcome to the Press", "2026-11-20", &["All the news.", "Every day.", "Now."]);
    let closed = page(TITLE, "2026-11-23", &["Subscribe to read on about this law."]).replacen(
        "</head>",
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script></head>",
        1,
    );
    for (name, reply) in [
        ("gone", Reply::Status(404)),
        ("home", Reply::Redirect("/".to_owned())),
        ("closed", Reply::Body("text/html".to_owned(), closed.into_bytes())),
        ("empty", Reply::Body("text/html".to_owned(), b"<html><p>Hello</p></html>".to_vec())),
    ] {
        let world = world("news").await?;
        let lexwatch = world.start().await?;
        lexwatch.ingest().await?;
        world.web.html("/", home.clone());
        publish(&world, EDITED, TITLE, "");
        world.web.put("/story", reply);
        let report = lexwatch.ingest().await?;
        assert_eq!((report.edited, report.kept, report.failed), (0, 0, 0), "{name}: {report:?}");
        let item = only(&lexwatch).await?;
        assert_eq!((&item["title"], &item["revisions"]), (&TITLE.into(), &1.into()), "{name}");
    }
    Ok(())
}

/// A text that the feed itself carries is compared with what the feed said.
#[tokio::test]
async fn a_text_that_stands_in_the_feed_is_followed_without_its_page() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let text = article("Peru", "data protection").join(" ");
    let put = |world: &World, text: &str| {
        let listed = feed(&world.web.url(""), &[("/story", TITLE, DATE)])
            .replace("<pubDate>", &format!("<description>{text}</description><pubDate>"));
        world.web.rss("/feed.xml", listed);
    };
    put(&world, &text);
    world.source_of("regulator", "agency", "feed", "/feed.xml", "read = false");
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    put(&world, &format!("{text} It was repealed."));
    let report = lexwatch.ingest().await?;
    assert_eq!((report.edited, report.kept), (1, 0), "{report:?}");
    let item = only(&lexwatch).await?;
    let versions = revisions(&lexwatch, &item).await?;
    assert_eq!(versions[1]["added"], serde_json::json!(["It was repealed."]));
    assert_eq!(world.web.hits("/story"), 0);
    Ok(())
}

#[tokio::test]
async fn what_people_said_of_its_tags_outlives_an_edit() -> anyhow::Result<()> {
    let world = world("news").await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let item = only(&lexwatch).await?;
    let id = ItemId::parse(item["id"].as_str().unwrap_or_default()).context("an id")?;
    let verdict =
        Verdict { by: "Ada".to_owned(), why: "It binds Chile".to_owned(), at: lexwatch.app.now() };
    let words = [(Action::Add, "country:CL".parse()?), (Action::Remove, "country:PE".parse()?)];
    lexwatch.app.index.store().correct(id, &words, &verdict).await?;
    publish(&world, EDITED, EDITED, "The vote was moved to the winter.");
    assert_eq!(lexwatch.ingest().await?.edited, 1);
    let edited = only(&lexwatch).await?;
    assert_eq!((&edited["title"], &edited["revisions"]), (&EDITED.into(), &2.into()));
    let codes: Vec<_> =
        edited["jurisdictions"].as_array().into_iter().flatten().map(|of| &of["code"]).collect();
    assert_eq!(codes, ["CL"], "{edited:#}");
    Ok(())
}
