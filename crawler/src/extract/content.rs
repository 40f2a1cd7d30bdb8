//! The text that a reader would call the article.
//!
//! The page is cleaned, cut to blocks (paragraphs, headings, list items, rows), and each block weighed: prose is
//! worth its length, everything else costs. The element whose blocks are worth most holds the article; then it is
//! narrowed as long as little is lost, and what is not the author's is dropped from it.

mod blocks;
mod choice;
mod furniture;

use scraper::Html;

use self::blocks::Block;
use super::clean::{Clean, Strictness, weight};
use super::metadata::Metadata;
use super::outline::Outline;
use crate::{ArticleSelectors, Error, plain};

/// A text with fewer characters was perhaps cleaned too much.
const SHORT: u32 = 350;

/// A longer end of a text says more than whose it is.
const LONGEST_CLAIM: usize = 90;

/// Paragraphs parted by blank lines.
///
/// # Errors
/// [`Error::Settings`] when one of the source's selectors cannot be read.
pub(super) fn text(
    outline: &Outline<'_>,
    html: &Html,
    selectors: &ArticleSelectors,
    meta: &Metadata,
) -> Result<String, Error> {
    let content = places(outline, html, "content", selectors.content.as_deref())?;
    let removed = places(outline, html, "remove", selectors.remove.as_deref())?;
    if !content.is_empty() {
        let clean = Clean::new(outline, Strictness::Lenient, &removed, meta.headline);
        let blocks = blocks::of(outline, &clean);
        let within =
            |block: &Block| content.iter().any(|at| (*at..outline.end(*at)).contains(&block.at));
        return Ok(joined(blocks.iter().filter(|block| within(block))));
    }
    let mut best = String::new();
    for strictness in [Strictness::Strict, Strictness::Lenient, Strictness::Bare] {
        let text = found(outline, strictness, &removed, meta);
        let gained = weight(&text) > weight(&best) * 2;
        if best.is_empty() || gained {
            best = text;
        }
        if weight(&best) >= SHORT {
            break;
        }
    }
    // Pages that are made by scripts have their text for machines only.
    let body = meta.body.as_deref().map(plain::text).unwrap_or_default();
    let is_better = weight(&best) < SHORT && weight(&body) > weight(&best) * 2;
    Ok(if is_better { body } else { best })
}

fn found(
    outline: &Outline<'_>,
    strictness: Strictness,
    removed: &[usize],
    meta: &Metadata,
) -> String {
    let clean = Clean::new(outline, strictness, removed, meta.headline);
    let blocks = blocks::of(outline, &clean);
    let Some(place) = choice::article(outline, &blocks) else {
        return String::new();
    };
    let range = choice::with_lead(outline, &blocks, place, meta.headline);
    let within: Vec<&Block> = blocks.iter().filter(|block| range.contains(&block.at)).collect();
    joined(furniture::without(outline, &within, place, meta).into_iter())
}

fn joined<'a>(blocks: impl Iterator<Item = &'a Block>) -> String {
    let mut text = String::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&block.text);
    }
    text.truncate(without_rights(&text).len());
    text
}

/// Without a few words after its last sentence that say whose the text is.
fn without_rights(text: &str) -> &str {
    let Some(sign) = text.rfind('©') else { return text };
    let Some(end) = text[..sign].rfind(['.', '!', '?', '»', '”', '"']) else { return text };
    let end = text.ceil_char_boundary(end + 1);
    if text.len() - end < LONGEST_CLAIM { &text[..end] } else { text }
}

/// The places that a source's selector names.
fn places(
    outline: &Outline<'_>,
    html: &Html,
    name: &str,
    css: Option<&str>,
) -> Result<Vec<usize>, Error> {
    let Some(css) = css else { return Ok(Vec::new()) };
    let selector = crate::selector::parse(css)
        .map_err(|what| Error::Settings(format!("article.{name}: {what}")))?;
    let ids = html.select(&selector).map(|element| element.id()).collect();
    Ok(outline.places(&ids))
}
