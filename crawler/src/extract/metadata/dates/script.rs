//! The day of publication in what a page hands to its own scripts.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// How the day is called there, the surest first; capitals do not count.
const KEYS: [&str; 12] = [
    "datepublished",
    "date_published",
    "publishedat",
    "published_at",
    "publisheddate",
    "published_date",
    "publishdate",
    "publish_date",
    "publicationdate",
    "publication_date",
    "pubdate",
    "created_at",
];
/// Occurrences looked at in each script.
const MAX_FOUND: usize = 200;

static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(KEYS).ok());

/// The values that stand behind such a name, the surest name's first; within one name in the script's order.
pub(super) fn values<'a>(scripts: &[&'a str]) -> Vec<&'a str> {
    let Some(finder) = FINDER.as_ref() else { return Vec::new() };
    let mut found: Vec<(usize, &str)> = Vec::new();
    for script in scripts {
        let matches = finder.find_iter(*script).take(MAX_FOUND);
        found.extend(
            matches
                .filter_map(|one| Some((one.pattern().as_usize(), value(&script[one.end()..])?))),
        );
    }
    found.sort_by_key(|(key, _)| *key);
    found.into_iter().map(|(_, value)| value).collect()
}

/// `": "2017-06-01…"` or `= 1496275200`.
fn value(after: &str) -> Option<&str> {
    let after = after.trim_start_matches(['\\', '"', '\'', ' ']);
    let after = after.strip_prefix([':', '=', ','])?.trim_start_matches(['\\', '"', '\'', ' ']);
    let end = after.find(['"', '\'', ',', '}', '\\', ';', '<'])?;
    (8..=40).contains(&end).then(|| &after[..end])
}
