//! Subscribers and briefings on the command line, as an operator's scripts use them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const ITEM: &str = "{\"url\":\"https://example.org/1\",\"title\":\"China adopts law on encryption\",\"text\":\"The \
    parliament of China adopted a law on encryption.\",\"published\":\"2026-11-20\"}\n";

fn run(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_lexwatch"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input has closed it already, which is no failure.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What a command that must succeed answers.
fn answers(folder: &Path, arguments: &[&str], input: &str) -> Vec<Value> {
    let output = run(folder, arguments, input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn letters(folder: &Path) -> Vec<String> {
    let Ok(outbox) = fs::read_dir(folder.join("data/outbox")) else { return Vec::new() };
    let mut paths: Vec<_> = outbox.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn subscribers_are_added_listed_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let add =
        ["subscribers", "add", "-", "--query", "country:CN", "--rhythm", "daily", "--hour", "8"];
    let input = "ada@example.org\n\nnobody\nBob <bob@Example.org>\n";
    let output = run(folder, &add, input);
    assert_eq!(output.status.code(), Some(2), "one line is bad, the others are kept");
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 3"));
    let list = answers(folder, &["subscribers", "list"], "");
    assert_eq!(list.len(), 2);
    assert_eq!(list[1]["email"], "bob@example.org");
    assert_eq!(list[1]["query"], "country:CN");
    assert_eq!((&list[1]["rhythm"], &list[1]["hour"]), (&"daily".into(), &8.into()));
    assert_eq!(list[1]["confirmed"], Value::Null);
    assert!(
        list[1].get("token").is_none(),
        "what rules over a subscription is no business of logs"
    );
    answers(folder, &["briefings", "send"], "");
    assert_eq!(letters(folder).len(), 2, "each is asked");
    let removed = answers(folder, &["subscribers", "remove", "ADA@example.org"], "");
    assert_eq!(removed[0]["removed"], 1);
    assert_eq!(answers(folder, &["subscribers", "list"], "").len(), 1);
}

#[test]
fn wrong_wishes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let good = ["subscribers", "add", "ada@example.org", "--query", "", "--rhythm", "now"];
    for (place, bad) in [(2, "nobody"), (4, "topic:gardening"), (6, "hourly")] {
        let mut arguments = good;
        arguments[place] = bad;
        let output = run(folder.path(), &arguments, "");
        assert_eq!(output.status.code(), Some(2), "{bad}");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains(bad.trim_start_matches("topic:")), "{said}");
    }
    for more in [
        ["--zone", "Mars/Olympus"],
        ["--hour", "24"],
        ["--since", "yesterday"],
        ["--since", "2999-01-01T00:00:00Z"],
    ] {
        let arguments = [&good[..], &more].concat();
        assert_eq!(run(folder.path(), &arguments, "").status.code(), Some(2), "{more:?}");
    }
    assert!(answers(folder.path(), &["subscribers", "list"], "").is_empty());
}

#[test]
fn what_is_due_at_a_moment_is_shown_first_and_sent_once() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    answers(folder, &["import", "-"], ITEM);
    let add = "subscribers add ada@example.org --query encryption --rhythm daily --zone Europe/Berlin --hour 7 \
               --since 2026-11-22T12:00:00Z --confirmed";
    answers(folder, &add.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>(), "");
    let send = |now, more: &[&str]| {
        answers(folder, &[&["briefings", "send", "--now", now][..], more].concat(), "").remove(0)
    };
    let early = send("2026-11-23T05:59:59Z", &[]);
    assert_eq!(early["briefings"], Value::Array(Vec::new()));
    let dry = send("2026-11-23T06:00:00Z", &["--dry-run"]);
    assert_eq!(dry["briefings"][0]["email"], "ada@example.org");
    assert_eq!(dry["briefings"][0]["items"], 1);
    assert!(letters(folder).is_empty(), "a dry run sends nothing");
    let sent = send("2026-11-23T06:00:00Z", &[]);
    assert_eq!(sent["briefings"], dry["briefings"], "and changes nothing");
    assert_eq!(sent["sent"], 1);
    send("2026-11-24T06:00:00Z", &[]);
    let letters = letters(folder);
    assert_eq!(letters.len(), 1, "once");
    assert!(letters[0].contains("\r\nTo: ada@example.org\r\n"), "{}", letters[0]);
}
