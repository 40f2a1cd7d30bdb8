//! Text from outside, made harmless for pages and letters: one line, no controls, of bounded length.

use serde::Serialize;

/// How many characters of a title or name are shown.
const TITLE: usize = 300;

/// One line of text: white space is folded, controls and whatever turns or hides text are gone, and what is longer
/// than `most` characters ends with an ellipsis.
pub(crate) fn clean(text: &str, most: usize) -> String {
    let mut clean = String::with_capacity(text.len().min(most.saturating_mul(4)));
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let mut word = word.chars().filter(|c| !is_hidden(*c)).peekable();
        if word.peek().is_none() {
            continue;
        }
        if length > 0 {
            clean.push(' ');
            length += 1;
        }
        for c in word {
            if length + 1 >= most {
                clean.push('…');
                return clean;
            }
            clean.push(c);
            length += 1;
        }
    }
    clean
}

/// Characters that turn the line around, hide or tag text, or are not characters at all. Joiners stay: scripts of
/// Persia and India are spelt with them.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}' | '\u{e0000}'..='\u{e0fff}')
}

/// One line of JSON with its end, in which whatever steers a terminal or turns a line is written as its number.
pub(crate) fn json_line(value: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string(value)?;
    let mut line = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if c.is_control() || is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                line.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            line.push(c);
        }
    }
    line.push('\n');
    Ok(line)
}

/// Lines for a terminal, without what steers it or turns a line.
pub(crate) fn steerless(lines: &str) -> String {
    let shown = lines.chars().filter(|c| !is_hidden(*c) && (*c == '\n' || !c.is_control()));
    shown.collect()
}

/// A headline; never empty.
pub(crate) fn title(text: &str) -> String {
    let clean = clean(text, TITLE);
    if clean.is_empty() { "(without a title)".to_owned() } else { clean }
}

#[cfg(test)]
mod tests {
    use super::{clean, title};

    #[test]
    fn hostile_text_is_one_harmless_line() {
        assert_eq!(
            clean("A\r\nBcc: all@example.org\0\u{1b}[31m", 99),
            "A Bcc: all@example.org [31m"
        );
        assert_eq!(clean("safe\u{202e}gpj.exe\u{2066}\u{feff}", 99), "safegpj.exe");
        assert_eq!(clean(" \u{2028} a \u{a0}\u{3000} b ", 99), "a b");
        assert_eq!(clean("می\u{200c}خواهم", 99), "می\u{200c}خواهم", "Persian is spelt with it");
        assert_eq!(clean("网络安全法", 4), "网络安…");
        assert_eq!(clean("four", 5), "four");
        assert_eq!(title("\u{202e}\u{200b}\n"), "(without a title)");
    }
}
