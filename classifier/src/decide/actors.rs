//! Whose law or policy is it? The states that act, not those that are only mentioned.

pub(crate) use super::ballot::FEATURES;
use super::ballot::{Ballot, Kind, Row};
use super::{laws, tag};
use crate::authority::Authority;
use crate::findings::{Findings, Named, TermHit};
use crate::lexicon::{Cue, Sense};
use crate::linear::Linear;
use crate::reading::Zone;
use crate::{Instrument, Jurisdiction, Place, Tag};

/// The probability from which a jurisdiction counts, and from which the best one does.
const ENOUGH: f32 = 0.5;
const BEST: f32 = 0.12;

/// How far from a name, in bytes, a cue word can say what the state is there for.
const REACH: usize = 26;

/// How far before a name an office belongs to it: `of the`.
const BESIDE: usize = 8;

/// No name of a law that several share is clear by itself below so many bytes.
const SHORT: usize = 5;

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

/// What is known about a state that a text names, as numbers for the model.
pub(crate) struct Candidate {
    row: Row,
    pub(crate) features: Vec<f32>,
}

impl Candidate {
    /// Which state.
    pub(crate) fn of(&self) -> Jurisdiction {
        self.row.of
    }
}

/// Takes the states that the model finds likely to act; the likeliest also if it is not very.
pub(crate) fn decide(
    findings: &Findings<'_>,
    authorities: &[Authority],
    model: &Linear,
) -> Vec<Tag<Jurisdiction>> {
    let candidates = candidates(findings, authorities);
    let mut likely = candidates
        .iter()
        .map(|candidate| (model.probability(&candidate.features), candidate))
        .collect::<Vec<_>>();
    likely.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut tags = Vec::new();
    for (number, (probability, candidate)) in likely.iter().enumerate() {
        let enough = if number == 0 { BEST } else { ENOUGH };
        if *probability >= enough {
            tags.push(tag(candidate.row.of, *probability, &candidate.row.voice, findings));
        }
    }
    tags
}

/// Counts every state that is named, by what it is named for and where.
pub(crate) fn candidates(findings: &Findings<'_>, authorities: &[Authority]) -> Vec<Candidate> {
    let mut ballot = Ballot::default();
    let mut shared = Vec::new();
    let (alone, namesakes) = namesakes(&findings.names);
    for name in alone {
        count(&mut ballot, &mut shared, findings, authorities, name);
    }
    for same in namesakes {
        if let Some((name, of)) = likeliest(&ballot, same) {
            plain(&mut ballot, findings, of, (Kind::Plain, 1.0), name);
        }
    }
    for (law, hit) in findings.clues.iter().filter(|(_, hit)| !laws::proves_no_jurisdiction(hit)) {
        count_clue(&mut ballot, findings, *law, *hit);
    }
    // A name that several share supports the one that is there anyway, or else the one that its row has first. What
    // is short names no law by itself (codebook, section 5).
    for (name, of, weight) in shared {
        let best = of.iter().rev().max_by(|a, b| ballot.score(**a).total_cmp(&ballot.score(**b)));
        let hit = name.found.hit;
        let short = matches!(name.sense, Sense::MaybeLaw(_)) && hit.end - hit.start <= SHORT;
        if let Some(best) = best.filter(|best| !short || ballot.score(**best) > 0.3) {
            ballot.count(*best, Kind::Shared, weight, name);
        }
    }
    pair(&mut ballot, findings);
    first(&mut ballot, findings);
    let about = findings.reading.about();
    if let Some(home) = about.home {
        ballot.lean(home, 1.5);
    }
    let language = about.language.unwrap_or_default();
    let home = HOMES.iter().find(|home| home.0 == language);
    if let Some((of, weight)) =
        home.and_then(|(_, code, weight)| Jurisdiction::parse(code).map(|of| (of, *weight)))
    {
        ballot.lean(of, weight);
    }
    let together =
        findings.cues.iter().any(|(cue, at)| *cue == Cue::Together && at.zone != Zone::Body);
    let disputed = findings.cues.iter().any(|(cue, _)| *cue == Cue::Dispute);
    ballot
        .close(together, disputed, &findings.opinion)
        .into_iter()
        .map(|(row, features)| Candidate { row, features })
        .collect()
}

/// Parts the names from those that two states bear (Georgia), which come as a group for each place.
fn namesakes(names: &[Named]) -> (Vec<&Named>, Vec<&[Named]>) {
    let (mut alone, mut groups) = (Vec::new(), Vec::new());
    for same in names.chunk_by(|a, b| a.found.hit == b.found.hit && a.found.place == b.found.place)
    {
        let states = same.iter().filter(|name| matches!(name.sense, Sense::Name(_))).count();
        if states > 1 {
            groups.push(same);
        } else {
            alone.extend(same);
        }
    }
    (alone, groups)
}

/// Which of the states that bear a name is meant: for whom, or for whose federation, most else speaks; else the first.
fn likeliest<'a>(ballot: &Ballot, same: &'a [Named]) -> Option<(&'a Named, Jurisdiction)> {
    let mut best = None::<(f32, &Named, Jurisdiction)>;
    for name in same {
        let Sense::Name(of) = name.sense else { continue };
        let score = ballot.score(of) + of.parent().map_or(0.0, |above| ballot.score(above));
        if best.is_none_or(|(most, _, _)| score > most) {
            best = Some((score, name, of));
        }
    }
    best.map(|(_, name, of)| (name, of))
}

/// Notes which states are named side by side: `Brussels and Seoul`, `the US-UK deal`.
fn pair(ballot: &mut Ballot, findings: &Findings<'_>) {
    let states = findings.names.iter().filter_map(|name| match name.sense {
        Sense::Name(of) | Sense::Demonym(of) | Sense::Capital(of) => Some((of, name.found)),
        _ => None,
    });
    let states = states.filter(|(_, found)| found.zone != Zone::Body).collect::<Vec<_>>();
    for two in states.windows(2) {
        let [(one, first), (other, second)] = two else { continue };
        let apart = first.place != second.place || first.hit.end > second.hit.start;
        let text = findings.reading.folded(first.place);
        let between = text.get(first.hit.end..second.hit.start).filter(|_| !apart);
        if one != other && between.is_some_and(joins) {
            ballot.pair(*one, first.zone);
            ballot.pair(*other, second.zone);
        }
    }
}

/// Notes which state is named first, in the headline and in the text.
fn first(ballot: &mut Ballot, findings: &Findings<'_>) {
    for place in [Place::Title, Place::Text] {
        let state = |name: &Named| match name.sense {
            Sense::Name(of) | Sense::Demonym(of) | Sense::Capital(of) => Some(of),
            _ => None,
        };
        let here = findings.names.iter().filter(|name| name.found.place == place);
        if let Some(of) = here.filter_map(state).next() {
            ballot.first(of, place);
        }
    }
}

/// Whether what stands between two names makes them a pair.
fn joins(between: &str) -> bool {
    const WORDS: [&str; 22] = [
        "-", "/", ",", "&", "and", "with", "and the", "und", "et", "et la", "et le", "y", "e",
        "en", "i", "и", "та", "ve", "و", "和", "と", "、",
    ];
    WORDS.contains(&between.trim())
}

/// Counts one name for the jurisdictions it stands for; keeps those that several share for later.
fn count<'a>(
    ballot: &mut Ballot,
    shared: &mut Vec<(&'a Named, Vec<Jurisdiction>, f32)>,
    findings: &Findings<'_>,
    authorities: &[Authority],
    name: &'a Named,
) {
    let office = office(name.found.zone);
    let accused = part_in_story(findings, name) == Some(Cue::Accused);
    match name.sense {
        Sense::Authority(row) => match authorities[usize::from(row)].of.as_slice() {
            [one] if accused => ballot.count(*one, Kind::Side, office * 0.2, name),
            [one] => ballot.count(*one, Kind::Authority, office, name),
            many => shared.push((name, many.to_vec(), office * 0.7)),
        },
        Sense::Law(law) => {
            for of in law.jurisdictions() {
                ballot.count(*of, Kind::Law, office * 0.8, name);
            }
        }
        Sense::MaybeLaw(law) => shared.push((name, law.jurisdictions().to_vec(), office * 0.4)),
        Sense::Name(of) => plain(ballot, findings, of, (Kind::Plain, 1.0), name),
        Sense::Demonym(of) => plain(ballot, findings, of, (Kind::Demonym, 0.8), name),
        Sense::Capital(of) => plain(ballot, findings, of, (Kind::Capital, 0.7), name),
        Sense::Sign(of) => ballot.count(of, Kind::Sign, office * 0.2, name),
        Sense::Term(_)
        | Sense::Part(_)
        | Sense::Date(_)
        | Sense::Act(_)
        | Sense::Measure
        | Sense::Doubt(_)
        | Sense::Explainer => {}
    }
}

/// What an office weighs in a place.
fn office(zone: Zone) -> f32 {
    match zone {
        Zone::Title => 4.0,
        Zone::Lead => 3.0,
        Zone::Body => 1.5,
    }
}

/// Counts what speaks of a law without its name, if only one state has such a law.
fn count_clue(ballot: &mut Ballot, findings: &Findings<'_>, law: Instrument, hit: TermHit) {
    let span = |hit: TermHit| (hit.place, hit.start, hit.end);
    let mut same = findings.clues.iter().filter(|(_, other)| span(*other) == span(hit));
    if same.all(|(other, _)| other.jurisdictions() == law.jurisdictions()) {
        let words = (hit.start, hit.end);
        for of in law.jurisdictions() {
            ballot.count_at(*of, Kind::Clue, office(hit.zone) * 0.25, hit.zone, hit.place, words);
        }
    }
}

/// Counts the name of a state itself, by the cue words around it.
fn plain(
    ballot: &mut Ballot,
    findings: &Findings<'_>,
    of: Jurisdiction,
    (kind, part): (Kind, f32),
    name: &Named,
) {
    let base = part
        * match name.found.zone {
            Zone::Title => 2.0,
            Zone::Lead => 1.2,
            Zone::Body => 0.5,
        };
    match part_in_story(findings, name) {
        Some(Cue::Acts) => ballot.count(of, Kind::Acting, base * 2.0, name),
        Some(Cue::Side | Cue::Accused) => ballot.count(of, Kind::Side, base * 0.1, name),
        _ => ballot.count(of, kind, base, name),
    }
}

/// What the words around a state's name say it is there for: an accusation or an office before it, else the nearest
/// word after it.
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
            Cue::Office if at.end <= hit.start && hit.start - at.end <= BESIDE => {
                return Some(Cue::Acts);
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
