//! What is it about? One to four topics.

use super::{squash, tag};
use crate::authority::Authority;
use crate::findings::{Factors, Findings};
use crate::lexicon::{Aim, Sense};
use crate::{Instrument, Tag, Topic};

/// How much headline, lead and body count.
pub(super) const FACTORS: Factors = [1.8, 1.25, 1.0];

/// The sum from which a topic counts, and the part of the best one's sum that it needs beside it.
const THRESHOLD: f32 = 3.0;
const BESIDE: f32 = 0.3;

/// The codebook allows no more.
const MOST: usize = 4;

/// What a named law and an authority say about the topics.
const LAW: f32 = 1.2;
const AUTHORITY: f32 = 0.8;

/// Weighs the topics' own words, and what the named laws and offices are usually about.
pub(crate) fn decide(
    findings: &Findings<'_>,
    laws: &[Tag<Instrument>],
    authorities: &[Authority],
) -> Vec<Tag<Topic>> {
    let mut voices = Topic::ALL.map(|topic| (topic, findings.voice(Aim::Topic(topic)).clone()));
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
                let hit = name.found.hit;
                let found = name.found;
                voices[*topic as usize].1.add(weight, found.zone, found.place, hit.start, hit.end);
            }
        }
    }
    voices.sort_by(|a, b| b.1.score(FACTORS).total_cmp(&a.1.score(FACTORS)));
    let best = voices[0].1.score(FACTORS);
    let mut tags = Vec::new();
    for (number, (topic, voice)) in voices.iter().enumerate().take(MOST) {
        let score = voice.score(FACTORS);
        let enough = score >= THRESHOLD && score >= best * BESIDE;
        if enough || (number == 0 && score > 0.0) {
            tags.push(tag(*topic, squash(score, THRESHOLD, 1.5), voice, findings));
        }
    }
    tags
}
