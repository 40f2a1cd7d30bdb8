//! Any bytes are the answer of a JSON API: it lists entries or has an error that says why not, in bounded time and memory.

#![no_main]

use crawler::Format;
use libfuzzer_sys::fuzz_target;

mod source;

fuzz_target!(|body: &[u8]| source::list(&source::source(Format::Json), body));
