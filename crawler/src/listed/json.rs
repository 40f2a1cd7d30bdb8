//! A JSON API, by the source's pointers (RFC 6901).

use serde_json::Value;
use url::Url;

use super::Raw;
use crate::{Error, JsonPointers, Page, date, plain};

/// Names of one item's authors at most.
const MAX_AUTHORS: usize = 16;

/// The entries of one page of a list, and where the list goes on.
pub(super) fn entries(page: &Page, pointers: &JsonPointers) -> Result<(Vec<Raw>, Vec<Url>), Error> {
    let document: Value = serde_json::from_slice(&page.body)
        .map_err(|error| Error::NothingListed(format!("the answer is no JSON: {error}")))?;
    let base = page.url.as_ref();
    let next = pointers.next.as_deref().and_then(|next| address(&document, next, base));
    let at = pointers.items.as_deref().unwrap_or_default();
    let items = document
        .pointer(at)
        .and_then(Value::as_array)
        .ok_or_else(|| Error::NothingListed(format!("there is no array at `{at}`")))?;
    let items = items.iter().map(|item| from_item(item, pointers, base)).collect();
    Ok((items, next.into_iter().collect()))
}

fn from_item(item: &Value, pointers: &JsonPointers, base: Option<&Url>) -> Raw {
    let text = |pointer: &Option<String>| {
        let found = item.pointer(pointer.as_deref()?)?;
        found.as_str().map(str::to_owned)
    };
    let plain = |pointer: &Option<String>| text(pointer).map(|html| plain::text(&html));
    Raw {
        url: pointers.url.as_deref().and_then(|url| address(item, url, base)),
        title: plain(&pointers.title).unwrap_or_default(),
        published: text(&pointers.date).and_then(|date| date::parse(&date)),
        author: pointers.author.as_deref().and_then(|author| names(item, author)),
        summary: plain(&pointers.summary),
        content: plain(&pointers.text),
        ..Raw::default()
    }
}

fn address(value: &Value, pointer: &str, base: Option<&Url>) -> Option<Url> {
    let url = value.pointer(pointer)?.as_str()?;
    base.map_or_else(|| Url::parse(url).ok(), |base| base.join(url).ok())
}

/// The texts at a pointer, with a `*` for every element of an array, parted by `, `.
fn names(item: &Value, pointer: &str) -> Option<String> {
    let texts: Vec<&str> = match pointer.split_once("/*") {
        Some((array, rest)) => {
            let all = item.pointer(array)?.as_array()?.iter();
            all.filter_map(|one| one.pointer(rest)?.as_str()).take(MAX_AUTHORS).collect()
        }
        None => item.pointer(pointer)?.as_str().into_iter().collect(),
    };
    (!texts.is_empty()).then(|| texts.join(", "))
}
