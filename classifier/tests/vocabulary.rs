//! The vocabulary is sound: every word is unique, and is read back as it is written.

use std::collections::HashSet;

use classifier::{Instrument, Jurisdiction, Label, Stage, Status, Topic};

#[test]
fn topics_and_stages_are_read_back() {
    for topic in Topic::ALL {
        assert_eq!(Topic::parse(topic.slug()), Some(topic));
        assert_eq!(Topic::parse(&topic.slug().to_uppercase()), Some(topic));
        let json = serde_json::to_string(&topic).unwrap();
        assert_eq!(serde_json::from_str::<Topic>(&json).unwrap(), topic);
        assert!(topic.description().ends_with('.') && !topic.name().is_empty());
    }
    for stage in Stage::ALL {
        assert_eq!(Stage::parse(stage.slug()), Some(stage));
        assert!(stage.description().ends_with('.') && !stage.name().is_empty());
    }
    assert_eq!(Topic::ALL.iter().map(|t| t.slug()).collect::<HashSet<_>>().len(), 22);
    assert_eq!(Topic::ALL.iter().map(|t| t.name()).collect::<HashSet<_>>().len(), 22);
    assert_eq!(Stage::ALL.iter().map(|s| s.slug()).collect::<HashSet<_>>().len(), 8);
    assert_eq!(Topic::parse("data localization"), None);
}

#[test]
fn jurisdictions_are_all_there() {
    let codes = Jurisdiction::all().map(Jurisdiction::code).collect::<Vec<_>>();
    assert_eq!(codes.iter().collect::<HashSet<_>>().len(), codes.len());
    let states = codes.iter().filter(|code| code.len() == 2 && **code != "EU").count();
    assert_eq!(states, 250, "the 249 of ISO 3166-1, and Kosovo's user-assigned XK");
    let names = Jurisdiction::all().map(Jurisdiction::name).collect::<Vec<_>>();
    assert!(names.is_sorted());
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    for code in ["CN", "GB", "EU", "INT", "US-CA", "US-NY", "CA-QC", "CA-ON", "AU-NSW"] {
        assert!(Jurisdiction::parse(code).is_some(), "{code}");
    }
    for jurisdiction in Jurisdiction::all() {
        let code = jurisdiction.code();
        assert_eq!(Jurisdiction::parse(&code.to_lowercase()), Some(jurisdiction));
        assert_eq!(
            jurisdiction.parent().map(Jurisdiction::code),
            code.split('-').next().filter(|p| *p != code)
        );
        let json = serde_json::to_string(&jurisdiction).unwrap();
        assert_eq!(serde_json::from_str::<Jurisdiction>(&json).unwrap(), jurisdiction);
    }
    assert_eq!(Jurisdiction::parse("uk").map(Jurisdiction::name), Some("United Kingdom"));
    assert!(Jurisdiction::parse("ZZ").is_none());
    assert!(Jurisdiction::parse("").is_none());
}

#[test]
fn laws_are_found_by_every_name() {
    assert_eq!(Instrument::all().count(), 350);
    let mut slugs = HashSet::new();
    for law in Instrument::all() {
        let slug = law.slug();
        assert!(slugs.insert(slug), "{slug} twice");
        assert!(slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
        for name in law.aliases().iter().map(String::as_str).chain([slug, law.name()]) {
            assert_eq!(Instrument::parse(name), Some(law), "{name}");
            assert_eq!(Instrument::parse(&format!("  {}\u{a0}", name.to_uppercase())), Some(law));
        }
        for name in law.ambiguous_aliases() {
            assert_eq!(Instrument::parse(name), None, "{name}");
        }
        if let (Some(adopted), Some(in_force)) = (law.adopted(), law.in_force()) {
            assert!(
                adopted.format("%Y").to_string() <= in_force.format("%Y").to_string(),
                "{slug}"
            );
        }
        assert!(law.milestones().is_sorted_by_key(|m| m.day.date), "{slug}");
    }
}

#[test]
fn a_state_may_be_asked_for_by_any_of_its_names() {
    for (name, code) in
        [("USA", "US"), ("u.s.", "US"), ("中国", "CN"), ("китай", "CN"), ("DEUTSCHLAND", "DE")]
    {
        let label = format!("country:{name}").parse::<Label>().unwrap();
        assert_eq!(label.value(), code, "{name}");
    }
    for name in ["", ".", "Ки", "Atlantis"] {
        assert!(format!("country:{name}").parse::<Label>().is_err(), "{name}");
    }
}

#[test]
fn the_register_knows_the_chinese_law() {
    let law = Instrument::parse("china-cybersecurity-law").unwrap();
    assert_eq!(Instrument::parse("网络安全法"), Some(law));
    assert_eq!(Instrument::parse("ｃｈｉｎａ  Cybersecurity law"), Some(law));
    assert_eq!(law.name(), "China Cybersecurity Law");
    assert_eq!(law.jurisdictions(), [Jurisdiction::parse("CN").unwrap()]);
    assert_eq!(law.status(), Status::InForce);
    assert_eq!(law.in_force().unwrap().to_string(), "2017-06-01");
    assert!(Instrument::parse("CSL").is_none(), "an ambiguous abbreviation is nobody's");
    assert_eq!("law:CSL".parse::<Label>().unwrap(), Label::Instrument(law), "of one law only");
    assert!(Instrument::parse("").is_none());
    assert!(Instrument::parse(&"x".repeat(1 << 20)).is_none());
}
