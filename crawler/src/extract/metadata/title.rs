//! The headline, without the site's name.

use std::collections::HashSet;

use url::Url;

use super::{Facts, MAX_TITLE, decoded, mark};
use crate::extract::outline::{Outline, Value};

/// What parts a headline from the name of the site.
const PARTERS: [&str; 15] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " > ", " ‹ ", " › ",
    "｜", "_",
];
/// What is said at more bytes is no headline, in whatever script.
const LONGEST: usize = 4 * MAX_TITLE;
/// Headings looked at.
const MAX_HEADINGS: usize = 60;

/// The headline, and where the page shows it.
#[derive(Debug, Default)]
pub(super) struct Headline {
    pub(super) text: String,
    pub(super) place: Option<usize>,
}

/// A heading as it is shown.
struct Heading {
    place: usize,
    text: String,
    folded: String,
    is_first_rank: bool,
}

/// The headline: what several places agree on, else what is most often right.
pub(super) fn find(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    site: Option<&str>,
    url: Option<&Url>,
) -> Headline {
    let names = names(site, url);
    let stated = stated(outline, facts);
    let folded: Vec<_> = stated.iter().map(|title| fold(title)).collect();
    let shown = shown(outline, facts, url, &names);
    let heading = shown
        .iter()
        .find(|heading| folded.contains(&heading.folded))
        .or_else(|| {
            shown.iter().find(|heading| folded.iter().any(|title| heading.is_part_of(title)))
        })
        .or_else(|| only(&shown, &folded));
    if let Some(heading) = heading {
        return Headline { text: heading.text.clone(), place: Some(heading.place) };
    }
    let best =
        stated.iter().map(|title| without_site(title, &names)).find(|title| !title.is_empty());
    let place = best.as_deref().and_then(|title| line_that_says(outline, title));
    let place = place.or_else(|| shown.first().map(|heading| heading.place));
    let text = best.or_else(|| shown.first().map(|heading| heading.text.clone()));
    Headline { text: text.unwrap_or_default(), place }
}

/// Pages without headings show their title in some line.
fn line_that_says(outline: &Outline<'_>, title: &str) -> Option<usize> {
    let title = fold(title);
    let says = |value: Value<'_>| match value {
        Value::Text(text) => {
            text.len() >= title.len() && text.len() < MAX_TITLE && fold(text) == title
        }
        Value::Element(_) => false,
    };
    let places = (0..outline.len()).filter(|at| says(outline.at(*at).value));
    places
        .filter(|at| outline.name(outline.parent(*at)) != "title")
        .map(|at| outline.parent(at))
        .next()
}

/// The titles that the page declares, the surest first.
fn stated(outline: &Outline<'_>, facts: &Facts<'_>) -> Vec<String> {
    let tag = facts.title.map(|at| outline.line(at, MAX_TITLE)).unwrap_or_default();
    let declared = [
        facts.meta(&["og:title"]),
        facts.meta(&["twitter:title"]),
        facts.json.headline.as_deref(),
        facts.meta(&[
            "dc.title",
            "dcterms.title",
            "citation_title",
            "parsely-title",
            "sailthru.title",
        ]),
        Some(tag.as_str()),
    ];
    let declared = declared.into_iter().flatten().map(decoded);
    declared.filter(|title| !title.is_empty() && title.len() < LONGEST).collect()
}

/// Headings as they are shown, those of the first rank first; without those that name the site.
fn shown(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    url: Option<&Url>,
    names: &[String],
) -> Vec<Heading> {
    let marked = facts.properties.iter().filter(|(property, _)| *property == "headline");
    let marked = marked.map(|(_, at)| (*at, true));
    let first = facts.headings.iter().map(|at| (*at, true));
    let second = facts.seconds.iter().map(|at| (*at, false));
    let places = marked.chain(first).chain(second).take(MAX_HEADINGS);
    let headings =
        places.filter(|(at, _)| !leads_home(outline, *at, url)).map(|(place, is_first_rank)| {
            let text = decoded(&outline.line(place, MAX_TITLE));
            let folded = fold(&text);
            Heading { place, text, folded, is_first_rank }
        });
    headings
        .filter(|heading| !heading.folded.is_empty() && !names.contains(&heading.folded))
        .collect()
}

/// Whether a heading is the site's own: its class says so, or it links to the front page.
fn leads_home(outline: &Outline<'_>, at: usize, url: Option<&Url>) -> bool {
    let own = outline.element(at).and_then(mark).unwrap_or_default();
    if ["site-title", "site-name", "sitename", "logo", "branding"]
        .iter()
        .any(|word| own.contains(word))
    {
        return true;
    }
    let inside = (at..outline.end(at)).find(|inner| outline.name(*inner) == "a");
    let around = || outline.ancestors(at).take(2).find(|around| outline.name(*around) == "a");
    let Some(link) = inside.or_else(around) else { return false };
    let Some(href) = outline.attr(link, "href").map(str::trim) else { return false };
    if outline.attr(link, "rel") == Some("home") || href == "/" {
        return true;
    }
    let target = url.and_then(|url| url.join(href).ok());
    target.is_some_and(|target| {
        let front = target.path() == "/" && target.query().is_none() && target.fragment().is_none();
        front && url.is_some_and(|url| url.host_str() == target.host_str())
    })
}

impl Heading {
    /// Whether a folded title is this heading and something parted from it.
    fn is_part_of(&self, title: &str) -> bool {
        // One word is more often the name of a section.
        let long = self.folded.split(' ').count() >= 3 || self.folded.chars().count() >= 12;
        long && (title.starts_with(&self.folded) || title.ends_with(&self.folded))
            && self.folded.len() * 3 >= title.len()
    }
}

/// The one heading of the first rank, if it is long enough for a headline or speaks of the same as the titles.
fn only<'a>(shown: &'a [Heading], folded: &[String]) -> Option<&'a Heading> {
    let mut firsts = shown.iter().filter(|heading| heading.is_first_rank);
    let heading = firsts.next()?;
    if firsts.any(|other| other.folded != heading.folded) {
        return None;
    }
    let words: HashSet<&str> = heading.folded.split(' ').collect();
    let common = folded.iter().any(|title| {
        let known = title.split(' ').filter(|word| words.contains(word)).count();
        known * 2 >= words.len()
    });
    (common || words.len() >= 3).then_some(heading)
}

/// For comparison: case, quotes, dashes and spaces do not count.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            folded.push(c);
        }
        gap = !c.is_alphanumeric();
    }
    folded
}

/// The names by which a site is known: as it says, and as its host says.
fn names(site: Option<&str>, url: Option<&Url>) -> Vec<String> {
    let mut names: Vec<String> = site.map(fold).into_iter().collect();
    if let Some(host) = url.and_then(Url::host_str) {
        let host = host.strip_prefix("www.").unwrap_or(host);
        names.push(fold(host));
        names.extend(host.split('.').next().map(fold));
        let domain = host.rsplit('.').nth(1);
        names.extend(domain.map(fold));
    }
    names.retain(|name| name.chars().count() >= 3);
    names
}

/// Cuts the name of the site, or what is parted like one and short, off either end.
fn without_site(title: &str, names: &[String]) -> String {
    let is_site = |part: &str| {
        let part = fold(part);
        let glued = part.replace(' ', "");
        names.iter().any(|name| {
            let short = name.replace(' ', "");
            part == *name
                || glued == short
                || (short.len() >= 5 && glued.starts_with(&short))
                || (glued.len() >= 5 && short.starts_with(&glued))
        })
    };
    let mut title = title.trim();
    loop {
        let last =
            PARTERS.iter().filter_map(|parter| Some((title.rfind(parter)?, parter.len()))).max();
        let first =
            PARTERS.iter().filter_map(|parter| Some((title.find(parter)?, parter.len()))).min();
        let (Some((last, _)), Some((first, width))) = (last, first) else { break };
        // Underscores part titles in Chinese and Russian; in ASCII they are part of a word.
        if title[last..].starts_with('_') && title.is_ascii() {
            break;
        }
        let tail = title[last..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let head = &title[..first];
        if is_site(tail) {
            title = title[..last].trim();
        } else if is_site(head) {
            title = title[first + width..].trim();
        } else if looks_like_name(tail, title[..last].trim()) {
            title = title[..last].trim();
        } else {
            break;
        }
    }
    title.to_owned()
}

/// A few words after a bar, behind a headline of many; in writing without spaces, a few characters.
fn looks_like_name(tail: &str, rest: &str) -> bool {
    let (words, others) = (tail.split_whitespace().count(), rest.split_whitespace().count());
    let (letters, before) = (tail.chars().count(), rest.chars().count());
    let is_dense = rest.chars().filter(|c| *c >= '\u{2e80}').count() * 2 > before;
    let few = if is_dense {
        letters <= 16 && before >= letters
    } else {
        words <= 4 && others >= words * 2
    };
    few && (is_dense || others >= 4)
}
