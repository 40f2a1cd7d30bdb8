//! Markup to a tree, whatever the markup is: bounded in depth, attributes and nodes.
//!
//! An HTML parser does as much work for each tag as there are elements open, compares each attribute with all others
//! of its tag, and opens unclosed formatting again in every paragraph. All of that is harmless in pages that people
//! wrote and fatal in pages made to hurt, so such pages are thinned out before the parser sees them, and it is fed
//! in small pieces so that it can be stopped. Styles and programs, a third of many a page, are left out as well, and
//! so are menus, drawings and attributes that nobody reads.

mod menu;
mod tag;

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::sync::LazyLock;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::{ParseOpts, parse_document};
use memchr::memmem::Finder;
use scraper::{Html, HtmlTreeSink};

use self::tag::Tag;
use super::outline;

/// What follows in a longer page is no article.
const MAX_BYTES: usize = 8 << 20;
/// Elements open at once; real pages stay below two hundred.
const MAX_DEPTH: usize = 512;
/// Attributes of one tag.
const MAX_ATTRIBUTES: usize = 256;
/// A page's `html` and `body` tags: the attributes of all of them are gathered on one element.
const MAX_ROOTS: usize = 16;
/// Nodes of the tree.
const MAX_NODES: usize = 1 << 19;
/// Elements around a node; each tag that is kept may bring some that nobody wrote, as a table brings rows.
const MAX_AROUND: usize = 4 * MAX_DEPTH;
/// Nodes of a bite whose depth is looked at.
const SAMPLE: usize = 2;
/// The parser's bite: nodes are counted between two of them.
const BITE: usize = 4 << 10;

/// Elements that never stay open, or that the next of their kind closes.
const SHUT: [&[u8]; 26] = [
    b"p", b"li", b"td", b"th", b"tr", b"dt", b"dd", b"option", b"br", b"hr", b"img", b"input",
    b"meta", b"link", b"source", b"area", b"base", b"col", b"embed", b"param", b"track", b"wbr",
    b"tbody", b"thead", b"tfoot", b"image",
];

/// The same in drawings.
const SHAPES: [&[u8]; 9] =
    [b"path", b"use", b"rect", b"circle", b"line", b"polygon", b"polyline", b"stop", b"ellipse"];

/// Elements whose content is no markup.
const RAW: [&[u8]; 5] = [b"script", b"style", b"textarea", b"title", b"xmp"];

/// Parts of the names that a day of publication has in scripts.
static DATES: LazyLock<[Finder<'static>; 5]> = LazyLock::new(|| {
    ["ublish", "ublication", "ubdate", "ubDate", "reated_at"]
        .map(|part| Finder::new(part.as_bytes()))
});

/// What of a page its tree keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// All, as selectors may ask for any.
    All,
    /// What is read: of the attributes those that [`outline::attr`] is asked for (two in three of a page's bytes
    /// within tags are others), and no menus and drawings.
    Read,
}

/// The page's tree, or as much of it as is within bounds.
pub(crate) fn parse(source: &str, keeps: Keeps) -> Html {
    let source = thinned(head(source), keeps);
    let sink = HtmlTreeSink::new(Html::new_document());
    let mut parser = parse_document(sink, ParseOpts::default());
    let mut rest = &*source;
    let (mut nodes, random) = (0, RandomState::new());
    while !rest.is_empty() {
        let (bite, after) = rest.split_at(boundary(rest, BITE));
        parser.process(StrTendril::from_slice(bite));
        rest = after;
        let html = parser.tokenizer.sink.sink.0.borrow();
        let before = std::mem::replace(&mut nodes, html.tree.values().len());
        if nodes > MAX_NODES || is_too_deep(&html, nodes - before, &random) {
            break;
        }
    }
    parser.finish()
}

/// Whether the tree grows deeper than the tags let on: ends that end nothing, or that stand where they are no markup,
/// hide how many elements are open. Which of the new nodes are looked at cannot be foreseen.
fn is_too_deep(html: &Html, new: usize, random: &RandomState) -> bool {
    (0..SAMPLE.min(new)).any(|turn| {
        let back = random.hash_one((new, turn)) as usize % new;
        let node = html.tree.nodes().rev().nth(back);
        node.is_some_and(|node| node.ancestors().nth(MAX_AROUND).is_some())
    })
}

fn head(source: &str) -> &str {
    &source[..boundary(source, MAX_BYTES)]
}

/// The last boundary between characters that is not after `most`.
fn boundary(text: &str, most: usize) -> usize {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

/// The markup without the tags that are too deep, the attributes that are too many or not wanted, and what tells
/// nothing.
fn thinned(source: &str, keeps: Keeps) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let (mut depth, mut roots) = (0_usize, 0_usize);
    let mut left = Left { source, kept: None, copied: 0 };
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name = name_at(bytes, start + 1 + usize::from(closing));
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        let after_name = start + 1 + usize::from(closing) + name.len();
        if keeps == Keeps::Read
            && !closing
            && let Some(end) = menu::end(bytes, name, after_name)
        {
            left.cut(start..end);
            at = end;
            continue;
        }
        let is = |names: &[&[u8]]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        let mut is_cut = false;
        if is(&[b"html", b"body"]) {
            roots += usize::from(!closing);
            is_cut = roots > MAX_ROOTS;
        } else if !is(&SHUT) && !is(&SHAPES) {
            if closing {
                depth = depth.saturating_sub(1);
            } else if depth >= MAX_DEPTH {
                is_cut = true;
            } else if !is(&RAW) {
                depth += 1;
            }
        }
        at = left.tag(after_name, keeps, is_cut.then_some(start));
        if !closing && is(&RAW) {
            let end = raw_end(bytes, at, name);
            if tells_nothing(name, &bytes[start..at], &bytes[at..end]) {
                left.cut(at..end);
            }
            at = end;
        }
    }
    left.finish()
}

/// What is left of markup of which parts are cut out, from its start to its end.
struct Left<'a> {
    source: &'a str,
    kept: Option<String>,
    copied: usize,
}

impl<'a> Left<'a> {
    fn cut(&mut self, range: Range<usize>) {
        let source = self.source;
        let kept = self.kept.get_or_insert_with(|| String::with_capacity(source.len() / 2));
        kept.push_str(&source[self.copied..range.start]);
        self.copied = range.end;
    }

    /// Thins a tag out from the end of its name, or cuts it out whole from its start; tells where it ends.
    fn tag(&mut self, after_name: usize, keeps: Keeps, whole: Option<usize>) -> usize {
        let bytes = self.source.as_bytes();
        let mut tag = Tag::new(bytes, after_name);
        let (mut count, mut overflow, mut before) = (0_usize, None, after_name);
        while let Some(attribute) = tag.attribute() {
            count += 1;
            let from = std::mem::replace(&mut before, attribute.end);
            if count >= MAX_ATTRIBUTES {
                overflow = overflow.or(Some(attribute.name.start));
                continue;
            }
            let is_wanted = keeps == Keeps::All || is_read(&bytes[attribute.name.clone()]);
            if !is_wanted && whole.is_none() {
                // The blanks before it go with it, unless they are all that parts its neighbours.
                let next = bytes.get(attribute.end);
                let is_parted = next.is_none_or(|next| b"/> \t\n\r\x0c".contains(next));
                self.cut(if is_parted { from } else { attribute.name.start }..attribute.end);
            }
        }
        match (whole, overflow) {
            (Some(start), _) => self.cut(start..tag.end()),
            (None, Some(from)) => self.cut(from..tag.close()),
            (None, None) => {}
        }
        tag.end()
    }

    fn finish(self) -> Cow<'a, str> {
        match self.kept {
            None => Cow::Borrowed(self.source),
            Some(mut kept) => {
                kept.push_str(&self.source[self.copied..]);
                Cow::Owned(kept)
            }
        }
    }
}

/// Whether an attribute of this name is one of [`outline::READ`].
fn is_read(name: &[u8]) -> bool {
    outline::READ.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

fn name_at(bytes: &[u8], from: usize) -> &[u8] {
    let rest = bytes.get(from..).unwrap_or_default();
    if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
        return &[];
    }
    let end = rest
        .iter()
        .position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'/' | b'>'));
    &rest[..end.unwrap_or(rest.len())]
}

/// Whether nobody reads the content of a raw element: styles, and scripts that hold no data of the page.
fn tells_nothing(name: &[u8], tag: &[u8], content: &[u8]) -> bool {
    if name.eq_ignore_ascii_case(b"style") {
        return true;
    }
    let has_data = || DATES.iter().any(|part| part.find(content).is_some());
    let is_data = || tag.windows(4).any(|part| part.eq_ignore_ascii_case(b"json"));
    name.eq_ignore_ascii_case(b"script") && !is_data() && !has_data()
}

/// Where a script or the like ends: its closing tag, or the end of the page.
fn raw_end(bytes: &[u8], from: usize, name: &[u8]) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found;
        if bytes.get(start + 1) == Some(&b'/')
            && bytes[start + 2..]
                .get(..name.len())
                .is_some_and(|end| end.eq_ignore_ascii_case(name))
        {
            return start;
        }
        at = start + 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::{Keeps, parse};

    fn thinned(source: &str) -> std::borrow::Cow<'_, str> {
        super::thinned(source, Keeps::All)
    }

    #[test]
    fn ordinary_markup_is_left_alone() {
        let page = "<!doctype html><html><body class='a > b'><p>x<p>y<textarea>if (a<b) '</p>'</textarea></body></html>";
        assert!(matches!(thinned(page), std::borrow::Cow::Borrowed(_)));
        assert!(matches!(thinned("a < b <"), std::borrow::Cow::Borrowed(_)));
        assert!(matches!(thinned("<p title=\"never closed"), std::borrow::Cow::Borrowed(_)));
    }

    #[test]
    fn styles_and_programs_are_left_out_and_data_stays() {
        let page = "<STYLE>p{}</STYLE><script>run('</p>')</script><p>x</p><script type='application/ld+json'>{}</script>\
            <script>x={\"publishedAt\":1}</script><script>never closed";
        let left = "<STYLE></STYLE><script></script><p>x</p><script type='application/ld+json'>{}</script>\
            <script>x={\"publishedAt\":1}</script><script>";
        assert_eq!(thinned(page), left);
    }

    #[test]
    fn attributes_that_nobody_reads_are_left_out() {
        let page = "<img src='data:>' alt=a CLASS=b/><a href=\"x>y\"onclick='f(\"<p>\")'id=c =d>e</a x=1><br/><p =class>";
        let left = "<img CLASS=b/><a href=\"x>y\"id=c>e</a><br/><p>";
        assert_eq!(super::thinned(page, Keeps::Read), left);
        assert_eq!(super::thinned("<p x='never closed", Keeps::Read), "<p");
        assert_eq!(super::thinned("<p class=a x='1'id=b>", Keeps::Read), "<p class=a id=b>");
        assert_eq!(thinned(page), page);
    }

    #[test]
    fn menus_and_drawings_are_left_out_unless_they_may_hold_an_article() {
        let read = |page: &str| super::thinned(page, Keeps::Read).into_owned();
        let page = "<NAV x='</nav>'><ul><li><a href=a>b</a><svg><path d='M'/></svg></ul></Nav\n>c<svg a=b><title>d</title></svg>e";
        assert_eq!(read(page), "ce");
        assert_eq!(thinned(page), page);
        for page in [
            "<nav><a>a</a><p>b</p></nav>",
            "<nav><a>a</a>",
            "<nav><a>a</a><nav><h1>b</h1></nav></nav>",
            "<!-- <nav> --><div>a</div><!-- </nav> -->",
            "<svg/><div>a</div><svg><foo></foo></svg>",
            "<nav><form><input type=password></form></nav>",
        ] {
            assert_eq!(read(page), page);
        }
    }

    #[test]
    fn what_hurts_is_thinned() {
        let deep = format!("{}x", "<div>".repeat(100_000));
        assert!(thinned(&deep).len() < 10_000);
        let wide = format!("<p {}>x</p>", "a b=c ".repeat(100_000));
        assert!(thinned(&wide).len() < 10_000);
        assert!(thinned(&wide).ends_with(">x</p>"));
        let open = format!("<p {}\u{ff}", "a b=c ".repeat(1000));
        assert!(
            thinned(&open).len() < 10_000,
            "a tag that never ends, and not at a character of one byte"
        );
        let roots: String = (0..10_000).map(|n| format!("<body a{n}=1>")).collect();
        assert!(thinned(&roots).len() < 1_000);
    }

    #[test]
    fn unclosed_formatting_does_not_multiply_without_end() {
        let bold: String = (0..600).map(|n| format!("<b id={n}>")).collect();
        let page = bold + &"<p>x".repeat(200_000);
        let html = parse(&page, Keeps::All);
        assert!(html.tree.values().len() < 4_000_000);
    }
}
