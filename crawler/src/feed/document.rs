//! An XML document of any kind of feed to its entries.
//!
//! Only what stands directly in an entry or a feed counts, so that the title of an image or of a quoted source is
//! never taken for the entry's own.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use super::draft::Draft;
use super::names::{Element, Field, Prefixes};
use super::{Feed, MAX_ENTRIES};
use crate::Error;
use crate::plain::escaped;
use crate::xml::{Event, Reader, Tag};

/// Bytes that are read again because of ends that were forgotten.
const MAX_TWICE: usize = 8 << 20;
/// Elements open at once; deeper ones are passed over.
const MAX_DEPTH: usize = 256;

/// Reads a document; `base` is where it was found.
///
/// # Errors
/// [`Error::NotAFeed`] when no element of a feed is in it.
pub(super) fn read(text: &str, base: Option<&Url>) -> Result<Feed, Error> {
    let mut document = Document {
        reader: Reader::new(text),
        prefixes: Prefixes::default(),
        feed: Feed::default(),
        draft: None,
        open: Vec::new(),
        base,
        root: None,
        is_feed: false,
        is_atom: false,
        twice: 0,
    };
    while let Some(event) = document.reader.next() {
        match event {
            Event::Start(tag) => document.start(&tag),
            Event::End(name) => document.end(name),
            Event::Text(_) | Event::Data(_) => {}
        }
        if document.feed.entries.len() == MAX_ENTRIES {
            break;
        }
    }
    document.finish_entry();
    match document.root {
        _ if document.is_feed => Ok(document.feed),
        Some(root) => Err(Error::NotAFeed(format!("a document of the kind <{root:.40}>"))),
        None => Err(Error::NotAFeed("there is no markup in it".to_owned())),
    }
}

/// An element that is open.
struct Open<'a> {
    name: &'a str,
    element: Element,
    /// `xml:base`, resolved.
    base: Option<Url>,
}

struct Document<'a, 'b> {
    reader: Reader<'a>,
    prefixes: Prefixes<'a>,
    feed: Feed,
    draft: Option<Draft>,
    open: Vec<Open<'a>>,
    base: Option<&'b Url>,
    root: Option<&'a str>,
    is_feed: bool,
    is_atom: bool,
    /// Bytes that were read a second time.
    twice: usize,
}

/// What stands between two tags.
struct Inner<'a> {
    /// As it is written.
    raw: &'a str,
    /// With entities and CDATA sections resolved.
    text: String,
    has_markup: bool,
}

impl<'a> Document<'a, '_> {
    fn start(&mut self, tag: &Tag<'a>) {
        self.root.get_or_insert(tag.name);
        for (name, value) in tag.attributes() {
            self.prefixes.declare(name, value);
        }
        let element = self.prefixes.element(tag.name);
        match element {
            Element::Entry => self.start_entry(tag),
            Element::Field(field) if self.counts() => return self.field(field, tag),
            Element::Author if self.draft.is_some() && self.counts() && self.is_plain_author() => {
                return self.field(Field::Author, tag);
            }
            Element::Feed => {
                self.is_feed = true;
                self.is_atom |= tag.name.ends_with("feed");
                if self.feed.language.is_none() {
                    self.feed.language = tag.attribute("xml:lang").map(str::to_owned);
                }
            }
            _ => {}
        }
        if !tag.is_empty {
            self.push(tag, element);
        } else if element == Element::Entry {
            self.finish_entry();
        }
    }

    fn push(&mut self, tag: &Tag<'a>, element: Element) {
        if self.open.len() < MAX_DEPTH {
            let base = tag.attribute("xml:base").and_then(|base| self.join(base));
            self.open.push(Open { name: tag.name, element, base });
        }
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name.eq_ignore_ascii_case(name))
        else {
            return;
        };
        let ends_entry = self.open[at..].iter().any(|open| open.element == Element::Entry);
        self.open.truncate(at);
        if ends_entry {
            self.finish_entry();
        }
    }

    /// An entry that begins within another one means that the other's end was forgotten.
    fn start_entry(&mut self, tag: &Tag<'a>) {
        self.is_feed = true;
        if let Some(at) = self.open.iter().rposition(|open| open.element == Element::Entry) {
            self.open.truncate(at);
        }
        self.finish_entry();
        let mut draft = Draft::default();
        let value =
            |name: &str| tag.attribute(name).map(|value| self.reader.resolve(value).into_owned());
        draft.about =
            value("rdf:about").or_else(|| value("href")).and_then(|href| self.join(&href));
        draft.set_date(Field::Updated, value("lastmod").as_deref());
        self.draft = Some(draft);
    }

    fn finish_entry(&mut self) {
        if let Some(draft) = self.draft.take()
            && self.feed.entries.len() < MAX_ENTRIES
        {
            self.feed.entries.push(draft.finish());
        }
    }

    /// Whether a field here is one of the entry or of the feed.
    fn counts(&self) -> bool {
        let around = self.open.last().map(|open| open.element);
        matches!(
            around,
            None | Some(Element::Feed | Element::Entry | Element::Author | Element::Group)
        )
    }

    /// Whether an author is a text, as in RSS, and no element with a name in it, as in Atom.
    fn is_plain_author(&self) -> bool {
        !self.is_atom
    }

    fn field(&mut self, field: Field, tag: &Tag<'a>) {
        let inner = if tag.is_empty { None } else { Some(self.inner(tag.name)) };
        let in_author = self.open.last().is_some_and(|open| open.element == Element::Author);
        match field {
            Field::Name if !in_author => return,
            _ if in_author && field != Field::Name => return,
            _ => {}
        }
        match self.draft {
            Some(_) => self.field_of_entry(field, tag, inner.as_ref()),
            None => self.field_of_feed(field, tag, inner.as_ref()),
        }
    }

    fn field_of_feed(&mut self, field: Field, tag: &Tag<'a>, inner: Option<&Inner<'a>>) {
        let Some(inner) = inner else { return };
        let value = self.construct(tag, inner);
        match field {
            Field::Title => self.feed.title = Some(value),
            Field::SecondTitle if self.feed.title.is_none() => self.feed.title = Some(value),
            Field::Language => self.feed.language = Some(inner.text.trim().to_owned()),
            _ => {}
        }
    }

    fn field_of_entry(&mut self, field: Field, tag: &Tag<'a>, inner: Option<&Inner<'a>>) {
        let text = inner.map(|inner| inner.text.trim()).filter(|text| !text.is_empty());
        let link = match field {
            Field::Link => {
                let href = tag.attribute("href").map(|href| self.reader.resolve(href).into_owned());
                href.or_else(|| text.map(str::to_owned)).and_then(|href| self.join(&href))
            }
            Field::Id
                if tag
                    .attribute("isPermaLink")
                    .is_none_or(|value| !value.eq_ignore_ascii_case("false")) =>
            {
                text.and_then(|text| Url::parse(text).ok())
            }
            _ => None,
        };
        let value =
            inner.map(|inner| self.construct(tag, inner)).filter(|value| !value.trim().is_empty());
        let Some(draft) = &mut self.draft else { return };
        match field {
            Field::Link => draft.set_link(link, tag.attribute("rel")),
            Field::Id => {
                draft.id = text.map(str::to_owned);
                draft.permalink = link.filter(|url| matches!(url.scheme(), "http" | "https"));
            }
            Field::Published | Field::Updated => draft.set_date(field, text),
            Field::Author | Field::Name => draft.set_author(text),
            Field::Language => {}
            _ => draft.set_text(field, value),
        }
    }

    /// Reads on to the end of an element. Where its end was forgotten, it is the text up to the next tag.
    fn inner(&mut self, name: &'a str) -> Inner<'a> {
        let from = self.reader.place();
        let (mut text, mut has_markup, mut depth) = (String::new(), false, 1_usize);
        let mut plain = None;
        loop {
            let at = self.reader.place();
            let Some(event) = self.reader.next() else { break };
            match event {
                Event::Text(part) => text.push_str(&self.reader.resolve(part)),
                Event::Data(part) => text.push_str(part),
                Event::Start(tag) => {
                    plain.get_or_insert((at, text.len()));
                    has_markup = true;
                    depth += usize::from(tag.name == name && !tag.is_empty);
                }
                Event::End(end) if end == name => depth -= 1,
                Event::End(end) if self.prefixes.element(end) == Element::Entry => {
                    self.reader.back_to(at);
                    break;
                }
                Event::End(_) => {}
            }
            if depth == 0 {
                return Inner { raw: self.reader.slice(from, at).trim(), text, has_markup };
            }
        }
        // A document that was cut off within a text holds half of it: half an address leads elsewhere.
        if plain.is_none() && self.reader.is_at_end() {
            text.clear();
        }
        if let Some((at, length)) = plain {
            text.truncate(length);
            // A document full of forgotten ends is not read over and over.
            self.twice += self.reader.place() - at;
            if self.twice < MAX_TWICE {
                self.reader.back_to(at);
            }
        }
        Inner { raw: "", text, has_markup: false }
    }

    /// The HTML of a text, whichever way it was packed.
    fn construct(&self, tag: &Tag<'a>, inner: &Inner<'a>) -> String {
        let kind = tag.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
        let mode = tag.attribute("mode").unwrap_or_default();
        if inner.has_markup {
            return inner.raw.to_owned();
        }
        let text = &*without_comments(inner.text.trim());
        let is_binary = mode == "base64" || (self.is_atom && kind.contains('/') && !is_text(&kind));
        let unpacked = is_binary.then(|| from_base64(text)).flatten();
        if let Some(unpacked) = unpacked {
            return unpacked;
        }
        let is_plain = self.is_atom
            && matches!(kind.as_str(), "" | "text" | "text/plain")
            && mode != "escaped";
        if is_plain && inner.text.contains(['<', '&']) {
            escaped(inner.text.trim())
        } else {
            text.to_owned()
        }
    }

    /// An address, relative to the nearest base.
    fn join(&self, href: &str) -> Option<Url> {
        let href = href.trim();
        let base = self.open.iter().rev().find_map(|open| open.base.as_ref()).or(self.base);
        base.map_or_else(|| Url::parse(href).ok(), |base| base.join(href).ok())
    }
}

/// HTML without its comments. One that does not end as it should ends with the tag that it would be.
fn without_comments(html: &str) -> Cow<'_, str> {
    let Some((first, _)) = html.split_once("<!--") else { return Cow::Borrowed(html) };
    let mut kept = first.to_owned();
    let mut rest = &html[first.len()..];
    let mut has_end = true;
    while let Some((before, comment)) = rest.split_once("<!--") {
        kept.push_str(before);
        let end = if has_end { comment.split_once("-->") } else { None };
        has_end = end.is_some();
        rest = end.or_else(|| comment.split_once('>')).map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

fn is_text(kind: &str) -> bool {
    kind.starts_with("text/") || kind.contains("xml") || kind.contains("html")
}

fn from_base64(text: &str) -> Option<String> {
    let packed: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    String::from_utf8(STANDARD.decode(packed).ok()?).ok()
}
