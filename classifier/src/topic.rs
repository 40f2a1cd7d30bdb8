//! `Topic`: what a measure is about; the codebook's section 3.

use crate::wire::as_text;

/// What a law, rule or official act is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// Data must stay or be operated in the country.
    DataLocalization,
    /// Conditions on sending data abroad.
    CrossBorderData,
    /// Source code, algorithms or designs shown to a state.
    SourceCodeReview,
    /// Blocking, filtering, takedown of speech, shutdowns.
    Censorship,
    /// Limits on VPNs, proxies and anonymity tools.
    VpnRestrictions,
    /// Limits on encryption, backdoors, scanning.
    Encryption,
    /// Interception, retention, state spyware, access to data.
    Surveillance,
    /// Privacy law, its regulators and fines.
    DataProtection,
    /// Duties to report incidents, breaches, ransoms.
    IncidentReporting,
    /// Duties of essential operators.
    CriticalInfrastructure,
    /// Rules for cloud and hosting.
    CloudServices,
    /// Vendor bans, trusted suppliers, procurement.
    SupplyChain,
    /// Requirements, certificates and labels for products.
    ProductSecurity,
    /// Finding, reporting and stockpiling holes.
    VulnerabilityDisclosure,
    /// Duties of platforms, app stores, intermediaries.
    PlatformRegulation,
    /// AI law.
    ArtificialIntelligence,
    /// Export controls and sanctions.
    ExportControls,
    /// Computer-crime law and its cases.
    Cybercrime,
    /// eID, real names, biometrics.
    DigitalIdentity,
    /// Treaties, norms, attribution.
    CyberDiplomacy,
    /// Rules of sector regulators.
    SectorRules,
    /// Strategies, agencies, budgets.
    NationalStrategy,
}

/// What readers and addresses are told about a topic.
struct Row {
    topic: Topic,
    slug: &'static str,
    name: &'static str,
    description: &'static str,
}

/// One row per topic, in the order of the enum.
const TABLE: [Row; 22] = [
    Row {
        topic: Topic::DataLocalization,
        slug: "data-localization",
        name: "Data localization",
        description: "Data must be stored, processed or operated in the country, or with a local partner.",
    },
    Row {
        topic: Topic::CrossBorderData,
        slug: "cross-border-data",
        name: "Cross-border data transfers",
        description: "The conditions for sending data abroad: adequacy, standard clauses, security assessments.",
    },
    Row {
        topic: Topic::SourceCodeReview,
        slug: "source-code-review",
        name: "Source-code review",
        description: "Source code, algorithms or designs must be shown to or lodged with a state.",
    },
    Row {
        topic: Topic::Censorship,
        slug: "censorship",
        name: "Censorship",
        description: "A state orders blocking, filtering or takedown of speech, or shuts the internet down.",
    },
    Row {
        topic: Topic::VpnRestrictions,
        slug: "vpn-restrictions",
        name: "VPN and circumvention limits",
        description: "Bans, licences and crackdowns on VPNs, proxies and anonymity tools.",
    },
    Row {
        topic: Topic::Encryption,
        slug: "encryption",
        name: "Encryption and backdoors",
        description: "Limits on encryption, backdoors, key escrow, scanning on the device, and promises not to.",
    },
    Row {
        topic: Topic::Surveillance,
        slug: "surveillance",
        name: "Surveillance and lawful access",
        description: "Interception, data retention, bulk collection, state spyware and access to data by warrant.",
    },
    Row {
        topic: Topic::DataProtection,
        slug: "data-protection",
        name: "Data protection and privacy",
        description: "Privacy and data-security law, the authorities that watch over it, and their fines.",
    },
    Row {
        topic: Topic::IncidentReporting,
        slug: "incident-reporting",
        name: "Incident and breach reporting",
        description: "Duties to report incidents, breaches and ransom payments.",
    },
    Row {
        topic: Topic::CriticalInfrastructure,
        slug: "critical-infrastructure",
        name: "Critical infrastructure",
        description: "Security duties of essential or critical operators, telecoms firms among them.",
    },
    Row {
        topic: Topic::CloudServices,
        slug: "cloud-services",
        name: "Cloud and data centres",
        description: "Licences, certificates and sovereignty rules for cloud services and hosting.",
    },
    Row {
        topic: Topic::SupplyChain,
        slug: "supply-chain",
        name: "Supply chain and vendor bans",
        description: "Banned or trusted vendors, limits on public purchases, lists of software components.",
    },
    Row {
        topic: Topic::ProductSecurity,
        slug: "product-security",
        name: "Product security and certification",
        description: "Security requirements, tests, certificates and labels for products and connected devices.",
    },
    Row {
        topic: Topic::VulnerabilityDisclosure,
        slug: "vulnerability-disclosure",
        name: "Vulnerability disclosure",
        description: "Duties and protections around finding, reporting and keeping vulnerabilities.",
    },
    Row {
        topic: Topic::PlatformRegulation,
        slug: "platform-regulation",
        name: "Platforms and app stores",
        description: "Duties of platforms, app stores and intermediaries: registration, safety, age checks, moderation.",
    },
    Row {
        topic: Topic::ArtificialIntelligence,
        slug: "artificial-intelligence",
        name: "Artificial intelligence",
        description: "Law and security rules for artificial intelligence.",
    },
    Row {
        topic: Topic::ExportControls,
        slug: "export-controls",
        name: "Export controls and sanctions",
        description: "Controls and sanctions on cyber tools, technology, firms and persons.",
    },
    Row {
        topic: Topic::Cybercrime,
        slug: "cybercrime",
        name: "Cybercrime",
        description: "Computer-crime law, and arrests, charges, sentences and takedowns under it.",
    },
    Row {
        topic: Topic::DigitalIdentity,
        slug: "digital-identity",
        name: "Digital identity",
        description: "Electronic identity, registration under one's real name, biometrics.",
    },
    Row {
        topic: Topic::CyberDiplomacy,
        slug: "cyber-diplomacy",
        name: "Cyber diplomacy",
        description: "Treaties, deals between states, norms, and the naming of states behind attacks.",
    },
    Row {
        topic: Topic::SectorRules,
        slug: "sector-rules",
        name: "Sector rules",
        description: "Cyber rules of the regulators of finance, health, defence, transport and other sectors.",
    },
    Row {
        topic: Topic::NationalStrategy,
        slug: "national-strategy",
        name: "Strategy and institutions",
        description: "Strategies, executive orders, new agencies, budgets and plans for the workforce.",
    },
];

impl Topic {
    /// All topics in the codebook's order.
    pub const ALL: [Self; 22] = {
        let mut all = [Self::DataLocalization; 22];
        let mut row = 0;
        while row < all.len() {
            all[row] = TABLE[row].topic;
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
        Self::ALL.into_iter().find(|topic| topic.slug().eq_ignore_ascii_case(slug.trim()))
    }

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

as_text!(Topic, slug, "topic");
