//! CSS selectors as a catalogue gives them.

use scraper::Selector;

/// Whether a text can be used as a CSS selector.
///
/// # Errors
/// With one line that names the text.
pub fn check_selector(css: &str) -> Result<(), String> {
    parse(css).map(drop)
}

/// The parser's own words are for its developers, so they are not passed on.
pub(crate) fn parse(css: &str) -> Result<Selector, String> {
    Selector::parse(css).map_err(|_| format!("`{}` is no CSS selector", css.escape_debug()))
}
