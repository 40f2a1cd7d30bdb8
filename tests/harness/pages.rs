//! Feeds and pages to put on the small web: like real ones, with what does not belong to the article around it.

/// An RSS 2.0 feed of `(path, title, RFC 2822 date)`; paths are made absolute by `base` (without a slash at its end).
pub fn feed(base: &str, entries: &[(&str, &str, &str)]) -> String {
    let mut items = String::new();
    for (path, title, date) in entries {
        items.push_str(&format!(
            "<item><title>{title}</title><link>{base}{path}</link><guid>{base}{path}</guid>\
             <pubDate>{date}</pubDate></item>"
        ));
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>Test Press</title>\
         <link>{base}</link><description>News</description>{items}</channel></rss>"
    )
}

/// A page with this headline, day (`2026-11-23`) and paragraphs, and with the usual things around them.
pub fn page(title: &str, day: &str, paragraphs: &[&str]) -> String {
    let middle = paragraphs.len().div_ceil(2);
    let text =
        |part: &[&str]| part.iter().map(|text| format!("<p>{text}</p>\n")).collect::<String>();
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | Test Press</title>\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"Test Press\">\
         <meta property=\"article:published_time\" content=\"{day}T08:00:00Z\"></head><body>\
         <div class=\"cookie-banner\">We value your privacy. <button>Accept all cookies</button></div>\
         <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/vpn-deals\">VPN deals</a></li></ul></nav>\
         <main><article><h1>{title}</h1><p class=\"byline\">By <a rel=\"author\" href=\"/a\">Ada Writer</a></p>\n{}\
         <aside class=\"advertisement\"><p>Advertisement: encrypt everything with BoxCrypt Pro!</p></aside>\
         <div class=\"related-reading\"><h4>Related Reading</h4><a href=\"/x\">Ten GDPR fines to remember</a></div>\n{}\
         <div class=\"author-bio\">Ada Writer has covered surveillance for ten years.</div></article>\
         <section class=\"newsletter\"><h3>Sign up for our newsletter</h3><input name=\"email\"></section>\
         <section class=\"related-content\"><h3>Related Content</h3><ul><li><a href=\"/y\">Russia fines a platform</a>\
         </li></ul></section></main><footer>All rights reserved. Terms. Privacy policy.</footer></body></html>",
        text(&paragraphs[..middle]),
        text(&paragraphs[middle..]),
    )
}

/// Paragraphs of a news item about a state's act, so that it counts as policy: `what` happens, in `state`.
pub fn article(state: &str, what: &str) -> [String; 4] {
    [
        format!(
            "The government of {state} on Monday adopted a law on {what}, its parliament said."
        ),
        format!(
            "The law gives the regulator new powers and obliges companies to comply with rules on {what}."
        ),
        format!(
            "Firms that break the law in {state} face fines; the regulation takes effect next year."
        ),
        "Industry groups said that they had expected a longer time to adapt their systems."
            .to_owned(),
    ]
}
