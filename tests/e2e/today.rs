//! Promise: the front page tells what is new since the moment that a reader chose, and what authorities did first.

use axum::http::StatusCode;
use scraper::{Html, Selector};

use tests::{World, article, feed, page};

/// The titles under each heading of a page, in order.
fn told(page: &str) -> Vec<(String, Vec<String>)> {
    let html = Html::parse_document(page);
    let Ok(wanted) = Selector::parse("h2.day, article.row h3") else { return Vec::new() };
    let mut told: Vec<(String, Vec<String>)> = Vec::new();
    for element in html.select(&wanted) {
        let text = element.text().collect::<String>().trim().to_owned();
        match told.last_mut() {
            Some((_, titles)) if element.value().name() == "h3" => titles.push(text),
            _ => told.push((text, Vec::new())),
        }
    }
    told
}

/// What the button of a page would send.
fn seen(page: &str) -> String {
    let html = Html::parse_document(page);
    let Ok(field) = Selector::parse("form[action='/mark'] input[name=at]") else {
        return String::new();
    };
    let field = html.select(&field).next();
    field.and_then(|field| field.attr("value")).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn only_what_came_after_the_readers_mark_is_new() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let first = lexwatch.get("/").await?;
    assert!(first.body.contains("1 new item about"), "{}", first.body);
    assert!(first.headers.get_all("vary").iter().any(|name| name == "cookie"));

    let answer = lexwatch.post("/mark", &[("at", &seen(&first.body))]).await?;
    assert_eq!(
        (answer.status, &answer.headers["location"]),
        (StatusCode::SEE_OTHER, &"/".parse()?)
    );
    let cookie = answer.headers["set-cookie"].to_str()?.to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap_or_default();
    let page = lexwatch.get_with_cookie("/", cookie).await?.body;
    assert!(page.contains("0 new items") && page.contains("Nothing new since then"), "{page}");
    assert!(page.contains("China adopts law"), "what was seen last stands below");

    world.publish(&[("China", "data localization"), ("Brazil", "encryption")]);
    lexwatch.ingest().await?;
    let page = lexwatch.get_with_cookie("/", &format!("other=1; {cookie}")).await?.body;
    assert!(page.contains("1 new item about"), "{page}");
    assert!(page.contains("Brazil adopts law") && !page.contains("China adopts law"), "{page}");
    assert!(lexwatch.get("/").await?.body.contains("2 new items"), "others see the week");
    let ahead = lexwatch.get_with_cookie("/?since=2027-01-01", cookie).await?.body;
    assert!(
        ahead.contains("“2027-01-01” is still to come") && ahead.contains("2 new items"),
        "{ahead}"
    );

    let forgotten = lexwatch.post("/mark", &[("at", "")]).await?;
    assert!(forgotten.headers["set-cookie"].to_str()?.contains("Max-Age=0"));
    Ok(())
}

#[tokio::test]
async fn a_moment_that_is_none_is_said_and_harms_nobody() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    for (address, cookie) in
        [("/?since=%3Cb%3Esoon", "a=b"), ("/", "mark=;;=\"<b>"), ("/?since=", "mark")]
    {
        let answer = lexwatch.get_with_cookie(address, cookie).await?;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.body.contains("1 new item about") && !answer.body.contains("<b>"),
            "{address}"
        );
        assert_eq!(answer.body.contains("is no date"), address.contains("soon"), "{address}");
    }
    let cookie = lexwatch.post("/mark", &[("at", "x\r\nSet-Cookie: y")]).await?;
    assert!(cookie.headers["set-cookie"].to_str()?.starts_with("mark=;"));
    Ok(())
}

#[tokio::test]
async fn acts_of_authorities_stand_first_and_once() -> anyhow::Result<()> {
    let mut world =
        World::with_press(&[("China", "data localization"), ("India", "encryption")]).await?;
    let title = "Brazil adopts law on incident reporting";
    let words = article("Brazil", "incident reporting");
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    world.web.html("/act", page(title, "2026-11-20", &words));
    let list = feed(&world.web.url(""), &[("/act", title, "Fri, 20 Nov 2026 08:00:00 GMT")]);
    world.web.rss("/acts.xml", list);
    world.source_of("regulator", "anpd", "feed", "/acts.xml", "jurisdiction = \"BR\"");
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let told = told(&lexwatch.get("/").await?.body);
    let authorities = vec![title.to_owned()];
    assert_eq!(told[0], ("From authorities".to_owned(), authorities), "{told:?}");
    let others: usize = told[1..].iter().map(|(_, titles)| titles.len()).sum();
    assert_eq!(others, 2, "{told:?}");
    Ok(())
}

#[tokio::test]
async fn where_nothing_is_new_the_last_days_are_counted_not_all() -> anyhow::Result<()> {
    let mut world = World::with_press(&[("China", "data localization")]).await?;
    let title = "Brazil adopts law on incident reporting";
    let words = article("Brazil", "incident reporting");
    let words: Vec<_> = words.iter().map(String::as_str).collect();
    world.web.html("/old", page(title, "2017-06-01", &words));
    let list = feed(&world.web.url(""), &[("/old", title, "Thu, 01 Jun 2017 08:00:00 GMT")]);
    world.web.rss("/archive.xml", list);
    world.source_of("news", "archive", "feed", "/archive.xml", "jurisdiction = \"BR\"");
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let mark = seen(&lexwatch.get("/").await?.body);
    let page = lexwatch.get_with_cookie("/", &format!("mark={mark}")).await?.body;
    assert!(page.contains("Nothing new since then") && page.contains(title), "{page}");
    let (_, ways) = page.split_once("<aside").unwrap_or_default();
    assert!(ways.contains("/jurisdictions/CN") && !ways.contains("/jurisdictions/BR"), "{ways}");
    Ok(())
}
