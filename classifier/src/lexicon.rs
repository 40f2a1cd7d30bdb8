//! `Lexicon`: the words that speak for or against a topic, a stage, policy at all, or an actor, from their data files.

use toml::Spanned;

use crate::{Error, Instrument, Stage, Topic, data};

mod words;

pub(crate) use words::{Sense, Words};

const TOPICS: (&str, &str) = ("classifier/data/topics.toml", include_str!("../data/topics.toml"));
const STAGES: (&str, &str) = ("classifier/data/stages.toml", include_str!("../data/stages.toml"));
const POLICY: (&str, &str) = ("classifier/data/policy.toml", include_str!("../data/policy.toml"));
const CLUES: (&str, &str) = ("classifier/data/clues.toml", include_str!("../data/clues.toml"));
const CUES: (&str, &str) = ("classifier/data/cues.toml", include_str!("../data/cues.toml"));

/// What a term speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Aim {
    Topic(Topic),
    Stage(Stage),
    Policy,
    Cue(Cue),
    /// A law that is unmistakable without its name.
    Law(Instrument),
}

/// What a word beside the name of a state says about the state's part in the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cue {
    /// Its officials act (`Chinese regulators`).
    Acts,
    /// One of its offices, before its name (`the parliament of Kenya`, `le gouvernement russe`).
    Office,
    /// It is only where somebody is or comes from (`Chinese hackers`).
    Side,
    /// It stands accused (`blamed on Russia`).
    Accused,
    /// A paragraph that begins so is no part of the story (`Related reading`).
    Leftover,
    /// States act together (`signed a memorandum`).
    Together,
    /// Authorities of the Union settle a dispute or decide across borders (`lead authority`).
    Dispute,
}

/// Words that speak for one aim.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) aim: Aim,
    /// How loudly; below zero against it.
    pub(crate) weight: f32,
    /// What must be there: one pattern, or several in one sentence.
    pub(crate) atoms: Vec<u32>,
}

#[derive(Debug, serde::Deserialize)]
struct File {
    terms: Vec<Row>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    of: Spanned<String>,
    weight: f32,
    words: Vec<Spanned<String>>,
}

/// Reads all term files and puts their words among the others.
///
/// # Errors
/// [`Error`] names the file and the line.
pub(crate) fn terms(words: &mut Words) -> Result<Vec<Term>, Error> {
    let mut terms = weighed(words)?;
    read(CUES, words, &mut terms, cue)?;
    clues(words, &mut terms)?;
    Ok(terms)
}

/// Adds what speaks of laws besides their names.
pub(crate) fn clues(words: &mut Words, terms: &mut Vec<Term>) -> Result<(), Error> {
    read(CLUES, words, terms, |of| Instrument::parse(of).map(Aim::Law))
}

/// The same of the words alone that speak for topics, stages and policy.
pub(crate) fn weighed(words: &mut Words) -> Result<Vec<Term>, Error> {
    let mut terms = Vec::new();
    read(TOPICS, words, &mut terms, |of| Topic::parse(of).map(Aim::Topic))?;
    read(STAGES, words, &mut terms, |of| Stage::parse(of).map(Aim::Stage))?;
    read(POLICY, words, &mut terms, |of| (of == "policy").then_some(Aim::Policy))?;
    Ok(terms)
}

fn cue(of: &str) -> Option<Aim> {
    let cue = match of {
        "acts" => Cue::Acts,
        "office" => Cue::Office,
        "side" => Cue::Side,
        "accused" => Cue::Accused,
        "leftover" => Cue::Leftover,
        "together" => Cue::Together,
        "dispute" => Cue::Dispute,
        _ => return None,
    };
    Some(Aim::Cue(cue))
}

/// Reads one file, whose aims are told by `aim`.
fn read(
    (file, text): (&'static str, &str),
    words: &mut Words,
    terms: &mut Vec<Term>,
    aim: impl Fn(&str) -> Option<Aim>,
) -> Result<(), Error> {
    let mut seen = std::collections::HashSet::new();
    for row in data::read::<File>(file, text)?.terms {
        let fault = |at: usize, what: &str| data::fault(file, text, at, what);
        let at = row.of.span().start;
        let aim = aim(row.of.get_ref())
            .ok_or_else(|| fault(at, "`of` is unknown to the codebook or the register"))?;
        if !row.weight.is_finite() || row.weight == 0.0 || row.weight.abs() > 10.0 {
            return Err(fault(at, "a weight is a number from -10 to 10, and not 0"));
        }
        for word in row.words {
            let at = word.span().start;
            if !seen.insert((aim, word.get_ref().clone())) {
                return Err(fault(at, "the word is there twice"));
            }
            let number = u32::try_from(terms.len()).map_err(|_| fault(at, "too many words"))?;
            let parts = word.get_ref().split(" + ").collect::<Vec<_>>();
            let sense = if parts.len() == 1 { Sense::Term(number) } else { Sense::Part(number) };
            let mut atoms = Vec::with_capacity(parts.len());
            for part in parts {
                let id = words.add(part, sense).map_err(|what| fault(at, what))?;
                atoms.push(id);
            }
            terms.push(Term { aim, weight: row.weight, atoms });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Aim, Words, read};
    use crate::Topic;

    fn fault(text: &str) -> String {
        let mut terms = Vec::new();
        let aim = |of: &str| Topic::parse(of).map(Aim::Topic);
        read(("f.toml", text), &mut Words::default(), &mut terms, aim).unwrap_err().to_string()
    }

    #[test]
    fn faults_name_file_and_line() {
        let row = |of: &str, weight: &str, words: &str| {
            format!("[[terms]]\nof = \"{of}\"\nweight = {weight}\nwords = [\n  {words}\n]\n")
        };
        for (text, line, what) in [
            (row("encription", "1", "\"a\""), 2, "codebook"),
            (row("encryption", "0", "\"a\""), 2, "weight"),
            (row("encryption", "1", "\"a\",\n\"\""), 6, "empty"),
            (row("encryption", "1", "\"a\", \"b\",\n\n\"a\""), 7, "twice"),
            (row("encryption", "1", "\"a + *\""), 5, "letters"),
            (row("encryption", "1", "7"), 5, "string"),
        ] {
            let fault = fault(&text);
            assert!(fault.starts_with("f.toml: "), "{fault}");
            assert!(fault.contains(&format!("line {line}")) && fault.contains(what), "{fault}");
        }
    }
}
