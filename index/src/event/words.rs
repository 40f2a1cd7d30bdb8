//! The words of a text and what each of them says: rare ones much, names most across languages.

use std::cmp::Reverse;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::hash;
use super::names::{consonants, known};
use super::pieces::{Kind, Piece, pieces};
use crate::fold::{lower, plain};

/// How many words of a text are kept: the most telling.
const MOST: usize = 48;
/// How many names are kept for other scripts.
const MOST_SOUNDS: usize = 16;
/// Letters of a word that count: what follows is mostly grammar.
const STEM: usize = 6;
/// A word of the title counts so much more.
const TITLE: f32 = 1.6;

/// Stems and tags that many of our training texts have, and how much they say of what a rare one says, in tenths. The
/// ignored test below writes the file anew.
static COMMON: LazyLock<FxHashMap<u32, f32>> = LazyLock::new(|| {
    let lines = include_str!("common.txt").lines();
    let entries = lines.filter_map(|line| line.split_once(' '));
    let entry =
        |(stem, tenths): (&str, &str)| Some((hash(b'w', stem), tenths.parse::<f32>().ok()? / 10.0));
    entries.filter_map(entry).collect()
});

/// A word, and what it says of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) key: u32,
    /// In thirty-seconds.
    pub(super) weight: u8,
    pub(super) is_name: bool,
    pub(super) in_title: bool,
}

/// The most telling words of a text by their keys, and the sounds of its names.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) words: Vec<Word>,
    pub(super) sounds: Vec<u32>,
}

/// The key of a piece that is a word, or a run of Katakana.
pub(super) fn key(piece: &Piece<'_>) -> u32 {
    match piece.kind {
        Kind::Katakana => hash(b'w', piece.text),
        _ => Stem::of(&plain(&lower(piece.text))).key(),
    }
}

/// How little others have a stem, or a tag: 0 to 1.
pub(super) fn rarity(key: u32) -> f32 {
    COMMON.get(&key).copied().unwrap_or(1.0)
}

/// What is counted of a stem.
#[derive(Default, Clone, Copy)]
struct Count {
    times: f32,
    is_name: bool,
    in_title: bool,
}

/// Words as they are gathered, by the keys of their stems.
#[derive(Default)]
struct Gathered {
    counts: FxHashMap<u32, Count>,
    sounds: FxHashMap<u32, f32>,
}

impl Words {
    /// Reads the pieces of a title and of a text. The names of `laws` do not count: that two texts are about one law is told
    /// by their tags.
    pub(super) fn read<'a>(
        title: &[Piece<'_>],
        text: &[Piece<'_>],
        laws: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut gathered = Gathered::default();
        text.iter().for_each(|piece| gathered.piece(piece, false, false));
        let is_shouted = is_shouted(title);
        title.iter().for_each(|piece| gathered.piece(piece, true, is_shouted));
        let words = laws.flat_map(pieces).filter(|piece| piece.kind == Kind::Word);
        let laws = words.map(|piece| Stem::of(&plain(&lower(piece.text))).key()).collect();
        gathered.close(&laws)
    }
}

/// Whether most words of a title have capitals, as English titles may.
fn is_shouted(title: &[Piece<'_>]) -> bool {
    let words = title.iter().filter(|piece| piece.kind == Kind::Word && piece.text.len() > 3);
    let (mut all, mut capital) = (0, 0);
    for word in words {
        all += 1;
        capital += usize::from(word.text.starts_with(char::is_uppercase));
    }
    capital * 3 > all * 2
}

impl Gathered {
    fn piece(&mut self, piece: &Piece<'_>, in_title: bool, is_shouted: bool) {
        match piece.kind {
            Kind::Word => self.word(piece, in_title, is_shouted),
            Kind::Han => self.run(piece.text, 2, in_title),
            Kind::Unparted => self.run(piece.text, 4, in_title),
            Kind::Katakana => self.katakana(piece.text, in_title),
            Kind::Number => {}
        }
    }

    fn word(&mut self, piece: &Piece<'_>, in_title: bool, is_shouted: bool) {
        let lower = lower(piece.text);
        let plain = plain(&lower);
        let stem = Stem::of(&plain);
        if stem.letters < 2 {
            return;
        }
        let capital = piece.text.starts_with(char::is_uppercase);
        let inner = piece.text.chars().skip(1).any(char::is_uppercase);
        let is_name = inner || capital && !piece.opens && !(in_title && is_shouted);
        if is_name || is_uncased(&plain) {
            self.sound(&plain, in_title);
        }
        self.count(stem.key(), is_name, in_title);
    }

    fn count(&mut self, key: u32, is_name: bool, in_title: bool) {
        let count = self.counts.entry(key).or_default();
        count.times += 1.0;
        count.is_name |= is_name;
        count.in_title |= in_title;
    }

    fn sound(&mut self, word: &str, in_title: bool) {
        if let Some(sounds) = consonants(particle_off(word)) {
            let weight = self.sounds.entry(hash(b's', &sounds)).or_default();
            *weight += if in_title { TITLE } else { 1.0 };
        }
    }

    /// Every `length` letters of a run that stand side by side.
    fn run(&mut self, run: &str, length: usize, in_title: bool) {
        self.known(run, in_title);
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        for window in starts.windows(length + 1) {
            self.count(hash(b'w', &run[window[0]..window[length]]), false, in_title);
        }
    }

    fn katakana(&mut self, run: &str, in_title: bool) {
        if run.chars().nth(1).is_none() {
            return;
        }
        self.known(run, in_title);
        self.sound(run, in_title);
        self.count(hash(b'w', run), true, in_title);
    }

    fn known(&mut self, run: &str, in_title: bool) {
        known(run, |latin| self.count(Stem::of(latin).key(), true, in_title));
    }

    fn close(self, laws: &FxHashSet<u32>) -> Words {
        let word = |(key, count): (u32, Count)| {
            let title = if count.in_title { TITLE } else { 1.0 };
            let weight = (1.0 + count.times.ln()) * rarity(key) * title * 32.0;
            let weight = weight.min(255.0) as u8;
            let Count { is_name, in_title, .. } = count;
            (weight > 0 && !laws.contains(&key)).then_some(Word { key, weight, is_name, in_title })
        };
        let mut words: Vec<Word> = self.counts.into_iter().filter_map(word).collect();
        if words.len() > MOST {
            let rank = |word: &Word| (Reverse(word.weight), word.key);
            words.select_nth_unstable_by_key(MOST, rank);
            words.truncate(MOST);
        }
        words.sort_unstable_by_key(|word| word.key);
        let mut sounds: Vec<_> = self.sounds.into_iter().collect();
        sounds.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut sounds: Vec<u32> = sounds.iter().take(MOST_SOUNDS).map(|(key, _)| *key).collect();
        sounds.sort_unstable();
        Words { words, sounds }
    }
}

/// The beginning of a word in Latin letters, without the vowels that inflection adds.
struct Stem {
    bytes: [u8; 4 * STEM],
    length: usize,
    letters: usize,
}

impl Stem {
    fn of(plain: &str) -> Self {
        let mut stem = Self { bytes: [0; 4 * STEM], length: 0, letters: 0 };
        for letter in plain.chars().map(latin).take(STEM) {
            let end = stem.length + letter.len_utf8();
            letter.encode_utf8(&mut stem.bytes[stem.length..end]);
            stem.length = end;
            stem.letters += 1;
        }
        let is_ascii = stem.length == stem.letters;
        while is_ascii && stem.length > 3 && b"aeiouy".contains(&stem.bytes[stem.length - 1]) {
            stem.length -= 1;
            stem.letters -= 1;
        }
        stem
    }

    fn text(&self) -> &str {
        str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }

    fn key(&self) -> u32 {
        hash(b'w', self.text())
    }
}

/// A Cyrillic or Greek letter as the Latin one that stands for it, so that names meet; others as they are.
fn latin(letter: char) -> char {
    match letter {
        'а' | 'α' => 'a',
        'б' => 'b',
        'в' | 'β' => 'v',
        'г' | 'ґ' | 'γ' => 'g',
        'д' | 'δ' => 'd',
        'е' | 'э' | 'є' | 'ε' | 'η' => 'e',
        'ж' | 'з' | 'ζ' => 'z',
        'и' | 'і' | 'ї' | 'ι' => 'i',
        'й' | 'ы' => 'y',
        'к' | 'κ' => 'k',
        'л' | 'λ' => 'l',
        'м' | 'μ' => 'm',
        'н' | 'ν' => 'n',
        'о' | 'ο' | 'ω' => 'o',
        'п' | 'π' => 'p',
        'р' | 'ρ' => 'r',
        'с' | 'ш' | 'щ' | 'σ' => 's',
        'т' | 'τ' | 'θ' => 't',
        'у' | 'υ' => 'u',
        'ф' | 'φ' => 'f',
        'х' | 'χ' => 'h',
        'ц' | 'ч' => 'c',
        'ξ' => 'x',
        'ψ' => 'p',
        other => other,
    }
}

/// Scripts without capitals, whose names cannot be told from other words.
fn is_uncased(word: &str) -> bool {
    word.chars().next().is_some_and(
        |c| matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{621}'..='\u{6ff}' | '\u{5d0}'..='\u{5ea}'),
    )
}

/// A Korean or Arabic word without the particle that is written together with it.
fn particle_off(word: &str) -> &str {
    const KOREAN: [&str; 14] =
        ["에서", "으로", "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "로", "도"];
    const ARABIC: [&str; 4] = ["وال", "بال", "ال", "لل"];
    if let Some(rest) = ARABIC.iter().find_map(|start| word.strip_prefix(start)) {
        return rest;
    }
    let is_korean = word.chars().next().is_some_and(|c| ('\u{ac00}'..='\u{d7a3}').contains(&c));
    let rest = KOREAN.iter().find_map(|end| word.strip_suffix(end)).filter(|_| is_korean);
    rest.filter(|rest| rest.chars().count() > 1).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use serde_json::Value;

    use super::{Kind, Stem, lower, pieces, plain};

    /// What a text has, once each: stems, pairs of characters, tags.
    fn parts(example: &Value) -> HashSet<String> {
        let mut parts = HashSet::new();
        for text in ["title", "text"] {
            for piece in pieces(example[text].as_str().unwrap_or_default()) {
                let letters: Vec<char> = piece.text.chars().collect();
                let windows = |length| letters.windows(length).map(|part| part.iter().collect());
                match piece.kind {
                    Kind::Word => {
                        parts.insert(Stem::of(&plain(&lower(piece.text))).text().to_owned());
                    }
                    Kind::Han => parts.extend(windows(2)),
                    Kind::Unparted => parts.extend(windows(4)),
                    Kind::Katakana => {
                        parts.insert(piece.text.to_owned());
                    }
                    Kind::Number => {}
                }
            }
        }
        parts
    }

    fn tags(example: &Value) -> HashSet<String> {
        let list = |name: &str| example[name].as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let law = |value: &Value| classifier::Instrument::parse(&text(value));
        let states = list("jurisdictions").into_iter().map(|value| format!("j:{}", text(&value)));
        let topics = list("topics").into_iter().map(|value| format!("t:{}", text(&value)));
        let laws = list("instruments")
            .iter()
            .filter_map(law)
            .map(|law| format!("l:{}", law.slug()))
            .collect::<Vec<_>>();
        states.chain(topics).chain(laws).collect()
    }

    /// Writes `common.txt` anew: `cargo test -p index learn_what_is_common -- --ignored`. What the likeness weighs
    /// changes with it.
    #[test]
    #[ignore = "it writes a file, from training texts that have changed"]
    fn learn_what_is_common() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut by_language: HashMap<String, (f64, HashMap<String, f64>)> = HashMap::new();
        for name in ["texts", "articles"] {
            let path = root.join(format!("../classifier/data/training/{name}.jsonl"));
            for line in std::fs::read_to_string(path).unwrap().lines() {
                let example: Value = serde_json::from_str(line).unwrap();
                let language = example["language"].as_str().unwrap().to_owned();
                for (kind, found) in
                    [(language, parts(&example)), ("tags".to_owned(), tags(&example))]
                {
                    let (texts, counts) = by_language.entry(kind).or_default();
                    *texts += f64::from(u8::from(!found.is_empty()));
                    found.into_iter().for_each(|part| *counts.entry(part).or_default() += 1.0);
                }
            }
        }
        let mut shares: HashMap<String, f64> = HashMap::new();
        for (texts, counts) in by_language.into_values() {
            for (part, count) in counts.into_iter().filter(|(_, count)| *count >= 3.0) {
                let share = shares.entry(part).or_default();
                *share = share.max((count - 1.0) / (texts + 8.0));
            }
        }
        let tenths = |share: f64| ((1.0 / share).ln() / 150_f64.ln() * 10.0).round();
        let mut lines: Vec<_> = shares
            .iter()
            .map(|(part, share)| (tenths(*share), part))
            .filter(|line| line.0 < 10.0)
            .collect();
        lines.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        let lines: String =
            lines.iter().map(|(tenths, part)| format!("{part} {tenths}\n")).collect();
        std::fs::write(root.join("src/event/common.txt"), lines).unwrap();
    }
}
