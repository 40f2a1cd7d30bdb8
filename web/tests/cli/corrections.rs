//! People's word on tags, by the command line: in force at once, for good, and worth learning from.

use super::*;

const ITEM: &str = "{\"url\":\"https://example.org/1\",\"title\":\"China adopts law\",\"text\":\"The parliament of China \
                    adopted a law on encryption.\",\"published\":\"2026-11-01\"}\n{\"url\":\"https://example.org/2\",\
                    \"title\":\"A new loader\",\"text\":\"Researchers unpack a loader that steals passwords.\"}\n";

/// A folder with two items, and the ids of the one that is about policy and of the other.
fn filled() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let import = run_in(folder.path(), &["import", "-"], ITEM);
    assert_eq!(code(&import), Some(0), "{}", errors(&import));
    let id = |query: &str| {
        let found = run_in(folder.path(), &["search", "--json", query], "");
        let found = json_lines(&found);
        assert_eq!(found[0]["total"], 1, "{query}");
        found[0]["items"][0]["id"].as_str().unwrap().to_owned()
    };
    let ids = (id("policy:true"), id("policy:false"));
    (folder, ids.0, ids.1)
}

#[test]
fn a_correction_is_found_survives_retag_and_is_learnt_from() {
    let (folder, id, loader) = filled();
    let run = |arguments: &[&str]| run_in(folder.path(), arguments, "");
    let why = ["--by", "Ada", "--why", "It copies an Indian law."];
    let correct = [
        &["correct", &id, "--add", "country:in", "--add", "law:GDPR"][..],
        &["--remove", "topic:encryption"],
    ];
    let corrected = run(&[&correct.concat()[..], &why].concat());
    assert_eq!(code(&corrected), Some(0), "{}", errors(&corrected));
    let tags = &json_lines(&corrected)[0];
    assert_eq!(tags["id"], id.as_str());
    assert_eq!(tags["jurisdictions"][1]["code"], "IN");
    assert_eq!(tags["jurisdictions"][1]["score"], 1.0);
    assert_eq!(tags["instruments"][0]["slug"], "gdpr");
    assert_eq!(tags["topics"].as_array().unwrap().len(), 0, "{tags:#}");

    assert_eq!(errors(&corrected), "", "all of it changed something");
    let idle =
        run(&[&["correct", &id, "--remove", "country:US", "--add", "law:gdpr"][..], &why].concat());
    assert!(
        errors(&idle).contains(&format!("{id} does not have the tag `jurisdiction:US`")),
        "{}",
        errors(&idle)
    );
    assert!(
        errors(&idle).contains(&format!("{id} has the tag already: `instrument:gdpr`")),
        "{}",
        errors(&idle)
    );

    let again = run(&[&correct.concat()[..], &why].concat());
    assert_eq!(code(&again), Some(0));
    let same =
        "has the tag already: `instrument:gdpr`; the same was said before, and nothing changed";
    assert!(errors(&again).contains(same), "{}", errors(&again));
    assert_eq!(&json_lines(&again)[0], tags);

    let retag = run(&["retag"]);
    let retagged = &json_lines(&retag)[0];
    assert_eq!((&retagged["items"], &retagged["changed"]), (&2.into(), &0.into()), "{retagged}");
    let flip = run(&[&["correct", &loader, "--add", "policy"][..], &why].concat());
    assert_eq!(json_lines(&flip)[0]["policy"], true, "{}", errors(&flip));
    for (query, total) in [("country:IN law:gdpr", 1), ("topic:encryption", 0), ("loader", 1)] {
        assert_eq!(json_lines(&run(&["search", "--json", query]))[0]["total"], total, "{query}");
    }

    let unflip = run(&[&["correct", &loader, "--remove", "policy"][..], &why].concat());
    assert_eq!(code(&unflip), Some(0));
    let training = run(&["export", "--format", "training"]);
    let lines = json_lines(&training);
    assert_eq!(lines.len(), 2, "what is not about policy is learnt from too");
    let law = lines.iter().find(|line| line["id"] == id.as_str()).unwrap();
    assert_eq!(law["jurisdictions"], serde_json::json!(["CN", "IN"]));
    assert_eq!(law["instruments"], serde_json::json!(["gdpr"]));
    assert!(law["text"].as_str().unwrap().contains("The parliament of China"));
    assert_eq!(json_lines(&run(&["export", "--format", "training", "country:IN"])).len(), 1);
    std::fs::write(folder.path().join("texts.jsonl"), &training.stdout).unwrap();
    let evaluate = run(&["evaluate", "texts.jsonl", "--json"]);
    assert_eq!(json_lines(&evaluate)[0]["texts"], 2, "{}", errors(&evaluate));
    assert_eq!(code(&run(&["train", "texts.jsonl"])), Some(0));
}

#[test]
fn a_correction_that_makes_no_sense_is_wrong_use_and_says_why() {
    let (folder, id, loader) = filled();
    let correct = |id: &str, rest: &[&str]| {
        let who = ["correct", id, "--by", "Ada", "--why", "Because."];
        let output = run_in(folder.path(), &[&who[..], rest].concat(), "");
        assert_eq!(code(&output), Some(2), "{rest:?}: {}", errors(&output));
        assert!(output.stdout.is_empty(), "{rest:?}");
        errors(&output)
    };
    for (rest, part) in [
        (&["--add", "topic:encrpytion"][..], "did you mean `encryption`"),
        (&["--add", "encryption"], "did you mean `topic:encryption`"),
        (&["--remove", "country:Atlantis"], "`Atlantis` is not a jurisdiction"),
        (&["--add", "country:IN", "--remove", "country:in"], "both added and removed"),
        (&[], "--add or --remove"),
    ] {
        let said = correct(&id, rest);
        assert!(said.contains(part), "{rest:?}: {said}");
    }
    assert!(correct(&loader, &["--add", "country:IN"]).contains("add `policy` too"));
    assert!(correct("nobody", &["--add", "policy"]).contains("there is no item `nobody`"));
    assert!(correct("zzzzzzzz", &["--add", "policy"]).contains("there is no item"));
    let blank = run_in(
        folder.path(),
        &["correct", &id, "--add", "policy", "--by", " ", "--why", "Because."],
        "",
    );
    assert_eq!(code(&blank), Some(2));
    let training = run_in(folder.path(), &["export", "--format", "training"], "");
    assert!(training.stdout.is_empty(), "nothing was kept");
}

#[tokio::test]
async fn a_report_is_decided_beside_a_server_that_runs() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    let lexwatch = world.start().await.unwrap();
    lexwatch.ingest().await.unwrap();
    let found = lexwatch.json("/api/v1/items").await.unwrap();
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    let report = format!("/items/{id}/report");
    for form in [
        [("tag", "topic:encryption"), ("words", "It is about \u{1b}[31mvpns.")],
        [("tag", "missing"), ("words", "vpn-restrictions")],
        [("tag", "other"), ("words", "The title is odd.")],
    ] {
        lexwatch.post(&report, &form).await.unwrap();
    }
    let run = async |arguments: &[&str]| {
        let data = world.folder().join("data").display().to_string();
        let arguments: Vec<String> = arguments
            .iter()
            .map(|&one| one.to_owned())
            .chain(["--data".to_owned(), data])
            .collect();
        let folder = world.folder().to_owned();
        let run =
            move || run_in(&folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>(), "");
        tokio::task::spawn_blocking(run).await.unwrap()
    };
    let list = run(&["reports", "list"]).await;
    let lines = json_lines(&list);
    assert_eq!(lines.len(), 3, "{}", errors(&list));
    assert!(errors(&list).contains("3 reports wait"));
    assert_eq!(
        (&lines[0]["kind"], &lines[0]["tag"]),
        (&"wrong".into(), &"topic:encryption".into())
    );
    assert!(
        !String::from_utf8_lossy(&list.stdout).contains('\u{1b}'),
        "terminals stay as they are"
    );
    assert_eq!(lines[0]["item"], id.as_str());

    let accept = run(&["reports", "accept", "1", "--by", "Ada", "--why", "True."]).await;
    assert_eq!(code(&accept), Some(0), "{}", errors(&accept));
    assert_eq!(json_lines(&accept)[0]["state"], "accepted");
    let unnamed = run(&["reports", "accept", "2"]).await;
    assert_eq!(code(&unnamed), Some(2));
    assert!(errors(&unnamed).contains("--add or --remove"), "{}", errors(&unnamed));
    let named = run(&["reports", "accept", "2", "--add", "topic:vpn-restrictions"]).await;
    assert_eq!(code(&named), Some(0), "{}", errors(&named));
    assert_eq!(code(&run(&["reports", "reject", "3"]).await), Some(0));
    for again in ["1", "3", "99"] {
        assert_eq!(code(&run(&["reports", "accept", again]).await), Some(2), "{again}");
    }
    assert_eq!(json_lines(&run(&["reports", "list"]).await).len(), 0);
    assert_eq!(json_lines(&run(&["reports", "list", "--all"]).await).len(), 3);

    lexwatch.app.index.catch_up().await.unwrap();
    let total = async |topic: &str| {
        lexwatch.json(&format!("/api/v1/items?topic={topic}")).await.unwrap()["total"].clone()
    };
    assert_eq!(total("vpn-restrictions").await, 1, "the server's index follows");
    assert_eq!(total("encryption").await, 0);
}
