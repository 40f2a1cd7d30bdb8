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

/// A longer text is more than a question whether one may be observed.
const LONGEST_WALL: usize = 3000;
/// So many of the phrases are no chance.
const WALL: usize = 3;
/// How such questions address the reader; who writes about them has no cause to.
const CONSENT: [&str; 33] = [
    "we and our",
    "our partners",
    "your consent",
    "your device",
    "your choices",
    "your privacy",
    "accept all",
    "wir und ",
    "partner speichern",
    "unsere partner",
    "unseren partnern",
    "deine einwilligung",
    "ihrem gerät",
    "deinem gerät",
    "alle akzeptieren",
    "zustimmen und weiter",
    "nous et nos",
    "nos partenaires",
    "votre consentement",
    "votre appareil",
    "vos choix",
    "tout accepter",
    "nosotros y nuestros",
    "nuestros socios",
    "su dispositivo",
    "aceptar todo",
    "noi e i nostri",
    "il tuo consenso",
    "tuo dispositivo",
    "onze partners",
    "uw toestemming",
    "nasi partnerzy",
    "twoją zgodę",
];

/// Refuses pages that only ask whether the reader may be observed.
pub(super) fn consent_wall(text: &str) -> Result<(), Error> {
    if text.len() > LONGEST_WALL {
        return Ok(());
    }
    let lower = text.to_lowercase();
    if CONSENT.iter().filter(|phrase| lower.contains(**phrase)).count() < WALL {
        return Ok(());
    }
    Err(Error::NoArticle("a page that asks for consent before it shows anything".to_owned()))
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
