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
    assert!(matches!(error, Error::RobotsUnknown { .. }) && !error.is_permanent(), "{error}");
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

#[tokio::test]
async fn a_move_for_good_is_remembered_and_one_for_now_is_not() {
    let web = Web::start().await;
    web.put("/new", Reply::ok("text/xml", FEED));
    let to = |status: u16, to: &str| Reply::Full(status, format!("Location: {to}\r\n"), Vec::new());
    web.put("/a", to(301, "/b")).put("/b", to(308, "/new"));
    web.put("/c", to(301, "/d")).put("/d", to(302, "/new")).put("/e", to(307, "/new"));
    let crawler = crawler(&web);
    for (path, moved) in [("/a", Some("/new")), ("/c", None), ("/e", None), ("/new", None)] {
        let source = source(&web, path, Format::Feed);
        let Poll::Listed(listed) =
            crawler.poll(&source, &Validators::default(), now()).await.unwrap()
        else {
            panic!("it is new")
        };
        assert_eq!(listed.validators.moved_to, moved.map(|path| web.url(path)), "{path}");
        let before = web.log().len();
        crawler.poll(&source, &listed.validators, now()).await.unwrap();
        let asked: Vec<_> = web.log()[before..].iter().map(|asked| asked.path.clone()).collect();
        let expected: &[&str] = match path {
            "/c" => &["/c", "/d", "/new"],
            "/e" => &["/e", "/new"],
            _ => &["/new"],
        };
        assert_eq!(asked, expected);
    }
}

#[tokio::test]
async fn robots_txt_is_handed_on_and_good_for_a_day() {
    let web = Web::start().await;
    web.put("/robots.txt", Reply::ok("text/plain", "User-agent: *\nDisallow: /private\n"));
    web.put("/a", Reply::ok("text/html", PAGE)).put("/private", Reply::ok("text/html", PAGE));
    let source = source(&web, "/feed", Format::Feed);
    let first = crawler(&web);
    first.read(&source, &entry(&web, "/a"), now()).await.unwrap();
    let learnt = first.take_robots();
    assert_eq!((learnt.len(), first.take_robots().len()), (1, 0), "each file once");

    let second = crawler(&web);
    second.know_robots(learnt.clone());
    let private = entry(&web, "/private");
    let error = second.read(&source, &private, now()).await.unwrap_err();
    assert!(matches!(error, Error::Robots(_)), "{error}");
    assert_eq!(web.count("/robots.txt"), 1);

    // The server cannot say what holds a day later: what it said before is obeyed, but not for ever.
    web.put("/robots.txt", Reply::status(503));
    let tomorrow = now() + chrono::TimeDelta::hours(25);
    second.read(&source, &entry(&web, "/a"), tomorrow).await.unwrap();
    let error = second.read(&source, &private, tomorrow).await.unwrap_err();
    assert!(matches!(error, Error::Robots(_)), "{error}");
    assert_eq!(web.count("/robots.txt"), 2);
    let third = crawler(&web);
    third.know_robots(learnt);
    let later = now() + chrono::TimeDelta::days(31);
    let error = third.read(&source, &entry(&web, "/a"), later).await.unwrap_err();
    assert!(matches!(error, Error::RobotsUnknown { .. }), "{error}");
}

/// RFC 9309, section 2.3.1, and what Google makes of what it leaves open.
#[tokio::test]
async fn what_stands_for_robots_txt_is_read_by_the_book() {
    let to = |to: &str| Reply::Full(301, format!("Location: {to}\r\n"), Vec::new());
    let rules = |text: &str| Reply::ok("text/plain", text.to_owned());
    for (name, reply, allowed) in [
        ("missing", Reply::status(404), true),
        ("forbidden", Reply::status(403), true),
        ("unauthorised", Reply::status(401), true),
        ("asked too often", Reply::status(429), false),
        ("broken", Reply::status(502), false),
        ("moved", to("/elsewhere"), false),
        ("moves for ever", to("/robots.txt?again"), true),
        ("a page", Reply::ok("text/html", "<html><p>Disallow: nothing</p></html>"), true),
        ("empty", rules(""), true),
        ("with a mark", rules("\u{feff}User-agent: *\nDisallow: /a"), false),
        (
            "ours is apart",
            rules("User-agent: *\nDisallow: /\n\nUser-agent: LexWatch\nDisallow:\n"),
            true,
        ),
        (
            "said in two places",
            rules("User-agent: lexwatch\nDisallow: /x\n\nUser-agent: lexwatch\nDisallow: /a\n"),
            false,
        ),
        ("the longer wins", rules("User-agent: *\nDisallow: /a\nAllow: /a$\n"), true),
        ("the kinder wins", rules("User-agent: *\nDisallow: /a\nAllow: /a\n"), true),
        ("a pattern", rules("User-agent: *\nDisallow: /*a$\n"), false),
        ("another's", rules("User-agent: otherbot\nDisallow: /\n"), true),
        ("misspelt", rules("user agent: *\r\ndisallow /a\r\n"), false),
    ] {
        let web = Web::start().await;
        web.put("/elsewhere", rules("User-agent: *\nDisallow: /a\n"));
        web.put("/robots.txt?again", to("/robots.txt?again"));
        web.put("/robots.txt", reply).put("/a", Reply::ok("text/html", PAGE));
        let source = source(&web, "/feed", Format::Feed);
        let read = crawler(&web).read(&source, &entry(&web, "/a"), now()).await;
        assert_eq!(read.is_ok(), allowed, "{name}: {read:?}");
        assert_eq!(web.count("/a"), usize::from(allowed), "{name}");
    }
}

#[tokio::test]
async fn a_pause_that_robots_txt_asks_for_is_made() {
    let web = Web::start().await;
    web.put("/robots.txt", Reply::ok("text/plain", "User-agent: *\nCrawl-delay: 0.1\n"));
    for path in ["/a", "/b", "/c"] {
        web.put(path, Reply::ok("text/html", PAGE));
    }
    let (crawler, source) = (crawler(&web), source(&web, "/feed", Format::Feed));
    let pages = ["/a", "/b", "/c"].map(|path| entry(&web, path));
    for page in &pages {
        crawler.read(&source, page, now()).await.unwrap();
    }
    let log = web.log();
    for pair in log[1..].windows(2) {
        assert!(pair[1].at - pair[0].at > Duration::from_millis(50), "{pair:?}");
    }
    // Nobody waits for an hour, and nobody asks before it is over.
    web.put("/robots.txt", Reply::ok("text/plain", "User-agent: *\nCrawl-delay: 3600\n"));
    let patient = Crawler::new(settings(&web)).unwrap();
    patient.read(&source, &pages[0], now()).await.unwrap();
    let error = patient.read(&source, &pages[1], now()).await.unwrap_err();
    assert!(matches!(error, Error::LeftAlone(wait) if wait.as_secs() > 3500), "{error}");
    assert_eq!(web.count("/b"), 1);
}

#[tokio::test]
async fn a_host_may_name_the_hour_until_which_it_wants_to_be_left_alone() {
    let web = Web::start().await;
    // An hour after `now`.
    let date = "Retry-After: Fri, 20 Nov 2026 13:00:00 GMT\r\n".to_owned();
    web.put("/feed", Reply::Full(503, date, Vec::new()));
    let source = source(&web, "/feed", Format::Feed);
    let error = crawler(&web).poll(&source, &Validators::default(), now()).await.unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
    // Whoever starts again and is told of it asks nobody.
    let rest_until = Some(now() + chrono::TimeDelta::hours(1));
    let known = Validators { rest_until, ..Validators::default() };
    let error = crawler(&web).poll(&source, &known, now()).await.unwrap_err();
    assert!(matches!(error, Error::LeftAlone(_)), "{error}");
    assert_eq!(web.count("/feed"), 1);
    let over = now() + chrono::TimeDelta::hours(1);
    crawler(&web).poll(&source, &known, over).await.unwrap_err();
    assert_eq!(web.count("/feed"), 2);
}

#[tokio::test]
async fn a_host_has_one_request_at_a_time_however_many_wait() {
    let web = Web::start().await;
    let pages: Vec<_> = (0..8).map(|n| format!("/{n}")).collect();
    for path in &pages {
        web.put(path, Reply::ok("text/html", PAGE));
    }
    let (crawler, source) = (crawler(&web), source(&web, "/feed", Format::Feed));
    let mut reads = tokio::task::JoinSet::new();
    for path in &pages {
        let (crawler, source, page) = (crawler.clone(), source.clone(), entry(&web, path));
        reads.spawn(async move { crawler.read(&source, &page, now()).await });
    }
    for read in reads.join_all().await {
        read.unwrap();
    }
    assert_eq!((web.log().len(), web.most_at_once()), (9, 1));
}
