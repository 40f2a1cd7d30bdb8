//! What stories promise: reports of one event come together, others stay apart, people have the last word, and a list
//! shows an event once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may stop where it stands")]

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use classifier::{Classifier, Text};
use crawler::{Article, SourceId};
use index::{
    Index, Inserted, Item, ItemId, NewItem, Page, Paging, Query, Store, StoryId, Verdict, Window,
};
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

#[path = "stories/folding.rs"]
mod folding;
#[path = "stories/naming.rs"]
mod naming;

/// A report as its outlet has it.
#[derive(Debug, Clone, serde::Deserialize)]
struct Report {
    event: u32,
    language: String,
    date: String,
    title: String,
    text: String,
}

impl Report {
    /// The same of another day.
    fn on(&self, date: &str) -> Self {
        Self { date: date.to_owned(), ..self.clone() }
    }
}

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::load().unwrap());

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// Reports of several dozen events of three weeks, some of them alike.
fn reports() -> Vec<Report> {
    let lines = include_str!("../benches/stories/reports.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The reports of one event.
fn of_event(event: u32) -> Vec<Report> {
    reports().into_iter().filter(|report| report.event == event).collect()
}

/// Keeps reports, the first under number `from`, one after the other.
async fn keep(store: &Store, from: usize, reports: &[Report]) -> Vec<ItemId> {
    let mut ids = Vec::new();
    for (number, report) in (from..).zip(reports) {
        let source = SourceId(format!("outlet-{}", number % 7));
        store.ensure_source(&source, "An Outlet").await.unwrap();
        let article = Article {
            url: Some(format!("https://press.example/{number}").parse().unwrap()),
            title: report.title.clone(),
            byline: None,
            published: Some(report.date.parse().unwrap()),
            modified: None,
            paywalled: false,
            language: Some(report.language.clone()).filter(|language| !language.is_empty()),
            site: None,
            text: report.text.clone(),
        };
        let tags = CLASSIFIER.classify(&Text {
            title: &report.title,
            body: &report.text,
            language: Some(&report.language),
            published: report.date.parse().ok(),
            ..Text::default()
        });
        let new = NewItem { source: &source, article: &article, tags: &tags, seen: now() };
        match store.import(&[new]).await.unwrap()[0] {
            Inserted::New(id) => ids.push(id),
            Inserted::Known(id) => panic!("{id} is known"),
        }
    }
    ids
}

async fn story_of(store: &Store, id: ItemId) -> StoryId {
    store.item(id).await.unwrap().unwrap().story
}

async fn items_of(store: &Store, story: StoryId) -> Vec<ItemId> {
    let story = store.story(story, 100).await.unwrap().unwrap();
    story.items.iter().map(|item| item.id).collect()
}

fn word(why: &str) -> Verdict {
    Verdict { by: "Ada".to_owned(), why: why.to_owned(), at: now() }
}

async fn open(folder: &TempDir) -> Store {
    Store::open(folder.path(), "sqlite").await.unwrap()
}

#[tokio::test]
async fn reports_of_one_event_meet_across_languages_and_others_do_not() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let reports = reports();
    let ids = keep(&store, 0, &reports).await;
    let mut stories = Vec::new();
    for id in ids {
        stories.push(story_of(&store, id).await);
    }
    // Even events were not looked at while the comparison was learnt.
    let (mut right, mut wrong, mut missed) = (0, Vec::new(), 0);
    for (one, first) in reports.iter().enumerate() {
        for (other, second) in reports.iter().enumerate().skip(one + 1) {
            let is_held_back = first.event % 2 == 0 || second.event % 2 == 0;
            match (first.event == second.event, stories[one] == stories[other]) {
                (true, true) => right += 1,
                (true, false) => missed += 1,
                (false, true) if is_held_back => wrong.push((&first.title, &second.title)),
                _ => {}
            }
        }
    }
    assert!(right * 100 >= (right + missed) * 80, "{right} found, {missed} missed");
    assert!(wrong.len() * 100 <= (right + wrong.len()) * 5, "{right} right, wrong: {wrong:#?}");
}

/// Two reports of one event with a week between them, which are two stories, and one of a day in that week, which joins
/// these; and the names that they had, the older first.
async fn joined(folder: &TempDir) -> (Store, [ItemId; 3], [StoryId; 2]) {
    let store = open(folder).await;
    let [english, german, _] = &of_event(1)[..] else { panic!() };
    let ends = keep(&store, 0, &[english.on("2026-11-01"), english.on("2026-11-08")]).await;
    let names = [story_of(&store, ends[0]).await, story_of(&store, ends[1]).await];
    assert_ne!(names[0], names[1], "a week lies between them");
    let between = keep(&store, 2, &[german.on("2026-11-04")]).await;
    (store, [ends[0], ends[1], between[0]], names)
}

#[tokio::test]
async fn a_later_report_joins_two_stories_and_the_younger_name_leads_to_the_older() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [older, younger]) = joined(&folder).await;
    let story = store.story(younger, 100).await.unwrap().unwrap();
    assert_eq!(story.id, older);
    let items: Vec<_> = story.items.iter().map(|item| item.id).collect();
    assert_eq!(items, [ids[0], ids[2], ids[1]], "in the order of their publication");
    assert_eq!(story.items[0].story_items, 3);
}

#[tokio::test]
async fn who_is_taken_out_by_a_person_stays_out() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let reports = of_event(17);
    let ids = keep(&store, 0, &reports[..3]).await;
    let story = story_of(&store, ids[0]).await;
    assert_eq!(items_of(&store, story).await.len(), 3);

    let own = store.set_story(ids[1], None, &word("another list")).await.unwrap().unwrap();
    assert_ne!(own, story);
    assert_eq!(items_of(&store, own).await, [ids[1]]);
    // What is read later may look like all of them, and unites nothing.
    keep(&store, 3, &reports[..1]).await;
    while store.find_stories(now()).await.unwrap() > 0 {}
    assert_eq!(story_of(&store, ids[1]).await, own);
    assert_ne!(story_of(&store, ids[0]).await, own);
    let said = store.story(own, 100).await.unwrap().unwrap().words;
    assert_eq!(
        (said.len(), said[0].attached, said[0].verdict.why.as_str()),
        (1, false, "another list")
    );

    // And back, by a person's word as well.
    store.set_story(ids[1], Some(story), &word("the same after all")).await.unwrap().unwrap();
    assert_eq!(story_of(&store, ids[1]).await, story_of(&store, ids[0]).await);
}

#[tokio::test]
async fn a_story_ends_with_its_event_however_many_go_on_about_it() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let report = &of_event(17)[0];
    let days: Vec<_> = (1..=30).map(|day| report.on(&format!("2026-10-{day:02}"))).collect();
    let ids = keep(&store, 0, &days).await;
    let first = items_of(&store, story_of(&store, ids[0]).await).await;
    assert!((6..=12).contains(&first.len()), "{} days of it", first.len());
    assert_eq!(first, ids[..first.len()]);

    // Many at once are of one event.
    let many = (0..45).map(|number| report.on(["2026-11-20", "2026-11-22"][number % 2]));
    let ids = keep(&store, 100, &many.collect::<Vec<_>>()).await;
    assert_eq!(items_of(&store, story_of(&store, ids[0]).await).await.len(), ids.len());
}

#[tokio::test]
async fn what_is_so_already_is_not_said() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let ids = keep(&store, 0, &of_event(17)[..2]).await;
    let story = story_of(&store, ids[0]).await;
    let words = async |story| store.story(story, 9).await.unwrap().unwrap().words.len();
    let head = store.head().await.unwrap();
    assert_eq!(store.set_story(ids[1], Some(story), &word("in")).await.unwrap(), Some(story));
    assert_eq!(words(story).await, 0);

    let own = store.set_story(ids[1], None, &word("out")).await.unwrap().unwrap();
    assert_eq!(words(own).await, 1);
    let after = store.head().await.unwrap();
    assert!(after > head);
    assert_eq!(store.set_story(ids[1], None, &word("out again")).await.unwrap(), Some(own));
    assert_eq!((words(own).await, store.head().await.unwrap()), (1, after));
}

#[tokio::test]
async fn what_reports_share_is_told() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let ids = keep(&store, 0, &of_event(17)).await;
    let story = store.story(story_of(&store, ids[0]).await, 100).await.unwrap().unwrap();
    let ties = store.ties(&story).await.unwrap();
    assert_eq!(ties.len(), story.items.len() - 1, "each but the first");
    let mut before = vec![story.items[0].id];
    for tie in &ties {
        assert!(before.contains(&tie.with), "an earlier one");
        before.push(tie.item);
        let texts = store.texts(&[tie.item, tie.with]).await.unwrap();
        let items = store.items(&[tie.item]).await.unwrap();
        let own = format!("{} {}", items[0].title, texts[0]);
        let shared = &tie.shared;
        assert!(!shared.words.is_empty() || !shared.amounts.is_empty(), "{tie:?}");
        for word in &shared.words {
            assert!(own.contains(word.as_str()), "{word} is in the text itself");
        }
    }
}

#[tokio::test]
async fn a_story_outlives_its_founder() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let ids = keep(&store, 0, &of_event(17)).await;
    let founder = ids[0];
    store.set_story(founder, None, &word("not it")).await.unwrap().unwrap();
    assert_eq!(items_of(&store, story_of(&store, founder).await).await, [founder]);
    let rest = story_of(&store, ids[1]).await;
    assert_eq!(items_of(&store, rest).await.len(), ids.len() - 1);
    assert_ne!(rest, story_of(&store, founder).await);
    let nobody = StoryId::parse("szzzzzzzz").unwrap();
    assert_eq!(store.set_story(founder, Some(nobody), &word("")).await.unwrap(), None);
}

/// What items are found by is put away every 32,768 items.
#[tokio::test]
async fn reports_meet_whether_or_not_what_they_are_found_by_was_put_away() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let reports = of_event(3);
    let other = keep(&store, 100, &of_event(4)[..1]).await;
    sqlx::any::install_default_drivers();
    let address = format!("sqlite://{}", folder.path().join("lexwatch.db").display());
    let options: sqlx::any::AnyConnectOptions = address.parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    let next = "UPDATE sqlite_sequence SET seq = 32766 WHERE name = 'item'";
    sqlx::raw_sql(next).execute(&mut connection).await.unwrap();
    let ids = keep(&store, 0, &reports).await;
    let count =
        "SELECT (SELECT COUNT(*) FROM story_key) * 1000 + (SELECT COUNT(*) FROM story_key_recent)";
    let counted: i64 = sqlx::query_scalar(count).fetch_one(&mut connection).await.unwrap();
    assert!(counted / 1000 > 14 && counted % 1000 > 0, "{counted}");
    let story = story_of(&store, ids[0]).await;
    for id in &ids {
        assert_eq!(story_of(&store, *id).await, story);
    }
    assert_ne!(story_of(&store, other[0]).await, story);
}

#[tokio::test]
async fn items_from_before_there_were_stories_get_one() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let ids = keep(&store, 0, &of_event(3)).await;
    drop(store);
    sqlx::any::install_default_drivers();
    let address = format!("sqlite://{}", folder.path().join("lexwatch.db").display());
    let options: sqlx::any::AnyConnectOptions = address.parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    let before = "DELETE FROM story_print; DELETE FROM story_key; DELETE FROM story_key_recent;
        UPDATE item SET story = key;";
    sqlx::raw_sql(before).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();

    let store = open(&folder).await;
    let (story, own) = (story_of(&store, ids[0]).await, story_of(&store, ids[1]).await);
    assert_ne!(story, own);
    assert_eq!(store.find_stories(now()).await.unwrap(), ids.len());
    assert_eq!(store.find_stories(now()).await.unwrap(), 0);
    assert_eq!(story_of(&store, ids[1]).await, story);
    // What readers have seen has its name again where a person takes it out.
    assert_eq!(store.story(own, 9).await.unwrap().unwrap().id, story);
    let out = store.set_story(ids[1], None, &word("another")).await.unwrap();
    assert_eq!(out, Some(own));
}

#[tokio::test]
async fn the_same_words_about_two_states_are_two_events() {
    let report = |language: &str, state: &str, what: &str| Report {
        event: 0,
        language: language.to_owned(),
        date: "2026-11-22".to_owned(),
        title: format!("{state} adopts a law on {what}"),
        text: format!(
            "The parliament of {state} adopted a law on {what} on Monday. The regulator may fine companies that break \
             the law."
        ),
    };
    // An import need not say the language.
    for language in ["en", ""] {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder).await;
        let reports = [("China", "data localization"), ("India", "VPN services")]
            .map(|(state, what)| report(language, state, what));
        let ids = keep(&store, 0, &reports).await;
        let stories = (story_of(&store, ids[0]).await, story_of(&store, ids[1]).await);
        assert_ne!(stories.0, stories.1, "{language:?}");
    }
}
