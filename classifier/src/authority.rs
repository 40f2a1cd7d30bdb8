//! Who acts for whom: regulators, ministries, courts, parliaments, from their data file.

use toml::Spanned;

use crate::{Error, Jurisdiction, Topic, data};

pub(crate) const FILE: &str = "classifier/data/authorities.toml";
const TEXT: &str = include_str!("../data/authorities.toml");

/// Some offices of one jurisdiction, or a name that several share.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Authority {
    /// Whose; several if the name alone does not say it.
    pub(crate) of: Vec<Jurisdiction>,
    /// How it is called, each with its place in the file.
    pub(crate) names: Vec<Spanned<String>>,
    /// Which of these are persons.
    #[serde(default)]
    pub(crate) people: Vec<Spanned<String>>,
    /// What its acts are usually about.
    #[serde(default)]
    pub(crate) topics: Vec<Topic>,
}

#[derive(Debug, serde::Deserialize)]
struct File {
    authority: Vec<Spanned<Authority>>,
}

/// Reads and checks the file.
///
/// # Errors
/// [`Error`] names the line.
pub(crate) fn authorities() -> Result<Vec<Authority>, Error> {
    read(TEXT)
}

/// A fault at a byte of the file.
pub(crate) fn fault(at: usize, what: &str) -> Error {
    data::fault(FILE, TEXT, at, what)
}

fn read(text: &str) -> Result<Vec<Authority>, Error> {
    let rows = data::read::<File>(FILE, text)?.authority;
    for row in &rows {
        if row.get_ref().of.is_empty() || row.get_ref().names.is_empty() {
            let at = row.span().start;
            return Err(data::fault(FILE, text, at, "an authority needs `of` and `names`"));
        }
        let Authority { names, people, .. } = row.get_ref();
        let is_name =
            |person: &&Spanned<String>| names.iter().any(|name| name.get_ref() == person.get_ref());
        if let Some(person) = people.iter().find(|person| !is_name(person)) {
            let at = person.span().start;
            return Err(data::fault(FILE, text, at, "a person must be one of the `names`"));
        }
    }
    Ok(rows.into_iter().map(Spanned::into_inner).collect())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn faults_name_their_line() {
        let nobody = "[[authority]]\nof = [\"CN\"]\nnames = [\"CAC\"]\n\n[[authority]]\nof = []\nnames = [\"X\"]\n";
        assert!(read(nobody).unwrap_err().what.contains("line 5"));
        let stranger = "[[authority]]\nof = [\"CN\"]\nnames = [\"CAC\"]\npeople = [\"X Y\"]\n";
        assert!(read(stranger).unwrap_err().what.contains("line 4"));
        let unknown = "[[authority]]\nof = [\"ZZ\"]\nnames = [\"X\"]\n";
        let fault = read(unknown).unwrap_err();
        assert!(fault.what.contains("line 2") && fault.what.contains("ZZ"), "{fault}");
    }
}
