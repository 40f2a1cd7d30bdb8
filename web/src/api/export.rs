//! Whole result sets as CSV (RFC 4180) or NDJSON, streamed page by page.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt as _, stream};
use index::{Item, Paging, Query};

use super::Problem;
use super::items::{Call, Takes};
use super::views::{ItemView, rfc3339};
use crate::app::App;
use crate::plain::{clean, json_line};

/// Items fetched at once.
const CHUNK: usize = 200;

/// What an export takes besides a query.
const ALL: Takes<'static> = Takes { most: usize::MAX, ..Takes::LIST };

/// The first line of a CSV export.
pub(crate) const CSV_HEADER: &str = "id,url,title,published,first_seen,source,language,policy,jurisdictions,topics,stage,instruments\r\n";

/// `GET /api/v1/export.csv`.
pub(super) async fn csv(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let Call { query, limit, .. } = Call::read(&app, raw.as_deref(), ALL).await?;
    // Once the first line has left, nobody can be told any more.
    app.index.whole()?;
    let rows = chunks(app, query, limit).map(|chunk| {
        chunk.map(|items| items.iter().map(|(item, _)| csv_row(item)).collect::<String>())
    });
    let lines = stream::once(async { Ok(CSV_HEADER.to_owned()) }).chain(rows);
    Ok(attachment("text/csv; charset=utf-8; header=present", "lexwatch.csv", lines))
}

/// `GET /api/v1/export.ndjson`.
pub(super) async fn ndjson(
    State(app): State<App>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Problem> {
    let Call { query, limit, .. } = Call::read(&app, raw.as_deref(), ALL).await?;
    app.index.whole()?;
    let lines = chunks(app, query, limit).map(|chunk| {
        let mut text = String::new();
        for (item, snippet) in chunk? {
            text.push_str(&json_line(&ItemView::new(&item, Some(snippet)))?);
        }
        anyhow::Ok(text)
    });
    Ok(attachment("application/x-ndjson", "lexwatch.ndjson", lines))
}

/// A result, chunk after chunk, each item of it or so many if that is said; one that fails ends it, so that a reader sees a
/// broken download, not a short one.
pub(crate) fn chunks(
    app: App,
    query: Query,
    limit: Option<usize>,
) -> impl Stream<Item = anyhow::Result<Vec<(Arc<Item>, String)>>> + Send {
    let query = Query { fold: false, ..query };
    let left = limit.unwrap_or(usize::MAX);
    let first = Some(Paging { limit: CHUNK.min(left), cursor: None });
    stream::try_unfold((app, query, first, left), |(app, query, paging, left)| async move {
        let Some(paging) = paging else { return Ok(None) };
        let page = app.index.find(&query, &paging, &[], None).await?;
        let left = left.saturating_sub(page.rows.len());
        let next = page.next.filter(|_| left > 0);
        let next = next.map(|cursor| Paging { limit: CHUNK.min(left), cursor: Some(cursor) });
        Ok(Some((page.rows, (app, query, next, left))))
    })
}

fn attachment(
    content_type: &'static str,
    name: &'static str,
    lines: impl Stream<Item = anyhow::Result<String>> + Send + 'static,
) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, Body::from_stream(lines)).into_response()
}

/// One item as a CSV line; several values of a cell are parted by `;`.
pub(crate) fn csv_row(item: &Item) -> String {
    let tags = &item.tags;
    let join = |values: Vec<&str>| values.join(";");
    let cells = [
        item.id.to_string(),
        item.url.clone(),
        clean(&item.title, usize::MAX),
        item.published.map(|moment| rfc3339(moment.instant())).unwrap_or_default(),
        rfc3339(item.first_seen),
        item.source.id.to_string(),
        item.language.clone().unwrap_or_default(),
        tags.policy.value.to_string(),
        join(tags.jurisdictions.iter().map(|tag| tag.value.code()).collect()),
        join(tags.topics.iter().map(|tag| tag.value.slug()).collect()),
        tags.stage.as_ref().map(|tag| tag.value.slug()).unwrap_or_default().to_owned(),
        join(tags.instruments.iter().map(|tag| tag.value.slug()).collect()),
    ];
    cells.map(|cell| csv_cell(&cell)).join(",") + "\r\n"
}

/// Quoted where needed; a cell that a spreadsheet would run as a formula gets an apostrophe before it.
fn csv_cell(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn cells_are_quoted_and_formulas_inert() {
        assert_eq!(csv_cell("plain"), "plain");
        assert_eq!(csv_cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        assert_eq!(csv_cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_cell("@cmd"), "'@cmd");
    }
}
