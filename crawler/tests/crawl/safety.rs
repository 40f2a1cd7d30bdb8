//! It cannot be made to read what it must not, nor to read without end.

use std::time::Duration;

use crawler::{Crawler, Entry, Error, Format, Settings};

use super::sources::{PAGE, entry, source};
use super::web::{Reply, Web, crawler, now, settings};

async fn fails(crawler: &Crawler, web: &Web, path: &str) -> Error {
    crawler.read(&source(web, "/feed", Format::Feed), &entry(web, path), now()).await.unwrap_err()
}

/// Addresses that lead inside; `{port}` is that of another server on this machine.
const INSIDE: [&str; 35] = [
    "http://127.0.0.1:{port}/a",
    "https://127.0.0.1:{port}/a",
    // The same host in decimal, octal, hexadecimal, short, with a dot at its end, and in other digits.
    "http://2130706433:{port}/a",
    "http://0177.0.0.1:{port}/a",
    "http://0x7f.1:{port}/a",
    "http://0x7f000001:{port}/a",
    "http://017700000001:{port}/a",
    "http://127.1:{port}/a",
    "http://127.0.1:{port}/a",
    "http://127.0.0.1.:{port}/a",
    "http://%31%32%37.0.0.1:{port}/a",
    "http://\u{ff11}\u{ff12}\u{ff17}.0.0.1:{port}/a",
    "http://127\u{3002}0\u{3002}0\u{3002}1:{port}/a",
    "http://localhost:{port}/a",
    "http://LOCALHOST:{port}/a",
    // What looks like another host is the name of a user, or a path.
    "http://example.org@127.0.0.1:{port}/a",
    "http://example.org:80@localhost:{port}/a",
    "http:\\\\127.0.0.1:{port}\\a",
    "//127.0.0.1:{port}/a",
    // This network, private, shared, link-local and unspecified ones.
    "http://0.0.0.0:{port}/a",
    "http://0:{port}/a",
    "http://10.0.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://2852039166/latest/meta-data/",
    "http://[::1]:{port}/a",
    "http://[::]:{port}/a",
    "http://[fc00::1]/",
    "http://[fe80::1]/",
    // IPv4 inside IPv6.
    "http://[::ffff:127.0.0.1]:{port}/a",
    "http://[64:ff9b::7f00:1]:{port}/a",
    "http://[64:ff9b:1::7f00:1]:{port}/a",
    "http://[2002:7f00:1::]:{port}/a",
    "http://[2001:0:7f00:1::]:{port}/a",
    "http://[::127.0.0.1]:{port}/a",
];

#[tokio::test]
async fn no_address_leads_into_a_private_network() {
    let (web, other) = (Web::start().await, Web::start().await);
    other.put("/a", Reply::ok("text/html", PAGE));
    let source = source(&web, "/feed", Format::Feed);
    let inside = INSIDE.map(|to| to.replace("{port}", &other.address.port().to_string()));
    for to in inside.iter().map(String::as_str).chain(["file:///etc/passwd", "javascript:alert(1)"])
    {
        // Where an entry leads, where its page redirects, and where robots.txt does.
        web.put("/robots.txt", Reply::status(404)).put("/a", Reply::to(to));
        let mut errors = vec![fails(&crawler(&web), &web, "/a").await];
        web.put("/robots.txt", Reply::to(to)).put("/a", Reply::ok("text/html", PAGE));
        errors.push(fails(&crawler(&web), &web, "/a").await);
        if let Ok(url) = web.url("/").join(to) {
            let page = Entry::bare(url);
            errors.push(crawler(&web).read(&source, &page, now()).await.unwrap_err());
        }
        for error in errors {
            assert!(matches!(error, Error::AddressRefused(_)), "{to}: {error}");
            assert!(error.to_string().starts_with("address refused: "));
        }
    }
    assert!(other.log().is_empty(), "nobody knocked");
}

#[tokio::test]
async fn a_name_that_leads_into_a_private_network_is_refused() {
    let web = Web::start().await;
    let mut page = entry(&web, "/a");
    page.url.set_host(Some("localhost")).unwrap();
    let source = source(&web, "/feed", Format::Feed);
    let error = crawler(&web).read(&source, &page, now()).await.unwrap_err();
    assert!(matches!(error, Error::AddressRefused(_)), "{error}");
    assert!(error.to_string().contains("localhost leads to"), "{error}");
    assert!(web.log().is_empty());
}

#[tokio::test]
async fn redirects_come_to_an_end() {
    let web = Web::start().await;
    web.put("/a", Reply::to("/b")).put("/b", Reply::to("/a")).put("/self", Reply::to("/self"));
    web.put("/nowhere", Reply::status(302));
    for path in ["/a", "/self", "/nowhere"] {
        let error = fails(&crawler(&web), &web, path).await;
        assert!(matches!(error, Error::Redirects(_)), "{path}: {error}");
    }
    assert!(web.log().len() < 40);
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let web = Web::start().await;
    web.put("/a", Reply::Endless(b"<p>and so on</p>".repeat(1000)));
    let error = fails(&crawler(&web), &web, "/a").await;
    assert_eq!(error.to_string(), "the body is larger than 1 MB");
}

#[tokio::test]
async fn a_small_body_that_unpacks_to_a_large_one_is_cut_off() {
    let web = Web::start().await;
    web.put(
        "/a",
        Reply::Full(
            200,
            "Content-Type: text/html\r\nContent-Encoding: zstd\r\n".to_owned(),
            bomb(),
        ),
    );
    let error = fails(&crawler(&web), &web, "/a").await;
    assert!(matches!(error, Error::TooLarge(_)), "{error}");
}

/// A frame of Zstandard (RFC 8878) of 4 kB that unpacks to 128 MB: each block says "this byte, 128 kB of it".
fn bomb() -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58];
    for block in 0..1000_u32 {
        let header = (128 * 1024) << 3 | 1 << 1 | u32::from(block == 999);
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(b'x');
    }
    frame
}

#[tokio::test]
async fn a_server_that_does_not_get_on_is_left() {
    let web = Web::start().await;
    web.put("/a", Reply::Silence);
    // robots.txt is answered at once, so that the time is the page's alone.
    let hasty = Settings { timeout: Duration::from_millis(300), ..settings(&web) };
    let error = fails(&Crawler::new(hasty).unwrap(), &web, "/a").await;
    assert!(matches!(error, Error::Timeout(_)) && !error.is_permanent(), "{error}");
}

#[tokio::test]
async fn what_breaks_off_and_what_floods_has_a_name() {
    let web = Web::start().await;
    web.put("/a", Reply::BrokenOff);
    let error = fails(&crawler(&web), &web, "/a").await;
    assert!(matches!(error, Error::CutOff(_)) && !error.is_permanent(), "{error}");
    assert_eq!(
        error.to_string(),
        "the answer breaks off: its server closed the connection too early"
    );
    let flood = format!("X-Flood: {}\r\n", "x".repeat(2 << 20));
    web.put("/a", Reply::Full(200, flood, Vec::new()));
    let error = fails(&crawler(&web), &web, "/a").await;
    assert_eq!(error.to_string(), "127.0.0.1 sends more headers than are read");
    assert!(error.is_permanent());
}

#[tokio::test]
async fn pages_that_are_made_to_hurt_are_read_or_refused() {
    let web = Web::start().await;
    let crawler = Crawler::new(Settings { max_body: 30_000_000, ..settings(&web) }).unwrap();
    let source = source(&web, "/feed", Format::Feed);
    let hostile = [
        ("deep", "<div>".repeat(100_000) + PAGE),
        ("wide", format!("<p {}>x</p>{PAGE}", "a=b c ".repeat(500_000))),
        ("long", format!("{PAGE}<p>{}", "a".repeat(20_000_000))),
        ("formatting", "<b><i><a>".repeat(20_000) + &"<p>x".repeat(20_000)),
        ("tables", "<table><tr><td>".repeat(20_000)),
        ("nul", PAGE.replace(' ', "\0")),
        (
            "json",
            format!(r#"<script type="application/ld+json">{}</script>{PAGE}"#, "[".repeat(100_000)),
        ),
        ("dates", PAGE.replace("2017-06-01T09:30:00+02:00", "99999-99-99T99:99:99+99:99")),
    ];
    for (name, page) in hostile {
        web.put("/a", Reply::ok("text/html", page));
        match crawler.read(&source, &entry(&web, "/a"), now()).await {
            Ok(article) => assert!(article.text.len() < 10_000_000, "{name}"),
            Err(error) => assert!(matches!(error, Error::NoArticle(_)), "{name}: {error}"),
        }
    }
}

#[tokio::test]
async fn feeds_that_are_made_to_hurt_are_read_or_refused() {
    let web = Web::start().await;
    let crawler = crawler(&web);
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">
        <!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]>
        <rss><channel><item><title>&f;&f;&f;&f;</title><link>/a</link></item></channel></rss>"#;
    let hostile = [
        ("entities", bomb.to_owned()),
        ("files", r#"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title><link>/a</link></item></channel></rss>"#.to_owned()),
        ("deep", format!("<rss><channel>{}", "<item>".repeat(100_000))),
        ("unclosed", format!("<rss><channel><item>{}", "<title>".repeat(100_000))),
        ("many", format!("<rss><channel>{}", "<item><link>/a</link></item>".repeat(30_000))),
        ("json", format!(r#"{{"version":"https://jsonfeed.org/version/1.1","items":{}"#, "[".repeat(100_000))),
    ];
    for (name, feed) in hostile {
        web.put("/feed", Reply::ok("text/xml", feed));
        let answer = crawler
            .poll(&source(&web, "/feed", Format::Feed), &crawler::Validators::default(), now())
            .await;
        match answer {
            Ok(crawler::Poll::Listed(listed)) => {
                let titles: usize = listed.entries.iter().map(|entry| entry.title.len()).sum();
                assert!(titles < 100_000, "{name}");
                assert!(
                    listed.entries.iter().all(|entry| !entry.title.contains("root:")),
                    "{name}"
                );
            }
            Ok(crawler::Poll::Unchanged(_)) => panic!("{name}"),
            Err(error) => {
                let named = matches!(error, Error::NotAFeed(_) | Error::NothingListed(_));
                assert!(named, "{name}: {error}");
            }
        }
    }
}
