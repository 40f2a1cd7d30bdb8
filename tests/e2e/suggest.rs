//! While a reader types, the filters that may be meant are offered.

use axum::http::StatusCode;
use serde_json::Value;
use tests::{Lexwatch, World};
use url::form_urlencoded::byte_serialize;

async fn suggested(lexwatch: &Lexwatch, text: &str) -> anyhow::Result<Vec<Value>> {
    let text: String = byte_serialize(text.as_bytes()).collect();
    let answer = lexwatch.json(&format!("/api/v1/suggest?q={text}")).await?;
    Ok(answer["suggestions"].as_array().cloned().unwrap_or_default())
}

async fn values(lexwatch: &Lexwatch, text: &str) -> anyhow::Result<Vec<String>> {
    let found = suggested(lexwatch, text).await?;
    Ok(found.iter().map(|one| one["value"].as_str().unwrap_or_default().to_owned()).collect())
}

#[tokio::test]
async fn the_beginning_of_any_name_is_enough() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let lexwatch = world.start().await?;
    for (text, value) in [
        ("chin", "country:CN"),
        ("CHIN", "country:CN"),
        ("source code chin", "country:CN"),
        ("fr", "country:FR"),
        ("apple -encry", "topic:encryption"),
        ("(apple OR encry", "topic:encryption"),
        ("in for", "stage:in-force"),
        ("data-loc", "topic:data-localization"),
        ("privac", "topic:data-protection"),
        ("gdp", "law:gdpr"),
        ("the pre", "source:press"),
        // Without the accent, in other languages, with another ending.
        ("osterr", "country:AT"),
        ("cote d'iv", "country:CI"),
        ("afganistá", "country:AF"),
        ("中国", "country:CN"),
        ("网络安", "law:china-cybersecurity-law"),
        ("Афганистане", "country:AF"),
        // Offices, under any of their names.
        ("rosk", "Roskomnadzor"),
        ("vpn -роском", "Roskomnadzor"),
        ("cyberspace adm", "\"Cyberspace Administration of China\""),
        ("cnil", "CNIL"),
        // A word in the midst of a name.
        ("emirates", "country:AE"),
    ] {
        let found = values(&lexwatch, text).await?;
        assert!(found.iter().any(|one| one == value), "{text}: {found:?}");
    }
    Ok(())
}

#[tokio::test]
async fn after_a_filters_name_only_its_values_are_offered() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let lexwatch = world.start().await?;
    for (text, value) in [
        ("country:chin", "country:CN"),
        ("Jurisdiction:CHIN", "country:CN"),
        ("country:IN,chin", "country:IN,CN"),
        ("country:\"united k", "country:GB"),
        ("topic:enc", "topic:encryption"),
        ("-topic:enc", "topic:encryption"),
        ("stage:", "stage:proposed"),
        ("law:gdp", "law:gdpr"),
        ("source:p", "source:press"),
        ("lang:ger", "lang:de"),
        ("publisher:reg", "publisher:regulator"),
    ] {
        let found = values(&lexwatch, text).await?;
        let kind = value.split_inclusive(':').next().unwrap_or_default();
        assert!(found.iter().any(|one| one == value), "{text}: {found:?}");
        assert!(found.iter().all(|one| one.starts_with(kind)), "{text}: {found:?}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_taken_reads_as_the_filter() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let lexwatch = world.start().await?;
    for text in ["apple united ki", "-chin", "x (country:\"viet n", "law:\"china cyb", "the pres"] {
        for one in suggested(&lexwatch, text).await? {
            let replaces = one["replaces"].as_str().unwrap_or_default();
            let rest = text.strip_suffix(replaces).unwrap_or_else(|| panic!("{text}: {one}"));
            let taken = format!("{rest}{}", one["value"].as_str().unwrap_or_default());
            let (query, notes) = index::Query::parse(&taken);
            let notes: Vec<_> = notes.iter().filter(|note| !note.what.contains("closed")).collect();
            assert!(notes.is_empty(), "{taken}: {notes:?}");
            assert!(query.to_text().contains(':'), "{taken}");
        }
    }
    let first = &suggested(&lexwatch, "apple united ki").await?[0];
    let taken = (&first["value"], &first["name"], &first["replaces"]);
    assert_eq!(taken, (&"country:GB".into(), &"United Kingdom".into(), &"united ki".into()));
    Ok(())
}

#[tokio::test]
async fn nothing_is_offered_where_nothing_can_be_meant() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let lexwatch = world.start().await?;
    for text in [
        "",
        " ",
        "c",
        "chin ",
        "\"chin",
        "\"china\"",
        "xyzzyx",
        "after:2017",
        "colour:re",
        ":",
        "-",
        "(",
        "*",
        "%",
        "\0",
        "\u{202e}\u{202d}",
        "country:chin\"",
        "country:\"CN\"",
        "lang:chin\u{301}\u{301}x",
        "<script>",
    ] {
        assert_eq!(values(&lexwatch, text).await?, [""; 0], "{text:?}");
    }
    assert_eq!(lexwatch.json("/api/v1/suggest").await?["suggestions"], Value::Array(Vec::new()));
    Ok(())
}

#[tokio::test]
async fn however_much_is_typed_the_answer_is_short() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    for number in 0..30 {
        world.source(&format!("china-{number}"), "feed", &format!("/{number}.xml"), "");
    }
    let lexwatch = world.start().await?;
    let many = "china ".repeat(2_000) + "chin";
    let long = format!("country:{}chin", "CN,".repeat(5_000));
    for text in
        ["china", "country:", "source:china", &many, &long, &"中".repeat(5_000), &"(".repeat(9_000)]
    {
        let path: String = byte_serialize(text.as_bytes()).collect();
        let answer = lexwatch.get(&format!("/api/v1/suggest?q={path}")).await?;
        assert_eq!(answer.status, StatusCode::OK);
        let found: Value = serde_json::from_str(&answer.body)?;
        assert!(found["suggestions"].as_array().is_some_and(|found| found.len() <= 10));
        assert!(answer.body.len() < 8_192, "{} bytes", answer.body.len());
    }
    assert_eq!(values(&lexwatch, &many).await?.first().map(String::as_str), Some("country:CN"));
    Ok(())
}
