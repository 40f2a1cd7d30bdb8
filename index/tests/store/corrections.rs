//! What people say of tags wins, stays, and is followed by the index; what readers report waits for a person.

use Action::{Add, Remove};
use classifier::{Action, Label};
use index::{Complaint, Decided, ItemId, ReportState, Reported, Verdict};

use super::*;

fn label(text: &str) -> Label {
    text.parse().unwrap()
}

fn verdict(time: &str) -> Verdict {
    Verdict { by: "Ada".to_owned(), why: "The law is Chinese.".to_owned(), at: at(time) }
}

async fn with_item(folder: &TempDir) -> (Store, ItemId) {
    let store = open(folder).await;
    let article = article("https://press.example/a", "A law is adopted");
    let Inserted::New(id) = import(&store, &article, at("10:00:00")).await else { panic!() };
    (store, id)
}

async fn names(store: &Store, id: ItemId) -> Vec<String> {
    let item = store.item(id).await.unwrap().unwrap();
    item.tags.labels().iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_correction_is_in_force_at_once_and_outlives_the_model() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    let words = [(Add, label("country:CN")), (Add, label("topic:encryption"))];
    let answered = store.correct(id, &words, &verdict("11:00:00")).await.unwrap().unwrap();
    assert_eq!(names(&store, id).await, ["policy", "jurisdiction:CN", "topic:encryption"]);
    assert_eq!(answered, store.item(id).await.unwrap().unwrap().tags);
    assert!(store.item(id).await.unwrap().unwrap().corrected);
    assert_eq!(store.head().await.unwrap(), 2, "the index follows one line");

    // Another model has tags of its own, and one that a person removes.
    let mut other = tags(true, "rules-2");
    other.add(label("topic:censorship")).unwrap();
    other.add(label("country:IN")).unwrap();
    let in_force = store.retag(id, &other, at("12:00:00")).await.unwrap();
    let expected =
        ["policy", "jurisdiction:IN", "jurisdiction:CN", "topic:encryption", "topic:censorship"];
    assert_eq!(names(&store, id).await, expected);
    assert_eq!(in_force.model, "rules-2");
    store.correct(id, &[(Remove, label("country:IN"))], &verdict("13:00:00")).await.unwrap();
    store.retag(id, &other, at("14:00:00")).await.unwrap();
    assert_eq!(names(&store, id).await, ["policy", expected[2], expected[3], expected[4]]);
    assert_eq!(store.head().await.unwrap(), 4, "the same tags are no change");

    // Taken back, the model's own word stands again: it was kept apart.
    store.correct(id, &[(Add, label("country:IN"))], &verdict("15:00:00")).await.unwrap();
    let back = [(Remove, label("country:CN")), (Remove, label("topic:encryption"))];
    store.correct(id, &back, &verdict("16:00:00")).await.unwrap();
    let item = store.item(id).await.unwrap().unwrap();
    assert_eq!(item.tags.labels(), other.labels());

    let kept = store.corrections(id).await.unwrap();
    assert_eq!(kept.len(), 6, "every word stays");
    assert_eq!((kept[0].action, kept[0].label), words[0]);
    assert_eq!(kept[0].verdict, verdict("11:00:00"));
}

#[tokio::test]
async fn the_same_word_twice_is_one() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    let said = async |words: &[(Action, Label)], by: &str, time: &str| {
        let verdict = Verdict { by: by.to_owned(), ..verdict(time) };
        store.correct(id, words, &verdict).await.unwrap().unwrap();
        store.corrections(id).await.unwrap().len()
    };
    let add = (Add, label("country:CN"));
    assert_eq!(said(&[add, add], "Ada", "11:00:00").await, 1);
    assert_eq!(said(&[add], "Ada", "12:00:00").await, 1);
    assert_eq!(store.head().await.unwrap(), 2, "nothing changed");
    assert_eq!(said(&[add], "Bob", "12:00:00").await, 2, "somebody else confirms it");
    // What was said otherwise meanwhile is said anew.
    assert_eq!(said(&[(Remove, label("country:CN"))], "Ada", "13:00:00").await, 3);
    assert_eq!(said(&[add], "Ada", "14:00:00").await, 4);
    assert_eq!(said(&[(Add, label("stage:adopted"))], "Ada", "15:00:00").await, 5);
    assert_eq!(said(&[(Add, label("stage:in-force"))], "Ada", "16:00:00").await, 6);
    assert_eq!(said(&[(Add, label("stage:adopted"))], "Ada", "17:00:00").await, 7);
    assert!(names(&store, id).await.contains(&"stage:adopted".to_owned()));
}

#[tokio::test]
async fn a_flipped_policy_stays_flipped() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    store.correct(id, &[(Remove, Label::Policy)], &verdict("11:00:00")).await.unwrap();
    let mut other = tags(true, "rules-2");
    other.add(label("topic:censorship")).unwrap();
    store.retag(id, &other, at("12:00:00")).await.unwrap();
    assert!(names(&store, id).await.is_empty());

    let topic = (Add, label("topic:encryption"));
    let refused = store.correct(id, &[topic], &verdict("13:00:00")).await.unwrap_err();
    assert!(refused.to_string().contains("add `policy` too"), "{refused}");
    let contradictory = [topic, (Remove, Label::Policy)];
    assert!(store.correct(id, &contradictory, &verdict("13:00:00")).await.is_err());
    assert_eq!(store.corrections(id).await.unwrap().len(), 1, "what is refused is not kept");
    // In any order.
    store.correct(id, &[topic, (Add, Label::Policy)], &verdict("14:00:00")).await.unwrap();
    assert_eq!(names(&store, id).await, ["policy", "topic:encryption", "topic:censorship"]);
    store.retag(id, &tags(false, "rules-3"), at("15:00:00")).await.unwrap();
    assert_eq!(names(&store, id).await, ["policy", "topic:encryption"]);
}

#[tokio::test]
async fn corrections_need_an_item_and_survive_a_codebook() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    let nobody = ItemId::parse("zzzzzzzz").unwrap();
    let words = [(Add, label("country:CN"))];
    assert_eq!(store.correct(nobody, &words, &verdict("11:00:00")).await.unwrap(), None);
    store.correct(id, &words, &verdict("11:00:00")).await.unwrap();
    opening::execute(&folder, "UPDATE correction SET label = 'topic:gone'").await;
    assert!(store.corrections(id).await.unwrap().is_empty());
    store.retag(id, &tags(true, "rules-2"), at("12:00:00")).await.unwrap();
    assert_eq!(names(&store, id).await, ["policy"]);
}

#[tokio::test]
async fn an_older_database_learns_to_be_corrected() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    drop(store);
    opening::execute(
        &folder,
        "DROP TABLE report; DROP TABLE correction; ALTER TABLE item DROP COLUMN model_tags;
         DELETE FROM _sqlx_migrations WHERE version = 4",
    )
    .await;
    let store = open(&folder).await;
    assert!(!store.item(id).await.unwrap().unwrap().corrected);
    store.correct(id, &[(Add, label("country:CN"))], &verdict("11:00:00")).await.unwrap();
    assert_eq!(names(&store, id).await, ["policy", "jurisdiction:CN"]);
}

#[tokio::test]
async fn a_report_waits_and_is_decided_once() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    store.correct(id, &[(Add, label("country:CN"))], &verdict("11:00:00")).await.unwrap();
    let wrong = Complaint::Wrong(Some(label("country:CN")));
    for (complaint, words) in [(wrong, "It is Indian.\0"), (Complaint::Missing, "encryption")] {
        let reported = store.report(id, complaint, words, at("12:00:00")).await.unwrap();
        assert_eq!(reported, Reported::Waiting);
    }
    let waiting = store.reports(false, 0, 10).await.unwrap();
    assert_eq!(waiting.len(), 2);
    assert_eq!((waiting[0].complaint, waiting[0].words.as_str()), (wrong, "It is Indian. "));
    assert_eq!(store.reports(false, waiting[0].key, 10).await.unwrap(), waiting[1..]);
    assert_eq!(names(&store, id).await, ["policy", "jurisdiction:CN"], "nothing happens by itself");

    let words = [(Remove, label("country:CN"))];
    let decided = store.accept(waiting[0].key, &words, &verdict("13:00:00")).await.unwrap();
    let Decided::Done(report) = decided else { panic!("{decided:?}") };
    assert_eq!((report.state, report.verdict), (ReportState::Accepted, Some(verdict("13:00:00"))));
    assert_eq!(names(&store, id).await, ["policy"]);
    let again = store.reject(waiting[0].key, &verdict("14:00:00")).await.unwrap();
    assert!(matches!(again, Decided::Before(report) if report.state == ReportState::Accepted));
    assert_eq!(names(&store, id).await, ["policy"]);

    store.reject(waiting[1].key, &verdict("14:00:00")).await.unwrap();
    assert_eq!(store.waiting_reports().await.unwrap(), 0);
    assert!(store.reports(false, 0, 10).await.unwrap().is_empty());
    assert_eq!(store.reports(true, 0, 10).await.unwrap().len(), 2);
    assert_eq!(store.accept(99, &words, &verdict("15:00:00")).await.unwrap(), Decided::Unknown);
}

#[tokio::test]
async fn a_report_that_cannot_be_followed_goes_on_waiting() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    store.correct(id, &[(Remove, Label::Policy)], &verdict("11:00:00")).await.unwrap();
    store.report(id, Complaint::Missing, "", at("12:00:00")).await.unwrap();
    let words = [(Add, label("topic:encryption"))];
    assert!(store.accept(1, &words, &verdict("13:00:00")).await.is_err());
    assert_eq!(store.waiting_reports().await.unwrap(), 1);
}

#[tokio::test]
async fn a_flood_of_reports_fills_no_more_than_its_bounds() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    let [here, _] = Store::WAITING;
    for number in 0..here + 5 {
        // The same twice is one.
        for _ in 0..2 {
            let words = number.to_string();
            let reported =
                store.report(id, Complaint::Other, &words, at("12:00:00")).await.unwrap();
            assert_eq!(reported == Reported::Full, number >= here, "{number}");
        }
    }
    assert_eq!(store.waiting_reports().await.unwrap(), here);
    let other = article("https://press.example/b", "Another");
    let Inserted::New(other) = import(&store, &other, at("10:00:00")).await else { panic!() };
    let missing = Complaint::Missing;
    let reported = store.report(other, missing, "", at("12:00:00")).await.unwrap();
    assert_eq!(reported, Reported::Waiting, "other items are not concerned");
    store.reject(1, &verdict("13:00:00")).await.unwrap();
    let reported = store.report(id, missing, "", at("14:00:00")).await.unwrap();
    assert_eq!(reported, Reported::Waiting, "who decides makes room");
}

#[tokio::test]
async fn all_items_together_are_bounded_too() {
    let folder = TempDir::new().unwrap();
    let (store, id) = with_item(&folder).await;
    let sql = format!(
        "INSERT INTO item (url, source, title, first_seen, paywalled, policy, tags, model)
         VALUES ('https://press.example/c', 'press', 'C', 0, 0, 0, '', '');
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {})
         INSERT INTO report (item, kind, words, at) SELECT 2, 'other', n, 0 FROM n",
        Store::WAITING[1]
    );
    opening::execute(&folder, &sql).await;
    let reported = store.report(id, Complaint::Missing, "", at("12:00:00")).await.unwrap();
    assert_eq!(reported, Reported::Full);
}
