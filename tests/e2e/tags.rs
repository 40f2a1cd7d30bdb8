//! A tag can be trusted: it comes with the words that led to it.

use tests::World;

#[tokio::test]
async fn every_tag_shows_words_that_stand_in_the_item() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization and VPN services")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let found = lexwatch.json("/api/v1/items").await?;
    let id = found["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let item = lexwatch.json(&format!("/api/v1/items/{id}")).await?;
    let page = lexwatch.get(&format!("/items/{id}")).await?.body;
    let mut quotes = 0;
    for kind in ["jurisdictions", "topics", "stage", "instruments"] {
        for tag in item["evidence"][kind].as_array().into_iter().flatten() {
            let evidence = tag["evidence"].as_array().cloned().unwrap_or_default();
            assert!(!evidence.is_empty(), "{kind} {} has no evidence", tag["value"]);
            for span in &evidence {
                let quote = span["quote"].as_str().unwrap_or_default();
                assert!(page.contains(quote), "the page shows {quote:?}");
                quotes += 1;
            }
        }
    }
    assert!(quotes >= 3, "{item:#}");
    assert!(item["model"].as_str().is_some_and(|model| !model.is_empty()));
    Ok(())
}
