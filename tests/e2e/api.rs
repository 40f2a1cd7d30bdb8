//! Programs get what pages show.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use serde_json::{Value, json};
use tests::World;

const WORLD: [(&str, &str); 5] = [
    ("China", "data localization"),
    ("India", "VPN services"),
    ("Germany", "critical infrastructure"),
    ("Brazil", "encryption"),
    ("Japan", "incident reporting"),
];

#[tokio::test]
async fn items_have_the_agreed_shape() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let found = lexwatch.json("/api/v1/items?country=CN&jurisdiction=cn").await?;
    let item = &found["items"][0];
    for key in [
        "id",
        "url",
        "title",
        "snippet",
        "published",
        "first_seen",
        "source",
        "language",
        "policy",
        "jurisdictions",
        "topics",
        "stage",
        "instruments",
        "story",
        "revisions",
    ] {
        assert!(item.get(key).is_some(), "{key} is missing in {item:#}");
    }
    assert_eq!(item["source"]["publisher"], "news");
    assert_eq!(found["facets"]["topic"][0]["value"], "data-localization");
    assert_eq!(found["facets"]["topic"][0]["name"], "Data localization");
    assert!(found["next"].is_null());
    Ok(())
}

#[tokio::test]
async fn a_whole_result_can_be_taken_page_by_page() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let mut titles = Vec::new();
    let mut cursor = String::new();
    loop {
        let page =
            lexwatch.json(&format!("/api/v1/items?limit=2&sort=oldest&cursor={cursor}")).await?;
        assert_eq!(page["total"], 5);
        let rows = page["items"].as_array().cloned().unwrap_or_default();
        titles.extend(rows.iter().map(|row| row["title"].as_str().unwrap_or_default().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        cursor = next.to_owned();
    }
    assert_eq!(titles.len(), 5);
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), 5, "each once");
    let csv = lexwatch.get("/api/v1/export.csv").await?.body;
    assert_eq!(csv.lines().count(), 6, "a header and five rows:\n{csv}");
    let lines = lexwatch.get("/api/v1/export.ndjson").await?.body;
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    assert_eq!(lines.lines().count(), 5);
    let some = lexwatch.get("/api/v1/export.ndjson?limit=3").await?.body;
    assert_eq!(some.lines().collect::<Vec<_>>(), lines.lines().take(3).collect::<Vec<_>>());
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_understood_is_a_problem_document_that_names_it() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let bad = [
        ("/api/v1/items?jurisdiction=Atlantis", "Atlantis"),
        ("/api/v1/items?topic=gardening", "gardening"),
        ("/api/v1/items?from=yesterday", "yesterday"),
        ("/api/v1/items?limit=0", "limit"),
        ("/api/v1/items?cursor=%00x", "cursor"),
        ("/api/v1/items?facets=colour", "colour"),
        ("/api/v1/items?source=nobody", "nobody"),
        ("/api/v1/items?juristiction=CN", "did you mean `jurisdiction`"),
        ("/api/v1/export.csv?cursor=x", "cursor"),
        ("/api/v1/timeline?intervals=day", "did you mean `interval`"),
        ("/api/v1/items?from=2018&to=2017", "2018-01-01"),
        ("/feed.atom?q=NOT", "NOT at character 1"),
        ("/api/v1/instruments?stage=adopted", "stage: there is no such parameter here"),
        ("/api/v1/sources?id=press", "id: there is no such parameter"),
        ("/api/v1/items/00000000?fold=false", "fold: there is no such parameter"),
        ("/api/v1/suggest?term=chi", "did you mean `q`"),
    ];
    for (path, named) in bad {
        let answer = lexwatch.get(path).await?;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{path}");
        let problem: Value = serde_json::from_str(&answer.body)?;
        assert!(
            problem["detail"].as_str().unwrap_or_default().contains(named),
            "{path}: {problem}"
        );
    }
    for (path, named) in [
        ("/api/v1/items/00000000", "item `00000000`"),
        ("/api/v1/stories/nothing", "story `nothing`"),
        ("/api/v1/instruments/gravity", "instrument `gravity`"),
        ("/api/v1/itmes", "address `/api/v1/itmes`"),
    ] {
        let answer = lexwatch.get(path).await?;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{path}");
        assert!(answer.body.contains(named), "{path}: {}", answer.body);
    }
    assert!(lexwatch.get("/topics/gardening").await?.body.contains("topic `gardening`"));
    Ok(())
}

#[tokio::test]
async fn an_empty_parameter_counts_as_left_out() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let all =
        "/api/v1/items?q=&jurisdiction=&topic=&from=&to=&policy=&sort=&limit=&cursor=&facets=";
    assert_eq!(lexwatch.json(all).await?["total"], 5);
    Ok(())
}

#[tokio::test]
async fn any_query_is_a_feed() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let atom = lexwatch.get("/feed.atom?jurisdiction=IN").await?;
    assert_eq!(atom.headers["content-type"], "application/atom+xml; charset=utf-8");
    let feed = crawler::feed::parse(atom.body.as_bytes(), None, None)?;
    assert_eq!(feed.entries.len(), 1);
    assert_eq!(feed.entries[0].title.as_deref(), Some("India adopts law on VPN services"));
    let json = lexwatch.json("/feed.json?jurisdiction=IN").await?;
    assert_eq!(json["items"].as_array().map(Vec::len), Some(1));
    Ok(())
}

#[tokio::test]
async fn a_text_of_the_callers_is_tagged_and_not_kept() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let text = r#"{"id":7,"title":"China adopts law","text":"The parliament of China adopted a law on encryption."}"#;
    let tagged = lexwatch.post_json("/api/v1/classify", text).await?;
    let tags: Value = serde_json::from_str(&tagged.body)?;
    assert_eq!((&tags["id"], &tags["policy"]), (&Value::from(7), &Value::from(true)), "{tags}");
    assert_eq!(tags["jurisdictions"][0]["code"], "CN");
    assert_eq!(lexwatch.json("/api/v1/items?policy=any").await?["total"], 0);
    for bad in ["", "[]", "{\"title\":\"no text\"}", "{\"text\":\"x\",\"home\":\"Atlantis\"}"] {
        let answer = lexwatch.post_json("/api/v1/classify", bad).await?;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{bad}");
    }
    Ok(())
}

#[tokio::test]
async fn an_item_can_be_cited() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD[..1]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let id = lexwatch.json("/api/v1/items").await?["items"][0]["id"].clone();
    let page = format!("/items/{}", id.as_str().unwrap_or_default());
    let bibtex = lexwatch.get(&format!("{page}/cite.bib")).await?;
    assert!(bibtex.body.contains("author = {Writer, Ada}"), "{}", bibtex.body);
    assert!(bibtex.body.contains("date = {2026-11-23}"), "{}", bibtex.body);
    let ris = lexwatch.get(&format!("{page}/cite.ris")).await?;
    assert!(ris.body.starts_with("TY  - NEWS\r\n"), "{}", ris.body);
    let csl: Value = serde_json::from_str(&lexwatch.get(&format!("{page}/cite.json")).await?.body)?;
    assert_eq!(csl[0]["title"], "China adopts law on data localization");
    let shown = lexwatch.get(&page).await?.body;
    assert!(shown.contains("Writer, A. (2026, November 23)."), "APA stands on the page");
    assert!(shown.contains("name=\"citation_title\""), "reference managers find it");
    let kind = "<meta name=\"z:itemType\" content=\"newspaperArticle\">";
    assert!(shown.contains(kind) && shown.contains("name=\"citation_journal_title\""), "{shown}");
    assert_eq!(lexwatch.get(&format!("{page}/cite.exe")).await?.status, StatusCode::NOT_FOUND);
    Ok(())
}

#[tokio::test]
async fn every_refusal_is_a_problem_document() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let large = format!("{{\"title\":\"\",\"text\":\"{}\"}}", "x".repeat(2 << 20));
    for (answer, status) in [
        (lexwatch.post_json("/api/v1/items", "{}").await?, StatusCode::METHOD_NOT_ALLOWED),
        (lexwatch.post_json("/api/v1/classify", &large).await?, StatusCode::PAYLOAD_TOO_LARGE),
        (lexwatch.get("/api/v1/nothing").await?, StatusCode::NOT_FOUND),
        (lexwatch.get("/api/v1/items?source=nobody").await?, StatusCode::BAD_REQUEST),
    ] {
        assert_eq!(answer.status, status, "{}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/problem+json", "{status}");
    }
    let pointed = lexwatch.json("/api/v1/items?q=vpn+topic:gardening").await?;
    assert_eq!(pointed["errors"][0]["parameter"], "topic");
    assert_eq!(pointed["errors"][0]["character"], 5, "{pointed}");
    let page = lexwatch.get("/search?source=nobody&q=a+AND+(").await?.body;
    assert!(!page.contains("name=\"source\""), "what is left out is not searched for");
    assert!(
        page.contains("<code>nobody</code> is no source"),
        "the page says what it does not know"
    );
    assert!(page.contains("value=\"a AND (\""), "and keeps what was typed");
    Ok(())
}

#[tokio::test]
async fn a_timeline_counts_what_the_query_finds() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let lexwatch = &lexwatch;
    let counts = async |path: &str| {
        let found = lexwatch.json(path).await?;
        anyhow::Ok(found["counts"].as_array().cloned().unwrap_or_default())
    };
    let days = counts("/api/v1/timeline?days=3").await?;
    assert_eq!(days.len(), 3);
    assert_eq!((&days[1]["start"], &days[1]["count"]), (&"2026-11-23".into(), &5.into()));
    let india = counts("/api/v1/timeline?jurisdiction=IN&interval=month&days=60").await?;
    assert_eq!(india.last().map(|step| step["count"].clone()), Some(1.into()));
    let month = counts("/api/v1/timeline?interval=month&days=1").await?;
    assert_eq!(month, [json!({"start": "2026-11-01", "count": 5})], "all of the month");
    for (dates, steps) in [
        ("from=2026-11-20", 5),
        ("from=2026-11-20&to=2026-11-24", 4),
        ("from=2026-11-20&days=2", 2),
        ("to=2026-11-22", 0),
        ("to=2026-12", 2),
        ("from=2026-12&to=2027", 0),
        ("q=after:2020-01&interval=month", 83),
        ("from=1950&interval=month", 923),
    ] {
        let found = counts(&format!("/api/v1/timeline?{dates}")).await?;
        assert_eq!(found.len(), steps, "{dates}: {found:?}");
        let sum: u64 = found.iter().filter_map(|step| step["count"].as_u64()).sum();
        let query = dates.split("&days").next().unwrap_or_default().replace("&interval=month", "");
        let total = &lexwatch.json(&format!("/api/v1/items?{query}")).await?["total"];
        assert_eq!(*total, sum, "{dates}");
    }
    for bad in [
        "from=1950",
        "days=99999",
        "days=4294967295&interval=month",
        "interval=year",
        "days=0",
        "jurisdiction=Atlantis",
    ] {
        let answer = lexwatch.get(&format!("/api/v1/timeline?{bad}")).await?;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    Ok(())
}

#[tokio::test]
async fn a_feed_is_as_long_as_is_asked() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let feed = lexwatch.json("/feed.json?policy=any&limit=2").await?;
    assert_eq!(feed["items"].as_array().map(Vec::len), Some(2));
    assert!(feed["feed_url"].as_str().is_some_and(|url| url.ends_with("&limit=2")), "{feed:#}");
    let atom = lexwatch.get("/feed.atom?limit=1").await?.body;
    assert_eq!(atom.matches("<entry>").count(), 1, "{atom}");
    let all = lexwatch.json("/feed.json?policy=any").await?;
    assert_eq!(all["items"].as_array().map(Vec::len), Some(5));
    assert_eq!(lexwatch.get("/feed.json?limit=0").await?.status, StatusCode::BAD_REQUEST);
    Ok(())
}

#[tokio::test]
async fn the_page_of_the_api_is_true() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let answer = lexwatch.get("/api").await?;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.contains(&lexwatch.app.link("/api/v1/items?")), "{}", answer.body);
    let html = Html::parse_document(&answer.body);
    let all = |css: &str| {
        let css = Selector::parse(css).unwrap();
        html.select(&css).map(|one| one.text().collect::<String>()).collect::<Vec<_>>()
    };
    let parameters = all("#query + p + table th code");
    assert!(parameters.len() > 12, "{parameters:?}");
    for name in parameters {
        let answer = lexwatch.get(&format!("/api/v1/items?{name}=")).await?;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
    }
    let item = lexwatch.json("/api/v1/items").await?["items"][0].clone();
    let mut told = all("#items + p code");
    told.truncate(told.iter().position(|field| field == "revisions").unwrap_or_default() + 1);
    let mut fields: Vec<_> =
        item.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    told.sort();
    fields.sort();
    assert_eq!(told, fields);
    Ok(())
}
