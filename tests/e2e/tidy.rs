//! The shape of the code is what ARCHITECTURE.md says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Lines of a Rust file; a file that needs more knows two things.
const MAX_RUST: usize = 420;
const MAX_TEMPLATE: usize = 120;
const MAX_CSS: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below the workspace with this ending, `target` and dot-folders apart.
fn files(ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && !name.starts_with('.') && name != "target" && name != "data" {
                open.push(path);
            } else if name.ends_with(ending) {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "no {ending} files found");
    found
}

fn longer_than(ending: &str, most: usize) -> Vec<String> {
    let lines = |path: &PathBuf| fs::read_to_string(path).unwrap_or_default().lines().count();
    let long = files(ending).into_iter().filter(|path| lines(path) > most);
    long.map(|path| format!("{} has {} lines, at most {most}", path.display(), lines(&path)))
        .collect()
}

#[test]
fn files_are_short() {
    let mut long = longer_than(".rs", MAX_RUST);
    let templates = longer_than(".html", MAX_TEMPLATE);
    long.extend(
        templates
            .into_iter()
            .filter(|path| path.contains("/templates/") && !path.contains("/newsroom/")),
    );
    long.extend(longer_than(".css", MAX_CSS).into_iter().filter(|path| path.contains("/static/")));
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<_> = files(".rs")
        .into_iter()
        .filter(|path| !fs::read_to_string(path).unwrap_or_default().starts_with("//!"))
        .collect();
    assert!(silent.is_empty(), "no //! line at the head of {silent:#?}");
}

#[test]
fn no_drawer_for_everything() {
    let drawers = ["utils.rs", "helpers.rs", "common.rs", "misc.rs", "types.rs", "mod.rs"];
    let found: Vec<_> = files(".rs")
        .into_iter()
        .filter(|path| {
            path.file_name().is_some_and(|name| drawers.iter().any(|drawer| name == *drawer))
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}

/// Which of our crates, and which heavy libraries, a crate may use.
#[test]
fn crates_use_only_what_they_may() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--no-deps", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("crawler", &["reqwest", "scraper"][..]),
        ("classifier", &["rust-bert", "tch"][..]),
        ("index", &["classifier", "crawler", "sqlx", "tantivy"][..]),
        ("web", &["classifier", "crawler", "index", "axum", "askama"][..]),
        ("tests", &["classifier", "crawler", "index", "web", "axum"][..]),
    ]);
    let watched = [
        "crawler",
        "classifier",
        "index",
        "web",
        "reqwest",
        "scraper",
        "rust-bert",
        "tch",
        "sqlx",
        "tantivy",
        "axum",
        "askama",
    ];
    for package in metadata["packages"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let may =
            allowed.get(name).unwrap_or_else(|| panic!("a crate {name} that nobody agreed on"));
        for dependency in package["dependencies"].as_array().unwrap() {
            let used = dependency["name"].as_str().unwrap();
            let for_tests = dependency["kind"] == "dev";
            assert!(
                for_tests || !watched.contains(&used) || may.contains(&used),
                "{name} must not use {used}"
            );
        }
    }
}

#[test]
fn sql_stays_in_index() {
    let statements = ["INSERT INTO ", "SELECT ", "DELETE FROM ", "UPDATE "];
    let found: Vec<_> = files(".rs")
        .into_iter()
        .filter(|path| {
            !path.components().any(|part| part.as_os_str() == "index" || part.as_os_str() == "e2e")
        })
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            statements.iter().any(|statement| text.contains(statement))
        })
        .collect();
    assert!(found.is_empty(), "{found:#?}");
}
