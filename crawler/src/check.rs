//! Whether a source still is what the catalogue says, and if not, what it is instead.

use chrono::{DateTime, Utc};
use url::Url;

use crate::{Crawler, Entry, Error, Source, discover, extract};

/// What asking a source anew shows.
#[derive(Debug)]
pub struct Checked {
    /// Where its address has moved to for good.
    pub moved_to: Option<Url>,
    /// What it lists, or why it does not.
    pub listed: Result<Vec<Entry>, Error>,
    /// How many more it lists, at least, that were not taken.
    pub left_out: usize,
    /// The feed that a page names which came in place of one.
    pub feed: Option<Url>,
    /// The page that came in place of a list asks for a proof of being human, or refuses.
    pub is_wall: bool,
}

impl Crawler {
    /// Asks a source once, as politely as a poll does, whatever is known of earlier answers.
    pub async fn check(&self, source: &Source, now: DateTime<Utc>) -> Checked {
        let (page, moved) = match self.fetch(&source.url, now).await {
            Ok(fetched) => fetched,
            Err(error) => return Checked::failed(error),
        };
        let moved_to = page.url.clone().filter(|url| moved && *url != source.url);
        let mut left_out = 0;
        let listed = self.listed(source, page.clone()).await.map(|part| {
            left_out = part.left_out;
            part.entries
        });
        let (mut feed, mut is_wall) = (None, false);
        if listed.is_err() {
            let instead = move || {
                let title = extract::facts(&page).title;
                Ok((discover::feed_of(&page), extract::refuse::error_page(&title).is_err()))
            };
            (feed, is_wall) = self.compute(instead).await.unwrap_or_default();
        }
        let feed = feed.filter(|feed| *feed != source.url);
        Checked { moved_to, listed, left_out, feed, is_wall }
    }
}

impl Checked {
    fn failed(error: Error) -> Self {
        Self { moved_to: None, listed: Err(error), left_out: 0, feed: None, is_wall: false }
    }
}
