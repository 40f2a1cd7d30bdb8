//! What is no article: error pages, log-in pages, empty ones.

use super::outline::{Outline, attr};
use crate::Error;

/// Fewer characters than this are no article; dense scripts say as much in fewer.
const SHORT: usize = 140;
const DENSE_SHORT: usize = 50;

/// Headlines of pages that are not there.
const ERRORS: [&str; 14] = [
    "404",
    "403 forbidden",
    "not found",
    "page not found",
    "access denied",
    "just a moment",
    "attention required",
    "error 404",
    "are you a robot",
    "service unavailable",
    "seite nicht gefunden",
    "страница не найдена",
    "页面不存在",
    "page introuvable",
];

/// Refuses pages whose headline says that they are none.
pub(super) fn error_page(title: &str) -> Result<(), Error> {
    let lower = title.trim().to_lowercase();
    let is_error = lower.chars().count() < 60
        && ERRORS.iter().any(|error| lower == *error || lower.starts_with(&format!("{error} ")));
    if is_error {
        return Err(Error::NoArticle(format!("an error page titled “{}”", title.trim())));
    }
    Ok(())
}

/// Refuses pages with too little text, and says what they are if that can be seen.
pub(super) fn too_short(text: &str, title: &str, outline: &Outline<'_>) -> Result<(), Error> {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    let (dense, plain) =
        letters.fold(
            (0, 0),
            |(dense, plain), c| {
                if c >= '\u{2e80}' { (dense + 1, plain) } else { (dense, plain + 1) }
            },
        );
    if plain + dense * SHORT / DENSE_SHORT >= SHORT {
        return Ok(());
    }
    let asks_for_password = outline
        .elements()
        .any(|(_, element)| element.name() == "input" && attr(element, "type") == Some("password"));
    let what = if asks_for_password {
        "a page that asks for a log-in".to_owned()
    } else {
        format!("only {} characters of text under the title “{title}”", plain + dense)
    };
    Err(Error::NoArticle(what))
}
