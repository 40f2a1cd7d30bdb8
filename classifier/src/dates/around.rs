//! What stands beside a word or a number and makes a day of it: `上周五`, `2025年7月15日`, `the last day of August`.

use chrono::NaiveDate;

use super::numbers::Number;
use super::phrase::{Phrases, Read, Token, What};
use super::resolve::{Form, Kind, dated};
use super::words::{DateWord, Lead, Unit, first_of, last_of};
use crate::development::When;

/// Eras by which years are counted, and the year before their first.
const ERAS: [(&str, u32); 4] = [("令和", 2018), ("平成", 1988), ("民國", 1911), ("民国", 1911)];

/// The years of eras that news speak of.
const YEARS: std::ops::Range<i32> = 1900..2060;

/// It has every day that there is.
pub(super) const LEAP: i32 = 2024;

/// What looks like a day, and is none.
const NEVER: Form = Form::Nothing(Kind::Day);

/// What a number of the week stands for behind `周`, Monday first.
const WEEK: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

/// Names of months that are other words too (`ley marco`, Italian `mai`): alone they are months behind a small word only.
const OTHER_WORDS: [&str; 4] = ["marco", "mai", "mars", "sept"];

impl Phrases<'_> {
    /// `2025年7月15日`, `7月15日`, `15日`.
    pub(super) fn east_asian(&self, first: Number) -> Option<Read> {
        let sign = |number: Number, signs: [char; 2]| {
            let next = self.text[number.end..].chars().next()?;
            signs.contains(&next).then(|| number.end + next.len_utf8())
        };
        if let Some(end) = sign(first, ['年', '년']) {
            let before = &self.text[..first.start];
            let era = ERAS.iter().find(|(name, _)| before.ends_with(name)).map(|(_, year)| year);
            if era.is_none() && !first.is_year() {
                return None;
            }
            let year = first.value.saturating_add(era.copied().unwrap_or_default());
            let year = Some(year.cast_signed()).filter(|year| YEARS.contains(year));
            let month = self.number_at(end);
            let month = month.and_then(|month| Some((month, sign(month, ['月', '월'])?)));
            let Some((month, end)) = month else {
                let date = year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
                let form = date.map_or(NEVER, |date| Form::Known(When::year(date)));
                return Some((form, end));
            };
            let (day, end) = self.day_of_month(end);
            let when = year.and_then(|year| dated(year, month.value, day));
            return Some((when.map_or(NEVER, Form::Known), end));
        }
        if let Some(end) = sign(first, ['月', '월']) {
            let (day, end) = self.day_of_month(end);
            let is_day = dated(LEAP, first.value, day).is_some();
            let form = if is_day { Form::Yearless(first.value, day) } else { NEVER };
            return Some((form, end));
        }
        let end = sign(first, ['日', '일']).filter(|_| first.is_day())?;
        Some((Form::DayOnly(first.value), end))
    }

    /// The day that stands at a byte, and where what was read ends.
    fn day_of_month(&self, at: usize) -> (Option<u32>, usize) {
        let day = self.number_at(at);
        let ended = day.and_then(|day| {
            let next = self.text[day.end..].chars().next().filter(|c| "日号號일".contains(*c))?;
            let value = if day.is_day() { day.value } else { 0 };
            Some((value, day.end + next.len_utf8()))
        });
        ended.map_or((None, at), |(day, end)| (Some(day), end))
    }

    /// `去年12月15日`, `上周五`, `last year`.
    pub(super) fn relative(&self, unit: Unit, offset: i32, end: usize) -> Read {
        let form = Form::Relative(unit, offset);
        if unit == Unit::Week {
            return self.day_of_week(offset, end).unwrap_or((form, end));
        }
        if unit != Unit::Year && unit != Unit::Month {
            return (form, end);
        }
        let Some(number) = self.number_at(end) else { return (form, end) };
        match self.east_asian(number) {
            Some((Form::Yearless(month, day), end)) if unit == Unit::Year => {
                (Form::InYear(offset, month, day), end)
            }
            Some((Form::DayOnly(day), end)) if unit == Unit::Month => {
                (Form::InMonth(offset, day), end)
            }
            _ => (form, end),
        }
    }

    /// `同年6月1日`, `later that year`.
    pub(super) fn same(&self, unit: Unit, offset: i32, end: usize) -> Read {
        let read = self.number_at(end).and_then(|number| self.east_asian(number));
        match read {
            Some((Form::Yearless(month, day), end)) if unit == Unit::Year => {
                (Form::Same(unit, offset, Some((month, day))), end)
            }
            Some((Form::DayOnly(day), end)) if unit == Unit::Month => {
                (Form::Same(unit, offset, Some((0, Some(day)))), end)
            }
            _ => (Form::Same(unit, offset, None), end),
        }
    }

    /// The weekday behind a week: `上周五`, `先週の金曜日`, `last week on Friday`.
    fn day_of_week(&self, offset: i32, end: usize) -> Option<Read> {
        let after = self.text.get(end..self.end)?;
        let first = after.chars().next()?;
        let number = WEEK.iter().position(|sign| *sign == first).or((first == '天').then_some(6));
        if let Some(number) = number
            && self.text[..end].ends_with(['周', '週'])
        {
            let day = u32::try_from(number + 1).ok()?;
            return Some((Form::InWeek(offset, day), end + first.len_utf8()));
        }
        let next = self.tokens.iter().find(|token| token.start >= end)?;
        let What::Word(DateWord::Weekday(day)) = next.what else { return None };
        let gap = self.text.get(end..next.start)?;
        matches!(gap, "" | " " | "の" | " on " | ", on ")
            .then_some((Form::InWeek(offset, day), next.end))
    }

    /// What stands behind a weekday: `Friday of next week`, `quarta-feira (15)`.
    pub(super) fn behind_weekday(&self, at: usize, day: u32) -> Option<Read> {
        let token = self.tokens.get(at)?;
        let next = self.tokens.get(at + 1)?;
        let gap = self.text.get(token.end..next.start)?;
        match next.what {
            What::Word(DateWord::Relative(Unit::Week, offset)) => {
                matches!(gap, " " | ", " | " of " | " de " | " del " | " da " | " der ")
                    .then_some((Form::InWeek(offset, day), next.end))
            }
            What::Number(number) if number.is_day() => {
                let is_told = gap == " (" && self.text[next.end..].starts_with(')');
                is_told.then_some((Form::DayOnly(number.value), next.end))
            }
            _ => None,
        }
    }

    /// `o dia 15`, of a month that is not told.
    pub(super) fn day_alone(&self, day: Number) -> Option<Read> {
        let before = self.text.get(self.start..day.start)?;
        let is_told = before.strip_suffix("dia ")?.ends_with(' ');
        let after = self.text[day.end..].chars().next();
        let is_alone = after.is_none_or(|c| !"/-%.".contains(c) && !c.is_alphanumeric());
        (is_told && is_alone && day.is_day()).then_some((Form::DayOnly(day.value), day.end))
    }

    /// `The 30th of this month`.
    pub(super) fn day_of_near_month(&self, at: usize, day: Number) -> Option<Read> {
        let next = self.tokens.get(at + 1)?;
        let What::Word(DateWord::Relative(Unit::Month, offset)) = next.what else { return None };
        (day.is_day() && self.joins(day.end, next.start))
            .then_some((Form::InMonth(offset, day.value), next.end))
    }

    /// The first or the last day that is told before a month, and where that begins: `the last day of August`.
    pub(super) fn edge(&self, month: usize) -> Option<(u32, usize)> {
        let before = self.text.get(self.start..month)?;
        let (day, length) = last_of(&self.calendar.edges, before)?;
        Some((day, self.start + before.trim_end().len() - length))
    }

    /// Whether a month stands behind a number that is no day of any (`99 June`).
    pub(super) fn is_day_of_none(&self, month: usize) -> bool {
        let before = month.checked_sub(1).and_then(|at| self.tokens.get(at));
        let Some(Token { what: What::Number(day), .. }) = before else { return false };
        let is_short = day.end - day.start <= 2 && !day.is_day();
        is_short && self.tokens.get(month).is_some_and(|month| self.joins(day.end, month.start))
    }

    /// Whether a date stands before a number that is no year (`1 June 20266`); it may be of something else (`on 1 June, 1200
    /// shops`).
    pub(super) fn is_before_no_year(&self, end: usize) -> bool {
        let after = self.text.get(end..self.end).unwrap_or_default();
        let year = after.trim_start_matches([' ', ',']);
        let start = end + after.len() - year.len();
        let behind = year.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = year.len() - behind.len();
        let is_year = self.number_at(start).is_some_and(|number| number.is_year());
        let is_year_like = after.starts_with(' ') && (digits > 4 || year.starts_with('0'));
        let counts = behind.trim_start().starts_with(char::is_alphanumeric);
        digits >= 4 && !is_year && (is_year_like || !counts)
    }

    /// Whether a number goes on (`June 20,000`).
    pub(super) fn is_in_thousands(&self, number: Number) -> bool {
        let after = self.text[number.end..].strip_prefix(',').unwrap_or_default();
        after.starts_with(|c: char| c.is_ascii_digit())
    }

    /// Whether what sounds like a month is another word.
    pub(super) fn is_other_word(&self, start: usize, end: usize) -> bool {
        let is_other = self.text.get(start..end).is_some_and(|word| OTHER_WORDS.contains(&word));
        is_other && last_of(&self.calendar.before, &self.text[self.start..start]).is_none()
    }

    /// Whether what would be a day of a month numbers a part of a law (`artigo 19 do Marco Civil`).
    pub(super) fn is_article(&self, day: usize, month: &Token) -> bool {
        let is_other = OTHER_WORDS.contains(&&self.text[month.start..month.end]);
        is_other && matches!(&self.text[day..month.start], " do " | " del " | " of ")
    }

    /// What says of a month, a weekday or a season which one it is.
    pub(super) fn which(&self, start: usize, end: usize) -> Option<i32> {
        let which = &self.calendar.which;
        let before = self.text.get(self.start..start).and_then(|text| last_of(which, text));
        before.map(|(which, _)| which).or_else(|| first_of(which, self.text.get(end..self.end)?))
    }

    /// What the word before a date or after it says of it.
    pub(super) fn lead(&self, start: usize, end: usize) -> Lead {
        let behind = self.text.get(end..self.end).unwrap_or_default();
        let before = self.text.get(self.start..start).unwrap_or_default();
        let is_owned = before.trim_end().ends_with("'s");
        first_of(&self.calendar.behind, behind)
            .or_else(|| self.lead_before(before))
            .unwrap_or(if is_owned { Lead::Named } else { Lead::None })
    }

    /// What the word before a date says of it, or the one before an hour (`until 5pm on`).
    fn lead_before(&self, before: &str) -> Option<Lead> {
        let leads = &self.calendar.before;
        let (lead, length) = last_of(leads, before).unzip();
        let mut rest = before.trim_end();
        if lead == Some(Lead::On) {
            rest = &rest[..rest.len() - length.unwrap_or_default()];
        } else if lead.is_some() {
            return lead;
        }
        let end = rest.trim_end().len();
        while let Some(((), length)) = last_of(&self.calendar.hours, hour(rest)) {
            rest = &hour(rest)[..hour(rest).len() - length];
        }
        let rest = hour(rest);
        let bound = last_of(leads, rest).filter(|_| rest.len() < end).map(|(lead, _)| lead);
        bound.filter(|lead| matches!(lead, Lead::Until | Lead::From)).or(lead)
    }
}

/// What stands before the numbers of an hour (`5`, `5pm`, `11:59 (`).
fn hour(text: &str) -> &str {
    let is_number = |c: char| c.is_ascii_digit() || " :.,()".contains(c);
    let text = text.trim_end_matches(is_number);
    let number = ["am", "pm", "h"].iter().find_map(|sign| text.strip_suffix(sign));
    let number = number.filter(|number| number.ends_with(|c: char| c.is_ascii_digit()));
    number.unwrap_or(text).trim_end_matches(is_number)
}
