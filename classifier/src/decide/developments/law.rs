//! Which law is meant by an act?

use crate::dates::Mention;
use crate::decide::calendar;
use crate::{Act, Instrument, When};

use super::{Scene, Story};

/// The law that is meant: the one that has the act on this very day in the register, else the last that the sentence
/// names before the date, else the only one that the text or its headline is about, else the first that comes after the
/// date. No law is meant of which nobody spoke yet on that date, and by a measure that is called by its date (`a directive
/// of 2016`) none that has another.
pub(super) fn meant(
    story: &Story<'_>,
    scene: &Scene,
    mention: &Mention,
    (act, date): (Act, When),
) -> Option<Instrument> {
    let all = scene.laws.iter().map(|(law, ..)| *law);
    let is_known = |law: &Instrument| calendar::day_of(*law, act).map(When::day) == Some(date);
    let known = all.chain(story.laws.iter().map(|tag| tag.value)).find(is_known);
    if known.is_some() {
        return known;
    }
    let is_born = |law: Instrument| calendar::is_born(law, Some(date.last()));
    let here = story.named(scene).filter(|(law, _)| is_born(*law)).collect::<Vec<_>>();
    let before = here.iter().filter(|(_, start)| *start < mention.end);
    let before = before.max_by_key(|(_, start)| *start);
    // A law beside the one that the text is about (`the Data Security Law`) is not that one.
    let start = before.map_or(scene.sentence.start, |(_, start)| *start);
    if story.kin(scene, start, mention.end) {
        return None;
    }
    let main = || match (story.laws, story.named(&story.scenes[0]).collect::<Vec<_>>().as_slice()) {
        ([only], _) => Some(only.value),
        (_, [(first, _), rest @ ..]) if rest.iter().all(|(law, _)| law == first) => Some(*first),
        _ => None,
    };
    let is_called = scene.calls(story.text(scene), mention).is_some();
    let fits = |law: Instrument| {
        !is_called
            || calendar::day_of(law, Act::Adopted).is_none_or(|day| date.holds(When::day(day)))
    };
    before
        .map(|(law, _)| *law)
        .or_else(|| main().filter(|law| is_born(*law)))
        .filter(|law| fits(*law))
        .or_else(|| here.iter().min_by_key(|(_, start)| *start).map(|(law, _)| *law))
}
