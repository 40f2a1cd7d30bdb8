//! Letters to lines, and lines to reading order: columns are read one after the other.

use super::letters::{Letter, Letters};

/// All lengths in parts of a letter's size. A blank is at least so wide …
const BLANK: f32 = 0.1;
/// … and what is farther apart belongs to different columns, or cells of a table.
const APART: f32 = 1.2;
/// Letters of one line may stand higher or lower by so much.
const LEVEL: f32 = 0.45;

/// Rows that a gap must part before it is one between columns, and how much of its column a row fills there.
const ROWS: usize = 4;
const FILLED: f32 = 0.55;
/// Columns within columns.
const DEPTH: usize = 3;
/// Places that are tried for a gap.
const TRIED: usize = 64;

/// A line of text, or a piece of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) start: f32,
    pub(super) end: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
    pub(super) text: String,
    /// Lines of one column have one number; a later column has a higher one.
    pub(super) column: usize,
}

/// The lines of a page, in reading order.
#[derive(Debug, Default)]
pub(super) struct PageLines {
    pub(super) lines: Vec<Line>,
    /// Width and height.
    pub(super) format: (f32, f32),
}

/// The lines of a page's letters.
pub(super) fn of(letters: &Letters) -> PageLines {
    let mut pieces = pieces(&letters.found);
    pieces.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    let rows = rows(pieces);
    let mut lines = Vec::new();
    read(rows, &mut lines, DEPTH);
    PageLines { lines, format: letters.format }
}

/// Runs of letters that follow each other.
fn pieces(letters: &[Letter]) -> Vec<Line> {
    let mut pieces: Vec<Line> = Vec::new();
    let mut pen = 0.0;
    let mut blank = false;
    for letter in letters {
        let is_blank = letter.c.is_whitespace();
        let size = letter.size;
        match pieces.last_mut() {
            Some(piece) if continues(piece, letter, pen) => {
                let gap = letter.start - piece.end;
                if is_blank {
                    blank = true;
                } else {
                    if (blank && gap > 0.0) || gap > BLANK * size.min(piece.size) {
                        piece.text.push(' ');
                    }
                    blank = false;
                    piece.text.push(letter.c);
                    piece.end = piece.end.max(letter.end);
                    if size > piece.size {
                        (piece.size, piece.baseline) = (size, letter.baseline);
                    }
                }
                pen = letter.end;
            }
            _ if is_blank => {}
            _ => {
                blank = false;
                pen = letter.end;
                pieces.push(Line {
                    start: letter.start,
                    end: letter.end,
                    baseline: letter.baseline,
                    size,
                    text: letter.c.to_string(),
                    column: 0,
                });
            }
        }
    }
    pieces
}

fn continues(piece: &Line, letter: &Letter, pen: f32) -> bool {
    let size = piece.size.max(letter.size);
    let gap = letter.start - pen;
    (letter.baseline - piece.baseline).abs() < LEVEL * size
        && gap < APART * size
        && gap > -size / 2.0
}

/// Pieces on one level, from left to right; what stands close together is one piece.
fn rows(pieces: Vec<Line>) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut level: Option<(f32, f32)> = None;
    for piece in pieces {
        match (level, rows.last_mut()) {
            (Some((baseline, size)), Some(row))
                if piece.baseline - baseline < LEVEL * size.max(piece.size) =>
            {
                if piece.size > size {
                    level = Some((piece.baseline, piece.size));
                }
                row.push(piece);
            }
            _ => {
                level = Some((piece.baseline, piece.size));
                rows.push(vec![piece]);
            }
        }
    }
    rows.into_iter().map(joined).collect()
}

fn joined(mut row: Vec<Line>) -> Vec<Line> {
    row.sort_by(|a, b| a.start.total_cmp(&b.start));
    let mut out: Vec<Line> = Vec::with_capacity(row.len());
    for piece in row {
        match out.last_mut() {
            Some(last) if piece.start - last.end < APART * last.size.max(piece.size) => {
                append(last, &piece);
            }
            _ => out.push(piece),
        }
    }
    out
}

fn append(line: &mut Line, piece: &Line) {
    if piece.start - line.end > BLANK * line.size.min(piece.size) {
        line.text.push(' ');
    }
    line.text.push_str(&piece.text);
    line.end = line.end.max(piece.end);
    if piece.size > line.size {
        (line.size, line.baseline) = (piece.size, piece.baseline);
    }
}

/// Puts rows out in reading order: where a gap parts them to columns, the left one first.
fn read(rows: Vec<Vec<Line>>, out: &mut Vec<Line>, depth: usize) {
    let gap = if depth > 0 { gap(&rows) } else { None };
    let Some(gap) = gap else {
        put(rows, out);
        return;
    };
    let mut band = Vec::new();
    for row in rows {
        if row.iter().any(|piece| crosses(piece, gap)) {
            read_band(std::mem::take(&mut band), gap, out, depth);
            put(vec![row], out);
        } else {
            band.push(row);
        }
    }
    read_band(band, gap, out, depth);
}

fn read_band(band: Vec<Vec<Line>>, gap: f32, out: &mut Vec<Line>, depth: usize) {
    if band.iter().filter(|row| is_parted(row, gap)).count() < 2 {
        put(band, out);
        return;
    }
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in band {
        let (before, after): (Vec<_>, Vec<_>) = row.into_iter().partition(|piece| piece.end <= gap);
        left.push(before);
        right.push(after);
    }
    for mut side in [left, right] {
        side.retain(|row| !row.is_empty());
        read(side, out, depth - 1);
    }
}

/// Puts out rows as they are, a column of their own.
fn put(rows: Vec<Vec<Line>>, out: &mut Vec<Line>) {
    let column = out.last().map_or(0, |line| line.column + 1);
    for row in rows {
        let mut pieces = row.into_iter();
        let Some(mut line) = pieces.next() else { continue };
        for piece in pieces {
            append(&mut line, &piece);
        }
        line.column = column;
        out.push(line);
    }
}

fn crosses(piece: &Line, gap: f32) -> bool {
    piece.start < gap && piece.end > gap
}

fn is_parted(row: &[Line], gap: f32) -> bool {
    row.iter().any(|piece| piece.end <= gap) && row.iter().any(|piece| piece.start >= gap)
}

/// The place of a gap that parts columns of text, if there is one: cells of a table do not fill their columns.
fn gap(rows: &[Vec<Line>]) -> Option<f32> {
    let mut places: Vec<f32> = rows
        .iter()
        .flat_map(|row| row.windows(2).map(|pair| f32::midpoint(pair[0].end, pair[1].start)))
        .collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|a, b| (*a - *b).abs() < 3.0);
    let step = places.len().div_ceil(TRIED).max(1);
    let parted = |gap: f32| {
        rows.iter()
            .filter(|row| is_parted(row, gap) && !row.iter().any(|piece| crosses(piece, gap)))
            .count()
    };
    let best = places.into_iter().step_by(step).max_by_key(|place| parted(*place))?;
    let count = parted(best);
    (count >= ROWS && count * 4 >= rows.len() && is_filled(rows, best)).then_some(best)
}

/// Whether most rows on both sides of a gap are about as wide as the widest.
fn is_filled(rows: &[Vec<Line>], gap: f32) -> bool {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for row in rows.iter().filter(|row| is_parted(row, gap)) {
        let before = row.iter().filter(|piece| piece.end <= gap);
        let after = row.iter().filter(|piece| piece.start >= gap);
        left.push(before.map(|piece| piece.end - piece.start).sum::<f32>());
        right.push(after.map(|piece| piece.end - piece.start).sum::<f32>());
    }
    [left, right].into_iter().all(|mut widths| {
        widths.sort_by(f32::total_cmp);
        let (middle, widest) = (widths[widths.len() / 2], widths[widths.len() - 1]);
        middle >= FILLED * widest
    })
}
