//! A search is saved by keeping a link, which tells what is new, and nobody else can make one up.

use std::os::unix::fs::PermissionsExt as _;

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tests::{Answer, Lexwatch, World};

const CHINA: [(&str, &str); 2] = [("China", "data localization"), ("India", "VPN services")];
const MORE: [(&str, &str); 4] = [
    ("China", "data localization"),
    ("India", "VPN services"),
    ("China", "encryption keys"),
    ("China", "source code"),
];

/// Presses the button of a search's page; the link that comes of it.
async fn save(lexwatch: &Lexwatch, search: &str, name: &str) -> anyhow::Result<String> {
    let page = lexwatch.get(search).await?.body;
    let html = Html::parse_document(&page);
    let fields = Selector::parse("form[method=post][action='/saved'] input")
        .map_err(|fault| anyhow::anyhow!("{fault}"))?;
    let mut form: Vec<_> = html
        .select(&fields)
        .filter_map(|input| Some((input.attr("name")?.to_owned(), input.attr("value")?.to_owned())))
        .collect();
    form.push(("name".to_owned(), name.to_owned()));
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    location(&lexwatch.post("/saved", &form).await?)
}

fn location(answer: &Answer) -> anyhow::Result<String> {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    Ok(answer.headers["location"].to_str()?.to_owned())
}

/// The target of the first link or the value of the first field that a selector finds.
fn attribute(page: &str, css: &str, name: &str) -> String {
    let html = Html::parse_document(page);
    let Ok(css) = Selector::parse(css) else { return String::new() };
    html.select(&css).next().and_then(|one| one.attr(name)).unwrap_or_default().to_owned()
}

/// What the first element says that a selector finds.
fn text(page: &str, css: &str) -> String {
    let html = Html::parse_document(page);
    let Ok(css) = Selector::parse(css) else { return String::new() };
    html.select(&css).next().map(|one| one.text().collect()).unwrap_or_default()
}

fn new_items(page: &str) -> String {
    text(page, ".bar h2")
}

#[tokio::test]
async fn a_link_tells_what_is_new_and_another_counts_from_then_on() -> anyhow::Result<()> {
    let world = World::with_press(&CHINA).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let link = save(&lexwatch, "/search?q=law&jurisdiction=CN", "").await?;
    let page = lexwatch.get(&link).await?;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["cache-control"], "no-store");
    assert_eq!(new_items(&page.body), "0 new since 24 November 2026, 07:00 UTC");
    let address = text(&page.body, "#address");
    assert!(address.ends_with(&link), "the whole link can be copied: {address}");
    assert!(page.body.contains("All 1 item<"), "{}", page.body);

    world.publish(&MORE);
    lexwatch.ingest().await?;
    let page = lexwatch.get(&link).await?.body;
    assert_eq!(new_items(&page), "2 new since 24 November 2026, 07:00 UTC");
    assert!(page.contains("China adopts law on encryption keys"));
    assert!(!page.contains("China adopts law on data localization"), "that is not new");
    let later = attribute(&page, ".bar a.button", "href");
    let seen = lexwatch.get(&later).await?.body;
    assert!(new_items(&seen).starts_with("0 new since"), "{seen}");
    assert!(
        new_items(&lexwatch.get(&link).await?.body).starts_with("2 new"),
        "a GET changes nothing"
    );

    // The link is all there is: it holds in the next process as well.
    drop(lexwatch);
    let next = world.start_at("2026-11-25T07:00:00Z").await?;
    next.app.index.catch_up().await?;
    assert!(new_items(&next.get(&link).await?.body).starts_with("2 new"));
    Ok(())
}

#[tokio::test]
async fn a_saved_search_has_a_name_and_can_be_brought_by_feed_or_mail() -> anyhow::Result<()> {
    let world = World::with_press(&CHINA).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let heading = |page: &str| {
        let html = Html::parse_document(page);
        let first = html.select(&Selector::parse("h1").unwrap()).next();
        first.map(|heading| heading.text().collect::<String>()).unwrap_or_default()
    };
    let link = save(&lexwatch, "/search?q=law&jurisdiction=CN", "").await?;
    let page = lexwatch.get(&link).await?.body;
    assert_eq!(heading(&page), "law; China", "what is searched, until the reader says otherwise");
    for path in ["/subscribe", "/feed.atom", "/feed.json", "/search"] {
        let href = attribute(&page, &format!("main a[href^='{path}']"), "href");
        assert_eq!(href, format!("{path}?q=law&jurisdiction=CN"));
        assert!(lexwatch.get(&href).await?.status.is_success(), "{href}");
    }
    let hostile = "<b>Chinese\u{202e} rules</b>\r\n\r\n  & more";
    let form = [("link", attribute(&page, "input[name=link]", "value")), ("name", hostile.into())];
    let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
    let renamed = location(&lexwatch.post("/saved", &form).await?)?;
    let page = lexwatch.get(&renamed).await?.body;
    assert_eq!(heading(&page), "<b>Chinese rules</b> & more");
    assert_eq!(new_items(&page), "0 new since 24 November 2026, 07:00 UTC");

    world.publish(&MORE);
    lexwatch.ingest().await?;
    assert!(new_items(&lexwatch.get(&renamed).await?.body).starts_with("2 new"));
    Ok(())
}

#[tokio::test]
async fn a_link_that_was_changed_or_made_elsewhere_is_refused_with_a_way_on() -> anyhow::Result<()>
{
    let world = World::with_press(&CHINA).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let link = save(&lexwatch, "/search?q=law&jurisdiction=CN", "Mine").await?;
    let elsewhere = World::new().await?;
    let other = save(&elsewhere.start().await?, "/search?q=law&jurisdiction=CN", "Mine").await?;
    let (body, seal) = link.rsplit_once('=').unwrap();
    for forged in [
        link.replace("name=Mine", "name=Yours"),
        link.replace("jurisdiction=CN", "jurisdiction=IN"),
        link.replace("seen=", "seen=1"),
        link.replace("since=2026", "since=2020"),
        format!("{body}={}", "0".repeat(seal.len())),
        format!("{body}={}", &seal[..16]),
        format!("{body}=+{}", &seal[1..]),
        body.to_owned(),
        format!("{link}&topic=encryption"),
        "/saved?seal=".to_owned(),
        "/saved?seal=%FF&name=%00&seen=-1".to_owned(),
        other,
    ] {
        let answer = lexwatch.get(&forged).await?;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{forged}");
        let search = attribute(&answer.body, "main a", "href");
        assert!(search.starts_with("/search"), "the search can be made all the same: {search}");
        assert!(lexwatch.get(&search).await?.status.is_success(), "{search}");
        let rename = [("link", forged.as_str()), ("name", "Ours"), ("q", "law")];
        let answer = lexwatch.post("/saved", &rename).await?;
        assert!(answer.status == StatusCode::FORBIDDEN || !forged.contains('?'), "{forged}");
    }
    // A mail program that escapes more than it must has changed nothing.
    let escaped = link.replace("Mine", "%4Dine");
    assert_eq!(lexwatch.get(&escaped).await?.status, StatusCode::OK);
    assert_eq!(lexwatch.get(&format!("{link}&cursor=x")).await?.status, StatusCode::BAD_REQUEST);

    // Whoever takes the key away makes all links void; there is a new one for the next.
    let key = world.folder().join("data/links.key");
    assert_eq!(std::fs::metadata(&key)?.permissions().mode() & 0o77, 0, "it is nobody else's");
    std::fs::remove_file(&key)?;
    drop(lexwatch);
    let next = world.start().await?;
    assert_eq!(next.get(&link).await?.status, StatusCode::FORBIDDEN);
    let renewed = save(&next, "/search?q=law", "").await?;
    assert_eq!(next.get(&renewed).await?.status, StatusCode::OK);
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_saved_is_said() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let unknown = lexwatch.post("/saved", &[("q", "law"), ("topic", "gardening")]).await?;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(unknown.body.contains("gardening"), "{}", unknown.body);
    let long: String = (0..64).map(|n| format!("{}{n:02} ", "网".repeat(60))).collect();
    let long = lexwatch.post("/saved", &[("q", &long)]).await?;
    assert_eq!(long.status, StatusCode::BAD_REQUEST);
    assert!(long.body.contains("too long"), "{}", long.body);
    Ok(())
}

#[tokio::test]
async fn a_store_that_was_put_back_tells_again_rather_than_too_little() -> anyhow::Result<()> {
    let world = World::with_press(&MORE).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let link = save(&lexwatch, "/search?jurisdiction=CN", "").await?;
    drop(lexwatch);
    // The operator begins anew, with the key of before.
    for name in ["lexwatch.db", "lexwatch.db-wal", "lexwatch.db-shm"] {
        let file = world.folder().join("data").join(name);
        if file.exists() {
            std::fs::remove_file(file)?;
        }
    }
    world.publish(&CHINA);
    let next = world.start_at("2026-11-25T07:00:00Z").await?;
    next.ingest().await?;
    assert!(new_items(&next.get(&link).await?.body).starts_with("1 new"));
    Ok(())
}

#[tokio::test]
async fn who_has_none_yet_learns_how_to_save_one() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let page = lexwatch.get("/saved").await?;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(text(&page.body, "h1"), "Saved searches");
    assert!(page.body.contains("Press <em>Save this search</em>"), "{}", page.body);
    assert!(
        lexwatch.get("/search?q=law").await?.body.contains(">Save this search<"),
        "it is there"
    );
    assert!(lexwatch.get("/").await?.body.contains("href=\"/saved\""), "and is found");
    Ok(())
}
