//! Promise: what a form does, a reader did; no other site's page can do it in their name.

use axum::http::StatusCode;
use tests::{Lexwatch, World};

/// All forms: where each goes and what it sends.
async fn forms(
    lexwatch: &Lexwatch,
) -> anyhow::Result<Vec<(String, Vec<(&'static str, &'static str)>)>> {
    let items = lexwatch.json("/api/v1/items").await?;
    let id = items["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    Ok(vec![
        ("/mark".to_owned(), vec![("at", "2026-11-23")]),
        ("/saved".to_owned(), vec![("q", "law")]),
        (format!("/items/{id}/report"), vec![("tag", "other"), ("words", "Wrong.")]),
        (
            "/subscribe".to_owned(),
            vec![
                ("email", "a@example.org"),
                ("q", "law"),
                ("rhythm", "daily"),
                ("hour", "7"),
                ("zone", "UTC"),
            ],
        ),
        ("/subscriptions/nobody/unsubscribe".to_owned(), vec![]),
    ])
}

#[tokio::test]
async fn forms_of_other_sites_are_refused_and_do_nothing() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let foreign = [
        [("host", "lex.example"), ("sec-fetch-site", "cross-site")],
        [("host", "lex.example"), ("sec-fetch-site", "same-site")],
        [("host", "lex.example"), ("origin", "https://evil.example")],
        [("host", "lex.example"), ("origin", "null")],
    ];
    for (path, form) in forms(&lexwatch).await? {
        for headers in foreign {
            let answer = lexwatch.post_as(&path, &form, &headers).await?;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert!(
                answer.body.contains("page sent this form, so nothing was done"),
                "{}",
                answer.body
            );
            assert!(!answer.headers.contains_key("set-cookie"), "{path}");
        }
    }
    let store = lexwatch.app.index.store();
    assert_eq!(store.subscriptions().await?.len(), 0);
    assert!(store.reports(true, 0, 10).await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn forms_of_this_site_and_of_no_browser_are_taken() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let own: [&[(&str, &str)]; 4] = [
        &[
            ("host", "lex.example"),
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://lex.example"),
        ],
        &[("host", "lex.example"), ("origin", "https://lex.example")],
        // Typed into the address bar, or sent by a mail server.
        &[("host", "lex.example"), ("sec-fetch-site", "none")],
        &[],
    ];
    for (path, form) in forms(&lexwatch).await? {
        for headers in own {
            let answer = lexwatch.post_as(&path, &form, headers).await?;
            assert_ne!(answer.status, StatusCode::FORBIDDEN, "{path} {headers:?}");
        }
    }
    // Whoever reads is not asked where they come from.
    let link = [("host", "lex.example"), ("sec-fetch-site", "cross-site")];
    assert_eq!(lexwatch.get_as("/search?q=law", &link).await?.status, StatusCode::OK);
    Ok(())
}
