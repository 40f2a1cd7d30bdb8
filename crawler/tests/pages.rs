//! Pages in the layouts that are met on the web, each with what a reader would call the article in it.
//!
//! To add one, make a folder with `page.html` and `expected.txt`. That begins with what the page says of itself, one
//! `name: value` a line (`title`, `byline`, `published`, `modified`, `language`, `site`; `-` for none; what is left
//! out is not asked for), then a blank line and the text, its paragraphs parted by blank lines. For a page without an
//! article it is the reason alone. The texts are invented.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::fs;
use std::path::{Path, PathBuf};

use crawler::{Article, ArticleSelectors, Error, Moment, Page, extract};
use url::Url;

#[test]
fn every_layout_gives_its_article_and_nothing_else() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut folders: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(folders.len() >= 40, "only {} layouts were found", folders.len());
    let faults: Vec<String> = folders.iter().filter_map(|folder| fault(folder)).collect();
    assert!(faults.is_empty(), "{} pages:\n\n{}", faults.len(), faults.join("\n"));
}

/// What is wrong with the page of a folder.
fn fault(folder: &Path) -> Option<String> {
    let name = folder.file_name().unwrap().to_str().unwrap();
    let expected = fs::read_to_string(folder.join("expected.txt")).unwrap();
    let differences = match read(name, &fs::read(folder.join("page.html")).unwrap()) {
        Ok(article) => match expected.split_once("\n\n") {
            Some((said, text)) => [of_facts(said, &article), of_text(text, &article.text)].concat(),
            None => vec![format!("- {}", expected.trim()), format!("+ {}", article.text)],
        },
        Err(error) if error.to_string() == expected.trim() => vec![],
        Err(error) => vec![format!("+ {error}")],
    };
    (!differences.is_empty()).then(|| format!("{name}\n{}\n", differences.join("\n")))
}

fn read(name: &str, body: &[u8]) -> Result<Article, Error> {
    let url = Url::parse(&format!("https://courier.example/2019/{name}")).ok();
    let page = Page { url, content_type: None, body: body.to_vec() };
    extract::article(&page, &ArticleSelectors::default())
}

/// The lines of facts that are not so (`-`), with what was found instead (`+`).
fn of_facts(said: &str, article: &Article) -> Vec<String> {
    let facts = said.lines().map(|line| line.split_once(": ").unwrap());
    let wrong = facts.filter_map(|(name, value)| {
        let found = fact(name, value, article);
        (found != value).then(|| format!("- {name}: {value}\n+ {name}: {found}"))
    });
    wrong.collect()
}

fn fact(name: &str, expected: &str, article: &Article) -> String {
    let moment = |found: Option<Moment>| found.map(|found| told(found, expected));
    let found = match name {
        "title" => Some(article.title.clone()),
        "byline" => article.byline.clone(),
        "published" => moment(article.published),
        "modified" => moment(article.modified),
        "language" => article.language.clone(),
        "site" => article.site.clone(),
        _ => panic!("an article has no `{name}`"),
    };
    found.unwrap_or_else(|| "-".to_owned())
}

/// A moment as exactly as it is expected: the day, or the time with its zone.
fn told(found: Moment, expected: &str) -> String {
    match found {
        Moment::Time(time) if expected.len() > 10 => time.to_rfc3339(),
        _ => found.day().to_string(),
    }
}

/// The paragraphs that are missing (`-`) and those that are too many (`+`).
fn of_text(expected: &str, found: &str) -> Vec<String> {
    let paragraphs =
        |text: &str| -> Vec<String> { text.trim_end().split("\n\n").map(str::to_owned).collect() };
    let (expected, found) = (paragraphs(expected), paragraphs(found));
    if expected == found {
        return vec![];
    }
    let missing =
        expected.iter().filter(|part| !found.contains(part)).map(|part| format!("- {part}"));
    let extra =
        found.iter().filter(|part| !expected.contains(part)).map(|part| format!("+ {part}"));
    let differences: Vec<String> = missing.chain(extra).collect();
    if differences.is_empty() {
        vec!["the order or number of paragraphs".to_owned()]
    } else {
        differences
    }
}
