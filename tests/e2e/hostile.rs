//! Whatever headlines and authors are made of, they come out as text, everywhere. What the terminal shows is tried
//! beside the binary, in `web/tests/cli/terminal.rs`.

use index::{NewSubscription, Query, Rhythm};
use scraper::{Html, Selector};
use serde_json::Value;
use tests::{Lexwatch, World, publish_tricks, readable, tricks};
use web::jobs::briefing;

/// Ways in which each trick comes in.
const WAYS: usize = 3;

async fn world() -> anyhow::Result<(World, Lexwatch)> {
    let mut world = World::new().await?;
    publish_tricks(&world.web);
    world.source("pages", "feed", "/pages.xml", "");
    world.source("wire", "feed", "/wire.xml", "read = false");
    let lexwatch = world.start().await?;
    let report = lexwatch.ingest().await?;
    assert_eq!((report.kept, report.failed), (WAYS * tricks().len(), 0), "{:?}", report.failures);
    Ok((world, lexwatch))
}

/// The ids of all items.
async fn ids(lexwatch: &Lexwatch) -> anyhow::Result<Vec<String>> {
    let found = lexwatch.json("/api/v1/items?policy=any&fold=false&limit=200").await?;
    let items = found["items"].as_array().into_iter().flatten();
    Ok(items.filter_map(|item| Some(item["id"].as_str()?.to_owned())).collect())
}

/// What steers a terminal, turns a line, hides or is no character; a line may end, where there are lines.
fn steers(c: char) -> bool {
    let hides = matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
        | '\u{e0000}'..='\u{e0fff}');
    hides || (c.is_control() && c != '\n')
}

fn assert_plain(name: &str, text: &str) {
    if let Some(at) = text.find(steers) {
        let before = text.floor_char_boundary(at.saturating_sub(60));
        let after = text.ceil_char_boundary((at + 60).min(text.len()));
        panic!("{name} has {:?}", &text[before..after]);
    }
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap_or_else(|error| panic!("{selector}: {error}"))
}

/// Nothing runs, is fetched or is steered by a page or letter.
fn assert_inert(name: &str, html: &str) {
    assert_plain(name, html);
    let page = Html::parse_document(html);
    let runs = "script:not([type='application/ld+json']):not([src^='/static/keys-']), img, iframe, object, embed, base, meta[http-equiv=refresh], a[href^='javascript']";
    let found = page.select(&css(runs)).next().map(|found| found.html());
    assert_eq!(found, None, "{name}");
    for element in page.select(&css("*")) {
        let handler = element.value().attrs().find(|(name, _)| name.starts_with("on"));
        assert_eq!(handler, None, "{name}");
    }
    assert!(html.len() < 400_000, "{name} has {} bytes", html.len());
}

fn text_of(html: &str, selector: &str) -> String {
    let page = Html::parse_document(html);
    page.select(&css(selector)).flat_map(|found| found.text()).collect()
}

#[tokio::test]
async fn they_are_kept_as_text() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    for id in ids(&lexwatch).await? {
        let item = lexwatch.get(&format!("/api/v1/items/{id}")).await?;
        assert!(item.headers["content-type"].to_str()?.starts_with("application/json"));
        let kept: Value = serde_json::from_str(&item.body)?;
        let (title, url) = (kept["title"].as_str().unwrap_or_default(), &kept["url"]);
        assert!(!title.is_empty() && title.len() <= 2000, "{url}: {title}");
        let byline = kept["byline"].as_str().unwrap_or_default();
        assert!(byline.len() <= 1000, "{url}: {byline}");
        for text in [title, byline] {
            assert!(!text.contains(|c: char| c.is_control()), "{url}: {text:?}");
        }
        let trick = tricks()
            .into_iter()
            .find(|trick| url.as_str().is_some_and(|url| url.ends_with(trick.name)));
        let name = trick.as_ref().map(|trick| trick.name);
        match name {
            // Of a headline without end there is the beginning.
            Some("long") => assert!(title.starts_with("long long"), "{url}: {title}"),
            Some("scripted") => {
                assert!(title.starts_with("<script>alert(1)</script>"), "{url}: {title}")
            }
            Some("entitled") => assert!(
                title.contains("&lt;script&gt;") || title.contains("<script>"),
                "{url}: {title}"
            ),
            _ => assert!(title.contains("China adopts law on encryption"), "{url}: {title}"),
        }
    }
    Ok(())
}

#[tokio::test]
async fn pages_show_them_as_text() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    let lists = [
        "/",
        "/search?policy=any",
        "/search?q=encryption&policy=any&sort=newest",
        "/sources",
        "/jurisdictions/CN",
    ];
    for path in lists {
        let page = lexwatch.get(path).await?;
        assert_eq!(page.status, 200, "{path}");
        assert_inert(path, &page.body);
    }
    let mut seen = 0;
    for id in ids(&lexwatch).await? {
        let page = lexwatch.get(&format!("/items/{id}")).await?.body;
        assert_inert(&id, &page);
        let headline = text_of(&page, "h1");
        seen += usize::from(headline.starts_with("<script>alert(1)</script> China"));
        let described = text_of(&page, "script");
        assert!(!described.contains('<'), "{described}");
        let described: Value = serde_json::from_str(&described)?;
        let said = described["mainEntity"]["headline"].as_str().unwrap_or_default();
        assert!(said.starts_with(headline.trim_end_matches('…')), "{said} for {headline}");
    }
    assert_eq!(seen, WAYS, "the words of a script are words");
    Ok(())
}

#[tokio::test]
async fn feeds_and_exports_hand_them_on_as_text() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    let atom = lexwatch.get("/feed.atom?policy=any").await?.body;
    assert_plain("Atom", &atom);
    let read = crawler::feed::parse(atom.as_bytes(), Some("application/atom+xml"), None)?;
    assert_eq!(read.entries.len(), 50.min(WAYS * tricks().len()));
    assert!(!atom.contains("<script") && !atom.contains("<img"), "{atom}");
    assert!(atom.len() < 200_000, "{} bytes", atom.len());
    let json = lexwatch.json("/feed.json?policy=any").await?;
    for item in json["items"].as_array().into_iter().flatten() {
        assert_plain("JSON Feed", item["title"].as_str().unwrap_or_default());
    }

    let csv = lexwatch.get("/api/v1/export.csv?policy=any").await?.body;
    let rows = cells(&csv);
    assert_eq!(rows.len(), 1 + WAYS * tricks().len());
    for row in &rows {
        assert_eq!(row.len(), rows[0].len(), "{row:?}");
        for cell in row {
            assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            assert_plain("CSV", cell);
        }
    }
    let titles: Vec<_> = rows.iter().map(|row| row[2].as_str()).collect();
    for formula in ["'=HYPERLINK", "'+1+cmd", "'-2+3", "'@SUM", "'=1+1"] {
        assert!(titles.iter().any(|title| title.starts_with(formula)), "{formula} in {titles:?}");
    }
    let lines = lexwatch.get("/api/v1/export.ndjson?policy=any").await?.body;
    assert_eq!(lines.lines().count(), WAYS * tricks().len());
    for line in lines.lines() {
        serde_json::from_str::<Value>(line)?;
    }
    Ok(())
}

/// CSV as RFC 4180 has it, read character by character.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut rest = csv.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && rest.next_if_eq(&'\n').is_some() => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    assert_eq!((row.len(), cell.as_str(), quoted), (0, "", false), "the last line ends");
    rows
}

#[tokio::test]
async fn citations_hold_them_in_one_field() -> anyhow::Result<()> {
    let (_world, lexwatch) = world().await?;
    for id in ids(&lexwatch).await? {
        let bibtex = lexwatch.get(&format!("/items/{id}/cite.bib")).await?.body;
        assert_plain("BibTeX", &bibtex);
        let braces = bibtex.replace("\\{", "").replace("\\}", "");
        let depth = |braces: &str| braces.matches('{').count() - braces.matches('}').count();
        for line in braces.lines().filter(|line| line.starts_with("  ")) {
            assert_eq!(depth(line), 0, "{bibtex}");
        }
        assert_eq!((depth(&braces), bibtex.starts_with("@online{")), (0, true), "{bibtex}");
        assert!(!bibtex.contains("\\input"), "{bibtex}");
        let fields =
            ["author", "title", "organization", "date", "year", "url", "urldate", "language"];
        for line in bibtex.lines().skip(1).filter(|line| *line != "}") {
            let is_field = |name: &&str| line.starts_with(&format!("  {name} = {{"));
            assert!(fields.iter().any(is_field), "{line}");
        }
        let ris = lexwatch.get(&format!("/items/{id}/cite.ris")).await?.body;
        assert_plain("RIS", &ris.replace("\r\n", "\n"));
        let tags: Vec<_> =
            ris.lines().filter_map(|line| Some(line.split_once("  - ")?.0)).collect();
        assert_eq!(tags.len(), ris.lines().count(), "{ris}");
        for (tag, times) in [("TY", 1), ("TI", 1), ("ER", 1), ("UR", 1)] {
            assert_eq!(tags.iter().filter(|found| **found == tag).count(), times, "{ris}");
        }
        let csl = lexwatch.json(&format!("/items/{id}/cite.json")).await?;
        assert_plain("CSL-JSON", csl[0]["title"].as_str().unwrap_or_default());
    }
    Ok(())
}

#[tokio::test]
async fn letters_carry_them_as_text() -> anyhow::Result<()> {
    let (world, lexwatch) = world().await?;
    // One letter with all of them, and for each a letter that has it in its subject.
    let all = std::iter::once(String::new());
    let queries: Vec<_> =
        all.chain(tricks().iter().map(|trick| format!("{} source:wire", trick.name))).collect();
    for (number, query) in queries.iter().enumerate() {
        subscribe(&lexwatch, &format!("reader-{number}@example.org"), query).await?;
    }
    briefing::send_due(&lexwatch.app, "2026-11-24T08:00:00Z".parse()?).await?;
    let letters = world.mailbox.letters();
    // Of a headline without end the last word is gone.
    assert!(letters.len() >= queries.len() - 1, "{} letters", letters.len());
    for (reader, letter) in letters {
        let (head, body) = letter.split_once("\n\n").unwrap_or_default();
        assert!(head.lines().all(|line| line.is_ascii() && line.len() <= 998), "{head}");
        assert!(!head.contains(|c: char| c.is_control() && c != '\n'), "{head:?}");
        let names = head.lines().filter(|line| !line.starts_with([' ', '\t']));
        let names: Vec<_> = names.filter_map(|line| Some(line.split_once(": ")?.0)).collect();
        for (name, times) in [("Bcc", 0), ("Subject", 1), ("To", 1), ("From", 1)] {
            assert_eq!(names.iter().filter(|found| **found == name).count(), times, "{head}");
        }
        let parts: Vec<_> =
            body.split("--=_lexwatch\n").filter_map(|part| part.split_once("\n\n")).collect();
        let [(_, text), (_, html)] = parts[..] else {
            panic!("{} parts for {reader}", parts.len())
        };
        assert_plain("the text", &readable(text));
        assert_inert("the HTML", &readable(html));
    }
    Ok(())
}

async fn subscribe(lexwatch: &Lexwatch, email: &str, query: &str) -> anyhow::Result<()> {
    let (query, errors) = Query::parse(query);
    assert!(errors.is_empty(), "{errors:?}");
    let new = NewSubscription {
        email: email.to_owned(),
        query,
        rhythm: Rhythm::Now,
        zone: "Europe/Berlin".to_owned(),
        hour: 7,
        mark: 0,
        last_run: None,
        confirmed: true,
        created: lexwatch.app.now(),
    };
    lexwatch.app.index.store().subscribe(&new, None).await?;
    Ok(())
}
