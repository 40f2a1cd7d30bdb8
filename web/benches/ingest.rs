//! `cargo bench -p web --bench ingest -- [PAGES]`: collects so many generated pages from fifty outlets on loopback by the
//! whole pipeline, and tells the memory after every thousand. It should be flat.
//!
//! The outlets run in a process of their own, so that memory and processor time are the pipeline's alone.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench prints, and stops where it cannot go on"
)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use web::app::App;
use web::clock::Clock;
use web::config::Config;
use web::jobs::ingest::{self, Round};

#[path = "ingest/outlets.rs"]
mod outlets;

/// Pages between two lines of the report.
const STEP: usize = 1000;

#[tokio::main]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let count = words.iter().find_map(|word| word.parse().ok()).unwrap_or(10_000);
    if words.iter().any(|word| word == "--outlets") {
        outlets::serve(count).await;
    } else if words.iter().any(|word| word == "--bench") {
        // Not for `cargo test --all-targets`, which starts benches without a word.
        collect(count).await;
    }
}

async fn collect(count: usize) {
    let (mut outlets, port) = start_outlets(count);
    let folder = tempfile::TempDir::new().unwrap();
    let config = Config::load(Some(&settings(folder.path(), port))).unwrap();
    let app = App::open(config, &folder.path().join("data"), Clock::default()).await.unwrap();
    app.follow_catalog().await.unwrap();
    let watching = tokio::spawn(watch(app.clone(), count));
    let start = (Instant::now(), cpu());
    let report = ingest::run(&app, &Round { all: true, sources: Vec::new() }).await.unwrap();
    watching.abort();
    assert_eq!((report.kept, report.failed), (count, 0), "{:?}", report.failures.first());
    tell("collected", count, start);
    app.index.catch_up().await.unwrap();
    tell("with the index", count, start);
    println!("most memory: {} MB", memory("VmHWM:"));
    // The end of its input ends it.
    drop(outlets.stdin.take());
    outlets.wait().unwrap();
}

/// Tells the memory after each thousand pages.
async fn watch(app: App, count: usize) {
    let start = (Instant::now(), cpu());
    let mut next = STEP;
    let mut looks = tokio::time::interval(Duration::from_millis(20));
    while next <= count {
        looks.tick().await;
        let kept = usize::try_from(app.index.store().head().await.unwrap()).unwrap();
        if kept >= next {
            tell("kept", kept, start);
            next = kept / STEP * STEP + STEP;
        }
    }
}

fn tell(what: &str, pages: usize, (start, cpu_before): (Instant, f64)) {
    let (time, cpu) = (start.elapsed().as_secs_f64(), cpu() - cpu_before);
    let rate = pages as f64 / cpu;
    println!(
        "{pages:>7} {what:<15} {:>4} MB {time:>6.1} s {cpu:>6.1} s CPU {rate:>5.0} a CPU second",
        memory("VmRSS:")
    );
}

/// Starts the outlets; tells the port on which each listens at its own address.
fn start_outlets(count: usize) -> (Child, u16) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--outlets", &count.to_string()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    (child, line.trim().parse().unwrap())
}

fn settings(folder: &Path, port: u16) -> std::path::PathBuf {
    let mut catalog = String::new();
    for outlet in 0..outlets::OUTLETS {
        let _ = writeln!(
            catalog,
            "[[source]]\nid = \"outlet-{outlet}\"\nname = \"Outlet {outlet}\"\nurl = \"http://{}:{port}/feed.xml\"\n\
             format = \"feed\"\npublisher = \"news\"\nlanguage = \"en\"\nschedule = \"0 */5 * * * *\"",
            outlets::host(outlet)
        );
    }
    std::fs::write(folder.join("sources.toml"), catalog).unwrap();
    let file = folder.join("lexwatch.toml");
    std::fs::write(
        &file,
        "[crawler]\nhost_delay_ms = 0\nallow_private_addresses = true\ncontact = \"bench@example.org\"\n\
         [sources]\nfile = \"sources.toml\"\n",
    )
    .unwrap();
    file
}

/// A line of Linux's account of this process, in MB.
fn memory(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.trim().trim_end_matches("kB").trim().parse::<u64>().unwrap_or(0) / 1024
}

/// The seconds of processor time that this process took, as Linux counts them in hundredths.
fn cpu() -> f64 {
    let mut stat = String::new();
    let _ =
        std::fs::File::open("/proc/self/stat").and_then(|mut file| file.read_to_string(&mut stat));
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}
