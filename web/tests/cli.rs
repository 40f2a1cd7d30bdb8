//! The command line: one line of JSON per answer, and exit codes that scripts can trust.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::Write as _;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tests::World;

#[path = "cli/corrections.rs"]
mod corrections;
#[path = "cli/stories.rs"]
mod stories;
#[path = "cli/terminal.rs"]
mod terminal;

fn run(arguments: &[&str], input: &str) -> Output {
    let folder = tempfile::tempdir().unwrap();
    run_in(folder.path(), arguments, input)
}

fn run_in(folder: &std::path::Path, arguments: &[&str], input: &str) -> Output {
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

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn json_lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn extract_reads_one_page_and_a_batch() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let text = tests::article("China", "encryption");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    std::fs::write(&page, tests::page("China adopts law", "2026-11-23", &text)).unwrap();
    let empty = folder.path().join("empty.html");
    std::fs::write(&empty, "<html><title>Nothing here</title></html>").unwrap();

    let one =
        run_in(folder.path(), &["extract", "--url", "https://example.org/a", "page.html"], "");
    assert_eq!(code(&one), Some(0), "{}", errors(&one));
    assert_eq!(json_lines(&one)[0]["title"], "China adopts law");

    let none = run_in(folder.path(), &["extract", "empty.html"], "");
    assert_eq!(code(&none), Some(2));
    assert!(errors(&none).contains("no article"), "{}", errors(&none));

    let lines = format!(
        "{{\"id\":\"a\",\"url\":\"\",\"path\":\"{}\"}}\n{{\"id\":\"b\",\"url\":\"\",\"path\":\"{}\"}}\n",
        page.display(),
        empty.display()
    );
    let batch = json_lines(&run(&["extract", "--batch"], &lines));
    assert_eq!(batch[0]["id"], "a");
    assert_eq!(batch[0]["title"], "China adopts law");
    assert!(batch[1]["error"].as_str().unwrap().contains("no article"));
    assert_eq!(batch[1]["title"], "Nothing here", "what was found all the same");
}

#[test]
fn feed_gives_entries_and_refuses_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let rss =
        tests::feed("https://example.org", &[("/a", "A &amp; B", "Mon, 23 Nov 2026 08:00:00 GMT")]);
    std::fs::write(folder.path().join("feed.xml"), rss).unwrap();
    std::fs::write(folder.path().join("page.html"), "<html><title>Hi</title></html>").unwrap();
    let feed = run_in(folder.path(), &["feed", "feed.xml"], "");
    assert_eq!(code(&feed), Some(0), "{}", errors(&feed));
    let entry = &json_lines(&feed)[0]["entries"][0];
    assert_eq!(entry["title"], "A & B");
    assert_eq!(entry["url"], "https://example.org/a");
    assert_eq!(code(&run_in(folder.path(), &["feed", "page.html"], "")), Some(2));
}

#[test]
fn classify_tags_lines_and_names_bad_ones() {
    let input = "{\"id\":1,\"title\":\"China adopts cybersecurity law\",\"text\":\"China's parliament adopted a \
                 Cybersecurity Law that obliges operators to store data in the country.\"}\nnot json\n";
    let output = run(&["classify"], input);
    assert_eq!(code(&output), Some(2));
    assert!(errors(&output).contains("line 2"), "{}", errors(&output));
    let tagged = &json_lines(&output)[0];
    assert_eq!(tagged["policy"], true);
    assert_eq!(tagged["jurisdictions"][0]["code"], "CN");
    let evidence = &tagged["jurisdictions"][0]["evidence"][0];
    assert!(evidence["in"] == "title" || evidence["in"] == "text", "{tagged:#}");
}

#[test]
fn a_model_is_learnt_and_measured_from_labelled_texts() {
    let folder = tempfile::tempdir().unwrap();
    let labelled = "{\"title\":\"China adopts law on encryption\",\"text\":\"The parliament of China adopted a law on \
                    encryption keys.\",\"policy\":true,\"jurisdictions\":[\"CN\"],\"topics\":[\"encryption\"],\
                    \"stage\":\"adopted\"}\n{\"title\":\"New loader\",\"text\":\"Researchers unpack a loader that \
                    steals passwords.\",\"policy\":false}\n";
    let question = "{\"question\":\"may police read our chats\",\"topics\":[\"encryption\"]}\n";
    std::fs::write(folder.path().join("texts.jsonl"), labelled).unwrap();
    std::fs::write(folder.path().join("asked.jsonl"), question).unwrap();
    let train =
        run_in(folder.path(), &["train", "texts.jsonl", "asked.jsonl", "--out", "new.toml"], "");
    assert_eq!(code(&train), Some(0), "{}", errors(&train));
    let report = &json_lines(&train)[0];
    assert_eq!((&report["texts"], &report["questions"]), (&2.into(), &1.into()));
    assert!(folder.path().join("new.toml").is_file());
    let evaluate = run_in(folder.path(), &["evaluate", "texts.jsonl", "--json"], "");
    let measured = &json_lines(&evaluate)[0];
    assert_eq!(measured["texts"], 2);
    let measures = measured["measures"].as_array().unwrap();
    let policy = measures.iter().find(|measure| measure["tag"] == "policy/true").unwrap();
    assert_eq!(policy["f1"], 1.0, "{measured:#}");

    std::fs::write(folder.path().join("bad.jsonl"), "{\"title\":\"x\"}\n").unwrap();
    for bad in [["train", "bad.jsonl"], ["evaluate", "bad.jsonl"]] {
        let output = run_in(folder.path(), &bad, "");
        assert_eq!(code(&output), Some(2));
        assert!(errors(&output).contains("bad.jsonl, line 1"), "{}", errors(&output));
    }
    let misspelt = question.replace("encryption", "encyption");
    std::fs::write(folder.path().join("bad.jsonl"), misspelt).unwrap();
    let output = run_in(folder.path(), &["train", "bad.jsonl"], "");
    assert_eq!(code(&output), Some(2));
    assert!(errors(&output).contains("line 1: unknown topic `encyption`"), "{}", errors(&output));
}

#[test]
fn the_accuracy_that_readers_are_told_is_the_models() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../classifier/data");
    let output = run(&["evaluate", &format!("{data}/held_back.jsonl"), "--json"], "");
    let told: Value =
        serde_json::from_str(&std::fs::read_to_string(format!("{data}/accuracy.json")).unwrap())
            .unwrap();
    assert_eq!(
        json_lines(&output),
        [told],
        "write it again: lexwatch evaluate classifier/data/held_back.jsonl --json"
    );
}

#[test]
fn an_import_names_dates_that_it_does_not_believe() {
    let folder = tempfile::tempdir().unwrap();
    let line = |number: u8, published: &str| {
        format!(
            "{{\"url\":\"https://example.org/{number}\",\"title\":\"A law\",\"text\":\"China adopted a law.\",\
             \"published\":\"{published}\"}}\n"
        )
    };
    let import = run_in(
        folder.path(),
        &["import", "-"],
        &[line(1, "2026-11-01"), line(2, "9026-11-01")].concat(),
    );
    assert_eq!(code(&import), Some(0), "{}", errors(&import));
    let told =
        "line 2: published: 9026-11-01 is more than two days ahead; it is kept without a date";
    assert!(errors(&import).contains(told), "{}", errors(&import));
    assert!(!errors(&import).contains("line 1"), "{}", errors(&import));
    assert_eq!(json_lines(&import)[0]["kept"], 2);
}

#[test]
fn import_search_and_export_work_on_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let line = |number: usize| {
        format!(
            "{{\"url\":\"https://example.org/{number}\",\"title\":\"China adopts law {number}\",\"text\":\"The parliament \
             of China adopted a law on encryption.\",\"published\":\"2026-11-0{number}\",\"source\":null,\"language\":null,\"extra\":true}}\n"
        )
    };
    let empty = "{\"url\":\"https://example.org/9\",\"title\":\" \",\"text\":\"\"}\n";
    let input = format!("{}{}{{\"url\":\"ftp://x\"}}\n{}{empty}", line(1), line(2), line(1));
    let import = run_in(folder.path(), &["import", "-"], &input);
    assert_eq!(code(&import), Some(2), "a bad line");
    assert!(errors(&import).contains("line 3"), "{}", errors(&import));
    assert!(errors(&import).contains("line 5: title and text are both empty"));
    assert_eq!(json_lines(&import)[0]["kept"], 2);
    assert_eq!(json_lines(&import)[0]["known"], 1);
    let search = run_in(folder.path(), &["search", "--json", "country:CN", "encryption"], "");
    assert_eq!(json_lines(&search)[0]["total"], 2, "{}", errors(&search));
    let found = &json_lines(&search)[0];
    assert_eq!((&found["stories"], &found["items"][0]["language"]), (&2.into(), &"en".into()));
    assert_eq!(found["facets"]["jurisdiction"][0]["value"], "CN", "{found}");
    assert_eq!(found["facets"]["topic"][0]["value"], "encryption", "{found}");
    let search = run_in(folder.path(), &["search", "--json", "lang:en", "encrpytion"], "");
    assert_eq!(json_lines(&search)[0]["instead"], "encryption lang:en", "{}", errors(&search));
    let search = run_in(folder.path(), &["search", "encryption"], "");
    assert!(!errors(&search).contains("(+"), "{}", errors(&search));
    let export = run_in(folder.path(), &["export", "--format", "csv"], "");
    assert_eq!(String::from_utf8_lossy(&export.stdout).lines().count(), 3);
    let reindex = run_in(folder.path(), &["reindex"], "");
    assert_eq!(code(&reindex), Some(0));
    let retag = run_in(folder.path(), &["retag"], "");
    assert_eq!(json_lines(&retag)[0]["items"], 2);
    assert_eq!(json_lines(&retag)[0]["changed"], 0);
}

#[test]
fn a_line_that_is_no_text_loses_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let line = |number: usize| {
        format!(
            "{{\"id\":{number},\"url\":\"https://example.org/{number}\",\"title\":\"Law\",\"text\":\"A law.\"}}\n"
        )
    };
    let parts = [
        "\u{feff}".as_bytes(),
        line(1).as_bytes(),
        b"{\"title\":\"\xff\"}\n",
        b"[]\r\n",
        line(2).as_bytes(),
    ]
    .concat();
    std::fs::write(folder.path().join("lines.jsonl"), parts).unwrap();
    for command in ["import", "classify"] {
        let output = run_in(folder.path(), &[command, "lines.jsonl"], "");
        assert_eq!(code(&output), Some(2));
        let told = errors(&output);
        assert!(told.contains("line 2: byte 11 of it is not UTF-8"), "{told}");
        assert!(told.contains("line 3: it is not a JSON object"), "{told}");
        let answers = json_lines(&output);
        assert!(answers.len() == 2 || answers[0]["kept"] == 2, "{answers:?}");
    }
    std::fs::write(folder.path().join("empty.jsonl"), "\n").unwrap();
    let empty = run_in(folder.path(), &["import", "empty.jsonl"], "");
    assert_eq!(code(&empty), Some(2));
}

#[test]
fn what_a_line_says_of_itself_is_checked() {
    let line = |more: &str| {
        format!(
            "{{\"url\":\"https://example.org/1\",\"title\":\"Law\",\"text\":\"A law.\",{more}}}\n"
        )
    };
    let import = [
        line("\"language\":\"klingon\""),
        line("\"source\":\"My Source\""),
        line("\"language\":\"pt-BR\",\"source\":\"my-source\""),
    ];
    let folder = tempfile::tempdir().unwrap();
    let output = run_in(folder.path(), &["import", "-"], &import.concat());
    assert_eq!(code(&output), Some(2));
    let said = errors(&output);
    assert!(said.contains("line 1: language: `klingon` is no language"), "{said}");
    assert!(said.contains("line 2: source: `My Source` is not an id"), "{said}");
    let found = run_in(folder.path(), &["search", "--json", "policy:any lang:pt"], "");
    assert_eq!(json_lines(&found)[0]["total"], 1, "{}", errors(&found));

    let texts = [
        line("\"language\":\"english\""),
        line("\"home\":\"Atlantis\""),
        line("\"date\":\"12/07/2017\""),
        line("\"language\":\"en-GB\",\"home\":\"DE\",\"date\":\"2017-07-12T10:00:00Z\""),
        line("\"language\":\"\",\"home\":\"\",\"date\":\"\""),
    ];
    let output = run(&["classify"], &texts.concat());
    assert_eq!((code(&output), json_lines(&output).len()), (Some(2), 2));
    let said = errors(&output);
    for part in
        ["line 1: language: `english`", "line 2: home: `Atlantis`", "line 3: date: `12/07/2017`"]
    {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
}

#[test]
fn wrong_use_is_exit_2_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let faulty = "[server]\nlisten = \"here\"\n[crawler]\nconcurrency = 0\ncolour = 1\n[mail]\ntransport = \"pigeon\"\n";
    std::fs::write(folder.path().join("lexwatch.toml"), faulty).unwrap();
    let output = run_in(folder.path(), &["sources", "list"], "");
    assert_eq!(code(&output), Some(2));
    let said = errors(&output);
    for part in ["lexwatch.toml:2", "lexwatch.toml:4", "lexwatch.toml:5", "lexwatch.toml:7"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    assert_eq!(code(&run(&["search", "topic:gardening"], "")), Some(2));
    assert_eq!(code(&run(&["fly"], "")), Some(2));
    assert_eq!(code(&run(&["ingest", "--source", "nobody"], "")), Some(2));
    assert_eq!(code(&run(&["extract", "missing.html"], "")), Some(2));
}

#[tokio::test]
async fn the_report_of_an_ingest_has_the_agreed_shape() {
    let mut world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.source("missing", "feed", "/missing.xml", "");
    world.write_settings().unwrap();
    let folder = world.folder().to_owned();
    let output =
        tokio::task::spawn_blocking(move || run_in(&folder, &["ingest", "--all", "--json"], ""));
    let output = output.await.unwrap();
    assert_eq!(code(&output), Some(0), "{}", errors(&output));
    let report = &json_lines(&output)[0];
    assert_eq!(report["kept"], 1);
    let source = |id: &str| {
        let sources = report["sources"].as_array().unwrap();
        sources.iter().find(|source| source["id"] == id).unwrap().clone()
    };
    assert_eq!(source("press")["status"], "ok");
    assert_eq!(source("press")["new"], 1);
    assert_eq!(source("missing")["status"], "failed");
    assert!(source("missing")["error"].as_str().unwrap().contains("404"));
}
