//! Fifty outlets, each at a loopback address of its own, whose pages are made when they are asked for.

use std::fmt::Write as _;
use std::io::Read as _;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;

pub(crate) const OUTLETS: usize = 50;

/// Bytes of a page, most of them furniture.
const SIZE: usize = 60_000;

const STATES: [&str; 8] =
    ["China", "India", "Brazil", "Kenya", "Germany", "Japan", "Chile", "Canada"];
const MATTERS: [&str; 6] = [
    "data localization",
    "encryption",
    "incident reporting",
    "critical infrastructure",
    "ransomware payments",
    "online content",
];
const SYLLABLES: [&str; 16] = [
    "ba", "cor", "den", "fil", "gra", "hum", "jo", "kel", "lum", "mar", "nor", "pre", "rit", "sol",
    "tan", "ver",
];

/// The address of an outlet.
pub(crate) fn host(outlet: usize) -> String {
    format!("127.0.1.{}", outlet + 1)
}

/// Serves `count` pages on one port of fifty addresses, prints the port, and ends with standard input.
pub(crate) async fn serve(count: usize) {
    let first = TcpListener::bind((host(0), 0)).await.unwrap();
    let port = first.local_addr().unwrap().port();
    let mut doors = vec![first];
    for outlet in 1..OUTLETS {
        doors.push(TcpListener::bind((host(outlet), port)).await.unwrap());
    }
    for (outlet, door) in doors.into_iter().enumerate() {
        let router = Router::new().fallback(answer).with_state((outlet, count));
        tokio::spawn(async move { axum::serve(door, router).await });
    }
    println!("{port}");
    let end = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new()));
    let _ = end.await;
}

async fn answer(State((outlet, count)): State<(usize, usize)>, uri: Uri) -> Response {
    let html =
        |body: String| ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], body).into_response();
    match uri.path() {
        "/feed.xml" => {
            ([(header::CONTENT_TYPE, "application/rss+xml")], feed(outlet, count)).into_response()
        }
        path => match path.strip_prefix("/news/").and_then(|number| number.parse().ok()) {
            Some(number) => html(page(number)),
            None => StatusCode::NOT_FOUND.into_response(),
        },
    }
}

fn feed(outlet: usize, count: usize) -> String {
    let mut feed = "<rss version=\"2.0\"><channel><title>Outlet</title>".to_owned();
    for number in (outlet..count).step_by(OUTLETS) {
        let _ = write!(
            feed,
            "<item><title>{}</title><link>/news/{number}</link></item>",
            headline(number)
        );
    }
    feed + "</channel></rss>"
}

fn headline(number: usize) -> String {
    let (state, matter) = (STATES[number % STATES.len()], MATTERS[number / 8 % MATTERS.len()]);
    format!("{state} adopts law on {matter}, number {number}")
}

/// A page of an article among teasers.
fn page(number: usize) -> String {
    let (title, mut words) = (headline(number), Words(number as u64 + 1));
    let (day, month) = (number % 28 + 1, number / 28 % 12 + 1);
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta property=\"article:published_time\" content=\"2025-{month:02}-{day:02}T08:00:00Z\"></head><body>\
         <nav><a href=\"/\">Home</a></nav><main><article><h1>{title}</h1>"
    );
    for part in 0..12 {
        let subject =
            if part % 4 == 0 { "The government and its regulator said that the law" } else { "It" };
        let _ = writeln!(page, "<p>{subject} {}</p>", words.sentence(70));
    }
    page.push_str("</article></main><aside>");
    while page.len() < SIZE {
        let (link, text) = (words.next(), words.sentence(9));
        let _ = writeln!(
            page,
            "<div class=\"teaser col-4\"><a href=\"/news/x{link}\"><img src=\"/{link}.jpg\" alt=\"\"><h3>{text}</h3></a></div>"
        );
    }
    page + "</aside><footer>All rights reserved.</footer></body></html>"
}

/// Words of no meaning, some frequent and many rare, always the same for a page.
struct Words(u64);

impl Words {
    fn next(&mut self) -> u64 {
        // Numerical Recipes' linear congruential generator.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn sentence(&mut self, length: usize) -> String {
        let mut sentence = String::new();
        for _ in 0..length {
            let syllables = 1 + self.next() % 3;
            for _ in 0..syllables {
                // The smaller of two draws, so that some come often.
                let drawn = (self.next() % 16).min(self.next() % 16);
                sentence.push_str(SYLLABLES[usize::try_from(drawn).unwrap_or(0)]);
            }
            sentence.push(' ');
        }
        sentence.trim_end().to_owned() + "."
    }
}
