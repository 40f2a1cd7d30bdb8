//! What is not the author's in the article's own element: the headline again, bylines, dates, prompts, credits,
//! and whatever stands after a heading that ends the article.

use super::blocks::{Block, Kind};
use crate::date;
use crate::extract::metadata::Metadata;

/// The blocks without it.
pub(super) fn without<'a>(blocks: &[&'a Block], meta: &Metadata) -> Vec<&'a Block> {
    let kept: Vec<&Block> =
        blocks.iter().copied().filter(|block| !is_furniture(block, meta)).collect();
    without_empty_headings(&kept)
}

fn is_furniture(block: &Block, meta: &Metadata) -> bool {
    let share = block.link_share();
    if share > 0.8 && block.chars < 200 {
        return true;
    }
    if folded(&block.text) == folded(&meta.title) {
        return true;
    }
    let short = block.chars < 120;
    if short && date::fills(&block.text, 30) {
        return true;
    }
    short && is_byline(&block.text, meta)
}

fn is_byline(text: &str, meta: &Metadata) -> bool {
    let Some(byline) = &meta.byline else { return false };
    let (text, byline) = (folded(text), folded(byline));
    text == byline || (text.ends_with(&byline) && text.len() < byline.len() + 25)
}

/// For comparison: letters and digits in lower case.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A heading heads something.
fn without_empty_headings<'a>(blocks: &[&'a Block]) -> Vec<&'a Block> {
    let heads_nothing = |at: usize| match blocks[at].kind {
        Kind::Heading(rank) => blocks
            .get(at + 1)
            .is_none_or(|next| matches!(next.kind, Kind::Heading(other) if other <= rank)),
        _ => false,
    };
    (0..blocks.len()).filter(|at| !heads_nothing(*at)).map(|at| blocks[at]).collect()
}
