//! The dates of a sentence, from its numbers and words.

use chrono::NaiveDate;

use super::around::LEAP;
use super::numbers::{Number, numbers};
use super::resolve::{Base, Form, Kind, dated};
use super::words::{Calendar, DateWord, Lead, Unit, Way, last_of};
use crate::development::When;
use crate::reading::Sentence;

/// A date that a sentence tells, in bytes of its folded place.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    pub(crate) lead: Lead,
    /// The dates that it may mean, the past one first; two at most, and none if there is no such day.
    pub(crate) readings: Vec<When>,
}

/// What is known before a sentence is read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Past<'a> {
    /// When the text was published.
    pub(crate) published: Option<NaiveDate>,
    /// The sentence before it, and the day that it named last.
    pub(crate) before: (&'a str, Option<NaiveDate>),
    /// The date that was named last, wherever.
    pub(crate) named: Option<When>,
}

impl<'a> Past<'a> {
    /// What is known after a sentence.
    pub(crate) fn after(self, sentence: &'a str, mentions: &[Mention]) -> Self {
        let told = || mentions.iter().rev().filter_map(|mention| mention.readings.first().copied());
        let day = told().find(|when| when.is_day()).map(When::first);
        Self { before: (sentence, day), named: told().next().or(self.named), ..self }
    }
}

/// A word of dates, and where it stands.
pub(crate) type Placed = (DateWord, usize, usize);

#[derive(Debug, Clone, Copy)]
pub(super) enum What {
    Number(Number),
    Word(DateWord),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) what: What,
}

pub(super) struct Phrases<'a> {
    pub(super) calendar: &'a Calendar,
    pub(super) text: &'a str,
    numbers: Vec<Number>,
    pub(super) tokens: Vec<Token>,
    /// Where the sentence begins and ends.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) past: Past<'a>,
}

/// What was read: what it says, and the byte at which it ends.
pub(super) type Read = (Form, usize);

/// All dates of a sentence, in order. `words` are those of the sentence, in order.
pub(crate) fn mentions(
    calendar: &Calendar,
    text: &str,
    sentence: &Sentence,
    words: &[Placed],
    past: Past<'_>,
) -> Vec<Mention> {
    let (start, end) = (sentence.start, sentence.end);
    let numbers = numbers(text, start, end);
    let tokens = tokens(&numbers, words);
    let phrases = Phrases { calendar, text, numbers, tokens, start, end, past };
    phrases.all()
}

/// Numbers and words in order; where they overlap, the first and longest counts.
fn tokens(numbers: &[Number], words: &[Placed]) -> Vec<Token> {
    let numbers = numbers.iter().map(|number| {
        let Number { start, end, .. } = *number;
        Token { start, end, what: What::Number(*number) }
    });
    let words = words.iter().map(|(word, start, end)| Token {
        start: *start,
        end: *end,
        what: What::Word(*word),
    });
    let mut tokens = numbers.chain(words).collect::<Vec<_>>();
    tokens.sort_by_key(|token| (token.start, usize::MAX - token.end));
    let mut end = 0;
    tokens.retain(|token| {
        let is_free = token.start >= end;
        if is_free {
            end = token.end;
        }
        is_free
    });
    tokens
}

impl Phrases<'_> {
    fn all(&self) -> Vec<Mention> {
        let mut mentions = Vec::<Mention>::new();
        let mut at = 0;
        while let Some(token) = self.tokens.get(at) {
            let Some((start, form, end)) = self.read(at) else {
                at += 1;
                continue;
            };
            if form.kind() == Kind::Span && self.is_apposed(end) {
                at += 1;
                continue;
            }
            let which =
                matches!(form, Form::Yearless(_, None) | Form::Weekday(_) | Form::Season(_))
                    .then(|| self.which(start, end))
                    .flatten();
            let lead = self.lead(start, end);
            // `Within six months`, `has six months`: until then.
            let is_bound = matches!(form, Form::Span(_, _, Way::In | Way::Within, _));
            let lead = if is_bound && lead == Lead::None { Lead::Until } else { lead };
            // `By Friday` looks ahead.
            let is_ahead = lead == Lead::Until && matches!(form, Form::Weekday(_));
            let which = which.or(is_ahead.then_some(1));
            let readings = form.readings(Base { which, ..self.base(&mentions) });
            // A day that is none is kept: what a sentence dates so is not news without a date.
            if !readings.is_empty() || form == Form::Nothing(Kind::Day) {
                mentions.push(Mention { start, end, kind: form.kind(), lead, readings });
            }
            let end = end.max(token.end);
            while self.tokens.get(at).is_some_and(|token| token.start < end) {
                at += 1;
            }
            // The weekday of a date says nothing new.
            let is_weekday = |token: &Token| matches!(token.what, What::Word(DateWord::Weekday(_)));
            if form.kind() == Kind::Day
                && self.tokens.get(at).is_some_and(|next| is_weekday(next) && next.start < end + 3)
            {
                at += 1;
            }
        }
        mentions
    }

    /// From what the next date is counted.
    pub(super) fn base(&self, mentions: &[Mention]) -> Base {
        let past = self.past.after("", mentions);
        Base {
            published: past.published,
            before: mentions.last().and_then(|mention| mention.readings.first().copied()),
            day: past.before.1.or(self.past.before.1),
            named: past.named,
            which: None,
        }
    }

    /// The phrase that begins with a token, with the byte at which it begins.
    pub(super) fn read(&self, at: usize) -> Option<(usize, Form, usize)> {
        let token = self.tokens.get(at)?;
        let start = token.start;
        match token.what {
            What::Number(number) => self.number(at, number).map(|(form, end)| (start, form, end)),
            What::Word(DateWord::Month(month)) => {
                if let Some((day, start)) = self.edge(start) {
                    let (form, end) = self.with_year(at, month, Some(day), token.end);
                    return Some((start, form, end));
                }
                if self.is_day_of_none(at) {
                    return Some((start, Form::Nothing(Kind::Day), token.end));
                }
                self.month_first(at, month).map(|(form, end)| (start, form, end))
            }
            What::Word(DateWord::Weekday(day)) => {
                if let Some((form, end)) = self.behind_weekday(at, day) {
                    return Some((start, form, end));
                }
                let next = self.tokens.get(at + 1).filter(|next| next.start < token.end + 8);
                let date = next.and_then(|next| match next.what {
                    What::Word(DateWord::Weekday(_)) => None,
                    _ => self.day(at + 1),
                });
                let date = date.filter(|(form, _)| form.kind() == Kind::Day);
                let (form, end) = date.unwrap_or((Form::Weekday(day), token.end));
                Some((start, form, end))
            }
            What::Word(DateWord::Named(month, day)) => {
                let (form, end) = self.with_year(at, month, Some(day), token.end);
                Some((start, form, end))
            }
            What::Word(DateWord::Same(unit, offset)) => {
                let (form, end) = self.same(unit, offset, token.end);
                Some((start, form, end))
            }
            What::Word(DateWord::Season(first)) => Some((start, Form::Season(first), token.end)),
            What::Word(DateWord::Following) => Some((start, Form::Following, token.end)),
            What::Word(DateWord::Relative(Unit::Month, offset)) if self.edge(start).is_some() => {
                let (day, start) = self.edge(start)?;
                Some((start, Form::InMonth(offset, day), token.end))
            }
            What::Word(DateWord::Relative(unit, offset)) => {
                let (form, end) = self.relative(unit, offset, token.end);
                Some((start, form, end))
            }
            What::Word(DateWord::Unit(unit)) => {
                let before = self.text.get(self.start..start)?;
                let (count, length) = last_of(&self.calendar.counts, before)?;
                let first = self.start + before.trim_end().len() - length;
                Some((first, self.counted((count, unit), first, at)?, token.end))
            }
        }
    }

    /// The phrase that begins with a number.
    fn number(&self, at: usize, number: Number) -> Option<Read> {
        self.numeric(number)
            .or_else(|| self.day_first(at, number))
            .or_else(|| self.day_of_near_month(at, number))
            .or_else(|| self.span(at, number))
            .or_else(|| self.east_asian(number))
            .or_else(|| self.day_alone(number))
            .or_else(|| self.year(at, number))
    }

    /// The day that begins with a token, told in full or counted from publication alone.
    pub(super) fn day(&self, at: usize) -> Option<Read> {
        match self.tokens.get(at)?.what {
            What::Number(number) => self
                .numeric(number)
                .or_else(|| self.day_first(at, number))
                .or_else(|| self.east_asian(number)),
            What::Word(
                DateWord::Month(_)
                | DateWord::Named(..)
                | DateWord::Relative(..)
                | DateWord::Weekday(_),
            ) => self.read(at).map(|(_, form, end)| (form, end)),
            What::Word(
                DateWord::Unit(_) | DateWord::Season(_) | DateWord::Following | DateWord::Same(..),
            ) => None,
        }
    }

    /// `2025-07-15`, `15.07.2025`, `15/07/2025`; where the first two may be either, the day comes first.
    fn numeric(&self, first: Number) -> Option<Read> {
        let separator = self.text[first.end..].chars().next().filter(|c| "-./".contains(*c))?;
        let second = self.number_at(first.end + 1).filter(|next| next.start == first.end + 1)?;
        let third = self.text[second.end..]
            .starts_with(separator)
            .then(|| self.number_at(second.end + 1))
            .flatten()?;
        let date = if first.is_year() {
            NaiveDate::from_ymd_opt(first.value.cast_signed(), second.value, third.value)
        } else if third.is_year() {
            let year = third.value.cast_signed();
            NaiveDate::from_ymd_opt(year, second.value, first.value)
                .or_else(|| NaiveDate::from_ymd_opt(year, first.value, second.value))
        } else {
            return None;
        };
        let form = date.map_or(Form::Nothing(Kind::Day), |date| Form::Known(When::day(date)));
        Some((form, third.end))
    }

    /// `15 July 2025`, `15. Juli`, `15 de julio del año pasado`.
    fn day_first(&self, at: usize, day: Number) -> Option<Read> {
        let next = self.tokens.get(at + 1)?;
        let What::Word(DateWord::Month(month)) = next.what else { return None };
        let is_other = self.is_day_behind(at + 1) || self.is_article(day.end, next);
        if !day.is_day() || is_other || !self.joins(day.end, next.start) {
            return None;
        }
        Some(self.with_year(at + 1, month, Some(day.value), next.end))
    }

    /// Whether a month has its day and year behind it (`3 November 10, 2027`): a number before it is another matter.
    fn is_day_behind(&self, month: usize) -> bool {
        let [month, day, year] = [month, month + 1, month + 2].map(|at| self.tokens.get(at));
        let (Some(month), Some(day), Some(year)) = (month, day, year) else { return false };
        let is_day = matches!(day.what, What::Number(day) if day.is_day());
        let is_year = matches!(year.what, What::Number(year) if year.is_year());
        is_day
            && is_year
            && &self.text[month.end..day.start] == " "
            && matches!(&self.text[day.end..year.start], ", " | " ")
    }

    /// `July 15, 2025`, `July 2025`, `July`.
    fn month_first(&self, at: usize, month: u32) -> Option<Read> {
        let token = self.tokens.get(at)?;
        let next = self.tokens.get(at + 1);
        if self.is_other_word(token.start, token.end) {
            return None;
        }
        if let Some(Token { what: What::Number(day), .. }) = next
            && day.is_day()
            && matches!(&self.text[token.end..day.start], " " | ". " | " the ")
            && !self.is_in_thousands(*day)
        {
            return Some(self.with_year(at + 1, month, Some(day.value), day.end));
        }
        Some(self.with_year(at, month, None, token.end))
    }

    /// A month, with its day or without, and the year that the token after `at` may tell.
    fn with_year(&self, at: usize, month: u32, day: Option<u32>, end: usize) -> Read {
        if self.is_before_no_year(end) || dated(LEAP, month, day).is_none() {
            return (Form::Nothing(Kind::Day), end);
        }
        let next = self.tokens.get(at + 1).filter(|next| self.joins(end, next.start));
        match next.map(|next| (next.what, next.end)) {
            Some((What::Number(year), end)) if year.is_year() => {
                let when = dated(year.value.cast_signed(), month, day);
                (when.map_or(Form::Nothing(Kind::Day), Form::Known), end)
            }
            Some((What::Word(DateWord::Same(Unit::Year, offset)), end)) => {
                (Form::Same(Unit::Year, offset, Some((month, day))), end)
            }
            Some((What::Word(DateWord::Relative(Unit::Year, offset)), end)) => {
                (Form::InYear(offset, month, day), end)
            }
            _ => (Form::Yearless(month, day), end),
        }
    }

    /// `within 30 days`, `120 days after`.
    fn span(&self, at: usize, count: Number) -> Option<Read> {
        let next = self.tokens.get(at + 1)?;
        let What::Word(DateWord::Unit(unit)) = next.what else { return None };
        let gap = self.text.get(count.end..next.start)?;
        let is_joined = matches!(gap, "" | " " | "-" | " calendar " | " working " | "th " | ". ");
        if !is_joined || count.is_year() {
            return None;
        }
        Some((self.counted((count.value, unit), count.start, at + 1)?, next.end))
    }

    /// A year alone, where a word before it or after it says that it is one.
    fn year(&self, at: usize, year: Number) -> Option<Read> {
        let after = self.text[year.end..].chars().next();
        let is_alone = after.is_none_or(|c| !"/-%".contains(c) && !c.is_alphanumeric());
        let next = self.tokens.get(at + 1).filter(|next| next.start == year.end + 1);
        let is_unit =
            next.is_some_and(|next| matches!(next.what, What::Word(DateWord::Unit(Unit::Year))));
        let is_told = match self.lead(year.start, year.end) {
            Lead::None => is_unit,
            // `The 2018 act`, but not `the 2000`.
            Lead::Named => self.text[year.end..].starts_with(' '),
            _ => true,
        };
        let is_year = year.is_year() && is_alone && is_told;
        let date = NaiveDate::from_ymd_opt(year.value.cast_signed(), 1, 1)?;
        is_year.then(|| (Form::Known(When::year(date)), year.end))
    }

    /// The number that begins at a byte, or after the space there.
    pub(super) fn number_at(&self, at: usize) -> Option<Number> {
        let at = if self.text[at..].starts_with(' ') { at + 1 } else { at };
        self.numbers.iter().find(|number| number.start == at).copied()
    }

    /// Whether the parts of one date may be joined by what stands between two bytes.
    pub(super) fn joins(&self, from: usize, to: usize) -> bool {
        let gap = self.text.get(from..to).unwrap_or_default();
        if gap.len() > 12 {
            return false;
        }
        let mut words = gap.split([' ', ',', '.']).filter(|word| !word.is_empty());
        words.all(|word| {
            matches!(
                word,
                "st" | "nd"
                    | "rd"
                    | "th"
                    | "er"
                    | "o"
                    | "a"
                    | "°"
                    | "of"
                    | "de"
                    | "del"
                    | "do"
                    | "the"
            )
        })
    }
}
