//! Any text is a query, as words and as the parameters of an address: without a panic, and with canonical forms that
//! read back to the same query and say nothing is wrong.

#![no_main]

use index::{Query, QueryError};
use libfuzzer_sys::fuzz_target;
use url::form_urlencoded;

fn from_address(text: &str) -> (Query, Vec<QueryError>) {
    let pairs: Vec<_> = form_urlencoded::parse(text.as_bytes()).collect();
    Query::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
}

fn reads_back(query: &Query) {
    // Between dates that leave nothing, nothing is found in any form.
    let is_empty = query.dates.from.zip(query.dates.to).is_some_and(|(from, to)| from >= to);
    for (read, errors) in
        [Query::parse(&query.to_text()), from_address(&query.to_query_string())]
    {
        assert_eq!(read, *query);
        assert_eq!(errors.len(), usize::from(is_empty), "{errors:?}");
    }
}

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (query, errors) = Query::parse(&text);
    let length = text.chars().count();
    assert!(errors.iter().all(|error| error.place.is_none_or(|place| (1..=length + 1).contains(&place))));
    reads_back(&query);
    reads_back(&from_address(&text).0);
    let _ = (query.widenings(), query.exclusions(), query.named_sources(&text));
    if let Some(any) = query.any_word() {
        reads_back(&any);
    }
});
