//! Any bytes are a listing, by its selectors and by what looks like headlines: it lists entries or has an error that
//! says why not, in bounded time and memory.

#![no_main]

use crawler::{Format, ListingSelectors};
use libfuzzer_sys::fuzz_target;

mod source;

fuzz_target!(|body: &[u8]| {
    let selected = source::source(Format::Listing);
    source::list(&selected, body);
    let found = crawler::Source { listing: ListingSelectors::default(), ..selected };
    source::list(&found, body);
});
