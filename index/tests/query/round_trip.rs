//! Whatever is typed: no panic, an answer soon, and a canonical form that reads back to the same query.

use super::*;

/// A sequence of numbers that is the same in every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn text(&mut self, pieces: &[&str], most: usize) -> String {
        (0..self.below(most)).map(|_| pieces[self.below(pieces.len())]).collect()
    }
}

const PIECES: [&str; 74] = [
    "a",
    "data",
    "Law",
    "OR",
    "AND",
    "NOT",
    " ",
    " ",
    " ",
    "(",
    ")",
    "\"",
    "-",
    "+",
    "*",
    "~4",
    "~",
    ":",
    ",",
    "country:",
    "cn",
    "CN,",
    "law:",
    "topic:",
    "encryption",
    "source:",
    "x y",
    "after:",
    "before:",
    "2017",
    "2017-06",
    "policy:",
    "any",
    "sort:",
    "newest",
    "publisher:",
    "court",
    "lang:",
    "zh-CN",
    "contry:",
    "https://",
    "/",
    "'",
    "’",
    "“",
    "”",
    "（",
    "）",
    "：",
    "，",
    "＂",
    "网络安全法",
    "ж",
    "é",
    "e\u{301}",
    "\u{202e}",
    "\0",
    "\n",
    "\u{3000}",
    "\u{200b}",
    "🙂",
    "－",
    "|",
    "&&",
    "!",
    "^",
    "limit:",
    "title:",
    " AND ",
    "country:RU",
    "date>=",
    "<",
    "||",
    ";",
];

fn assert_reads_back(query: &Query, from: &str) {
    let (text, errors) = Query::parse(&query.to_text());
    assert_eq!(errors, [], "{from:?} became {:?}", query.to_text());
    assert_eq!(text, *query, "{from:?} became {:?}", query.to_text());
    let (address, errors) = from_address(&query.to_query_string());
    assert_eq!(errors, [], "{from:?} became {}", query.to_query_string());
    assert_eq!(address, *query, "{from:?} became {}", query.to_query_string());
}

#[test]
fn any_text_has_a_canonical_form() {
    let mut numbers = Numbers(1);
    for _ in 0..8_000 {
        let text = numbers.text(&PIECES, 24);
        assert_reads_back(&Query::parse(&text).0, &text);
    }
}

#[test]
fn what_is_left_of_a_query_has_a_canonical_form() {
    for text in [
        "-(-country:CN after:2017)",
        "-(-(country:CN a) after:2017) country:RU",
        "-(-(country:CN AND country:RU) after:2017)",
        "x OR -(-(country:CN a) after:2017)",
    ] {
        assert_reads_back(&Query::parse(text).0, text);
    }
}

#[test]
fn any_characters_have_a_canonical_form() {
    let mut numbers = Numbers(2);
    for _ in 0..4_000 {
        let text: String = (0..numbers.below(20))
            .filter_map(|_| {
                let end = if numbers.below(2) == 0 { 0x250 } else { 0x0003_0000 };
                char::from_u32(u32::try_from(numbers.below(end)).unwrap())
            })
            .collect();
        assert_reads_back(&Query::parse(&text).0, &text);
    }
}

#[test]
fn any_parameters_have_a_canonical_form() {
    let names = [
        "q",
        "country",
        "jurisdiction",
        "law",
        "topic",
        "source",
        "publisher",
        "lang",
        "from",
        "to",
        "policy",
        "sort",
        "other",
    ];
    let mut numbers = Numbers(3);
    for _ in 0..4_000 {
        let pairs: Vec<_> = (0..numbers.below(5))
            .map(|_| (names[numbers.below(names.len())], numbers.text(&PIECES, 6)))
            .collect();
        let given = pairs.iter().map(|(name, value)| (*name, value.as_str()));
        assert_reads_back(&Query::from_pairs(given).0, &format!("{pairs:?}"));
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}x{}", open.repeat(times), close.repeat(times))
    };
    let hostile = [
        deep("(", ")", 100_000),
        deep("(a OR ", ")", 1_000),
        deep("-(a ", ")", 10_000),
        deep("NOT (a OR -(b ", "))", 50),
        "-".repeat(100_000),
        "NOT ".repeat(100_000),
        "\"".repeat(100_001),
        "a ".repeat(100_000),
        "a OR ".repeat(100_000),
        "a".repeat(1_000_000),
        "网".repeat(100_000),
        format!("\"{}\"", "a ".repeat(100_000)),
        format!("\"a b\"~{}", "9".repeat(1_000)),
        format!("country:{}", "CN,".repeat(100_000)),
        format!("-country:{}", "CN,DE,FR,".repeat(1_000)),
        "country:CN ".repeat(10_000),
        "country:XX ".repeat(10_000),
        format!("law:\"{}\"", "x".repeat(100_000)),
        format!("source:{}", (0..1_000).map(|n| format!("s{n},")).collect::<String>()),
        (0..200).map(|n| format!("source:s{n} OR ")).collect(),
    ];
    for text in hostile {
        let start: String = text.chars().take(20).collect();
        let (query, errors) = Query::parse(&text);
        assert!(query.to_text().len() < 100_000, "{start}…");
        assert!(errors.len() <= 16, "{start}…: {} errors", errors.len());
        assert!(errors.iter().all(|error| error.to_string().len() < 2_000), "{start}…");
        assert_reads_back(&query, &start);
    }
    let (query, errors) = Query::parse(&"a ".repeat(1_000));
    assert!(errors[0].to_string().contains("64 words"), "{errors:?}");
    assert!(matches!(query.words, Some(Expression::And(words)) if words.len() == 64));
}
