//! A print as bytes: what the store keeps.

use super::print::Print;
use super::words::Word;

/// Grows with every change of what a print holds or means: one of another shape is not compared.
const SHAPE: u8 = 1;

const NAME: u8 = 1;
const TITLE: u8 = 2;

impl Print {
    /// The bytes that [`Print::read`] reads.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![SHAPE, u8::from(self.is_latin)];
        out.extend(self.day.to_le_bytes());
        out.extend(self.language.to_le_bytes());
        out.extend(self.stage.to_le_bytes());
        list(&mut out, &self.words, |out, word| {
            out.extend(word.key.to_le_bytes());
            let flags = if word.is_name { NAME } else { 0 } | if word.in_title { TITLE } else { 0 };
            out.extend([word.weight, flags]);
        });
        list(&mut out, &self.sounds, |out, key| out.extend(key.to_le_bytes()));
        for weighed in [&self.amounts, &self.states, &self.laws, &self.topics] {
            list(&mut out, weighed, |out, (key, weight)| {
                out.extend(key.to_le_bytes());
                out.push(*weight);
            });
        }
        list(&mut out, &self.days, |out, (day, is_near)| {
            out.extend(day.to_le_bytes());
            out.push(u8::from(*is_near));
        });
        list(&mut out, &self.shingles, |out, key| out.extend(key.to_le_bytes()));
        out.extend(self.whole.to_le_bytes());
        out
    }

    /// Reads a print; `None` if it is of another shape, or damaged.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        if bytes.byte()? != SHAPE {
            return None;
        }
        let is_latin = bytes.byte()? != 0;
        let day = bytes.word()?.cast_signed();
        let language = bytes.word()?;
        let stage = bytes.word()?;
        let words = bytes.list(|bytes| {
            let (key, weight, flags) = (bytes.word()?, bytes.byte()?, bytes.byte()?);
            Some(Word { key, weight, is_name: flags & NAME != 0, in_title: flags & TITLE != 0 })
        })?;
        let sounds = bytes.list(Bytes::word)?;
        let weighed = |bytes: &mut Bytes<'_>| Some((bytes.word()?, bytes.byte()?));
        let (amounts, states) = (bytes.list(weighed)?, bytes.list(weighed)?);
        let (laws, topics) = (bytes.list(weighed)?, bytes.list(weighed)?);
        let days = bytes.list(|bytes| {
            let day = u16::from_le_bytes([bytes.byte()?, bytes.byte()?]);
            Some((day, bytes.byte()? != 0))
        })?;
        let shingles = bytes.list(Bytes::word)?;
        let whole = if bytes.0.is_empty() { 0 } else { bytes.word()? };
        Some(Self {
            day,
            language,
            is_latin,
            words,
            sounds,
            amounts,
            days,
            shingles,
            whole,
            states,
            laws,
            topics,
            stage,
        })
    }
}

/// Its length in a byte, then its rows; no list of a print is longer.
fn list<T>(out: &mut Vec<u8>, rows: &[T], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    let rows = &rows[..rows.len().min(255)];
    out.push(rows.len() as u8);
    rows.iter().for_each(|row| write(out, row));
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*first)
    }

    fn word(&mut self) -> Option<u32> {
        let (first, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_le_bytes(*first))
    }

    fn list<T>(&mut self, mut row: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let length = self.byte()?;
        (0..length).map(|_| row(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use classifier::{Tag, Tags};

    use super::Print;
    use crate::event::Report;

    #[test]
    fn a_print_comes_back_from_its_bytes() {
        let tags = Tags {
            policy: Tag { value: false, score: 0.1, evidence: Vec::new() },
            jurisdictions: Vec::new(),
            topics: Vec::new(),
            stage: None,
            instruments: Vec::new(),
            developments: Vec::new(),
            model: String::new(),
        };
        let text = "Regulators in Dublin fined Parlonet 310 million euros on 3 March for what it did to \
            teenagers' data, and gave it three months to change its settings. It will appeal.";
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 3).unwrap();
        let report =
            Report { title: "Parlonet fined", text, language: Some("en"), day, tags: &tags };
        let print = Print::of(&report);
        assert!(!print.words.is_empty() && !print.amounts.is_empty() && !print.days.is_empty());
        assert!(!print.sounds.is_empty() && !print.shingles.is_empty());
        let bytes = print.to_bytes();
        assert_eq!(Print::read(&bytes), Some(print));
        assert_eq!(Print::read(&bytes[..bytes.len() - 1]), None, "cut");
        let before = Print::read(&bytes[..bytes.len() - 4]);
        assert_eq!(before.map(|print| print.whole), Some(0), "from before the whole was hashed");
        assert_eq!(Print::read(&[0]), None, "of another shape");
    }
}
