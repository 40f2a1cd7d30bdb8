//! The day of publication, in all the places where a page may tell it and beside all that only looks like it.

use crawler::{Page, extract};
use url::Url;

/// The day that is read of a page at an address.
fn day_at(address: &str, html: &str) -> String {
    let page = Page { url: Url::parse(address).ok(), content_type: None, body: html.into() };
    let published = extract::facts(&page).published;
    published.map_or_else(|| "-".to_owned(), |moment| moment.day().to_string())
}

/// The day that is read of a page with a headline in the middle of this.
fn day(before: &str, after: &str) -> String {
    let headline = "<h1>Harbour pilots warn of false positions</h1>";
    let html =
        format!("<html lang='en-GB'><body><main>{before}{headline}{after}</main></body></html>");
    day_at("https://courier.example/harbour-pilots", &html)
}

#[test]
fn the_date_closest_to_the_headline_is_the_articles() {
    let teaser = "<p>The pilots of three ports have asked for receivers that cannot be misled.</p>
        <div class='more'><a href='/x'>Another bridge is shut</a><span>21.10.2016</span></div>";
    assert_eq!(
        day("<div class='top'><span>12 July 2017</span> · <a>Ines Holt</a></div>", teaser),
        "2017-07-12"
    );
    assert_eq!(day("<span>1 July 2017</span><p>In print</p>", "<p>12 July 2017</p>"), "2017-07-12");
}

#[test]
fn days_of_members_visits_and_changes_are_not_those_of_the_article() {
    for other in [
        "<dl class='postprofile'><dd>18.09.2008</dd></dl>",
        "<dl><dt><b>Registriert:</b> 18.09.2008, 05:56</dt></dl>",
        "<dl><dt><b>Joined:</b></dt><dd>18.09.2008</dd></dl>",
        "<p class='time'>It is currently 14.10.2020, 12:18</p>",
        "<p><b>Letzte Änderung:</b> <span>14.10.2020</span></p>",
        "<blockquote><p>Fog again.</p><a>1 January 2009</a></blockquote>",
    ] {
        let after = format!("{other}<p>» 12.07.2017, 05:42</p>");
        assert_eq!(day("", &after), "2017-07-12", "{other}");
    }
    assert_eq!(
        day("", "<p class='entry-comments-link'><time>12 July 2017</time> 3 comments</p>"),
        "2017-07-12",
        "what counts comments is none"
    );
}

#[test]
fn a_page_that_tells_only_its_last_change_has_that_day() {
    assert_eq!(day("", "<p>Updated Jul 12, 2017 @ 10:42 am</p>"), "2017-07-12");
    assert_eq!(day("", "<li id='footer-info-lastmod'>12 July 2017, 05:33.</li>"), "2017-07-12");
    assert_eq!(day("", "<p>Updated 1 August 2017</p><p>12 July 2017</p>"), "2017-07-12");
}

#[test]
fn a_state_of_a_wikis_page_is_as_old_as_its_change() {
    let html = r#"<html><script type="application/ld+json">{"@type":"Article","datePublished":"2005-07-26"}</script>
        <h1>Pilot: difference between revisions</h1>
        <div id="mw-diff-otitle1">Revision as of 07:47, 28 March 2017</div>
        <div id="mw-diff-ntitle1">Latest revision as of 05:33, 12 July 2017</div></html>"#;
    assert_eq!(
        day_at("https://wiki.example/index.php?title=Pilot&diff=7&oldid=5", html),
        "2017-07-12"
    );
    assert_eq!(day_at("https://wiki.example/Pilot", html), "2005-07-26");
}

#[test]
fn seconds_are_dates_where_machines_read_them() {
    assert_eq!(day("", "<time data-timestamp='1499853000'>this week</time>"), "2017-07-12");
    assert_eq!(day("", "<site-date time='1499853000'></site-date>"), "2017-07-12");
    let json = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":1499853000000}</script>";
    assert_eq!(day(json, ""), "2017-07-12");
    assert_eq!(day("", "<p>Call 1499853000</p>"), "-");
}

#[test]
fn what_a_page_tells_its_scripts_and_in_words_of_its_own_counts_too() {
    assert_eq!(
        day("<script>window.page = {\"publishDate\": \"2017-07-12T10:00:00Z\"};</script>", ""),
        "2017-07-12"
    );
    assert_eq!(day("<script>push({'publishedAt' : 1499853000})</script>", ""), "2017-07-12");
    let meta = "<html><meta property='gallery:uploaded' content='2017-07-12'><h1>Fog</h1></html>";
    assert_eq!(day_at("https://gallery.example/fog", meta), "2017-07-12");
    let publisher = "<html><meta name='publisher' content='12.07.2017 Press'><h1>Fog</h1></html>";
    assert_eq!(day_at("https://gallery.example/fog", publisher), "-");
    let picture = "<html><meta property='og:image' content='https://img.example/2017/07/12/fog.jpg'><h1>Fog</h1></html>";
    assert_eq!(day_at("https://gallery.example/fog", picture), "2017-07-12");
}

#[test]
fn addresses_tell_days_in_folders_names_and_numbers() {
    let plain = "<html><h1>Fog over the harbour</h1></html>";
    for (path, expected) in [
        ("2017/07/12/fog", "2017-07-12"),
        ("n1/2017/0712/c1024-29400000.html", "2017-07-12"),
        ("2017-07/12/content_40000000.htm", "2017-07-12"),
        ("201707/12/fog.html", "2017-07-12"),
        ("xw/201707/t20170712_5000000.html", "2017-07-12"),
        ("news/2017-07-12-fog", "2017-07-12"),
        ("world/201707121044893040-fog/", "2017-07-12"),
        ("2017/10/3-questions-about-fog", "-"),
        ("id/201799999999999", "-"),
        ("web/20200301120000/https://courier.example/2017/07/12/fog", "2017-07-12"),
        ("web/20200301120000/https://courier.example/fog", "-"),
    ] {
        assert_eq!(day_at(&format!("https://courier.example/{path}"), plain), expected, "{path}");
    }
    let canonical = "<html><link rel=canonical href='https://courier.example/2017/07/12/fog'><h1>Fog</h1></html>";
    assert_eq!(day_at("", canonical), "2017-07-12");
}

#[test]
fn a_time_in_greenwich_lies_on_the_day_of_its_publisher() {
    let page = |language: &str, time: &str, shown: &str| {
        let html = format!(
            "<html lang={language}><meta property='article:published_time' content='{time}'><h1>Fog</h1>{shown}</html>"
        );
        day_at("https://courier.example/fog", &html)
    };
    assert_eq!(page("de", "2017-07-11T22:00:00.000Z", ""), "2017-07-12", "midnight in summer");
    assert_eq!(page("de", "2017-01-11T22:59:00Z", ""), "2017-01-11", "an hour before it in winter");
    assert_eq!(page("ja", "2017-07-11T15:00:00Z", ""), "2017-07-12");
    assert_eq!(
        page("fr", "2017-07-11T22:00:00Z", ""),
        "2017-07-11",
        "French is spoken in many zones"
    );
    assert_eq!(
        page("de", "2017-07-11T22:00:00Z", "<p>11.07.2017</p>"),
        "2017-07-11",
        "as it is shown"
    );
    assert_eq!(page("de", "2017-07-11T22:00:00+02:00", ""), "2017-07-11", "a zone of its own");
}
