//! Any bytes are a feed: it has entries or an error that says why not, in bounded time and memory.

#![no_main]

use crawler::feed;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|body: &[u8]| {
    let base = Url::parse("https://courier.example/feed.xml").ok();
    if let Ok(feed) = feed::parse(body, Some("application/xml"), base.as_ref()) {
        assert!(feed.entries.len() <= body.len());
    }
});
