//! Laws, jurisdictions, topics and stages that a row of words speaks of without their names, and the words that go with any topic.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use classifier::{Instrument, Label};

use super::stages::{MAX_WORDS, stage_called};
use super::{Expression, Widening};
use crate::Facet;

/// What a mention weighs at least that stands for all who are about it, and one that only adds to what is found.
pub(super) const SURE: f32 = 3.0;
pub(super) const LIKELY: f32 = 1.5;

/// Which laws, jurisdictions, topics or stages some of the words speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    pub(super) facet: Facet,
    pub(super) values: Vec<&'static str>,
    pub(super) words: Range<usize>,
}

/// What a row of words speaks of by the vocabulary's terms, laws first; of each kind no two share words. Stages
/// only add to what is found.
pub(super) fn subjects(words: &[String], least: f32) -> Vec<Subject> {
    let mut places = Vec::with_capacity(words.len());
    let mut at = 0;
    for word in words {
        places.push(at..at + word.len());
        at += word.len() + 1;
    }
    let (mut laws, mut states) = (Vec::new(), Vec::new());
    let (mut topics, mut stages) = (Vec::new(), Vec::new());
    for mention in classifier::mentions(&words.join(" ")) {
        let (facet, subjects) = match mention.label {
            // What belongs to all states (*international*) names none.
            Label::Jurisdiction(of) if of.code() == "INT" => continue,
            Label::Jurisdiction(_) => (Facet::Jurisdiction, &mut states),
            Label::Instrument(_) => (Facet::Instrument, &mut laws),
            Label::Stage(_) if least > LIKELY => continue,
            Label::Stage(_) => (Facet::Stage, &mut stages),
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
    if least <= LIKELY {
        stages.extend(stages_called(words));
    }
    laws.append(&mut states);
    laws.append(&mut topics);
    laws.append(&mut stages);
    laws
}

/// The stages that words are everyday names of.
fn stages_called(words: &[String]) -> impl Iterator<Item = Subject> {
    let places = (0..words.len()).flat_map(|first| {
        let most = MAX_WORDS.min(words.len() - first);
        (1..=most).rev().map(move |length| first..first + length)
    });
    places.filter_map(|place| {
        let value = stage_called(&words[place.clone()].join(" "))?;
        Some(Subject { facet: Facet::Stage, values: vec![value], words: place })
    })
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

/// What is about a topic of a law in one of its jurisdictions, whether it names the law or not.
pub(super) fn subject_of_law(name: &Widening) -> Option<Expression> {
    let law = Instrument::parse(&name.value).filter(|_| name.facet == Some(Facet::Instrument))?;
    let states = law.jurisdictions().iter().map(|state| state.code());
    let topics = law.topics().iter().map(|topic| topic.slug());
    Some(Expression::And(vec![
        any_value(Facet::Jurisdiction, states),
        any_value(Facet::Topic, topics),
    ]))
}

fn any_value<'a>(facet: Facet, values: impl Iterator<Item = &'a str>) -> Expression {
    Expression::Or(values.map(|value| Expression::Filter(facet, value.to_owned())).collect())
}

/// How many letters a word keeps that is compared with its other forms, and from how many on it has them.
const KEPT: usize = 5;
const LONG: usize = 7;

/// Whether a word is one by which the vocabulary tells topics, stages or policy, in this form or another: it belongs to
/// the field, and is no name of anything.
pub(super) fn is_of_the_field(word: &str) -> bool {
    let is_name = word.chars().any(char::is_uppercase);
    let ends = || word.char_indices().map(|(at, _)| at).chain([word.len()]).skip(KEPT);
    !is_name
        && (FIELD.words.contains(&form(word))
            || ends().any(|end| FIELD.stems.contains(&word[..end])))
}

/// The words of the field.
struct Words {
    /// What the forms of each share.
    words: HashSet<String>,
    /// Stems to which any ending may be added, of no fewer letters than a form keeps.
    stems: HashSet<&'static str>,
}

static FIELD: LazyLock<Words> = LazyLock::new(|| {
    let plain = |word: &&str| !word.chars().any(char::is_uppercase);
    let words = || classifier::field_words().filter(plain);
    let stems = words().filter_map(|word| word.strip_suffix('*'));
    Words {
        words: words().map(|word| form(word.trim_end_matches('*'))).collect(),
        stems: stems.filter(|stem| stem.chars().count() >= KEPT).collect(),
    }
});

/// What the forms of a word share.
fn form(word: &str) -> String {
    let length = word.chars().count();
    let kept = if length >= LONG { KEPT.max(length * 2 / 3) } else { length.min(KEPT) };
    word.chars().take(kept).flat_map(char::to_lowercase).collect()
}
