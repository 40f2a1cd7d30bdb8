//! What is known of a dated act that a text may tell of, as numbers for the model.

use chrono::NaiveDate;

use super::cues::Tense;
use super::{Scene, Story, Told};
use crate::dates::{Kind, Lead, Mention};
use crate::reading::Zone;
use crate::{Act, Stage, When};

/// How many bytes away a word for an act says little.
const FAR: f32 = 45.0;

/// What a comma or the like between a word and a date counts, in bytes.
const CLAUSE: usize = 25;

/// A date is news for so many days.
const NEWS: i64 = 7;

/// The features that are the same for all acts, and those that each act has for itself.
const SHARED: usize = 37;
const OWN: usize = 21;

/// How many numbers the model sees.
pub(crate) const FEATURES: usize = SHARED + OWN * Act::ALL.len();

/// The numbers of one act on one reading of a date (and whether it is the second reading).
pub(super) fn of(
    story: &Story<'_>,
    at: usize,
    mention: &Mention,
    (date, second): (When, usize),
    act: Act,
) -> Vec<f32> {
    let scene = &story.scenes[at];
    let text = story.text(scene);
    let near = |told: &Told| closeness(text, told, mention);
    let own = |told: &&Told| told.cue.act == Some(act);
    let best = |of: &dyn Fn(&&Told) -> bool| {
        scene.cues.iter().filter(|told| of(told)).map(near).fold(0.0, f32::max)
    };
    let before = best(&|told| {
        own(told)
            && told.end <= mention.start.max(told.end.min(mention.end))
            && told.start < mention.start
    });
    let after = best(&|told| own(told) && told.start >= mention.start);
    let mine = before.max(after);
    let other = best(&|told| told.cue.act.is_some_and(|other| other != act));
    let sure = best(&|told| own(told) && told.cue.sure);
    let rival = best(&|told| told.cue.sure && told.cue.act.is_some_and(|other| other != act));
    let none = best(&|told| told.cue.act.is_none());
    let count = scene.cues.iter().filter(own).count();
    let others = scene.cues.iter().filter(|told| told.cue.act.is_some() && !own(told)).count();
    let relation = relation(story.published, date);
    let nearest = scene.cues.iter().filter(own).max_by(|a, b| near(a).total_cmp(&near(b)));
    let tense = agreement(nearest.and_then(|told| told.cue.tense), relation);
    let is_claimed = nearest.is_some_and(|told| is_claimed(text, scene, told, mention));
    let title = &story.scenes[0];
    let headlined = flag(title.cues.iter().any(|told| told.cue.act == Some(act)));
    let stage = flag(is_staged(story, act));
    let is_news = flag(relation == 1);
    let known = story.known(scene, act, date);
    let any = |at: usize| {
        story.scenes.get(at).is_some_and(|scene| scene.cues.iter().any(|told| own(&told)))
    };
    let mut features = vec![
        before,
        after,
        flag(mine > 0.0 && mine >= other),
        flag(mine > 0.0 && mine > other * 1.5),
        other,
        none,
        flag(none > mine),
        flag(count > 0),
        (1.0 + count as f32).ln(),
        (1.0 + others as f32).ln(),
        tense,
        flag(second > 0),
        flag(second > 0) * tense,
        headlined,
        headlined * is_news,
        stage,
        stage * is_news,
        flag(scene.sentence.zone == Zone::Title),
        flag(scene.sentence.zone == Zone::Lead),
        flag(known == 2),
        flag(known == 1),
        flag(!scene.laws.is_empty()),
        flag(story.laws.len() == 1),
        flag(is_claimed),
        flag(at > 1 && any(at - 1)),
        flag(mention.readings.len() > 1),
        flag(mention.readings.len() > 1) * distance(story, date),
        flag(second > 0) * distance(story, date),
        flag(mention.kind == Kind::Implied) * flag(story.has_news),
        sure,
        rival,
        flag(sure > 0.0 && sure > rival),
        flag(sure > 0.0 && rival == 0.0),
        flag(count == 0),
        flag(count == 0) * stage * is_news,
        flag(count == 0) * headlined * is_news,
        flag(count == 0 && others == 0) * stage * is_news,
    ];
    let mut own_features = vec![1.0, mine, after, sure];
    own_features.extend([0, 1, 2].map(|which| flag(relation == which)));
    let leads = [
        Lead::None,
        Lead::Since,
        Lead::From,
        Lead::Until,
        Lead::After,
        Lead::On,
        Lead::In,
        Lead::Of,
    ];
    own_features.extend(leads.map(|lead| flag(mention.lead == lead)));
    let kinds = [Kind::Day, Kind::Near, Kind::Month, Kind::Year, Kind::Span, Kind::Implied];
    own_features.extend(kinds.map(|kind| flag(mention.kind == kind)));
    for other in Act::ALL {
        features.extend(own_features.iter().map(|one| if other == act { *one } else { 0.0 }));
    }
    features
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

/// Whether a date is news on a day.
pub(super) fn is_news(published: Option<NaiveDate>, date: When) -> bool {
    relation(published, date) == 1
}

/// Whether the text's stage is that of an act.
pub(super) fn is_staged(story: &Story<'_>, act: Act) -> bool {
    story.stage.is_some_and(|stage| is_of(stage, act))
}

/// Whether the word before a date speaks for an act.
pub(super) fn is_led(lead: Lead, act: Act) -> bool {
    match lead {
        Lead::Since | Lead::From => act == Act::InForce,
        Lead::Until => matches!(act, Act::Deadline | Act::Consultation),
        _ => false,
    }
}

/// Whether a date is past (0), news (1) or to come (2).
fn relation(published: Option<NaiveDate>, date: When) -> usize {
    let Some(published) = published else { return 0 };
    let since = (published - date.last()).num_days();
    if date.first() > published {
        2
    } else if since > NEWS {
        0
    } else {
        1
    }
}

/// How many months away a date is, up to a year, as a part of it.
fn distance(story: &Story<'_>, date: When) -> f32 {
    let days = story.published.map_or(0, |published| (date.first() - published).num_days());
    (days.unsigned_abs() as f32 / 365.0).min(1.0)
}

/// Whether a word's tense fits a date: 1 yes, -1 no, 0 if it has none.
fn agreement(tense: Option<Tense>, relation: usize) -> f32 {
    match tense {
        None => 0.0,
        Some(Tense::Past) => {
            if relation == 2 {
                -1.0
            } else {
                1.0
            }
        }
        Some(Tense::Future) => {
            if relation == 0 {
                -1.0
            } else {
                1.0
            }
        }
    }
}

/// The stages whose news is an act.
fn is_of(stage: Stage, act: Act) -> bool {
    match act {
        Act::Consultation | Act::Proposed => stage == Stage::Proposed,
        Act::Adopted => matches!(stage, Stage::Adopted | Stage::Agreement | Stage::Guidance),
        Act::InForce | Act::Deadline => stage == Stage::InForce,
        Act::Enforcement => stage == Stage::Enforcement,
        Act::Ruling => stage == Stage::Litigation,
        Act::Delayed | Act::Repealed => false,
    }
}

/// How close a word for an act is to a date: 1 beside it, less the further, and the more clauses are between them.
fn closeness(text: &str, told: &Told, mention: &Mention) -> f32 {
    if mention.kind == Kind::Implied {
        return 1.0;
    }
    let (from, to) = if told.end <= mention.start {
        (told.end, mention.start)
    } else if mention.end <= told.start {
        (mention.end, told.start)
    } else {
        return 1.0;
    };
    let between = text.get(from..to).unwrap_or_default();
    let clauses = between.matches([',', ';', ':', '(', '，', '；', '、']).count();
    (-((between.len() + clauses * CLAUSE) as f32) / FAR).exp()
}

/// Whether another date of the sentence is closer to a word.
fn is_claimed(text: &str, scene: &Scene, told: &Told, mention: &Mention) -> bool {
    let own = closeness(text, told, mention);
    scene
        .mentions
        .iter()
        .any(|other| other.start != mention.start && closeness(text, told, other) > own)
}
