//! What an element is called by those who made the page.

use scraper::node::Element;

use crate::extract::outline::{Outline, Value, attr};

/// Attributes that name what an element is.
const NAMES: [&str; 5] = ["class", "id", "role", "data-component", "data-testid"];

/// The names of all elements of an outline, in one string.
#[derive(Debug)]
pub(super) struct Marks {
    names: String,
    ends: Vec<usize>,
}

impl Marks {
    /// Reads them.
    pub(super) fn new(outline: &Outline<'_>) -> Self {
        let mut names = String::new();
        let mut ends = Vec::with_capacity(outline.len());
        for value in outline.entries() {
            if let Value::Element(element) = value {
                mark(element, &mut names);
            }
            ends.push(names.len());
        }
        Self { names, ends }
    }

    /// Those of the element at a place; `None` if it has none.
    pub(super) fn at(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        Some(&self.names[start..self.ends[at]]).filter(|mark| !mark.is_empty())
    }
}

/// Adds class names, id, role and the like in lower case between spaces, with hyphens between their words
/// (` post-share-buttons `); nothing if there are none.
fn mark(element: &Element, mark: &mut String) {
    let start = mark.len();
    mark.push(' ');
    for part in NAMES.iter().filter_map(|name| attr(element, name)) {
        let mut after_lower = false;
        // Frameworks that style by class names alone write very many of them.
        for c in part.chars().take(400) {
            if c.is_ascii_alphanumeric() {
                if c.is_ascii_uppercase() && after_lower {
                    mark.push('-');
                }
                mark.push(c.to_ascii_lowercase());
            } else if c.is_ascii_whitespace() {
                close(mark);
            } else if !mark.ends_with([' ', '-']) {
                mark.push('-');
            }
            after_lower = c.is_ascii_lowercase();
        }
        close(mark);
    }
    if mark.len() == start + 1 {
        mark.truncate(start);
    }
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
