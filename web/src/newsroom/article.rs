//! `Article`: one text of the newsroom, as its file has it.
//!
//! A file is TOML between two lines of `+++`, then a small part of Markdown: paragraphs parted by blank lines,
//! `## ` subheads, `- ` lists, `> ` quotes and `|` tables. There are no links and no emphasis.

use std::fmt::Write as _;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;

/// One text, with what is said about it.
#[derive(Debug, Clone)]
pub struct Article {
    /// The last part of its address.
    pub slug: String,
    /// The headline.
    pub title: String,
    /// Who wrote it, if somebody is named.
    pub author: Option<String>,
    /// First published, with the outlet's offset.
    pub published: DateTime<FixedOffset>,
    /// Changed since.
    pub modified: Option<DateTime<FixedOffset>>,
    /// The teaser.
    pub summary: String,
    /// The text.
    pub blocks: Vec<Block>,
}

/// A piece of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(String),
    /// A subhead.
    Heading(String),
    /// A list without numbers.
    List(Vec<String>),
    /// Somebody's words, set apart.
    Quote(String),
    /// Rows of cells, the heads first.
    Table(Vec<Vec<String>>),
}

/// How a make of site marks up a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup {
    /// As HTML means it.
    Plain,
    /// Each block in a box of its own, with generated classes.
    Boxed,
    /// Written by hand: indents of spaces, and bold paragraphs for subheads.
    Handmade,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    title: String,
    #[serde(default)]
    author: String,
    published: DateTime<FixedOffset>,
    modified: Option<DateTime<FixedOffset>>,
    summary: String,
}

impl Article {
    /// Reads a file; its name is `<date>-<slug>`.
    pub(super) fn parse(name: &str, text: &str) -> anyhow::Result<Self> {
        let text = text.strip_prefix("+++\n").context("the first line is not +++")?;
        let (front, body) = text.split_once("\n+++\n").context("there is no second line of +++")?;
        let front: Front = toml::from_str(front)?;
        let day = front.published.format("%Y-%m-%d-").to_string();
        let slug = name.strip_prefix(&day).context("the name has another date than the text")?;
        let is_address = slug.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        ensure!(is_address && !slug.is_empty(), "the name does not do for an address");
        let blocks = blocks(body);
        ensure!(!blocks.is_empty(), "there is no text");
        Ok(Self {
            slug: slug.to_owned(),
            title: front.title,
            author: Some(front.author).filter(|author| !author.is_empty()),
            published: front.published,
            modified: front.modified,
            summary: front.summary,
            blocks,
        })
    }

    /// When it last changed.
    pub fn changed(&self) -> DateTime<FixedOffset> {
        self.modified.unwrap_or(self.published)
    }

    /// The whole text as HTML.
    pub(super) fn html(&self) -> String {
        html(&self.blocks, Markup::Plain)
    }

    /// The text as HTML in three parts, so that a page can put its boxes between them.
    pub(super) fn parts(&self, markup: Markup) -> [String; 3] {
        let length = self.blocks.len();
        let first = self.cut(length.div_ceil(3));
        let second = self.cut((length * 2).div_ceil(3).max(first + 1));
        [&self.blocks[..first], &self.blocks[first..second], &self.blocks[second..]]
            .map(|blocks| html(blocks, markup))
    }

    /// The first place from `start` on that parts no subhead, list or table from what it belongs to.
    fn cut(&self, start: usize) -> usize {
        let blocks = &self.blocks;
        let is_cut = |&at: &usize| {
            !matches!(blocks[at - 1], Block::Heading(_))
                && matches!(blocks[at], Block::Paragraph(_) | Block::Heading(_))
        };
        (start.max(1)..blocks.len()).find(is_cut).unwrap_or(blocks.len())
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut is_open = false;
    for line in text.lines().map(str::trim) {
        let open = if is_open { blocks.last_mut() } else { None };
        is_open = !line.is_empty() && !line.starts_with("## ");
        if !line.is_empty() && !open.is_some_and(|open| goes_on(open, line)) {
            blocks.push(begin(line));
        }
    }
    blocks
}

/// Adds a line to the block that the line before it left open, if it belongs there.
fn goes_on(open: &mut Block, line: &str) -> bool {
    match open {
        Block::Quote(text) => join(text, line.trim_start_matches(['>', ' '])),
        Block::Table(rows) => rows.extend(cells(line)),
        Block::List(items) => match (line.strip_prefix("- "), items.last_mut()) {
            (None, Some(item)) => join(item, line),
            (item, _) => items.extend(item.map(str::to_owned)),
        },
        Block::Paragraph(text) if !line.starts_with(['-', '>', '|', '#']) => join(text, line),
        Block::Paragraph(_) | Block::Heading(_) => return false,
    }
    true
}

fn begin(line: &str) -> Block {
    if let Some(heading) = line.strip_prefix("## ") {
        Block::Heading(heading.to_owned())
    } else if let Some(item) = line.strip_prefix("- ") {
        Block::List(vec![item.to_owned()])
    } else if let Some(words) = line.strip_prefix('>') {
        Block::Quote(words.trim().to_owned())
    } else if line.starts_with('|') {
        Block::Table(cells(line).into_iter().collect())
    } else {
        Block::Paragraph(line.to_owned())
    }
}

/// The cells of a row; none for the line below the heads.
fn cells(line: &str) -> Option<Vec<String>> {
    let row = line.trim_matches('|');
    let cells: Vec<_> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
    cells.iter().any(|cell| !cell.bytes().all(|byte| byte == b'-')).then_some(cells)
}

fn join(text: &mut String, words: &str) {
    text.push(' ');
    text.push_str(words);
}

fn html(blocks: &[Block], markup: Markup) -> String {
    let mut html = String::new();
    for block in blocks {
        // Writing to a `String` does not fail.
        let _ = write_block(&mut html, block, markup);
    }
    html
}

fn write_block(out: &mut String, block: &Block, markup: Markup) -> std::fmt::Result {
    match (block, markup) {
        (Block::Paragraph(text), Markup::Plain) => writeln!(out, "<p>{}</p>", escape(text)),
        (Block::Paragraph(text), Markup::Boxed) => writeln!(
            out,
            r#"<div class="css-s99gbd StoryBody"><div class="css-53u6y8"><p class="css-at9mc1 e1w0">{}</p></div></div>"#,
            escape(text)
        ),
        (Block::Paragraph(text), Markup::Handmade) => {
            writeln!(out, "<p align=\"justify\">&nbsp;&nbsp;&nbsp;&nbsp;{}</p>", escape(text))
        }
        (Block::Heading(text), Markup::Handmade) => {
            writeln!(out, "<p align=\"left\"><strong>{}</strong></p>", escape(text))
        }
        (Block::Heading(text), Markup::Plain | Markup::Boxed) => {
            writeln!(out, "<h2>{}</h2>", escape(text))
        }
        (Block::Quote(text), _) => {
            writeln!(out, "<blockquote><p>{}</p></blockquote>", escape(text))
        }
        (Block::List(items), _) => {
            let items: String =
                items.iter().map(|item| format!("<li>{}</li>\n", escape(item))).collect();
            writeln!(out, "<ul>\n{items}</ul>")
        }
        (Block::Table(rows), _) => {
            out.push_str("<table>\n");
            for (number, row) in rows.iter().enumerate() {
                let tag = if number == 0 { "th" } else { "td" };
                let cells: String =
                    row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape(cell))).collect();
                writeln!(out, "<tr>{cells}</tr>")?;
            }
            writeln!(out, "</table>")
        }
    }
}

/// Text as HTML's text and double-quoted attributes have it.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "+++\ntitle = \"A & B\"\nauthor = \"\"\npublished = \"2017-07-12T23:30:00+08:00\"\n\
        summary = \"S\"\n+++\nOne\ntwo <b>.\n- a\n- b\nc\n\n## H\nText.\n\n> q\n> r\n\n\
        | | x |\n|---|---|\n| y | - |\n";

    #[test]
    fn a_file_becomes_blocks_and_keeps_its_own_day() {
        let article = Article::parse("2017-07-12-a-b", FILE).unwrap();
        assert_eq!(article.slug, "a-b");
        assert_eq!(article.author, None);
        assert_eq!(
            article.blocks,
            [
                Block::Paragraph("One two <b>.".to_owned()),
                Block::List(vec!["a".to_owned(), "b c".to_owned()]),
                Block::Heading("H".to_owned()),
                Block::Paragraph("Text.".to_owned()),
                Block::Quote("q r".to_owned()),
                Block::Table(vec![
                    vec![String::new(), "x".to_owned()],
                    vec!["y".to_owned(), "-".to_owned()]
                ]),
            ]
        );
        assert!(article.html().contains("One two &lt;b&gt;."));
        assert!(Article::parse("2017-07-11-a-b", FILE).is_err());
        assert!(Article::parse("2017-07-12-a/b", FILE).is_err());
    }

    #[test]
    fn no_box_comes_between_a_subhead_or_a_lead_in_and_its_text() {
        let article = Article::parse("2017-07-12-a-b", FILE).unwrap();
        let [first, second, third] = article.parts(Markup::Plain);
        assert_eq!(format!("{first}{second}{third}"), article.html());
        assert!(first.ends_with("</ul>\n") && second.starts_with("<h2>"));
        assert!(!second.trim_end().ends_with("</h2>"));
        let short = Article { blocks: article.blocks[..1].to_vec(), ..article };
        assert_eq!(short.parts(Markup::Plain)[1..], [String::new(), String::new()]);
    }
}
