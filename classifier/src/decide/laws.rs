//! Which named laws is it about?

use super::calendar;
use super::tag;
use super::topics::FACTORS;
use crate::findings::{Findings, Voice};
use crate::lexicon::Aim;
use crate::linear::Linear;
use crate::reading::Zone;
use crate::{Instrument, Jurisdiction, Place, Tag, Topic};

mod mention;

pub(super) use mention::proves_no_jurisdiction;
use mention::{Kind, Mention, mentions};

/// The probability from which a law counts. It is below a half since the training texts name more laws in passing than
/// others do.
const ENOUGH: f32 = 0.2;

/// The sum from which the text is on a topic.
const ON_TOPIC: f32 = 3.0;

/// A body of so many bytes is of middling length.
const LENGTH: f32 = 1700.0;

/// How many numbers the model sees of a law.
pub(crate) const FEATURES: usize = 30;

/// A law that a text speaks of, and what is known about it, as numbers for the model.
pub(crate) struct Candidate {
    pub(crate) law: Instrument,
    pub(crate) features: Vec<f32>,
    mentions: Vec<Mention>,
}

/// The laws that the text is about, of those that it speaks of.
pub(crate) fn decide(
    findings: &Findings<'_>,
    clear: &[Jurisdiction],
    model: &Linear,
) -> Vec<Tag<Instrument>> {
    let mut tags = Vec::new();
    for candidate in candidates(findings, clear) {
        let score = model.probability(&candidate.features);
        if score >= ENOUGH {
            let mut voice = Voice::default();
            for one in &candidate.mentions {
                voice.add(weight(one), one.zone, one.place, one.start, one.end);
            }
            tags.push(tag(candidate.law, score, &voice, findings));
        }
    }
    tags.sort_by(|a, b| b.score.total_cmp(&a.score));
    tags
}

/// All laws that the text speaks of.
pub(crate) fn candidates(findings: &Findings<'_>, clear: &[Jurisdiction]) -> Vec<Candidate> {
    let all = mentions(findings, clear);
    let mut laws = Vec::<(Instrument, Vec<Mention>)>::new();
    for mention in &all {
        match laws.iter_mut().find(|(law, _)| *law == mention.law) {
            Some((_, own)) => own.push(*mention),
            None => laws.push((mention.law, vec![*mention])),
        }
    }
    let loudness = |own: &[Mention]| own.iter().map(weight).sum::<f32>();
    let sums = laws.iter().map(|(_, own)| loudness(own)).collect::<Vec<_>>();
    let candidate = |(law, mentions): (Instrument, Vec<Mention>)| {
        let mut features = said(&mentions, &all);
        features.extend(beside(loudness(&mentions), &sums));
        features.extend(fitting(law, findings, clear));
        features.extend(long(&mentions, findings));
        Candidate { law, features, mentions }
    };
    laws.into_iter().map(candidate).collect()
}

/// How loudly a mention speaks.
fn weight(mention: &Mention) -> f32 {
    let zone = match mention.zone {
        Zone::Title => 2.5,
        Zone::Lead => 1.5,
        Zone::Body => 1.0,
    };
    zone * if mention.kind == Kind::Clue { 0.6 } else { 1.0 }
}

/// How it is spoken of: for each kind whether in the headline and in the lead, and how often in the body.
fn said(mentions: &[Mention], all: &[Mention]) -> Vec<f32> {
    let count = |kind: Kind, zone: Zone| {
        mentions.iter().filter(|one| one.kind == kind && one.zone == zone).count()
    };
    let mut features = Vec::with_capacity(FEATURES);
    for kind in [Kind::Own, Kind::Shared, Kind::Clue] {
        let often = count(kind, Zone::Body).min(8) as f32;
        features.push(flag(count(kind, Zone::Title) > 0));
        features.push(flag(count(kind, Zone::Lead) > 0));
        features.push(flag(often > 0.0));
        features.push((1.0 + often).ln());
    }
    let alone = |one: &Mention| {
        !all.iter().any(|other| {
            other.law != one.law
                && other.kind > Kind::Clue
                && (other.place, other.sentence) == (one.place, one.sentence)
        })
    };
    features.push(flag(mentions.iter().any(alone)));
    features
}

/// How loud it is beside the others.
fn beside(own: f32, sums: &[f32]) -> [f32; 5] {
    let best = sums.iter().copied().fold(0.0, f32::max);
    let louder = sums.iter().filter(|sum| **sum > own).count();
    let total = sums.iter().sum::<f32>();
    [
        own / best.max(0.1),
        own / total.max(0.1),
        flag(louder == 0),
        louder.min(5) as f32 / 5.0,
        flag(sums.len() == 1),
    ]
}

/// How it fits the text's jurisdictions, topics and day.
fn fitting(law: Instrument, findings: &Findings<'_>, clear: &[Jurisdiction]) -> [f32; 7] {
    let topics = law.topics();
    let on = topics.iter().filter(|topic| is_on(findings, **topic)).count() as f32;
    let published = findings.reading.about().published;
    let news = published.is_some_and(|day| calendar::news(law, day).is_some());
    [
        flag(is_clear(law, clear)),
        flag(is_above(law, clear) && !is_clear(law, clear)),
        flag(clear.len() > 1),
        on / topics.len().max(1) as f32,
        flag(topics.first().is_some_and(|topic| is_on(findings, *topic))),
        flag(news),
        flag(!calendar::is_born(law, published)),
    ]
}

/// Where it is first, and in a text that is long, where laws are named in passing.
fn long(mentions: &[Mention], findings: &Findings<'_>) -> [f32; 5] {
    let length = findings.reading.folded(Place::Text).len().max(1) as f32;
    let long = (length / LENGTH).ln().clamp(-1.5, 1.5);
    let once = mentions.len() == 1 && mentions[0].zone == Zone::Body;
    let first = mentions.iter().map(|one| if one.place == Place::Title { 0 } else { one.start });
    let first = first.min().unwrap_or_default() as f32;
    [long, long * flag(once), first / length, (first / LENGTH).min(2.0), flag(once)]
}

/// Whether the text's words are on a topic.
fn is_on(findings: &Findings<'_>, topic: Topic) -> bool {
    findings.voice(Aim::Topic(topic)).score(FACTORS) >= ON_TOPIC
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Whether one of the law's makers, or the state above it, is among the clear ones.
fn is_clear(law: Instrument, clear: &[Jurisdiction]) -> bool {
    let above = |of: &Jurisdiction| of.parent().is_some_and(|parent| clear.contains(&parent));
    law.jurisdictions().iter().any(|of| clear.contains(of) || above(of))
}

/// Whether the law is one of the Union or of many states, which others carry out.
fn is_above(law: Instrument, clear: &[Jurisdiction]) -> bool {
    let codes = law.jurisdictions().iter().map(|of| of.code());
    !clear.is_empty() && codes.into_iter().any(|code| code == "EU" || code == "INT")
}
