//! What is related to an item: what shares its subject, in whatever language, and nothing for the sake of a number.

use super::*;

async fn titles_related(index: &Index, id: ItemId, limit: usize) -> Vec<String> {
    let related = index.related(id, limit).await.unwrap();
    related.into_iter().map(|item| item.title).collect()
}

#[tokio::test]
async fn related_items_share_what_is_rare() {
    let news = "The parliament said on Monday that the law will be debated next week by members.";
    let vpn = format!("{news} Virtual private networks and proxies need a licence, say operators.");
    let cloud = format!("{news} Clouds for hospitals must be certified, say auditors.");
    let others: Vec<_> =
        (0..20).map(|n| format!("{news} Speaker{n} spoke of matter{n}.")).collect();
    // Not of one story.
    let published = "2026-09-20";
    let mut drafts = vec![
        Draft { title: "Virtual private networks licensed", text: &vpn, laws: &["GDPR"], ..DRAFT },
        Draft { title: "Proxies and virtual private networks", text: &vpn, published, ..DRAFT },
        Draft { title: "Clouds certified", text: &cloud, ..DRAFT },
        Draft { title: "Certified clouds for hospitals", text: &cloud, published, ..DRAFT },
        Draft { title: "Virtual private network sale", text: &vpn, policy: false, ..DRAFT },
        Draft { title: "Something else", text: news, laws: &["GDPR"], ..DRAFT },
    ];
    drafts.extend(others.iter().map(|text| Draft { text, ..DRAFT }));
    let folder = TempDir::new().unwrap();
    let index = Index::open(folder.path(), "sqlite").await.unwrap();
    let ids = keep(&index, 0, &drafts).await;
    index.catch_up().await.unwrap();
    let related = |number: usize| index.related(ids[number], 2);
    let titles = |items: Vec<Item>| items.into_iter().map(|item| item.title).collect::<Vec<_>>();
    assert_eq!(titles(related(0).await.unwrap())[0], "Proxies and virtual private networks");
    assert_eq!(titles(related(2).await.unwrap())[0], "Certified clouds for hospitals");
    assert!(!titles(related(1).await.unwrap()).iter().any(|title| title.contains("sale")));
    assert_eq!(index.related(ItemId::parse("zzzzzzzz").unwrap(), 5).await.unwrap(), []);
}

const SUBJECTS: [(&str, &str, &str, &[&str]); 8] = [
    (
        "en",
        "Foreign firms ask Beijing for more time",
        "Chambers of commerce wrote a letter on storage rules.",
        &["China Cybersecurity Law"],
    ),
    (
        "en",
        "Server halls change hands in Ningxia",
        "An American cloud sold its machines to its local partner.",
        &["China Cybersecurity Law"],
    ),
    (
        "en",
        "Airline punished over a stolen passenger list",
        "The police of Guangdong named the carrier on its website.",
        &["China Cybersecurity Law"],
    ),
    (
        "en",
        "Draft raises the ceiling of penalties",
        "Lawmakers in Beijing read amendments for the first time.",
        &["China Cybersecurity Law"],
    ),
    (
        "zh",
        "网信办约谈三家企业",
        "国家互联网信息办公室依据网络安全法约谈了三家企业，要求限期整改。",
        &["China Cybersecurity Law"],
    ),
    (
        "zh",
        "公安机关通报典型案例",
        "多地公安机关公布了一批不履行网络安全保护义务的行政处罚案例。",
        &["China Cybersecurity Law"],
    ),
    (
        "en",
        "Dublin court hears a farmer on cameras",
        "A shed and its cameras were before a judge in Ireland.",
        &[],
    ),
    ("ja", "個人情報の漏えいを報告", "事業者は漏えいを委員会に報告した。", &[]),
];

async fn subjects() -> (TempDir, Index, Vec<ItemId>) {
    let folder = TempDir::new().unwrap();
    let index = Index::open(folder.path(), "sqlite").await.unwrap();
    // Weeks apart, so that they are stories of their own.
    let days = (1..=8).map(|month| format!("2026-{month:02}-20")).collect::<Vec<_>>();
    let mut days = days.iter();
    let drafts = SUBJECTS.map(|(language, title, text, laws)| Draft {
        title,
        text,
        published: days.next().unwrap(),
        language: Some(language),
        jurisdictions: if laws.is_empty() { &[] } else { &["CN"] },
        topics: if laws.is_empty() { &[] } else { &["data-localization"] },
        laws,
        ..DRAFT
    });
    let ids = keep(&index, 0, &drafts).await;
    index.catch_up().await.unwrap();
    (folder, index, ids)
}

/// However many share the law and words besides in the item's own language.
#[tokio::test]
async fn what_is_about_the_same_law_is_related_across_languages() {
    let (_folder, index, ids) = subjects().await;
    let days: Vec<_> = (1..=8).map(|month| format!("2025-{month:02}-20")).collect();
    let more = |subject: usize| {
        let (language, title, text, laws) = SUBJECTS[subject];
        days.iter().map(move |day| Draft {
            title,
            text,
            language: Some(language),
            published: day,
            jurisdictions: &["CN"],
            topics: &["data-localization"],
            laws,
            ..DRAFT
        })
    };
    keep(&index, 100, &more(0).chain(more(4)).collect::<Vec<_>>()).await;
    // So that their words are rare.
    let others: Vec<_> = (0..60).map(|n| format!("Matter{n} concerns place{n} alone.")).collect();
    keep(&index, 200, &others.iter().map(|text| Draft { text, ..DRAFT }).collect::<Vec<_>>()).await;
    index.catch_up().await.unwrap();
    for (id, limit) in [(ids[0], 3), (ids[0], 5), (ids[4], 3), (ids[4], 5)] {
        let related = titles_related(&index, id, limit).await;
        assert_eq!(related.len(), limit);
        let english = related.iter().filter(|title| title.is_ascii()).count();
        assert!(english > 0 && english < limit, "{related:?}");
    }
}

#[tokio::test]
async fn nothing_is_related_to_what_shares_nothing() {
    let (_folder, index, ids) = subjects().await;
    for (id, (_, title, ..)) in ids.iter().zip(SUBJECTS).skip(6) {
        assert_eq!(titles_related(&index, *id, 5).await, Vec::<String>::new(), "{title}");
    }
    let chinese = titles_related(&index, ids[4], 9).await;
    assert!(!chinese.iter().any(|title| title.contains("Dublin")), "{chinese:?}");
}

/// Words that many a report has are no reason, however few texts there are to choose from.
#[tokio::test]
async fn a_list_is_not_filled_with_what_only_sounds_alike() {
    let folder = TempDir::new().unwrap();
    let index = Index::open(folder.path(), "sqlite").await.unwrap();
    let texts = [
        "A shed in Galway had three cameras that filmed the lane of a neighbour, who complained. The spokesman said on Tuesday \
         that the committee would publish its report next month.",
        "Hospitals in Lisbon print wristbands on a machine from a bankrupt maker. The spokesman said on Tuesday that the \
         committee would publish its report next month.",
        "Ferries to Gotland sell tickets by telephone again after a flood in a cellar. The spokesman said on Tuesday that the \
         committee would publish its report next month.",
    ];
    let titles = ["Neighbours and lenses", "Paper at the bedside", "Tickets by telephone"];
    let fillers: Vec<_> = (0..20).map(|n| format!("Matter{n} concerns place{n} alone.")).collect();
    let drafts = texts.iter().zip(titles).map(|(text, title)| Draft { title, text, ..DRAFT });
    let fillers = fillers.iter().map(|text| Draft { text, ..DRAFT });
    let ids = keep(&index, 0, &drafts.chain(fillers).collect::<Vec<_>>()).await;
    index.catch_up().await.unwrap();
    assert_eq!(titles_related(&index, ids[0], 5).await, Vec::<String>::new());
}

/// The page tells the story of an item beside what is related to it, and a story is one thing to read.
#[tokio::test]
async fn a_story_is_related_once_and_its_own_not_at_all() {
    let (_folder, index, ids) = subjects().await;
    let word = index::Verdict { by: "Ada".to_owned(), why: "one event".to_owned(), at: now() };
    let story = async |number: usize| {
        let item: Item = index.store().item(ids[number]).await.unwrap().unwrap();
        item.story
    };
    for (item, of) in [(1, 0), (5, 4)] {
        index.store().set_story(ids[item], Some(story(of).await), &word).await.unwrap();
    }
    index.catch_up().await.unwrap();
    let related = index.related(ids[0], 9).await.unwrap();
    let found: Vec<_> = related.iter().map(|item| item.id).collect();
    assert!(!found.contains(&ids[1]), "of its own story");
    assert!(found.contains(&ids[4]) != found.contains(&ids[5]), "one of a story: {found:?}");
    assert!(found.contains(&ids[2]) && found.contains(&ids[3]), "{found:?}");
}

/// A person's word on a law counts at once.
#[tokio::test]
async fn corrected_tags_are_what_counts() {
    let (_folder, index, ids) = subjects().await;
    let word = index::Verdict { by: "Ada".to_owned(), why: "not it".to_owned(), at: now() };
    let tags = ["instrument:china-cybersecurity-law", "topic:data-localization", "country:CN"];
    let wrong = tags.map(|tag| (classifier::Action::Remove, tag.parse().unwrap()));
    index.store().correct(ids[4], &wrong, &word).await.unwrap();
    index.catch_up().await.unwrap();
    assert!(!titles_related(&index, ids[0], 9).await.contains(&SUBJECTS[4].1.to_owned()));
}
