//! People's word on stories, by the command line: for good.

use super::*;

const ITEMS: &str = "{\"url\":\"https://one.example/1\",\"title\":\"Russia's Duma votes to fine help with VPNs\",\"text\":\"The State Duma \
    in Moscow has passed a bill at third reading with 361 votes that fines private persons up to 80,000 roubles and companies up \
    to 700,000 for helping others to set up a VPN. Roskomnadzor will watch over it.\",\"published\":\"2026-11-09\",\"language\":\"en\"}\n\
    {\"url\":\"https://two.example/1\",\"title\":\"Duma punishes VPN helpers\",\"text\":\"Russia's State Duma has adopted a law with 361 votes: \
    whoever helps others to set up a VPN risks a fine of 80,000 roubles, a company one of 700,000 roubles. The censor Roskomnadzor \
    enforces it.\",\"published\":\"2026-11-10\",\"language\":\"en\"}\n";

#[test]
fn an_item_is_taken_out_of_a_story_stays_out_and_is_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| run_in(folder.path(), arguments, "");
    let import = run_in(folder.path(), &["import", "-"], ITEMS);
    assert_eq!(code(&import), Some(0), "{}", errors(&import));
    let items = || json_lines(&run(&["search", "--json", "policy:any"]))[0]["items"].clone();
    let found = items();
    assert_eq!(found[0]["story"], found[1]["story"], "{found:#}");
    let story = found[0]["story"].as_str().unwrap();
    // Each has a name of its own once they are parted, whichever founded the story.
    let ids = [0, 1].map(|number| found[number]["id"].as_str().unwrap());
    let item = ids.into_iter().find(|id| story == format!("s{id}")).unwrap();
    let other = ids.into_iter().find(|id| *id != item).unwrap();
    let shown = &json_lines(&run(&["stories", "show", story]))[0];
    assert_eq!(shown["items"].as_array().unwrap().len(), 2);

    let why = ["--by", "Ada", "--why", "two votes"];
    let detached = run(&[&["stories", "detach", item][..], &why].concat());
    assert_eq!(code(&detached), Some(0), "{}", errors(&detached));
    assert_eq!(json_lines(&detached)[0]["total"], 1);
    assert_eq!(json_lines(&detached)[0]["items"][0]["id"], item);
    for id in ids {
        let alone = &json_lines(&run(&["stories", "show", &format!("s{id}")]))[0];
        assert_eq!(
            (&alone["total"], &alone["items"][0]["id"]),
            (&1.into(), &id.into()),
            "{alone:#}"
        );
    }
    for again in ["retag", "reindex"] {
        assert_eq!(code(&run(&[again])), Some(0));
        let found = items();
        assert_ne!(found[0]["story"], found[1]["story"], "after {again}");
    }
    let attached = run(&[&["stories", "attach", item, &format!("s{other}")][..], &why].concat());
    assert_eq!(json_lines(&attached)[0]["total"], 2, "{}", errors(&attached));
    assert_eq!(json_lines(&attached)[0]["words"].as_array().unwrap().len(), 2);

    let nobody = run(&[&["stories", "attach", "zzzzzzzz", story][..], &why].concat());
    assert_eq!(code(&nobody), Some(2));
    assert_eq!(code(&run(&["stories", "show", "s1"])), Some(2));
    let mistaken = run(&[&["stories", "attach", ids[0], ids[1]][..], &why].concat());
    assert_eq!(code(&mistaken), Some(2));
    let said = errors(&mistaken);
    assert!(said.contains(&format!("`{}` is an item; its story is `s{other}`", ids[1])), "{said}");
}
