//! Totals and counts are exact.

use std::collections::BTreeMap;

use index::FacetCount;

use super::*;

/// Items with all kinds of tags, by number.
fn drafts() -> Vec<Draft<'static>> {
    const CODES: [&[&str]; 4] = [&["CN"], &["CN", "IN"], &["US-CA"], &[]];
    const TOPICS: [&[&str]; 3] = [&["encryption"], &["encryption", "censorship"], &["cybercrime"]];
    const STAGES: [Option<&str>; 3] = [Some("proposed"), Some("in-force"), None];
    (0..120)
        .map(|n| Draft {
            text: if n % 2 == 0 { "An even text." } else { "An odd text." },
            jurisdictions: CODES[n % 4],
            topics: TOPICS[n % 3],
            stage: STAGES[n % 7 % 3],
            laws: if n % 5 == 0 { &["GDPR"] } else { &[] },
            source: if n % 9 == 0 { "gazette" } else { "press" },
            language: if n % 8 == 0 { None } else { Some("en") },
            policy: n % 10 != 3,
            ..DRAFT
        })
        .collect()
}

/// The values that a draft has for a facet.
fn values(draft: &Draft<'_>, facet: Facet) -> Vec<String> {
    let tags = draft.tags();
    match facet {
        Facet::Jurisdiction => {
            tags.jurisdictions.iter().map(|tag| tag.value.code().to_owned()).collect()
        }
        Facet::Topic => tags.topics.iter().map(|tag| tag.value.slug().to_owned()).collect(),
        Facet::Stage => tags.stage.iter().map(|tag| tag.value.slug().to_owned()).collect(),
        Facet::Instrument => {
            tags.instruments.iter().map(|tag| tag.value.slug().to_owned()).collect()
        }
        Facet::Source => vec![draft.source.to_owned()],
        Facet::Publisher => vec!["news".to_owned()],
        Facet::Language => draft.language.iter().map(|&language| language.to_owned()).collect(),
    }
}

/// Whether a draft is found by a query of filters and the words `even` and `odd`, one filter left out.
fn matches(draft: &Draft<'_>, query: &Query, without: Option<Facet>) -> bool {
    let words = query.words_text();
    let is_found = Facet::ALL.iter().filter(|facet| Some(**facet) != without).all(|facet| {
        let chosen = query.values(*facet);
        chosen.is_empty() || values(draft, *facet).iter().any(|value| chosen.contains(value))
    });
    is_found
        && draft.text.contains(&words)
        && query.policy.is_none_or(|policy| policy == draft.policy)
}

fn expected(drafts: &[Draft<'_>], query: &Query, facet: Facet) -> Vec<FacetCount> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for draft in drafts.iter().filter(|draft| matches(draft, query, Some(facet))) {
        values(draft, facet).into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
    }
    let counts = counts.into_iter();
    let mut counts: Vec<_> = counts.map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts
}

#[tokio::test]
async fn counts_are_as_if_their_own_filter_were_left_out() {
    let drafts = drafts();
    let (_folder, index) = filled(&drafts).await;
    for text in [
        "",
        "policy:any",
        "policy:false",
        "even",
        "odd sort:oldest",
        "country:CN",
        "country:CN,IN topic:encryption",
        "country:CN topic:encryption stage:proposed law:GDPR source:press lang:en publisher:news even",
        "source:gazette policy:any",
        "country:FR",
        "country:FR topic:surveillance",
        "unheard country:CN",
    ] {
        let query = query(text);
        for facets in [&Facet::ALL[..], &[Facet::Topic], &[Facet::Jurisdiction, Facet::Stage], &[]]
        {
            let page = index.search(&query, &first(1), facets, None).await.unwrap();
            let total = drafts.iter().filter(|draft| matches(draft, &query, None)).count();
            assert_eq!(page.total, total as u64, "{text}");
            assert_eq!(page.facets.len(), facets.len());
            for ((facet, counts), wanted) in page.facets.iter().zip(facets) {
                assert_eq!(facet, wanted);
                assert_eq!(*counts, expected(&drafts, &query, *facet), "{text}: {facet:?}");
            }
        }
    }
}

#[tokio::test]
async fn days_are_counted_up_to_today() {
    let day = |published| Draft { published, ..DRAFT };
    let (_folder, index) = filled(&[
        day("2026-11-23T00:00:00Z"),
        day("2026-11-23T09:59:00Z"),
        day("2026-11-22"),
        day("2026-11-20T23:59:59Z"),
        day("2026-11-19"),
        Draft { topics: &["encryption"], ..day("2026-11-22T12:00:00+14:00") },
        Draft { policy: false, ..day("2026-11-22") },
    ])
    .await;
    let per_day = |text: &str, days| index.per_day(&query(text), days, now()).unwrap();
    assert_eq!(per_day("", 4), [1, 1, 1, 2]);
    assert_eq!(per_day("", 5), [1, 1, 1, 1, 2]);
    assert_eq!(per_day("topic:encryption", 4), [0, 1, 0, 0]);
    assert_eq!(per_day("after:2026-11-22 before:2026-11-23", 3), [0, 1, 0]);
    assert_eq!(per_day("policy:false", 2), [1, 0]);
    assert_eq!(per_day("", 0), [0; 0]);
    assert_eq!(per_day("", usize::MAX).len(), 9_200);
}
