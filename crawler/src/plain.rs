//! HTML to plain text and back: for teasers and titles, whose markup means nothing to us.

use ego_tree::iter::Edge;
use scraper::node::Node;

use crate::extract::bounded::{self, Keeps};
use crate::extract::outline::is_invisible;

/// Elements whose text nobody reads.
const UNREAD: [&str; 6] = ["script", "style", "noscript", "template", "iframe", "svg"];

/// The text of a fragment: paragraphs parted by blank lines, entities decoded, spaces folded.
pub(crate) fn text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        return paragraphs(html.split("\n\n"));
    }
    let fragment = bounded::parse(html, Keeps::All);
    let mut out = String::new();
    let mut unread = 0_usize;
    for edge in fragment.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) if unread == 0 => out.push_str(text),
                Node::Element(element) if UNREAD.contains(&element.name()) => unread += 1,
                Node::Element(element) => out.push_str(gap(element.name())),
                _ => {}
            },
            Edge::Close(node) => match node.value() {
                Node::Element(element) if UNREAD.contains(&element.name()) => {
                    unread = unread.saturating_sub(1);
                }
                Node::Element(element) => out.push_str(gap(element.name())),
                _ => {}
            },
        }
    }
    paragraphs(out.split("\n\n"))
}

/// What parts an element from its neighbours.
fn gap(name: &str) -> &'static str {
    match name {
        "p" | "div" | "li" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        | "blockquote" | "tr" | "table" | "section" | "article" | "figure" | "pre" => "\n\n",
        "br" | "td" | "th" => " ",
        _ => "",
    }
}

fn paragraphs<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let folded = parts.map(|part| {
        let mut folded = part.split_whitespace().collect::<Vec<_>>().join(" ");
        folded.retain(|c| !is_invisible(c));
        folded
    });
    folded.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Plain text as HTML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The text as one line of at most so many characters.
pub(crate) fn line(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if line.len() > most * 4 {
            break;
        }
    }
    match line.char_indices().nth(most) {
        Some((end, _)) => line[..end].to_owned(),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::{line, text};

    #[test]
    fn hints_for_breaking_lines_are_no_letters() {
        assert_eq!(text("Netz\u{ad}sicher\u{200b}heit"), "Netzsicherheit");
        assert_eq!(text("<p>Netz&shy;sicherheit</p>"), "Netzsicherheit");
    }

    #[test]
    fn markup_becomes_paragraphs() {
        let html =
            "<p>One &amp; two<script>x()</script></p><ul><li>a</li><li>b<br>c</li></ul> tail";
        assert_eq!(text(html), "One & two\n\na\n\nb c\n\ntail");
        assert_eq!(text("no markup  at all"), "no markup at all");
        assert_eq!(
            text("The <nav>menu</nav> element"),
            "The menu element",
            "no page has this menu"
        );
        assert_eq!(text("<<<>>> &nope; <p"), text("<<<>>> &nope; <p"), "never a panic");
    }

    #[test]
    fn lines_are_short() {
        assert_eq!(line(" a \n b ", 10), "a b");
        assert_eq!(line("äöü äöü", 5), "äöü ä");
    }
}
