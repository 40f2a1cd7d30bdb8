//! One law under all its names: a name that stands among the words is searched under the others too.

use classifier::Instrument;

use super::Expression;
use crate::Facet;

/// How many words a name may have, and how many other names are searched.
const MAX_NAME: usize = 10;
const MAX_OTHERS: usize = 16;

/// A law's name that was found among the words, and what is searched besides it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Widening {
    /// The name as it was typed.
    pub words: String,
    /// The law: items that are about it are found, whatever they call it.
    pub instrument: Instrument,
    /// Its other names.
    pub names: Vec<String>,
}

/// The same words, each law's name with its other names beside it, and what was widened.
pub(super) fn widen(words: &Expression) -> (Expression, Vec<Widening>) {
    let mut found = Vec::new();
    let wide = expression(words, &mut found);
    (wide, found)
}

fn expression(part: &Expression, found: &mut Vec<Widening>) -> Expression {
    match part {
        Expression::Word(word) => named(std::slice::from_ref(word), part, found),
        Expression::Phrase(words) => named(words, part, found),
        Expression::And(parts) => Expression::And(in_a_row(parts, found)),
        Expression::Or(parts) => {
            Expression::Or(parts.iter().map(|part| expression(part, found)).collect())
        }
        // What is left out is left out by the word that was typed, and by no other.
        Expression::Not(_)
        | Expression::Prefix(_)
        | Expression::Near(..)
        | Expression::Filter(..) => part.clone(),
    }
}

/// Words in a row may be a name together: the longest counts.
fn in_a_row(parts: &[Expression], found: &mut Vec<Widening>) -> Vec<Expression> {
    let mut wide = Vec::new();
    let mut rest = parts;
    while let Some((first, others)) = rest.split_first() {
        let row: Vec<String> = rest.iter().map_while(word).take(MAX_NAME).collect();
        let named_row = (2..=row.len()).rev().find_map(|length| {
            let own = Expression::And(rest[..length].to_vec());
            Some((length, widened(&row[..length], own, found)?))
        });
        if let Some((length, name)) = named_row {
            wide.push(name);
            rest = &rest[length..];
        } else {
            wide.push(expression(first, found));
            rest = others;
        }
    }
    wide
}

fn word(part: &Expression) -> Option<String> {
    if let Expression::Word(word) = part { Some(word.clone()) } else { None }
}

fn named(words: &[String], own: &Expression, found: &mut Vec<Widening>) -> Expression {
    widened(words, own.clone(), found).unwrap_or_else(|| own.clone())
}

/// The law's other names, and the items about it, beside the words that name it.
fn widened(words: &[String], own: Expression, found: &mut Vec<Widening>) -> Option<Expression> {
    let words = words.join(" ");
    let instrument = Instrument::parse(&words)?;
    let names =
        std::iter::once(instrument.name()).chain(instrument.aliases().iter().map(String::as_str));
    let others = names.filter(|name| name.to_lowercase() != words.to_lowercase());
    let names: Vec<String> = others.take(MAX_OTHERS).map(str::to_owned).collect();
    let mut any = vec![own, Expression::Filter(Facet::Instrument, instrument.slug().to_owned())];
    any.extend(
        names
            .iter()
            .map(|name| Expression::Phrase(name.split_whitespace().map(str::to_owned).collect())),
    );
    found.push(Widening { words, instrument, names });
    Some(Expression::Or(any))
}
