//! Whatever is deleted or cut short, nothing is lost but time. (Kills of the binary are in `web/tests/kill.rs`.)

use std::fs;

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
