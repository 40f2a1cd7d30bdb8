//! Any bytes are a robots.txt: it permits or forbids, in bounded time and memory.

#![no_main]

use crawler::unguarded;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|bytes: &[u8]| {
    let url = Url::parse("https://courier.example/news/2019/a-page.html?from=feed").unwrap();
    let _ = unguarded::permits(bytes, "Lexwatch", &url);
});
