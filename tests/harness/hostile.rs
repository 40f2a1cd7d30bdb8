//! Headlines and authors that are made to hurt whoever shows them, and the ways in which they come in.

use crate::{FakeWeb, article};

/// One trick, under a name that is also a word of its headlines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trick {
    /// One word that no other trick has.
    pub name: &'static str,
    /// What stands before the words of a headline or the name of an author.
    pub before: String,
}

/// Every trick, for headlines and authors alike.
pub fn tricks() -> Vec<Trick> {
    let long = "long ".repeat(10_000) + &"x".repeat(50_000);
    [
        ("scripted", "<script>alert(1)</script>"),
        ("pictured", "\"><img src=x onerror=alert(1)>"),
        ("closing", "</title></h1>--></textarea></script><script>alert(1)</script>"),
        ("entitled", "&lt;script&gt;alert(1)&lt;/script&gt; ]]>"),
        ("coloured", "\u{1b}[31m\u{1b}]0;owned\u{7}\u{1b}]8;;http://evil.example\u{1b}\\\u{7f}"),
        ("controlled", "\u{9b}31m\u{9d}0;owned\u{9c}\u{85}"),
        ("broken", "A\r\nBcc: all@example.org\r\n\r\nER  - \r\nTY  - NEWS\r\n"),
        ("turned", "\u{202e}\u{2066}\u{200f}\u{061c}fdp.exe"),
        ("unseen", "\u{200b}\u{feff}\u{2060}\u{ad}\u{e0041}"),
        ("unread", "a\0b\u{ffff}\u{fffe}\u{fff9}"),
        ("equal", "=HYPERLINK(\"http://evil.example\",\"x\")"),
        ("plus", "+1+cmd|' /C calc'!A0"),
        ("minus", "-2+3"),
        ("at", "@SUM(1+1)"),
        ("tabbed", "\t=1+1"),
        ("returned", "\r=1+1"),
        ("veiled", "\u{200b}=1+1"),
        ("bracketed", "A} \\input{/etc/passwd} {{\\"),
        ("long", &long),
    ]
    .map(|(name, before)| Trick { name, before: before.to_owned() })
    .to_vec()
}

impl Trick {
    /// A headline about policy.
    pub fn title(&self) -> String {
        format!("{} China adopts law on encryption, {}", self.before, self.name)
    }

    /// An author.
    pub fn author(&self) -> String {
        format!("{} Ada Writer", self.before)
    }

    /// A page whose headline and author are markup for these very characters, each by its number.
    pub fn page_of_numbers(&self) -> String {
        self.page("", numbered)
    }

    /// A page in whose markup these characters stand as they are, as far as that makes text, and that says the same of
    /// itself as JSON.
    pub fn page_of_letters(&self) -> String {
        let facts = serde_json::json!({
            "@type": "NewsArticle", "headline": self.title(), "author": {"name": self.author()}
        });
        let facts = facts.to_string().replace('<', "\\u003c");
        self.page(&format!("<script type=\"application/ld+json\">{facts}</script>"), lettered)
    }

    fn page(&self, head: &str, write: fn(&str) -> String) -> String {
        let (title, author) = (write(&self.title()), write(&self.author()));
        let text = article("China", "encryption");
        format!(
            "<!doctype html><html lang=en><head><meta charset=utf-8>{head}<title>{title}</title>\
             <meta property=\"og:title\" content=\"{title}\"><meta name=author content=\"{author}\">\
             <meta property=\"article:published_time\" content=\"2026-11-23T08:00:00Z\"></head><body><article>\
             <h1>{title}</h1><p>{}</p><p>{}</p><p>{}</p></article></body></html>",
            text[0], text[1], text[2]
        )
    }

    /// An entry of a feed with its own text; what a feed's headline holds is markup, so that it is written twice over.
    fn entry(&self, base: &str) -> String {
        let (title, author) = (lettered(&lettered(&self.title())), lettered(&self.author()));
        let text = article("China", "encryption").join(" ");
        format!(
            "<item><title>{title}</title><author>{author}</author><link>{base}/wire/{}</link>\
             <pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate><description>{text}</description></item>",
            self.name
        )
    }
}

/// Puts on the web: `/pages.xml`, which lists two pages for each trick, and `/wire.xml`, whose entries are whole.
pub fn publish_tricks(web: &FakeWeb) {
    let base = web.url("");
    let (mut pages, mut wire) = (String::new(), String::new());
    for trick in tricks() {
        web.html(&format!("/numbers/{}", trick.name), trick.page_of_numbers());
        web.html(&format!("/letters/{}", trick.name), trick.page_of_letters());
        for way in ["numbers", "letters"] {
            pages.push_str(&format!(
                "<item><title>A page</title><link>{base}/{way}/{}</link></item>",
                trick.name
            ));
        }
        wire.push_str(&trick.entry(&base));
    }
    for (path, items) in [("/pages.xml", pages), ("/wire.xml", wire)] {
        web.rss(
            path,
            format!("<rss version=\"2.0\"><channel><title>x</title>{items}</channel></rss>"),
        );
    }
}

fn numbered(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            ' ' | 'a'..='z' | 'A'..='Z' => c.to_string(),
            c => format!("&#{};", u32::from(c)),
        })
        .collect()
}

fn lettered(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
