//! The crate's own data: TOML files, built in, read with faults that name the file and the line.

use serde::de::DeserializeOwned;

use crate::Error;

/// Reads one data file.
///
/// # Errors
/// [`Error`] names the file and, in TOML's own words, the line and what was expected there.
pub(crate) fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|fault| Error { file, what: fault.to_string() })
}

/// A fault at a byte of a data file, by its line, counted from 1.
pub(crate) fn fault(file: &'static str, text: &str, at: usize, what: &str) -> Error {
    let line = 1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count();
    Error { file, what: format!("line {line}: {what}") }
}
