//! Running heads, feet and page numbers: what stands at the edge of page after page.

use std::collections::HashMap;

use super::lines::PageLines;

/// So many lines at the top and at the bottom of a page may be furniture.
const EDGE: usize = 3;
/// What stands there on a third of the pages, or on so many, is.
const PAGES: usize = 3;
const SHARE: usize = 3;
/// The longest number that is taken for one of a page.
const NUMBER: usize = 12;

/// The pages without it.
pub(super) fn without(mut pages: Vec<PageLines>) -> Vec<PageLines> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for page in &pages {
        let mut here: Vec<String> =
            edges(page).into_iter().map(|at| shape(&page.lines[at].text)).collect();
        here.sort();
        here.dedup();
        for shape in here {
            *seen.entry(shape).or_default() += 1;
        }
    }
    let enough = if pages.len() <= PAGES { 2 } else { PAGES.max(pages.len() / SHARE) };
    let repeated = |text: &str| seen.get(&shape(text)).is_some_and(|count| *count >= enough);
    let gone: Vec<Vec<usize>> = pages
        .iter()
        .map(|page| {
            let is_furniture = |text: &str| is_number(text) || repeated(text);
            edges(page).into_iter().filter(|at| is_furniture(&page.lines[*at].text)).collect()
        })
        .collect();
    // Where half of the text would go, it is what the pages are about: clauses of a form, say.
    let length = |page: &PageLines, at: usize| page.lines[at].text.len();
    let all: usize = pages.iter().flat_map(|page| &page.lines).map(|line| line.text.len()).sum();
    let lost: usize = pages
        .iter()
        .zip(&gone)
        .map(|(page, gone)| gone.iter().map(|at| length(page, *at)).sum::<usize>())
        .sum();
    for (page, gone) in pages.iter_mut().zip(gone) {
        let mut at = 0;
        page.lines.retain(|line| {
            let is_gone = lost * 2 <= all && gone.contains(&at) || leads_elsewhere(&line.text);
            at += 1;
            !is_gone
        });
    }
    pages
}

/// A line of a table of contents: dots lead to the number of a page.
fn leads_elsewhere(text: &str) -> bool {
    text.contains(". . . .") || text.contains(".....") || text.contains("…………")
}

/// The highest and lowest lines of a page, whatever the order in which they are read.
fn edges(page: &PageLines) -> Vec<usize> {
    let mut order: Vec<usize> = (0..page.lines.len()).collect();
    order.sort_by(|a, b| page.lines[*a].baseline.total_cmp(&page.lines[*b].baseline));
    if order.len() > 2 * EDGE {
        order.drain(EDGE..order.len() - EDGE);
    }
    order
}

/// A line without its numbers: they count the pages.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for c in text.chars() {
        if !c.is_numeric() {
            shape.push(c);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// `7`, `- 7 -`, `7 / 12`, `vii`.
fn is_number(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "-–—|[]()/".contains(c));
    let is_roman = !bare.is_empty() && bare.len() <= 6 && bare.chars().all(|c| "ivxlc".contains(c));
    let counts = bare.chars().any(char::is_numeric)
        && bare.chars().all(|c| c.is_numeric() || c.is_whitespace() || c == '/');
    bare.chars().count() <= NUMBER && (is_roman || counts)
}
