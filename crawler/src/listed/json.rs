//! A JSON API, by the source's pointers (RFC 6901).

use serde_json::Value;
use url::Url;

use super::Raw;
use crate::{Error, JsonPointers, Page, date, plain};

pub(super) fn entries(page: &Page, pointers: &JsonPointers) -> Result<Vec<Raw>, Error> {
    let document: Value = serde_json::from_slice(&page.body)
        .map_err(|error| Error::NothingListed(format!("the answer is no JSON: {error}")))?;
    let at = pointers.items.as_deref().unwrap_or_default();
    let items = document
        .pointer(at)
        .and_then(Value::as_array)
        .ok_or_else(|| Error::NothingListed(format!("there is no array at `{at}`")))?;
    Ok(items.iter().map(|item| from_item(item, pointers, page.url.as_ref())).collect())
}

fn from_item(item: &Value, pointers: &JsonPointers, base: Option<&Url>) -> Raw {
    let text = |pointer: &Option<String>| {
        let found = item.pointer(pointer.as_deref()?)?;
        found.as_str().map(str::to_owned)
    };
    let url = text(&pointers.url)
        .and_then(|url| base.map_or_else(|| Url::parse(&url).ok(), |base| base.join(&url).ok()));
    Raw {
        url,
        title: text(&pointers.title).map(|title| plain::text(&title)).unwrap_or_default(),
        published: text(&pointers.date).and_then(|date| date::parse(&date)),
        content: text(&pointers.text).map(|html| plain::text(&html)),
        ..Raw::default()
    }
}
