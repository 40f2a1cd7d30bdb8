//! Pages per jurisdiction, topic and law: what it is, what is newest under it, what stands beside it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use chrono::NaiveDate;
use classifier::{Day, Instrument, Jurisdiction, Milestone, Status, Topic};
use index::{Facet, FacetCount, Paging, Query, Sort};

use super::home::{Counted, counted};
use super::picture::Picture;
use super::rows::{Link, Row};
use super::timeline::Step;
use super::{Chrome, dates, moved, page, with_query};
use crate::app::App;
use crate::error::Error;
use crate::forwarded::Origin;
use crate::timeline;

const JURISDICTIONS: &str =
    "Whose law or policy it is: the state whose rule, regulator or court is acting.";
const TOPICS: &str = "What the codebook asks about; an item has one to four of them.";

/// Items on one of these pages, and on one with a timeline beneath them.
const LENGTH: usize = 20;
const LENGTH_BEFORE_TIMELINE: usize = 8;
/// Neighbours of a kind.
const VALUES: usize = 10;
/// Days in the picture, most of which are before the first item.
const DAYS: usize = 9_132;

#[derive(Template)]
#[template(path = "list.html")]
struct ListPage {
    chrome: Chrome,
    title: &'static str,
    lead: &'static str,
    groups: Vec<ListGroup>,
}

struct ListGroup {
    name: String,
    entries: Vec<ListEntry>,
}

struct ListEntry {
    link: Link,
    note: String,
    count: u64,
}

#[derive(Template)]
#[template(path = "subject.html")]
struct SubjectPage {
    chrome: Chrome,
    kind: Link,
    title: String,
    lead: String,
    facts: Vec<Fact>,
    timeline: Vec<Step>,
    picture: Option<Picture>,
    total: u64,
    /// How many rows there are in all.
    stories: u64,
    rows: Vec<Row>,
    all: String,
    subscribe: String,
    neighbours: Vec<Neighbours>,
}

struct Fact {
    name: &'static str,
    links: Vec<Link>,
    lines: Vec<String>,
}

impl Fact {
    fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, links: Vec::new(), lines: vec![text.into()] }
    }

    fn list(name: &'static str, lines: Vec<String>) -> Option<Self> {
        (!lines.is_empty()).then_some(Self { name, links: Vec::new(), lines })
    }

    fn links(name: &'static str, links: Vec<Link>) -> Option<Self> {
        (!links.is_empty()).then_some(Self { name, links, lines: Vec::new() })
    }
}

struct Neighbours {
    name: &'static str,
    values: Vec<Counted>,
}

/// `GET /jurisdictions`.
pub(super) async fn jurisdictions(
    State(app): State<App>,
    origin: Origin,
) -> Result<Response, Error> {
    let counts = counts(&app, Facet::Jurisdiction).await?;
    let laws: HashMap<Jurisdiction, usize> = Instrument::all()
        .flat_map(|law| law.jurisdictions())
        .fold(HashMap::new(), |mut laws, jurisdiction| {
            *laws.entry(*jurisdiction).or_default() += 1;
            laws
        });
    let entry = |jurisdiction: Jurisdiction| ListEntry {
        link: Link::jurisdiction(jurisdiction),
        note: laws.get(&jurisdiction).map(|laws| plural(*laws, "law")).unwrap_or_default(),
        count: counts.get(jurisdiction.code()).copied().unwrap_or(0),
    };
    let mut entries: Vec<_> = Jurisdiction::all().map(entry).collect();
    entries.retain(|entry| entry.count > 0 || !entry.note.is_empty());
    let (mut busy, quiet): (Vec<_>, Vec<_>) =
        entries.into_iter().partition(|entry| entry.count > 0);
    busy.sort_by_key(|entry| std::cmp::Reverse(entry.count));
    page(&ListPage {
        chrome: Chrome::new("/jurisdictions").at(&origin, "/jurisdictions", JURISDICTIONS),
        title: "Jurisdictions",
        lead: JURISDICTIONS,
        groups: vec![
            ListGroup { name: "With items".to_owned(), entries: busy },
            ListGroup { name: "With laws in the register only".to_owned(), entries: quiet },
        ],
    })
}

/// `GET /topics`.
pub(super) async fn topics(State(app): State<App>, origin: Origin) -> Result<Response, Error> {
    let counts = counts(&app, Facet::Topic).await?;
    let entries = Topic::ALL.map(|topic| ListEntry {
        link: Link::topic(topic),
        note: topic.description().to_owned(),
        count: counts.get(topic.slug()).copied().unwrap_or(0),
    });
    page(&ListPage {
        chrome: Chrome::new("/topics").at(&origin, "/topics", TOPICS),
        title: "Topics",
        lead: TOPICS,
        groups: vec![ListGroup { name: String::new(), entries: entries.into() }],
    })
}

/// Items about policy under each value of a facet.
pub(super) async fn counts(app: &App, facet: Facet) -> Result<HashMap<String, u64>, Error> {
    let none = Paging { limit: 0, cursor: None };
    let found = app.index.search(&Query::default(), &none, &[facet], None).await?;
    let counts = found.facets.into_iter().flat_map(|(_, counts)| counts);
    Ok(counts.map(|FacetCount { value, count }| (value, count)).collect())
}

/// `GET /jurisdictions/{code}`.
pub(super) async fn jurisdiction(
    State(app): State<App>,
    origin: Origin,
    Path(code): Path<String>,
) -> Result<Response, Error> {
    // A name is as good as the code.
    let named = || Jurisdiction::all().find(|one| one.name().eq_ignore_ascii_case(&code));
    let found = Jurisdiction::parse(&code).or_else(named);
    let found = found.ok_or_else(|| Error::missing("jurisdiction", &code))?;
    if found.code() != code {
        return Ok(moved(&format!("/jurisdictions/{}", found.code())));
    }
    let parts = Jurisdiction::all().filter(|part| part.parent() == Some(found));
    let laws = Instrument::all().filter(|law| law.jurisdictions().contains(&found));
    let facts = [
        Fact::links("Part of", found.parent().map(Link::jurisdiction).into_iter().collect()),
        Fact::links("Laws in the register", laws.map(Link::law).collect()),
        Fact::links("Parts with law of their own", parts.map(Link::jurisdiction).collect()),
    ];
    let subject = Subject {
        kind: Link::new("/jurisdictions".to_owned(), "Jurisdictions"),
        title: found.name().to_owned(),
        lead: format!("{} · code {}", "What its rules, regulators and courts do", found.code()),
        facts: facts.into_iter().flatten().collect(),
        timeline: Vec::new(),
        query: Query { jurisdictions: vec![found], ..Query::default() },
        beside: [Facet::Topic, Facet::Stage, Facet::Instrument],
    };
    subject.page(&app, &origin, ("/jurisdictions", found.code())).await
}

/// `GET /topics/{slug}`.
pub(super) async fn topic(
    State(app): State<App>,
    origin: Origin,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let found = Topic::parse(&slug).ok_or_else(|| Error::missing("topic", &slug))?;
    if found.slug() != slug {
        return Ok(moved(&format!("/topics/{}", found.slug())));
    }
    let laws = Instrument::all().filter(|law| law.topics().contains(&found));
    let subject = Subject {
        kind: Link::new("/topics".to_owned(), "Topics"),
        title: found.name().to_owned(),
        lead: found.description().to_owned(),
        facts: Fact::links("Laws in the register", laws.map(Link::law).collect())
            .into_iter()
            .collect(),
        timeline: Vec::new(),
        query: Query { topics: vec![found], ..Query::default() },
        beside: [Facet::Jurisdiction, Facet::Stage, Facet::Instrument],
    };
    subject.page(&app, &origin, ("/topics", found.slug())).await
}

/// `GET /laws/{slug}`.
pub(super) async fn law(
    State(app): State<App>,
    origin: Origin,
    Path(slug): Path<String>,
) -> Result<Response, Error> {
    let found = Instrument::all().find(|law| law.slug() == slug);
    let Some(found) = found else {
        // A name or an alias is as good as the slug.
        let known = Instrument::parse(&slug).ok_or_else(|| Error::missing("law", &slug))?;
        return Ok(moved(&format!("/laws/{}", known.slug())));
    };
    let events = timeline::of(app.index.store(), found).await?;
    let days = found.days();
    let today = app.now().date_naive();
    let aliases = found.aliases().join(" · ");
    let facts = [
        Fact::links(
            "Jurisdiction",
            found.jurisdictions().iter().map(|home| Link::jurisdiction(*home)).collect(),
        ),
        Fact::links("Topics", found.topics().iter().map(|topic| Link::topic(*topic)).collect()),
        Some(Fact::text("Status", status(found, today))),
        days.proposed.map(|day| Fact::text("Proposed", known_day(day))),
        days.adopted.map(|day| Fact::text("Adopted", known_day(day))),
        days.in_force.map(|day| {
            let name = if day.date > today { "Takes effect" } else { "In force" };
            Fact::text(name, known_day(day))
        }),
        Fact::list("Milestones", found.milestones().iter().map(milestone).collect()),
        (!aliases.is_empty()).then(|| Fact::text("Also known as", aliases)),
        Fact::links("Beside it in the register", beside(found).map(Link::law).collect()),
    ];
    let subject = Subject {
        kind: Link::new("/laws".to_owned(), "Laws"),
        title: found.name().to_owned(),
        lead: standing(found, today),
        facts: facts.into_iter().flatten().collect(),
        timeline: Step::all(&events, today),
        query: Query { instruments: vec![found], ..Query::default() },
        beside: [Facet::Topic, Facet::Stage, Facet::Publisher],
    };
    subject.page(&app, &origin, ("/laws", found.slug())).await
}

/// Where a law stands, in a sentence.
fn standing(law: Instrument, today: NaiveDate) -> String {
    let homes = law.jurisdictions().iter().map(|home| home.name());
    let homes = homes.collect::<Vec<_>>().join(", ");
    let about = law.topics().iter().map(|topic| topic.name().to_lowercase());
    let about = about.collect::<Vec<_>>().join(", ");
    format!("{homes} · {} · {about}", status(law, today))
}

/// Where a law is in its life. What has been made says when it takes effect, as long as that is ahead.
pub(super) fn status(law: Instrument, today: NaiveDate) -> String {
    let name = law.status().name();
    let ahead = law.days().in_force.filter(|day| day.date > today);
    match (law.status(), ahead) {
        (Status::InForce, Some(day)) => format!("Takes effect {}", known_day(day)),
        (Status::Adopted, Some(day)) => format!("{name}, takes effect {}", known_day(day)),
        _ => name.to_owned(),
    }
}

/// A day of the register, with its doubt.
fn known_day(day: Day) -> String {
    let shown = dates::day(day.date);
    if day.sure { shown } else { format!("{shown} (not sure)") }
}

fn milestone(milestone: &Milestone) -> String {
    format!("{}: {}", known_day(milestone.day), milestone.what)
}

/// Laws of the same states about the same things.
fn beside(law: Instrument) -> impl Iterator<Item = Instrument> {
    Instrument::all().filter(move |other| {
        *other != law
            && other.jurisdictions().iter().any(|home| law.jurisdictions().contains(home))
            && other.topics().iter().any(|topic| law.topics().contains(topic))
    })
}

/// What a jurisdiction's, a topic's and a law's page are made of.
struct Subject {
    kind: Link,
    title: String,
    lead: String,
    facts: Vec<Fact>,
    timeline: Vec<Step>,
    query: Query,
    beside: [Facet; 3],
}

impl Subject {
    async fn page(
        self,
        app: &App,
        origin: &Origin,
        (active, name): (&'static str, &str),
    ) -> Result<Response, Error> {
        let query = Query { sort: Sort::Newest, ..self.query };
        let limit = if self.timeline.is_empty() { LENGTH } else { LENGTH_BEFORE_TIMELINE };
        let paging = Paging { limit, cursor: None };
        let found = app.index.find(&query, &paging, &self.beside, None).await?;
        let counts = app.index.per_day(&query, DAYS, app.now())?;
        let neighbours = self.beside.map(|facet| {
            // A count is that of both together, and so is what its link finds.
            let both = query.toggles(facet);
            let href = |value: &str| format!("/search?{}", both.with(value));
            let mut values = counted(&found.facets, facet, VALUES, href);
            values.retain(|value| value.link.text != self.title);
            Neighbours { name: neighbours_title(facet), values }
        });
        let description = format!("{}: news, rules and facts. {}", self.title, self.lead);
        let chrome = Chrome::new(active).with_query(&query);
        page(&SubjectPage {
            chrome: chrome.at(origin, &format!("{active}/{name}"), description),
            kind: self.kind,
            title: self.title,
            lead: self.lead,
            facts: self.facts,
            timeline: self.timeline,
            picture: Picture::over_time(&counts, app.now().date_naive()),
            total: found.total,
            stories: found.stories,
            rows: Row::all(&query, found.rows),
            all: with_query("/search", &query),
            subscribe: with_query("/subscribe", &query),
            neighbours: neighbours.into_iter().filter(|part| !part.values.is_empty()).collect(),
        })
    }
}

fn neighbours_title(facet: Facet) -> &'static str {
    match facet {
        Facet::Jurisdiction => "By jurisdiction",
        Facet::Topic => "By topic",
        Facet::Stage => "By stage",
        Facet::Instrument => "Laws in these items",
        Facet::Source => "By source",
        Facet::Publisher => "By publisher",
        Facet::Language => "By language",
    }
}

/// `1 law`, `2 laws`.
pub(super) fn plural(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
