//! The bytes of one tag, read as the HTML standard's tokenizer does (13.2.5.32 to 13.2.5.40): where its attributes
//! stand, and where it ends.

use std::ops::Range;

/// The attributes of a tag, and then where it ends.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Where an attribute stands.
#[derive(Debug)]
pub(super) struct Attribute {
    /// Its name.
    pub(super) name: Range<usize>,
    /// Where its value ends, closing quote and all.
    pub(super) end: usize,
}

impl<'a> Tag<'a> {
    /// A tag of this markup, from the end of its name.
    pub(super) fn new(bytes: &'a [u8], after_name: usize) -> Self {
        Self { bytes, at: after_name }
    }

    /// The next attribute; `None` where the tag ends, or the markup within it.
    pub(super) fn attribute(&mut self) -> Option<Attribute> {
        self.skip(|byte| byte == b'/' || byte.is_ascii_whitespace());
        let start = self.at;
        if self.peek().is_none_or(|byte| byte == b'>') {
            return None;
        }
        // An equals sign that begins a name belongs to it.
        self.at += 1;
        self.skip(|byte| !matches!(byte, b'=' | b'/' | b'>') && !byte.is_ascii_whitespace());
        let name = start..self.at;
        self.skip(|byte| byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            self.at = name.end;
            return Some(Attribute { end: name.end, name });
        }
        self.at += 1;
        self.skip(|byte| byte.is_ascii_whitespace());
        self.value();
        Some(Attribute { name, end: self.at })
    }

    /// The bracket that closes the tag, or the markup's end; all attributes must have been asked for.
    pub(super) fn close(&self) -> usize {
        self.at
    }

    /// The first byte behind the tag; all attributes must have been asked for.
    pub(super) fn end(&self) -> usize {
        self.bytes.len().min(self.at + 1)
    }

    fn value(&mut self) {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                let value = &self.bytes[self.at + 1..];
                self.at = match memchr::memchr(quote, value) {
                    Some(length) => self.at + length + 2,
                    None => self.bytes.len(),
                };
            }
            _ => self.skip(|byte| byte != b'>' && !byte.is_ascii_whitespace()),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|byte| !is_skipped(*byte)).unwrap_or(rest.len());
    }
}
