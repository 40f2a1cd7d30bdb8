//! People have the last word on tags, it is seen whose word it is, and readers are heard.

use anyhow::Context as _;
use axum::http::StatusCode;
use classifier::{Action, Label};
use index::{Complaint, ItemId, Store, Verdict};
use scraper::{Html, Selector};
use tests::{Lexwatch, World};

const WHY: &str = "<script>alert(1)</script>\u{202e} & \"it\" copies\nan Indian law";

async fn with_item(world: &World) -> anyhow::Result<(Lexwatch, ItemId)> {
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let found = lexwatch.json("/api/v1/items").await?;
    let id = ItemId::parse(found["items"][0]["id"].as_str().unwrap_or_default());
    Ok((lexwatch, id.context("no item was found")?))
}

async fn correct(lexwatch: &Lexwatch, id: ItemId, words: &[(Action, &str)]) -> anyhow::Result<()> {
    let words: Vec<_> = words
        .iter()
        .map(|(action, text)| Ok((*action, text.parse::<Label>()?)))
        .collect::<anyhow::Result<_>>()?;
    let verdict = Verdict {
        by: "Ada <b>Analyst</b>".to_owned(),
        why: WHY.to_owned(),
        at: lexwatch.app.now(),
    };
    lexwatch.app.index.store().correct(id, &words, &verdict).await?;
    lexwatch.app.index.catch_up().await?;
    Ok(())
}

fn text_of(html: &Html, css: &str) -> Vec<String> {
    let css = Selector::parse(css).into_iter();
    css.flat_map(|css| {
        let found: Vec<_> = html.select(&css).map(|one| one.text().collect::<String>()).collect();
        found
    })
    .collect()
}

#[tokio::test]
async fn a_correction_is_shown_as_a_persons_word_everywhere() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let (lexwatch, id) = with_item(&world).await?;
    let plain = lexwatch.get(&format!("/items/{id}")).await?.body;
    assert!(!plain.contains("by a person") && !plain.contains("corrected by people"));
    let words = [
        (Action::Add, "country:IN"),
        (Action::Remove, "topic:encryption"),
        (Action::Add, "country:CN"),
    ];
    correct(&lexwatch, id, &words).await?;

    let item = lexwatch.json(&format!("/api/v1/items/{id}")).await?;
    let expected = |action: &str, tag: &str| {
        serde_json::json!({"action": action, "tag": tag, "by": "Ada <b>Analyst</b>", "why": WHY,
            "at": item["corrections"][0]["at"]})
    };
    let corrections = serde_json::json!([
        expected("add", "jurisdiction:IN"),
        expected("remove", "topic:encryption"),
        expected("add", "jurisdiction:CN")
    ]);
    assert_eq!(item["corrections"], corrections);
    assert_eq!(item["jurisdictions"][1]["code"], "IN");
    let total = async |query: &str| {
        lexwatch.json(&format!("/api/v1/items?{query}")).await.map(|found| found["total"].clone())
    };
    assert_eq!(total("jurisdiction=IN").await?, 1);
    assert_eq!(total("topic=encryption").await?, 0);

    let body = lexwatch.get(&format!("/items/{id}")).await?.body;
    assert!(
        !body.contains("<script>alert")
            && !body.contains("<b>Analyst")
            && !body.contains('\u{202e}')
    );
    let page = Html::parse_document(&body);
    let said = text_of(&page, ".word").join("\n");
    for part in [
        "Added by Ada <b>Analyst</b> on 24 November 2026",
        "Removed by Ada",
        "Confirmed by Ada",
        "copies an Indian law",
    ] {
        assert!(said.contains(part), "{part} is missing in {said}");
    }
    assert_eq!(text_of(&page, "del"), ["Encryption and backdoors"]);
    assert!(body.contains("corrected by people"));
    Ok(())
}

#[tokio::test]
async fn an_item_that_a_person_found_not_to_be_about_policy_says_so() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let (lexwatch, id) = with_item(&world).await?;
    correct(&lexwatch, id, &[(Action::Remove, "policy")]).await?;
    assert_eq!(lexwatch.json("/api/v1/items").await?["total"], 0);
    let page = Html::parse_document(&lexwatch.get(&format!("/items/{id}")).await?.body);
    assert!(text_of(&page, "h2").contains(&"Not about policy".to_owned()));
    assert!(text_of(&page, ".word")[0].contains("Removed by Ada"));
    // Its own form says what can be wrong with it now.
    let offered: Vec<_> = text_of(&page, "#report-tag label");
    assert_eq!(
        offered.iter().map(|text| text.trim()).collect::<Vec<_>>(),
        ["It is about policy", "Something else"]
    );
    Ok(())
}

#[tokio::test]
async fn a_wrong_tag_is_reported_without_script_or_account() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let (lexwatch, id) = with_item(&world).await?;
    let page = Html::parse_document(&lexwatch.get(&format!("/items/{id}")).await?.body);
    let form = Selector::parse("details#report form[method=post]").unwrap();
    let action = page.select(&form).next().and_then(|form| form.attr("action")).unwrap_or_default();
    let radio = Selector::parse("#report-tag input").unwrap();
    let values: Vec<_> = page.select(&radio).filter_map(|input| input.attr("value")).collect();
    for value in ["policy", "jurisdiction:CN", "topic:encryption", "missing", "other"] {
        assert!(values.contains(&value), "{value} can be chosen");
    }
    let sent =
        lexwatch.post(action, &[("tag", "topic:encryption"), ("words", "No.\r\nNo.")]).await?;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    let thanks = lexwatch.get(sent.headers["location"].to_str()?).await?;
    assert!(thanks.status.is_success() && thanks.body.contains("waits for a person"));

    let store = lexwatch.app.index.store();
    let waiting = store.reports(false, 0, 10).await?;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].complaint, Complaint::Wrong(Some("topic:encryption".parse()?)));
    assert_eq!(waiting[0].words, "No.\nNo.");
    let item = lexwatch.json(&format!("/api/v1/items/{id}")).await?;
    assert_eq!(item["topics"][0]["slug"], "encryption", "nothing changes by itself");
    let reloaded = lexwatch.get(action).await?;
    assert_eq!(reloaded.status, StatusCode::SEE_OTHER);
    assert_eq!(lexwatch.post("/items/zzzzzzzz/report", &[]).await?.status, StatusCode::NOT_FOUND);
    assert_eq!(lexwatch.get("/items/zzzzzzzz/reported").await?.status, StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn a_form_with_faults_comes_back_open_with_what_was_typed() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let (lexwatch, id) = with_item(&world).await?;
    let path = format!("/items/{id}/report");
    let long = format!("</textarea><script>alert(1)</script>{}", "ä".repeat(Store::MAX_REPORT));
    for (form, places) in [
        (vec![], &["report-tag"][..]),
        (vec![("tag", "topic:censorship"), ("words", "typed")], &["report-tag"]),
        (vec![("tag", "topic:\0' OR 1=1"), ("words", "typed")], &["report-tag"]),
        (vec![("tag", "missing"), ("words", " \r\n ")], &["report-words"]),
        (vec![("tag", "other")], &["report-words"]),
        (vec![("tag", ""), ("words", &long)], &["report-tag", "report-words"]),
    ] {
        let answer = lexwatch.post(&path, &form).await?;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form:?}");
        assert!(!answer.body.contains("<script>alert"));
        let page = Html::parse_document(&answer.body);
        let one = |css: &str| page.select(&Selector::parse(css).unwrap()).count();
        assert_eq!((one("details#report[open]"), one("h1")), (1, 1), "{form:?}");
        assert_eq!(one(".faults a"), places.len(), "{form:?}");
        for place in places {
            assert_eq!(one(&format!(".faults a[href='#{place}']")), 1, "{form:?}");
            assert_eq!(one(&format!("#{place}")) + one(&format!("#{place}-fault")), 2, "{form:?}");
        }
        let typed = form.iter().find(|(name, _)| *name == "words").map_or("", |(_, words)| words);
        assert_eq!(text_of(&page, "#report-words")[0].trim(), typed.trim(), "what was typed stays");
    }
    let chosen = lexwatch.post(&path, &[("tag", "missing"), ("words", "")]).await?.body;
    let page = Html::parse_document(&chosen);
    let checked = Selector::parse("#report-tag input[checked][value=missing]").unwrap();
    assert_eq!(page.select(&checked).count(), 1, "what was chosen stays");
    assert_eq!(lexwatch.app.index.store().waiting_reports().await?, 0);
    Ok(())
}

#[tokio::test]
async fn programs_and_floods_fill_nothing() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let (lexwatch, id) = with_item(&world).await?;
    let path = format!("/items/{id}/report");
    let trapped = [("tag", "other"), ("words", "Buy pills"), ("website", "https://pills.example")];
    assert_eq!(lexwatch.post(&path, &trapped).await?.status, StatusCode::SEE_OTHER);
    let store = lexwatch.app.index.store();
    assert_eq!(store.waiting_reports().await?, 0);

    let [here, _] = Store::WAITING;
    for number in 0..here {
        let words = format!("flood {number}");
        let sent = lexwatch.post(&path, &[("tag", "other"), ("words", &words)]).await?;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
    }
    let refused = lexwatch.post(&path, &[("tag", "other"), ("words", "mine")]).await?;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains(">mine</textarea>"), "what was typed stays");
    assert!(refused.body.contains("reports wait already"));
    let huge = "x".repeat(900_000);
    let sent = lexwatch.post(&path, &[("tag", "other"), ("words", &huge)]).await?;
    assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.body.len() < 100_000, "a page of {} bytes", sent.body.len());
    assert_eq!(store.waiting_reports().await?, here);
    Ok(())
}
