//! What words name: topics, jurisdictions, laws, offices and other things, under all that they are called.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use classifier::Instrument;

use super::Widening;
use super::concepts::CONCEPTS;
use super::everyday::{AMBIGUOUS, OFFICES};
use super::names::{Kind, Name, names};
use super::regions::{REGIONS, Region};
use crate::Facet;

/// How many other names of a law are searched.
const MAX_OTHERS: usize = 16;
/// How many laws of one abbreviation are searched.
const MAX_LAWS: usize = 8;
/// How many letters a stem has at least, and how many its ending at most.
const SHORTEST_STEM: usize = 3;
const MAX_ENDING: usize = 3;
/// *The*, written together with its word.
const ARTICLE: &str = "ال";
/// How many letters a name in plain letters has that is nothing else in another language.
const LONG: usize = 6;

/// Whether some words are a name of something.
pub(super) fn is_name(words: &str) -> bool {
    !meanings(words).is_empty()
}

/// What some words name, in small letters as well. An abbreviation (`CRA`) may name several laws: which of them an item
/// is about, its tags say.
pub(super) fn meanings(words: &str) -> Vec<Widening> {
    let meanings = meanings_of(words, words);
    if !meanings.is_empty() {
        return meanings;
    }
    let name = NAMES.in_capitals.get(&words.to_lowercase());
    name.map(|name| meanings_of(name, words)).unwrap_or_default()
}

/// What a name means, typed in whatever way.
fn meanings_of(name: &str, words: &str) -> Vec<Widening> {
    let lower = name.to_lowercase();
    let law = || Instrument::parse(NAMES.laws.get(&key(name))?);
    if let Some(law) = Instrument::parse(name).or_else(law) {
        return vec![law_named(law, words)];
    }
    let widening = |facet, value: &str, names| Widening {
        words: words.to_owned(),
        facet,
        value: value.to_owned(),
        states: Vec::new(),
        names,
    };
    let plain = as_known(name);
    if let Some((facet, value)) = NAMES.one.get(&plain).or_else(|| stem(&plain)) {
        return vec![widening(Some(*facet), value, Vec::new())];
    }
    if let Some(region) = NAMES.regions.get(&plain) {
        let known = widening(Some(Facet::Jurisdiction), region.names[0], Vec::new());
        return vec![Widening { states: region.states(), ..known }];
    }
    if let Some(alike) =
        NAMES.alike.get(name).or_else(|| NAMES.alike.get(in_one_form(&lower).as_ref()))
    {
        let others =
            alike.iter().filter(|name| name.to_lowercase() != lower && !AMBIGUOUS.contains(name));
        let names = others.map(|name| (*name).to_owned()).collect();
        return vec![widening(None, alike[0], names)];
    }
    let laws = NAMES.abbreviations.get(name).map(Vec::as_slice).unwrap_or_default();
    if let [law] = laws {
        return Instrument::parse(law).map(|law| law_named(law, words)).into_iter().collect();
    }
    let laws = laws.iter().take(MAX_LAWS);
    laws.map(|law| widening(Some(Facet::Instrument), law, Vec::new())).collect()
}

/// The letters and digits of a name, as words.
fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    in_one_form(&words.collect::<Vec<_>>().join(" ")).into_owned()
}

/// A name as it is known, whether it is typed with hyphens and capitals or not.
fn as_known(name: &str) -> String {
    in_one_form(&name.to_lowercase().replace('-', " ")).into_owned()
}

/// A name without the Arabic article, with which each word of it may be typed or not.
fn in_one_form(lower: &str) -> Cow<'_, str> {
    if !lower.contains(ARTICLE) {
        return lower.into();
    }
    let words = lower.split(' ').map(|word| {
        let rest = word.strip_prefix(ARTICLE);
        rest.filter(|rest| rest.chars().count() >= SHORTEST_STEM).unwrap_or(word)
    });
    words.collect::<Vec<_>>().join(" ").into()
}

/// A law under one of its names, with the others.
pub(super) fn law_named(law: Instrument, words: &str) -> Widening {
    let lower = words.to_lowercase();
    let names = std::iter::once(law.name()).chain(law.aliases().iter().map(String::as_str));
    let others = names.filter(|name| name.to_lowercase() != lower).take(MAX_OTHERS);
    Widening {
        words: words.to_owned(),
        facet: Some(Facet::Instrument),
        value: law.slug().to_owned(),
        states: Vec::new(),
        names: others.map(str::to_owned).collect(),
    }
}

/// What a single word names that has a known stem and an ending.
fn stem(word: &str) -> Option<&'static (Facet, &'static str)> {
    let ends = word.char_indices().rev().map(|(at, _)| at);
    let ends = std::iter::once(word.len()).chain(ends).take(MAX_ENDING + 1);
    let stems = ends.filter_map(|end| word.get(..end));
    let mut stems = stems.filter(|stem| stem.chars().count() >= SHORTEST_STEM);
    stems.find_map(|stem| NAMES.stems.get(stem))
}

/// Names besides those of laws that have them alone.
struct Names {
    /// Topics and jurisdictions, by name in lower case.
    one: HashMap<String, (Facet, &'static str)>,
    /// Laws, by names in which punctuation was.
    laws: HashMap<String, &'static str>,
    /// Jurisdictions, by stems to which a few letters are added.
    stems: HashMap<String, (Facet, &'static str)>,
    /// Parts of the world, by name in lower case.
    regions: HashMap<String, &'static Region>,
    /// Laws, by the abbreviations that they may share.
    abbreviations: HashMap<&'static str, Vec<&'static str>>,
    /// All names of an office, or of another thing, by each of them; in lower case where it has small letters.
    alike: HashMap<String, &'static [&'static str]>,
    /// Of both of these, the names that have capitals of their own, by their forms in small letters.
    in_capitals: HashMap<String, String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut known = Names {
        one: HashMap::new(),
        laws: HashMap::new(),
        stems: HashMap::new(),
        regions: HashMap::new(),
        abbreviations: HashMap::new(),
        alike: HashMap::new(),
        in_capitals: HashMap::new(),
    };
    for name in names() {
        known.add(name);
    }
    for region in &REGIONS {
        let names = region.names.iter().map(|name| as_known(name));
        known.regions.extend(names.map(|name| (name, region)));
    }
    for alike in OFFICES.iter().chain(&CONCEPTS) {
        for name in *alike {
            let is_abbreviation = !name.chars().any(char::is_lowercase);
            let name = if is_abbreviation { (*name).to_owned() } else { name.to_lowercase() };
            let name = in_one_form(&name).into_owned();
            known.alike.insert(name, alike);
        }
    }
    let names = known.abbreviations.keys().copied().chain(known.alike.keys().map(String::as_str));
    let names = names.filter(|name| name.chars().any(char::is_uppercase) && !is_ordinary(name));
    // Of names that differ in their capitals only, always the same one.
    let names: BTreeSet<_> = names.collect();
    known.in_capitals =
        names.into_iter().map(|name| (name.to_lowercase(), name.to_owned())).collect();
    known
});

/// Names that are words in small letters, in one of the larger languages.
const ORDINARY: [&str; 15] = [
    "aida", "avg", "bis", "cada", "cri", "crm", "cubi", "dsl", "ear", "ens", "lil", "red", "sec",
    "soci", "tunas",
];

/// Whether a name says something else in small letters. One of several words does (*data security law*), unless
/// a word of it is an abbreviation or a number, or it is an act.
fn is_ordinary(name: &str) -> bool {
    let is_short = |word: &str| !word.chars().any(char::is_lowercase);
    match name.rsplit_once(' ') {
        None => ORDINARY.contains(&name.to_lowercase().as_str()),
        Some((_, last)) => last != "Act" && !name.split(' ').any(is_short),
    }
}

impl Names {
    fn add(&mut self, name: Name) {
        let text = as_known(name.text);
        let value = (name.facet, name.value);
        match (name.facet, name.kind) {
            (Facet::Jurisdiction, Kind::Own)
            | (Facet::Topic, Kind::Code | Kind::Own | Kind::Everyday) => {
                self.one.insert(text, value);
            }
            (Facet::Jurisdiction, Kind::Other) => {
                let is_sure = !text.is_ascii() || text.len() >= LONG;
                if let Some(stem) = text.strip_suffix('~') {
                    self.stems.insert(stem.to_owned(), value);
                } else if is_sure && !text.contains('*') {
                    self.one.entry(text).or_insert(value);
                }
            }
            (Facet::Instrument, Kind::Shared) => {
                self.abbreviations.entry(name.text).or_default().push(name.value);
            }
            (Facet::Instrument, Kind::Everyday) => {
                self.laws.insert(key(name.text), name.value);
            }
            (Facet::Instrument, Kind::Other) => {
                let key = key(name.text);
                if key.contains(' ') {
                    self.laws.insert(key, name.value);
                }
                let short = name.text.split_once(' ').filter(|(first, second)| {
                    first.len() >= 3
                        && first.bytes().all(|byte| byte.is_ascii_uppercase())
                        && matches!(*second, "Act" | "Law" | "Bill" | "Regulation" | "Directive")
                });
                if let Some((short, _)) = short {
                    let laws = self.abbreviations.entry(short).or_default();
                    if !laws.contains(&name.value) {
                        laws.push(name.value);
                    }
                }
            }
            _ => {}
        }
    }
}
