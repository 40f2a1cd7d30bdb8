//! A text in pieces: words, numbers, and runs of letters that stand without blanks.

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters of a script that parts words by blanks.
    Word,
    /// Chinese characters.
    Han,
    /// Katakana: in Japanese mostly names and words from abroad.
    Katakana,
    /// Letters of Thai, Lao, Khmer and Burmese.
    Unparted,
    /// Digits, with what groups them.
    Number,
}

/// A piece and how it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) kind: Kind,
    /// Whether a sentence, a line or a quotation begins with it.
    pub(super) opens: bool,
}

/// Cuts a text into pieces, in one pass and without a dictionary: what is compared is compared with texts that were
/// cut the same way.
pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::with_capacity(text.len() / 6);
    let mut letters = text.char_indices().peekable();
    let mut opens = true;
    while let Some((start, first)) = letters.next() {
        let Some(kind) = kind(first) else {
            opens |= parts_sentences(first);
            continue;
        };
        let mut stop = start + first.len_utf8();
        while let Some(&(at, next)) = letters.peek() {
            let goes_on = match self::kind(next) {
                Some(next) => next == kind,
                None => kind == Kind::Number && groups(&text[at..]),
            };
            if !goes_on {
                break;
            }
            stop = at + next.len_utf8();
            letters.next();
        }
        pieces.push(Piece { text: &text[start..stop], kind, opens });
        opens = false;
    }
    pieces
}

fn kind(c: char) -> Option<Kind> {
    if c.is_ascii() {
        return match c {
            'a'..='z' | 'A'..='Z' => Some(Kind::Word),
            '0'..='9' => Some(Kind::Number),
            _ => None,
        };
    }
    match c {
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '々' => Some(Kind::Han),
        '\u{30a1}'..='\u{30fa}' | 'ー' => Some(Kind::Katakana),
        '\u{3041}'..='\u{309f}' => None,
        '\u{e01}'..='\u{e4e}' | '\u{e80}'..='\u{ecf}' | '\u{1000}'..='\u{103f}' => {
            Some(Kind::Unparted)
        }
        '\u{1780}'..='\u{17d3}' => Some(Kind::Unparted),
        _ if digit(c).is_some() => Some(Kind::Number),
        // Marks belong to the letters before them.
        '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{d7f}' => Some(Kind::Word),
        _ if c.is_alphabetic() => Some(Kind::Word),
        _ => None,
    }
}

/// The value of a digit in whatever script.
pub(super) fn digit(c: char) -> Option<u32> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    Some(c as u32 - zero as u32)
}

/// Whether what follows a digit only groups digits: a comma, a point, or a blank that cannot end a word.
fn groups(rest: &str) -> bool {
    let mut letters = rest.chars();
    let Some(mark) = letters.next() else { return false };
    let digits = letters.clone().take_while(|c| digit(*c).is_some()).count();
    match mark {
        '.' | ',' | '٬' | '٫' => digits > 0,
        // In Russian and French, the blank between thousands.
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '’' => digits == 3,
        ' ' => digits == 3 && letters.nth(3).is_none_or(|c| c != '.' && c != ','),
        _ => false,
    }
}

fn parts_sentences(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | ':'
            | '\n'
            | '"'
            | '“'
            | '„'
            | '«'
            | '»'
            | '”'
            | '「'
            | '『'
            | '。'
            | '！'
            | '？'
            | '：'
            | '؟'
            | '۔'
            | '।'
            | '–'
            | '—'
            | '•'
            | '*'
            | '('
    )
}

#[cfg(test)]
mod tests {
    use super::{Kind, pieces};

    #[test]
    fn words_numbers_and_runs() {
        let of = |text| -> Vec<_> {
            pieces(text).iter().map(|piece| (piece.text.to_owned(), piece.kind)).collect()
        };
        let piece = |text: &str, kind| (text.to_owned(), kind);
        assert_eq!(
            of("€1.2bn, fine"),
            [piece("1.2", Kind::Number), piece("bn", Kind::Word), piece("fine", Kind::Word)]
        );
        assert_eq!(
            of("罚款80.26亿元のサービス"),
            [
                piece("罚款", Kind::Han),
                piece("80.26", Kind::Number),
                piece("亿元", Kind::Han),
                piece("サービス", Kind::Katakana)
            ]
        );
        assert_eq!(of("10 000 roubles")[0], piece("10 000", Kind::Number));
    }
}
