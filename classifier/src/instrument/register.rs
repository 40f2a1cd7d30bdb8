//! The register itself: read from its file once, checked, and found by any name.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Day, Days, Instrument, Milestone, Status};
use crate::fold::folded;
use crate::{Error, Jurisdiction, Topic, data};

const FILE: &str = "classifier/data/instruments.toml";
const TEXT: &str = include_str!("../../data/instruments.toml");

/// One law, as the accessors of [`Instrument`] give it.
#[derive(Debug)]
pub(crate) struct Law {
    pub(super) slug: String,
    pub(super) name: String,
    pub(super) aliases: Vec<String>,
    pub(super) ambiguous: Vec<String>,
    pub(super) jurisdictions: Vec<Jurisdiction>,
    pub(super) topics: Vec<Topic>,
    pub(super) status: Status,
    pub(super) days: Days,
    pub(super) milestones: Vec<Milestone>,
}

/// All laws by name, and the way to them from slug, name and alias.
#[derive(Debug)]
pub(crate) struct Register {
    pub(super) laws: Vec<Law>,
    pub(super) by_name: HashMap<String, Instrument>,
}

#[expect(clippy::expect_used, reason = "the register is built in, and a test reads all of it")]
pub(super) static REGISTER: LazyLock<Register> =
    LazyLock::new(|| register(TEXT).expect("the built-in register is sound"));

#[derive(Debug, Deserialize)]
struct File {
    instrument: Vec<Spanned<Row>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    ambiguous: Vec<String>,
    jurisdictions: Vec<Jurisdiction>,
    topics: Vec<Topic>,
    status: Status,
    proposed: Option<Day>,
    adopted: Option<Day>,
    in_force: Option<Day>,
    #[serde(default)]
    milestones: Vec<Event>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Event {
    date: Day,
    what: String,
}

impl<'de> Deserialize<'de> for Day {
    /// Reads `2017-06-01`, or `2017-06-01?` for a day that is not sure.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let sure = !text.ends_with('?');
        let date = NaiveDate::parse_from_str(text.trim_end_matches('?'), "%Y-%m-%d")
            .map_err(|fault| serde::de::Error::custom(format!("`{text}` is no day: {fault}")))?;
        Ok(Self { date, sure })
    }
}

/// A fault in a name of the register, by the line on which it first is.
pub(crate) fn fault(word: &str, what: &str) -> Error {
    data::fault(FILE, TEXT, TEXT.find(&format!("\"{word}\"")).unwrap_or_default(), what)
}

/// Reads and checks the register.
fn register(text: &str) -> Result<Register, Error> {
    let mut rows = data::read::<File>(FILE, text)?.instrument;
    rows.sort_by_cached_key(|row| row.get_ref().name.to_lowercase());
    let mut by_name = HashMap::new();
    let mut laws = Vec::with_capacity(rows.len());
    for (number, row) in rows.into_iter().enumerate() {
        let at = row.span().start;
        let fault = |what: &str| data::fault(FILE, text, at, what);
        let id = u16::try_from(number).map_err(|_| fault("too many instruments"))?;
        let law = law(row.into_inner());
        if law.jurisdictions.is_empty() || law.topics.is_empty() {
            return Err(fault("a law needs a jurisdiction and a topic"));
        }
        let names = std::iter::once(&law.slug).chain([&law.name]).chain(&law.aliases);
        for name in names {
            let before = by_name.insert(name_key(name), Instrument(id));
            if before.is_some_and(|other| other != Instrument(id)) {
                return Err(fault(&format!("`{name}` is another law's name too")));
            }
        }
        laws.push(law);
    }
    for law in &laws {
        if let Some(name) = law.ambiguous.iter().find(|name| by_name.contains_key(&name_key(name)))
        {
            return Err(Error { file: FILE, what: format!("`{name}` is both ambiguous and not") });
        }
    }
    Ok(Register { laws, by_name })
}

fn law(row: Row) -> Law {
    let milestones =
        row.milestones.into_iter().map(|event| Milestone { day: event.date, what: event.what });
    Law {
        slug: slug(&row.name),
        name: row.name,
        aliases: row.aliases,
        ambiguous: row.ambiguous,
        jurisdictions: row.jurisdictions,
        topics: row.topics,
        status: row.status,
        days: Days { proposed: row.proposed, adopted: row.adopted, in_force: row.in_force },
        milestones: milestones.collect(),
    }
}

/// Lower-case ASCII letters and digits, all else one hyphen; accents are dropped.
fn slug(name: &str) -> String {
    let plain = name.nfkd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    let words = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// What two spellings of one name share: width, case, accents and spacing do not count.
pub(crate) fn name_key(name: &str) -> String {
    // No name in the register is longer; a hostile value must not cost more than a look.
    folded(&name.chars().take(300).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{register, slug};

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slug("China MLPS 2.0"), "china-mlps-2-0");
        assert_eq!(slug("Loi « Informatique et Libertés »"), "loi-informatique-et-libertes");
    }

    #[test]
    fn faults_name_their_line() {
        let row = |name: &str, alias: &str| {
            format!(
                "[[instrument]]\nname = \"{name}\"\naliases = [\"{alias}\"]\njurisdictions = [\"CN\"]\n\
                 topics = [\"encryption\"]\nstatus = \"in-force\"\n"
            )
        };
        let text = row("One", "Same") + &row("Two", "same");
        let fault = register(&text).unwrap_err();
        assert!(fault.what.contains("line 7") && fault.what.contains("another law's"), "{fault}");
        let unknown = row("One", "x").replace("encryption", "encription");
        let fault = register(&unknown).unwrap_err();
        assert!(fault.what.contains("encription") && fault.what.contains("line 5"), "{fault}");
    }
}
