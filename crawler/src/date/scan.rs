//! A text to the tokens that dates are made of.

use super::words;

/// What a date may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// Digits of any script, nine at most.
    Number {
        /// What they say.
        value: u32,
        /// How many they are.
        digits: usize,
    },
    /// January is 1; 13 is the first of the solar calendar (see [`super::words`]).
    Month(u32),
    /// The next number is a month's (Vietnamese).
    MonthSign,
    /// The second of two months of one name (Arabic).
    Second,
    /// A day of the week.
    Weekday,
    /// A word that dates are strung together with (`of`, `de`, `at`, `T`).
    Filler,
    /// Minutes east of Greenwich.
    Zone(i32),
    /// `am` is 0, `pm` is 12.
    Half(u32),
    /// An East Asian era: what is added to its years.
    Era(u32),
    /// Any other word.
    Word {
        /// Its length in characters.
        letters: usize,
    },
    /// Any other character; one space stands for many.
    Mark(char),
}

impl Token {
    /// How much it says that is no part of a date.
    pub(super) fn letters(&self) -> usize {
        match self {
            Self::Number { digits, .. } => *digits,
            Self::Word { letters } => *letters,
            Self::Month(_) => 3,
            Self::Weekday
            | Self::MonthSign
            | Self::Second
            | Self::Filler
            | Self::Zone(_)
            | Self::Half(_)
            | Self::Era(_)
            | Self::Mark(_) => 0,
        }
    }
}

/// Cuts a text to tokens.
pub(super) fn scan(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens: Vec<Token> = Vec::with_capacity(chars.len() / 3);
    let mut at = 0;
    while at < chars.len() {
        let c = chars[at];
        if digit(c).is_some() {
            at = number(&chars, at, &mut tokens);
        } else if c.is_whitespace() {
            if tokens.last() != Some(&Token::Mark(' ')) {
                tokens.push(Token::Mark(' '));
            }
            at += 1;
        } else if let Some(half) = dotted_half(&chars[at..]) {
            tokens.push(Token::Half(half));
            at += if chars.get(at + 3) == Some(&'.') { 4 } else { 3 };
        } else if is_east_asian(c) {
            at = ideograph(&chars, at, &mut tokens);
        } else if c.is_alphabetic() {
            at = word(&chars, at, &mut tokens);
        } else {
            tokens.push(Token::Mark(if c == '：' { ':' } else { c }));
            at += 1;
        }
    }
    tokens
}

/// `a.m.` and `p.m.`
fn dotted_half(chars: &[char]) -> Option<u32> {
    match chars {
        ['a' | 'A', '.', 'm' | 'M', ..] => Some(0),
        ['p' | 'P', '.', 'm' | 'M', ..] => Some(12),
        _ => None,
    }
}

fn number(chars: &[char], from: usize, tokens: &mut Vec<Token>) -> usize {
    let mut at = from;
    let mut value: u32 = 0;
    while let Some(digit) = chars.get(at).copied().and_then(digit) {
        value = value.saturating_mul(10).saturating_add(digit);
        at += 1;
    }
    let named = tokens.iter().rposition(|token| *token != Token::Mark(' '));
    match named.filter(|named| tokens[*named] == Token::MonthSign && (1..=12).contains(&value)) {
        Some(named) => {
            tokens.truncate(named);
            tokens.push(Token::Month(value));
        }
        None => tokens.push(Token::Number { value, digits: at - from }),
    }
    at
}

fn word(chars: &[char], from: usize, tokens: &mut Vec<Token>) -> usize {
    let length = chars[from..]
        .iter()
        .take_while(|c| (c.is_alphabetic() || is_joiner(**c)) && !is_east_asian(**c))
        .count();
    let end = from + length;
    if let Some(abbreviation) = thai_abbreviation(chars, from, end) {
        tokens.push(words::token(&abbreviation, abbreviation.len(), false));
        return end + 1 + (abbreviation.chars().count() - length) + 1;
    }
    let after_number = matches!(tokens.last(), Some(Token::Number { .. }));
    let before_number = chars.get(end).copied().and_then(digit).is_some();
    // The dot that the lower case of a Turkish capital I keeps is none of its spelling.
    let lower = chars[from..end].iter().flat_map(|c| c.to_lowercase());
    let lower: String = lower.filter(|c| *c != '\u{307}').collect();
    let token = match lower.as_str() {
        // Between digits a single letter is a mark: `2017-06-01T10:00`, `14h30`.
        "t" if after_number => Token::Filler,
        "h" if after_number => Token::Mark('h'),
        "z" if after_number => Token::Zone(0),
        _ => words::token(&lower, length, before_number),
    };
    if token == Token::Second {
        second_month(tokens);
    } else {
        tokens.push(token);
    }
    end
}

/// Makes the first month of a name the second: October is November, December is January.
fn second_month(tokens: &mut [Token]) {
    let month = tokens.iter_mut().rev().find(|token| **token != Token::Mark(' '));
    if let Some(Token::Month(month @ (10 | 12))) = month {
        *month = *month % 12 + 1;
    }
}

/// `ก.ค.`: letters of a Thai month with a dot after each part, without the dots.
fn thai_abbreviation(chars: &[char], from: usize, end: usize) -> Option<String> {
    let is_thai = |c: &char| matches!(c, '\u{0e00}'..='\u{0e4e}');
    let tail = chars.get(end + 1..)?;
    let length = tail.iter().take_while(|c| is_thai(c)).count();
    let is_short = end - from <= 2 && (1..=2).contains(&length) && is_thai(&chars[from]);
    let dotted = chars[end] == '.' && tail.get(length) == Some(&'.');
    (is_short && dotted).then(|| chars[from..end].iter().chain(&tail[..length]).collect())
}

/// Signs within words of Arabic, of the scripts of India and of Thai, and combining accents.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{064b}'..='\u{0652}' | '\u{0900}'..='\u{0dff}' | '\u{0e31}' | '\u{0e34}'..='\u{0e3a}' | '\u{0e47}'..='\u{0e4e}' | '\u{200c}')
        && !c.is_numeric()
        && !matches!(c, '\u{0964}' | '\u{0965}')
}

fn ideograph(chars: &[char], at: usize, tokens: &mut Vec<Token>) -> usize {
    if let Some((value, digits)) = chinese_number(&chars[at..]) {
        tokens.push(Token::Number { value, digits });
        return at + digits;
    }
    let pair = [chars[at], chars.get(at + 1).copied().unwrap_or(' ')];
    let (token, length) = match pair {
        ['令', '和'] => (Token::Era(2018), 2),
        ['平', '成'] => (Token::Era(1988), 2),
        ['民', '國' | '国'] => (Token::Era(1911), 2),
        ['元', '年'] => (Token::Number { value: 1, digits: 1 }, 1),
        ['上', '午'] | ['午', '前'] => (Token::Filler, 2),
        [c, _]
            if matches!(
                c,
                '年' | '月' | '日' | '号' | '時' | '时' | '点' | '년' | '월' | '일' | '시'
            ) =>
        {
            (Token::Mark(c), 1)
        }
        ['星', '期'] | ['曜', '日'] => (Token::Weekday, 2),
        _ => (Token::Word { letters: 2 }, 1),
    };
    tokens.push(token);
    at + length
}

/// A year, month or day in Chinese numerals (`二〇二〇`, `十二`), and how many they are; only where its mark follows.
fn chinese_number(chars: &[char]) -> Option<(u32, usize)> {
    const DIGITS: [char; 11] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let digit = |c: &char| DIGITS.iter().position(|digit| digit == c);
    let digits: Vec<u32> =
        chars.iter().take(5).map_while(digit).map(|digit| digit as u32).collect();
    let is_part = matches!(chars.get(digits.len()), Some('年' | '月' | '日'));
    let value = match *digits.as_slice() {
        _ if !is_part => return None,
        [one] => one,
        [10, ones] => 10 + ones,
        [tens, 10] => 10 * tens,
        [tens, 10, ones] => 10 * tens + ones,
        [a, b, c, d] if digits.iter().all(|digit| *digit < 10) => a * 1000 + b * 100 + c * 10 + d,
        _ => return None,
    };
    Some((value, digits.len()))
}

fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// The value of a decimal digit in Latin, full-width, Arabic, Persian, Indian, Thai, Lao, Burmese and Khmer writing.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [char; 16] = [
        '\u{0660}', '\u{06f0}', '\u{0966}', '\u{09e6}', '\u{0a66}', '\u{0ae6}', '\u{0be6}',
        '\u{0c66}', '\u{0ce6}', '\u{0d66}', '\u{0e50}', '\u{0ed0}', '\u{1040}', '\u{17e0}',
        '\u{0b66}', '\u{ff10}',
    ];
    if c.is_ascii() {
        return c.to_digit(10);
    }
    ZEROS.iter().map(|zero| (c as u32).wrapping_sub(*zero as u32)).find(|value| *value < 10)
}
