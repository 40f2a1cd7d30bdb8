//! What is searched is found, and counted exactly.

use scraper::{Html, Selector};
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
        ("country:(CN OR IN)", 3),
        ("-country:(CN OR IN)", 1),
        ("localization | vpn", 2),
        ("encryption !keys", 1),
        ("country: IN", 1),
        ("source:PRESS", 4),
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
async fn a_misspelt_source_is_pointed_at() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    for (q, character) in [
        ("vpn+source:pres", 5),
        ("vpn+source:press,pres", 18),
        ("vpn+-source:(press+OR+Pres)", 23),
        ("vpn+OR+source:%22pres%22", 8),
    ] {
        let pointed = lexwatch.json(&format!("/api/v1/items?q={q}")).await?;
        let error = &pointed["errors"][0];
        assert_eq!(error["character"], character, "{q}: {pointed}");
        assert!(error["detail"].as_str().unwrap_or_default().contains("did you mean `press`"));
    }
    let page = lexwatch.get("/search?q=vpn+source:pres").await?.body;
    assert!(page.contains("Did you mean <a href=\"/search?q=vpn+source%3Apress\">"), "{page}");
    Ok(())
}

#[tokio::test]
async fn the_page_says_how_the_words_were_read() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    let page = lexwatch.get("/search?q=india").await?.body;
    assert!(page.contains("what is about India"), "{page}");
    assert!(page.contains("/search?q=india&#38;widen=false"), "it can be switched off: {page}");
    assert!(page.contains(r#"See <a href="/jurisdictions/IN">"#), "its own page: {page}");
    let page = lexwatch.get("/search?q=law+-india").await?.body;
    assert!(page.contains("Also left out: what is about India"), "{page}");
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

/// What stands at a selector, and where its links lead.
fn box_of(page: &str, css: &str) -> (String, Vec<String>) {
    let html = Html::parse_document(page);
    let (Ok(wanted), Ok(links)) = (Selector::parse(css), Selector::parse("a")) else {
        return Default::default();
    };
    let Some(found) = html.select(&wanted).next() else { return Default::default() };
    let hrefs = found.select(&links).filter_map(|link| link.attr("href"));
    (found.text().collect(), hrefs.map(str::to_owned).collect())
}

#[tokio::test]
async fn what_is_misspelt_alone_searches_nothing_and_the_right_search_is_a_link()
-> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    for (typed, meant) in [
        ("q=jurisdicton:cn", "jurisdiction%3Acn"),
        ("q=jurisdicton:chna", "jurisdiction%3ACN"),
        ("q=topic:encrpytion", "topic%3Aencryption"),
        ("q=law:nis", "law%3Anis1%2Cnis2%2Cnis2-implementing-regulation"),
        ("q=contry:%22CN%22", "country%3A%22CN%22"),
        ("q=contry%3DCN", "country%3ACN"),
        ("q=topic:localisation", "topic%3Adata-localization"),
        ("q=publisher:official", "publisher%3Aregulator%2Clegislature%2Ccourt%2Cinternational"),
        ("q=source:pres", "source%3Apress"),
        ("topic=encrpytion", "topic=encryption"),
        ("jurisdicton=CN", "jurisdiction=CN"),
        ("jurisdicton=Indai&utm_source=x", "jurisdiction=IN"),
        ("jurisdiction=Indai&sort=newest", "jurisdiction=IN&sort=newest"),
    ] {
        let page = lexwatch.get(&format!("/search?{typed}")).await?;
        assert_eq!(page.status, 200, "{typed}");
        assert!(!page.body.contains("adopts law on"), "{typed}: not everything is the answer");
        let (said, links) = box_of(&page.body, ".empty");
        assert!(said.contains("Nothing was searched"), "{typed}: {said}");
        assert!(
            links.contains(&format!("/search?{}", meant.replace("q=", "")))
                || links.contains(&format!("/search?q={meant}")),
            "{typed}: {links:?}"
        );
        let right = lexwatch.get(&links[0]).await?.body;
        let (said, _) = box_of(&right, "main section");
        assert!(!said.contains("understood"), "{typed}: {said}");
    }
    let (said, _) = box_of(&lexwatch.get("/search?q=%3F%3F%3F").await?.body, ".empty");
    assert!(said.contains("Nothing was searched") && said.contains("no word"), "{said}");
    let (said, links) = box_of(&lexwatch.get("/search?topic=gardening").await?.body, ".empty");
    assert!(said.contains("gardening") && links == ["/search"], "{said} {links:?}");
    Ok(())
}

#[tokio::test]
async fn what_is_misspelt_beside_words_is_left_out_and_said() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    let page = lexwatch.get("/search?q=encryption+jurisdicton:cn").await?.body;
    let (said, links) = box_of(&page, ".note");
    assert!(said.contains("Left out") && said.contains("jurisdicton:"), "{said}");
    assert_eq!(links, ["/search?q=encryption+jurisdiction%3Acn"]);
    assert!(page.contains("Germany adopts law on encryption of messages"), "the rest is searched");
    assert!(page.contains("value=\"encryption jurisdicton:cn\""), "the box keeps what was typed");
    let page = lexwatch.get("/search?q=encryption+contry:%22a+b%22+keys~4").await?.body;
    let (said, links) = box_of(&page, ".note");
    assert!(said.contains("contry:"), "{said}");
    assert!(said.contains("keys~4") && said.contains("read as it stands"), "{said}");
    assert!(!said.contains("not closed"), "all of the value is left out: {said}");
    assert!(!links.is_empty(), "{said}");
    let many: String = (0..12).map(|number| format!("topic:nothing{number} ")).collect();
    let many: String = url::form_urlencoded::byte_serialize(many.as_bytes()).collect();
    let page = lexwatch.get(&format!("/search?q=encryption+{many}")).await?.body;
    let (folded, _) = box_of(&page, ".note details");
    assert!(folded.contains("and 9 more") && folded.contains("nothing11"), "{folded}");
    Ok(())
}
