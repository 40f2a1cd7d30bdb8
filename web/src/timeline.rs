//! A law's timeline: the dated acts that items tell of it, put together, and what they disagree on.

use classifier::{Act, Development, Instrument, When};
use index::{Item, Store};

/// Dates of one act that are more days apart are those of an amendment or another part, and no contradiction.
const APART: i64 = 366;

/// One act on one date, with the items that tell of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    /// What happened, or will.
    pub(crate) act: Act,
    /// When, as exactly as any of the items tells it.
    pub(crate) date: When,
    /// Who tells it and in which sentence, oldest first.
    pub(crate) told: Vec<(Development, Item)>,
    /// The other dates within a year that items tell of the same act of the law, with how many items tell each: it may have
    /// several parts, or somebody is wrong.
    pub(crate) others: Vec<(When, usize)>,
}

/// What happened to a law and will, in time order.
pub(crate) async fn of(store: &Store, law: Instrument) -> Result<Vec<Event>, index::Error> {
    Ok(put_together(store.developments(law).await?))
}

/// Puts the same acts on the same date together. A month joins the one day in it that others tell; an item counts once.
fn put_together(acts: Vec<(Development, Item)>) -> Vec<Event> {
    let mut events = Vec::<Event>::new();
    // The most exact first, so that what is less exact finds them.
    let (exact, rough): (Vec<_>, Vec<_>) = acts.into_iter().partition(|(one, _)| one.date.is_day());
    let (months, years): (Vec<_>, Vec<_>) =
        rough.into_iter().partition(|(one, _)| one.date.is_month());
    for (one, item) in exact.into_iter().chain(months).chain(years) {
        let fits = |event: &Event| event.act == one.act && one.date.holds(event.date);
        let mut fitting = events.iter().enumerate().filter(|(_, event)| fits(event));
        match (fitting.next(), fitting.next()) {
            (Some((at, _)), None) => {
                let told = &mut events[at].told;
                if told.iter().all(|(_, known)| known.id != item.id) {
                    told.push((one, item));
                }
            }
            _ => events.push(Event {
                act: one.act,
                date: one.date,
                told: vec![(one, item)],
                others: Vec::new(),
            }),
        }
    }
    for event in &mut events {
        event.told.sort_by_key(|(_, item)| item.published.map(|at| at.instant()));
    }
    let dates: Vec<_> =
        events.iter().map(|event| (event.act, event.date, event.told.len())).collect();
    for event in events.iter_mut().filter(|event| is_once(event.act)) {
        let is_other = |(act, date, _): &&(Act, When, usize)| {
            *act == event.act && *date != event.date && apart(*date, event.date) <= APART
        };
        let others = dates.iter().filter(is_other);
        event.others = others.map(|(_, date, items)| (*date, *items)).collect();
        event.others.sort_unstable();
    }
    events.sort_by_key(|event| (event.date, event.act));
    events
}

/// How many days lie between two dates at least: a month or a year may mean any day in it.
fn apart(one: When, other: When) -> i64 {
    let between = |one: When, other: When| (other.first() - one.last()).num_days();
    between(one, other).max(between(other, one)).max(0)
}

/// Whether an act happens to a law once, if it has one part only: fines, judgments and drafts may be many.
fn is_once(act: Act) -> bool {
    matches!(act, Act::Adopted | Act::InForce | Act::Deadline | Act::Consultation | Act::Repealed)
}
