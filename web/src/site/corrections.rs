//! What people said of an item's tags and its story, as its page shows it beside what the program says.

use std::collections::HashMap;

use classifier::{Action, Label, Tags};
use index::{Correction, Item, StoryWord, Verdict};

use super::dates::Shown;
use super::rows::Link;
use crate::plain::clean;

/// How many characters of a name and of a reason are shown.
pub(super) const NAME: usize = 100;
pub(super) const REASON: usize = 1_000;

/// A person's word on a tag, or on a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// `Added`, `Confirmed` or `Removed`; of a story `Put into` or `Taken out of`.
    pub(super) what: &'static str,
    pub(super) by: String,
    pub(super) why: String,
    pub(super) when: Shown,
}

impl Word {
    /// The same on a tag that the model gives as well.
    pub(super) fn confirmed(self) -> Self {
        Self { what: "Confirmed", ..self }
    }
}

/// A tag that a person removed.
pub(super) struct Removed {
    pub(super) link: Link,
    pub(super) word: Word,
}

/// What a person did with an item's story.
pub(super) struct Moved {
    pub(super) story: Link,
    pub(super) word: Word,
}

impl Moved {
    /// What people did with the story of an item, in their order.
    pub(super) fn all(item: &Item, words: &[StoryWord]) -> Vec<Self> {
        let moved = |word: &StoryWord| Self {
            story: Link::new(
                format!("/stories/{}", word.now),
                if word.now == item.story { "its story" } else { "another story" }.to_owned(),
            ),
            word: said(if word.attached { "Put into" } else { "Taken out of" }, &word.verdict),
        };
        words.iter().map(moved).collect()
    }
}

/// The last word on each tag, in the order in which they were said.
pub(super) struct Words<'a> {
    last: Vec<&'a Correction>,
}

impl<'a> Words<'a> {
    pub(super) fn of(corrections: &'a [Correction]) -> Self {
        let places = corrections.iter().enumerate().map(|(place, one)| (one.label, place));
        let last: HashMap<Label, usize> = places.collect();
        let is_last = |(place, one): &(usize, &Correction)| last[&one.label] == *place;
        let last = corrections.iter().enumerate().filter(is_last).map(|(_, one)| one).collect();
        Self { last }
    }

    /// Who added a tag, if a person did.
    pub(super) fn added(&self, label: Label) -> Option<Word> {
        self.said(Action::Add, label)
    }

    /// Who said that the item is about policy, or that it is not, if a person did and it is so.
    pub(super) fn policy(&self, tags: &Tags) -> Option<Word> {
        let action = if tags.policy.value { Action::Add } else { Action::Remove };
        self.said(action, Label::Policy)
    }

    /// The tags of a kind that a person removed.
    pub(super) fn removed(&self, kind: &str, tags: &Tags) -> Vec<Removed> {
        let is_gone = |one: &&&Correction| {
            one.action == Action::Remove && one.label.kind() == kind && !tags.has(one.label)
        };
        let removed = |one: &&Correction| Some(Removed { link: link(one.label)?, word: word(one) });
        self.last.iter().filter(is_gone).filter_map(removed).collect()
    }

    fn said(&self, action: Action, label: Label) -> Option<Word> {
        let one = self.last.iter().find(|one| one.label == label && one.action == action)?;
        Some(word(one))
    }
}

fn word(correction: &Correction) -> Word {
    let what = match correction.action {
        Action::Add => "Added",
        Action::Remove => "Removed",
    };
    said(what, &correction.verdict)
}

fn said(what: &'static str, verdict: &Verdict) -> Word {
    Word {
        what,
        by: clean(&verdict.by, NAME),
        why: clean(&verdict.why, REASON),
        when: Shown::instant(verdict.at),
    }
}

/// Where a tag's name leads; nowhere for policy.
fn link(label: Label) -> Option<Link> {
    Some(match label {
        Label::Policy => return None,
        Label::Jurisdiction(jurisdiction) => Link::jurisdiction(jurisdiction),
        Label::Topic(topic) => Link::topic(topic),
        Label::Stage(stage) => Link::stage(stage),
        Label::Instrument(law) => Link::law(law),
    })
}
