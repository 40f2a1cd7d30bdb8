//! When a page was published and last changed.

use chrono::Datelike;
use url::Url;

use super::{Facts, mark};
use crate::Moment;
use crate::date::{self, Order};
use crate::extract::outline::{Outline, Value};

/// Names of meta tags, the surest first.
const PUBLISHED: [&str; 38] = [
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "article:published",
    "article.published",
    "publish-date",
    "publish_date",
    "publishdate",
    "published",
    "published_time",
    "publication_date",
    "publicationdate",
    "pubdate",
    "rnews:datepublished",
    "citation_publication_date",
    "citation_online_date",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "dc.date",
    "dcterms.date",
    "dcterms.available",
    "date",
    "displaydate",
    "ptime",
    "article:create_at",
    "creation_date",
    "created",
    "datecreated",
    "timestamp",
];
const MODIFIED: [&str; 12] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "og:modified_time",
    "article:modified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "revised",
    "modified_time",
    "moddate",
];

/// The years in which a page can have been published on the web.
const YEARS: std::ops::RangeInclusive<i32> = 1993..=2100;

/// Both dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) published: Option<Moment>,
    pub(super) modified: Option<Moment>,
}

pub(super) fn find(outline: &Outline<'_>, facts: &Facts<'_>, url: Option<&Url>) -> Dates {
    let order = order(facts, url);
    let read = |text: &str| date::find(text, order).filter(is_sane);
    let json = |text: &Option<String>| text.as_deref().and_then(read);
    let metas = |keys: &[&str]| {
        keys.iter().find_map(|key| {
            facts
                .metas
                .iter()
                .filter(|(name, _)| name == key)
                .find_map(|(_, content)| read(content))
        })
    };
    let modified = json(&facts.json.modified)
        .or_else(|| metas(&MODIFIED))
        .or_else(|| property(outline, facts, "dateModified", &read));
    let published = json(&facts.json.published)
        .or_else(|| metas(&PUBLISHED))
        .or_else(|| property(outline, facts, "datePublished", &read))
        .or_else(|| tagged(outline, facts, &read))
        .or_else(|| url.and_then(in_address))
        .or_else(|| marked(outline, facts, order))
        .or_else(|| written(outline, facts, order))
        .or(modified);
    Dates { published, modified }
}

fn is_sane(moment: &Moment) -> bool {
    YEARS.contains(&moment.day().year())
}

/// Americans write the month first; so do pages in English that do not say of where they are.
fn order(facts: &Facts<'_>, url: Option<&Url>) -> Order {
    let language = facts.language.unwrap_or_default().to_ascii_lowercase();
    let american = matches!(language.as_str(), "en-us" | "en_us" | "en" | "en-ca");
    let host = url.and_then(Url::host_str).unwrap_or_default();
    let elsewhere = [".uk", ".au", ".nz", ".ie", ".in", ".za", ".eu", ".de", ".sg", ".my"]
        .iter()
        .any(|end| host.ends_with(end));
    if american && !elsewhere { Order::MonthFirst } else { Order::DayFirst }
}

fn property(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    name: &str,
    read: &dyn Fn(&str) -> Option<Moment>,
) -> Option<Moment> {
    let places = facts.properties.iter().filter(|(property, _)| {
        property.split(' ').any(|one| one.trim_start_matches("schema:") == name)
    });
    places
        .map(|(_, at)| *at)
        .find_map(|at| machine(outline, at).and_then(read).or_else(|| read(&outline.line(at, 120))))
}

/// What an element says to machines.
fn machine<'a>(outline: &Outline<'a>, at: usize) -> Option<&'a str> {
    ["datetime", "content", "data-datetime", "data-date", "title"]
        .iter()
        .find_map(|name| outline.attr(at, name))
}

/// `time` elements: the one that says that it is the publication's, else the first that belongs to no other article.
fn tagged(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    read: &dyn Fn(&str) -> Option<Moment>,
) -> Option<Moment> {
    let value =
        |at: usize| machine(outline, at).and_then(read).or_else(|| read(&outline.line(at, 120)));
    let own = |at: &usize| !is_aside(outline, *at);
    let says = |at: usize| {
        let mark = outline.element(at).and_then(mark).unwrap_or_default();
        outline.attr(at, "pubdate").is_some()
            || ["publi", "entry-date", "posted", "created"].iter().any(|word| mark.contains(word))
    };
    let updated = |at: usize| {
        outline
            .element(at)
            .and_then(mark)
            .is_some_and(|mark| mark.contains("updated") && !mark.contains("publi"))
    };
    let times = || facts.times.iter().copied().filter(own);
    let sure = times().filter(|at| says(*at)).find_map(value);
    sure.or_else(|| times().filter(|at| !updated(*at)).find_map(value))
        .or_else(|| times().find_map(value))
}

/// Whether a place belongs to comments, teasers or the page's frame.
fn is_aside(outline: &Outline<'_>, at: usize) -> bool {
    std::iter::once(at).chain(outline.ancestors(at)).take(30).any(|around| {
        if matches!(outline.name(around), "body" | "html" | "main") {
            return false;
        }
        matches!(outline.name(around), "aside" | "nav")
            || outline.element(around).and_then(mark).is_some_and(|mark| {
                [
                    "comment",
                    "related",
                    "sidebar",
                    "widget",
                    "recent",
                    "teaser",
                    "recommend",
                    "popular",
                    "latest",
                    "ticker",
                    "copyright",
                    "calendar",
                    "archive",
                    "promo",
                ]
                .iter()
                .any(|word| mark.contains(word))
            })
    })
}

/// `/2017/07/12/` and its like in the address.
fn in_address(url: &Url) -> Option<Moment> {
    let parts: Vec<&str> = url.path().split(['/', '-', '_', '.']).collect();
    let plain = parts.windows(3).find_map(|part| match part {
        [year, month, day]
            if year.len() == 4
                && (1..=2).contains(&month.len())
                && (1..=2).contains(&day.len()) =>
        {
            date::find(&format!("{year}-{month}-{day}"), Order::DayFirst)
        }
        _ => None,
    });
    let packed = || {
        parts
            .iter()
            .find(|part| part.len() == 8 && part.starts_with("20"))
            .and_then(|part| date::find(part, Order::DayFirst))
    };
    plain.or_else(packed).filter(is_sane)
}

/// Elements whose class or id speaks of a date.
fn marked(outline: &Outline<'_>, facts: &Facts<'_>, order: Order) -> Option<Moment> {
    let plain = |at: &usize| {
        let line = outline.line(*at, 200);
        if date::fills(&line, 60) { date::find(&line, order).filter(is_sane) } else { None }
    };
    facts.dates.iter().filter(|at| !is_aside(outline, **at)).find_map(plain)
}

/// A line that is nothing but a date, the first below the headline, else the first of all.
fn written(outline: &Outline<'_>, facts: &Facts<'_>, order: Order) -> Option<Moment> {
    let headline = facts.headings.first().copied().unwrap_or(0);
    let mut first = None;
    let mut below = None;
    let mut mentioned = None;
    for at in 0..outline.len() {
        let Value::Text(text) = outline.at(at).value else { continue };
        if text.len() < 6
            || matches!(outline.name(outline.parent(at)), "script" | "style" | "noscript" | "title")
        {
            continue;
        }
        if !text.chars().any(char::is_numeric) {
            continue;
        }
        let text = text.trim();
        let Some(found) = date::find(text, order).filter(is_sane) else { continue };
        if is_aside(outline, at) {
            continue;
        }
        if date::fills(text, 40) {
            first = first.or(Some(found));
            if at > headline && below.is_none() {
                below = Some(found);
            }
        }
        mentioned = mentioned.or(Some(found));
    }
    below.or(first).or(mentioned)
}
