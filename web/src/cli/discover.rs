//! `sources discover`: what a site offers to follow, as entries for the catalogue.

use std::collections::HashSet;

use clap::Args;
use crawler::{Crawler, Format, Offer};
use serde_json::json;
use url::Url;

use super::{Misuse, Outcome, Place, answer, say};
use crate::clock::Clock;
use crate::config::Config;
use crate::config::catalog::{Draft, new_id};
use crate::plain::clean;

/// `lexwatch sources discover`.
#[derive(Debug, Args)]
pub(super) struct Discover {
    /// The site, or any page of it
    url: Url,
    /// Print entries for sources.toml instead of JSON
    #[arg(long)]
    toml: bool,
}

impl Discover {
    pub(super) async fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        if !matches!(self.url.scheme(), "http" | "https") {
            return Err(Misuse(format!(
                "{} is no address of a site: it starts with http:// or https://",
                self.url
            ))
            .into());
        }
        let config = Config::load(place.config.as_deref())?;
        let crawler = Crawler::new(config.crawler.clone())?;
        let found = crawler.discover(&self.url, Clock::default().now()).await?;
        for (url, error) in &found.failed {
            say(&clean(&format!("lexwatch: {url}: {error}"), 600));
        }
        if found.offers.is_empty() {
            say(&format!("lexwatch: {}: nothing to follow was found", self.url));
            return Ok(Outcome::Unusable);
        }
        let mut ids: HashSet<String> =
            config.catalog.iter().map(|source| source.id.0.clone()).collect();
        for offer in &found.offers {
            let known = config.catalog.iter().find(|source| source.url == offer.url);
            let entry = draft(offer, &found.title, &self.url, &mut ids).to_toml();
            say(&format!(
                "{}{}",
                describe(offer),
                known.map(|known| format!(", followed as `{}`", known.id)).unwrap_or_default()
            ));
            if self.toml {
                super::print(&format!("{entry}\n"))?;
                continue;
            }
            let mut value = json!(offer);
            value["known"] = json!(known.map(|known| &known.id));
            value["toml"] = json!(entry);
            answer(&value)?;
        }
        Ok(Outcome::Done)
    }
}

fn describe(offer: &Offer) -> String {
    let newest = offer
        .newest
        .map(|newest| format!(", the newest from {}", newest.day()))
        .unwrap_or_default();
    let what = match offer.format {
        Format::Feed => "feed",
        Format::Sitemap => "sitemap",
        Format::Listing => "links of the page",
        Format::Json => "JSON",
    };
    let title =
        offer.title.as_deref().map(|title| format!(" “{}”", clean(title, 100))).unwrap_or_default();
    format!("{what}{title} {} with {} entries{newest}", offer.url, offer.entries)
}

fn draft(offer: &Offer, page: &str, site: &Url, ids: &mut HashSet<String>) -> Draft {
    let host = offer.url.host_str().unwrap_or_default().to_owned();
    let name = offer.title.clone().filter(|title| !title.is_empty());
    let name = name.or_else(|| Some(page.to_owned()).filter(|title| !title.is_empty()));
    let name = name.unwrap_or_else(|| host.clone());
    Draft {
        id: new_id(&host, &name, ids),
        name,
        url: offer.url.clone(),
        site: site.join("/").ok(),
        format: offer.format,
        language: offer.language.clone(),
        unchecked: false,
        categories: Vec::new(),
    }
}
