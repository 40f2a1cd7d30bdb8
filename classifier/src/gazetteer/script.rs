//! Where words end, in the scripts that part them and in those that do not.

use unicode_normalization::char::is_combining_mark;

/// Whether a script writes its words without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese), or hangs its
/// particles on them (Korean).
pub(crate) fn unspaced(c: char) -> bool {
    c >= '\u{e00}'
        && matches!(c,
        '\u{e00}'..='\u{eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{2e80}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether two characters side by side belong to one word.
pub(super) fn joins(a: char, b: char) -> bool {
    !unspaced(a) && !unspaced(b) && in_word(a) && in_word(b)
}

/// Whether what stands before a word is only one or more of the particles that Arabic and Hebrew write with it.
pub(super) fn prefixed(before: &str, first: char) -> bool {
    let particles = match first {
        '\u{600}'..='\u{6ff}' => "وفبكلا",
        '\u{590}'..='\u{5ff}' => "הבלמשוכ",
        _ => return false,
    };
    let mut letters = before.chars().rev().take_while(|c| in_word(*c)).take(4);
    letters.by_ref().take(3).all(|c| particles.contains(c)) && letters.next().is_none()
}

/// Whether a character is part of a word: a letter, a digit, or a mark on a letter, as the virama between those of Indian
/// scripts.
pub(crate) fn in_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || !c.is_ascii() && (c.is_alphanumeric() || is_combining_mark(c))
}
