//! A text as the matchers see it: case, accents, width, quotes and spacing folded, with the way back to its own words.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A folded text. Each byte of it knows where it comes from, so that evidence can quote the very words.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The folded words; runs of white space are one space.
    pub(crate) text: String,
    /// Where its bytes come from, in order.
    from: Vec<Stretch>,
    /// For each byte of `text`: whether the source has a capital letter there.
    upper: Vec<bool>,
}

/// Bytes of a folded text up to the next stretch. Four gigabytes are far above any limit that is asked for.
#[derive(Debug)]
struct Stretch {
    /// The first one.
    start: u32,
    /// The scalar value of the source that it comes from, and that one's first byte.
    scalar: u32,
    byte: u32,
    /// Whether each byte comes from a byte of its own, not all of them from one scalar value.
    is_plain: bool,
}

impl Folded {
    /// Folds the first `limit` scalar values of a text.
    pub(crate) fn new(source: &str, limit: usize) -> Self {
        let room = source.len().min(limit.saturating_mul(4));
        let mut folded = Self {
            text: String::with_capacity(room),
            from: Vec::new(),
            upper: Vec::with_capacity(room),
        };
        let mut rest = source;
        let mut number = 0;
        while number < limit {
            let from = (number, source.len() - rest.len());
            let plain = folded.plain(&rest.as_bytes()[..rest.len().min(limit - number)]);
            if plain > 0 {
                folded.push_plain(&rest[..plain], from);
                rest = &rest[plain..];
                number += plain;
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            let upper = c.is_uppercase();
            fold(c, |part| folded.push(part, from, upper));
            rest = &rest[c.len_utf8()..];
            number += 1;
        }
        folded
    }

    /// How many of the bytes that come next fold to a byte each: most texts are little else.
    fn plain(&self, next: &[u8]) -> usize {
        let mut is_blank = self.is_blank();
        let mut is_plain = |byte: &u8| {
            let was_blank = std::mem::replace(&mut is_blank, *byte == b' ');
            byte.is_ascii_graphic() || is_blank && !was_blank
        };
        next.iter().position(|byte| !is_plain(byte)).unwrap_or(next.len())
    }

    /// Whether a space would be another one.
    fn is_blank(&self) -> bool {
        self.text.is_empty() || self.text.ends_with(' ')
    }

    fn push_plain(&mut self, plain: &str, from: (usize, usize)) {
        self.begin(from, true);
        let start = self.text.len();
        self.text.push_str(plain);
        self.text[start..].make_ascii_lowercase();
        self.upper.extend(plain.bytes().map(|byte| byte.is_ascii_uppercase()));
    }

    fn push(&mut self, part: char, from: (usize, usize), upper: bool) {
        if part == ' ' && self.is_blank() {
            return;
        }
        self.begin(from, false);
        self.text.push(part);
        self.upper.resize(self.text.len(), upper);
    }

    /// Begins a stretch, unless it is there.
    fn begin(&mut self, (scalar, byte): (usize, usize), is_plain: bool) {
        let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (start, scalar, byte) = (small(self.text.len()), small(scalar), small(byte));
        if self.from.last().is_none_or(|last| last.byte != byte) {
            self.from.push(Stretch { start, scalar, byte, is_plain });
        }
    }

    /// The scalar value of the source that a folded byte comes from, and that one's first byte.
    fn source(&self, at: usize) -> Option<(usize, usize)> {
        let place = self.from.partition_point(|stretch| stretch.start as usize <= at);
        let stretch = self.from.get(place.checked_sub(1)?).filter(|_| at < self.text.len())?;
        let more = if stretch.is_plain { at - stretch.start as usize } else { 0 };
        Some((stretch.scalar as usize + more, stretch.byte as usize + more))
    }

    /// The first folded byte that comes from behind a byte of the source.
    pub(crate) fn behind(&self, byte: usize) -> usize {
        let place = self.from.partition_point(|stretch| stretch.byte as usize <= byte);
        let next = self.from.get(place).map_or(self.text.len(), |next| next.start as usize);
        let stretch = place.checked_sub(1).map(|place| &self.from[place]);
        let plain = stretch.filter(|stretch| stretch.is_plain);
        plain.map_or(next, |plain| next.min(plain.start as usize + byte - plain.byte as usize + 1))
    }

    /// The span of the source, in scalar values, that a span of folded bytes comes from.
    pub(crate) fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.source(start).map_or(0, |from| from.0);
        let last = end.checked_sub(1).and_then(|last| self.source(last));
        (first, last.map_or(first, |from| from.0 + 1))
    }

    /// The words of the source that a span of folded bytes comes from.
    pub(crate) fn quote<'a>(&self, source: &'a str, start: usize, end: usize) -> &'a str {
        let first = self.source(start).map_or(0, |from| from.1);
        let last = end.checked_sub(1).and_then(|last| self.source(last)).map_or(0, |from| from.1);
        let rest = source.get(last..).unwrap_or_default();
        let end = last + rest.chars().next().map_or(0, char::len_utf8);
        source.get(first..end).unwrap_or_default()
    }

    /// The byte of the source that a folded byte comes from.
    pub(crate) fn source_byte(&self, at: usize) -> usize {
        self.source(at).map_or(usize::MAX, |from| from.1)
    }

    /// Whether the source has a capital at this folded byte.
    pub(crate) fn is_upper(&self, at: usize) -> bool {
        self.upper.get(at).copied().unwrap_or_default()
    }
}

/// A short text folded on its own: the form in which names are compared.
pub(crate) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        fold(c, |part| {
            if part != ' ' || !(out.is_empty() || out.ends_with(' ')) {
                out.push(part);
            }
        });
    }
    out.truncate(out.trim_end().len());
    out
}

/// Gives the folded form of one character: none, one or more.
fn fold(c: char, mut out: impl FnMut(char)) {
    match c {
        'A'..='Z' => out(c.to_ascii_lowercase()),
        '!'..='~' => out(c),
        // Joiners, soft hyphens and direction marks are not seen by readers either.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {}
        '\u{feff}' | '\u{640}' | '\u{64b}'..='\u{652}' | '\u{670}' => {}
        _ if c.is_whitespace() || c.is_control() => out(' '),
        '\u{2018}'..='\u{201b}' | '\u{2bc}' | '´' => out('\''),
        '\u{201c}'..='\u{201f}' | '«' | '»' => out('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => out('-'),
        'ß' => "ss".chars().for_each(out),
        'æ' | 'Æ' => "ae".chars().for_each(out),
        'œ' | 'Œ' => "oe".chars().for_each(out),
        'ø' | 'Ø' => out('o'),
        'ł' | 'Ł' => out('l'),
        'đ' | 'Đ' => out('d'),
        'ı' | 'İ' => out('i'),
        'ё' | 'Ё' => out('е'),
        'й' | 'Й' => out('и'),
        'ї' | 'Ї' => out('і'),
        'أ' | 'إ' | 'آ' => out('ا'),
        'ى' | 'ی' => out('ي'),
        'ک' => out('ك'),
        '\u{a0}'..='\u{24f}'
        | '\u{1e00}'..='\u{1eff}'
        | '\u{fb00}'..='\u{fb06}'
        | '\u{ff01}'..='\u{ff9f}' => {
            decompose_compatible(c, |part| {
                if !is_combining_mark(part) {
                    part.to_lowercase().for_each(&mut out);
                }
            });
        }
        // Greek is written with accents and, in capitals, without; the dot below Indian letters is left out as often.
        '\u{386}'..='\u{3ce}' | '\u{958}'..='\u{95f}' | '\u{9dc}'..='\u{9df}' => {
            decompose_compatible(c, |part| match part {
                'ς' => out('σ'),
                part if is_combining_mark(part) => {}
                part => part.to_lowercase().for_each(&mut out),
            });
        }
        '\u{300}'..='\u{36f}' | '\u{93c}' | '\u{9bc}' => {}
        _ => c.to_lowercase().for_each(out),
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, folded};

    #[test]
    fn spellings_of_a_name_meet() {
        for (one, other) in [
            ("ＧＤＰＲ", "gdpr"),
            ("Règlement\u{a0} général", "reglement general"),
            ("re\u{300}glement", "règlement"),
            ("DEZENFORMASYON YASASI", "dezenformasyon yasası"),
            ("People’s  Republic\n", "people's republic"),
            ("Straße", "STRASSE"),
            ("Российский", "россиискии"),
            ("KRITIS\u{ad}-Dachgesetz", "KRITIS–dachgesetz"),
            ("ΔΙΑΡΡΟΗ ΔΕΔΟΜΕΝΩΝ", "διαρροή δεδομένων"),
            ("ΝΟΜΟΣ", "νόμος"),
            ("\u{95b}मानत", "ज\u{93c}मानत"),
        ] {
            assert_eq!(folded(one), folded(other));
        }
    }

    #[test]
    fn spans_lead_back_to_the_very_words() {
        let source = "  \u{1F600} “Österreichs” Straße\u{301}\0ﬁn";
        let seen = Folded::new(source, 100);
        for word in ["osterreichs", "strasse", "fin"] {
            let start = seen.text.find(word).unwrap();
            let (first, last) = seen.span(start, start + word.len());
            let quote = source.chars().skip(first).take(last - first).collect::<String>();
            assert_eq!(seen.quote(source, start, start + word.len()), quote);
            assert_eq!(folded(&quote), word);
        }
        let start = seen.text.find("osterreichs").unwrap();
        assert!(seen.is_upper(start) && !seen.is_upper(start + 1));
    }

    #[test]
    fn no_text_is_too_strange() {
        for source in ["", "\0", "\u{301}", "\u{301}\u{301}a", "   ", "\u{feff}"] {
            let seen = Folded::new(source, 10);
            assert_eq!(seen.span(0, 0).0, seen.span(0, 0).1);
            assert!(seen.quote(source, 0, 0).chars().count() <= 1);
        }
        assert_eq!(Folded::new(&"é".repeat(100), 10).text.len(), 10);
    }
}
