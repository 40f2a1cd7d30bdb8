//! Page by page, everything comes once.

use index::Error;

use super::*;

/// All ids of a result, taken page by page.
async fn walk(index: &Index, query: &Query, limit: usize) -> Vec<ItemId> {
    let mut ids = Vec::new();
    let mut cursor = None;
    loop {
        let paging = Paging { limit, cursor };
        let page = index.find(query, &paging, &[], None).await.unwrap();
        assert!(page.rows.len() <= limit);
        ids.extend(page.rows.iter().map(|(item, _)| item.id));
        cursor = page.next;
        if cursor.is_none() {
            assert_eq!(ids.len() as u64, page.total);
            return ids;
        }
    }
}

#[tokio::test]
async fn what_is_kept_of_an_answer_ends_with_the_next_change() {
    let drafts: Vec<_> = ["One", "Two"].map(|title| Draft { title, ..DRAFT }).into();
    let (_folder, index) = filled(&drafts).await;
    let generation = index.generation();
    assert_eq!(titles(&index, "sort:newest").await.len(), 2);
    // Who asks how far the index has come changes nothing, and nor does following a log that has not grown.
    for _ in 0..3 {
        index.complete_until().await.unwrap();
        index.catch_up().await.unwrap();
    }
    assert_eq!(index.generation(), generation);

    let ids = keep(&index, 10, &[Draft { title: "Three", ..DRAFT }]).await;
    index.catch_up().await.unwrap();
    assert_ne!(index.generation(), generation);
    assert_eq!(titles(&index, "sort:newest").await.len(), 3);
    let tags = Draft { topics: &["encryption"], ..DRAFT }.tags();
    index.store().retag(ids[0], &tags, now()).await.unwrap();
    index.catch_up().await.unwrap();
    let page = find(&index, "sort:newest").await;
    let changed = page.rows.iter().find(|(item, _)| item.id == ids[0]).unwrap();
    assert_eq!(changed.0.tags.topics.len(), 1, "the row is read again");
}

#[tokio::test]
async fn no_item_comes_twice_or_never() {
    let texts: Vec<_> =
        (0..60).map(|n| "encryption ".repeat(1 + n % 4) + &"word ".repeat(n % 7)).collect();
    let days: Vec<_> = (0..60).map(|n| format!("2026-11-{:02}", 1 + n % 5)).collect();
    let mut drafts: Vec<_> =
        (0..60).map(|n| Draft { text: &texts[n], published: &days[n], ..DRAFT }).collect();
    let (_folder, index) = filled(&drafts).await;
    // Several segments, with changes in them.
    drafts.truncate(7);
    for round in 1..4 {
        let ids = keep(&index, 100 * round, &drafts).await;
        let tags = Draft { stage: Some("adopted"), ..DRAFT }.tags();
        index.store().retag(ids[3], &tags, now()).await.unwrap();
        index.catch_up().await.unwrap();
    }
    for text in
        ["encryption", "encryption OR word", "sort:newest", "sort:oldest", "", "word sort:oldest"]
    {
        let query = query(text);
        let whole = walk(&index, &query, 1_000).await;
        let mut sorted = whole.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(sorted.len(), whole.len(), "{text}: twice");
        for limit in [1, 7, 20, whole.len()] {
            assert_eq!(walk(&index, &query, limit).await, whole, "{text} by {limit}");
        }
    }
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_query_only() {
    let (_folder, index) = filled(&[DRAFT; 5]).await;
    let page = index.search(&query("text"), &first(2), &[], None).await.unwrap();
    let cursor = page.next.unwrap();
    assert!(
        cursor.bytes().all(|byte| byte.is_ascii_alphanumeric()),
        "it needs no escape: {cursor}"
    );
    let with = |text: &str, cursor: &str| {
        let (query, paging) = (query(text), Paging { limit: 2, cursor: Some(cursor.to_owned()) });
        let index = index.clone();
        async move { index.search(&query, &paging, &[], None).await }
    };
    assert_eq!(with("text", &cursor).await.unwrap().rows.len(), 2);
    let (half, changed) = (&cursor[..20], cursor.replace(['0', '4', '8', 'c'], "1"));
    for bad in
        [half, &changed, "", "\0x", "zzzz", &"é".repeat(24), &"0".repeat(48), &"f".repeat(100_000)]
    {
        assert!(matches!(with("text", bad).await, Err(Error::Cursor)), "{bad:.60}");
    }
    for text in ["title", "text sort:newest", "text country:CN", ""] {
        assert!(matches!(with(text, &cursor).await, Err(Error::Cursor)), "{text}");
    }
}

#[tokio::test]
async fn a_page_without_rows_has_its_counts() {
    let (_folder, index) = filled(&[DRAFT; 5]).await;
    let page = index.search(&query("text"), &first(0), &[Facet::Source], None).await.unwrap();
    assert_eq!((page.total, page.next, page.rows.len()), (5, None, 0));
    assert_eq!(page.facets[0].1[0].count, 5);
    let all = index.search(&query("text"), &first(usize::MAX), &[], None).await.unwrap();
    assert_eq!((all.rows.len(), all.next), (5, None));
}
