//! The day that readers see.

use std::ops::Range;

use super::names::{CHANGED, OTHERS};
use super::{Search, mark};
use crate::Moment;
use crate::date;
use crate::extract::outline::Value;

/// Lines with numbers looked at.
const MAX_LINES: usize = 3000;
/// A visible date stands within so many places of the headline.
const NEAR: usize = 120;
/// Words of elements that never hold the article's date, even close to its headline.
const FOREIGN: [&str; 5] = ["comment", "current-date", "related", "joined", "postprofile"];
/// How far before a date a word of its own may stand that says whose it is, in places and in bytes.
const LABEL: (usize, usize) = (6, 40);

impl Search<'_, '_> {
    /// The date closest to the headline that says little else, below it or a little above.
    pub(super) fn near_headline(&self) -> Option<Moment> {
        let headline = self.headline?;
        let above = headline.saturating_sub(NEAR / 2)..headline;
        // The headline itself may tell another day, as that on which a law takes effect.
        let after = self.outline.end(headline);
        let own = |at: usize| !self.is_among(at, &FOREIGN);
        let lines = |range, letters| self.dated_lines(range, letters, &own);
        let far = |at: usize| if at < headline { headline - at } else { at - after };
        let below = lines(after..after + NEAR, 45).next();
        let above = lines(above, 25).last();
        let found = below.into_iter().chain(above).min_by_key(|(at, _)| far(*at));
        found.map(|(_, found)| found)
    }

    /// The day that is shown close to the headline; the one that was found, where it is shown at all.
    pub(super) fn near_headline_beside(&self, found: Moment) -> Option<Moment> {
        let headline = self.headline?;
        let range = headline.saturating_sub(NEAR / 2)..headline;
        let mut above = self.dated_lines(range, 25, &|_| true);
        let is_shown = above.any(|(_, seen)| seen.day() == found.day());
        if is_shown { Some(found) } else { self.near_headline() }
    }

    /// The dates of lines that say little else, within a range of places that are the article's own.
    fn dated_lines(
        &self,
        range: Range<usize>,
        letters: usize,
        own: &dyn Fn(usize) -> bool,
    ) -> impl Iterator<Item = (usize, Moment)> {
        self.numeric_lines(range).filter_map(move |(at, text)| {
            let found = self.read(&before_change(text))?;
            let is_own = date::fills(text, letters) && own(at) && !self.is_anothers(at, text);
            is_own.then_some((at, found))
        })
    }

    /// Lines with a number in them.
    fn numeric_lines(&self, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
        let range = range.start..range.end.min(self.outline.len());
        let lines = range.filter_map(|at| match self.outline.at(at).value {
            Value::Text(text) => Some((at, text.trim())),
            Value::Element(_) => None,
        });
        let numeric =
            lines.filter(|(_, text)| text.len() >= 6 && text.chars().any(char::is_numeric));
        numeric.take(MAX_LINES).filter(|(at, _)| {
            let parent = self.outline.name(self.outline.parent(*at));
            !matches!(parent, "script" | "style" | "noscript" | "title")
        })
    }

    /// Whether the line, or the word that stands alone before it, says that the date is that of a person, an event or
    /// a change.
    fn is_anothers(&self, at: usize, text: &str) -> bool {
        let says = |text: &str, words: &[&str]| {
            let lower = text.to_lowercase();
            words.iter().any(|word| lower.contains(word))
        };
        if says(date::head(text), &OTHERS) {
            return true;
        }
        let label = self.label_before(at).filter(|_| date::fills(text, 4));
        label.is_some_and(|label| says(label, &OTHERS) || says(label, &CHANGED))
    }

    /// The short text without a number that stands right before a place.
    fn label_before(&self, at: usize) -> Option<&str> {
        let mut texts = (at.saturating_sub(LABEL.0)..at).rev().filter_map(|at| {
            match self.outline.at(at).value {
                Value::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
                Value::Element(_) => None,
            }
        });
        texts.next().filter(|text| text.len() <= LABEL.1 && !text.chars().any(char::is_numeric))
    }

    /// Elements whose class or id speaks of a date.
    pub(super) fn marked(&self) -> Option<Moment> {
        self.facts.dates.iter().filter(|at| !self.is_aside(**at)).find_map(|at| {
            let line = self.outline.line(*at, 200);
            let is_own = date::fills(&line, 60) && !self.is_anothers(*at, &line);
            if is_own { self.read(&before_change(&line)) } else { None }
        })
    }

    /// A line that is little but a date, the first below the headline, else the first of all.
    pub(super) fn written(&self) -> Option<Moment> {
        let own = |at: usize| !self.is_aside(at);
        let any = |_: usize| true;
        let all = || 0..self.outline.len();
        let below = self.headline.unwrap_or(0)..self.outline.len();
        let found = self
            .dated_lines(below, 25, &own)
            .next()
            .or_else(|| self.dated_lines(all(), 25, &own).next())
            .or_else(|| self.dated_lines(all(), 12, &any).next())
            .or_else(|| self.dated_lines(all(), 40, &own).next());
        found.map(|(_, found)| found)
    }

    /// Any day that a text tells.
    pub(super) fn told(&self) -> Option<Moment> {
        let own = |at: usize| !self.is_aside(at);
        self.dated_lines(0..self.outline.len(), usize::MAX, &own).next().map(|(_, found)| found)
    }

    /// When the page says that it was changed, where it says nothing else: in a line or, as wikis do, at its foot.
    pub(super) fn changed(&self) -> Option<Moment> {
        let mut foot = self.facts.dates.iter().filter(|at| {
            self.outline.element(**at).and_then(mark).is_some_and(|mark| mark.contains("lastmod"))
        });
        let foot = || foot.find_map(|at| self.read(&self.outline.line(*at, 200)));
        let mut lines = self.numeric_lines(0..self.outline.len());
        let line = lines.find_map(|(at, text)| {
            self.read(text).filter(|_| date::fills(text, 60) && !self.is_aside(at))
        });
        line.or_else(foot)
    }
}

/// What stands before the word that says that the page was only changed on the date that follows.
fn before_change(text: &str) -> String {
    let lower = date::head(text).to_lowercase();
    let change = CHANGED.iter().filter_map(|word| lower.find(word)).min();
    lower[..change.unwrap_or(lower.len())].to_owned()
}
