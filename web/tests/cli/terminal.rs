//! Whatever headlines, authors and pages say, a terminal is steered by none of it.

use std::process::Output;

use serde_json::Value;
use tests::{World, publish_tricks, tricks};

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

#[tokio::test]
async fn hostile_words_steer_no_terminal() {
    let mut world = World::new().await.unwrap();
    publish_tricks(&world.web);
    world.source("pages", "feed", "/pages.xml", "").source(
        "wire",
        "feed",
        "/wire.xml",
        "read = false",
    );
    // Errors repeat what pages are titled, and where they lead.
    let mut titled = String::new();
    for (number, trick) in tricks().iter().enumerate().filter(|(_, trick)| trick.name != "long") {
        let page = trick.page_of_numbers();
        let (head, _) = page.split_once("<p>").unwrap();
        world.web.html(&format!("/list/{number}"), head).html(&format!("/short/{number}"), head);
        world.source(&format!("titled-{number}"), "feed", &format!("/list/{number}"), "");
        titled.push_str(&format!(
            "<item><link>{}</link></item>",
            world.web.url(&format!("/short/{number}"))
        ));
    }
    world.web.rss("/short.xml", format!("<rss><channel>{titled}</channel></rss>"));
    world.source("short", "feed", "/short.xml", "");
    world.write_settings().unwrap();
    let folder = world.folder().to_owned();
    tokio::task::spawn_blocking(move || {
        let run = |arguments: &[&str]| {
            let output = run_in(&folder, arguments, "");
            assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", errors(&output));
            assert_plain(&arguments.join(" "), &output);
            output
        };
        let ingest = errors(&run(&["ingest", "--all"]));
        let told = |words: &str| ingest.lines().filter(|line| line.contains(words)).count();
        assert_eq!(
            told("no article: only 0 characters of text under the title"),
            tricks().len() - 1,
            "{ingest}"
        );
        assert_eq!(
            told("not a feed: the server sent an HTML page titled"),
            tricks().len() - 1,
            "{ingest}"
        );

        let found = errors(&run(&["search", "policy:any", "--limit", "100"]));
        assert_eq!(found.lines().count(), 3 * tricks().len() + 1, "an item is a line: {found}");
        assert!(found.contains("<script>alert(1)</script> China adopts"), "{found}");
        assert!(found.lines().all(|line| line.chars().count() < 400), "{found}");
        let listed = json_lines(&run(&["search", "policy:any", "--limit", "100", "--json"]));
        let titles: Vec<_> =
            listed[0]["items"].as_array().unwrap().iter().map(|item| &item["title"]).collect();
        assert!(
            titles.iter().any(|title| title.as_str().unwrap().contains('\u{202e}')),
            "JSON keeps what is said"
        );
        let sources = json_lines(&run(&["sources", "list"]));
        let failed =
            sources.iter().filter(|source| source["status"] == Value::from("failed")).count();
        assert_eq!(failed, tricks().len() - 1);
        for arguments in [
            ["export", "--format", "csv"],
            ["export", "--format", "ndjson"],
            ["export", "--format", "training"],
        ] {
            run(&arguments);
        }
    })
    .await
    .unwrap();
}
