//! Whatever is deleted, cut short, out of date or broken off, nothing is lost but time.

use std::fs;
use std::future::poll_fn;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::task::Poll;

use index::Error;

use super::*;

pub(super) fn drafts(count: usize) -> Vec<Draft<'static>> {
    vec![Draft { text: "Encryption of some text.", jurisdictions: &["CN"], ..DRAFT }; count]
}

/// The files of an index.
fn files(folder: &TempDir) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.path().join("index")).unwrap();
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    files
}

/// A folder whose index has two segments, with a deletion in one.
async fn folder() -> TempDir {
    let (folder, index) = filled(&drafts(5)).await;
    let (item, _) = find(&index, "encryption").await.rows.remove(0);
    index
        .store()
        .retag(item.id, &Draft { stage: Some("adopted"), ..drafts(1)[0] }.tags(), now())
        .await
        .unwrap();
    index.catch_up().await.unwrap();
    copy(&folder)
}

/// Opens what was damaged and sees that all is there.
async fn assert_whole(folder: &TempDir, what: &str) {
    let index = Index::open(folder.path(), "sqlite")
        .await
        .unwrap_or_else(|error| panic!("{what}: {error}"));
    let position = index.catch_up().await.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(position, 6, "{what}");
    let page = find(&index, "encryption country:CN").await;
    assert_eq!((page.total, page.rows.len()), (5, 5), "{what}");
    assert_eq!(find(&index, "stage:adopted").await.total, 1, "{what}");
}

/// Sees that nothing is answered of an index that holds so many of six changes, not even that there is nothing.
async fn assert_unfinished(index: &Index, held: i64, what: &str) {
    let (any, none) = (query("policy:any"), first(0));
    let all = [
        index.find(&any, &first(10), &[], None).await.map(drop),
        index.answer(&query("encription"), &first(10), &[]).await.map(drop),
        index.search(&any, &none, &Facet::ALL, None).await.map(drop),
        index.per_day(&any, 30, now()).map(drop),
        index.did_you_mean(&query("encription")).map(drop),
        index.held().await.map(drop),
        index.complete_until().await.map(drop),
        index.whole(),
    ];
    for answer in all {
        let Err(Error::Unfinished { done, of }) = answer else { panic!("{what}: {answer:?}") };
        assert_eq!((done, of), (held, 6), "{what}");
    }
}

#[tokio::test]
async fn a_deleted_index_is_made_again() {
    let folder = folder().await;
    fs::remove_dir_all(folder.path().join("index")).unwrap();
    let index = open(folder.path()).await;
    assert_unfinished(&index, 0, "deleted").await;
    // Whoever comes second finds an index that is sound but for what is missing.
    assert_unfinished(&open(folder.path()).await, 0, "opened again").await;
    drop(index);
    assert_whole(&folder, "deleted").await;
    fs::remove_file(folder.path().join("index.lock")).unwrap();
    assert_whole(&folder, "no lock").await;
}

#[tokio::test]
async fn any_file_may_be_deleted_cut_short_or_filled_with_nonsense() {
    let sound = folder().await;
    let mut kinds: Vec<_> = files(&sound).into_iter().map(|file| (kind(&file), file)).collect();
    kinds.sort();
    kinds.dedup_by(|a, b| a.0 == b.0);
    assert!(kinds.len() >= 8, "{kinds:?}");
    for (_, file) in kinds {
        for damage in ["deleted", "halved", "one byte less", "nonsense"] {
            let folder = copy(&sound);
            let file = folder.path().join(file.strip_prefix(sound.path()).unwrap());
            let length = fs::metadata(&file).unwrap().len();
            let cut = |length| {
                fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(length).unwrap();
            };
            match damage {
                "deleted" => fs::remove_file(&file).unwrap(),
                "halved" => cut(length / 2),
                "one byte less" => cut(length.saturating_sub(1)),
                _ => fs::write(&file, "nonsense".repeat(20)).unwrap(),
            }
            assert_whole(&folder, &format!("{} {damage}", file.display())).await;
        }
    }
}

#[tokio::test]
async fn an_index_lost_under_a_running_process_is_made_again() {
    for what in ["all", "meta.json", "term", "fast"] {
        let (folder, index) = filled(&drafts(5)).await;
        let all = folder.path().join("index");
        match what {
            "all" => fs::remove_dir_all(&all).unwrap(),
            "meta.json" => fs::remove_file(all.join(what)).unwrap(),
            _ => files(&folder)
                .iter()
                .filter(|file| kind(file) == what)
                .for_each(|file| fs::remove_file(file).unwrap()),
        }
        keep(&index, 5, &drafts(1)).await;
        // What is open can be read on; what is new comes with the new index.
        assert_eq!(find(&index, "encryption").await.total, 5, "{what}");
        assert_eq!(index.catch_up().await.unwrap(), 6, "{what}");
        assert_eq!(
            (find(&index, "encryption").await.total, index.is_mending()),
            (6, false),
            "{what}"
        );
        keep(&index, 6, &drafts(1)).await;
        assert_eq!(index.catch_up().await.unwrap(), 7, "{what}");
        assert_eq!(find(&index, "encryption").await.total, 7, "{what}");
        drop(index);
        let again = open(folder.path()).await;
        assert_eq!(find(&again, "encryption").await.total, 7, "{what}");
    }
}

#[tokio::test]
async fn an_index_damaged_under_a_running_process_is_made_again() {
    let (folder, index) = filled(&drafts(5)).await;
    for file in files(&folder).iter().filter(|file| kind(file) == "term") {
        let length = usize::try_from(fs::metadata(file).unwrap().len()).unwrap();
        // In its place and of its size, as a failing disk would.
        let mut open = fs::OpenOptions::new().write(true).open(file).unwrap();
        std::io::Write::write_all(&mut open, &vec![0xff; length]).unwrap();
    }
    let failed = index.search(&query("encryption"), &first(10), &[], None).await.unwrap_err();
    assert!(matches!(failed, Error::Damaged(_)), "{failed}");
    assert_eq!(index.catch_up().await.unwrap(), 5);
    assert_eq!(find(&index, "encryption").await.total, 5);
}

/// What a file's name says of it.
fn kind(file: &Path) -> String {
    let name = file.file_name().unwrap().to_string_lossy();
    name.rsplit('.').next().unwrap().to_owned()
}

/// A copy of a data folder that nobody has open.
fn copy(folder: &TempDir) -> TempDir {
    let copy = TempDir::new().unwrap();
    fs::create_dir(copy.path().join("index")).unwrap();
    for part in [folder.path().to_owned(), folder.path().join("index")] {
        for file in fs::read_dir(&part).unwrap().map(|entry| entry.unwrap().path()) {
            if file.is_file() {
                let to = copy.path().join(file.strip_prefix(folder.path()).unwrap());
                // The writer may still be removing what no commit needs.
                match fs::copy(&file, to) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    copied => assert!(copied.is_ok(), "{file:?}: {copied:?}"),
                }
            }
        }
    }
    copy
}

#[tokio::test]
async fn everything_cut_in_half_at_once() {
    let folder = folder().await;
    for file in files(&folder) {
        let half = fs::metadata(&file).unwrap().len() / 2;
        fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(half).unwrap();
    }
    assert_whole(&folder, "halved").await;
}

#[tokio::test]
async fn an_index_of_another_shape_or_ahead_of_its_store_is_made_again() {
    for (from, to) in [("\"payload\":\"6 ", "\"payload\":\"0 "), (" 6\"", " 7\"")] {
        let folder = folder().await;
        let meta = folder.path().join("index/meta.json");
        let text = fs::read_to_string(&meta).unwrap();
        let text: String = text.split(": ").collect::<Vec<_>>().join(":");
        assert!(text.contains(from), "{text}");
        fs::write(&meta, text.replace(from, to)).unwrap();
        let index = open(folder.path()).await;
        assert_unfinished(&index, 0, to).await;
        drop(index);
        assert_whole(&folder, to).await;
    }
}

#[tokio::test]
async fn one_process_writes_and_others_read() {
    let (folder, writer) = filled(&drafts(2)).await;
    let reader = open(folder.path()).await;
    assert_eq!(find(&reader, "encryption").await.total, 2);
    keep(&reader, 2, &drafts(1)).await;
    assert!(matches!(reader.catch_up().await, Err(Error::Busy)));
    assert!(matches!(reader.rebuild().await, Err(Error::Busy)));
    assert_eq!(writer.catch_up().await.unwrap(), 3);
    assert!(matches!(reader.catch_up().await, Err(Error::Busy)));
    assert_eq!(find(&reader, "encryption").await.total, 3, "it sees what the writer committed");
    drop(writer);
    assert_eq!(reader.catch_up().await.unwrap(), 3, "now it may write");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_processes_may_open_a_new_folder_at_once() {
    for _ in 0..5 {
        let folder = TempDir::new().unwrap();
        let opened = (0..4).map(|_| {
            let path = folder.path().to_owned();
            tokio::spawn(async move { open(&path).await })
        });
        let mut indexes = Vec::new();
        for opened in opened.collect::<Vec<_>>() {
            indexes.push(opened.await.unwrap());
        }
        keep(&indexes[0], 0, &drafts(3)).await;
        assert_eq!(indexes[1].catch_up().await.unwrap(), 3);
        for (number, index) in indexes.iter().enumerate() {
            assert_eq!(index.held().await.unwrap(), 3);
            assert_eq!(find(index, "encryption").await.total, 3, "process {number}");
        }
    }
}

#[tokio::test]
async fn an_index_can_be_rebuilt_while_it_is_read() {
    let (_folder, index) = filled(&drafts(300)).await;
    let rebuilding = tokio::spawn({
        let index = index.clone();
        async move { index.rebuild().await.unwrap() }
    });
    while !rebuilding.is_finished() {
        assert_eq!(find(&index, "encryption").await.total, 300);
        tokio::task::yield_now().await;
    }
    assert_eq!(rebuilding.await.unwrap(), 300);
    assert_eq!(find(&index, "encryption").await.total, 300);
}

/// Polls a future so many times at most, as when its task is dropped.
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

#[tokio::test(flavor = "multi_thread")]
async fn following_may_be_broken_off_anywhere() {
    let folder = TempDir::new().unwrap();
    let index = open(folder.path()).await;
    for round in 1..30 {
        keep(&index, 20 * round, &drafts(20)).await;
        let _ = cut(index.catch_up(), round).await;
        if round % 3 == 0 {
            let _ = cut(index.rebuild(), round).await;
        }
    }
    assert_eq!(index.catch_up().await.unwrap(), 580);
    assert_eq!(find(&index, "encryption").await.total, 580);
    let head = index.search(&query("encryption"), &first(1_000), &[], None).await.unwrap();
    let mut ids: Vec<_> = head.rows.into_iter().map(|hit| hit.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 580, "each once");
}

/// Keeps and follows without end, in the folder where it is started: see the test below.
#[tokio::test]
#[ignore = "it is run, and killed, by the test below"]
async fn never_ends() {
    let index = open(Path::new(".")).await;
    for round in 0.. {
        keep(&index, 1_000 * round, &drafts(20)).await;
        index.catch_up().await.unwrap();
        if round % 5 == 4 {
            index.rebuild().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_killed_process_leaves_everything_findable() {
    for kept in [1, 21, 60, 101, 160] {
        let folder = TempDir::new().unwrap();
        let store = index::Store::open(folder.path(), "sqlite").await.unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--ignored", "recovery::never_ends"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while store.head().await.unwrap() < kept {
            assert!(child.try_wait().unwrap().is_none(), "it ended by itself");
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let index = open(folder.path()).await;
        let head = index.catch_up().await.unwrap();
        assert!(head >= kept);
        assert_eq!(find(&index, "encryption").await.total, head.unsigned_abs());
    }
}
