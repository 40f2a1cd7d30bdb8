//! Bytes to text: a byte order mark wins, then the HTTP header, then what the page says, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use html5ever::data::C1_REPLACEMENTS;

/// How far into a page its own word is looked for (the HTML standard asks for 1024 bytes; real ones come later).
const HEAD: usize = 4096;

/// How much is looked at to guess, from the first byte beyond ASCII on: more makes no guess better, only later.
const SAMPLE: usize = 32 << 10;

/// The text of a body, without the control characters that no text has.
pub(crate) fn decode(body: &[u8], content_type: Option<&str>) -> String {
    if let Some(text) = wide(body) {
        return text;
    }
    let encoding = match Encoding::for_bom(body) {
        Some((encoding, _)) => encoding,
        None => declared(body, content_type).unwrap_or_else(|| guess(body)),
    };
    let (text, _, _) = encoding.decode(body);
    if has_controls(text.as_bytes()) {
        text.chars().map(readable).collect()
    } else {
        text.into_owned()
    }
}

/// Whether there is a NUL or a control character from U+0080 to U+009F in a text.
fn has_controls(bytes: &[u8]) -> bool {
    let follows = |at: usize| bytes.get(at + 1).is_some_and(|next| (0x80..0xa0).contains(next));
    memchr::memchr(0, bytes).is_some() || memchr::memchr_iter(0xc2, bytes).any(follows)
}

/// NULs become spaces; control characters that nobody writes are what windows-1252 has in their place.
fn readable(c: char) -> char {
    match c {
        '\0' => ' ',
        '\u{80}'..='\u{9f}' => C1_REPLACEMENTS[c as usize - 0x80].unwrap_or(c),
        c => c,
    }
}

/// Text in units of two or four bytes, known by its first characters (XML 1.0, appendix F).
fn wide(body: &[u8]) -> Option<String> {
    let units: fn(&[u8]) -> u32 = match body {
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, b'<', ..] => {
            |unit| u32::from_be_bytes([unit[0], unit[1], unit[2], unit[3]])
        }
        [0xff, 0xfe, 0, 0, ..] | [b'<', 0, 0, 0, ..] => {
            |unit| u32::from_le_bytes([unit[0], unit[1], unit[2], unit[3]])
        }
        [0, b'<', 0, _, ..] => return Some(UTF_16BE.decode(body).0.into_owned()),
        [b'<', 0, _, 0, ..] => return Some(UTF_16LE.decode(body).0.into_owned()),
        _ => return None,
    };
    let characters =
        body.chunks_exact(4).map(units).map(|unit| char::from_u32(unit).unwrap_or('\u{fffd}'));
    Some(characters.filter(|c| !matches!(c, '\0' | '\u{feff}')).collect())
}

/// What is declared, unless the bytes are plainly something else: pages that say Latin-1 and send UTF-8 are common.
fn declared(body: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    let head = &body[..body.len().min(HEAD)];
    // A label of units of two bytes is wrong where no byte is 0, since then the very markup could not be read.
    let is_wide = head.contains(&0);
    let believable =
        |own| if !is_wide && (own == UTF_16LE || own == UTF_16BE) { UTF_8 } else { own };
    let label = content_type.and_then(|header| label_in(header.as_bytes())).map(believable);
    // A label that could be read at all was not written in units of two bytes.
    let own =
        || label_in(head).map(|own| if own == UTF_16LE || own == UTF_16BE { UTF_8 } else { own });
    let found = label.or_else(own)?;
    let single_byte = found.is_single_byte();
    if single_byte && !body.is_ascii() && std::str::from_utf8(body).is_ok() {
        return Some(UTF_8);
    }
    if found == UTF_8 && std::str::from_utf8(body).is_err() && looks_foreign(body) {
        return None;
    }
    Some(found)
}

/// Whether what should be UTF-8 has more bytes that are none than characters beyond ASCII that are.
fn looks_foreign(body: &[u8]) -> bool {
    let (mut bad, mut good) = (0_usize, 0_usize);
    for chunk in body.utf8_chunks() {
        bad += usize::from(!chunk.invalid().is_empty());
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    bad > good
}

fn guess(body: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(body).is_ok() {
        return UTF_8;
    }
    let first = body.iter().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let sample = &body[first.saturating_sub(1)..];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample[..sample.len().min(SAMPLE)], true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The label after `charset=` or `encoding=`.
fn label_in(head: &[u8]) -> Option<&'static Encoding> {
    let lower = head.to_ascii_lowercase();
    for key in [&b"charset"[..], b"encoding"] {
        let mut from = 0;
        while let Some(at) = find(&lower[from..], key) {
            from += at + key.len();
            let rest = lower[from..].trim_ascii_start();
            let Some(value) = rest.strip_prefix(b"=") else { continue };
            let value = value.trim_ascii_start();
            let value =
                value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value
                .iter()
                .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))
                .unwrap_or(value.len());
            if let Some(encoding) = Encoding::for_label(&value[..end]) {
                return Some(encoding);
            }
        }
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn the_right_word_wins() {
        let russian = encoding_rs::WINDOWS_1251.encode("Привет, закон").0.into_owned();
        assert_eq!(decode(&russian, Some("text/html; charset=windows-1251")), "Привет, закон");
        let mut declared = b"<?xml version='1.0' encoding='windows-1251'?>".to_vec();
        declared.extend_from_slice(&russian);
        assert!(decode(&declared, None).ends_with("Привет, закон"));
        assert_eq!(
            decode("Größe".as_bytes(), Some("text/html; charset=iso-8859-1")),
            "Größe",
            "mislabelled"
        );
        assert_eq!(
            decode("\u{feff}ä".as_bytes(), Some("text/html; charset=shift_jis")),
            "ä",
            "the mark wins"
        );
        assert_eq!(decode(b"a\0b", None), "a b");
    }
}
