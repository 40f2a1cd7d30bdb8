//! A page's bytes to its article.

use crate::{Article, ArticleSelectors, Error, Page};

/// Finds the article in a page.
///
/// # Errors
/// [`Error::NoArticle`] with what was found instead.
pub fn article(_page: &Page, _selectors: &ArticleSelectors) -> Result<Article, Error> {
    todo!()
}
