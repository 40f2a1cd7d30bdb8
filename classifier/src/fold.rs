//! A text as the matchers see it: case, accents, width, quotes and spacing folded, with the way back to its own words.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A folded text. Each byte of it knows where it comes from, so that evidence can quote the very words.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The folded words; runs of white space are one space.
    pub(crate) text: String,
    /// For each byte of `text`: the scalar value of the source that it comes from, and that one's first byte.
    from: Vec<(u32, u32)>,
    /// For each byte of `text`: whether the source has a capital letter there.
    upper: Vec<bool>,
}

impl Folded {
    /// Folds the first `limit` scalar values of a text.
    pub(crate) fn new(source: &str, limit: usize) -> Self {
        let room = source.len().min(limit.saturating_mul(4));
        let mut folded = Self {
            text: String::with_capacity(room),
            from: Vec::with_capacity(room),
            upper: Vec::with_capacity(room),
        };
        for (number, (at, c)) in source.char_indices().take(limit).enumerate() {
            // Four gigabytes are far above any limit that is asked for.
            let from =
                (u32::try_from(number).unwrap_or(u32::MAX), u32::try_from(at).unwrap_or(u32::MAX));
            let upper = c.is_uppercase();
            fold(c, |part| folded.push(part, from, upper));
        }
        folded
    }

    fn push(&mut self, part: char, from: (u32, u32), upper: bool) {
        if part == ' ' && (self.text.is_empty() || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(part);
        self.from.resize(self.text.len(), from);
        self.upper.resize(self.text.len(), upper);
    }

    /// The span of the source, in scalar values, that a span of folded bytes comes from.
    pub(crate) fn span(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.from.get(start).map_or(0, |from| from.0 as usize);
        let last = end.checked_sub(1).and_then(|last| self.from.get(last));
        (first, last.map_or(first, |from| from.0 as usize + 1))
    }

    /// The words of the source that a span of folded bytes comes from.
    pub(crate) fn quote<'a>(&self, source: &'a str, start: usize, end: usize) -> &'a str {
        let first = self.from.get(start).map_or(0, |from| from.1 as usize);
        let last = end.checked_sub(1).and_then(|last| self.from.get(last)).map_or(0, |from| from.1);
        let rest = source.get(last as usize..).unwrap_or_default();
        let end = last as usize + rest.chars().next().map_or(0, char::len_utf8);
        source.get(first..end).unwrap_or_default()
    }

    /// The byte of the source that a folded byte comes from.
    pub(crate) fn source_byte(&self, at: usize) -> usize {
        self.from.get(at).map_or(usize::MAX, |from| from.1 as usize)
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
        '\u{300}'..='\u{36f}' => {}
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
