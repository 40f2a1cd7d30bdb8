//! Work on files that may be damaged: where it falls over them, that is an answer and a line in the log, no panic on the
//! terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether this thread is at such work.
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Does such work; `None` where it panics.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if IS_GUARDED.get() {
                let at = panic.location().map(ToString::to_string);
                let why = panic.payload_as_str();
                tracing::warn!(at, why, "the full-text index cannot be read");
            } else {
                others(panic);
            }
        }));
    });
    let before = IS_GUARDED.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    IS_GUARDED.set(before);
    done
}
