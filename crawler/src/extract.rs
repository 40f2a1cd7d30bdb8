//! A page's bytes to its article: charset, what the page says of itself, and the text that a reader would call the
//! article.
//!
//! The page is parsed once. No step recurses over the tree, so that depth costs no stack.

pub(crate) mod charset;
mod clean;
mod content;
mod language;
mod metadata;
mod refuse;

use scraper::Html;

use crate::{Article, ArticleSelectors, Error, Page, canonical};

/// A page with more markup than this is cut: what follows is no article.
const MAX_HTML: usize = 8 << 20;

/// Finds the article in a page.
///
/// # Errors
/// [`Error::NoArticle`] with what was found instead; [`Error::Settings`] when a selector cannot be read.
pub fn article(page: &Page, selectors: &ArticleSelectors) -> Result<Article, Error> {
    let mut source = charset::decode(&page.body, page.content_type.as_deref());
    cut(&mut source);
    refuse::too_deep(&source)?;
    let html = Html::parse_document(&source);
    let meta = metadata::read(&html, page.url.as_ref());
    refuse::error_page(&meta.title)?;
    let text = content::text(&html, selectors, &meta.title)?;
    refuse::too_short(&text, &meta.title, &html)?;
    let published = meta.published.or_else(|| metadata::written_date(&html, &meta.title));
    Ok(Article {
        url: meta.url.or_else(|| page.url.clone()).and_then(canonical::canonical),
        title: meta.title,
        byline: meta.byline,
        published,
        modified: meta.modified,
        language: language::of(meta.language.as_deref(), &text),
        site: meta.site,
        text,
    })
}

/// Cuts at a character.
fn cut(source: &mut String) {
    if source.len() > MAX_HTML {
        let mut end = MAX_HTML;
        while !source.is_char_boundary(end) {
            end -= 1;
        }
        source.truncate(end);
    }
}
