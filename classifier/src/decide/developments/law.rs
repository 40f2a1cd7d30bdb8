//! Which law is meant by an act?

use crate::dates::Mention;
use crate::decide::calendar;
use crate::{Act, Instrument, When};

use super::scene::{BREAKS, Law};
use super::{Scene, Story, features};

/// What ends a clause between a law and a date counts as so many bytes.
const CLAUSE: usize = 25;

/// So many bytes at most stand between two laws of which the same is said (`the DMA and the DGA`).
const JOINED: usize = 12;

/// A measure is drafted, adopted or taken back within so many days of the day that the register has.
const APART: i64 = 120;

/// The law that is meant: the one that has the act on this very day in the register, else the one of the sentence that
/// stands nearest to the date, none if that is several or not sure, else the only one that the text or its headline is
/// about. No law is meant of which nobody spoke yet on that date, and by a measure that is called by its date (`a directive
/// of 2016`) none that has another.
pub(super) fn meant(
    story: &Story<'_>,
    at: usize,
    mention: &Mention,
    (act, date): (Act, When),
) -> Option<Instrument> {
    let scene = &story.scenes[at];
    let known = |law: Instrument| calendar::day_of(law, act).map(When::day);
    let tagged = story.laws.iter().map(|tag| tag.value);
    let mut all = scene.laws.iter().map(|it| it.law).chain(tagged);
    if let Some(law) = all.find(|law| known(*law) == Some(date)) {
        return Some(law);
    }
    // Of a law that bears its name with others, the month tells that it is meant.
    let mut here = scene.laws.iter().map(|it| it.law);
    let in_month =
        |law: &Instrument| date.is_month() && known(*law).is_some_and(|day| date.holds(day));
    if let Some(law) = here.find(in_month) {
        return Some(law).filter(|law| here.all(|other| other == *law || !in_month(&other)));
    }
    let is_born = |law: Instrument| calendar::is_born(law, Some(date.last()));
    let is_called = scene.calls(story.text(scene), mention).is_some();
    let fits = |law: &Instrument| {
        !is_called
            || calendar::day_of(*law, Act::Adopted).is_none_or(|day| date.holds(When::day(day)))
    };
    if let Some(nearest) = nearest(story, scene, mention, is_born) {
        return nearest.filter(fits);
    }
    let law = main(story).filter(|law| is_born(*law) && fits(law))?;
    let before = at.checked_sub(1).filter(|at| *at > 0).map(|at| &story.scenes[at]);
    let spoken = before.into_iter().flat_map(|before| story.named(before)).map(|it| it.law);
    let spoken = spoken.collect::<Vec<_>>();
    let is_other = !spoken.is_empty() && !spoken.contains(&law);
    (!is_other && is_possible(story, law, act, date)).then_some(law)
}

/// Whether a law that the sentence does not name can have had an act on a date, as far as the register knows: what is not
/// news was not adopted long before or after its day there, and nothing is punished under it long before it was in force.
fn is_possible(story: &Story<'_>, law: Instrument, act: Act, date: When) -> bool {
    let day = match act {
        Act::Proposed | Act::Adopted => calendar::day_of(law, act),
        _ => calendar::day_of(law, Act::InForce).or(calendar::day_of(law, Act::Adopted)),
    };
    let Some(day) = day else { return true };
    let early = (day - date.last()).num_days();
    let late = (date.first() - day).num_days();
    match act {
        Act::Proposed | Act::Adopted => {
            features::is_news(story.published, date) || early.max(late) <= APART
        }
        Act::InForce | Act::Deadline | Act::Enforcement | Act::Ruling => early <= APART,
        Act::Consultation | Act::Delayed | Act::Repealed => true,
    }
}

/// The law that a sentence names nearest to a date; none if those are several or it is not sure which.
fn nearest(
    story: &Story<'_>,
    scene: &Scene,
    mention: &Mention,
    is_born: impl Fn(Instrument) -> bool,
) -> Option<Option<Instrument>> {
    let text = story.text(scene);
    let sure = story.named(scene).filter(|it| is_born(it.law)).map(|it| (it, Some(it.law)));
    let all = sure.chain(story.unsure(scene).map(|it| (it, None))).collect::<Vec<_>>();
    let is_within = |it: &Law, other: &Law| {
        other.start <= it.start
            && it.end <= other.end
            && other.end - other.start > it.end - it.start
    };
    let all = all.iter().filter(|(it, _)| !all.iter().any(|(other, _)| is_within(it, other)));
    let far = |it: &Law| distance(text, it, mention);
    let (first, law) = all.clone().min_by_key(|(it, _)| far(it))?;
    let is_joined = |other: &Law| {
        let (one, next) = if other.start < first.start { (other, first) } else { (first, other) };
        let side = |it: &Law| it.start < mention.start;
        let between = text.get(one.end..next.start).unwrap_or_default();
        let is_near = between.len() <= JOINED && !between.contains(|c: char| c.is_ascii_digit());
        side(one) == side(next) && is_near
    };
    let is_alone = all.clone().all(|(other, it)| it == law || !is_joined(other));
    Some(law.filter(|_| is_alone))
}

/// How far a law stands from a date, in bytes.
fn distance(text: &str, law: &Law, mention: &Mention) -> usize {
    let (from, to) =
        if law.end <= mention.start { (law.end, mention.start) } else { (mention.end, law.start) };
    let between = text.get(from..to).unwrap_or_default();
    between.len() + CLAUSE * between.matches(BREAKS).count()
}

/// The only law that the text or its headline is about.
fn main(story: &Story<'_>) -> Option<Instrument> {
    let headline = story.named(&story.scenes[0]).map(|it| it.law).collect::<Vec<_>>();
    match (story.laws, headline.as_slice()) {
        ([only], _) => Some(only.value),
        (_, [first, rest @ ..]) if rest.iter().all(|law| law == first) => Some(*first),
        _ => None,
    }
}
