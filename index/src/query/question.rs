//! What is asked as people talk: which of its words say something, and how else it can be read.

use classifier::Topic;

use super::function_words::{is_function_word, is_word_of_law};
use super::meanings::{is_name, meanings};
use super::runs::{self, Cut};
use super::stages::stage_called;
use super::subjects::{LIKELY, is_of_the_field, subjects};
use super::widen::{self, MAX_NAME, Widening, word};
use super::{Expression, Query, Sort, tree};
use crate::Facet;

/// So many words and names are prose, in which not each word is meant.
const PROSE: usize = 3;

impl Query {
    /// The same question for any of its words instead of all of them, best first: what to offer where all of them find
    /// too little. `None` if it would be no other question.
    pub fn any_word(&self) -> Option<Self> {
        let (wanted, beside) = self.wanted()?;
        let any = tree::any(if self.widen { by_names(&wanted) } else { wanted })?;
        let words = tree::all(std::iter::once(any).chain(beside).collect());
        Some(Self { words, sort: Sort::Relevance, ..self.clone() }).filter(|query| query != self)
    }

    /// The same, for what is about the states that the question names, and then all that is about these; `None` where it names
    /// none, or only these, or a filter has chosen.
    pub fn any_word_of_its_states(&self) -> Option<[Self; 2]> {
        let (states, others, beside) = self.by_states()?;
        let (others, states) = (tree::any(others)?, tree::any(states)?);
        Some([vec![others, states.clone()], vec![states]].map(|words| self.asking(words, &beside)))
    }

    /// The same for all of its words but the states that it names, wherever that is; `None` as before.
    pub fn without_its_states(&self) -> Option<Self> {
        let (_, others, beside) = self.by_states()?;
        Some(self.asking(others, &beside))
    }

    /// The states that a question names, its other words, and what stands beside them.
    fn by_states(&self) -> Option<(Vec<Expression>, Vec<Expression>, Vec<Expression>)> {
        let (wanted, beside) = self.wanted()?;
        let (states, others): (Vec<_>, Vec<_>) =
            by_names(&wanted).into_iter().partition(names_states);
        let is_more = !states.is_empty() && others.iter().any(says_something);
        (is_more && self.jurisdictions.is_empty()).then_some((states, others, beside))
    }

    /// The same for other words, with what stands beside them.
    fn asking(&self, mut words: Vec<Expression>, beside: &[Expression]) -> Self {
        words.extend_from_slice(beside);
        Self { words: tree::all(words), sort: Sort::Relevance, ..self.clone() }
    }

    /// The words that all are asked for, but for the little ones, and what stands beside them; `None` where it is one thing.
    fn wanted(&self) -> Option<(Vec<Expression>, Vec<Expression>)> {
        let words = runs::cut(self.words.as_ref()?, Cut::Words);
        let Expression::And(parts) = &*words else { return None };
        let (beside, mut wanted): (Vec<_>, Vec<_>) = parts.iter().cloned().partition(is_condition);
        drop_little(&mut wanted);
        Some((wanted, beside))
    }

    /// Whether this is alternatives to prose, that asks for a topic, and no filter has chosen one.
    pub(crate) fn asks_for_topic(&self) -> bool {
        let is_prose =
            |words: &Expression| matches!(words, Expression::Or(any) if any.len() >= PROSE);
        let is_prose = match &self.words {
            Some(Expression::And(parts)) => parts.iter().any(is_prose),
            Some(words) => is_prose(words),
            None => false,
        };
        is_prose && !self.asked.is_empty() && self.topics.is_empty()
    }

    /// What of this is about the topics that are asked for.
    pub(crate) fn on_asked_topics(&self) -> Self {
        Self { topics: self.asked.clone(), ..self.clone() }
    }

    /// The same question without the words of the field that are no names, where there are others: an item about what is
    /// named fits better than one that has some of the words. `None` if it would be no other question.
    pub(crate) fn without_common_words(&self) -> Option<Self> {
        let words = self.as_said().filter(|words| is_question(words))?;
        let Expression::And(parts) = &*words else { return None };
        let names = self.widenings();
        let kept = without_common(parts, &names);
        let is_less = !kept.is_empty() && kept.len() < parts.len();
        is_less.then(|| Self { words: tree::all(kept), ..self.clone() })
    }

    /// The same question for any of its words and all that they speak of, where it is asked as people talk; `None` where
    /// that is no more. Where neither words nor filters name a topic, any of `topics` will do as well.
    pub(crate) fn loosely(&self, topics: &[Topic]) -> Option<Self> {
        let words = runs::cut(self.words.as_ref().filter(|_| self.widen)?, Cut::Words);
        let mut words = match &*words {
            Expression::And(parts) if is_question(&words) => parts.clone(),
            word @ Expression::Word(_) => vec![word.clone()],
            _ => return None,
        };
        drop_little(&mut words);
        let is_one = words.len() == 1;
        let mut any = Self {
            words: Some(Expression::Or(words)),
            sort: Sort::Relevance,
            loose: true,
            ..self.clone()
        };
        let names = any.widenings();
        let has = |facet| names.iter().any(|name| name.facet == Some(facet));
        // A law brings its subject with it.
        let has_law = has(Facet::Instrument);
        let is_more = !is_one || has_law || names.len() > self.widenings().len();
        let has_topic = !self.topics.is_empty() || has_law || has(Facet::Topic);
        let asked: Vec<_> = self.asked.iter().filter(|topic| !is_named(**topic, &names)).collect();
        let topics = if has_topic || !asked.is_empty() { asked } else { topics.iter().collect() };
        if topics.is_empty() {
            return is_more.then_some(any);
        }
        let slug = |topic: &Topic| Expression::Filter(Facet::Topic, topic.slug().to_owned());
        let topics: Vec<_> = topics.into_iter().map(slug).collect();
        if let Some(Expression::Or(words)) = &mut any.words {
            words.extend(topics);
        }
        Some(any)
    }

    /// Values of filters of which words that are asked as people talk speak, besides those that they name: what is about
    /// them fits better, and need not be.
    pub(crate) fn hints(&self, named: &[Widening]) -> Vec<(Facet, String)> {
        let Some(words) = self.as_said().filter(|_| self.widen) else { return Vec::new() };
        let row = match &*words {
            Expression::Or(any) => in_one_row(any).unwrap_or_default(),
            words => question(words),
        };
        let mut hints = widen::hints(&row, named);
        for topic in self.asked.iter().filter(|topic| !is_named(**topic, named)) {
            let hint = (Facet::Topic, topic.slug().to_owned());
            if !hints.contains(&hint) {
                hints.push(hint);
            }
        }
        hints
    }

    /// The words that are asked as people talk, for who knows what they ask for; `None` where there are none.
    pub(crate) fn question(&self) -> Option<String> {
        let words = self.words.as_ref().filter(|_| self.widen && self.sort == Sort::Relevance)?;
        let row: Vec<String> = question(words).iter().filter_map(word).collect();
        (!row.is_empty()).then(|| row.join(" "))
    }
}

/// Whether a topic is among what words name.
fn is_named(topic: Topic, names: &[Widening]) -> bool {
    names.iter().any(|name| name.facet == Some(Facet::Topic) && name.value == topic.slug())
}

/// Words in a row, those together that are one name together, or speak of one thing.
fn by_names(parts: &[Expression]) -> Vec<Expression> {
    let mut groups = Vec::with_capacity(parts.len());
    let mut rest = parts;
    while !rest.is_empty() {
        let row: Vec<String> = rest.iter().map_while(word).take(MAX_NAME).collect();
        let named = (2..=row.len()).rev().find(|length| is_name(&row[..*length].join(" ")));
        let spoken = || {
            let spoken = subjects(&row, LIKELY).into_iter().map(|subject| subject.words);
            spoken.filter(|words| words.start == 0).map(|words| words.end).max()
        };
        let (group, others) = rest.split_at(named.or_else(spoken).unwrap_or(1).max(1));
        groups.extend(tree::all(group.to_vec()));
        rest = others;
    }
    groups
}

/// Whether a word, or words in a row, name a state, or several.
fn names_states(group: &Expression) -> bool {
    let words = match group {
        Expression::And(parts) => parts.iter().filter_map(word).collect::<Vec<_>>().join(" "),
        part => word(part).unwrap_or_default(),
    };
    meanings(&words).iter().any(|name| name.facet == Some(Facet::Jurisdiction))
}

/// The words of alternatives that are words or rows of them; `None` where other things are among them.
fn in_one_row(any: &[Expression]) -> Option<Vec<Expression>> {
    let mut row = Vec::with_capacity(any.len());
    for part in any {
        match part {
            Expression::Word(_) => row.push(part.clone()),
            Expression::And(parts) if is_question(part) => row.extend_from_slice(parts),
            _ => return None,
        }
    }
    Some(row)
}

/// Leaves out words that only hold others together, where there are others.
pub(super) fn drop_little(parts: &mut Vec<Expression>) {
    if !parts.iter().all(is_little) {
        parts.retain(|part| !is_little(part));
    }
}

/// The words of a question that are parts of names, or say more than what law does and where it stands; beside the name
/// of a law, more than what the field does.
fn without_common(parts: &[Expression], names: &[Widening]) -> Vec<Expression> {
    let is_stage = |name: &&Widening| name.facet.is_none() && stage_called(&name.words).is_some();
    let named = names.iter().filter(|name| !is_stage(name));
    let named: Vec<&str> = named.flat_map(|name| name.words.split(' ')).collect();
    let has_law = names.iter().any(|name| name.facet == Some(Facet::Instrument));
    let is_common = |part: &&Expression| {
        matches!(part, Expression::Word(word) if !named.contains(&word.as_str())
            && (is_function_word(word) || is_word_of_law(word) || stage_called(word).is_some()
                || has_law && is_of_the_field(word)))
    };
    parts.iter().filter(|part| !is_common(part)).cloned().collect()
}

/// Whether words are asked as people talk: several, and no sign among them that says how they are meant.
fn is_question(words: &Expression) -> bool {
    let is_word = |part: &Expression| matches!(part, Expression::Word(_));
    matches!(words, Expression::And(parts) if parts.iter().all(is_word))
}

/// The words of a question among what is asked, one word too; none if it is no question. What is left out and filters stand
/// beside it wherever they were typed, so that they take out of what it finds by itself.
pub(super) fn question(words: &Expression) -> Vec<Expression> {
    let parts = match words {
        Expression::And(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let asked: Vec<_> = parts.iter().filter(|part| !is_condition(part)).cloned().collect();
    let is_question = asked.iter().all(|part| matches!(part, Expression::Word(_)));
    if is_question { asked } else { Vec::new() }
}

/// Whether a part leaves out what it finds, or is a filter.
pub(super) fn is_condition(part: &Expression) -> bool {
    match part {
        Expression::Not(_) | Expression::Filter(..) => true,
        Expression::Or(any) => any.iter().all(|part| matches!(part, Expression::Filter(..))),
        _ => false,
    }
}

/// Whether a word only holds others together.
pub(crate) fn is_little(part: &Expression) -> bool {
    matches!(part, Expression::Word(word) if is_function_word(word))
}

/// Whether a part says what is looked for: one that only rules something out does not, nor do little words and words of law.
pub(crate) fn says_something(part: &Expression) -> bool {
    match part {
        Expression::Not(_) => false,
        Expression::Word(word) => !is_little(part) && !is_word_of_law(word),
        _ => true,
    }
}

/// Parts the words of a question, as they are searched, into those that an item must have, and those that it may do
/// without: words of law, and, of several about a topic or a law, those of the field; the latter are wanted where there are no others.
pub(crate) fn by_need(parts: &[Expression]) -> (Vec<&Expression>, Vec<&Expression>) {
    let is_prose = parts.len() >= PROSE && parts.iter().any(is_subject);
    let is_of_law = |part: &&Expression| {
        matches!(part, Expression::Word(word)
            if is_word_of_law(word) || is_prose && is_of_the_field(word))
    };
    let (of_law, others): (Vec<_>, Vec<_>) = parts.iter().partition(is_of_law);
    if others.is_empty() { (of_law, others) } else { (others, of_law) }
}

/// Whether a part, as it is searched, is a topic, or a law, which brings its topics with it.
fn is_subject(part: &Expression) -> bool {
    let Expression::Or(any) = part else { return false };
    let is_value =
        |part: &Expression| matches!(part, Expression::Filter(Facet::Topic | Facet::Instrument, _));
    any.iter().any(is_value)
}
