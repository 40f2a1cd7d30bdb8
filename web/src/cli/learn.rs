//! `train` and `evaluate`: labelled texts in, a model file or its agreement with them out.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use classifier::{Classifier, Evaluation, Example, Measure, passage};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::lines::{lines, object};
use super::{Misuse, Outcome, Place, answer, say};
use crate::meaning::Embedder;

/// `lexwatch train`.
#[derive(Debug, Args)]
pub(super) struct Train {
    /// Labelled JSON lines: title, text, language?, home?, date?, and the codebook's fields; or question and topics
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Where the model file goes; classifier/data/model.toml is the one that is built in
    #[arg(long, value_name = "PATH", default_value = "model.toml")]
    out: PathBuf,
}

/// `lexwatch evaluate`.
#[derive(Debug, Args)]
pub(super) struct Evaluate {
    /// Labelled JSON lines: title, text, language?, home?, date?, and the codebook's fields
    file: PathBuf,
    /// One answer with every tag and the confusions
    #[arg(long)]
    json: bool,
}

/// What tells a question from a text.
#[derive(Deserialize)]
struct Kind {
    question: Option<IgnoredAny>,
}

impl Train {
    pub(super) fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        let embedder = place.embedder()?;
        let (mut examples, mut questions) = (Vec::new(), Vec::new());
        for file in &self.files {
            parsed(file, |line| {
                match object::<Kind>(line)?.question {
                    Some(_) => questions.push(object(line)?),
                    None => examples.push(object(line)?),
                }
                Ok(())
            })?;
        }
        embed(&mut examples, &embedder)?;
        let model = classifier::train(&examples, &questions);
        let model = model.map_err(|fault| Misuse(fault.to_string()))?;
        write(&self.out, &model.to_text()?)?;
        if let Some(text) = model.meaning_to_text()? {
            write(&self.out.with_file_name("meaning.toml"), &text)?;
        }
        let (texts, questions) = (examples.len(), questions.len());
        let report = json!({
            "model": model.version(), "texts": texts, "questions": questions, "path": self.out,
        });
        answer(&report)?;
        Ok(Outcome::Done)
    }
}

impl Evaluate {
    pub(super) fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        let examples = read(&self.file, &place.embedder()?)?;
        let evaluation = classifier::evaluate(&Classifier::load()?, &examples);
        if self.json {
            answer(&view(&evaluation))?;
        } else {
            describe(&evaluation);
        }
        Ok(Outcome::Done)
    }
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    std::fs::write(path, text)
        .with_context(|| format!("{}: the model cannot be written", path.display()))
}

/// All labelled texts of a file, with what they mean where that is known; a measure without one of its lines would be
/// another one.
fn read(file: &Path, embedder: &Embedder) -> anyhow::Result<Vec<Example>> {
    let mut examples = Vec::new();
    parsed(file, |line| object(line).map(|example| examples.push(example)))?;
    embed(&mut examples, embedder)?;
    Ok(examples)
}

/// Reads each line of a file; a training without one of them would be another one.
fn parsed(file: &Path, mut read: impl FnMut(&str) -> Result<(), String>) -> anyhow::Result<()> {
    let mut is_empty = true;
    for line in lines(Some(file))? {
        let line = line?;
        line.text
            .and_then(|text| read(&text))
            .map_err(|what| Misuse(format!("{}, line {}: {what}", file.display(), line.number)))?;
        is_empty = false;
    }
    if is_empty {
        return Err(Misuse(format!("{}: there is no labelled text in it", file.display())).into());
    }
    Ok(())
}

/// Unlike where texts are tagged, a model that fails is an error: what is learnt or measured without it is another thing.
fn embed(examples: &mut [Example], embedder: &Embedder) -> anyhow::Result<()> {
    let Some(embedder) = embedder else { return Ok(()) };
    let known = |example: &&mut Example| embedder.knows(example.language.as_deref());
    let known: Vec<_> = examples.iter_mut().filter(known).collect();
    let passages = known.iter().map(|example| passage(&example.title, &example.text)).collect();
    for (example, embedding) in known.into_iter().zip(embedder.embed(passages)?) {
        example.embedding = Some(embedding);
    }
    Ok(())
}

fn view(evaluation: &Evaluation) -> Value {
    let measure = |measure: &Measure| {
        let [precision, recall] = measure.intervals();
        json!({
            "tag": measure.name,
            "right": measure.right,
            "wrong": measure.wrong,
            "missed": measure.missed,
            "precision": measure.precision(),
            "precision_95": precision,
            "recall": measure.recall(),
            "recall_95": recall,
            "f1": measure.f1(),
        })
    };
    json!({
        "texts": evaluation.texts,
        "measures": evaluation.measures.iter().map(measure).collect::<Vec<_>>(),
        "topics_macro_f1": evaluation.topics_macro,
        "stage_accuracy": evaluation.stage_accuracy,
        "stage_confusions": evaluation.confusions,
    })
}

fn describe(evaluation: &Evaluation) {
    say("Of the text's tags: precision and recall with their 95 % intervals, and F1");
    for measure in &evaluation.measures {
        let Measure { name, .. } = measure;
        let shares = [measure.precision(), measure.recall()].into_iter().zip(measure.intervals());
        let shares = shares.map(|(share, (low, high))| format!("{share:.3} ({low:.2}–{high:.2})"));
        let shares: Vec<_> = shares.collect();
        say(&format!("{name:<44} {} {:.3}", shares.join(" "), measure.f1()));
    }
    say(&format!("{:<44} {:>37.3}", "topics, mean over them", evaluation.topics_macro));
    say(&format!("{:<44} {:>37.3}", "stage, share that is right", evaluation.stage_accuracy));
    for confusion in &evaluation.confusions {
        say(&format!("{} taken for {}: {}", confusion.expected, confusion.found, confusion.count));
    }
    say(&format!("{} texts", evaluation.texts));
}
