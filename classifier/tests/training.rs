//! The model that is built in is the one that the training texts give, and training is honest about what it cannot do.

use serde::de::DeserializeOwned;

use classifier::{Classifier, Example, Measure, Model, Question, evaluate, train};

/// In the order in which they are learnt from.
const TEXTS: [&str; 3] = [
    include_str!("../data/training/texts.jsonl"),
    include_str!("../data/training/languages.jsonl"),
    include_str!("../data/training/articles.jsonl"),
];
const QUESTIONS: &str = include_str!("../data/training/questions.jsonl");
const HELD_BACK: &str = include_str!("../data/held_back.jsonl");

#[expect(clippy::unwrap_used, reason = "a text that cannot be read fails the test")]
fn read<T: DeserializeOwned>(lines: &str) -> impl Iterator<Item = T> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap())
}

fn examples() -> Vec<Example> {
    TEXTS.iter().flat_map(|lines| read(lines)).collect()
}

fn questions() -> Vec<Question> {
    read(QUESTIONS).collect()
}

#[test]
fn what_is_held_back_is_not_learnt_from() {
    let learnt = examples();
    for held in read::<Example>(HELD_BACK) {
        assert!(!learnt.iter().any(|one| one.text == held.text), "{}", held.title);
    }
}

#[test]
fn the_built_in_model_is_what_the_texts_teach() {
    let model = train(&examples(), &questions()).unwrap();
    let built_in = Classifier::load().unwrap();
    // What follows is the vocabulary's digest.
    assert!(built_in.model().starts_with(&format!("lexwatch-{}-", model.version())));
    assert_eq!(Model::parse(&model.to_text().unwrap()).unwrap(), model);
    let again = Classifier::with(model).unwrap();
    for example in examples().iter().take(40) {
        let text = example.as_text();
        assert_eq!(again.classify(&text), built_in.classify(&text), "{}", example.title);
    }
}

#[test]
fn nothing_is_learnt_from_nothing() {
    assert!(train(&[], &questions()).unwrap_err().to_string().contains("policy"));
    let policy = examples().into_iter().filter(|one| one.policy).collect::<Vec<_>>();
    assert!(train(&policy, &[]).is_err());
}

#[test]
fn a_model_file_with_a_fault_is_refused_with_its_line() {
    let text = train(&examples()[..200], &[]).unwrap().to_text().unwrap();
    let fault = Model::parse(&text.replacen("weights", "wieghts", 1)).unwrap_err().to_string();
    assert!(fault.contains("line ") && fault.contains("wieghts"), "{fault}");
    let short = text.replacen("weights = [", "weights = [1.0, ", 1);
    assert!(Classifier::with(Model::parse(&short).unwrap()).is_err());
}

#[test]
fn what_is_learnt_with_embeddings_belongs_to_the_model() {
    let training = |file: &str| {
        let line = file.lines().find(|line| line.starts_with("training = "));
        line.map(str::to_owned).unwrap()
    };
    let meaning = include_str!("../data/meaning.toml");
    assert_eq!(training(meaning), training(include_str!("../data/model.toml")));
}

#[test]
fn the_measures_add_up() {
    let classifier = Classifier::load().unwrap();
    let examples = examples();
    let evaluation = evaluate(&classifier, &examples);
    let measure = |name: &str| evaluation.measures.iter().find(|one| one.name == name).unwrap();
    let topics = measure("topics");
    let deserved = examples.iter().map(|one| one.topics.len()).sum::<usize>();
    assert_eq!((topics.right + topics.missed) as usize, deserved);
    assert_eq!(evaluation.texts as usize, examples.len());
    let each = evaluation.measures.iter().filter(|one| one.name.starts_with("topics/"));
    assert_eq!(each.map(|one| one.right).sum::<u32>(), topics.right);
    assert!(topics.f1() > 0.7 && measure("jurisdictions").f1() > 0.8, "{topics:?}");
    assert!(measure("policy/true").f1() > 0.9 && evaluation.stage_accuracy > 0.85);
    let confused = evaluation.confusions.iter().map(|one| one.count).sum::<u32>();
    let policy = examples.iter().filter(|one| one.policy).count();
    let right = evaluation.stage_accuracy * policy as f64;
    assert_eq!(confused as usize + right.round() as usize, policy);
}

#[test]
fn a_measure_knows_what_it_does_not_know() {
    let measure = |right, wrong, missed| Measure { name: String::new(), right, wrong, missed };
    assert_eq!(measure(3, 1, 2).precision(), 0.75);
    assert_eq!(measure(3, 1, 2).recall(), 0.6);
    assert!((measure(3, 1, 2).f1() - 2.0 / 3.0).abs() < 1e-9);
    let [precision, recall] = measure(8, 2, 0).intervals();
    assert!((precision.0 - 0.490).abs() < 1e-3 && (precision.1 - 0.943).abs() < 1e-3);
    assert!(recall.0 > 0.6 && recall.1 > 0.999);
    assert_eq!(measure(0, 0, 0).f1(), 0.0);
    assert_eq!(measure(0, 0, 0).intervals(), [(0.0, 1.0); 2]);
}

#[test]
fn a_question_in_plain_words_has_its_topic() {
    let classifier = Classifier::load().unwrap();
    for (asked, topic) in [
        ("may teenagers open accounts on video apps", Some("platform-regulation")),
        ("servers of foreign firms must stand at home", Some("data-localization")),
        ("Einsicht der Behörden in den Programmcode vor der Zulassung", Some("source-code-review")),
        ("штраф за обход блокировок через анонимайзер", Some("vpn-restrictions")),
        ("发生网络安全事件后几小时内必须报告", Some("incident-reporting")),
        ("best laptop for students this autumn", None),
        ("", None),
    ] {
        let likely = classifier.asked(asked);
        assert!(likely.is_sorted_by(|a, b| a.1 >= b.1), "{likely:?}");
        let first = likely.first().filter(|(_, likely)| *likely >= 0.5);
        assert_eq!(first.map(|(topic, _)| topic.slug()), topic, "{asked}: {likely:?}");
    }
}
