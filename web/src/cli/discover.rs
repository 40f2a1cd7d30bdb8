//! `sources discover`: what a site offers to follow, as entries for the catalogue.

use std::collections::HashSet;

use clap::Args;
use crawler::{Crawler, Discovery, Error, Fault, Format, Offer, SourceId};
use serde_json::json;
use url::Url;

use super::opml::bare;
use super::{Misuse, Outcome, Place, answer, say};
use crate::app::App;
use crate::clock::Clock;
use crate::config::Config;
use crate::config::catalog::{Draft, new_id};
use crate::folder;
use crate::health::remedy;
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
        let found = match crawler.discover(&self.url, Clock::default().now()).await {
            Ok(found) => found,
            Err(error) => anyhow::bail!("{}", failed(&self.url, &error)),
        };
        for (url, error) in &found.failed {
            say(&clean(&format!("lexwatch: {}", failed(url, error)), 900));
        }
        if found.offers.is_empty() {
            return self.nothing(&found);
        }
        let mut ids: HashSet<String> =
            config.catalog.iter().map(|source| source.id.0.clone()).collect();
        let followed = followed(config, place).await?;
        for offer in &found.offers {
            let here = [bare(&offer.url), bare(&offer.named)];
            let known = followed.iter().find(|(url, _)| here.contains(url)).map(|(_, id)| id);
            let entry = draft(offer, &found.title, &self.url, &mut ids).to_toml();
            say(&format!(
                "{}{}",
                describe(offer),
                known.map(|known| format!(", followed as `{known}`")).unwrap_or_default()
            ));
            if self.toml {
                super::print(&format!("{entry}\n"))?;
                continue;
            }
            let mut value = json!(offer);
            value["known"] = json!(known);
            value["toml"] = json!(entry);
            answer(&value)?;
        }
        Ok(Outcome::Done)
    }

    /// There is nothing to follow; where the page itself failed, that may be for now only.
    fn nothing(&self, found: &Discovery) -> anyhow::Result<Outcome> {
        let next = "try another page of the site, such as that of its news; or write an entry of `format = \"listing\"` \
                    with selectors by hand";
        let what = format!("{}: nothing to follow was found; {next}", self.url);
        if found.failed.iter().any(|(url, _)| *url == self.url) {
            anyhow::bail!(what);
        }
        say(&format!("lexwatch: {what}"));
        Ok(Outcome::Unusable)
    }
}

/// What is wrong at an address, and what to do about it.
fn failed(url: &Url, error: &Error) -> String {
    let what = match error.fault() {
        Fault::NotFound | Fault::Gone | Fault::NotAFeed => {
            "Start from the site's front page.".to_owned()
        }
        fault => remedy(fault, url.as_str()),
    };
    format!("{url}: {error}. {what}")
}

/// Where each source is polled: at the catalogue's address, and where that has moved to for good.
async fn followed(config: Config, place: &Place) -> anyhow::Result<Vec<(String, SourceId)>> {
    let catalog = config.catalog.iter().map(|source| (bare(&source.url), source.id.clone()));
    let mut followed: Vec<_> = catalog.collect();
    if folder::is_in_use(place.data_folder()) {
        let app = App::open(config, place.data_folder(), Clock::default()).await?;
        let states = app.index.store().sources().await?.into_iter().filter(|state| state.followed);
        let moved = states.filter_map(|state| {
            Some((bare(&Url::parse(state.moved_to.as_deref()?).ok()?), state.id))
        });
        followed.extend(moved);
    }
    Ok(followed)
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
