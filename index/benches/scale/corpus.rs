//! Texts of realistic length and word distribution, and questions about them; the same in every run.

/// The newest item is of this moment: 1 November 2026.
pub(super) const END: i64 = 1_793_491_200;
const YEAR: i64 = 31_557_600;

const JURISDICTIONS: [(&str, &str); 10] = [
    ("CN", "China"),
    ("US", "United States"),
    ("EU", "European Union"),
    ("DE", "Germany"),
    ("IN", "India"),
    ("BR", "Brazil"),
    ("RU", "Russia"),
    ("GB", "United Kingdom"),
    ("JP", "Japan"),
    ("US-CA", "California"),
];

const TOPICS: [(&str, &str); 8] = [
    ("encryption", "encryption backdoor"),
    ("censorship", "website blocking"),
    ("surveillance", "lawful interception"),
    ("data-protection", "personal data"),
    ("cybercrime", "computer crime"),
    ("cloud-services", "cloud provider"),
    ("supply-chain", "vendor ban"),
    ("data-localization", "local storage"),
];

const POLICY: [&str; 24] = [
    "law",
    "regulator",
    "government",
    "parliament",
    "court",
    "security",
    "network",
    "company",
    "minister",
    "data",
    "rules",
    "fine",
    "commission",
    "draft",
    "bill",
    "compliance",
    "operator",
    "critical",
    "infrastructure",
    "privacy",
    "incident",
    "notice",
    "authority",
    "deadline",
];

const SYLLABLES: [&str; 24] = [
    "ba", "ce", "di", "fo", "gu", "ha", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu", "an",
    "er", "in", "on", "us", "st", "tr", "pl", "nd",
];

/// How many words there are, in order of frequency.
const VOCABULARY: usize = 80_000;

/// What is indexed.
#[derive(Debug)]
pub(super) struct Story {
    pub(super) title: String,
    pub(super) text: String,
    /// Seconds.
    pub(super) published: i64,
    pub(super) jurisdiction: &'static str,
    pub(super) topics: Vec<&'static str>,
}

/// The five kinds of `DESIGN`'s comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Single,
    And,
    Phrase,
    Or5,
    Filtered,
}

/// What is asked.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) kind: Kind,
    pub(super) terms: Vec<String>,
    pub(super) jurisdiction: &'static str,
    pub(super) from: i64,
    pub(super) to: i64,
}

impl Question {
    /// The same in the query language.
    pub(super) fn text(&self) -> String {
        let day = |seconds| {
            let time: chrono::DateTime<chrono::Utc> =
                chrono::DateTime::from_timestamp(seconds, 0).unwrap_or_default();
            time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
        };
        match self.kind {
            Kind::Phrase => format!("\"{}\"", self.terms.join(" ")),
            Kind::Or5 => self.terms.join(" OR "),
            Kind::Single | Kind::And => self.terms.join(" "),
            Kind::Filtered => format!(
                "{} country:{} after:{} before:{} sort:newest",
                self.terms.join(" "),
                self.jurisdiction,
                day(self.from),
                day(self.to)
            ),
        }
    }
}

/// Makes texts and questions.
pub(super) struct Corpus {
    seed: u64,
    words: Vec<String>,
}

impl Corpus {
    pub(super) fn new(seed: u64) -> Self {
        let mut corpus = Self { seed, words: Vec::new() };
        corpus.words = (0..VOCABULARY)
            .map(|rank| match POLICY.get(rank / 8).filter(|_| rank % 8 == 3) {
                Some(word) => (*word).to_owned(),
                None => {
                    let syllables = 1 + corpus.below(3) + (rank + 1).ilog2() as usize / 8;
                    (0..syllables).map(|_| SYLLABLES[corpus.below(SYLLABLES.len())]).collect()
                }
            })
            .collect();
        corpus
    }

    fn below(&mut self, bound: usize) -> usize {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as usize % bound
    }

    /// A word by Zipf's law: the chance of a rank falls with its inverse.
    fn word(&mut self) -> String {
        let share = self.below(1 << 24) as f64 / f64::from(1 << 24);
        let rank = (VOCABULARY as f64).powf(share) as usize - 1;
        self.words[rank.min(VOCABULARY - 1)].clone()
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<_> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    pub(super) fn story(&mut self) -> Story {
        let (code, name) = JURISDICTIONS[self.below(JURISDICTIONS.len())];
        let count = 1 + self.below(3);
        let topics: Vec<_> = (0..count).map(|_| TOPICS[self.below(TOPICS.len())]).collect();
        let mut text = String::new();
        let mut left = 200 + self.below(1_000);
        while left > 0 {
            let length = left.min(8 + self.below(20));
            left -= length;
            text.push_str(&self.words(length));
            match self.below(6) {
                0 => text.push_str(&format!(" {name}")),
                1 => text.push_str(&format!(" {}", topics[0].1)),
                _ => {}
            }
            text.push_str(if self.below(5) == 0 { ".\n\n" } else { ". " });
        }
        let mut slugs: Vec<_> = topics.iter().map(|topic| topic.0).collect();
        slugs.sort_unstable();
        slugs.dedup();
        Story {
            title: format!("{name}: {} {}", topics[0].1, self.words(6)),
            text,
            published: END - self.below(usize::try_from(10 * YEAR).unwrap_or(1)) as i64,
            jurisdiction: code,
            topics: slugs,
        }
    }

    pub(super) fn question(&mut self, number: usize) -> Question {
        let kinds = [Kind::Single, Kind::And, Kind::Phrase, Kind::Or5, Kind::Filtered];
        let kind = kinds[number % kinds.len()];
        let count = match kind {
            Kind::Single => 1,
            Kind::And => 2 + number / 5 % 2,
            Kind::Or5 => 5,
            Kind::Filtered => 1 + number / 5 % 2,
            Kind::Phrase => 0,
        };
        let mut terms: Vec<String> = (0..count).map(|_| self.term()).collect();
        if kind == Kind::Phrase {
            let phrase = TOPICS[self.below(TOPICS.len())].1;
            terms = phrase.split(' ').map(str::to_owned).collect();
        }
        let to = END - self.below(700) as i64 * 86_400;
        let days = [30, 90, 365, 1_095][self.below(4)];
        let jurisdiction = JURISDICTIONS[self.below(JURISDICTIONS.len())].0;
        Question { kind, terms, jurisdiction, from: to - days * 86_400, to }
    }

    /// A word that somebody may ask for: neither among the most common nor among the rarest.
    fn term(&mut self) -> String {
        if self.below(2) == 0 {
            return POLICY[self.below(POLICY.len())].to_owned();
        }
        let rank = 300 + self.below(10_000);
        self.words[rank].clone()
    }
}
