//! Written dates to moments: mail, feed and ISO forms, and those that people write in many languages.
//!
//! Nothing here needs to know the language: month names are told apart by themselves. Only `5/6/2017` is unsure;
//! it is read day first, as most of the world does, unless the caller knows better.

mod calendar;
mod scan;
mod words;

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeZone};

use self::calendar::{YEARS, day, full_year};
use self::scan::{Token, scan};
use crate::Moment;

/// A date that begins later in a text than this belongs to something else.
const MOST: usize = 300;

/// What `5/6/2017` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// The fifth of June.
    DayFirst,
    /// The sixth of May.
    MonthFirst,
}

/// What a time without a zone means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Zoneless {
    /// Feeds that leave the zone out nearly always mean UTC.
    Utc,
    /// On a page it may be any clock: the day is all that is known.
    Unknown,
}

/// The first date in a text that a machine or a person wrote as one; a time without a zone is taken as UTC.
pub(crate) fn parse(text: &str) -> Option<Moment> {
    let text = head(text.trim());
    let found = first(&scan(text), Order::DayFirst, Zoneless::Utc);
    found.map(|found| found.moment).or_else(|| partial(text))
}

/// The first date in a page's text; a time without a zone leaves the bare day.
pub(crate) fn find(text: &str, order: Order) -> Option<Moment> {
    first(&scan(head(text)), order, Zoneless::Unknown).map(|found| found.moment)
}

/// Whether a text is nothing but a date, give or take a few letters (`Published on 5 June 2017`).
pub(crate) fn fills(text: &str, letters: usize) -> bool {
    let tokens = scan(head(text));
    let Some(found) = first(&tokens, Order::DayFirst, Zoneless::Unknown) else { return false };
    let (before, after) = (&tokens[..found.start], &tokens[found.end..]);
    let beside: usize = before.iter().chain(after).map(Token::letters).sum();
    text.len() <= MOST && beside <= letters
}

/// As much of a text as is looked at.
pub(crate) fn head(text: &str) -> &str {
    let mut end = text.len().min(MOST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A year or a month alone (W3CDTF, as feeds use it) counts from its first day.
fn partial(text: &str) -> Option<Moment> {
    let (year, month) = text.split_once('-').unwrap_or((text, "1"));
    if year.len() != 4 || month.len() > 2 {
        return None;
    }
    day(year.parse().ok()?, month.parse().ok()?, 1).map(Moment::Day)
}

/// A date and the tokens that it covers.
struct Found {
    moment: Moment,
    start: usize,
    end: usize,
}

fn first(tokens: &[Token], order: Order, zoneless: Zoneless) -> Option<Found> {
    (0..tokens.len()).find_map(|start| {
        let (day, end) = date_at(tokens, start, order)?;
        let (moment, end) = with_time(tokens, day, end, zoneless);
        Some(Found { moment, start, end })
    })
}

/// A date that starts with this very token, and where it ends.
fn date_at(tokens: &[Token], start: usize, order: Order) -> Option<(NaiveDate, usize)> {
    // The end of a longer number or of a version is no date.
    let glued = start >= 2
        && matches!(tokens[start - 1], Token::Mark('.' | '/' | '-'))
        && matches!(tokens[start - 2], Token::Number { .. });
    match tokens[start] {
        Token::Number { .. } if glued => None,
        Token::Number { value, digits: 8 } => {
            let found = day((value / 10_000) as i32, value / 100 % 100, value % 100)?;
            Some((found, start + 1))
        }
        Token::Number { .. } => marked(tokens, start, order)
            .or_else(|| east_asian(tokens, start, 0))
            .or_else(|| day_then_month(tokens, start))
            .or_else(|| year_then_month(tokens, start))
            .or_else(|| year_then_day(tokens, start)),
        Token::Month(month) => month_then_day(tokens, start, month),
        Token::Era(offset) => east_asian(tokens, start + 1, offset),
        Token::Weekday
        | Token::Filler
        | Token::MonthSign
        | Token::Second
        | Token::Word { .. }
        | Token::Zone(_)
        | Token::Half(_)
        | Token::Mark(_) => None,
    }
}

/// `2017-06-01`, `01.06.2017`, `1/6/17`.
fn marked(tokens: &[Token], at: usize, order: Order) -> Option<(NaiveDate, usize)> {
    let [Token::Number { value: a, digits: long }, Token::Mark(mark), rest @ ..] = &tokens[at..]
    else {
        return None;
    };
    let rest = spaced(rest);
    let [Token::Number { value: b, .. }, Token::Mark(again), tail @ ..] = rest else { return None };
    let tail = spaced(tail);
    let [Token::Number { value: c, digits }, after @ ..] = tail else { return None };
    if mark != again || !matches!(mark, '-' | '/' | '.' | '\u{2011}' | '\u{2010}' | '\u{2013}') {
        return None;
    }
    let end = tokens.len() - after.len();
    if matches!(after, [Token::Mark('.' | '-' | '/'), Token::Number { .. }, ..]) && *mark == '.' {
        return None;
    }
    let found = match (long, digits) {
        (4, 1..=2) => day(*a as i32, *b, *c),
        (1..=2, 4) | (1..=2, 2) => {
            let year = full_year(*c, *digits);
            let (d, m) =
                if order == Order::MonthFirst && *mark != '.' { (*b, *a) } else { (*a, *b) };
            day(year, m, d).or_else(|| day(year, d, m))
        }
        _ => None,
    };
    found.map(|found| (found, end))
}

/// Spaces around the marks of a date are common in some languages (`1. 6. 2017`).
fn spaced(tokens: &[Token]) -> &[Token] {
    match tokens {
        [Token::Mark(' '), rest @ ..] => rest,
        _ => tokens,
    }
}

/// `2017年6月1日`, `2017년 6월 1일`, with an era `平成29年6月1日`.
fn east_asian(tokens: &[Token], at: usize, era: u32) -> Option<(NaiveDate, usize)> {
    let mut values = [0; 3];
    let mut next = at;
    for (slot, marks) in values.iter_mut().zip([['年', '년'], ['月', '월'], ['日', '일']]) {
        next += usize::from(matches!(tokens.get(next), Some(Token::Mark(' '))));
        let Some(Token::Number { value, digits: 1..=4 }) = tokens.get(next) else { return None };
        *slot = *value;
        next += 1;
        next += usize::from(matches!(tokens.get(next), Some(Token::Mark(' '))));
        match tokens.get(next) {
            Some(Token::Mark(mark))
                if marks.contains(mark) || (*mark == '号' && marks[0] == '日') =>
            {
                next += 1
            }
            _ => return None,
        }
    }
    let [year, month, date] = values;
    day((year + era) as i32, month, date).map(|found| (found, next))
}

/// `5 June 2017`, `5. Juni 2017`, `5 de junio de 2017`, `05-Jun-17`, `1st of June, 2017`.
fn day_then_month(tokens: &[Token], at: usize) -> Option<(NaiveDate, usize)> {
    let Token::Number { value: date, digits: 1..=2 } = tokens[at] else { return None };
    let next = past_fillers(tokens, at + 1);
    let Some(Token::Month(month)) = tokens.get(next) else { return None };
    let mut next = past_fillers(tokens, next + 1);
    // Some write the month in two calendars' names, `تموز/يوليو`.
    if matches!(tokens.get(next), Some(Token::Month(again)) if again == month) {
        next = past_fillers(tokens, next + 1);
    }
    let Some(Token::Number { value: year, digits }) = tokens.get(next) else { return None };
    // `5 June 14:30` has no year.
    if matches!(tokens.get(next + 1), Some(Token::Mark(':'))) {
        return year_after_time(tokens, next, *month, date);
    }
    day(full_year(*year, *digits), *month, date).map(|found| (found, next + 1))
}

/// `June 5, 2017`, `Jun 5 16:29:06 PST 2017`.
fn month_then_day(tokens: &[Token], at: usize, month: u32) -> Option<(NaiveDate, usize)> {
    let next = past_fillers(tokens, at + 1);
    let Some(Token::Number { value: date, digits: 1..=2 }) = tokens.get(next) else { return None };
    let mut after = past_fillers(tokens, next + 1);
    if matches!(tokens.get(after), Some(Token::Weekday)) {
        after = past_fillers(tokens, after + 1);
    }
    match tokens.get(after) {
        Some(Token::Number { value: year, digits: 4 }) => {
            day(*year as i32, month, *date).map(|found| (found, after + 1))
        }
        Some(Token::Number { .. }) => year_after_time(tokens, after, month, *date),
        _ => None,
    }
}

/// The year at the end, as in C's `asctime`; the time is found again by [`with_time`] only when it follows.
fn year_after_time(
    tokens: &[Token],
    at: usize,
    month: u32,
    date: u32,
) -> Option<(NaiveDate, usize)> {
    let (_, mut next) = clock(tokens, at)?;
    next = past_fillers(tokens, next);
    if let Some(Token::Zone(_)) = tokens.get(next) {
        next = past_fillers(tokens, next + 1);
    }
    let Some(Token::Number { value: year, digits: 4 }) = tokens.get(next) else { return None };
    day(*year as i32, month, date).map(|found| (found, at))
}

/// `2017 June 5`, `2017. június 5.`.
fn year_then_month(tokens: &[Token], at: usize) -> Option<(NaiveDate, usize)> {
    let Token::Number { value: year, digits: 4 } = tokens[at] else { return None };
    let next = past_fillers(tokens, at + 1);
    let Some(Token::Month(month)) = tokens.get(next) else { return None };
    let next = past_fillers(tokens, next + 1);
    let Some(Token::Number { value: date, digits: 1..=2 }) = tokens.get(next) else { return None };
    day(year as i32, *month, *date).map(|found| (found, next + 1))
}

/// `2017. gada 5. jūnijs`; a year that follows would be that of the day.
fn year_then_day(tokens: &[Token], at: usize) -> Option<(NaiveDate, usize)> {
    let Token::Number { value: year, digits: 4 } = tokens[at] else { return None };
    let next = past_fillers(tokens, at + 1);
    let Some(Token::Number { value: date, digits: 1..=2 }) = tokens.get(next) else { return None };
    let next = past_fillers(tokens, next + 1);
    let Some(Token::Month(month)) = tokens.get(next) else { return None };
    let after = past_fillers(tokens, next + 1);
    if matches!(tokens.get(after), Some(Token::Number { digits: 4, .. })) {
        return None;
    }
    day(year as i32, *month, *date).map(|found| (found, next + 1))
}

/// Little words and marks between the parts of a date, five at most.
fn past_fillers(tokens: &[Token], from: usize) -> usize {
    let filler = |token: &&Token| {
        matches!(
            token,
            Token::Filler
                | Token::Mark(' ' | ',' | '.' | '-' | '/' | '\'' | '’' | '،' | '°' | '\u{2013}')
        )
    };
    from + tokens[from.min(tokens.len())..].iter().take(5).take_while(filler).count()
}

/// Adds the time that follows a date, if one does and its zone is known.
fn with_time(tokens: &[Token], day: NaiveDate, end: usize, zoneless: Zoneless) -> (Moment, usize) {
    let between = |token: &&Token| {
        matches!(
            token,
            Token::Filler
                | Token::Weekday
                | Token::Mark(' ' | ',' | '|' | '-' | '–' | '(' | ')' | '.' | '•' | '·')
        )
    };
    let from = end + tokens[end..].iter().take(6).take_while(between).count();
    let Some((time, mut next)) = clock(tokens, from) else { return (Moment::Day(day), end) };
    let spaces = tokens[next..]
        .iter()
        .take(3)
        .take_while(|token| matches!(token, Token::Mark(' ' | '(' | ',')))
        .count();
    let offset = match offset(&tokens[next + spaces..]) {
        Some((offset, length)) => {
            next += spaces + length;
            Some(offset)
        }
        None if zoneless == Zoneless::Utc => FixedOffset::east_opt(0),
        None => None,
    };
    match offset.and_then(|offset| at(offset, day.and_time(time))) {
        Some(time) => (Moment::Time(time), next),
        None => (Moment::Day(day), next),
    }
}

/// `None` where the instant would leave the years that can be told.
fn at(offset: FixedOffset, local: NaiveDateTime) -> Option<DateTime<FixedOffset>> {
    if !YEARS.contains(&local.year()) {
        return None;
    }
    offset.from_local_datetime(&local).single()
}

/// `14:30`, `14:30:05.123`, `2.30 pm`, `14h30`, `14時30分`, `T1430`; where it ends.
fn clock(tokens: &[Token], at: usize) -> Option<(NaiveTime, usize)> {
    let Token::Number { value: hour, digits } = *tokens.get(at)? else { return None };
    let compact = at > 0 && matches!(tokens[at - 1], Token::Filler);
    if compact && (digits == 4 || digits == 6) {
        let (hour, minute, second) = if digits == 4 {
            (hour / 100, hour % 100, 0)
        } else {
            (hour / 10_000, hour / 100 % 100, hour % 100)
        };
        return Some((NaiveTime::from_hms_opt(hour, minute, second)?, at + 1));
    }
    let mut hour = hour;
    let (mut minute, mut second, mut next) = (0, 0, at + 1);
    match &tokens[next..] {
        [Token::Mark(':' | '時' | '时' | '点' | '시' | 'h' | '.'), rest @ ..] => {
            if let [Token::Number { value, digits: 2 }, ..] = spaced(rest) {
                minute = *value;
                next = tokens.len() - spaced(rest).len() + 1;
            } else if matches!(tokens[next], Token::Mark('.' | ':')) {
                return None;
            } else {
                next += 1;
            }
        }
        [Token::Mark(' '), Token::Half(_), ..] | [Token::Half(_), ..] => {}
        _ => return None,
    }
    if let [Token::Mark(':'), Token::Number { value, digits: 1..=2 }, ..] = &tokens[next..] {
        (second, next) = (*value, next + 2);
        if let [Token::Mark('.' | ','), Token::Number { digits: 3.., .. }, ..] = &tokens[next..] {
            next += 2;
        }
    }
    let spaces = usize::from(matches!(tokens.get(next), Some(Token::Mark(' '))));
    if let Some(Token::Half(half)) = tokens.get(next + spaces) {
        hour = hour % 12 + half;
        next += spaces + 1;
    }
    Some((NaiveTime::from_hms_opt(hour, minute, second.min(59))?, next))
}

/// `Z`, `+02:00`, `-0500`, `+3`, `GMT`, `UTC+2`, `EST`: the offset and how many tokens it takes.
fn offset(tokens: &[Token]) -> Option<(FixedOffset, usize)> {
    match tokens {
        [Token::Zone(0), Token::Mark('+' | '-' | '\u{2212}'), ..] => {
            numeric(&tokens[1..]).map(|(offset, length)| (offset, length + 1))
        }
        [Token::Zone(minutes), ..] => Some((FixedOffset::east_opt(minutes * 60)?, 1)),
        _ => numeric(tokens),
    }
}

fn numeric(tokens: &[Token]) -> Option<(FixedOffset, usize)> {
    let [Token::Mark(sign @ ('+' | '-' | '\u{2212}')), Token::Number { value, digits }, rest @ ..] =
        tokens
    else {
        return None;
    };
    let (minutes, length) = match (digits, rest) {
        (1..=2, [Token::Mark(':'), Token::Number { value: minutes, digits: 2 }, ..]) => {
            (value * 60 + minutes, 4)
        }
        (1..=2, _) => (value * 60, 2),
        (4, _) => (value / 100 * 60 + value % 100, 2),
        _ => return None,
    };
    // The widest offset in use is that of Kiribati, fourteen hours.
    let seconds = i32::try_from(minutes).ok().filter(|minutes| *minutes <= 15 * 60)? * 60;
    let offset = FixedOffset::east_opt(if *sign == '+' { seconds } else { -seconds })?;
    Some((offset, length))
}

#[cfg(test)]
mod tests;
