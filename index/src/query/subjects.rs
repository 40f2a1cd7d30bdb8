//! Jurisdictions and topics that a row of words speaks of without their names, and the words that go with any topic.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use classifier::Label;

use crate::Facet;

/// What a mention weighs at least that stands for all who are about it, and one that only adds to what is found.
pub(super) const SURE: f32 = 3.0;
pub(super) const LIKELY: f32 = 1.5;

/// Which jurisdictions or topics some of the words speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) facet: Facet,
    pub(super) values: Vec<&'static str>,
    pub(super) words: Range<usize>,
}

/// What a row of words speaks of by the vocabulary's terms, jurisdictions first; of either no two share words.
pub(super) fn subjects(words: &[String], least: f32) -> Vec<Subject> {
    let mut places = Vec::with_capacity(words.len());
    let mut at = 0;
    for word in words {
        places.push(at..at + word.len());
        at += word.len() + 1;
    }
    let (mut states, mut topics) = (Vec::new(), Vec::new());
    for mention in classifier::mentions(&words.join(" ")) {
        let (facet, subjects) = match mention.label {
            // What belongs to all states (*international*) names none.
            Label::Jurisdiction(of) if of.code() == "INT" => continue,
            Label::Jurisdiction(_) => (Facet::Jurisdiction, &mut states),
            _ => (Facet::Topic, &mut topics),
        };
        let is_meant = |place: &Range<usize>| {
            let start = place.start.max(mention.span.start);
            let shared = place.end.min(mention.span.end).saturating_sub(start);
            // A term inside a longer word says little of the whole.
            shared * 2 >= place.len()
        };
        let Some(first) = places.iter().position(is_meant).filter(|_| mention.weight >= least)
        else {
            continue;
        };
        let length = places[first..].iter().take_while(|place| is_meant(place)).count();
        let words = first..first + length;
        add(subjects, Subject { facet, values: vec![mention.label.value()], words });
    }
    states.append(&mut topics);
    states
}

fn add(subjects: &mut Vec<Subject>, subject: Subject) {
    match subjects.last_mut().filter(|last| last.words.end > subject.words.start) {
        Some(last) => {
            last.words.end = last.words.end.max(subject.words.end);
            let new = subject.values.into_iter().filter(|value| !last.values.contains(value));
            let new: Vec<_> = new.collect();
            last.values.extend(new);
        }
        None => subjects.push(subject),
    }
}

/// How many letters a word keeps that is compared with its other forms, and from how many on it has them.
const KEPT: usize = 5;
const LONG: usize = 7;

/// Whether a word is one by which the vocabulary tells topics, stages or policy, in this form or another: it belongs to
/// the field, and is no name of anything.
pub(super) fn is_of_the_field(word: &str) -> bool {
    let is_name = word.chars().any(char::is_uppercase);
    !is_name && FIELD.contains(&form(word))
}

static FIELD: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let plain = |word: &&str| !word.chars().any(char::is_uppercase);
    classifier::field_words().filter(plain).map(|word| form(word.trim_end_matches('*'))).collect()
});

/// What the forms of a word share.
fn form(word: &str) -> String {
    let length = word.chars().count();
    let kept = if length >= LONG { KEPT.max(length * 2 / 3) } else { length.min(KEPT) };
    word.chars().take(kept).flat_map(char::to_lowercase).collect()
}
