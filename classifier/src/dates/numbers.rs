//! Numbers of a folded text.

/// A run of digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: u32,
}

impl Number {
    /// Whether it can be a year that news speak of.
    pub(super) fn is_year(&self) -> bool {
        self.end - self.start == 4 && (1970..2060).contains(&self.value)
    }

    /// Whether it can be the day of a month.
    pub(super) fn is_day(&self) -> bool {
        self.end - self.start <= 2 && (1..=31).contains(&self.value)
    }
}

/// The numbers of up to four digits in a span of a text, those that are parts of names (`NIS2`) left out.
pub(super) fn numbers(text: &str, start: usize, end: usize) -> Vec<Number> {
    let bytes = text.as_bytes();
    let mut numbers = Vec::new();
    let mut at = start;
    while at < end {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let first = at;
        let mut value = 0_u32;
        while at < end && bytes[at].is_ascii_digit() {
            value = value.saturating_mul(10).saturating_add(u32::from(bytes[at] - b'0'));
            at += 1;
        }
        let is_inside = first > 0 && bytes[first - 1].is_ascii_alphabetic();
        if at - first <= 4 && !is_inside {
            numbers.push(Number { start: first, end: at, value });
        }
    }
    numbers
}
