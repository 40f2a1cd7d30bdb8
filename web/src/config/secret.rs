//! Settings that may be kept out of the file: they may also come from the environment or from a file of their own.

use std::env::{self, VarError};
use std::path::{Path, PathBuf};

use super::section::{Document, Section};

/// A value, and where it came from.
pub(super) struct Secret {
    pub(super) value: String,
    origin: Origin,
}

/// Where a value stands, so that a fault can say so.
enum Origin {
    /// A setting, and where in the text, in bytes.
    Setting { name: String, at: usize },
    /// A variable of the environment.
    Variable(String),
}

impl Secret {
    /// Takes the value from `LEXWATCH_<variable>`, from the file that `LEXWATCH_<variable>_FILE` names, from the file
    /// that the setting `<key>_file` names (relative to `folder`), or from the setting itself: the first that is there.
    pub(super) fn read(
        part: &mut Section<'_, '_>,
        [key, file_key]: [&'static str; 2],
        variable: &str,
        folder: &Path,
        document: &mut Document<'_>,
    ) -> Option<Self> {
        let written = part.text(key, document);
        let named = part.text(file_key, document);
        let setting = |key: &str| Origin::Setting {
            name: format!("{} `{key}`", part.name()),
            at: part.place(key),
        };
        let variable = format!("LEXWATCH_{variable}");
        if let Some(value) = from_environment(&variable, document) {
            return Some(Self { value, origin: Origin::Variable(variable) });
        }
        let variable = variable + "_FILE";
        if let Some(file) = from_environment(&variable, document) {
            return read_file(&PathBuf::from(file), Origin::Variable(variable), document);
        }
        if let Some(file) = named {
            return read_file(&folder.join(file), setting(file_key), document);
        }
        written.map(|value| Self { value, origin: setting(key) })
    }

    /// Notes that the value cannot be used; `what` goes on after the setting's name.
    pub(super) fn fault(&self, what: &str, document: &mut Document<'_>) {
        self.origin.fault(what, document);
    }
}

impl Origin {
    fn fault(&self, what: &str, document: &mut Document<'_>) {
        match self {
            Self::Setting { name, at } => document.fault(*at, format!("{name} {what}")),
            Self::Variable(name) => document.fault_of_variable(name, what),
        }
    }
}

fn read_file(path: &Path, origin: Origin, document: &mut Document<'_>) -> Option<Secret> {
    match std::fs::read_to_string(path) {
        Ok(value) => Some(Secret { value: value.trim_end().to_owned(), origin }),
        Err(error) => {
            origin.fault(&format!("names {}: {error}", path.display()), document);
            None
        }
    }
}

/// A variable of the environment, if it is set.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment")]
pub(super) fn from_environment(variable: &str, document: &mut Document<'_>) -> Option<String> {
    match env::var(variable) {
        Ok(value) => Some(value),
        Err(VarError::NotPresent) => None,
        Err(VarError::NotUnicode(_)) => {
            document.fault_of_variable(variable, "is not Unicode");
            None
        }
    }
}
