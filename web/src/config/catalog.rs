//! The catalogue: `sources.toml` to [`Source`]s.

mod draft;

use std::collections::HashSet;
use std::str::FromStr;

use classifier::Jurisdiction;
use crawler::{
    ArticleSelectors, Format, JsonPointers, ListingSelectors, Publisher, Source, SourceId,
};
use url::Url;

pub(crate) use self::draft::{Draft, new_id};
use super::section::{Document, Fault, Section, in_order};
use crate::clock::Clock;

/// The catalogue that ships with Lexwatch.
pub(crate) const BUNDLED: &str = include_str!("../../sources.toml");

/// The sources that ship with Lexwatch.
///
/// # Errors
/// None in a tested build; the faults otherwise.
pub fn bundled() -> Result<Vec<Source>, Vec<Fault>> {
    parse("the bundled catalogue", BUNDLED)
}

/// Reads a catalogue; `file` is its name in faults.
///
/// # Errors
/// All faults at once, with their lines. One without any source is none: items may be imported.
pub fn parse(file: &str, text: &str) -> Result<Vec<Source>, Vec<Fault>> {
    let (mut document, table) = Document::parse(file, text);
    let mut root = Section::new("the catalogue", 0, Some(table.get_ref()));
    let mut sources = Vec::new();
    let mut ids = HashSet::new();
    for mut section in root.sections("source", &mut document) {
        let id = section.required("id", &mut document, source_id);
        if let Some(id) = &id
            && !ids.insert(id.clone())
        {
            document.fault(section.place("id"), format!("the id `{id}` is there twice"));
        }
        sources.extend(read_source(id, &mut section, &mut document));
        section.finish(&mut document);
    }
    root.finish(&mut document);
    if document.faults.is_empty() { Ok(sources) } else { Err(in_order(document.faults)) }
}

fn read_source(
    id: Option<SourceId>,
    section: &mut Section<'_, '_>,
    document: &mut Document<'_>,
) -> Option<Source> {
    let name = section.required("name", document, not_empty);
    let url = section.required("url", document, web_address);
    let site = section.parsed("site", document, web_address);
    let format = section.required("format", document, |text| {
        one_of(
            text,
            [
                ("feed", Format::Feed),
                ("sitemap", Format::Sitemap),
                ("listing", Format::Listing),
                ("json", Format::Json),
            ],
        )
    });
    let publisher = section.required("publisher", document, |text| {
        one_of(text, Publisher::ALL.map(|publisher| (publisher.slug(), publisher)))
    });
    let jurisdiction = section.parsed("jurisdiction", document, jurisdiction_code);
    let language = section.parsed("language", document, language_code);
    let schedule = section.required("schedule", document, cron_line);
    let read = section.flag("read", document).unwrap_or(true);
    let unchecked = section.flag("unchecked", document).unwrap_or(false);
    let categories = section.texts("categories", document).unwrap_or_default();
    let listing = listing_selectors(section, document);
    let json = json_pointers(section, document);
    let article = article_selectors(section, document);
    if format == Some(Format::Json) && (json.items.is_none() || json.url.is_none()) {
        document.fault(
            section.at(),
            "a source of format `json` needs `[source.json]` with `items` and `url`",
        );
    }
    Some(Source {
        id: id?,
        name: name?,
        url: url?,
        site,
        format: format?,
        publisher: publisher?,
        jurisdiction,
        language,
        schedule: schedule?,
        read,
        unchecked,
        categories,
        listing,
        json,
        article,
    })
}

fn listing_selectors(
    section: &mut Section<'_, '_>,
    document: &mut Document<'_>,
) -> ListingSelectors {
    let mut part = section.section("listing", document);
    let selectors = ListingSelectors {
        item: part.parsed("item", document, selector),
        link: part.parsed("link", document, selector),
        title: part.parsed("title", document, selector),
        date: part.parsed("date", document, selector),
        next: part.parsed("next", document, selector),
    };
    part.finish(document);
    selectors
}

fn json_pointers(section: &mut Section<'_, '_>, document: &mut Document<'_>) -> JsonPointers {
    let mut part = section.section("json", document);
    let pointers = JsonPointers {
        items: part.parsed("items", document, json_pointer),
        url: part.parsed("url", document, json_pointer),
        title: part.parsed("title", document, json_pointer),
        date: part.parsed("date", document, json_pointer),
        text: part.parsed("text", document, json_pointer),
        summary: part.parsed("summary", document, json_pointer),
        author: part.parsed("author", document, json_pointer),
        next: part.parsed("next", document, json_pointer),
    };
    part.finish(document);
    pointers
}

fn article_selectors(
    section: &mut Section<'_, '_>,
    document: &mut Document<'_>,
) -> ArticleSelectors {
    let mut part = section.section("article", document);
    let selectors = ArticleSelectors {
        content: part.parsed("content", document, selector),
        remove: part.parsed("remove", document, selector),
    };
    part.finish(document);
    selectors
}

/// An id, as the catalogue demands it.
pub(crate) fn source_id(text: &str) -> Result<SourceId, String> {
    let fits = !text.is_empty()
        && text.len() <= 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits {
        Ok(SourceId(text.to_owned()))
    } else {
        Err(format!(
            "`{text}` is not an id: use lower-case letters, digits and hyphens, at most 64"
        ))
    }
}

fn not_empty(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("is empty".to_owned()) } else { Ok(text.trim().to_owned()) }
}

fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("`{text}` is not an address: {error}"))?;
    if matches!(url.scheme(), "http" | "https") {
        Ok(url)
    } else {
        Err(format!("`{text}` must start with http:// or https://"))
    }
}

fn jurisdiction_code(text: &str) -> Result<String, String> {
    Jurisdiction::parse(text)
        .map(|jurisdiction| jurisdiction.code().to_owned())
        .ok_or_else(|| format!("`{text}` is no ISO 3166 code, nor EU or INT"))
}

fn language_code(text: &str) -> Result<String, String> {
    let fits = (2..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase());
    if fits {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no language code such as `en`"))
    }
}

/// A schedule that can still come up: one of a day that no month has, or of a year that is over, is a slip.
fn cron_line(text: &str) -> Result<String, String> {
    let shown = text.escape_debug();
    let schedule = cron::Schedule::from_str(text).map_err(|_| {
        format!(
            "`{shown}` is no cron line: write second, minute, hour, day of the month, month, day of the week and, if \
             wanted, year, as in `0 */30 * * * *`"
        )
    })?;
    match schedule.after(&Clock::default().now()).next() {
        Some(_) => Ok(text.to_owned()),
        None => Err(format!("`{shown}` never comes up: no such day is to come")),
    }
}

fn selector(text: &str) -> Result<String, String> {
    crawler::check_selector(text).map(|()| text.to_owned())
}

fn json_pointer(text: &str) -> Result<String, String> {
    if text.is_empty() || text.starts_with('/') {
        Ok(text.to_owned())
    } else {
        Err(format!("`{text}` is no JSON pointer: it must start with `/`"))
    }
}

fn one_of<T: Copy, const N: usize>(text: &str, values: [(&str, T); N]) -> Result<T, String> {
    values.iter().find(|(word, _)| *word == text).map(|(_, value)| *value).ok_or_else(|| {
        let words = values.map(|(word, _)| word).join(", ");
        format!("`{text}` is not one of {words}")
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{bundled, parse};

    #[test]
    fn the_bundled_catalogue_is_sound_and_spans_the_world() {
        let sources = bundled().unwrap();
        let homes: HashSet<_> =
            sources.iter().filter_map(|source| source.jurisdiction.as_ref()).collect();
        let languages: HashSet<_> =
            sources.iter().filter_map(|source| source.language.as_ref()).collect();
        assert!(sources.len() >= 200, "{} sources", sources.len());
        assert!(homes.len() >= 45, "{} jurisdictions", homes.len());
        assert!(languages.len() >= 20, "{} languages", languages.len());
        let addresses: HashSet<_> = sources.iter().map(|source| &source.url).collect();
        assert_eq!(addresses.len(), sources.len(), "an address is there twice");
    }

    #[test]
    fn what_nobody_has_tried_is_marked() {
        let source = |more: &str| {
            let text = format!(
                "[[source]]\nid = \"a\"\nname = \"A\"\nurl = \"https://a.example/\"\nformat = \"feed\"\n\
                 publisher = \"news\"\nschedule = \"0 0 * * * *\"\n{more}"
            );
            parse("test", &text).map(|sources| sources[0].unchecked)
        };
        assert_eq!(source(""), Ok(false));
        assert_eq!(source("unchecked = true"), Ok(true));
        assert!(source("unchecked = 1").is_err());
    }
}
