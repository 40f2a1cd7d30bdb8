//! `train`: learns the weights from labelled texts.

use serde::Deserialize;

use chrono::NaiveDate;

use crate::classifier::Classifier;
use crate::data;
use crate::decide::developments::rivals;
use crate::decide::{actors, laws, policy, stage, topics};
use crate::findings::Findings;
use crate::linear::Linear;
use crate::meaning::{Meaning, Probe};
use crate::wordbook::{self, Lesson, Opinion, Wordbook};
use crate::{
    Act, Embedding, Error, Instrument, Jurisdiction, Model, Stage, Tag, Text, Topic, When,
};

/// How many bytes of a text its beginning has at least, and at most.
const BEGINNING: usize = 60;
const LONGEST_BEGINNING: usize = 400;

/// How strongly the weights are pulled towards nothing.
const RIDGE: f64 = 3.0;

/// In how many parts the texts are judged, each by a wordbook learnt from the others.
const FOLDS: usize = 5;

/// The bounds that are tried for a topic.
const STEPS: [f32; 7] = [0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6];

/// How many texts' worth of all topics' tallies each topic leans on: what few texts show is chance.
const LEAN: f32 = 100.0;

/// A labelled text, as a line of a training file has it; other keys are ignored.
#[derive(Debug, Clone, Deserialize)]
pub struct Example {
    /// The headline.
    pub title: String,
    /// The main text.
    pub text: String,
    /// BCP 47 primary language.
    #[serde(default)]
    pub language: Option<String>,
    /// The home of its source.
    #[serde(default)]
    pub home: Option<Jurisdiction>,
    /// The day of publication.
    #[serde(default)]
    pub date: Option<NaiveDate>,
    /// Is it about policy?
    pub policy: bool,
    /// Whose.
    #[serde(default)]
    pub jurisdictions: Vec<Jurisdiction>,
    /// About what.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// Where in its life the measure is.
    #[serde(default)]
    pub stage: Option<Stage>,
    /// Which laws.
    #[serde(default)]
    pub instruments: Vec<Instrument>,
    /// Which dated acts; none if nobody looked for them.
    #[serde(default)]
    pub developments: Option<Vec<Told>>,
    /// What the text means, where somebody found out; no part of a file.
    #[serde(skip)]
    pub embedding: Option<Embedding>,
}

/// What somebody asks for in a few words, as a line of a training file has it; other keys are ignored. Its words are learnt as
/// those of texts are, and nothing else of it.
#[derive(Debug, Clone, Deserialize)]
pub struct Question {
    /// The words.
    pub question: String,
    /// About what; nothing where it is about no topic.
    pub topics: Vec<Topic>,
}

/// A dated act of a labelled text; other keys are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Told {
    /// What happened, or will.
    #[serde(rename = "type")]
    pub act: Act,
    /// When.
    pub date: When,
}

impl Example {
    /// What the classifier sees of it.
    pub fn as_text(&self) -> Text<'_> {
        Text {
            title: &self.title,
            body: &self.text,
            language: self.language.as_deref(),
            home: self.home,
            published: self.date,
            embedding: self.embedding.as_ref(),
        }
    }

    /// The same with the first sentence only, which is all that many a feed gives.
    fn beginning(&self) -> Text<'_> {
        let text = self.text.as_str();
        let ends = text.char_indices().filter(|(at, c)| {
            let end = at + c.len_utf8();
            let is_parted = || text[end..].starts_with(char::is_whitespace);
            matches!(c, '。' | '！' | '？') || matches!(c, '.' | '!' | '?' | '।') && is_parted()
        });
        let end = ends.map(|(at, _)| at).find(|at| *at >= BEGINNING).unwrap_or(text.len());
        let body = &text[..text.floor_char_boundary(end.min(LONGEST_BEGINNING))];
        Text { body, embedding: None, ..self.as_text() }
    }
}

/// The cases of the decisions that ask nothing of others.
#[derive(Default)]
struct Cases {
    policy: Vec<(Vec<f32>, bool)>,
    jurisdictions: Vec<(Vec<f32>, bool)>,
    topics: Vec<(Vec<f32>, bool)>,
    stages: Vec<(Vec<f32>, bool)>,
}

/// Learns from labelled texts, and what words of topics people use from questions. The same texts and questions in the same
/// order give the same model, to the last digit.
///
/// # Errors
/// [`Error`] if the classifier's own data has a fault, or if there is nothing to learn from.
pub fn train(examples: &[Example], questions: &[Question]) -> Result<Model, Error> {
    let what = |what: &str| Error { file: "the training texts", what: what.to_owned() };
    if !examples.iter().any(|one| one.policy) || examples.iter().all(|one| one.policy) {
        return Err(what("texts with and without policy are needed"));
    }
    let classifier = Classifier::with(Model::blank(wordbook::learn([].iter())))?;
    let lessons = examples.iter().map(|example| lesson(&classifier, example)).collect::<Vec<_>>();
    let asked = questions.iter().map(|question| asked(&classifier, question)).collect::<Vec<_>>();
    let mut cases = Cases::default();
    let mut read = Vec::new();
    let books = books(&lessons, &asked);
    for (fold, book) in books.iter().enumerate() {
        for example in examples.iter().skip(fold).step_by(FOLDS) {
            read.push((example, add(&mut cases, &classifier, (book, None), example)));
            // Not with embeddings: these know English only, and a text's stands for its beginning, which would count twice.
            let beginning = example.beginning();
            let mut findings = classifier.find(&beginning);
            findings.opinion = book.opinion(&findings.reading);
            cases.policy.push((policy::features(&findings), example.policy));
        }
    }
    let fit = |cases: &[(Vec<f32>, bool)]| Linear::fit(cases, RIDGE);
    let Cases { policy, jurisdictions, topics, stages } = &cases;
    let [policy, jurisdictions, topics, stages] =
        [policy, jurisdictions, topics, stages].map(|cases| fit(cases));
    let laws = fit(&law_cases(&read, &classifier, &jurisdictions));
    let enough = enough(&cases.topics, &topics);
    let words = wordbook::learn(lessons.iter().chain(&asked));
    let parts = [&jurisdictions, &stages, &laws];
    let cases = development_cases(&read, &classifier, parts);
    let (developments, trust, rivals) = rivals::learn(&cases, classifier.cues().len(), RIDGE);
    let trust = (trust.named(classifier.cues()), trust.around);
    let parts = [policy, jurisdictions, topics, stages, laws, developments, rivals];
    let training = digest(examples, questions);
    let meaning = meaning(&classifier, &training, (examples, &lessons, &books));
    let mut model = Model::of(training, parts, enough, (words, trust));
    model.meaning = meaning;
    Ok(model)
}

/// A wordbook for each fold, learnt from the others: what one says of a text that it learnt from is too good to learn
/// from.
fn books(lessons: &[Lesson], asked: &[Lesson]) -> Vec<Wordbook> {
    let others = |fold: usize| lessons.iter().zip(0..).filter(move |(_, at)| at % FOLDS != fold);
    let others = |fold: usize| others(fold).map(|(lesson, _)| lesson).chain(asked);
    (0..FOLDS).map(|fold| wordbook::learn(others(fold))).collect()
}

/// The decisions that hear what embeddings say as well, learnt from the texts that have one, if there are any.
fn meaning(
    classifier: &Classifier,
    training: &str,
    (examples, lessons, books): (&[Example], &[Lesson], &[Wordbook]),
) -> Option<Meaning> {
    let known = || {
        let known = examples.iter().zip(lessons).zip(0..);
        known.filter_map(|((example, lesson), at)| Some((example.embedding.as_ref()?, lesson, at)))
    };
    known().next()?;
    let mut cases = Cases::default();
    for (fold, book) in books.iter().enumerate() {
        let others = known().filter(|(_, _, at)| at % FOLDS != fold);
        let probe = Probe::learn(others.map(|(of, lesson, _)| (of, &lesson.answers)));
        for example in examples.iter().skip(fold).step_by(FOLDS) {
            if example.embedding.is_some() {
                add(&mut cases, classifier, (book, Some(&probe)), example);
            }
        }
    }
    let topics = Linear::fit(&cases.topics, RIDGE);
    Some(Meaning {
        training: training.to_owned(),
        policy: Linear::fit(&cases.policy, RIDGE),
        enough: enough(&cases.topics, &topics),
        topics,
        probe: Probe::learn(known().map(|(of, lesson, _)| (of, &lesson.answers))),
    })
}

/// The laws that texts about policy speak of. What jurisdictions they have is found out as it will be, not looked up:
/// a law must not be lost because its state was.
fn law_cases(
    read: &[(&Example, Opinion)],
    classifier: &Classifier,
    jurisdictions: &Linear,
) -> Vec<(Vec<f32>, bool)> {
    let mut cases = Vec::new();
    for (example, opinion) in read.iter().filter(|(example, _)| example.policy) {
        let text = example.as_text();
        let mut findings = classifier.find(&text);
        findings.opinion = *opinion;
        let clear = acting(&findings, classifier, jurisdictions);
        for candidate in laws::candidates(&findings, &clear) {
            cases.push((candidate.features, example.instruments.contains(&candidate.law)));
        }
    }
    cases
}

/// The jurisdictions that a model sees in a text.
fn acting(findings: &Findings<'_>, classifier: &Classifier, model: &Linear) -> Vec<Jurisdiction> {
    let tags = actors::decide(findings, classifier.authorities(), model);
    tags.iter().map(|tag| tag.value).collect()
}

/// The dated acts that texts about policy may tell of, once with the labelled laws and stage and once with those that
/// the models see, since labels alone would be believed too much. A month is right where the label has a day of it: it
/// is as exact as the text, and the label may know more.
fn development_cases(
    read: &[(&Example, Opinion)],
    classifier: &Classifier,
    [jurisdictions, stages, laws]: [&Linear; 3],
) -> Vec<Vec<rivals::Told>> {
    let mut cases = Vec::new();
    for (example, opinion) in read.iter().filter(|(example, _)| example.policy) {
        let Some(developments) = &example.developments else { continue };
        let text = example.as_text();
        let mut findings = classifier.find(&text);
        findings.opinion = *opinion;
        let clear = acting(&findings, classifier, jurisdictions);
        let seen = laws::decide(&findings, &clear, laws);
        // The words of the classifier in hand are none, so the stage is what the data files know words of.
        let stage = stage::decide(&findings, &seen, None, stages).map(|tag| tag.value);
        let labels = labelled(&example.instruments);
        let mut both = Vec::new();
        for tagged in [(labels.as_slice(), example.stage), (seen.as_slice(), stage)] {
            let mut told = Vec::new();
            for candidate in classifier.acts(&findings, tagged) {
                let is_right = |of: &Told| of.act == candidate.act && candidate.date.holds(of.date);
                let (numbers, word, kin) = candidate.known();
                told.push((((numbers, developments.iter().any(is_right)), word), kin));
            }
            both.push(told);
        }
        cases.push(both);
    }
    cases
}

/// Labelled laws as tags.
fn labelled(laws: &[Instrument]) -> Vec<Tag<Instrument>> {
    laws.iter().map(|law| Tag { value: *law, score: 1.0, evidence: vec![] }).collect()
}

/// The probability from which each topic counts: where its F1 is best. The cases of a text are one for each topic, in
/// their order.
fn enough(cases: &[(Vec<f32>, bool)], model: &Linear) -> Vec<f32> {
    let judged = cases.iter().map(|(x, label)| (model.probability(x), *label)).collect::<Vec<_>>();
    let count = Topic::ALL.len();
    let texts = (judged.len() / count).max(1) as f32;
    let all = STEPS.map(|at| Tally::of(judged.iter(), at).scaled(LEAN / texts));
    let best = |topic: usize| {
        let own = STEPS.map(|at| Tally::of(judged.iter().skip(topic).step_by(count), at));
        let f1 = own.iter().zip(&all).map(|(own, all)| own.plus(all).f1());
        f1.zip(STEPS).max_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.5, |best| best.1)
    };
    (0..count).map(best).collect()
}

/// How often a probability was right and wrong, taken from a bound on.
#[derive(Clone, Copy)]
struct Tally {
    right: f32,
    off: f32,
}

impl Tally {
    fn of<'a>(judged: impl Iterator<Item = &'a (f32, bool)>, bound: f32) -> Self {
        let mut tally = Self { right: 0.0, off: 0.0 };
        for (probability, label) in judged {
            match (*probability >= bound, *label) {
                (true, true) => tally.right += 1.0,
                (false, false) => {}
                _ => tally.off += 1.0,
            }
        }
        tally
    }

    fn scaled(self, by: f32) -> Self {
        Self { right: self.right * by, off: self.off * by }
    }

    fn plus(self, other: &Self) -> Self {
        Self { right: self.right + other.right, off: self.off + other.off }
    }

    fn f1(self) -> f32 {
        2.0 * self.right / (2.0 * self.right + self.off).max(1e-3)
    }
}

/// What the wordbook learns of a text: a text that is not about policy has no topic and no stage.
fn lesson(classifier: &Classifier, example: &Example) -> Lesson {
    let text = example.as_text();
    let topics = Topic::ALL.map(|topic| example.topics.contains(&topic));
    let stages = Stage::ALL.map(|stage| example.stage == Some(stage));
    let mut answers = [None; wordbook::QUESTIONS];
    answers[0] = Some(example.policy);
    if example.policy {
        let named = |code: &str| example.jurisdictions.iter().any(|of| of.code() == code);
        let actors = [named("EU"), named("INT"), example.jurisdictions.len() > 1];
        let rest = topics.into_iter().chain(stages).chain(actors);
        answers[1..].iter_mut().zip(rest).for_each(|(answer, label)| *answer = Some(label));
    }
    Lesson::new(&classifier.find(&text).reading, answers)
}

/// What the wordbook learns of a question: its topics.
fn asked(classifier: &Classifier, question: &Question) -> Lesson {
    let topics = Topic::ALL.map(|topic| Some(question.topics.contains(&topic)));
    let mut answers = [None; wordbook::QUESTIONS];
    answers[1..=topics.len()].copy_from_slice(&topics);
    Lesson::new(&classifier.find(&Text::of_question(&question.question)).reading, answers)
}

/// Adds the cases of one text, as a wordbook and what embeddings say see it; gives what the book says of it.
fn add(
    cases: &mut Cases,
    classifier: &Classifier,
    (book, probe): (&Wordbook, Option<&Probe>),
    example: &Example,
) -> Opinion {
    let text = example.as_text();
    let mut findings = classifier.find(&text);
    findings.opinion = book.opinion(&findings.reading);
    findings.meant = probe.zip(text.embedding).map(|(probe, of)| probe.opinion(of));
    cases.policy.push((policy::features(&findings), example.policy));
    let opinion = findings.opinion;
    if !example.policy {
        return opinion;
    }
    for candidate in actors::candidates(&findings, classifier.authorities()) {
        let label = example.jurisdictions.contains(&candidate.of());
        cases.jurisdictions.push((candidate.features, label));
    }
    let laws = labelled(&example.instruments);
    for candidate in topics::candidates(&findings, &laws, classifier.authorities()) {
        cases.topics.push((candidate.features, example.topics.contains(&candidate.topic)));
    }
    for candidate in stage::candidates(&findings, &laws) {
        cases.stages.push((candidate.features, example.stage == Some(candidate.stage)));
    }
    opinion
}

/// A digest of the texts and labels, in hexadecimal.
fn digest(examples: &[Example], questions: &[Question]) -> String {
    // An embedding, which stands last, is no part of the text: with or without it the same was learnt from.
    let shown = examples.iter().map(|example| {
        let shown = format!("{example:?}");
        let text = shown.rsplit_once(", embedding: ").map_or(shown.as_str(), |(text, _)| text);
        format!("{text} }}")
    });
    let asked = questions.iter().map(|question| format!("{question:?}"));
    format!("{:016x}", data::digest(shown.chain(asked)))
}
