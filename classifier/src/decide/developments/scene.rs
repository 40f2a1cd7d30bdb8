//! A sentence, with its dates, its words for acts and its laws.

use crate::dates::{Calendar, Kind, Lead, Mention, Past, Placed, mentions};
use crate::findings::Findings;
use crate::lexicon::Sense;
use crate::reading::Sentence;
use crate::{Act, Instrument, Place, When};

use super::cues::{Cue, Tense};
use super::denial::{self, Doubted};

/// What tells of an act, and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) cue: Cue,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A law that a sentence names, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Law {
    pub(super) law: Instrument,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Whether by a name that is its alone.
    pub(super) own: bool,
}

/// A sentence with what was found in it.
pub(super) struct Scene {
    pub(super) sentence: Sentence,
    pub(super) cues: Vec<Told>,
    pub(super) mentions: Vec<Mention>,
    pub(super) laws: Vec<Law>,
    /// Whether a date of what did not happen was taken from it.
    doubted: bool,
    /// Where words for measures stand (`act`, `decree`), first and last byte.
    measures: Vec<(usize, usize)>,
}

/// How a measure is called by its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Called {
    /// `the act of 2018`.
    Before,
    /// `the 2018 act`.
    After,
}

/// How many bytes may stand between a date and what is called by it.
const NAME: usize = 32;

impl Scene {
    /// Whether it has a word for an act.
    pub(super) fn tells(&self, act: Act) -> bool {
        self.cues.iter().any(|told| told.cue.act == Some(act))
    }

    /// Whether it has no word for any act.
    pub(super) fn is_silent(&self) -> bool {
        self.cues.iter().all(|told| told.cue.act.is_none())
    }

    /// Whether a measure is called by a date.
    pub(super) fn calls(&self, text: &str, mention: &Mention) -> Option<Called> {
        if matches!(mention.kind, Kind::Implied | Kind::Span) {
            return None;
        }
        let is_near = |from: usize, to: usize| {
            let between = text.get(from..to).filter(|between| between.len() <= NAME);
            let is_told = self.cues.iter().any(|told| from <= told.start && told.end <= to);
            !is_told && between.is_some_and(|between| !between.contains([',', ';', ':', '(', '"']))
        };
        let own = text.get(mention.end..).is_some_and(|after| after.starts_with("'s"));
        let after = own || mention.lead == Lead::Named;
        if mention.lead == Lead::Of
            && self.measures.iter().any(|(_, end)| is_near(*end, mention.start))
        {
            Some(Called::Before)
        } else if after && self.measures.iter().any(|(start, _)| is_near(mention.end, *start)) {
            Some(Called::After)
        } else {
            None
        }
    }
}

/// Cuts the text to sentences, each with its dates, its words for acts and its laws.
pub(super) fn scenes(
    findings: &Findings<'_>,
    senses: &[Vec<Sense>],
    calendar: &Calendar,
) -> Vec<Scene> {
    let reading = &findings.reading;
    let published = reading.about().published;
    let mut past = Past { published, ..Past::default() };
    let scene = |sentence: Sentence| {
        let Words { mut cues, measures, dates, doubts } = words(findings, senses, &sentence);
        silence(&mut cues, &measures);
        let text = reading.folded(sentence.place);
        let mut mentions = mentions(calendar, text, &sentence, &dates, past);
        past = past.after(text.get(sentence.start..sentence.end).unwrap_or_default(), &mentions);
        let is_silent = cues.iter().all(|told| told.cue.act.is_none());
        place(&mut mentions, text, &sentence, is_silent);
        let laws = laws(findings, &sentence);
        let mut scene = Scene { laws, sentence, cues, mentions, doubted: false, measures };
        let told = scene.mentions.len();
        denial::forget(&mut scene, text, &doubts, published);
        scene.doubted = scene.mentions.len() < told;
        scene
    };
    let mut scenes = reading.sentences().into_iter().map(scene).collect::<Vec<_>>();
    let news = if explains(findings, senses) { 0 } else { NEWS };
    for scene in scenes.iter_mut().take(news) {
        imply(scene, reading.folded(scene.sentence.place), published);
    }
    scenes
}

/// Whether the headline says that the text explains or looks back.
fn explains(findings: &Findings<'_>, senses: &[Vec<Sense>]) -> bool {
    let title = findings.reading.found.iter().take_while(|one| one.place == Place::Title);
    let mut senses = title.flat_map(|one| &senses[one.hit.pattern as usize]);
    senses.any(|sense| matches!(sense, Sense::Explainer))
}

/// The words of a sentence that matter here, each with its first byte and its last.
#[derive(Default)]
struct Words {
    cues: Vec<Told>,
    measures: Vec<(usize, usize)>,
    dates: Vec<Placed>,
    doubts: Vec<Doubted>,
}

fn words(findings: &Findings<'_>, senses: &[Vec<Sense>], sentence: &Sentence) -> Words {
    let mut words = Words::default();
    let found = within(&findings.reading.found, sentence, |one| (one.place, one.hit.start));
    for one in found {
        let (start, end) = (one.hit.start, one.hit.end);
        for sense in &senses[one.hit.pattern as usize] {
            match *sense {
                Sense::Date(word) => words.dates.push((word, start, end)),
                Sense::Act(cue) => words.cues.push(Told { cue, start, end }),
                Sense::Measure => words.measures.push((start, end)),
                Sense::Doubt(doubt) => words.doubts.push((doubt, start, end)),
                _ => {}
            }
        }
    }
    words
}

/// What ends a clause.
pub(super) const BREAKS: [char; 10] = [',', ';', ':', '(', ')', '，', '；', '、', '—', '|'];

/// The longest heading, in bytes.
const HEADING: usize = 40;

/// Whether a sentence of the text is a heading.
fn is_heading(text: &str, sentence: &Sentence) -> bool {
    let words = text.get(sentence.start..sentence.end).unwrap_or_default().trim();
    let is_ended = !words.ends_with(|c: char| c.is_ascii_alphanumeric());
    sentence.place == Place::Text && words.len() <= HEADING && !is_ended
}

/// How many bytes of a text its dateline takes.
const DATELINE: usize = 48;

/// What a dateline (`TOKYO, 23 May -`) says of a sentence is that it is news; alone it says nothing.
fn place(mentions: &mut Vec<Mention>, text: &str, sentence: &Sentence, is_silent: bool) {
    if is_heading(text, sentence) {
        // `Applies today` over a table says nothing of the day on which the page was published.
        mentions.retain(|mention| mention.kind != Kind::Near);
    }
    let Some(first) = mentions.first_mut() else { return };
    if sentence.place != Place::Text || sentence.start > 0 || first.end > DATELINE {
        return;
    }
    let after = text.get(first.end..sentence.end).unwrap_or_default();
    let after = after.trim_start_matches([' ', ')', ',']);
    if after.trim_end_matches([' ', '.']).is_empty() {
        if is_silent {
            mentions.remove(0);
        }
    } else if after.starts_with(['-', ':', '|', '.']) {
        first.kind = Kind::Near;
        first.lead = Lead::None;
        (first.start, first.end) = (sentence.start, sentence.end);
    }
}

/// What stands in a sentence, of what is in order of place and start.
fn within<'a, T>(all: &'a [T], sentence: &Sentence, at: impl Fn(&T) -> (Place, usize)) -> &'a [T] {
    let key = |place: Place, start: usize| (place == Place::Text, start);
    let bound = |byte: usize| {
        all.partition_point(|one| {
            let (place, start) = at(one);
            key(place, start) < key(sentence.place, byte)
        })
    };
    &all[bound(sentence.start)..bound(sentence.end)]
}

/// The laws that a sentence names.
fn laws(findings: &Findings<'_>, sentence: &Sentence) -> Vec<Law> {
    let names = within(&findings.names, sentence, |name| (name.found.place, name.found.hit.start));
    let names = names.iter().filter_map(|name| {
        let (law, own) = match name.sense {
            Sense::Law(law) => (law, true),
            Sense::MaybeLaw(law) => (law, false),
            _ => return None,
        };
        Some(Law { law, start: name.found.hit.start, end: name.found.hit.end, own })
    });
    let clues = within(&findings.clues, sentence, |(_, hit)| (hit.place, hit.start));
    let clues = clues.iter().map(|(law, hit)| Law {
        law: *law,
        start: hit.start,
        end: hit.end,
        own: false,
    });
    names.chain(clues).collect()
}

/// How many bytes may stand between `signed` and the bill.
const OBJECT: usize = 24;

/// A longer cue, or the name of a measure (`House Bill`), leaves nothing of those within it, and what was signed is no
/// longer a bill.
fn silence(cues: &mut Vec<Told>, measures: &[(usize, usize)]) {
    let all = cues.clone();
    let is_within = |it: &Told, start: usize, end: usize| {
        start <= it.start && it.end <= end && end - start > it.end - it.start
    };
    let is_object = |it: &Told, by: &Told| {
        it.cue.act == Some(Act::Proposed)
            && it.cue.tense == Some(Tense::Future)
            && by.cue.act == Some(Act::Adopted)
            && by.cue.sure
            && (by.end..by.end + OBJECT).contains(&it.start)
    };
    cues.retain(|it| {
        !all.iter().any(|by| is_within(it, by.start, by.end) || is_object(it, by))
            && !measures.iter().any(|(start, end)| is_within(it, *start, *end))
    });
}

/// How many sentences, the headline among them, may tell the news without a date.
pub(super) const NEWS: usize = 5;

/// What the first sentences tell without a date, but for those of former measures, is news: it happened in the month of
/// publication.
fn imply(scene: &mut Scene, text: &str, published: Option<chrono::NaiveDate>) {
    let Some(published) = published else { return };
    if scene.doubted || is_heading(text, &scene.sentence) {
        return;
    }
    let is_past = |mention: &Mention| scene.calls(text, mention).is_some();
    if !scene.cues.is_empty() && scene.mentions.iter().all(is_past) {
        scene.mentions.push(Mention {
            start: scene.sentence.start,
            end: scene.sentence.end,
            kind: Kind::Implied,
            lead: Lead::None,
            readings: vec![When::month(published)],
        });
    }
}
