//! `Clock`: the only place that reads the time.

use chrono::{DateTime, TimeDelta, Utc};

/// The system's time, moved by a fixed span: the demo's newsroom stays at the day of its last edition, however much
/// later it is started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    offset: TimeDelta,
}

impl Clock {
    /// A clock that shows `start` now and runs from there.
    pub fn starting_at(start: DateTime<Utc>) -> Self {
        Self { offset: start - Self::default().now() }
    }

    /// The time.
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock that all others are handed"
    )]
    pub fn now(&self) -> DateTime<Utc> {
        Utc::now() + self.offset
    }
}
