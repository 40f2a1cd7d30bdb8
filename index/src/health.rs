//! `Health`: what is the matter with a source, if anything. `Habit`: how often it has news.

use chrono::{DateTime, TimeDelta, Utc};
use crawler::{Fault, Trouble};

use crate::{PollStatus, SourceState};

/// A source is not called stale before it was quiet for so long, however busy it is: weekends and holidays are no
/// trouble.
const LEAST: TimeDelta = TimeDelta::days(3);
/// Of so many gaps between days with news a habit can be learnt.
const ENOUGH: i64 = 5;
/// Without a habit, a source is stale after so long.
const UNKNOWN: TimeDelta = TimeDelta::days(180);
/// Nine gaps of ten are no longer than the one that counts; quiet for twice as long is unusual.
const USUAL: (i64, i64) = (9, 10);

/// How often a source has news, and how late they come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Habit {
    /// Nearly all its pauses between two days with news are no longer than this; `None` while it is too new to tell.
    pub usual: Option<TimeDelta>,
    /// Half of its items are first seen within this time of their publication.
    pub lag: Option<TimeDelta>,
}

impl Habit {
    /// From the gaps between days with news (days, how often; shortest first), and from lags in milliseconds.
    pub(crate) fn learn(gaps: &[(i64, i64)], mut lags: Vec<i64>) -> Self {
        let all: i64 = gaps.iter().map(|(_, times)| times).sum();
        let mut seen = 0;
        let usual = gaps.iter().find(|(_, times)| {
            seen += times;
            seen * USUAL.1 >= all * USUAL.0
        });
        let usual = usual.filter(|_| all >= ENOUGH).map(|(days, _)| TimeDelta::days(*days));
        lags.sort_unstable();
        let lag = lags.get(lags.len() / 2).map(|lag| TimeDelta::milliseconds(*lag));
        Self { usual, lag }
    }

    /// How long the source may be quiet before it is stale.
    pub fn patience(&self) -> TimeDelta {
        self.usual.map_or(UNKNOWN, |usual| LEAST.max(usual * 2))
    }
}

/// A source that asks again and again to be left alone turns us away after so long.
const REST: TimeDelta = TimeDelta::days(3);

/// What is the matter with a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It was not polled yet, or is not followed.
    New,
    /// Nothing.
    Good,
    /// It is read at another address than the catalogue's, for good.
    Moved,
    /// It asked to be left alone for a while, and is.
    Resting,
    /// It is quiet for longer than is its habit.
    Stale,
    /// It lists nothing.
    Empty,
    /// Not one of the pages that it lists can be read.
    Unreadable,
    /// It turns us away.
    Blocked,
    /// It cannot be reached, or does not answer with what it should.
    Down,
}

impl Condition {
    /// The word for programs.
    pub fn slug(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Good => "good",
            Self::Moved => "moved",
            Self::Resting => "resting",
            Self::Stale => "stale",
            Self::Empty => "empty",
            Self::Unreadable => "unreadable",
            Self::Blocked => "blocked",
            Self::Down => "down",
        }
    }

    /// Whether somebody should look after it.
    pub fn is_bad(self) -> bool {
        !matches!(self, Self::New | Self::Good | Self::Resting)
    }
}

/// How a source is doing at a moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// What is the matter.
    pub condition: Condition,
    /// Since when, as far as that is known.
    pub since: Option<DateTime<Utc>>,
    /// What is learnt of it.
    pub habit: Habit,
}

impl Health {
    /// The health of a source: the one place that decides it.
    pub fn of(state: &SourceState, habit: Option<&Habit>, now: DateTime<Utc>) -> Self {
        let habit = habit.cloned().unwrap_or_default();
        let (condition, since) = condition(state, &habit, now);
        Self { condition, since, habit }
    }
}

fn condition(
    state: &SourceState,
    habit: &Habit,
    now: DateTime<Utc>,
) -> (Condition, Option<DateTime<Utc>>) {
    match state.status {
        _ if !state.followed => return (Condition::New, None),
        PollStatus::Never => return (Condition::New, None),
        PollStatus::Failed(_) => {
            let condition = match state.fault.map(Fault::trouble) {
                Some(Trouble::Blocked) if rests(state, now) => Condition::Resting,
                Some(Trouble::Blocked) => Condition::Blocked,
                Some(Trouble::Empty) => Condition::Empty,
                Some(Trouble::Down) | None => Condition::Down,
            };
            return (condition, state.failing_since);
        }
        PollStatus::Ok | PollStatus::Unchanged => {}
    }
    let patience = habit.patience();
    if state.entries == 0 {
        (Condition::Empty, state.news)
    } else if state.items == 0 && state.failed > 0 {
        (Condition::Unreadable, state.begun)
    } else if let Some(news) = state.news.filter(|news| now - *news > patience) {
        (Condition::Stale, Some(news))
    } else if state.moved_to.is_some() {
        (Condition::Moved, None)
    } else {
        (Condition::Good, None)
    }
}

/// Whether its server said until when it wants to be left alone, and did not say so for days on end.
fn rests(state: &SourceState, now: DateTime<Utc>) -> bool {
    state.fault == Some(Fault::Rest)
        && state.rest_until.is_some_and(|until| until > now)
        && state.failing_since.is_none_or(|since| now - since < REST)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::Habit;

    #[test]
    fn a_habit_is_learnt_from_many_pauses_and_not_from_the_longest() {
        let days = |days| Some(TimeDelta::days(days));
        let usual = |gaps: &[(i64, i64)]| Habit::learn(gaps, Vec::new()).usual;
        assert_eq!(usual(&[]), None);
        assert_eq!(usual(&[(1, 3), (9, 1)]), None, "too little to tell");
        assert_eq!(usual(&[(1, 80), (3, 20)]), days(3), "weekends are a habit");
        assert_eq!(usual(&[(1, 95), (40, 1)]), days(1), "one summer holiday is none");
        assert_eq!(usual(&[(28, 2), (31, 4)]), days(31));
        let patience = |gaps: &[(i64, i64)]| Habit::learn(gaps, Vec::new()).patience().num_days();
        assert_eq!(
            [patience(&[(1, 95)]), patience(&[(1, 80), (3, 20)]), patience(&[(31, 6)])],
            [3, 6, 62]
        );
        assert_eq!(patience(&[]), 180);
    }

    #[test]
    fn the_lag_is_the_median() {
        let lag = |lags: &[i64]| Habit::learn(&[], lags.to_vec()).lag;
        assert_eq!(lag(&[]), None);
        assert_eq!(lag(&[900_000, 60_000, 7_200_000]), Some(TimeDelta::minutes(15)));
    }
}
