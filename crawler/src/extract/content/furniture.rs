//! What is not the author's in the article's own element: the headline again, bylines, dates, prompts, credits,
//! and whatever stands after a heading that ends the article.

mod boxes;
mod credits;
mod words;

use std::collections::HashSet;

use super::blocks::{Block, Kind, ends_sentence};
use crate::date;
use crate::extract::clean::is_advertisement;
use crate::extract::metadata::Metadata;
use crate::extract::outline::Outline;

/// Longer blocks are no prompts.
const PROMPT: u32 = 240;
/// Longer blocks speak of other things than the page's cookies, too.
const CONSENT: u32 = 700;
/// Shorter blocks may say the same again.
const REPEATED: u32 = 80;
/// An author is spoken of in so many blocks at the end.
const BIOGRAPHY: usize = 3;
/// A title of more bytes is told by its beginning.
const LONG_TITLE: usize = 20;
/// Longer blocks say something.
const WORD: u32 = 20;
/// So many bytes may stand between an author's names.
const MIDDLE_NAME: usize = 16;
/// An article may end after so much prose.
const ENOUGH: u32 = 200;
/// Longer blocks are no labels.
const LABEL: u32 = 60;

/// The blocks without it; `place` is where the article's element begins, before it stands the lead.
pub(super) fn without<'a>(
    outline: &Outline<'_>,
    blocks: &[&'a Block],
    place: usize,
    meta: &Metadata,
) -> Vec<&'a Block> {
    let end = end_of_article(blocks);
    let blocks = &blocks[..end];
    // Further down the headline's words head a chapter.
    let start = blocks.iter().position(|block| block.is_prose()).unwrap_or(blocks.len());
    let is_head = |at: usize| at <= start + 2 && says_head(blocks[at], meta);
    let mut kept: Vec<bool> = (0..blocks.len())
        .map(|at| !is_head(at) && !is_furniture(blocks[at], place, meta))
        .collect();
    drop_labels(blocks, &mut kept);
    drop_repeated(blocks, &mut kept);
    boxes::drop(outline, blocks, &mut kept);
    credits::drop(blocks, &mut kept);
    let left: Vec<&Block> =
        blocks.iter().zip(kept).filter(|(_, kept)| *kept).map(|(block, _)| *block).collect();
    let left = without_biography(&left, meta);
    without_empty_headings(left)
}

/// What is said of the author at the end, and labels that announce nothing.
fn without_biography<'a, 'b>(blocks: &'b [&'a Block], meta: &Metadata) -> &'b [&'a Block] {
    let byline = meta.byline.as_deref().unwrap_or_default();
    let names = || byline.split(", ").filter_map(|name| name.split_once(' '));
    let from = blocks.len().saturating_sub(BIOGRAPHY).max(1).min(blocks.len());
    // A second name or initial may stand between.
    let speaks_of_author = |block: &Block| {
        names().any(|(first, last)| {
            let rest = block.text.strip_prefix(first).unwrap_or_default();
            rest.starts_with(' ') && rest.find(last).is_some_and(|at| at < MIDDLE_NAME)
        })
    };
    let cut = blocks[from..].iter().position(|block| speaks_of_author(block));
    let mut blocks = &blocks[..cut.map_or(blocks.len(), |cut| from + cut)];
    while let [rest @ .., last] = blocks {
        if rest.is_empty() || !ends_nothing(last) {
            break;
        }
        blocks = rest;
    }
    blocks
}

fn is_furniture(block: &Block, place: usize, meta: &Metadata) -> bool {
    let share = block.link_share();
    if share > 0.8 && block.chars < 200 {
        return true;
    }
    // Between headline and text only a lead is wanted, no line that tells date, source and tools.
    let tells_date = || !ends_sentence(&block.text) && date::fills(&block.text, 90);
    if block.at < place && (!block.is_prose() || tells_date()) {
        return true;
    }
    if block.chars < LABEL && (words::is_label(&block.text) || is_advertisement(&block.text)) {
        return true;
    }
    let short = block.chars < 120;
    let is_line = !matches!(block.kind, Kind::Row | Kind::Item | Kind::Quote);
    // A sentence may say when something is due, a line only says when it was written.
    let most = if ends_sentence(&block.text) { 14 } else { 30 };
    if short && is_line && date::fills(&block.text, most) {
        return true;
    }
    if is_line && is_teaser(block) {
        return true;
    }
    if block.chars < CONSENT && words::asks_consent(&block.text) {
        return true;
    }
    if block.chars < PROMPT
        && (words::prompts(&block.text, share) || words::claims_rights(&block.text))
    {
        return true;
    }
    short && is_byline(&block.text, meta)
}

/// Another article's headline with its date.
fn is_teaser(block: &Block) -> bool {
    block.link_share() > 0.5 && date::fills(&block.text, block.linked as usize)
}

/// Whether a block at the end is none of the article: it announces something, asks for something, or is a word or two.
fn ends_nothing(block: &Block) -> bool {
    let announces = block.text.ends_with(':') || words::begins_related(&block.text);
    let is_word =
        block.chars < WORD && block.kind == Kind::Paragraph && !ends_sentence(&block.text);
    (block.chars < LABEL && announces)
        || is_word
        || (block.chars < PROMPT && words::asks(&block.text))
        || (block.chars < CONSENT && words::pleads(&block.text))
        || is_teaser(block)
        || block.link_share() > 0.8
        || block.text.ends_with("[…]")
        || block.text.ends_with("[...]")
}

/// A short line before links that were dropped has nothing left to announce.
fn drop_labels(blocks: &[&Block], kept: &mut [bool]) {
    for at in (0..blocks.len().saturating_sub(1)).rev() {
        let block = blocks[at];
        let ends_open = block.text.ends_with(':');
        let announces =
            matches!(block.kind, Kind::Heading(_)) || ends_open || block.chars < LABEL / 2;
        let is_label =
            block.chars < LABEL && announces && (ends_open || !ends_sentence(&block.text));
        if is_label && !kept[at + 1] && blocks[at + 1].link_share() > 0.8 {
            kept[at] = false;
        }
    }
}

/// Some pages hold the article twice, for narrow screens and for wide ones; a lead alone may be said again in the text.
fn drop_repeated(blocks: &[&Block], kept: &mut [bool]) {
    let mut seen = HashSet::new();
    let is_repeated =
        |at: &usize| kept[*at] && blocks[*at].chars >= REPEATED && !seen.insert(&*blocks[*at].text);
    let repeated: Vec<usize> = (0..blocks.len()).filter(is_repeated).collect();
    if repeated.len() > 1 {
        repeated.into_iter().for_each(|at| kept[at] = false);
    }
}

/// Where comments or links to other articles begin. Comments may be longer than the article by far.
fn end_of_article(blocks: &[&Block]) -> usize {
    let comments = first_line(blocks, 10, |at| words::begins_comments(&blocks[at].text));
    let blocks = &blocks[..comments];
    let total = prose(blocks);
    let home = boxes::Home::of(blocks);
    let goes_on = |at: usize| home.as_ref().is_some_and(|home| home.goes_on_after(blocks, at));
    first_line(blocks, 60, |at| {
        words::begins_related(&blocks[at].text) && !goes_on(at) && !is_box(&blocks[at + 1..], total)
    })
}

/// The first short line that begins something, after at least such a share of the prose, in per cent.
fn first_line(blocks: &[&Block], share: u32, begins: impl Fn(usize) -> bool) -> usize {
    let total = prose(blocks);
    let mut before = 0;
    for (at, block) in blocks.iter().enumerate() {
        let is_line = !matches!(block.kind, Kind::Row | Kind::Item);
        let head = is_line && block.chars < 50 && block.link_share() < 0.9;
        if head && before > ENOUGH && before * 100 >= total * share && begins(at) {
            return at;
        }
        if block.is_prose() {
            before += block.chars;
        }
    }
    blocks.len()
}

/// How much of them is made of sentences.
fn prose(blocks: &[&Block]) -> u32 {
    blocks.iter().filter(|block| block.is_prose()).map(|block| block.chars).sum()
}

/// Whether what follows a heading over links is a box in mid-text: links, then a good part of the article to its end.
fn is_box(after: &[&Block], total: u32) -> bool {
    let links = after.iter().take_while(|block| block.link_share() > 0.8).count();
    let rest = &after[links..];
    links > 0 && prose(rest) * 8 >= total && rest.iter().all(|block| block.link_share() < 0.5)
}

/// The headline or the site's name again.
fn says_head(block: &Block, meta: &Metadata) -> bool {
    let names_site = |site: &String| folded(&block.text) == folded(site);
    says_title(block, &meta.title) || meta.site.as_ref().is_some_and(names_site)
}

/// The headline again, perhaps with the date behind it.
fn says_title(block: &Block, title: &str) -> bool {
    let title = folded(title);
    let text = folded_head(&block.text, title.len() + LONG_TITLE);
    text == title
        || (title.len() > LONG_TITLE
            && text.starts_with(&title)
            && text.len() < title.len() + LONG_TITLE)
}

fn is_byline(text: &str, meta: &Metadata) -> bool {
    let Some(byline) = &meta.byline else { return false };
    let (text, byline) = (folded(text), folded(byline));
    text == byline || (text.ends_with(&byline) && text.len() < byline.len() + 25)
}

/// For comparison: letters and digits in lower case.
fn folded(text: &str) -> String {
    folded_head(text, usize::MAX)
}

/// The same, so many characters of it at most.
fn folded_head(text: &str, most: usize) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).take(most).collect()
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
