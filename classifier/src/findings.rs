//! `Findings`: what the words of a text mean, after the longer have silenced the shorter.

use rustc_hash::FxHashMap;

use crate::lexicon::{Aim, Cue, Sense, Term};
use crate::reading::{Found, Reading, Zone};
use crate::wordbook::Opinion;
use crate::{Evidence, Instrument, Place, Stage, Topic};

/// Half a handful: no tag shows more evidence.
pub(crate) const MOST_EVIDENCE: usize = 4;

/// A quoted sentence part is no longer than this many bytes.
const LONGEST_QUOTE: usize = 200;

/// How much the headline, the lead and the body count.
pub(crate) type Factors = [f32; 3];

/// A body of so many bytes is not long yet.
const NO_LONG_TEXT: f32 = 1600.0;

/// A state, an authority or a law at one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named {
    pub(crate) found: Found,
    pub(crate) sense: Sense,
}

/// A term at one place.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TermHit {
    pub(crate) term: u32,
    /// How loudly the term speaks.
    pub(crate) weight: f32,
    pub(crate) place: Place,
    pub(crate) zone: Zone,
    pub(crate) sentence: u32,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What speaks for an aim in a text, and how loudly.
#[derive(Debug, Clone, Default)]
pub(crate) struct Voice {
    /// The sums of weights in the headline, in the lead and in the body.
    pub(crate) zones: [f32; 3],
    /// The sum of what speaks against it alone.
    pub(crate) against: f32,
    /// The weight of the strongest term, and how many different ones there are.
    pub(crate) strongest: f32,
    pub(crate) terms: u16,
    /// What else was added, from outside the lexicon.
    pub(crate) other: f32,
    /// By weight in their zone.
    spans: Vec<(f32, Zone, Place, usize, usize)>,
}

impl Voice {
    /// Adds something outside the lexicon that speaks for the aim, with where it stands.
    pub(crate) fn add(&mut self, weight: f32, zone: Zone, place: Place, start: usize, end: usize) {
        self.other += weight;
        if weight > 0.0 {
            self.spans.push((weight, zone, place, start, end));
        }
    }

    /// The sum of all.
    pub(crate) fn score(&self, factors: Factors) -> f32 {
        let zones = self.zones.iter().zip(factors).map(|(sum, factor)| sum * factor);
        self.other + zones.sum::<f32>()
    }

    /// Takes over what another voice said, at a part of its weight.
    pub(crate) fn join(&mut self, other: &Self, factors: Factors, part: f32) {
        self.other += other.score(factors) * part;
        self.spans
            .extend(other.spans.iter().map(|span| (span.0 * part, span.1, span.2, span.3, span.4)));
    }

    /// The words, strongest first, none twice.
    pub(crate) fn evidence(&self, reading: &Reading<'_>) -> Vec<Evidence> {
        let mut spans = self.spans.clone();
        let prominence = |zone| match zone {
            Zone::Title => 2.0,
            Zone::Lead => 1.4,
            Zone::Body => 1.0,
        };
        spans.sort_by(|a, b| (b.0 * prominence(b.1)).total_cmp(&(a.0 * prominence(a.1))));
        let mut evidence = Vec::<Evidence>::new();
        for (_, _, place, start, end) in spans {
            let one = reading.evidence(place, start, end);
            if !evidence.iter().any(|other| overlaps(other, &one)) {
                evidence.push(one);
            }
            if evidence.len() == MOST_EVIDENCE {
                break;
            }
        }
        evidence
    }
}

fn overlaps(a: &Evidence, b: &Evidence) -> bool {
    a.place == b.place && a.start < b.end && b.start < a.end
}

/// All that was found.
#[derive(Debug)]
pub(crate) struct Findings<'a> {
    pub(crate) reading: Reading<'a>,
    /// By place, then by start.
    pub(crate) names: Vec<Named>,
    /// Cue words, by place, then by start.
    pub(crate) cues: Vec<(Cue, TermHit)>,
    /// What speaks of a law without its name.
    pub(crate) clues: Vec<(Instrument, TermHit)>,
    voices: Vec<Voice>,
    /// What all its words say together.
    pub(crate) opinion: Opinion,
    /// What its embedding says, if it has one.
    pub(crate) meant: Option<Opinion>,
}

impl<'a> Findings<'a> {
    /// Gives the words of a reading their meanings.
    pub(crate) fn new(
        reading: Reading<'a>,
        senses: &[Vec<Sense>],
        terms: &[Term],
        opinion: Opinion,
        meant: Option<Opinion>,
    ) -> Self {
        let names = names(&reading.found, senses);
        let hits = hits(&reading.found, senses, terms);
        let (mut cues, mut clues) = (Vec::new(), Vec::new());
        for hit in &hits {
            match terms[hit.term as usize].aim {
                Aim::Cue(cue) => cues.push((cue, *hit)),
                Aim::Law(law) => clues.push((law, *hit)),
                Aim::Topic(_) | Aim::Stage(_) | Aim::Policy => {}
            }
        }
        let voices = voices(&hits, terms, reading.folded(Place::Text).len());
        Self { reading, names, cues, clues, voices, opinion, meant }
    }

    /// What speaks for a topic, a stage or policy.
    pub(crate) fn voice(&self, aim: Aim) -> &Voice {
        &self.voices[slot(aim)]
    }
}

const SLOTS: usize = Topic::ALL.len() + Stage::ALL.len() + 2;

/// A number for each aim; cues and clues, which are not weighed, share one.
fn slot(aim: Aim) -> usize {
    match aim {
        Aim::Topic(topic) => topic as usize,
        Aim::Stage(stage) => Topic::ALL.len() + stage as usize,
        Aim::Policy => SLOTS - 2,
        Aim::Cue(_) | Aim::Law(_) => SLOTS - 1,
    }
}

/// States, authorities and laws: where one is part of a longer one, only the longer counts.
fn names(found: &[Found], senses: &[Vec<Sense>]) -> Vec<Named> {
    let of = |found: &Found| {
        senses[found.hit.pattern as usize].iter().copied().filter(|sense| sense.is_name())
    };
    let mut sorted = found.iter().filter(|found| of(found).next().is_some()).collect::<Vec<_>>();
    let length = |found: &Found| found.hit.end - found.hit.start;
    sorted.sort_by_key(|found| (found.sentence, found.hit.start, usize::MAX - length(found)));
    let mut names = Vec::with_capacity(sorted.len());
    let mut last = (0, 0, 0);
    for found in sorted {
        let span = (found.sentence, found.hit.start, found.hit.end);
        // The same words may have several senses, in one pattern or in two.
        if span.0 == last.0 && span.2 <= last.2 && span != last {
            continue;
        }
        last = span;
        names.extend(of(found).map(|sense| Named { found: *found, sense }));
    }
    names
}

/// The terms: within one aim the longer silences the shorter; parts count when all are in one sentence.
pub(crate) fn hits(found: &[Found], senses: &[Vec<Sense>], terms: &[Term]) -> Vec<TermHit> {
    let mut singles = Vec::new();
    let mut whole = Vec::new();
    for group in found.chunk_by(|a, b| a.sentence == b.sentence) {
        let mut parts = Vec::<(u32, u32, &Found)>::new();
        for one in group {
            for sense in &senses[one.hit.pattern as usize] {
                match *sense {
                    Sense::Term(term) => {
                        let weight = terms[term as usize].weight;
                        singles.push(hit(term, weight, one, one.hit.start, one.hit.end));
                    }
                    Sense::Part(term) => parts.push((term, one.hit.pattern, one)),
                    _ => {}
                }
            }
        }
        parts.sort_by_key(|(term, _, found)| (*term, found.hit.start));
        for same in parts.chunk_by(|a, b| a.0 == b.0) {
            let term = same[0].0;
            let Term { atoms, weight, .. } = &terms[term as usize];
            if atoms.iter().all(|atom| same.iter().any(|(_, pattern, _)| pattern == atom)) {
                whole.push(spanning(term, *weight, same));
            }
        }
    }
    singles.sort_by_key(|hit| (hit.sentence, hit.start, usize::MAX - hit.end));
    let mut ends = FxHashMap::default();
    singles.retain(|hit| {
        let end = ends.entry(terms[hit.term as usize].aim).or_insert((u32::MAX, 0));
        let silenced = end.0 == hit.sentence && hit.end <= end.1;
        if !silenced {
            *end = (hit.sentence, hit.end);
        }
        !silenced
    });
    singles.append(&mut whole);
    singles.sort_by_key(|hit| (hit.sentence, hit.start));
    singles
}

fn hit(term: u32, weight: f32, found: &Found, start: usize, end: usize) -> TermHit {
    let Found { place, zone, sentence, .. } = *found;
    TermHit { term, weight, place, zone, sentence, start, end }
}

/// One hit for a term whose parts are all there: from the first part to the last, if that is not too long.
fn spanning(term: u32, weight: f32, parts: &[(u32, u32, &Found)]) -> TermHit {
    let first = parts[0].2;
    let end = parts.iter().map(|(_, _, found)| found.hit.end).max().unwrap_or(first.hit.end);
    let end = if end - first.hit.start <= LONGEST_QUOTE { end } else { first.hit.end };
    hit(term, weight, first, first.hit.start, end)
}

/// What speaks for each aim: a term counts at its best place, and a little more when it comes again.
fn voices(hits: &[TermHit], terms: &[Term], length: usize) -> Vec<Voice> {
    let mut voices = vec![Voice::default(); SLOTS];
    let mut sorted = hits.iter().collect::<Vec<_>>();
    sorted.sort_by_key(|hit| (hit.term, hit.sentence));
    // In a long text something is said in passing about everything.
    #[expect(clippy::cast_precision_loss, reason = "lengths are far below what a float counts")]
    let dilution = (NO_LONG_TEXT / length as f32).sqrt().min(1.0);
    for same in sorted.chunk_by(|a, b| a.term == b.term) {
        let term = &terms[same[0].term as usize];
        let voice = &mut voices[slot(term.aim)];
        voice.strongest = voice.strongest.max(term.weight);
        voice.terms = voice.terms.saturating_add(u16::from(term.weight > 0.0));
        voice.against += term.weight.min(0.0);
        for (number, hit) in same.iter().take(4).enumerate() {
            let weight = term.weight * if number == 0 { 1.0 } else { 0.2 };
            let weight = weight * if hit.zone == Zone::Body { dilution } else { 1.0 };
            voice.zones[hit.zone as usize] += weight;
            if weight > 0.0 {
                voice.spans.push((weight, hit.zone, hit.place, hit.start, hit.end));
            }
        }
    }
    voices
}
