//! Any text may be the beginning of a query: what is offered takes the place of its end, and is understood.

#![no_main]

use index::{Choice, Facet, Query, suggest};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let source = Choice { facet: Facet::Source, value: "press".to_owned(), name: "The Press, daily".to_owned() };
    for offered in suggest(&text, &[source]) {
        let before = text.strip_suffix(&offered.replaces);
        assert!(before.is_some(), "{offered:?}");
        assert_eq!(Query::parse(&offered.value).1, [], "{offered:?}");
    }
});
