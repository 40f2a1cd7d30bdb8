//! What a page says of itself in JSON-LD (schema.org).

use std::collections::HashMap;

use serde_json::{Map, Value};

/// A longer script is a list of products, not the description of an article.
const MAX_SCRIPT: usize = 1 << 20;
/// Objects looked at in all.
const MAX_OBJECTS: usize = 5000;

/// What JSON-LD tells of an article.
#[derive(Debug, Default)]
pub(super) struct JsonLd {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    /// Whether everybody may read it.
    pub(super) free: Option<bool>,
    /// The whole text, where the page gives it to machines too.
    pub(super) body: Option<String>,
    /// How surely this is about an article: 0 nothing, 1 a page, 2 an article.
    pub(super) rank: u8,
}

/// Reads all scripts; the object that is most surely an article wins, the others fill its gaps.
pub(super) fn read(scripts: &[&str]) -> JsonLd {
    let roots: Vec<Value> =
        scripts.iter().map(|script| value(script).unwrap_or_else(|| rescued(script))).collect();
    let mut objects = Vec::new();
    let mut open: Vec<&Value> = roots.iter().rev().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list.iter().rev()),
            Value::Object(object) if objects.len() < MAX_OBJECTS => {
                objects.push(object);
                open.extend(
                    object
                        .iter()
                        .rev()
                        .filter(|(key, _)| is_descended(key))
                        .map(|(_, value)| value),
                );
            }
            _ => {}
        }
    }
    let names: HashMap<&str, &Map<String, Value>> = objects
        .iter()
        .filter(|object| object.contains_key("name"))
        .filter_map(|object| Some((object.get("@id")?.as_str()?, *object)))
        .collect();
    let mut ranked: Vec<(u8, &Map<String, Value>)> = objects
        .iter()
        .map(|object| (rank(object), *object))
        .filter(|(rank, _)| *rank > 0)
        .collect();
    ranked.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    let mut found = JsonLd::default();
    for (rank, object) in ranked {
        fill(&mut found, object, rank, &names);
    }
    let site = objects
        .iter()
        .find(|object| has_type(object, &["website"]))
        .and_then(|object| text(object, "name"));
    found.site = site.or(found.site);
    found
}

/// Objects deeper in an article are comments, videos and the like.
fn is_descended(key: &str) -> bool {
    matches!(
        key,
        "@graph"
            | "mainEntity"
            | "mainEntityOfPage"
            | "itemListElement"
            | "author"
            | "publisher"
            | "isPartOf"
            | "hasPart"
            | "creator"
            | "about"
    )
}

/// Pages put comments, CDATA marks and raw line breaks into it.
fn value(script: &str) -> Option<Value> {
    if script.len() > MAX_SCRIPT {
        return None;
    }
    let script = script.trim().trim_start_matches("//").trim_start();
    let script = script.strip_prefix("<![CDATA[").unwrap_or(script);
    let end = script.rfind(['}', ']'])?;
    let start = script.find(['{', '['])?;
    let script = script.get(start..=end)?.trim_end_matches("]]>");
    let clean = || script.replace(|c: char| c.is_control(), " ");
    serde_json::from_str(script).or_else(|_| serde_json::from_str(&clean())).ok()
}

/// What can be told of an article from JSON that is broken somewhere: the first plain strings under the keys that count.
fn rescued(script: &str) -> Value {
    let script = script.get(..MAX_SCRIPT).unwrap_or(script);
    let found = ["headline", "datePublished", "dateModified"].into_iter().filter_map(|key| {
        let (_, after) = script.split_once(&format!("\"{key}\""))?;
        let value = after.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        let (value, _) = value.split_once('"')?;
        (value.len() < 500 && !value.contains('\\')).then(|| (key.to_owned(), Value::from(value)))
    });
    let mut object: Map<String, Value> = found.collect();
    if !object.is_empty() {
        object.insert("@type".to_owned(), Value::from("Article"));
    }
    Value::Object(object)
}

fn has_type(object: &Map<String, Value>, types: &[&str]) -> bool {
    let is = |value: &Value| {
        value.as_str().is_some_and(|name| {
            let name = name.rsplit(['/', ':']).next().unwrap_or(name).to_ascii_lowercase();
            types.contains(&name.as_str())
        })
    };
    match object.get("@type") {
        Some(Value::Array(list)) => list.iter().any(is),
        Some(value) => is(value),
        None => false,
    }
}

fn rank(object: &Map<String, Value>) -> u8 {
    const ARTICLES: [&str; 21] = [
        "article",
        "newsarticle",
        "blogposting",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "askpublicnewsarticle",
        "liveblogposting",
        "techarticle",
        "scholarlyarticle",
        "report",
        "socialmediaposting",
        "advertisercontentarticle",
        "satiricalarticle",
        "review",
        "discussionforumposting",
        "legislation",
        "governmentservice",
        "recipe",
    ];
    const PAGES: [&str; 14] = [
        "webpage",
        "itempage",
        "videoobject",
        "creativework",
        "podcastepisode",
        "event",
        "question",
        "qapage",
        "faqpage",
        "howto",
        "medicalwebpage",
        "aboutpage",
        "profilepage",
        "dataset",
    ];
    if has_type(object, &ARTICLES) { 2 } else { u8::from(has_type(object, &PAGES)) }
}

fn fill(
    found: &mut JsonLd,
    object: &Map<String, Value>,
    rank: u8,
    names: &HashMap<&str, &Map<String, Value>>,
) {
    // A second article is a teaser of another one.
    if rank == 2 && found.rank == 2 && found.headline.is_some() {
        return;
    }
    found.rank = found.rank.max(rank);
    let set = |slot: &mut Option<String>, key: &str| {
        if slot.is_none() {
            *slot = text(object, key);
        }
    };
    set(&mut found.headline, "headline");
    if rank == 2 {
        set(&mut found.headline, "name");
    }
    set(&mut found.published, "datePublished");
    if rank == 2 || has_type(object, &["question"]) {
        set(&mut found.published, "dateCreated");
    }
    if found.rank < 2 {
        set(&mut found.published, "uploadDate");
    }
    set(&mut found.modified, "dateModified");
    set(&mut found.language, "inLanguage");
    set(&mut found.body, "articleBody");
    if rank == 2 {
        found.free = found.free.or_else(|| object.get("isAccessibleForFree").and_then(truth));
    }
    if found.authors.is_empty() {
        found.authors = people(object.get("author").or_else(|| object.get("creator")), names);
    }
    if found.site.is_none() {
        found.site = people(object.get("publisher"), names).into_iter().next();
    }
}

/// Booleans are often written as texts, or as schema.org's addresses.
fn truth(value: &Value) -> Option<bool> {
    let text = value.as_str().map(str::to_ascii_lowercase).unwrap_or_default();
    value.as_bool().or_else(|| match text.rsplit('/').next() {
        Some("true") => Some(true),
        Some("false") => Some(false),
        _ => None,
    })
}

fn text(object: &Map<String, Value>, key: &str) -> Option<String> {
    let number;
    let text = match object.get(key)? {
        Value::String(text) => text,
        // Some pages count seconds, or thousandths, instead of writing dates.
        Value::Number(count) if key.starts_with("date") => {
            number = count.to_string();
            &number
        }
        Value::Array(list) => list.first()?.as_str()?,
        Value::Object(inner) => inner.get("name").or_else(|| inner.get("@value"))?.as_str()?,
        _ => return None,
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Names: plain, of objects, or of objects that are described elsewhere.
fn people(value: Option<&Value>, names: &HashMap<&str, &Map<String, Value>>) -> Vec<String> {
    let list = match value {
        None => return Vec::new(),
        Some(Value::Array(list)) => list.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let name = |one: &Value| match one {
        Value::String(name) => Some(name.trim().to_owned()),
        Value::Object(object) => text(object, "name").or_else(|| {
            let id = object.get("@id")?.as_str()?;
            text(names.get(id)?, "name")
        }),
        _ => None,
    };
    list.iter().filter_map(name).filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_graph_is_followed_to_its_author() {
        let found = read(&[r##"{"@context":"https://schema.org","@graph":[
            {"@type":"WebPage","datePublished":"2017-01-01","name":"x"},
            {"@type":"Article","headline":"A bill
 passes","author":{"@id":"#p"},"datePublished":"2017-07-12T10:00:00+02:00"},
            {"@type":"WebSite","name":"The Example"},
            {"@type":["Person"],"@id":"#p","name":"Ada Byron"}]}"##]);
        assert_eq!(found.headline.as_deref(), Some("A bill  passes"));
        assert_eq!(found.authors, ["Ada Byron"]);
        assert_eq!(found.published.as_deref(), Some("2017-07-12T10:00:00+02:00"));
        assert_eq!(found.site.as_deref(), Some("The Example"));
    }

    #[test]
    fn broken_json_is_passed_over() {
        assert_eq!(read(&["{", "", "[[[[", "null", "<!-- -->", &"[".repeat(100_000)]).rank, 0);
        assert_eq!(
            read(&[r#"{"@type":"Article","headline":7,"author":[1,{}],"datePublished":{}}"#])
                .authors
                .len(),
            0
        );
    }
}
