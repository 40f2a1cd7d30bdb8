//! `correct`: a person's word on the tags of an item, which wins over the model's.

use chrono::{DateTime, Utc};
use clap::Args;
use classifier::{Action, Label};
use index::{Correction, ItemId, Verdict};
use serde_json::json;

use super::classify::Classified;
use super::progress::show;
use super::{Misuse, Outcome, answer, say};
use crate::app::App;

/// The longest name and reason, in characters.
const NAME: usize = 100;
const REASON: usize = 1_000;

/// `lexwatch correct`.
#[derive(Debug, Args)]
pub(super) struct Correct {
    /// The item, by its id
    id: String,
    #[command(flatten)]
    words: Words,
    /// Who says so; shown on the item's page
    #[arg(long, value_name = "NAME", value_parser = name)]
    by: String,
    /// Why; shown on the item's page
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    why: String,
}

/// Tags to add and to remove.
#[derive(Debug, Args)]
pub(super) struct Words {
    /// A tag that belongs to the item: policy, country:CN, topic:encryption, stage:adopted, law:gdpr; repeat it for more
    #[arg(long, value_name = "TAG")]
    add: Vec<Label>,
    /// A tag that does not
    #[arg(long, value_name = "TAG")]
    remove: Vec<Label>,
}

impl Words {
    /// What they say; empty if nothing.
    ///
    /// # Errors
    /// [`Misuse`] when a tag is to be both added and removed, or two stages are to be added.
    pub(super) fn read(&self) -> Result<Vec<(Action, Label)>, Misuse> {
        if let Some(both) = self.add.iter().find(|label| self.remove.contains(label)) {
            return Err(Misuse(format!("`{both}` cannot be both added and removed")));
        }
        let mut stages = self.add.iter().filter(|label| matches!(label, Label::Stage(_)));
        if let (Some(one), Some(other)) = (stages.next(), stages.next()) {
            return Err(Misuse(format!("an item has one stage: `{one}` or `{other}`")));
        }
        let removed = self.remove.iter().map(|label| (Action::Remove, *label));
        Ok(removed.chain(self.add.iter().map(|label| (Action::Add, *label))).collect())
    }
}

impl Correct {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let nobody = || Misuse(format!("there is no item `{}`", self.id.escape_debug()));
        let id = ItemId::parse(&self.id).ok_or_else(nobody)?;
        let words = self.words.read()?;
        if words.is_empty() {
            return Err(Misuse("name at least one tag by --add or --remove".to_owned()).into());
        }
        let verdict = verdict(&self.by, &self.why, app.now());
        tell_idle(app, id, &words, &verdict).await?;
        let tags = app.index.store().correct(id, &words, &verdict).await.map_err(refused)?;
        let tags = tags.ok_or_else(nobody)?;
        show(app).await?;
        answer(&Classified::new(json!(id.to_string()), tags))?;
        Ok(Outcome::Done)
    }
}

/// Says which of these words change nothing now. They are kept all the same: they hold when the item is tagged again; but
/// not twice, of the same person for the same reason.
pub(super) async fn tell_idle(
    app: &App,
    id: ItemId,
    words: &[(Action, Label)],
    verdict: &Verdict,
) -> anyhow::Result<()> {
    let store = app.index.store();
    let Some(item) = store.item(id).await? else { return Ok(()) };
    let labels = item.tags.labels();
    let said = store.corrections(id).await?;
    let is_said = |action: Action, label: Label| {
        let word = Correction { action, label, verdict: verdict.clone() };
        said.iter().rfind(|one| one.label == label).is_some_and(|last| word.repeats(last))
    };
    for (action, label) in words {
        let what = match (action, labels.contains(label)) {
            (Action::Remove, false) => "does not have the tag",
            (Action::Add, true) => "has the tag already:",
            (Action::Add, false) | (Action::Remove, true) => continue,
        };
        let then = if is_said(*action, *label) {
            "the same was said before, and nothing changed"
        } else {
            "the word is kept for when the item is tagged again"
        };
        say(&format!("lexwatch: {id} {what} `{label}`; {then}"));
    }
    Ok(())
}

pub(super) fn verdict(by: &str, why: &str, at: DateTime<Utc>) -> Verdict {
    Verdict { by: by.to_owned(), why: why.to_owned(), at }
}

/// Tags that contradict each other are wrong use, not a failure.
pub(super) fn refused(error: index::Error) -> anyhow::Error {
    match error {
        index::Error::NotPolicy(what) => Misuse(what.to_string()).into(),
        other => other.into(),
    }
}

/// Who says something.
pub(super) fn name(text: &str) -> Result<String, String> {
    bounded(text, NAME)
}

/// Why.
pub(super) fn reason(text: &str) -> Result<String, String> {
    bounded(text, REASON)
}

fn bounded(text: &str, most: usize) -> Result<String, String> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err("it is empty".to_owned()),
        long if long > most => Err(format!("it has {long} characters, at most {most} are kept")),
        _ => Ok(text.to_owned()),
    }
}
