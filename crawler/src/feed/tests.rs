//! Feeds as they are met: every format, and what is wrong with them.

use super::{Feed, FeedEntry, parse};

fn read(text: &str) -> Feed {
    let base = url::Url::parse("https://example.org/feeds/news.xml").unwrap();
    parse(text.as_bytes(), None, Some(&base)).unwrap()
}

fn first(text: &str) -> FeedEntry {
    read(text).entries.into_iter().next().unwrap()
}

fn rss(item: &str) -> FeedEntry {
    first(&format!("<rss version='2.0'><channel><item>{item}</item></channel></rss>"))
}

fn atom(entry: &str) -> FeedEntry {
    first(&format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry>{entry}</entry></feed>"))
}

fn link(entry: &FeedEntry) -> &str {
    entry.url.as_ref().map_or("-", url::Url::as_str)
}

#[test]
fn the_link_for_people_is_found() {
    for (entry, expected) in [
        (rss("<link>/a</link><guid>https://example.org/guid</guid>"), "https://example.org/a"),
        (rss("<guid>https://example.org/guid</guid>"), "https://example.org/guid"),
        (rss("<guid isPermaLink='false'>https://example.org/guid</guid>"), "-"),
        (rss("<image><link>/image</link></image><link> /a </link>"), "https://example.org/a"),
        (
            atom("<link rel='enclosure' href='/e'/><link rel='alternate' href='/a'/>"),
            "https://example.org/a",
        ),
        (atom("<link rel='related' href='/r'/>"), "https://example.org/r"),
        (atom("<link xml:base='https://example.com/x/' href='a'/>"), "https://example.org/feeds/a"),
        (
            first(
                "<CHANNEL><ITEM HREF='/cdf' LASTMOD='2017-06-01'><TITLE>x</TITLE></ITEM></CHANNEL>",
            ),
            "https://example.org/cdf",
        ),
        (
            first("<feed xml:base='https://example.com/x/'><entry><link href='a'/></entry></feed>"),
            "https://example.com/x/a",
        ),
        (
            first("<rdf:RDF><item rdf:about='/about'><title>x</title></item></rdf:RDF>"),
            "https://example.org/about",
        ),
    ] {
        assert_eq!(link(&entry), expected, "{entry:?}");
    }
}

#[test]
fn texts_are_unpacked_to_html_however_they_were_packed() {
    for (entry, expected) in [
        (rss("<description>&lt;p&gt;A &amp;amp; B&lt;/p&gt;</description>"), "<p>A &amp; B</p>"),
        (rss("<description><![CDATA[<p>A</p>]]></description>"), "<p>A</p>"),
        (rss("<description><p>A</p></description>"), "<p>A</p>"),
        (rss("<itunes:summary>A</itunes:summary>"), "A"),
        (atom("<summary>1 &lt; 2</summary>"), "1 &lt; 2"),
        (atom("<summary type='html'>1 &amp;lt; 2</summary>"), "1 &lt; 2"),
        (atom("<summary type='xhtml'><div>A</div></summary>"), "<div>A</div>"),
        (atom("<summary mode='base64' type='text/html'>PHA+QTwv\ncD4=</summary>"), "<p>A</p>"),
    ] {
        assert_eq!(entry.summary.as_deref(), Some(expected), "{entry:?}");
    }
    let both = rss("<description>short</description><content:encoded>long</content:encoded>");
    assert_eq!((both.summary.as_deref(), both.content.as_deref()), (Some("short"), Some("long")));
}

#[test]
fn comments_are_no_text_even_where_they_never_end() {
    for (title, expected) in [
        ("A&lt;!-- hidden --&gt; bill", "A bill"),
        ("A&lt;!-- hidden &gt; bill &lt;b&gt;passes&lt;/b&gt;", "A bill <b>passes</b>"),
        ("A bill&lt;!-- hidden", "A bill"),
    ] {
        let title = format!("<title type='html'>{title}</title>");
        assert_eq!(atom(&title).title.as_deref(), Some(expected), "{title}");
    }
    let plain = atom("<title>How &lt;!-- opens a comment</title>");
    assert_eq!(plain.title.as_deref(), Some("How &lt;!-- opens a comment"));
}

#[test]
fn only_what_stands_directly_in_the_entry_is_its_own() {
    let entry = atom(
        "<title>Right</title><source><title>Wrong</title><updated>2001-01-01</updated></source>
         <author><name>Ada Byron</name><email>a@example.org</email></author><updated>2017-06-01</updated>",
    );
    assert_eq!(entry.title.as_deref(), Some("Right"));
    assert_eq!(entry.author.as_deref(), Some("Ada Byron"));
    assert_eq!(entry.updated.unwrap().to_string(), "2017-06-01");
    let clash = rss(
        "<title>Right</title><x:title xmlns:x='https://example.org/x'>Wrong</x:title><media:title>Second</media:title>",
    );
    assert_eq!(clash.title.as_deref(), Some("Right"));
    assert_eq!(
        rss("<media:group><media:title>Second</media:title></media:group>").title.as_deref(),
        Some("Second")
    );
}

#[test]
fn dates_and_authors_stand_in_many_vocabularies() {
    let entry =
        rss("<dc:date>2017-06-01T10:00:00+02:00</dc:date><dc:creator>Ada Byron</dc:creator>");
    assert_eq!(entry.updated.unwrap().to_string(), "2017-06-01T10:00:00+02:00");
    assert_eq!(entry.author.as_deref(), Some("Ada Byron"));
    let entry = rss(
        "<pubDate>Thu, 01 Jun 2017 10:00:00 EST</pubDate><author>ada@example.org (Ada Byron)</author>",
    );
    assert_eq!(entry.published.unwrap().to_string(), "2017-06-01T10:00:00-05:00");
    assert_eq!(entry.author.as_deref(), Some("Ada Byron"));
}

#[test]
fn what_is_broken_is_read_as_far_as_it_goes() {
    let unclosed = "<rss><channel><title>News</title><item><title>One<link>/1</link></item><item><title>Two</title>";
    let feed = read(unclosed);
    assert_eq!((feed.title.as_deref(), feed.entries.len()), (Some("News"), 2));
    assert_eq!(
        rss("<title>Fish & chips &nbsp;&eacute;&#146;&bogus;</title>").title.as_deref(),
        Some("Fish & chips \u{a0}é’&bogus;")
    );
    assert_eq!(link(&rss("<link>/a?x=1&y=2</link>")), "https://example.org/a?x=1&y=2");
    assert_eq!(
        read("\n\n  noise <?xml version='1.0'?><rss><item><title>x</title></item></rss>")
            .entries
            .len(),
        1
    );
    assert_eq!(
        read(
            "<!DOCTYPE rss [<!ENTITY org 'Ministry'>]><rss><item><title>&org;</title></item></rss>"
        )
        .entries[0]
            .title
            .as_deref(),
        Some("Ministry")
    );
    assert_eq!(
        read("<rss a=\"<channel><item><title>x</title></item>").entries.len(),
        1,
        "a quote that never ends"
    );
    for odd in [
        "<",
        "<rss",
        "<rss><",
        "<rss><item><![CDATA[",
        "<rss><item><!--",
        "<rss><item></",
        "<rss>&#x;&#99999999999;&;",
        "<rss><item><title é='x'>ü<",
    ] {
        let _ = parse(odd.as_bytes(), None, None);
    }
}

#[test]
fn json_feeds_of_both_versions_are_read() {
    let feed = read(
        r#"{"version":"https://jsonfeed.org/version/1","title":"News","language":"en","items":[
        {"id":7,"url":"/a","title":"1 < 2","content_text":"A & B","author":{"name":"Ada Byron"},"date_modified":"2017-06-01T10:00:00Z"}]}"#,
    );
    assert_eq!((feed.title.as_deref(), feed.language.as_deref()), (Some("News"), Some("en")));
    let entry = &feed.entries[0];
    assert_eq!((entry.id.as_deref(), link(entry)), (Some("7"), "https://example.org/a"));
    assert_eq!(
        (entry.title.as_deref(), entry.content.as_deref()),
        (Some("1 &lt; 2"), Some("A &amp; B"))
    );
    assert_eq!(entry.author.as_deref(), Some("Ada Byron"));
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    let of = |text: &str| parse(text.as_bytes(), None, None).unwrap_err().to_string();
    assert_eq!(of("<opml><body/></opml>"), "not a feed: a document of the kind <opml>");
    assert_eq!(of("{\"a\":1}"), "not a feed: JSON without a list of `items`");
    assert_eq!(
        of("<html><title>Gone &amp; lost</title>"),
        "not a feed: the server sent an HTML page titled “Gone & lost”"
    );
}

#[test]
fn half_an_address_at_the_end_of_a_feed_that_was_cut_off_is_none() {
    let whole = "<rss><channel><item><title>One</title><link>https://example.org/news/1234</link></item>\
        <item><title>Two</title><link>https://example.org/news/5678</link></item></channel></rss>";
    for end in 0..whole.len() {
        let Ok(feed) = parse(&whole.as_bytes()[..end], None, None) else { continue };
        for entry in feed.entries {
            let half = link(&entry);
            assert!(
                ["-", "https://example.org/news/1234", "https://example.org/news/5678"]
                    .contains(&half),
                "{half}"
            );
        }
    }
}
