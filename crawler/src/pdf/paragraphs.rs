//! Lines to paragraphs: across columns and pages, with words put together that a line's end cut.

use std::collections::{HashMap, HashSet};

use super::MAX_TEXT;
use super::lines::{Line, PageLines};

/// Lines farther apart than so many times the usual are of two paragraphs.
const GAP: f32 = 1.3;
/// Lines of large letters are nearer than this, in parts of their size.
const TIGHT: f32 = 1.3;
/// Fewer gaps than this do not show how far apart lines are.
const FEW: usize = 4;
/// A line that ends so much of its column early ends a paragraph, if a sentence ends there.
const EARLY: f32 = 0.15;
/// Sizes that differ by so much are different.
const OTHER_SIZE: f32 = 0.1;
/// Marks that begin an item of a list.
const BULLETS: &str = "•◦▪■●○‣⁃·–—*";

/// Where the lines of one column begin and end, and how far apart they are.
#[derive(Debug, Clone, Copy)]
struct Column {
    start: f32,
    end: f32,
    leading: f32,
}

/// The size of most letters.
pub(super) fn body_size(pages: &[PageLines]) -> f32 {
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *sizes.entry((line.size * 10.0) as i32).or_default() += line.text.len();
    }
    let most = sizes.into_iter().max_by_key(|(size, letters)| (*letters, *size));
    most.map_or(10.0, |(size, _)| size as f32 / 10.0)
}

/// The paragraphs of all pages.
pub(super) fn of(pages: &[PageLines]) -> Vec<String> {
    let words = whole_words(pages);
    let usual = usual_leading(pages);
    let mut out = Vec::new();
    let mut open = String::new();
    let mut last: Option<(&Line, Column)> = None;
    let mut written = 0;
    for page in pages {
        let columns = columns(page, usual);
        let mut is_first = true;
        for line in &page.lines {
            let Some(column) = columns.get(&line.column).copied() else { continue };
            let goes_on = last.is_some_and(|(before, its)| {
                if is_first || before.column != line.column {
                    goes_on_elsewhere(&open, before, line)
                } else {
                    goes_on_below(before, line, its)
                }
            });
            if !goes_on && !open.is_empty() {
                written += open.len();
                out.push(std::mem::take(&mut open));
            }
            if written > MAX_TEXT {
                return out;
            }
            join(&mut open, line.text.trim(), &words);
            last = Some((line, column));
            is_first = false;
        }
    }
    if !open.is_empty() {
        out.push(open);
    }
    out
}

/// How far apart lines of the text are in most places.
fn usual_leading(pages: &[PageLines]) -> f32 {
    let lines = pages.iter().map(|page| page.lines.windows(2));
    let gaps: Vec<f32> = lines
        .flatten()
        .filter(|pair| pair[0].column == pair[1].column)
        .map(|pair| pair[1].baseline - pair[0].baseline)
        .collect();
    lower_third(gaps).unwrap_or(body_size(pages) * 1.3)
}

/// Gaps between paragraphs are among the greater ones.
fn lower_third(mut gaps: Vec<f32>) -> Option<f32> {
    gaps.retain(|gap| *gap > 0.0);
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 3).copied()
}

fn columns(page: &PageLines, usual: f32) -> HashMap<usize, Column> {
    let mut groups: HashMap<usize, Vec<&Line>> = HashMap::new();
    for line in &page.lines {
        groups.entry(line.column).or_default().push(line);
    }
    groups.into_iter().map(|(number, lines)| (number, column(&lines, usual))).collect()
}

fn column(lines: &[&Line], usual: f32) -> Column {
    let gaps: Vec<f32> = lines.windows(2).map(|pair| pair[1].baseline - pair[0].baseline).collect();
    // A few lines tell little.
    let own = if gaps.len() < FEW { None } else { lower_third(gaps) };
    let leading = own.unwrap_or(usual);
    Column {
        start: lines.iter().map(|line| line.start).fold(f32::MAX, f32::min),
        end: lines.iter().map(|line| line.end).fold(f32::MIN, f32::max),
        leading,
    }
}

fn goes_on_below(before: &Line, line: &Line, column: Column) -> bool {
    let width = (column.end - column.start).max(1.0);
    let indent = |line: &Line| line.start - column.start;
    // Under the first line of an item the others stand farther in; and no paragraph begins within a word.
    let hangs = begins_item(&before.text)
        || before.text.ends_with(['-', '\u{ad}']) && line.text.starts_with(char::is_lowercase);
    let is_indented = !hangs && indent(line) > line.size * 0.8 && indent(before) <= line.size / 2.0;
    let ended_early = column.end - before.end > width * EARLY && ends_sentence(&before.text);
    let gap = line.baseline - before.baseline;
    let is_near = gap > 0.0 && gap <= (column.leading * GAP).max(line.size * TIGHT);
    is_near && is_alike(before, line) && !is_indented && !ended_early && !begins_item(&line.text)
}

/// Over a column's or page's end a sentence goes on.
fn goes_on_elsewhere(open: &str, before: &Line, line: &Line) -> bool {
    let begins_within = line.text.chars().next().is_some_and(|c| c.is_lowercase() || is_dense(c));
    is_alike(before, line) && !ends_sentence(open) && begins_within && !begins_item(&line.text)
}

fn is_alike(a: &Line, b: &Line) -> bool {
    (a.size - b.size).abs() <= OTHER_SIZE * a.size.max(b.size)
}

fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '»', ')', ']', '」', '）']);
    bare.ends_with(['.', '!', '?', ':', ';', '。', '！', '？', '：', '；', '؟', '।', '…'])
}

fn begins_item(text: &str) -> bool {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return false };
    if BULLETS.contains(first) {
        return chars.next().is_none_or(char::is_whitespace);
    }
    // `(a)`, `(12)`, `a)`, `12)`, `12.`
    let head: String = text.chars().take_while(|c| !c.is_whitespace()).take(7).collect();
    let inner = head.trim_start_matches('(').trim_end_matches([')', '.']);
    let is_marked = head.ends_with(')') || (head.ends_with('.') && !head.starts_with('('));
    let is_short = (1..=3).contains(&inner.chars().count());
    let counts = inner.chars().all(|c| c.is_ascii_digit())
        || head.ends_with(')') && inner.chars().all(|c| c.is_ascii_lowercase());
    is_marked && is_short && counts
}

/// Adds a line to a paragraph.
fn join(open: &mut String, line: &str, words: &HashSet<String>) {
    let (Some(last), Some(first)) = (open.chars().last(), line.chars().next()) else {
        open.push_str(line);
        return;
    };
    if last == '\u{ad}' {
        open.pop();
    } else if last == '-' && first.is_lowercase() && cuts_word(open) {
        if !is_compound(open, line, words) {
            open.pop();
        }
    } else if !(is_dense(last) && is_dense(first)) {
        open.push(' ');
    }
    open.push_str(line);
}

/// Whether the hyphen at a text's end stands after a letter.
fn cuts_word(open: &str) -> bool {
    open.chars().rev().nth(1).is_some_and(char::is_alphabetic)
}

/// Whether the document has the word with its hyphen elsewhere, but never without.
fn is_compound(open: &str, line: &str, words: &HashSet<String>) -> bool {
    let head = open.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail: String = line.chars().take_while(|c| c.is_alphanumeric()).collect();
    let with = format!("{head}{tail}").to_lowercase();
    let without = with.replacen('-', "", 1);
    words.contains(&with) && !words.contains(&without)
}

/// The words that stand within lines.
fn whole_words(pages: &[PageLines]) -> HashSet<String> {
    let lines = pages.iter().flat_map(|page| &page.lines);
    lines
        .flat_map(|line| line.text.split(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| word.len() > 3 && !word.ends_with('-'))
        .map(str::to_lowercase)
        .collect()
}

/// Writing that puts no blanks between words.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
