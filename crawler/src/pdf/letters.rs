//! The letters of a page and their places, as the page's own program draws them.

use std::collections::HashSet;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::xref::XRef;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, TransformExt as _,
    interpret_page,
};

/// More letters are no page.
const MAX_LETTERS: usize = 100_000;
/// Ways in which a line may run: right, down, left, up; and lines of letters set one below the other.
const TURNS: usize = 5;
const COLUMNS: usize = 4;
/// Fonts measure in thousandths.
const EM: f64 = 1000.0;

/// One letter; its line runs from left to right, and lines from the top down, however the page is turned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) start: f32,
    pub(super) end: f32,
    pub(super) baseline: f32,
    pub(super) size: f32,
}

/// What is written on a page.
#[derive(Debug, Default)]
pub(super) struct Letters {
    /// In the order in which they are drawn.
    pub(super) found: Vec<Letter>,
    /// How many signs are drawn of which nobody can tell what they are.
    pub(super) unknown: usize,
    /// Width and height of the page.
    pub(super) format: (f32, f32),
}

/// Gathers the letters of one page; those that run in another way than most (stamps, marks in the margin) are left out.
pub(super) fn of<'a>(page: &Page<'a>, xref: &'a XRef, cache: &InterpreterCache<'a>) -> Letters {
    let settings =
        InterpreterSettings { render_content: RenderContent::PAGE, ..Default::default() };
    let upright = page.initial_transform(true).to_kurbo();
    let (width, height) = page.render_dimensions();
    let all = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(upright, all, cache, xref, settings);
    let mut pen = Pen::default();
    interpret_page(page, &mut context, &mut pen);
    let most = (0..TURNS).max_by_key(|turn| pen.by_turn[*turn].len()).unwrap_or(0);
    let found = std::mem::take(&mut pen.by_turn[most]);
    Letters { found, unknown: pen.unknown, format: (width, height) }
}

/// Notes what is drawn.
#[derive(Default)]
struct Pen {
    by_turn: [Vec<Letter>; TURNS],
    /// What is there already: letters are drawn twice to make them bold.
    drawn: HashSet<(char, i32, i32)>,
    unknown: usize,
    count: usize,
}

impl Pen {
    fn note(&mut self, glyph: &Glyph<'_>, at: Affine, is_vertical: bool) {
        if self.count >= MAX_LETTERS {
            return;
        }
        self.count += 1;
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(type3) => type3.advance_width(),
        };
        let Some(place) = Place::new(at, f64::from(advance.unwrap_or(500.0)), is_vertical) else {
            return;
        };
        match glyph.as_unicode() {
            Some(BfString::Char(c)) => self.put(&[c], &place),
            Some(BfString::String(text)) => {
                self.put(&text.chars().take(8).collect::<Vec<_>>(), &place);
            }
            None => self.unknown += 1,
        }
    }

    /// Several letters may share one sign, and then its width.
    fn put(&mut self, letters: &[char], place: &Place) {
        let letters: Vec<char> =
            letters.iter().flat_map(|c| plain(*c)).filter(|c| is_readable(*c)).collect();
        let width = (place.end - place.start) / letters.len().max(1) as f64;
        for (number, c) in letters.into_iter().enumerate() {
            let start = place.start + width * number as f64;
            let key = (c, (start * 2.0) as i32, (place.baseline * 2.0) as i32);
            if c.is_whitespace() || self.drawn.insert(key) {
                self.by_turn[place.turn].push(Letter {
                    c,
                    start: start as f32,
                    end: (start + width) as f32,
                    baseline: place.baseline as f32,
                    size: place.size as f32,
                });
            }
        }
    }
}

/// Where a sign stands on a page that is turned so that its line runs to the right.
struct Place {
    turn: usize,
    start: f64,
    end: f64,
    baseline: f64,
    size: f64,
}

impl Place {
    fn new(at: Affine, advance: f64, is_vertical: bool) -> Option<Self> {
        let [a, b, c, d, _, _] = at.as_coeffs();
        let size = c.hypot(d) * EM;
        let origin = at * Point::ZERO;
        if !(0.5..2000.0).contains(&size) || !origin.x.is_finite() || !origin.y.is_finite() {
            return None;
        }
        if is_vertical {
            let (start, baseline) = (origin.y, -origin.x);
            return Some(Self { turn: COLUMNS, start, end: start + size, baseline, size });
        }
        let width = a.hypot(b) * advance;
        let turn = if b.abs() <= a.abs() / 4.0 {
            if a >= 0.0 { 0 } else { 2 }
        } else if a.abs() <= b.abs() / 4.0 {
            if b >= 0.0 { 1 } else { 3 }
        } else {
            return None;
        };
        let (start, baseline) = match turn {
            0 => (origin.x, origin.y),
            1 => (origin.y, -origin.x),
            2 => (-origin.x, -origin.y),
            _ => (-origin.y, origin.x),
        };
        Some(Self { turn, start, end: start + width, baseline, size })
    }
}

/// Ligatures by their letters, every kind of blank as a blank.
fn plain(c: char) -> Vec<char> {
    let letters = match c {
        '\u{fb00}' => "ff",
        '\u{fb01}' => "fi",
        '\u{fb02}' => "fl",
        '\u{fb03}' => "ffi",
        '\u{fb04}' => "ffl",
        '\u{fb05}' | '\u{fb06}' => "st",
        '\u{2010}' | '\u{2011}' => "-",
        c if c.is_whitespace() => " ",
        c => return vec![c],
    };
    letters.chars().collect()
}

/// Neither a control character nor one that only its maker knows.
fn is_readable(c: char) -> bool {
    let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    !c.is_control() && !private && c != '\u{fffd}' && c != '\u{feff}'
}

impl<'a> Device<'a> for Pen {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = matches!(run.writing_mode(), WritingMode::Vertical);
        for glyph in run.glyphs() {
            self.note(glyph, props.transform * glyph.transform(), is_vertical);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
