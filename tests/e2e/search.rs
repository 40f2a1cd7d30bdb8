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
    let page = lexwatch.get("/search?q=encrpytion").await?.body;
    assert!(
        page.contains("Did you mean <a href=\"/search?q=encryption\">encryption</a>"),
        "{page}"
    );
    let page = lexwatch.get("/search?q=vpn+keys").await?.body;
    assert!(page.contains("Search for any of them"), "{page}");
    Ok(())
}
