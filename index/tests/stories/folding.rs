//! Folded lists.

use super::*;

async fn filled(folder: &TempDir, reports: &[Report]) -> (Index, Vec<ItemId>) {
    let index = Index::open(folder.path(), "sqlite").await.unwrap();
    let ids = keep(index.store(), 0, reports).await;
    index.catch_up().await.unwrap();
    (index, ids)
}

async fn find(index: &Index, text: &str, window: Option<Window>) -> Page<(Arc<Item>, String)> {
    let (query, errors) = Query::parse(text);
    assert_eq!(errors, []);
    let paging = Paging { limit: 200, cursor: None };
    index.find(&query, &paging, &[], window).await.unwrap()
}

/// Two events with several reports each, and one with one.
fn few() -> Vec<Report> {
    [of_event(17), of_event(1), of_event(19)[..1].to_vec()].concat()
}

#[tokio::test]
async fn a_list_shows_an_event_once_and_counts_every_item() {
    let folder = TempDir::new().unwrap();
    let reports = few();
    let (index, ids) = filled(&folder, &reports).await;
    let folded = find(&index, "policy:any sort:newest", None).await;
    assert_eq!((folded.total, folded.stories, folded.rows.len()), (ids.len() as u64, 3, 3));
    let unfolded = find(&index, "policy:any sort:newest fold:false", None).await;
    assert_eq!((unfolded.total, unfolded.stories), (ids.len() as u64, ids.len() as u64));
    // The row of a story is the item that comes first where all are shown.
    let mut first: Vec<&Item> = Vec::new();
    for (item, _) in &unfolded.rows {
        if !first.iter().any(|other| other.story == item.story) {
            first.push(item);
        }
    }
    assert_eq!(first, folded.rows.iter().map(|(item, _)| &**item).collect::<Vec<_>>());
    assert_eq!(folded.rows[1].0.story_items, 4);
}

#[tokio::test]
async fn pages_of_folded_lists_hold_each_story_once() {
    let folder = TempDir::new().unwrap();
    let (index, _) = filled(&folder, &reports()).await;
    for sort in ["newest", "oldest"] {
        let (query, _) = Query::parse(&format!("policy:any sort:{sort}"));
        let all = find(&index, &format!("policy:any sort:{sort}"), None).await;
        let mut paging = Paging { limit: 7, cursor: None };
        let mut rows = Vec::new();
        loop {
            let page = index.find(&query, &paging, &[], None).await.unwrap();
            assert_eq!(page.stories, all.stories);
            rows.extend(page.rows.into_iter().map(|(item, _)| item.id));
            let Some(next) = page.next else { break };
            paging.cursor = Some(next);
        }
        assert_eq!(rows, all.rows.iter().map(|(item, _)| item.id).collect::<Vec<_>>());
        assert_eq!(rows.len() as u64, all.stories);
    }
}

#[tokio::test]
async fn an_event_that_was_told_of_is_not_told_again() {
    let folder = TempDir::new().unwrap();
    let reports = few();
    let (index, _) = filled(&folder, &reports[..2]).await;
    let mark = index.store().head().await.unwrap();
    keep(index.store(), 2, &reports[2..]).await;
    index.catch_up().await.unwrap();
    let upto = index.store().head().await.unwrap();
    let page =
        find(&index, "policy:any", Some(Window { after: mark, upto, ..Window::default() })).await;
    assert_eq!((page.stories, page.told), (2, 1), "two new events, and more of one that is known");
    // For who asks for Arabic only, the English reports did not tell of it.
    let arabic =
        find(&index, "policy:any lang:ar", Some(Window { after: mark, upto, ..Window::default() }))
            .await;
    assert_eq!((arabic.stories, arabic.told), (1, 0));
}

#[tokio::test]
async fn what_people_take_out_of_a_story_has_a_row_of_its_own() {
    let folder = TempDir::new().unwrap();
    let (index, ids) = filled(&folder, &of_event(17)).await;
    assert_eq!(find(&index, "policy:any", None).await.rows.len(), 1);
    index.store().set_story(ids[0], None, &word("no")).await.unwrap();
    index.catch_up().await.unwrap();
    let page = find(&index, "policy:any", None).await;
    assert_eq!((page.rows.len(), page.stories, page.total), (2, 2, ids.len() as u64));
    index.rebuild().await.unwrap();
    assert_eq!(find(&index, "policy:any", None).await.rows.len(), 2);
}

/// Who has been told of a story is told neither of it nor of its founder again when that is taken out, and of nothing less.
#[tokio::test]
async fn a_story_whose_founder_is_taken_out_is_still_told_once() {
    let folder = TempDir::new().unwrap();
    let reports = of_event(17);
    let (index, ids) = filled(&folder, &reports[..2]).await;
    let mark = index.store().head().await.unwrap();
    index.store().set_story(ids[0], None, &word("another fine")).await.unwrap();
    index.store().set_story(ids[1], None, &word("alone already")).await.unwrap();
    let later = keep(index.store(), 2, &reports[2..3]).await;
    let story = story_of(index.store(), ids[1]).await;
    index.store().set_story(later[0], Some(story), &word("the same")).await.unwrap();
    index.catch_up().await.unwrap();
    let upto = index.store().head().await.unwrap();
    let window = Some(Window { after: mark, upto, ..Window::default() });
    let page = find(&index, "policy:any", window).await;
    assert_eq!((page.stories, page.told), (0, 1), "a further report of what was told");
    let folded = find(&index, "policy:any", None).await;
    assert_eq!((folded.stories, folded.total), (2, 3));
    let founder = folded.rows.iter().find(|(item, _)| item.id == ids[0]).unwrap();
    assert_eq!(founder.0.story_items, 1);
}

#[tokio::test]
async fn one_line_that_several_papers_print_is_told_once_however_short_it_is() {
    let folder = TempDir::new().unwrap();
    let line = |title: &str, text: &str, date: &str| Report {
        event: 0,
        language: "en".to_owned(),
        date: date.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
    };
    let fine = "The German data protection authority fined the insurer Allcover under the GDPR.";
    let of_day = |day: &str| line("German insurer fined", fine, day);
    let lines = [
        of_day("2026-11-20"),
        of_day("2026-11-20"),
        of_day("2026-11-21"),
        // A form that an office fills in is no event, another line is another, and so is the same a week later.
        line("Press release", "", "2026-11-20"),
        line("Press release", "", "2026-11-20"),
        line("German insurer fined", &fine.replace("Allcover", "Rundum"), "2026-11-20"),
        line("German insurer fined: case 7", fine, "2026-11-20"),
        of_day("2026-11-27"),
    ];
    let (index, ids) = filled(&folder, &lines).await;
    let mut stories = Vec::new();
    for id in ids {
        stories.push(story_of(index.store(), id).await);
    }
    assert_eq!(stories[0], stories[1]);
    assert_eq!(stories[0], stories[2]);
    let others: std::collections::HashSet<_> = stories[2..].iter().collect();
    assert_eq!(others.len(), 6, "{stories:?}");
}
