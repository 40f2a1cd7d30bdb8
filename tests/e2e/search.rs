//! What is searched is found, and counted exactly.

use tests::World;

/// The world goes with its Lexwatch: its folder ends with it.
async fn world() -> anyhow::Result<(World, tests::Lexwatch)> {
    let world = World::with_press(&[
        ("China", "data localization"),
        ("China", "encryption keys"),
        ("India", "VPN services"),
        ("Germany", "encryption of messages"),
    ])
    .await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    Ok((world, lexwatch))
}

async fn total(lexwatch: &tests::Lexwatch, q: &str) -> anyhow::Result<u64> {
    let q: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let found = lexwatch.json(&format!("/api/v1/items?q={q}")).await?;
    found["total"].as_u64().ok_or_else(|| anyhow::anyhow!("{found}"))
}

#[tokio::test]
async fn the_query_language_means_what_it_says() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    for (q, expected) in [
        ("encryption", 2),
        ("ENCRYPTION", 2),
        ("encryption country:CN", 1),
        ("encryption -country:CN", 1),
        ("\"encryption keys\"", 1),
        ("\"keys encryption\"", 0),
        ("localization OR vpn", 2),
        ("(localization OR vpn) country:in", 1),
        ("regulators", 4),
        ("encryption -keys", 1),
        ("country:CN,IN", 3),
        ("before:2026-11-23", 0),
        ("after:2026-11 before:2026-12", 4),
    ] {
        assert_eq!(total(&lexwatch, q).await?, expected, "{q}");
    }
    Ok(())
}

#[tokio::test]
async fn counts_are_exact_and_stay_when_their_own_filter_is_set() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    for path in ["/api/v1/facets", "/api/v1/facets?jurisdiction=CN"] {
        let found = lexwatch.json(path).await?;
        let counts = &found["facets"]["jurisdiction"];
        assert_eq!(counts[0]["value"], "CN", "{path}");
        assert_eq!(counts[0]["count"], 2, "{path}");
        assert_eq!(counts.as_array().map(Vec::len), Some(3), "{path}");
    }
    Ok(())
}

#[tokio::test]
async fn the_page_keeps_the_filters_and_offers_every_form() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    let page = lexwatch.get("/search?q=encryption&jurisdiction=CN").await?.body;
    assert!(page.contains("<mark>encryption</mark>"), "words are marked");
    assert!(page.contains("name=\"jurisdiction\" value=\"CN\""), "new words keep the filter");
    for form in ["/feed.atom?", "/api/v1/export.csv?", "/subscribe?"] {
        assert!(page.contains(form), "{form}");
    }
    let odd = lexwatch.get("/search?q=%22open+(&topic=gardening&cursor=").await?;
    assert_eq!(odd.status, 200, "a page is forgiving");
    assert!(odd.body.contains("gardening"), "and says what it left out");
    Ok(())
}

#[tokio::test]
async fn the_page_says_how_the_words_were_read() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    let page = lexwatch.get("/search?q=india").await?.body;
    assert!(page.contains("what is about India"), "{page}");
    assert!(page.contains("/search?q=india&#38;widen=false"), "it can be switched off: {page}");
    assert!(page.contains(r#"See <a href="/jurisdictions/IN">"#), "its own page: {page}");
    let page = lexwatch.get("/search?q=encrpytion").await?.body;
    assert!(
        page.contains("Did you mean <a href=\"/search?q=encryption\">encryption</a>"),
        "{page}"
    );
    assert!(page.contains("Germany adopts law on encryption of messages"), "here it is");
    assert!(page.contains("value=\"encrpytion\""), "the box keeps what was typed");
    let found = lexwatch.json("/api/v1/items?q=encrpytion").await?;
    assert_eq!((&found["total"], &found["instead"]), (&2.into(), &"encryption".into()));
    let strict = lexwatch.json("/api/v1/items?q=encrpytion&widen=false").await?;
    assert_eq!((&strict["total"], &strict["instead"]), (&0.into(), &serde_json::Value::Null));
    let some = lexwatch.json("/api/v1/items?q=encryption+keys").await?;
    assert_eq!((&some["total"], some["items"].as_array().map(Vec::len)), (&1.into(), Some(1)));
    assert_eq!(some["partly"][0]["title"], "Germany adopts law on encryption of messages");
    let page = lexwatch.get("/search?q=encryption+keys").await?.body;
    let (all, some) = page.split_once("With some of the words").unwrap_or_default();
    assert!(all.contains("China adopts law on encryption keys"), "{page}");
    assert!(some.contains("Germany adopts law on encryption of messages"), "{page}");
    let page = lexwatch.get("/search?q=vpn+keys").await?.body;
    assert!(page.contains("Search for any of them"), "{page}");
    assert!(page.contains("India adopts law on VPN services"), "and here they are");
    Ok(())
}
