//! The page's text as blocks: what a reader sees as one paragraph, heading, list item or row.

use std::ops::Range;

use crate::extract::clean::{Clean, weight};
use crate::extract::outline::{Outline, Value, is_inline, push_line};

/// A longer heading is a paragraph.
const LONGEST_HEADING: u32 = 140;

/// A longer row, in bytes, lays out a page.
const LONGEST_ROW: usize = 500;

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Paragraph,
    /// Its rank, 1 to 6.
    Heading(u8),
    Item,
    Row,
    Quote,
}

/// One block.
#[derive(Debug)]
pub(super) struct Block {
    /// The place of its first text.
    pub(super) at: usize,
    /// The place of the box that it stands in: the nearest element around it that is no part of a text itself.
    pub(super) home: usize,
    pub(super) kind: Kind,
    /// One line.
    pub(super) text: String,
    /// Its weight: characters that are no spaces.
    pub(super) chars: u32,
    /// How many of them are in links.
    pub(super) linked: u32,
}

impl Block {
    /// The share of its text that is in links.
    pub(super) fn link_share(&self) -> f64 {
        f64::from(self.linked) / f64::from(self.chars.max(1))
    }

    fn append(&mut self, other: &Self) {
        self.text.push(' ');
        self.text.push_str(&other.text);
        self.chars += other.chars;
        self.linked += other.linked;
    }

    /// Whether it is made of sentences.
    pub(super) fn is_prose(&self) -> bool {
        self.link_share() < 0.35
            && !self.text.starts_with("http")
            && (self.chars >= 80 || (self.chars >= 40 && ends_sentence(&self.text)))
    }
}

/// Whether a text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '」', '』'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', ':', ';'])
}

/// A block element that is open.
struct Open {
    end: usize,
    kind: Kind,
    home: usize,
}

/// The blocks of all that is left, in reading order.
pub(super) fn of(outline: &Outline<'_>, clean: &Clean) -> Vec<Block> {
    let mut writer = Writer::default();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while at < outline.len() {
        while open.last().is_some_and(|last| last.end <= at) {
            writer.finish(open.pop().as_ref());
        }
        if clean.is_gone(at) {
            at = outline.end(at);
            continue;
        }
        match outline.at(at).value {
            Value::Element(element) if element.name() == "br" => writer.line_break(open.last()),
            Value::Element(element) if is_inline(element.name()) => {
                if element.name() == "a" {
                    writer.link_to = writer.link_to.max(outline.end(at));
                }
            }
            Value::Element(element) => {
                writer.finish(open.last());
                if element.name() == "tr" {
                    writer.row = small_row(outline, at);
                }
                let (kind, home) =
                    open.last().map_or((Kind::Paragraph, at), |last| (last.kind, last.home));
                open.push(Open {
                    end: outline.end(at),
                    kind: kind_of(element.name(), kind),
                    home: if is_of_text(element.name()) { home } else { at },
                });
            }
            Value::Text(text) => writer.text(at, text),
        }
        at += 1;
    }
    writer.finish(open.last());
    writer.blocks
}

/// The range of a row of data; nothing for one that lays out a page.
fn small_row(outline: &Outline<'_>, at: usize) -> Range<usize> {
    let end = outline.end(at);
    let mut length = 0;
    for inner in at..end {
        if let Value::Text(text) = outline.at(inner).value {
            length += text.trim().len();
        }
        if length > LONGEST_ROW {
            return at..at;
        }
    }
    at..end
}

fn kind_of(name: &str, inherited: Kind) -> Kind {
    match name {
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "li" | "dt" | "dd" => Kind::Item,
        "td" | "th" => Kind::Row,
        "blockquote" => Kind::Quote,
        _ => inherited,
    }
}

/// Elements that a text is made of, whatever box it is in.
fn is_of_text(name: &str) -> bool {
    matches!(
        name,
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "blockquote"
            | "pre"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "td"
            | "th"
            | "center"
    )
}

/// Gathers the text of one block after the other.
#[derive(Default)]
struct Writer {
    blocks: Vec<Block>,
    line: String,
    gap: bool,
    start: Option<usize>,
    chars: u32,
    linked: u32,
    link_to: usize,
    breaks: usize,
    /// The row of a table that is being read.
    row: Range<usize>,
}

impl Writer {
    fn text(&mut self, at: usize, text: &str) {
        let before = self.line.len();
        push_line(&mut self.line, text, &mut self.gap);
        let added = weight(&self.line[before..]);
        if added == 0 {
            return;
        }
        self.breaks = 0;
        self.start.get_or_insert(at);
        self.chars += added;
        if at < self.link_to {
            self.linked += added;
        }
    }

    /// One break parts lines, two part paragraphs.
    fn line_break(&mut self, open: Option<&Open>) {
        self.breaks += 1;
        self.gap = true;
        if self.breaks >= 2 {
            self.finish(open);
        }
    }

    fn finish(&mut self, open: Option<&Open>) {
        let text = std::mem::take(&mut self.line);
        let (chars, linked) = (std::mem::take(&mut self.chars), std::mem::take(&mut self.linked));
        self.gap = false;
        self.breaks = 0;
        let Some(at) = self.start.take() else { return };
        let (kind, home) = open.map_or((Kind::Paragraph, 0), |open| (open.kind, open.home));
        // Some write whole paragraphs as headings.
        let kind = if matches!(kind, Kind::Heading(_)) && chars > LONGEST_HEADING {
            Kind::Paragraph
        } else {
            kind
        };
        let block = Block { at, home, kind, text, chars, linked };
        match self.blocks.last_mut() {
            Some(last) if self.row.contains(&last.at) && self.row.contains(&at) => {
                last.append(&block)
            }
            _ => self.blocks.push(block),
        }
    }
}
