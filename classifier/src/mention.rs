//! What a few words speak of, typed by somebody who looks for something: topics and stages by their terms, jurisdictions
//! by what belongs to them and by their offices, with no story to weigh them in.

use std::ops::Range;
use std::sync::LazyLock;

use crate::authority::{self, Authority};
use crate::classifier::{add_authorities, add_states};
use crate::findings;
use crate::fold::Folded;
use crate::gazetteer::Gazetteer;
use crate::lexicon::{self, Aim, Sense, Term, Words};
use crate::reading::{Found, Zone};
use crate::{Error, Label, Place};

/// How many characters are looked at.
const LIMIT: usize = 400;

/// Names in capitals that people type in small letters, and that are no words then.
const SMALL: [&str; 4] = ["eu", "uk", "usa", "uae"];

/// How loudly an office speaks of the one jurisdiction that has it: what it does may be told without naming the state.
const OFFICE: f32 = 2.0;

/// A jurisdiction, a topic or a stage, and which words speak of it.
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
    let hits = findings::hits(&found, &TERMS.senses, &TERMS.terms);
    let others = hits.iter().filter(|hit| hit.weight > 0.0).filter_map(|hit| {
        let label = match TERMS.terms[hit.term as usize].aim {
            Aim::Topic(topic) => Label::Topic(topic),
            Aim::Stage(stage) => Label::Stage(stage),
            _ => return None,
        };
        Some(Mention { label, weight: hit.weight, span: span(hit.start, hit.end) })
    });
    let mut mentions: Vec<_> = states.chain(others).collect();
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
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
    let terms = lexicon::weighed(&mut words)?;
    let texts = words.texts().map(str::to_owned).collect();
    add_states(&mut words)?;
    let authorities = authority::authorities()?;
    add_authorities(&mut words, &authorities)?;
    let (patterns, senses) = words.into_parts();
    Ok(Terms { gazetteer: Gazetteer::new(patterns), senses, terms, words: texts, authorities })
}
