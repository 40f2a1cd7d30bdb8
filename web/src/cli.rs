//! The command line: one line of JSON per answer on standard output, everything else on standard error.
//!
//! Exit 0 done, 1 failed, 2 wrong use, bad input or nothing usable in it. Errors here are `anyhow`.

mod briefings;
mod check;
pub(crate) mod classify;
mod collect;
mod correct;
mod discover;
mod find;
mod import;
mod learn;
mod lines;
mod opml;
mod pages;
mod progress;
mod reports;
mod serve;
mod stories;
mod subscribers;
mod tend;
mod training;

use std::io::{IsTerminal as _, Write as _};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, Parser, Subcommand};
use serde::Serialize;
use tracing_subscriber::EnvFilter;

use crate::app::App;
use crate::clock::Clock;
use crate::config::{Config, Faults, READ_PDF};
use crate::folder;
use crate::meaning::{self, Embedder};
use crate::plain::{json_line, steerless};

/// Follows what states do about cybersecurity: collects news and regulators' publications, tags them, and serves
/// them as a site, briefings by mail and an API.
#[derive(Debug, Parser)]
#[command(name = "lexwatch", version, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Where the settings and the data are.
#[derive(Debug, Clone, Args)]
struct Place {
    /// The settings [default: lexwatch.toml, if there is one]
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The data folder [default: ./data]
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// Where the site listens.
#[derive(Debug, Clone, Args)]
struct Listen {
    /// Where the site listens; port 0 takes a free one
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Option<SocketAddr>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the site, the API and the jobs; prints the address when it listens (the default command)
    Serve(Listen),
    /// The same on a bundled newsroom, crawled over loopback by the real pipeline
    Demo(Listen),
    /// One round of poll and read, then a report
    Ingest(collect::Ingest),
    /// The article in a page or a PDF document
    Extract(pages::Extract),
    /// The entries of a feed
    Feed(pages::Feed),
    /// Tag texts: JSON lines in, JSON lines out
    Classify(classify::Classify),
    /// Compare the tags with those of labelled texts: precision, recall and F1 for each
    Evaluate(learn::Evaluate),
    /// Learn a model file from labelled texts
    Train(learn::Train),
    /// Keep items in bulk: JSON lines {"url","title","text","published","source"?,"language"?}
    Import(import::Import),
    /// Print all items of a query
    Export(find::Export),
    /// Search
    Search(find::Search),
    /// Rebuild the full-text index from the store, while the old one goes on answering
    ///
    /// Beside a running `serve` it is that process which rebuilds it; this command waits for it and shows how far it is.
    /// To stop waiting changes nothing
    Reindex,
    /// Tag every item again, and tell what that changed; corrections by people stay
    Retag,
    /// Add or remove tags of an item by hand, for good
    Correct(correct::Correct),
    /// Show a story, take an item out of it or put one in, for good
    #[command(subcommand)]
    Stories(stories::Stories),
    /// What readers report about tags
    #[command(subcommand)]
    Reports(reports::Reports),
    /// Send what is due
    #[command(subcommand)]
    Briefings(briefings::Briefings),
    /// Who gets briefings
    #[command(subcommand)]
    Subscribers(subscribers::Subscribers),
    /// What is followed
    #[command(subcommand)]
    Sources(tend::Sources),
    /// Read one PDF document from standard input: what the crawler runs in a process of its own
    #[command(name = READ_PDF, hide = true)]
    ReadPdf,
}

/// How a command ended when it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Exit 0.
    Done,
    /// Bad input, or nothing usable in it; already said. Exit 2.
    Unusable,
}

/// Wrong use: said on standard error, exit 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Misuse(pub(crate) String);

/// Runs one command and says how it ended.
pub fn run(cli: Cli) -> ExitCode {
    if matches!(cli.command, Some(Command::ReadPdf)) {
        return read_pdf();
    }
    start_log(matches!(cli.command, None | Some(Command::Serve(_))));
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime cannot start")
        .and_then(|runtime| runtime.block_on(dispatch(cli)));
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Unusable) => ExitCode::from(2),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("lexwatch: {error:#}"));
            let misused = error.is::<Misuse>() || error.is::<Faults>();
            ExitCode::from(if misused { 2 } else { 1 })
        }
    }
}

/// No runtime and no log: its memory is limited, and its output is for a program.
fn read_pdf() -> ExitCode {
    match crawler::pdf::serve_child() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(&format!("lexwatch: {READ_PDF}: {error}"));
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(cli: Cli) -> anyhow::Result<Outcome> {
    let place = cli.place;
    match cli.command.unwrap_or(Command::Serve(Listen { listen: None })) {
        Command::Serve(listen) => serve::serve(&place, listen.listen).await,
        Command::Demo(listen) => serve::demo(&place, listen.listen).await,
        Command::Extract(command) => command.run().await,
        Command::Feed(command) => command.run().await,
        Command::Classify(command) => command.run(&place),
        Command::Evaluate(command) => command.run(&place),
        Command::Train(command) => command.run(&place),
        Command::Ingest(command) => command.run(&place).await,
        Command::Import(command) => command.run(&open(&place).await?).await,
        Command::Export(command) => command.run(&open_filled(&place).await?).await,
        Command::Search(command) => command.run(&open_filled(&place).await?).await,
        Command::Reindex => tend::reindex(&open_filled(&place).await?).await,
        Command::Retag => tend::retag(&open_filled(&place).await?).await,
        Command::Correct(command) => command.run(&open_filled(&place).await?).await,
        Command::Stories(command) => command.run(&open_filled(&place).await?).await,
        Command::Reports(command) => command.run(&open_filled(&place).await?).await,
        Command::Briefings(command) => command.run(&open_filled(&place).await?).await,
        Command::Subscribers(command) if command.is_first_use() => {
            command.run(&open(&place).await?).await
        }
        Command::Subscribers(command) => command.run(&open_filled(&place).await?).await,
        Command::Sources(command) => command.run(&place).await,
        Command::ReadPdf => Err(Misuse("it runs without a runtime".to_owned()).into()),
    }
}

async fn open(place: &Place) -> anyhow::Result<App> {
    let config = Config::load(place.config.as_deref())?;
    App::open(config, place.data_folder(), Clock::default()).await
}

/// For commands that are of no use on an empty folder: a slip in `--data` must not look like an empty answer.
async fn open_filled(place: &Place) -> anyhow::Result<App> {
    let folder = place.data_folder();
    if folder::is_in_use(folder) {
        return open(place).await;
    }
    Err(Misuse(format!(
        "{}: there is no Lexwatch data in this folder; name the right one by --data, or fill it by `serve`, `ingest` or \
         `import`",
        folder.display()
    ))
    .into())
}

impl Place {
    fn data_folder(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new("data"))
    }

    /// What knows the meaning of texts, for commands that need no data folder.
    fn embedder(&self) -> anyhow::Result<Embedder> {
        if cfg!(not(feature = "bert")) {
            return Ok(None);
        }
        meaning::embedder(Config::load(self.config.as_deref())?.meaning_model.as_deref())
    }
}

/// One answer: a line of JSON on standard output.
pub(crate) fn answer(value: &impl Serialize) -> anyhow::Result<()> {
    print(&json_line(value)?)
}

/// Text on standard output, where something else than JSON is asked for.
pub(crate) fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// A line for the person at the terminal.
pub(crate) fn say(line: &str) {
    // A terminal that is gone hears nothing, which is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{}", steerless(line));
}

/// `serve` tells what it does; the other commands only what is wrong. `RUST_LOG` overrules both.
fn start_log(serving: bool) {
    let default = if serving { "info" } else { "warn" };
    let filter = EnvFilter::builder()
        .with_default_directive(default.parse().unwrap_or_else(|_| tracing::Level::WARN.into()))
        .from_env_lossy();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() {
        // In colour, unless `NO_COLOR` asks for none.
        log.init();
    } else {
        log.with_ansi(false).init();
    }
}

/// Whoever reads our output has had enough: that is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| {
        let io = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        // `serde_json` does not show the error of the writer as its source.
        let json = || cause.downcast_ref::<serde_json::Error>()?.io_error_kind();
        io.or_else(json) == Some(broken)
    })
}
