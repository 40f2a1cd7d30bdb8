//! Arabic words without what is written together with them: the light stemmer of Larkey, Ballesteros and Connell
//! (*Light Stemming for Arabic Information Retrieval*, 2007, doi:10.1007/978-1-4020-6046-5_12).
//!
//! Snowball's strips endings by whether a word has the article, so that `بيانات` and `البيانات` do not meet.

use crate::fold::plain;

/// The article, with prepositions and conjunctions before it. The last is *for the*.
const ARTICLES: [&str; 6] = ["ال", "وال", "بال", "كال", "فال", "لل"];
/// *And*.
const AND: char = 'و';
/// Endings, in the order in which they are taken off.
const ENDINGS: [&str; 10] = ["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"];

/// How many letters stay at least: without an article or an ending, and without *and*, with which many words begin.
const SHORTEST: usize = 2;
const SHORTEST_WITHOUT_AND: usize = 3;

/// The stem of a word in lower case.
pub(super) fn stem(word: &str) -> String {
    let word = plain(word);
    let mut stem = &*word;
    // Words that begin like the article (*electronic*) have it before them: all of both goes, so that they meet.
    while let Some(rest) = without_first(stem) {
        stem = rest;
    }
    for ending in ENDINGS {
        stem = stem.strip_suffix(ending).filter(|rest| has(rest, SHORTEST)).unwrap_or(stem);
    }
    stem.to_owned()
}

fn without_first(word: &str) -> Option<&str> {
    let article = || ARTICLES.iter().find_map(|article| word.strip_prefix(article));
    let and = word.strip_prefix(AND).filter(|rest| has(rest, SHORTEST_WITHOUT_AND));
    and.or_else(|| article().filter(|rest| has(rest, SHORTEST)))
}

fn has(word: &str, letters: usize) -> bool {
    word.chars().nth(letters - 1).is_some()
}
