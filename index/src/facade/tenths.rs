//! `Tenths`: what the log says of an index that is made again.

/// How far an index is that is to hold the change log up to a number before it answers. Ten lines tell it at most,
/// however long it takes.
#[derive(Debug)]
pub(super) struct Tenths {
    of: i64,
    told: i64,
    is_made: bool,
}

impl Tenths {
    /// Says that an index is made, if it is, that holds so much already.
    pub(super) fn new(done: i64, of: i64) -> Self {
        let is_made = done < of;
        if is_made {
            tracing::info!(done, of, "the full-text index is being made");
        }
        Self { of, told: tenths(done, of), is_made }
    }

    pub(super) fn note(&mut self, done: i64) {
        let now = tenths(done, self.of);
        if self.is_made && now > self.told && now < 10 {
            tracing::info!(done, of = self.of, "the full-text index is being made");
            self.told = now;
        }
    }

    /// All that was followed can be found, or is kept for the next process.
    pub(super) fn end(&self, done: i64) {
        if self.is_made && done >= self.of {
            tracing::info!(changes = done, "the full-text index is whole");
        } else if self.is_made {
            tracing::info!(done, of = self.of, "the full-text index is left, to be made on later");
        }
    }
}

fn tenths(done: i64, of: i64) -> i64 {
    done.saturating_mul(10) / of.max(1)
}
