//! What a site offers to follow: feeds, sitemaps, JSON Feed, and as a last resort the links of the page itself.

mod links;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use serde::Serialize;
use url::Url;

pub(crate) use self::links::feed_of;
use crate::extract::charset;
use crate::feed::{self, Feed};
use crate::listed::list;
use crate::{
    ArticleSelectors, Crawler, Error, Format, JsonPointers, ListingSelectors, Moment, Page,
    Publisher, Source, SourceId, plain,
};

/// Addresses tried beside the page itself.
const MAX_TRIED: usize = 20;
/// Where feeds and sitemaps of news lie on many sites.
const WELL_KNOWN: [&str; 8] = [
    "/feed",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/rss",
    "/feed.json",
    "/news-sitemap.xml",
    "/sitemap.xml",
];
/// What an address that is named may turn out to be.
const LISTS: [Format; 2] = [Format::Feed, Format::Sitemap];
/// Fewer links than this are no list.
const FEWEST_LINKS: usize = 5;

/// Something that can be followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// Where it answered.
    pub url: Url,
    /// Where it was asked for: another address, where that redirects.
    #[serde(skip)]
    pub named: Url,
    /// How it lists.
    pub format: Format,
    /// What it calls itself.
    pub title: Option<String>,
    /// BCP 47 primary language, if it says so or its page does.
    pub language: Option<String>,
    /// How many entries it lists.
    pub entries: usize,
    /// The date of the newest.
    pub newest: Option<Moment>,
}

/// What was found on a site, and what was not.
#[derive(Debug)]
pub struct Discovery {
    /// The best first: feeds, sitemaps, the page's own links.
    pub offers: Vec<Offer>,
    /// What was tried because somebody names it, and did not answer as hoped; first of all the page itself.
    pub failed: Vec<(Url, Error)>,
    /// The title of the page.
    pub title: String,
}

impl Crawler {
    /// Finds what a site offers to follow, by its page, its robots.txt and the usual places; each is asked once, as
    /// politely as any page. A page that fails may still have a site that does not.
    ///
    /// # Errors
    /// Any [`Error`] of the page itself, where its host is at fault.
    pub async fn discover(&self, site: &Url, now: DateTime<Utc>) -> Result<Discovery, Error> {
        let mut found = Discovery { offers: Vec::new(), failed: Vec::new(), title: String::new() };
        let page = match self.fetch(site, now).await {
            Ok((page, _)) => Some(page),
            Err(error) if error.fault().is_of_host() => return Err(error),
            Err(error) => {
                found.failed.push((site.clone(), error));
                None
            }
        };
        let (base, mut named, mut language) = (site.clone(), Vec::new(), None);
        let base = page.as_ref().and_then(|page| page.url.clone()).unwrap_or(base);
        if let Some(page) = &page {
            if let Some(offer) = self.offer(page, site, &LISTS).await {
                found.offers.push(offer);
                return Ok(found);
            }
            let read = page.clone();
            let looking = move || Ok((crate::extract::facts(&read), links::feeds(&read)));
            let (facts, feeds) = self.compute(looking).await?;
            found.title = plain::line(&facts.title, 200);
            (named, language) = (feeds, facts.language);
        }
        named.extend(self.sitemaps(&base, now).await);
        let mut tried = HashSet::from([base.clone()]);
        self.try_all(&named, &mut tried, &mut found, true, now).await;
        if !found.offers.iter().any(|offer| offer.format == Format::Feed) {
            let usual: Vec<Url> =
                WELL_KNOWN.iter().filter_map(|path| base.join(path).ok()).collect();
            self.try_all(&usual, &mut tried, &mut found, false, now).await;
        }
        found.offers.sort_by_key(|offer| offer.format as u8);
        // What lists nothing is worth following only where it is all there is, and a feed.
        let has_entries = found.offers.iter().any(|offer| offer.entries > 0);
        found
            .offers
            .retain(|offer| offer.entries > 0 || !has_entries && offer.format == Format::Feed);
        if found.offers.is_empty()
            && let Some(page) = &page
            && let Some(offer) = self.offer(page, site, &[Format::Listing]).await
            && offer.entries >= FEWEST_LINKS
        {
            found.offers.push(offer);
        }
        for offer in &mut found.offers {
            offer.language = offer.language.take().or_else(|| language.clone());
        }
        Ok(found)
    }

    async fn try_all(
        &self,
        urls: &[Url],
        tried: &mut HashSet<Url>,
        found: &mut Discovery,
        are_named: bool,
        now: DateTime<Utc>,
    ) {
        for url in urls {
            if tried.len() > MAX_TRIED || !tried.insert(url.clone()) {
                continue;
            }
            let offer = match self.fetch(url, now).await {
                Ok((page, _)) => self
                    .offer(&page, url, &LISTS)
                    .await
                    .ok_or_else(|| Error::NotAFeed("neither a feed nor a sitemap".to_owned())),
                Err(error) => Err(error),
            };
            let is_slow = matches!(offer, Err(Error::Timeout(_)));
            match offer {
                // Two addresses may lead to one feed.
                Ok(offer) if found.offers.iter().any(|known| known.url == offer.url) => {}
                Ok(offer) => found.offers.push(offer),
                Err(error) if are_named => found.failed.push((url.clone(), error)),
                Err(_) => {}
            }
            if is_slow && !are_named {
                // The other usual places will hardly be faster.
                break;
            }
        }
    }

    async fn offer(&self, page: &Page, named: &Url, formats: &'static [Format]) -> Option<Offer> {
        let (page, named) = (page.clone(), named.clone());
        self.compute(move || Ok(first_offer(&page, &named, formats))).await.ok().flatten()
    }

    /// The sitemaps that a site's robots.txt names.
    async fn sitemaps(&self, base: &Url, now: DateTime<Utc>) -> Vec<Url> {
        let Ok(robots) = base.join("/robots.txt") else { return Vec::new() };
        let Ok((page, _)) = self.fetch(&robots, now).await else { return Vec::new() };
        let text = charset::decode(&page.body, page.content_type.as_deref());
        let mut sitemaps: Vec<Url> = text
            .lines()
            .filter_map(|line| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case("sitemap").then(|| base.join(value.trim()).ok())?
            })
            .take(MAX_TRIED)
            .collect();
        // Sitemaps of news are what is wanted.
        sitemaps.sort_by_key(|url| !url.path().to_ascii_lowercase().contains("news"));
        sitemaps.truncate(4);
        sitemaps
    }
}

/// The page read as the first of these formats that it is one of.
fn first_offer(page: &Page, named: &Url, formats: &[Format]) -> Option<Offer> {
    formats.iter().find_map(|format| {
        let source = scratch(page.url.clone()?, *format);
        let entries = list(&source, page).ok()?.entries;
        let feed = match format {
            Format::Feed if !looks_like_feed(page) => return None,
            Format::Feed => {
                feed::parse(&page.body, page.content_type.as_deref(), page.url.as_ref()).ok()?
            }
            Format::Sitemap | Format::Listing | Format::Json => Feed::default(),
        };
        let title = feed.title.map(|title| plain::line(&plain::text(&title), 200));
        Some(Offer {
            url: source.url,
            named: named.clone(),
            format: *format,
            title: title.filter(|title| !title.is_empty()),
            language: feed.language.and_then(|tag| crate::extract::language::primary(&tag)),
            entries: entries.len(),
            newest: entries.iter().filter_map(|entry| entry.published).max_by_key(Moment::instant),
        })
    })
}

/// The feed reader is lenient; what is offered should be a feed by its root as well.
fn looks_like_feed(page: &Page) -> bool {
    let text =
        charset::decode(&page.body[..page.body.len().min(4096)], page.content_type.as_deref());
    let head = text.to_ascii_lowercase();
    ["<rss", "<feed", "<rdf:rdf", "<channel", "jsonfeed.org"].iter().any(|root| head.contains(root))
}

/// A source of which nothing is known but where it is and how it lists.
fn scratch(url: Url, format: Format) -> Source {
    Source {
        id: SourceId("offer".to_owned()),
        name: String::new(),
        url,
        site: None,
        format,
        publisher: Publisher::News,
        jurisdiction: None,
        language: None,
        schedule: String::new(),
        read: true,
        unchecked: true,
        categories: Vec::new(),
        listing: ListingSelectors::default(),
        json: JsonPointers::default(),
        article: ArticleSelectors::default(),
    }
}
