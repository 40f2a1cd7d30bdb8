//! When a page was published and last changed.

mod address;
mod names;
mod script;
mod visible;
mod zone;

use chrono::{DateTime, Datelike, TimeDelta};
use url::Url;

use self::names::{ASIDE, COMMENT_COUNTS, LIKE_PUBLISHED, MODIFIED, PUBLISHED};
use super::{Facts, mark};
use crate::Moment;
use crate::date::{self, Order};
use crate::extract::outline::{Outline, Value};

/// Attributes in which an element says its date to machines.
const MACHINE: [&str; 10] = [
    "datetime",
    "content",
    "data-datetime",
    "data-date",
    "title",
    "data-timestamp",
    "data-time",
    "data-utime",
    "timestamp",
    "time",
];
/// A longer meta tag is a text.
const MAX_META: usize = 60;
/// The years in which a page can have been published on the web.
const YEARS: std::ops::RangeInclusive<i32> = 1993..=2100;
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
    url: Option<&'b Url>,
    headline: Option<usize>,
    order: Order,
}

pub(super) fn find(
    outline: &Outline<'_>,
    facts: &Facts<'_>,
    url: Option<&Url>,
    headline: Option<usize>,
) -> Dates {
    let search = Search { outline, facts, url, headline, order: order(facts, url) };
    let in_address = search.in_address();
    let modified = search
        .json(facts.json.modified.as_ref())
        .or_else(|| search.metas(&MODIFIED))
        .or_else(|| search.property("dateModified"));
    let published = search
        .revision()
        .or_else(|| search.json(facts.json.published.as_ref()))
        .or_else(|| search.metas(&PUBLISHED))
        .or_else(|| search.property("datePublished"))
        .map(|found| search.on_its_own_day(found, in_address))
        .or_else(|| search.tagged())
        .or(in_address)
        .or_else(|| search.like_published())
        .or_else(|| search.near_headline())
        .or_else(|| search.marked())
        .or_else(|| search.in_scripts())
        .or_else(|| search.written())
        .or(modified)
        .or_else(|| search.changed())
        .or_else(|| search.in_picture())
        .or_else(|| search.told());
    Dates { published, modified }
}

fn is_sane(moment: &Moment) -> bool {
    YEARS.contains(&moment.day().year())
}

/// Americans write the month first; so do pages in English that do not say of where they are.
fn order(facts: &Facts<'_>, url: Option<&Url>) -> Order {
    let language = facts.language.unwrap_or_default().to_ascii_lowercase();
    let american = matches!(language.as_str(), "en-us" | "en_us" | "en" | "en-ca" | "en-ph");
    let host = url.and_then(Url::host_str).unwrap_or_default();
    let elsewhere = [".uk", ".au", ".nz", ".ie", ".in", ".za", ".eu", ".de", ".sg", ".my"]
        .iter()
        .any(|end| host.ends_with(end));
    if american && !elsewhere { Order::MonthFirst } else { Order::DayFirst }
}

/// Seconds or thousandths since 1970, from 1996 on.
fn seconds(text: &str) -> Option<Moment> {
    let count: i64 = text.parse().ok()?;
    let count = match text.len() {
        9 | 10 => count,
        12 | 13 => count / 1000,
        _ => return None,
    };
    let time = DateTime::from_timestamp(count, 0).filter(|time| time.year() >= 1996)?;
    Some(Moment::Time(time.fixed_offset()))
}

/// What an element says to machines.
fn machine<'a>(outline: &Outline<'a>, at: usize) -> Option<&'a str> {
    MACHINE.iter().find_map(|name| outline.attr(at, name).filter(|value| value.len() >= 6))
}

impl Search<'_, '_> {
    fn read(&self, text: &str) -> Option<Moment> {
        date::find(text, self.order).filter(is_sane)
    }

    /// What is meant for machines may also be a number of seconds or thousandths.
    fn read_machine(&self, text: &str) -> Option<Moment> {
        self.read(text).or_else(|| seconds(text.trim()).filter(is_sane))
    }

    fn json(&self, text: Option<&String>) -> Option<Moment> {
        self.read_machine(text?)
    }

    fn metas(&self, keys: &[&str]) -> Option<Moment> {
        keys.iter().find_map(|key| {
            let mut contents = self.facts.metas.iter().filter(|(name, _)| name == key);
            contents.find_map(|(_, content)| self.read_machine(content))
        })
    }

    /// Meta tags of a vocabulary of their own.
    fn like_published(&self) -> Option<Moment> {
        let like = |name: &str| {
            LIKE_PUBLISHED.iter().any(|part| name.contains(part))
                && !["modif", "update", "expir", "publisher"].iter().any(|part| name.contains(part))
        };
        let mut metas = self.facts.metas.iter().filter(|(name, _)| like(name));
        metas.find_map(|(_, content)| {
            self.read_machine(content).filter(|_| content.len() <= MAX_META)
        })
    }

    fn value(&self, at: usize) -> Option<Moment> {
        let said = machine(self.outline, at).and_then(|text| self.read_machine(text));
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

    /// The day on which the publisher says that it was: a time in UTC may lie on another one than its address has, and
    /// the machine's date is sometimes that of the first draft, a day or two away from the one that readers see.
    fn on_its_own_day(&self, found: Moment, in_address: Option<Moment>) -> Moment {
        let Moment::Time(time) = found else { return found };
        let today = time.date_naive();
        if in_address.is_some_and(|day| day.day() == today) {
            return found;
        }
        let is_utc = time.offset().local_minus_utc() == 0;
        let within = |days: i64, other: &Moment| {
            let apart = (other.day() - today).abs();
            apart > TimeDelta::zero() && apart <= TimeDelta::days(days)
        };
        let seen = self.near_headline_beside(found);
        let other =
            in_address.filter(|day| is_utc && within(1, day)).or(seen.filter(|day| within(2, day)));
        if let Some(other) = other {
            return Moment::Day(other.day());
        }
        let is_shown = seen.is_some_and(|day| day.day() == today) || !is_utc;
        let language = self.facts.language.unwrap_or_default();
        let local = || zone::local(time, language, self.url).filter(|it| it.date_naive() > today);
        if is_shown { found } else { local().map_or(found, Moment::Time) }
    }

    /// The page's address, or the one that it says is its own.
    fn in_address(&self) -> Option<Moment> {
        let own = self.url.and_then(address::day);
        own.or_else(|| {
            let named = self.facts.canonical.or_else(|| self.facts.meta(&["og:url"]))?;
            address::day(&Url::parse(named).ok()?)
        })
    }

    /// The picture that stands for the page was put there about when the page was.
    fn in_picture(&self) -> Option<Moment> {
        address::day(&Url::parse(self.facts.meta(&["og:image", "twitter:image"])?).ok()?)
    }

    /// What the page hands to its own scripts.
    fn in_scripts(&self) -> Option<Moment> {
        let texts =
            self.facts.scripts.iter().filter_map(|at| match self.outline.at(at + 1).value {
                Value::Text(text) => Some(text),
                Value::Element(_) => None,
            });
        let texts: Vec<&str> = texts.collect();
        script::values(&texts).into_iter().find_map(|value| self.read_machine(value))
    }

    /// A state of a wiki's page is as old as the change that led to it.
    fn revision(&self) -> Option<Moment> {
        self.url.filter(|url| address::is_revision(url))?;
        let places = || self.facts.dates.iter().copied();
        let at = |id: &str| places().find(|at| self.outline.attr(*at, "id") == Some(id));
        ["mw-diff-ntitle1", "mw-revision-date"].iter().find_map(|id| {
            let line = self.outline.line(at(id)?, 200);
            self.read(&line)
        })
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
            let is_counter = || COMMENT_COUNTS.iter().any(|word| mark.contains(word));
            matches!(self.outline.name(around), "aside" | "nav" | "blockquote")
                || words
                    .iter()
                    .any(|word| mark.contains(word) && !(*word == "comment" && is_counter()))
        })
    }
}
