//! `extract` and `feed`: what the crawler makes of one file, or of many.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use crawler::{ArticleSelectors, Page};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

use super::{Misuse, Outcome, answer, say};

/// `lexwatch extract`.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// The page's address, if it is known
    #[arg(long, value_name = "URL", conflicts_with = "batch")]
    url: Option<Url>,
    #[command(flatten)]
    input: Input,
}

/// `lexwatch feed`.
#[derive(Debug, Args)]
pub(super) struct Feed {
    /// The feed's address, if it is known
    #[arg(long, value_name = "URL", conflicts_with = "batch")]
    url: Option<Url>,
    #[command(flatten)]
    input: Input,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Input {
    /// The file
    file: Option<PathBuf>,
    /// Read JSON lines {"id","url","path"} from standard input
    #[arg(long)]
    batch: bool,
}

/// One line of a batch.
#[derive(Debug, Deserialize)]
struct BatchLine {
    id: Value,
    #[serde(default)]
    url: String,
    path: PathBuf,
}

impl Extract {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.input
            .run(self.url, |page| crawler::extract::article(&page, &ArticleSelectors::default()))
    }
}

impl Feed {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.input.run(self.url, |page| {
            crawler::feed::parse(&page.body, page.content_type.as_deref(), page.url.as_ref())
        })
    }
}

impl Input {
    fn run<T: Serialize>(
        self,
        url: Option<Url>,
        read: impl Fn(Page) -> Result<T, crawler::Error>,
    ) -> anyhow::Result<Outcome> {
        match self.file {
            Some(file) => one(&file, url, read),
            None => batch(read),
        }
    }
}

fn one<T: Serialize>(
    file: &Path,
    url: Option<Url>,
    read: impl Fn(Page) -> Result<T, crawler::Error>,
) -> anyhow::Result<Outcome> {
    let page = load(file, url).map_err(|error| Misuse(format!("{error:#}")))?;
    match read(page) {
        Ok(value) => {
            answer(&value)?;
            Ok(Outcome::Done)
        }
        Err(error) => {
            say(&format!("lexwatch: {}: {error}", file.display()));
            Ok(Outcome::Unusable)
        }
    }
}

fn batch<T: Serialize>(
    read: impl Fn(Page) -> Result<T, crawler::Error>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<BatchLine>(&line) {
            Ok(line) => answer(&batch_answer(line, &read)?)?,
            Err(error) => {
                say(&format!("lexwatch: standard input, line {}: {error}", number + 1));
                outcome = Outcome::Unusable;
            }
        }
    }
    Ok(outcome)
}

fn batch_answer<T: Serialize>(
    line: BatchLine,
    read: &impl Fn(Page) -> Result<T, crawler::Error>,
) -> anyhow::Result<Value> {
    let url = Url::parse(&line.url).ok();
    let found = load(&line.path, url)
        .map_err(|error| format!("{error:#}"))
        .and_then(|page| read(page).map_err(|error| error.to_string()));
    let mut value = match found {
        Ok(value) => serde_json::to_value(value)?,
        Err(error) => json!({ "error": error }),
    };
    if let Value::Object(fields) = &mut value {
        fields.insert("id".to_owned(), line.id);
    }
    Ok(value)
}

fn load(path: &Path, url: Option<Url>) -> anyhow::Result<Page> {
    let body = std::fs::read(path).with_context(|| path.display().to_string())?;
    Ok(Page { url, content_type: None, body })
}
