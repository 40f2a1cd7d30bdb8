//! How much text stands where.

use crate::extract::outline::{Outline, Value};

/// Running sums over the outline: characters before each place, all and in links.
#[derive(Debug)]
pub(super) struct Sums {
    chars: Vec<u32>,
    linked: Vec<u32>,
}

impl Sums {
    /// Sums of what is left when `gone` is not counted.
    pub(super) fn new(outline: &Outline<'_>, gone: &[bool]) -> Self {
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

    /// Characters before a place.
    pub(super) fn before(&self, at: usize) -> u32 {
        self.chars[at]
    }

    /// Characters between two places that are in no link.
    pub(super) fn plain(&self, from: usize, to: usize) -> u32 {
        (self.chars[to] - self.chars[from]).saturating_sub(self.linked[to] - self.linked[from])
    }
}

/// Characters that are no white space; those of dense scripts say about as much as two and a half letters.
pub(in crate::extract) fn weight(text: &str) -> u32 {
    if text.is_ascii() {
        let letters = text.bytes().filter(|byte| !matches!(byte, b' ' | b'\t'..=b'\r')).count();
        return u32::try_from(letters).unwrap_or(u32::MAX);
    }
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
