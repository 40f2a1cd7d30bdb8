//! Which element holds the article.

use std::ops::Range;

use super::blocks::{Block, Kind};
use crate::extract::outline::Outline;

/// A narrower element is taken if it holds at least this share of the worth.
const ENOUGH: f64 = 0.85;
/// Cells of a table for layout stand side by side whatever is in them, so that less is enough for one of them.
const ENOUGH_IN_CELL: f64 = 0.6;
/// So much worth in so many paragraphs is an article.
const ARTICLE: f64 = 300.0;
const PARAGRAPHS: u32 = 3;
/// One block counts so much at most.
const MOST: f64 = 600.0;
/// What a teaser of another article is worth.
const TEASER: f64 = 0.2;

/// The place of the element; `None` for a page without text.
pub(super) fn article(outline: &Outline<'_>, blocks: &[Block]) -> Option<usize> {
    let worth = Worth::new(outline, blocks);
    let mut best: Option<(usize, f64)> = None;
    for (at, _) in outline.elements() {
        let here = worth.of(outline, at);
        // Of nested elements that are worth the same the innermost is wanted.
        if best.is_none_or(|(_, most)| here >= most) {
            best = Some((at, here));
        }
    }
    let (place, most) = best?;
    let place = narrowed(outline, &worth, place, most);
    let called_so = called_so(outline, &worth, place);
    Some(called_so.map_or(place, |(place, most)| narrowed(outline, &worth, place, most)))
}

/// The only element that the page calls an article and that holds one, with its worth; the first of several if the best
/// element is beside them. Notices and the like may hold more prose than the news.
fn called_so(outline: &Outline<'_>, worth: &Worth, best: usize) -> Option<(usize, f64)> {
    let is_called_so = |at: &usize| outline.name(*at) == "article";
    if is_called_so(&best) || outline.ancestors(best).any(|at| is_called_so(&at)) {
        return None;
    }
    let holds_article = |at: &usize| {
        worth.of(outline, *at) >= ARTICLE && worth.paragraphs(outline, *at) >= PARAGRAPHS
    };
    let mut places =
        outline.elements().map(|(at, _)| at).filter(is_called_so).filter(holds_article);
    let place = places.next()?;
    let is_beside = !(best..outline.end(best)).contains(&place);
    (is_beside || places.next().is_none()).then(|| (place, worth.of(outline, place)))
}

/// The range of the article: its element, and the lead that stands between the headline and it; what stands in it
/// before the headline is not the article's.
pub(super) fn with_lead(
    outline: &Outline<'_>,
    blocks: &[Block],
    place: usize,
    headline: Option<usize>,
) -> Range<usize> {
    let end = outline.end(place);
    let Some(headline) = headline else { return place..end };
    let prose = |range: Range<usize>| -> u32 {
        let within = blocks.iter().filter(|block| range.contains(&block.at) && block.is_prose());
        within.map(|block| block.chars).sum()
    };
    if (place..end).contains(&headline) {
        let is_top = prose(place..headline) * 4 < prose(headline..end);
        return if is_top { headline..end } else { place..end };
    }
    let from = outline.end(headline);
    let lead = blocks.iter().find(|block| (from..place).contains(&block.at) && block.is_prose());
    lead.map_or(place, |block| block.at)..end
}

/// Goes down as long as one child holds nearly everything.
fn narrowed(outline: &Outline<'_>, worth: &Worth, mut place: usize, most: f64) -> usize {
    let enough = |child: &usize| match outline.name(*child) {
        "table" | "tbody" | "tr" | "td" => ENOUGH_IN_CELL,
        _ => ENOUGH,
    };
    while let Some(child) =
        outline.children(place).find(|child| worth.of(outline, *child) >= most * enough(child))
    {
        if matches!(outline.name(child), "p" | "") {
            break;
        }
        place = child;
    }
    place
}

/// Running sums of what the blocks are worth, and of how many are prose.
struct Worth(Vec<(f64, u32)>);

impl Worth {
    fn new(outline: &Outline<'_>, blocks: &[Block]) -> Self {
        let mut sums = vec![(0.0, 0); outline.len() + 1];
        let mut is_teaser = false;
        for block in blocks {
            // What follows a heading that is a link tells of another page.
            let share = if is_teaser { TEASER } else { 1.0 };
            let (worths, paragraphs) = &mut sums[block.at + 1];
            *worths += worth(block) * share;
            *paragraphs += u32::from(block.is_prose());
            is_teaser = matches!(block.kind, Kind::Heading(_)) && block.link_share() > 0.9;
        }
        let mut sum = (0.0, 0);
        for slot in &mut sums {
            sum = (sum.0 + slot.0, sum.1 + slot.1);
            *slot = sum;
        }
        Self(sums)
    }

    fn of(&self, outline: &Outline<'_>, at: usize) -> f64 {
        self.0[outline.end(at)].0 - self.0[at].0
    }

    /// How many blocks in an element are prose.
    fn paragraphs(&self, outline: &Outline<'_>, at: usize) -> u32 {
        self.0[outline.end(at)].1 - self.0[at].1
    }
}

fn worth(block: &Block) -> f64 {
    let plain = f64::from(block.chars - block.linked);
    match block.kind {
        _ if block.is_prose() => plain.min(MOST),
        Kind::Heading(_) => 0.0,
        _ if block.link_share() > 0.5 => -25.0,
        // Short lines without links may be a poem's, an interview's or a table's.
        _ => plain * 0.1,
    }
}
