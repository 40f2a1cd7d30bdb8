//! It asks as a guest does: it says who it is, obeys robots.txt, waits its turn, and does not ask for what it has.

use std::time::Duration;

use crawler::{Crawler, Error, Format, Poll, Validators};

use super::sources::{PAGE, entry, source};
use super::web::{Reply, Web, crawler, now, settings};

const FEED: &str = "<rss><channel><item><title>x</title><link>/a</link></item></channel></rss>";

#[tokio::test]
async fn it_says_who_it_is_and_whom_to_ask() {
    let web = Web::start().await;
    web.put("/feed", Reply::ok("text/xml", FEED));
    crawler(&web)
        .poll(&source(&web, "/feed", Format::Feed), &Validators::default(), now())
        .await
        .unwrap();
    for asked in web.log() {
        assert!(
            asked.head.contains("user-agent: lexwatch/0.1 (+ops@example.org)\r\n"),
            "{}",
            asked.head
        );
        assert!(asked.head.contains("from: ops@example.org\r\n"));
    }
}

#[tokio::test]
async fn robots_txt_is_asked_once_and_obeyed() {
    let web = Web::start().await;
    web.put(
        "/robots.txt",
        Reply::ok(
            "text/plain",
            "User-agent: *\nAllow: /\n\nUser-agent: lexwatch\nDisallow: /private\n",
        ),
    );
    web.put("/a", Reply::ok("text/html", PAGE)).put("/private/a", Reply::ok("text/html", PAGE));
    web.put("/moved", Reply::to("/private/a"));
    let (crawler, source) = (crawler(&web), source(&web, "/feed", Format::Feed));
    crawler.read(&source, &entry(&web, "/a"), now()).await.unwrap();
    for path in ["/private/a", "/moved"] {
        let error = crawler.read(&source, &entry(&web, path), now()).await.unwrap_err();
        assert!(matches!(error, Error::Robots(_)), "{path}: {error}");
    }
    assert_eq!((web.count("/robots.txt"), web.count("/private/a")), (1, 0));
    let tomorrow = now() + chrono::TimeDelta::hours(25);
    crawler.read(&source, &entry(&web, "/a"), tomorrow).await.unwrap();
    assert_eq!(web.count("/robots.txt"), 2, "it is kept for a day");
}

#[tokio::test]
async fn a_server_that_cannot_say_its_rules_is_left_alone() {
    let web = Web::start().await;
    web.put("/robots.txt", Reply::status(500)).put("/a", Reply::ok("text/html", PAGE));
    let error = crawler(&web)
        .read(&source(&web, "/feed", Format::Feed), &entry(&web, "/a"), now())
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Unreachable(_)) && !error.is_permanent(), "{error}");
    assert_eq!(web.count("/a"), 0);
}

#[tokio::test]
async fn of_an_enormous_robots_txt_the_beginning_counts() {
    let web = Web::start().await;
    let rules = format!("User-agent: *\nDisallow: /private\n{}", "# nothing\n".repeat(100_000));
    web.put("/robots.txt", Reply::ok("text/plain", rules)).put("/a", Reply::ok("text/html", PAGE));
    let (crawler, source) = (crawler(&web), source(&web, "/feed", Format::Feed));
    crawler.read(&source, &entry(&web, "/a"), now()).await.unwrap();
    let error = crawler.read(&source, &entry(&web, "/private"), now()).await.unwrap_err();
    assert!(matches!(error, Error::Robots(_)), "{error}");
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let web = Web::start().await;
    let headers = "Content-Type: text/xml\r\nETag: \"7\"\r\nLast-Modified: Thu, 01 Jun 2017 09:30:00 GMT\r\nCache-Control: max-age=600\r\n";
    web.put("/feed", Reply::Full(200, headers.to_owned(), FEED.into()));
    let (crawler, source) = (crawler(&web), source(&web, "/feed", Format::Feed));
    let Poll::Listed(first) = crawler.poll(&source, &Validators::default(), now()).await.unwrap()
    else {
        panic!("it is new")
    };
    assert_eq!(first.validators.fresh_until, Some(now() + chrono::TimeDelta::minutes(10)));
    let Poll::Unchanged(second) = crawler.poll(&source, &first.validators, now()).await.unwrap()
    else {
        panic!("it has not changed")
    };
    assert_eq!(second.etag.as_deref(), Some("\"7\""));
    let asked = web.log().pop().unwrap();
    assert!(
        asked.head.contains("if-modified-since: thu, 01 jun 2017 09:30:00 gmt"),
        "{}",
        asked.head
    );
}

#[tokio::test]
async fn requests_to_one_host_keep_their_distance() {
    let web = Web::start().await;
    web.put("/a", Reply::ok("text/html", PAGE)).put("/b", Reply::ok("text/html", PAGE));
    let delay = Duration::from_millis(60);
    let crawler = Crawler::new(crawler::Settings { host_delay: delay, ..settings(&web) }).unwrap();
    let source = source(&web, "/feed", Format::Feed);
    let (a, b) = (entry(&web, "/a"), entry(&web, "/b"));
    let (first, second) =
        tokio::join!(crawler.read(&source, &a, now()), crawler.read(&source, &b, now()));
    first.unwrap();
    second.unwrap();
    let log = web.log();
    assert_eq!(log.len(), 3, "robots.txt and two pages");
    for pair in log.windows(2) {
        let apart = pair[1].at - pair[0].at;
        // The clock of the server runs from the arrival, which may be late by a little.
        assert!(apart > delay / 2, "{} and {} are {apart:?} apart", pair[0].path, pair[1].path);
    }
}

#[tokio::test]
async fn who_asks_to_be_left_alone_is() {
    let web = Web::start().await;
    web.put("/feed", Reply::Full(429, "Retry-After: 120\r\n".to_owned(), Vec::new()));
    let (crawler, source) = (crawler(&web), source(&web, "/feed", Format::Feed));
    let error = crawler.poll(&source, &Validators::default(), now()).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(120)));
    let error = crawler.poll(&source, &Validators::default(), now()).await.unwrap_err();
    assert!(matches!(error, Error::LeftAlone(_)), "{error}");
    assert_eq!(web.count("/feed"), 1);
}
