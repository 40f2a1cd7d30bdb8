//! In which language somebody asks: that of the texts which have the words.

use rustc_hash::FxHashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, TERMINATED, Term};

use super::schema::Fields;
use super::snapshot::Snapshot;
use super::spellings::all_terms;
use crate::{Expression, Facet};

/// How many texts of a segment are looked at for each form of a word.
const LOOKED_AT: usize = 64;
/// How many words of a query are.
const WORDS: usize = 6;
/// Which share of the texts that have the words must be in one language, the rarer a word the more it counts.
const SHARE: f32 = 0.6;

/// The language of a query's words, as [`language`] has it; `None` for the one in which most texts are.
pub(super) fn foreign(
    snapshot: &Snapshot,
    fields: &Fields,
    words: &Expression,
) -> tantivy::Result<Option<String>> {
    let spoken = language(snapshot, fields, words)?;
    Ok(spoken.filter(|language| snapshot.main_language.as_ref() != Some(language)))
}

/// The language of a query's words, as filters have it; `None` where the words are in texts of several, or of none.
pub(super) fn language(
    snapshot: &Snapshot,
    fields: &Fields,
    words: &Expression,
) -> tantivy::Result<Option<String>> {
    let mut typed = Vec::new();
    gather(words, &mut typed);
    let all = snapshot.searcher.num_docs() as f32;
    let mut shares: FxHashMap<String, f32> = FxHashMap::default();
    let mut whole = 0.0;
    for word in typed.into_iter().take(WORDS) {
        let texts = texts(snapshot, fields, word)?;
        let sum: u32 = texts.values().sum();
        if sum == 0 {
            continue;
        }
        let rarity = (all / sum as f32).ln().max(0.1);
        whole += rarity;
        for (language, count) in texts {
            *shares.entry(language).or_default() += rarity * count as f32 / sum as f32;
        }
    }
    let most = shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
    Ok(most.filter(|(_, share)| *share >= SHARE * whole).map(|(language, _)| language))
}

fn gather<'a>(part: &'a Expression, typed: &mut Vec<&'a str>) {
    match part {
        Expression::Word(word) => typed.push(word),
        Expression::Phrase(words) | Expression::Near(words, _) => {
            typed.extend(words.iter().map(String::as_str));
        }
        Expression::And(parts) | Expression::Most(parts) | Expression::Or(parts) => {
            parts.iter().for_each(|part| gather(part, typed));
        }
        Expression::Prefix(_) | Expression::Not(_) | Expression::Filter(..) => {}
    }
}

/// In which languages the texts are that have a word, as far as they are looked at.
fn texts(
    snapshot: &Snapshot,
    fields: &Fields,
    word: &str,
) -> tantivy::Result<FxHashMap<String, u32>> {
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    let forms = all_terms(&snapshot.languages, word);
    for (segment, columns) in snapshot.searcher.segment_readers().iter().zip(&snapshot.columns) {
        let index = segment.inverted_index(fields.text)?;
        let languages = columns.facet(Facet::Language);
        for form in &forms {
            let term = Term::from_field_text(fields.text, form);
            let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else {
                continue;
            };
            for _ in 0..LOOKED_AT {
                let doc = postings.doc();
                if doc == TERMINATED {
                    break;
                }
                languages.each(doc, |number| {
                    *counts.entry(languages.names[number].clone()).or_default() += 1;
                });
                postings.advance();
            }
        }
    }
    Ok(counts)
}
