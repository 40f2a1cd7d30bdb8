//! Whatever is deleted or cut short, nothing is lost but time. (Kills of the binary are in `web/tests/kill.rs`.)

use std::fs;

use anyhow::Context as _;
use crawler::Article;
use index::NewItem;
use tests::World;

const WORLD: [(&str, &str); 3] =
    [("China", "data localization"), ("India", "VPN services"), ("Brazil", "encryption")];

async fn total(lexwatch: &tests::Lexwatch) -> anyhow::Result<serde_json::Value> {
    Ok(lexwatch.json("/api/v1/items?policy=any").await?["total"].clone())
}

#[tokio::test]
async fn a_deleted_index_comes_back_by_itself() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    drop(lexwatch);
    fs::remove_dir_all(world.folder().join("data/index"))?;
    let again = world.start().await?;
    again.app.index.catch_up().await?;
    assert_eq!(total(&again).await?, 3);
    Ok(())
}

/// What is not in the index yet must not look like what does not exist.
#[tokio::test]
async fn until_a_lost_index_is_whole_nothing_is_answered_of_it() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let item = lexwatch.json("/api/v1/items").await?["items"][0].clone();
    let id = item["id"].as_str().unwrap_or_default().to_owned();
    drop(lexwatch);
    fs::remove_dir_all(world.folder().join("data/index"))?;
    let again = world.start().await?;
    for path in [
        "/api/v1/items?q=encryption",
        "/api/v1/facets",
        "/api/v1/timeline",
        "/api/v1/export.csv",
        "/api/v1/export.ndjson",
        "/feed.atom",
        "/feed.json",
        "/",
        "/search?q=encryption",
        "/jurisdictions",
        "/jurisdictions/CN",
        "/topics/encryption",
        "/laws",
        "/subscribe?q=encryption",
    ] {
        let answer = again.get(path).await?;
        assert_eq!(answer.status, 503, "{path}: {}", answer.body);
        assert_eq!(answer.headers["retry-after"], "10", "{path}");
        assert!(answer.body.contains("0 of 3 changes are in it"), "{path}: {}", answer.body);
        let is_problem = answer.headers["content-type"] == "application/problem+json";
        assert_eq!(is_problem, path.starts_with("/api") || path.starts_with("/feed"), "{path}");
    }
    let saved = again.post("/saved", &[("q", "encryption")]).await?;
    assert_eq!(saved.status, 503, "it would be new again later: {}", saved.body);
    let health = again.get("/healthz").await?;
    let said: serde_json::Value = serde_json::from_str(&health.body)?;
    assert_eq!((health.status.as_u16(), &said["status"]), (503, &"catching_up".into()), "{said}");
    assert_eq!((&said["held"], &said["changes"]), (&0.into(), &3.into()), "{said}");

    // What the store alone can tell goes on.
    let page = again.get(&format!("/items/{id}")).await?;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Not known yet: the full-text index is being made: 0 of 3"));
    assert_eq!(again.json(&format!("/api/v1/items/{id}")).await?["title"], item["title"]);
    assert_eq!(again.get("/sources").await?.status, 200);

    again.app.index.catch_up().await?;
    assert_eq!(total(&again).await?, 3);
    assert!(!again.get(&format!("/items/{id}")).await?.body.contains("Not known yet"));
    let health = again.json("/healthz").await?;
    assert_eq!((&health["status"], &health["held"]), (&"ok".into(), &3.into()), "{health}");
    Ok(())
}

/// As after an import that was killed before it had indexed what it had kept.
#[tokio::test]
async fn who_searches_is_told_that_much_cannot_be_found_yet() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let before = lexwatch.json("/api/v1/items").await?;
    assert_eq!(before.get("behind"), None, "{before:#}");
    let store = lexwatch.app.index.store();
    let (item, _) = store.walk(0, 1).await?.pop().context("there are three")?;
    let article = |number: usize| Article {
        url: format!("https://press.example/more/{number}").parse().ok(),
        title: format!("Part {number}"),
        byline: None,
        published: item.published,
        modified: None,
        paywalled: false,
        language: None,
        site: None,
        text: "Encryption again.".to_owned(),
    };
    let articles: Vec<_> = (0..1_010).map(article).collect();
    let (source, tags, seen) = (&item.source.id, &item.tags, lexwatch.app.now());
    let new = articles.iter().map(|article| NewItem { source, article, tags, seen });
    store.import(&new.collect::<Vec<_>>()).await?;
    drop(lexwatch);
    let again = world.start().await?;
    assert_eq!(again.json("/api/v1/items").await?["behind"], 1_010);
    for path in ["/search?q=encryption", "/"] {
        let page = again.get(path).await?;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("1010 changes are not in it yet"), "{path}: {}", page.body);
    }
    again.app.index.catch_up().await?;
    assert_eq!(again.json("/api/v1/items").await?.get("behind"), None);
    let page = again.get("/search?q=encryption").await?.body;
    assert!(!page.contains("not in it yet"), "{page}");
    Ok(())
}

#[tokio::test]
async fn an_index_deleted_under_a_running_site_comes_back_too() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD[..2]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    fs::remove_dir_all(world.folder().join("data/index"))?;
    world.publish(&WORLD);
    lexwatch.ingest().await?;
    assert_eq!(total(&lexwatch).await?, 3);
    assert_eq!(lexwatch.json("/healthz").await?["index"], "ok");
    Ok(())
}

#[tokio::test]
async fn an_index_cut_short_is_rebuilt() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    drop(lexwatch);
    for entry in fs::read_dir(world.folder().join("data/index"))? {
        let path = entry?.path();
        if path.is_file() {
            let half = fs::metadata(&path)?.len() / 2;
            fs::OpenOptions::new().write(true).open(&path)?.set_len(half)?;
        }
    }
    let again = world.start().await?;
    again.app.index.catch_up().await?;
    assert_eq!(total(&again).await?, 3);
    Ok(())
}

#[tokio::test]
async fn ids_stay_what_they_were() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let before = lexwatch.json("/api/v1/items?sort=oldest").await?["items"].clone();
    drop(lexwatch);
    let again = world.start().await?;
    again.app.index.rebuild().await?;
    assert_eq!(again.json("/api/v1/items?sort=oldest").await?["items"], before);
    Ok(())
}
