//! What is no article: error pages, walls that ask for something first, log-in pages, empty ones.

use super::clean::weight;
use super::outline::{Outline, attr};
use crate::Error;

/// Less text than this is no article.
const SHORT: u32 = 140;
/// Among so little text a wall's words are the page; a report on walls says more.
const WALL: u32 = 300;
/// Longer headlines tell of something.
const LONG_HEADLINE: usize = 60;

/// Headlines of pages that are not there; a bar parts two.
const ERRORS: &str = "404|error 404|404 error|404 not found|403|403 forbidden|forbidden|not found|page not found|\
    the page you requested was not found|page cannot be found|file not found|access denied|just a moment|just a moment...|\
    attention required|attention required!|are you a robot|are you a robot?|are you human?|\
    service unavailable|503 service unavailable|bad gateway|502 bad gateway|internal server error|\
    500 internal server error|gateway timeout|seite nicht gefunden|zugriff verweigert|fehler 404|page introuvable|\
    page non trouvée|accès refusé|página no encontrada|acceso denegado|página não encontrada|pagina non trovata|\
    pagina niet gevonden|nie znaleziono strony|strona nie istnieje|stránka nenalezena|страница не найдена|\
    доступ запрещен|доступ запрещён|сторінку не знайдено|sayfa bulunamadı|页面不存在|页面未找到|找不到页面|\
    ページが見つかりません|페이지를 찾을 수 없습니다|الصفحة غير موجودة";

/// What walls say, and what they ask for.
const WALLS: [(&str, &str); 18] = [
    ("enable javascript", "scripts"),
    ("javascript is disabled", "scripts"),
    ("javascript is not enabled", "scripts"),
    ("activate javascript", "scripts"),
    ("javascript aktivieren", "scripts"),
    ("activer javascript", "scripts"),
    ("habilite javascript", "scripts"),
    ("включите javascript", "scripts"),
    ("开启javascript", "scripts"),
    ("verify you are human", "a proof of being human"),
    ("verify that you are human", "a proof of being human"),
    ("not a robot", "a proof of being human"),
    ("checking your browser", "a proof of being human"),
    ("unusual traffic", "a proof of being human"),
    ("enable cookies", "cookies"),
    ("before you continue", "consent"),
    ("bevor sie fortfahren", "consent"),
    ("avant de continuer", "consent"),
];

/// A longer text is more than a question whether the reader may be observed.
const LONGEST_QUESTION: u32 = 2000;
/// So many of the phrases are no chance.
const ENOUGH: usize = 3;
/// How such questions address the reader, as nobody does who writes about them; a bar parts two.
const CONSENT: &str = "we and our|our partners|your consent|your device|your choices|your privacy|accept all|wir und |\
    partner speichern|unsere partner|unseren partnern|deine einwilligung|ihrem gerät|deinem gerät|\
    alle akzeptieren|zustimmen und weiter|nous et nos|nos partenaires|votre consentement|votre appareil|\
    vos choix|tout accepter|nosotros y nuestros|nuestros socios|su dispositivo|aceptar todo|\
    noi e i nostri|il tuo consenso|tuo dispositivo|onze partners|uw toestemming|nasi partnerzy|\
    twoją zgodę";

/// Refuses pages whose headline says that they are none.
pub(crate) fn error_page(title: &str) -> Result<(), Error> {
    let lower = title.trim().to_lowercase();
    let short = lower.chars().count() < LONG_HEADLINE;
    if short && ERRORS.split('|').any(|error| lower == error.trim()) {
        return Err(Error::NoArticle(format!("an error page titled “{}”", title.trim())));
    }
    Ok(())
}

/// Refuses documents with too little text to be one.
pub(crate) fn too_little(text: &str, title: &str) -> Result<(), Error> {
    if weight(text) >= SHORT { Ok(()) } else { Err(only_so_much(text, title)) }
}

/// Refuses pages with too little text, and says what they are if that can be seen.
pub(super) fn too_short(text: &str, title: &str, outline: &Outline<'_>) -> Result<(), Error> {
    let length = weight(text);
    let asks = if length < WALL { wall(text) } else { None };
    let observes = || (length < LONGEST_QUESTION && asks_to_observe(text)).then_some("consent");
    if let Some(what) = asks.or_else(observes) {
        return Err(Error::NoArticle(format!("a page that asks for {what} first")));
    }
    if length >= SHORT {
        return Ok(());
    }
    let asks_for_password = outline
        .elements()
        .any(|(_, element)| element.name() == "input" && attr(element, "type") == Some("password"));
    if asks_for_password {
        Err(Error::NoArticle("a page that asks for a log-in".to_owned()))
    } else {
        Err(only_so_much(text, title))
    }
}

fn only_so_much(text: &str, title: &str) -> Error {
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    Error::NoArticle(format!("only {letters} characters of text under the title “{title}”"))
}

fn wall(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    WALLS.iter().find(|(words, _)| lower.contains(words)).map(|(_, what)| *what)
}

fn asks_to_observe(text: &str) -> bool {
    let lower = text.to_lowercase();
    CONSENT.split('|').filter(|phrase| lower.contains(*phrase)).count() >= ENOUGH
}

#[cfg(test)]
mod tests {
    use super::{asks_to_observe, error_page, wall};

    #[test]
    fn error_pages_and_walls_are_known_by_what_they_say() {
        for title in ["404", "Page not found", " Страница не найдена ", "Just a moment..."]
        {
            assert!(error_page(title).is_err(), "{title}");
        }
        for title in ["404 firms reported incidents", "Access denied: how regulators see it", ""] {
            assert!(error_page(title).is_ok(), "{title}");
        }
        assert_eq!(wall("Please enable JavaScript to read on."), Some("scripts"));
        assert_eq!(wall("The regulator published its report."), None);
        assert!(asks_to_observe(
            "We and our partners store data on your device; your choices can be changed."
        ));
        assert!(!asks_to_observe(
            "The regulator fined the shop and its partners for cookies set without consent."
        ));
    }
}
