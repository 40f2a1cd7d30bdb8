//! Parameters and the values of filters: from what people write to what is meant.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use classifier::{Label, nearest};
use crawler::Publisher;

use super::grammar::{self, is_comma};
use super::tree::{Node, Setting, Settings, Written};
use super::{Query, QueryError, Sort};
use crate::Facet;

/// How many values a filter may have.
const MAX_VALUES: usize = 64;
/// How many characters of a source's id and other values count.
const MAX_VALUE: usize = 200;
/// How many characters of a value are repeated in a note.
const SHOWN: usize = 60;
/// How many notes are kept.
const MAX_NOTES: usize = 16;

/// Languages that have a code of two letters (ISO 639-1, with the older codes that pages still bear).
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
     dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik in io is \
     it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr \
     ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl \
     sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Reads parameters.
pub(super) fn pairs<'a>(
    pairs: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> (Query, Vec<QueryError>) {
    let mut query = Query::default();
    let mut notes = Notes::default();
    let mut words = Vec::new();
    let mut filters = Vec::new();
    for (name, value) in pairs {
        if name == "q" {
            let known = notes.list.len();
            let found = grammar::parse(value, &mut notes);
            let first = visible(value).position(|c| !c.is_whitespace());
            if found.is_none()
                && notes.list.len() == known
                && let Some(first) = first
            {
                let what = format!("there is no word in `{}`", shown(value));
                notes.add_at(Some(first + 1), name, what);
            }
            words.extend(found);
        } else if let Some(field) = Field::parse(name) {
            filters.extend(parameter(field, name, value, &mut notes));
        }
    }
    let mut settings = Settings::default();
    for node in [Node::and(words), Node::and(filters)].into_iter().flatten() {
        node.lift_into(&mut query, &mut settings, &mut notes);
    }
    query.arrange();
    bound(&mut query, &mut notes);
    if let (Some(from), Some(to)) = (query.dates.from, query.dates.to)
        && from >= to
    {
        let what = format!("nothing lies between {} and {}", day(from), day(to));
        notes.add_at(settings.last_date(), "from", what);
    }
    (query, notes.list)
}

/// One parameter: a value, or several parted by commas. A law's name may have commas of its own.
fn parameter(field: Field, name: &str, value: &str, notes: &mut Notes) -> Option<Node> {
    let value: String = visible(value).collect();
    let whole = value.trim();
    if let Field::Facet(facet) = field
        && facet != Facet::Source
        && !whole.is_empty()
        && let Ok(value) = canonical(facet, whole)
    {
        return Some(Node::Filter(facet, vec![value]));
    }
    let value = |text: &str| Value { text: text.to_owned(), place: None };
    let values: Vec<_> = split(whole).into_iter().map(value).collect();
    field.node(name, whole, &values, notes)
}

/// Values parted by commas, some of them in quotation marks.
fn split(text: &str) -> Vec<&str> {
    let mut is_inside = false;
    let parts = text.split(move |c| {
        is_inside ^= is_quote(c);
        is_comma(c) && !is_inside
    });
    parts.map(|part| part.trim().trim_matches(is_quote)).collect()
}

/// A moment as people write it, as far as it says something.
fn day(time: DateTime<Utc>) -> String {
    let form = if time.time() == NaiveTime::MIN { "%Y-%m-%d" } else { "%Y-%m-%dT%H:%M:%SZ" };
    time.format(form).to_string()
}

fn bound(query: &mut Query, notes: &mut Notes) {
    for facet in Facet::ALL {
        let values = query.values(facet);
        if values.len() > MAX_VALUES {
            notes.add(facet.slug(), format!("only the first {MAX_VALUES} values were read"));
        }
        values.iter().skip(MAX_VALUES).for_each(|value| query.remove(facet, value));
    }
}

/// What could not be understood so far.
#[derive(Debug, Default)]
pub(super) struct Notes {
    list: Vec<QueryError>,
    /// Where the part of the words begins that is being read.
    pub(super) place: Option<usize>,
}

impl Notes {
    /// Adds a note on what is being read.
    pub(super) fn add(&mut self, parameter: &str, what: String) {
        self.add_at(self.place, parameter, what);
    }

    /// Adds a note, unless it is there already or there are enough.
    pub(super) fn add_at(&mut self, place: Option<usize>, parameter: &str, what: String) {
        let is_new = |known: &QueryError| known.parameter != parameter || known.what != what;
        if self.list.len() < MAX_NOTES && self.list.iter().all(is_new) {
            self.list.push(QueryError { parameter: parameter.to_owned(), what, place });
        }
    }
}

/// A value of a filter as it was typed, and at which character of the words it begins.
#[derive(Debug)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) place: Option<usize>,
}

/// What can be asked besides words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Facet(Facet),
    From,
    To,
    Policy,
    Sort,
    Widen,
    Fold,
    Meaning,
}

impl Field {
    /// The names of all of them, in the address line and among the words alike.
    pub(super) const NAMES: [&str; 19] = [
        "country",
        "jurisdiction",
        "topic",
        "stage",
        "law",
        "instrument",
        "source",
        "publisher",
        "lang",
        "language",
        "after",
        "from",
        "before",
        "to",
        "policy",
        "sort",
        "widen",
        "fold",
        "meaning",
    ];

    /// Reads a name, in any case.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "jurisdiction" | "country" => Self::Facet(Facet::Jurisdiction),
            "topic" => Self::Facet(Facet::Topic),
            "stage" => Self::Facet(Facet::Stage),
            "instrument" | "law" => Self::Facet(Facet::Instrument),
            "source" => Self::Facet(Facet::Source),
            "publisher" => Self::Facet(Facet::Publisher),
            "language" | "lang" => Self::Facet(Facet::Language),
            "from" | "after" => Self::From,
            "to" | "before" => Self::To,
            "policy" => Self::Policy,
            "sort" => Self::Sort,
            "widen" => Self::Widen,
            "fold" => Self::Fold,
            "meaning" => Self::Meaning,
            _ => return None,
        })
    }

    /// What a filter says. Empty values count as left out; each that is not understood gets a note, which points at the
    /// filter or, where it has several values, at the value.
    pub(super) fn node(
        self,
        name: &str,
        written: &str,
        values: &[Value],
        notes: &mut Notes,
    ) -> Option<Node> {
        let place = notes.place;
        let is_alone = values.len() == 1;
        let fault = |notes: &mut Notes, value: &Value, what| {
            notes.add_at(if is_alone { place } else { value.place }, name, what);
        };
        let values = values.iter().map(|value| (value, value.text.trim()));
        let values = values.filter(|(_, text)| !text.is_empty());
        let Self::Facet(facet) = self else {
            let read = values.filter_map(|(value, text)| {
                let setting = self.setting(text).map_err(|what| fault(notes, value, what));
                Some((setting.ok()?, shown(text)))
            });
            let written =
                |value| Written { text: shown(written), name: name.to_owned(), value, place };
            let settings = read.map(|(setting, value)| Node::Setting(setting, written(value)));
            let settings = settings.collect();
            return Node::and(settings);
        };
        let mut read: Vec<String> = values
            .filter_map(|(value, text)| {
                canonical(facet, text).map_err(|what| fault(notes, value, what)).ok()
            })
            .collect();
        read.sort();
        read.dedup();
        if read.len() > MAX_VALUES {
            notes.add(name, format!("only the first {MAX_VALUES} values were read"));
            read.truncate(MAX_VALUES);
        }
        (!read.is_empty()).then_some(Node::Filter(facet, read))
    }

    /// Whether a text is a value of this filter, and likely meant as one: three letters may be the code of a language or
    /// any word.
    pub(super) fn has(self, text: &str) -> bool {
        match self {
            Self::Facet(Facet::Language) => language(text).is_ok_and(|code| code.len() == 2),
            Self::Facet(facet) => !text.is_empty() && canonical(facet, text).is_ok(),
            _ => self.setting(text).is_ok(),
        }
    }

    fn setting(self, value: &str) -> Result<Setting, String> {
        let one_of =
            |known: &[&str]| format!("`{}` is not one of `{}`", shown(value), known.join("`, `"));
        match (self, value.to_ascii_lowercase().as_str()) {
            (Self::From, _) => date(value).map(Setting::From),
            (Self::To, _) => date(value).map(Setting::To),
            (Self::Policy, "true") => Ok(Setting::Policy(Some(true))),
            (Self::Policy, "false") => Ok(Setting::Policy(Some(false))),
            (Self::Policy, "any") => Ok(Setting::Policy(None)),
            (Self::Policy, _) => Err(one_of(&["true", "false", "any"])),
            (Self::Widen, "true") => Ok(Setting::Widen(true)),
            (Self::Widen, "false") => Ok(Setting::Widen(false)),
            (Self::Fold, "true") => Ok(Setting::Fold(true)),
            (Self::Fold, "false") => Ok(Setting::Fold(false)),
            (Self::Meaning, "true") => Ok(Setting::Meaning(true)),
            (Self::Meaning, "false") => Ok(Setting::Meaning(false)),
            (Self::Widen | Self::Fold | Self::Meaning, _) => Err(one_of(&["true", "false"])),
            (_, "relevance") => Ok(Setting::Sort(Sort::Relevance)),
            (_, "newest") => Ok(Setting::Sort(Sort::Newest)),
            (_, "oldest") => Ok(Setting::Sort(Sort::Oldest)),
            (Self::Sort | Self::Facet(_), _) => Err(one_of(&["relevance", "newest", "oldest"])),
        }
    }
}

/// The canonical form of a filter's value, or what is wrong with it.
fn canonical(facet: Facet, value: &str) -> Result<String, String> {
    match facet {
        Facet::Jurisdiction | Facet::Topic | Facet::Stage | Facet::Instrument => {
            let label = Label::read(facet.slug(), value).map_err(|unknown| unknown.to_string())?;
            Ok(label.value().to_owned())
        }
        Facet::Publisher => publisher(value),
        Facet::Source => source(value),
        Facet::Language => language(value),
    }
}

/// A kind of publisher, by slug or by name.
fn publisher(value: &str) -> Result<String, String> {
    let lower = value.to_lowercase();
    let by_name = || Publisher::ALL.into_iter().find(|known| known.name().to_lowercase() == lower);
    if let Some(known) = Publisher::parse(value).or_else(by_name) {
        return Ok(known.slug().to_owned());
    }
    let slugs = Publisher::ALL.map(Publisher::slug);
    let hint = nearest(value, slugs).map_or_else(
        || format!("use one of `{}`", slugs.join("`, `")),
        |slug| format!("did you mean `{slug}`?"),
    );
    Err(format!("`{}` is not a kind of publisher: {hint}", shown(value)))
}

/// Which sources there are, only the store knows; no id has capitals.
fn source(value: &str) -> Result<String, String> {
    if value.chars().any(is_quote) || value.chars().count() > MAX_VALUE {
        return Err(format!("`{}` is not the id of a source", shown(value)));
    }
    Ok(value.trim().to_ascii_lowercase())
}

/// The primary subtag of a BCP 47 tag. Those of three letters are too many to list.
fn language(value: &str) -> Result<String, String> {
    let primary = value.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let is_known = match primary.len() {
        2 => LANGUAGES.split(' ').any(|known| known == primary),
        length => length == 3 && primary.bytes().all(|byte| byte.is_ascii_lowercase()),
    };
    if is_known {
        return Ok(primary);
    }
    Err(format!(
        "`{}` is not a language: use its code of two or three letters (`en`, `zh`)",
        shown(value)
    ))
}

/// A year or month means its first instant, a day its midnight, UTC.
fn date(value: &str) -> Result<DateTime<Utc>, String> {
    let first = match value.len() {
        4 => format!("{value}-01-01"),
        7 => format!("{value}-01"),
        _ => value.to_owned(),
    };
    let is_day =
        first.len() == 10 && first.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let day = NaiveDate::parse_from_str(&first, "%Y-%m-%d").ok().filter(|_| is_day);
    // A plus sign that was not escaped in an address line has become a blank.
    let instant = || DateTime::parse_from_rfc3339(&value.replace(' ', "+")).ok();
    day.map(|day| day.and_time(NaiveTime::MIN).and_utc())
        .or_else(|| instant().map(|time| time.to_utc()))
        .and_then(|time| DateTime::from_timestamp_millis(time.timestamp_millis()))
        .filter(|time| (1..=9999).contains(&chrono::Datelike::year(time)))
        .ok_or_else(|| {
            format!(
                "`{}` is not a date: use a day (`2017-06-01`), a month (`2017-06`), a year (`2017`) or RFC 3339",
                shown(value)
            )
        })
}

/// A value as a note repeats it.
pub(super) fn shown(value: &str) -> String {
    let short: String = value.chars().take(SHOWN).collect();
    if short.len() < value.len() { format!("{short}…") } else { short }
}

/// The characters that a reader sees: controls are blanks, marks that turn the line are nothing.
pub(super) fn visible(text: &str) -> impl Iterator<Item = char> {
    let is_hidden = |c: &char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().filter(move |c| !is_hidden(c)).map(|c| if c.is_control() { ' ' } else { c })
}

/// Any mark that encloses a phrase.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201f}' | '«' | '»' | '＂' | '「' | '」' | '『' | '』')
}
