//! What people say of an item's tags, over what the model says.

use std::fmt;

use crate::{Label, Tag, Tags};

/// The most topics that an item has.
const TOPICS: usize = 4;

/// What a person does to a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// It belongs to the item.
    Add,
    /// It does not.
    Remove,
}

impl Action {
    /// The word in the store and the API.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
        }
    }

    /// Reads a slug.
    pub fn parse(slug: &str) -> Option<Self> {
        [Self::Add, Self::Remove].into_iter().find(|action| action.slug() == slug)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slug())
    }
}

/// A tag was to be added to an item that is not about policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` cannot be added: the item is not about policy and has no other tags; add `policy` too"
)]
pub struct NotPolicy(pub Label);

impl Tags {
    /// All of its tags by name: policy, jurisdictions, topics, stage, laws.
    pub fn labels(&self) -> Vec<Label> {
        let policy = self.policy.value.then_some(Label::Policy);
        let jurisdictions = self.jurisdictions.iter().map(|tag| Label::Jurisdiction(tag.value));
        let topics = self.topics.iter().map(|tag| Label::Topic(tag.value));
        let stage = self.stage.iter().map(|tag| Label::Stage(tag.value));
        let laws = self.instruments.iter().map(|tag| Label::Instrument(tag.value));
        policy.into_iter().chain(jurisdictions).chain(topics).chain(stage).chain(laws).collect()
    }

    /// Whether a tag is among them.
    pub fn has(&self, label: Label) -> bool {
        self.labels().contains(&label)
    }

    /// Adds a tag that a person named: score 1, no evidence. A tag that is there keeps both. A topic comes to stand
    /// first, and the last of more than four goes; a stage takes the place of another.
    ///
    /// # Errors
    /// [`NotPolicy`] when the item is not about policy and this is not what is added.
    pub fn add(&mut self, label: Label) -> Result<(), NotPolicy> {
        if !self.policy.value && label != Label::Policy {
            return Err(NotPolicy(label));
        }
        match label {
            Label::Policy if self.policy.value => {}
            Label::Policy => self.policy = certain(true),
            Label::Jurisdiction(value) => put(&mut self.jurisdictions, value),
            Label::Topic(value) => {
                let there = self.topics.iter().position(|tag| tag.value == value);
                let tag = there.map_or_else(|| certain(value), |place| self.topics.remove(place));
                self.topics.insert(0, tag);
                self.topics.truncate(TOPICS);
            }
            Label::Stage(value) => {
                self.stage = self.stage.take().filter(|tag| tag.value == value);
                self.stage.get_or_insert_with(|| certain(value));
            }
            Label::Instrument(value) => put(&mut self.instruments, value),
        }
        Ok(())
    }

    /// Takes a tag away, if it is there. An item that is not about policy has no other tags.
    pub fn remove(&mut self, label: Label) {
        match label {
            Label::Policy => {
                self.policy = Tag { value: false, score: 0.0, evidence: Vec::new() };
                self.jurisdictions.clear();
                self.topics.clear();
                self.stage = None;
                self.instruments.clear();
                self.developments.clear();
            }
            Label::Jurisdiction(value) => self.jurisdictions.retain(|tag| tag.value != value),
            Label::Topic(value) => self.topics.retain(|tag| tag.value != value),
            Label::Stage(value) => self.stage = self.stage.take().filter(|tag| tag.value != value),
            Label::Instrument(value) => {
                self.instruments.retain(|tag| tag.value != value);
                // What happened stays; it did not happen to this law.
                let others =
                    self.developments.iter_mut().filter(|one| one.instrument == Some(value));
                others.for_each(|one| one.instrument = None);
            }
        }
    }

    /// The tags in force: the model's, as people corrected them, oldest correction first.
    ///
    /// The last word on each tag counts. Who says that an item is not about policy rules out all else; otherwise who adds
    /// a tag says that it is, whatever the model thinks.
    #[must_use]
    pub fn corrected(&self, corrections: &[(Action, Label)]) -> Self {
        let words = last_words(corrections);
        let mut tags = self.clone();
        if words.contains(&(Action::Remove, Label::Policy)) {
            tags.remove(Label::Policy);
            return tags;
        }
        if words.iter().any(|(action, _)| *action == Action::Add) && !tags.policy.value {
            tags.policy = certain(true);
        }
        for (action, label) in words {
            match action {
                // It is about policy by now.
                Action::Add => tags.add(label).unwrap_or_default(),
                Action::Remove => tags.remove(label),
            }
        }
        tags
    }
}

/// The corrections without those that a later one overruled: on the same tag, or a stage by another.
fn last_words(corrections: &[(Action, Label)]) -> Vec<(Action, Label)> {
    let mut last: Vec<(Action, Label)> = Vec::new();
    for &(action, label) in corrections {
        let is_stage = |label| matches!(label, Label::Stage(_));
        let overrules = |(before, other): &(Action, Label)| {
            let both_add = action == Action::Add && *before == Action::Add;
            *other == label || both_add && is_stage(label) && is_stage(*other)
        };
        last.retain(|before| !overrules(before));
        last.push((action, label));
    }
    last
}

/// Adds a value at the end, unless it is there.
fn put<T: PartialEq>(tags: &mut Vec<Tag<T>>, value: T) {
    if tags.iter().all(|tag| tag.value != value) {
        tags.push(certain(value));
    }
}

fn certain<T>(value: T) -> Tag<T> {
    Tag { value, score: 1.0, evidence: Vec::new() }
}
