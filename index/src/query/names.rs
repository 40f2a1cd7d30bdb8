//! What the values of filters are called: by the vocabulary, and by people.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use classifier::{Instrument, Jurisdiction, Stage, Topic};

use super::concepts::CONCEPTS;
use super::everyday::{LAWS, OFFICES, TOPICS};
use crate::Facet;
use crate::fold::{lower, plain};

/// One name of one value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Name {
    /// As the vocabulary writes it; `~` at the end of a stem stands for a few more letters.
    pub(super) text: &'static str,
    /// What kind of name it is.
    pub(super) kind: Kind,
    /// Whose.
    pub(super) facet: Facet,
    /// Code or slug of whose it is.
    pub(super) value: &'static str,
    /// What readers call it.
    pub(super) shown: &'static str,
}

/// Kinds of names, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A code or slug.
    Code,
    /// The name that readers see.
    Own,
    /// Another name, in any language.
    Other,
    /// What people say besides the codebook's words.
    Everyday,
    /// A name that several bear.
    Shared,
}

/// The names of all jurisdictions, topics, stages and laws.
pub(super) fn names() -> impl Iterator<Item = Name> {
    let states = Jurisdiction::all().flat_map(|state| {
        let named = name(Facet::Jurisdiction, state.code(), state.name());
        [named(state.code(), Kind::Code), named(state.name(), Kind::Own)]
            .into_iter()
            .chain(state.names().iter().map(move |other| named(other, Kind::Other)))
    });
    let topics = Topic::ALL.into_iter().flat_map(|topic| {
        let named = name(Facet::Topic, topic.slug(), topic.name());
        let everyday =
            TOPICS.iter().filter(move |(of, _)| *of == topic).flat_map(|(_, names)| *names);
        [named(topic.slug(), Kind::Code), named(topic.name(), Kind::Own)]
            .into_iter()
            .chain(everyday.map(move |word| named(word, Kind::Everyday)))
    });
    let stages = Stage::ALL.into_iter().flat_map(|stage| {
        let named = name(Facet::Stage, stage.slug(), stage.name());
        [named(stage.slug(), Kind::Code), named(stage.name(), Kind::Own)]
    });
    states.chain(topics).chain(stages).chain(laws())
}

/// The words of which all names are made, as they are written, by their plain forms.
pub(crate) fn words_of_names() -> &'static BTreeMap<String, String> {
    static WORDS: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
        let values = names().filter(|name| name.kind != Kind::Code).map(|name| name.text);
        let alike = OFFICES.iter().chain(&CONCEPTS).copied().flatten().copied();
        let words = values.chain(alike).flat_map(|name| name.split(|c: char| !is_of_a_word(c)));
        words.map(|word| (plain(&lower(word)).into_owned(), word.to_owned())).collect()
    });
    &WORDS
}

fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric() || c == '\''
}

fn laws() -> impl Iterator<Item = Name> {
    Instrument::all().flat_map(|law| {
        let named = name(Facet::Instrument, law.slug(), law.name());
        let others = law.aliases().iter().map(move |other| named(other, Kind::Other));
        let everyday = LAWS.iter().filter(move |(of, _)| *of == law.name());
        let everyday = everyday.flat_map(|(_, names)| *names);
        let shared = law.ambiguous_aliases().iter().map(move |shared| named(shared, Kind::Shared));
        [named(law.slug(), Kind::Code), named(law.name(), Kind::Own)]
            .into_iter()
            .chain(others)
            .chain(everyday.map(move |word| named(word, Kind::Everyday)))
            .chain(shared)
    })
}

/// Makes the names of one value.
fn name(
    facet: Facet,
    value: &'static str,
    shown: &'static str,
) -> impl Fn(&'static str, Kind) -> Name + Copy {
    move |text, kind| Name { text, kind, facet, value, shown }
}
