//! `Source`: one thing that is followed, as the catalogue describes it.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// A source's id in the catalogue: lower-case letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourceId(pub String);

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a source lists its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// An XML sitemap, news extension included.
    Sitemap,
    /// An HTML page with links.
    Listing,
    /// A JSON API, read by pointers.
    Json,
}

/// Who speaks through a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Publisher {
    /// Press, trade press, blogs.
    News,
    /// Civil society and research.
    Ngo,
    /// A ministry, agency or authority.
    Regulator,
    /// A parliament.
    Legislature,
    /// A court.
    Court,
    /// A body of many states.
    International,
}

impl Publisher {
    /// All of them, in the order of the catalogue's format.
    pub const ALL: [Self; 6] = [
        Self::News,
        Self::Ngo,
        Self::Regulator,
        Self::Legislature,
        Self::Court,
        Self::International,
    ];

    /// The word used in the catalogue, the API and the address line.
    pub fn slug(self) -> &'static str {
        match self {
            Self::News => "news",
            Self::Ngo => "ngo",
            Self::Regulator => "regulator",
            Self::Legislature => "legislature",
            Self::Court => "court",
            Self::International => "international",
        }
    }

    /// Reads a slug, in any case.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.slug().eq_ignore_ascii_case(slug))
    }

    /// What a reader calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::News => "News",
            Self::Ngo => "Civil society",
            Self::Regulator => "Regulators",
            Self::Legislature => "Legislatures",
            Self::Court => "Courts",
            Self::International => "International bodies",
        }
    }
}

/// One source of the catalogue (`sources.toml`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Unique in the catalogue.
    pub id: SourceId,
    /// What readers see.
    pub name: String,
    /// What is polled.
    pub url: Url,
    /// The site for people.
    pub site: Option<Url>,
    /// How it lists.
    pub format: Format,
    /// Who speaks.
    pub publisher: Publisher,
    /// ISO code of the home of a national source; `None` for the world's press.
    pub jurisdiction: Option<String>,
    /// BCP 47 primary language, if it is known.
    pub language: Option<String>,
    /// A cron line with seconds.
    pub schedule: String,
    /// Whether the pages are read; otherwise the feed's own text is enough.
    pub read: bool,
    /// Whether nobody has seen the address answer yet.
    pub unchecked: bool,
    /// What its reader files it under.
    pub categories: Vec<String>,
    /// Where the links of an HTML listing are.
    pub listing: ListingSelectors,
    /// Where the entries of a JSON API are.
    pub json: JsonPointers,
    /// Hints for extraction.
    pub article: ArticleSelectors,
}

/// CSS selectors of an HTML listing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListingSelectors {
    /// One block per entry.
    pub item: Option<String>,
    /// The link in it (the block itself, or its first link, if left out).
    pub link: Option<String>,
    /// The headline in it (the link's text if left out).
    pub title: Option<String>,
    /// The date in it.
    pub date: Option<String>,
    /// The link to the next page of the list.
    pub next: Option<String>,
}

/// JSON pointers (RFC 6901) of a JSON API; all but `items` and `next` are relative to one item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JsonPointers {
    /// The array of entries.
    pub items: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The date.
    pub date: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// A teaser, for items without a text.
    pub summary: Option<String>,
    /// Who speaks; `*` stands for every element of an array (`/agencies/*/name`).
    pub author: Option<String>,
    /// The address of the next page of the list, from the document's root.
    pub next: Option<String>,
}

/// CSS selectors that help extraction on one site.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ArticleSelectors {
    /// The node that holds the text.
    pub content: Option<String>,
    /// What is to be thrown out of it.
    pub remove: Option<String>,
}
