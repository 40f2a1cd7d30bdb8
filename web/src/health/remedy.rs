//! What can be done about each fault, in a sentence: for `sources check`, the sources page, the API and the operator.

use crawler::Fault;

/// What to do about a fault; `site` is the source's site for people.
pub(crate) fn remedy(fault: Fault, site: &str) -> String {
    let what =
        by_address(fault).or_else(|| by_waiting(fault)).unwrap_or_else(|| by_settings(fault));
    match fault {
        Fault::NotFound | Fault::Gone | Fault::NotAFeed => {
            format!("{what}; `lexwatch sources discover {site}` may find it.")
        }
        _ => what.to_owned(),
    }
}

/// Where another address helps.
fn by_address(fault: Fault) -> Option<&'static str> {
    Some(match fault {
        Fault::Robots => "Look for another address of it, or ask the publisher for leave.",
        Fault::Refused => {
            "The server refuses us: ask the publisher for leave, or follow another address of it."
        }
        Fault::NotFound => "There is nothing at this address any more: look for the new one",
        Fault::Gone => {
            "It was taken away for good: remove it from the catalogue, or find its new address"
        }
        Fault::NotAFeed => "Something else stands where its list should be: write the list's `url`",
        Fault::Status => "Open the address in a browser, and write where it leads as its `url`.",
        Fault::Redirects => {
            "Its redirects lead nowhere: open the address in a browser, and write where one arrives as its `url`."
        }
        Fault::Unresolved => {
            "The site is gone, or its address has a slip: correct its `url`, or remove it."
        }
        Fault::Headers => "No honest server does that: follow another address of it, or remove it.",
        _ => return None,
    })
}

/// Where time may heal it.
fn by_waiting(fault: Fault) -> Option<&'static str> {
    Some(match fault {
        Fault::RobotsUnknown => {
            "Until its robots.txt can be read or is answered by 404, nothing else may be. Lexwatch asks again by itself; if \
             that lasts for days, tell the publisher."
        }
        Fault::Rest => {
            "It asks to be left alone for a while, and is. If it goes on, poll it less often (`schedule`)."
        }
        Fault::Server => {
            "The fault is its server's: nothing is to be done, Lexwatch asks again by itself. If it lasts for days, tell the \
             publisher."
        }
        Fault::Certificate => {
            "See whether its `url` names the right host; an expired certificate heals by itself."
        }
        Fault::Unreachable => {
            "Lexwatch asks again by itself. If that lasts for days, look whether its `url` is still right."
        }
        Fault::CutOff => {
            "Lexwatch asks again by itself. If it always breaks off, tell the publisher, or follow another address of it."
        }
        Fault::Timeout => {
            "It is slow, or drops our requests: Lexwatch asks again by itself. If it always is, allow more time \
             (`timeout_s` of [crawler])."
        }
        _ => return None,
    })
}

/// Where the settings or the catalogue are to be changed.
fn by_settings(fault: Fault) -> &'static str {
    match fault {
        Fault::TooLarge => {
            "Allow more (`max_body_mb` of [crawler]), or follow a shorter list of it, such as a feed."
        }
        Fault::Address => {
            "The address leads into a private network: correct its `url`, or allow it (`allow_addresses` of [crawler])."
        }
        Fault::NotListed => {
            "See whether its list has moved, and whether `format` and selectors still fit it."
        }
        Fault::NoArticle => {
            "Open the page: it may want a login, or selectors (`[source.article]`) in the catalogue."
        }
        _ => "Correct its entry in the catalogue.",
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
