//! The inbox: polls are kept whole, entries are read once.

use chrono::TimeDelta;
use crawler::{Fault, Format, Publisher, Source};
use index::{Pending, PollStatus, Setback};

use super::*;

const FIRST: &str = "https://press.example/1";
const SECOND: &str = "https://press.example/2";

fn source(name: &str) -> Source {
    Source {
        id: id(name),
        name: format!("The {name}"),
        url: format!("https://{name}.example/feed").parse().unwrap(),
        site: None,
        format: Format::Feed,
        publisher: Publisher::Regulator,
        jurisdiction: Some("DE".to_owned()),
        language: Some("de".to_owned()),
        schedule: "0 0 * * * *".to_owned(),
        read: true,
        unchecked: false,
        categories: Vec::new(),
        listing: crawler::ListingSelectors::default(),
        json: crawler::JsonPointers::default(),
        article: crawler::ArticleSelectors::default(),
    }
}

fn setback(error: &str) -> Setback {
    Setback { error: error.to_owned(), fault: Fault::Server, permanent: true, rest: None }
}

async fn poll(store: &Store, source: &str, urls: &[&str]) -> usize {
    store.record_poll(&id(source), &listed(urls), at("09:00:00")).await.unwrap()
}

async fn all_pending(store: &Store) -> Vec<Pending> {
    store.pending(&[], 0, 100, at("23:00:00")).await.unwrap()
}

/// Keeps what was read of an entry, under the address that the page names.
async fn insert(store: &Store, pending: &Pending, canonical: &str) -> Inserted {
    store.insert(read(pending, article(canonical, "Read"))).await.unwrap()
}

#[tokio::test]
async fn a_list_is_kept_once_with_its_validators() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    assert_eq!(store.validators(&id("press")).await.unwrap(), Validators::default());

    assert_eq!(poll(&store, "press", &[FIRST, SECOND]).await, 2);
    assert_eq!(poll(&store, "press", &[SECOND, FIRST, "https://press.example/3"]).await, 1);

    assert_eq!(store.validators(&id("press")).await.unwrap(), listed(&[]).validators);
    let pending = all_pending(&store).await;
    let urls: Vec<_> = pending.iter().map(|pending| pending.entry.url.as_str()).collect();
    assert_eq!(urls, [FIRST, SECOND, "https://press.example/3"]);
    assert_eq!(pending[0].entry, entry(FIRST));
}

#[tokio::test]
async fn a_list_of_no_known_source_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let nobody = id("nobody");
    assert!(store.record_poll(&nobody, &listed(&[FIRST]), at("09:00:00")).await.is_err());
    assert!(!store.is_known(FIRST).await.unwrap());
    let empty = store.record_poll(&nobody, &listed(&[]), at("09:00:00")).await;
    assert!(matches!(empty, Err(Error::UnknownSource(name)) if name == "nobody"));
    assert!(store.record_failure(&nobody, &setback("gone"), at("09:00:00")).await.is_err());
    assert!(store.validators(&nobody).await.is_err());
}

#[tokio::test]
async fn known_pages_and_endless_addresses_do_not_become_pending() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    import(&store, &article(FIRST, "Imported"), at("08:00:00")).await;
    let endless = format!("https://press.example/{}", "a".repeat(100_000));
    assert_eq!(poll(&store, "press", &[FIRST, &endless, SECOND]).await, 1);
    assert_eq!(all_pending(&store).await.len(), 1);
}

#[tokio::test]
async fn a_read_entry_is_kept_once_under_the_canonical_address() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    poll(&store, "press", &[FIRST, SECOND]).await;
    let pending = all_pending(&store).await;
    let canonical = "https://press.example/the-one";

    let inserted = insert(&store, &pending[0], canonical).await;
    let Inserted::New(id) = inserted else { panic!() };
    // The other entry leads to the same page; it is settled with the same item.
    assert_eq!(insert(&store, &pending[1], canonical).await, Inserted::Known(id));
    // A second process had read the first one as well, and the page named another address to it.
    let late = insert(&store, &pending[0], "https://press.example/another").await;
    assert_eq!(late, Inserted::Known(id));

    assert!(all_pending(&store).await.is_empty());
    assert_eq!(store.head().await.unwrap(), 1);
    assert_eq!(store.item(id).await.unwrap().unwrap().url, canonical);
    assert!(store.is_known(FIRST).await.unwrap() && store.is_known(SECOND).await.unwrap());
    assert_eq!(poll(&store, "press", &[FIRST, SECOND, canonical]).await, 0);
}

#[tokio::test]
async fn what_many_keep_at_once_is_kept_once_each_whoever_is_stopped() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let urls: Vec<_> = (0..40).map(|n| format!("https://press.example/{n}")).collect();
    poll(&store, "press", &urls.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let pending = all_pending(&store).await;

    // Each two entries lead to one page; every seventh reader is stopped, the first one, who writes for all, as well.
    let mut readers = Vec::new();
    for (n, pending) in pending.iter().enumerate() {
        let (store, pending) = (store.clone(), pending.clone());
        let canonical = format!("https://press.example/page-{}", n / 2);
        readers.push(tokio::spawn(async move { insert(&store, &pending, &canonical).await }));
    }
    tokio::task::yield_now().await;
    for reader in readers.iter().step_by(7) {
        reader.abort();
    }
    let mut kept = std::collections::HashMap::new();
    for (n, reader) in readers.into_iter().enumerate() {
        let Ok(inserted) = reader.await else { continue };
        let (Inserted::New(id) | Inserted::Known(id)) = inserted;
        assert_eq!(*kept.entry(n / 2).or_insert(id), id, "one page, two items");
    }

    assert_eq!(kept.len(), 20, "a page has been lost with the reader of another");
    let items = store.walk(0, 100).await.unwrap();
    assert_eq!(items.len(), 20);
    assert_eq!(store.head().await.unwrap(), 20, "one line for each item");
    // Those who were stopped before it was their turn may still wait; they lead to the same pages.
    for pending in all_pending(&store).await {
        assert!(matches!(
            insert(&store, &pending, "https://press.example/page-0").await,
            Inserted::Known(_)
        ));
    }
}

#[tokio::test]
async fn an_article_without_an_address_takes_its_entrys() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    poll(&store, "press", &[FIRST]).await;
    let pending = all_pending(&store).await.remove(0);
    let mut article = article(FIRST, "From the feed");
    article.url = None;
    let tags = tags(false, "rules-1");
    let new =
        NewItem { source: &pending.source, article: &article, tags: &tags, seen: at("10:00:00") };
    let Inserted::New(id) = store.insert(read(&pending, article.clone())).await.unwrap() else {
        panic!()
    };
    assert_eq!(store.item(id).await.unwrap().unwrap().url, FIRST);
    assert!(matches!(store.import(&[new]).await, Err(Error::Address)));
}

#[tokio::test]
async fn entries_wait_until_they_are_due_and_come_in_order() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    store.ensure_source(&id("other"), "Other").await.unwrap();
    poll(&store, "press", &[FIRST, SECOND]).await;
    poll(&store, "other", &["https://other.example/1"]).await;
    let pending = all_pending(&store).await;
    let later = at("12:00:00");

    store.postpone(&pending[0], "503 from the server", at("10:00:00"), later).await.unwrap();
    let due = store.pending(&[], 0, 10, at("11:00:00")).await.unwrap();
    assert_eq!(due, pending[1..]);
    let due = store.pending(&[], 0, 10, later).await.unwrap();
    assert_eq!((due[0].key, due[0].attempts), (pending[0].key, 1));

    assert_eq!(store.pending(&[], pending[1].key, 10, later).await.unwrap(), pending[2..]);
    assert_eq!(store.pending(&[], 0, 1, later).await.unwrap().len(), 1);
    let of = [id("other"), id("nobody")];
    assert_eq!(store.pending(&of, 0, 10, later).await.unwrap(), pending[2..]);
    assert_eq!(store.pending(&[], 0, 10, at("08:59:59")).await.unwrap(), []);
}

#[tokio::test]
async fn what_was_given_up_is_named_and_stays_given_up() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    poll(&store, "press", &[FIRST, SECOND]).await;
    let pending = all_pending(&store).await;
    store
        .dismiss(&pending[0], "no article\0 in it", Fault::NoArticle, at("10:00:00"))
        .await
        .unwrap();
    store.dismiss(&pending[1], &"x".repeat(100_000), Fault::Robots, at("11:00:00")).await.unwrap();
    // Another process that tried the same entry comes too late.
    store.postpone(&pending[0], "timeout", at("12:00:00"), at("13:00:00")).await.unwrap();

    assert!(all_pending(&store).await.is_empty());
    assert_eq!(poll(&store, "press", &[FIRST]).await, 0);
    let failures = store.failures(None, 10).await.unwrap();
    assert_eq!(failures.len(), 2);
    assert!(failures[0].error.len() < 10_000);
    assert_eq!(failures[1].error, "no article  in it");
    assert_eq!((failures[1].url.as_str(), failures[1].at), (FIRST, at("10:00:00")));
    assert_eq!(store.failures(Some(&id("press")), 1).await.unwrap().len(), 1);
    assert_eq!(store.failures(Some(&id("nobody")), 10).await.unwrap(), []);
}

#[tokio::test]
async fn a_source_tells_how_it_is_doing() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    store.sync_sources(&[source("bsi"), source("cnil")]).await.unwrap();
    poll(&store, "bsi", &[FIRST, SECOND, "https://press.example/3"]).await;
    let pending = all_pending(&store).await;
    insert(&store, &pending[0], FIRST).await;
    store.dismiss(&pending[1], "no article", Fault::NoArticle, at("10:00:00")).await.unwrap();
    store.record_failure(&id("cnil"), &setback("404"), at("09:00:00")).await.unwrap();
    store
        .record_failure(&id("cnil"), &setback("robots.txt forbids it"), at("10:00:00"))
        .await
        .unwrap();

    let sources = store.sources().await.unwrap();
    let names: Vec<_> = sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, ["The Press", "The bsi", "The cnil"]);
    let [press, bsi, cnil] = &sources[..] else { panic!() };
    assert!(!press.followed && press.status == PollStatus::Never && press.polled.is_none());

    assert!(bsi.followed && bsi.status == PollStatus::Ok);
    assert_eq!((bsi.entries, bsi.items, bsi.policy_items), (3, 1, 1));
    assert_eq!((bsi.pending, bsi.failed, bsi.failures), (1, 1, 0));
    assert_eq!(bsi.succeeded, Some(at("09:00:00")));
    assert_eq!(bsi.newest.unwrap().to_rfc3339(), "2026-11-22T15:30:00+00:00");
    assert_eq!(bsi.site, "https://bsi.example/feed");

    assert_eq!(cnil.status, PollStatus::Failed("robots.txt forbids it".to_owned()));
    assert_eq!((cnil.failures, cnil.succeeded), (2, None));
    store.record_unchanged(&id("cnil"), &Validators::default(), at("11:00:00")).await.unwrap();
    let cnil = store.sources().await.unwrap().pop().unwrap();
    assert_eq!((cnil.status, cnil.failures), (PollStatus::Unchanged, 0));
}

#[tokio::test]
async fn the_catalogue_may_change_and_nothing_is_deleted() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    store.sync_sources(&[source("bsi"), source("cnil")]).await.unwrap();
    poll(&store, "bsi", &[FIRST]).await;
    poll(&store, "cnil", &[SECOND]).await;

    let mut renamed = source("bsi");
    renamed.name = "BSI".to_owned();
    store.sync_sources(&[renamed.clone()]).await.unwrap();
    let sources = store.sources().await.unwrap();
    assert_eq!((sources[0].name.as_str(), sources[0].followed), ("BSI", true));
    assert!(sources.iter().filter(|source| source.id.0 != "bsi").all(|source| !source.followed));
    assert!(store.validators(&id("bsi")).await.unwrap().etag.is_some());
    assert_eq!(all_pending(&store).await.len(), 2);

    // Validators speak of one list read in one way: a 304 must not hide what a mended selector would find.
    renamed.listing.item = Some("li.news".to_owned());
    store.sync_sources(&[renamed]).await.unwrap();
    assert_eq!(store.validators(&id("bsi")).await.unwrap(), Validators::default());
}

#[tokio::test]
async fn a_304_keeps_the_validators_that_it_does_not_repeat() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    poll(&store, "press", &[FIRST]).await;
    let fresh_until = at("10:00:00") + TimeDelta::hours(1);
    let said = Validators { fresh_until: Some(fresh_until), ..Validators::default() };
    store.record_unchanged(&id("press"), &said, at("10:00:00")).await.unwrap();
    let kept = store.validators(&id("press")).await.unwrap();
    assert_eq!(kept, Validators { fresh_until: Some(fresh_until), ..listed(&[]).validators });
}

#[tokio::test]
async fn a_list_that_is_made_anew_has_few_pages_looked_at_again() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let urls: Vec<_> = (0..200).map(|n| format!("https://press.example/{n}")).collect();
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    poll(&store, "press", &urls).await;
    for pending in store.pending(&[], 0, 150, at("10:00:00")).await.unwrap() {
        insert(&store, &pending, pending.entry.url.as_str()).await;
    }
    let looks = async |now| store.looks(&id("press"), 1000, at(now)).await.unwrap();
    assert_eq!(poll(&store, "press", &urls).await, 0);
    assert!(looks("10:00:00").await.is_empty(), "nothing is listed otherwise");

    let mut anew = listed(&urls);
    for entry in &mut anew.entries {
        entry.updated = Some("2026-11-23".parse().unwrap());
    }
    assert_eq!(store.record_poll(&id("press"), &anew, at("11:00:00")).await.unwrap(), 0);
    let due = looks("11:00:00").await;
    assert_eq!((due.len(), due[0].relisted), (50, true));
    assert_eq!(due[0].entry, anew.entries[0]);
    assert_eq!(all_pending(&store).await[0].entry.updated, anew.entries[150].updated);

    // A look that found nothing is done; a list that says nothing new asks for none.
    store.looked(&due[0], &NextLook::default(), at("11:05:00")).await.unwrap();
    assert_eq!(store.record_poll(&id("press"), &anew, at("12:00:00")).await.unwrap(), 0);
    assert_eq!(looks("12:00:00").await.len(), 49);
    // What was listed anew while the page was being looked at is looked at again, not before it has rested.
    let rest = Some(at("20:00:00"));
    anew.entries[1].title = "Another headline".to_owned();
    store.record_poll(&id("press"), &anew, at("13:00:00")).await.unwrap();
    store.looked(&due[1], &NextLook { rest, ..NextLook::default() }, at("13:01:00")).await.unwrap();
    assert_eq!(looks("13:30:00").await.len(), 49);
    anew.entries[1].title = "And another".to_owned();
    store.record_poll(&id("press"), &anew, at("14:00:00")).await.unwrap();
    assert_eq!((looks("14:00:00").await.len(), looks("20:00:00").await.len()), (48, 49));
}

#[tokio::test]
async fn a_move_is_remembered_until_the_catalogue_names_another_address() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let mut source = source("bsi");
    store.sync_sources(&[source.clone()]).await.unwrap();
    let moved_to = Some("https://bsi.example/new".parse().unwrap());
    let mut listed = listed(&[FIRST]);
    listed.validators.moved_to.clone_from(&moved_to);
    store.record_poll(&id("bsi"), &listed, at("09:00:00")).await.unwrap();
    store.sync_sources(&[source.clone()]).await.unwrap();
    assert_eq!(store.validators(&id("bsi")).await.unwrap().moved_to, moved_to);
    source.url = "https://bsi.example/newest".parse().unwrap();
    store.sync_sources(&[source]).await.unwrap();
    assert_eq!(store.validators(&id("bsi")).await.unwrap(), Validators::default());
}

/// What an older version kept is kept, and its letters' names are not given again.
#[tokio::test]
async fn a_folder_of_the_first_version_goes_on() {
    let folder = TempDir::new().unwrap();
    let first = include_str!("../../migrations/sqlite/0001_store.sql");
    drop(open(&folder).await);
    std::fs::remove_file(folder.path().join("lexwatch.db")).unwrap();
    for suffix in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("lexwatch.db{suffix}")));
    }
    std::fs::write(folder.path().join("lexwatch.db"), "").unwrap();
    opening::execute(&folder, first).await;
    opening::execute(
        &folder,
        "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL,
             installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL,
             checksum BLOB NOT NULL, execution_time BIGINT NOT NULL);
         INSERT INTO source (id, name, url, site, publisher, recipe, followed, status, polled)
         VALUES ('press', 'The Press', '', '', 'news', '', 1, 'failed', 1000);
         INSERT INTO entry (url, source, state, seen, due) VALUES ('https://press.example/1', 'press', 'kept', 5, 5);
         INSERT INTO subscription (token, email, mailbox, query, rhythm, zone, hour, mark, created)
         VALUES ('t', 'a@b.example', 'a@b.example', '', 'now', 'UTC', 7, 0, 0);
         INSERT INTO letter (subscription, recipient, message, created, due) VALUES (1, 'a@b.example', x'41', 5, 5);
         INSERT INTO letter (subscription, recipient, message, created, due) VALUES (1, 'a@b.example', x'41', 6, 6);
         DELETE FROM letter WHERE key = 2;",
    )
    .await;
    mark_applied(&folder, first).await;
    let store = Store::open(folder.path(), "sqlite").await.unwrap();
    assert_eq!(store.outbox(9, at("10:00:00")).await.unwrap()[0].key, 1);
    let (told, now) = ([(&id("press"), "down")], at("10:00:00"));
    assert!(store.record_report("ops@b.example", b"x", &told, None, now).await.unwrap());
    assert!(!store.record_report("ops@b.example", b"x", &told, None, now).await.unwrap());
    let letters = store.outbox(9, now).await.unwrap();
    assert_eq!(letters.iter().map(|letter| letter.key).collect::<Vec<_>>(), [1, 3]);
    let press = store.sources().await.unwrap().remove(0);
    assert_eq!((press.fault, press.told.as_deref()), (None, Some("down")));
    assert!(store.unsubscribe("t").await.unwrap());
    assert_eq!(store.outbox(9, now).await.unwrap().len(), 1, "only the operator's is left");
}

/// Notes a migration as its first version did.
async fn mark_applied(folder: &TempDir, sql: &'static str) {
    use sqlx::SqlSafeStr as _;
    let kind = sqlx::migrate::MigrationType::Simple;
    let migration =
        sqlx::migrate::Migration::new(1, "store".into(), kind, sql.into_sql_str(), false);
    let checksum: String = migration.checksum.iter().map(|byte| format!("{byte:02x}")).collect();
    let note = format!(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (1, 'store', TRUE, x'{checksum}', 0)"
    );
    opening::execute(folder, &note).await;
}
