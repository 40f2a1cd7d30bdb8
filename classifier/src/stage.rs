//! `Stage`: where in its life a measure is; the codebook's section 4.

use crate::wire::as_text;

/// Where in its life the measure is that an item reports. Its newest act decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Draft, bill, consultation.
    Proposed,
    /// Passed, signed, final.
    Adopted,
    /// Taking effect, a deadline, complying with it.
    InForce,
    /// Guidelines, standards, codes of practice.
    Guidance,
    /// Probe, order, fine, arrest, charge.
    Enforcement,
    /// Suit, ruling, appeal.
    Litigation,
    /// Treaty, bilateral deal.
    Agreement,
    /// Analysis, reaction, a report with no new act.
    Commentary,
}

/// What readers and addresses are told about a stage.
struct Row {
    stage: Stage,
    slug: &'static str,
    name: &'static str,
    description: &'static str,
}

/// One row per stage, in the order of the enum.
const TABLE: [Row; 8] = [
    Row {
        stage: Stage::Proposed,
        slug: "proposed",
        name: "Proposed",
        description: "A draft, a bill or a consultation: nobody is bound by it yet.",
    },
    Row {
        stage: Stage::Adopted,
        slug: "adopted",
        name: "Adopted",
        description: "Passed, signed or published as a final rule; it may take effect later.",
    },
    Row {
        stage: Stage::InForce,
        slug: "in-force",
        name: "In force",
        description: "It takes effect, a deadline falls due, or the item is about complying with it.",
    },
    Row {
        stage: Stage::Guidance,
        slug: "guidance",
        name: "Guidance",
        description: "Guidelines, standards, codes of practice, pilots and official advice.",
    },
    Row {
        stage: Stage::Enforcement,
        slug: "enforcement",
        name: "Enforcement",
        description: "A probe, order, fine, settlement, listing, arrest or charge against named firms or persons.",
    },
    Row {
        stage: Stage::Litigation,
        slug: "litigation",
        name: "Litigation",
        description: "A suit, a hearing, a judgment or an appeal.",
    },
    Row {
        stage: Stage::Agreement,
        slug: "agreement",
        name: "Agreement",
        description: "A treaty or a deal between states is made or joined.",
    },
    Row {
        stage: Stage::Commentary,
        slug: "commentary",
        name: "Commentary",
        description: "Analysis, reaction or a report, with no new official act.",
    },
];

impl Stage {
    /// All stages in the order of a measure's life.
    pub const ALL: [Self; 8] = {
        let mut all = [Self::Proposed; 8];
        let mut row = 0;
        while row < all.len() {
            all[row] = TABLE[row].stage;
            row += 1;
        }
        all
    };

    /// The word in addresses and the API.
    pub fn slug(self) -> &'static str {
        self.row().slug
    }

    /// The name that readers see.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// What it holds, in one sentence.
    pub fn description(self) -> &'static str {
        self.row().description
    }

    /// Reads a slug, in any case.
    pub fn parse(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.slug().eq_ignore_ascii_case(slug.trim()))
    }

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

as_text!(Stage, slug, "stage");
