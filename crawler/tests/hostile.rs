//! Bytes that are made to hurt: whatever a server sends is read or refused, in bounded time and memory.
//!
//! A fault here shows as a test that does not end, or as one that the system ends.

use crawler::feed::Feed;
use crawler::{Article, ArticleSelectors, Error, Page, extract, feed};
use url::Url;

/// The text of an article of three sentences.
const STORY: &str = "<p>The harbour board met on Tuesday and agreed to dredge the western basin \
    before the winter, at a cost of four million crowns.</p><p>Two members voted against it, because the \
    sand that is taken out would be dumped within sight of the bathing beach.</p>";

fn page(body: impl Into<Vec<u8>>) -> Page {
    let url = Url::parse("https://harbour.example/news/dredging").ok();
    Page { url, content_type: Some("text/html".to_owned()), body: body.into() }
}

fn read(body: impl Into<Vec<u8>>) -> Result<Article, Error> {
    extract::article(&page(body), &ArticleSelectors::default())
}

fn feed_of(body: impl AsRef<[u8]>) -> Result<Feed, Error> {
    let base = Url::parse("https://harbour.example/feed").ok();
    feed::parse(body.as_ref(), Some("application/xml"), base.as_ref())
}

/// A page or an honest refusal; never more text than there was markup.
fn holds(name: &str, body: String) {
    let most = body.len();
    match read(body) {
        Ok(article) => assert!(article.text.len() + article.title.len() <= most, "{name}"),
        Err(error) => assert!(matches!(error, Error::NoArticle(_)), "{name}: {error}"),
    }
}

#[test]
fn depth_costs_nothing_whichever_way_it_is_made() {
    let ways = [
        ("unclosed", "<div>".repeat(100_000) + STORY),
        ("closed", "<div>".repeat(100_000) + STORY + &"</div>".repeat(100_000)),
        ("ends that end nothing", "<span></x>".repeat(100_000) + STORY),
        ("ends in the wrong order", "<span><div></span>".repeat(100_000) + STORY),
        ("formatting around blocks", "<b><div></b>".repeat(50_000) + STORY),
        ("drawings", format!("<svg>{}{}", "<path>".repeat(100_000), "</x>".repeat(100_000))),
        ("formulas", format!("<math>{}{}", "<mi><mn>".repeat(50_000), "</x>".repeat(100_000))),
        ("unclosed paragraphs", "<p><a><p><b>".repeat(50_000) + STORY),
        ("lists", "<ul><li>".repeat(100_000) + STORY),
        ("quotes", "<blockquote><p>".repeat(100_000) + STORY),
        ("tables", "<table><tr><td>".repeat(50_000) + STORY),
        ("tables without rows", "<table>".repeat(50_000) + "<p>x".repeat(50_000).as_str()),
        ("forms and buttons", "<form><button>".repeat(50_000) + STORY),
        ("templates", "<template>".repeat(50_000) + STORY + &"</template>".repeat(50_000)),
        ("choices", "<select><option><optgroup>".repeat(50_000) + STORY),
        ("framesets", "<frameset>".repeat(50_000) + STORY),
        ("readings", "<ruby><rt><rp>".repeat(50_000) + STORY),
    ];
    for (name, body) in ways {
        holds(name, body);
    }
}

#[test]
fn width_costs_no_more_than_its_bytes() {
    let attributes: String = (0..1_000_000).map(|n| format!(" a{n}=\"{n}\"")).collect();
    let classes = "sidebar comment related share ".repeat(200_000);
    let anchors = "<a href=\"/x\">x</a> ".repeat(30_000);
    let metas = "<meta property=\"article:published_time\" content=\"2019-03-18\">".repeat(50_000);
    let dates = "<time datetime=\"2019-03-18\">18 March 2019</time> ".repeat(30_000);
    let bylines = "<span class=\"byline\" rel=\"author\" itemprop=\"author\">By Ann Lee</span> "
        .repeat(30_000);
    let scripts =
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\"}</script>".repeat(30_000);
    let graph = format!(
        "<script type=\"application/ld+json\">{{\"@graph\":[{}0]}}</script>",
        "{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"A\",\"author\":{\"@id\":\"#a\"}},"
            .repeat(50_000)
    );
    let ways = [
        ("attributes", format!("<p{attributes}>x</p>{STORY}")),
        ("attributes of an end tag", format!("<p>x</p{attributes}>{STORY}")),
        ("classes", format!("<div class=\"{classes}\">{STORY}</div>")),
        ("one line", format!("{STORY}<p>{}", "word ".repeat(10_000_000))),
        ("one word", format!("{STORY}<p>{}", "a".repeat(50_000_000))),
        ("one mark", format!("{STORY}{}", "<".repeat(2_000_000))),
        ("ampersands", format!("{STORY}<p>{}", "&".repeat(1_000_000))),
        ("one comment", format!("{STORY}<!--{}", "-".repeat(10_000_000))),
        ("comments", format!("{STORY}{}", "<!--x-->".repeat(100_000))),
        ("unfinished tags", format!("{STORY}{}", "<p a=\"".repeat(1_000_000))),
        ("quotes", format!("<p {}>{STORY}", "\"'".repeat(200_000))),
        ("children", format!("{STORY}{}", "<i></i>".repeat(100_000))),
        ("line breaks", format!("{STORY}{}", "<br>".repeat(100_000))),
        ("cells", format!("<table><tr>{}</table>{STORY}", "<td>x".repeat(50_000))),
        ("headings", format!("{STORY}{}", "<h2>x</h2>".repeat(30_000))),
        (
            "boxes within the text",
            format!("{STORY}<div><h4>Read more</h4><a href=\"/x\">x</a></div>").repeat(10_000),
        ),
        ("articles", format!("<article>{STORY}</article>").repeat(10_000)),
        ("boxes of their own", format!("<div>{STORY}</div>").repeat(10_000)),
        ("title", format!("<title>{}</title>{STORY}", "word - | ".repeat(500_000))),
        ("headline", format!("<h1>{}</h1>{STORY}", "word ".repeat(200_000))),
        ("links", anchors + STORY),
        ("meta tags", metas + STORY),
        ("times", dates + STORY),
        ("bylines", bylines + STORY),
        ("scripts", scripts + STORY),
        ("a graph", graph + STORY),
    ];
    for (name, body) in ways {
        holds(name, body);
    }
}

#[test]
fn marks_that_no_text_has_do_not_hide_the_article() {
    for mark in ["\0", "\u{1}", "\u{feff}", "\u{200b}", "\u{ad}", "\u{2028}", "\u{fffe}"] {
        let body = STORY.replace("harbour", &format!("har{mark}bour"));
        let article = read(body).unwrap();
        assert!(article.text.contains("agreed to dredge the western basin"), "{mark:?}");
        assert!(!article.text.contains('\0'), "{mark:?}");
    }
    let article = read(format!("\0\0{}\0", STORY.replace("<p>", "<p>\0"))).unwrap();
    assert!(article.text.starts_with("The harbour board"), "{}", article.text);
}

#[test]
fn a_page_cut_off_anywhere_is_read_or_refused() {
    let whole = format!(
        "<!doctype html><html lang=\"en\"><head><title>Dredging agreed</title><meta name=\"author\" \
         content=\"Ann Lee\"><script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\
         \"datePublished\":\"2019-03-18T09:30:00+01:00\"}}</script></head><body><h1>Dredging agreed — \
         über Nacht</h1>{STORY}<table><tr><td>1 &amp; 2</td></tr></table><!-- end --></body></html>"
    );
    for end in 0..whole.len() {
        let cut = &whole.as_bytes()[..end];
        let article = read(cut);
        assert!(end < whole.len() - 30 || article.is_ok(), "{end}");
        extract::facts(&page(cut));
    }
}

#[test]
fn whatever_charset_is_named_the_letters_are_the_pages_own() {
    let german = "<p>Der Hafenrat hat am Dienstag beschlossen, das westliche Becken noch vor dem Winter \
        auszubaggern; für die Maßnahme müssen vier Millionen Kronen aufgebracht werden.</p><p>Zwei Mitglieder \
        stimmten dagegen, weil der Sand in Sichtweite des Badestrandes abgekippt würde.</p>";
    for label in [
        "utf-8",
        "iso-8859-1",
        "windows-1252",
        "us-ascii",
        "utf-16",
        "nonsense",
        "",
        "\"",
        "x-sjis;",
    ] {
        let body = format!("<meta charset=\"{label}\">{german}");
        let mut sent = page(body);
        sent.content_type = Some(format!("text/html; charset={label}"));
        let article = extract::article(&sent, &ArticleSelectors::default());
        if label != "x-sjis;" {
            assert!(article.unwrap().text.contains("für die Maßnahme müssen"), "{label}");
        }
    }
    let latin: Vec<u8> = german.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let article = read([b"<meta charset=utf-8>".as_slice(), &latin].concat()).unwrap();
    assert!(article.text.contains("für die Maßnahme müssen"), "{}", article.text);
    // Every byte there is, and halves of characters.
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for prefix in [
        &[][..],
        &[0xef, 0xbb, 0xbf],
        &[0xfe, 0xff],
        &[0xff, 0xfe],
        &[0, 0, 0xfe, 0xff],
        &[0xff, 0xfe, 0, 0],
        b"<\0h\0",
        b"\0<\0h",
    ] {
        let body = [prefix, &bytes].concat();
        let _ = read(body.clone());
        assert!(feed_of(body).is_err());
    }
}

#[test]
fn dates_that_nobody_lived_to_see_are_none() {
    let odd = [
        "0001-01-01T00:00:00Z",
        "0000-00-00",
        "99999-12-31T23:59:59Z",
        "+99999-01-01",
        "2019-13-45T99:99:99+99:99",
        "9999-12-31T23:59:59-23:59",
        "1 January 0001",
        "31 February 2019",
        "18446744073709551616",
        "340282366920938463463374607431768211456-01-01",
        "Mon, 99 Foo 99999 99:99:99 +9999",
        "平成999999999年1月1日",
        "\u{0662}\u{0660}\u{0661}",
    ];
    for date in odd {
        let body = format!(
            "<meta property=\"article:published_time\" content=\"{date}\"><meta name=\"date\" content=\"{date}\">\
             <script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"datePublished\":\"{date}\"}}</script>\
             <h1>Dredging agreed</h1><time datetime=\"{date}\">{date}</time>{STORY}"
        );
        let article = read(body).unwrap();
        assert_eq!(article.published, None, "{date}");
        let feed = feed_of(format!(
            "<rss><channel><item><title>a</title><pubDate>{date}</pubDate><link>/a</link></item></channel></rss>"
        ));
        assert_eq!(feed.unwrap().entries[0].published, None, "{date}");
    }
}

#[test]
fn entities_do_not_grow_without_end() {
    let lol = (0..40).fold("<!ENTITY e0 \"ha\">".to_owned(), |made, n| {
        let ten = format!("&e{n};").repeat(10);
        format!("{made}<!ENTITY e{} \"{ten}\">", n + 1)
    });
    let long = format!("<!ENTITY a \"{}\">", "x".repeat(1000));
    let circle = "<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">".to_owned();
    let many: String = (0..200_000).map(|n| format!("<!ENTITY n{n} \"x\">")).collect();
    let uses = "&a;".repeat(1_000_000);
    let titles = "<item><title>&a;&a;&a;</title></item>".repeat(5_000);
    let kinds = [
        (&lol, "<item><title>&e40;&e39;&e3;&e2;</title></item>"),
        (&long, uses.as_str()),
        (&long, titles.as_str()),
        (&circle, uses.as_str()),
        (&many, "<item><title>&n1;&n199999;</title></item>"),
    ];
    for (declared, items) in kinds {
        for item in [items.to_owned(), format!("<item><title>{items}</title></item>")] {
            let text = format!("<!DOCTYPE rss [{declared}]><rss><channel>{item}</channel></rss>");
            let feed = feed_of(&text).unwrap();
            let length: usize =
                feed.entries.iter().flat_map(|entry| &entry.title).map(String::len).sum();
            assert!(length <= 20_000_000, "{length} of {}", text.len());
        }
    }
}

#[test]
fn a_feed_of_any_shape_is_read_or_refused() {
    let attributes: String = (0..1_000_000).map(|n| format!(" xmlns:a{n}=\"urn:{n}\"")).collect();
    let item = "<item><title>Dredging agreed</title><link>/a</link></item>";
    let ways = [
        ("deep", format!("<rss><channel>{}{item}", "<x>".repeat(100_000))),
        ("deep in an entry", format!("<rss><channel><item>{}", "<x>".repeat(1_000_000))),
        ("deep fields", format!("<rss><channel><item>{}", "<title><description>".repeat(200_000))),
        ("ends alone", format!("<rss><channel>{}{item}", "</x>".repeat(1_000_000))),
        ("attributes", format!("<rss{attributes}><channel>{item}")),
        ("an attribute", format!("<rss a=\"{}\"><channel>{item}", "x".repeat(10_000_000))),
        ("one text", format!("<rss><channel>{item}<item><title>{}", "a".repeat(50_000_000))),
        ("marks", format!("<rss><channel>{item}<item><title>{}", "<".repeat(5_000_000))),
        ("ampersands", format!("<rss><channel>{item}<item><title>{}", "&".repeat(5_000_000))),
        ("types", format!("<rss><channel>{item}{}", "<![ ]".repeat(1_000_000))),
        ("declarations", format!("<rss><channel>{item}{}", "<!x".repeat(1_000_000))),
        ("types with ends", format!("<rss><channel>{item}{}", "<!x[]>".repeat(1_000_000))),
        ("data", format!("<rss><channel>{item}<item><title>{}", "<![CDATA[x]]>".repeat(500_000))),
        (
            "data without end",
            format!("<rss><channel>{item}<item><title>{}", "<![CDATA[".repeat(500_000)),
        ),
        ("comments", format!("<rss><channel>{item}{}", "<!--".repeat(1_000_000))),
        ("instructions", format!("<rss><channel>{item}{}", "<?x".repeat(1_000_000))),
        ("unfinished", format!("<rss><channel>{item}{}", "<item a='".repeat(500_000))),
        ("forgotten", format!("<rss><channel>{}", "<item><title>a".repeat(200_000))),
        ("forgotten fields", format!("<rss><channel><item>{}", "<title>a<x>".repeat(300_000))),
        (
            "bases",
            format!("<feed>{}", "<entry xml:base=\"a/b/\"><link href=\"c\"/>".repeat(100_000)),
        ),
        ("links", format!("<feed><entry>{}", "<link rel=\"x\" href=\"c\"/>".repeat(200_000))),
        ("authors", format!("<feed><entry>{}", "<author><name>A</name></author>".repeat(200_000))),
        ("packed", format!("<feed><entry><content mode=\"base64\">{}", "QUFB".repeat(2_000_000))),
    ];
    for (name, body) in ways {
        let length = body.len();
        match feed_of(body) {
            Ok(feed) => {
                assert!(feed.entries.len() <= 5_000, "{name}");
                let texts = feed.entries.iter().flat_map(|entry| [&entry.title, &entry.summary]);
                assert!(texts.flatten().map(String::len).sum::<usize>() <= length, "{name}");
            }
            Err(error) => assert!(matches!(error, Error::NotAFeed(_)), "{name}: {error}"),
        }
    }
    let items = "{\"id\":1,\"title\":\"a\"},".repeat(200_000);
    assert!(feed_of(format!("{{\"items\":[{items}0]}}")).unwrap().entries.len() <= 5_000);
    assert!(feed_of(format!("{{\"items\":{}", "[".repeat(1_000_000))).is_err());
}

#[test]
fn a_feed_cut_off_anywhere_keeps_the_entries_before_the_cut() {
    let entry = "<entry><id>tag:a</id><title type=\"html\">Über &lt;b&gt;Nacht&lt;/b&gt;</title><link \
        href=\"/a\"/><content type=\"xhtml\"><div>&#8212;</div></content><published>2019-03-18T09:30:00Z\
        </published></entry>";
    let head = "<?xml version=\"1.0\"?><!DOCTYPE feed [<!ENTITY x \"y\">]><feed \
        xmlns=\"http://www.w3.org/2005/Atom\">";
    let whole = format!("{head}{}</feed>", entry.repeat(3));
    for end in 0..=whole.len() {
        let feed = feed_of(&whole.as_bytes()[..end]);
        let complete = end.saturating_sub(head.len()) / entry.len();
        let found = feed.map_or(0, |feed| feed.entries.len());
        assert!((complete..=complete + 1).contains(&found), "{end}: {found} of {complete}");
    }
}
