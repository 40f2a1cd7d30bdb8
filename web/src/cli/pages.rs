//! `extract` and `feed`: what the crawler makes of one file, or of many.

use std::io::BufRead as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use crawler::{ArticleSelectors, Page};
use serde::Deserialize;
use serde_json::{Map, Value, json};
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

/// What came of one file: an answer, or an error with what was found all the same.
type Reading = Result<Value, (crawler::Error, Map<String, Value>)>;

impl Extract {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.input.run(self.url, article)
    }
}

impl Feed {
    pub(super) fn run(self) -> anyhow::Result<Outcome> {
        self.input.run(self.url, |page| {
            crawler::feed::parse(&page.body, page.content_type.as_deref(), page.url.as_ref())
                .map(|feed| json!(feed))
                .map_err(|error| (error, Map::new()))
        })
    }
}

/// The article of a page; of a page without one, what it says of itself.
fn article(page: &Page) -> Reading {
    crawler::extract::article(page, &ArticleSelectors::default())
        .map(|article| json!(article))
        .map_err(|error| {
            let found = match json!(crawler::extract::facts(page)) {
                Value::Object(found) => found,
                _ => Map::new(),
            };
            (error, found)
        })
}

impl Input {
    fn run(self, url: Option<Url>, read: impl Fn(&Page) -> Reading) -> anyhow::Result<Outcome> {
        match self.file {
            Some(file) => one(&file, url, read),
            None => batch(read),
        }
    }
}

fn one(file: &Path, url: Option<Url>, read: impl Fn(&Page) -> Reading) -> anyhow::Result<Outcome> {
    let page = load(file, url).map_err(|error| Misuse(format!("{error:#}")))?;
    match read(&page) {
        Ok(value) => {
            answer(&value)?;
            Ok(Outcome::Done)
        }
        Err((error, _)) => {
            say(&format!("lexwatch: {}: {error}", file.display()));
            Ok(Outcome::Unusable)
        }
    }
}

fn batch(read: impl Fn(&Page) -> Reading) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    for (number, line) in std::io::stdin().lock().lines().enumerate() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<BatchLine>(&line) {
            Ok(line) => answer(&batch_answer(line, &read))?,
            Err(error) => {
                say(&format!("lexwatch: standard input, line {}: {error}", number + 1));
                outcome = Outcome::Unusable;
            }
        }
    }
    Ok(outcome)
}

fn batch_answer(line: BatchLine, read: &impl Fn(&Page) -> Reading) -> Value {
    let url = Url::parse(&line.url).ok();
    let mut value = match load(&line.path, url) {
        Err(error) => json!({ "error": format!("{error:#}") }),
        Ok(page) => read(&page).unwrap_or_else(|(error, mut found)| {
            found.insert("error".to_owned(), json!(error.to_string()));
            Value::Object(found)
        }),
    };
    if let Value::Object(fields) = &mut value {
        fields.insert("id".to_owned(), line.id);
    }
    value
}

fn load(path: &Path, url: Option<Url>) -> anyhow::Result<Page> {
    let body = std::fs::read(path).with_context(|| path.display().to_string())?;
    Ok(Page { url, content_type: None, body })
}
