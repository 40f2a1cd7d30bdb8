//! Any bytes are a sitemap or an index of some: it lists entries or has an error that says why not, in bounded time and
//! memory.

#![no_main]

use crawler::Format;
use libfuzzer_sys::fuzz_target;

mod source;

fuzz_target!(|body: &[u8]| source::list(&source::source(Format::Sitemap), body));
