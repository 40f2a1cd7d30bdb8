//! What letters are made of: snippets taken apart, and lines of plain text.

use crate::plain::clean;

/// The width of a line of the plain-text letter.
const WIDTH: usize = 76;

/// A run of a snippet: found words are marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) marked: bool,
}

/// Takes a snippet (HTML with nothing but `<mark>` and escapes) apart, so that the letter's own escaping is the only
/// one that counts.
pub(super) fn runs(snippet: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for (number, part) in snippet.split("<mark>").enumerate() {
        let (marked, rest) = match part.split_once("</mark>") {
            Some((marked, rest)) if number > 0 => (marked, rest),
            _ => ("", part),
        };
        push(&mut runs, marked, true);
        push(&mut runs, &rest.replace("</mark>", ""), false);
    }
    runs
}

fn push(runs: &mut Vec<Run>, html: &str, marked: bool) {
    let text = unescape(html);
    let mut clean = clean(&text, 1000);
    // Folding took the spaces at the seams as well.
    if text.starts_with(char::is_whitespace) && !runs.is_empty() {
        clean.insert(0, ' ');
    }
    if text.ends_with(char::is_whitespace) && !clean.ends_with(' ') {
        clean.push(' ');
    }
    if !clean.is_empty() {
        runs.push(Run { text: clean, marked });
    }
}

fn unescape(html: &str) -> String {
    const ESCAPES: [(&str, &str); 7] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#34;", "\""),
        ("&amp;", "&"),
    ];
    ESCAPES.iter().fold(html.to_owned(), |text, (escape, plain)| text.replace(escape, plain))
}

/// The words of a snippet.
pub(super) fn words(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect::<String>().trim().to_owned()
}

/// Breaks a line at spaces; every line starts with `indent`. What has no spaces stays whole: readers' programs break
/// it where its script allows.
pub(super) fn wrap(text: &str, indent: &str) -> String {
    let mut wrapped = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            wrapped.push('\n');
            width = 0;
        }
        let before = if width == 0 { indent } else { " " };
        wrapped.push_str(before);
        wrapped.push_str(word);
        width += before.chars().count() + length;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::{Run, runs, wrap};

    #[test]
    fn snippets_are_taken_apart() {
        let run = |text: &str, marked| Run { text: text.to_owned(), marked };
        assert_eq!(
            runs("the <mark>source</mark> <mark>code</mark> of &lt;b&gt; &amp;amp;"),
            [
                run("the ", false),
                run("source", true),
                run(" ", false),
                run("code", true),
                run(" of <b> &amp;", false)
            ]
        );
        assert_eq!(runs("</mark>a<mark>b"), [run("a", false), run("b", false)]);
        assert_eq!(runs(""), []);
    }

    #[test]
    fn lines_break_at_spaces() {
        let text = "word ".repeat(40);
        let wrapped = wrap(&text, "  ");
        assert!(wrapped.lines().all(|line| line.starts_with("  word") && line.len() <= 76));
        assert_eq!(wrapped.split_whitespace().count(), 40);
        let chinese = "网".repeat(200);
        assert_eq!(wrap(&chinese, "  "), format!("  {chinese}"));
    }
}
