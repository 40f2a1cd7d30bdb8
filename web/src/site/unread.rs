//! What of a query could not be understood: what is said of it, and the same query as it may have been meant.

use index::{Choice, Facet, Query, QueryError};
use url::form_urlencoded;

use super::home::OFFICIAL;
use super::rows::Link;
use crate::api::unknown_parameter;

/// How many remarks are shown; the others are folded.
const SHOWN: usize = 3;
/// How often what was corrected is read again: a misspelt name may hide a misspelt value.
const ROUNDS: usize = 3;

/// Remarks on what was not understood.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    pub(super) shown: Vec<Remark>,
    pub(super) folded: Vec<Remark>,
}

/// A sentence in which backticks enclose what somebody typed, or may type.
#[derive(Debug)]
pub(super) struct Remark(String);

impl Remark {
    /// The parts of the sentence, and whether each is such a piece.
    pub(super) fn pieces(&self) -> impl Iterator<Item = (bool, &str)> {
        self.0.split('`').enumerate().map(|(number, piece)| (number % 2 == 1, piece))
    }
}

impl Remarks {
    pub(super) fn of(errors: &[QueryError]) -> Self {
        Self::all(errors.iter().map(|error| sentence(error, &error.what)))
    }

    /// Without what may be typed instead, where that is offered as a link.
    pub(super) fn brief(errors: &[QueryError]) -> Self {
        Self::all(errors.iter().map(|error| {
            let hints = [": did you mean", "; did you mean", ": use one of"];
            let end = hints.iter().filter_map(|hint| error.what.find(hint)).min();
            sentence(error, &error.what[..end.unwrap_or(error.what.len())])
        }))
    }

    fn all(sentences: impl Iterator<Item = String>) -> Self {
        let mut shown: Vec<_> = sentences.map(Remark).collect();
        let folded = shown.split_off(SHOWN.min(shown.len()));
        Self { shown, folded }
    }
}

/// What is said of a parameter. The words box is where everything stands.
fn sentence(error: &QueryError, what: &str) -> String {
    if error.parameter == "q" { what.to_owned() } else { format!("{}: {what}", error.parameter) }
}

/// Reads the parameters of a search. What looks like a misspelt filter is left out, not searched as a word.
pub(super) fn read(pairs: &[(String, String)]) -> (Query, Vec<QueryError>) {
    let (query, errors) = parse(pairs);
    let mut kept = pairs.to_vec();
    for error in errors
        .iter()
        .rev()
        .filter(|error| typed(error).is_some_and(|typed| typed.ends_with([':', '='])))
    {
        for (_, words) in kept.iter_mut().filter(|(name, _)| name == "q") {
            *words = without(words, error.place).unwrap_or_else(|| words.clone());
        }
    }
    if kept == pairs { (query, errors) } else { (parse(&kept).0, errors) }
}

/// Whether a query asks for anything.
pub(super) fn asks(query: &Query) -> bool {
    let is_filtered = Facet::ALL.iter().any(|facet| !query.values(*facet).is_empty());
    query.words.is_some() || is_filtered || query.dates.from.or(query.dates.to).is_some()
}

/// The search that may have been meant; `None` where that cannot be told of anything that was not understood.
pub(super) fn meant(
    pairs: &[(String, String)],
    errors: &[QueryError],
    choices: &[Choice],
) -> Option<Link> {
    let typed = pairs;
    let (mut pairs, mut errors) = (pairs.to_vec(), errors.to_vec());
    let before = errors.len();
    for _ in 0..ROUNDS {
        // From the end, so that the places of the others stay right.
        errors.sort_by_key(|error| std::cmp::Reverse(error.place));
        for error in &errors {
            correct(&mut pairs, error, choices);
        }
        errors = parse(&pairs).1;
        if errors.is_empty() {
            break;
        }
    }
    if errors.len() >= before || pairs == typed {
        return None;
    }
    let kept = pairs.iter().filter(|(name, value)| !value.is_empty() && name != "cursor");
    let address = form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish();
    let query = parse(&pairs).0;
    let text = Query { sort: index::Sort::default(), ..query }.to_text();
    Some(Link::new(format!("/search?{address}"), text))
}

fn parse(pairs: &[(String, String)]) -> (Query, Vec<QueryError>) {
    let given = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (query, mut errors) = Query::from_pairs(given);
    // Parameters that are like none of ours are what other sites hang on to links.
    let unknown = pairs.iter().filter_map(|(name, _)| unknown_parameter(name, &["cursor"]));
    errors.extend(unknown.filter(|error| suggested(error).is_some()));
    (query, errors)
}

/// Puts what was meant in the place of what was typed, where that is known.
fn correct(pairs: &mut [(String, String)], error: &QueryError, choices: &[Choice]) {
    if let Some(right) = suggested(error).filter(|_| !Query::has_parameter(&error.parameter)) {
        let misspelt = pairs.iter_mut().filter(|(name, _)| *name == error.parameter);
        misspelt.for_each(|(name, _)| right.clone_into(name));
        return;
    }
    let Some(wrong) = typed(error) else { return };
    let Some(right) = right(error, wrong, choices) else { return };
    for (name, value) in pairs {
        if name == "q" {
            if let Some(corrected) = replaced(value, error.place, wrong, &right) {
                *value = corrected;
            }
        } else if *name == error.parameter && error.place.is_none() {
            *value = value.replacen(wrong, &right, 1);
        }
    }
}

/// What was typed: what a remark begins with, in backticks.
fn typed(error: &QueryError) -> Option<&str> {
    error.what.strip_prefix('`')?.split('`').next()
}

/// What the remark itself says that was meant.
fn suggested(error: &QueryError) -> Option<&str> {
    let (_, hint) = error.what.split_once("did you mean `")?;
    hint.split('`').next()
}

/// All values of which the remark says that any may be meant.
fn several(error: &QueryError) -> Option<String> {
    let (_, values) = error.what.split_once("several laws")?;
    let (_, values) = values.split_once(": `")?;
    Some(values.trim_end_matches('`').split("`, `").collect::<Vec<_>>().join(","))
}

/// What was meant: what the vocabulary says so of, or the likeliest value that begins so or is called so in any language.
fn right(error: &QueryError, wrong: &str, choices: &[Choice]) -> Option<String> {
    if let Some(suggested) = suggested(error) {
        return Some(suggested.to_owned());
    }
    if let Some(several) = several(error) {
        return Some(several);
    }
    // Pages call them so; it is four kinds of publishers.
    if error.parameter.eq_ignore_ascii_case("publisher") && wrong.eq_ignore_ascii_case("official") {
        return Some(OFFICIAL.map(crawler::Publisher::slug).join(","));
    }
    let typed = format!("{}:{wrong}", error.parameter);
    let found = index::suggest(&typed, choices).into_iter().next()?;
    let (_, value) = found.value.split_once(':')?;
    Some(value.trim_matches('"').to_owned())
}

/// The words with the first `wrong` at a place, or anywhere, replaced.
fn replaced(words: &str, place: Option<usize>, wrong: &str, right: &str) -> Option<String> {
    let start = at(words, place)?;
    let at = start + words[start..].find(wrong)?;
    let (before, after) = (&words[..at], &words[at + wrong.len()..]);
    let is_quoted = before.ends_with('"') || !right.contains(char::is_whitespace);
    let mark = if is_quoted { "" } else { "\"" };
    Some(format!("{before}{mark}{right}{mark}{after}"))
}

/// The words without the one that begins at a place, and what is in quotation marks or parentheses right behind it.
fn without(words: &str, place: Option<usize>) -> Option<String> {
    let start = at(words, Some(place?))?;
    let (mut is_quoted, mut open) = (false, 0_usize);
    let length = words[start..].find(|c: char| {
        is_quoted ^= c == '"';
        match c {
            '(' if !is_quoted => open += 1,
            ')' if !is_quoted && open == 0 => return true,
            ')' if !is_quoted => open -= 1,
            _ => {}
        }
        c.is_whitespace() && !is_quoted && open == 0
    });
    let length = length.unwrap_or(words.len() - start);
    Some(format!("{}{}", &words[..start], &words[start + length..]))
}

/// Where in the words a place is: their characters are counted from 1.
fn at(words: &str, place: Option<usize>) -> Option<usize> {
    let Some(place) = place else { return Some(0) };
    words.char_indices().nth(place.checked_sub(1)?).map(|(at, _)| at)
}
