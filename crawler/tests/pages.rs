//! Pages in the layouts that are met on the web, each with what a reader would call the article in it.
//!
//! To add one, make a folder with `page.html` and `expected.txt`: title, byline and day of publication (`-` for none),
//! a blank line, and the text, its paragraphs parted by blank lines. The texts are invented.

#![expect(clippy::unwrap_used, reason = "a test fails where it stands")]

use std::fs;
use std::path::Path;

use crawler::{ArticleSelectors, Page, extract};
use url::Url;

#[test]
fn every_layout_gives_its_article_and_nothing_else() {
    let mut faults = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let expected = fs::read_to_string(path.join("expected.txt")).unwrap();
        let found = found(&path);
        if found != expected {
            faults
                .push(format!("{}\n--- expected\n{expected}\n--- found\n{found}", path.display()));
        }
    }
    assert!(faults.is_empty(), "{} pages:\n\n{}", faults.len(), faults.join("\n\n"));
}

/// What is found in the page of a folder, in the form of `expected.txt`.
fn found(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let url = Url::parse(&format!("https://courier.example/2019/{name}")).unwrap();
    let body = fs::read(path.join("page.html")).unwrap();
    let page = Page { url: Some(url), content_type: None, body };
    match extract::article(&page, &ArticleSelectors::default()) {
        Ok(article) => {
            let byline = article.byline.as_deref().unwrap_or("-");
            let published =
                article.published.map_or("-".to_owned(), |moment| moment.day().to_string());
            let title = &article.title;
            format!(
                "title: {title}\nbyline: {byline}\npublished: {published}\n\n{}\n",
                article.text
            )
        }
        Err(error) => format!("{error}\n"),
    }
}
