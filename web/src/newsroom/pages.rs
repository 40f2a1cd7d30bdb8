//! An outlet's pages: an article or the front page, in the make of its site, with all that real pages put round a
//! text.

use askama::Template;
use serde_json::json;
use url::Url;

use super::article::Article;
use super::outlet::{Advertisement, Layout, Outlet, Words};

/// How many other texts an article's page shows in each of its boxes.
const BOX: usize = 3;

/// One page, before it has a make.
struct Page<'a> {
    outlet: &'a Outlet,
    words: &'a Words,
    home: String,
    feed: String,
    ads: [&'a Advertisement; 2],
    /// The text; a front page has none.
    story: Option<Story<'a>>,
    /// On a front page everything; beside a text what others read.
    rows: Vec<Row<'a>>,
}

/// A text, and what stands round it.
struct Story<'a> {
    article: &'a Article,
    url: Url,
    parts: [String; 3],
    date: String,
    updated: Option<String>,
    biography: Option<String>,
    /// In mid-text.
    reading: Vec<Row<'a>>,
    /// Below the text.
    related: Vec<Row<'a>>,
    /// Metadata by schema.org, fit for a script element.
    json_ld: String,
    /// What an application keeps of its page, fit for a script element.
    state: String,
}

/// A link to a text.
struct Row<'a> {
    article: &'a Article,
    path: String,
    date: String,
}

/// A page in the make of its site.
#[derive(Template)]
enum Sheet<'a> {
    #[template(path = "newsroom/magazine.html")]
    Magazine { page: Page<'a> },
    #[template(path = "newsroom/trade.html")]
    Trade { page: Page<'a> },
    #[template(path = "newsroom/agency.html")]
    Agency { page: Page<'a> },
    #[template(path = "newsroom/ministry.html")]
    Ministry { page: Page<'a> },
    #[template(path = "newsroom/app.html")]
    App { page: Page<'a> },
    #[template(path = "newsroom/blog.html")]
    Blog { page: Page<'a> },
}

/// The door of the newsroom.
#[derive(Template)]
#[template(path = "newsroom/index.html")]
struct Index<'a> {
    outlets: &'a [Outlet],
}

/// What stands where no page is.
#[derive(Template)]
#[template(path = "newsroom/missing.html")]
struct Missing<'a> {
    outlet: &'a Outlet,
    words: &'a Words,
}

/// The list of all outlets.
pub(super) fn index(outlets: &[Outlet]) -> askama::Result<String> {
    Index { outlets }.render()
}

/// What an outlet answers where it has no page.
pub(super) fn missing(outlet: &Outlet, words: &Words) -> askama::Result<String> {
    Missing { outlet, words }.render()
}

/// An outlet's front page.
pub(super) fn front(outlet: &Outlet, words: &Words) -> askama::Result<String> {
    let rows = outlet.articles.iter().map(|article| row(outlet, article)).collect();
    sheet(page(outlet, words, 0, rows, None)).render()
}

/// An article's page, if the site is served at `base`.
pub(super) fn article(
    outlet: &Outlet,
    words: &Words,
    article: &Article,
    base: &Url,
) -> anyhow::Result<String> {
    let place = outlet.articles.iter().position(|other| other.slug == article.slug).unwrap_or(0);
    let mut others = outlet
        .articles
        .iter()
        .cycle()
        .skip(place + 1)
        .take(outlet.articles.len().saturating_sub(1))
        .map(|other| row(outlet, other));
    let reading = others.by_ref().take(BOX).collect();
    let related = others.by_ref().take(BOX).collect();
    let rows = others.take(BOX).collect();
    let url = base.join(&outlet.path(article))?;
    let story = Story {
        json_ld: script(&json_ld(outlet, article, &url)),
        state: script(&state(outlet, article)),
        parts: article.parts(outlet.layout.markup()),
        date: outlet.show(article.published),
        updated: article.modified.map(|time| outlet.show(time)),
        biography: biography(outlet, article, place),
        article,
        url,
        reading,
        related,
    };
    Ok(sheet(page(outlet, words, place, rows, Some(story))).render()?)
}

fn page<'a>(
    outlet: &'a Outlet,
    words: &'a Words,
    place: usize,
    rows: Vec<Row<'a>>,
    story: Option<Story<'a>>,
) -> Page<'a> {
    // There is at least one, as `Outlet::check` has seen to.
    let ad = |number: usize| &outlet.ads[number % outlet.ads.len()];
    Page {
        outlet,
        words,
        home: outlet.home(),
        feed: outlet.feed_path(),
        ads: [ad(place), ad(place + 1)],
        story,
        rows,
    }
}

fn sheet(page: Page<'_>) -> Sheet<'_> {
    match page.outlet.layout {
        Layout::Magazine => Sheet::Magazine { page },
        Layout::Trade => Sheet::Trade { page },
        Layout::Agency => Sheet::Agency { page },
        Layout::Ministry => Sheet::Ministry { page },
        Layout::App => Sheet::App { page },
        Layout::Blog => Sheet::Blog { page },
    }
}

fn row<'a>(outlet: &Outlet, article: &'a Article) -> Row<'a> {
    Row { article, path: outlet.path(article), date: outlet.show(article.published) }
}

fn biography(outlet: &Outlet, article: &Article, place: usize) -> Option<String> {
    let author = article.author.as_ref()?;
    let biography = outlet.biographies.get(place % outlet.biographies.len().max(1))?;
    Some(biography.replace("{author}", author))
}

fn json_ld(outlet: &Outlet, article: &Article, url: &Url) -> serde_json::Value {
    json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.summary,
        "datePublished": article.published.to_rfc3339(),
        "dateModified": article.changed().to_rfc3339(),
        "mainEntityOfPage": url,
        "inLanguage": outlet.language,
        "author": article.author.as_ref().map(|name| json!([{"@type": "Person", "name": name}])),
        "publisher": {"@type": "Organization", "name": outlet.name},
    })
}

/// The teaser is in it once more, and things that look like texts but are none.
fn state(outlet: &Outlet, article: &Article) -> serde_json::Value {
    json!({
        "page": "/news/[slug]",
        "query": {"slug": article.slug},
        "props": {
            "dek": article.summary,
            "outlet": outlet.name,
            "newsletter": outlet.newsletter,
            "flags": {"paywall": false, "experiment": "blue-button-2", "consent": null},
        },
    })
}

/// JSON that cannot end the script element in which it stands.
fn script(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
