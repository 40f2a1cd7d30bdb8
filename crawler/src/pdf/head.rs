//! What a document says of itself: title, author, date; and what its head shows.

use chrono::{FixedOffset, NaiveDate, TimeZone as _};
use hayro_interpret::hayro_syntax::metadata::Metadata;
use hayro_interpret::hayro_syntax::object::DateTime;

use super::lines::{Line, PageLines};
use crate::date::{self, Order};
use crate::{Moment, plain};

/// The longest title, in characters, and the most lines of one.
const TITLE: usize = 300;
const TITLE_LINES: usize = 6;
/// A title's letters are larger than the text's.
const LARGER: f32 = 1.1;
/// Among so many lines of the first page its date is looked for; a line that is no more than a date may stand later.
const DATE_WITHIN: usize = 12;
const DATE_ALONE: usize = 40;
/// A line is little more than a date with so many letters beside it.
const BESIDE: usize = 24;
/// A date in the text and the day on which the document was made are about the same within so many days.
const NEAR: i64 = 400;
/// Width of a page on which the month comes first: paper of this width is used where dates are written so.
const LETTER: std::ops::Range<f32> = 611.0..613.0;

/// Titles that programs write.
const EMPTY_TITLES: &str =
    "untitled|microsoft word|microsoft powerpoint|powerpoint|document|print|slide 1|layout 1|title";
const FILES: [&str; 10] =
    [".doc", ".docx", ".pdf", ".indd", ".qxd", ".odt", ".rtf", ".ppt", ".pptx", ".tex"];

/// What the document's own facts say, if they say anything.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) author: Option<String>,
    /// When it was made.
    pub(super) made: Option<Moment>,
}

/// Reads the document's own facts.
pub(super) fn facts(metadata: &Metadata) -> Facts {
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(decoded);
    Facts {
        title: text(&metadata.title).filter(|title| is_title(title)),
        author: text(&metadata.author).filter(|author| is_name(author)),
        made: metadata.creation_date.as_ref().and_then(moment),
    }
}

/// Text as documents write it: by a mark at its beginning, or in a set near Latin-1.
fn decoded(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode(rest).0,
        [0xff, 0xfe, rest @ ..] => encoding_rs::UTF_16LE.decode(rest).0,
        _ if std::str::from_utf8(bytes).is_ok() => encoding_rs::UTF_8.decode(bytes).0,
        _ => encoding_rs::WINDOWS_1252.decode(bytes).0,
    };
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain::line(&text, TITLE)
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let is_file = FILES.iter().any(|ending| lower.ends_with(ending)) || title.contains(['\\', '_']);
    let is_empty = EMPTY_TITLES.split('|').any(|empty| {
        lower == empty
            || lower.strip_prefix(empty).is_some_and(|rest| {
                rest.starts_with(" - ") || rest.bytes().all(|b| b.is_ascii_digit())
            })
    });
    !is_file && !is_empty && speaks(title)
}

/// Two words, or a few letters where writing is dense.
fn speaks(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let words =
        text.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
    (words >= 2 && letters >= 8) || (!text.is_ascii() && letters >= 4)
}

/// A name of two words; accounts and offices' codes are none.
fn is_name(author: &str) -> bool {
    let fits = |c: char| c.is_alphabetic() || c.is_whitespace() || "-.,'’&;".contains(c);
    author.chars().all(fits) && author.split_whitespace().count() >= 2 && author.len() <= 200
}

fn moment(date: &DateTime) -> Option<Moment> {
    let (year, month, day) = (i32::from(date.year), u32::from(date.month), u32::from(date.day));
    let day = NaiveDate::from_ymd_opt(year, month, day).filter(|_| year >= 1990)?;
    let time = day.and_hms_opt(date.hour.into(), date.minute.into(), date.second.into())?;
    let minutes = i32::from(date.utc_offset_minute) * i32::from(date.utc_offset_hour).signum();
    let zone = FixedOffset::east_opt(i32::from(date.utc_offset_hour) * 3600 + minutes * 60)?;
    Some(Moment::Time(zone.from_local_datetime(&time).single()?))
}

/// The title: the document's own if its first page bears it out, else the largest lines, else the first.
pub(super) fn title(own: Option<String>, pages: &[PageLines], body: f32) -> String {
    let speaking = |page: &&PageLines| page.lines.iter().any(|line| speaks(&line.text));
    let first: Vec<&Line> = pages
        .iter()
        .find(speaking)
        .map(|page| page.lines.iter().take(60))
        .into_iter()
        .flatten()
        .collect();
    let shown = first.iter().map(|line| line.text.to_lowercase()).collect::<Vec<_>>().join(" ");
    if let Some(own) = own.filter(|own| is_borne_out(own, &shown)) {
        return own;
    }
    let mut groups = groups(&first);
    groups.retain(|group| speaks(&group.1));
    let largest = groups.iter().filter(|group| group.0 >= body * LARGER);
    let best = largest.reduce(|best, group| if group.0 > best.0 * 1.02 { group } else { best });
    let first_line = || first.iter().map(|line| &line.text).find(|text| speaks(text));
    let chosen = best.map(|group| &group.1).or_else(first_line).map(String::as_str);
    plain::line(chosen.unwrap_or_default(), TITLE)
}

fn is_borne_out(title: &str, shown: &str) -> bool {
    let lower = title.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.iter().filter(|word| shown.contains(**word)).count() * 2 >= words.len()
}

/// Lines of one size that follow each other, with that size.
fn groups(lines: &[&Line]) -> Vec<(f32, String)> {
    let mut groups: Vec<(f32, String)> = Vec::new();
    let mut count = 0;
    let mut last: Option<&Line> = None;
    for line in lines {
        let follows = last.is_some_and(|last| {
            let gap = line.baseline - last.baseline;
            gap > 0.0 && gap < line.size * 2.2 && (line.size - last.size).abs() < line.size * 0.05
        });
        match groups.last_mut() {
            Some((_, text)) if follows && count < TITLE_LINES => {
                text.push(' ');
                text.push_str(&line.text);
                count += 1;
            }
            _ => {
                groups.push((line.size, line.text.clone()));
                count = 1;
            }
        }
        last = Some(line);
    }
    groups
}

/// Whether two texts are the same but for blanks and case.
pub(super) fn same(a: &str, b: &str) -> bool {
    let folded = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    !a.is_empty() && folded(a) == folded(b)
}

/// A date that stands alone near the head, or one within its first lines, or the day on which the document was made.
pub(super) fn date(pages: &[PageLines], made: Option<Moment>) -> Option<Moment> {
    let first = pages.first()?;
    let month_first = LETTER.contains(&first.format.0);
    let order = if month_first { Order::MonthFirst } else { Order::DayFirst };
    let lines = || first.lines.iter().map(|line| line.text.as_str());
    let alone = lines().take(DATE_ALONE).find(|line| date::fills(line, BESIDE));
    if let Some(found) = alone.and_then(|line| date::find(line, order)) {
        return Some(found);
    }
    let within = lines().take(DATE_WITHIN).find_map(|line| date::find(line, order));
    let is_near = |found: &Moment| {
        made.is_none_or(|made| (found.day() - made.day()).num_days().abs() <= NEAR)
    };
    within.filter(is_near).or(made)
}
