//! What happened to a law and will is put together from all that was read, and nothing is averaged.

use classifier::{Act, Development, Instrument, Tag, Tags, When};
use crawler::{Article, SourceId};
use index::{NewItem, Rhythm};
use serde_json::Value;
use tests::{Lexwatch, World, feed, page};

use crate::briefing::{send_at, subscribe};

/// Two outlets' items about one law, which disagree, and one that is not about policy.
const ITEMS: [(&str, &str, &str, &[&str]); 3] = [
    (
        "/adopted",
        "China's Cybersecurity Law to take effect on 1 June",
        "2017-05-20",
        &[
            "The Standing Committee of China's National People's Congress passed the China Cybersecurity Law on 7 November 2016.",
            "The China Cybersecurity Law takes effect on 1 June 2017, the Cyberspace Administration of China said, and asks operators to store data in the country.",
        ],
    ),
    (
        "/moved",
        "Beijing regulator gives firms time under the Cybersecurity Law",
        "2017-05-23",
        &[
            "The China Cybersecurity Law takes effect on 2 June 2017, the regulator told firms at a briefing about the law.",
            "Firms must comply with the data rules of the China Cybersecurity Law by 31 December 2018, the deadline that the regulator set.",
        ],
    ),
    (
        "/malware",
        "Researchers take apart a new banking trojan",
        "2017-05-24",
        &[
            "Researchers found a new banking trojan on 3 May 2017 that steals passwords from phones and sends them to its makers.",
            "The malware spreads by text messages, and its makers changed the code on Monday to hide it from scanners.",
        ],
    ),
];

async fn started(world: &mut World) -> anyhow::Result<Lexwatch> {
    let entries = ITEMS.map(|(path, title, _, _)| (path, title, ""));
    world.web.rss("/feed", feed(&world.web.url(""), &entries));
    for (path, title, day, paragraphs) in ITEMS {
        world.web.html(path, page(title, day, paragraphs));
    }
    world.source("press", "feed", "/feed", "");
    let lexwatch = world.start_at("2017-06-10T09:00:00Z").await?;
    lexwatch.ingest().await?;
    Ok(lexwatch)
}

/// `type date` of each development.
fn acts(of: &Value) -> Vec<String> {
    let text = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    let all = of["developments"].as_array().into_iter().flatten();
    all.map(|one| format!("{} {}", text(one, "type"), text(one, "date"))).collect()
}

async fn item(lexwatch: &Lexwatch, title: &str) -> anyhow::Result<Value> {
    let found = lexwatch.json("/api/v1/items?policy=any&fold=false").await?;
    let items = found["items"].as_array().into_iter().flatten();
    let mut ids =
        items.filter(|item| item["title"] == title).filter_map(|item| item["id"].as_str());
    lexwatch.json(&format!("/api/v1/items/{}", ids.next().unwrap_or_default())).await
}

#[tokio::test]
async fn an_item_tells_its_dated_acts_with_the_sentence() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let lexwatch = started(&mut world).await?;
    let told = item(&lexwatch, ITEMS[0].1).await?;
    assert_eq!(acts(&told), ["adopted 2016-11-07", "in-force 2017-06-01"], "{told:#}");
    assert_eq!(told["developments"][0]["instrument"], "china-cybersecurity-law");
    let page = lexwatch.get(&format!("/items/{}", told["id"].as_str().unwrap_or_default())).await?;
    assert!(
        page.body.contains(r#"<time datetime="2016-11-07">7 November 2016</time>"#),
        "{}",
        page.body
    );
    assert!(page.body.contains("passed the China Cybersecurity Law on 7 November 2016."));
    let malware = item(&lexwatch, ITEMS[2].1).await?;
    assert!(malware["policy"] == false && malware["developments"] == serde_json::json!([]));
    Ok(())
}

#[tokio::test]
async fn a_laws_timeline_keeps_dates_that_contradict_each_other() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let lexwatch = started(&mut world).await?;
    let law = lexwatch.json("/api/v1/instruments/china-cybersecurity-law").await?;
    let expected =
        ["adopted 2016-11-07", "in-force 2017-06-01", "in-force 2017-06-02", "deadline 2018-12-31"];
    assert_eq!(acts(&law), expected, "{law:#}");
    let [_, first, second, deadline] = [0, 1, 2, 3].map(|at| &law["developments"][at]);
    assert_eq!(first["other_dates"], serde_json::json!(["2017-06-02"]));
    assert_eq!(second["other_dates"], serde_json::json!(["2017-06-01"]));
    assert_eq!(deadline["other_dates"], serde_json::json!([]));
    assert_eq!(second["items"][0]["title"], ITEMS[1].1);
    assert_eq!(second["items"][0]["evidence"][0]["quote"], ITEMS[1].3[0]);

    let page = lexwatch.get("/laws/china-cybersecurity-law").await?.body;
    let places = ["7 November 2016", "1 June 2017", "2 June 2017", "31 December 2018"]
        .map(|date| page.find(&format!(">{date}</time>")));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {page}");
    let order = [r#"id="items""#, r#"class="row"#, r#"id="timeline""#].map(|part| page.find(part));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "news first: {order:?}");
    assert!(page.contains(r##"<a href="#in-force-2017-06-02">2 June 2017</a>"##), "{page}");
    assert_eq!(page.matches(r#"class="ahead""#).count(), 1, "one is still to come");
    assert!(page.contains("</time> In force <span class=\"score\">"), "how sure it is: {page}");
    Ok(())
}

#[tokio::test]
async fn what_people_say_of_an_item_holds_for_the_timeline() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let lexwatch = started(&mut world).await?;
    let told = item(&lexwatch, ITEMS[1].1).await?;
    let id = index::ItemId::parse(told["id"].as_str().unwrap_or_default());
    let word = (classifier::Action::Remove, classifier::Label::Policy);
    let verdict =
        index::Verdict { by: "Ada".into(), why: "about a fair".into(), at: lexwatch.app.now() };
    let store = lexwatch.app.index.store();
    store.correct(id.unwrap_or_else(|| panic!("{told:#}")), &[word], &verdict).await?;
    let law = lexwatch.json("/api/v1/instruments/china-cybersecurity-law").await?;
    assert_eq!(acts(&law), ["adopted 2016-11-07", "in-force 2017-06-01"], "{law:#}");
    Ok(())
}

#[tokio::test]
async fn what_is_still_to_take_effect_is_not_called_in_force() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let title = "Firms have days to comply with China's Cybersecurity Law";
    world.web.rss("/feed", feed(&world.web.url(""), &[("/soon", title, "")]));
    let words = [
        "The China Cybersecurity Law takes effect on 1 June 2017. Companies must comply with the law from that day, the Cyberspace Administration of China said.",
        "Operators of critical infrastructure have to store data in the country.",
    ];
    world.web.html("/soon", page(title, "2017-05-29", &words));
    world.source("press", "feed", "/feed", "");
    let lexwatch = world.start_at("2017-05-29T09:00:00Z").await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2017-05-29T09:05:00Z").await?;
    let letters = world.mailbox.letters();
    let letter = letters[0].1.replace("=\n", "");
    assert!(letter.contains("Takes effect 1 June 2017"), "{letter}");
    let told = item(&lexwatch, title).await?;
    assert_eq!(told["stage"], "in-force", "as the codebook has it");
    let path = format!("/items/{}", told["id"].as_str().unwrap_or_default());
    for path in ["/search?sort=newest", "/", &path] {
        let page = lexwatch.get(path).await?.body;
        assert!(page.contains("\"/search?stage=in-force\""), "{path}: {page}");
        assert!(page.contains(">Takes effect 1 June 2017<"), "{path}: {page}");
    }
    let law = "/laws/china-cybersecurity-law";
    let page = lexwatch.get(law).await?.body;
    assert!(page.contains("· Takes effect 1 June 2017 ·"), "{page}");
    assert!(
        page.contains("<dt>Takes effect</dt>") && !page.contains("<dt>In force</dt>"),
        "{page}"
    );
    assert!(page.contains("</time> Takes effect <span class=\"score\">"), "{page}");
    drop(lexwatch);
    let after = world.start_at("2017-06-02T09:00:00Z").await?;
    let page = after.get(law).await?.body;
    assert!(page.contains("· In force ·") && page.contains("<dt>In force</dt>"), "{page}");
    Ok(())
}

/// Keeps an item that tells acts of the China Cybersecurity Law.
async fn tell(lexwatch: &Lexwatch, title: &str, acts: &[(Act, &str)]) -> anyhow::Result<()> {
    let law = Instrument::parse("China Cybersecurity Law");
    let tag = |value| Tag { value, score: 0.9, evidence: Vec::new() };
    let development = |(act, date): &(Act, &str)| {
        let date = When::parse(date)?;
        Some(Development { act: *act, date, instrument: law, score: 0.9, evidence: Vec::new() })
    };
    let tags = Tags {
        policy: Tag { value: true, score: 0.9, evidence: Vec::new() },
        jurisdictions: Vec::new(),
        topics: Vec::new(),
        stage: None,
        instruments: law.map(tag).into_iter().collect(),
        developments: acts.iter().filter_map(development).collect(),
        model: "a test".to_owned(),
    };
    let store = lexwatch.app.index.store();
    let source = SourceId("press".to_owned());
    store.ensure_source(&source, "The Press").await?;
    let article = Article {
        url: Some(format!("https://press.example/{}", store.head().await?).parse()?),
        title: title.to_owned(),
        byline: None,
        published: Some("2017-05-20".parse()?),
        modified: None,
        paywalled: false,
        language: Some("en".to_owned()),
        site: None,
        text: title.to_owned(),
    };
    let seen = lexwatch.app.now();
    store.import(&[NewItem { source: &source, article: &article, tags: &tags, seen }]).await?;
    lexwatch.app.index.catch_up().await?;
    Ok(())
}

/// Of an act that happens once, no date within a year is left out, and it is said how many items tell each.
#[tokio::test]
async fn other_dates_of_an_act_are_all_there_with_how_many_tell_them() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start_at("2017-06-10T09:00:00Z").await?;
    tell(&lexwatch, "One", &[(Act::InForce, "2017-06-01"), (Act::InForce, "2017-06")]).await?;
    tell(&lexwatch, "Two", &[(Act::InForce, "2017-06-01")]).await?;
    tell(&lexwatch, "Three", &[(Act::InForce, "2016")]).await?;
    tell(&lexwatch, "Four", &[(Act::InForce, "2018-05-25")]).await?;
    tell(&lexwatch, "Five", &[(Act::InForce, "2019-12-01")]).await?;
    let law = lexwatch.json("/api/v1/instruments/china-cybersecurity-law").await?;
    let others: Vec<_> = law["developments"].as_array().into_iter().flatten().collect();
    let others: Vec<_> = others.iter().map(|one| (&one["date"], &one["other_dates"])).collect();
    let expected = serde_json::json!([
        ["2016", ["2017-06-01"]],
        ["2017-06-01", ["2016", "2018-05-25"]],
        ["2018-05-25", ["2017-06-01"]],
        ["2019-12-01", []],
    ]);
    assert_eq!(serde_json::json!(others), expected, "a year is near if any of its days is");
    let items = law["developments"][1]["items"].as_array().map(Vec::len);
    assert_eq!(items, Some(2), "who tells a day and its month tells one date: {law:#}");

    let page = lexwatch.get("/laws/china-cybersecurity-law").await?.body;
    let told = r##"Other dates told of this act within a year: <a href="#in-force-2016">2016</a> (1 item), <a href="#in-force-2018-05-25">25 May 2018</a> (1 item)</p>"##;
    assert!(page.contains(told), "{page}");
    assert!(
        page.contains(r##"<a href="#in-force-2017-06-01">1 June 2017</a> (2 items)"##),
        "{page}"
    );
    Ok(())
}

/// The page shows the latest acts: what it names of others is no link to nowhere.
#[tokio::test]
async fn a_date_that_the_page_has_no_room_for_is_named_without_a_link() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start_at("2017-06-10T09:00:00Z").await?;
    tell(&lexwatch, "One", &[(Act::InForce, "2016-06-01")]).await?;
    tell(&lexwatch, "Two", &[(Act::InForce, "2016-06-02")]).await?;
    // Thirty-nine days with fines.
    let fines: Vec<_> = (3..30).map(|day| format!("2016-06-{day:02}")).collect();
    let more: Vec<_> = (3..15).map(|day| format!("2016-07-{day:02}")).collect();
    for day in fines.iter().chain(&more) {
        tell(&lexwatch, "A fine", &[(Act::Enforcement, day)]).await?;
    }
    let page = lexwatch.get("/laws/china-cybersecurity-law").await?.body;
    let links = page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next());
    for anchor in links {
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor} is nowhere: {page}");
    }
    assert!(page.contains("within a year: 1 June 2016 (1 item)</p>"), "{page}");
    Ok(())
}

#[tokio::test]
async fn nothing_is_counted_from_a_day_of_publication_that_is_not_believed() -> anyhow::Result<()> {
    let mut world = World::new().await?;
    let title = "Parliament passes a data protection act";
    let text = "Parliament passed the data protection act on Tuesday, and the president signed it yesterday. The act \
        takes effect on 1 March 2027, and firms have 30 days to name an officer for data protection.";
    world.web.rss("/feed", feed(&world.web.url(""), &[("/dated", title, "")]));
    world.web.html("/dated", page(title, "2099-01-01", &[text]));
    world.source("press", "feed", "/feed", "");
    let lexwatch = world.start_at("2026-11-24T09:00:00Z").await?;
    lexwatch.ingest().await?;
    let told = item(&lexwatch, title).await?;
    assert_eq!(told["published"], Value::Null, "{told:#}");
    assert_eq!(acts(&told), ["in-force 2027-03-01"], "{told:#}");
    Ok(())
}
