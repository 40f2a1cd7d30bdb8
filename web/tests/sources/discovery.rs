//! What is found on a site whose pages misbehave, and what is known of it already.

use super::*;

#[tokio::test]
async fn a_page_that_fails_does_not_hide_its_site() {
    let world = World::new().await.unwrap();
    let web = &world.web;
    let page = web.url("/broken");
    web.put("/broken", Reply::Status(500));
    // Nothing else is there: what is wrong is said with its address and a next step.
    let none = run(&world, &["sources", "discover", &page]).await;
    assert_eq!(none.status.code(), Some(1), "{}", errors(&none));
    for part in [
        &format!("{page}: the server answered 500. The fault is its server's"),
        "nothing to follow was found; try",
    ] {
        assert!(errors(&none).contains(part), "{part} is missing in {}", errors(&none));
    }
    let rules = format!(
        "User-agent: *\nDisallow: /x\nSitemap: {}\nSitemap: {}\n",
        web.url("/news.xml"),
        web.url("/none.xml")
    );
    // Of a list without entries nothing can be followed.
    put(web, "/none.xml", "text/xml", "<urlset></urlset>".to_owned());
    put(web, "/robots.txt", "text/plain", rules);
    let urls = format!("<urlset><url><loc>{}</loc></url></urlset>", web.url("/a"));
    put(web, "/news.xml", "text/xml", urls);
    web.rss("/rss.xml", tests::feed(&web.url(""), &[("/a", "A", DATE)]));
    let found = run(&world, &["sources", "discover", &page]).await;
    assert_eq!(found.status.code(), Some(0), "{}", errors(&found));
    let formats: Vec<_> = json_lines(&found).iter().map(|offer| offer["format"].clone()).collect();
    assert_eq!(formats, ["feed", "sitemap"]);
    for offer in json_lines(&found) {
        let entry = offer["toml"].as_str().unwrap();
        assert!(!entry.contains("id = \"127"), "an address is no name: {entry}");
    }
    assert!(errors(&found).contains(&format!("{page}: the server answered 500")));
    // A host that is not there is asked for nothing else.
    let away = run(&world, &["sources", "discover", "http://127.0.0.1:9/"]).await;
    assert_eq!(away.status.code(), Some(1));
    assert!(errors(&away).contains("http://127.0.0.1:9/: address refused"), "{}", errors(&away));
}

#[tokio::test]
async fn a_followed_source_is_known_where_it_has_moved_to() {
    let mut world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.source("old", "feed", "/old.xml", "read = false");
    let web = world.web.clone();
    web.put("/old.xml", Reply::Moved(web.url("/rss.xml")));
    web.rss("/rss.xml", tests::feed(&web.url(""), &[("/a", "A", DATE)]));
    web.html("/", "<html><head><title>Site</title></head></html>");
    let ingested = run(&world, &["ingest", "--all"]).await;
    assert_eq!(ingested.status.code(), Some(0), "{}", errors(&ingested));
    let found = run(&world, &["sources", "discover", &web.url("/")]).await;
    let known = |path: &str| {
        let offers = json_lines(&found);
        offers
            .iter()
            .find(|offer| offer["url"] == web.url(path))
            .map(|offer| offer["known"].clone())
    };
    assert_eq!(known("/feed.xml"), Some("press".into()), "{}", errors(&found));
    assert_eq!(known("/rss.xml"), Some("old".into()), "{}", errors(&found));
}

#[tokio::test]
async fn each_fault_has_its_own_advice() {
    let mut world = World::new().await.unwrap();
    let web = world.web.clone();
    let flood: &'static str = "x".repeat(2 << 20).leak();
    let many: Vec<_> = (0..2_600).map(|n| format!("/{n}")).collect();
    let many: Vec<_> = many.iter().map(|path| (path.as_str(), "News", DATE)).collect();
    web.rss("/many", tests::feed(&web.url(""), &many));
    let cases = [
        ("large", Reply::Endless, "too-large", "`max_body_mb`"),
        (
            "circle",
            Reply::Redirect("/circle".to_owned()),
            "redirects",
            "open the address in a browser",
        ),
        ("silence", Reply::Silence, "timeout", "`timeout_s`"),
        ("broken", Reply::Status(500), "server", "nothing is to be done"),
        (
            "gone",
            Reply::Status(410),
            "gone",
            "remove it from the catalogue, or find its new address",
        ),
        (
            "flood",
            Reply::With(200, ("x-flood", flood), Vec::new()),
            "headers",
            "sends more headers",
        ),
    ];
    for (id, reply, ..) in &cases {
        web.put(&format!("/{id}"), reply.clone());
        world.source(id, "feed", &format!("/{id}"), "");
    }
    world.source("many", "feed", "/many", "");
    let output = run(&world, &["sources", "check"]).await;
    let reports = json_lines(&output);
    let of = |id: &str| reports.iter().find(|report| report["id"] == id).unwrap();
    for (id, _, status, advice) in &cases {
        assert_eq!(of(id)["status"], *status, "{:#}", of(id));
        assert!(of(id)["says"].as_str().unwrap().contains(advice), "{:#}", of(id));
    }
    assert_eq!(of("many")["status"], "ok");
    let says = of("many")["says"].as_str().unwrap();
    assert!(
        says.contains("lists 2600 entries or more, of which the newest 2000 were taken"),
        "{says}"
    );
    // These last: from here on the host answers nothing else.
    web.put("/gone", Reply::With(429, ("retry-after", "3600"), Vec::new()));
    let rest = json_lines(&run(&world, &["sources", "check", "--source", "gone"]).await);
    assert_eq!(rest[0]["status"], "rest");
    let says = rest[0]["says"].as_str().unwrap();
    assert!(
        says.contains("left alone until") && says.ends_with("nothing is to be done."),
        "{says}"
    );
    web.put("/robots.txt", Reply::Status(500));
    let rules = json_lines(&run(&world, &["sources", "check", "--source", "gone"]).await);
    assert_eq!(rules[0]["status"], "robots-unknown", "{rules:#?}");
    assert_eq!(web.hits("/gone"), 2);
}
