//! `classify`: tags for texts, as JSON lines.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;
use classifier::{
    Classifier, Development, Evidence, Instrument, Jurisdiction, Stage, Tag, Tags, Text, Topic,
};
use crawler::Moment;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::lines::{lines, object};
use super::{Outcome, Place, answer, say};
use crate::languages::primary;
use crate::meaning::{self, Embedder};
use crate::plain::clean;

/// `lexwatch classify`.
#[derive(Debug, Args)]
pub(super) struct Classify {
    /// JSON lines {"id","title","text","language"?,"home"?,"date"?} [default: standard input]
    file: Option<PathBuf>,
}

/// One text to be tagged.
#[derive(Debug, Deserialize)]
pub(crate) struct Line {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    title: String,
    text: String,
    language: Option<String>,
    home: Option<String>,
    date: Option<String>,
}

/// The tags of one text, as the command line and the API give them.
#[derive(Debug, Serialize)]
pub(crate) struct Classified {
    id: Value,
    policy: bool,
    policy_score: f32,
    jurisdictions: Vec<ByCode>,
    topics: Vec<BySlug<Topic>>,
    stage: Option<Stage>,
    stage_score: Option<f32>,
    stage_evidence: Vec<Evidence>,
    instruments: Vec<Named>,
    developments: Vec<Development>,
    model: String,
}

#[derive(Debug, Serialize)]
struct ByCode {
    code: Jurisdiction,
    score: f32,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Serialize)]
struct BySlug<T> {
    slug: T,
    score: f32,
    evidence: Vec<Evidence>,
}

#[derive(Debug, Serialize)]
struct Named {
    slug: Instrument,
    name: &'static str,
    score: f32,
    evidence: Vec<Evidence>,
}

impl Classified {
    pub(crate) fn new(id: Value, tags: Tags) -> Self {
        let (stage, stage_score, stage_evidence) = match tags.stage {
            Some(Tag { value, score, evidence }) => (Some(value), Some(score), evidence),
            None => (None, None, Vec::new()),
        };
        Self {
            id,
            policy: tags.policy.value,
            policy_score: tags.policy.score,
            jurisdictions: tags.jurisdictions.into_iter().map(ByCode::from).collect(),
            topics: tags.topics.into_iter().map(BySlug::from).collect(),
            stage,
            stage_score,
            stage_evidence,
            instruments: tags.instruments.into_iter().map(Named::from).collect(),
            developments: tags.developments,
            model: tags.model,
        }
    }
}

impl From<Tag<Jurisdiction>> for ByCode {
    fn from(tag: Tag<Jurisdiction>) -> Self {
        Self { code: tag.value, score: tag.score, evidence: tag.evidence }
    }
}

impl<T> From<Tag<T>> for BySlug<T> {
    fn from(tag: Tag<T>) -> Self {
        Self { slug: tag.value, score: tag.score, evidence: tag.evidence }
    }
}

impl From<Tag<Instrument>> for Named {
    fn from(tag: Tag<Instrument>) -> Self {
        Self { slug: tag.value, name: tag.value.name(), score: tag.score, evidence: tag.evidence }
    }
}

impl Classify {
    pub(super) fn run(self, place: &Place) -> anyhow::Result<Outcome> {
        let classifier = Classifier::load()?;
        let embedder = place.embedder()?;
        let mut outcome = Outcome::Done;
        for line in lines(self.file.as_deref())? {
            let line = line?;
            match line.text.and_then(|text| read(&text)) {
                Ok(text) => answer(&tag(&classifier, &embedder, text))?,
                Err(what) => {
                    say(&format!("lexwatch: line {}: {what}", line.number));
                    outcome = Outcome::Unusable;
                }
            }
        }
        Ok(outcome)
    }
}

/// One line of input.
///
/// # Errors
/// With what is wrong with it.
pub(crate) fn read(line: &str) -> Result<Line, String> {
    let mut line: Line = object(line)?;
    for left_out in [&mut line.language, &mut line.home, &mut line.date] {
        left_out.take_if(|text| text.is_empty());
    }
    if let Some(home) = &line.home
        && Jurisdiction::parse(home).is_none()
    {
        return Err(format!("home: `{}` is no jurisdiction's code", clean(home, 60)));
    }
    if let Some(tag) = line.language.take() {
        line.language = Some(primary(&tag).map_err(|what| format!("language: {what}"))?);
    }
    if let Some(date) = &line.date
        && day(date).is_none()
    {
        let date = clean(date, 60);
        return Err(format!("date: `{date}` is neither RFC 3339 nor a day (2017-07-12)"));
    }
    Ok(line)
}

/// The tags of one line.
pub(crate) fn tag(classifier: &Classifier, embedder: &Embedder, line: Line) -> Classified {
    let embedding = meaning::of(embedder, &line.title, &line.text, line.language.as_deref());
    let tags = classifier.classify(&Text {
        title: &line.title,
        body: &line.text,
        language: line.language.as_deref(),
        home: line.home.as_deref().and_then(Jurisdiction::parse),
        published: line.date.as_deref().and_then(day),
        embedding: embedding.as_ref(),
    });
    Classified::new(line.id, tags)
}

/// The day of a date or time.
fn day(text: &str) -> Option<NaiveDate> {
    Some(text.parse::<Moment>().ok()?.day())
}
