//! What in a page is no part of any article: scripts, navigation, frames, boxes, what nobody sees.
//!
//! An element goes by its tag, by being hidden, or by the words of its class and id. Words deceive, so that an
//! element which holds much of the page's text stays whatever it is called, and there is a lenient way for pages
//! of which too little would be left.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use scraper::node::Element;

use super::outline::{Outline, Value, attr};

mod names;

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

/// Running sums over the outline: characters before each place, all and in links.
#[derive(Debug)]
struct Sums {
    chars: Vec<u32>,
    linked: Vec<u32>,
}

impl Sums {
    fn new(outline: &Outline<'_>, gone: &[bool]) -> Self {
        let mut sums = Self {
            chars: Vec::with_capacity(outline.len() + 1),
            linked: Vec::with_capacity(outline.len() + 1),
        };
        let (mut chars, mut linked) = (0_u32, 0_u32);
        let (mut skipped_to, mut link_to) = (0, 0);
        for (at, is_gone) in gone.iter().enumerate() {
            sums.chars.push(chars);
            sums.linked.push(linked);
            if at < skipped_to {
                continue;
            }
            if *is_gone {
                skipped_to = outline.end(at);
                continue;
            }
            match outline.at(at).value {
                Value::Element(element) if element.name() == "a" => {
                    link_to = outline.end(at).max(link_to)
                }
                Value::Element(_) => {}
                Value::Text(text) => {
                    let length = weight(text);
                    chars = chars.saturating_add(length);
                    if at < link_to {
                        linked = linked.saturating_add(length);
                    }
                }
            }
        }
        sums.chars.push(chars);
        sums.linked.push(linked);
        sums
    }

    /// Characters between two places that are in no link.
    fn plain(&self, from: usize, to: usize) -> u32 {
        (self.chars[to] - self.chars[from]).saturating_sub(self.linked[to] - self.linked[from])
    }
}

/// Characters that are no white space; those of dense scripts say about as much as two and a half letters.
pub(super) fn weight(text: &str) -> u32 {
    let halves: usize = text
        .chars()
        .map(|c| match c {
            c if c.is_whitespace() => 0,
            '\u{2e80}'.. => 5,
            _ => 2,
        })
        .sum();
    u32::try_from(halves / 2).unwrap_or(u32::MAX)
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
        for at in removed {
            gone[*at] = true;
        }
        let whole = Sums::new(outline, &gone);
        let total = f64::from(whole.plain(0, outline.len()).max(1));
        let plain = |at: usize| whole.plain(at, outline.end(at));
        let marks: Vec<Option<String>> = outline.entries().map(mark_of).collect();
        let mut together: HashMap<&str, u32> = HashMap::new();
        for (at, mark) in marks.iter().enumerate() {
            if let Some(mark) = mark {
                *together.entry(mark).or_default() += plain(at);
            }
        }
        // What is called alike is weighed together: half an article in twenty small boxes is no furniture.
        let alike = |at: usize| {
            let sum = marks[at].as_deref().and_then(|mark| together.get(mark)).copied();
            f64::from(sum.unwrap_or_default()) / total
        };
        for (at, element) in outline.elements() {
            if gone[at] {
                continue;
            }
            if strictness == Strictness::Bare && outline.name(at) != "nav" {
                continue;
            }
            let mark = marks[at].as_deref();
            let share = f64::from(plain(at)) / total;
            let heads = headline.is_some_and(|headline| (at..outline.end(at)).contains(&headline));
            // Around the headline and a good part of the text there is a frame, not a box.
            let is_frame = share > 0.5 || (heads && share > 0.05);
            let alike = alike(at);
            gone[at] =
                !is_frame && is_furniture(outline, at, element, mark, [share, alike], strictness);
        }
        let boxes = labelled_advertisements(outline, &whole, total);
        let sum: u32 = boxes.iter().map(|at| plain(*at)).sum();
        // Some sites put the label into parts of the article, to make room for one.
        if f64::from(sum) / total < 0.25 {
            boxes.into_iter().for_each(|at| gone[at] = true);
        }
        Self { gone }
    }

    /// Whether the element at a place was thrown away itself.
    pub(super) fn is_gone(&self, at: usize) -> bool {
        self.gone[at]
    }
}

/// A longer text is no label, white space around it included.
const LABEL: usize = 60;

/// Boxes that begin with the word that the law asks of advertisements.
fn labelled_advertisements(outline: &Outline<'_>, whole: &Sums, total: f64) -> Vec<usize> {
    let labels = outline.entries().enumerate().filter(|(_, value)| match value {
        Value::Text(text) if text.len() < LABEL => {
            names::ADVERTISEMENT.contains(&text.trim().to_lowercase().as_str())
        }
        Value::Text(_) | Value::Element(_) => false,
    });
    let boxes = labels.filter_map(|(label, _)| {
        let small = |at: &usize| {
            let begins_here = whole.chars[*at] == whole.chars[label];
            begins_here && f64::from(whole.plain(*at, outline.end(*at))) < (total * 0.1).max(200.0)
        };
        outline.ancestors(label).take_while(small).last()
    });
    boxes.collect()
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

/// Whether an element with this share of the page's plain text is furniture.
fn is_furniture(
    outline: &Outline<'_>,
    at: usize,
    element: &Element,
    mark: Option<&str>,
    [share, alike]: [f64; 2],
    strictness: Strictness,
) -> bool {
    let name = element.name();
    if matches!(name, "html" | "body" | "main") {
        return false;
    }
    match name {
        "nav" | "button" | "dialog" | "menu" | "aside" | "footer" | "figcaption" | "caption" => {
            return true;
        }
        // Tables and listings stand in figures, too.
        "figure" => {
            return !(at..outline.end(at))
                .any(|inner| matches!(outline.name(inner), "table" | "pre"));
        }
        "header" if !inside(outline, at, &["article", "main"]) => return share < 0.2,
        "form" if strictness == Strictness::Strict => return share < 0.2,
        _ => {}
    }
    let Some(mark) = mark else { return false };
    matches(&SURE, mark)
        || (strictness == Strictness::Strict && matches(&LIKELY, mark) && alike < 0.25)
}

fn inside(outline: &Outline<'_>, at: usize, names: &[&str]) -> bool {
    outline.ancestors(at).any(|around| names.contains(&outline.name(around)))
}

/// Words that no part of an article bears.
static SURE: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(names::spelled_out(names::SURE)).ok());
/// Words that parts of an article seldom bear.
static LIKELY: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(names::spelled_out(names::LIKELY)).ok());

fn matches(words: &LazyLock<Option<AhoCorasick>>, mark: &str) -> bool {
    words.as_ref().is_some_and(|words| words.is_match(mark))
}

fn mark_of(value: Value<'_>) -> Option<String> {
    match value {
        Value::Element(element) => mark(element),
        Value::Text(_) => None,
    }
}

/// Attributes that name what an element is.
const NAMES: [&str; 5] = ["class", "id", "role", "data-component", "data-testid"];

/// Class names, id, role and the like in lower case between spaces, with hyphens between their words (` post-share-buttons `);
/// `None` if there are none.
pub(super) fn mark(element: &Element) -> Option<String> {
    let parts = NAMES.iter().filter_map(|name| attr(element, name));
    let mut mark = String::from(" ");
    for part in parts {
        let mut after_lower = false;
        // Frameworks that style by class names alone write very many of them.
        for c in part.chars().take(400) {
            if c.is_ascii_alphanumeric() {
                if c.is_ascii_uppercase() && after_lower {
                    mark.push('-');
                }
                mark.push(c.to_ascii_lowercase());
            } else if c.is_ascii_whitespace() {
                close(&mut mark);
            } else if !mark.ends_with([' ', '-']) {
                mark.push('-');
            }
            after_lower = c.is_ascii_lowercase();
        }
        close(&mut mark);
    }
    (mark.len() > 1).then_some(mark)
}

/// Ends a class name; one that says what is beside or absent (`with-sidebar`, `no-comments`) names nothing itself,
/// nor does one that says what a post is about (`category-politics`).
fn close(mark: &mut String) {
    if mark.ends_with('-') {
        mark.pop();
    }
    let start = mark.rfind(' ').map_or(0, |space| space + 1);
    let name = &mark[start..];
    if ["has-", "no-", "with-", "category-", "tag-"].iter().any(|word| name.starts_with(word))
        || name.contains("-with-")
    {
        mark.truncate(start);
    }
    if !mark.ends_with(' ') {
        mark.push(' ');
    }
}
