//! A sitemap with the news extension (sitemaps.org, Google News): addresses, titles, dates.

use scraper::{ElementRef, Html};
use url::Url;

use super::Raw;
use crate::extract::charset;
use crate::{Error, Page, date};

pub(super) fn entries(page: &Page) -> Result<Vec<Raw>, Error> {
    let text = charset::decode(&page.body, page.content_type.as_deref());
    if !text.contains("<urlset") {
        let index = text.contains("<sitemapindex");
        let what =
            if index { "an index of sitemaps: name one of them" } else { "no <urlset> in it" };
        return Err(Error::NothingListed(format!("not a sitemap: {what}")));
    }
    // The HTML parser is lenient where an XML parser is not, and knows no entities that could expand.
    let html = Html::parse_document(&text);
    let found: Vec<Raw> = html
        .root_element()
        .descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| element.value().name() == "url")
        .filter_map(from_url)
        .collect();
    if found.is_empty() {
        return Err(Error::NothingListed("the sitemap has no addresses".to_owned()));
    }
    Ok(found)
}

fn from_url(element: ElementRef<'_>) -> Option<Raw> {
    let part = |name: &str| {
        let found = element.descendants().filter_map(ElementRef::wrap);
        let mut found = found.filter(|part| part.value().name() == name);
        found.next().map(|part| part.text().collect::<String>().trim().to_owned())
    };
    Some(Raw {
        url: Url::parse(&part("loc")?).ok(),
        title: part("news:title").unwrap_or_default(),
        published: part("news:publication_date")
            .or_else(|| part("lastmod"))
            .and_then(|text| date::parse(&text)),
        ..Raw::default()
    })
}
