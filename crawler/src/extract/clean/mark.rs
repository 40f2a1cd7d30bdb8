//! What an element is called by those who made the page.

use scraper::node::Element;

use crate::extract::outline::attr;

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
