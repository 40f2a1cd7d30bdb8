//! What is wrong with settings and catalogues is said when they are read, with its place.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::{Command, Output};

/// `sources list` with these settings, this catalogue and these variables.
fn run(settings: &str, catalog: &str, variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("lexwatch.toml", settings);
    write("sources.toml", catalog);
    list(folder.path(), variables)
}

fn list(folder: &Path, variables: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lexwatch"))
        .args(["sources", "list"])
        .current_dir(folder)
        .envs(variables.iter().copied())
        .output()
        .unwrap()
}

/// The faults, a line each, of something that cannot be used.
fn faults(output: &Output) -> Vec<String> {
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    said.trim_start_matches("lexwatch: ").lines().map(str::to_owned).collect()
}

fn source(schedule: &str, more: &str) -> String {
    format!(
        "[[source]]\nid = \"a\"\nname = \"A\"\nurl = \"https://example.org/\"\nformat = \"listing\"\n\
         publisher = \"news\"\nschedule = \"{schedule}\"\n{more}"
    )
}

const WITH_CATALOG: &str = "[sources]\nfile = \"sources.toml\"\n";

#[test]
fn a_selector_that_cannot_be_read_is_a_fault() {
    let more = "[source.listing]\nitem = \"li[[\"\nlink = \"a\"\nnext = \"\"\n[source.article]\nremove = \"p::\"\n";
    let faults = faults(&run(WITH_CATALOG, &source("0 0 * * * *", more), &[]));
    assert_eq!(
        faults,
        [
            "sources.toml:9: listing `item`: `li[[` is no CSS selector",
            "sources.toml:11: listing `next`: `` is no CSS selector",
            "sources.toml:13: article `remove`: `p::` is no CSS selector",
        ]
    );
}

#[test]
fn a_schedule_that_never_comes_up_is_a_fault() {
    for (schedule, what) in [
        ("0 0 0 30 2 *", "`0 0 0 30 2 *` never comes up"),
        ("0 0 0 1 1 * 2020", "`0 0 0 1 1 * 2020` never comes up"),
        ("every day", "`every day` is no cron line"),
        ("0 0 * * *", "`0 0 * * *` is no cron line"),
        ("0\\n0", "`0\\n0` is no cron line"),
    ] {
        let faults = faults(&run(WITH_CATALOG, &source(schedule, ""), &[]));
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert!(faults[0].starts_with("sources.toml:7: source `schedule`: "), "{faults:?}");
        assert!(faults[0].contains(what), "{faults:?}");
    }
    let output = run(WITH_CATALOG, &source("0 0 0 29 2 *", ""), &[]);
    assert!(output.status.success(), "a leap day comes up");
}

#[test]
fn a_catalogue_may_be_empty() {
    for empty in ["", "# nothing yet\n", "source = []\n"] {
        let output = run(WITH_CATALOG, empty, &[]);
        assert_eq!(output.status.code(), Some(0), "items may be imported: {output:?}");
    }
}

#[test]
fn a_fault_in_a_variable_names_the_variable() {
    let store = faults(&run("", "", &[("LEXWATCH_STORE_URL", "postgres://example.org/x")]));
    assert_eq!(
        store,
        ["LEXWATCH_STORE_URL: must be `sqlite`: other databases are not supported yet"]
    );
    let smtp = "[mail]\ntransport = \"smtp\"\nurl = \"smtp://127.0.0.1:25\"\n";
    let mail = faults(&run(smtp, "", &[("LEXWATCH_MAIL_URL", "pigeon://roof")]));
    assert_eq!(mail.len(), 1, "{mail:?}");
    assert!(mail[0].starts_with("LEXWATCH_MAIL_URL: cannot be used: "), "{mail:?}");
    let file = faults(&run("", "", &[("LEXWATCH_ADMIN_TOKEN_FILE", "missing.txt")]));
    assert!(file[0].starts_with("LEXWATCH_ADMIN_TOKEN_FILE: names missing.txt: "), "{file:?}");
    // What stands in the file has its line.
    let written = faults(&run("[store]\nurl = \"postgres://example.org/x\"\n", "", &[]));
    assert!(written[0].starts_with("lexwatch.toml:2: store `url` must be `sqlite`"), "{written:?}");
    let named = faults(&run("[admin]\n\ntoken_file = \"missing.txt\"\n", "", &[]));
    assert!(named[0].starts_with("lexwatch.toml:3: admin `token_file` names "), "{named:?}");
}

#[test]
fn faults_come_in_the_order_of_their_lines_and_doubles_among_them() {
    let settings = "[mail]\ntransport = \"pigeon\"\n[server]\nlisten = \"here\"\n[sources]\nfile = \"sources.toml\"\n[store]\nurl = \"x\"\n";
    let entry = |name: &str| {
        format!(
            "[[source]]\nid = \"a\"\nname = \"{name}\"\nurl = \"https://example.org/\"\nformat = \"feed\"\n\
             publisher = \"news\"\nschedule = \"often\"\n"
        )
    };
    let faults = faults(&run(settings, &(entry("") + &entry("B")), &[]));
    let places: Vec<_> =
        faults.iter().map(|fault| fault.split(": ").next().unwrap_or_default()).collect();
    assert_eq!(
        places,
        [
            "lexwatch.toml:2",
            "lexwatch.toml:4",
            "lexwatch.toml:8",
            "sources.toml:3",
            "sources.toml:7",
            "sources.toml:9",
            "sources.toml:14",
        ],
        "{faults:#?}"
    );
    assert!(faults[5].contains("the id `a` is there twice"), "{faults:#?}");
}

#[test]
fn a_file_that_is_not_utf8_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("lexwatch.toml");
    std::fs::write(&settings, b"[mail]\n# Gr\xfc\xdfe\n").unwrap();
    let said = faults(&list(folder.path(), &[]));
    assert_eq!(said, ["lexwatch.toml:2: byte 12 of the file is not UTF-8: save it as UTF-8"]);
    std::fs::write(&settings, WITH_CATALOG).unwrap();
    std::fs::write(folder.path().join("sources.toml"), b"# \xe9").unwrap();
    let said = faults(&list(folder.path(), &[]));
    assert_eq!(said, ["sources.toml:1: byte 3 of the file is not UTF-8: save it as UTF-8"]);
}
