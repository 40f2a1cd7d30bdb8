//! `Page`: the bytes that a server sent. `Article`: what a reader would call the article in it. `Reading`: one of them,
//! or that it is the same as before.

use serde::Serialize;
use url::Url;

use crate::{Moment, Validators};

/// A page as received: body bytes, still in the publisher's encoding.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where it was found after redirects; `None` when it came from a file of unknown address.
    pub url: Option<Url>,
    /// The `Content-Type` header, if there was one.
    pub content_type: Option<String>,
    /// The body, unpacked.
    pub body: Vec<u8>,
}

/// One page, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Article {
    /// The page's canonical address, or where it was found.
    pub url: Option<Url>,
    /// The headline, without the site's name.
    pub title: String,
    /// The authors as the page names them, parted by `, `.
    pub byline: Option<String>,
    /// When it was first published.
    pub published: Option<Moment>,
    /// When it was last changed.
    pub modified: Option<Moment>,
    /// BCP 47 primary language (`en`, `zh`), declared or detected.
    pub language: Option<String>,
    /// The site's own name.
    pub site: Option<String>,
    /// Whether the page says that the whole of it is for subscribers only; the text may then be a teaser.
    pub paywalled: bool,
    /// The main text: paragraphs parted by blank lines.
    pub text: String,
}

/// What came of reading a page that may have been read before.
#[derive(Debug, Clone)]
pub enum Reading {
    /// The server says that it is the same as then.
    Unchanged,
    /// The article, and what the page's server wants to hear the next time.
    Article(Box<Article>, Validators),
}
