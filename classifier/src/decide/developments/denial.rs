//! What a sentence tells that did not happen, or that nobody knows to have happened: it leaves neither date nor act.

use chrono::NaiveDate;
use serde::Deserialize;

use super::scene::{BREAKS, Scene};
use crate::dates::{Kind, Lead, Mention};
use crate::reading::Sentence;

/// What a word says of what is told beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Doubt {
    /// It did not happen, or only might have (`would have`).
    Unreal,
    /// Somebody tells what follows (`reports that`), whether it is true or not.
    Claim,
    /// What follows is not so (`rumours that`).
    Ahead,
    /// What is claimed before is not so (`are false`).
    Claimed,
    /// All before is not so (`というのはデマ`).
    Before,
}

/// A word of doubt, with its first byte and its last.
pub(super) type Doubted = (Doubt, usize, usize);

/// What may begin a clause that supposes something, if it has one of [`HAD`].
const IF: [&str; 7] = ["if ", "wenn ", "falls ", "si ", "se ", "если ", "jesli "];
const HAD: [&str; 5] = [" had ", " hatte", " ware", " avait ", " avaient "];

/// What begins a sentence that supposes something.
const HAD_FIRST: [&str; 4] = ["had ", "hatte ", "hatten ", "ware "];

/// What begins a clause that supposes something; it says nothing of when, so what is to come stays.
const SUPPOSED: [&str; 5] = ["如果", "假如", "倘若", "もし", "만약"];

/// What is denied of the time before a day is said of the day.
const UNTIL: [&str; 9] = [
    " until ", " till ", " before ", " avant ", " que le ", " hasta ", " antes d", " ate ", " до ",
];

/// Takes from a sentence what is denied in it, what is supposed, and until when somebody may appeal.
pub(super) fn forget(
    scene: &mut Scene,
    text: &str,
    doubts: &[Doubted],
    published: Option<NaiveDate>,
) {
    if scene.cues.is_empty() && scene.mentions.is_empty() {
        return;
    }
    for (_, start, end) in doubts.iter().copied().filter(|(doubt, ..)| *doubt == Doubt::Unreal) {
        unreal(scene, text, (start, end));
    }
    for (from, to) in denied(text, (scene.sentence.start, scene.sentence.end), doubts) {
        leave(scene, from, to);
    }
    suppose(scene, text, published);
    appeal(scene, text);
}

/// What did not happen has no date: in the clause of a word that says so, only an act that is told before it keeps its own
/// (`the entries agreed in 2013 could have made that illegal`, `the proposal of May would have allowed it`).
fn unreal(scene: &mut Scene, text: &str, (start, end): (usize, usize)) {
    let Sentence { start: first, end: last, .. } = scene.sentence;
    let before = text.get(first..start).unwrap_or_default();
    let after = text.get(end..last).unwrap_or_default();
    let is_supposed = IF.iter().any(|word| before.trim_start().starts_with(word));
    let from = before.rfind(BREAKS).filter(|_| !is_supposed).map_or(first, |at| first + at);
    let to = after.find(BREAKS).map_or(last, |at| end + at);
    // `They would have to comply` is still to come, and what did not happen until a day happened then.
    let rest = text.get(end..to).unwrap_or_default();
    if after.starts_with(" to ") || UNTIL.iter().any(|until| rest.contains(until)) {
        return;
    }
    let is_told =
        !is_supposed && scene.cues.iter().any(|told| from <= told.start && told.end <= start);
    scene.mentions.retain(|mention| {
        let is_before = mention.end <= start && (is_told || mention.lead == Lead::Of);
        mention.start < from || to < mention.end || is_before
    });
    scene.cues.retain(|told| !is_supposed && told.end <= start || to < told.end);
}

/// From where to where a sentence tells what is not so: what follows a word that says so, to the end of the clause, and
/// what stands between a claim and the word that denies it.
fn denied(
    text: &str,
    (first, last): (usize, usize),
    doubts: &[Doubted],
) -> impl Iterator<Item = (usize, usize)> {
    doubts.iter().filter_map(move |(doubt, start, end)| match doubt {
        Doubt::Unreal | Doubt::Claim => None,
        Doubt::Ahead => Some((*end, clause_end(text, *end, last))),
        Doubt::Claimed => {
            let claims = doubts.iter().filter(|(doubt, _, end)| {
                matches!(doubt, Doubt::Claim | Doubt::Ahead) && end <= start
            });
            Some((claims.map(|(_, _, end)| *end).max()?, *start))
        }
        Doubt::Before => Some((first, *start)),
    })
}

/// What is supposed is no act: `if the act had been adopted in 2015`, `had the court ruled in May`.
fn suppose(scene: &mut Scene, text: &str, published: Option<NaiveDate>) {
    let Sentence { start: first, end: last, .. } = scene.sentence;
    let mut at = first;
    while at < last {
        let end = clause_end(text, at, last);
        let clause = text.get(at..end).unwrap_or_default();
        let words = clause.trim_start();
        let begins = |list: &[&str]| list.iter().any(|word| words.starts_with(word));
        let from = if begins(&IF) { Some(0) } else { clause.find(" if ") };
        let is_had = from.is_some_and(|from| HAD.iter().any(|had| clause[from..].contains(had)));
        if is_had || at == first && begins(&HAD_FIRST) {
            leave(scene, at + from.unwrap_or_default(), end);
        } else if begins(&SUPPOSED) {
            let is_past = |when: crate::When| published.is_none_or(|day| when.first() <= day);
            scene.mentions.retain(|mention| {
                !is_in(mention, at, end) || !mention.readings.iter().copied().all(is_past)
            });
        }
        at = end + text.get(end..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    }
}

/// Until when somebody may go to court binds nobody.
fn appeal(scene: &mut Scene, text: &str) {
    let Sentence { start: first, end: last, .. } = scene.sentence;
    let appeals = scene.cues.iter().filter(|told| told.cue.open).map(|told| {
        let before = text.get(first..told.start).unwrap_or_default();
        let from = before.rfind(BREAKS).map_or(first, |at| first + at);
        (from, clause_end(text, told.end, last))
    });
    for (from, to) in appeals.collect::<Vec<_>>() {
        scene.mentions.retain(|mention| {
            let is_bound = mention.lead == Lead::Until || mention.kind == Kind::Span;
            !(is_bound && is_in(mention, from, to))
        });
    }
}

/// Takes dates and acts from a part of a sentence, but for those by which measures are called.
fn leave(scene: &mut Scene, from: usize, to: usize) {
    scene.mentions.retain(|mention| !is_in(mention, from, to) || mention.lead == Lead::Of);
    scene.cues.retain(|told| told.start < from || to < told.end);
}

fn is_in(mention: &Mention, from: usize, to: usize) -> bool {
    from <= mention.start && mention.end <= to
}

/// Where the clause ends in which a byte of a sentence is.
fn clause_end(text: &str, at: usize, last: usize) -> usize {
    text.get(at..last).and_then(|rest| rest.find(BREAKS)).map_or(last, |end| at + end)
}
