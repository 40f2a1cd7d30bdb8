//! Random queries over random texts, beside a matcher of few lines that cannot be wrong in the same way.

use std::collections::BTreeSet;

use index::Expression;

use super::*;

const WORDS: [&str; 8] = ["vpn", "encrypt", "law", "fine", "cloud", "cloudy", "网络", "закон"];
/// Most texts of an index are in one language; a word has another term in each.
const LANGUAGES: [&str; 8] = ["en", "en", "en", "en", "de", "fr", "ru", "zh"];
const CODES: [&[&str]; 4] = [&["CN"], &["IN"], &["CN", "IN"], &[]];

/// A sequence of numbers that is the same in every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn words(&mut self, most: usize) -> Vec<&'static str> {
        (0..1 + self.below(most)).map(|_| WORDS[self.below(WORDS.len())]).collect()
    }

    fn query(&mut self, depth: usize) -> String {
        let parts = 1 + self.below(3);
        let joint = if self.below(2) == 0 { " " } else { " OR " };
        let part = |numbers: &mut Self| {
            let sign = if numbers.below(4) == 0 { "-" } else { "" };
            let part = match numbers.below(8) {
                0 if depth > 0 => format!("({})", numbers.query(depth - 1)),
                1 | 2 => format!("\"{}\"", numbers.words(3).join(" ")),
                3 => format!("{}*", ["clo", "cloud", "en", "vpn"][numbers.below(4)]),
                4 => format!("country:{}", ["CN", "IN", "CN,IN", "BR"][numbers.below(4)]),
                _ => WORDS[numbers.below(WORDS.len())].to_owned(),
            };
            format!("{sign}{part}")
        };
        (0..parts).map(|_| part(self)).collect::<Vec<_>>().join(joint)
    }
}

struct Text {
    words: Vec<&'static str>,
    codes: &'static [&'static str],
}

impl Text {
    fn matches(&self, part: &Expression) -> bool {
        match part {
            Expression::Word(word) => self.words.contains(&word.as_str()),
            Expression::Prefix(start) => {
                self.words.iter().any(|word| word.starts_with(start.as_str()))
            }
            Expression::Phrase(phrase) => {
                self.words.windows(phrase.len()).any(|words| words.iter().eq(phrase.iter()))
            }
            Expression::Filter(_, code) => self.codes.contains(&code.as_str()),
            Expression::And(parts) | Expression::Most(parts) => {
                parts.iter().all(|part| self.matches(part))
            }
            Expression::Or(parts) => parts.iter().any(|part| self.matches(part)),
            Expression::Not(part) => !self.matches(part),
            Expression::Near(..) => panic!("none was made"),
        }
    }
}

#[tokio::test]
async fn random_queries_find_what_they_say() {
    let mut numbers = Numbers(5);
    let texts: Vec<_> = (0..300)
        .map(|_| Text { words: numbers.words(9), codes: CODES[numbers.below(CODES.len())] })
        .collect();
    let written: Vec<_> = texts.iter().map(|text| text.words.join(" ")).collect();
    let titles: Vec<_> = (0..texts.len()).map(|n| format!("t{n}")).collect();
    let drafts: Vec<_> = (0..texts.len())
        .map(|n| Draft {
            title: &titles[n],
            language: Some(LANGUAGES[numbers.below(LANGUAGES.len())]),
            text: &written[n],
            jurisdictions: texts[n].codes,
            ..DRAFT
        })
        .collect();
    let folder = TempDir::new().unwrap();
    let index = open(folder.path()).await;
    let mut at = 0;
    for size in [1, 130, 2, 67, 100] {
        let ids = keep(&index, at, &drafts[at..at + size]).await;
        // Takes the place of a document, so that there are deleted ones.
        let tags = Draft { stage: Some("adopted"), ..drafts[at] }.tags();
        index.catch_up().await.unwrap();
        index.store().retag(ids[0], &tags, now()).await.unwrap();
        index.catch_up().await.unwrap();
        at += size;
    }
    for _ in 0..600 {
        let text = numbers.query(2);
        // What widening adds has tests of its own.
        let query = Query { widen: false, ..query(&text) };
        let page = index.find(&query, &first(1_000), &[Facet::Jurisdiction], None).await.unwrap();
        let found: BTreeSet<_> = page.rows.iter().map(|(item, _)| item.title.as_str()).collect();
        let expected: BTreeSet<_> = (texts.iter().zip(&titles))
            .filter(|(text, _)| {
                let codes = query.values(Facet::Jurisdiction);
                (codes.is_empty()
                    || text.codes.iter().any(|code| codes.iter().any(|wanted| wanted == code)))
                    && query.words.as_ref().is_none_or(|words| text.matches(words))
            })
            .map(|(_, title)| title.as_str())
            .collect();
        assert_eq!(found, expected, "{text}");
        assert_eq!(page.total, expected.len() as u64, "{text}");
    }
}
