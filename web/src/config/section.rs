//! Reads one TOML table key by key and gathers every fault with its line, so that all can be reported at once.

use std::collections::BTreeSet;
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One thing that is wrong with a configuration file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file, or the variable of the environment.
    pub file: String,
    /// Counted from 1; a variable has none.
    pub line: Option<usize>,
    /// What is wrong and what would be right.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.file, self.what),
            None => write!(f, "{}: {}", self.file, self.what),
        }
    }
}

/// A file's text and the faults found in it so far.
pub(super) struct Document<'t> {
    file: &'t str,
    text: &'t str,
    pub(super) faults: Vec<Fault>,
}

impl<'t> Document<'t> {
    /// Parses as much as can be parsed; what cannot is among the faults.
    pub(super) fn parse(file: &'t str, text: &'t str) -> (Self, Spanned<DeTable<'t>>) {
        let (table, errors) = DeTable::parse_recoverable(text);
        let mut document = Self { file, text, faults: Vec::new() };
        for error in errors {
            document.fault(error.span().map_or(0, |span| span.start), error.message());
        }
        (document, table)
    }

    /// Notes a fault at a byte of the text.
    pub(super) fn fault(&mut self, at: usize, what: impl Into<String>) {
        let line = self.text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1;
        self.faults.push(Fault { file: self.file.to_owned(), line: Some(line), what: what.into() });
    }

    /// Notes a fault of a variable of the environment.
    pub(super) fn fault_of_variable(&mut self, name: &str, what: impl Into<String>) {
        self.faults.push(Fault { file: name.to_owned(), line: None, what: what.into() });
    }
}

/// Faults by file, as the files come, and by line.
pub(super) fn in_order(mut faults: Vec<Fault>) -> Vec<Fault> {
    let mut files: Vec<String> = Vec::new();
    for fault in &faults {
        if !files.contains(&fault.file) {
            files.push(fault.file.clone());
        }
    }
    faults.sort_by_key(|fault| (files.iter().position(|file| *file == fault.file), fault.line));
    faults
}

/// One table of a document, being read.
pub(super) struct Section<'d, 't> {
    name: String,
    at: usize,
    table: Option<&'d DeTable<'t>>,
    asked: BTreeSet<&'static str>,
}

impl<'d, 't> Section<'d, 't> {
    /// The table itself, or an empty one where there is none.
    pub(super) fn new(name: impl Into<String>, at: usize, table: Option<&'d DeTable<'t>>) -> Self {
        Self { name: name.into(), at, table, asked: BTreeSet::new() }
    }

    /// A table inside this one; a value of another type is a fault.
    pub(super) fn section(&mut self, key: &'static str, document: &mut Document<'_>) -> Self {
        let Some(value) = self.value(key) else {
            return Self::new(key, self.at, None);
        };
        let at = value.span().start;
        match value.get_ref() {
            DeValue::Table(table) => Self::new(key, at, Some(table)),
            other => {
                document.fault(at, format!("`{key}` is a {}, not a table", other.type_str()));
                Self::new(key, at, None)
            }
        }
    }

    /// The tables of an array of tables.
    pub(super) fn sections(&mut self, key: &'static str, document: &mut Document<'_>) -> Vec<Self> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(array) = value.get_ref().as_array() else {
            document
                .fault(value.span().start, format!("`{key}` is not an array: write `[[{key}]]`"));
            return Vec::new();
        };
        let mut sections = Vec::new();
        for element in array.iter() {
            match element.get_ref().as_table() {
                Some(table) => sections.push(Self::new(key, element.span().start, Some(table))),
                None => document.fault(element.span().start, format!("write `[[{key}]]`")),
            }
        }
        sections
    }

    /// What the table is called.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Where the table starts in the text, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// Where a key's value stands, in bytes; the table's own place where there is none.
    pub(super) fn place(&self, key: &str) -> usize {
        self.table.and_then(|table| table.get(key)).map_or(self.at, |value| value.span().start)
    }

    /// A text, or `None` if it is left out.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        document: &mut Document<'_>,
    ) -> Option<String> {
        self.typed(key, document, "a text", |value| value.as_str().map(str::to_owned))
    }

    /// A text that some function understands; what it says of a bad one is the fault.
    pub(super) fn parsed<T>(
        &mut self,
        key: &'static str,
        document: &mut Document<'_>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        let text = self.text(key, document)?;
        match parse(&text) {
            Ok(value) => Some(value),
            Err(what) => {
                document.fault(self.place(key), format!("{} `{key}`: {what}", self.name));
                None
            }
        }
    }

    /// A text that must be there.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        document: &mut Document<'_>,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Option<T> {
        if self.table.is_none_or(|table| !table.contains_key(key)) {
            self.asked.insert(key);
            document.fault(self.at, format!("{} has no `{key}`", self.name));
            return None;
        }
        self.parsed(key, document, parse)
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str, document: &mut Document<'_>) -> Option<bool> {
        self.typed(key, document, "true or false", DeValue::as_bool)
    }

    /// A whole number within bounds.
    pub(super) fn number(
        &mut self,
        key: &'static str,
        bounds: std::ops::RangeInclusive<u64>,
        document: &mut Document<'_>,
    ) -> Option<u64> {
        let wanted = format!("a whole number from {} to {}", bounds.start(), bounds.end());
        self.typed(key, document, &wanted, |value| {
            let integer = value.as_integer()?;
            let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok()?;
            bounds.contains(&number).then_some(number)
        })
    }

    /// A list of texts.
    pub(super) fn texts(
        &mut self,
        key: &'static str,
        document: &mut Document<'_>,
    ) -> Option<Vec<String>> {
        self.typed(key, document, "a list of texts", |value| {
            value
                .as_array()?
                .iter()
                .map(|element| element.get_ref().as_str().map(str::to_owned))
                .collect()
        })
    }

    /// A list of texts that some function understands; what it says of a bad one is a fault.
    pub(super) fn each<T>(
        &mut self,
        key: &'static str,
        document: &mut Document<'_>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Vec<T> {
        let texts = self.texts(key, document).unwrap_or_default();
        let mut read = |text: &String| match parse(text) {
            Ok(value) => Some(value),
            Err(what) => {
                document.fault(self.place(key), what);
                None
            }
        };
        texts.iter().filter_map(&mut read).collect()
    }

    /// Notes a fault for each key that nobody asked for.
    pub(super) fn finish(self, document: &mut Document<'_>) {
        for key in self.table.into_iter().flat_map(|table| table.keys()) {
            if !self.asked.contains(key.get_ref().as_ref()) {
                let known = self.asked.iter().copied().collect::<Vec<_>>().join(", ");
                document.fault(
                    key.span().start,
                    format!("{} has no setting `{}`; it has: {known}", self.name, key.get_ref()),
                );
            }
        }
    }

    fn value(&mut self, key: &'static str) -> Option<&'d Spanned<DeValue<'t>>> {
        self.asked.insert(key);
        self.table?.get(key)
    }

    fn typed<T>(
        &mut self,
        key: &'static str,
        document: &mut Document<'_>,
        wanted: &str,
        read: impl FnOnce(&DeValue<'t>) -> Option<T>,
    ) -> Option<T> {
        let value = self.value(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            document.fault(value.span().start, format!("{} `{key}` must be {wanted}", self.name));
        }
        read
    }
}
