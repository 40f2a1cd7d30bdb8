//! XML as it is met: a tokenizer that takes whatever it is given, since a third of all feeds is ill-formed somewhere.
//!
//! It never goes back: each byte is looked at a bounded number of times. Entities of a document type are known, but
//! what they may grow to is bounded.

use std::borrow::Cow;
use std::collections::HashMap;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// Entities that a document may declare, and the longest one, in bytes.
const MAX_ENTITIES: usize = 256;
const MAX_ENTITY: usize = 1000;
/// What all of them together may add to a text, in bytes.
const MAX_GROWTH: usize = 64 << 10;
/// The longest name of an entity.
const MAX_NAME: usize = 32;

/// What stands at one place of a document.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Event<'a> {
    Start(Tag<'a>),
    /// The name in an end tag.
    End(&'a str),
    /// Text in which entities are not resolved yet.
    Text(&'a str),
    /// The content of a CDATA section.
    Data(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a> {
    /// With its prefix, as written.
    pub(crate) name: &'a str,
    attributes: &'a str,
    /// Whether it ends itself.
    pub(crate) is_empty: bool,
}

/// Reads one document from its beginning to its end.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    entities: HashMap<&'a str, String>,
    /// A document has one type, before its elements; what looks like another is passed over.
    has_type: bool,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, entities: HashMap::new(), has_type: false }
    }

    /// Where the next event begins.
    pub(crate) fn place(&self) -> usize {
        self.at
    }

    /// Whether everything was read.
    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Goes back to where an event began.
    pub(crate) fn back_to(&mut self, place: usize) {
        self.at = place;
    }

    /// A part of the document as it is written.
    pub(crate) fn slice(&self, from: usize, to: usize) -> &'a str {
        &self.text[from..to]
    }

    /// The next event; comments, instructions and the document type are none.
    pub(crate) fn next(&mut self) -> Option<Event<'a>> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !is_markup(rest) {
                let first = rest.chars().next().map_or(1, char::len_utf8);
                let end = first + rest[first..].find('<').unwrap_or(rest.len() - first);
                self.at += end;
                return Some(Event::Text(&rest[..end]));
            }
            if let Some(data) = rest.strip_prefix("<![CDATA[") {
                let (data, length) = up_to(data, "]]>");
                self.at += 9 + length;
                return Some(Event::Data(data));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                self.at += 4 + up_to(comment, "-->").1;
            } else if let Some(instruction) = rest.strip_prefix("<?") {
                self.at += 2 + up_to(instruction, ">").1;
            } else if rest.starts_with("<!") {
                self.document_type(rest);
            } else if let Some(end) = rest.strip_prefix("</") {
                let (name, length) = up_to(end, ">");
                self.at += 2 + length;
                return Some(Event::End(name.trim()));
            } else {
                return Some(Event::Start(self.tag(rest)));
            }
        }
    }

    fn tag(&mut self, rest: &'a str) -> Tag<'a> {
        let inner = &rest[1..];
        let mut quote = None;
        let end = inner.bytes().position(|byte| match (quote, byte) {
            // No attribute holds a `<`: a quote that was never closed ends here.
            (_, b'<') | (None, b'>') => true,
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (Some(open), _) if open == byte => {
                quote = None;
                false
            }
            _ => false,
        });
        let end = end.unwrap_or(inner.len());
        self.at += 1 + end + usize::from(inner[end..].starts_with('>'));
        let inner = &inner[..end];
        let is_empty = inner.ends_with('/');
        let inner = inner.strip_suffix('/').unwrap_or(inner);
        let name = inner.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inner.len());
        Tag { name: &inner[..name], attributes: &inner[name..], is_empty }
    }

    /// Passes over `<!DOCTYPE …>`, notes the entities that it declares.
    fn document_type(&mut self, rest: &'a str) {
        let close = rest.find('>').map_or(rest.len(), |close| close + 1);
        let is_first = !std::mem::replace(&mut self.has_type, true);
        let subset = rest[..close].find('[').filter(|_| is_first).map(|open| open + 1);
        let Some(open) = subset else {
            self.at += close;
            return;
        };
        let (subset, length) = up_to(&rest[open..], "]");
        for declaration in subset.split("<!ENTITY").skip(1).take(MAX_ENTITIES) {
            self.declare(declaration);
        }
        let after = &rest[open + length..];
        self.at += open + length + after.find('>').map_or(0, |close| close + 1);
    }

    fn declare(&mut self, declaration: &'a str) {
        let declaration = declaration.trim_start();
        let Some((name, value)) = declaration.split_once(char::is_whitespace) else { return };
        let value = value.trim_start();
        let Some(quote @ ('"' | '\'')) = value.chars().next() else { return };
        let Some((value, _)) = value[1..].split_once(quote) else { return };
        let value = self.resolve(value);
        if value.len() <= MAX_ENTITY && name.len() <= MAX_NAME {
            self.entities.insert(name, value.into_owned());
        }
    }

    /// A text with its entities resolved; what is none stays as it is.
    pub(crate) fn resolve<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let Some(first) = text.find('&') else { return Cow::Borrowed(text) };
        let mut resolved = String::with_capacity(text.len());
        resolved.push_str(&text[..first]);
        let mut rest = &text[first..];
        let most = text.len() + MAX_GROWTH;
        while !rest.is_empty() {
            match self.entity(rest) {
                Some(length) if length > 0 && resolved.len() < most => {
                    self.push_entity(&rest[1..length - 1], &mut resolved);
                    rest = &rest[length..];
                }
                _ => {
                    resolved.push('&');
                    rest = &rest[1..];
                }
            }
            let next = rest.find('&').unwrap_or(rest.len());
            resolved.push_str(&rest[..next]);
            rest = &rest[next..];
        }
        Cow::Owned(resolved)
    }

    /// The length of the entity at the beginning of a text, if it is a known one.
    fn entity(&self, text: &str) -> Option<usize> {
        let end = text.bytes().take(MAX_NAME + 2).position(|byte| byte == b';')?;
        let name = &text[1..end];
        let is_number = || name.strip_prefix('#').is_some_and(|number| code(number).is_some());
        let is_known =
            self.entities.contains_key(name) || NAMED_ENTITIES.contains_key(&text[1..=end]);
        (is_known || is_number()).then_some(end + 1)
    }

    fn push_entity(&self, name: &str, resolved: &mut String) {
        if let Some(value) = self.entities.get(name) {
            resolved.push_str(value);
        } else if let Some(character) = name.strip_prefix('#').and_then(code) {
            resolved.push(character);
        } else if let Some((first, second)) = NAMED_ENTITIES.get(format!("{name};").as_str()) {
            resolved.extend(
                [*first, *second].into_iter().filter(|c| *c != 0).filter_map(char::from_u32),
            );
        }
    }
}

/// Whether a text begins with a tag or its like.
fn is_markup(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('<')
        && chars.next().is_some_and(|c| matches!(c, '!' | '?' | '/' | '_') || c.is_alphabetic())
}

/// What stands before a mark, and how long both are; without the mark, everything.
fn up_to<'a>(text: &'a str, mark: &str) -> (&'a str, usize) {
    match text.find(mark) {
        Some(at) => (&text[..at], at + mark.len()),
        None => (text, text.len()),
    }
}

/// The character that a number names, as HTML has it: 128 to 159 are meant as in windows-1252.
fn code(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    match code.ok()? {
        code @ 0x80..=0x9f => C1_REPLACEMENTS[(code - 0x80) as usize].or(char::from_u32(code)),
        0 => None,
        code => char::from_u32(code),
    }
}

impl<'a> Tag<'a> {
    /// All attributes as they are written, their entities not resolved.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let start = rest
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\''));
            let end = start.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(start.len());
            let (name, after) = start.split_at(end);
            if name.is_empty() && after.is_empty() {
                return None;
            }
            let Some(value) = after.trim_start().strip_prefix('=') else {
                rest = after;
                return Some((name, ""));
            };
            let value = value.trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    value[1..].split_once(quote).unwrap_or((&value[1..], ""))
                }
                _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            rest = after;
            Some((name, value))
        })
    }

    /// One attribute, whatever the case of its name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }
}
