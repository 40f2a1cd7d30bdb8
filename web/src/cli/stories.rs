//! `stories`: what reports one event, and a person's word on it, which wins over the program's.

use clap::{Args, Subcommand};
use index::{ItemId, StoryId};

use super::correct::{name, reason, verdict};
use super::progress::show;
use super::{Misuse, Outcome, answer};
use crate::api::story_view;
use crate::app::App;
use crate::stories::LARGEST;

/// `lexwatch stories`.
#[derive(Debug, Subcommand)]
pub(super) enum Stories {
    /// Print a story with its items in the order of their publication, as the API gives it
    Show {
        /// The story, by its id
        story: String,
    },
    /// Take an item out of its story; it has one of its own from now on, whatever is read later
    Detach(Detach),
    /// Put an item into a story, where it stays
    Attach(Attach),
}

#[derive(Debug, Args)]
pub(super) struct Detach {
    /// The item, by its id
    item: String,
    #[command(flatten)]
    reason: Reason,
}

#[derive(Debug, Args)]
pub(super) struct Attach {
    /// The item, by its id
    item: String,
    /// The story, by its id
    story: String,
    #[command(flatten)]
    reason: Reason,
}

#[derive(Debug, Args)]
struct Reason {
    /// Who says so; shown on the story's page
    #[arg(long, value_name = "NAME", value_parser = name)]
    by: String,
    /// Why; shown on the story's page
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    why: String,
}

impl Stories {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        let story = match self {
            Self::Show { story } => story_id(app, &story).await?,
            Self::Detach(Detach { item, reason }) => put(app, &item, None, &reason).await?,
            Self::Attach(Attach { item, story, reason }) => {
                put(app, &item, Some(&story), &reason).await?
            }
        };
        let found = app.index.store().story(story, LARGEST).await?;
        let found = found.ok_or_else(|| Misuse(format!("there is no story `{story}`")))?;
        answer(&story_view(&found, &app.index.store().ties(&found).await?))?;
        Ok(Outcome::Done)
    }
}

/// Puts an item into a story, or one of its own, and returns which.
async fn put(
    app: &App,
    item: &str,
    story: Option<&str>,
    reason: &Reason,
) -> anyhow::Result<StoryId> {
    let nobody = || Misuse(format!("there is no item `{}`", item.escape_debug()));
    let id = ItemId::parse(item).ok_or_else(nobody)?;
    let store = app.index.store();
    store.item(id).await?.ok_or_else(nobody)?;
    let to = match story {
        Some(story) => Some(story_id(app, story).await?),
        None => None,
    };
    let verdict = verdict(&reason.by, &reason.why, app.now());
    let put = store.set_story(id, to, &verdict).await?;
    show(app).await?;
    let named = story.unwrap_or_default().escape_debug().to_string();
    Ok(put.ok_or_else(|| Misuse(format!("there is no story `{named}`")))?)
}

async fn story_id(app: &App, text: &str) -> anyhow::Result<StoryId> {
    if let Some(id) = StoryId::parse(text) {
        return Ok(id);
    }
    let item = match ItemId::parse(text) {
        Some(id) => app.index.store().item(id).await?,
        None => None,
    };
    let what = match item {
        Some(item) => format!("`{}` is an item; its story is `{}`", item.id, item.story),
        None => format!("there is no story `{}`", text.escape_debug()),
    };
    Err(Misuse(what).into())
}
