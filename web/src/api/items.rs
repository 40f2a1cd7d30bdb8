//! `items`, `items/{id}` and `facets`.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use crawler::SourceId;
use index::{Facet, FacetCount, ItemId, Paging, Query, QueryError};
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::Problem;
use super::views::{CountView, ItemDetail, ItemView};
use crate::app::App;
use crate::error::Error;

/// How many items a page holds if nothing is said.
const DEFAULT_LIMIT: usize = 20;
/// The largest page.
const MAX_LIMIT: usize = 200;

/// The parameters of a call: the query and how its result is wanted.
pub(super) struct Call {
    pub(super) query: Query,
    /// How many are wanted, if that is said.
    pub(super) limit: Option<usize>,
    cursor: Option<String>,
    pub(super) facets: Vec<Facet>,
}

impl Call {
    /// Reads the query string, and refuses sources that nobody knows.
    pub(super) async fn read(
        app: &App,
        raw: Option<&str>,
        facets: &[Facet],
    ) -> Result<Self, Problem> {
        let call = Self::parse(raw, facets)?;
        if call.query.sources.is_empty() {
            return Ok(call);
        }
        let errors = unknown_sources(&call.query, &app.index.store().source_names().await?);
        if errors.is_empty() { Ok(call) } else { Err(Problem::query(errors)) }
    }

    /// Reads the query string; `facets` are the counts given if none are chosen.
    fn parse(raw: Option<&str>, facets: &[Facet]) -> Result<Self, Problem> {
        let pairs: Vec<_> = form_urlencoded::parse(raw.unwrap_or_default().as_bytes()).collect();
        let (query, errors) =
            Query::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())));
        if !errors.is_empty() {
            return Err(Problem::query(errors));
        }
        let last = |wanted: &str| {
            let found = pairs.iter().rev().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.as_ref()).filter(|value| !value.is_empty())
        };
        Ok(Self {
            query,
            limit: last("limit").map(limit).transpose()?,
            cursor: last("cursor").map(str::to_owned),
            facets: last("facets").map_or_else(|| Ok(facets.to_vec()), chosen_facets)?,
        })
    }
}

/// The query's sources that are not among these; what they would find is nothing, which would mislead.
pub(crate) fn unknown_sources(query: &Query, names: &HashMap<String, String>) -> Vec<QueryError> {
    let unknown = query.sources.iter().filter(|id| !names.contains_key(&id.0));
    let error = |id: &SourceId| QueryError {
        parameter: "source".to_owned(),
        what: format!("`{id}` is no source; /api/v1/sources lists them"),
    };
    unknown.map(error).collect()
}

fn limit(text: &str) -> Result<usize, Problem> {
    text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)).ok_or_else(|| {
        Problem::parameter("limit", format!("`{text}` is not a whole number from 1 to {MAX_LIMIT}"))
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

/// `GET /api/v1/items`.
pub(super) async fn list(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Problem> {
    let call = Call::read(&app, raw.as_deref(), &[Facet::Jurisdiction, Facet::Topic]).await?;
    let paging = Paging { limit: call.limit.unwrap_or(DEFAULT_LIMIT), cursor: call.cursor };
    let page = app.index.find(&call.query, &paging, &call.facets, None).await?;
    let items: Vec<_> =
        page.rows.into_iter().map(|(item, snippet)| ItemView::new(&item, Some(snippet))).collect();
    Ok(Json(json!({
        "total": page.total,
        "by_meaning": page.by_meaning,
        "next": page.next,
        "items": items,
        "facets": counts(&app, &page.facets).await?,
    })))
}

/// `GET /api/v1/facets`: the counts alone, all of them if none are chosen.
pub(super) async fn facets(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Json<Value>, Problem> {
    let call = Call::read(&app, raw.as_deref(), &Facet::ALL).await?;
    let none = Paging { limit: 0, cursor: None };
    let page = app.index.search(&call.query, &none, &call.facets, None).await?;
    Ok(Json(
        json!({"total": page.total, "by_meaning": page.by_meaning, "facets": counts(&app, &page.facets).await?}),
    ))
}

/// `GET /api/v1/items/{id}`.
pub(super) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<Json<ItemDetail>, Problem> {
    let id = ItemId::parse(&id).ok_or(Error::NotFound)?;
    let store = app.index.store();
    let item = store.item(id).await?.ok_or(Error::NotFound)?;
    Ok(Json(ItemDetail::new(&item, &store.corrections(id).await?)))
}

/// Counts with the names of their values.
async fn counts(
    app: &App,
    facets: &[(Facet, Vec<FacetCount>)],
) -> Result<Map<String, Value>, Problem> {
    let by_source = facets.iter().any(|(facet, _)| *facet == Facet::Source);
    let names = if by_source { app.index.store().source_names().await? } else { HashMap::new() };
    let mut map = Map::new();
    for (facet, values) in facets {
        let views: Vec<_> = values
            .iter()
            .map(|count| CountView::new(*facet, count, |id| names.get(id).cloned()))
            .collect();
        map.insert(facet.slug().to_owned(), json!(views));
    }
    Ok(map)
}
