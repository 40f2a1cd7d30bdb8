//! What a few words speak of, typed by somebody who looks for something: topics and stages by their terms, jurisdictions
//! by what belongs to them and by their offices, laws by what else they are called, with no story to weigh them in.

use std::ops::Range;
use std::sync::LazyLock;

use crate::authority::{self, Authority};
use crate::classifier::{add_authorities, add_laws, add_states};
use crate::findings::{self, TermHit};
use crate::fold::Folded;
use crate::gazetteer::Gazetteer;
use crate::lexicon::{self, Aim, Sense, Term, Words};
use crate::reading::{Found, Zone};
use crate::{Error, Instrument, Jurisdiction, Label, Place};

/// How many characters are looked at.
const LIMIT: usize = 400;

/// Names in capitals that people type in small letters, and that are no words then.
const SMALL: [&str; 4] = ["eu", "uk", "usa", "uae"];

/// How loudly an office speaks of the one jurisdiction that has it: what it does may be told without naming the state.
const OFFICE: f32 = 2.0;

/// The weight of a clue from which it is a law's name that others bear too, and one that is the law's alone (see the head of
/// `clues.toml`).
const SHARED: f32 = 1.0;
const OWN: f32 = 2.0;

/// How loudly a name speaks of a law: one of its own, or a shared one beside the law's jurisdiction; and a shared one
/// alone, or what the law does beside its jurisdiction.
const NAMED: f32 = 3.5;
const HINTED: f32 = 2.0;

/// How many laws a shared name may mean.
const MAX_LAWS: usize = 3;

/// A jurisdiction, a topic, a stage or a law, and which words speak of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Which.
    pub label: Label,
    /// How loudly: from 3 on, it is enough by itself (see the head of `topics.toml`).
    pub weight: f32,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// What some words speak of, by their places. Names count in small letters too.
pub fn mentions(text: &str) -> Vec<Mention> {
    let folded = Folded::new(&capitalised(text), LIMIT);
    let hits = TERMS.gazetteer.hits(&folded).into_iter();
    let at = |hit| Found { place: Place::Title, zone: Zone::Title, sentence: 0, hit };
    let mut found: Vec<_> = hits.map(at).collect();
    found.sort_by_key(|found| found.hit.start);
    let span = |start, end| {
        let first = folded.source_byte(start);
        first..first + folded.quote(text, start, end).len()
    };
    let states = found.iter().flat_map(|found| {
        let senses = TERMS.senses[found.hit.pattern as usize].iter();
        senses.filter_map(move |sense| match sense {
            Sense::Name(of) | Sense::Demonym(of) => Some((*of, f32::INFINITY, found.hit)),
            Sense::Authority(row) => match TERMS.authorities[*row as usize].of.as_slice() {
                [of] => Some((*of, OFFICE, found.hit)),
                _ => None,
            },
            _ => None,
        })
    });
    let states = states.map(|(of, weight, hit)| Mention {
        label: Label::Jurisdiction(of),
        weight,
        span: span(hit.start, hit.end),
    });
    let states: Vec<_> = states.collect();
    let hits = findings::hits(&found, &TERMS.senses, &TERMS.terms);
    let laws = laws(&found, &hits, &states).into_iter().map(|name| Mention {
        label: Label::Instrument(name.law),
        weight: name.weight,
        span: span(name.place.start, name.place.end),
    });
    let others = hits.iter().filter(|hit| hit.weight > 0.0).filter_map(|hit| {
        let label = match TERMS.terms[hit.term as usize].aim {
            Aim::Topic(topic) => Label::Topic(topic),
            Aim::Stage(stage) => Label::Stage(stage),
            _ => return None,
        };
        Some(Mention { label, weight: hit.weight, span: span(hit.start, hit.end) })
    });
    let mut mentions: Vec<_> = laws.chain(others).collect();
    mentions.extend(states);
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
}

/// What may be a law's name, and where.
struct LawName {
    law: Instrument,
    weight: f32,
    place: Range<usize>,
}

/// The laws that are spoken of, given the jurisdictions that are: of names that overlap the longest counts.
fn laws(found: &[Found], hits: &[TermHit], states: &[Mention]) -> Vec<LawName> {
    let is_named = |law: Instrument| {
        let is_theirs = |state: &Jurisdiction| {
            let label = Label::Jurisdiction(*state);
            states.iter().any(|mention| mention.label == label && mention.weight > OFFICE)
        };
        law.jurisdictions().iter().any(is_theirs)
    };
    let has_state = states.iter().any(|mention| mention.weight > OFFICE);
    let weigh = |law, clue| match clue {
        clue if clue >= OWN => NAMED,
        clue if clue >= SHARED && is_named(law) => NAMED,
        clue if clue >= SHARED && has_state => 0.0,
        clue if clue >= SHARED || is_named(law) => HINTED,
        _ => 0.0,
    };
    let names = found.iter().flat_map(|found| {
        let senses = TERMS.senses[found.hit.pattern as usize].iter();
        senses.filter_map(move |sense| match sense {
            Sense::Law(law) => Some((*law, OWN, found.hit.start..found.hit.end)),
            Sense::MaybeLaw(law) => Some((*law, SHARED, found.hit.start..found.hit.end)),
            _ => None,
        })
    });
    let clues = hits.iter().filter_map(|hit| match TERMS.terms[hit.term as usize] {
        Term { aim: Aim::Law(law), weight, .. } => Some((law, weight, hit.start..hit.end)),
        _ => None,
    });
    let names = names.chain(clues);
    let names = names.map(|(law, clue, place)| LawName { law, weight: weigh(law, clue), place });
    let mut names: Vec<_> = names.filter(|name| name.weight > 0.0).collect();
    names.sort_by(|a, b| b.place.len().cmp(&a.place.len()).then(b.weight.total_cmp(&a.weight)));
    let mut kept: Vec<LawName> = Vec::new();
    for name in names {
        let is_silenced = |by: &LawName| {
            let overlaps = by.place.start < name.place.end && name.place.start < by.place.end;
            overlaps && (by.law == name.law || by.place != name.place || by.weight > name.weight)
        };
        if !kept.iter().any(is_silenced) {
            kept.push(name);
        }
    }
    let bearers = |place: &Range<usize>| kept.iter().filter(|name| name.place == *place).count();
    let clear: Vec<_> = kept.iter().map(|name| bearers(&name.place) <= MAX_LAWS).collect();
    let clear = kept.into_iter().zip(clear).filter(|(_, is_clear)| *is_clear);
    clear.map(|(name, _)| name).collect()
}

/// All words with which the vocabulary tells topics, stages and policy. `*` stands for any ending.
pub fn field_words() -> impl Iterator<Item = &'static str> {
    TERMS
        .words
        .iter()
        .flat_map(|words| words.split([' ', '+', '-']))
        .filter(|word| !word.is_empty())
}

/// The same with a capital wherever a word begins, as many bytes long.
fn capitalised(text: &str) -> String {
    let mut is_inside = false;
    let capital = |c: char| {
        let is_first = !std::mem::replace(&mut is_inside, c.is_alphanumeric());
        let mut upper = c.to_uppercase();
        let capital = upper.next().filter(|_| is_first && upper.next().is_none());
        capital.filter(|capital| capital.len_utf8() == c.len_utf8()).unwrap_or(c)
    };
    let words = text
        .split(' ')
        .map(|word| if SMALL.contains(&word) { word.to_uppercase() } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ").chars().map(capital).collect()
}

struct Terms {
    gazetteer: Gazetteer,
    senses: Vec<Vec<Sense>>,
    terms: Vec<Term>,
    words: Vec<String>,
    authorities: Vec<Authority>,
}

#[expect(clippy::expect_used, reason = "data of our own, which the tests read")]
static TERMS: LazyLock<Terms> = LazyLock::new(|| load().expect("the built-in terms are sound"));

fn load() -> Result<Terms, Error> {
    let mut words = Words::default();
    let mut terms = lexicon::weighed(&mut words)?;
    let texts = words.texts().map(str::to_owned).collect();
    lexicon::clues(&mut words, &mut terms)?;
    add_laws(&mut words)?;
    add_states(&mut words)?;
    // A person is not the state: who looks for one does not look for all that the state does.
    let mut authorities = authority::authorities()?;
    for Authority { names, people, .. } in &mut authorities {
        names.retain(|name| people.iter().all(|person| person.get_ref() != name.get_ref()));
    }
    add_authorities(&mut words, &authorities)?;
    let (patterns, senses) = words.into_parts();
    Ok(Terms { gazetteer: Gazetteer::new(patterns), senses, terms, words: texts, authorities })
}
