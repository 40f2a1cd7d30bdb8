//! Nothing twice, nothing missed, nothing that was not asked for.

use chrono::{DateTime, Utc};
use classifier::{Jurisdiction, Tag, Tags};
use crawler::{Article, SourceId};
use index::{NewItem, NewSubscription, Query, Rhythm};
use tests::{Lexwatch, World, readable};
use web::jobs::briefing::{self, Report};

// What a person's correction brings into a subscription is told, once.
mod corrections;
// Every letter leaves once, whatever machines and mail servers do.
mod delivery;

const WORLD: [(&str, &str); 3] = [
    ("China", "data localization"),
    ("India", "VPN services"),
    ("Germany", "critical infrastructure"),
];

pub(crate) async fn subscribe(
    lexwatch: &Lexwatch,
    email: &str,
    query: &str,
    rhythm: Rhythm,
) -> anyhow::Result<()> {
    let (query, errors) = Query::parse(query);
    assert!(errors.is_empty(), "{errors:?}");
    let new = NewSubscription {
        email: email.to_owned(),
        query,
        rhythm,
        zone: "Europe/Berlin".to_owned(),
        hour: 7,
        mark: lexwatch.app.index.store().head().await?,
        last_run: None,
        confirmed: true,
        created: lexwatch.app.now(),
    };
    lexwatch.app.index.store().subscribe(&new, None).await?;
    Ok(())
}

pub(crate) async fn send_at(lexwatch: &Lexwatch, now: &str) -> anyhow::Result<Report> {
    briefing::send_due(&lexwatch.app, now.parse()?).await
}

/// An item that is about to be kept: its headline, its jurisdictions, and when it was published.
struct News {
    title: String,
    codes: &'static [&'static str],
    published: &'static str,
    source: &'static str,
}

fn news(title: impl Into<String>, codes: &'static [&'static str]) -> News {
    News { title: title.into(), codes, published: "2026-11-23T08:00:00Z", source: "press" }
}

/// Keeps items whose tags are given, so that a test decides what a briefing is made of.
async fn keep(lexwatch: &Lexwatch, items: &[News]) -> anyhow::Result<()> {
    let home = |code: &&str| {
        let value = Jurisdiction::parse(code).ok_or_else(|| anyhow::anyhow!("no code {code}"))?;
        anyhow::Ok(Tag { value, score: 0.9, evidence: Vec::new() })
    };
    let store = lexwatch.app.index.store();
    for news in items {
        let source = SourceId(news.source.to_owned());
        let number = store.head().await?;
        let article = Article {
            url: Some(format!("https://press.example/{number}?a=1&b=2").parse()?),
            title: news.title.clone(),
            byline: None,
            published: Some(news.published.parse()?),
            modified: None,
            paywalled: false,
            language: Some("en".to_owned()),
            site: None,
            text: format!("The parliament adopted law number {number}."),
        };
        let tags = Tags {
            policy: Tag { value: true, score: 0.9, evidence: Vec::new() },
            jurisdictions: news.codes.iter().map(home).collect::<anyhow::Result<_>>()?,
            topics: Vec::new(),
            stage: None,
            instruments: Vec::new(),
            developments: Vec::new(),
            model: "by hand".to_owned(),
        };
        let seen: DateTime<Utc> = lexwatch.app.now();
        let new = NewItem { source: &source, article: &article, tags: &tags, seen };
        store.import(&[new]).await?;
    }
    Ok(())
}

/// Where each of these stands in a text, all of them in this order.
fn in_order(text: &str, parts: &[&str]) -> bool {
    let mut rest = text;
    parts.iter().all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[tokio::test]
async fn a_briefing_holds_what_matches_and_comes_once() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:IN,DE", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    send_at(&lexwatch, "2026-11-24T08:05:00Z").await?;
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 1, "once");
    let letter = letters[0].1.replace("=\n", "");
    assert!(letter.contains("India adopts law on VPN services"), "{letter}");
    assert!(letter.contains("Germany adopts law on critical infrastructure"));
    assert!(!letter.contains("China adopts"), "what was not asked for stays out");
    assert!(letter.contains("text/plain") && letter.contains("text/html"));
    Ok(())
}

#[tokio::test]
async fn nothing_new_is_no_mail() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:FR", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    assert!(world.mailbox.letters().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_daily_briefing_waits_for_its_local_hour() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start_at("2026-11-24T07:30:00Z").await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Daily).await?;
    lexwatch.ingest().await?;
    // Seven in Berlin is six in UTC in winter.
    send_at(&lexwatch, "2026-11-24T23:00:00Z").await?;
    send_at(&lexwatch, "2026-11-25T05:59:00Z").await?;
    assert!(world.mailbox.letters().is_empty(), "before the hour");
    send_at(&lexwatch, "2026-11-25T06:00:00Z").await?;
    send_at(&lexwatch, "2026-11-25T20:00:00Z").await?;
    assert_eq!(world.mailbox.letters().len(), 1);
    Ok(())
}

#[tokio::test]
async fn old_news_that_is_read_late_is_no_briefing() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start_at("2027-03-01T08:00:00Z").await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2027-03-01T09:00:00Z").await?;
    assert!(world.mailbox.letters().is_empty(), "published more than 30 days ago");
    Ok(())
}

#[tokio::test]
async fn a_daily_briefing_keeps_its_local_hour_when_the_clocks_change() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start_at("2026-10-24T12:00:00Z").await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Daily).await?;
    let autumn = News { published: "2026-10-24T08:00:00Z", ..news("A law for autumn", &["DE"]) };
    keep(&lexwatch, &[autumn]).await?;
    // The clocks went back at one in UTC: seven in Berlin was five the day before, and is six now.
    send_at(&lexwatch, "2026-10-25T05:59:00Z").await?;
    assert!(world.mailbox.letters().is_empty());
    send_at(&lexwatch, "2026-10-25T06:00:00Z").await?;
    assert_eq!(world.mailbox.letters().len(), 1);
    Ok(())
}

#[tokio::test]
async fn what_a_sleeping_machine_missed_comes_once() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Daily).await?;
    keep(&lexwatch, &[news("A law", &["DE"])]).await?;
    send_at(&lexwatch, "2026-11-28T15:00:00Z").await?;
    assert_eq!(world.mailbox.letters().len(), 1, "four mornings were missed");
    keep(&lexwatch, &[news("Another law", &["DE"])]).await?;
    send_at(&lexwatch, "2026-11-28T15:05:00Z").await?;
    assert_eq!(world.mailbox.letters().len(), 1, "the next one waits for its hour again");
    send_at(&lexwatch, "2026-11-29T06:00:00Z").await?;
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 2);
    let second = readable(&letters[1].1);
    assert!(second.contains("Another law") && !second.contains("* A law\n"), "{second}");
    Ok(())
}

#[tokio::test]
async fn hostile_titles_stay_titles() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    let hostile = "</a><script>alert(1)</script>\r\nBcc: all@example.org\r\n\r\n\u{202e}\u{200b}";
    keep(&lexwatch, &[news(format!("{hostile}{}", "x".repeat(5000)), &["DE"])]).await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    keep(&lexwatch, &[news("\u{202e}\n", &["DE"]), news(hostile, &["DE"])]).await?;
    send_at(&lexwatch, "2026-11-24T09:00:00Z").await?;
    assert_eq!(world.mailbox.letters().len(), 2);
    for (_, letter) in world.mailbox.letters() {
        let (head, _) = letter.split_once("\n\n").unwrap_or_default();
        assert!(!head.to_ascii_lowercase().contains("\nbcc:"), "{head}");
        assert!(head.lines().all(|line| line.len() <= 998 && line.is_ascii()), "{head}");
        let letter = readable(&letter);
        assert!(!letter.contains("<script") || letter.contains("\n* </a><script>"), "{letter}");
        assert!(letter.contains("&#60;script&#62;alert(1)"), "in the HTML it is text: {letter}");
        assert!(!letter.contains('\u{202e}') && !letter.contains(&"x".repeat(400)));
    }
    let second = readable(&world.mailbox.letters()[1].1);
    assert!(second.contains("(without a title)"), "{second}");
    Ok(())
}

#[tokio::test]
async fn an_item_stands_once_under_the_state_that_was_asked_for() -> anyhow::Result<()> {
    let mut world = World::with_press(&[]).await?;
    world.source(
        "other",
        "feed",
        "/other.xml",
        "[[source]]\nid = \"office\"\nname = \"The Office\"\nurl = \"https://office.example/feed\"\n\
         format = \"feed\"\npublisher = \"regulator\"\nschedule = \"0 0 * * * *\"",
    );
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:CN,IN,US", Rhythm::Now).await?;
    let older =
        News { published: "2026-11-20T08:00:00Z", source: "office", ..news("Rule", &["CN"]) };
    let items = [
        news("Press on China", &["CN"]),
        older,
        news("Europe and India", &["EU", "IN"]),
        news("A Californian law", &["US-CA", "US"]),
        news("Brazil alone", &["BR"]),
    ];
    keep(&lexwatch, &items).await?;
    let report = send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    assert_eq!(report.briefings[0].items, 4);
    assert!(report.briefings[0].subject.starts_with("China, "), "{}", report.briefings[0].subject);
    let letter = readable(&world.mailbox.letters()[0].1);
    let text = letter.split("<!doctype").next().unwrap_or_default();
    assert!(in_order(text, &["\nCHINA\n", "* Rule", "(official)", "* Press on China"]), "{text}");
    assert!(in_order(text, &["\nINDIA\n", "* Europe and India"]), "{text}");
    assert!(in_order(text, &["\nUNITED STATES\n", "* A Californian law"]), "{text}");
    assert!(!text.contains("EUROPEAN UNION") && !letter.contains("Brazil"), "{text}");
    assert_eq!(text.matches("* Europe and India").count(), 1);
    Ok(())
}

#[tokio::test]
async fn a_long_briefing_is_cut_and_leads_to_the_rest() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    let mut items: Vec<_> = (0..60).map(|number| news(format!("Law {number}"), &["CN"])).collect();
    items.push(news("The only one from Fiji", &["FJ"]));
    keep(&lexwatch, &items).await?;
    let report = send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    assert_eq!(report.briefings[0].subject, "China and Fiji: 61 items");
    let letter = &world.mailbox.letters()[0].1;
    assert!(letter.len() < 100_000, "mail programs cut off more: {}", letter.len());
    let letter = readable(letter);
    let text = letter.split("<!doctype").next().unwrap_or_default();
    assert_eq!(text.matches("\n* ").count(), 40);
    assert!(text.contains("The only one from Fiji"), "every state has its first ones: {text}");
    assert!(text.contains("21 more did not fit"), "{text}");
    let all = text.split_whitespace().rfind(|word| word.contains("/search?"));
    let path = all.and_then(|url| url.splitn(4, '/').nth(3)).unwrap_or_default();
    assert!(lexwatch.get(&format!("/{path}")).await?.body.contains("<strong>61</strong> items"));
    Ok(())
}

#[tokio::test]
async fn a_letter_says_why_it_came_and_how_to_end_it() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "country:DE", Rhythm::Weekly).await?;
    keep(&lexwatch, &[news("A law for all", &["DE"])]).await?;
    send_at(&lexwatch, "2026-11-30T06:00:00Z").await?;
    let letter = world.mailbox.letters()[0].1.clone();
    let token = lexwatch.app.index.store().subscriptions().await?[0].token.clone();
    let out = lexwatch.app.link(&format!("/subscriptions/{token}/unsubscribe"));
    let unfolded = letter.replace("\n ", " ");
    assert!(unfolded.contains(&format!("\nList-Unsubscribe: <{out}>\n")), "{letter}");
    assert!(unfolded.contains("\nSubject: Germany: A law for all\n"), "{letter}");
    assert!(unfolded.contains("\nMessage-ID: <briefing."), "{letter}");
    let letter = readable(&letter);
    for twin in [letter.split("<!doctype").next().unwrap_or_default(), letter.as_str()] {
        for part in ["reader@example.org", "Germany", "every Monday at 07:00", &out] {
            assert!(twin.contains(part), "{part} is missing in {twin}");
        }
    }
    Ok(())
}
