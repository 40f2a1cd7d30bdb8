//! What in a page is no part of any article: scripts, navigation, frames, boxes, what nobody sees.
//!
//! An element goes by its tag, by being hidden, or by the words of its class and id. Words deceive, so that an
//! element which holds much of the page's text stays whatever it is called, and there are lenient ways for pages
//! of which too little would be left.

mod mark;
mod names;
mod sums;

use std::collections::HashMap;

use scraper::node::Element;

use self::mark::Marks;
pub(super) use self::names::is_advertisement;
use self::sums::Sums;
pub(super) use self::sums::weight;
use super::outline::{Outline, Value, attr};

/// Above this share of the page's text, an element is a frame and no box.
const FRAME: f64 = 0.5;
/// Below this share, an element holds no article.
const SUBSTANCE: f64 = 0.05;
/// Elements that are called alike and hold more than this share together are parts of the article.
const ALIKE: f64 = 0.25;
/// How far into an element, and how far out of it, is looked.
const MAX_INNER: usize = 5000;
const MAX_OUTER: usize = 64;
/// A longer text is no label of an advertisement, white space around it included.
const LABEL: usize = 60;

/// How much is thrown away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strictness {
    /// All that looks like furniture.
    Strict,
    /// Only what is furniture for sure.
    Lenient,
    /// Only what nobody reads.
    Bare,
}

/// Which entries of an outline are left.
#[derive(Debug)]
pub(super) struct Clean {
    gone: Vec<bool>,
}

impl Clean {
    /// Decides for every element; `removed` are the places that a source's own settings throw away, `headline` is
    /// where the page shows its title.
    pub(super) fn new(
        outline: &Outline<'_>,
        strictness: Strictness,
        removed: &[usize],
        headline: Option<usize>,
    ) -> Self {
        let mut gone = vec![false; outline.len()];
        for (at, element) in outline.elements() {
            gone[at] = is_unread(element) || is_hidden(element);
        }
        removed.iter().for_each(|at| gone[*at] = true);
        let page = Page::new(outline, &gone, strictness, headline);
        for (at, element) in outline.elements() {
            gone[at] = gone[at] || page.is_furniture(at, element);
        }
        page.advertisements().into_iter().for_each(|at| gone[at] = true);
        Self { gone }
    }

    /// Whether the element at a place was thrown away itself.
    pub(super) fn is_gone(&self, at: usize) -> bool {
        self.gone[at]
    }
}

/// All that a decision needs to know.
struct Page<'a, 'b> {
    outline: &'b Outline<'a>,
    strictness: Strictness,
    headline: Option<usize>,
    text: Sums,
    /// Plain characters of the whole page, at least one.
    total: f64,
    marks: Marks,
    /// Plain characters of all elements that are called the same.
    together: HashMap<String, u32>,
}

impl<'a, 'b> Page<'a, 'b> {
    fn new(
        outline: &'b Outline<'a>,
        gone: &[bool],
        strictness: Strictness,
        headline: Option<usize>,
    ) -> Self {
        let text = Sums::new(outline, gone);
        let total = f64::from(text.plain(0, outline.len()).max(1));
        let marks = Marks::new(outline);
        let mut together: HashMap<String, u32> = HashMap::new();
        for (at, _) in outline.elements() {
            if let Some(mark) = marks.at(at).filter(|mark| names::are_likely(mark)) {
                *together.entry(mark.to_owned()).or_default() += text.plain(at, outline.end(at));
            }
        }
        Self { outline, strictness, headline, text, total, marks, together }
    }

    fn plain(&self, at: usize) -> u32 {
        self.text.plain(at, self.outline.end(at))
    }

    fn share(&self, at: usize) -> f64 {
        f64::from(self.plain(at)) / self.total
    }

    /// Whether an element is around the headline and a good part of the text.
    fn is_frame(&self, at: usize, share: f64) -> bool {
        let heads = |headline: usize| (at..self.outline.end(at)).contains(&headline);
        share > FRAME || (share > SUBSTANCE && self.headline.is_some_and(heads))
    }

    fn is_furniture(&self, at: usize, element: &Element) -> bool {
        let share = self.share(at);
        let name = element.name();
        // A page's imprint may be longer than its news.
        let is_footer = name == "footer" && !self.is_inside(at, &["blockquote"]);
        let ends_page = is_footer && self.headline.is_some_and(|headline| headline < at);
        let is_frame = self.is_frame(at, share) && !ends_page;
        if is_frame || matches!(name, "html" | "body" | "main") {
            return false;
        }
        let is_strict = self.strictness == Strictness::Strict;
        match name {
            "nav" => return true,
            "footer" if ends_page => return true,
            _ if self.strictness == Strictness::Bare => return false,
            // That of a quotation says whose it is.
            "footer" => return is_footer,
            "button" | "dialog" | "menu" | "aside" | "figcaption" | "caption" => return true,
            // Tables and listings stand in figures, too.
            "figure" => {
                return !self
                    .holds(at, |inner| matches!(self.outline.name(inner), "table" | "pre"));
            }
            "header" if !self.is_inside(at, &["article", "main"]) => return share < 0.2,
            "form" if is_strict => return share < 0.2,
            _ => {}
        }
        // Among an article's names are those of its subjects.
        if name == "article" && share > SUBSTANCE {
            return false;
        }
        let Some(mark) = self.marks.at(at) else { return false };
        let is_called_so =
            names::are_sure(mark) || (is_strict && self.is_likely_furniture(at, mark));
        // In a listing the names are those of a program's parts.
        is_called_so && !self.is_inside(at, &["pre", "code"])
    }

    fn is_likely_furniture(&self, at: usize, mark: &str) -> bool {
        let alike = || f64::from(self.together.get(mark).copied().unwrap_or_default()) / self.total;
        let is_linked = |inner: usize| {
            matches!(self.outline.name(inner), "h2" | "h3" | "h4" | "h5") && self.plain(inner) == 0
        };
        (names::are_likely(mark) && alike() < ALIKE)
            || (names::are_teasers(mark) && self.share(at) < 0.2 && self.holds(at, is_linked))
    }

    fn holds(&self, at: usize, is: impl Fn(usize) -> bool) -> bool {
        (at..self.outline.end(at)).take(MAX_INNER).any(is)
    }

    fn is_inside(&self, at: usize, names: &[&str]) -> bool {
        let mut around = self.outline.ancestors(at).take(MAX_OUTER);
        around.any(|around| names.contains(&self.outline.name(around)))
    }

    /// Boxes that begin with the word that the law asks of advertisements. Some sites put it into parts of the
    /// article, to make room for one; those are too much together.
    fn advertisements(&self) -> Vec<usize> {
        let is_label = |value: Value<'_>| match value {
            Value::Text(text) => text.len() < LABEL && names::is_advertisement(text),
            Value::Element(_) => false,
        };
        let labels = self.outline.entries().enumerate().filter(|(_, value)| is_label(*value));
        let boxes = labels.filter_map(|(label, _)| {
            let is_box = |at: &usize| {
                let begins_so = self.text.before(*at) == self.text.before(label);
                begins_so && f64::from(self.plain(*at)) < (self.total * 0.1).max(200.0)
            };
            self.outline.ancestors(label).take_while(is_box).last()
        });
        let boxes: Vec<usize> = boxes.collect();
        let sum: u32 = boxes.iter().map(|at| self.plain(*at)).sum();
        if f64::from(sum) / self.total < ALIKE { boxes } else { Vec::new() }
    }
}

/// Elements whose content is not for reading, or not part of the text that it stands in.
fn is_unread(element: &Element) -> bool {
    matches!(
        element.name(),
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "iframe"
            | "frame"
            | "object"
            | "embed"
            | "applet"
            | "canvas"
            | "audio"
            | "video"
            | "map"
            | "head"
            | "title"
            | "link"
            | "meta"
            | "img"
            | "picture"
            | "source"
            | "input"
            | "select"
            | "option"
            | "textarea"
            | "datalist"
            | "progress"
            | "meter"
            | "rp"
    )
}

fn is_hidden(element: &Element) -> bool {
    if attr(element, "hidden").is_some() || attr(element, "aria-hidden") == Some("true") {
        return true;
    }
    let Some(style) = attr(element, "style") else { return false };
    let style: String = style.chars().take(300).filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}
