//! What is no article: pages that are nested beyond reason, error pages, log-in pages, empty ones.

use scraper::{Html, Selector};

use crate::Error;

/// Elements open at once. Parsing costs the square of this, and real pages stay below two hundred.
const MAX_DEPTH: usize = 3000;

/// Fewer characters than this are no article; dense scripts say as much in fewer.
const SHORT: usize = 140;
const DENSE_SHORT: usize = 50;

/// Headlines of pages that are not there.
const ERRORS: [&str; 14] = [
    "404", "403 forbidden", "not found", "page not found", "access denied", "just a moment", "attention required",
    "error 404", "are you a robot", "service unavailable", "seite nicht gefunden", "страница не найдена",
    "页面不存在", "page introuvable",
];

/// Refuses nesting that no person wrote. Elements that close by themselves do not count.
pub(super) fn too_deep(source: &str) -> Result<(), Error> {
    let mut depth = 0_usize;
    let bytes = source.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| *byte == b'<') {
        at += next + 1;
        match bytes.get(at) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(first) if first.is_ascii_alphabetic() => {
                let end = bytes[at..].iter().take(12).position(|byte| !byte.is_ascii_alphanumeric());
                let name = bytes[at..at + end.unwrap_or(0)].to_ascii_lowercase();
                if !closes_itself(&name) {
                    depth += 1;
                }
            }
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(Error::NoArticle(format!("elements nested deeper than {MAX_DEPTH}")));
        }
    }
    Ok(())
}

fn closes_itself(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"li" | b"td" | b"th" | b"tr" | b"dt" | b"dd" | b"option" | b"br" | b"hr" | b"img" | b"input"
            | b"meta" | b"link" | b"source" | b"area" | b"base" | b"col" | b"embed" | b"param" | b"track" | b"wbr"
            | b"path" | b"use" | b"rect" | b"circle" | b"line" | b"polygon" | b"polyline" | b"stop"
    )
}

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
pub(super) fn too_short(text: &str, title: &str, html: &Html) -> Result<(), Error> {
    let letters = text.chars().filter(|c| !c.is_whitespace());
    let (dense, plain) = letters.fold((0, 0), |(dense, plain), c| {
        if c >= '\u{2e80}' { (dense + 1, plain) } else { (dense, plain + 1) }
    });
    if plain + dense * SHORT / DENSE_SHORT >= SHORT {
        return Ok(());
    }
    let asks = |css: &str| Selector::parse(css).is_ok_and(|css| html.select(&css).next().is_some());
    let what = if asks("input[type=password]") {
        "a page that asks for a log-in".to_owned()
    } else {
        format!("only {} characters of text under the title “{title}”", plain + dense)
    };
    Err(Error::NoArticle(what))
}
