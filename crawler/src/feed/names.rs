//! What the elements of feeds are called, in all the vocabularies that feeds are written in.

use std::collections::HashMap;

/// A vocabulary, by its namespace or, where none is declared, by its usual prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS, Atom, RDF, CDF.
    Feed,
    /// Dublin Core, both generations.
    DublinCore,
    Content,
    Xhtml,
    Media,
    Itunes,
    /// Some other.
    Unknown,
}

/// What an element is for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    /// `channel`, `feed` and what is around them.
    Feed,
    Entry,
    /// Holds a name.
    Author,
    /// Holds elements that count as if they stood in the entry.
    Group,
    Field(Field),
    /// Its content is none of our business.
    Other,
}

/// A fact of a feed or an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Id,
    Link,
    Title,
    /// A title in a vocabulary that counts only where there is no other.
    SecondTitle,
    Published,
    Updated,
    Author,
    Name,
    Summary,
    Description,
    Content,
    Language,
}

/// The prefixes that a document has declared.
#[derive(Debug, Default)]
pub(super) struct Prefixes<'a>(HashMap<&'a str, Vocabulary>);

/// Prefixes kept at most.
const MAX_PREFIXES: usize = 100;

impl<'a> Prefixes<'a> {
    /// Notes a declaration; of two the later counts.
    pub(super) fn declare(&mut self, attribute: &'a str, uri: &str) {
        let Some(prefix) = attribute.strip_prefix("xmlns:") else { return };
        if self.0.len() < MAX_PREFIXES {
            self.0.insert(prefix, by_uri(uri));
        }
    }

    /// What an element with this name is.
    pub(super) fn element(&self, name: &str) -> Element {
        let (vocabulary, local) = match name.split_once(':') {
            Some((prefix, local)) => {
                (self.0.get(prefix).copied().unwrap_or_else(|| by_prefix(prefix)), local)
            }
            None => (Vocabulary::Feed, name),
        };
        let mut lower = [0; 16];
        let Some(lower) = lower.get_mut(..local.len()) else { return Element::Other };
        lower.copy_from_slice(local.as_bytes());
        lower.make_ascii_lowercase();
        element(vocabulary, lower)
    }
}

fn by_prefix(prefix: &str) -> Vocabulary {
    match prefix.to_ascii_lowercase().as_str() {
        "rss" | "atom" | "atom10" | "atom03" | "rdf" | "a" | "a10" => Vocabulary::Feed,
        "dc" | "dcterms" => Vocabulary::DublinCore,
        "content" => Vocabulary::Content,
        "xhtml" => Vocabulary::Xhtml,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Itunes,
        _ => Vocabulary::Unknown,
    }
}

/// Versions, capitals and slashes of the addresses vary.
fn by_uri(uri: &str) -> Vocabulary {
    let uri = uri.trim().trim_end_matches(['/', '#']).to_ascii_lowercase();
    let has = |part: &str| uri.contains(part);
    if has("purl.org/dc/") {
        Vocabulary::DublinCore
    } else if has("rss/1.0/modules/content") {
        Vocabulary::Content
    } else if has("/1999/xhtml") {
        Vocabulary::Xhtml
    } else if has("search.yahoo.com/mrss") {
        Vocabulary::Media
    } else if has("itunes") {
        Vocabulary::Itunes
    } else if has("/atom") || has("rss/1.0/modules") {
        if has("modules") { Vocabulary::Unknown } else { Vocabulary::Feed }
    } else if has("purl.org/rss")
        || has("purl.org/net/rss")
        || has("rdf-syntax")
        || has("rss2")
        || has("rdf/simple/0.9")
    {
        Vocabulary::Feed
    } else {
        Vocabulary::Unknown
    }
}

fn element(vocabulary: Vocabulary, local: &[u8]) -> Element {
    match vocabulary {
        Vocabulary::Feed => own(local),
        Vocabulary::DublinCore => match local {
            b"title" => Element::Field(Field::SecondTitle),
            b"creator" | b"author" | b"contributor" => Element::Field(Field::Author),
            b"issued" | b"created" | b"available" => Element::Field(Field::Published),
            b"date" | b"modified" => Element::Field(Field::Updated),
            b"description" | b"abstract" => Element::Field(Field::Description),
            b"language" => Element::Field(Field::Language),
            _ => Element::Other,
        },
        Vocabulary::Content if local == b"encoded" => Element::Field(Field::Content),
        Vocabulary::Xhtml if matches!(local, b"body" | b"div") => Element::Field(Field::Content),
        Vocabulary::Media => match local {
            b"title" => Element::Field(Field::SecondTitle),
            b"group" | b"content" => Element::Group,
            _ => Element::Other,
        },
        Vocabulary::Itunes => match local {
            b"author" => Element::Field(Field::Author),
            b"summary" | b"subtitle" => Element::Field(Field::Description),
            _ => Element::Other,
        },
        Vocabulary::Content | Vocabulary::Xhtml | Vocabulary::Unknown => Element::Other,
    }
}

/// Elements of RSS, Atom, RDF and CDF.
fn own(local: &[u8]) -> Element {
    let field = match local {
        b"rss" | b"rdf" | b"channel" | b"feed" | b"newlocation" => return Element::Feed,
        b"item" | b"entry" => return Element::Entry,
        b"author" | b"contributor" => return Element::Author,
        b"id" | b"guid" => Field::Id,
        b"link" => Field::Link,
        b"title" => Field::Title,
        b"pubdate" | b"published" | b"issued" | b"created" => Field::Published,
        b"updated" | b"modified" | b"lastmod" | b"lastbuilddate" | b"date" => Field::Updated,
        b"name" => Field::Name,
        b"creator" | b"managingeditor" => Field::Author,
        b"summary" => Field::Summary,
        b"description" | b"abstract" | b"tagline" | b"subtitle" => Field::Description,
        b"content" | b"body" | b"fullitem" | b"encoded" => Field::Content,
        b"language" => Field::Language,
        _ => return Element::Other,
    };
    Element::Field(field)
}
