//! The model that is built in is the one that the training texts give, and training is honest about what it cannot do.

use classifier::{Classifier, Example, Model, train};

const TEXTS: &str = include_str!("../data/training/texts.jsonl");

#[expect(clippy::unwrap_used, reason = "a text that cannot be read fails the test")]
fn examples() -> Vec<Example> {
    TEXTS.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_built_in_model_is_what_the_texts_teach() {
    let model = train(&examples()).unwrap();
    let built_in = Classifier::load().unwrap();
    assert_eq!(format!("lexwatch-{}", model.version()), built_in.model());
    assert_eq!(Model::parse(&model.to_text().unwrap()).unwrap(), model);
    let again = Classifier::with(model).unwrap();
    for example in examples().iter().take(40) {
        let text = example.as_text();
        assert_eq!(again.classify(&text), built_in.classify(&text), "{}", example.title);
    }
}

#[test]
fn nothing_is_learnt_from_nothing() {
    assert!(train(&[]).unwrap_err().to_string().contains("policy"));
    let policy = examples().into_iter().filter(|one| one.policy).collect::<Vec<_>>();
    assert!(train(&policy).is_err());
}

#[test]
fn a_model_file_with_a_fault_is_refused_with_its_line() {
    let text = train(&examples()).unwrap().to_text().unwrap();
    let fault = Model::parse(&text.replacen("weights", "wieghts", 1)).unwrap_err().to_string();
    assert!(fault.contains("line 6") && fault.contains("wieghts"), "{fault}");
    let short = text.replacen("weights = [", "weights = [1.0, ", 1);
    assert!(Classifier::with(Model::parse(&short).unwrap()).is_err());
}
