//! What a search page says about how its words were read: other names that were searched, and what else might be asked.

use std::collections::HashMap;

use index::{Query, Widening};

use super::super::rows::Link;
use super::super::with_query;
use super::value_name;
use crate::app::App;
use crate::error::Error;

/// How many other names of a law are shown.
const NAMES: usize = 3;

/// A remark, and where its link leads.
pub(super) struct Offer {
    pub(super) text: String,
    pub(super) link: Link,
}

/// What to say beside a result of `total` items, so many of them found by meaning alone.
pub(super) async fn offers(
    app: &App,
    query: &Query,
    (total, by_meaning): (u64, u64),
    names: &HashMap<String, String>,
) -> Result<Vec<Offer>, Error> {
    let mut offers = Vec::new();
    let widenings = query.widenings();
    if !widenings.is_empty() {
        let wide: Vec<_> = widenings.iter().map(|widening| remark(widening, names)).collect();
        let narrow = Query { widen: false, ..query.clone() };
        offers.push(Offer {
            text: format!("Also searched: {}.", wide.join("; ")),
            link: Link::new(with_query("/search", &narrow), "Only the words as typed"),
        });
    }
    if by_meaning > 0 {
        let exact = Query { meaning: false, ..query.clone() };
        let items = if by_meaning == 1 { "item does" } else { "items do" };
        offers.push(Offer {
            text: format!("{by_meaning} {items} not have all of the words, but may mean the same."),
            link: Link::new(with_query("/search", &exact), "Only what has the words"),
        });
    }
    if total == by_meaning {
        offers.extend(instead(app, query).await?);
    }
    Ok(offers)
}

/// `what is about China Cybersecurity Law, “网络安全法”`.
fn remark(widening: &Widening, names: &HashMap<String, String>) -> String {
    let name = value_name(widening.facet, &widening.value, names);
    let others = widening.names.iter().take(NAMES).map(|name| format!(", “{name}”"));
    format!("what is about {name}{}", others.collect::<String>())
}

/// Another spelling, or else any of the words.
async fn instead(app: &App, query: &Query) -> Result<Option<Offer>, Error> {
    if let Some(meant) = app.index.did_you_mean(query).await? {
        let link = Link::new(with_query("/search", &meant), meant.words_text());
        return Ok(Some(Offer { text: "Did you mean".to_owned(), link }));
    }
    Ok(query.any_word().map(|any| Offer {
        text: "No item has all of these words.".to_owned(),
        link: Link::new(with_query("/search", &any), "Search for any of them"),
    }))
}
