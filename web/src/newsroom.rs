//! `Newsroom`: the demo's invented outlets, served as sites that the real pipeline can crawl.
//!
//! Nothing here is known to the crawler: it sees feeds, lists and pages of six makes, in four languages and two
//! encodings, with all that real pages put round a text. The outlets and their articles are files under
//! `web/newsroom`, embedded in the binary.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use crawler::{ArticleSelectors, Format, JsonPointers, ListingSelectors, Source, SourceId};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use url::Url;

// What there is to publish.
pub mod article;
pub mod outlet;

// How it is published.
mod feeds;
mod pages;
mod site;

use article::Article;
use outlet::{FeedKind, Outlet, Words};

/// The outlets, their articles and the files of their sites.
static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/newsroom");

/// How often the demo polls each outlet.
const SCHEDULE: &str = "0 */5 * * * *";

/// All outlets with their articles; cheap to clone.
#[derive(Debug, Clone)]
pub struct Newsroom {
    outlets: Arc<[Outlet]>,
    words: Arc<HashMap<String, Words>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    outlet: Vec<Outlet>,
}

impl Newsroom {
    /// Reads the embedded files.
    ///
    /// # Errors
    /// Names the file that is not as it should be: none in a tested build.
    pub fn load() -> anyhow::Result<Self> {
        let words: HashMap<String, Words> =
            toml::from_str(text("words.toml")?).context("newsroom/words.toml")?;
        let Catalogue { mut outlet } =
            toml::from_str(text("outlets.toml")?).context("newsroom/outlets.toml")?;
        for outlet in &mut outlet {
            outlet.check().with_context(|| format!("the outlet {}", outlet.id))?;
            if !words.contains_key(&outlet.language) {
                bail!("words.toml has no `{}`, the language of {}", outlet.language, outlet.id);
            }
            outlet.articles = articles(&outlet.id)?;
        }
        Ok(Self { outlets: outlet.into(), words: Arc::new(words) })
    }

    /// The outlets, in the order of their file.
    pub fn outlets(&self) -> &[Outlet] {
        &self.outlets
    }

    /// What the crawler is to follow, if the newsroom is served at `base`.
    pub fn sources(&self, base: &Url) -> Vec<Source> {
        self.outlets.iter().filter_map(|outlet| source(outlet, base)).collect()
    }

    /// All sites of the newsroom; links that have to be absolute begin with `base`.
    pub fn router(&self, base: &Url) -> axum::Router {
        site::router(self.clone(), base.clone())
    }

    /// What stands on an outlet's buttons; [`load`](Self::load) has seen to it that there is something.
    fn words(&self, outlet: &Outlet) -> anyhow::Result<&Words> {
        self.words.get(&outlet.language).context("a language without words")
    }
}

fn text(name: &str) -> anyhow::Result<&'static str> {
    let file = FILES.get_file(name).with_context(|| format!("newsroom/{name} is not there"))?;
    file.contents_utf8().with_context(|| format!("newsroom/{name} is not UTF-8"))
}

/// An outlet's articles, the newest first.
fn articles(outlet: &str) -> anyhow::Result<Vec<Article>> {
    let Some(folder) = FILES.get_dir(format!("articles/{outlet}")) else { return Ok(Vec::new()) };
    let mut articles = Vec::new();
    for file in folder.files() {
        let path = file.path().display();
        let name = file.path().file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let text = file.contents_utf8().with_context(|| format!("{path} is not UTF-8"))?;
        articles.push(Article::parse(name, text).with_context(|| path.to_string())?);
    }
    articles.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.slug.cmp(&b.slug)));
    Ok(articles)
}

/// `None` for an address that cannot be joined, which a base of HTTP does not have.
fn source(outlet: &Outlet, base: &Url) -> Option<Source> {
    let is_listing = outlet.feed == FeedKind::Listing;
    let listing = if is_listing {
        ListingSelectors {
            item: Some("ul.newslist > li".to_owned()),
            link: Some("a".to_owned()),
            date: Some("span.date".to_owned()),
            ..ListingSelectors::default()
        }
    } else {
        ListingSelectors::default()
    };
    Some(Source {
        id: SourceId(outlet.id.clone()),
        name: outlet.name.clone(),
        url: base.join(&outlet.feed_path()).ok()?,
        site: base.join(&outlet.home()).ok(),
        format: if is_listing { Format::Listing } else { Format::Feed },
        publisher: outlet.publisher,
        jurisdiction: outlet.jurisdiction.clone(),
        language: Some(outlet.language.clone()),
        schedule: SCHEDULE.to_owned(),
        read: true,
        unchecked: false,
        categories: Vec::new(),
        listing,
        json: JsonPointers::default(),
        article: ArticleSelectors::default(),
    })
}
