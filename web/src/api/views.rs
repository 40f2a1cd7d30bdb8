//! The JSON shapes: the only types here that are serialised for readers.

use chrono::{DateTime, SecondsFormat, Utc};
use classifier::{Development, Evidence, Instrument, Jurisdiction, Stage, Topic};
use index::{Correction, Facet, FacetCount, Health, Item, SourceState, StoryWord};
use serde::Serialize;

use crate::health::{advice, cut};

/// An item in a list.
#[derive(Debug, Serialize)]
pub struct ItemView {
    id: String,
    url: String,
    title: String,
    /// Plain text with `<mark>`, otherwise escaped; left out where no search was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<String>,
    published: Option<String>,
    modified: Option<String>,
    first_seen: String,
    source: SourceView,
    language: Option<String>,
    paywalled: bool,
    policy: bool,
    jurisdictions: Vec<CodeView>,
    topics: Vec<SlugView>,
    stage: Option<Stage>,
    instruments: Vec<InstrumentRef>,
    story: String,
    /// How many items the story has, this one included.
    story_items: i64,
    revisions: i64,
}

#[derive(Debug, Serialize)]
struct SourceView {
    id: String,
    name: String,
    publisher: &'static str,
}

#[derive(Debug, Serialize)]
struct CodeView {
    code: Jurisdiction,
    name: &'static str,
    score: f32,
}

#[derive(Debug, Serialize)]
struct SlugView {
    slug: Topic,
    name: &'static str,
    score: f32,
}

#[derive(Debug, Serialize)]
struct InstrumentRef {
    slug: Instrument,
    name: &'static str,
}

impl ItemView {
    /// An item, with the snippet of the search that found it.
    pub fn new(item: &Item, snippet: Option<String>) -> Self {
        Self {
            id: item.id.to_string(),
            url: item.url.clone(),
            title: item.title.clone(),
            snippet,
            published: item.published.map(|moment| rfc3339(moment.instant())),
            modified: item.modified.map(|moment| rfc3339(moment.instant())),
            first_seen: rfc3339(item.first_seen),
            source: SourceView {
                id: item.source.id.to_string(),
                name: item.source.name.clone(),
                publisher: item.source.publisher.slug(),
            },
            language: item.language.clone(),
            paywalled: item.paywalled,
            policy: item.tags.policy.value,
            jurisdictions: item
                .tags
                .jurisdictions
                .iter()
                .map(|tag| CodeView { code: tag.value, name: tag.value.name(), score: tag.score })
                .collect(),
            topics: item
                .tags
                .topics
                .iter()
                .map(|tag| SlugView { slug: tag.value, name: tag.value.name(), score: tag.score })
                .collect(),
            stage: item.tags.stage.as_ref().map(|tag| tag.value),
            instruments: item
                .tags
                .instruments
                .iter()
                .map(|tag| InstrumentRef { slug: tag.value, name: tag.value.name() })
                .collect(),
            story: item.story.to_string(),
            story_items: item.story_items,
            revisions: item.revisions,
        }
    }
}

/// An item with all that is known of it.
#[derive(Debug, Serialize)]
pub struct ItemDetail {
    #[serde(flatten)]
    item: ItemView,
    byline: Option<String>,
    policy_score: f32,
    evidence: EvidenceView,
    corrections: Vec<CorrectionView>,
    story_corrections: Vec<StoryWordView>,
    developments: Vec<Development>,
    model: String,
    codebook: &'static str,
}

/// A person's word on a tag.
#[derive(Debug, Serialize)]
struct CorrectionView {
    action: &'static str,
    tag: String,
    by: String,
    why: String,
    at: String,
}

impl From<&Correction> for CorrectionView {
    fn from(correction: &Correction) -> Self {
        Self {
            action: correction.action.slug(),
            tag: correction.label.to_string(),
            by: correction.verdict.by.clone(),
            why: correction.verdict.why.clone(),
            at: rfc3339(correction.verdict.at),
        }
    }
}

/// What a person did with an item's story.
#[derive(Debug, Serialize)]
pub struct StoryWordView {
    item: String,
    action: &'static str,
    /// As it was called then.
    story: String,
    by: String,
    why: String,
    at: String,
}

impl From<&StoryWord> for StoryWordView {
    fn from(word: &StoryWord) -> Self {
        Self {
            item: word.item.to_string(),
            action: if word.attached { "attach" } else { "detach" },
            story: word.story.to_string(),
            by: word.verdict.by.clone(),
            why: word.verdict.why.clone(),
            at: rfc3339(word.verdict.at),
        }
    }
}

/// The words behind each tag.
#[derive(Debug, Serialize)]
struct EvidenceView {
    policy: Vec<Evidence>,
    jurisdictions: Vec<TagEvidence<Jurisdiction>>,
    topics: Vec<TagEvidence<Topic>>,
    stage: Vec<TagEvidence<Stage>>,
    instruments: Vec<TagEvidence<Instrument>>,
}

#[derive(Debug, Serialize)]
struct TagEvidence<T> {
    value: T,
    score: f32,
    evidence: Vec<Evidence>,
}

fn evidence<'a, T: Copy + 'a>(
    tags: impl IntoIterator<Item = &'a classifier::Tag<T>>,
) -> Vec<TagEvidence<T>> {
    tags.into_iter()
        .map(|tag| TagEvidence {
            value: tag.value,
            score: tag.score,
            evidence: tag.evidence.clone(),
        })
        .collect()
}

impl ItemDetail {
    /// All of one item, with what people said of its tags and its story.
    pub fn new(item: &Item, corrections: &[Correction], words: &[StoryWord]) -> Self {
        let tags = &item.tags;
        Self {
            item: ItemView::new(item, None),
            byline: item.byline.clone(),
            policy_score: tags.policy.score,
            evidence: EvidenceView {
                policy: tags.policy.evidence.clone(),
                jurisdictions: evidence(&tags.jurisdictions),
                topics: evidence(&tags.topics),
                stage: evidence(&tags.stage),
                instruments: evidence(&tags.instruments),
            },
            corrections: corrections.iter().map(CorrectionView::from).collect(),
            story_corrections: words.iter().map(StoryWordView::from).collect(),
            developments: tags.developments.clone(),
            model: tags.model.clone(),
            codebook: classifier::CODEBOOK,
        }
    }
}

/// One value of a facet.
#[derive(Debug, Serialize)]
pub struct CountView {
    /// Code, slug or id.
    pub value: String,
    /// What readers see.
    pub name: String,
    /// Exact.
    pub count: u64,
}

impl CountView {
    /// A count with the name of its value.
    pub fn new(
        facet: Facet,
        count: &FacetCount,
        source_name: impl Fn(&str) -> Option<String>,
    ) -> Self {
        Self {
            name: facet_name(facet, &count.value, source_name),
            value: count.value.clone(),
            count: count.count,
        }
    }
}

/// What readers call a facet's value; the value itself where it has no other name.
pub fn facet_name(
    facet: Facet,
    value: &str,
    source_name: impl Fn(&str) -> Option<String>,
) -> String {
    let name = match facet {
        Facet::Jurisdiction => Jurisdiction::parse(value).map(|found| found.name().to_owned()),
        Facet::Topic => Topic::parse(value).map(|found| found.name().to_owned()),
        Facet::Stage => Stage::parse(value).map(|found| found.name().to_owned()),
        Facet::Instrument => Instrument::parse(value).map(|found| found.name().to_owned()),
        Facet::Publisher => crawler::Publisher::parse(value).map(|found| found.name().to_owned()),
        Facet::Source => source_name(value),
        Facet::Language => None,
    };
    name.unwrap_or_else(|| value.to_owned())
}

/// How a source is doing.
#[derive(Debug, Serialize)]
pub struct SourceStateView {
    id: String,
    name: String,
    site: String,
    publisher: &'static str,
    jurisdiction: Option<String>,
    language: Option<String>,
    followed: bool,
    status: &'static str,
    error: Option<String>,
    polled: Option<String>,
    succeeded: Option<String>,
    items: i64,
    policy_items: i64,
    pending: i64,
    failed: i64,
    /// `new`, `good`, `moved`, `resting`, `stale`, `empty`, `unreadable`, `blocked` or `down`.
    health: &'static str,
    /// Since when, where that is known.
    health_since: Option<String>,
    /// What somebody can do about it.
    advice: Option<String>,
    /// That its list is longer than what is taken of it.
    warning: Option<String>,
    /// Until when its server wants to be left alone, where it said so.
    rest_until: Option<String>,
    /// Failed polls in a row.
    failures: i64,
    /// Where it has moved to for good; it is read there.
    moved_to: Option<String>,
    /// When it last listed something new.
    last_news: Option<String>,
    /// Quiet for longer than this, it is stale.
    stale_after_days: i64,
    /// Half of its items are first seen within this time of their publication.
    lag_seconds: Option<i64>,
}

impl SourceStateView {
    /// A source with its health.
    pub fn new(state: &SourceState, health: &Health) -> Self {
        let (status, error) = match &state.status {
            index::PollStatus::Never => ("never", None),
            index::PollStatus::Ok => ("ok", None),
            index::PollStatus::Unchanged => ("unchanged", None),
            index::PollStatus::Failed(error) => ("failed", Some(error.clone())),
        };
        Self {
            id: state.id.to_string(),
            name: state.name.clone(),
            site: state.site.clone(),
            publisher: state.publisher.slug(),
            jurisdiction: state.jurisdiction.clone(),
            language: state.language.clone(),
            followed: state.followed,
            status,
            error,
            polled: state.polled.map(rfc3339),
            succeeded: state.succeeded.map(rfc3339),
            items: state.items,
            policy_items: state.policy_items,
            pending: state.pending,
            failed: state.failed,
            health: health.condition.slug(),
            health_since: health.since.map(rfc3339),
            advice: advice(state, health),
            warning: cut(state.entries.unsigned_abs(), state.left_out.unsigned_abs()),
            rest_until: state.rest_until.map(rfc3339),
            failures: state.failures,
            moved_to: state.moved_to.clone(),
            last_news: state.news.map(rfc3339),
            stale_after_days: health.habit.patience().num_days(),
            lag_seconds: health.habit.lag.map(|lag| lag.num_seconds()),
        }
    }
}

/// RFC 3339 in UTC, to the second.
pub fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
