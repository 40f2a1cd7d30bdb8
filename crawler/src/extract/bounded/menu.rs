//! Elements in which no article is, whole: menus of links, and drawings. On many a page they are half of all tags.

use super::tag::Tag;
use super::{SHAPES, name_at};

/// What a drawing holds besides shapes.
const DRAWN: [&[u8]; 15] = [
    b"g",
    b"defs",
    b"lineargradient",
    b"radialgradient",
    b"clippath",
    b"mask",
    b"filter",
    b"symbol",
    b"title",
    b"desc",
    b"text",
    b"tspan",
    b"image",
    b"animate",
    b"svg",
];

/// What a menu holds besides drawings: no headline, paragraph, date, form or data of the page.
const LISTED: [&[u8]; 15] = [
    b"a", b"li", b"ul", b"ol", b"span", b"div", b"button", b"img", b"i", b"b", b"em", b"strong",
    b"small", b"br", b"hr",
];

/// Where a menu or a drawing ends that begins with a tag of this name: behind its closing tag. `None` for other
/// elements, and for those that hold more than such ones do, as one does that is never closed.
pub(super) fn end(bytes: &[u8], name: &[u8], after_name: usize) -> Option<usize> {
    let is_menu = name.eq_ignore_ascii_case(b"nav");
    if !is_menu && !name.eq_ignore_ascii_case(b"svg") {
        return None;
    }
    let mut at = tag_end(bytes, after_name);
    loop {
        let start = at + memchr::memchr(b'<', bytes.get(at..)?)?;
        // Where a comment ends it may have begun before the menu, which is none then.
        memchr::memmem::find(&bytes[at..start], b"-->").is_none().then_some(())?;
        let is_closing = bytes.get(start + 1) == Some(&b'/');
        let inner = name_at(bytes, start + 1 + usize::from(is_closing));
        at = tag_end(bytes, start + 1 + usize::from(is_closing) + inner.len());
        let is_one_of = |names: &[&[u8]]| names.iter().any(|of| inner.eq_ignore_ascii_case(of));
        if inner.eq_ignore_ascii_case(name) {
            return is_closing.then_some(at);
        }
        let is_drawn = is_one_of(&SHAPES) || is_one_of(&DRAWN);
        if !(is_drawn || is_menu && is_one_of(&LISTED)) {
            return None;
        }
    }
}

fn tag_end(bytes: &[u8], after_name: usize) -> usize {
    let mut tag = Tag::new(bytes, after_name);
    while tag.attribute().is_some() {}
    tag.end()
}
