//! What a terminal shows while something takes its time. Where there is no terminal, nothing.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::say;
use crate::app::App;

/// How often the terminal is brought up to date.
pub(super) const TICK: Duration = Duration::from_millis(200);

/// A bar over `length` steps; without a length it only counts. `unit` says what is counted.
pub(super) fn bar(length: Option<u64>, unit: &str) -> anyhow::Result<ProgressBar> {
    let template = match length {
        Some(_) => format!("{{bar:40}} {{percent}} % {unit}, {{eta}} left {{msg}}"),
        None => format!("{{spinner}} {unit} {{msg}}"),
    };
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr_with_hz(5));
    Ok(bar.with_style(ProgressStyle::with_template(&template)?))
}

/// Brings the full-text index up to date, unless another process does.
pub(super) async fn follow(app: &App) -> anyhow::Result<()> {
    match watch(app, app.index.catch_up()).await? {
        Ok(_) | Err(index::Error::Busy) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Has searches show what was just kept before the command ends; where that takes too long, says so. Kept it is in any case.
pub(super) async fn show(app: &App) -> anyhow::Result<()> {
    let head = app.index.store().head().await?;
    let why = match watch(app, app.held()).await? {
        Ok(held) if held >= head => return Ok(()),
        Ok(_) => "the process that writes the index has not followed yet".to_owned(),
        Err(error) => error.to_string(),
    };
    say(&format!("lexwatch: it is kept, and searches will show it later: {why}"));
    Ok(())
}

/// Waits for work on the full-text index, and shows meanwhile how far in the change log it is.
pub(super) async fn watch<T>(app: &App, work: impl Future<Output = T>) -> anyhow::Result<T> {
    let head = u64::try_from(app.index.store().head().await?)?;
    let bar = bar(Some(head), "of the change log indexed")?;
    let mut tick = tokio::time::interval(TICK);
    tokio::pin!(work);
    let done = loop {
        tokio::select! {
            done = &mut work => break done,
            _ = tick.tick() => bar.set_position(app.index.followed().unsigned_abs()),
        }
    };
    bar.finish_and_clear();
    Ok(done)
}
