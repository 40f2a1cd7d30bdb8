//! The words of dates, from their data file.

use rustc_hash::FxHashMap;
use serde::Deserialize;
use toml::Spanned;

use crate::fold::folded;
use crate::lexicon::{Sense, Words};
use crate::{Error, data};

const FILE: &str = "classifier/data/dates.toml";
const TEXT: &str = include_str!("../../data/dates.toml");

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Unit {
    Day,
    /// Monday to Friday.
    Workday,
    Week,
    Month,
    Year,
}

/// A word that is sought in texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DateWord {
    /// From 1.
    Month(u32),
    /// Monday is 1.
    Weekday(u32),
    /// A month and a day.
    Named(u32, u32),
    /// So many units from the day of publication.
    Relative(Unit, i32),
    Unit(Unit),
    /// The month in which it begins.
    Season(u32),
    /// The day after another.
    Following,
    /// So many units from the date that was named last.
    Same(Unit, i32),
}

/// Which way a number of units counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Way {
    Ago,
    In,
    /// Within: a bound for something that may happen at any time.
    Within,
    /// After something that is told.
    After,
    /// After the date that was named last.
    Later,
}

/// What the word before or after a date says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Lead {
    #[serde(skip)]
    None,
    Since,
    From,
    Until,
    After,
    On,
    In,
    Of,
    /// A name follows (`the 2018 act`).
    Named,
}

/// The words that are looked at beside dates only.
#[derive(Debug, Default)]
pub(crate) struct Calendar {
    pub(super) counts: FxHashMap<String, u32>,
    pub(super) ways: FxHashMap<String, Way>,
    pub(super) which: FxHashMap<String, i32>,
    /// Words that tell an hour, and may stand between a date and the word before it (`until 5pm on`).
    pub(super) hours: FxHashMap<String, ()>,
    /// The first day of a month and the last, as words before the month tell it.
    pub(super) edges: FxHashMap<String, u32>,
    pub(super) before: FxHashMap<String, Lead>,
    pub(super) behind: FxHashMap<String, Lead>,
    pub(super) anchors: Anchors,
}

/// From what a number of units may be counted without its date beside it.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// What joins a bound to its anchor: `of` in `within 30 days of publication`.
    pub(super) links: FxHashMap<String, ()>,
    /// What stands for the date that was named last (`30 days after that`).
    pub(super) pronouns: FxHashMap<String, ()>,
    /// Acts: the beginnings of the words that name one, and of those that tell that it happened.
    pub(super) acts: Vec<(Vec<String>, Vec<String>)>,
}

/// The file: each part is a list of rows, each with its words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    month: Vec<Numbered>,
    weekday: Vec<Numbered>,
    season: Vec<Numbered>,
    count: Vec<Numbered>,
    relative: Vec<Relative>,
    which: Vec<Which>,
    unit: Vec<OfUnit>,
    direction: Vec<Direction>,
    named: Vec<Named>,
    lead: Vec<Leads>,
    edge: Vec<Numbered>,
    hour: Vec<Following>,
    following: Vec<Following>,
    same: Vec<Relative>,
    anchor: Vec<Anchor>,
    link: Vec<Following>,
    pronoun: Vec<Following>,
}

/// Words with the lines that they stand in.
type Listed = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbered {
    number: u32,
    words: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relative {
    unit: Unit,
    offset: i32,
    words: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Which {
    offset: i32,
    words: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OfUnit {
    unit: Unit,
    words: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Direction {
    way: Way,
    words: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Following {
    words: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Anchor {
    names: Vec<String>,
    told: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    month: u32,
    day: u32,
    words: Listed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Leads {
    says: Lead,
    words: Listed,
    #[serde(default)]
    behind: Listed,
}

impl Calendar {
    /// Reads the data file and puts the words that are sought among the others.
    ///
    /// # Errors
    /// [`Error`] names the file and the line.
    pub(crate) fn load(words: &mut Words) -> Result<Self, Error> {
        let file = data::read::<File>(FILE, TEXT)?;
        let months = file.month.into_iter().map(|row| (DateWord::Month(row.number), row.words));
        let days = file.weekday.into_iter().map(|row| (DateWord::Weekday(row.number), row.words));
        let near = file.relative.into_iter();
        let near = near.map(|row| (DateWord::Relative(row.unit, row.offset), row.words));
        let units = file.unit.into_iter().map(|row| (DateWord::Unit(row.unit), row.words));
        let named = file.named.into_iter();
        let named = named.map(|row| (DateWord::Named(row.month, row.day), row.words));
        let seasons = file.season.into_iter();
        let seasons = seasons.map(|row| (DateWord::Season(row.number), row.words));
        let following = file.following.into_iter().map(|row| (DateWord::Following, row.words));
        let same = file.same.into_iter();
        let same = same.map(|row| (DateWord::Same(row.unit, row.offset), row.words));
        let all = months.chain(days).chain(near).chain(units).chain(named);
        let all = all.chain(following).chain(same).chain(seasons);
        for (meaning, listed) in all {
            for word in listed {
                // `Marcos` is no month, and `last weeks` are not last week.
                let text = word.get_ref();
                let bare =
                    if text.ends_with(['*', '~']) { text.clone() } else { format!("{text}!") };
                words
                    .add(&bare, Sense::Date(meaning))
                    .map_err(|what| data::fault(FILE, TEXT, word.span().start, what))?;
            }
        }
        let mut calendar = Self::default();
        file.count.iter().for_each(|row| fill(&mut calendar.counts, &row.words, row.number));
        file.edge.iter().for_each(|row| fill(&mut calendar.edges, &row.words, row.number));
        file.hour.iter().for_each(|row| fill(&mut calendar.hours, &row.words, ()));
        file.which.iter().for_each(|row| fill(&mut calendar.which, &row.words, row.offset));
        file.direction.iter().for_each(|row| fill(&mut calendar.ways, &row.words, row.way));
        for Leads { says, words, behind } in &file.lead {
            fill(&mut calendar.before, words, *says);
            fill(&mut calendar.behind, behind, *says);
        }
        let anchors = &mut calendar.anchors;
        file.link.iter().for_each(|row| fill(&mut anchors.links, &row.words, ()));
        file.pronoun.iter().for_each(|row| fill(&mut anchors.pronouns, &row.words, ()));
        let stems = |words: &[String]| words.iter().map(|word| folded(word)).collect();
        anchors.acts =
            file.anchor.iter().map(|row| (stems(&row.names), stems(&row.told))).collect();
        Ok(calendar)
    }
}

/// Gives words one meaning; the first that a word is given stays.
fn fill<T: Copy>(map: &mut FxHashMap<String, T>, words: &Listed, meaning: T) {
    for word in words {
        map.entry(folded(word.get_ref())).or_insert(meaning);
    }
}

/// How many words are looked at beside a date.
const BESIDE: usize = 4;

/// What the words at the end of a text say, the longest first, and their length; where scripts have no spaces, what
/// the last characters say.
pub(super) fn last_of<T: Copy>(map: &FxHashMap<String, T>, text: &str) -> Option<(T, usize)> {
    let text = text.trim_end();
    let mut found = None;
    let mut from = text.len();
    for _ in 0..BESIDE {
        from = text[..from].trim_end().rfind(' ').unwrap_or(0);
        let words = text[from..].trim_start_matches([' ', '(', '"']);
        if let Some(meaning) = map.get(words) {
            found = Some((*meaning, words.len()));
        }
        if from == 0 {
            break;
        }
    }
    let last = text.char_indices().rev().take(3).take_while(|(_, c)| !c.is_ascii());
    let known = last.filter_map(|(at, c)| {
        let own = crate::gazetteer::unspaced(c).then(|| map.get(&text[at..])).flatten()?;
        Some((*own, text.len() - at))
    });
    // `十一` is eleven, not one.
    found.or_else(|| known.last())
}

/// What the words at the beginning of a text say, the longest first.
pub(super) fn first_of<T: Copy>(map: &FxHashMap<String, T>, text: &str) -> Option<T> {
    leading(map, text).map(|(meaning, _)| meaning)
}

/// The same, with what follows the words.
pub(super) fn leading<'a, T: Copy>(
    map: &FxHashMap<String, T>,
    text: &'a str,
) -> Option<(T, &'a str)> {
    let text = text.trim_start();
    let mut found = None;
    for (at, c) in text.char_indices().take(24) {
        let end = at + c.len_utf8();
        let is_end = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        if (is_end || crate::gazetteer::unspaced(c))
            && let Some(meaning) = map.get(&text[..end])
        {
            found = Some((*meaning, &text[end..]));
        }
    }
    found
}
