//! From what is kept to what is indexed.

use chrono::{DateTime, Datelike, Utc};
use crawler::Publisher;
use tantivy::TantivyDocument;

use super::analyst::Analyst;
use super::schema::Fields;
use super::stems::Language;
use crate::store::Document;
use crate::{Facet, Item};

/// Freshness is a gentle slope: each year after the first adds two in a hundred to the score, thirty years at most.
/// A slope along the calendar orders results as one that falls with age would, and does not change with the clock.
const FIRST_YEAR: i32 = 2000;
const YEARS: i32 = 30;
const PER_YEAR: u64 = 20;

/// Who makes law is put before who reports it.
const OFFICIAL: u64 = 100;

impl Fields {
    /// The index's form of an item, and the size of its rows in bytes.
    pub(super) fn document(
        &self,
        document: &Document,
        analyst: &mut Analyst,
    ) -> (TantivyDocument, usize) {
        let item = &document.item;
        let language = Language::of(item.language.as_deref(), &document.text);
        let byline = item.byline.as_deref().unwrap_or_default();
        let mut out = TantivyDocument::new();
        out.add_i64(self.id, item.id.key());
        out.add_i64(self.change, document.first_change);
        out.add_i64(self.date, date(item).timestamp_millis());
        out.add_u64(self.policy, u64::from(item.tags.policy.value));
        out.add_u64(self.weight, weight(item));
        out.add_i64(self.story, story(item));
        let analysed = analyst.analyse(language, &item.title, &document.text, byline);
        let size = analysed.text.len() + analysed.title.len() + analysed.words.len();
        out.add_text(self.text, analysed.text.into_text());
        out.add_text(self.title, analysed.title.into_text());
        out.add_text(self.word, analysed.words.into_text());
        out.add_text(self.analysed, language.code());
        self.add_tags(&mut out, item);
        (out, size)
    }

    fn add_tags(&self, out: &mut TantivyDocument, item: &Item) {
        let tags = &item.tags;
        let mut add = |facet, value: &str| out.add_text(self.facet(facet), value);
        tags.jurisdictions.iter().for_each(|tag| add(Facet::Jurisdiction, tag.value.code()));
        tags.topics.iter().for_each(|tag| add(Facet::Topic, tag.value.slug()));
        tags.stage.iter().for_each(|tag| add(Facet::Stage, tag.value.slug()));
        tags.instruments.iter().for_each(|tag| add(Facet::Instrument, tag.value.slug()));
        add(Facet::Source, &item.source.id.0);
        add(Facet::Publisher, item.source.publisher.slug());
        if let Some(language) = primary(item.language.as_deref()) {
            add(Facet::Language, &language);
        }
    }
}

/// By what an item is sorted: its publication, or its first sight where that is not known.
pub(super) fn date(item: &Item) -> DateTime<Utc> {
    item.published.map_or(item.first_seen, |moment| moment.instant())
}

/// What an item is folded by.
fn story(item: &Item) -> i64 {
    if item.story_items > 1 { item.story.0 } else { 0 }
}

fn weight(item: &Item) -> u64 {
    let years = (date(item).year() - FIRST_YEAR).clamp(0, YEARS).unsigned_abs();
    let official = match item.source.publisher {
        Publisher::Regulator
        | Publisher::Legislature
        | Publisher::Court
        | Publisher::International => OFFICIAL,
        Publisher::News | Publisher::Ngo => 0,
    };
    1_000 + u64::from(years) * PER_YEAR + official
}

/// The primary subtag of a language, as filters have it.
fn primary(language: Option<&str>) -> Option<String> {
    let primary = language?.split(['-', '_']).next()?.trim();
    (!primary.is_empty()).then(|| primary.to_ascii_lowercase())
}
