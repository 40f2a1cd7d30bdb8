//! The headline, without the site's name.

use url::Url;

use super::{Facts, MAX_TITLE, decoded};
use crate::extract::outline::Outline;

/// What parts a headline from the name of the site.
const PARTERS: [&str; 14] = [
    " | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " > ", " ‹ ", " › ",
    "｜",
];

/// The headline: what several places agree on, else what is most often right.
pub(super) fn find(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    site: Option<&str>,
    url: Option<&Url>,
) -> String {
    let tag = facts.title.map(|at| decoded(&outline.line(at, MAX_TITLE))).unwrap_or_default();
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
    ];
    let declared: Vec<String> =
        declared.into_iter().flatten().map(decoded).filter(|title| !title.is_empty()).collect();
    let shown = shown(outline, facts);
    // A heading that the page also declares as its title is the headline.
    let stated = || declared.iter().chain([&tag]);
    if let Some(heading) =
        shown.iter().find(|heading| stated().any(|title| begins_or_ends(title, heading)))
    {
        return heading.clone();
    }
    let names = names(site, url);
    let best = stated().map(|title| without_site(title, &names)).find(|title| !title.is_empty());
    best.or_else(|| shown.first().cloned()).unwrap_or_default()
}

/// Headings as they are shown, those of the first rank first.
fn shown(outline: &Outline<'_>, facts: &Facts<'_>) -> Vec<String> {
    let property =
        facts.properties.iter().filter(|(property, _)| *property == "headline").map(|(_, at)| at);
    let places = property.chain(&facts.headings).chain(facts.seconds.iter().take(20));
    places
        .take(60)
        .map(|at| decoded(&outline.line(*at, MAX_TITLE)))
        .filter(|line| !line.is_empty())
        .collect()
}

/// Whether a title is a heading, or a heading and something parted from it.
fn begins_or_ends(title: &str, heading: &str) -> bool {
    let (title, heading) = (fold(title), fold(heading));
    // One word is more often the name of a section.
    if title == heading {
        return true;
    }
    let long = heading.split(' ').count() >= 3 || heading.chars().count() >= 12;
    long && (title.starts_with(&heading) || title.ends_with(&heading))
        && heading.len() * 3 >= title.len()
}

/// For comparison: case, quotes, dashes and spaces do not count.
fn fold(text: &str) -> String {
    let plain = text
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' });
    let plain: String = plain.collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
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
        let tail = title[last..].trim_start_matches(|c: char| !c.is_alphanumeric());
        let head = &title[..first];
        if is_site(tail) {
            title = title[..last].trim();
        } else if is_site(head) {
            title = title[first + width..].trim();
        } else if looks_like_name(tail, &title[..last]) {
            title = title[..last].trim();
        } else {
            break;
        }
    }
    title.to_owned()
}

/// A few words after a bar, behind a headline of many.
fn looks_like_name(tail: &str, rest: &str) -> bool {
    let (words, others) = (tail.split_whitespace().count(), rest.split_whitespace().count());
    words <= 4 && others >= 4 && others >= words * 2
}
