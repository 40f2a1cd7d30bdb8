//! Items in the order in which a briefing tells them: by jurisdiction, official acts first, of bounded length.

use std::sync::Arc;

use classifier::Jurisdiction;
use index::{Item, Query};

use super::Link;
use super::row::Row;
use crate::site::is_official;

/// How many jurisdictions a subject names before it counts the rest.
const NAMED: usize = 2;

/// Items under one heading.
#[derive(Debug)]
pub(super) struct Group {
    jurisdiction: Option<Jurisdiction>,
    /// What readers call it.
    pub(super) name: &'static str,
    pub(super) rows: Vec<Row>,
    /// The same on the site, where some are left out here.
    pub(super) more: Option<String>,
    search: String,
}

/// Each item once, under the first of its jurisdictions that the query asks for. Groups with more items come first,
/// within a group the official acts do; what is newer stands before what is older, as it was found.
pub(super) fn by_jurisdiction(
    link: Link<'_>,
    query: &Query,
    found: Vec<(Arc<Item>, String)>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (item, snippet) in found {
        let home = home(query, &item);
        let row = Row::new(link, query, &item, &snippet);
        match groups.iter_mut().find(|group| group.jurisdiction == home) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group::new(link, query, home, row)),
        }
    }
    for group in &mut groups {
        group.rows.sort_by_key(|row| !row.official);
    }
    groups.sort_by_key(|group| (group.jurisdiction.is_none(), std::cmp::Reverse(group.rows.len())));
    groups
}

/// The first of an item's jurisdictions that the query asks for.
fn home(query: &Query, item: &Item) -> Option<Jurisdiction> {
    let asked = &query.jurisdictions;
    let mut homes = item.tags.jurisdictions.iter().map(|tag| tag.value);
    homes.clone().find(|home| asked.contains(home)).or_else(|| homes.next())
}

/// Whether an authority itself speaks.
pub(super) fn official(item: &Item) -> bool {
    is_official(item.source.publisher)
}

impl Group {
    fn new(link: Link<'_>, query: &Query, home: Option<Jurisdiction>, row: Row) -> Self {
        let jurisdictions = home.map_or_else(|| query.jurisdictions.clone(), |home| vec![home]);
        let search = Query { jurisdictions, ..query.clone() };
        Self {
            jurisdiction: home,
            name: home.map_or("No state in particular", Jurisdiction::name),
            rows: vec![row],
            more: None,
            search: link(&format!("/search?{}", search.to_query_string())),
        }
    }
}

/// Leaves at most `most` items, so that every group keeps its first ones; returns how many are left.
pub(super) fn cut(groups: &mut Vec<Group>, most: usize) -> usize {
    groups.truncate(most);
    let mut shares = vec![0; groups.len()];
    let mut left = most;
    while left > 0 {
        let before = left;
        for (share, group) in shares.iter_mut().zip(&*groups) {
            if left > 0 && *share < group.rows.len() {
                *share += 1;
                left -= 1;
            }
        }
        if left == before {
            break;
        }
    }
    for (share, group) in shares.into_iter().zip(groups) {
        if share < group.rows.len() {
            group.rows.truncate(share);
            group.more = Some(group.search.clone());
        }
    }
    most - left
}

/// `China, EU and 3 more`: where it happened, for a subject.
pub(super) fn places(groups: &[Group]) -> String {
    let names: Vec<_> =
        groups.iter().filter_map(|group| group.jurisdiction.map(short_name)).collect();
    match &names[..] {
        [] => "Policy".to_owned(),
        [one] => (*one).to_owned(),
        [one, two] => format!("{one} and {two}"),
        [one, two, three] => format!("{one}, {two} and {three}"),
        [first @ .., _] => {
            let shown = &first[..NAMED];
            format!("{} and {} more", shown.join(", "), names.len() - NAMED)
        }
    }
}

/// What headlines call it.
fn short_name(jurisdiction: Jurisdiction) -> &'static str {
    match jurisdiction.code() {
        "AE" => "UAE",
        "EU" => "EU",
        "GB" => "UK",
        "INT" => "International bodies",
        "US" => "US",
        _ => jurisdiction.name(),
    }
}

#[cfg(test)]
impl Group {
    pub(super) fn of(name: &'static str, rows: Vec<Row>, more: Option<String>) -> Self {
        Self { jurisdiction: None, name, rows, more, search: String::new() }
    }
}
