//! Is the text about law, regulation or state policy at all?

use super::{squash, tag};
use crate::findings::{Factors, Findings, Voice};
use crate::lexicon::{Aim, Sense};
use crate::reading::Zone;
use crate::{Stage, Tag, Topic};

/// How much headline, lead and body count.
const FACTORS: Factors = [1.8, 1.25, 1.0];

/// The sum from which a text is about policy.
const THRESHOLD: f32 = 4.0;

/// What speaks for policy: its own words, named laws, offices in the headline or the lead, strong topics and stages.
pub(crate) fn decide(findings: &Findings<'_>) -> Tag<bool> {
    let mut voice = findings.voice(Aim::Policy).clone();
    let mut laws = 0.0;
    let mut offices = 0.0;
    for name in &findings.names {
        let hit = name.found.hit;
        let early = match name.found.zone {
            Zone::Title => 1.5,
            Zone::Lead => 1.0,
            Zone::Body => 0.5,
        };
        let (sum, weight) = match name.sense {
            Sense::Law(_) => (&mut laws, 2.0 * early),
            Sense::Authority(_) => (&mut offices, 0.7 * early),
            _ => continue,
        };
        let weight = f32::min(weight, 4.0 - *sum);
        if weight > 0.0 {
            *sum += weight;
            voice.add(weight, name.found.zone, name.found.place, hit.start, hit.end);
        }
    }
    add_best(&mut voice, findings, Topic::ALL.map(Aim::Topic), 0.35);
    add_best(&mut voice, findings, Stage::ALL.map(Aim::Stage), 0.35);
    let score = squash(voice.score(FACTORS), THRESHOLD, 1.5);
    tag(score >= 0.5, score, &voice, findings)
}

/// Adds a part of the loudest of some voices.
fn add_best<const N: usize>(voice: &mut Voice, findings: &Findings<'_>, aims: [Aim; N], part: f32) {
    let best = aims.map(|aim| findings.voice(aim)).into_iter();
    if let Some(best) = best.max_by(|a, b| a.score(FACTORS).total_cmp(&b.score(FACTORS)))
        && best.score(FACTORS) > 0.0
    {
        voice.join(best, FACTORS, part);
    }
}
