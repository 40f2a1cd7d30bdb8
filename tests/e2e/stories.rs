//! What several outlets report is one story: a list and a letter tell it once, its page shows all of it.

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use classifier::{Action, Label, Text};
use crawler::{Article, SourceId};
use index::{Inserted, ItemId, NewItem, Rhythm, StoryId, Verdict};
use tests::{Lexwatch, World, readable};

use crate::briefing::{send_at, subscribe};

/// Outlet, language, day, headline, text.
type Report = (&'static str, &'static str, &'static str, &'static str, &'static str);

const ENGLISH: Report = (
    "press",
    "en",
    "2026-11-20",
    "Ireland fines Parlonet €310 million over teenagers' data",
    "The Data Protection Commission in Dublin has fined the messaging network Parlonet 310 million euros for showing the \
     profiles of users under 17 to everybody. The inquiry found breaches of Articles 5, 24 and 25 of the GDPR. The company \
     has three months to change its default settings.",
);
const GERMAN: Report = (
    "zeitung",
    "de",
    "2026-11-20",
    "310 Millionen Euro Bußgeld gegen Parlonet",
    "Die irische Datenschutzaufsicht DPC hat gegen den Nachrichtendienst Parlonet ein Bußgeld von 310 Millionen Euro \
     verhängt. Profile von Jugendlichen unter 17 Jahren seien von Haus aus öffentlich gewesen, teilte die Behörde in Dublin \
     mit. Das verstoße gegen die Datenschutz-Grundverordnung.",
);
const SPANISH: Report = (
    "diario",
    "es",
    "2026-11-21",
    "Irlanda multa a Parlonet con 310 millones por los datos de menores",
    "La autoridad irlandesa de protección de datos ha impuesto a Parlonet una multa de 310 millones de euros. Según la \
     resolución, los perfiles de usuarios menores de 17 años eran públicos por defecto, lo que infringe el Reglamento \
     General de Protección de Datos (RGPD).",
);
const OTHER: Report = (
    "press",
    "en",
    "2026-11-21",
    "Duma votes to fine Russians who help others set up a VPN",
    "Russia's lower house has passed a bill that punishes help with tools to get round blocks. Private persons risk up to \
     80,000 roubles. It is to take effect on 1 February 2027. Roskomnadzor, the censor, will watch over it.",
);

async fn keep(lexwatch: &Lexwatch, reports: &[Report]) -> anyhow::Result<Vec<ItemId>> {
    let store = lexwatch.app.index.store();
    let mut ids = Vec::new();
    for (outlet, language, day, title, text) in reports {
        let source = SourceId((*outlet).to_owned());
        store.ensure_source(&source, &format!("The {outlet}")).await?;
        let tags = lexwatch.app.classifier.classify(&Text {
            title,
            body: text,
            language: Some(language),
            published: day.parse().ok(),
            ..Text::default()
        });
        let article = Article {
            url: Some(format!("https://{outlet}.example/{}", store.head().await?).parse()?),
            title: (*title).to_owned(),
            byline: None,
            published: Some(day.parse()?),
            modified: None,
            paywalled: false,
            language: Some((*language).to_owned()),
            site: None,
            text: (*text).to_owned(),
        };
        let seen: DateTime<Utc> = lexwatch.app.now();
        let new = NewItem { source: &source, article: &article, tags: &tags, seen };
        for inserted in store.import(&[new]).await? {
            let (Inserted::New(id) | Inserted::Known(id)) = inserted;
            ids.push(id);
        }
    }
    lexwatch.app.index.catch_up().await?;
    Ok(ids)
}

#[tokio::test]
async fn a_list_has_one_row_for_a_story_and_the_way_to_the_rest() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    keep(&lexwatch, &[ENGLISH, GERMAN, SPANISH, OTHER]).await?;
    let folded = lexwatch.json("/api/v1/items?sort=newest").await?;
    assert_eq!((&folded["total"], &folded["stories"]), (&4.into(), &2.into()), "{folded:#}");
    let rows = folded["items"].as_array().cloned().unwrap_or_default();
    assert_eq!(rows.len(), 2);
    let row = rows.iter().find(|row| row["story_items"] == 3).cloned().unwrap_or_default();
    assert_eq!(row["language"], "es", "the first in the order of the list: {folded:#}");
    let unfolded = lexwatch.json("/api/v1/items?fold=false").await?;
    assert_eq!(unfolded["items"].as_array().map(Vec::len), Some(4));
    assert_eq!(lexwatch.get("/api/v1/export.csv").await?.body.lines().count(), 5, "never folded");

    let story = row["story"].as_str().unwrap_or_default();
    for path in ["/", "/search?sort=newest", "/jurisdictions/IE", "/laws/gdpr"] {
        let page = lexwatch.get(path).await?.body;
        let link = format!("href=\"/stories/{story}\">2 more reports</a>");
        assert_eq!(page.matches(&link).count(), 1, "{path}: {page}");
    }
    assert!(lexwatch.get("/search").await?.body.contains("in 2 stories"));
    for path in ["/search?fold=false", "/subscribe?fold=false"] {
        let page = lexwatch.get(path).await?.body;
        let rows = page.matches("Parlonet").count();
        assert!(rows >= 3 && !page.contains("more report"), "each stands for itself: {page}");
    }
    Ok(())
}

#[tokio::test]
async fn a_story_shows_all_its_reports_in_their_order() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let ids = keep(&lexwatch, &[SPANISH, ENGLISH, GERMAN]).await?;
    let item = lexwatch.json(&format!("/api/v1/items/{}", ids[0])).await?;
    let path = format!("/stories/{}", item["story"].as_str().unwrap_or_default());
    let story = lexwatch.json(&format!("/api/v1{path}")).await?;
    assert_eq!(story["ties"][0]["item"], story["items"][1]["id"]);
    assert_eq!(story["ties"][0]["with"], story["items"][0]["id"]);
    let shared = story["ties"][0].to_string();
    assert!(shared.contains("Parlonet") && shared.contains("310"), "{story:#}");
    let page = lexwatch.get(&path).await?.body;
    let told: Vec<_> = page.split(">Shares <bdi>").skip(1).collect();
    assert_eq!(told.len(), 2, "{page}");
    for tie in told {
        let (tie, _) = tie.split_once("</bdi>").unwrap_or_default();
        let parts: Vec<_> = tie.split(", ").collect();
        assert!(parts.contains(&"Parlonet") && tie.contains("310 "), "{tie}");
        let is_noise = |part: &&str| {
            let is_plain = part.chars().all(|c| c.is_lowercase() || c.is_ascii_digit());
            is_plain || ["Millionen", "Millones"].contains(part)
        };
        assert!(!parts.iter().any(is_noise), "what says little by itself is not told: {tie}");
    }
    let languages: Vec<_> =
        story["items"].as_array().into_iter().flatten().map(|item| &item["language"]).collect();
    assert_eq!(languages, ["en", "de", "es"], "{story:#}");
    assert_eq!((&story["total"], &story["sources"]), (&3.into(), &3.into()));
    let page = lexwatch.get(&path).await?;
    assert_eq!(page.status, StatusCode::OK);
    for part in [
        "3 reports of one event by 3 outlets in 3 languages",
        "20 November 2026 to 21 November 2026",
        "German",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    let report = lexwatch.get(&format!("/items/{}", ids[1])).await?.body;
    assert!(
        report.contains("Same story") && report.contains("Parlonet con 310 millones"),
        "{report}"
    );
    assert_eq!(lexwatch.get("/stories/szzzzzzzz").await?.status, StatusCode::NOT_FOUND);
    assert_eq!(lexwatch.get("/stories/nonsense").await?.status, StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn the_name_of_a_story_that_was_joined_leads_to_the_one_that_is() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let ids = keep(&lexwatch, &[ENGLISH, OTHER]).await?;
    let store = lexwatch.app.index.store();
    let names: Vec<StoryId> = store.items(&ids).await?.into_iter().map(|item| item.story).collect();
    let verdict =
        Verdict { by: "Ada".to_owned(), why: "a test".to_owned(), at: lexwatch.app.now() };
    store.set_story(ids[1], Some(names[0]), &verdict).await?;
    for path in ["/stories", "/api/v1/stories"] {
        let moved = lexwatch.get(&format!("{path}/{}", names[1])).await?;
        assert_eq!(moved.status, StatusCode::PERMANENT_REDIRECT, "{path}");
        let there = format!("{path}/{}", names[0]);
        assert_eq!(moved.headers.get("location").map(|to| to.as_bytes()), Some(there.as_bytes()));
        // A person may undo it, which readers who were there must see.
        assert_eq!(
            moved.headers.get("cache-control").map(|how| how.as_bytes()),
            Some(&b"no-cache"[..])
        );
    }
    let page = lexwatch.get(&format!("/stories/{}", names[0])).await?.body;
    assert!(page.contains("Put into the story") && page.contains("a test"), "{page}");
    store.set_story(ids[1], None, &verdict).await?;
    let page = lexwatch.get(&format!("/stories/{}", names[1])).await?.body;
    assert!(page.contains("Put into another story") && !page.contains("the story:"), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_letter_tells_an_event_once_and_no_letter_tells_it_again() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    keep(&lexwatch, &[ENGLISH, GERMAN]).await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 1);
    let letter = readable(&letters[0].1);
    assert!(letter.contains("1 item: ") && letter.contains("1 more report"), "{letter}");

    keep(&lexwatch, &[SPANISH]).await?;
    send_at(&lexwatch, "2026-11-24T09:00:00Z").await?;
    assert_eq!(world.mailbox.letters().len(), 1, "nothing but a report of what was told");
    keep(&lexwatch, &[OTHER]).await?;
    send_at(&lexwatch, "2026-11-24T10:00:00Z").await?;
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 2);
    let letter = readable(&letters[1].1);
    assert!(letter.contains("Duma votes") && !letter.contains("Parlonet"), "{letter}");
    Ok(())
}

#[tokio::test]
async fn an_event_from_before_a_reader_came_is_told_by_its_next_report() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    // Somebody else has been told of it.
    subscribe(&lexwatch, "other@example.org", "", Rhythm::Now).await?;
    keep(&lexwatch, &[SPANISH]).await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    subscribe(&lexwatch, "reader@example.org", "country:IE", Rhythm::Daily).await?;
    // Published before that, and read after it.
    keep(&lexwatch, &[ENGLISH]).await?;
    let report = send_at(&lexwatch, "2026-11-25T08:00:00Z").await?;
    let told: Vec<_> = report.briefings.iter().map(|one| (one.email.as_str(), one.items)).collect();
    assert_eq!(told, [("reader@example.org", 1); 2]);
    keep(&lexwatch, &[GERMAN]).await?;
    assert!(send_at(&lexwatch, "2026-11-26T08:00:00Z").await?.briefings.is_empty(), "once");
    Ok(())
}

#[tokio::test]
async fn who_asks_for_something_else_is_told_of_events_that_were_not_asked_for()
-> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "VPN", Rhythm::Now).await?;
    keep(&lexwatch, &[ENGLISH]).await?;
    assert!(send_at(&lexwatch, "2026-11-24T08:00:00Z").await?.briefings.is_empty());
    let store = lexwatch.app.index.store();
    let kept = store.subscriptions().await?.remove(0);
    let (query, _) = index::Query::parse("country:IE");
    store.change_subscription(&kept.token, &query, Rhythm::Now, &kept.zone, kept.hour).await?;
    keep(&lexwatch, &[GERMAN]).await?;
    assert_eq!(send_at(&lexwatch, "2026-11-24T09:00:00Z").await?.briefings.len(), 1);
    // Another hour is no other wish.
    store.change_subscription(&kept.token, &query, Rhythm::Now, &kept.zone, 9).await?;
    keep(&lexwatch, &[SPANISH]).await?;
    assert!(send_at(&lexwatch, "2026-11-24T10:00:00Z").await?.briefings.is_empty());
    Ok(())
}

#[tokio::test]
async fn what_was_put_into_a_story_by_mistake_has_its_address_and_its_letter() -> anyhow::Result<()>
{
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let index = &lexwatch.app.index;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    let told = keep(&lexwatch, &[ENGLISH, GERMAN]).await?[0];
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    let other = keep(&lexwatch, &[OTHER]).await?[0];
    let items = index.store().items(&[told, other]).await?;
    let (story, own) = (items[0].story, items[1].story);
    let put = async |to: Option<StoryId>| {
        let verdict =
            Verdict { by: "Ada".to_owned(), why: "a test".to_owned(), at: lexwatch.app.now() };
        index.store().set_story(other, to, &verdict).await?;
        index.catch_up().await
    };
    // Put right before the letter goes, and once more after it.
    for hour in ["09", "10"] {
        put(Some(story)).await?;
        let there = lexwatch.get(&format!("/stories/{own}")).await?;
        assert_eq!(there.status, StatusCode::PERMANENT_REDIRECT);
        put(None).await?;
        let page = lexwatch.get(&format!("/stories/{own}")).await?;
        assert_eq!(page.status, StatusCode::OK, "it has its name again");
        assert!(page.body.contains("Duma votes"), "{}", page.body);
        send_at(&lexwatch, &format!("2026-11-24T{hour}:00:00Z")).await?;
        let letters = world.mailbox.letters();
        assert_eq!(letters.len(), 2, "told once");
        assert!(readable(&letters[1].1).contains("Duma votes"));
    }
    let page = lexwatch.get(&format!("/stories/{story}")).await?.body;
    assert!(page.contains("2 reports of one event"), "{page}");
    Ok(())
}

#[tokio::test]
async fn a_correction_tells_no_story_again() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:BO", Rhythm::Now).await?;
    subscribe(&lexwatch, "reader@example.org", "country:BO fold:false", Rhythm::Now).await?;
    let ids = keep(&lexwatch, &[ENGLISH, GERMAN, SPANISH, OTHER]).await?;
    assert!(send_at(&lexwatch, "2026-11-24T08:00:00Z").await?.briefings.is_empty());
    let correct = async |id: ItemId, action: Action| {
        let at = lexwatch.app.now();
        let verdict = Verdict { by: "Ada".to_owned(), why: "a test".to_owned(), at };
        let words = [(action, "country:BO".parse::<Label>()?)];
        lexwatch.app.index.store().correct(id, &words, &verdict).await?;
        anyhow::Ok(())
    };
    let told = async |now: &str| {
        let report = send_at(&lexwatch, now).await?;
        anyhow::Ok(report.briefings.iter().map(|one| one.items).collect::<Vec<_>>())
    };
    // Its other reports do not match: they told nothing of it.
    correct(ids[0], Action::Add).await?;
    assert_eq!(told("2026-11-24T09:00:00Z").await?, [1, 1]);
    // Each by itself is new to who wants each.
    correct(ids[1], Action::Add).await?;
    assert_eq!(told("2026-11-24T10:00:00Z").await?, [1]);
    // Even when nothing that was told matches any more.
    correct(ids[0], Action::Remove).await?;
    correct(ids[1], Action::Remove).await?;
    correct(ids[2], Action::Add).await?;
    assert_eq!(told("2026-11-24T11:00:00Z").await?, [1]);
    assert!(told("2026-11-24T12:00:00Z").await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_letter_that_is_not_folded_tells_each_report_by_itself() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    for query in ["fold:false", ""] {
        subscribe(&lexwatch, "reader@example.org", query, Rhythm::Now).await?;
    }
    keep(&lexwatch, &[ENGLISH, GERMAN, SPANISH]).await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    let letters: Vec<_> =
        world.mailbox.letters().iter().map(|letter| readable(&letter.1)).collect();
    let counts: Vec<_> =
        letters.iter().map(|letter| letter.matches("more report").count()).collect();
    assert!(counts.contains(&0) && counts.iter().sum::<usize>() > 0, "{letters:#?}");
    let each = letters.iter().find(|letter| !letter.contains("more report"));
    assert!(each.is_some_and(|letter| letter.contains("3 items: ")), "{letters:#?}");
    Ok(())
}

#[tokio::test]
async fn an_item_tells_what_people_did_with_its_story() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let ids = keep(&lexwatch, &[ENGLISH, GERMAN, SPANISH, OTHER]).await?;
    let path = format!("/items/{}", ids[0]);
    let plain = lexwatch.get(&path).await?.body;
    assert!(!plain.contains("Taken out") && !plain.contains("by a person"), "{plain}");
    let before = lexwatch.json(&format!("/api/v1{path}")).await?;
    assert_eq!(before["story_corrections"], serde_json::json!([]));

    let story = StoryId::parse(before["story"].as_str().unwrap_or_default());
    let verdict = |why: &str| Verdict {
        by: "Ada <b>Analyst</b>".to_owned(),
        why: why.to_owned(),
        at: lexwatch.app.now(),
    };
    let store = lexwatch.app.index.store();
    store.set_story(ids[0], None, &verdict("<script>alert(1)</script> another fine")).await?;
    let apart = lexwatch.get(&path).await?.body;
    assert!(!apart.contains("<script>alert") && !apart.contains("<b>Analyst"), "{apart}");
    let name = before["story"].as_str().unwrap_or_default();
    let link = format!("Taken out of <a href=\"/stories/{name}\">another story</a> by ");
    assert!(apart.contains(&link) && apart.contains("another fine"), "{apart}");
    let left = lexwatch.get(&format!("/stories/{name}")).await?;
    assert_eq!(left.status, StatusCode::OK, "the story has its name");
    assert!(left.body.contains("Taken out of the story") && left.body.contains("another fine"));

    store.set_story(ids[0], story, &verdict("the same after all")).await?;
    let back = lexwatch.get(&path).await?.body;
    for what in ["Taken out of", "Put into"] {
        let link = format!("{what} <a href=\"/stories/{name}\">its story</a> by ");
        assert!(back.contains(&link), "{link}: {back}");
    }
    assert!(back.contains("24 November 2026") && back.contains("the same after all"), "{back}");
    let item = lexwatch.json(&format!("/api/v1{path}")).await?;
    let said = item["story_corrections"].as_array().cloned().unwrap_or_default();
    let told: Vec<_> =
        said.iter().map(|one| [&one["action"], &one["story"], &one["why"]]).collect();
    let expected = [
        ["detach", name, "<script>alert(1)</script> another fine"],
        ["attach", name, "the same after all"],
    ];
    assert_eq!(told, expected, "{item:#}");
    assert_eq!(said[0]["by"], "Ada <b>Analyst</b>");
    assert!(said[0]["at"].as_str().is_some_and(|at| at.starts_with("2026-11-24T")), "{item:#}");
    assert_eq!(item["corrections"], serde_json::json!([]), "these are of tags");
    // The others were not moved.
    let other = lexwatch.get(&format!("/items/{}", ids[1])).await?.body;
    assert!(!other.contains("by a person"), "{other}");
    Ok(())
}
