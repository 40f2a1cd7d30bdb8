//! Opening: new, old, too new, and two at once.

use std::collections::HashSet;
use std::future::poll_fn;
use std::task::Poll;

use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

use super::*;

/// Runs a statement past the store, as a vandal or another version would.
pub(super) async fn execute(folder: &TempDir, sql: &str) {
    sqlx::any::install_default_drivers();
    let address = format!("sqlite://{}", folder.path().join("lexwatch.db").display());
    let options: sqlx::any::AnyConnectOptions = address.parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_store_outlives_its_process() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    import(&store, &article("https://press.example/a", "Kept"), at("10:00:00")).await;
    drop(store);
    let store = open(&folder).await;
    assert!(store.is_known("https://press.example/a").await.unwrap());
}

#[tokio::test]
async fn a_newer_database_is_refused_and_left_alone() {
    let folder = TempDir::new().unwrap();
    drop(open(&folder).await);
    execute(
        &folder,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (7777, 'from the future', TRUE, x'00', 0)",
    )
    .await;

    let error = Store::open(folder.path(), "sqlite").await.unwrap_err();
    assert!(matches!(error, Error::Newer { found: 7777, .. }), "{error}");
    assert!(error.to_string().contains("use a newer lexwatch"));
}

#[tokio::test]
async fn an_unknown_store_is_refused_without_its_password() {
    let folder = TempDir::new().unwrap();
    let error = Store::open(folder.path(), "postgres://me:secret@db/lexwatch").await.unwrap_err();
    assert!(matches!(error, Error::Unsupported(_)));
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[tokio::test]
async fn a_file_that_is_no_database_is_an_error() {
    let folder = TempDir::new().unwrap();
    std::fs::write(
        folder.path().join("lexwatch.db"),
        "no database at all, but long enough".repeat(99),
    )
    .unwrap();
    assert!(matches!(Store::open(folder.path(), "sqlite").await, Err(Error::Store(_))));
}

#[tokio::test]
async fn folders_may_have_any_name() {
    let folder = TempDir::new().unwrap();
    for name in ["a b", "100%41", "what?mode=memory", "#1", "数据", "new/and/deep"] {
        let path = folder.path().join(name);
        Store::open(&path, "sqlite").await.unwrap();
        assert!(path.join("lexwatch.db").is_file(), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_may_open_a_new_folder_at_once() {
    for _ in 0..5 {
        let folder = TempDir::new().unwrap();
        let opened = (0..4).map(|_| {
            let path = folder.path().to_owned();
            tokio::spawn(async move { Store::open(&path, "sqlite").await })
        });
        for opened in opened.collect::<Vec<_>>() {
            opened.await.unwrap().unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_may_write_at_once() {
    let folder = TempDir::new().unwrap();
    let stores = [open(&folder).await, open(&folder).await];
    let writers = stores.clone().map(|store| {
        tokio::spawn(async move {
            for n in 0..100 {
                let url = format!("https://press.example/{n}");
                let article = article(&url, &format!("Both have number {n}"));
                import(&store, &article, at("10:00:00")).await;
            }
        })
    });
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(stores[0].head().await.unwrap(), 100);
    assert_eq!(stores[1].walk(0, 1_000).await.unwrap().len(), 100);
}

/// Polls a future so many times at most, as when a connection goes away or the process ends.
async fn cut<F: Future>(future: F, polls: usize) -> Option<F::Output> {
    let mut future = Box::pin(future);
    let mut left = polls;
    poll_fn(move |context| {
        left -= 1;
        match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if left == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test]
async fn a_write_that_is_broken_off_is_whole_or_absent_and_can_be_repeated() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let source = id("press");
    let urls: Vec<_> = (0..40).map(|n| format!("https://press.example/{n}")).collect();
    let urls: Vec<_> = urls.iter().map(String::as_str).collect();
    let seen = at("10:00:00");
    // Each round ends a step later.
    for polls in 1..40 {
        let _ = cut(store.record_poll(&source, &listed(&urls[..polls]), seen), polls).await;
    }
    assert!(cut(store.record_poll(&source, &listed(&urls), seen), 1).await.is_none());
    store.record_poll(&source, &listed(&urls), seen).await.unwrap();

    for (round, pending) in store.pending(&[], 0, 100, seen).await.unwrap().iter().enumerate() {
        let read = || read(pending, article(pending.entry.url.as_str(), "Cut"));
        let done = cut(store.insert(read()), round + 1).await;
        // A commit that was on its way may arrive after this.
        let waits =
            store.pending(&[], pending.key - 1, 1, seen).await.unwrap() == [pending.clone()];
        assert!(done.is_none() || !waits, "what was answered is not there");
        store.insert(read()).await.unwrap();
    }
    let items = store.walk(0, 100).await.unwrap();
    assert_eq!(items.len(), 40);
    assert_eq!(items.iter().map(|(item, _)| item.url.as_str()).collect::<HashSet<_>>().len(), 40);
    assert_eq!(store.head().await.unwrap(), 40);
    assert!(store.pending(&[], 0, 100, seen).await.unwrap().is_empty());
}
