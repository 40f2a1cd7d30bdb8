//! What stands beside what has all the words: what has some of them, or is about their subject.

use super::*;

#[tokio::test]
async fn a_story_among_the_results_is_not_repeated() {
    let folder = TempDir::new().unwrap();
    let index = open(folder.path()).await;
    let all =
        "Zebras are said to have been seen for years beside some of the older gates of the town.";
    let drafts = [
        Draft { title: "one", text: all, ..DRAFT },
        Draft { title: "Zebras", text: "Zebras, zebras, zebras.", ..DRAFT },
        Draft { title: "other", text: "Zebras in another town, and that is all.", ..DRAFT },
    ];
    let ids = keep(&index, 0, &drafts).await;
    let store = index.store();
    let story = store.item(ids[0]).await.unwrap().unwrap().story;
    let verdict = Verdict { by: "Ada".to_owned(), why: "One event.".to_owned(), at: now() };
    store.set_story(ids[1], Some(story), &verdict).await.unwrap();
    index.catch_up().await.unwrap();
    for (asked, expected) in
        [("zebras gates", vec!["other"]), ("zebras gates fold:false", vec!["Zebras", "other"])]
    {
        let answer = index.answer(&query(asked), &first(10), &[]).await.unwrap();
        let titles = |rows: &[(Arc<Item>, String)]| -> Vec<String> {
            rows.iter().map(|(item, _)| item.title.clone()).collect()
        };
        assert_eq!(titles(&answer.page.rows), ["one"], "{asked}");
        assert_eq!(titles(&answer.partly), expected, "{asked}");
    }
}

#[tokio::test]
async fn what_is_about_the_same_as_the_best_follows_them() {
    let about = |title, text, topics, jurisdictions, laws| Draft {
        title,
        text,
        topics,
        jurisdictions,
        laws,
        ..DRAFT
    };
    let (_folder, index) = filled(&[
        about("one", "Zebras guard the gates.", &["encryption"], &[], &[]),
        about("two", "Zebras guard the gates by night.", &["encryption"], &[], &[]),
        about("same", "Keys are kept in a safe.", &["encryption"], &[], &[]),
        about("else", "Cables are laid.", &["censorship"], &["FR"], &[]),
        about("law", "It applies from today.", &["data-protection"], &["EU"], &["GDPR"]),
        about("subject", "Files must be deleted.", &["data-protection"], &["EU"], &[]),
        about("elsewhere", "Files must be deleted.", &["data-protection"], &["BR"], &[]),
    ])
    .await;
    for (asked, found, partly) in [
        ("zebras gates", vec!["one", "two"], vec!["same"]),
        ("GDPR", vec!["law"], vec!["subject", "elsewhere"]),
        ("zebras-gates", vec!["one", "two"], vec!["same"]),
        ("zebras gates widen:false", vec!["one", "two"], vec![]),
        ("zebras gates topic:encryption", vec!["one", "two"], vec![]),
    ] {
        let answer = index.answer(&query(asked), &first(10), &[]).await.unwrap();
        let titles = |rows: &[(Arc<Item>, String)]| -> Vec<String> {
            rows.iter().map(|(item, _)| item.title.clone()).collect()
        };
        let mut all = titles(&answer.page.rows);
        all.sort();
        assert_eq!(all, found, "{asked}");
        assert_eq!(titles(&answer.partly), partly, "{asked}");
    }
}

#[tokio::test]
async fn a_word_that_a_third_of_all_items_have_is_not_enough() {
    let mut drafts: Vec<_> = (0..100)
        .map(|n| Draft { title: "rest", text: ["Gates.", "Towns."][usize::from(n < 40)], ..DRAFT })
        .collect();
    drafts.push(Draft { title: "all", text: "Zebras guard the towns.", ..DRAFT });
    drafts.push(Draft { title: "some", text: "Zebras guard trees.", ..DRAFT });
    let (_folder, index) = filled(&drafts).await;
    let answer = index.answer(&query("towns zebras"), &first(10), &[]).await.unwrap();
    let partly: Vec<_> = answer.partly.iter().map(|(item, _)| item.title.as_str()).collect();
    assert_eq!(partly, ["some"]);
    let nothing = index.answer(&query("towns gates"), &first(10), &[]).await.unwrap();
    assert_eq!(nothing.page.rows.len(), 10, "unless there is no other");
}
