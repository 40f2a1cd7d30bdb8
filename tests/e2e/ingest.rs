//! Every article is read, kept once, and nothing that fails stops the rest.

use tests::{Reply, World, article, feed, page};

#[tokio::test]
async fn a_story_goes_from_the_feed_to_the_page() -> anyhow::Result<()> {
    let world =
        World::with_press(&[("China", "data localization"), ("India", "VPN providers")]).await?;
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    assert_eq!((report.read, report.kept, report.failed), (2, 2, 0), "{report:?}");
    let found = lexwatch.json("/api/v1/items?q=localization").await?;
    assert_eq!(found["total"], 1);
    assert_eq!(found["items"][0]["title"], "China adopts law on data localization");
    assert_eq!(found["items"][0]["published"], "2026-11-23T08:00:00Z");
    assert_eq!(found["items"][0]["jurisdictions"][0]["code"], "CN");
    Ok(())
}

#[tokio::test]
async fn what_stands_around_the_article_is_not_read_as_part_of_it() -> anyhow::Result<()> {
    let world = World::with_press(&[("Japan", "incident reporting")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    for word in ["BoxCrypt", "cookies", "newsletter", "GDPR", "Russia"] {
        let found = lexwatch.json(&format!("/api/v1/items?q={word}&policy=any")).await?;
        assert_eq!(found["total"], 0, "{word} is boilerplate");
    }
    assert_eq!(lexwatch.json("/api/v1/items?jurisdiction=RU&policy=any").await?["total"], 0);
    Ok(())
}

#[tokio::test]
async fn a_second_round_asks_for_no_page_again() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption"), ("Brazil", "platforms")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let again = lexwatch.ingest().await?;
    assert_eq!(again.sources[0].status, "unchanged");
    assert_eq!(again.read, 0);
    assert_eq!(world.web.hits("/news/0"), 1);
    assert_eq!(world.web.hits("/feed.xml"), 2);
    Ok(())
}

#[tokio::test]
async fn the_same_page_under_two_addresses_is_one_item() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let base = world.web.url("");
    let text = article("Kenya", "data protection");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    world.web.html("/story", page("Kenya adopts law on data protection", "2026-11-23", &text));
    let date = "Mon, 23 Nov 2026 08:00:00 GMT";
    let listed =
        [("/story?utm_source=rss", "Kenya adopts", date), ("/story#top", "Kenya adopts", date)];
    world.web.rss("/feed.xml", feed(&base, &listed));
    world.source("press", "feed", "/feed.xml", "");
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    assert_eq!(report.kept, 1, "{report:?}");
    assert_eq!(world.web.hits("/story"), 1);
    Ok(())
}

/// Each kind of failure has a name in the report and on the sources page, and the good source goes on.
#[tokio::test]
async fn every_failure_is_named_and_stops_nothing() -> anyhow::Result<()> {
    let mut world = World::with_press(&[("Australia", "ransomware payments")]).await?;
    let other = tests::FakeWeb::start().await?;
    other.html("/secret", "<p>internal</p>");
    world.web.html("/page.html", "<html><title>Welcome</title><p>Hello</p></html>");
    world.web.html(
        "/list",
        "<html><body><ul class=\"news\"><li><a href=\"/a\">A</a></li></ul></body></html>",
    );
    world.web.put("/endless", Reply::Endless);
    world.web.put("/port", Reply::Redirect(other.url("/secret")));
    world
        .web
        .put("/metadata", Reply::Redirect("http://169.254.169.254/latest/meta-data/".to_owned()));
    world.source("is-html", "feed", "/page.html", "");
    world.source("is-missing", "feed", "/nowhere.xml", "");
    world.source("is-endless", "feed", "/endless", "");
    world.source("is-redirected", "feed", "/port", "");
    world.source("is-metadata", "feed", "/metadata", "");
    world.source("is-changed", "listing", "/list", "[source.listing]\nitem = \".gone\"");
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    let page = lexwatch.get("/sources").await?.body;
    let expected = [
        ("is-html", "not a feed"),
        ("is-missing", "404"),
        ("is-endless", "larger than"),
        ("is-redirected", "address refused"),
        ("is-metadata", "address refused"),
        ("is-changed", ".gone"),
    ];
    for (id, part) in expected {
        let source = report.sources.iter().find(|source| source.id.0 == id);
        let error = source.and_then(|source| source.error.clone()).unwrap_or_default();
        assert!(error.contains(part), "{id}: {error:?} should say {part:?}");
        assert!(page.contains(part), "the sources page should say {part:?}");
    }
    assert_eq!(report.kept, 1, "the good source goes on");
    assert!(other.log().is_empty(), "the other port must never be asked");
    Ok(())
}

#[tokio::test]
async fn a_page_that_cannot_be_read_is_named_and_tried_again_only_if_that_makes_sense()
-> anyhow::Result<()> {
    let mut world = World::new().await?;
    let base = world.web.url("");
    let date = "Mon, 23 Nov 2026 08:00:00 GMT";
    let listed = [("/gone", "Gone", date), ("/broken", "Broken", date), ("/empty", "Empty", date)];
    world.web.rss("/feed.xml", feed(&base, &listed));
    world.web.put("/broken", Reply::Status(503));
    world
        .web
        .html("/empty", "<html><title>Sign in</title><form><input type=password></form></html>");
    world.source("press", "feed", "/feed.xml", "");
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    let error = |path: &str| {
        let failure = report.failures.iter().find(|failure| failure.url.ends_with(path));
        failure.map(|failure| failure.error.clone()).unwrap_or_default()
    };
    assert!(error("/gone").contains("404"), "{report:?}");
    assert!(error("/broken").contains("503"), "{report:?}");
    assert!(error("/empty").contains("no article"), "{report:?}");
    let page = lexwatch.get("/sources").await?.body;
    assert!(page.contains("/gone") && page.contains("no article"), "given up pages are shown");

    let text = article("Chile", "critical infrastructure");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    world.web.html(
        "/broken",
        tests::page("Chile adopts law on critical infrastructure", "2026-11-23", &text),
    );
    drop(lexwatch);
    let later = world.start_at("2026-11-24T09:00:00Z").await?;
    let report = later.ingest().await?;
    assert_eq!(report.kept, 1, "{report:?}");
    assert_eq!(world.web.hits("/gone"), 1, "what is gone is not asked for again");
    assert_eq!(world.web.hits("/broken"), 2);
    Ok(())
}

#[tokio::test]
async fn the_day_of_what_a_page_announces_is_not_taken_for_its_own() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let base = world.web.url("");
    let (past, ahead) = ("Mon, 23 Nov 2026 08:00:00 GMT", "Tue, 23 Nov 2027 08:00:00 GMT");
    world.web.rss("/feed.xml", feed(&base, &[("/known", "Known", past), ("/not", "Not", ahead)]));
    let text = article("Norway", "data protection");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    for path in ["/known", "/not"] {
        world.web.html(path, page(&format!("Norway adopts {path}"), "2027-11-23", &text));
    }
    world.source("press", "feed", "/feed.xml", "");
    let lexwatch = world.start().await?;
    assert_eq!(lexwatch.ingest().await?.kept, 2);
    let found = lexwatch.json("/api/v1/items?policy=any&fold=false").await?;
    for item in found["items"].as_array().into_iter().flatten() {
        let is_known = item["url"].as_str().is_some_and(|url| url.ends_with("/known"));
        let date = if is_known { "2026-11-23T08:00:00Z".into() } else { serde_json::Value::Null };
        assert_eq!(item["published"], date, "{item:#}");
    }
    assert_eq!(found["total"], 2);
    Ok(())
}

#[tokio::test]
async fn a_teaser_before_a_paywall_is_kept_and_marked_so() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let base = world.web.url("");
    let date = "Mon, 23 Nov 2026 08:00:00 GMT";
    let listed = [("/closed", "Closed", date), ("/open", "Open", date)];
    world.web.rss("/feed.xml", feed(&base, &listed));
    let text = article("Norway", "data protection");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    for (path, free) in [("/closed", "\"False\""), ("/open", "true")] {
        let json = format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":{free}}}</script></head>"
        );
        let html = page("Norway adopts law on data protection", "2026-11-23", &text);
        world.web.html(path, html.replacen("</head>", &json, 1));
    }
    world.source("press", "feed", "/feed.xml", "");
    let lexwatch = world.start().await?;
    assert_eq!(lexwatch.ingest().await?.kept, 2);
    let found = lexwatch.json("/api/v1/items?policy=any").await?;
    for item in found["items"].as_array().into_iter().flatten() {
        let closed = item["url"].as_str().is_some_and(|url| url.ends_with("/closed"));
        assert_eq!(item["paywalled"], closed, "{item:#}");
        let id = item["id"].as_str().unwrap_or_default();
        let shown = lexwatch.get(&format!("/items/{id}")).await?.body;
        assert_eq!(shown.contains("subscribers only"), closed);
    }
    Ok(())
}
