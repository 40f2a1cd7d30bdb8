//! Promise: browsers, feed readers, link checkers and scripts each ask in their own way, and get an answer that they can use.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tests::{Answer, Lexwatch, World};

const PAGE: &str = "text/html; charset=utf-8";
const PROBLEM: &str = "application/problem+json";

async fn ask(lexwatch: &Lexwatch, method: &str, path: &str) -> anyhow::Result<Answer> {
    lexwatch.ask(Request::builder().method(method).uri(path).body(Body::empty())?).await
}

async fn started(world: &World) -> anyhow::Result<Lexwatch> {
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    Ok(lexwatch)
}

#[tokio::test]
async fn what_is_refused_before_any_page_is_asked_is_refused_in_words() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    for (method, path, status, kind) in [
        ("POST", "/", StatusCode::METHOD_NOT_ALLOWED, PAGE),
        ("DELETE", "/search", StatusCode::METHOD_NOT_ALLOWED, PAGE),
        ("PUT", "/subscribe", StatusCode::METHOD_NOT_ALLOWED, PAGE),
        ("POST", "/feed.atom", StatusCode::METHOD_NOT_ALLOWED, PROBLEM),
        ("POST", "/healthz", StatusCode::METHOD_NOT_ALLOWED, PROBLEM),
        ("PUT", "/api/v1/classify", StatusCode::METHOD_NOT_ALLOWED, PROBLEM),
        ("GET", "/items/%ff", StatusCode::BAD_REQUEST, PAGE),
        ("GET", "/api/v1/items/%ff", StatusCode::BAD_REQUEST, PROBLEM),
    ] {
        let answer = ask(&lexwatch, method, path).await?;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        assert_eq!(answer.headers["content-type"], kind, "{method} {path}");
        assert_eq!(answer.headers["content-length"], answer.body.len().to_string());
        if status == StatusCode::METHOD_NOT_ALLOWED {
            let allowed = answer.headers["allow"].to_str()?;
            assert!(!allowed.is_empty() && !allowed.contains(method), "{path}: {allowed}");
            assert!(answer.body.contains(&format!("the method {method}")), "{}", answer.body);
        }
        assert_eq!(answer.body.contains("<h1>"), kind == PAGE, "{}", answer.body);
    }
    let large = lexwatch.post("/mark", &[("at", &"x".repeat(2 << 20))]).await?;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(large.body.contains("<h1>That is too long"), "{}", large.body);
    Ok(())
}

#[tokio::test]
async fn a_head_tells_what_a_get_would() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = started(&world).await?;
    for path in ["/", "/search?q=data", "/topics", "/feed.atom", "/feed.json", "/api/v1/items"] {
        let got = lexwatch.get(path).await?;
        let told = ask(&lexwatch, "HEAD", path).await?;
        assert_eq!((told.status, told.body.as_str()), (StatusCode::OK, ""), "{path}");
        assert_eq!(told.headers["content-length"], got.body.len().to_string(), "{path}");
        for name in ["content-type", "etag", "cache-control"] {
            assert_eq!(told.headers.get(name), got.headers.get(name), "{path}: {name}");
        }
        let request = Request::head(path).header("if-none-match", got.headers["etag"].clone());
        let known = lexwatch.ask(request.body(Body::empty())?).await?;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED, "{path}");
    }
    assert_eq!(ask(&lexwatch, "HEAD", "/nowhere").await?.status, StatusCode::NOT_FOUND);
    assert_eq!(ask(&lexwatch, "HEAD", "/api/v1/export.csv").await?.body, "");
    Ok(())
}

#[tokio::test]
async fn what_newsletters_add_to_links_changes_nothing() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization"), ("India", "VPNs")]).await?;
    let lexwatch = started(&world).await?;
    for path in ["/", "/search?q=data", "/laws/gdpr", "/feed.atom?jurisdiction=CN", "/feed.json"] {
        let plain = lexwatch.get(path).await?;
        let mark = if path.contains('?') { '&' } else { '?' };
        let added = format!("{path}{mark}utm_source=letter&utm_medium=mail");
        let answer = lexwatch.get(&added).await?;
        assert_eq!((answer.status, &answer.body), (StatusCode::OK, &plain.body), "{added}");
    }
    let saved = lexwatch.post("/saved", &[("q", "data")]).await?;
    let link = saved.headers["location"].to_str()?;
    assert_eq!(lexwatch.get(&format!("{link}&utm_source=letter")).await?.status, StatusCode::OK);
    for strict in ["/api/v1/items?utm_source=letter", "/feed.atom?source_utm=x"] {
        assert_eq!(lexwatch.get(strict).await?.status, StatusCode::BAD_REQUEST, "{strict}");
    }
    Ok(())
}

#[tokio::test]
async fn addresses_that_are_nearly_right_lead_there() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    for (nearly, right) in [
        ("/laws/", "/laws"),
        ("/search/?q=a%20b", "/search?q=a%20b"),
        ("/jurisdictions/china", "/jurisdictions/CN"),
    ] {
        let answer = lexwatch.get(nearly).await?;
        assert_eq!(answer.status, StatusCode::PERMANENT_REDIRECT, "{nearly}");
        assert_eq!(answer.headers["location"], right);
    }
    for elsewhere in ["//evil.example/", "/%5Cevil.example/", "/a//", "//"] {
        let answer = lexwatch.get(elsewhere).await?;
        let there = answer.headers.get("location").map(|to| to.as_bytes().to_vec());
        assert!(!there.is_some_and(|to| to.starts_with(b"//")), "{elsewhere}");
        assert!(answer.body.is_empty() || answer.status == StatusCode::NOT_FOUND, "{elsewhere}");
    }
    Ok(())
}

#[tokio::test]
async fn feeds_say_in_which_language_a_title_is() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = started(&world).await?;
    let atom = lexwatch.get("/feed.atom").await?.body;
    assert!(atom.contains("<title xml:lang=\"en\">China adopts"), "{atom}");
    assert_eq!(lexwatch.json("/feed.json").await?["items"][0]["language"], "en");
    Ok(())
}
