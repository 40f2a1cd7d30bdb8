//! The page behind an entry becomes an article, or an error says what was found instead.

use crawler::{ArticleSelectors, Error, Format};

use super::sources::{PAGE, entry, source};
use super::web::{Reply, Web, crawler, now};

#[tokio::test]
async fn an_article_is_found_with_what_the_page_says_of_itself() {
    let web = Web::start().await;
    web.put("/a", Reply::ok("text/html; charset=utf-8", PAGE));
    let source = source(&web, "/feed", Format::Feed);
    let article = crawler(&web).read(&source, &entry(&web, "/a"), now()).await.unwrap();
    assert_eq!(article.title, "Parliament adopts the data bill");
    assert_eq!(article.byline.as_deref(), Some("Ada Byron"));
    assert_eq!(article.published.unwrap().to_string(), "2017-06-01T09:30:00+02:00");
    assert_eq!(article.language.as_deref(), Some("en"));
    assert_eq!(article.site.as_deref(), Some("Example"));
    let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 3, "neither navigation nor footer: {}", article.text);
    assert!(paragraphs[0].starts_with("The parliament adopted a bill"));
}

#[tokio::test]
async fn what_the_page_does_not_say_the_entry_does() {
    let web = Web::start().await;
    let bare = PAGE
        .replace(r#"<meta name="author" content="Ada Byron">"#, "")
        .replace("article:published_time", "x");
    web.put("/a", Reply::ok("text/html", bare));
    let mut entry = entry(&web, "/a");
    entry.author = Some("Grace Hopper".to_owned());
    entry.published = Some("2017-06-02".parse().unwrap());
    let article =
        crawler(&web).read(&source(&web, "/feed", Format::Feed), &entry, now()).await.unwrap();
    assert_eq!(article.byline.as_deref(), Some("Grace Hopper"));
    assert_eq!(article.published.unwrap().to_string(), "2017-06-02");
}

#[tokio::test]
async fn a_source_may_say_where_its_text_is() {
    let web = Web::start().await;
    let page = "<html><body><h1>Notice 7</h1><div class=long><p>Something else, which is much longer than the notice itself and reads like \
        the text of an article, though it is none.</p></div><div id=notice><p>Networks shall be registered by June, says the agency in its notice \
        of this week, which applies to all operators without exception, large and small, old and new.</p><p class=x>Print</p></div></body></html>";
    web.put("/a", Reply::ok("text/html", page));
    let mut source = source(&web, "/feed", Format::Feed);
    source.article =
        ArticleSelectors { content: Some("#notice".to_owned()), remove: Some(".x".to_owned()) };
    let article = crawler(&web).read(&source, &entry(&web, "/a"), now()).await.unwrap();
    assert!(
        article.text.starts_with("Networks shall be registered")
            && article.text.ends_with("old and new."),
        "{}",
        article.text
    );
}

#[tokio::test]
async fn where_pages_are_not_read_the_feeds_own_text_is_enough() {
    let web = Web::start().await;
    let mut source = source(&web, "/feed", Format::Feed);
    source.read = false;
    let mut entry = entry(&web, "/a");
    entry.title = "A notice".to_owned();
    entry.content = Some("All of it.".to_owned());
    let article = crawler(&web).read(&source, &entry, now()).await.unwrap();
    assert_eq!((article.title.as_str(), article.text.as_str()), ("A notice", "All of it."));
    assert!(web.log().is_empty(), "nothing was asked for");
}

#[tokio::test]
async fn pages_in_any_encoding_are_read() {
    let web = Web::start().await;
    let text = "国家互联网信息办公室星期四发布了网络安全审查办法，要求关键信息基础设施运营者采购网络产品和服务时申报审查。\
        办法自六月一日起施行，有关部门将组织开展宣传和培训工作，并对执行情况进行监督检查，违反规定的将依法处理。";
    let page = format!(
        "<html><head><meta charset=gb2312><title>网络安全审查办法发布</title></head><body><h1>网络安全审查办法发布</h1><p>{text}</p></body></html>"
    );
    let (bytes, _, _) = encoding_rs::GB18030.encode(&page);
    web.put("/a", Reply::ok("text/html", bytes.into_owned()));
    let article = crawler(&web)
        .read(&source(&web, "/feed", Format::Feed), &entry(&web, "/a"), now())
        .await
        .unwrap();
    assert_eq!(article.title, "网络安全审查办法发布");
    assert_eq!(article.text, text);
    assert_eq!(article.language.as_deref(), Some("zh"));
}

#[tokio::test]
async fn what_is_no_article_has_a_name() {
    let web = Web::start().await;
    web.put(
        "/empty",
        Reply::ok(
            "text/html",
            "<html><head><title>Ministry</title></head><body><p>Loading</p></body></html>",
        ),
    );
    web.put(
        "/login",
        Reply::ok("text/html", "<html><body><form><input type=password></form></body></html>"),
    );
    web.put("/error", Reply::ok("text/html", format!("<title>Page not found</title>{PAGE}")));
    web.put("/zip", Reply::ok("application/zip", "PK"));
    web.put("/pdf", Reply::ok("application/pdf", "%PDF-1.7"));
    web.put("/disguised", Reply::ok("text/html", "%PDF-1.7"));
    for (path, expected) in [
        ("/empty", "no article: only 7 characters of text under the title “Ministry”"),
        ("/login", "no article: a page that asks for a log-in"),
        ("/zip", "no article: the server sent application/zip, which is not a page"),
        ("/pdf", "no article: a PDF document, which is not read here"),
        ("/disguised", "no article: a PDF document, which is not read here"),
        ("/gone", "the server answered 404"),
    ] {
        let error = fails(&web, path).await;
        assert_eq!(error.to_string(), expected);
        assert!(error.is_permanent(), "{path}: another try makes no sense");
    }
    web.put("/busy", Reply::status(503));
    assert!(!fails(&web, "/busy").await.is_permanent(), "another try makes sense");
}

async fn fails(web: &Web, path: &str) -> Error {
    crawler(web)
        .read(&source(web, "/feed", Format::Feed), &entry(web, path), now())
        .await
        .unwrap_err()
}

#[tokio::test]
async fn plain_text_is_a_page_too() {
    let web = Web::start().await;
    let text = "Networks < 5 MW shall be registered by June, says the agency in its notice of this week.\r\n\r\nThe notice \
        applies to all operators without exception, large and small, old and new.";
    web.put("/a", Reply::ok("text/plain", text));
    let mut entry = entry(&web, "/a");
    entry.title = "Notice 7".to_owned();
    let article =
        crawler(&web).read(&source(&web, "/feed", Format::Feed), &entry, now()).await.unwrap();
    assert_eq!(article.title, "Notice 7");
    assert_eq!(article.text, text.replace("\r\n", "\n"));
}
