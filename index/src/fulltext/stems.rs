//! Words to index terms, each in the language of its text.
//!
//! A term is a stem and the mark of its language, so that English `dies` does not meet the German article; a word
//! that is not stemmed is a term as it is, and meets itself in every text.

use rust_stemmers::{Algorithm, Stemmer};

use super::arabic;
use super::compounds::LAW;
use super::words::{Script, Word};
use crate::fold::{lower, plain};

/// The Snowball languages (<https://snowballstem.org>), and what their words are written in.
const SNOWBALL: [(&str, Script, Algorithm); 18] = [
    ("ar", Script::Arabic, Algorithm::Arabic),
    ("da", Script::Latin, Algorithm::Danish),
    ("de", Script::Latin, Algorithm::German),
    ("el", Script::Greek, Algorithm::Greek),
    ("en", Script::Latin, Algorithm::English),
    ("es", Script::Latin, Algorithm::Spanish),
    ("fi", Script::Latin, Algorithm::Finnish),
    ("fr", Script::Latin, Algorithm::French),
    ("hu", Script::Latin, Algorithm::Hungarian),
    ("it", Script::Latin, Algorithm::Italian),
    ("nl", Script::Latin, Algorithm::Dutch),
    ("no", Script::Latin, Algorithm::Norwegian),
    ("pt", Script::Latin, Algorithm::Portuguese),
    ("ro", Script::Latin, Algorithm::Romanian),
    ("ru", Script::Cyrillic, Algorithm::Russian),
    ("sv", Script::Latin, Algorithm::Swedish),
    ("ta", Script::Tamil, Algorithm::Tamil),
    ("tr", Script::Latin, Algorithm::Turkish),
];

/// Languages that are written in a script of `SNOWBALL` and have no stemmer there: left alone, which is better than
/// stemmed as another language.
const UNSTEMMED: [&str; 22] = [
    "be", "bg", "bs", "cs", "et", "fa", "hr", "id", "kk", "lt", "lv", "mk", "ms", "pl", "sk", "sl",
    "sq", "sr", "tl", "uk", "ur", "vi",
];

/// Those of them whose words change at their ends: cut to their first letters, which finds more than words as they are
/// (`McNamee` and Mayfield 2004, doi:10.1023/B:INRT.0000009441.78971.be).
const CUT: [&str; 16] = [
    "be", "bg", "bs", "cs", "et", "hr", "kk", "lt", "lv", "mk", "pl", "sk", "sl", "sq", "sr", "uk",
];
/// How many letters stay of a word of up to so many, and of a longer one.
const SHORT: (usize, usize) = (5, 7);
const LONG: usize = 6;

/// Languages that whatlang names in its own way, by ISO 639-3.
const DETECTED: [(&str, &str); 30] = [
    ("ara", "ar"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("spa", "es"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("hun", "hu"),
    ("ita", "it"),
    ("nld", "nl"),
    ("nob", "no"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tur", "tr"),
    ("bel", "be"),
    ("bul", "bg"),
    ("ces", "cs"),
    ("est", "et"),
    ("pes", "fa"),
    ("hrv", "hr"),
    ("ind", "id"),
    ("pol", "pl"),
    ("slk", "sk"),
    ("srp", "sr"),
    ("ukr", "uk"),
    ("vie", "vi"),
];

/// How many characters of a text of unknown language are looked at.
const SAMPLE: usize = 600;

/// Particles that follow Korean nouns, the longer before the shorter.
pub(super) const PARTICLES: [&str; 28] = [
    "에서는",
    "으로서",
    "으로써",
    "이라고",
    "에게서",
    "까지",
    "부터",
    "에서",
    "에게",
    "으로",
    "라고",
    "처럼",
    "보다",
    "마다",
    "조차",
    "하고",
    "이나",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "에",
    "의",
    "로",
    "와",
    "과",
];

/// The marks of cut words, of Korean and of the first Snowball language, in two runs of control characters that leave out
/// those that are blanks. No word has them.
const CUT_OFF: u8 = 0x1e;
const KOREAN: u8 = 0x1f;
const FIRST_MARKS: u8 = 8;

fn mark(language: usize) -> char {
    let number = u8::try_from(language).unwrap_or_default();
    char::from(if number < FIRST_MARKS { 0x01 + number } else { 0x0e + number - FIRST_MARKS })
}

/// The language in which a text is analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Language(&'static str);

impl Language {
    /// The declared language (BCP 47), or else the one that the text seems to be in.
    pub(super) fn of(declared: Option<&str>, text: &str) -> Self {
        let declared = declared.map(str::trim).filter(|tag| !tag.is_empty() && *tag != "und");
        declared.map_or_else(|| Self::detect(text), Self::parse)
    }

    /// The language of a tag; languages that make no difference here are one.
    pub(super) fn parse(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let primary = if matches!(primary.as_str(), "nb" | "nn") { "no" } else { &primary };
        let snowball = SNOWBALL.iter().map(|(code, ..)| *code);
        let known = snowball.chain(UNSTEMMED).find(|code| *code == primary);
        Self(known.unwrap_or("other"))
    }

    fn detect(text: &str) -> Self {
        let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(at, _)| at);
        let found = whatlang::detect_lang(&text[..end]).map(|language| language.code());
        let known = DETECTED.iter().find(|(code, _)| Some(*code) == found);
        Self(known.map_or("other", |(_, code)| code))
    }

    pub(super) fn code(self) -> &'static str {
        self.0
    }

    /// By what a word of this script is stemmed in a text of this language. Foreign names in other letters are
    /// taken for what they are most often: English, Russian, Arabic.
    fn stemming(self, script: Script) -> Option<Stemming> {
        if script == Script::Hangul {
            return Some(Stemming::Korean);
        }
        let own = SNOWBALL.iter().position(|(code, own, _)| *code == self.0 && *own == script);
        if own.is_none() && UNSTEMMED.contains(&self.0) && self.script() == Some(script) {
            return CUT.contains(&self.0).then_some(Stemming::Cut);
        }
        let usual = match script {
            Script::Latin => "en",
            Script::Cyrillic => "ru",
            Script::Greek => "el",
            Script::Arabic => "ar",
            Script::Tamil => "ta",
            Script::Hangul | Script::Other => return None,
        };
        let usual = || SNOWBALL.iter().position(|(code, ..)| *code == usual);
        own.or_else(usual).map(Stemming::Snowball)
    }

    /// The script of a language without a stemmer.
    fn script(self) -> Option<Script> {
        match self.0 {
            "be" | "bg" | "kk" | "mk" | "uk" => Some(Script::Cyrillic),
            "fa" | "ur" => Some(Script::Arabic),
            _ => Some(Script::Latin),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Stemming {
    Cut,
    Korean,
    Snowball(usize),
}

impl Stemming {
    fn term(self, word: &str) -> String {
        match self {
            Self::Cut => format!("{}{}", plain(first_letters(word)), char::from(CUT_OFF)),
            Self::Korean => format!("{}{}", without_particle(word), char::from(KOREAN)),
            Self::Snowball(number) => {
                let (language, _, algorithm) = SNOWBALL[number];
                let own = match language {
                    "ar" => Some(arabic::stem(word)),
                    "en" => english(word),
                    _ => None,
                };
                let stem =
                    own.unwrap_or_else(|| Stemmer::create(algorithm).stem(word).into_owned());
                format!("{}{}", plain(&stem), mark(number))
            }
        }
    }
}

/// The endings of a verb in -ize and of its nouns, as both sides of the Atlantic spell them; the longer first.
const IZE: [&str; 16] = [
    "isations", "izations", "isation", "ization", "ising", "izing", "isers", "izers", "iser",
    "izer", "ised", "ized", "ises", "izes", "ise", "ize",
];

/// Where Snowball's English does not do: it makes `localization` and `local` one, and leaves `vpns` alone.
fn english(word: &str) -> Option<String> {
    let verb =
        IZE.iter().find_map(|ending| word.strip_suffix(ending)).filter(|rest| rest.len() >= 4);
    if let Some(verb) = verb {
        return Some(format!("{verb}iz"));
    }
    let initials = word.strip_suffix('s').filter(|rest| (2..=5).contains(&rest.len()))?;
    let is_initials = initials.bytes().all(|c| c.is_ascii_lowercase() && !b"aeiouys".contains(&c));
    is_initials.then(|| initials.to_owned())
}

fn first_letters(word: &str) -> &str {
    let (short, up_to) = SHORT;
    let kept = if word.chars().count() > up_to { LONG } else { short };
    word.char_indices().nth(kept).map_or(word, |(end, _)| &word[..end])
}

/// A Korean word without the particle at its end; two syllables must stay, or the one that is law.
fn without_particle(word: &str) -> &str {
    let stem = PARTICLES.iter().find_map(|particle| word.strip_suffix(particle));
    stem.filter(|stem| stem.chars().count() >= 2 || *stem == LAW).unwrap_or(word)
}

/// The index terms of one word. It has a second one where stemming it with its accents and without them differ: so
/// the word is found by who writes the accents, inflected, and by who does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Terms {
    /// From the word without accents: every text that has the word has this term.
    pub(super) plain: String,
    /// From the word with its accents, if that is another.
    pub(super) accented: Option<String>,
}

impl Terms {
    /// Whether the word meets one of which these are the terms.
    pub(super) fn meet(&self, others: [Option<&str>; 2]) -> bool {
        self.all().into_iter().flatten().any(|term| others.contains(&Some(term)))
    }

    fn all(&self) -> [Option<&str>; 2] {
        [Some(&self.plain), self.accented.as_deref()]
    }
}

/// The terms of a word in a text of a language.
pub(super) fn terms(language: Language, word: &Word<'_>) -> Terms {
    let lower = lower(&word.text);
    let folded = plain(&lower);
    let Some(stemming) = language.stemming(word.script) else {
        return Terms { plain: folded.into_owned(), accented: None };
    };
    let plain = stemming.term(&folded);
    let accented = (lower != folded).then(|| stemming.term(&lower)).filter(|term| *term != plain);
    Terms { plain, accented }
}

#[cfg(test)]
mod tests {
    use super::super::words::each_word;
    use super::{Language, SNOWBALL, Terms, terms};

    fn of(tag: &str, text: &str) -> Terms {
        let mut found = None;
        each_word(text, |word| found = Some(terms(Language::parse(tag), &word)));
        found.unwrap()
    }

    #[test]
    fn inflections_meet_within_a_language_only() {
        for (tag, one, other) in [
            ("en", "regulators", "Regulator"),
            ("en", "localization", "localisation"),
            ("en", "localised", "localizing"),
            ("en", "VPNs", "vpn"),
            ("de", "Gesetze", "Gesetzes"),
            ("fr", "règlements", "RÈGLEMENT"),
            ("fr", "règlement", "reglement"),
            ("es", "regulación", "regulaciones"),
            ("es", "regulación", "regulacion"),
            ("ru", "закона", "законы"),
            ("tr", "kitaplar", "kitap"),
            ("ko", "개인정보를", "개인정보"),
            ("zh", "Ｌaws", "law"),
            ("uk", "закон", "ЗАКОН"),
            ("ar", "الحكومة", "حكومة"),
            ("ar", "البيانات", "بيانات"),
            ("ar", "والبيانات", "بيانات"),
            ("ar", "بالبيانات", "للبيانات"),
            ("ar", "وبيانات", "كالبيانات"),
            ("ar", "الوزارة", "وزارة"),
            ("ar", "والوزارات", "وزارة"),
            ("ar", "القوانين", "قوانينها"),
            ("ar", "الإلكترونية", "إلكتروني"),
            ("ar", "والالتزام", "التزام"),
            ("ar", "أَلْقَانُونُ", "قانون"),
            ("fa", "قانون", "قانون"),
        ] {
            assert!(of(tag, one).meet(of(tag, other).all()), "{tag}: {one} and {other}");
        }
        assert!(!of("en", "localization").meet(of("en", "local").all()));
        assert!(!of("en", "organ").meet(of("en", "organizations").all()));
        assert!(!of("en", "dies").meet(of("de", "die").all()));
        assert!(of("en", "2017").meet(of("ru", "2017").all()));
    }

    #[test]
    fn a_language_that_is_not_said_is_seen() {
        let german =
            "Der Bundestag hat am Donnerstag ein Gesetz über die Sicherheit der Netze beschlossen.";
        assert_eq!(Language::of(None, german).code(), "de");
        assert_eq!(Language::of(Some("pt-BR"), german).code(), "pt");
        assert_eq!(Language::of(Some("nb"), "").code(), "no");
    }

    /// The stemmers are not ours, and words come from outside.
    #[test]
    fn no_word_is_too_strange_for_a_stemmer() {
        let pieces = [
            "a",
            "é",
            "ß",
            "İ",
            "ь",
            "ы",
            "ال",
            "وَ",
            "ة",
            "ς",
            "ά",
            "க",
            "ும்",
            "'",
            "’",
            "1",
            "ll",
            "ing",
            "ational",
            "ij",
            "y",
            "🙂",
        ];
        let mut seed = 7_u64;
        let mut next = |below: usize| {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % below
        };
        for _ in 0..20_000 {
            let length = 1 + next(9);
            let word: String = (0..length).map(|_| pieces[next(pieces.len())]).collect();
            let (code, ..) = SNOWBALL[next(SNOWBALL.len())];
            each_word(&word, |word| drop(terms(Language::parse(code), &word)));
        }
    }
}
