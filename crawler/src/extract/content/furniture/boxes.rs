//! Boxes of their own in the article's element: those that lead to other articles in mid-text, and what stands after
//! the article, as a biography, a plea or a list of teasers.

use std::collections::HashMap;

use super::super::blocks::{Block, Kind};
use super::{LABEL, prose, words};
use crate::extract::outline::Outline;

/// The article's box holds so much of its prose, in per cent.
const HOME: u32 = 70;
/// What stands in boxes after the article has no more prose.
const AFTERWORD: u32 = 600;

/// The box that most of the prose stands in.
pub(super) struct Home {
    place: usize,
    /// The last block of its prose.
    last: usize,
}

impl Home {
    /// Finds it; `None` where no box holds as much.
    pub(super) fn of(blocks: &[&Block]) -> Option<Self> {
        let mut sums: HashMap<usize, u32> = HashMap::new();
        for block in blocks.iter().filter(|block| block.is_prose()) {
            *sums.entry(block.home).or_default() += block.chars;
        }
        let (place, most) = sums.into_iter().max_by_key(|(_, sum)| *sum)?;
        let is_prose = |block: &&Block| block.home == place && block.is_prose();
        let last = blocks.iter().rposition(is_prose)?;
        (most * 100 >= prose(blocks) * HOME).then_some(Self { place, last })
    }

    /// Whether a line is in a box of its own, and the article goes on after it.
    pub(super) fn goes_on_after(&self, blocks: &[&Block], at: usize) -> bool {
        blocks[at].home != self.place && at < self.last
    }
}

/// Drops them.
pub(super) fn drop(outline: &Outline<'_>, blocks: &[&Block], kept: &mut [bool]) {
    let end = match Home::of(blocks) {
        Some(home) => {
            drop_interruptions(blocks, &home, kept);
            blocks.iter().rposition(|block| block.home == home.place).map_or(0, |last| last + 1)
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
    let Some(longest) = blocks.iter().max_by_key(|block| block.chars) else { return 0 };
    let mut sums = vec![0];
    sums.extend(blocks.iter().scan(0, |sum, block| {
        *sum += if block.is_prose() { block.chars } else { 0 };
        Some(*sum)
    }));
    let before = |place: usize| blocks.partition_point(|block| block.at < place);
    let is_enough = |place: &usize| {
        let held = sums[before(outline.end(*place))] - sums[before(*place)];
        held * 100 >= sums[blocks.len()] * HOME
    };
    let mut around = std::iter::once(longest.home).chain(outline.ancestors(longest.home));
    around.find(is_enough).map_or(blocks.len(), |place| before(outline.end(place)))
}

fn drop_interruptions(blocks: &[&Block], home: &Home, kept: &mut [bool]) {
    let mut in_box = false;
    for (at, block) in blocks.iter().enumerate() {
        let is_head = || block.chars < LABEL && words::begins_related(&block.text);
        let is_outside = block.home != home.place;
        in_box = is_outside && (in_box || (home.goes_on_after(blocks, at) && is_head()));
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
