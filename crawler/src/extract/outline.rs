//! The page as a flat list in reading order, in which every element knows where it ends.
//!
//! A subtree is a range of it, so that nothing that follows needs to recurse or to search for a parent's end.

use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::Html;
use scraper::node::{Element, Node};

/// Elements and texts in document order.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    entries: Vec<Entry<'a>>,
}

/// One element or text.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    /// What it is.
    pub(super) value: Value<'a>,
    /// The element that holds it; its own place for the outermost.
    pub(super) parent: usize,
    /// The first place after everything in it.
    pub(super) end: usize,
    id: NodeId,
}

/// What an entry is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'a> {
    Element(&'a Element),
    Text(&'a str),
}

impl<'a> Outline<'a> {
    /// Flattens a page.
    pub(super) fn new(html: &'a Html) -> Self {
        let mut entries: Vec<Entry<'a>> = Vec::with_capacity(html.tree.values().len());
        let mut open = vec![];
        for edge in html.tree.root().traverse() {
            let (Edge::Open(node) | Edge::Close(node)) = edge;
            let value = match node.value() {
                Node::Element(element) => Value::Element(element),
                Node::Text(text) => Value::Text(text),
                Node::Document
                | Node::Fragment
                | Node::Doctype(_)
                | Node::Comment(_)
                | Node::ProcessingInstruction(_) => {
                    continue;
                }
            };
            let is_open = matches!(edge, Edge::Open(_));
            match (is_open, value) {
                (true, _) => {
                    let at = entries.len();
                    let parent = open.last().copied().unwrap_or(at);
                    entries.push(Entry { value, parent, end: at + 1, id: node.id() });
                    if matches!(value, Value::Element(_)) {
                        open.push(at);
                    }
                }
                (false, Value::Element(_)) => {
                    let end = entries.len();
                    if let Some(at) = open.pop() {
                        entries[at].end = end;
                    }
                }
                (false, Value::Text(_)) => {}
            }
        }
        Self { entries }
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entry at a place.
    pub(super) fn at(&self, at: usize) -> &Entry<'a> {
        &self.entries[at]
    }

    /// Where the entry at a place ends.
    pub(super) fn end(&self, at: usize) -> usize {
        self.entries[at].end
    }

    /// The place of the element that holds a place; itself at the top.
    pub(super) fn parent(&self, at: usize) -> usize {
        self.entries[at].parent
    }

    /// The element at a place.
    pub(super) fn element(&self, at: usize) -> Option<&'a Element> {
        match self.entries.get(at)?.value {
            Value::Element(element) => Some(element),
            Value::Text(_) => None,
        }
    }

    /// The name of the element at a place, nothing for a text.
    pub(super) fn name(&self, at: usize) -> &'a str {
        self.element(at).map_or("", Element::name)
    }

    /// An attribute of the element at a place.
    pub(super) fn attr(&self, at: usize, name: &str) -> Option<&'a str> {
        attr(self.element(at)?, name)
    }

    /// What stands at each place.
    pub(super) fn entries(&self) -> impl Iterator<Item = Value<'a>> {
        self.entries.iter().map(|entry| entry.value)
    }

    /// All elements with their places.
    pub(super) fn elements(&self) -> impl Iterator<Item = (usize, &'a Element)> {
        self.entries.iter().enumerate().filter_map(|(at, entry)| match entry.value {
            Value::Element(element) => Some((at, element)),
            Value::Text(_) => None,
        })
    }

    /// The places of an element's children.
    pub(super) fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.end(at);
        let first = Some(at + 1).filter(|child| *child < end);
        std::iter::successors(first, move |child| Some(self.end(*child)).filter(|next| *next < end))
    }

    /// The places of the elements around a place, the nearest first.
    pub(super) fn ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |at| Some(self.parent(*at)).filter(|parent| parent != at))
            .skip(1)
    }

    /// The places of nodes of the tree.
    pub(super) fn places(&self, ids: &HashSet<NodeId>) -> Vec<usize> {
        let entries = self.entries.iter().enumerate();
        entries.filter(|(_, entry)| ids.contains(&entry.id)).map(|(at, _)| at).collect()
    }

    /// The text in an entry as one line, of about so many bytes at most; without scripts.
    pub(super) fn line(&self, at: usize, most: usize) -> String {
        let mut line = String::new();
        let mut next = at;
        let end = self.end(at);
        let mut gap = false;
        while next < end && line.len() < most {
            match self.entries[next].value {
                Value::Element(element)
                    if matches!(
                        element.name(),
                        "script" | "style" | "noscript" | "template" | "svg"
                    ) =>
                {
                    next = self.end(next);
                    continue;
                }
                Value::Element(element) => gap |= !is_inline(element.name()),
                Value::Text(text) => push_line(&mut line, text, &mut gap),
            }
            next += 1;
        }
        line
    }
}

/// Adds a text to a line, its white space folded.
pub(super) fn push_line(line: &mut String, text: &str, gap: &mut bool) {
    for c in text.chars() {
        if c.is_whitespace() {
            *gap = true;
        } else if !is_invisible(c) {
            if *gap && !line.is_empty() {
                line.push(' ');
            }
            *gap = false;
            line.push(c);
        }
    }
}

/// Characters that only guide the breaking of lines.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\0')
}

/// Attributes that anybody asks for, in lower case; others are left out before a page is parsed.
pub(super) const READ: [&str; 28] = [
    "aria-hidden",
    "class",
    "content",
    "data-component",
    "data-date",
    "data-datetime",
    "data-testid",
    "data-time",
    "data-timestamp",
    "data-utime",
    "datetime",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "time",
    "timestamp",
    "title",
    "type",
    "xml:lang",
];

/// An attribute, one of [`READ`]; the parser's own look-up interns the name each time.
pub(super) fn attr<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    debug_assert!(READ.contains(&name), "{name} is left out before a page is parsed");
    element.attrs.iter().find(|(key, _)| &*key.local == name).map(|(_, value)| &**value)
}

/// Elements that flow within a line.
pub(super) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "img"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "rp"
            | "rt"
            | "ruby"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | "nobr"
            | "blink"
            | "o:p"
    )
}
