//! Sources are asked politely and nothing private is ever read.

use tests::{Reply, World};

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
