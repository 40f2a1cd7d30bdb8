//! `extract` and `feed`: what the crawler makes of one file, or of many.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use crawler::pdf::PdfReader;
use crawler::{ArticleSelectors, Page};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

use super::lines::{lines, object};
use super::{Misuse, Outcome, answer, say};
use crate::config::pdf_reader;

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

/// What is looked for in a file.
enum Wanted {
    /// The article; a PDF document is read by this reader.
    Article(Option<PdfReader>),
    Feed,
}

impl Extract {
    pub(super) async fn run(self) -> anyhow::Result<Outcome> {
        self.input.run(self.url, &Wanted::Article(pdf_reader())).await
    }
}

impl Feed {
    pub(super) async fn run(self) -> anyhow::Result<Outcome> {
        self.input.run(self.url, &Wanted::Feed).await
    }
}

impl Wanted {
    async fn read(&self, page: &Page) -> Reading {
        match self {
            Self::Article(Some(reader)) if crawler::pdf::is_pdf(page) => reader
                .article(page)
                .await
                .map(|article| json!(article))
                .map_err(|error| (error, Map::new())),
            Self::Article(_) => article(page),
            Self::Feed => {
                crawler::feed::parse(&page.body, page.content_type.as_deref(), page.url.as_ref())
                    .map(|feed| json!(feed))
                    .map_err(|error| (error, Map::new()))
            }
        }
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
    async fn run(self, url: Option<Url>, wanted: &Wanted) -> anyhow::Result<Outcome> {
        match self.file {
            Some(file) => one(&file, url, wanted).await,
            None => batch(wanted).await,
        }
    }
}

async fn one(file: &Path, url: Option<Url>, wanted: &Wanted) -> anyhow::Result<Outcome> {
    let page = load(file, url).map_err(|error| Misuse(format!("{error:#}")))?;
    match wanted.read(&page).await {
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

async fn batch(wanted: &Wanted) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    for line in lines(None)? {
        let line = line?;
        match line.text.and_then(|text| object::<BatchLine>(&text)) {
            Ok(asked) => answer(&batch_answer(asked, wanted).await)?,
            Err(what) => {
                say(&format!("lexwatch: standard input, line {}: {what}", line.number));
                outcome = Outcome::Unusable;
            }
        }
    }
    Ok(outcome)
}

async fn batch_answer(line: BatchLine, wanted: &Wanted) -> Value {
    let url = Url::parse(&line.url).ok();
    let mut value = match load(&line.path, url) {
        Err(error) => json!({ "error": format!("{error:#}") }),
        Ok(page) => wanted.read(&page).await.unwrap_or_else(|(error, mut found)| {
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
