//! Lines of input. Each is read by itself: one that is no text, or no JSON, does not lose the others.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::Context as _;
use serde::de::DeserializeOwned;

use super::Misuse;

/// A line that holds something.
#[derive(Debug)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: usize,
    /// Its length in bytes, with its end.
    pub(super) length: usize,
    /// What it says, or what is wrong with it.
    pub(super) text: Result<String, String>,
}

/// The lines of a file, or of standard input where it is `-` or none is named; empty ones are left out.
///
/// # Errors
/// [`Misuse`] when the file cannot be opened; a later fault of reading comes as an item.
pub(super) fn lines(
    file: Option<&Path>,
) -> anyhow::Result<impl Iterator<Item = std::io::Result<Line>>> {
    let input: Box<dyn BufRead> = match file {
        Some(path) if path != Path::new("-") => {
            let file = File::open(path)
                .with_context(|| path.display().to_string())
                .map_err(|error| Misuse(format!("{error:#}")))?;
            Box::new(BufReader::new(file))
        }
        _ => Box::new(BufReader::new(std::io::stdin())),
    };
    let read = input.split(b'\n').enumerate().map(|(at, bytes)| Ok(line(at + 1, bytes?)));
    Ok(read.filter(|line| !line.as_ref().is_ok_and(Line::is_empty)))
}

fn line(number: usize, bytes: Vec<u8>) -> Line {
    let length = bytes.len() + 1;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        format!("byte {at} of it is not UTF-8: save the text as UTF-8")
    });
    // Some editors begin a file with a mark of its byte order.
    let text = text.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text));
    Line { number, length, text }
}

impl Line {
    fn is_empty(&self) -> bool {
        self.text.as_ref().is_ok_and(|text| text.trim().is_empty())
    }
}

/// What a line of JSON says.
///
/// # Errors
/// With what is wrong with it, for people.
pub(super) fn object<T: DeserializeOwned>(line: &str) -> Result<T, String> {
    if !line.trim_start().starts_with('{') {
        return Err("it is not a JSON object, {…}".to_owned());
    }
    // The line's own number is told beside.
    serde_json::from_str(line)
        .map_err(|error| error.to_string().replace(" at line 1 column", " at column"))
}
