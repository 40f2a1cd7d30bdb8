//! A new entry for the catalogue, written as a person would.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::net::IpAddr;

use crawler::Format;
use toml::Value;
use url::Url;

/// The longest id, in letters.
const LONGEST: usize = 40;

/// What is known of a source before a person has looked at it.
#[derive(Debug)]
pub(crate) struct Draft {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) url: Url,
    pub(crate) site: Option<Url>,
    pub(crate) format: Format,
    pub(crate) language: Option<String>,
    pub(crate) unchecked: bool,
    pub(crate) categories: Vec<String>,
}

impl Draft {
    /// One `[[source]]`. Who publishes it is for a person to say; `news` is said of most.
    pub(crate) fn to_toml(&self) -> String {
        let mut out = "[[source]]\n".to_owned();
        let mut put = |key: &str, value: Value| {
            // Writing to a text cannot fail.
            let _ = writeln!(out, "{key} = {value}");
        };
        let text = |text: &str| Value::String(text.to_owned());
        put("id", text(&self.id));
        put("name", text(&self.name));
        put("url", text(self.url.as_str()));
        if let Some(site) = &self.site {
            put("site", text(site.as_str()));
        }
        put("format", text(word(self.format)));
        put("publisher", text("news"));
        if let Some(language) = self.language.as_deref().and_then(language) {
            put("language", text(&language));
        }
        put("schedule", text(&format!("0 {} * * * *", minute(&self.id))));
        if self.unchecked {
            put("unchecked", Value::Boolean(true));
        }
        if !self.categories.is_empty() {
            put(
                "categories",
                Value::Array(self.categories.iter().map(|name| text(name)).collect()),
            );
        }
        out
    }
}

fn word(format: Format) -> &'static str {
    match format {
        Format::Feed => "feed",
        Format::Sitemap => "sitemap",
        Format::Listing => "listing",
        Format::Json => "json",
    }
}

/// `en-GB` to `en`, or nothing.
fn language(tag: &str) -> Option<String> {
    let primary = tag.split(['-', '_']).next()?.to_ascii_lowercase();
    super::language_code(&primary).ok()
}

/// A minute of the hour, so that not all are polled at once.
fn minute(id: &str) -> u32 {
    id.bytes().fold(0, |sum: u32, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 60
}

/// An id that none of `ids` is, from a host's name or, if that is taken, its title; it is put among them.
pub(crate) fn new_id(host: &str, title: &str, ids: &mut HashSet<String>) -> String {
    let host = host.strip_prefix("www.").unwrap_or(host);
    // A bare address names nobody.
    let is_address = |text: &str| text.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let name = match host.rsplit_once('.') {
        _ if is_address(host) && is_address(title) => "",
        _ if is_address(host) => title,
        Some((name, _)) => name,
        None => host,
    };
    let name = slug(name);
    let first = if name.is_empty() { "source".to_owned() } else { name };
    let titled = slug(&format!("{first}-{title}"));
    let numbered = (2..).map(|number| format!("{first}-{number}"));
    let id = [first.clone(), titled].into_iter().chain(numbered).find(|id| !ids.contains(id));
    let id = id.unwrap_or(first);
    ids.insert(id.clone());
    id
}

/// Lower-case letters and digits with hyphens between them.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}
