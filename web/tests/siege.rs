//! All that a hostile web can do, done at once: each attack has its name, the memory stays bounded, and the honest
//! source is read.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::process::Stdio;

use anyhow::{Context as _, ensure};
use serde_json::Value;
use tests::{FakeWeb, Reply, article, feed, page};
use tokio::io::AsyncReadExt as _;
use tokio::process::{Child, Command};

/// What the whole process may take, in MB.
const MEMORY: u64 = 700;

const DATE: &str = "Mon, 23 Nov 2026 08:00:00 GMT";

/// A frame of Zstandard (RFC 8878) of 16 kB that unpacks to 512 MB: each block says "this byte, 128 kB of it".
fn bomb() -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    for block in 0..4000_u32 {
        let header = (128 * 1024) << 3 | 1 << 1 | u32::from(block == 3999);
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(b'x');
    }
    frame
}

fn xml(body: String) -> Reply {
    Reply::Body("application/rss+xml".to_owned(), body.into_bytes())
}

/// Attacks on the list itself: a name, the format, the answer, and what is said of it.
fn attacks() -> Vec<(&'static str, &'static str, Reply, &'static str)> {
    let million = (0..600_000).fold("<rss><channel>".to_owned(), |mut feed, n| {
        let _ = write!(feed, "<item><link>/{n}</link></item>");
        feed
    });
    let scripts = "<rss><channel><item><link>javascript:alert(1)</link></item>\
        <item><link>data:text/html,x</link></item></channel></rss>";
    let flood: &'static str = "x".repeat(2 << 20).leak();
    let loops = "<main><article><h3><a href=\"/news/a-headline-of-some-length\">A headline of some length</a></h3>\
        <time>2026-11-23</time></article></main><a rel=next href=\"/list\">Next</a>";
    vec![
        ("endless", "feed", Reply::Endless, "larger than"),
        ("silent", "feed", Reply::Silence, "within 3 s"),
        ("circle", "feed", Reply::Redirect("/list".to_owned()), "redirect"),
        ("bomb", "feed", Reply::With(200, ("content-encoding", "zstd"), bomb()), "larger than"),
        (
            "headers",
            "feed",
            Reply::With(200, ("x-flood", flood), Vec::new()),
            "more headers than are read",
        ),
        ("scripts", "feed", xml(scripts.to_owned()), "address of a web page"),
        ("deep", "feed", xml("<rss><channel><item>".to_owned() + &"<a>".repeat(5_000_000)), ""),
        ("million", "feed", xml(million), "ok"),
        ("pages", "listing", Reply::Body("text/html".to_owned(), loops.into()), "ok"),
        (
            "json",
            "json",
            Reply::Body("application/json".to_owned(), vec![b'['; 15 << 20]),
            "no JSON",
        ),
    ]
}

/// A source whose list is fine and whose pages are not.
fn hostile_pages(web: &FakeWeb) {
    let pages = [
        ("/deep", "<div>".repeat(3_000_000)),
        ("/wide", format!("<p {}>", "a=b c ".repeat(2_500_000))),
        ("/long", format!("<p>{}", "word ".repeat(3_000_000))),
        ("/formatting", "<b><i><a>".repeat(500_000) + &"<p>x".repeat(500_000)),
    ];
    let listed = pages.each_ref().map(|(path, _)| (*path, "A page that hurts", DATE));
    web.rss("/list", feed(&web.url(""), &listed));
    for (path, page) in pages {
        web.html(path, page);
    }
}

fn add(catalog: &mut String, id: &str, format: &str, url: &str) {
    let _ = write!(
        catalog,
        "[[source]]\nid = \"{id}\"\nname = \"{id}\"\nurl = \"{url}\"\nformat = \"{format}\"\npublisher = \"news\"\n\
         schedule = \"0 */5 * * * *\"\nread = {}\n",
        matches!(id, "honest" | "page"),
    );
    if format == "json" {
        catalog.push_str("[source.json]\nitems = \"/items\"\nurl = \"/url\"\n");
    }
}

/// The most memory that a process has had, in MB.
fn most_memory(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()?)).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? / 1024)
}

/// The honest source: one story.
async fn honest() -> anyhow::Result<FakeWeb> {
    let web = FakeWeb::start().await?;
    let text = article("Peru", "data protection");
    let text: Vec<_> = text.iter().map(String::as_str).collect();
    let title = "Peru adopts law on data protection";
    web.html("/story", page(title, "2026-11-23", &text));
    web.rss("/list", feed(&web.url(""), &[("/story", title, DATE)]));
    Ok(web)
}

/// One round over these sources by the binary: its report, and the most memory that it took, in MB.
async fn ingest(catalog: &str) -> anyhow::Result<(Value, u64)> {
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("sources.toml"), catalog)?;
    std::fs::write(
        folder.path().join("lexwatch.toml"),
        "[crawler]\nhost_delay_ms = 0\ntimeout_s = 3\nmax_body_mb = 20\nallow_private_addresses = true\n\
         contact = \"test@example.org\"\n[sources]\nfile = \"sources.toml\"\n",
    )?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_lexwatch"))
        .args(["ingest", "--all", "--json"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()?;
    let mut out = child.stdout.take().context("no output")?;
    let reading = tokio::spawn(async move {
        let mut report = String::new();
        out.read_to_string(&mut report).await.map(|_| report)
    });
    let mut most = 0;
    let mut looks = tokio::time::interval(std::time::Duration::from_millis(20));
    let ended = loop {
        tokio::select! {
            ended = child.wait() => break ended?,
            _ = looks.tick() => most = most_memory(&child).map_or(most, |now| most.max(now)),
        }
    };
    let report = reading.await??;
    ensure!(ended.success(), "{report}");
    Ok((serde_json::from_str(&report)?, most))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hostile_web_has_names_for_its_tricks_and_bounds() -> anyhow::Result<()> {
    let mut catalog = String::new();
    let mut webs = Vec::new();
    let attacks = attacks();
    for (id, format, reply, _) in &attacks {
        let web = FakeWeb::start().await?;
        web.put("/list", reply.clone());
        add(&mut catalog, id, format, &web.url("/list"));
        webs.push(web);
    }
    let rules = FakeWeb::start().await?;
    rules.put("/robots.txt", Reply::Endless).rss("/list", feed(&rules.url(""), &[]));
    add(&mut catalog, "rules", "feed", &rules.url("/list"));
    let hurting = FakeWeb::start().await?;
    hostile_pages(&hurting);
    add(&mut catalog, "page", "feed", &hurting.url("/list"));
    let honest = honest().await?;
    add(&mut catalog, "honest", "feed", &honest.url("/list"));

    let (report, most) = ingest(&catalog).await?;
    ensure!(most < MEMORY, "{most} MB were taken");
    let sources = report["sources"].as_array().context("no sources in the report")?;
    let said: HashMap<_, _> = sources
        .iter()
        .map(|source| {
            let error = source["error"].as_str().unwrap_or("ok");
            (source["id"].as_str().unwrap_or_default(), error)
        })
        .collect();
    for (id, _, _, expected) in &attacks {
        let found = said.get(id).copied().unwrap_or("it is missing");
        ensure!(found.contains(expected), "{id}: {found}");
    }
    ensure!(said.get("honest") == Some(&"ok"), "{said:?}");
    ensure!(report["kept"].as_u64().unwrap_or_default() >= 1, "{report:#}");
    ensure!(honest.hits("/story") == 1, "the honest story was not read once");
    Ok(())
}
