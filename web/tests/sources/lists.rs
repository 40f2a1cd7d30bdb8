//! Lists of feeds as people have them: with slips, old schemes, passwords, and a catalogue that is to be made.

use super::*;

const SLIPS: &str = "<?xml version=\"1.0\"?>\n<opml version=\"2.0\"><body>\n<!-- mine -->\n\
    <outline text=\"Old\" xmlUrl=\"feed://old.example/rss\"/>\n<outline text=\"Older\" xmlUrl=\"feed:http://older.example/rss\"/>\n\
    <outline text=\"Bare\" xmlUrl=\"bare.example/feed\"/>\n<outline text=\"Signed\"\n   xmlUrl=\"https://ada:secret@signed.example/rss\"/>\n\
    <outline xmlUrl=\"javascript:alert(1)\"/>\n</body></opml>";

/// A folder whose settings name `mine.toml`, with the list in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("lexwatch.toml"), "[sources]\nfile = \"mine.toml\"\n")
        .unwrap();
    std::fs::write(folder.path().join("list.opml"), SLIPS).unwrap();
    folder
}

#[test]
fn a_missing_or_empty_catalogue_is_filled_and_slips_are_named() {
    for standing in [None, Some(""), Some("# Mine.\n")] {
        let folder = folder();
        let mine = folder.path().join("mine.toml");
        if let Some(text) = standing {
            std::fs::write(&mine, text).unwrap();
        }
        let output = run_in(folder.path(), &["sources", "import", "list.opml"]);
        assert_eq!(output.status.code(), Some(2), "two slips: {}", errors(&output));
        let report = &json_lines(&output)[0];
        assert_eq!([&report["added"], &report["bad"]], [3, 2], "{report:#}");
        assert_eq!(
            (&report["faults"][0]["line"], &report["faults"][0]["title"]),
            (&6.into(), &"Bare".into())
        );
        assert_eq!(report["faults"][1]["line"], 9);
        assert_eq!(report["notes"][0]["line"], 7);
        let said = errors(&output);
        for part in [
            "list.opml:6: “Bare”: `bare.example/feed` is no address of a feed: it starts with http",
            "list.opml:9: `javascript:alert(1)` is no address",
            "list.opml:7: “Signed”: the name and password in its address are left out",
        ] {
            assert!(said.contains(part), "{part} is missing in {said}");
        }
        assert!(!said.contains("secret"), "{said}");
        let text = std::fs::read_to_string(&mine).unwrap();
        assert!(
            text.starts_with(standing.unwrap_or_default()) && !text.contains("secret"),
            "{text}"
        );
        let found = web::config::catalog::parse("mine.toml", &text).unwrap();
        let urls: Vec<_> = found.iter().map(|source| source.url.as_str()).collect();
        assert_eq!(
            urls,
            ["https://old.example/rss", "http://older.example/rss", "https://signed.example/rss"]
        );
    }
}

#[test]
fn a_list_that_brings_nothing_makes_no_file_and_a_faulty_catalogue_stays() {
    let folder = folder();
    let mine = folder.path().join("mine.toml");
    std::fs::write(
        folder.path().join("list.opml"),
        "<opml><outline text=\"x\" xmlUrl=\"y\"/></opml>",
    )
    .unwrap();
    let output = run_in(folder.path(), &["sources", "import", "list.opml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(!mine.exists());
    std::fs::write(&mine, "[[source]]\nid = \"A B\"\n").unwrap();
    std::fs::write(folder.path().join("list.opml"), SLIPS).unwrap();
    let output = run_in(folder.path(), &["sources", "import", "list.opml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("mine.toml:2: source `id`"), "{}", errors(&output));
    assert_eq!(std::fs::read_to_string(&mine).unwrap(), "[[source]]\nid = \"A B\"\n");
}

#[test]
fn a_list_that_broke_off_is_taken_as_far_as_it_goes_and_said_to_be_cut() {
    let folder = folder();
    let whole = SLIPS.find("</body>").unwrap();
    std::fs::write(folder.path().join("list.opml"), &SLIPS[..whole]).unwrap();
    let output = run_in(folder.path(), &["sources", "import", "list.opml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        errors(&output).contains("list.opml: it ends before its list does"),
        "{}",
        errors(&output)
    );
    assert!(folder.path().join("mine.toml").exists());
}
