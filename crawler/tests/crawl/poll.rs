//! Whatever a source sends, its entries are found, or an error says what is wrong.

use std::io::Write as _;

use crawler::{Entry, Format, JsonPointers, ListingSelectors, Poll, Validators};

use super::sources::{failure, listed, source};
use super::web::{Reply, Web, crawler, now};

const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title>
<item><title>Bill &amp; rules</title><link>/a?utm_source=rss</link><pubDate>Thu, 01 Jun 2017 09:30:00 +0200</pubDate>
<description>&lt;p&gt;A &lt;b&gt;short&lt;/b&gt; teaser.&lt;/p&gt;</description></item>
<item><title>Again</title><link>/a</link></item><item><title>Script</title><link>javascript:alert(1)</link></item>
</channel></rss>"#;
const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry><title type="html">Bill &amp;amp; rules</title>
<link rel="self" href="/feed/1"/><link href="/a"/><id>urn:1</id><published>2017-06-01T09:30:00+02:00</published><summary>A short teaser.</summary></entry></feed>"#;
const RDF: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>Example</title></channel><item rdf:about="/a">
<title>Bill &amp; rules</title><link>/a</link><dc:date>2017-06-01T09:30:00+02:00</dc:date><description>A short teaser.</description></item></rdf:RDF>"#;
const JSON_FEED: &str = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Example","items":[
{"id":"1","url":"/a","title":"Bill & rules","date_published":"2017-06-01T09:30:00+02:00","summary":"A short teaser."}]}"#;

fn check(entries: &[Entry], web: &Web) {
    assert_eq!(entries.len(), 1, "each address once, and only addresses of pages: {entries:?}");
    assert_eq!(entries[0].url, web.url("/a"), "without what follows readers around");
    assert_eq!(entries[0].title, "Bill & rules");
    assert_eq!(entries[0].published.unwrap().instant().to_rfc3339(), "2017-06-01T07:30:00+00:00");
    assert_eq!(entries[0].summary.as_deref(), Some("A short teaser."));
}

#[tokio::test]
async fn every_kind_of_feed_lists_the_same() {
    let web = Web::start().await;
    for (path, kind, body) in [
        ("/rss", "application/rss+xml", RSS),
        ("/atom", "application/atom+xml", ATOM),
        ("/rdf", "text/xml", RDF),
        ("/json", "application/feed+json", JSON_FEED),
        ("/mislabelled", "text/html; charset=utf-8", RSS),
    ] {
        web.put(path, Reply::ok(kind, body));
        check(&listed(&web, &source(&web, path, Format::Feed)).await, &web);
    }
}

#[tokio::test]
async fn feeds_are_read_in_their_own_encoding() {
    let web = Web::start().await;
    let feed = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><item><title>Закон о данных</title><link>/a</link></item></channel></rss>";
    let bytes = feed.chars().map(|c| match u32::from(c) {
        c @ 0..128 => c as u8,
        // Cyrillic letters stand in windows-1251 in the order of Unicode.
        c => (c - 0x0410 + 0xc0) as u8,
    });
    web.put("/declared", Reply::ok("application/xml", bytes.clone().collect::<Vec<u8>>()));
    web.put(
        "/header",
        Reply::ok("application/xml; charset=windows-1251", bytes.collect::<Vec<u8>>()),
    );
    for path in ["/declared", "/header"] {
        let entries = listed(&web, &source(&web, path, Format::Feed)).await;
        assert_eq!(entries[0].title, "Закон о данных", "{path}");
    }
}

const LISTING: &str = r#"<html><body><nav><a href="/about">About this very large ministry</a></nav><ul>
<li class="news"><a class="to" href="/a#top"><h3>Bill &amp; rules</h3></a><span class="when">1 June 2017</span><p>x</p></li>
<li class="news"><a class="to" href="b"><h3>Draft law</h3></a><span class="when">31 May 2017</span></li>
<li class="ad"><a href="/c"><h3>Buy this</h3></a></li></ul><a class="older" href="/list?page=2">Older</a></body></html>"#;

fn selectors() -> ListingSelectors {
    ListingSelectors {
        item: Some("li.news".to_owned()),
        link: Some("a.to".to_owned()),
        title: Some("h3".to_owned()),
        date: Some(".when".to_owned()),
        next: Some("a.older".to_owned()),
    }
}

#[tokio::test]
async fn a_listing_is_read_by_its_selectors_and_on_to_its_next_page() {
    let web = Web::start().await;
    let second = LISTING
        .replace("/a#top", "/d")
        .replace("page=2", "page=1")
        .replace("/list?page=1", "/list");
    web.put("/list", Reply::ok("text/html", LISTING))
        .put("/list?page=2", Reply::ok("text/html", second));
    let mut source = source(&web, "/list", Format::Listing);
    source.listing = selectors();
    let entries = listed(&web, &source).await;
    let urls: Vec<&str> = entries.iter().map(|entry| entry.url.path()).collect();
    assert_eq!(urls, ["/a", "/b", "/d"]);
    assert_eq!(entries[0].title, "Bill & rules");
    assert_eq!(entries[0].published.unwrap().to_string(), "2017-06-01");
    assert_eq!(web.count("/list?page=2"), 1);
}

#[tokio::test]
async fn a_listing_without_selectors_is_read_by_its_headlines() {
    let web = Web::start().await;
    web.put(
        "/list",
        Reply::ok("text/html", LISTING.replace("Bill &amp; rules", "Bill on data and its rules")),
    );
    let entries = listed(&web, &source(&web, "/list", Format::Listing)).await;
    assert_eq!(entries.len(), 1, "not the navigation: {entries:?}");
    assert_eq!(entries[0].url, web.url("/a"));
}

#[tokio::test]
async fn a_sitemap_and_a_json_api_list_too() {
    let web = Web::start().await;
    let sitemap = r#"<?xml version="1.0"?><urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
        <url><loc>LOC</loc><lastmod>2017-06-02</lastmod><news:news><news:publication_date>2017-06-01T09:30:00+02:00</news:publication_date>
        <news:title>Bill &amp; rules</news:title></news:news></url></urlset>"#;
    web.put(
        "/sitemap.xml",
        Reply::ok("application/xml", sitemap.replace("LOC", web.url("/a").as_str())),
    );
    let api = r#"{"data":{"results":[{"html_url":"/a","title":"Bill &amp; rules","publication_date":"2017-06-01T09:30:00+02:00","abstract":"<p>The text.</p>"},
        {"title":"without an address"}]}}"#;
    web.put("/api", Reply::ok("application/json", api));
    let mut json = source(&web, "/api", Format::Json);
    json.json = JsonPointers {
        items: Some("/data/results".to_owned()),
        url: Some("/html_url".to_owned()),
        title: Some("/title".to_owned()),
        date: Some("/publication_date".to_owned()),
        text: Some("/abstract".to_owned()),
        ..JsonPointers::default()
    };
    for source in [source(&web, "/sitemap.xml", Format::Sitemap), json] {
        let entries = listed(&web, &source).await;
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].url.path(), entries[0].title.as_str()), ("/a", "Bill & rules"));
        assert_eq!(entries[0].published.unwrap().to_string(), "2017-06-01T09:30:00+02:00");
    }
}

#[tokio::test]
async fn a_sitemap_may_be_a_gzip_file_and_a_bomb_in_one_is_bounded() {
    let web = Web::start().await;
    let packed = |text: &[u8]| {
        let mut file = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        file.write_all(text).unwrap();
        file.finish().unwrap()
    };
    let news = format!("<urlset><url><loc>{}</loc></url></urlset>", web.url("/a"));
    web.put("/news.xml.gz", Reply::ok("application/gzip", packed(news.as_bytes())));
    let index = "<sitemapindex><sitemap><loc>/news.xml.gz</loc></sitemap></sitemapindex>";
    web.put("/index.xml", Reply::ok("application/xml", index));
    for path in ["/news.xml.gz", "/index.xml"] {
        let entries = listed(&web, &source(&web, path, Format::Sitemap)).await;
        assert_eq!(
            entries.iter().map(|entry| entry.url.path()).collect::<Vec<_>>(),
            ["/a"],
            "{path}"
        );
    }

    web.put("/bomb.gz", Reply::ok("application/gzip", packed(&vec![b' '; 60 << 20])));
    web.put("/cut.gz", Reply::ok("application/gzip", packed(news.as_bytes())[..40].to_vec()));
    for (path, expected) in
        [("/bomb.gz", "larger than 52 MB"), ("/cut.gz", "a gzip file that is broken")]
    {
        let error = failure(&web, &source(&web, path, Format::Sitemap)).await;
        assert!(error.contains(expected), "{error}");
    }
}

/// As the Federal Register's interface answers (its documentation, `GET /documents.json`).
#[tokio::test]
async fn the_federal_register_is_read_page_by_page() {
    let web = Web::start().await;
    let document = |number: usize, more: &str| {
        format!(
            r#"{{"title":"Reporting of incidents, part {number}","type":"Proposed Rule","document_number":"2026-0{number}",
            "html_url":"https://www.federalregister.gov/documents/2026/11/0{number}/2026-0{number}/reporting",
            "publication_date":"2026-11-0{number}",
            "agencies":[{{"raw_name":"DEPARTMENT OF HOMELAND SECURITY","name":"Homeland Security Department","id":227}},
            {{"raw_name":"OFFICE","name":null}},{{"raw_name":"CISA","name":"Cybersecurity and Infrastructure Security Agency"}}],
            {more}}}"#
        )
    };
    let page = |next: &str, documents: &[String]| {
        let next =
            if next.is_empty() { "null".to_owned() } else { format!("\"{}\"", web.url(next)) };
        format!(
            r#"{{"count":9,"description":"Documents","total_pages":9,"next_page_url":{next},"results":[{}]}}"#,
            documents.join(",")
        )
    };
    let with_abstract = r#""abstract":"Operators of critical infrastructure would report incidents.","excerpts":"x""#;
    let without = r#""abstract":null,"excerpts":"… operators of <span class=\"match\">networks</span> &amp; others …""#;
    let first = page("/documents.json?page=2", &[document(5, with_abstract), document(4, without)]);
    web.put("/documents.json", Reply::ok("application/json", first));
    // The third page names itself: a list that never ends is left after its third page.
    web.put(
        "/documents.json?page=2",
        Reply::ok(
            "application/json",
            page("/documents.json?page=3", &[document(3, with_abstract)]),
        ),
    );
    web.put(
        "/documents.json?page=3",
        Reply::ok(
            "application/json",
            page("/documents.json?page=3", &[document(2, with_abstract)]),
        ),
    );
    let mut source = source(&web, "/documents.json", Format::Json);
    source.read = false;
    let pointer = |at: &str| Some(at.to_owned());
    source.json = JsonPointers {
        items: pointer("/results"),
        url: pointer("/html_url"),
        title: pointer("/title"),
        date: pointer("/publication_date"),
        text: pointer("/abstract"),
        summary: pointer("/excerpts"),
        author: pointer("/agencies/*/name"),
        next: pointer("/next_page_url"),
    };
    let entries = listed(&web, &source).await;
    assert_eq!(entries.len(), 4, "{entries:?}");
    assert_eq!(web.count("/documents.json?page=3"), 1);
    let agencies = "Homeland Security Department, Cybersecurity and Infrastructure Security Agency";
    assert_eq!(entries[0].author.as_deref(), Some(agencies));
    let crawler = crawler(&web);
    let first = crawler.read(&source, &entries[0], now()).await.unwrap();
    assert_eq!(first.text, "Operators of critical infrastructure would report incidents.");
    assert_eq!(first.published.unwrap().to_string(), "2026-11-05");
    let second = crawler.read(&source, &entries[1], now()).await.unwrap();
    assert_eq!(
        second.text, "… operators of networks & others …",
        "the excerpt where there is no abstract"
    );
    assert_eq!(web.log().len(), 4, "robots.txt and three pages, and none of the documents");
}

#[tokio::test]
async fn what_is_wrong_has_a_name() {
    let web = Web::start().await;
    web.put(
        "/html",
        Reply::ok(
            "text/html",
            "<!DOCTYPE html><html><head><title>We have moved</title></head><body>x</body></html>",
        ),
    );
    web.put("/empty", Reply::ok("text/xml", ""));
    web.put("/words", Reply::ok("text/plain", "no feed at all"));
    web.put("/list", Reply::ok("text/html", LISTING));
    web.put("/api", Reply::ok("application/json", r#"{"items":[]}"#));
    let of = |path: &'static str, format| failure_of(&web, path, format);
    assert_eq!(
        of("/html", Format::Feed).await,
        "not a feed: the server sent an HTML page titled “We have moved”"
    );
    assert!(of("/empty", Format::Feed).await.starts_with("not a feed: the answer is empty"));
    assert!(of("/words", Format::Feed).await.starts_with("not a feed:"));
    assert_eq!(of("/gone", Format::Feed).await, "the server answered 404");
    assert!(of("/words", Format::Sitemap).await.starts_with("nothing listed: not a sitemap:"));
    assert_eq!(of("/html", Format::Json).await.split(':').next(), Some("nothing listed"));
    let mut listing = source(&web, "/list", Format::Listing);
    listing.listing.item = Some("div.press-release".to_owned());
    assert_eq!(
        failure(&web, &listing).await,
        "nothing listed: no link in what the selector `div.press-release` matches"
    );
    listing.listing.item = Some("li[".to_owned());
    assert_eq!(
        failure(&web, &listing).await,
        "the source's settings: listing.item: `li[` is no CSS selector"
    );
    let mut api = source(&web, "/api", Format::Json);
    api.json.items = Some("/results".to_owned());
    assert_eq!(failure(&web, &api).await, "nothing listed: there is no array at `/results`");
}

async fn failure_of(web: &Web, path: &str, format: Format) -> String {
    failure(web, &source(web, path, format)).await
}

#[tokio::test]
async fn of_an_index_of_sitemaps_the_newest_are_read() {
    let web = Web::start().await;
    let child = |name: &str, day: &str| {
        format!("<sitemap><loc>/{name}.xml</loc><lastmod>2017-06-{day}</lastmod></sitemap>")
    };
    let index = [child("old", "01"), child("new", "30"), child("gone", "29")].concat();
    web.put(
        "/index.xml",
        Reply::ok("application/xml", format!("<sitemapindex>{index}</sitemapindex>")),
    );
    web.put(
        "/new.xml",
        Reply::ok("text/xml", "<urlset><url><loc>/a?x=1&amp;y=2</loc></url></urlset>"),
    );
    let entries = listed(&web, &source(&web, "/index.xml", Format::Sitemap)).await;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].url, web.url("/a?x=1&y=2"));
    assert_eq!((web.count("/gone.xml"), web.count("/old.xml")), (1, 0));
}

#[tokio::test]
async fn of_a_list_without_end_the_newest_are_taken_and_the_rest_is_counted() {
    let web = Web::start().await;
    let urls: String = (0..2_500)
        .map(|n| {
            let (day, hour, minute) = (1 + n / 1440, n / 60 % 24, n % 60);
            format!(
                "<url><loc>/{n}</loc><lastmod>2026-01-{day:02}T{hour:02}:{minute:02}:00Z</lastmod></url>"
            )
        })
        .collect();
    web.put("/map.xml", Reply::ok("text/xml", format!("<urlset>{urls}</urlset>")));
    let items: String = (0..2_001)
        .map(|n| {
            let year = if n == 2_000 { 2026 } else { 2001 };
            format!("<item><link>/f{n}</link><pubDate>01 Jan {year} 10:00:00 GMT</pubDate></item>")
        })
        .collect();
    web.put("/feed", Reply::ok("text/xml", format!("<rss><channel>{items}</channel></rss>")));
    for (path, format, left_out, first) in
        [("/map.xml", Format::Sitemap, 500, "/2499"), ("/feed", Format::Feed, 1, "/f2000")]
    {
        let poll = crawler(&web)
            .poll(&source(&web, path, format), &Validators::default(), now())
            .await
            .unwrap();
        let Poll::Listed(listed) = poll else { panic!("{path}: nobody had asked before") };
        assert_eq!((listed.entries.len(), listed.left_out), (2_000, left_out), "{path}");
        assert_eq!(listed.entries[0].url.path(), first);
    }
}
