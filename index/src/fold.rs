//! Spellings of a word that readers take for the same: case, width, accents.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// How many characters of a word count.
const MAX: usize = 64;

/// A word in lower case and ordinary width, its accents kept: what stemmers expect.
pub(crate) fn lower(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        let word = &word[..word.len().min(MAX)];
        let is_lower = !word.bytes().any(|byte| byte.is_ascii_uppercase());
        return if is_lower { word.into() } else { word.to_ascii_lowercase().into() };
    }
    let composed: String = word.chars().filter(|c| !is_hidden(*c)).take(MAX).nfkc().collect();
    composed.to_lowercase().chars().filter(|c| *c != '\u{307}').take(MAX).collect::<String>().into()
}

/// The same without accents and the like; a lower-case word in, a lower-case word out.
pub(crate) fn plain(lower: &str) -> Cow<'_, str> {
    if lower.is_ascii() {
        return lower.into();
    }
    let mut out = String::with_capacity(lower.len());
    for c in lower.chars() {
        match c {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ı' => out.push('i'),
            'ς' => out.push('σ'),
            'ё' => out.push('е'),
            'أ' | 'إ' | 'آ' => out.push('ا'),
            'ى' | 'ی' => out.push('ي'),
            'ک' => out.push('ك'),
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' => {}
            '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
            '\u{c0}'..='\u{24f}' | '\u{370}'..='\u{3ff}' | '\u{1e00}'..='\u{1fff}' => {
                decompose_canonical(c, |part| {
                    if !is_combining_mark(part) {
                        out.push(part);
                    }
                });
            }
            _ => out.push(c),
        }
    }
    out.into()
}

/// Joiners, soft hyphens and marks of direction.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{2bc}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{lower, plain};

    #[test]
    fn spellings_of_a_word_meet() {
        for (one, other) in [
            ("ＧＤＰＲ", "gdpr"),
            ("Règlement", "reglement"),
            ("re\u{300}glement", "RÈGLEMENT"),
            ("Straße", "STRASSE"),
            ("ﬁnes", "fines"),
            ("İstanbul", "istanbul"),
            ("Ёлка", "елка"),
            ("ＶＰＮ", "vpn"),
            ("ｶﾞ", "ガ"),
            ("soft\u{ad}ware", "software"),
            ("ΝΌΜΟΣ", "νομος"),
        ] {
            assert_eq!(plain(&lower(one)), plain(&lower(other)), "{one}");
        }
        assert_ne!(plain(&lower("йод")), plain(&lower("иод")), "another letter, not an accent");
    }
}
