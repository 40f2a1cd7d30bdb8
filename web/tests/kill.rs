//! `kill -9` in the middle of an ingest loses nothing and keeps nothing twice.

use std::collections::BTreeSet;
use std::process::Stdio;

use anyhow::ensure;
use tests::World;
use tokio::process::Command;

const ITEMS: usize = 30;

fn lexwatch(world: &World) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lexwatch"));
    command
        .arg("--config")
        .arg(world.folder().join("lexwatch.toml"))
        .arg("--data")
        .arg(world.folder().join("data"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Every address that the store has, by way of the index.
async fn exported(world: &World) -> anyhow::Result<Vec<String>> {
    let output =
        lexwatch(world).args(["export", "policy:any", "--format", "ndjson"]).output().await?;
    ensure!(output.status.success(), "export failed");
    String::from_utf8(output.stdout)?
        .lines()
        .map(|line| Ok(serde_json::from_str::<serde_json::Value>(line)?["url"].to_string()))
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_article_is_there_exactly_once_after_kills_at_many_points() -> anyhow::Result<()> {
    let topics: Vec<String> =
        (0..ITEMS).map(|number| format!("data localization, part {number}")).collect();
    let items: Vec<_> = topics.iter().map(|topic| ("China", topic.as_str())).collect();
    let world = World::with_press(&items).await?;
    world.write_settings()?;
    // A kill after two to six requests: at the feed, or at the first, second, … page that waits.
    for requests in 1..=ITEMS {
        let before = world.web.log().len();
        let mut child = lexwatch(&world).args(["ingest", "--all"]).spawn()?;
        tokio::select! {
            () = world.web.asked(before + 2 + requests % 5) => child.kill().await?,
            ended = child.wait() => ensure!(ended?.success(), "ingest failed"),
        }
    }
    let ended = lexwatch(&world).args(["ingest", "--all"]).status().await?;
    ensure!(ended.success(), "the last ingest failed");
    let urls = exported(&world).await?;
    let distinct: BTreeSet<_> = urls.iter().collect();
    ensure!(urls.len() == ITEMS, "{} of {ITEMS} are found", urls.len());
    ensure!(distinct.len() == ITEMS, "some are there twice");
    Ok(())
}
