//! Any bytes are an OPML file: it has feeds, which can be written and read back, or an error that says why not, in
//! bounded time and memory.

#![no_main]

use std::collections::HashSet;

use crawler::opml::{Subscription, read, write};
use libfuzzer_sys::fuzz_target;
use url::Url;

fn addresses(feeds: Vec<Subscription>) -> HashSet<Url> {
    feeds.into_iter().map(|feed| feed.url).collect()
}

fuzz_target!(|body: &[u8]| {
    let Ok(list) = read(body) else { return };
    if list.feeds.is_empty() {
        return;
    }
    let again = read(write("Feeds", &list.feeds).as_bytes()).unwrap();
    assert_eq!((addresses(again.feeds), again.bad), (addresses(list.feeds), 0));
});
