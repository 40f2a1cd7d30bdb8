//! Counts over time as a small picture, drawn on the server as SVG.

/// One bar of the picture, in units of its view box.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) x: usize,
    pub(super) y: u64,
    pub(super) height: u64,
    pub(super) count: u64,
}

/// The height of the view box; the width is six units a bar.
pub(super) const HEIGHT: u64 = 40;

/// Bars over days, oldest first, and the sentence for those who do not see them.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) bars: Vec<Bar>,
    pub(super) width: usize,
    pub(super) sentence: String,
}

impl Picture {
    /// `None` where there is nothing to draw.
    pub(super) fn of_days(counts: &[u64]) -> Option<Self> {
        let most = counts.iter().copied().max().filter(|most| *most > 0)?;
        let bars = counts.iter().enumerate().map(|(number, &count)| {
            let height = if count == 0 { 0 } else { (count * HEIGHT / most).max(2) };
            Bar { x: number * 6, y: HEIGHT - height, height, count }
        });
        let total: u64 = counts.iter().sum();
        Some(Self {
            bars: bars.collect(),
            width: counts.len() * 6,
            sentence: format!("{total} in the last {} days, at most {most} a day", counts.len()),
        })
    }
}
