//! Lists of subscriptions (OPML 2.0), as readers of feeds exchange them.

use std::collections::HashSet;

use url::Url;

use crate::canonical::canonical;
use crate::extract::charset;
use crate::xml::{Event, Reader, Tag};
use crate::{Error, plain};

/// The largest list, in bytes, and the most feeds in one.
pub const MAX_BYTES: u64 = 16 << 20;
const MAX_FEEDS: usize = 10_000;
/// Folders in folders beyond this are not told apart.
const MAX_DEPTH: usize = 16;
/// Categories of one feed, and the longest name, in characters.
const MAX_CATEGORIES: usize = 16;
const MAX_NAME: usize = 200;
/// Outlines that something is said of, and how many characters of an address are repeated then.
const MAX_REMARKS: usize = 100;
const MAX_SHOWN: usize = 100;

/// One feed of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// What is polled.
    pub url: Url,
    /// The site for people.
    pub site: Option<Url>,
    /// Its name; may be empty.
    pub title: String,
    /// Its language, as written.
    pub language: Option<String>,
    /// The folders that it lies in, the outermost first, then its own categories; each once.
    pub categories: Vec<String>,
}

/// What is to be said of one outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where it stands, counted from 1.
    pub line: usize,
    /// Its name; may be empty.
    pub title: String,
    /// What is wrong with it, or was left out of it.
    pub what: String,
}

/// A list, read.
#[derive(Debug, Default)]
pub struct Outlines {
    /// Each address once.
    pub feeds: Vec<Subscription>,
    /// How many outlines have an address that is none.
    pub bad: usize,
    /// The first of them.
    pub faults: Vec<Remark>,
    /// Outlines that are among the feeds, though not quite as they are written.
    pub notes: Vec<Remark>,
    /// Whether there are more feeds than are read at once.
    pub is_cut: bool,
    /// Whether the document ends before its list does, as a download that broke off: feeds may be missing.
    pub is_broken_off: bool,
}

/// The feeds of a list.
///
/// # Errors
/// [`Error::NothingListed`] when there is no outline at all; [`Error::TooLarge`] beyond [`MAX_BYTES`].
pub fn read(body: &[u8]) -> Result<Outlines, Error> {
    if body.len() as u64 > MAX_BYTES {
        return Err(Error::TooLarge(MAX_BYTES));
    }
    let text = charset::decode(body, None);
    let mut reader = Reader::new(&text);
    let mut list = List { line: 1, ..List::default() };
    let mut counted = 0;
    list.found.is_broken_off = true;
    loop {
        let before = reader.place();
        let Some(event) = reader.next() else { break };
        match event {
            Event::Start(tag) if tag.name.eq_ignore_ascii_case("outline") => {
                if list.found.feeds.len() >= MAX_FEEDS {
                    (list.found.is_cut, list.found.is_broken_off) = (true, false);
                    break;
                }
                // No tag holds a `<`, so the last one begins it.
                let passed = reader.slice(before, reader.place());
                let begin = before + passed.rfind('<').unwrap_or_default();
                list.line += reader.slice(counted, begin).matches('\n').count();
                counted = begin;
                list.begin(&tag, &reader);
            }
            Event::End(name) if name.eq_ignore_ascii_case("outline") => list.end(),
            Event::End(name)
                if ["body", "opml"].iter().any(|end| name.eq_ignore_ascii_case(end)) =>
            {
                list.found.is_broken_off = false;
            }
            _ => {}
        }
    }
    if list.outlines == 0 {
        return Err(Error::NothingListed("not OPML: there is no <outline> in it".to_owned()));
    }
    Ok(list.found)
}

/// The address of a feed, and what had to be left out of it. Readers of feeds also know `feed://host/…` and
/// `feed:https://…`.
fn address(text: &str) -> Result<(Url, bool), String> {
    let shown = || text.chars().take(MAX_SHOWN).collect::<String>();
    let rest = match text.get(..5) {
        Some(scheme) if scheme.eq_ignore_ascii_case("feed:") => &text[5..],
        _ => text,
    };
    let whole = if rest.starts_with("//") { format!("https:{rest}") } else { rest.to_owned() };
    let url =
        Url::parse(&whole).ok().filter(|url| matches!(url.scheme(), "http" | "https")).ok_or_else(
            || format!("`{}` is no address of a feed: it starts with http:// or https://", shown()),
        )?;
    let is_signed = !url.username().is_empty() || url.password().is_some();
    let url = canonical(url).ok_or_else(|| format!("`{}…` is too long", shown()))?;
    Ok((url, is_signed))
}

#[derive(Debug, Default)]
struct List {
    found: Outlines,
    known: HashSet<Url>,
    /// The open outlines; a folder has a name.
    open: Vec<Option<String>>,
    /// Open outlines below the deepest that is told apart.
    deeper: usize,
    outlines: usize,
    /// Of the outline that is read.
    line: usize,
}

impl List {
    fn begin(&mut self, tag: &Tag<'_>, reader: &Reader<'_>) {
        self.outlines += 1;
        let value = |name: &str, most: usize| {
            let raw = tag.attribute(name)?;
            Some(plain::line(&reader.resolve(raw), most)).filter(|value| !value.is_empty())
        };
        let name = value("title", MAX_NAME).or_else(|| value("text", MAX_NAME));
        let folder = match value("xmlUrl", 4000) {
            None => name,
            Some(written) => {
                let title = name.unwrap_or_default();
                match address(&written) {
                    Ok((url, is_signed)) if self.known.insert(url.clone()) => {
                        if is_signed {
                            let what = "the name and password in its address are left out, as nothing is followed \
                                        with a login";
                            self.note(&title, what);
                        }
                        let site = value("htmlUrl", 4000).and_then(|site| Url::parse(&site).ok());
                        let feed = Subscription {
                            url,
                            site: site.and_then(canonical),
                            title,
                            language: value("language", 16),
                            categories: self.categories(value("category", 4000)),
                        };
                        self.found.feeds.push(feed);
                    }
                    Ok(_) => {}
                    Err(what) => self.fault(title, what),
                }
                None
            }
        };
        if !tag.is_empty {
            if self.open.len() < MAX_DEPTH {
                self.open.push(folder);
            } else {
                self.deeper += 1;
            }
        }
    }

    fn fault(&mut self, title: String, what: String) {
        self.found.bad += 1;
        if self.found.faults.len() < MAX_REMARKS {
            self.found.faults.push(Remark { line: self.line, title, what });
        }
    }

    fn note(&mut self, title: &str, what: &str) {
        if self.found.notes.len() < MAX_REMARKS {
            let (title, what) = (title.to_owned(), what.to_owned());
            self.found.notes.push(Remark { line: self.line, title, what });
        }
    }

    fn end(&mut self) {
        if self.deeper > 0 {
            self.deeper -= 1;
        } else {
            self.open.pop();
        }
    }

    /// Folders, then what the outline says itself; a slash leads from a category to one within it.
    fn categories(&self, own: Option<String>) -> Vec<String> {
        let own = own.unwrap_or_default();
        let own = own.split([',', '/']).map(str::trim).filter(|name| !name.is_empty());
        let mut categories: Vec<String> = Vec::new();
        for name in self.open.iter().flatten().map(String::as_str).chain(own) {
            if categories.len() < MAX_CATEGORIES && !categories.iter().any(|known| known == name) {
                categories.push(name.to_owned());
            }
        }
        categories
    }
}

/// A list of feeds: each in a folder named by its first category, with all of them beside it.
pub fn write(title: &str, feeds: &[Subscription]) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n<head><title>{}</title></head>\n<body>\n",
        quoted(title)
    );
    let mut folders: Vec<&str> =
        feeds.iter().filter_map(|feed| feed.categories.first()).map(String::as_str).collect();
    folders.sort_unstable();
    folders.dedup();
    for folder in folders {
        out.push_str(&format!("<outline text=\"{0}\" title=\"{0}\">\n", quoted(folder)));
        for feed in
            feeds.iter().filter(|feed| feed.categories.first().is_some_and(|first| first == folder))
        {
            outline(feed, &mut out);
        }
        out.push_str("</outline>\n");
    }
    for feed in feeds.iter().filter(|feed| feed.categories.is_empty()) {
        outline(feed, &mut out);
    }
    out.push_str("</body>\n</opml>\n");
    out
}

fn outline(feed: &Subscription, out: &mut String) {
    let attributes = [
        ("text", feed.title.as_str()),
        ("title", &feed.title),
        ("xmlUrl", feed.url.as_str()),
        ("htmlUrl", feed.site.as_ref().map_or("", Url::as_str)),
        ("language", feed.language.as_deref().unwrap_or_default()),
        ("category", &feed.categories.join(",")),
    ];
    out.push_str("<outline type=\"rss\"");
    for (name, value) in attributes.into_iter().filter(|(_, value)| !value.is_empty()) {
        out.push_str(&format!(" {name}=\"{}\"", quoted(value)));
    }
    out.push_str("/>\n");
}

/// Text for an attribute; characters that no XML may hold are left out.
fn quoted(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    plain::escaped(&text).replace('"', "&quot;")
}
