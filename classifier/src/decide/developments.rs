//! Which dated acts does a text tell of?

use std::rc::Rc;

use super::calendar;
use crate::dates::{Calendar, Kind, Mention};
use crate::findings::Findings;
use crate::lexicon::Sense;
use crate::linear::Linear;
use crate::reading::Sentence;
use crate::{Act, Development, Instrument, Stage, Tag, When};

pub(crate) mod around;
mod cues;
mod denial;
mod features;
mod law;
pub(crate) mod rivals;
mod scene;
pub(crate) mod trust;

pub(crate) use cues::{Cue, load};
pub(crate) use denial::Doubt;
pub(crate) use features::FEATURES;
use features::{Features, Sight};
use rivals::Kin;
use scene::{Law, NEWS, Scene, Told, scenes};
use trust::{Near, Trust};

/// The probability from which a dated act counts, and one that is news without a date: about where the F1 of the training
/// texts is best, each fifth judged by a model of the others, and rather higher, since one false act costs a timeline more
/// than one that is missing.
const ENOUGH: f32 = 0.33;
const ENOUGH_IMPLIED: f32 = 0.8;

/// Within so many days two acts of a kind are one event, unless the second is sure (`passed on Monday, signed today`).
const ONE_EVENT: i64 = 3;

/// The probability from which one date is of a second act too (`took effect when it was published on 1 June`).
const SURE: f32 = 0.7;

/// No text tells of more.
const MOST: usize = 24;

/// What judges: the model's weights, how far words are to be trusted, and what the other acts of a text say.
pub(crate) type Judge<'a> = (&'a Linear, &'a Trust, &'a Linear);

/// What is known of the whole text.
struct Story<'a> {
    findings: &'a Findings<'a>,
    scenes: Vec<Scene>,
    laws: &'a [Tag<Instrument>],
    stage: Option<Stage>,
    published: Option<chrono::NaiveDate>,
    /// Whether it tells a day that is news.
    has_news: bool,
}

/// A dated act that a text may tell of, and what is known about it, as numbers for the model.
pub(crate) struct Candidate {
    pub(crate) act: Act,
    pub(crate) date: When,
    /// Whether the date is the text's own, or that of its publication.
    pub(crate) implied: bool,
    /// Whether a measure is called by the date: then it is of nothing else.
    called: bool,
    features: Features,
    instrument: Option<Instrument>,
    sentence: Sentence,
    mention: usize,
    /// The word for the act that is nearest to the date.
    word: Option<u16>,
    /// The words around the date.
    around: Rc<[u32]>,
}

/// Takes what is likely: of the readings of one date the likelier, and of the same act on the same day the surest.
pub(crate) fn decide(
    findings: &Findings<'_>,
    senses: &[Vec<Sense>],
    calendar: &Calendar,
    tagged: (&[Tag<Instrument>], Option<Stage>),
    judge: Judge<'_>,
) -> Vec<Development> {
    choose(findings, candidates(findings, senses, calendar, tagged), judge)
}

/// Of the readings of one date the likelier, and of the same act on the same day the surest.
pub(crate) fn choose(
    findings: &Findings<'_>,
    candidates: Vec<Candidate>,
    judge: Judge<'_>,
) -> Vec<Development> {
    let scores = scores(&candidates, judge);
    let mut likely = scores
        .into_iter()
        .zip(candidates)
        .filter(|(score, one)| *score >= one.enough())
        .collect::<Vec<_>>();
    let published = findings.reading.about().published;
    // What is told without a date adds only what no date tells.
    likely.sort_by(|a, b| a.1.implied.cmp(&b.1.implied).then(b.0.total_cmp(&a.0)));
    let mut taken = Vec::<(f32, Candidate)>::new();
    for (score, one) in likely {
        let is_told = taken.iter().any(|(_, other)| {
            let is_same = other.act == one.act;
            (other.mention == one.mention
                && (is_same || score < SURE || one.called || other.date != one.date))
                || is_same
                    && (one.date.holds(other.date)
                        || score < SURE && is_one_event(one.date, other.date)
                        || one.implied
                            && (other.implied || features::is_news(published, other.date)))
        });
        if !is_told && taken.len() < MOST {
            taken.retain(|(_, other)| other.act != one.act || !other.date.holds(one.date));
            taken.push((score, one));
        }
    }
    taken.sort_by_key(|(_, one)| (one.date, one.act));
    let development = |(score, one): (f32, Candidate)| Development {
        act: one.act,
        date: one.date,
        instrument: one.instrument,
        score,
        evidence: vec![evidence(findings, &one.sentence)],
    };
    taken.into_iter().map(development).collect()
}

/// How sure the model is of each, when it has heard the others.
pub(crate) fn scores(candidates: &[Candidate], (model, trust, rivals): Judge<'_>) -> Vec<f32> {
    let mut around = (None, [0.0; Act::ALL.len()]);
    let sum = |one: &Candidate| {
        // What the words around a date say is asked once.
        if around.0 != Some(one.mention) {
            around = (Some(one.mention), trust.around.sums(&one.around));
        }
        one.features.sum(model) + trust.of_word(one.word) + around.1[one.act as usize]
    };
    let told = candidates.iter().map(|one| one.kin()).zip(candidates.iter().map(sum));
    let told = told.collect::<Vec<_>>();
    rivals::features(&told).iter().map(|numbers| rivals.probability(numbers)).collect()
}

/// Whether two days are so near that what happened on them is likely one event.
fn is_one_event(one: When, other: When) -> bool {
    let apart = (one.first() - other.first()).num_days().abs();
    one.is_day() && other.is_day() && apart <= ONE_EVENT
}

/// The sentence, without the spaces around it.
fn evidence(findings: &Findings<'_>, sentence: &Sentence) -> crate::Evidence {
    let text = findings.reading.folded(sentence.place);
    let words = text.get(sentence.start..sentence.end).unwrap_or_default();
    let start = sentence.start + (words.len() - words.trim_start().len());
    findings.reading.evidence(sentence.place, start, start + words.trim().len())
}

/// All dated acts that the text may tell of: none without a word for the act in the sentence.
pub(crate) fn candidates(
    findings: &Findings<'_>,
    senses: &[Vec<Sense>],
    calendar: &Calendar,
    (laws, stage): (&[Tag<Instrument>], Option<Stage>),
) -> Vec<Candidate> {
    let published = findings.reading.about().published;
    let scenes = scenes(findings, senses, calendar);
    let mut story = Story { findings, scenes, laws, stage, published, has_news: false };
    story.has_news =
        story.scenes.iter().take(NEWS).flat_map(|scene| &scene.mentions).any(|mention| {
            let first = mention.readings.first();
            mention.kind != Kind::Implied
                && first.is_some_and(|date| features::is_news(published, *date))
        });
    let mut candidates = Vec::new();
    let mut number = 0;
    for (at, scene) in story.scenes.iter().enumerate() {
        for mention in &scene.mentions {
            number += 1;
            let sight = Sight::new(&story, at, mention);
            if sight.is_of_talk() {
                continue;
            }
            let around = around::words(story.text(scene), &scene.sentence, mention);
            let around = Rc::<[u32]>::from(around);
            for (place, date) in mention.readings.iter().copied().enumerate() {
                for act in story.acts(at, mention, date) {
                    candidates.push(Candidate {
                        act,
                        date,
                        implied: mention.kind == Kind::Implied,
                        called: sight.is_called(),
                        features: sight.features(act, date, place > 0),
                        instrument: law::meant(&story, at, mention, (act, date)),
                        sentence: scene.sentence,
                        mention: number,
                        word: sight.word(act),
                        around: Rc::clone(&around),
                    });
                }
            }
        }
    }
    candidates
}

impl Candidate {
    /// From which score it counts.
    fn enough(&self) -> f32 {
        if self.implied { ENOUGH_IMPLIED } else { ENOUGH }
    }

    /// What the model learns from: the numbers, the words near it, and what others may be to it.
    pub(crate) fn known(&self) -> (Vec<f32>, Near, Kin) {
        let near = Near { act: self.act, word: self.word, around: Rc::clone(&self.around) };
        (self.features.all(), near, self.kin())
    }

    fn kin(&self) -> Kin {
        let sentence = (self.sentence.place, self.sentence.start);
        Kin { act: self.act, date: self.date, mention: self.mention, sentence }
    }
}

impl Story<'_> {
    /// The laws that a sentence surely names.
    fn named(&self, scene: &Scene) -> impl Iterator<Item = Law> {
        scene.laws.iter().copied().filter(|it| it.own || self.is_tagged(it.law))
    }

    /// Whether the text is about a law.
    fn is_tagged(&self, law: Instrument) -> bool {
        self.laws.iter().any(|tag| tag.value == law)
    }

    /// The names that laws share by which a sentence names one that the text is not about, of a state whose law it is
    /// about: which one is not sure.
    fn unsure(&self, scene: &Scene) -> impl Iterator<Item = Law> {
        let is_near = |law: Instrument| {
            let same = |tag: &Tag<Instrument>| {
                tag.value.jurisdictions().iter().any(|of| law.jurisdictions().contains(of))
            };
            self.laws.iter().any(same)
        };
        let is_sure = move |it: &Law| self.named(scene).any(|other| other.start == it.start);
        scene.laws.iter().copied().filter(move |it| !it.own && !is_sure(it) && is_near(it.law))
    }

    /// The folded words of a sentence's place.
    fn text(&self, scene: &Scene) -> &str {
        self.findings.reading.folded(scene.sentence.place)
    }

    /// The acts that a date may be of: those that the sentence has words for, or the one before it if it has none at
    /// all, those that the word before the date speaks for, the adoption of a measure that is called by the date, those
    /// that the register has on it, and where it is news, what the headline and the stage tell.
    fn acts(&self, at: usize, mention: &Mention, date: When) -> impl Iterator<Item = Act> {
        let scene = &self.scenes[at];
        let is_silent = scene.is_silent() && mention.kind != Kind::Implied;
        let before = at.checked_sub(1).filter(|at| is_silent && *at > 0);
        let before = before.map(|at| &self.scenes[at]);
        let is_news = features::is_news(self.published, date) && mention.kind != Kind::Implied;
        let is_called = scene.calls(self.text(scene), mention).is_some();
        // What is to come without a word for it takes effect or runs out.
        let is_ahead = self.published.is_some_and(|day| date.first() > day);
        // Without a date only the act that the whole text is about is news.
        let is_told =
            move |act: &Act| mention.kind != Kind::Implied || features::is_staged(self, *act);
        Act::ALL.into_iter().filter(is_told).filter(move |act| {
            scene.tells(*act)
                || before.is_some_and(|before| before.tells(*act))
                || features::is_led(mention.lead, *act)
                || is_ahead && matches!(act, Act::InForce | Act::Deadline)
                || is_called && *act == Act::Adopted
                || date.is_day() && self.known(scene, *act, date) == 2
                || is_news && (self.scenes[0].tells(*act) || features::is_staged(self, *act))
        })
    }

    /// How exactly the register has the act of a law of the text on a date: 2 to the day, 1 to the month, else 0.
    fn known(&self, scene: &Scene, act: Act, date: When) -> u8 {
        let tagged = self.laws.iter().map(|law| law.value);
        let laws = tagged.chain(scene.laws.iter().map(|it| it.law));
        let known = laws.filter_map(|law| calendar::day_of(law, act)).map(|day| {
            let day = When::day(day);
            if date == day { 2 } else { u8::from(date.is_month() && date.holds(day)) }
        });
        known.max().unwrap_or_default()
    }
}
