//! A page's bytes to its article: charset, what the page says of itself, and the text that a reader would call the
//! article.
//!
//! The page is parsed once and flattened to an [`Outline`]. No step recurses over the tree, so that depth costs no
//! stack.

pub(crate) mod bounded;
pub(crate) mod charset;
mod clean;
mod content;
pub(crate) mod language;
mod metadata;
pub(crate) mod outline;
pub(crate) mod refuse;

use scraper::Html;

use self::bounded::Keeps;
use self::metadata::Metadata;
use self::outline::Outline;
use crate::{Article, ArticleSelectors, Error, Page, canonical, pdf, plain};

/// Finds the article in a page.
///
/// # Errors
/// [`Error::NoArticle`] with what was found instead; [`Error::Settings`] when a selector cannot be read.
pub fn article(page: &Page, selectors: &ArticleSelectors) -> Result<Article, Error> {
    if pdf::is_pdf(page) {
        return Err(Error::NoArticle("a PDF document, not a page of markup".to_owned()));
    }
    let has_selectors = selectors.content.is_some() || selectors.remove.is_some();
    let html = parsed(page, if has_selectors { Keeps::All } else { Keeps::Read });
    let outline = Outline::new(&html);
    let meta = metadata::read(&outline, page.url.as_ref());
    refuse::error_page(&meta.title)?;
    let text = content::text(&outline, &html, selectors, &meta)?;
    // Where the operator says where the text is, a short one is meant.
    if selectors.content.is_none() {
        refuse::too_short(&text, &meta.title, &outline)?;
    }
    Ok(joined(meta, text, page))
}

/// What a page says of itself, whether it holds an article or not: an article without its text.
pub fn facts(page: &Page) -> Article {
    let html = parsed(page, Keeps::Read);
    let meta = metadata::read(&Outline::new(&html), page.url.as_ref());
    joined(meta, String::new(), page)
}

fn parsed(page: &Page, keeps: Keeps) -> Html {
    let content_type = page.content_type.as_deref();
    let text = charset::decode(&page.body, content_type);
    let is_plain = content_type.is_some_and(|kind| kind.trim_start().starts_with("text/plain"));
    let markup = if is_plain { paragraphs(&text) } else { text };
    bounded::parse(&markup, keeps)
}

/// Plain text as a page.
fn paragraphs(text: &str) -> String {
    let lines = text.replace("\r\n", "\n");
    lines.split("\n\n").map(|part| format!("<p>{}</p>", plain::escaped(part))).collect()
}

fn joined(meta: Metadata, text: String, page: &Page) -> Article {
    Article {
        url: meta.url.or_else(|| page.url.clone()).and_then(canonical::canonical),
        title: meta.title,
        byline: meta.byline,
        published: meta.published,
        modified: meta.modified,
        language: language::of(meta.language.as_deref(), &text),
        site: meta.site,
        paywalled: meta.paywalled,
        text,
    }
}
