//! What a search page says about how its words were read: other names that were searched, and what else might be asked.

use std::collections::HashMap;

use classifier::{Instrument, Jurisdiction, Topic};
use index::{Facet, Query, Widening};

use super::super::rows::Link;
use super::super::with_query;
use super::value_name;

/// How many other names of a law are shown.
const NAMES: usize = 3;
/// The name of that offer.
const ANY: &str = "Search for any of them";

/// A remark, and where its link leads.
pub(super) struct Offer {
    pub(super) text: String,
    pub(super) link: Link,
    /// The pages of what the words name.
    pub(super) pages: Vec<Link>,
}

/// What is told of items that were found by some of a query's words and by more: the topics that it asks for, the states that it
/// names; and the query without that. `None` where it was not so.
fn narrower(query: &Query, found: &Query) -> Option<(String, Query)> {
    let topics: Vec<_> = found.topics.iter().map(|topic| topic.name()).collect();
    let topics = (found.topics != query.topics).then(|| format!("about {}", topics.join(" or ")));
    let of_states = query.any_word_of_its_states();
    let is_of_states = of_states.iter().flatten().any(|some| some.words == found.words);
    let any = query.any_word().filter(|_| is_of_states);
    let is_state = |name: &Widening| name.facet == Some(Facet::Jurisdiction);
    let states = query.widenings().into_iter().filter(is_state);
    let states: Vec<_> = states.map(|state| state.words).collect();
    let states = any.is_some().then(|| format!("of {}", states.join(" or ")));
    let wider = any.unwrap_or_else(|| Query { topics: query.topics.clone(), ..found.clone() });
    let what: Vec<_> = states.into_iter().chain(topics).collect();
    (!what.is_empty()).then(|| (what.join(", "), wider))
}

/// What to say beside a result, which is of the query `instead` where there was none, and so many items of which were
/// found by meaning alone.
pub(super) fn offers(
    query: &Query,
    instead: Option<&Query>,
    by_meaning: u64,
    names: &HashMap<String, String>,
) -> Vec<Offer> {
    let mut offers = Vec::new();
    let any = query.any_word();
    let offer = |text: &str, query: &Query, name: &str| Offer {
        text: text.to_owned(),
        link: Link::new(with_query("/search", query), name),
        pages: Vec::new(),
    };
    match (instead, any) {
        (Some(found), Some(any)) if *found == any => {
            offers.push(offer("No item has all of these words; these have some.", found, ANY));
        }
        (Some(found), Some(any)) if query.without_its_states().as_ref() == Some(found) => {
            let text = "No item of the states that are named has any of the other words; these have them, and are of others.";
            offers.push(offer(text, &any, ANY));
        }
        (Some(found), _) if let Some((what, wider)) = narrower(query, found) => {
            let text = format!("No item has all of these words; these have some, and are {what}.");
            offers.push(offer(&text, &wider, ANY));
        }
        (Some(found), _) => {
            let text = "Nothing was found as typed; this is what is found otherwise. Did you mean";
            offers.push(offer(text, found, &found.words_text()));
        }
        _ => {}
    }
    let asked = instead.unwrap_or(query);
    let (widenings, exclusions) = (asked.widenings(), asked.exclusions());
    let told = [("Also searched", &widenings), ("Also left out", &exclusions)].into_iter();
    let told = told.filter(|(_, widenings)| !widenings.is_empty()).map(|(what, widenings)| {
        let wide: Vec<_> = widenings.iter().map(|widening| remark(widening, names)).collect();
        format!("{what}: {}.", wide.join("; "))
    });
    let text = told.collect::<Vec<_>>().join(" ");
    if !text.is_empty() {
        let narrow = Query { widen: false, ..asked.clone() };
        let pages = widenings.iter().filter_map(page).collect();
        offers.push(Offer { pages, ..offer(&text, &narrow, "Only the words as typed") });
    }
    if by_meaning > 0 {
        let exact = Query { meaning: false, ..instead.unwrap_or(query).clone() };
        let items = if by_meaning == 1 { "item does" } else { "items do" };
        let text = format!("{by_meaning} {items} not have the words, but may mean the same.");
        offers.push(offer(&text, &exact, "Only what has the words"));
    }
    offers
}

/// The page of the law, topic or jurisdiction that was named.
fn page(widening: &Widening) -> Option<Link> {
    let value = &widening.value;
    match widening.facet? {
        Facet::Instrument => Instrument::parse(value).map(Link::law),
        Facet::Topic => Topic::parse(value).map(Link::topic),
        Facet::Jurisdiction => Jurisdiction::parse(value).map(Link::jurisdiction),
        _ => None,
    }
}

/// `what is about China Cybersecurity Law, “网络安全法”`.
fn remark(widening: &Widening, names: &HashMap<String, String>) -> String {
    let others = widening.names.iter().take(NAMES).map(|name| format!("“{name}”"));
    let about = widening.facet.map(|facet| match widening.states.len() {
        0 => format!("what is about {}", value_name(facet, &widening.value, names)),
        states => format!("what is about one of {states} jurisdictions of {}", widening.value),
    });
    about.into_iter().chain(others).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use index::Query;

    use super::offers;

    #[test]
    fn what_is_about_a_topic_instead_says_so_whether_or_not_a_word_was_spelt_anew() {
        let query = Query::parse("deadlines telling zebras").0;
        for found in ["deadlines OR telling OR zebras", "deadline OR telling OR zebras"] {
            let on_topic = Query::parse(&format!("({found}) topic:incident-reporting")).0;
            let offers = offers(&query, Some(&on_topic), 0, &HashMap::new());
            let first = offers.first().unwrap();
            assert!(first.text.ends_with("are about Incident and breach reporting."));
            assert!(!first.link.href.contains("topic"), "{}", first.link.href);
        }
    }

    #[test]
    fn what_is_of_named_states_instead_says_so() {
        let query = Query::parse("spyware rules Kenya").0;
        for (found, told) in [
            ("(spyware OR rules) Kenya", "these have some, and are of Kenya."),
            ("Kenya topic:surveillance", "are of Kenya, about Surveillance and lawful access."),
            ("spyware OR rules OR Kenya", "these have some."),
            ("spyware rules", "these have them, and are of others."),
        ] {
            let offers = offers(&query, Some(&Query::parse(found).0), 0, &HashMap::new());
            let first = offers.first().unwrap();
            assert!(first.text.ends_with(told), "{}", first.text);
            assert!(first.link.href.contains("Kenya") && !first.link.href.contains("topic"));
        }
    }
}
