//! The form behind a subscription: what was typed, what is wrong with it, and what it means.

use std::borrow::Cow;

use chrono_tz::Tz;
use index::{Query, QueryError, Rhythm, Sort, Subscription};
use url::form_urlencoded;

use super::{Choice, RHYTHMS};
use crate::api::unknown_parameter;
use crate::error::Error;
use crate::jobs::briefing::zone;
use crate::mail::address;

/// The longest query text, in characters.
const QUERY: usize = 2000;

/// The most fields that are read; a search may bring many.
const PAIRS: usize = 200;

/// The hour that is chosen at first.
const HOUR: &str = "7";

/// The fields of a subscription, as a form sends them.
const WISHES: [&str; 4] = ["q", "rhythm", "zone", "hour"];

/// All fields that are sent besides those of a search: these, and the button that was pressed.
const FIELDS: [&str; 6] = ["email", "q", "rhythm", "zone", "hour", "preview"];

/// What a form asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Email,
    Query,
    Rhythm,
    Zone,
    Hour,
}

impl Field {
    /// All, in the order of the form.
    pub(super) const ALL: &'static [Self] =
        &[Self::Email, Self::Query, Self::Rhythm, Self::Zone, Self::Hour];

    /// Those that can be changed later.
    pub(super) const CHANGEABLE: &'static [Self] =
        &[Self::Query, Self::Rhythm, Self::Zone, Self::Hour];

    /// Its name in the form, which is also the place that a fault links to.
    fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Query => "query",
            Self::Rhythm => "rhythm",
            Self::Zone => "zone",
            Self::Hour => "hour",
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Where the field stands on the page.
    pub(super) place: &'static str,
    pub(super) what: String,
}

/// What the fields mean, once all are right.
#[derive(Debug, PartialEq)]
pub(super) struct Wish {
    /// Empty where it was not asked for.
    pub(super) email: String,
    pub(super) query: Query,
    pub(super) rhythm: Rhythm,
    pub(super) zone: String,
    pub(super) hour: u8,
}

/// A form as it was typed.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) email: String,
    /// The query in the query language.
    pub(super) text: String,
    pub(super) rhythm: String,
    pub(super) zone: String,
    pub(super) hour: String,
    pub(super) faults: Vec<Fault>,
    preview: bool,
    /// The first field that was not sent, of those that a subscription has.
    missing: Option<&'static str>,
    /// The first that was sent and that no form has.
    unknown: Option<QueryError>,
    query: Query,
    errors: Vec<QueryError>,
}

impl Form {
    /// Reads a form's body or an address line, which may carry the parameters of a search.
    pub(super) fn read(raw: &[u8]) -> Self {
        let bounded = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
            (name.into_owned(), value.chars().take(QUERY + 1).collect::<String>())
        };
        let pairs: Vec<_> = form_urlencoded::parse(raw).take(PAIRS).map(bounded).collect();
        let field = |name: &str| {
            let found = pairs.iter().find(|(key, _)| key == name);
            found.map_or_else(String::new, |(_, value)| value.clone())
        };
        let or = |text: String, default: &str| {
            if text.trim().is_empty() { default.to_owned() } else { text }
        };
        let is_sent = |name: &str| pairs.iter().any(|(sent, _)| sent == name);
        let (query, text, errors) = read_query(&pairs);
        Self {
            email: field("email"),
            text,
            rhythm: or(field("rhythm"), Rhythm::Daily.slug()),
            zone: or(field("zone"), Tz::UTC.name()),
            hour: or(field("hour"), HOUR),
            faults: Vec::new(),
            preview: is_sent("preview"),
            missing: WISHES.into_iter().find(|name| !is_sent(name)),
            unknown: pairs.iter().find_map(|(name, _)| unknown_parameter(name, &FIELDS)),
            query,
            errors,
        }
    }

    /// The form of a subscription as it stands.
    pub(super) fn of(subscription: &Subscription) -> Self {
        Self {
            email: subscription.email.clone(),
            text: subscription.query.to_text(),
            rhythm: subscription.rhythm.slug().to_owned(),
            zone: subscription.zone.clone(),
            hour: subscription.hour.to_string(),
            faults: Vec::new(),
            preview: false,
            missing: None,
            unknown: None,
            query: subscription.query.clone(),
            errors: Vec::new(),
        }
    }

    /// Whether the button was pressed that only shows what the query finds.
    pub(super) fn previews(&self) -> bool {
        self.preview
    }

    /// The first field that was not sent at all: whoever sends less than a form has does not say what is wanted.
    pub(super) fn missing(&self) -> Option<&'static str> {
        self.missing
    }

    /// Sees that nothing was sent that would be passed over, and more be told of than was meant.
    ///
    /// # Errors
    /// [`Error::BadRequest`] with the name of the first field that no form has.
    pub(super) fn known(&self) -> Result<(), Error> {
        let Some(QueryError { parameter, what, .. }) = &self.unknown else { return Ok(()) };
        let what = what.replace("parameter", "field");
        Err(Error::BadRequest(format!("`{parameter}`: {what}")))
    }

    /// What could be understood of the query.
    pub(super) fn query(&self) -> &Query {
        &self.query
    }

    /// What could not.
    pub(super) fn errors(&self) -> &[QueryError] {
        &self.errors
    }

    /// Looks at these fields together.
    ///
    /// # Errors
    /// With every fault, in the order of the form.
    pub(super) fn check(&self, fields: &[Field]) -> Result<Wish, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut fault = |field: Field, what: String| {
            if fields.contains(&field) {
                faults.push(Fault { place: field.name(), what });
            }
        };
        let email = address::read(&self.email).unwrap_or_else(|what| {
            fault(Field::Email, capital(what));
            String::new()
        });
        for error in &self.errors {
            fault(Field::Query, error.to_string());
        }
        if self.text.chars().count() > QUERY {
            fault(Field::Query, format!("The search is longer than {QUERY} characters"));
        }
        let rhythm = Rhythm::parse(&self.rhythm).unwrap_or_else(|| {
            fault(Field::Rhythm, "Choose how often briefings should come".to_owned());
            Rhythm::Daily
        });
        let zone = zone(&self.zone).unwrap_or_else(|| {
            let what = "There is no such time zone; they have names like Europe/Berlin";
            fault(Field::Zone, what.to_owned());
            Tz::UTC
        });
        let hour = hour(&self.hour).unwrap_or_else(|| {
            fault(Field::Hour, "Choose an hour from 0 to 23".to_owned());
            0
        });
        let (query, zone) = (self.query.clone(), zone.name().to_owned());
        if faults.is_empty() { Ok(Wish { email, query, rhythm, zone, hour }) } else { Err(faults) }
    }

    /// What is wrong with a field, if anything is; `place` is its name in the page.
    pub(super) fn fault(&self, place: &str) -> Option<&str> {
        let fault = self.faults.iter().find(|fault| fault.place == place);
        fault.map(|fault| fault.what.as_str())
    }

    /// What a form may choose from.
    pub(super) fn rhythms(&self) -> impl Iterator<Item = &'static Choice> {
        RHYTHMS.iter()
    }

    /// `0` to `23`.
    pub(super) fn hours(&self) -> impl Iterator<Item = String> {
        (0..24).map(|hour: u8| hour.to_string())
    }

    /// The names of all zones.
    pub(super) fn zones(&self) -> impl Iterator<Item = &'static str> {
        chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name())
    }
}

/// The query, its text as the form shows it, and what is wrong with it. What has faults stays as it was typed.
fn read_query(pairs: &[(String, String)]) -> (Query, String, Vec<QueryError>) {
    let all = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (query, errors) = Query::from_pairs(all.clone());
    // A briefing has an order of its own.
    let query = Query { sort: Sort::default(), ..query };
    let typed: Vec<_> =
        all.clone().filter(|(name, _)| *name == "q").map(|(_, q)| q.trim()).collect();
    let typed = typed.join(" ");
    if errors.is_empty() || typed.is_empty() {
        let text = query.to_text();
        return (query, text, errors);
    }
    let (filters, _) = Query::from_pairs(all.filter(|(name, _)| *name != "q"));
    let filters = Query { sort: Sort::default(), ..filters }.to_text();
    (query, format!("{filters} {typed}").trim().to_owned(), errors)
}

/// `7`, `07` or `07:00`.
fn hour(text: &str) -> Option<u8> {
    let text = text.trim();
    let hour: u8 = text.strip_suffix(":00").unwrap_or(text).parse().ok()?;
    (hour < 24).then_some(hour)
}

/// A sentence's beginning.
fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}
