//! `/laws`: the register by jurisdiction, folded, and what of it bears a name.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use classifier::{Instrument, Jurisdiction};
use index::Facet;
use url::form_urlencoded;

use super::browse::{counts, plural, status};
use super::rows::Link;
use super::{Chrome, page};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;

const LEAD: &str =
    "The register of laws, rules and treaties that items are matched with, under all their names.";

/// The most characters of a name that is looked for.
const WORDS: usize = 200;

#[derive(Template)]
#[template(path = "laws.html")]
struct LawsPage {
    chrome: Chrome,
    lead: &'static str,
    /// What is looked for.
    words: String,
    found: String,
    unfolded: bool,
    groups: Vec<Group>,
}

/// The laws of a jurisdiction.
struct Group {
    home: &'static str,
    size: String,
    laws: Vec<Law>,
}

struct Law {
    link: Link,
    status: String,
    count: u64,
}

/// `GET /laws`; with `q` the laws that have these words in a name, with `unfold` all of them.
pub(super) async fn show(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let raw = raw.unwrap_or_default();
    let field = |wanted: &str| {
        let found = form_urlencoded::parse(raw.as_bytes()).find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.trim().chars().take(WORDS).collect::<String>())
    };
    let words = field("q").unwrap_or_default();
    let counts = counts(&app, Facet::Instrument).await?;
    let today = app.now().date_naive();
    let mut by_home: HashMap<Jurisdiction, Vec<Law>> = HashMap::new();
    let mut number = 0;
    for law in Instrument::all().filter(|law| bears(*law, &words)) {
        number += 1;
        // A joint one stands under each of its states, as it does on their pages.
        for home in law.jurisdictions() {
            by_home.entry(*home).or_default().push(Law {
                link: Link::law(law),
                status: status(law, today),
                count: counts.get(law.slug()).copied().unwrap_or(0),
            });
        }
    }
    let group = |(home, laws): (Jurisdiction, Vec<Law>)| {
        let told = laws.iter().filter(|law| law.count > 0).count();
        let size = plural(laws.len(), "law");
        let size = if told > 0 { format!("{size}, {told} with items") } else { size };
        Group { home: home.name(), size, laws }
    };
    let mut groups: Vec<_> = by_home.into_iter().map(group).collect();
    groups.sort_by_key(|group| group.home);
    page(&LawsPage {
        chrome: Chrome::new("/laws").at(&origin, "/laws", LEAD),
        lead: LEAD,
        found: plural(number, "law"),
        unfolded: !words.is_empty() || field("unfold").is_some(),
        words,
        groups,
    })
}

/// Whether all of these words, in any order, are parts of what a law or its state is called.
fn bears(law: Instrument, words: &str) -> bool {
    let homes = law.jurisdictions().iter().map(|home| home.name());
    let names = [law.name(), law.slug()].into_iter().chain(homes);
    let aliases = law.aliases().iter().map(String::as_str);
    let names = names.chain(aliases).collect::<Vec<_>>().join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| names.contains(word))
}
