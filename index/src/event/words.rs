//! The words of a text and what each of them says: rare ones much, names most across languages.

use std::collections::HashMap;
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

/// Words that many texts of ours have, by their stems, and how little they say (0 nothing, 9 nearly all that a rare word
/// says). Learnt from the training texts: `cargo bench -p index --bench stories -- common`.
static COMMON: LazyLock<FxHashMap<&str, f32>> = LazyLock::new(|| {
    let lines = include_str!("common.txt").lines();
    let entries = lines.filter_map(|line| line.split_once(' '));
    entries.filter_map(|(stem, tenths)| Some((stem, tenths.parse::<f32>().ok()? / 10.0))).collect()
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

/// How little others have a stem, or a tag: 0 to 1.
pub(super) fn rarity(stem: &str) -> f32 {
    COMMON.get(stem).copied().unwrap_or(1.0)
}

/// What is counted of a stem.
#[derive(Default, Clone, Copy)]
struct Count {
    times: f32,
    is_name: bool,
    in_title: bool,
}

#[derive(Default)]
struct Gathered {
    counts: FxHashMap<String, Count>,
    sounds: HashMap<String, f32>,
    /// What stands with a capital where nothing asks for one.
    names: FxHashSet<String>,
}

impl Words {
    /// Reads the pieces of a title and of a text. The words of `laws` are no names: that two texts are about one law is
    /// told by their tags.
    pub(super) fn read<'a>(
        title: &[Piece<'_>],
        text: &[Piece<'_>],
        laws: impl Iterator<Item = &'a str>,
    ) -> Self {
        let mut gathered = Gathered::default();
        text.iter().for_each(|piece| gathered.piece(piece, false, false));
        let is_shouted = is_shouted(title);
        title.iter().for_each(|piece| gathered.piece(piece, true, is_shouted));
        let words = laws.flat_map(|name| pieces(name)).filter(|piece| piece.kind == Kind::Word);
        let laws = words.map(|piece| stem(&plain(&lower(piece.text)))).collect();
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
        let stem = stem(&plain);
        if stem.chars().count() < 2 {
            return;
        }
        let is_cased = piece.text.chars().any(char::is_uppercase);
        let inner = piece.text.chars().skip(1).any(char::is_uppercase);
        let capital = piece.text.starts_with(char::is_uppercase) && !piece.opens;
        let is_name = is_cased && (inner || capital && !(in_title && is_shouted));
        if is_name || is_uncased(&plain) {
            self.sound(&plain, if in_title { TITLE } else { 1.0 });
        }
        if is_name && !in_title {
            self.names.insert(stem.clone());
        }
        self.count(stem, is_name, in_title);
    }

    fn count(&mut self, stem: String, is_name: bool, in_title: bool) {
        let count = self.counts.entry(stem).or_default();
        count.times += 1.0;
        count.is_name |= is_name;
        count.in_title |= in_title;
    }

    fn sound(&mut self, word: &str, weight: f32) {
        if let Some(sounds) = consonants(particle_off(word)) {
            *self.sounds.entry(sounds).or_default() += weight;
        }
    }

    /// Every `length` letters of a run that stand side by side.
    fn run(&mut self, run: &str, length: usize, in_title: bool) {
        for latin in known(run) {
            self.count(stem(latin), true, in_title);
        }
        let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
        for window in starts.windows(length + 1) {
            self.count(run[window[0]..window[length]].to_owned(), false, in_title);
        }
    }

    fn katakana(&mut self, run: &str, in_title: bool) {
        if run.chars().count() < 2 {
            return;
        }
        for latin in known(run) {
            self.count(stem(latin), true, in_title);
        }
        self.sound(run, if in_title { TITLE } else { 1.0 });
        self.count(run.to_owned(), true, in_title);
    }

    fn close(self, laws: &FxHashSet<String>) -> Words {
        let names = &self.names;
        let mut words: Vec<Word> = self
            .counts
            .iter()
            .filter_map(|(stem, count)| {
                let rarity = rarity(stem);
                let title = if count.in_title { TITLE } else { 1.0 };
                let weight = (1.0 + count.times.ln()) * rarity * title * 32.0;
                let weight = weight.min(255.0) as u8;
                let is_name = (count.is_name || names.contains(stem)) && !laws.contains(stem);
                (weight > 0).then(|| Word {
                    key: hash(b'w', stem),
                    weight,
                    is_name,
                    in_title: count.in_title,
                })
            })
            .collect();
        words.sort_by_key(|word| (std::cmp::Reverse(word.weight), word.key));
        words.truncate(MOST);
        words.sort_by_key(|word| word.key);
        let mut sounds: Vec<_> = self.sounds.into_iter().collect();
        sounds.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut sounds: Vec<u32> =
            sounds.iter().take(MOST_SOUNDS).map(|(sounds, _)| hash(b's', sounds)).collect();
        sounds.sort_unstable();
        Words { words, sounds }
    }
}

/// The beginning of a word in Latin letters, without the vowels that inflection adds.
pub(super) fn stem(plain: &str) -> String {
    let mut stem: String = plain.chars().map(latin).take(STEM).collect();
    if stem.is_ascii() {
        while stem.len() > 3 && stem.ends_with(['a', 'e', 'i', 'o', 'u', 'y']) {
            stem.pop();
        }
    }
    stem
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
