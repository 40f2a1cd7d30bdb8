//! The authors, as the page names them.

use super::{Facts, MAX_NAME, decoded};
use crate::date;
use crate::extract::outline::Outline;

/// More authors than this are a list of contributors.
const MAX_AUTHORS: usize = 12;

/// Words before a name, the longer first.
const BEFORE: [&str; 32] = [
    "written by",
    "posted by",
    "published by",
    "reported by",
    "story by",
    "article by",
    "words by",
    "contributed by",
    "about the author",
    "geschrieben von",
    "veröffentlicht von",
    "verfasst von",
    "ein beitrag von",
    "von",
    "escrito por",
    "publicado por",
    "por",
    "écrit par",
    "publié par",
    "propos recueillis par",
    "par",
    "scritto da",
    "pubblicato da",
    "di",
    "by",
    "author",
    "authors",
    "autor",
    "autorin",
    "auteur",
    "автор",
    "作者",
];

/// Names of nobody.
const NOBODY: [&str; 14] = [
    "admin",
    "administrator",
    "author",
    "by",
    "staff",
    "editor",
    "user",
    "root",
    "unknown",
    "guest",
    "anonymous",
    "null",
    "redaktion",
    "none",
];

/// Authors parted by `, `.
pub(super) fn find(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    site: Option<&str>,
    title: &str,
) -> Option<String> {
    let declared = facts.json.authors.iter().map(|name| decoded(name)).collect::<Vec<_>>();
    let metas: Vec<String> = facts
        .metas
        .iter()
        .filter(|(key, _)| {
            matches!(
                key.as_str(),
                "author"
                    | "article:author"
                    | "dc.creator"
                    | "dcterms.creator"
                    | "dc.contributor"
                    | "parsely-author"
                    | "sailthru.author"
                    | "byl"
                    | "citation_author"
                    | "og:author"
                    | "authors"
                    | "article:author_name"
                    | "cxenseparse:author"
            )
        })
        .map(|(_, content)| decoded(content))
        .collect();
    let first_key = facts.meta(&[
        "author",
        "dc.creator",
        "parsely-author",
        "sailthru.author",
        "citation_author",
    ]);
    let metas = if metas.len() > 3 { first_key.map(decoded).into_iter().collect() } else { metas };
    let known = |names: Vec<String>| joined(names, site, title);
    known(declared)
        .or_else(|| known(metas))
        .or_else(|| known(microdata(outline, facts)))
        .or_else(|| known(marked(outline, facts)))
}

/// Cleans names, drops doubles; `None` if nothing is left.
fn joined(names: Vec<String>, site: Option<&str>, title: &str) -> Option<String> {
    let mut kept: Vec<String> = Vec::new();
    for name in names.iter().take(MAX_AUTHORS).filter_map(|name| cleaned(name)) {
        let lower = name.to_lowercase();
        let is_title = lower == title.to_lowercase();
        let known = kept.iter().any(|other| other.to_lowercase().contains(&lower));
        if !is_title && !known && !NOBODY.contains(&lower.as_str()) {
            kept.push(name);
        }
    }
    // The site itself signs only when nobody else does.
    let is_site = |name: &String| site.is_some_and(|site| name.eq_ignore_ascii_case(site));
    if kept.iter().any(|name| !is_site(name)) {
        kept.retain(|name| !is_site(name));
    }
    (!kept.is_empty()).then(|| kept.join(", "))
}

/// A name without what stands around it.
fn cleaned(name: &str) -> Option<String> {
    let mut name = name.trim_matches(|c: char| c.is_whitespace() || ",;:|•·-–—*".contains(c));
    if name.contains("://") || name.starts_with('@') || name.starts_with("www.") {
        return None;
    }
    for word in BEFORE {
        let rest = name
            .get(..word.len())
            .filter(|start| start.eq_ignore_ascii_case(word) || start.to_lowercase() == *word)
            .map(|_| &name[word.len()..]);
        if let Some(rest) = rest.filter(|rest| rest.starts_with([' ', ':', '：', '\u{a0}'])) {
            name = rest.trim_start_matches([' ', ':', '：', '\u{a0}']);
        }
    }
    for end in [
        " | ",
        " • ",
        " · ",
        " – ",
        " — ",
        " - ",
        " (",
        " @",
        " auf ",
        " on ",
        " in ",
        " Published",
        " Updated",
    ] {
        if let Some((before, _)) = name.split_once(end) {
            name = before;
        }
    }
    let name = name.trim_matches(|c: char| c.is_whitespace() || ",;:|•·-–—*".contains(c));
    let fits = (2..=MAX_NAME).contains(&name.len()) && name.split_whitespace().count() <= 14;
    let has_letters = name.chars().any(char::is_alphabetic);
    (fits && has_letters && !name.contains('@') && !date::fills(name, 12)).then(|| name.to_owned())
}

fn microdata(outline: &Outline<'_>, facts: &Facts<'_>) -> Vec<String> {
    let places = facts
        .properties
        .iter()
        .filter(|(property, _)| property.split(' ').any(|one| one == "author" || one == "creator"));
    let names = places.map(|(_, at)| {
        let end = outline.end(*at);
        let inner = facts
            .properties
            .iter()
            .find(|(property, inner)| *property == "name" && (*at..end).contains(inner));
        let place = inner.map_or(*at, |(_, inner)| *inner);
        outline
            .attr(place, "content")
            .map_or_else(|| outline.line(place, MAX_NAME + 1), str::to_owned)
    });
    names.filter(|name| is_short(name)).take(3).collect()
}

/// By class, id and `rel`: the innermost and shortest element that names somebody.
fn marked(outline: &Outline<'_>, facts: &Facts<'_>) -> Vec<String> {
    let beside = |at: usize| {
        std::iter::once(at).chain(outline.ancestors(at)).take(12).any(|around| {
            let mark = outline.element(around).and_then(super::mark).unwrap_or_default();
            [
                "comment",
                "related",
                "sidebar",
                "widget",
                "footer",
                "teaser",
                "recommend",
                "card-list",
                "reply",
                "avatar",
                "gravatar",
            ]
            .iter()
            .any(|word| mark.contains(word))
                || matches!(
                    outline.name(around),
                    "aside" | "footer" | "nav" | "figure" | "figcaption"
                )
        })
    };
    let named = facts.authors.iter().filter(|at| !beside(**at)).filter_map(|at| {
        let inner = facts.authors.iter().rfind(|inner| {
            *inner > at && **inner < outline.end(*at) && is_short(&outline.line(**inner, MAX_NAME))
        });
        let inner_link = (*at..outline.end(*at))
            .find(|inner| outline.name(*inner) == "a" && is_short(&outline.line(*inner, MAX_NAME)));
        let line = outline.line(inner_link.or(inner.copied()).unwrap_or(*at), MAX_NAME);
        is_short(&line).then_some(line)
    });
    named.take(1).collect()
}

fn is_short(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
        && name.chars().count() <= 80
        && name.split_whitespace().count() <= 9
}
