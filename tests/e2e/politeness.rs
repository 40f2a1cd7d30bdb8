//! Sources are asked politely and nothing private is ever read.

use std::time::Duration;

use crawler::SourceId;
use tests::{FakeWeb, Lexwatch, Reply, World, article, feed, page};
use web::jobs::ingest::{self, Report, Round};

#[tokio::test]
async fn robots_txt_is_obeyed() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption"), ("France", "cloud services")]).await?;
    let robots = "User-agent: *\nDisallow: /news/1\n";
    world.web.put("/robots.txt", Reply::Body("text/plain".to_owned(), robots.into()));
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    assert_eq!(report.kept, 1);
    assert_eq!(world.web.hits("/news/1"), 0);
    assert!(report.failures[0].error.contains("robots.txt"), "{report:?}");
    assert_eq!(world.web.hits("/robots.txt"), 1, "it is asked for once a day");
    Ok(())
}

#[tokio::test]
async fn a_page_that_redirects_into_the_private_network_is_refused() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let secret = tests::FakeWeb::start().await?;
    secret.html("/admin", tests::page("Secret law", "2026-11-23", &["A law.", "A regulator."]));
    world.web.put("/news/0", Reply::Redirect(secret.url("/admin")));
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    assert!(report.failures[0].error.contains("address refused"), "{report:?}");
    assert!(secret.log().is_empty());
    Ok(())
}

/// A round that respects what servers say of their answers.
async fn round(lexwatch: &Lexwatch, sources: &[&str]) -> anyhow::Result<Report> {
    let sources = sources.iter().map(|id| SourceId((*id).to_owned())).collect();
    ingest::run(&lexwatch.app, &Round { all: false, sources }).await
}

#[tokio::test]
async fn an_unchanged_feed_costs_one_request_even_after_a_restart() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let robots = "User-agent: *\nDisallow: /private\n";
    world.web.put("/robots.txt", Reply::Body("text/plain".to_owned(), robots.into()));
    world.start().await?.ingest().await?;
    for (now, asked) in [
        ("2026-11-24T08:00:00Z", vec!["/feed.xml"]),
        ("2026-11-24T09:00:00Z", vec!["/feed.xml"]),
        // The next day robots.txt may say something else, and the page may.
        ("2026-11-25T08:00:00Z", vec!["/robots.txt", "/feed.xml", "/news/0"]),
    ] {
        let before = world.web.log().len();
        world.start_at(now).await?.ingest().await?;
        assert_eq!(world.web.log()[before..], asked, "{now}");
    }
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_fresh_is_not_asked_for_again_unless_all_are() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let list = feed(&world.web.url(""), &[]);
    let header = ("cache-control", "max-age=7200");
    world.web.put("/feed.xml", Reply::With(200, header, list.into_bytes()));
    round(&world.start().await?, &[]).await?;
    let later = world.start_at("2026-11-24T08:30:00Z").await?;
    assert!(round(&later, &[]).await?.sources.is_empty());
    assert_eq!(round(&later, &["press"]).await?.sources[0].status, "unchanged");
    assert_eq!(world.web.hits("/feed.xml"), 1);
    later.ingest().await?;
    assert_eq!(world.web.hits("/feed.xml"), 2, "--all asks all the same");
    let fresh_no_more = world.start_at("2026-11-24T11:00:00Z").await?;
    round(&fresh_no_more, &[]).await?;
    assert_eq!(world.web.hits("/feed.xml"), 3);
    Ok(())
}

#[tokio::test]
async fn who_asks_to_be_left_alone_is_even_after_a_restart() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    world.web.put("/feed.xml", Reply::With(429, ("retry-after", "7200"), Vec::new()));
    let report = world.start().await?.ingest().await?;
    assert!(report.sources[0].error.as_deref().is_some_and(|error| error.contains("429")));
    world.publish(&[("China", "encryption")]);
    let soon = world.start_at("2026-11-24T08:00:00Z").await?;
    let report = soon.ingest().await?;
    assert_eq!(report.sources[0].status, "failed");
    assert!(report.sources[0].error.as_deref().is_some_and(|error| error.contains("left alone")));
    assert_eq!(world.web.hits("/feed.xml"), 1, "not even if all are asked");
    drop(soon);
    let report = world.start_at("2026-11-24T09:30:00Z").await?.ingest().await?;
    assert_eq!((report.sources[0].status, report.kept), ("ok", 1));
    Ok(())
}

#[tokio::test]
async fn a_source_that_has_moved_for_good_is_asked_where_it_is_now() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    world.publish(&[("China", "encryption")]);
    world.web.put("/old.xml", Reply::Moved("/feed.xml".to_owned()));
    world.source("press", "feed", "/old.xml", "");
    world.start().await?.ingest().await?;
    let again = world.start_at("2026-11-24T08:00:00Z").await?;
    again.ingest().await?;
    assert_eq!((world.web.hits("/old.xml"), world.web.hits("/feed.xml")), (1, 2));
    let page = again.get("/sources").await?.body;
    assert!(page.contains(&format!("moved to {}", world.web.url("/feed.xml"))), "{page}");
    // The new address turns out to be wrong: the old one may know better.
    world.web.put("/feed.xml", Reply::Status(410));
    world.web.put("/old.xml", Reply::Moved("/newest.xml".to_owned()));
    world.web.rss("/newest.xml", feed(&world.web.url(""), &[]));
    again.ingest().await?;
    again.ingest().await?;
    assert_eq!((world.web.hits("/old.xml"), world.web.hits("/newest.xml")), (2, 1));
    Ok(())
}

/// After five failures a source is left alone for sixteen minutes and up to half as many more.
#[tokio::test]
async fn sources_that_fail_together_do_not_come_back_together() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    for number in 0..20 {
        world.source(&format!("s{number}"), "feed", "/gone.xml", "");
    }
    let lexwatch = world.start().await?;
    for _ in 0..5 {
        lexwatch.ingest().await?;
    }
    drop(lexwatch);
    let mut polled = Vec::new();
    for now in ["2026-11-24T07:15:00Z", "2026-11-24T07:20:00Z", "2026-11-24T07:26:00Z"] {
        polled.push(round(&world.start_at(now).await?, &[]).await?.sources.len());
    }
    assert_eq!((polled[0], polled.iter().sum::<usize>()), (0, 20), "{polled:?}");
    assert!(polled[1] > 0 && polled[2] > 0, "{polled:?}");
    Ok(())
}

/// Puts a feed of four pages on the web; two of them are in the next feed as well.
fn publish(web: &FakeWeb, number: usize) {
    let text = article("Kenya", "data protection");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    let paths: Vec<_> = (2 * number..2 * number + 4).map(|page| format!("/page/{page}")).collect();
    let listed: Vec<_> = (paths.iter())
        .map(|path| (path.as_str(), "Kenya adopts law", "Mon, 23 Nov 2026 08:00:00 GMT"))
        .collect();
    web.rss(&format!("/{number}.xml"), feed(&web.url(""), &listed));
    for path in &paths {
        web.html(path, page("Kenya adopts law on data protection", "2026-11-23", &text));
    }
}

/// What a server sees of a Lexwatch that follows four of its lists.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_sees_one_guest_with_manners_however_many_sources_it_has() -> anyhow::Result<()> {
    const PAUSE: Duration = Duration::from_millis(40);
    let mut world = World::new().await?;
    world.host_delay(40);
    for number in 0..4 {
        publish(&world.web, number);
        world.source(&format!("s{number}"), "feed", &format!("/{number}.xml"), "");
    }
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    assert_eq!((report.kept, report.failed), (10, 0), "{report:?}");
    lexwatch.ingest().await?;

    let visits = world.web.visits();
    assert_eq!(visits.len(), 1 + 2 * 4 + 10, "{visits:?}");
    assert_eq!(world.web.hits("/robots.txt"), 1);
    for page in 0..10 {
        assert_eq!(world.web.hits(&format!("/page/{page}")), 1, "{page}");
    }
    assert_eq!(world.web.most_connections(), 1);
    for pair in visits.windows(2) {
        assert!(pair[0].answered.is_some_and(|answered| answered <= pair[1].begun), "{pair:?}");
    }
    // The server's clock runs from the arrival, which may be late by some pauses on a busy machine.
    for some in visits.windows(6) {
        assert!(some[5].begun - some[0].begun > PAUSE * 2, "{some:?}");
    }
    let (first, last) = (&visits[1], &visits[visits.len() - 1]);
    assert!(last.begun - first.begun > PAUSE * 16, "the pause is kept on the whole");
    Ok(())
}

/// Whichever of its lists says it, and however.
#[tokio::test]
async fn a_host_that_asks_for_rest_gets_it_from_all_its_sources() -> anyhow::Result<()> {
    for until in ["7200", "Tue, 24 Nov 2026 09:00:00 GMT"] {
        let mut world = World::new().await?;
        for number in 0..3 {
            publish(&world.web, number);
            world.source(&format!("s{number}"), "feed", &format!("/{number}.xml"), "");
        }
        world.web.put("/1.xml", Reply::With(429, ("retry-after", until), Vec::new()));
        let lexwatch = world.start().await?;
        lexwatch.ingest().await?;
        let log = world.web.log();
        assert_eq!(log.last().map(String::as_str), Some("/1.xml"), "{until}: {log:?}");
        lexwatch.ingest().await?;
        drop(lexwatch);
        let soon = world.start_at("2026-11-24T08:59:00Z").await?;
        soon.ingest().await?;
        assert_eq!(world.web.log(), log, "{until}: it is left alone, even after a restart");
        drop(soon);
        publish(&world.web, 1);
        let report = world.start_at("2026-11-24T09:01:00Z").await?.ingest().await?;
        assert_eq!((report.failed, world.web.hits("/1.xml")), (0, 2), "{until}: {report:?}");
        for page in 0..8 {
            assert_eq!(world.web.hits(&format!("/page/{page}")), 1, "{until}: {page}");
        }
    }
    Ok(())
}
