//! JSON Feed, versions 1 and 1.1.

use serde_json::Value;
use url::Url;

use super::{Feed, FeedEntry, MAX_ENTRIES};
use crate::plain::escaped;
use crate::{Error, Moment, date};

pub(super) fn read(text: &str, base: Option<&Url>) -> Result<Feed, Error> {
    let document: Value = serde_json::from_str(text)
        .map_err(|error| Error::NotAFeed(format!("JSON that cannot be read: {error}")))?;
    let Some(items) = document.get("items").and_then(Value::as_array) else {
        return Err(Error::NotAFeed("JSON without a list of `items`".to_owned()));
    };
    Ok(Feed {
        title: string(&document, "title"),
        language: string(&document, "language"),
        entries: items.iter().take(MAX_ENTRIES).map(|item| entry(item, base)).collect(),
    })
}

fn entry(item: &Value, base: Option<&Url>) -> FeedEntry {
    let url = string(item, "url").or_else(|| string(item, "external_url"));
    let url =
        url.and_then(|url| base.map_or_else(|| Url::parse(&url).ok(), |base| base.join(&url).ok()));
    let plain = || string(item, "content_text").map(|text| escaped(&text));
    FeedEntry {
        id: string(item, "id"),
        url,
        title: string(item, "title").map(|title| escaped(&title)),
        published: moment(item, "date_published"),
        updated: moment(item, "date_modified"),
        author: author(item),
        summary: string(item, "summary").map(|summary| escaped(&summary)),
        content: string(item, "content_html").or_else(plain),
    }
}

/// Some feeds number their items, although the standard asks for strings.
fn string(object: &Value, key: &str) -> Option<String> {
    match object.get(key)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn moment(item: &Value, key: &str) -> Option<Moment> {
    date::parse(item.get(key)?.as_str()?)
}

/// The first of version 1.1's authors, or version 1's one.
fn author(item: &Value) -> Option<String> {
    let first = item.get("authors").and_then(|authors| authors.get(0));
    string(first.or_else(|| item.get("author"))?, "name")
}
