//! When a page was published and last changed.

use chrono::{Datelike, TimeDelta};
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
/// Words before a date on which the page was only changed.
const CHANGED: [&str; 16] = [
    "updated",
    "modified",
    "last edited",
    "geändert",
    "änderung",
    "aktualisiert",
    "mis à jour",
    "mise à jour",
    "modifié",
    "actualizado",
    "atualizado",
    "aggiornato",
    "bijgewerkt",
    "обновлено",
    "更新",
    "zaktualizowano",
];
/// Words of elements that belong to other articles, comments or the page's frame.
const ASIDE: [&str; 18] = [
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
    "current-date",
    "navtop",
    "navbar",
    "topbar",
];
/// The years in which a page can have been published on the web.
const YEARS: std::ops::RangeInclusive<i32> = 1993..=2100;
/// Lines with numbers looked at.
const MAX_LINES: usize = 3000;
/// A visible date stands within so many places of the headline.
const NEAR: usize = 120;

/// Both dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) published: Option<Moment>,
    pub(super) modified: Option<Moment>,
}

/// Everything that the search looks at.
struct Search<'a, 'b> {
    outline: &'b Outline<'a>,
    facts: &'b Facts<'a>,
    headline: Option<usize>,
    order: Order,
}

pub(super) fn find(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    url: Option<&Url>,
    headline: Option<usize>,
) -> Dates {
    let search = Search { outline, facts, headline, order: order(facts, url) };
    let in_address = url.and_then(in_address);
    let modified = search
        .json(facts.json.modified.as_ref())
        .or_else(|| search.metas(&MODIFIED))
        .or_else(|| search.property("dateModified"));
    let published = search
        .json(facts.json.published.as_ref())
        .or_else(|| search.metas(&PUBLISHED))
        .or_else(|| search.property("datePublished"))
        .map(|found| on_its_own_day(found, in_address, search.near_headline_beside(found)))
        .or_else(|| search.tagged())
        .or(in_address)
        .or_else(|| search.near_headline())
        .or_else(|| search.marked())
        .or_else(|| search.written())
        .or(modified);
    Dates { published, modified }
}

fn is_sane(moment: &Moment) -> bool {
    YEARS.contains(&moment.day().year())
}

/// The day on which the publisher says that it was: a time in UTC may lie on another one than its address has, and
/// the machine's date is sometimes that of the first draft, a day or two away from the one that readers see.
fn on_its_own_day(found: Moment, in_address: Option<Moment>, seen: Option<Moment>) -> Moment {
    let Moment::Time(time) = found else { return found };
    let is_utc = time.offset().local_minus_utc() == 0;
    let within = |days: i64, other: &Moment| {
        let apart = (other.day() - time.date_naive()).abs();
        apart > TimeDelta::zero() && apart <= TimeDelta::days(days)
    };
    let other =
        in_address.filter(|day| is_utc && within(1, day)).or(seen.filter(|day| within(2, day)));
    match other {
        Some(other) if in_address.is_none_or(|day| day.day() != time.date_naive()) => {
            Moment::Day(other.day())
        }
        _ => found,
    }
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

/// A whole date in the address: `/2017/07/12/`, `20170712`, `12-07-2017`.
fn in_address(url: &Url) -> Option<Moment> {
    let parts: Vec<&str> = url.path().split(['/', '-', '_', '.', '~']).collect();
    let is_short = |part: &str| (1..=2).contains(&part.len());
    let plain = parts.windows(3).find_map(|part| match part {
        [year, month, day] if year.len() == 4 && is_short(month) && is_short(day) => {
            date::find(&format!("{year}-{month}-{day}"), Order::DayFirst)
        }
        [day, month, year] if year.len() == 4 && day.len() == 2 && month.len() == 2 => {
            date::find(&format!("{year}-{month}-{day}"), Order::DayFirst)
        }
        _ => None,
    });
    let packed = || {
        let mut packed = parts.iter().filter(|part| part.len() == 8 && part.starts_with("20"));
        packed.find_map(|part| date::find(part, Order::DayFirst))
    };
    plain.or_else(packed).filter(is_sane)
}

/// What an element says to machines.
fn machine<'a>(outline: &Outline<'a>, at: usize) -> Option<&'a str> {
    ["datetime", "content", "data-datetime", "data-date", "title"]
        .iter()
        .find_map(|name| outline.attr(at, name))
}

impl Search<'_, '_> {
    fn read(&self, text: &str) -> Option<Moment> {
        date::find(text, self.order).filter(is_sane)
    }

    fn json(&self, text: Option<&String>) -> Option<Moment> {
        self.read(text?)
    }

    fn metas(&self, keys: &[&str]) -> Option<Moment> {
        keys.iter().find_map(|key| {
            let mut contents = self.facts.metas.iter().filter(|(name, _)| name == key);
            contents.find_map(|(_, content)| self.read(content))
        })
    }

    fn value(&self, at: usize) -> Option<Moment> {
        let said = machine(self.outline, at).and_then(|text| self.read(text));
        said.or_else(|| self.read(&self.outline.line(at, 120)))
    }

    /// Microdata.
    fn property(&self, name: &str) -> Option<Moment> {
        let mut places = self.facts.properties.iter().filter(|(property, at)| {
            let named = property.split(' ').any(|one| one.trim_start_matches("schema:") == name);
            named && !self.is_aside(*at)
        });
        places.find_map(|(_, at)| self.value(*at))
    }

    /// `time` elements: the one that says that it is the publication's, else the first that belongs to the article.
    fn tagged(&self) -> Option<Moment> {
        let mark = |at: usize| self.outline.element(at).and_then(mark).unwrap_or_default();
        let says = |at: usize| {
            let mark = mark(at);
            self.outline.attr(at, "pubdate").is_some()
                || ["publi", "entry-date", "posted", "created"]
                    .iter()
                    .any(|word| mark.contains(word))
        };
        let updated = |at: usize| {
            let mark = mark(at);
            mark.contains("updated") && !mark.contains("publi")
        };
        let times = || self.facts.times.iter().copied().filter(|at| !self.is_aside(*at));
        let sure = times().filter(|at| says(*at)).find_map(|at| self.value(at));
        sure.or_else(|| times().filter(|at| !updated(*at)).find_map(|at| self.value(at)))
            .or_else(|| times().find_map(|at| self.value(at)))
    }

    /// Whether a place belongs to comments, teasers or the page's frame.
    fn is_aside(&self, at: usize) -> bool {
        self.is_among(at, &ASIDE)
    }

    /// Whether an element around a place is called by one of these words, or is an `aside` or `nav`. What also holds
    /// the headline does not count.
    fn is_among(&self, at: usize, words: &[&str]) -> bool {
        let around = std::iter::once(at).chain(self.outline.ancestors(at)).take(30);
        let own = |around: &usize| {
            let holds = |headline: usize| (*around..self.outline.end(*around)).contains(&headline);
            !matches!(self.outline.name(*around), "body" | "html" | "main")
                && !self.headline.is_some_and(holds)
        };
        around.take_while(own).any(|around| {
            let mark = self.outline.element(around).and_then(mark).unwrap_or_default();
            matches!(self.outline.name(around), "aside" | "nav")
                || words.iter().any(|word| mark.contains(word))
        })
    }

    /// A short line with a date close to the headline, below it or a little above.
    fn near_headline(&self) -> Option<Moment> {
        let headline = self.headline?;
        let from = headline.saturating_sub(NEAR / 4);
        let own = |at: usize| !self.is_among(at, &["comment", "current-date", "related"]);
        // The headline itself may tell another day, as that on which a law takes effect.
        let after = self.outline.end(headline);
        let below = self.dated_lines(after..after + NEAR, 45, &own).next();
        below.or_else(|| self.dated_lines(from..headline, 25, &own).last())
    }

    /// The day that is shown close to the headline where it is another one than was found and that is not shown.
    fn near_headline_beside(&self, found: Moment) -> Option<Moment> {
        let headline = self.headline?;
        let range = headline.saturating_sub(NEAR / 4)..headline;
        let is_shown = self.dated_lines(range, 25, &|_| true).any(|seen| seen.day() == found.day());
        if is_shown { None } else { self.near_headline() }
    }

    /// The dates of lines that say little else, within a range of places that are the article's own.
    fn dated_lines(
        &self,
        range: std::ops::Range<usize>,
        letters: usize,
        own: &dyn Fn(usize) -> bool,
    ) -> impl Iterator<Item = Moment> {
        let range = range.start..range.end.min(self.outline.len());
        let lines = range.filter_map(|at| match self.outline.at(at).value {
            Value::Text(text) => Some((at, text.trim())),
            Value::Element(_) => None,
        });
        let numeric =
            lines.filter(|(_, text)| text.len() >= 6 && text.chars().any(char::is_numeric));
        numeric.take(MAX_LINES).filter_map(move |(at, text)| {
            let parent = self.outline.name(self.outline.parent(at));
            if matches!(parent, "script" | "style" | "noscript" | "title") {
                return None;
            }
            let found = self.read(&before_change(text))?;
            (date::fills(text, letters) && own(at)).then_some(found)
        })
    }

    /// Elements whose class or id speaks of a date.
    fn marked(&self) -> Option<Moment> {
        self.facts.dates.iter().filter(|at| !self.is_aside(**at)).find_map(|at| {
            let line = self.outline.line(*at, 200);
            if date::fills(&line, 60) { self.read(&before_change(&line)) } else { None }
        })
    }

    /// A line that is nothing but a date, the first below the headline, else the first of all; at last any date.
    fn written(&self) -> Option<Moment> {
        let own = |at: usize| !self.is_aside(at);
        let any = |_: usize| true;
        let all = || 0..self.outline.len();
        let below = self.headline.unwrap_or(0)..self.outline.len();
        self.dated_lines(below, 25, &own)
            .next()
            .or_else(|| self.dated_lines(all(), 25, &own).next())
            .or_else(|| self.dated_lines(all(), 12, &any).next())
            .or_else(|| self.dated_lines(all(), 40, &own).next())
            .or_else(|| self.dated_lines(all(), 10_000, &own).next())
    }
}

/// What stands before the word that says that the page was only changed on the date that follows.
fn before_change(text: &str) -> String {
    let lower = text.to_lowercase();
    let change = CHANGED.iter().filter_map(|word| lower.find(word)).min();
    lower[..change.unwrap_or(lower.len())].to_owned()
}
