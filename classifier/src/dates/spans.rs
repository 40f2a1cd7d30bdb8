//! Spans of time: which way they count, and from when. What counts from something that may happen at any time (`within 72 hours
//! of a breach`, `ninety days after the fortieth ratification`) is no date.

use super::phrase::Phrases;
use super::resolve::{Form, Kind, Since};
use super::words::{Lead, Unit, Way, last_of, leading};
use crate::gazetteer::unspaced;

/// How many words behind a span may name the act that it counts from.
const WORDS: usize = 4;

/// How many bytes before a span may, where scripts have no spaces.
const BEFORE: usize = 36;

/// How many bytes of a sentence are looked through for the act that was told.
const TOLD: usize = 600;

/// How many bytes may stand between a span and the date that it counts from.
const GAP: usize = 10;

impl Phrases<'_> {
    /// What a number of units says, if a word says which way it counts: `within 30 days`, `120 days after`. It begins at a
    /// byte, and its last token is given.
    pub(super) fn counted(&self, count: (u32, Unit), start: usize, last: usize) -> Option<Form> {
        let end = self.tokens.get(last)?.end;
        let (way, rest) = self.way(start, end)?;
        let since = match way {
            Way::Ago => Some(Since::Today),
            Way::Later => Some(Since::Named),
            Way::After | Way::In | Way::Within if self.is_unspaced(end) => {
                self.since_before(start, way, count.1)
            }
            Way::After => self.since(rest, start, (last, count.1)),
            Way::In | Way::Within => match leading(&self.calendar.anchors.links, rest) {
                Some(((), rest)) => self.since(rest, start, (last, count.1)),
                None => Some(Since::Today).filter(|_| way == Way::In),
            },
        };
        let (count, unit) = count;
        let span = since.map(|since| Form::Span(count, unit, way, since));
        Some(span.unwrap_or(Form::Nothing(Kind::Span)))
    }

    /// Whether a date follows that tells the same as a span before a byte: `60 days later, on 10 November`.
    pub(super) fn is_apposed(&self, end: usize) -> bool {
        let next = self.tokens.iter().position(|token| token.start >= end);
        let Some((next, token)) = next.and_then(|next| Some((next, self.tokens.get(next)?))) else {
            return false;
        };
        let gap = self.text.get(end..token.start).unwrap_or_default();
        let gap = leading(&self.calendar.ways, gap).map_or(gap, |(_, rest)| rest).trim();
        let Some(words) = gap.strip_prefix([',', '(', '，', '、', '（']) else { return false };
        let is_lead = |lead: Lead| matches!(lead, Lead::On | Lead::Until | Lead::From);
        let is_joined = words.trim().is_empty()
            || last_of(&self.calendar.before, words)
                .is_some_and(|(lead, length)| is_lead(lead) && length == words.trim().len());
        let day = self.day(next).filter(|_| is_joined);
        day.is_some_and(|(form, _)| form.kind() == Kind::Day)
    }

    /// Which way a number of units counts, and what stands behind the words that say so.
    fn way(&self, start: usize, end: usize) -> Option<(Way, &str)> {
        let ways = &self.calendar.ways;
        let behind = self.text.get(end..self.end)?;
        // `30 days in jail` counts nothing; where scripts have no spaces, `within` stands behind.
        let is_told = |(way, _): &(Way, &str)| {
            !matches!(way, Way::In | Way::Within)
                || !behind.trim_start().starts_with(|c: char| c.is_ascii())
        };
        leading(ways, behind).filter(is_told).or_else(|| {
            let (way, _) = last_of(ways, self.text.get(self.start..start)?)?;
            // `After 60 days`: nothing behind it says from when.
            Some((if way == Way::After { Way::Later } else { way }, behind))
        })
    }

    /// From when is counted what stands before some words, if they say: nothing, `that`, a date, or an act that was told.
    fn since(&self, rest: &str, start: usize, (last, unit): (usize, Unit)) -> Option<Since> {
        let anchors = &self.calendar.anchors;
        let is_end = rest.trim_start().chars().next().is_none_or(|c| !c.is_alphanumeric());
        if is_end || leading(&anchors.pronouns, rest).is_some() {
            return Some(Since::Named);
        }
        let at = self.end - rest.len();
        let next = (last + 1..self.tokens.len()).find(|next| self.tokens[*next].start >= at);
        if let Some(next) = next
            && self.tokens[next].start <= at + GAP
            && let Some((form, _)) = self.day(next)
        {
            let date = form.readings(self.base(&[])).first().copied();
            return date.filter(|date| date.is_day()).map(Since::Day);
        }
        let names = |stem: &&str| rest.split_whitespace().take(WORDS).any(|w| w.starts_with(*stem));
        self.told(names, start, unit)
    }

    /// The same where scripts have no spaces and what is counted from stands before: `自公布之日起30日后`.
    fn since_before(&self, start: usize, way: Way, unit: Unit) -> Option<Since> {
        let before = self.text.get(self.start..start)?;
        let Some(((), length)) = last_of(&self.calendar.anchors.links, before) else {
            return Some(Since::Before).filter(|_| way != Way::Within);
        };
        let end = before.trim_end().len() - length;
        let near = last_bytes(before.get(..end)?, BEFORE);
        self.told(|stem| near.contains(*stem), self.start + end - near.len(), unit)
    }

    /// The day that was named last, if an act that is named was told before a byte; what is counted in months may be counted
    /// from any such act, since a law that is passed is soon published.
    fn told(&self, is_named: impl Fn(&&str) -> bool, end: usize, unit: Unit) -> Option<Since> {
        let here = last_bytes(self.text.get(self.start..end)?, TOLD);
        let before = last_bytes(self.past.before.0, TOLD);
        let is_told = |stem: &String| before.contains(stem) || here.contains(stem);
        let acts = &self.calendar.anchors.acts;
        let is_rough = matches!(unit, Unit::Month | Unit::Year);
        let all = acts.iter().flat_map(|(_, told)| told).any(is_told);
        let found = acts.iter().any(|(names, told)| {
            let is_act = names.iter().any(|name| is_named(&name.as_str()));
            is_act && (is_rough && all || told.iter().any(is_told))
        });
        found.then_some(Since::Named)
    }

    /// Whether what stands before a byte is of a script without spaces.
    fn is_unspaced(&self, at: usize) -> bool {
        self.text[..at].chars().next_back().is_some_and(unspaced)
    }
}

/// The last so many bytes of a text, or a few less where that would cut a character.
fn last_bytes(text: &str, count: usize) -> &str {
    let from = text.len().saturating_sub(count);
    let from = (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    &text[from..]
}
