//! `items`, `items/{id}` and `facets`.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use crawler::SourceId;
use index::{Answer, Facet, FacetCount, Item, ItemId, Paging, Query, QueryError};
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Problem;
use super::views::{CountView, ItemDetail, ItemView};
use crate::app::App;
use crate::error::Error;

/// How many characters of a parameter's name are repeated.
const SHOWN: usize = 60;
/// How many items a page holds if nothing is said.
pub(crate) const DEFAULT_LIMIT: usize = 20;
/// The counts beside a page if none are chosen.
pub(crate) const USUAL_FACETS: [Facet; 2] = [Facet::Jurisdiction, Facet::Topic];
/// The largest page.
pub(crate) const MAX_LIMIT: usize = 200;

/// What an address takes besides a query.
#[derive(Clone, Copy)]
pub(super) struct Takes<'a> {
    /// Its own parameters.
    pub(super) parameters: &'a [&'a str],
    /// The largest `limit`.
    pub(super) most: usize,
    /// The counts given if none are chosen.
    pub(super) facets: &'a [Facet],
}

impl Takes<'_> {
    /// For a page of a result.
    pub(super) const PAGE: Self =
        Self { parameters: &["limit", "cursor", "facets"], most: MAX_LIMIT, facets: &USUAL_FACETS };
    /// For a list without further pages.
    pub(super) const LIST: Self = Self { parameters: &["limit"], most: MAX_LIMIT, facets: &[] };
}

/// The parameters of a call: the query and how its result is wanted.
pub(super) struct Call {
    pub(super) query: Query,
    /// How many are wanted, if that is said.
    pub(super) limit: Option<usize>,
    cursor: Option<String>,
    pub(super) facets: Vec<Facet>,
}

impl Call {
    /// Reads the query string, and refuses parameters and sources that nobody knows.
    pub(super) async fn read(
        app: &App,
        raw: Option<&str>,
        takes: Takes<'_>,
    ) -> Result<Self, Problem> {
        let call = Self::parse(raw, takes)?;
        let pairs = form_urlencoded::parse(raw.unwrap_or_default().as_bytes());
        let q = pairs.filter(|(name, _)| name == "q").map(|(_, value)| value).next();
        let q = q.unwrap_or_default();
        if call.query.named_sources(&q).is_empty() {
            return Ok(call);
        }
        let names = app.index.source_names().await?;
        let errors = unknown_sources(&call.query, &q, &names);
        if errors.is_empty() { Ok(call) } else { Err(Problem::query(errors)) }
    }

    fn parse(raw: Option<&str>, takes: Takes<'_>) -> Result<Self, Problem> {
        let pairs: Vec<_> = form_urlencoded::parse(raw.unwrap_or_default().as_bytes()).collect();
        let (query, mut errors) =
            Query::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())));
        let names = pairs.iter().map(|(name, _)| name.as_ref());
        errors.extend(names.filter_map(|name| unknown_parameter(name, takes.parameters)));
        if !errors.is_empty() {
            return Err(Problem::query(errors));
        }
        let last = |wanted: &str| {
            let found = pairs.iter().rev().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_ref()).filter(|value| !value.is_empty())
        };
        Ok(Self {
            query,
            limit: last("limit").map(|text| limit(text, takes.most)).transpose()?,
            cursor: last("cursor").map(str::to_owned),
            facets: last("facets").map_or_else(|| Ok(takes.facets.to_vec()), chosen_facets)?,
        })
    }
}

/// The query's sources, which stand in the words `q` or in parameters, that are not among these; what they would find is
/// nothing, which would mislead.
pub(crate) fn unknown_sources(
    query: &Query,
    q: &str,
    names: &HashMap<String, String>,
) -> Vec<QueryError> {
    let named = query.named_sources(q).into_iter();
    let unknown = named.filter(|(id, _)| !names.contains_key(&id.0));
    let error = |(id, place): (SourceId, _)| {
        let near = classifier::nearest(&id.0, names.keys().map(String::as_str));
        let hint = near.map_or_else(
            || "; /api/v1/sources lists them".to_owned(),
            |near| format!(": did you mean `{near}`?"),
        );
        let what = format!("`{id}` is no source{hint}");
        QueryError { parameter: "source".to_owned(), what, place }
    };
    unknown.map(error).collect()
}

/// A parameter that would be passed over in silence, and a wider result be taken for the one that was meant.
pub(crate) fn unknown_parameter(name: &str, own: &[&str]) -> Option<QueryError> {
    if name.is_empty() || own.contains(&name) || Query::has_parameter(name) {
        return None;
    }
    let name: String = name.chars().take(SHOWN).collect();
    let meant = classifier::nearest(&name, own.iter().copied());
    Some(no_such_parameter(&name, meant.or_else(|| Query::nearest_parameter(&name))))
}

/// What is said of a parameter that an address does not take, and of the one that may have been meant.
pub(super) fn no_such_parameter(name: &str, meant: Option<&str>) -> QueryError {
    let what = match meant {
        Some(meant) => format!("there is no such parameter here; did you mean `{meant}`?"),
        None => "there is no such parameter here".to_owned(),
    };
    QueryError { parameter: name.chars().take(SHOWN).collect(), what, place: None }
}

fn limit(text: &str, most: usize) -> Result<usize, Problem> {
    text.parse().ok().filter(|limit| (1..=most).contains(limit)).ok_or_else(|| {
        let what = if most < usize::MAX {
            format!("`{text}` is not a whole number from 1 to {most}")
        } else {
            format!("`{text}` is not a whole number from 1")
        };
        Problem::parameter("limit", what)
    })
}

fn chosen_facets(text: &str) -> Result<Vec<Facet>, Problem> {
    text.split(',').filter(|slug| !slug.is_empty() && *slug != "none").map(facet).collect()
}

fn facet(slug: &str) -> Result<Facet, Problem> {
    Facet::parse(slug.trim()).ok_or_else(|| {
        let known = Facet::ALL.map(Facet::slug).join(", ");
        Problem::parameter("facets", format!("`{slug}` is not one of {known}"))
    })
}

/// A page of a result.
#[derive(Serialize)]
pub(crate) struct List {
    /// Of items.
    total: u64,
    /// Of those that do not have the words, and may mean the same, where the program knows meanings.
    #[serde(skip_serializing_if = "Option::is_none")]
    by_meaning: Option<u64>,
    /// Of rows: fewer where stories are folded.
    stories: u64,
    /// How many changes are kept that cannot be found yet, where they are many.
    #[serde(skip_serializing_if = "Option::is_none")]
    behind: Option<i64>,
    next: Option<String>,
    items: Vec<ItemView>,
    facets: Counts,
    /// Of which query it is, where nothing was found by the one that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    instead: Option<String>,
    /// Items that have some of the words or are about their subject, where the page has room; not among the total and the
    /// counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    partly: Vec<ItemView>,
}

impl List {
    /// What was found, with the names of what was counted.
    pub(crate) async fn of(app: &App, answer: Answer) -> Result<Self, index::Error> {
        let Answer { page, instead, partly } = answer;
        let view = |(item, snippet): (Arc<Item>, String)| ItemView::new(&item, Some(snippet));
        Ok(Self {
            total: page.total,
            by_meaning: app.embedder.is_some().then_some(page.by_meaning),
            stories: page.stories,
            behind: app.index.behind(),
            next: page.next,
            items: page.rows.into_iter().map(view).collect(),
            facets: counts(app, &page.facets).await?,
            instead: instead.map(|query| query.to_text()),
            partly: partly.into_iter().map(view).collect(),
        })
    }
}

/// Counts by the slug of their facet.
type Counts = BTreeMap<&'static str, Vec<CountView>>;

/// `GET /api/v1/items`.
pub(super) async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Json<List>, Problem> {
    let call = Call::read(&app, raw.as_deref(), Takes::PAGE).await?;
    let paging = Paging { limit: call.limit.unwrap_or(DEFAULT_LIMIT), cursor: call.cursor };
    let answer = app.index.answer(&call.query, &paging, &call.facets).await?;
    Ok(Json(List::of(&app, answer).await?))
}

/// `GET /api/v1/facets`: the counts alone, all of them if none are chosen.
pub(super) async fn facets(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Problem> {
    let takes = Takes { parameters: &["facets"], facets: &Facet::ALL, ..Takes::LIST };
    let call = Call::read(&app, raw.as_deref(), takes).await?;
    let none = Paging { limit: 0, cursor: None };
    let page = app.index.search(&call.query, &none, &call.facets, None).await?;
    Ok(Json(json!({"total": page.total, "facets": counts(&app, &page.facets).await?})))
}

/// `GET /api/v1/items/{id}`.
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<ItemDetail>, Problem> {
    let missing = || Error::missing("item", &id);
    let id = ItemId::parse(&id).ok_or_else(missing)?;
    let store = app.index.store();
    let item = store.item(id).await?.ok_or_else(missing)?;
    let (corrections, words) = (store.corrections(id).await?, store.story_words(id).await?);
    Ok(Json(ItemDetail::new(&item, &corrections, &words)))
}

/// Counts with the names of their values.
async fn counts(app: &App, facets: &[(Facet, Vec<FacetCount>)]) -> Result<Counts, index::Error> {
    let by_source = facets.iter().any(|(facet, _)| *facet == Facet::Source);
    let names = if by_source { app.index.source_names().await? } else { Arc::default() };
    let views = facets.iter().map(|(facet, values)| {
        let view = |count| CountView::new(*facet, count, |id| names.get(id).cloned());
        (facet.slug(), values.iter().map(view).collect())
    });
    Ok(views.collect())
}
