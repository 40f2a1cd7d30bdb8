//! What is it about? One to four topics.

use super::tag;
use crate::authority::Authority;
use crate::findings::{Factors, Findings, Voice};
use crate::lexicon::{Aim, Sense};
use crate::linear::Linear;
use crate::wordbook::Wordbook;
use crate::{Instrument, Tag, Topic};

/// How much headline, lead and body count in a sum by rule of thumb.
pub(super) const FACTORS: Factors = [1.8, 1.25, 1.0];

/// The codebook allows no more.
const MOST: usize = 4;

/// How many numbers the model sees of a topic.
pub(crate) const FEATURES: usize = 28 + 4 * Topic::ALL.len();

/// The same of a text that has an embedding.
pub(crate) const WITH_MEANING: usize = FEATURES + 3 + Topic::ALL.len();

/// From which probability on a topic counts without any term of it: of a language with few texts the wordbook knows little but
/// what these are about.
const HEARD: f32 = 0.5;

/// What a named law and an authority say about the topics.
const LAW: f32 = 1.2;
const AUTHORITY: f32 = 0.8;

/// What is known about a topic in a text, as numbers for the model.
pub(crate) struct Candidate {
    pub(crate) topic: Topic,
    voice: Voice,
    pub(crate) features: Vec<f32>,
}

/// Takes the topics that the model finds likely. Where no term of a topic is found, as in languages of which few are known,
/// its evidence is what the wordbook heard.
pub(crate) fn decide(
    findings: &Findings<'_>,
    laws: &[Tag<Instrument>],
    authorities: &[Authority],
    words: &Wordbook,
    (model, enough): (&Linear, &[f32]),
) -> Vec<Tag<Topic>> {
    let candidates = candidates(findings, laws, authorities);
    let mut likely = candidates
        .iter()
        .map(|candidate| (model.probability(&candidate.features), candidate))
        .collect::<Vec<_>>();
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut tags = Vec::new();
    for (number, (probability, candidate)) in likely.into_iter().take(MOST).enumerate() {
        let enough = enough[candidate.topic as usize];
        if number > 0 && probability < enough {
            continue;
        }
        let mut tag = tag(candidate.topic, probability, &candidate.voice, findings);
        if tag.evidence.is_empty() && probability >= enough.max(HEARD) {
            tag.evidence = words.telling_of_topic(&findings.reading, candidate.topic);
        }
        if !tag.evidence.is_empty() {
            tags.push(tag);
        }
    }
    tags
}

/// All topics with what speaks for them: their own words, and what the named laws and offices are usually about.
pub(crate) fn candidates(
    findings: &Findings<'_>,
    laws: &[Tag<Instrument>],
    authorities: &[Authority],
) -> Vec<Candidate> {
    let mut voices = Topic::ALL.map(|topic| findings.voice(Aim::Topic(topic)).clone());
    let mut counted = 0_u32;
    for name in &findings.names {
        let (topics, weight) = match name.sense {
            Sense::Law(law) | Sense::MaybeLaw(law) if laws.iter().any(|tag| tag.value == law) => {
                (law.topics(), LAW)
            }
            Sense::Authority(row) => (authorities[usize::from(row)].topics.as_slice(), AUTHORITY),
            _ => continue,
        };
        for topic in topics {
            // Once for each topic: a law that is named ten times is no more about it.
            if counted & (1 << *topic as u32) == 0 {
                counted |= 1 << *topic as u32;
                let (found, hit) = (name.found, name.found.hit);
                voices[*topic as usize].add(weight, found.zone, found.place, hit.start, hit.end);
            }
        }
    }
    let sums = voices.each_ref().map(|voice| voice.score(FACTORS));
    let said = findings.opinion.topics();
    let features = Topic::ALL.map(|topic| {
        let mut features = features(topic, &voices[topic as usize], &sums, laws);
        let opinions = opinions(said, topic as usize);
        features.extend(opinions);
        features.extend(heard(opinions, sums[topic as usize], findings.reading.is_foreign()));
        // Some topics are told by their words, others by the laws and terms that are named.
        let sum = (sums[topic as usize] / 3.0).clamp(-1.0, 3.0);
        for own in [opinions[0], sum] {
            features.extend(Topic::ALL.map(|other| if other == topic { own } else { 0.0 }));
        }
        if let Some(meant) = &findings.meant {
            let opinions = self::opinions(meant.topics(), topic as usize);
            features.extend(opinions);
            features.extend(Topic::ALL.map(|other| if other == topic { opinions[0] } else { 0.0 }));
        }
        features
    });
    let all = Topic::ALL.into_iter().zip(voices).zip(features);
    all.map(|((topic, voice), features)| Candidate { topic, voice, features }).collect()
}

/// What the words say of one value beside the others: how much, how much less than the best, whether it is the best.
pub(super) fn opinions(said: &[f32], at: usize) -> [f32; 3] {
    let best = said.iter().copied().fold(f32::MIN, f32::max);
    let own = said[at];
    [own.clamp(-6.0, 6.0) / 2.0, (own - best).max(-6.0) / 2.0, f32::from(u8::from(own >= best))]
}

/// How much the words are to be heard: more where no term speaks for the topic, and in languages of which the data files know
/// few and the wordbook has learnt less.
fn heard(opinions: [f32; 3], sum: f32, is_foreign: bool) -> [f32; 6] {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let (foreign, unsaid) = (flag(is_foreign), flag(sum <= 0.0));
    let [own, less, best] = opinions.map(|opinion| foreign * opinion);
    [foreign, own, less, best, foreign * unsaid, unsaid * opinions[0]]
}

/// The numbers that the model sees: the sums by place, what the laws are about, the sum and its rank, which topic.
fn features(topic: Topic, voice: &Voice, sums: &[f32], laws: &[Tag<Instrument>]) -> Vec<f32> {
    let flag = |yes: bool| f32::from(u8::from(yes));
    let sum = sums[topic as usize];
    let best = sums.iter().copied().fold(1.0, f32::max);
    let louder = sums.iter().filter(|other| **other > sum).count();
    let of_law =
        |number: usize| laws.get(number).is_some_and(|law| law.value.topics().contains(&topic));
    let strong = voice.strongest >= 2.4;
    let [title, lead, body] = voice.zones.map(|zone| zone.clamp(-3.0, 9.0) / 3.0);
    let mut features = vec![
        title,
        lead,
        body,
        voice.other,
        flag(of_law(0)),
        flag((1..laws.len()).any(of_law)),
        flag(laws.is_empty()),
        (sum / 3.0).clamp(-1.0, 3.0),
        flag(sum >= 3.0),
        flag(sum >= 6.0),
        voice.strongest / 3.0,
        flag(strong),
        flag(voice.strongest >= 3.6),
        f32::from(voice.terms.min(6)) / 3.0,
        flag(sum <= 0.0),
        sum.max(0.0) / best,
        flag(louder == 0),
        flag(louder == 1),
        flag(louder > 2),
    ];
    features.extend(Topic::ALL.map(|other| flag(other == topic)));
    features.extend(Topic::ALL.map(|other| flag(other == topic && strong)));
    features
}
