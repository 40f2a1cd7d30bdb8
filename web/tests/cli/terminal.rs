//! Whatever headlines, authors and pages say, a terminal is steered by none of it.

use std::process::Output;

use serde_json::Value;
use tests::{Trick, World, publish_tricks, tricks};

use super::{errors, json_lines, run_in};

/// What steers a terminal or turns a line; lines end.
fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}');
    turns || (c.is_control() && c != '\n')
}

fn assert_plain(name: &str, output: &Output) {
    for shown in [&output.stdout, &output.stderr] {
        let shown = String::from_utf8(shown.clone()).unwrap();
        for line in shown.lines() {
            assert!(!line.contains(steers), "{name}: {line:?}");
        }
    }
}

/// Two sources of every trick, and more whose errors repeat what their pages are titled.
fn world_of(mut world: World) -> World {
    publish_tricks(&world.web);
    world.source("pages", "feed", "/pages.xml", "");
    world.source("wire", "feed", "/wire.xml", "read = false");
    let mut titled = String::new();
    for (number, trick) in titles().iter().enumerate() {
        let page = trick.page_of_numbers();
        let (head, _) = page.split_once("<p>").unwrap();
        world.web.html(&format!("/list/{number}"), head);
        world.web.html(&format!("/short/{number}"), head);
        world.source(&format!("titled-{number}"), "feed", &format!("/list/{number}"), "");
        let url = world.web.url(&format!("/short/{number}"));
        titled.push_str(&format!("<item><link>{url}</link></item>"));
    }
    world.web.rss("/short.xml", format!("<rss><channel>{titled}</channel></rss>"));
    world.source("short", "feed", "/short.xml", "");
    world.write_settings().unwrap();
    world
}

/// The tricks whose words fit into a title.
fn titles() -> Vec<Trick> {
    tricks().into_iter().filter(|trick| trick.name != "long").collect()
}

#[tokio::test]
async fn hostile_words_steer_no_terminal() {
    let world = world_of(World::new().await.unwrap());
    let folder = world.folder().to_owned();
    let all = tricks().len();
    let look = move || {
        let run = |arguments: &[&str]| {
            let output = run_in(&folder, arguments, "");
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", errors(&output));
            assert_plain(&arguments.join(" "), &output);
            output
        };
        let ingest = errors(&run(&["ingest", "--all"]));
        for words in [
            "no article: only 0 characters of text under",
            "not a feed: the server sent an HTML page",
        ] {
            let told = ingest.lines().filter(|line| line.contains(words)).count();
            assert_eq!(told, titles().len(), "{words}: {ingest}");
        }
        let found = errors(&run(&["search", "policy:any", "--limit", "100"]));
        assert_eq!(found.lines().count(), 3 * all + 1, "an item is a line: {found}");
        assert!(found.contains("<script>alert(1)</script> China adopts"), "{found}");
        assert!(found.lines().all(|line| line.chars().count() < 400), "{found}");
        let listed = json_lines(&run(&["search", "policy:any", "--limit", "100", "--json"]));
        let items = listed[0]["items"].as_array().unwrap();
        let turned = |item: &Value| item["title"].as_str().unwrap().contains('\u{202e}');
        assert!(items.iter().any(turned), "JSON holds what was said");
        let sources = json_lines(&run(&["sources", "list"]));
        let failed = sources.iter().filter(|source| source["status"] == "failed").count();
        assert_eq!(failed, titles().len());
        for format in ["csv", "ndjson", "training"] {
            run(&["export", "--format", format]);
        }
    };
    tokio::task::spawn_blocking(look).await.unwrap();
}
