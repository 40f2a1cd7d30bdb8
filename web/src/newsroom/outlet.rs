//! `Outlet`: one invented publisher, its site's make and what stands round its texts.

use std::borrow::Cow;

use anyhow::ensure;
use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, FixedOffset, Utc};
use crawler::Publisher;
use serde::Deserialize;

use super::article::{Article, Markup};

/// One publisher of the newsroom (`outlets.toml`).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlet {
    /// The first part of its addresses, and its id in the catalogue.
    pub id: String,
    /// What readers see.
    pub name: String,
    /// The line below it.
    pub tagline: String,
    /// How it lists its articles.
    pub feed: FeedKind,
    /// The make of its pages.
    pub layout: Layout,
    /// The shape of its addresses.
    pub address: AddressForm,
    /// Who speaks.
    pub publisher: Publisher,
    /// The home of a national outlet.
    pub jurisdiction: Option<String>,
    /// BCP 47 primary language.
    pub language: String,
    /// How its pages and feed are encoded.
    #[serde(default)]
    pub encoding: Encoding,
    /// How its pages show a date, as `strftime` writes it.
    pub date: String,
    /// Whether that date is marked up with its offset.
    #[serde(default)]
    pub time_element: bool,
    /// Whether the header names the encoding, not only the page.
    #[serde(default = "yes")]
    pub header_charset: bool,
    /// Whether the links of its feed carry campaign parameters.
    #[serde(default)]
    pub tracked: bool,
    /// Whether its feed has the whole text.
    #[serde(default)]
    pub full: bool,
    /// The sections of its site.
    pub nav: Vec<String>,
    /// What its newsletter promises.
    pub newsletter: String,
    /// The small print.
    pub legal: Vec<String>,
    /// What is said of authors, `{author}` being the name.
    #[serde(default)]
    pub biographies: Vec<String>,
    /// What is advertised.
    pub ads: Vec<Advertisement>,
    /// What readers say below a text.
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// What it has published, the newest first.
    #[serde(skip)]
    pub articles: Vec<Article>,
}

/// How an outlet lists its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FeedKind {
    /// RSS 2.0.
    Rss,
    /// Atom (RFC 4287).
    Atom,
    /// JSON Feed 1.1.
    Json,
    /// None but the front page.
    Listing,
}

/// The make of a site's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// A magazine on a common blogging system.
    Magazine,
    /// A trade paper, full of boxes.
    Trade,
    /// An agency on a common content manager.
    Agency,
    /// An office's site made by hand, with tables.
    Ministry,
    /// A single-page application that is rendered on the server.
    App,
    /// A static blog.
    Blog,
}

/// The shape of an article's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AddressForm {
    /// `/outlet/2017/07/12/slug`
    Dated,
    /// `/outlet/slug.html`
    Page,
    /// `/outlet/news/slug`
    Plain,
}

/// How text becomes bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// The Cyrillic code page of Windows.
    #[serde(rename = "windows-1251")]
    Windows1251,
}

/// A box with something to sell.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advertisement {
    /// Who pays.
    pub sponsor: String,
    /// The large line.
    pub headline: String,
    /// The small lines.
    pub text: String,
    /// What the button says.
    pub call: String,
}

/// What a reader says below a text.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    /// Who says it.
    pub name: String,
    /// When, in words.
    pub when: String,
    /// What.
    pub text: String,
}

/// What stands on buttons and boxes, in one language (`words.toml`); each is named after its English.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) invented: String,
    pub(super) about: String,
    pub(super) accept: String,
    pub(super) advertisement: String,
    pub(super) author: String,
    pub(super) comments: String,
    pub(super) cookies: String,
    pub(super) decline: String,
    pub(super) home: String,
    pub(super) mail: String,
    pub(super) most_read: String,
    pub(super) not_found: String,
    pub(super) print: String,
    pub(super) privacy: String,
    pub(super) published: String,
    pub(super) read_more: String,
    pub(super) related_content: String,
    pub(super) related_reading: String,
    pub(super) reply: String,
    pub(super) search: String,
    pub(super) share: String,
    pub(super) source: String,
    pub(super) subscribe: String,
    pub(super) terms: String,
    pub(super) updated: String,
}

fn yes() -> bool {
    true
}

impl Outlet {
    /// The path of its front page.
    pub fn home(&self) -> String {
        format!("/{}/", self.id)
    }

    /// The path of what is polled.
    pub fn feed_path(&self) -> String {
        let name = match self.feed {
            FeedKind::Rss => "rss.xml",
            FeedKind::Atom => "atom.xml",
            FeedKind::Json => "feed.json",
            FeedKind::Listing => "",
        };
        format!("/{}/{name}", self.id)
    }

    /// The path of an article's page.
    pub fn path(&self, article: &Article) -> String {
        let Article { slug, published, .. } = article;
        match self.address {
            AddressForm::Dated => format!("/{}/{}/{slug}", self.id, published.format("%Y/%m/%d")),
            AddressForm::Page => format!("/{}/{slug}.html", self.id),
            AddressForm::Plain => format!("/{}/news/{slug}", self.id),
        }
    }

    /// A date as its pages show it.
    pub fn show(&self, time: DateTime<FixedOffset>) -> String {
        time.format(&self.date).to_string()
    }

    /// When its newest text or correction came out.
    pub(super) fn changed(&self) -> Option<DateTime<Utc>> {
        self.articles.iter().map(|article| article.changed().to_utc()).max()
    }

    /// Faults that would show only when a page is made.
    pub(super) fn check(&self) -> anyhow::Result<()> {
        let is_date = StrftimeItems::new(&self.date).all(|item| item != Item::Error);
        ensure!(is_date, "`{}` is not a form of dates", self.date);
        ensure!(!self.ads.is_empty(), "nothing is advertised");
        Ok(())
    }
}

impl Layout {
    /// How its texts are marked up.
    pub(super) fn markup(self) -> Markup {
        match self {
            Self::Magazine | Self::Trade | Self::Agency | Self::Blog => Markup::Plain,
            Self::Ministry => Markup::Handmade,
            Self::App => Markup::Boxed,
        }
    }

    /// The name of its style sheet, without the ending.
    pub(super) fn style(self) -> &'static str {
        match self {
            Self::Magazine => "magazine",
            Self::Trade => "trade",
            Self::Agency => "agency",
            Self::Ministry => "ministry",
            Self::App => "app",
            Self::Blog => "blog",
        }
    }
}

impl Encoding {
    /// Its name in headers and declarations.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Windows1251 => "windows-1251",
        }
    }

    /// Markup as bytes; what the code page does not have becomes a numeric reference.
    pub(super) fn encode(self, text: &str) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 => Cow::Borrowed(text.as_bytes()),
            Self::Windows1251 => encoding_rs::WINDOWS_1251.encode(text).0,
        }
    }
}
