//! `reports`: what readers report about tags, as the operator sees and decides it.

use std::collections::HashMap;

use clap::{Args, Subcommand};
use classifier::{Action, Label};
use index::{Complaint, Decided, Item, ItemId, Report};
use serde::Serialize;

use super::correct::{Words, name, reason, refused, tell_idle, verdict};
use super::progress::show;
use super::{Misuse, Outcome, answer, say};
use crate::api::views::rfc3339;
use crate::app::App;

/// Reports looked at by one statement.
const BATCH: usize = 200;

/// `lexwatch reports`.
#[derive(Debug, Subcommand)]
pub(super) enum Reports {
    /// Print every report that waits, a line of JSON each, and how many there are
    List {
        /// Those that were decided as well
        #[arg(long)]
        all: bool,
    },
    /// Accept a report: the tag that it names is removed, or what --add and --remove say is done
    Accept {
        #[command(flatten)]
        decision: Decision,
        #[command(flatten)]
        words: Words,
    },
    /// Reject a report: the tags stay
    Reject(Decision),
}

/// Who decides about which report, and why.
#[derive(Debug, Args)]
pub(super) struct Decision {
    /// The report's number, as `list` prints it
    number: i64,
    /// Who decides; shown on the item's page where tags change
    #[arg(long, value_name = "NAME", default_value = "the operator", value_parser = name)]
    by: String,
    /// Why; shown on the item's page where tags change
    #[arg(long, value_name = "TEXT", default_value = "a reader's report was looked at", value_parser = reason)]
    why: String,
}

/// A report, with what one needs to decide it.
#[derive(Debug, Serialize)]
struct ReportView {
    number: i64,
    item: String,
    title: String,
    page: String,
    kind: &'static str,
    tag: Option<String>,
    words: String,
    at: String,
    state: &'static str,
    by: Option<String>,
    why: Option<String>,
    decided: Option<String>,
    /// The item's tags as they stand.
    in_force: Vec<String>,
}

impl ReportView {
    fn new(app: &App, report: Report, item: Option<&Item>) -> Self {
        let labels = item.map(|item| item.tags.labels()).unwrap_or_default();
        let verdict = report.verdict;
        Self {
            number: report.key,
            item: report.item.to_string(),
            title: item.map(|item| item.title.clone()).unwrap_or_default(),
            page: app.link(&format!("/items/{}", report.item)),
            kind: report.complaint.slug(),
            tag: report.complaint.label().map(|label| label.to_string()),
            words: report.words,
            at: rfc3339(report.at),
            state: report.state.slug(),
            by: verdict.as_ref().map(|verdict| verdict.by.clone()),
            decided: verdict.as_ref().map(|verdict| rfc3339(verdict.at)),
            why: verdict.map(|verdict| verdict.why),
            in_force: labels.iter().map(ToString::to_string).collect(),
        }
    }
}

impl Reports {
    pub(super) async fn run(self, app: &App) -> anyhow::Result<Outcome> {
        match self {
            Self::List { all } => list(app, all).await,
            Self::Accept { decision, words } => accept(app, &decision, &words).await,
            Self::Reject(decision) => {
                let verdict = verdict(&decision.by, &decision.why, app.now());
                let decided = app.index.store().reject(decision.number, &verdict).await?;
                tell(app, decision.number, decided).await
            }
        }
    }
}

async fn list(app: &App, all: bool) -> anyhow::Result<Outcome> {
    let store = app.index.store();
    let mut after = 0;
    loop {
        let reports = store.reports(all, after, BATCH).await?;
        let Some(last) = reports.last() else { break };
        after = last.key;
        let ids: Vec<ItemId> = reports.iter().map(|report| report.item).collect();
        let items = store.items(&ids).await?;
        let items: HashMap<_, _> = items.iter().map(|item| (item.id, item)).collect();
        for report in reports {
            let item = items.get(&report.item).copied();
            answer(&ReportView::new(app, report, item))?;
        }
    }
    say(&match store.waiting_reports().await? {
        0 => "no report waits".to_owned(),
        1 => "1 report waits".to_owned(),
        waiting => format!("{waiting} reports wait"),
    });
    Ok(Outcome::Done)
}

async fn accept(app: &App, decision: &Decision, words: &Words) -> anyhow::Result<Outcome> {
    let store = app.index.store();
    let mut words = words.read()?;
    let report = store.reported(decision.number).await?;
    let waiting = report.as_ref().filter(|report| report.verdict.is_none()).cloned();
    if let (Some(report), true) = (report, words.is_empty()) {
        words = asked(report.complaint, decision.number)?;
    }
    let verdict = verdict(&decision.by, &decision.why, app.now());
    if let Some(report) = &waiting {
        tell_idle(app, report.item, &words, &verdict).await?;
    }
    let decided = store.accept(decision.number, &words, &verdict).await.map_err(refused)?;
    show(app).await?;
    tell(app, decision.number, decided).await
}

/// What a report asks for by itself. Only a wrong tag is named well enough; something else may ask for no tag at all.
fn asked(complaint: Complaint, number: i64) -> Result<Vec<(Action, Label)>, Misuse> {
    match complaint {
        Complaint::Wrong(Some(label)) => Ok(vec![(Action::Remove, label)]),
        Complaint::Other => Ok(Vec::new()),
        Complaint::Wrong(None) | Complaint::Missing => Err(Misuse(format!(
            "report {number} does not name the tag: say what to do by --add or --remove"
        ))),
    }
}

async fn tell(app: &App, number: i64, decided: Decided) -> anyhow::Result<Outcome> {
    match decided {
        Decided::Done(report) => {
            let item = app.index.store().item(report.item).await?;
            answer(&ReportView::new(app, report, item.as_ref()))?;
            Ok(Outcome::Done)
        }
        Decided::Before(report) => {
            let by = report.verdict.map(|verdict| verdict.by).unwrap_or_default();
            let what = format!("report {number} was {} before, by {by}", report.state.slug());
            Err(Misuse(what).into())
        }
        Decided::Unknown => {
            Err(Misuse(format!("there is no report {number}; `reports list` prints them")).into())
        }
    }
}
