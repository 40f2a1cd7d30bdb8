//! How many pages and feeds are read in a second, beside what the HTML parser alone takes.
//!
//! `cargo bench -p crawler`. The pages are made here, about 90 kB each, in three layouts: one that is mostly text, one
//! that is mostly furniture, as news sites are, and one of nothing but nested boxes with scripts and styles.

use std::fmt::Write as _;
use std::hint::black_box;

use crawler::{ArticleSelectors, Page, extract, feed};
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use html5ever::tendril::TendrilSink as _;
use scraper::{Html, HtmlTreeSink};
use url::Url;

/// Bytes of a page.
const SIZE: usize = 90_000;

/// Words that make sentences of no meaning; the numbers keep them apart.
const WORDS: [&str; 16] = [
    "the",
    "harbour",
    "board",
    "of",
    "inspectors",
    "may",
    "refuse",
    "a",
    "licence",
    "where",
    "any",
    "vessel",
    "has",
    "not",
    "been",
    "measured",
];

fn sentence(seed: usize) -> String {
    let words = (0..9 + seed % 13).map(|n| WORDS[(seed * 7 + n * n + n) % WORDS.len()]);
    let words: Vec<&str> = words.collect();
    format!("In case {seed} {}. ", words.join(" "))
}

fn paragraph(seed: usize) -> String {
    let sentences: String = (0..4).map(|n| sentence(seed * 5 + n)).collect();
    format!("<p>{sentences}</p>\n")
}

const HEAD: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Vessels to be \
    measured - Quay</title><meta property=\"article:published_time\" content=\"2019-03-18T09:30:00Z\"><meta \
    name=\"author\" content=\"Ann Lee\"></head><body><h1>Vessels to be measured</h1>";

fn filled(mut page: String, part: impl Fn(usize) -> String) -> String {
    let mut seed = 0;
    while page.len() < SIZE {
        page.push_str(&part(seed));
        seed += 1;
    }
    page + "</body></html>"
}

/// An article of ninety kilobytes.
fn text() -> String {
    filled(format!("{HEAD}<article>"), paragraph)
}

/// An article of twelve paragraphs among teasers.
fn news() -> String {
    let article: String = (0..12).map(paragraph).collect();
    let start = format!("{HEAD}<main><article class=\"story\">{article}</article></main>");
    filled(start, |seed| {
        format!(
            "<div class=\"teaser teaser--{seed} col-md-4\" data-id=\"{seed}\"><a href=\"/news/{seed}\" \
             class=\"teaser__link\"><img src=\"/img/{seed}.jpg\" alt=\"\" width=\"300\"><h3>{}</h3><span \
             class=\"date\">18 March 2019</span></a></div>\n",
            sentence(seed)
        )
    })
}

/// Boxes in boxes, with scripts and styles between them.
fn boxes() -> String {
    let start = format!("{HEAD}<style>{}</style>", ".a{color:red}".repeat(1000));
    filled(start, |seed| {
        let script = format!("<script>var a{seed} = [{}];</script>", "1,2,3,".repeat(40));
        let deep = "<div class=\"e f\"><div style=\"margin:0\">".repeat(6);
        format!("{deep}{}{script}{}", paragraph(seed), "</div></div>".repeat(6))
    })
}

fn rss() -> String {
    let mut feed = "<rss version=\"2.0\"><channel><title>Quay</title>".to_owned();
    for seed in 0..40 {
        let _ = write!(
            feed,
            "<item><title>{}</title><link>https://quay.example/{seed}</link><pubDate>Mon, 18 Mar 2019 \
             09:30:00 +0100</pubDate><description><![CDATA[{}]]></description></item>",
            sentence(seed),
            paragraph(seed)
        );
    }
    feed + "</channel></rss>"
}

fn atom() -> String {
    let mut feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Quay</title>".to_owned();
    for seed in 0..40 {
        let _ = write!(
            feed,
            "<entry><id>q{seed}</id><title>{}</title><link href=\"/{seed}\"/><updated>2019-03-18T09:30:00Z\
             </updated><content type=\"html\">&lt;p&gt;{}&lt;/p&gt;</content></entry>",
            sentence(seed),
            sentence(seed + 1)
        );
    }
    feed + "</feed>"
}

fn page(body: String) -> Page {
    let url = Url::parse("https://quay.example/2019/03/18/vessels").ok();
    Page { url, content_type: Some("text/html; charset=utf-8".to_owned()), body: body.into_bytes() }
}

fn pages(criterion: &mut Criterion) {
    for (name, body) in [("text", text()), ("news", news()), ("boxes", boxes())] {
        let mut group = criterion.benchmark_group(format!("page of {name}"));
        group.throughput(Throughput::Elements(1));
        parser_alone(&mut group, &body);
        let page = page(body);
        let selectors = ArticleSelectors::default();
        group.bench_function("extraction", |bench| {
            bench.iter(|| extract::article(black_box(&page), &selectors));
        });
        group.finish();
    }
}

/// What any extraction on this parser takes at least.
fn parser_alone<M: criterion::measurement::Measurement>(
    group: &mut BenchmarkGroup<'_, M>,
    body: &str,
) {
    group.bench_function("html5ever alone", |bench| {
        bench.iter(|| {
            let sink = HtmlTreeSink::new(Html::new_document());
            html5ever::parse_document(sink, html5ever::ParseOpts::default()).one(black_box(body))
        });
    });
}

fn feeds(criterion: &mut Criterion) {
    for (name, body) in [("RSS", rss()), ("Atom", atom())] {
        let mut group = criterion.benchmark_group(format!("feed, {name}"));
        group.throughput(Throughput::Elements(1));
        group.bench_function("reading", |bench| {
            bench.iter(|| feed::parse(black_box(body.as_bytes()), None, None));
        });
        group.finish();
    }
}

criterion_group!(benches, pages, feeds);
criterion_main!(benches);
