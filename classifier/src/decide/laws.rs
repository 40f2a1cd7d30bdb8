//! Which named laws is it about?

use super::{squash, tag};
use crate::findings::{Findings, Voice};
use crate::lexicon::Sense;
use crate::reading::Zone;
use crate::{Instrument, Jurisdiction, Tag};

/// The sum from which a law counts.
const THRESHOLD: f32 = 1.0;

/// Laws named by a name that is theirs alone, and by a shared one where a jurisdiction of theirs is clear.
pub(crate) fn decide(findings: &Findings<'_>, clear: &[Jurisdiction]) -> Vec<Tag<Instrument>> {
    let mut voices = Vec::<(Instrument, Voice)>::new();
    for name in &findings.names {
        let law = match name.sense {
            Sense::Law(law) => law,
            Sense::MaybeLaw(law) if is_clear(law, clear) => law,
            _ => continue,
        };
        let at = voices.iter().position(|(other, _)| *other == law).unwrap_or_else(|| {
            voices.push((law, Voice::default()));
            voices.len() - 1
        });
        let weight = match name.found.zone {
            Zone::Title => 2.5,
            Zone::Lead => 1.5,
            Zone::Body => 1.0,
        };
        let hit = name.found.hit;
        voices[at].1.add(weight, name.found.place, hit.start, hit.end);
    }
    voices.sort_by(|a, b| b.1.score.total_cmp(&a.1.score));
    let enough = voices.iter().filter(|(_, voice)| voice.score >= THRESHOLD);
    enough
        .map(|(law, voice)| tag(*law, squash(voice.score, THRESHOLD, 1.0), voice, findings))
        .collect()
}

/// Whether one of the law's makers, the state above it or a part of it is among the clear ones.
fn is_clear(law: Instrument, clear: &[Jurisdiction]) -> bool {
    law.jurisdictions()
        .iter()
        .any(|of| clear.iter().any(|one| one == of || of.parent() == Some(*one)))
}
