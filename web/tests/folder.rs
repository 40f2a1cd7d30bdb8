//! Data folders: who may work on one, what a slip in `--data` does, and that looking changes nothing.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::{Output, Stdio};

use serde_json::Value;
use tests::World;
use tokio::io::{
    AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, AsyncWriteExt as _, BufReader, Lines,
};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStdout, Command};
use web::folder;

const ITEM: &[u8] =
    b"{\"url\":\"https://example.org/1\",\"title\":\"China adopts law\",\"text\":\"A law.\"}\n";

fn lexwatch(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lexwatch"));
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    command
}

async fn run(folder: &Path, arguments: &[&str]) -> Output {
    lexwatch(folder, arguments).output().await.unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines<R: AsyncRead + Unpin>(stream: Option<R>) -> Lines<BufReader<R>> {
    BufReader::new(stream.unwrap()).lines()
}

/// Starts a `serve` or `demo`, up to the line that says where it listens.
async fn listening(folder: &Path, arguments: &[&str]) -> (Child, Lines<BufReader<ChildStdout>>) {
    let mut child = lexwatch(folder, arguments).stderr(Stdio::null()).spawn().unwrap();
    let mut out = lines(child.stdout.take());
    let line = out.next_line().await.unwrap().unwrap();
    assert!(line.contains("listening"), "{line}");
    (child, out)
}

/// `(id, site, followed)` of every source.
async fn sources(folder: &Path, arguments: &[&str]) -> Vec<(String, String, bool)> {
    let list = run(folder, &[arguments, &["sources", "list"]].concat()).await;
    assert!(list.status.success(), "{}", errors(&list));
    let text = String::from_utf8(list.stdout).unwrap();
    let line = |line: &str| {
        let source: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| source[key].as_str().unwrap().to_owned();
        (text("id"), text("site"), source["followed"].as_bool().unwrap())
    };
    text.lines().map(line).collect()
}

async fn followed(world: &World) -> Vec<String> {
    let sources = sources(world.folder(), &["--config", "none.toml"]).await;
    sources.into_iter().filter(|source| source.2).map(|source| source.0).collect()
}

#[tokio::test]
async fn looking_at_a_folder_leaves_what_it_follows() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.write_settings().unwrap();
    // Other settings: those of the bundled catalogue.
    std::fs::write(world.folder().join("none.toml"), "").unwrap();
    let ingest = run(world.folder(), &["ingest", "--all"]).await;
    assert!(ingest.status.success(), "{}", errors(&ingest));
    assert_eq!(followed(&world).await, ["press"]);
    for look in [
        &["search", "--json", "encryption"][..],
        &["export", "--format", "csv"],
        &["retag"],
        &["reindex"],
        &["subscribers", "list"],
        &["briefings", "send", "--dry-run"],
    ] {
        let looked = run(world.folder(), &[&["--config", "none.toml"], look].concat()).await;
        assert!(looked.status.success(), "{look:?}: {}", errors(&looked));
    }
    assert_eq!(followed(&world).await, ["press"]);
}

#[tokio::test]
async fn before_the_first_poll_the_configured_sources_are_listed() {
    let mut world = World::new().await.unwrap();
    world.source("press", "feed", "/feed.xml", "").source("other", "feed", "/other.xml", "");
    world.write_settings().unwrap();
    let listed = sources(world.folder(), &[]).await;
    let ids: Vec<_> = listed.iter().map(|source| source.0.as_str()).collect();
    assert_eq!(ids, ["press", "other"]);
    assert!(!world.folder().join("data").exists(), "looking makes no folder");
}

#[tokio::test]
async fn a_folder_is_served_once() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.write_settings().unwrap();
    let (mut first, _out) = listening(world.folder(), &["serve"]).await;
    for second in [&["serve", "--data", "data"][..], &["demo", "--data", "data"]] {
        let second = run(world.folder(), second).await;
        assert_eq!(second.status.code(), Some(1), "{}", errors(&second));
        assert_eq!(errors(&second).lines().count(), 1, "{}", errors(&second));
        assert!(errors(&second).contains("data: another lexwatch serves"), "{}", errors(&second));
    }
    let ingest = run(world.folder(), &["ingest", "--all", "--json"]).await;
    assert_eq!(ingest.status.code(), Some(0), "beside a server: {}", errors(&ingest));
    // However it ends, the next one may start.
    first.kill().await.unwrap();
    let (_child, _out) = listening(world.folder(), &["serve"]).await;
}

#[tokio::test]
async fn a_second_ingest_waits_for_the_first() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.write_settings().unwrap();
    let data = world.folder().join("data");
    folder::make(&data).unwrap();
    let claim = folder::claim_ingesting(&data, || {}).await.unwrap();
    let mut child = lexwatch(world.folder(), &["ingest", "--all"]).spawn().unwrap();
    let mut said = lines(child.stderr.take());
    let line = said.next_line().await.unwrap().unwrap();
    assert!(line.contains("another `ingest` works on data"), "{line}");
    assert!(world.web.log().is_empty(), "nothing is fetched meanwhile");
    drop(claim);
    assert!(child.wait().await.unwrap().success());
    assert_eq!(world.web.hits("/news/0"), 1);
}

#[tokio::test]
async fn the_demo_comes_back_at_the_same_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let demo = ["--data", "shown", "demo", "--listen", "127.0.0.1:0"];
    let (mut first, _out) = listening(folder.path(), &demo).await;
    let before = sources(folder.path(), &["--data", "shown"]).await;
    assert!(before.len() >= 8 && before.iter().all(|source| source.2), "{before:?}");
    first.kill().await.unwrap();
    let (_second, _out) = listening(folder.path(), &demo).await;
    assert_eq!(sources(folder.path(), &["--data", "shown"]).await, before);
}

#[tokio::test]
async fn the_demo_keeps_away_from_real_data() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.write_settings().unwrap();
    let ingest = run(world.folder(), &["ingest", "--all"]).await;
    assert!(ingest.status.success(), "{}", errors(&ingest));
    // Even where a demo was before: whoever then serves it makes it real.
    for marked in [false, true] {
        if marked {
            std::fs::write(world.folder().join("data/newsroom.address"), "127.0.0.1:1").unwrap();
        }
        let demo = ["demo", "--data", "data", "--listen", "127.0.0.1:0"];
        let demo = run(world.folder(), &demo).await;
        assert_eq!(demo.status.code(), Some(2), "{}", errors(&demo));
        assert!(errors(&demo).contains("data: this data folder holds more than a demo"));
        assert_eq!(sources(world.folder(), &[]).await.len(), 1);
    }
}

#[tokio::test]
async fn a_slip_in_data_is_no_empty_answer() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("there")).unwrap();
    for data in ["nowhere", "there"] {
        for command in [
            &["search", "vpn"][..],
            &["export", "--format", "csv"],
            &["reindex"],
            &["retag"],
            &["subscribers", "list"],
            &["briefings", "send"],
        ] {
            let output = run(folder.path(), &[&["--data", data], command].concat()).await;
            assert_eq!(output.status.code(), Some(2), "{command:?}: {}", errors(&output));
            assert_eq!(errors(&output).lines().count(), 1);
            assert!(errors(&output).contains(&format!("{data}: there is no Lexwatch data")));
        }
    }
    assert!(!folder.path().join("nowhere").exists(), "no folder is made");
    assert_eq!(std::fs::read_dir(folder.path().join("there")).unwrap().count(), 0);
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_that_cannot_be_written_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("items.jsonl"), ITEM).unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let import = run(folder.path(), &["--data", "file", "import", "items.jsonl"]).await;
    assert_eq!(import.status.code(), Some(1));
    assert!(errors(&import).contains("file: the data folder cannot be made"), "{import:?}");

    let import = run(folder.path(), &["import", "items.jsonl"]).await;
    assert!(import.status.success(), "{}", errors(&import));
    let data = folder.path().join("data");
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o555)).unwrap();
    // Rights do not bind an administrator.
    if std::fs::write(data.join("probe"), "").is_err() {
        let search = run(folder.path(), &["search", "law"]).await;
        assert_eq!(search.status.code(), Some(1));
        assert!(errors(&search).contains("data: the data folder cannot be written to"));
    }
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[tokio::test]
async fn what_is_piped_is_plain_and_may_be_cut_off() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.write_settings().unwrap();
    let mut ingest = lexwatch(world.folder(), &["ingest", "--all"]);
    let ingest = ingest.env("RUST_LOG", "info").output().await.unwrap();
    assert!(errors(&ingest).contains("polled"), "{}", errors(&ingest));
    assert!(!errors(&ingest).contains('\u{1b}'), "{}", errors(&ingest));
    for format in ["csv", "ndjson"] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut export = lexwatch(world.folder(), &["export", "--format", format]);
        let export = export.stdout(writer).spawn().unwrap().wait_with_output().await.unwrap();
        assert_eq!(export.status.code(), Some(0), "{}", errors(&export));
        assert_eq!(errors(&export), "");
    }
}

#[tokio::test]
async fn an_index_is_rebuilt_beside_a_server_and_the_old_one_answers_meanwhile() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.write_settings().unwrap();
    let ingest = run(world.folder(), &["ingest", "--all"]).await;
    assert!(ingest.status.success(), "{}", errors(&ingest));
    let (mut server, _out) = listening(world.folder(), &["serve"]).await;
    for _ in 0..2 {
        let reindex = run(world.folder(), &["reindex"]).await;
        assert_eq!(reindex.status.code(), Some(0), "{}", errors(&reindex));
        assert_eq!(String::from_utf8_lossy(&reindex.stdout), "{\"changes\":1}\n");
        assert!(errors(&reindex).contains("asked to make it again"), "{}", errors(&reindex));
        let search = run(world.folder(), &["search", "encryption"]).await;
        assert!(errors(&search).contains("1 of 1"), "{}", errors(&search));
    }
    assert!(!world.folder().join("data/index.request").exists());
    // What a server that was killed leaves behind, the next one does, or whoever asks for it without one.
    server.kill().await.unwrap();
    std::fs::write(world.folder().join("data/index.request"), "").unwrap();
    let reindex = run(world.folder(), &["reindex"]).await;
    assert_eq!((reindex.status.code(), errors(&reindex)), (Some(0), String::new()));
    assert!(!world.folder().join("data/index.request").exists());
}

#[tokio::test]
async fn what_a_person_says_beside_a_server_is_found_by_the_next_search() {
    let world =
        World::with_press(&[("China", "encryption"), ("India", "VPN services")]).await.unwrap();
    world.write_settings().unwrap();
    let ingest = run(world.folder(), &["ingest", "--all"]).await;
    assert!(ingest.status.success(), "{}", errors(&ingest));
    let (_server, _out) = listening(world.folder(), &["serve"]).await;
    let server = folder::served_at(&world.folder().join("data")).unwrap();
    let found = async |parameters: &str| -> Value {
        let mut stream = TcpStream::connect(server.authority()).await.unwrap();
        let request = format!(
            "GET /api/v1/items?{parameters} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n",
            server.authority()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
    };
    let items = found("").await["items"].clone();
    let (id, other) = (items[0]["id"].as_str().unwrap(), items[1]["story"].as_str().unwrap());
    let why = ["--by", "Ada", "--why", "one event"];
    for _ in 0..2 {
        for (words, stories) in [(&["attach", id, other][..], 1), (&["detach", id], 2)] {
            let put = run(world.folder(), &[&["stories"], words, &why].concat()).await;
            assert_eq!((put.status.code(), errors(&put)), (Some(0), String::new()));
            assert_eq!(found("").await["stories"], stories, "after {words:?}");
        }
    }
    let correct = ["correct", id, "--add", "country:BR"];
    let corrected = run(world.folder(), &[&correct[..], &why].concat()).await;
    assert_eq!((corrected.status.code(), errors(&corrected)), (Some(0), String::new()));
    assert_eq!(found("jurisdiction=BR").await["total"], 1);
}

#[tokio::test]
async fn a_command_makes_a_damaged_index_again_and_answers() {
    let folder = tempfile::tempdir().unwrap();
    let line = |number: usize| {
        format!(
            "{{\"url\":\"https://example.org/{number}\",\"title\":\"China adopts law\",\"text\":\"The parliament of \
             China adopted a law on encryption with {number} articles.\"}}\n"
        )
    };
    std::fs::write(folder.path().join("items"), (0..40).map(line).collect::<String>()).unwrap();
    let import = run(folder.path(), &["import", "items"]).await;
    assert!(import.status.success(), "{}", errors(&import));
    for (command, told) in [
        (&["search", "encryption law"][..], "20 of 40"),
        (&["search", "--json", "encryption law"], "\"total\":40"),
        (&["export", "--format", "csv", "encryption law"], "id,url,title"),
        (&["export", "--format", "ndjson", "encryption law"], "https://example.org/39"),
    ] {
        for entry in std::fs::read_dir(folder.path().join("data/index")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "idx") {
                let mut bytes = std::fs::read(&path).unwrap();
                let half = bytes.len() / 2;
                bytes[..half].fill(0);
                std::fs::write(&path, bytes).unwrap();
            }
        }
        let output = run(folder.path(), command).await;
        let (said, answer) = (errors(&output), String::from_utf8_lossy(&output.stdout));
        assert_eq!(output.status.code(), Some(0), "{command:?}: {said}");
        assert!(said.contains(told) || answer.contains(told), "{command:?}: {said}{answer}");
        assert!(!said.contains("panicked"), "{command:?}: {said}");
        assert!(said.contains("it is made again"), "{command:?}: {said}");
        assert_eq!(answer.matches("id,url,title").count(), usize::from(told.starts_with("id,")));
    }
}

#[tokio::test]
async fn a_command_that_finds_no_whole_index_does_not_answer_that_there_is_nothing() {
    let world = World::with_press(&[("China", "encryption")]).await.unwrap();
    world.write_settings().unwrap();
    let ingest = run(world.folder(), &["ingest", "--all"]).await;
    assert!(ingest.status.success(), "{}", errors(&ingest));
    let add = ["subscribers", "add", "a@example.org", "--query", "encryption", "--rhythm", "now"];
    let add = run(
        world.folder(),
        &[&add[..], &["--confirmed", "--since", "2026-01-01T00:00:00Z"]].concat(),
    )
    .await;
    assert!(add.status.success(), "{}", errors(&add));
    std::fs::remove_dir_all(world.folder().join("data/index")).unwrap();
    let list = run(world.folder(), &["subscribers", "list"]).await;
    assert!(errors(&list).contains("its folder is missing"), "{}", errors(&list));
    // As long as another process is at it.
    let lock = std::fs::File::options().append(true).open(world.folder().join("data/index.lock"));
    let lock = lock.unwrap();
    lock.lock().unwrap();
    for command in [
        &["search", "encryption"][..],
        &["search", "--json", "encryption"],
        &["export", "--format", "csv"],
        &["briefings", "send"],
    ] {
        let output = run(world.folder(), command).await;
        assert_eq!(output.status.code(), Some(1), "{command:?}: {}", errors(&output));
        assert!(output.stdout.is_empty(), "{command:?}");
        assert!(errors(&output).contains("0 of 1 changes are in it"), "{}", errors(&output));
    }
    drop(lock);
    let search = run(world.folder(), &["search", "encryption"]).await;
    assert_eq!(search.status.code(), Some(0));
    assert!(errors(&search).contains("1 of 1"), "{}", errors(&search));
    let sent = run(world.folder(), &["briefings", "send"]).await;
    assert!(String::from_utf8_lossy(&sent.stdout).contains("a@example.org"), "{sent:?}");
    // What is the matter is said in a line, however much of a file it could repeat.
    let meta = world.folder().join("data/index/meta.json");
    let meta = std::fs::File::options().write(true).open(meta).unwrap();
    meta.set_len(meta.metadata().unwrap().len() / 2).unwrap();
    let list = run(world.folder(), &["subscribers", "list"]).await;
    assert!(errors(&list).contains("is made again fault="), "{}", errors(&list));
    assert!(errors(&list).len() < 500, "{}", errors(&list));
}
