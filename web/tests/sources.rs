//! `lexwatch sources`: what a site offers is found, what is wrong with a source is said, lists of feeds come and go.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tests::{FakeWeb, Reply, World};

#[path = "sources/discovery.rs"]
mod discovery;
#[path = "sources/lists.rs"]
mod lists;

const DATE: &str = "Mon, 23 Nov 2026 08:00:00 GMT";

fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lexwatch"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap()
}

/// Runs beside a web that lives in this test's own runtime.
async fn run(world: &World, arguments: &[&str]) -> Output {
    world.write_settings().unwrap();
    let (folder, arguments) =
        (world.folder().to_owned(), arguments.iter().map(|a| (*a).to_owned()).collect::<Vec<_>>());
    tokio::task::spawn_blocking(move || {
        run_in(&folder, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    })
    .await
    .unwrap()
}

fn json_lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn put(web: &FakeWeb, path: &str, kind: &str, body: impl Into<Vec<u8>>) {
    web.put(path, Reply::Body(kind.to_owned(), body.into()));
}

#[tokio::test]
async fn what_a_site_offers_is_found_and_proposed() {
    let world = World::new().await.unwrap();
    let web = &world.web;
    web.html(
        "/",
        "<html lang=\"fr\"><head><title>Agence</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/actu.xml\">\
         <link rel=\"alternate\" type=\"application/atom+xml\" href=\"/gone.atom\"></head><body><a href=\"/avis/feed\">RSS</a>\
         <a href=\"http://10.0.0.1/rss\">inside</a></body></html>",
    );
    web.rss(
        "/actu.xml",
        tests::feed(&web.url(""), &[("/a", "Un avis", DATE), ("/b", "Deux avis", DATE)]),
    );
    put(
        web,
        "/avis/feed",
        "application/feed+json",
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"Avis",
        "language":"fr-FR","items":[{"id":"1","url":"/c","title":"C","date_published":"2026-11-20T10:00:00Z"}]}"#,
    );
    put(
        web,
        "/robots.txt",
        "text/plain",
        format!("User-agent: *\nDisallow: /private\nSitemap: {}\n", web.url("/news.xml")),
    );
    put(
        web,
        "/news.xml",
        "text/xml",
        format!(
            "<urlset><url><loc>{}</loc><lastmod>2026-11-01</lastmod></url></urlset>",
            web.url("/a")
        ),
    );
    let site = web.url("/");
    let output = run(&world, &["sources", "discover", &site]).await;
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let offers = json_lines(&output);
    let formats: Vec<_> = offers.iter().map(|offer| offer["format"].as_str().unwrap()).collect();
    assert_eq!(formats, ["feed", "feed", "sitemap"], "{offers:#?}");
    assert_eq!(offers[0]["entries"], 2);
    assert_eq!(
        (&offers[1]["title"], &offers[1]["language"]),
        (&Value::from("Avis"), &Value::from("fr"))
    );
    assert_eq!(offers[0]["language"], "fr", "its page says so");
    assert!(errors(&output).contains("gone.atom: the server answered 404"), "{}", errors(&output));
    assert!(errors(&output).contains("10.0.0.1:80 is not a public address"), "{}", errors(&output));

    // What is proposed can be followed as it is.
    let toml = run(&world, &["sources", "discover", "--toml", &site]).await;
    let file = world.folder().join("found.toml");
    std::fs::write(&file, &toml.stdout).unwrap();
    let found = web::config::catalog::parse("found.toml", &String::from_utf8(toml.stdout).unwrap())
        .unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!(found[0].language.as_deref(), Some("fr"));
}

#[tokio::test]
async fn without_feeds_the_usual_places_and_the_links_are_tried() {
    let world = World::new().await.unwrap();
    let links: String = (0..8)
        .map(|n| format!("<li><a href=\"/n/{n}\">The agency publishes notice number {n}</a></li>"))
        .collect();
    world.web.html("/list", format!("<html><title>Notices</title><ul>{links}</ul></html>"));
    let output = run(&world, &["sources", "discover", &world.web.url("/list")]).await;
    let offers = json_lines(&output);
    assert_eq!(
        (offers.len(), &offers[0]["format"], &offers[0]["entries"]),
        (1, &Value::from("listing"), &Value::from(8))
    );
    assert_eq!(world.web.hits("/feed.json"), 1, "{:?}", world.web.log());
    world.web.rss("/rss.xml", tests::feed(&world.web.url(""), &[("/a", "A", DATE)]));
    let output = run(&world, &["sources", "discover", &world.web.url("/list")]).await;
    assert_eq!(json_lines(&output)[0]["url"], world.web.url("/rss.xml"));
    world.web.html("/nothing", "<html><title>Nothing</title></html>");
    world.web.put("/rss.xml", Reply::Status(404));
    let none = run(&world, &["sources", "discover", &world.web.url("/nothing")]).await;
    assert_eq!(none.status.code(), Some(2));
    assert_eq!(
        run(&world, &["sources", "discover", &world.web.url("/away")]).await.status.code(),
        Some(1)
    );
    assert_eq!(
        run(&world, &["sources", "discover", "ftp://example.org/"]).await.status.code(),
        Some(2)
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_source_is_said_in_a_sentence() {
    let mut world = World::with_press(&[("China", "encryption")]).await.unwrap();
    let web = world.web.clone();
    put(&web, "/robots.txt", "text/plain", "User-agent: *\nDisallow: /private\n");
    web.html("/page", "<html><head><title>News</title><link rel=alternate type=application/rss+xml href=/feed.xml></head></html>");
    web.html("/wall", "<html><head><title>Just a moment...</title></head></html>");
    web.put("/refuses", Reply::Status(403));
    web.put("/silence", Reply::Silence);
    web.put("/for-now", Reply::Redirect(web.url("/feed.xml")));
    web.put("/for-good", Reply::Moved(web.url("/feed.xml")));
    web.rss("/empty", "<rss><channel><title>Empty</title></channel></rss>");
    web.rss(
        "/old",
        tests::feed(&web.url(""), &[("/a", "Long ago", "Mon, 03 Jan 2022 08:00:00 GMT")]),
    );
    let expected = [
        ("press", "/feed.xml", "ok", "lists 1 entries"),
        ("private", "/private/feed", "robots", "forbids"),
        ("html", "/page", "not-a-feed", "the page names the feed"),
        ("wall", "/wall", "refused", "against robots"),
        ("refuses", "/refuses", "refused", "403"),
        ("gone", "/gone", "not-found", "404"),
        ("silence", "/silence", "timeout", "2 seconds"),
        ("for-now", "/for-now", "ok", "lists 1"),
        ("for-good", "/for-good", "moved", "moved for good to"),
        ("empty", "/empty", "empty", "lists nothing"),
        ("old", "/old", "quiet", "2022-01-03"),
    ];
    for (id, path, _, _) in expected.iter().filter(|(id, ..)| *id != "press") {
        world.source(id, "feed", path, "");
    }
    let output = run(&world, &["sources", "check"]).await;
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let reports = json_lines(&output);
    assert_eq!(reports.len(), expected.len());
    for (id, _, status, says) in expected {
        let report = reports.iter().find(|report| report["id"] == id).unwrap();
        assert_eq!(report["status"], status, "{report:#}");
        assert!(report["says"].as_str().unwrap().contains(says), "{report:#}");
        assert!(
            errors(&output).contains(report["says"].as_str().unwrap()),
            "a person reads it too"
        );
    }
    let html = reports.iter().find(|report| report["id"] == "html").unwrap();
    assert_eq!(html["feed"], web.url("/feed.xml"));
    assert_eq!(web.hits("/private/feed"), 0, "a check is a guest as well");
    let one = run(&world, &["sources", "check", "--source", "press"]).await;
    assert_eq!(json_lines(&one).len(), 1);
    assert_eq!(
        run(&world, &["sources", "check", "--source", "nobody"]).await.status.code(),
        Some(2)
    );
}

const LIST: &str = r#"<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
    <outline text="Law &amp; order"><outline text="Europe">
      <outline type="rss" text="Agency &quot;A&quot;" xmlUrl="https://a.example/feed" htmlUrl="https://a.example/" language="de-AT"/>
    </outline></outline>
    <outline type="rss" text="B" xmlUrl="http://www.known.example/rss/" category="/Tech/Security,Law"/>
    <outline type="rss" text="Same" xmlUrl="https://a.example/feed#x"/>
    <outline type="rss" title="Bare" xmlUrl="https://b.example/feed"/>
    <outline type="rss" text="Bad" xmlUrl="javascript:alert(1)"/></body></opml>"#;

#[test]
fn a_list_is_added_to_what_stands_there() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let standing = "# Mine, by hand.\n[[source]]\nid = \"a\"\nname = \"Known\"\nurl = \"https://known.example/rss\"\nformat = \"feed\"\n\
                    publisher = \"regulator\"\nschedule = \"0 0 * * * *\"  # hourly";
    std::fs::write(at("mine.toml"), standing).unwrap();
    std::fs::write(at("lexwatch.toml"), "[sources]\nfile = \"mine.toml\"\n").unwrap();
    std::fs::write(at("list.opml"), LIST).unwrap();
    let output = run_in(folder.path(), &["sources", "import", "list.opml"]);
    assert_eq!(output.status.code(), Some(2), "a bad line is named: {}", errors(&output));
    let report = &json_lines(&output)[0];
    assert_eq!([&report["added"], &report["known"], &report["bad"]], [2, 1, 1], "{report:#}");
    let text = std::fs::read_to_string(at("mine.toml")).unwrap();
    assert!(text.starts_with(standing), "{text}");
    let sources = web::config::catalog::parse("mine.toml", &text).unwrap();
    let new =
        sources.iter().find(|source| source.url.as_str() == "https://a.example/feed").unwrap();
    assert_eq!(new.name, "Agency \"A\"");
    assert_eq!(new.categories, ["Law & order", "Europe"]);
    assert_eq!(new.language.as_deref(), Some("de"));
    assert!(new.unchecked && new.id.0 != "a");
    let again = run_in(folder.path(), &["sources", "import", "list.opml"]);
    assert_eq!(json_lines(&again)[0]["added"], 0);
    assert_eq!(std::fs::read_to_string(at("mine.toml")).unwrap(), text);

    // Out and in again: nothing is lost on the way.
    let exported = run_in(folder.path(), &["sources", "export"]);
    std::fs::write(at("back.opml"), &exported.stdout).unwrap();
    std::fs::write(at("mine.toml"), standing).unwrap();
    let back = run_in(folder.path(), &["sources", "import", "back.opml"]);
    assert_eq!(back.status.code(), Some(0), "{}", errors(&back));
    let back = web::config::catalog::parse(
        "mine.toml",
        &std::fs::read_to_string(at("mine.toml")).unwrap(),
    )
    .unwrap();
    let new = back.iter().find(|source| source.url.as_str() == "https://a.example/feed").unwrap();
    assert_eq!((new.name.as_str(), new.categories.len()), ("Agency \"A\"", 2));
}

#[test]
fn without_a_file_of_ones_own_the_bundled_catalogue_stays() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("list.opml"), LIST).unwrap();
    let output = run_in(folder.path(), &["sources", "import", "list.opml"]);
    assert!(errors(&output).contains("file = \"sources.toml\""), "{}", errors(&output));
    let text = std::fs::read_to_string(folder.path().join("sources.toml")).unwrap();
    let bundled = web::config::catalog::bundled().unwrap().len();
    assert_eq!(web::config::catalog::parse("sources.toml", &text).unwrap().len(), bundled + 3);
}

#[test]
fn a_hostile_list_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let feed = "<outline text='x' xmlUrl='https://c.example/feed'/>";
    let deep = format!(
        "<opml><body>{}{feed}</body>",
        "<outline text='folder in a folder'>".repeat(200_000)
    );
    let bomb = format!(
        "<!DOCTYPE opml [<!ENTITY a \"{}\">{}]><opml><body><outline text='&j;' xmlUrl='https://c.example/feed'/></body></opml>",
        "ha".repeat(400),
        ('b'..='j')
            .map(|c| format!(
                "<!ENTITY {c} \"{}\">",
                format!("&{};", (c as u8 - 1) as char).repeat(10)
            ))
            .collect::<String>()
    );
    let large = format!("<opml><body>{}", feed.repeat(1_000_000));
    for (name, list, code) in [
        ("deep", deep, 0),
        ("bomb", bomb, 0),
        ("large", large, 2),
        ("none", "<html></html>".to_owned(), 2),
    ] {
        let _ = std::fs::remove_file(folder.path().join("sources.toml"));
        std::fs::write(folder.path().join("list.opml"), list).unwrap();
        let output = run_in(folder.path(), &["sources", "import", "list.opml"]);
        assert_eq!(output.status.code(), Some(code), "{name}: {}", errors(&output));
        if code == 0 {
            let size = std::fs::metadata(folder.path().join("sources.toml")).unwrap().len();
            assert!(size < 200_000, "{name}: {size} bytes");
        } else {
            assert!(!folder.path().join("sources.toml").exists(), "{name}");
        }
    }
}
