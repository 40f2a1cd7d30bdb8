//! A tag can be named by people, and their word wins over the model's.

use Action::{Add, Remove};
use classifier::{Action, Jurisdiction, Label, Stage, Tag, Tags, Topic};

fn label(text: &str) -> Label {
    text.parse().unwrap_or_else(|unknown| panic!("{unknown}"))
}

fn tag<T>(value: T) -> Tag<T> {
    Tag { value, score: 0.7, evidence: Vec::new() }
}

fn tags(policy: bool, topics: &[Topic], stage: Option<Stage>) -> Tags {
    Tags {
        policy: tag(policy),
        jurisdictions: Vec::new(),
        topics: topics.iter().copied().map(tag).collect(),
        stage: stage.map(tag),
        instruments: Vec::new(),
        developments: Vec::new(),
        model: "m".to_owned(),
    }
}

fn names(tags: &Tags) -> Vec<String> {
    tags.labels().iter().map(ToString::to_string).collect()
}

#[test]
fn a_label_is_read_in_the_words_of_the_query_language_and_written_in_one_form() {
    for (written, canonical) in [
        ("policy", "policy"),
        (" Policy:true ", "policy"),
        ("country:uk", "jurisdiction:GB"),
        ("JURISDICTION: China", "jurisdiction:CN"),
        ("topic:\"Encryption and backdoors\"", "topic:encryption"),
        ("stage:In-Force", "stage:in-force"),
        ("law:GDPR", "instrument:gdpr"),
        ("instrument:“China Cybersecurity Law”", "instrument:china-cybersecurity-law"),
        ("law:网络安全法", "instrument:china-cybersecurity-law"),
    ] {
        assert_eq!(label(written).to_string(), canonical, "{written}");
        assert_eq!(label(canonical), label(written), "the canonical form is read back");
    }
}

#[test]
fn what_is_no_label_is_named_with_what_is_near() {
    for (written, parts) in [
        ("topic:encrpytion", ["`encrpytion` is not a topic", "did you mean `encryption`"]),
        ("country:Chnia", ["`Chnia` is not a jurisdiction", "`CN` (China)"]),
        ("law:gpdr", ["`gpdr` is not a law", "did you mean `gdpr`"]),
        ("stage:", ["`` is not a stage", "`proposed`"]),
        ("encryption", ["`encryption` is not a tag", "did you mean `topic:encryption`"]),
        ("CN", ["`CN` is not a tag", "did you mean `jurisdiction:CN`"]),
        ("tpoic:encryption", ["is not a tag", "did you mean `topic:…`"]),
        ("policy:false", ["is not a tag", "remove it"]),
        ("", ["`` is not a tag", "`jurisdiction:CN`"]),
        ("colour:red", ["is not a tag", "use `policy`"]),
    ] {
        let said = written.parse::<Label>().unwrap_err().to_string();
        assert!(parts.iter().all(|part| said.contains(part)), "{written}: {said}");
    }
    let long = format!("topic:{}", "x".repeat(100_000)).parse::<Label>().unwrap_err().to_string();
    assert!(long.len() < 1_000, "a long word is not repeated whole");
}

#[test]
fn added_topics_stand_first_and_four_remain() {
    use Topic::{Censorship, Cybercrime, Encryption, Surveillance, VpnRestrictions};
    let mut it = tags(true, &[Censorship, Cybercrime, Encryption, Surveillance], None);
    it.add(Label::Topic(VpnRestrictions)).unwrap();
    assert_eq!(it.topics.len(), 4);
    assert_eq!((it.topics[0].value, it.topics[0].score), (VpnRestrictions, 1.0));
    assert!(!it.has(Label::Topic(Surveillance)));
    it.add(Label::Topic(Encryption)).unwrap();
    assert_eq!((it.topics[0].value, it.topics[0].score), (Encryption, 0.7), "it was there");
    assert_eq!(it.topics.len(), 4);
}

#[test]
fn a_stage_takes_the_place_of_another_and_without_policy_there_is_nothing() {
    let mut it = tags(true, &[Topic::Encryption], Some(Stage::Proposed));
    it.add(label("stage:adopted")).unwrap();
    it.remove(label("stage:proposed"));
    assert_eq!(names(&it), ["policy", "topic:encryption", "stage:adopted"]);
    it.remove(Label::Policy);
    assert!(names(&it).is_empty());
    let said = it.add(label("country:CN")).unwrap_err().to_string();
    assert!(said.contains("`jurisdiction:CN`") && said.contains("add `policy` too"), "{said}");
    it.add(Label::Policy).unwrap();
    it.add(label("country:CN")).unwrap();
    assert_eq!(it.jurisdictions[0].value, Jurisdiction::parse("CN").unwrap());
}

#[test]
fn the_last_word_on_each_tag_counts_whatever_the_model_says_later() {
    let model = tags(true, &[Topic::Encryption], Some(Stage::Proposed));
    let not_policy = tags(false, &[], None);
    let check = |model: &Tags, words: &[(Action, &str)], expected: &[&str]| {
        let words: Vec<_> = words.iter().map(|(action, text)| (*action, label(text))).collect();
        assert_eq!(names(&model.corrected(&words)), expected, "{words:?}");
    };
    check(&model, &[], &["policy", "topic:encryption", "stage:proposed"]);
    // Undone, the model's word stands again.
    check(
        &model,
        &[(Remove, "policy"), (Add, "policy")],
        &["policy", "topic:encryption", "stage:proposed"],
    );
    // Who named a tag said that it is about policy, even when the model no longer thinks so.
    check(&not_policy, &[(Add, "topic:censorship")], &["policy", "topic:censorship"]);
    check(&not_policy, &[(Add, "topic:censorship"), (Remove, "topic:censorship")], &[]);
    check(&model, &[(Add, "topic:censorship"), (Remove, "policy")], &[]);
    // Of two stages that were added the later one counts; taken back, neither.
    let stages = [(Add, "stage:adopted"), (Add, "stage:in-force")];
    check(&model, &stages, &["policy", "topic:encryption", "stage:in-force"]);
    let back = [stages[0], stages[1], (Remove, "stage:in-force")];
    check(&model, &back, &["policy", "topic:encryption", "stage:proposed"]);
    // What was removed stays away.
    let removed = [(Remove, "stage:proposed"), (Remove, "topic:encryption")];
    check(&model, &removed, &["policy"]);
}
