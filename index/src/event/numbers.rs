//! Amounts and counts, whichever language writes them: `€1.2bn` is `1,2 Milliarden Euro` is `12亿欧元`.

use super::pieces::{Kind, Piece, digit};

/// An amount, and what it says that two texts share it: 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    pub(super) value: f64,
    pub(super) weight: f32,
}

/// Words behind a number that multiply it, by their beginnings. The longer stand first.
const SCALES: [(&str, f64); 55] = [
    ("milliard", 1e9),
    ("miliard", 1e9),
    ("miljard", 1e9),
    ("milyar", 1e9),
    ("miliar", 1e9),
    ("milliárd", 1e9),
    ("миллиард", 1e9),
    ("мільярд", 1e9),
    ("млрд", 1e9),
    ("mrd", 1e9),
    ("mld", 1e9),
    ("bilh", 1e9),
    ("bilion", 1e9),
    ("billion", 1e9),
    ("bn", 1e9),
    ("tỷ", 1e9),
    ("مليار", 1e9),
    ("million", 1e6),
    ("millón", 1e6),
    ("milhões", 1e6),
    ("milhão", 1e6),
    ("milion", 1e6),
    ("miljo", 1e6),
    ("milyon", 1e6),
    ("millió", 1e6),
    ("millone", 1e6),
    ("миллион", 1e6),
    ("мільйон", 1e6),
    ("млн", 1e6),
    ("mln", 1e6),
    ("mio", 1e6),
    ("mn", 1e6),
    ("triệu", 1e6),
    ("juta", 1e6),
    ("مليون", 1e6),
    ("ล้าน", 1e6),
    ("εκατομμ", 1e6),
    ("δισεκατομμ", 1e9),
    ("thousand", 1e3),
    ("tausend", 1e3),
    ("тысяч", 1e3),
    ("тыс", 1e3),
    ("тис", 1e3),
    ("crore", 1e7),
    ("lakh", 1e5),
    ("करोड़", 1e7),
    ("लाख", 1e5),
    ("亿", 1e8),
    ("億", 1e8),
    ("万", 1e4),
    ("萬", 1e4),
    ("억", 1e8),
    ("만", 1e4),
    ("조", 1e12),
    ("兆", 1e12),
];

/// Words that are a scale only as a whole.
const WHOLE: [(&str, f64); 6] =
    [("m", 1e6), ("k", 1e3), ("b", 1e9), ("mil", 1e3), ("mille", 1e3), ("mila", 1e3)];

/// The amount that begins at a piece, and how many pieces it takes; `None` for what says nothing: a small number, a
/// year.
pub(super) fn amount(pieces: &[Piece<'_>]) -> Option<(Amount, usize)> {
    let first = pieces.first().filter(|piece| piece.kind == Kind::Number)?;
    let mut scale = 1.0;
    let mut taken = 1;
    while let Some(factor) = pieces.get(taken).and_then(self::scale).filter(|_| taken < 3) {
        scale *= factor;
        taken += 1;
    }
    let value = value(first.text, taken > 1)? * scale;
    let weight = weight(value, taken > 1, first.text)?;
    Some((Amount { value, weight }, taken))
}

fn scale(piece: &Piece<'_>) -> Option<f64> {
    if piece.kind == Kind::Number {
        return None;
    }
    let mut text = piece.text;
    let lower;
    if text.chars().any(char::is_uppercase) {
        lower = text.to_lowercase();
        text = &lower;
    }
    let whole = WHOLE.iter().find(|(word, _)| *word == text);
    let found = whole.or_else(|| SCALES.iter().find(|(start, _)| text.starts_with(start)));
    found.map(|(_, factor)| *factor)
}

/// Reads digits with whatever groups them and parts the fraction.
fn value(text: &str, is_scaled: bool) -> Option<f64> {
    let marks: Vec<(usize, char)> =
        text.char_indices().filter(|(_, c)| digit(*c).is_none()).collect();
    let fraction = marks.last().and_then(|(at, mark)| {
        let rest = &text[at + mark.len_utf8()..];
        let is_only = marks.iter().filter(|(_, other)| other == mark).count() == 1;
        // `1.200 millones` are so many thousands, but nobody writes `1.125 billion` so.
        let may_group = !is_scaled || marks.len() > 1 || rest.ends_with('0');
        let is_group = rest.chars().count() == 3 && may_group;
        let may_part = matches!(mark, '.' | ',' | '٫');
        (may_part && is_only && !is_group).then_some((*at, rest))
    });
    let whole = fraction.map_or(text, |(at, _)| &text[..at]);
    let number = |text: &str| {
        let digits = text.chars().filter_map(digit);
        digits.fold(0.0_f64, |sum, digit| sum * 10.0 + f64::from(digit))
    };
    if text.chars().filter(|c| digit(*c).is_some()).count() > 15 {
        return None;
    }
    let part = fraction.map_or(0.0, |(_, rest)| {
        let places = rest.chars().filter(|c| digit(*c).is_some()).count();
        number(rest) / 10_f64.powi(i32::try_from(places).unwrap_or_default())
    });
    Some(number(whole) + part)
}

/// Round and small numbers are shared by chance.
fn weight(value: f64, is_scaled: bool, text: &str) -> Option<f32> {
    let is_plain = text.chars().all(|c| digit(c).is_some());
    let is_year = !is_scaled && is_plain && (1900.0..2100.0).contains(&value);
    if is_year || value < 13.0 {
        return None;
    }
    let digits = significant(value);
    Some(match (value, digits) {
        (..100.0, 1) => 0.2,
        (..100.0, _) => 0.45,
        (..1000.0, 1) => 0.35,
        (..1000.0, 2) => 0.55,
        (_, 1) => 0.6,
        (_, 2) => 0.85,
        _ => 1.0,
    })
}

/// How many digits stand before the zeros at the end, up to three.
fn significant(value: f64) -> u32 {
    let three = three_digits(value).0;
    if three.is_multiple_of(100) {
        1
    } else if three.is_multiple_of(10) {
        2
    } else {
        3
    }
}

/// The first three digits, rounded, and how many follow them: what is compared.
fn three_digits(value: f64) -> (u32, i32) {
    let mut power = value.log10().floor() as i32 - 2;
    let mut three = (value / 10_f64.powi(power)).round();
    if three >= 1000.0 {
        three /= 10.0;
        power += 1;
    }
    (three as u32, power)
}

impl Amount {
    /// The same for amounts that are written differently or rounded to three digits.
    pub(super) fn key(self) -> u64 {
        let (three, power) = three_digits(self.value);
        u64::from(three) << 16 | u64::from((power + 1000).unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use super::super::pieces::pieces;
    use super::{Amount, amount};

    fn read(text: &str) -> Option<Amount> {
        let pieces = pieces(text);
        amount(&pieces).map(|(amount, _)| amount)
    }

    #[test]
    fn one_amount_in_many_languages() {
        let expected = read("1.2 billion euros").unwrap();
        for text in [
            "1,2 Milliarden Euro",
            "12亿欧元",
            "1,2 млрд евро",
            "1 200 000 000",
            "1.2bn",
            "1,200,000,000",
            "1,2 milliard d'euros",
            "1.200 millones de euros",
            "1,2 mil milhões",
            "12億ユーロ",
            "12억 유로",
            "1,200m",
        ] {
            let found = read(text).unwrap();
            assert_eq!(found.key(), expected.key(), "{text}: {}", found.value);
        }
        assert_eq!(read("80.26亿元").unwrap().key(), read("8.026 billion yuan").unwrap().key());
        assert!(read("2017").is_none() && read("7").is_none());
        assert!(read("80.26亿").unwrap().weight > read("50 people").unwrap().weight);
    }
}
