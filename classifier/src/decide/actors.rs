//! Whose law or policy is it? The states that act, not those that are only mentioned.

use super::{squash, tag};
use crate::authority::Authority;
use crate::findings::{Findings, Named, Voice};
use crate::lexicon::{Cue, Sense};
use crate::reading::Zone;
use crate::{Jurisdiction, Tag};

/// The sum from which a jurisdiction counts.
const THRESHOLD: f32 = 1.0;

/// The sum, and the part of the best one's sum, that a further jurisdiction needs; less where states act together.
const FURTHER: f32 = 5.0;
const BESIDE: f32 = 0.8;
const BESIDE_TOGETHER: f32 = 0.45;

/// How far from a name, in bytes, a cue word can say what the state is there for.
const REACH: usize = 26;

/// The languages that are mostly one state's; a text in one is likelier about that state if it names none.
const HOMES: [(&str, &str, f32); 11] = [
    ("ru", "RU", 1.0),
    ("ja", "JP", 1.5),
    ("zh", "CN", 1.0),
    ("ko", "KR", 1.5),
    ("de", "DE", 0.8),
    ("it", "IT", 1.0),
    ("pl", "PL", 1.0),
    ("tr", "TR", 1.0),
    ("uk", "UA", 1.0),
    ("fr", "FR", 0.6),
    ("pt", "BR", 0.6),
];

/// Sums for jurisdictions.
#[derive(Debug, Default)]
struct Ballot {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    of: Jurisdiction,
    voice: Voice,
    /// How often it was counted as what: the second time says less than the first.
    counted: [u8; KINDS],
}

/// As what a jurisdiction is counted.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Authority,
    Law,
    Acting,
    Plain,
    Sign,
}

const KINDS: usize = 5;

impl Ballot {
    fn row(&mut self, of: Jurisdiction) -> &mut Row {
        let at = self.rows.iter().position(|row| row.of == of).unwrap_or_else(|| {
            let row = Row { of, voice: Voice::default(), counted: [0; KINDS] };
            self.rows.push(row);
            self.rows.len() - 1
        });
        &mut self.rows[at]
    }

    /// Counts a name for a jurisdiction.
    fn count(&mut self, of: Jurisdiction, kind: Kind, weight: f32, name: &Named) {
        let row = self.row(of);
        let times = &mut row.counted[kind as usize];
        let weight = weight * 0.5_f32.powi(i32::from(*times));
        *times = times.saturating_add(1);
        let hit = name.found.hit;
        row.voice.add(weight, name.found.zone, name.found.place, hit.start, hit.end);
    }

    fn score(&self, of: Jurisdiction) -> f32 {
        self.rows.iter().find(|row| row.of == of).map_or(0.0, |row| row.voice.other)
    }
}

/// Weighs every state that is named, by what it is named for and where.
pub(crate) fn decide(findings: &Findings<'_>, authorities: &[Authority]) -> Vec<Tag<Jurisdiction>> {
    let mut ballot = Ballot::default();
    let mut shared = Vec::new();
    for name in &findings.names {
        count(&mut ballot, &mut shared, findings, authorities, name);
    }
    // A name that several share supports those that are there anyway.
    for (name, of, weight) in shared {
        let best = of.iter().copied().max_by(|a, b| ballot.score(*a).total_cmp(&ballot.score(*b)));
        if let Some(best) = best.filter(|best| ballot.score(*best) > 0.3) {
            ballot.count(best, Kind::Authority, weight, name);
        }
    }
    let about = findings.reading.about();
    if let Some(home) = about.home {
        ballot.row(home).voice.other += 1.5;
    }
    let language = about.language.unwrap_or_default();
    let home = HOMES.iter().find(|home| home.0 == language);
    if let Some((of, weight)) =
        home.and_then(|(_, code, weight)| Jurisdiction::parse(code).map(|of| (of, *weight)))
    {
        ballot.row(of).voice.other += weight;
    }
    choose(ballot, findings)
}

/// Counts one name for the jurisdictions it stands for; keeps those that several share for later.
fn count<'a>(
    ballot: &mut Ballot,
    shared: &mut Vec<(&'a Named, Vec<Jurisdiction>, f32)>,
    findings: &Findings<'_>,
    authorities: &[Authority],
    name: &'a Named,
) {
    let zone = name.found.zone;
    let office = match zone {
        Zone::Title => 4.0,
        Zone::Lead => 3.0,
        Zone::Body => 1.5,
    };
    let accused = part_in_story(findings, name) == Some(Cue::Accused);
    let office = if accused { office * 0.2 } else { office };
    match name.sense {
        Sense::Authority(row) => match authorities[usize::from(row)].of.as_slice() {
            [one] => ballot.count(*one, Kind::Authority, office, name),
            many => shared.push((name, many.to_vec(), office * 0.7)),
        },
        Sense::Law(law) => {
            for of in law.jurisdictions() {
                ballot.count(*of, Kind::Law, office * 0.8, name);
            }
        }
        Sense::MaybeLaw(law) => shared.push((name, law.jurisdictions().to_vec(), office * 0.4)),
        Sense::Name(of) => plain(ballot, findings, of, 1.0, name),
        Sense::Demonym(of) => plain(ballot, findings, of, 0.8, name),
        Sense::Capital(of) => plain(ballot, findings, of, 0.7, name),
        Sense::Sign(of) => ballot.count(of, Kind::Sign, office * 0.2, name),
        Sense::Term(_) | Sense::Part(_) => {}
    }
}

/// Counts the name of a state itself, by the cue words around it.
fn plain(ballot: &mut Ballot, findings: &Findings<'_>, of: Jurisdiction, part: f32, name: &Named) {
    let base = part
        * match name.found.zone {
            Zone::Title => 2.0,
            Zone::Lead => 1.2,
            Zone::Body => 0.5,
        };
    match part_in_story(findings, name) {
        Some(Cue::Acts) => ballot.count(of, Kind::Acting, base * 2.0, name),
        Some(Cue::Side | Cue::Accused) => ballot.count(of, Kind::Plain, base * 0.1, name),
        _ => ballot.count(of, Kind::Plain, base, name),
    }
}

/// What the words around a state's name say it is there for: the nearest one after it, else an accusation before.
fn part_in_story(findings: &Findings<'_>, name: &Named) -> Option<Cue> {
    let hit = name.found.hit;
    let near = findings
        .cues
        .iter()
        .filter(|(_, cue)| cue.place == name.found.place && cue.sentence == name.found.sentence);
    let mut after = None::<(usize, Cue)>;
    for (cue, at) in near {
        match cue {
            Cue::Accused if at.end <= hit.start && hit.start - at.end <= REACH => {
                return Some(Cue::Accused);
            }
            Cue::Acts | Cue::Side
                if at.start >= hit.end
                    && at.start - hit.end <= REACH
                    && after.is_none_or(|(start, _)| at.start < start) =>
            {
                after = Some((at.start, *cue));
            }
            _ => {}
        }
    }
    after.map(|(_, cue)| cue)
}

/// Takes the best, and others that are nearly as good.
fn choose(ballot: Ballot, findings: &Findings<'_>) -> Vec<Tag<Jurisdiction>> {
    let mut rows = ballot.rows;
    fold_parents(&mut rows);
    rows.sort_by(|a, b| b.voice.other.total_cmp(&a.voice.other));
    let together =
        findings.cues.iter().any(|(cue, at)| *cue == Cue::Together && at.zone != Zone::Body);
    let beside = if together { BESIDE_TOGETHER } else { BESIDE };
    let best = rows.first().map_or(0.0, |row| row.voice.other);
    let mut tags = Vec::new();
    for (number, row) in rows.iter().enumerate().take(4) {
        let score = row.voice.other;
        let enough = if number == 0 {
            score >= THRESHOLD
        } else {
            score >= FURTHER && score >= best * beside
        };
        if enough {
            tags.push(tag(row.of, squash(score, THRESHOLD, 1.5), &row.voice, findings));
        }
    }
    tags
}

/// Where a part of a state acts, the state above it is not tagged; where it is only a place, the state takes its sum.
fn fold_parents(rows: &mut Vec<Row>) {
    let mut out = Vec::new();
    for at in 0..rows.len() {
        let Some(parent) = rows[at].of.parent() else {
            continue;
        };
        let acting = [Kind::Authority, Kind::Law, Kind::Acting]
            .into_iter()
            .any(|kind| rows[at].counted[kind as usize] > 0);
        let above = rows.iter().position(|row| row.of == parent);
        let low = rows[at].voice.other;
        match above {
            Some(above) if acting && low >= 3.0 && low >= 0.5 * rows[above].voice.other => {
                out.push(parent);
            }
            Some(above) => {
                rows[above].voice.other += 0.4 * low;
                out.push(rows[at].of);
            }
            None => {}
        }
    }
    rows.retain(|row| !out.contains(&row.of));
}
