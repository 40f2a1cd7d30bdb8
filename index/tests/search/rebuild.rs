//! An index that is made takes the place of the old one when it is whole, and its making may be broken off.

use std::fs;

use index::{Error, Progress};

use super::recovery::drafts;
use super::*;

#[tokio::test]
async fn a_new_folder_and_a_short_lag_hold_up_nobody() {
    let folder = TempDir::new().unwrap();
    let index = open(folder.path()).await;
    assert_eq!(find(&index, "encryption").await.total, 0);
    keep(&index, 0, &drafts(3)).await;
    assert_eq!((find(&index, "encryption").await.total, index.held().await.unwrap()), (0, 0));
    index.catch_up().await.unwrap();
    keep(&index, 3, &drafts(3)).await;
    let reader = open(folder.path()).await;
    assert_eq!((find(&reader, "encryption").await.total, reader.held().await.unwrap()), (3, 3));
}

#[tokio::test]
async fn how_much_cannot_be_found_yet_is_told_where_it_is_much() {
    let (folder, index) = filled(&drafts(3)).await;
    assert_eq!(index.behind(), None);
    keep(&index, 3, &drafts(10)).await;
    let reader = open(folder.path()).await;
    assert_eq!((find(&reader, "encryption").await.total, reader.behind()), (3, None));
    keep(&index, 13, &drafts(1_200)).await;
    let reader = open(folder.path()).await;
    assert_eq!((find(&reader, "encryption").await.total, reader.behind()), (3, Some(1_210)));
    // Whoever cannot follow by itself sees how far the other is.
    assert!(matches!(reader.catch_up().await, Err(Error::Busy)));
    assert_eq!(reader.behind(), Some(1_210));
    index.catch_up().await.unwrap();
    assert!(matches!(reader.catch_up().await, Err(Error::Busy)));
    assert_eq!((find(&reader, "encryption").await.total, reader.behind()), (1_213, None));
    assert_eq!(index.behind(), None);
}

/// Halts an index as soon as this much of the change log was followed, or before it begins.
async fn halt_after(index: &Index, followed: i64) {
    while index.followed() < followed {
        tokio::task::yield_now().await;
    }
    index.halt();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_before_a_halt_is_kept() {
    let (folder, index) = filled(&drafts(1_500)).await;
    drop(index);
    fs::remove_dir_all(folder.path().join("index")).unwrap();
    let index = open(folder.path()).await;
    let (halted, ()) = tokio::join!(index.catch_up(), halt_after(&index, 100));
    let Err(Error::Unfinished { done, of: 1_500 }) = halted else { panic!("{halted:?}") };
    assert!((100..1_500).contains(&done), "{done}");
    assert!(matches!(index.catch_up().await, Err(Error::Unfinished { .. })), "it stays halted");
    drop(index);
    let again = open(folder.path()).await;
    let held = again.held().await.unwrap_err();
    assert!(matches!(held, Error::Unfinished { done: kept, of: 1_500 } if kept == done), "{held}");
    assert_eq!(again.catch_up().await.unwrap(), 1_500);
    assert_eq!(find(&again, "encryption").await.total, 1_500);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_that_is_halted_leaves_the_old_index() {
    let (folder, index) = filled(&drafts(1_500)).await;
    assert_eq!(index.followed(), 1_500);
    let (halted, ()) = tokio::join!(index.rebuild(), async {
        while index.followed() == 1_500 {
            tokio::task::yield_now().await;
        }
        index.halt();
    });
    assert!(matches!(halted, Err(Error::Unfinished { .. })), "{halted:?}");
    assert_eq!(find(&index, "encryption").await.total, 1_500);
    drop(index);
    let again = open(folder.path()).await;
    assert_eq!(find(&again, "encryption").await.total, 1_500);
    assert_eq!(again.catch_up().await.unwrap(), 1_500);
    assert_eq!(find(&again, "encryption").await.total, 1_500);
}

#[tokio::test]
async fn who_writes_the_index_makes_it_again_when_another_process_asks() {
    let (folder, writer) = filled(&drafts(300)).await;
    writer.rebuild_if_asked().await.unwrap();
    let other = open(folder.path()).await;
    assert!(matches!(other.rebuild().await, Err(Error::Busy)));
    assert_eq!(other.asked().unwrap(), None);
    other.ask_rebuild().unwrap();
    assert_eq!(open(folder.path()).await.asked().unwrap(), Some(Progress { done: 0, of: 0 }));
    writer.rebuild_if_asked().await.unwrap();
    assert_eq!(other.asked().unwrap(), None, "it is done");
    assert_eq!((find(&writer, "encryption").await.total, writer.held().await.unwrap()), (300, 300));

    // Whoever wrote it may be gone before it is done: then it waits for the next, or is done by who asked.
    other.ask_rebuild().unwrap();
    writer.halt();
    writer.rebuild_if_asked().await.unwrap();
    assert!(other.asked().unwrap().is_some());
    drop(writer);
    assert_eq!(other.rebuild().await.unwrap(), 300);
    assert_eq!(other.asked().unwrap(), None);
    assert_eq!(find(&other, "encryption").await.total, 300);
}

#[tokio::test]
async fn an_index_that_is_made_anyhow_is_what_another_process_asked_for() {
    let (folder, index) = filled(&drafts(300)).await;
    drop(index);
    fs::remove_dir_all(folder.path().join("index")).unwrap();
    let writer = open(folder.path()).await;
    writer.ask_rebuild().unwrap();
    assert_eq!(writer.catch_up().await.unwrap(), 300);
    assert_eq!(writer.asked().unwrap(), None, "it is not made twice");
    // What only follows leaves the request for who makes it.
    writer.ask_rebuild().unwrap();
    writer.catch_up().await.unwrap();
    assert!(writer.asked().unwrap().is_some());
}

#[tokio::test]
async fn a_rebuild_that_failed_is_told_to_who_asked_and_not_tried_again() {
    let (folder, writer) = filled(&drafts(1)).await;
    fs::write(folder.path().join("index.request"), "failed: no space is left").unwrap();
    writer.rebuild_if_asked().await.unwrap();
    let other = open(folder.path()).await;
    let told = other.asked().unwrap_err();
    assert!(told.to_string().contains("no space is left"), "{told}");
    assert_eq!(other.asked().unwrap(), None, "once");
}
