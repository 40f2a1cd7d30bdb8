//! What can be done about each fault, in a sentence: for `sources check`, the sources page, the API and the operator.

use crawler::Fault;

/// What to do about a fault; `site` is the source's site for people.
pub(crate) fn remedy(fault: Fault, site: &str) -> String {
    let discover = || format!("`lexwatch sources discover {site}` may find it");
    match fault {
        Fault::Robots => {
            "Look for another address of it, or ask the publisher for leave.".to_owned()
        }
        Fault::RobotsUnknown => {
            "Until its robots.txt can be read or is answered by 404, nothing else may be. Lexwatch asks again by itself; if \
             that lasts for days, tell the publisher."
                .to_owned()
        }
        Fault::Refused => {
            "The server refuses us: ask the publisher for leave, or follow another address of it.".to_owned()
        }
        Fault::Rest => {
            "It asks to be left alone for a while, and is. If it goes on, poll it less often (`schedule`)."
                .to_owned()
        }
        Fault::NotFound => {
            format!("There is nothing at this address any more: look for the new one; {}.", discover())
        }
        Fault::Gone => {
            format!(
                "It was taken away for good: remove it from the catalogue, or find its new address; {}.",
                discover()
            )
        }
        Fault::Server => {
            "The fault is its server's: nothing is to be done, Lexwatch asks again by itself. If it lasts for days, tell the \
             publisher."
                .to_owned()
        }
        Fault::Status => "Open the address in a browser, and write where it leads as its `url`.".to_owned(),
        Fault::Unresolved => {
            "The site is gone, or its address has a slip: correct its `url`, or remove it.".to_owned()
        }
        Fault::Certificate => {
            "See whether its `url` names the right host; an expired certificate heals by itself.".to_owned()
        }
        Fault::Unreachable => {
            "Lexwatch asks again by itself. If that lasts for days, look whether its `url` is still right.".to_owned()
        }
        Fault::CutOff => {
            "Lexwatch asks again by itself. If it always breaks off, tell the publisher, or follow another address of it."
                .to_owned()
        }
        Fault::Timeout => {
            "It is slow, or drops our requests: Lexwatch asks again by itself. If it always is, allow more time \
             (`timeout_s` of [crawler])."
                .to_owned()
        }
        Fault::TooLarge => {
            "Allow more (`max_body_mb` of [crawler]), or follow a shorter list of it, such as a feed.".to_owned()
        }
        Fault::Headers => {
            "No honest server does that: follow another address of it, or remove it.".to_owned()
        }
        Fault::Redirects => {
            "Its redirects lead nowhere: open the address in a browser, and write where one arrives as its `url`."
                .to_owned()
        }
        Fault::Address => {
            "The address leads into a private network: correct its `url`, or allow it (`allow_addresses` of [crawler])."
                .to_owned()
        }
        Fault::NotAFeed => {
            format!("Something else stands where its list should be: write the list's `url`; {}.", discover())
        }
        Fault::NotListed => {
            "See whether its list has moved, and whether `format` and selectors still fit it.".to_owned()
        }
        Fault::NoArticle => {
            "Open the page: it may want a login, or selectors (`[source.article]`) in the catalogue.".to_owned()
        }
        Fault::Settings => "Correct its entry in the catalogue.".to_owned(),
    }
}

/// What to do about a source none of whose pages can be read, by what is wrong with the last of them.
pub(crate) fn remedy_of_pages(fault: Option<Fault>) -> &'static str {
    match fault {
        Some(Fault::Robots | Fault::RobotsUnknown) => {
            "Its robots.txt keeps us from its pages: with `read = false` what its list says is kept without them; or ask \
             the publisher."
        }
        Some(Fault::Refused) => {
            "Its server refuses its pages to us: with `read = false` what its list says is kept without them; or ask the \
             publisher."
        }
        Some(Fault::NotFound | Fault::Gone) => {
            "What it lists is not there: open one of its pages, and tell the publisher if they are gone."
        }
        Some(Fault::NoArticle | Fault::Settings) | None => {
            "Open one of its pages: they may want a login, or selectors (`[source.article]`) in the catalogue."
        }
        Some(Fault::TooLarge) => {
            "Its pages are too large: allow more (`max_body_mb` of [crawler]), or set `read = false`."
        }
        Some(_) => {
            "Its pages do not arrive whole: open one of them, and see below what is wrong with each."
        }
    }
}
