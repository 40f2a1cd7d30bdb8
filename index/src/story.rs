//! `Story`: the items of several outlets about one event.

use std::fmt;

use crate::event::Shared;
use crate::{Item, ItemId, Verdict};

/// A story's public name: `s` and the id of the item that founded it, or, where another story is called so already, eight
/// other characters of that kind. A name that no story has any more leads to where its items are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StoryId(pub(crate) i64);

impl StoryId {
    /// Reads what `Display` writes, in any case; `None` if it cannot be an id.
    pub fn parse(text: &str) -> Option<Self> {
        let item = text.strip_prefix(['s', 'S'])?;
        ItemId::parse(item).map(|item| Self(item.key()))
    }
}

impl fmt::Display for StoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "s{}", ItemId(self.0))
    }
}

/// A story with its items.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// Its present name, which may be another than was asked for.
    pub id: StoryId,
    /// In the order of their publication, at most as many as were asked for.
    pub items: Vec<Item>,
    /// What people said of it, oldest first.
    pub words: Vec<StoryWord>,
}

/// Why a report is in a story: an earlier one that it is likest to, and what they share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryTie {
    /// The report.
    pub item: ItemId,
    /// The other.
    pub with: ItemId,
    /// What they have in common beside their tags.
    pub shared: Shared,
}

/// What a person did with an item's story. No program changes it afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryWord {
    /// Which item.
    pub item: ItemId,
    /// Whether it was put into the story, or taken out of it.
    pub attached: bool,
    /// The story, as it was called after that.
    pub story: StoryId,
    /// The one that this name leads to now.
    pub now: StoryId,
    /// Whose word it is.
    pub verdict: Verdict,
}

#[cfg(test)]
mod tests {
    use super::StoryId;
    use crate::ItemId;

    #[test]
    fn ids_read_back() {
        let id = StoryId(7);
        assert_eq!(id.to_string(), format!("s{}", ItemId(7)));
        assert_eq!(StoryId::parse(&id.to_string().to_uppercase()), Some(id));
        assert_eq!(StoryId::parse(&ItemId(7).to_string()), None);
        assert_eq!(StoryId::parse("s"), None);
    }
}
