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

/// What is edited by hand and decides about tags beside the model.
const VOCABULARY: [&str; 10] = [
    include_str!("../data/jurisdictions.toml"),
    include_str!("../data/authorities.toml"),
    include_str!("../data/instruments.toml"),
    include_str!("../data/topics.toml"),
    include_str!("../data/stages.toml"),
    include_str!("../data/policy.toml"),
    include_str!("../data/clues.toml"),
    include_str!("../data/cues.toml"),
    include_str!("../data/acts.toml"),
    include_str!("../data/dates.toml"),
];

/// A digest of the vocabulary: another one may give other tags.
pub(crate) fn vocabulary() -> u32 {
    let digest = digest(VOCABULARY);
    (digest ^ digest >> 32) as u32
}

/// FNV-1a (Fowler, Noll and Vo), 64 bits, of some texts in a row.
pub(crate) fn digest<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> u64 {
    texts.into_iter().fold(0xcbf2_9ce4_8422_2325, |digest, text| {
        text.as_ref().bytes().fold(digest, |digest: u64, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    })
}
