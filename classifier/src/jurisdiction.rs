//! `Jurisdiction`: whose law it is; ISO 3166-1 and 3166-2, `EU`, `INT`.

use std::collections::HashMap;
use std::sync::LazyLock;

use toml::Spanned;

use crate::wire::as_text;
use crate::{Error, data};

const FILE: &str = "classifier/data/jurisdictions.toml";
const TEXT: &str = include_str!("../data/jurisdictions.toml");

/// A handle into the built-in table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Jurisdiction(u16);

impl Jurisdiction {
    /// All, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).map(Self).take(TABLE.rows.len())
    }

    /// `CN`, `US-CA`, `EU`, `INT`.
    pub fn code(self) -> &'static str {
        &self.row().code
    }

    /// The name that readers see (`China`, `California`).
    pub fn name(self) -> &'static str {
        &self.row().name
    }

    /// Other names, in many languages; `~` at the end of one stands for up to three more letters (inflection).
    pub fn names(self) -> &'static [String] {
        &self.row().names
    }

    /// The state above a subdivision.
    pub fn parent(self) -> Option<Self> {
        self.code().split_once('-').and_then(|(state, _)| Self::parse(state))
    }

    /// The body above states whose law binds it as well.
    pub(crate) fn union(self) -> Option<Self> {
        self.row().union.as_deref().and_then(Self::parse)
    }

    /// Reads a code, in any case; `UK` is `GB`.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim().to_ascii_uppercase();
        let code = if code == "UK" { "GB" } else { &code };
        TABLE.by_code.get(code).copied()
    }

    /// The words that stand for it in a text: names, what belongs to it, seats of government.
    pub(crate) fn words(self) -> Words {
        let row = self.row();
        Words {
            names: &row.names,
            demonyms: &row.demonyms,
            capitals: &row.capitals,
            signs: &row.signs,
        }
    }

    fn row(self) -> &'static Row {
        &TABLE.rows[usize::from(self.0)]
    }
}

as_text!(Jurisdiction, code, "jurisdiction");

/// The words of one jurisdiction, besides its name; how they are matched is said in the data file.
pub(crate) struct Words {
    pub(crate) names: &'static [String],
    pub(crate) demonyms: &'static [String],
    pub(crate) capitals: &'static [String],
    pub(crate) signs: &'static [String],
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    code: String,
    name: String,
    union: Option<String>,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    demonyms: Vec<String>,
    #[serde(default)]
    capitals: Vec<String>,
    #[serde(default)]
    signs: Vec<String>,
}

#[derive(Debug, serde::Deserialize)]
struct File {
    jurisdiction: Vec<Spanned<Row>>,
}

#[derive(Debug)]
struct Table {
    rows: Vec<Row>,
    by_code: HashMap<String, Jurisdiction>,
}

#[expect(clippy::expect_used, reason = "the table is built in, and a test reads all of it")]
static TABLE: LazyLock<Table> = LazyLock::new(|| table(TEXT).expect("the built-in table is sound"));

/// A fault in a word of the table, by the line on which it first is.
pub(crate) fn fault(word: &str, what: &str) -> Error {
    data::fault(FILE, TEXT, TEXT.find(&format!("\"{word}\"")).unwrap_or_default(), what)
}

/// Reads and checks the table.
fn table(text: &str) -> Result<Table, Error> {
    let mut rows = data::read::<File>(FILE, text)?.jurisdiction;
    rows.sort_by(|a, b| a.get_ref().name.cmp(&b.get_ref().name));
    let mut by_code = HashMap::new();
    for (number, row) in rows.iter().enumerate() {
        let fault = |what: &str| data::fault(FILE, text, row.span().start, what);
        let number = u16::try_from(number).map_err(|_| fault("too many jurisdictions"))?;
        if by_code.insert(row.get_ref().code.clone(), Jurisdiction(number)).is_some() {
            return Err(fault("the code is there twice"));
        }
    }
    for row in &rows {
        let parent = row.get_ref().code.split_once('-').map(|(state, _)| state);
        if parent.is_some_and(|state| !by_code.contains_key(state)) {
            return Err(data::fault(FILE, text, row.span().start, "its state is not there"));
        }
        let union = row.get_ref().union.as_ref();
        if union.is_some_and(|union| !by_code.contains_key(union)) {
            return Err(data::fault(FILE, text, row.span().start, "its union is not there"));
        }
    }
    let rows = rows.into_iter().map(Spanned::into_inner).collect();
    Ok(Table { rows, by_code })
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn faults_name_their_line() {
        let twice = "[[jurisdiction]]\ncode = \"CN\"\nname = \"China\"\n\n[[jurisdiction]]\ncode = \"CN\"\nname = \"Zhina\"\n";
        let fault = table(twice).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "classifier/data/jurisdictions.toml: line 5: the code is there twice"
        );
        let orphan = "[[jurisdiction]]\ncode = \"US-CA\"\nname = \"California\"\n";
        assert!(table(orphan).unwrap_err().what.contains("its state"));
        let member = "[[jurisdiction]]\ncode = \"FR\"\nname = \"France\"\nunion = \"EU\"\n";
        assert!(table(member).unwrap_err().what.contains("its union"));
        assert!(table("[[jurisdiction]]\ncode = 3\n").unwrap_err().what.contains("line 2"));
    }
}
