//! What is known of a dated act that a text may tell of, as numbers for the model.

use chrono::NaiveDate;

use super::cues::Tense;
use super::scene::Called;
use super::{Scene, Story, Told};
use crate::dates::{Kind, Lead, Mention};
use crate::linear::Linear;
use crate::reading::Zone;
use crate::{Act, Stage, When};

/// At how many bytes from a date a word for an act says a third of what it says beside it.
const FAR: f32 = 45.0;

/// What a comma or the like between a word and a date counts, in bytes.
const CLAUSE: usize = 25;

/// A date is news for so many days.
const NEWS: i64 = 7;

/// The numbers that mean the same for all acts, and those that each act has for itself.
const WORDS: usize = 29;
const SHARED: usize = WORDS + AROUND + READINGS;
const AROUND: usize = 16;
const READINGS: usize = 8;
const OWN: usize = 53;

/// How many numbers the model sees.
pub(crate) const FEATURES: usize = SHARED + OWN * Act::ALL.len();

/// The numbers of one act on one reading of a date.
pub(super) struct Features {
    act: Act,
    shared: [f32; SHARED],
    own: [f32; OWN],
}

impl Features {
    /// All of them, those of the other acts being nothing.
    pub(super) fn all(&self) -> Vec<f32> {
        let mut all = self.shared.to_vec();
        all.resize(FEATURES, 0.0);
        let start = SHARED + OWN * self.act as usize;
        all[start..start + OWN].copy_from_slice(&self.own);
        all
    }

    /// The sum of the model's weights for them.
    pub(super) fn sum(&self, model: &Linear) -> f32 {
        let start = SHARED + OWN * self.act as usize;
        model.sum_of(&[(0, &self.shared), (start, &self.own)])
    }
}

/// A date of a sentence and how near the words for acts are to it.
pub(super) struct Sight<'a> {
    story: &'a Story<'a>,
    /// Which sentence.
    at: usize,
    mention: &'a Mention,
    /// Word by word of the sentence.
    near: Vec<f32>,
    /// Whether another date of the sentence is nearer, word by word.
    claimed: Vec<bool>,
    /// Whether a measure is called by the date.
    called: Option<Called>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(story: &'a Story<'a>, at: usize, mention: &'a Mention) -> Self {
        let scene = &story.scenes[at];
        let text = story.text(scene);
        let near = scene.cues.iter().map(|told| closeness(text, told, mention)).collect::<Vec<_>>();
        let others = || scene.mentions.iter().filter(|other| other.start != mention.start);
        let claimed = scene
            .cues
            .iter()
            .zip(&near)
            .map(|(told, own)| others().any(|other| closeness(text, told, other) > *own));
        let called = scene.calls(text, mention);
        Self { claimed: claimed.collect(), story, at, mention, near, called }
    }

    /// Whether a measure is called by the date.
    pub(super) fn is_called(&self) -> bool {
        self.called.is_some()
    }

    /// Whether what is surely no act (a hearing, a conference) is nearer to the date than any act; beside it nothing is news
    /// without a date.
    pub(super) fn is_of_talk(&self) -> bool {
        let talk = self.best(|told| told.cue.act.is_none() && told.cue.sure);
        let is_implied = self.mention.kind == Kind::Implied;
        talk > 0.0 && (is_implied || talk > self.best(|told| told.cue.act.is_some()))
    }

    fn scene(&self) -> &Scene {
        &self.story.scenes[self.at]
    }

    /// How near the nearest of some words is.
    fn best(&self, of: impl Fn(&Told) -> bool) -> f32 {
        let words = self.scene().cues.iter().zip(&self.near);
        words.filter(|(told, _)| of(told)).map(|(_, near)| *near).fold(0.0, f32::max)
    }

    /// The nearest word for an act, by its place in the sentence.
    fn nearest(&self, act: Act) -> Option<usize> {
        let cues = &self.scene().cues;
        let own = (0..cues.len()).filter(|at| cues[*at].cue.act == Some(act));
        own.max_by(|a, b| self.near[*a].total_cmp(&self.near[*b]))
    }

    /// The number of the nearest word for an act.
    pub(super) fn word(&self, act: Act) -> Option<u16> {
        self.nearest(act).map(|at| self.scene().cues[at].cue.word)
    }

    /// The numbers of one act on one reading of the date; `second`: not the first reading.
    pub(super) fn features(&self, act: Act, date: When, second: bool) -> Features {
        let relation = relation(self.story.published, date);
        let [before, after, other, sure, rival, none] = self.words(act);
        let mine = before.max(after);
        let [count, others] = self.counts(act);
        let nearest = self.nearest(act);
        let tense = nearest.and_then(|at| self.scene().cues[at].cue.tense);
        let tense = agreement(tense, relation);
        let second = flag(second);
        let headlined = flag(self.story.scenes[0].tells(act));
        let stage = flag(is_staged(self.story, act));
        let is_news = flag(relation == 1);
        let is_wordless = flag(count == 0.0);
        let is_claimed = nearest.is_some_and(|at| self.claimed[at]);
        let words = [
            before,
            after,
            other,
            none,
            sure,
            rival,
            flag(mine > 0.0 && mine >= other),
            flag(mine > 0.0 && mine > other * 1.5),
            flag(none > mine),
            flag(sure > 0.0 && sure > rival),
            flag(sure > 0.0 && rival == 0.0),
            flag(count > 0.0),
            (1.0 + count).ln(),
            (1.0 + others).ln(),
            tense,
            second,
            second * tense,
            headlined,
            headlined * is_news,
            stage,
            stage * is_news,
            is_wordless,
            is_wordless * stage * is_news,
            is_wordless * headlined * is_news,
            flag(count + others == 0.0) * stage * is_news,
            flag(is_claimed),
            second * distance(self.story, date),
            flag(self.called == Some(Called::Before)),
            flag(self.called == Some(Called::After)),
        ];
        let mut shared = [0.0; SHARED];
        shared[..WORDS].copy_from_slice(&words);
        shared[WORDS..WORDS + AROUND].copy_from_slice(&self.around(act, date));
        shared[WORDS + AROUND..].copy_from_slice(&self.readings(second, tense));
        Features { act, shared, own: self.own(mine, after, sure, relation) }
    }

    /// How near the nearest words are: before and after the date, of other acts, of the sure ones its own and those of
    /// other acts, and of what is no act.
    fn words(&self, act: Act) -> [f32; 6] {
        let is_own = |told: &Told| told.cue.act == Some(act);
        let is_other = |told: &Told| told.cue.act.is_some_and(|other| other != act);
        [
            self.best(|told| is_own(told) && told.start < self.mention.start),
            self.best(|told| is_own(told) && told.start >= self.mention.start),
            self.best(is_other),
            self.best(|told| is_own(told) && told.cue.sure),
            self.best(|told| is_other(told) && told.cue.sure),
            self.best(|told| told.cue.act.is_none()),
        ]
    }

    /// How many words of the sentence are for an act, and how many for others.
    fn counts(&self, act: Act) -> [f32; 2] {
        let acts = self.scene().cues.iter().filter_map(|told| told.cue.act);
        let own = acts.clone().filter(|other| *other == act).count();
        [own as f32, (acts.count() - own) as f32]
    }

    /// What is known beside words: the place, the register, the laws, the sentence before, and how far away the date is.
    fn around(&self, act: Act, date: When) -> [f32; AROUND] {
        let scene = self.scene();
        let known = self.story.known(scene, act, date);
        let before = self.at.checked_sub(1).filter(|at| *at > 0);
        let is_open = self.mention.readings.len() > 1;
        [
            flag(scene.sentence.zone == Zone::Title),
            flag(scene.sentence.zone == Zone::Lead),
            flag(known == 2),
            flag(known == 1),
            flag(!scene.laws.is_empty()),
            flag(self.story.laws.len() == 1),
            flag(before.is_some_and(|at| self.story.scenes[at].tells(act))),
            flag(self.mention.kind == Kind::Implied && self.story.has_news),
            flag(is_open),
            flag(is_open) * distance(self.story, date),
            (1.0 + self.at as f32).ln(),
            (1.0 + self.story.scenes.len() as f32).ln(),
            (scene.mentions.len() as f32).ln(),
            flag(self.is_told_before(act, date)),
            flag(self.mention.kind == Kind::Near && scene.laws.is_empty()),
            flag(date.is_day()) * flag(self.is_first_news(date)),
        ]
    }

    /// What speaks for one of two readings of a date: the word before it (`by Friday` looks ahead, `since Friday` back) and
    /// the tense.
    fn readings(&self, second: f32, tense: f32) -> [f32; READINGS] {
        let first = flag(self.mention.readings.len() > 1) - second;
        let [until, from, since] =
            [Lead::Until, Lead::From, Lead::Since].map(|lead| flag(self.mention.lead == lead));
        [
            second * until,
            second * from,
            second * since,
            second * flag(tense > 0.0),
            first * until,
            first * from,
            first * since,
            first * tense,
        ]
    }

    /// Whether an earlier sentence has a word for the act and the same date.
    fn is_told_before(&self, act: Act, date: When) -> bool {
        let holds =
            |mention: &Mention| mention.kind != Kind::Implied && mention.readings.contains(&date);
        let scenes = &self.story.scenes[..self.at];
        scenes.iter().any(|scene| scene.tells(act) && scene.mentions.iter().any(holds))
    }

    /// Whether no earlier sentence tells a day that is news.
    fn is_first_news(&self, date: When) -> bool {
        let published = self.story.published;
        let scenes = &self.story.scenes[..self.at];
        let mut before = scenes.iter().flat_map(|scene| &scene.mentions);
        is_news(published, date)
            && !before.any(|one| {
                one.kind != Kind::Implied
                    && one.readings.iter().any(|date| is_news(published, *date))
            })
    }

    /// The numbers that an act has for itself.
    fn own(&self, mine: f32, after: f32, sure: f32, relation: usize) -> [f32; OWN] {
        let mut own = [0.0; OWN];
        own[..4].copy_from_slice(&[1.0, mine, after, sure]);
        own[4 + relation] = 1.0;
        own[7 + self.mention.lead as usize] = 1.0;
        own[16 + self.mention.kind as usize] = 1.0;
        own[22 + self.mention.kind as usize] = mine;
        own[28 + relation] = mine;
        own[31] = flag(self.scene().sentence.zone != Zone::Body);
        own[32] = flag(self.called == Some(Called::Before));
        own[33] = flag(self.called == Some(Called::After));
        let stage = self.story.stage;
        own[34 + stage.map_or(Stage::ALL.len(), |stage| stage as usize)] = 1.0;
        // `Until 5 May` is a day to comply by of what binds, and one for comments on what is proposed.
        own[43 + self.mention.lead as usize] = flag(stage == Some(Stage::Proposed));
        own[52] = flag(self.mention.kind == Kind::Span) * flag(relation == 2);
        own
    }
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
        Lead::Since => matches!(act, Act::InForce | Act::Enforcement),
        Lead::From => act == Act::InForce,
        Lead::Until => matches!(act, Act::Deadline | Act::Consultation),
        Lead::Of => act == Act::Adopted,
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
    match (tense, relation) {
        (None, _) => 0.0,
        (Some(Tense::Past), 2) | (Some(Tense::Future), 0) => -1.0,
        _ => 1.0,
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
