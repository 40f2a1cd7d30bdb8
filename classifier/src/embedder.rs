//! `Embedder`: embeddings by all-MiniLM-L6-v2, run by rust-bert over libtorch.
//!
//! The model (Wang et al. 2020, arXiv:2002.10957, trained for sentences as by Reimers and Gurevych 2019,
//! arXiv:1908.10084) knows English. It lives on a thread of its own: it cannot be shared, and computes one batch at a
//! time whoever asks. A text that a reader waits for goes before those that nobody waits for, whose next batch comes after a few such texts.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use rust_bert::pipelines::common::ModelType;
use rust_bert::pipelines::sentence_embeddings::{
    SentenceEmbeddingsConfig, SentenceEmbeddingsModel,
};
use rust_bert::resources::LocalResource;
use tch::Device;

use crate::{Embedding, Error};

/// The model's name: in errors, and kept with each embedding.
const MODEL: &str = "all-MiniLM-L6-v2";

/// The files of its folder, as `SentenceEmbeddingsConfig` asks for them.
const MODULES: &str = "modules.json";
const CONFIG: &str = "config.json";
const WEIGHTS: &str = "model.safetensors";
const POOLING: &str = "1_Pooling/config.json";
const SENTENCES: &str = "sentence_bert_config.json";
const TOKENIZER: &str = "tokenizer_config.json";
const VOCABULARY: &str = "vocab.txt";

/// How many texts go through the model together: a reader waits for one batch at most.
const BATCH: usize = 2;
/// How many readers go before the next batch of what nobody waits for, which comes to its end however many there are.
const IN_A_ROW: usize = 4;

/// Texts to embed, and where the answer goes.
struct Task {
    texts: Vec<String>,
    /// Whether a reader waits for it.
    is_urgent: bool,
    answer: Sender<Result<Vec<Embedding>, String>>,
}

/// A task, as far as it is done.
struct Begun {
    task: Task,
    /// The texts that are left, by their places, of about one length together: all of a batch are padded to its longest.
    left: Vec<usize>,
    embedded: Vec<Option<Embedding>>,
}

/// Gives texts their embeddings. Share it behind an `Arc`; its thread ends with it.
#[derive(Debug)]
pub struct Embedder(Sender<Task>);

impl Embedder {
    /// Starts the thread for the model in `folder`, which is read at the first use.
    ///
    /// # Errors
    /// [`Error`] when a file of the model is not there, with the command that fetches it.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let files = [MODULES, CONFIG, WEIGHTS, POOLING, SENTENCES, TOKENIZER, VOCABULARY];
        if let Some(missing) = files.iter().map(|file| folder.join(file)).find(|it| !it.is_file()) {
            let what = format!(
                "{} is not there: `classifier/get-model` fetches the model and says how to name its folder",
                missing.display()
            );
            return Err(Error { file: MODEL, what });
        }
        let (sender, tasks) = channel();
        let folder = folder.to_owned();
        let thread = thread::Builder::new().name("embedder".to_owned());
        let started = thread.spawn(move || work(&folder, &tasks));
        started.map_err(|error| failure(error.to_string()))?;
        Ok(Self(sender))
    }

    /// The name that is kept with each embedding; embeddings of different models have nothing to do with each other.
    pub fn model(&self) -> &'static str {
        MODEL
    }

    /// Whether the model knows a language (BCP 47): English, and what is not known to be another.
    pub fn knows(&self, language: Option<&str>) -> bool {
        language
            .is_none_or(|tag| tag.split('-').next().is_some_and(|it| it.eq_ignore_ascii_case("en")))
    }

    /// Embeds texts, in their order, behind all that others wait for. Waits for the thread, so not to be called where
    /// waiting holds up others.
    ///
    /// # Errors
    /// [`Error`] when the model cannot be read, or fails.
    pub fn embed(&self, texts: Vec<String>) -> Result<Vec<Embedding>, Error> {
        self.ask(texts, false)
    }

    /// Embeds a text that a reader waits for: before the next batch of what [`Embedder::embed`] was given, by whomever.
    /// Waits for the thread as well.
    ///
    /// # Errors
    /// [`Error`] when the model cannot be read, or fails.
    pub fn embed_first(&self, text: String) -> Result<Embedding, Error> {
        let embedded = self.ask(vec![text], true)?.pop();
        embedded.ok_or_else(|| failure("it gave nothing".to_owned()))
    }

    fn ask(&self, texts: Vec<String>, is_urgent: bool) -> Result<Vec<Embedding>, Error> {
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        let (answer, answered) = channel();
        let stopped = || failure("its thread has stopped".to_owned());
        self.0.send(Task { texts, is_urgent, answer }).map_err(|_| stopped())?;
        answered.recv().map_err(|_| stopped())?.map_err(failure)
    }
}

fn failure(what: String) -> Error {
    Error { file: MODEL, what }
}

/// Works for as long as somebody may ask, batch by batch. A model that cannot be read is tried again at the next task.
fn work(folder: &Path, tasks: &Receiver<Task>) {
    // More threads only spin beside everything else that wants the processor.
    tch::set_num_threads(1);
    let mut model = None;
    let mut waiting: VecDeque<Begun> = VecDeque::new();
    let mut in_a_row = 0;
    loop {
        if waiting.is_empty() {
            let Ok(task) = tasks.recv() else { return };
            waiting.push_back(Begun::new(task));
        }
        waiting.extend(tasks.try_iter().map(Begun::new));
        let is_next = |begun: &Begun| begun.task.is_urgent == (in_a_row < IN_A_ROW);
        let next = waiting.iter().position(is_next).unwrap_or(0);
        let Some(mut next) = waiting.remove(next) else { continue };
        in_a_row = if next.task.is_urgent { in_a_row + 1 } else { 0 };
        // rust-bert unwraps much: whatever it stumbles over is an error of these texts only.
        let done = catch_unwind(AssertUnwindSafe(|| {
            let model = match &mut model {
                Some(model) => model,
                empty => empty.insert(load(folder)?),
            };
            next.embed_some(model)
        }));
        match done.unwrap_or_else(|_| Err("it broke off".to_owned())) {
            Ok(()) if !next.left.is_empty() => waiting.push_front(next),
            done => next.answer(done),
        }
    }
}

impl Begun {
    fn new(task: Task) -> Self {
        let mut left: Vec<_> = (0..task.texts.len()).collect();
        left.sort_by_key(|place| task.texts[*place].len());
        let embedded = vec![None; task.texts.len()];
        Self { task, left, embedded }
    }

    /// Embeds the next batch.
    fn embed_some(&mut self, model: &SentenceEmbeddingsModel) -> Result<(), String> {
        let batch = self.left.split_off(self.left.len().saturating_sub(BATCH));
        let texts: Vec<_> = batch.iter().map(|place| self.task.texts[*place].as_str()).collect();
        let numbers = model.encode(&texts).map_err(|error| error.to_string())?;
        for (place, numbers) in batch.into_iter().zip(numbers) {
            self.embedded[place] = Embedding::of(&numbers);
        }
        Ok(())
    }

    fn answer(self, done: Result<(), String>) {
        let whole = || self.embedded.into_iter().collect::<Option<Vec<_>>>();
        let answer = done.and_then(|()| whole().ok_or_else(|| "it gave no direction".to_owned()));
        // Who asked may have gone.
        let _ = self.task.answer.send(answer);
    }
}

fn load(folder: &Path) -> Result<SentenceEmbeddingsModel, String> {
    let file = |name: &str| Box::new(LocalResource::from(PathBuf::from(folder).join(name)));
    let config = SentenceEmbeddingsConfig {
        modules_config_resource: file(MODULES),
        transformer_type: ModelType::Bert,
        transformer_config_resource: file(CONFIG),
        transformer_weights_resource: file(WEIGHTS),
        pooling_config_resource: file(POOLING),
        dense_config_resource: None,
        dense_weights_resource: None,
        sentence_bert_config_resource: file(SENTENCES),
        tokenizer_config_resource: file(TOKENIZER),
        tokenizer_vocab_resource: file(VOCABULARY),
        tokenizer_merges_resource: None,
        device: Device::Cpu,
        kind: None,
    };
    SentenceEmbeddingsModel::new(config).map_err(|error| error.to_string())
}
