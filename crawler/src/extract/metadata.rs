//! What a page says of itself, in all the places where it may, combined by how far each can be trusted.

mod byline;
mod dates;
mod json_ld;
mod title;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use scraper::node::Element;
use url::Url;

use self::json_ld::JsonLd;
use super::outline::{Outline, attr};
use crate::xml::Reader;
use crate::{Moment, canonical};

/// Meta tags looked at.
const MAX_METAS: usize = 500;
/// Elements of one kind looked at.
const MAX_ELEMENTS: usize = 300;
/// The longest title, byline and site's name, in bytes.
const MAX_TITLE: usize = 600;
const MAX_NAME: usize = 200;

/// In the class or id of what names an author, or tells a date; looked for in one pass, as a page has many elements.
static AUTHOR: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    any_case(&["author", "byline", "autor", "auteur", "writer", "vcard", "by-line", "redakt"])
});
static DATE: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    any_case(&[
        "date", "time", "publi", "posted", "datum", "fecha", "meta", "info", "footer", "byline",
        "stamp", "created", "lastmod", "mw-diff",
    ])
});

fn any_case(words: &[&str]) -> Option<AhoCorasick> {
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) url: Option<Url>,
    pub(super) title: String,
    /// Where the page shows it.
    pub(super) headline: Option<usize>,
    pub(super) byline: Option<String>,
    pub(super) published: Option<Moment>,
    pub(super) modified: Option<Moment>,
    /// As declared, not yet believed.
    pub(super) language: Option<String>,
    pub(super) site: Option<String>,
    pub(super) paywalled: bool,
    /// The text as the page gives it to machines; HTML or plain.
    pub(super) body: Option<String>,
}

/// The places where a page speaks of itself, gathered in one pass.
#[derive(Debug, Default)]
struct Facts<'a> {
    /// Lower-case names and properties with their contents.
    metas: Vec<(String, &'a str)>,
    json: JsonLd,
    title: Option<usize>,
    /// `h1`.
    headings: Vec<usize>,
    /// `h2` and `h3`.
    seconds: Vec<usize>,
    canonical: Option<&'a str>,
    language: Option<&'a str>,
    times: Vec<usize>,
    /// Microdata: property and element.
    properties: Vec<(&'a str, usize)>,
    /// Elements whose class, id or `rel` speaks of an author or of a date.
    authors: Vec<usize>,
    dates: Vec<usize>,
    /// Scripts with a text, JSON-LD left out.
    scripts: Vec<usize>,
}

/// Reads all that a page says of itself.
pub(super) fn read(outline: &Outline<'_>, url: Option<&Url>) -> Metadata {
    let facts = gather(outline);
    let site = site(&facts, url);
    let headline = title::find(outline, &facts, site.as_deref(), url);
    let dates = dates::find(outline, &facts, url, headline.place);
    Metadata {
        url: facts.canonical.and_then(|href| canonical_url(href, url)),
        byline: byline::find(outline, &facts, site.as_deref(), &headline),
        title: headline.text,
        headline: headline.place,
        published: dates.published,
        modified: dates.modified,
        language: language(&facts),
        paywalled: is_paywalled(&facts),
        body: facts.json.body,
        site,
    }
}

fn gather<'a>(outline: &Outline<'a>) -> Facts<'a> {
    let mut facts = Facts::default();
    let mut scripts = Vec::new();
    for (at, element) in outline.elements() {
        match element.name() {
            "meta" => facts.note_meta(element),
            "link" if has_word(attr(element, "rel"), "canonical") => {
                facts.canonical = facts.canonical.or(attr(element, "href"));
            }
            "html" => facts.language = attr(element, "lang").or_else(|| attr(element, "xml:lang")),
            "title" if facts.title.is_none() && outline.name(outline.parent(at)) != "svg" => {
                facts.title = Some(at)
            }
            "script"
                if attr(element, "type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) =>
            {
                if let Some(super::outline::Value::Text(text)) =
                    (at + 1 < outline.end(at)).then(|| outline.at(at + 1).value)
                {
                    scripts.push(text);
                }
            }
            "script" if at + 1 < outline.end(at) && facts.scripts.len() < MAX_ELEMENTS => {
                facts.scripts.push(at);
            }
            "script" | "style" | "svg" => {}
            _ => facts.note_element(outline, at, element),
        }
    }
    facts.json = json_ld::read(&scripts);
    facts
}

impl<'a> Facts<'a> {
    fn note_meta(&mut self, element: &'a Element) {
        let Some(content) = attr(element, "content").map(str::trim) else { return };
        if content.is_empty() || self.metas.len() >= MAX_METAS {
            return;
        }
        for key in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(key) = attr(element, key) {
                self.metas.push((key.trim().to_ascii_lowercase(), content));
            }
        }
    }

    fn note_element(&mut self, outline: &Outline<'a>, at: usize, element: &'a Element) {
        let add = |list: &mut Vec<usize>| {
            if list.len() < MAX_ELEMENTS {
                list.push(at);
            }
        };
        match element.name() {
            "h1" => add(&mut self.headings),
            "h2" | "h3" => add(&mut self.seconds),
            "time" | "abbr" => add(&mut self.times),
            // Elements of a site's own that show a time as its reader is used to.
            name if name.contains("time") || name.contains("date") => add(&mut self.times),
            _ => {}
        }
        if let Some(property) = attr(element, "itemprop").or_else(|| attr(element, "property"))
            && self.properties.len() < MAX_ELEMENTS
        {
            self.properties.push((property, at));
        }
        if element.name() == "a" && byline::leads_to_author(outline, at) {
            add(&mut self.authors);
        }
        let is_called = |words: &Option<AhoCorasick>| {
            let names = [attr(element, "class"), attr(element, "id")].into_iter().flatten();
            words.as_ref().is_some_and(|words| names.into_iter().any(|name| words.is_match(name)))
        };
        if is_called(&AUTHOR) {
            add(&mut self.authors);
        }
        if is_called(&DATE) {
            add(&mut self.dates);
        }
    }

    /// The first content under any of these names, the first name first.
    fn meta(&self, keys: &[&str]) -> Option<&'a str> {
        keys.iter().find_map(|key| {
            self.metas.iter().find(|(name, _)| name == key).map(|(_, content)| *content)
        })
    }
}

/// What schema.org and Facebook's article tags have for a paywall; the article's own word counts first.
fn is_paywalled(facts: &Facts<'_>) -> bool {
    match facts.json.free {
        Some(free) => !free,
        None => facts.meta(&["article:content_tier"]) == Some("locked"),
    }
}

/// Class and id in lower case.
fn mark(element: &Element) -> Option<String> {
    let (class, id) = (attr(element, "class"), attr(element, "id"));
    if class.is_none() && id.is_none() {
        return None;
    }
    let mut mark = class.unwrap_or_default().to_ascii_lowercase();
    mark.push(' ');
    mark.push_str(&id.unwrap_or_default().to_ascii_lowercase());
    Some(mark)
}

fn has_word(list: Option<&str>, word: &str) -> bool {
    list.is_some_and(|list| list.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
}

fn site(facts: &Facts<'_>, url: Option<&Url>) -> Option<String> {
    let named =
        facts.meta(&["og:site_name", "application-name", "dc.publisher", "citation_journal_title"]);
    let name = named.map(str::to_owned).or_else(|| facts.json.site.clone());
    let name =
        name.map(|name| decoded(&name)).filter(|name| !name.is_empty() && name.len() <= MAX_NAME);
    name.or_else(|| {
        let host = url?.host_str()?;
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    })
}

fn language(facts: &Facts<'_>) -> Option<String> {
    let declared = facts.language.filter(|language| !language.trim().is_empty());
    let meta = || {
        facts.meta(&[
            "content-language",
            "dc.language",
            "language",
            "dcterms.language",
            "og:locale",
        ])
    };
    declared.or_else(meta).map(str::to_owned).or_else(|| facts.json.language.clone())
}

/// The page's own word for its address, if it stays within the site and does not name the front page.
fn canonical_url(href: &str, url: Option<&Url>) -> Option<Url> {
    let base = url?;
    let named = canonical::canonical(base.join(href.trim()).ok()?)?;
    let same_site = bare_host(&named)? == bare_host(base)?;
    let front = named.path() == "/" && named.query().is_none() && base.path() != "/";
    (same_site && !front).then_some(named)
}

fn bare_host(url: &Url) -> Option<&str> {
    let host = url.host_str()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    Some(host.strip_prefix("m.").unwrap_or(host))
}

/// One line, with the entities resolved that some pages encode twice.
fn decoded(text: &str) -> String {
    let text = Reader::new("").resolve(text);
    let mut line = String::new();
    super::outline::push_line(&mut line, &text, &mut false);
    line
}
