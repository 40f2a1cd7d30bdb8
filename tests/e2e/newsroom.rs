//! The demo's newsroom is read as a person reads it: every text whole, nothing of what stands round it, tagged by the
//! codebook.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use index::Item;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use url::Url;
use web::app::App;
use web::clock::Clock;
use web::config::Config;
use web::jobs::ingest::{self, Report, Round};
use web::newsroom::Newsroom;
use web::newsroom::article::{Article, Block};
use web::newsroom::outlet::Outlet;

/// What people said of each text: path, policy, jurisdictions, topics, stage, instruments.
const EXPECTED: &str = include_str!("../../web/newsroom/expected.tsv");

/// The least agreement with it.
const POLICY: f64 = 0.97;
const JURISDICTIONS: f64 = 0.97;
const TOPICS: f64 = 0.78;
const STAGE: f64 = 0.70;
const INSTRUMENTS: f64 = 0.83;

/// What the boxes of the pages are headed by, and what their banners and pictures say.
const LABELS: [&str; 12] = [
    "Related Reading",
    "Related Content",
    "Lesen Sie auch",
    "Weitere Meldungen",
    "延伸阅读",
    "相关新闻",
    "Читайте также",
    "Другие новости",
    "843 partners",
    "nach DSGVO, zur statistischen",
    "152-ФЗ. Продолжая работу",
    "Illustration: The Cyber Ledger",
];

/// A Lexwatch that follows the newsroom.
struct Reader {
    newsroom: Newsroom,
    app: App,
    _folder: TempDir,
}

impl Reader {
    async fn start() -> anyhow::Result<Self> {
        let newsroom = Newsroom::load()?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let base = Url::parse(&format!("http://{address}/"))?;
        let router = newsroom.router(&base);
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mut config = Config::parse("no file", "", Path::new("."))?;
        config.crawler.allow_addresses = vec![address];
        config.crawler.host_delay = Duration::ZERO;
        config.catalog = newsroom.sources(&base);
        let folder = tempfile::tempdir()?;
        let clock = Clock::starting_at("2026-11-24T07:00:00Z".parse()?);
        let app = App::open(config, folder.path(), clock).await?;
        app.follow_catalog().await?;
        Ok(Self { newsroom, app, _folder: folder })
    }

    async fn ingest(&self) -> anyhow::Result<Report> {
        ingest::run(&self.app, &Round { all: true, sources: Vec::new() }).await
    }

    /// What is kept, by the path of its page.
    async fn kept(&self) -> anyhow::Result<BTreeMap<String, (Item, String)>> {
        let items = self.app.index.store().walk(0, 1000).await?;
        let path = |item: &Item| anyhow::Ok(Url::parse(&item.url)?.path().to_owned());
        items.into_iter().map(|(item, text)| Ok((path(&item)?, (item, text)))).collect()
    }

    fn texts(&self) -> impl Iterator<Item = (&Outlet, &Article)> {
        let outlets = self.newsroom.outlets().iter();
        outlets.flat_map(|outlet| outlet.articles.iter().map(move |article| (outlet, article)))
    }
}

#[tokio::test]
async fn every_text_comes_out_whole_and_alone() -> anyhow::Result<()> {
    let reader = Reader::start().await?;
    let report = reader.ingest().await?;
    let number = reader.texts().count();
    assert!(number >= 66);
    assert_eq!((report.kept, report.failed), (number, 0), "{report:?}");
    let kept = reader.kept().await?;
    let mut faults = Vec::new();
    for (outlet, article) in reader.texts() {
        let path = outlet.path(article);
        let (item, text) = kept.get(&path).with_context(|| path.clone())?;
        let found = faults_of(outlet, article, item, text);
        faults.extend(found.into_iter().map(|fault| format!("{path}: {fault}")));
    }
    assert!(faults.is_empty(), "{faults:#?}");
    Ok(())
}

#[tokio::test]
async fn an_outlet_without_news_answers_that_nothing_changed() -> anyhow::Result<()> {
    let reader = Reader::start().await?;
    reader.ingest().await?;
    let again = reader.ingest().await?;
    assert!(again.sources.iter().all(|source| source.status == "unchanged"), "{again:?}");
    assert_eq!(again.read, 0);
    Ok(())
}

#[tokio::test]
async fn tags_agree_with_those_of_people() -> anyhow::Result<()> {
    let reader = Reader::start().await?;
    reader.ingest().await?;
    let kept = reader.kept().await?;
    let mut scores = Scores::default();
    for (outlet, article) in reader.texts() {
        let (item, _) = kept.get(&outlet.path(article)).context("a text that was not kept")?;
        scores.add(&expected(outlet, article)?, item);
    }
    let Scores { policy, stage, jurisdictions, topics, instruments, .. } = &scores;
    let got = [policy.f1(), jurisdictions.f1(), topics.f1(), stage.f1(), instruments.f1()];
    let least = [POLICY, JURISDICTIONS, TOPICS, STAGE, INSTRUMENTS];
    let is_enough = got.iter().zip(least).all(|(got, least)| *got >= least);
    assert!(
        is_enough,
        "policy, jurisdictions, topics, stage, instruments: {got:.3?}, at least {least:?}"
    );
    Ok(())
}

/// The story with which it all began has to be right in every tag.
#[tokio::test]
async fn the_first_story_is_tagged_as_in_the_codebook() -> anyhow::Result<()> {
    let reader = Reader::start().await?;
    reader.ingest().await?;
    let kept = reader.kept().await?;
    let (item, _) = kept
        .get("/cyber-ledger/2017/07/12/apple-first-china-data-centre")
        .context("it was not kept")?;
    let tags = Tagged::of(item);
    let set = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    assert!(item.tags.policy.value);
    assert_eq!(tags.jurisdictions, set(&["CN"]));
    let topics = ["cloud-services", "data-localization", "encryption", "source-code-review"];
    assert_eq!(tags.topics, set(&topics));
    assert_eq!(tags.stage, set(&["in-force"]));
    assert_eq!(tags.instruments, set(&["China Cybersecurity Law"]));
    Ok(())
}

/// Whoever opens one in a browser learns what it is, and nobody else hears of it.
#[tokio::test]
async fn pages_say_that_they_are_invented_and_refer_to_no_other_host() -> anyhow::Result<()> {
    let newsroom = Newsroom::load()?;
    let base = Url::parse("http://127.0.0.1:1/")?;
    let router = newsroom.router(&base);
    for outlet in newsroom.outlets() {
        let pages = outlet.articles.iter().map(|article| outlet.path(article));
        for path in pages.chain([outlet.home(), format!("{}nothing", outlet.home())]) {
            let request = Request::get(&path).body(Body::empty())?;
            let answer = router.clone().oneshot(request).await?;
            assert_eq!(answer.status() == StatusCode::NOT_FOUND, path.ends_with("/nothing"));
            let body = to_bytes(answer.into_body(), 1 << 20).await?;
            // What matters here is ASCII in both encodings.
            let page = String::from_utf8_lossy(&body);
            let small = page.rsplit("<small>").next().unwrap_or_default();
            assert!(small.contains("Lexwatch"), "{path} does not say that it is invented");
            for attribute in ["href=\"", "src=\"", "action=\""] {
                let targets =
                    page.split(attribute).skip(1).filter_map(|rest| rest.split('"').next());
                let abroad = |target: &&str| {
                    base.join(target).is_ok_and(|url| url.host() != base.host() && url.has_host())
                };
                let abroad: Vec<_> = targets.filter(abroad).collect();
                assert!(abroad.is_empty(), "{path} refers to {abroad:?}");
            }
        }
    }
    Ok(())
}

fn faults_of(outlet: &Outlet, article: &Article, item: &Item, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let whole = words(&format!("{} {}", article.summary, own(article).join(" ")));
    let strange = text.split("\n\n").filter(|part| !whole.contains(&words(part)));
    faults.extend(strange.map(|part| format!("{part:?} is not of the text")));
    let text = words(text);
    if item.title != article.title {
        faults.push(format!("the title is {:?}", item.title));
    }
    if article.author.is_some() && item.byline != article.author {
        faults.push(format!("the byline is {:?}", item.byline));
    }
    let day = article.published.format("%Y-%m-%d").to_string();
    if !item.published.is_some_and(|time| time.to_string().starts_with(&day)) {
        faults.push(format!("it was published on {day}, not {:?}", item.published));
    }
    if item.language.as_deref() != Some(&outlet.language) {
        faults.push(format!("the language is {:?}", item.language));
    }
    let missing = own(article).into_iter().filter(|own| !text.contains(&words(own)));
    faults.extend(missing.map(|own| format!("{own:?} is missing")));
    let strange =
        around(outlet, article).into_iter().filter(|around| text.contains(&words(around)));
    faults.extend(strange.map(|around| format!("{around:?} is not of the text")));
    faults
}

/// What the text consists of.
fn own(article: &Article) -> Vec<&str> {
    let mut own = Vec::new();
    for block in &article.blocks {
        match block {
            Block::Paragraph(text) | Block::Heading(text) | Block::Quote(text) => own.push(&**text),
            Block::List(items) => own.extend(items.iter().map(String::as_str)),
            Block::Table(rows) => own.extend(rows.iter().flatten().map(String::as_str)),
        }
    }
    own
}

/// What stands round it on its page.
fn around<'a>(outlet: &'a Outlet, article: &Article) -> Vec<&'a str> {
    let mut around = LABELS.to_vec();
    around.extend([&*outlet.tagline, &*outlet.newsletter]);
    around.extend(outlet.legal.iter().map(String::as_str));
    // A biography without its name, which the page puts in for `{author}`.
    around.extend(outlet.biographies.iter().filter_map(|text| text.split("{author}").last()));
    for ad in &outlet.ads {
        around.extend([&*ad.headline, &*ad.text, &*ad.call]);
    }
    for comment in &outlet.comments {
        around.extend([&*comment.name, &*comment.text]);
    }
    for other in outlet.articles.iter().filter(|other| other.slug != article.slug) {
        around.extend([&*other.title, &*other.summary]);
    }
    around
}

/// Text with one space wherever there is any.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The tags of one text, as words.
struct Tagged {
    policy: bool,
    jurisdictions: BTreeSet<String>,
    topics: BTreeSet<String>,
    stage: BTreeSet<String>,
    instruments: BTreeSet<String>,
}

impl Tagged {
    fn of(item: &Item) -> Self {
        let tags = &item.tags;
        let jurisdictions = tags.jurisdictions.iter().map(|tag| tag.value.code().to_owned());
        let instruments = tags.instruments.iter().map(|tag| tag.value.name().to_owned());
        Self {
            policy: tags.policy.value,
            jurisdictions: jurisdictions.collect(),
            topics: tags.topics.iter().map(|tag| tag.value.slug().to_owned()).collect(),
            stage: tags.stage.iter().map(|tag| tag.value.slug().to_owned()).collect(),
            instruments: instruments.collect(),
        }
    }
}

fn expected(outlet: &Outlet, article: &Article) -> anyhow::Result<Tagged> {
    let day = article.published.format("%Y-%m-%d");
    let path = format!("articles/{}/{day}-{}.md", outlet.id, article.slug);
    let row = EXPECTED.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let row = row
        .into_iter()
        .find(|row| row[0] == path)
        .with_context(|| format!("no line for {path}"))?;
    let set = |column: usize| {
        let values = row.get(column).copied().unwrap_or_default().split(',');
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    };
    Ok(Tagged {
        policy: row[1] == "true",
        jurisdictions: set(2),
        topics: set(3),
        stage: set(4),
        instruments: set(5),
    })
}

/// How often people and the classifier agree, kind by kind.
#[derive(Default)]
struct Scores {
    policy: Score,
    jurisdictions: Score,
    topics: Score,
    stage: Score,
    instruments: Score,
}

impl Scores {
    fn add(&mut self, expected: &Tagged, item: &Item) {
        let found = Tagged::of(item);
        self.policy.add(&BTreeSet::from([expected.policy]), &BTreeSet::from([found.policy]));
        self.jurisdictions.add(&expected.jurisdictions, &found.jurisdictions);
        self.topics.add(&expected.topics, &found.topics);
        self.stage.add(&expected.stage, &found.stage);
        self.instruments.add(&expected.instruments, &found.instruments);
    }
}

#[derive(Default)]
struct Score {
    both: usize,
    one: usize,
}

impl Score {
    fn add<T: Ord>(&mut self, expected: &BTreeSet<T>, found: &BTreeSet<T>) {
        self.both += expected.intersection(found).count();
        self.one += expected.symmetric_difference(found).count();
    }

    /// The harmonic mean of precision and recall.
    fn f1(&self) -> f64 {
        let both = 2.0 * self.both as f64;
        both / (both + self.one as f64)
    }
}
