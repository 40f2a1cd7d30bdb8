//! Sitemaps (sitemaps.org) with the extension for news: addresses, titles, dates; and indexes of sitemaps.

use chrono::{DateTime, Utc};
use url::Url;

use super::Raw;
use crate::extract::charset;
use crate::xml::{Event, Reader};
use crate::{Error, Moment, Page, date};

/// Of an index so many sitemaps are read, the newest first.
const MAX_CHILDREN: usize = 2;
/// Addresses of one sitemap (the protocol allows as many).
const MAX_URLS: usize = 50_000;

/// One `url` or `sitemap` element.
#[derive(Debug, Default)]
struct Location {
    loc: String,
    title: String,
    published: Option<Moment>,
    modified: Option<Moment>,
}

/// The addresses of a sitemap, newest first, or the sitemaps of an index that are to be read in its place.
pub(super) fn entries(page: &Page) -> Result<(Vec<Raw>, Vec<Url>), Error> {
    let text = charset::decode(&page.body, page.content_type.as_deref());
    let (mut urls, mut children) = (Vec::new(), Vec::new());
    let mut reader = Reader::new(&text);
    let mut here = Location::default();
    let mut field = "";
    while let Some(event) = reader.next() {
        match event {
            Event::Start(tag) => field = local(tag.name),
            Event::Text(text) => here.note(field, &reader.resolve(text)),
            Event::Data(text) => here.note(field, text),
            Event::End(name) => {
                field = "";
                match local(name) {
                    "url" if urls.len() < MAX_URLS => urls.push(std::mem::take(&mut here)),
                    "sitemap" if children.len() < MAX_URLS => {
                        children.push(std::mem::take(&mut here))
                    }
                    _ => {}
                }
            }
        }
    }
    if urls.is_empty() && children.is_empty() {
        return Err(Error::NothingListed(
            "not a sitemap: there is neither <url> nor <sitemap> in it".to_owned(),
        ));
    }
    urls.sort_by_key(|url| std::cmp::Reverse(url.instant()));
    children.sort_by_key(|child| std::cmp::Reverse(child.instant()));
    let next = children.iter().filter_map(|child| child.url(page)).take(MAX_CHILDREN).collect();
    Ok((urls.into_iter().map(|url| url.into_raw(page)).collect(), next))
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

impl Location {
    fn note(&mut self, field: &str, text: &str) {
        match field {
            "loc" => self.loc.push_str(text.trim()),
            "title" => self.title.push_str(text),
            "publication_date" => self.published = date::parse(text),
            "lastmod" => self.modified = date::parse(text),
            _ => {}
        }
    }

    fn instant(&self) -> Option<DateTime<Utc>> {
        self.published.or(self.modified).map(|moment| moment.instant())
    }

    fn url(&self, page: &Page) -> Option<Url> {
        match &page.url {
            Some(base) => base.join(&self.loc).ok(),
            None => Url::parse(&self.loc).ok(),
        }
    }

    fn into_raw(self, page: &Page) -> Raw {
        let (url, published) = (self.url(page), self.published.or(self.modified));
        Raw { url, title: self.title, published, updated: self.modified, ..Raw::default() }
    }
}
