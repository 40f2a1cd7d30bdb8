//! What the register's dates say: which law a text of a certain day is likely about, and what happened to it.

use chrono::{Days, NaiveDate};

use crate::{Act, Instrument, Stage};

/// A law is talked about before its first day that the register knows.
const RUMOUR: Days = Days::new(240);

/// How many days an act is news, before and after it.
const NEWS: (i64, i64) = (3, 18);

/// Taking effect is news earlier: texts say how to be ready.
const READY: (i64, i64) = (12, 10);

/// Whether the law can have been talked about on a day.
pub(super) fn is_born(law: Instrument, published: Option<NaiveDate>) -> bool {
    let first = born(law).and_then(|day| day.checked_sub_days(RUMOUR));
    published.zip(first).is_none_or(|(published, first)| first <= published)
}

/// The law's first day that the register knows, sure or not.
pub(super) fn born(law: Instrument) -> Option<NaiveDate> {
    let days = law.days();
    [days.proposed, days.adopted, days.in_force].into_iter().flatten().map(|day| day.date).min()
}

/// The day of an act of a law, if the register has it.
pub(super) fn day_of(law: Instrument, act: Act) -> Option<NaiveDate> {
    let days = law.days();
    let day = match act {
        Act::Proposed => days.proposed,
        Act::Adopted => days.adopted,
        Act::InForce => days.in_force,
        _ => None,
    };
    day.map(|day| day.date)
}

/// The stage of the act of a law that is news on a day.
pub(super) fn news(law: Instrument, published: NaiveDate) -> Option<Stage> {
    let days = law.days();
    let on = |day: Option<crate::Day>, (before, after): (i64, i64)| {
        day.is_some_and(|day| {
            let since = (published - day.date).num_days();
            -before <= since && since <= after
        })
    };
    if on(days.in_force, (1, READY.1)) {
        Some(Stage::InForce)
    } else if on(days.adopted, NEWS) {
        Some(Stage::Adopted)
    } else if on(days.in_force, READY) {
        Some(Stage::InForce)
    } else if on(days.proposed, NEWS) {
        Some(Stage::Proposed)
    } else {
        None
    }
}

/// Whether a stage can be told of a law on a day: nothing is in force before its time, or a draft long after.
pub(super) fn allows(law: Instrument, stage: Stage, published: NaiveDate) -> bool {
    let days = law.days();
    let since = |day: Option<crate::Day>| day.map(|day| (published - day.date).num_days());
    match stage {
        Stage::Proposed => since(days.adopted).is_none_or(|days| days < NEWS.1),
        Stage::Adopted => since(days.in_force.or(days.adopted)).is_none_or(|days| days < 60),
        Stage::InForce => since(days.in_force).is_none_or(|days| days >= -READY.0),
        _ => true,
    }
}

/// Where a law stands on a day, as far as the register knows its days.
pub(super) fn standing(law: Instrument, published: NaiveDate) -> Option<Stage> {
    let days = law.days();
    let reached = |day: Option<crate::Day>| day.is_some_and(|day| day.date <= published);
    if reached(days.in_force) {
        Some(Stage::InForce)
    } else if reached(days.adopted) {
        Some(Stage::Adopted)
    } else if reached(days.proposed) {
        Some(Stage::Proposed)
    } else {
        None
    }
}
