//! `Words`: each word of the data files once, with all that it may mean.

use rustc_hash::FxHashMap;

use crate::dates::DateWord;
use crate::decide::developments::{Cue, Doubt};
use crate::gazetteer::Pattern;
use crate::{Instrument, Jurisdiction};

/// What a word may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sense {
    /// A jurisdiction's name.
    Name(Jurisdiction),
    /// What belongs to a jurisdiction.
    Demonym(Jurisdiction),
    /// A seat of government.
    Capital(Jurisdiction),
    /// What is hardly found outside a jurisdiction.
    Sign(Jurisdiction),
    /// An authority, by its row.
    Authority(u16),
    /// A law.
    Law(Instrument),
    /// A name that several laws bear.
    MaybeLaw(Instrument),
    /// A term by itself, by its number.
    Term(u32),
    /// A part of a term.
    Part(u32),
    /// What dates are made of.
    Date(DateWord),
    /// What tells of a dated act.
    Act(Cue),
    /// What measures are called.
    Measure,
    /// It says that something beside it did not happen, or may not be so.
    Doubt(Doubt),
    /// It says in a headline that the text explains or looks back.
    Explainer,
}

impl Sense {
    /// Whether it is a state, an authority or a law.
    pub(crate) fn is_name(&self) -> bool {
        !matches!(
            self,
            Self::Term(_)
                | Self::Part(_)
                | Self::Date(_)
                | Self::Act(_)
                | Self::Measure
                | Self::Doubt(_)
                | Self::Explainer
        )
    }
}

/// The patterns, and for each what it may mean.
#[derive(Debug, Default)]
pub(crate) struct Words {
    numbers: FxHashMap<String, u32>,
    patterns: Vec<Pattern>,
    senses: Vec<Vec<Sense>>,
}

impl Words {
    /// Adds a meaning of a word; gives the word's number.
    ///
    /// # Errors
    /// Says what is wrong with the word.
    pub(crate) fn add(&mut self, word: &str, sense: Sense) -> Result<u32, &'static str> {
        let id = match self.numbers.get(word) {
            Some(id) => *id,
            None => {
                let id = u32::try_from(self.patterns.len()).map_err(|_| "too many words")?;
                self.patterns.push(Pattern::new(word)?);
                self.senses.push(Vec::new());
                self.numbers.insert(word.to_owned(), id);
                id
            }
        };
        let senses = &mut self.senses[id as usize];
        if !senses.contains(&sense) {
            senses.push(sense);
        }
        Ok(id)
    }

    /// The words as the data files write them, in no order.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.numbers.keys().map(String::as_str)
    }

    /// The patterns and their meanings, by number.
    pub(crate) fn into_parts(self) -> (Vec<Pattern>, Vec<Vec<Sense>>) {
        (self.patterns, self.senses)
    }
}
