//! Is the text about law, regulation or state policy at all?

use super::tag;
use crate::findings::{Factors, Findings, Voice};
use crate::lexicon::{Aim, Cue, Sense};
use crate::linear::Linear;
use crate::reading::Zone;
use crate::{Place, Stage, Tag, Topic};

/// How much headline, lead and body count.
const FACTORS: Factors = [1.8, 1.25, 1.0];

/// How many numbers the model sees of a text.
pub(crate) const FEATURES: usize = 21;

/// A body of fewer bytes is short: its few words, by chance, say more than those of others.
const SHORT: usize = 400;

/// The same of a text that has an embedding.
pub(crate) const WITH_MEANING: usize = FEATURES + 1;

/// Decides by what speaks for policy: its own words, named laws, offices, acting states, strong topics and stages.
pub(crate) fn decide(findings: &Findings<'_>, model: &Linear) -> Tag<bool> {
    let score = model.probability(&features(findings));
    tag(score >= 0.5, score, &voice(findings), findings)
}

/// The numbers that the model sees.
pub(crate) fn features(findings: &Findings<'_>) -> Vec<f32> {
    let voice = findings.voice(Aim::Policy);
    let mut laws = [0.0_f32; 3];
    let mut offices = [0.0_f32; 3];
    for name in &findings.names {
        match name.sense {
            Sense::Law(_) => laws[name.found.zone as usize] += 1.0,
            Sense::Authority(_) => offices[name.found.zone as usize] += 1.0,
            _ => {}
        }
    }
    let acting = findings.cues.iter().filter(|(cue, _)| *cue == Cue::Acts).count();
    let topics = loudest(findings, Topic::ALL.map(Aim::Topic));
    let stages = loudest(findings, Stage::ALL.map(Aim::Stage));
    let mut features = voice.zones.map(|zone| zone.clamp(-12.0, 12.0) / 4.0).to_vec();
    let said = (voice.score(FACTORS) / 4.0).clamp(-4.0, 4.0);
    features.push(said);
    features.push((voice.against / 4.0).max(-4.0));
    features.push(f32::from(voice.terms.min(12)) / 4.0);
    features.push(f32::from(u8::from(voice.against <= -2.5)));
    features.extend(laws.map(|count| count.min(2.0)));
    features.extend(offices.map(|count| count.min(3.0)));
    #[expect(clippy::cast_precision_loss, reason = "a handful")]
    features.push((acting as f32).min(8.0) / 4.0);
    features.extend([topics[0] / 4.0, topics[1] / 4.0, stages[0] / 4.0]);
    let opinion = findings.opinion.policy().clamp(-6.0, 6.0) / 2.0;
    features.push(opinion);
    let short = f32::from(u8::from(findings.reading.folded(Place::Text).len() < SHORT));
    features.extend([1.0, opinion, said].map(|number| short * number));
    features.extend(findings.meant.map(|meant| meant.policy().clamp(-6.0, 6.0) / 2.0));
    features
}

/// The sums of the two loudest of some voices.
fn loudest<const N: usize>(findings: &Findings<'_>, aims: [Aim; N]) -> [f32; 2] {
    let mut sums = aims.map(|aim| findings.voice(aim).score(FACTORS));
    sums.sort_by(|a, b| b.total_cmp(a));
    [sums[0].clamp(0.0, 12.0), sums[1].clamp(0.0, 12.0)]
}

/// The words for policy, strongest first: besides its own those of laws and offices, and of the loudest topic and stage.
fn voice(findings: &Findings<'_>) -> Voice {
    let mut voice = findings.voice(Aim::Policy).clone();
    for name in &findings.names {
        let weight = match (name.sense, name.found.zone) {
            (Sense::Law(_), _) => 2.0,
            (Sense::Authority(_), Zone::Title | Zone::Lead) => 0.9,
            _ => continue,
        };
        let (found, hit) = (name.found, name.found.hit);
        voice.add(weight, found.zone, found.place, hit.start, hit.end);
    }
    let loudest = |aims: &[Aim]| {
        let voices = aims.iter().map(|aim| findings.voice(*aim));
        voices.max_by(|a, b| a.score(FACTORS).total_cmp(&b.score(FACTORS)))
    };
    for aims in [&Topic::ALL.map(Aim::Topic)[..], &Stage::ALL.map(Aim::Stage)[..]] {
        if let Some(best) = loudest(aims) {
            voice.join(best, FACTORS, 0.35);
        }
    }
    voice
}
