//! `/search`: words, filters with counts, and the same result in every other form.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use index::{Answer, Facet, FacetCount, Page, Paging, Query, QueryError, Sort};
use url::form_urlencoded;

mod offers;

use offers::Offer;

use super::rows::{Link, Row};
use super::unread::{self, Remarks};
use super::{Chrome, page, with_query};
use crate::api::views::facet_name;
use crate::api::{choices, unknown_sources};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::languages::language_name;

const DESCRIPTION: &str = "Search news and rules of cyberspace by words, jurisdiction, topic, stage and law, and take the result along.";

/// Rows on a page.
const LENGTH: usize = 20;
/// Values of a facet shown at once, and how many more can be unfolded; words find the others.
const SHOWN: usize = 8;
const UNFOLDED: usize = 32;

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    chrome: Chrome,
    /// What stands in the words box: as it was typed where it was not understood.
    typed: String,
    /// What was not understood, and the same search as it may have been meant.
    remarks: Remarks,
    meant: Option<Link>,
    /// Whether nothing else was asked for, so that nothing was searched.
    unasked: bool,
    offers: Vec<Offer>,
    rows: Vec<Row>,
    /// What has some of the words or is about their subject, where the page has room.
    partly: Vec<Row>,
    total: u64,
    /// How many changes cannot be found yet, where they are many.
    behind: Option<i64>,
    /// How many rows there are in all, and the same with each item in a row of its own.
    stories: u64,
    unfolded: String,
    /// The query's parameters, to save it; and all but its words, so that new ones keep them.
    all: Vec<(&'static str, String)>,
    kept: Vec<(&'static str, String)>,
    chips: Vec<Link>,
    facets: Vec<FacetView>,
    /// Whether any of them has a value.
    is_filtered: bool,
    sorts: Vec<SortView>,
    next: Option<String>,
    is_later_page: bool,
    first: String,
    /// The same among what is not about policy.
    beyond: Option<String>,
    subscribe: String,
    forms: Vec<Link>,
}

struct FacetView {
    name: &'static str,
    open: bool,
    shown: Vec<ValueView>,
    rest: Vec<ValueView>,
    /// How many are left out, and the filter as a word.
    more: usize,
    word: &'static str,
}

struct ValueView {
    link: Link,
    count: u64,
    chosen: bool,
}

struct SortView {
    link: Link,
    chosen: bool,
}

/// `GET /search`.
pub(super) async fn show(
    State(app): State<App>,
    origin: Origin,
    RawQuery(raw): RawQuery,
) -> Result<Response, Error> {
    let pairs: Vec<(String, String)> =
        form_urlencoded::parse(raw.as_deref().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    let (mut query, mut errors) = unread::read(&pairs);
    let names = app.index.source_names().await?;
    let typed = pairs.iter().find(|(name, _)| name == "q").map(|(_, value)| value.clone());
    errors.extend(unknown_sources(&query, typed.as_deref().unwrap_or_default(), &names));
    query.sources.retain(|id| names.contains_key(&id.0));
    // The words box shows what was understood, or what was typed where not all of it was.
    let typed = typed.filter(|_| !errors.is_empty()).unwrap_or_else(|| query.words_text());
    let cursor = pairs.iter().find(|(name, value)| name == "cursor" && !value.is_empty());
    let cursor = cursor.map(|(_, value)| value.clone());
    let unasked = !errors.is_empty() && !unread::asks(&query);
    let meant = meant(&app, &pairs, &errors).await?;
    let Answer { page: found, instead, partly } =
        if unasked { nothing() } else { answer(&app, &query, cursor.clone()).await? };
    let offers = offers::offers(&query, instead.as_ref(), found.by_meaning, &names);
    // What is kept of a search is what was found; the words box goes on showing what was typed.
    let query = instead.unwrap_or(query);
    page(&Search {
        chrome: Chrome::new("/search").with_query(&query).at(
            &origin,
            &with_query("/search", &query),
            DESCRIPTION,
        ),
        typed,
        remarks: if meant.is_some() { Remarks::brief(&errors) } else { Remarks::of(&errors) },
        meant,
        unasked,
        offers,
        rows: Row::all(&query, found.rows),
        partly: Row::all(&query, partly),
        total: found.total,
        behind: app.index.behind(),
        stories: found.stories,
        unfolded: with_query("/search", &Query { fold: false, ..query.clone() }),
        all: query.to_pairs(),
        kept: query.to_pairs().into_iter().filter(|(name, _)| *name != "q").collect(),
        chips: chips(&query, &names),
        is_filtered: found.facets.iter().any(|(_, counts)| !counts.is_empty()),
        facets: found
            .facets
            .iter()
            .map(|(facet, counts)| view(&query, *facet, counts, &names))
            .collect(),
        sorts: sorts(&query),
        next: found.next.map(|cursor| next_page(&query, &cursor)),
        is_later_page: cursor.is_some(),
        first: with_query("/search", &query),
        beyond: (query.policy == Some(true))
            .then(|| with_query("/search", &Query { policy: None, ..query.clone() })),
        subscribe: with_query("/subscribe", &query),
        forms: forms(&query),
    })
}

/// The search that may have been meant, where something was not understood.
async fn meant(
    app: &App,
    pairs: &[(String, String)],
    errors: &[QueryError],
) -> Result<Option<Link>, Error> {
    if errors.is_empty() {
        return Ok(None);
    }
    Ok(unread::meant(pairs, errors, &choices(app).await?))
}

/// What a query finds, from a cursor on.
async fn answer(app: &App, query: &Query, cursor: Option<String>) -> Result<Answer, Error> {
    let paging = Paging { limit: LENGTH, cursor };
    Ok(app.index.answer(query, &paging, &Facet::ALL).await?)
}

/// The answer to nothing.
fn nothing() -> Answer {
    let page = Page {
        total: 0,
        by_meaning: 0,
        stories: 0,
        told: 0,
        next: None,
        rows: Vec::new(),
        facets: Vec::new(),
    };
    Answer { page, instead: None, partly: Vec::new() }
}

fn next_page(query: &Query, cursor: &str) -> String {
    let mut parameters = form_urlencoded::Serializer::new(query.to_query_string());
    parameters.append_pair("cursor", cursor);
    format!("/search?{}", parameters.finish())
}

/// The same result in other forms.
pub(super) fn forms(query: &Query) -> Vec<Link> {
    [
        ("/feed.atom", "Atom"),
        ("/feed.json", "JSON Feed"),
        ("/api/v1/items", "API"),
        ("/api/v1/export.csv", "CSV"),
        ("/api/v1/export.ndjson", "NDJSON"),
    ]
    .map(|(path, name)| Link::new(with_query(path, query), name))
    .into()
}

fn sorts(query: &Query) -> Vec<SortView> {
    [(Sort::Relevance, "Relevance"), (Sort::Newest, "Newest"), (Sort::Oldest, "Oldest")]
        .into_iter()
        .filter(|(sort, _)| query.words.is_some() || *sort != Sort::Relevance)
        .map(|(sort, name)| {
            let chosen = query.sort == sort
                || (query.words.is_none() && sort == Sort::Newest && query.sort != Sort::Oldest);
            let link = Link::new(with_query("/search", &Query { sort, ..query.clone() }), name);
            SortView { link, chosen }
        })
        .collect()
}

/// A facet's values, the chosen ones first and each a link that adds or removes it.
fn view(
    query: &Query,
    facet: Facet,
    counts: &[FacetCount],
    names: &HashMap<String, String>,
) -> FacetView {
    let chosen = query.values(facet);
    let toggles = query.toggles(facet);
    let (first, others): (Vec<_>, Vec<_>) =
        counts.iter().partition(|count| chosen.contains(&count.value));
    let most = first.len().max(SHOWN + UNFOLDED);
    let mut values: Vec<_> = first
        .iter()
        .map(|count| (count, true))
        .chain(others.iter().map(|count| (count, false)))
        .take(most)
        .map(|(count, chosen)| ValueView {
            link: Link::new(
                format!("/search?{}", toggles.with(&count.value)).trim_end_matches('?').to_owned(),
                value_name(facet, &count.value, names),
            ),
            count: count.count,
            chosen,
        })
        .collect();
    let rest = values.split_off(values.len().min(SHOWN));
    let open = matches!(facet, Facet::Jurisdiction | Facet::Topic | Facet::Stage);
    FacetView {
        name: facet_title(facet),
        open: open || !chosen.is_empty(),
        shown: values,
        rest,
        more: counts.len().saturating_sub(most),
        word: facet.slug(),
    }
}

/// The active filters, each a link that removes it.
fn chips(query: &Query, names: &HashMap<String, String>) -> Vec<Link> {
    let mut chips = Vec::new();
    for facet in Facet::ALL {
        for value in query.values(facet) {
            let href = with_query("/search", &query.toggled(facet, &value));
            chips.push(Link::new(href, value_name(facet, &value, names)));
        }
    }
    if let Some(from) = query.dates.from {
        let mut without = query.clone();
        without.dates.from = None;
        let text = format!("from {}", from.format("%Y-%m-%d"));
        chips.push(Link::new(with_query("/search", &without), text));
    }
    if let Some(to) = query.dates.to {
        let mut without = query.clone();
        without.dates.to = None;
        let text = format!("before {}", to.format("%Y-%m-%d"));
        chips.push(Link::new(with_query("/search", &without), text));
    }
    if !query.widen {
        let wide = Query { widen: true, ..query.clone() };
        chips.push(Link::new(with_query("/search", &wide), "only the words as typed"));
    }
    if !query.fold {
        let folded = Query { fold: true, ..query.clone() };
        chips.push(Link::new(with_query("/search", &folded), "each item of a story"));
    }
    if !query.meaning {
        let any = Query { meaning: true, ..query.clone() };
        chips.push(Link::new(with_query("/search", &any), "nothing by meaning alone"));
    }
    if query.policy != Some(true) {
        let text = if query.policy.is_none() { "policy or not" } else { "not policy" };
        let only_policy = Query { policy: Some(true), ..query.clone() };
        chips.push(Link::new(with_query("/search", &only_policy), text));
    }
    chips
}

fn value_name(facet: Facet, value: &str, names: &HashMap<String, String>) -> String {
    if facet == Facet::Language {
        return language_name(value).to_owned();
    }
    facet_name(facet, value, |id| names.get(id).cloned())
}

fn facet_title(facet: Facet) -> &'static str {
    match facet {
        Facet::Jurisdiction => "Jurisdiction",
        Facet::Topic => "Topic",
        Facet::Stage => "Stage",
        Facet::Instrument => "Law",
        Facet::Source => "Source",
        Facet::Publisher => "Publisher",
        Facet::Language => "Language",
    }
}
