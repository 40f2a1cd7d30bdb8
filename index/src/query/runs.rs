//! Words typed without blanks between them (Chinese, Japanese, Thai, or with hyphens): the names in them, and what is left.

use std::borrow::Cow;
use std::ops::Range;

use super::Expression;
use super::function_words::is_function_word;
use super::meanings::is_name;
use super::subjects::LIKELY;
use super::widen::MAX_NAME;
use crate::fulltext::words_without_blanks;

/// How many letters a name in a run has at least: any other letter may be a part of another word.
const SHORTEST_NAME: usize = 2;

/// How a run is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// At names, if there are any; what is between them stays together, as it was typed.
    Names,
    /// Into all its words, those between hyphens too.
    Words,
}

/// The same words, with each run in its pieces. Runs in phrases stay as they are; those in groups and behind `-` are cut
/// at names only.
pub(super) fn cut(words: &Expression, how: Cut) -> Cow<'_, Expression> {
    let (parts, join): (_, fn(Vec<Expression>) -> Expression) = match words {
        Expression::Word(_) => (std::slice::from_ref(words), Expression::And),
        Expression::And(parts) => (parts.as_slice(), Expression::And),
        Expression::Or(parts) => (parts.as_slice(), Expression::Or),
        Expression::Not(part) if how == Cut::Names => {
            return match cut(part, how) {
                Cow::Owned(part) => Cow::Owned(Expression::Not(Box::new(part))),
                Cow::Borrowed(_) => Cow::Borrowed(words),
            };
        }
        _ => return Cow::Borrowed(words),
    };
    let cuts: Vec<_> = parts.iter().map(|part| cut_part(part, how)).collect();
    if cuts.iter().all(Option::is_none) {
        return Cow::Borrowed(words);
    }
    let cuts = parts.iter().zip(cuts).flat_map(|(part, cut)| match cut {
        // An alternative is met by all of its pieces.
        Some(Expression::And(pieces)) if !matches!(words, Expression::Or(_)) => pieces,
        Some(cut) => vec![cut],
        None => vec![part.clone()],
    });
    Cow::Owned(join(cuts.collect()))
}

/// A part with its runs cut, if it has any.
fn cut_part(part: &Expression, how: Cut) -> Option<Expression> {
    if let Some(pieces) = pieces(part, how) {
        return Some(Expression::And(pieces.into_iter().map(Expression::Word).collect()));
    }
    if matches!(part, Expression::Word(_)) || how == Cut::Words {
        return None;
    }
    match cut(part, how) {
        Cow::Owned(cut) => Some(cut),
        Cow::Borrowed(_) => None,
    }
}

/// The pieces of a run; `None` where it is one word or one name, or no run.
fn pieces(part: &Expression, how: Cut) -> Option<Vec<String>> {
    let Expression::Word(run) = part else { return None };
    let places = words_without_blanks(run, how == Cut::Words);
    if places.len() < 2 || is_name(run) {
        return None;
    }
    let spoken = spoken(run, &places);
    let mut pieces: Vec<(Range<usize>, bool)> = Vec::new();
    let mut at = 0;
    while let Some(first) = places.get(at) {
        let length = (1..=MAX_NAME.min(places.len() - at)).rev().find(|length| {
            let name = &run[first.start..places[at + length - 1].end];
            name.chars().count() >= SHORTEST_NAME && is_name(name)
        });
        let length = length.into_iter().chain(spoken[at]).max();
        let end = at + length.unwrap_or(1);
        let place = first.start..places[end - 1].end;
        match pieces.last_mut() {
            Some((last, false)) if length.is_none() && how == Cut::Names => last.end = place.end,
            _ => pieces.push((place, length.is_some())),
        }
        at = end;
    }
    let is_little = |place: &Range<usize>| is_function_word(&run[place.clone()]);
    if how == Cut::Words || pieces.iter().any(|(_, is_name)| *is_name) {
        pieces.retain(|(place, is_name)| *is_name || !is_little(place));
    }
    (pieces.len() > 1).then(|| pieces.into_iter().map(|(place, _)| run[place].to_owned()).collect())
}

/// For each word of a run, how many words from there on speak of a subject by the vocabulary's terms.
fn spoken(run: &str, places: &[Range<usize>]) -> Vec<Option<usize>> {
    let mut spoken = vec![None; places.len()];
    for mention in classifier::mentions(run).iter().filter(|mention| mention.weight >= LIKELY) {
        let first = places.iter().position(|place| place.start == mention.span.start);
        let last = places.iter().position(|place| place.end == mention.span.end);
        if let (Some(first), Some(last)) = (first, last) {
            spoken[first] = spoken[first].max(Some(last + 1 - first));
        }
    }
    spoken
}
