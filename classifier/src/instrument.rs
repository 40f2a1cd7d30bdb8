//! `Instrument`: the register of named laws.

use chrono::NaiveDate;

use crate::wire::as_text;
use crate::{Jurisdiction, Topic};

mod register;

use register::REGISTER;
pub(crate) use register::{fault, name_key};

/// Where a law stands as the register knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A draft or a bill.
    Proposed,
    /// Made, and not yet in effect.
    Adopted,
    /// In effect.
    InForce,
    /// Some of it in effect.
    InForcePartly,
    /// Made, and held up by a court or by its maker.
    Suspended,
    /// Another law took its place.
    Replaced,
    /// Undone by its maker.
    Repealed,
    /// A draft that was taken back.
    Withdrawn,
    /// Struck down by a court.
    Annulled,
    /// Ran out, or died with its parliament.
    Lapsed,
    /// A deal or a treaty without the force of law at home.
    Agreement,
}

impl Status {
    /// The name that readers see.
    pub fn name(self) -> &'static str {
        match self {
            Self::Proposed => "Proposed",
            Self::Adopted => "Adopted",
            Self::InForce => "In force",
            Self::InForcePartly => "Partly in force",
            Self::Suspended => "Suspended",
            Self::Replaced => "Replaced",
            Self::Repealed => "Repealed",
            Self::Withdrawn => "Withdrawn",
            Self::Annulled => "Annulled",
            Self::Lapsed => "Lapsed",
            Self::Agreement => "Agreement",
        }
    }
}

/// A day in the life of a law.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: NaiveDate,
    /// Whether the register is sure of it.
    pub sure: bool,
}

/// Something else that happened to a law, or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestone {
    /// When.
    pub day: Day,
    /// What, in a few words.
    pub what: String,
}

/// The three days that every law has, as far as they are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Days {
    /// First made public as a draft.
    pub proposed: Option<Day>,
    /// Passed or signed.
    pub adopted: Option<Day>,
    /// Took or takes effect.
    pub in_force: Option<Day>,
}

/// A handle into the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Instrument(u16);

impl Instrument {
    /// All, by name.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..).map(Self).take(REGISTER.laws.len())
    }

    /// The register name in lower-case ASCII with hyphens.
    pub fn slug(self) -> &'static str {
        &self.law().slug
    }

    /// The register name (`China Cybersecurity Law`).
    pub fn name(self) -> &'static str {
        &self.law().name
    }

    /// Other names, in many languages, that nobody else bears.
    pub fn aliases(self) -> &'static [String] {
        &self.law().aliases
    }

    /// Names that other laws bear too: they count only where the jurisdiction is clear.
    pub fn ambiguous_aliases(self) -> &'static [String] {
        &self.law().ambiguous
    }

    /// Whose; two for a bilateral text.
    pub fn jurisdictions(self) -> &'static [Jurisdiction] {
        &self.law().jurisdictions
    }

    /// About what.
    pub fn topics(self) -> &'static [Topic] {
        &self.law().topics
    }

    /// Where it stands.
    pub fn status(self) -> Status {
        self.law().status
    }

    /// Its days as the register has them, the unsure ones too.
    pub fn days(self) -> Days {
        self.law().days
    }

    /// What else happened to it, or will, in order.
    pub fn milestones(self) -> &'static [Milestone] {
        &self.law().milestones
    }

    /// Day of proposal, if the register knows it for sure to the day.
    pub fn proposed(self) -> Option<NaiveDate> {
        sure(self.days().proposed)
    }

    /// Day of adoption, if the register knows it for sure.
    pub fn adopted(self) -> Option<NaiveDate> {
        sure(self.days().adopted)
    }

    /// Day it took or takes effect, if the register knows it for sure.
    pub fn in_force(self) -> Option<NaiveDate> {
        sure(self.days().in_force)
    }

    /// Reads a slug, a name or an alias, in any case, width and spacing; an ambiguous abbreviation is nobody's.
    pub fn parse(text: &str) -> Option<Self> {
        REGISTER.by_name.get(&name_key(text)).copied()
    }

    fn law(self) -> &'static register::Law {
        &REGISTER.laws[usize::from(self.0)]
    }
}

as_text!(Instrument, slug, "instrument");

fn sure(day: Option<Day>) -> Option<NaiveDate> {
    day.filter(|day| day.sure).map(|day| day.date)
}
