//! The authors, as the page names them.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::title::Headline;
use super::{Facts, MAX_NAME, decoded, mark};
use crate::date;
use crate::extract::outline::{Outline, Value};

/// More authors than this are a list of contributors.
const MAX_AUTHORS: usize = 12;
/// A byline without any mark stands within so many places of the headline.
const NEAR: usize = 100;

/// Words before a name, the longer first.
const BEFORE: [&str; 40] = [
    "view all posts by",
    "zeige alle beiträge von",
    "alle beiträge von",
    "voir tous les articles de",
    "ver todas las entradas de",
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
    "door",
    "av",
    "autore",
];
/// Of these, those that begin a line which is nothing but a byline.
const BEGIN: [&str; 9] = ["by", "von", "par", "por", "di", "door", "autor:", "author:", "autorin:"];

/// What parts the last two names of a line.
const AND: [&str; 7] = [" and ", " & ", " und ", " et ", " y ", " e ", " en "];

/// Names of nobody.
const NOBODY: [&str; 17] = [
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
    "none",
    "publisher",
    "authors",
    "авторы",
    "автор",
];
/// What authors are.
const ROLES: [&str; 9] = [
    "writer",
    "reporter",
    "editor",
    "correspondent",
    "columnist",
    "staff",
    "journalist",
    "redakteur",
    "redakteurin",
];
/// Labels under which a page names its author to those who share it.
const LABELS: [&str; 6] =
    ["written by", "verfasst von", "geschrieben von", "écrit par", "escrito por", "scritto da"];
/// Words of elements that name the authors of other texts.
const BESIDE: [&str; 12] = [
    "comment",
    "related",
    "sidebar",
    "widget",
    "teaser",
    "recommend",
    "card-list",
    "reply",
    "avatar",
    "gravatar",
    "site-footer",
    "popular",
];

/// What stands in the addresses of authors' pages.
const PATHS: [&str; 12] = [
    "/author/",
    "/authors/",
    "/autor/",
    "/autoren/",
    "/autores/",
    "/auteur/",
    "/auteurs/",
    "/redakteur/",
    "/reporter/",
    "/journalist/",
    "/writer/",
    "/contributor/",
];

/// One pass over an address for all of them; a page has hundreds of links.
static PATH: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| AhoCorasick::new(PATHS).ok());

/// Authors parted by `, `.
pub(super) fn find(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    site: Option<&str>,
    headline: &Headline,
) -> Option<String> {
    let known = |names: &[String]| joined(names, site, &headline.text);
    let declared: Vec<String> = facts.json.authors.iter().map(|name| decoded(name)).collect();
    known(&declared)
        .or_else(|| known(&metas(facts)))
        .or_else(|| known(&microdata(outline, facts)))
        .or_else(|| known(&linked(outline, facts, headline.place)))
        .or_else(|| known(&marked(outline, facts, headline.place)))
        .or_else(|| known(&written(outline, headline.place)))
}

fn metas(facts: &Facts<'_>) -> Vec<String> {
    const KEYS: [&str; 13] = [
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "dc.contributor",
        "parsely-author",
        "sailthru.author",
        "byl",
        "citation_author",
        "og:author",
        "authors",
        "article:author_name",
        "cxenseparse:author",
    ];
    let all = facts.metas.iter().filter(|(key, _)| KEYS.contains(&key.as_str()));
    let all: Vec<String> = all.map(|(_, content)| decoded(content)).collect();
    let first = || {
        facts.meta(&[
            "author",
            "dc.creator",
            "parsely-author",
            "sailthru.author",
            "citation_author",
        ])
    };
    let chosen = if all.len() > 3 { first().map(decoded).into_iter().collect() } else { all };
    if chosen.is_empty() { labelled(facts).into_iter().collect() } else { chosen }
}

/// Pairs of a label and a value, as pages give them to Twitter.
fn labelled(facts: &Facts<'_>) -> Option<String> {
    let label = facts.meta(&["twitter:label1"])?.to_lowercase();
    LABELS.contains(&label.as_str()).then(|| facts.meta(&["twitter:data1"]).map(decoded)).flatten()
}

/// Cleans names, drops doubles; `None` if nothing is left.
fn joined(names: &[String], site: Option<&str>, title: &str) -> Option<String> {
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
    let is_edge = |c: char| c.is_whitespace() || ",;:|•·-–—*/".contains(c);
    let mut name = name.trim_matches(is_edge);
    if name.contains("://") || name.starts_with('@') || name.contains("[at]") {
        return None;
    }
    for word in BEFORE {
        if let Some(rest) = after(name, word) {
            name = rest;
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
        " am ",
        " Published",
        " Updated",
        " / ",
    ] {
        if let Some((before, _)) = name.split_once(end) {
            name = before;
        }
    }
    let name = without_role(name.trim_matches(is_edge));
    let fits = (2..=MAX_NAME).contains(&name.len()) && name.split_whitespace().count() <= 14;
    let has_letters = name.chars().any(char::is_alphabetic);
    let has_year = name.chars().filter(char::is_ascii_digit).count() >= 4;
    (fits && has_letters && !has_year && !name.contains('@') && !date::fills(name, 12))
        .then(|| name.to_owned())
}

/// `Ada Byron, Staff Writer` is one person.
fn without_role(name: &str) -> &str {
    match name.rsplit_once(", ") {
        Some((before, role)) if ROLES.iter().any(|end| role.to_lowercase().ends_with(end)) => {
            before
        }
        _ => name,
    }
}

/// What follows a word at the beginning of a text, in whatever case.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let start = text.get(..word.len())?;
    let is_same = start.eq_ignore_ascii_case(word) || start.to_lowercase() == word;
    let rest = &text[word.len()..];
    let gap = [' ', ':', '：', '\u{a0}'];
    (is_same && rest.starts_with(gap)).then(|| rest.trim_start_matches(gap))
}

fn microdata(outline: &Outline<'_>, facts: &Facts<'_>) -> Vec<String> {
    let places = facts.properties.iter().filter(|(property, at)| {
        property.split(' ').any(|one| one == "author" || one == "creator")
            && !is_beside(outline, *at, None)
    });
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

/// Links that say that they lead to an author: the first of the article and those beside it.
fn linked(outline: &Outline<'_>, facts: &Facts<'_>, headline: Option<usize>) -> Vec<String> {
    let links: Vec<usize> = facts
        .authors
        .iter()
        .copied()
        .filter(|at| leads_to_author(outline, *at) && is_short(&outline.line(*at, MAX_NAME)))
        .filter(|at| !is_beside(outline, *at, headline))
        .collect();
    let Some(first) = links.first() else { return Vec::new() };
    let group = outline.ancestors(*first).take(2).last().unwrap_or(*first);
    let group = group..outline.end(group);
    links.iter().filter(|at| group.contains(at)).map(|at| outline.line(*at, MAX_NAME)).collect()
}

/// `rel="author"`, or an address like `/author/name`.
pub(super) fn leads_to_author(outline: &Outline<'_>, at: usize) -> bool {
    let Some(href) = outline.attr(at, "href") else { return false };
    super::has_word(outline.attr(at, "rel"), "author")
        || PATH.as_ref().is_some_and(|path| path.is_match(href))
}

/// By class and id: the innermost and shortest element that names somebody.
fn marked(outline: &Outline<'_>, facts: &Facts<'_>, headline: Option<usize>) -> Vec<String> {
    let fits = |at: usize| is_short(&outline.line(at, MAX_NAME));
    let named =
        facts.authors.iter().copied().filter(|at| !is_beside(outline, *at, headline)).find_map(
            |at| {
                let end = outline.end(at);
                let inner = facts
                    .authors
                    .iter()
                    .copied()
                    .rfind(|inner| (at + 1..end).contains(inner) && fits(*inner));
                let link = (at..end).find(|inner| outline.name(*inner) == "a" && fits(*inner));
                let line = outline.line(link.or(inner).unwrap_or(at), MAX_NAME);
                (is_short(&line) && cleaned(&line).is_some()).then_some(line)
            },
        );
    named.into_iter().collect()
}

/// Whether a place belongs to comments, to other articles or to the page's frame.
fn is_beside(outline: &Outline<'_>, at: usize, headline: Option<usize>) -> bool {
    let holds_headline = |around: usize| {
        headline.is_some_and(|headline| (around..outline.end(around)).contains(&headline))
    };
    std::iter::once(at)
        .chain(outline.ancestors(at))
        .take(14)
        .take_while(|around| !holds_headline(*around))
        .any(|around| {
            let mark = outline.element(around).and_then(mark).unwrap_or_default();
            BESIDE.iter().any(|word| mark.contains(word))
                || matches!(outline.name(around), "aside" | "nav" | "figure" | "figcaption")
        })
}

/// A line near the headline that says by whom the text is.
fn written(outline: &Outline<'_>, headline: Option<usize>) -> Vec<String> {
    let Some(headline) = headline else { return Vec::new() };
    let near = headline..(headline + NEAR).min(outline.len());
    let line = near.filter(|at| !matches!(outline.at(*at).value, Value::Text(_))).find_map(|at| {
        let line = outline.line(at, 100);
        let short = line.chars().count() < 80;
        let start = || BEGIN.iter().find_map(|word| after(&line, word.trim_end_matches(':')));
        // `18 March 2019 by Ada Byron`
        let dated = || {
            let (_, rest) = BEGIN.iter().find_map(|word| line.split_once(&format!(" {word} ")))?;
            date::fills(&line, 60).then_some(rest)
        };
        let name = cleaned(start().or_else(dated)?)?;
        let names = several(&name).or_else(|| is_full_name(&name).then(|| vec![name]))?;
        short.then_some(names)
    });
    line.unwrap_or_default()
}

/// The names of `Ada Byron, Mary Shelley and John Keats`, if there are several and each is a full one.
fn several(line: &str) -> Option<Vec<String>> {
    let mut line = line.to_owned();
    for and in AND {
        line = line.replace(and, ", ");
    }
    let names: Vec<String> =
        line.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    (names.len() > 1 && names.iter().all(|name| is_full_name(name))).then_some(names)
}

/// Whether a text may be a name; one in a dense script is shorter.
fn is_short(name: &str) -> bool {
    let length = name.chars().count();
    let dense = name.chars().filter(|c| *c >= '\u{2e80}').count();
    name.chars().any(char::is_alphabetic)
        && length <= 80
        && dense <= 16
        && name.split_whitespace().count() <= 9
}

/// Two to four words, two of them with capitals.
fn is_full_name(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    (2..=4).contains(&words.len()) && words.iter().copied().filter(is_capital).count() >= 2
}
