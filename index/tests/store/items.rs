//! Items: ids, round trips, the change log.

use std::collections::HashSet;

use classifier::{Evidence, Jurisdiction, Place};
use index::ItemId;

use super::*;

#[tokio::test]
async fn an_item_comes_back_as_it_went_in() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let article = article("https://press.example/a", "A law is adopted");
    let Inserted::New(id) = import(&store, &article, at("10:00:00")).await else { panic!() };

    let item = store.item(id).await.unwrap().unwrap();
    assert_eq!(item.id, id);
    assert_eq!(item.url, "https://press.example/a");
    assert_eq!(item.title, article.title);
    assert_eq!(item.byline, article.byline);
    assert_eq!(item.published.unwrap().to_string(), "2026-11-22T23:30:00+08:00");
    assert_eq!(item.first_seen, at("10:00:00"));
    assert_eq!(item.source.name, "The Press");
    assert_eq!(item.language.as_deref(), Some("en"));
    assert_eq!(item.tags, tags(true, "rules-1"));
    assert_eq!(item.story.to_string(), format!("s{id}"));
    assert_eq!(item.revisions, 1);
    assert_eq!(store.texts(&[id]).await.unwrap(), [article.text.as_str()]);
}

#[tokio::test]
async fn long_texts_and_evidence_come_back_as_they_went_in() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let evidence = |quote: &str| {
        let (place, quote) = (Place::Text, quote.to_owned());
        vec![Evidence { place, start: 3, end: 9, quote }]
    };
    let mut tags = tags(true, "rules-1");
    tags.policy.evidence = evidence("the law");
    let code = Jurisdiction::parse("CN").unwrap();
    tags.jurisdictions =
        vec![Tag { value: code, score: 0.5, evidence: evidence("网络安全法") }];
    for length in [0, 1, 199, 200, 300_000] {
        let mut article = article(&format!("https://press.example/{length}"), "Long");
        article.text = "网 é a".chars().cycle().take(length).collect();
        let source = id("press");
        let new = NewItem { source: &source, article: &article, tags: &tags, seen: at("10:00:00") };
        let [Inserted::New(id)] = store.import(&[new]).await.unwrap()[..] else { panic!() };
        assert_eq!(store.texts(&[id]).await.unwrap(), [article.text.as_str()], "{length}");
        assert_eq!(store.item(id).await.unwrap().unwrap().tags, tags);
        let (item, text) = store.walk(id.key() - 1, 1).await.unwrap().pop().unwrap();
        assert_eq!((item.tags, text), (tags.clone(), article.text));
        let head = store.head().await.unwrap();
        store.retag(id, &tags, at("11:00:00")).await.unwrap();
        assert_eq!(store.head().await.unwrap(), head, "the same tags change nothing");
    }
}

#[tokio::test]
async fn an_address_is_kept_once() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let first = article("https://press.example/a", "First");
    let again = article("https://press.example/a", "Again");
    let (tags, source) = (tags(true, "rules-1"), id("press"));
    let new = |article| NewItem { source: &source, article, tags: &tags, seen: at("10:00:00") };

    let inserted = store.import(&[new(&first), new(&again)]).await.unwrap();

    let Inserted::New(id) = inserted[0] else { panic!() };
    assert_eq!(inserted[1], Inserted::Known(id));
    assert_eq!(store.item(id).await.unwrap().unwrap().title, "First");
    assert_eq!(store.head().await.unwrap(), 1);
}

#[tokio::test]
async fn items_come_in_the_order_asked_for() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let mut ids = Vec::new();
    for n in 0..7 {
        let article = article(&format!("https://press.example/{n}"), &format!("Title {n}"));
        let Inserted::New(id) = import(&store, &article, at("10:00:00")).await else { panic!() };
        ids.push(id);
    }
    let nobody = ItemId::parse("zzzzzzzz").unwrap();
    let asked = [ids[5], nobody, ids[0], ids[6], ids[0]];

    let found: Vec<_> = store.items(&asked).await.unwrap().into_iter().map(|i| i.id).collect();
    assert_eq!(found, [ids[5], ids[0], ids[6], ids[0]]);
    let texts = store.texts(&asked).await.unwrap();
    assert_eq!(texts[0], "Title 5.\n\nIts text.");
    assert!(store.items(&[]).await.unwrap().is_empty());

    let walked = store.walk(ids[1].key(), 3).await.unwrap();
    let walked: Vec<_> = walked.into_iter().map(|(item, text)| (item.id, text)).collect();
    assert_eq!(walked[0], (ids[2], "Title 2.\n\nIts text.".to_owned()));
    assert_eq!(walked.len(), 3);
}

#[tokio::test]
async fn a_date_in_the_future_is_not_believed() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let dates = [
        ("2026-11-25T10:00:00Z", true),
        ("2026-11-25T10:00:01Z", false),
        ("2026-11-26", false),
        ("2099-01-01", false),
        ("0001-01-01", true),
    ];
    for (date, believed) in dates {
        let mut article = article(&format!("https://press.example/{date}"), "Dated");
        article.published = Some(date.parse().unwrap());
        let Inserted::New(id) = import(&store, &article, at("10:00:00")).await else { panic!() };
        let published = store.item(id).await.unwrap().unwrap().published;
        assert_eq!(published, article.published.filter(|_| believed), "{date}");
    }
}

#[tokio::test]
async fn hostile_strings_are_kept_harmless() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let mut article = article("https://press.example/a", &"é".repeat(100_000));
    article.text = "before\0after".to_owned();
    article.byline = Some("'; DROP TABLE item; --\0".to_owned());
    article.language = Some("x".repeat(10_000));
    let Inserted::New(id) = import(&store, &article, at("10:00:00")).await else { panic!() };

    let item = store.item(id).await.unwrap().unwrap();
    assert!(item.title.len() <= 2_000 && item.title.starts_with('é'));
    assert_eq!(item.byline.unwrap(), "'; DROP TABLE item; -- ");
    assert!(item.language.unwrap().len() < 100);
    // A blank in NUL's place keeps the offsets of evidence true.
    assert_eq!(store.texts(&[id]).await.unwrap(), ["before after"]);
}

#[tokio::test]
async fn an_import_is_kept_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let good = article("https://press.example/a", "Good");
    let mut bad = good.clone();
    bad.url = Some(format!("https://press.example/{}", "a".repeat(3_000)).parse().unwrap());
    let (tags, source) = (tags(true, "rules-1"), id("press"));
    let new = |article| NewItem { source: &source, article, tags: &tags, seen: at("10:00:00") };

    let error = store.import(&[new(&good), new(&bad)]).await.unwrap_err();
    assert!(matches!(error, Error::Address));
    assert!(!store.is_known("https://press.example/a").await.unwrap());

    let stranger = id("nobody");
    let unknown = NewItem { source: &stranger, ..new(&good) };
    assert!(store.import(&[unknown]).await.is_err());
    assert_eq!(store.head().await.unwrap(), 0);
}

#[tokio::test]
async fn other_tags_are_a_change_and_the_same_are_none() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let article = article("https://press.example/a", "A law");
    let Inserted::New(id) = import(&store, &article, at("10:00:00")).await else { panic!() };
    assert_eq!(store.head().await.unwrap(), 1);

    store.retag(id, &tags(true, "rules-1"), at("11:00:00")).await.unwrap();
    assert_eq!(store.head().await.unwrap(), 1);
    store.retag(id, &tags(false, "rules-2"), at("12:00:00")).await.unwrap();
    assert_eq!(store.head().await.unwrap(), 2);
    assert_eq!(store.item(id).await.unwrap().unwrap().tags, tags(false, "rules-2"));

    assert_eq!(store.head_before(at("10:00:00")).await.unwrap(), 0);
    assert_eq!(store.head_before(at("11:59:59")).await.unwrap(), 1);
    assert_eq!(store.head_before(at("23:00:00")).await.unwrap(), 2);
}

#[tokio::test]
async fn tags_of_another_codebook_do_not_hide_an_item() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let article = article("https://press.example/a", "A law");
    let Inserted::New(id) = import(&store, &article, at("10:00:00")).await else { panic!() };
    let tags = r#"{"policy":{"value":true,"score":0.9,"evidence":[]},"model":"future","stage":null,
        "jurisdictions":[{"value":"XX-ATLANTIS","score":1.0,"evidence":[]}],
        "topics":7,"instruments":[]}"#;
    opening::execute(&folder, &format!("UPDATE item SET tags = '{tags}'")).await;

    let item = store.item(id).await.unwrap().unwrap();
    assert!(item.tags.policy.value && item.tags.jurisdictions.is_empty());
    assert_eq!(item.tags.model, "future");
}

#[tokio::test]
async fn an_import_may_name_its_source_as_it_likes() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let (tags, article) = (tags(true, "rules-1"), article("https://press.example/a", "A law"));
    let source = id(&format!("a\0{}", "é".repeat(10_000)));
    store.ensure_source(&source, &source.0).await.unwrap();
    store.ensure_source(&source, "again").await.unwrap();
    let new = NewItem { source: &source, article: &article, tags: &tags, seen: at("10:00:00") };
    store.import(&[new]).await.unwrap();
    assert_eq!(store.sources().await.unwrap().len(), 2);
}

/// Whoever changes how ids are made
/// breaks every link to this site: these two are written down for good.
#[tokio::test]
async fn ids_are_unique_and_stay() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let article = article("https://press.example/a", "First");
    let Inserted::New(first) = import(&store, &article, at("10:00:00")).await else { panic!() };
    assert_eq!((first.key(), first.to_string().as_str()), (1, "wzzg1mk8"));

    opening::execute(&folder, "UPDATE sqlite_sequence SET seq = 99999 WHERE name = 'item'").await;
    let article = super::article("https://press.example/b", "Late");
    let Inserted::New(late) = import(&store, &article, at("10:00:00")).await else { panic!() };
    assert_eq!((late.key(), late.to_string().as_str()), (100_000, "ktcqwxp9"));
    assert_eq!(ItemId::parse(&late.to_string().to_uppercase()), Some(late));
}

#[test]
fn what_is_no_id_is_refused() {
    let mut keys = HashSet::new();
    let garbage = ["", "a", "1234567", "123456789", "abcdefgi", "abcdefgl", "abcdefgo", "abcdefgu"];
    for text in garbage.into_iter().chain(["abcd efg", "abcdef-g", "äbcdefg", "\0\0\0\0\0\0\0\0"])
    {
        assert_eq!(ItemId::parse(text), None, "{text:?}");
    }
    // Key 0 is nobody's, and whatever looks like an id stands for one key only.
    assert_eq!(ItemId::parse("00000000"), None);
    for text in ["00000001", "zzzzzzzz", "k3v9q2m7", "10000000"] {
        let id = ItemId::parse(text).unwrap();
        assert_eq!(id.to_string(), text);
        assert!(keys.insert(id.key()) && id.key() > 0);
    }
}
