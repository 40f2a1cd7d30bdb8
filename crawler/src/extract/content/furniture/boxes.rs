//! Boxes of their own in the article's element: those that lead to other articles in mid-text, and what stands after
//! the article, as a biography, a plea or a list of teasers.

use super::super::blocks::{Block, Kind};
use super::{LABEL, prose, words};
use crate::extract::outline::Outline;

/// The article's box holds so much of its prose, in per cent.
const HOME: u32 = 70;
/// What stands in boxes after the article has no more prose.
const AFTERWORD: u32 = 600;

/// The box that most of the prose stands in.
pub(super) fn home(blocks: &[&Block]) -> Option<usize> {
    let mut sums: Vec<(usize, u32)> = Vec::new();
    for block in blocks.iter().filter(|block| block.is_prose()) {
        match sums.iter_mut().find(|(home, _)| *home == block.home) {
            Some((_, sum)) => *sum += block.chars,
            None => sums.push((block.home, block.chars)),
        }
    }
    let (home, most) = sums.into_iter().max_by_key(|(_, sum)| *sum)?;
    (most * 100 >= prose(blocks) * HOME).then_some(home)
}

/// Whether a line is in a box of its own, and the article goes on after it.
pub(super) fn is_interrupted(blocks: &[&Block], at: usize, home: Option<usize>) -> bool {
    let Some(home) = home else { return false };
    let goes_on = |block: &&Block| block.home == home && block.is_prose();
    blocks[at].home != home && blocks[at + 1..].iter().any(goes_on)
}

/// Drops them.
pub(super) fn drop(outline: &Outline<'_>, blocks: &[&Block], kept: &mut [bool]) {
    let end = match home(blocks) {
        Some(home) => {
            drop_interruptions(blocks, home, kept);
            blocks.iter().rposition(|block| block.home == home).map_or(0, |last| last + 1)
        }
        None => end_of_shared(outline, blocks),
    };
    if !is_chapter(&blocks[end..], &kept[end..]) {
        for at in end..blocks.len() {
            kept[at] = kept[at] && !matches!(blocks[at].kind, Kind::Paragraph | Kind::Heading(_));
        }
    }
}

/// Where the innermost box ends that most of the prose has in common.
fn end_of_shared(outline: &Outline<'_>, blocks: &[&Block]) -> usize {
    let Some(first) = blocks.iter().max_by_key(|block| block.chars) else { return 0 };
    let total = prose(blocks);
    let within = |place: usize| {
        let range = place..outline.end(place);
        let held: Vec<&Block> =
            blocks.iter().copied().filter(|block| range.contains(&block.at)).collect();
        prose(&held) * 100 >= total * HOME
    };
    let shared =
        std::iter::once(first.home).chain(outline.ancestors(first.home)).find(|at| within(*at));
    let Some(shared) = shared else { return blocks.len() };
    blocks.partition_point(|block| block.at < outline.end(shared))
}

fn drop_interruptions(blocks: &[&Block], home: usize, kept: &mut [bool]) {
    let mut in_box = false;
    for (at, block) in blocks.iter().enumerate() {
        let is_head = block.chars < LABEL && words::begins_related(&block.text);
        let begins = || is_head && is_interrupted(blocks, at, Some(home));
        in_box = block.home != home && (in_box || begins());
        kept[at] = kept[at] && !in_box;
    }
}

/// Whether what stands after the article's box is a part of it: prose under a heading, or much of it.
fn is_chapter(after: &[&Block], kept: &[bool]) -> bool {
    let left = || after.iter().zip(kept).filter(|(_, kept)| **kept).map(|(block, _)| *block);
    let prose: u32 = left().filter(|block| block.is_prose()).map(|block| block.chars).sum();
    let is_headed = left().next().is_some_and(|first| matches!(first.kind, Kind::Heading(_)));
    prose > AFTERWORD || (is_headed && prose > 0)
}
