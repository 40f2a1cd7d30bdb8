//! Values on their way in and out of the database.

use chrono::{DateTime, Utc};
use classifier::Tags;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::Error;

/// A text from outside that is safe to keep: at most `limit` bytes, and without controls but for tabs and the ends of
/// lines. PostgreSQL refuses NUL; the others steer whatever terminal they are shown on. A blank takes the place of
/// each, so that the offsets of evidence stay true.
pub(super) fn clean(text: &str, limit: usize) -> String {
    text[..text.floor_char_boundary(limit)]
        .replace(|c: char| c.is_control() && !matches!(c, '\n' | '\t'), " ")
}

/// The same for what may be left out.
pub(super) fn clean_option(text: Option<&str>, limit: usize) -> Option<String> {
    text.map(|text| clean(text, limit))
}

/// A moment from its milliseconds.
pub(super) fn time(milliseconds: i64) -> Result<DateTime<Utc>, Error> {
    DateTime::from_timestamp_millis(milliseconds)
        .ok_or_else(|| Error::Corrupt(format!("{milliseconds} is not a moment")))
}

/// A moment in a column.
pub(super) fn time_at(row: &AnyRow, column: &str) -> Result<DateTime<Utc>, Error> {
    time(row.try_get(column)?)
}

/// A moment, if there is one, in a column.
pub(super) fn optional_time_at(row: &AnyRow, column: &str) -> Result<Option<DateTime<Utc>>, Error> {
    row.try_get::<Option<i64>, _>(column)?.map(time).transpose()
}

/// A count for `LIMIT`.
pub(super) fn limit(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// `$first, …`: `count` places for values in a list.
pub(super) fn places(first: usize, count: usize) -> String {
    let places: Vec<String> = (first..first + count).map(|n| format!("${n}")).collect();
    places.join(", ")
}

/// `($first, …), …`: places for rows of values.
pub(super) fn rows(count: usize, columns: usize) -> String {
    let rows: Vec<String> =
        (0..count).map(|row| format!("({})", places(row * columns + 1, columns))).collect();
    rows.join(", ")
}

/// A list as often its last value more as its length lacks to a power of two: few different statements look for values of
/// a list, so that they are found prepared.
pub(super) fn padded<T>(all: &[T]) -> impl ExactSizeIterator<Item = &T> {
    let count = if all.is_empty() { 0 } else { all.len().next_power_of_two() };
    (0..count).map(|place| &all[place.min(all.len() - 1)])
}

/// A list in parts for statements of many rows, of `most` at most. Each statement costs two turns between threads,
/// whatever it does. Their lengths are powers of two: few different statements, which are found prepared.
pub(super) fn batches<T>(all: &[T], most: usize) -> impl Iterator<Item = &[T]> {
    let mut rest = all;
    std::iter::from_fn(move || {
        let power = rest.len().min(most).checked_ilog2()?;
        let (part, after) = rest.split_at(1 << power);
        rest = after;
        Some(part)
    })
}

/// JSON of something of ours, which has no keys that JSON cannot hold.
pub(super) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}

/// Tags from their JSON. A value that the vocabulary no longer has is passed over: an item must stay readable when
/// a later codebook renames a topic or a law, until it is tagged again.
pub(super) fn tags(json: &str) -> Result<Tags, Error> {
    if let Ok(tags) = serde_json::from_str(json) {
        return Ok(tags);
    }
    let corrupt = |error: serde_json::Error| Error::Corrupt(format!("tags: {error}"));
    let mut value: Value = serde_json::from_str(json).map_err(corrupt)?;
    Ok(Tags {
        policy: serde_json::from_value(value["policy"].take()).map_err(corrupt)?,
        jurisdictions: known(value["jurisdictions"].take()),
        topics: known(value["topics"].take()),
        stage: serde_json::from_value(value["stage"].take()).unwrap_or(None),
        instruments: known(value["instruments"].take()),
        developments: known(value["developments"].take()),
        model: value["model"].as_str().unwrap_or_default().to_owned(),
    })
}

fn known<T: DeserializeOwned>(list: Value) -> Vec<T> {
    let Value::Array(list) = list else { return Vec::new() };
    list.into_iter().filter_map(|tag| serde_json::from_value(tag).ok()).collect()
}
