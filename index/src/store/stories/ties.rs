//! Ties: which reports of a story hold together, and by what.

use super::report;
use crate::event::{Print, likeness, shared};
use crate::store::Store;
use crate::{Error, ItemId, Story, StoryTie};

/// How many reports of a story are compared, the first.
const MOST: usize = 24;

impl Store {
    /// Why the reports of a story are in it: for each but the first, the one before it that it is likest to and what the
    /// two share. Of a large story only the first reports are told.
    pub async fn ties(&self, story: &Story) -> Result<Vec<StoryTie>, Error> {
        let ids: Vec<ItemId> = story.items.iter().take(MOST).map(|item| item.id).collect();
        if ids.len() < 2 {
            return Ok(Vec::new());
        }
        let reports = self.excerpts(&ids).await?;
        let told = tokio::task::spawn_blocking(move || {
            let reports: Vec<_> =
                reports.iter().map(|(item, text)| (item.id, report(item, text))).collect();
            let prints: Vec<_> = reports.iter().map(|(_, report)| Print::of(report)).collect();
            let tie = |place: usize| {
                let (item, report) = reports.get(place)?;
                let likest = (0..place).max_by(|one, other| {
                    let like = |at: &usize| likeness(&prints[place], &prints[*at]);
                    like(one).total_cmp(&like(other))
                })?;
                let shared = shared(report, prints.get(likest)?);
                Some(StoryTie { item: *item, with: reports.get(likest)?.0, shared })
            };
            (1..reports.len()).filter_map(tie).collect()
        });
        told.await.map_err(|error| Error::Corrupt(format!("ties: {error}")))
    }
}
