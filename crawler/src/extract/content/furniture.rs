//! What is not the author's in the article's own element: the headline again, bylines, dates, prompts, credits,
//! and whatever stands after a heading that ends the article.

use super::blocks::{Block, Kind, ends_sentence};
mod words;

use crate::date;
use crate::extract::metadata::Metadata;

/// Longer blocks are no prompts.
const PROMPT: u32 = 220;

/// The blocks without it; `place` is where the article's element begins, before it stands the lead.
pub(super) fn without<'a>(blocks: &[&'a Block], place: usize, meta: &Metadata) -> Vec<&'a Block> {
    let end = end_of_article(blocks);
    let blocks = &blocks[..end];
    let mut kept: Vec<bool> =
        blocks.iter().map(|block| !is_furniture(block, place, meta)).collect();
    drop_labels(blocks, &mut kept);
    let left: Vec<&Block> =
        blocks.iter().zip(kept).filter(|(_, kept)| *kept).map(|(block, _)| *block).collect();
    without_empty_headings(&left)
}

fn is_furniture(block: &Block, place: usize, meta: &Metadata) -> bool {
    let share = block.link_share();
    if share > 0.8 && block.chars < 200 {
        return true;
    }
    if block.at < place && !block.is_prose() {
        return true;
    }
    if folded(&block.text) == folded(&meta.title) {
        return true;
    }
    let short = block.chars < 120;
    if short && date::fills(&block.text, 30) {
        return true;
    }
    if block.chars < PROMPT && words::prompts(&block.text, share) {
        return true;
    }
    short && is_byline(&block.text, meta)
}

/// A short line before links that were dropped has nothing left to announce.
fn drop_labels(blocks: &[&Block], kept: &mut [bool]) {
    for at in (0..blocks.len().saturating_sub(1)).rev() {
        let is_label = blocks[at].chars < 60
            && (blocks[at].text.ends_with(':') || !ends_sentence(&blocks[at].text));
        let announces =
            matches!(blocks[at].kind, Kind::Heading(_)) || blocks[at].text.ends_with(':');
        if is_label && announces && !kept[at + 1] && blocks[at + 1].link_share() > 0.8 {
            kept[at] = false;
        }
    }
}

/// Where comments or links to other articles begin.
fn end_of_article(blocks: &[&Block]) -> usize {
    let total: u32 = blocks.iter().filter(|block| block.is_prose()).map(|block| block.chars).sum();
    let mut before = 0;
    for (at, block) in blocks.iter().enumerate() {
        let head = block.chars < 50 && block.link_share() < 0.9;
        let enough = |share: u32| before * 100 >= total * share && before > 0;
        if head
            && ((words::begins_comments(&block.text) && enough(30))
                || (words::begins_related(&block.text) && enough(70)))
        {
            return at;
        }
        if block.is_prose() {
            before += block.chars;
        }
    }
    blocks.len()
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
