//! The terms of a query's words in every language.

use super::stems::{Language, terms};
use super::words::each_word;

/// The terms of a word in all languages.
pub(super) fn all_terms(languages: &[Language], word: &str) -> Vec<String> {
    let readings = different(&spellings(languages, &[word.to_owned()]));
    let mut terms: Vec<_> = readings.into_iter().flatten().collect();
    terms.sort();
    terms.dedup();
    terms
}

/// For each language the terms of some words, in order: without their accents, and with them.
pub(super) type Spellings = Vec<(Language, [Vec<String>; 2])>;

/// The terms of some words in each language.
pub(super) fn spellings(languages: &[Language], words: &[String]) -> Spellings {
    let mut spellings = Vec::with_capacity(languages.len());
    for language in languages {
        let (mut spelt, mut accented) = (Vec::new(), Vec::new());
        for word in words {
            each_word(word, |word| {
                let terms = terms(*language, &word);
                accented.push(terms.accented.unwrap_or_else(|| terms.plain.clone()));
                spelt.push(terms.plain);
            });
        }
        spellings.push((*language, [spelt, accented]));
    }
    spellings
}

/// The same without their languages; readings that are the same in several are there once.
pub(super) fn different(spellings: &Spellings) -> Vec<Vec<String>> {
    let mut readings: Vec<_> = spellings.iter().flat_map(|(_, both)| both).cloned().collect();
    readings.retain(|reading| !reading.is_empty());
    readings.sort();
    readings.dedup();
    readings
}
