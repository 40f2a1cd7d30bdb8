//! What changed between two versions of an item: its headline, its text, and of official pages the very sentences.

use std::collections::HashMap;

use crawler::Publisher;
use index::Revision;

use crate::plain::clean;

/// Sentences shown of one change, on each side.
const SHOWN: usize = 40;
/// How many characters of one are shown.
const LENGTH: usize = 600;

/// What one version changed of the one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) title: bool,
    pub(crate) text: bool,
    /// Only of pages whose text may be shown.
    pub(crate) sentences: Option<Sentences>,
}

/// The sentences that came and went, in the order of their text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sentences {
    pub(crate) removed: Vec<String>,
    pub(crate) added: Vec<String>,
}

/// Whether the words of a page may be shown, as a comparison of two versions: what an authority publishes is there to
/// be known; everybody else's text stays with them.
pub(crate) fn may_be_shown(publisher: Publisher) -> bool {
    match publisher {
        Publisher::Regulator | Publisher::Legislature | Publisher::Court => true,
        Publisher::News | Publisher::Ngo | Publisher::International => false,
    }
}

/// What each version changed; nothing for the first.
pub(crate) fn edits(revisions: &[Revision], publisher: Publisher) -> Vec<Edit> {
    let first = revisions.first().map(|_| Edit::default());
    let later = revisions.windows(2).map(|pair| edit(&pair[0], &pair[1], publisher));
    first.into_iter().chain(later).collect()
}

fn edit(before: &Revision, after: &Revision, publisher: Publisher) -> Edit {
    let title = before.title != after.title;
    // Of long texts only the beginning is compared. Where a version differs by nothing else, it does by what follows.
    let text = before.text != after.text || !title;
    let sentences = (text && may_be_shown(publisher)).then(|| compare(&before.text, &after.text));
    Edit { title, text, sentences }
}

/// Sentences of which one text has more than the other. One that only moved has not changed.
fn compare(before: &str, after: &str) -> Sentences {
    let (before, after) = (sentences(before), sentences(after));
    Sentences { removed: missing(&before, &after), added: missing(&after, &before) }
}

fn missing(from: &[&str], other: &[&str]) -> Vec<String> {
    let mut left = HashMap::new();
    for sentence in other {
        *left.entry(*sentence).or_insert(0_usize) += 1;
    }
    let missing = from.iter().filter(|sentence| match left.get_mut(**sentence) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    missing.take(SHOWN).map(|sentence| clean(sentence, LENGTH)).collect()
}

/// A text's sentences. Where it is not sure that one ends, it does: the pieces are only compared.
fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for line in text.lines() {
        let mut start = 0;
        let mut characters = line.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let ends = match c {
                '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
                '。' | '！' | '？' | '।' | '؟' => true,
                _ => false,
            };
            if ends {
                let end = at + c.len_utf8();
                found.push(&line[start..end]);
                start = end;
            }
        }
        found.push(&line[start..]);
    }
    found.into_iter().map(str::trim).filter(|sentence| !sentence.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use crawler::Publisher;
    use index::Revision;

    use super::{edits, sentences};

    fn revision(number: i64, title: &str, text: &str) -> Revision {
        let seen = "2026-11-24T07:00:00Z".parse().unwrap();
        Revision { number, seen, title: title.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn sentences_that_came_and_went_are_named_and_those_that_moved_are_not() {
        let versions = [
            revision(
                1,
                "Draft rules",
                "Comments close on 1 May. Fees apply.\n\nArticle 3 is open.",
            ),
            revision(2, "Draft rules", "Article 3 is open. Comments close on 1 June. Fees apply."),
        ];
        let edits = edits(&versions, Publisher::Regulator);
        assert_eq!(edits[0], super::Edit::default());
        assert!(edits[1].text && !edits[1].title);
        let sentences = edits[1].sentences.clone().unwrap();
        assert_eq!(sentences.removed, ["Comments close on 1 May."]);
        assert_eq!(sentences.added, ["Comments close on 1 June."]);
    }

    #[test]
    fn the_words_of_the_press_stay_with_it() {
        let versions = [revision(1, "A", "One."), revision(2, "B", "Two.")];
        let edits = edits(&versions, Publisher::News);
        assert!(edits[1].title && edits[1].text && edits[1].sentences.is_none());
    }

    #[test]
    fn sentences_end_in_every_script() {
        assert_eq!(
            sentences("第一条。第二条！ok? 3.5 times."),
            ["第一条。", "第二条！", "ok?", "3.5 times."]
        );
        assert_eq!(sentences("\n\nno end"), ["no end"]);
    }
}
