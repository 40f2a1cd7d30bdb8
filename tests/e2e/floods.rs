//! Promise: nobody can have strangers showered with letters, or bury the people who read reports.

use tests::{Site, World};
use web::jobs::briefing;

const TRUSTED: &str = "trusted_proxies = [\"127.0.0.1\", \"10.0.0.0/8\"]\n";

/// Asks for a briefing to an address, as a client that these headers tell of.
async fn ask(site: &Site, number: usize, headers: &str) -> anyhow::Result<String> {
    let email = format!("victim{number}@example.org");
    site.send("/subscribe", headers, &[("email", &email), ("q", "encryption"), ("rhythm", "daily")])
        .await
}

fn is_taken(answer: &str) -> bool {
    answer.starts_with("HTTP/1.1 200") && answer.contains("Look into your mail")
}

async fn letters(world: &World, site: &Site) -> anyhow::Result<usize> {
    let app = &site.lexwatch.app;
    briefing::send_due(app, app.now()).await?;
    Ok(world.mailbox.letters().len())
}

#[tokio::test]
async fn one_client_has_a_few_letters_sent_an_hour() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let site = Site::start(&world).await?;
    for number in 0..10 {
        assert!(is_taken(&ask(&site, number, "").await?), "{number}");
    }
    // Nobody is believed who says to ask for somebody else.
    let refused =
        ask(&site, 10, "X-Forwarded-For: 192.0.2.9\r\nForwarded: for=192.0.2.9\r\n").await?;
    assert!(refused.starts_with("HTTP/1.1 429"), "{refused}");
    let wait = refused.lines().find_map(|line| line.strip_prefix("retry-after: "));
    let wait: u64 = wait.unwrap_or_default().trim().parse()?;
    assert!((3_500..=3_600).contains(&wait), "{wait}");
    assert!(refused.contains("Error: Briefings"), "{refused}");
    assert!(refused.contains("victim10@example.org") && refused.contains(">encryption</textarea>"));
    assert!(refused.contains("again in 60 minutes"), "{refused}");
    assert_eq!(letters(&world, &site).await?, 10);
    // Who only looks at what a search finds has nothing sent.
    let shown = site.send("/subscribe", "", &[("q", "encryption"), ("preview", "1")]).await?;
    assert!(shown.starts_with("HTTP/1.1 200"), "{shown}");
    Ok(())
}

#[tokio::test]
async fn behind_a_proxy_each_reader_is_one_client() -> anyhow::Result<()> {
    let mut world = World::with_press(&[("China", "encryption")]).await?;
    world.settings(TRUSTED);
    let site = Site::start(&world).await?;
    // The proxy adds the reader's address behind whatever the reader sent, and another proxy its own.
    let of = |reader: &str| format!("X-Forwarded-For: 203.0.113.5, {reader}, 10.1.2.3\r\n");
    for number in 0..10 {
        assert!(is_taken(&ask(&site, number, &of("192.0.2.1")).await?), "{number}");
    }
    for same in
        [of("192.0.2.1"), of("192.0.2.1:4711"), "Forwarded: for=\"192.0.2.1:80\"\r\n".to_owned()]
    {
        assert!(ask(&site, 10, &same).await?.starts_with("HTTP/1.1 429"), "{same}");
    }
    for other in
        ["Forwarded: for=\"[2001:db8::1]:47\", for=10.0.0.1\r\n".to_owned(), of("192.0.2.2")]
    {
        assert!(is_taken(&ask(&site, 11, &other).await?), "{other}");
    }
    // What contradicts itself, or cannot be read, is all of one client.
    let odd = [
        "X-Forwarded-For: 192.0.2.7\r\nForwarded: for=192.0.2.8\r\n",
        "X-Forwarded-For: anybody\r\n",
        "Forwarded: for=\"open\r\n",
    ];
    for number in 0..10 {
        assert!(is_taken(&ask(&site, 20 + number, odd[number % odd.len()]).await?), "{number}");
    }
    for odd in odd {
        assert!(ask(&site, 30, odd).await?.starts_with("HTTP/1.1 429"), "{odd}");
    }
    Ok(())
}

#[tokio::test]
async fn all_clients_together_are_bounded() -> anyhow::Result<()> {
    let mut world = World::with_press(&[("China", "encryption")]).await?;
    world.settings(TRUSTED);
    let site = Site::start(&world).await?;
    let mut refused = 0;
    for number in 0..110 {
        let reader = format!("X-Forwarded-For: 198.51.100.{number}\r\n");
        refused += usize::from(!is_taken(&ask(&site, number, &reader).await?));
    }
    assert_eq!(refused, 10);
    assert_eq!(letters(&world, &site).await?, 100);
    Ok(())
}

#[tokio::test]
async fn one_client_reports_a_few_tags_an_hour() -> anyhow::Result<()> {
    let mut world =
        World::with_press(&[("China", "encryption"), ("India", "VPN services")]).await?;
    world.settings(TRUSTED);
    let site = Site::start(&world).await?;
    let items = site.lexwatch.json("/api/v1/items").await?;
    let id = |number: usize| items["items"][number]["id"].as_str().unwrap_or_default().to_owned();
    let report = async |number: usize, reader: &str| {
        let words = format!("Wrong, {number}");
        let form = [("tag", "other"), ("words", words.as_str())];
        site.send(&format!("/items/{}/report", id(number % 2)), reader, &form).await
    };
    let reader = "X-Forwarded-For: 192.0.2.1\r\n";
    for number in 0..20 {
        assert!(report(number, reader).await?.starts_with("HTTP/1.1 303"), "{number}");
    }
    let refused = report(20, reader).await?;
    assert!(refused.starts_with("HTTP/1.1 429") && refused.contains("retry-after: "), "{refused}");
    assert!(refused.contains(">Wrong, 20</textarea>"), "what was typed stays: {refused}");
    assert!(report(21, "X-Forwarded-For: 192.0.2.2\r\n").await?.starts_with("HTTP/1.1 303"));
    Ok(())
}
