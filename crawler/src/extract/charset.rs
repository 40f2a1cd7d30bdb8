//! Bytes to text: a byte order mark wins, then the HTTP header, then what the page says, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// How far into a page its own word is looked for (the HTML standard asks for 1024 bytes; real ones come later).
const HEAD: usize = 4096;

/// The text of a body. NULs, which no text has, become spaces.
pub(crate) fn decode(body: &[u8], content_type: Option<&str>) -> String {
    let encoding = match Encoding::for_bom(body) {
        Some((encoding, _)) => encoding,
        None => declared(body, content_type).unwrap_or_else(|| guess(body)),
    };
    let (text, _, _) = encoding.decode(body);
    if text.contains('\0') { text.replace('\0', " ") } else { text.into_owned() }
}

/// What is declared, unless the bytes are plainly something else: pages that say Latin-1 and send UTF-8 are common.
fn declared(body: &[u8], content_type: Option<&str>) -> Option<&'static Encoding> {
    let label = content_type.and_then(|header| label_in(header.as_bytes()));
    let head = &body[..body.len().min(HEAD)];
    let found = label.or_else(|| label_in(head))?;
    let single_byte = found.is_single_byte();
    if single_byte && !body.is_ascii() && std::str::from_utf8(body).is_ok() {
        return Some(UTF_8);
    }
    if found == UTF_8 && std::str::from_utf8(body).is_err() && looks_foreign(body) {
        return None;
    }
    Some(found)
}

/// Whether a good part of what should be UTF-8 is none.
fn looks_foreign(body: &[u8]) -> bool {
    let bad = String::from_utf8_lossy(body).matches('\u{fffd}').count();
    bad > 20 && bad * 50 > body.len()
}

fn guess(body: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(body).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(body, true);
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
