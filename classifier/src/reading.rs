//! `Reading`: a text with everything in it that the data files know, and where it stands.

use crate::fold::Folded;
use crate::gazetteer::{Gazetteer, Hit};
use crate::{Evidence, Place, Text};

mod sentence;

pub(crate) use sentence::Sentence;

/// Characters of a headline and of a body that are read; what comes after decides nothing.
const TITLE_LIMIT: usize = 600;
const BODY_LIMIT: usize = 24_000;

/// Bytes of the body that count as its lead, up to the end of the sentence; in a short text, two fifths of it.
const LEAD: usize = 330;

/// How prominent a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Zone {
    Title,
    Lead,
    Body,
}

/// A word of the data files at one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) place: Place,
    pub(crate) zone: Zone,
    pub(crate) sentence: u32,
    pub(crate) hit: Hit,
}

/// A text that was read.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    text: &'a Text<'a>,
    title: Folded,
    body: Folded,
    /// The spans of the folded body that are no part of the story, in order.
    hidden: Vec<(usize, usize)>,
    marks: Vec<sentence::Mark>,
    /// Where the body's lead ends.
    lead: usize,
    /// By place, then by start.
    pub(crate) found: Vec<Found>,
}

impl<'a> Reading<'a> {
    /// Whether it is known to be in another language than most texts that were learnt from.
    pub(crate) fn is_foreign(&self) -> bool {
        self.text.language.is_some_and(|language| !language.starts_with("en"))
    }

    /// Reads a text. `is_leftover` says which patterns begin a paragraph that is no part of the story.
    pub(crate) fn new(
        text: &'a Text<'a>,
        gazetteer: &Gazetteer,
        is_leftover: impl Fn(u32) -> bool,
    ) -> Self {
        let title = Folded::new(text.title, TITLE_LIMIT);
        let body = Folded::new(text.body, BODY_LIMIT);
        let mut found = gazetteer
            .hits(&title)
            .into_iter()
            .map(|hit| Found { place: Place::Title, zone: Zone::Title, sentence: 0, hit })
            .collect::<Vec<_>>();
        found.sort_by_key(|found| found.hit.start);
        let mut hits = gazetteer.hits(&body);
        hits.sort_by_key(|hit| hit.start);
        let marks = sentence::marks(text.body, &body);
        let openers = hits.iter().filter(|hit| is_leftover(hit.pattern)).map(|hit| hit.start);
        let hidden = sentence::hidden(&marks, body.text.len(), openers);
        let limit = LEAD.min(body.text.len() * 2 / 5);
        let lead = sentence::lead(&marks, body.text.as_str(), limit);
        let mut current = 0;
        let mut skip = hidden.iter().peekable();
        for hit in hits {
            while marks.get(current + 1).is_some_and(|mark| mark.start <= hit.start) {
                current += 1;
            }
            while skip.peek().is_some_and(|(_, end)| *end <= hit.start) {
                skip.next();
            }
            if skip.peek().is_some_and(|(start, _)| *start <= hit.start) {
                continue;
            }
            let zone = if hit.start < lead { Zone::Lead } else { Zone::Body };
            let sentence = u32::try_from(current + 1).unwrap_or(u32::MAX);
            found.push(Found { place: Place::Text, zone, sentence, hit });
        }
        Self { text, title, body, hidden, marks, lead, found }
    }

    /// The headline and the sentences of the story, in order. They are cut finer than those that findings are numbered
    /// by, where the last word before a full stop is short.
    pub(crate) fn sentences(&self) -> Vec<Sentence> {
        let title = (Place::Title, Zone::Title, 0, self.title.text.len());
        let mut sentences = vec![Sentence::new(title)];
        let ends = self.marks.iter().skip(1).map(|mark| mark.start).chain([self.body.text.len()]);
        for (mark, end) in self.marks.iter().zip(ends) {
            let is_hidden = |(from, to): &(usize, usize)| *from <= mark.start && mark.start < *to;
            if self.hidden.iter().any(is_hidden) {
                continue;
            }
            let zone = if mark.start < self.lead { Zone::Lead } else { Zone::Body };
            let mut start = mark.start;
            for cut in sentence::stops(&self.body, mark.start, end).chain([end]) {
                sentences.push(Sentence::new((Place::Text, zone, start, cut)));
                start = cut;
            }
        }
        sentences
    }

    /// The very words between two bytes of a folded place, as evidence.
    pub(crate) fn evidence(&self, place: Place, start: usize, end: usize) -> Evidence {
        let (folded, source) = match place {
            Place::Title => (&self.title, self.text.title),
            Place::Text => (&self.body, self.text.body),
        };
        let quote = folded.quote(source, start, end).to_owned();
        let (start, end) = folded.span(start, end);
        Evidence { place, start, end, quote }
    }

    /// The folded words of a place.
    pub(crate) fn folded(&self, place: Place) -> &str {
        match place {
            Place::Title => &self.title.text,
            Place::Text => &self.body.text,
        }
    }

    /// The folded body without what is no part of the story, in stretches, each with the byte at which it begins.
    pub(crate) fn story(&self) -> impl Iterator<Item = (usize, &str)> {
        let starts = std::iter::once(0).chain(self.hidden.iter().map(|(_, end)| *end));
        let ends = self.hidden.iter().map(|(start, _)| *start).chain([self.body.text.len()]);
        starts.zip(ends).filter_map(|(start, end)| Some((start, self.body.text.get(start..end)?)))
    }

    /// What is known about the text.
    pub(crate) fn about(&self) -> &Text<'a> {
        self.text
    }
}
