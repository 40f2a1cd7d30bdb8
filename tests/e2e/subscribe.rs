//! Nobody gets mail who did not confirm, and whoever wants out is out.

use axum::http::StatusCode;
use tests::{Lexwatch, World, readable};
use web::jobs::briefing;

const FORM: [(&str, &str); 5] = [
    ("email", "reader@example.org"),
    ("jurisdiction", "CN"),
    ("rhythm", "now"),
    ("zone", "Europe/Berlin"),
    ("hour", "7"),
];

/// The path of the first link in a letter that holds `part`.
fn link(letter: &str, part: &str) -> String {
    let text = letter.replace("=\n", "").replace("=3D", "=");
    let found = text
        .split(['"', '<', '>', ' ', '\n', '\r'])
        .find(|word| word.starts_with("http://") && word.contains(part));
    let url = found.unwrap_or_else(|| panic!("no link with {part} in\n{text}"));
    url.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default()
}

async fn subscribe(world: &World, lexwatch: &Lexwatch) -> anyhow::Result<String> {
    let answer = lexwatch.post("/subscribe", &FORM).await?;
    assert!(answer.status.is_success() || answer.status.is_redirection(), "{}", answer.body);
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 1, "one letter asks for confirmation");
    assert_eq!(letters[0].0, "reader@example.org");
    Ok(link(&letters[0].1, "/subscriptions/"))
}

#[tokio::test]
async fn only_a_post_confirms() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    let page = subscribe(&world, &lexwatch).await?;
    assert!(lexwatch.get(&page).await?.status.is_success());
    lexwatch.ingest().await?;
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    assert_eq!(world.mailbox.letters().len(), 1, "a GET changes nothing, so there is no briefing");
    let confirmed = lexwatch.post(&format!("{page}/confirm"), &[]).await?;
    assert!(confirmed.status.is_success() || confirmed.status.is_redirection());
    let subscriptions = lexwatch.app.index.store().subscriptions().await?;
    assert!(subscriptions[0].confirmed.is_some());
    Ok(())
}

#[tokio::test]
async fn one_click_ends_it() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "data localization")]).await?;
    let lexwatch = world.start().await?;
    let page = subscribe(&world, &lexwatch).await?;
    lexwatch.post(&format!("{page}/confirm"), &[]).await?;
    lexwatch.ingest().await?;
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    let letters = world.mailbox.letters();
    assert_eq!(letters.len(), 2, "a briefing came");
    let letter = &letters[1].1;
    assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{letter}");
    let header = letter.replace("\n ", " ");
    let header = header.lines().find(|line| line.starts_with("List-Unsubscribe:"));
    let out = link(header.unwrap_or_default(), "/unsubscribe");
    assert!(lexwatch.get(&page).await?.status.is_success(), "a GET ends nothing");
    let answer = lexwatch.post(&out, &[("List-Unsubscribe", "One-Click")]).await?;
    assert!(answer.status.is_success(), "{}", answer.status);
    assert!(lexwatch.app.index.store().subscriptions().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_bad_form_says_what_is_wrong_and_keeps_what_was_typed() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let hostile = "no-address\r\nBcc: all@example.org";
    for (field, value) in
        [("email", hostile), ("zone", "Mars/Olympus"), ("rhythm", "hourly"), ("hour", "99")]
    {
        let form =
            FORM.map(|(name, kept)| if name == field { (name, value) } else { (name, kept) });
        let answer = lexwatch.post("/subscribe", &form).await?;
        assert!(answer.status.is_client_error(), "{field}: {}", answer.status);
        if field != "email" {
            assert!(answer.body.contains("reader@example.org"), "{field}: what was typed stays");
        }
    }
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    assert!(world.mailbox.letters().is_empty());
    Ok(())
}

#[tokio::test]
async fn a_field_that_no_form_has_is_refused_by_its_name() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let sent = async |path: &str, name: &str| {
        let form = [&FORM[..], &[("q", "vpn"), (name, "CN")]].concat();
        anyhow::Ok(lexwatch.post(path, &form).await?)
    };
    let store = lexwatch.app.index.store();
    for (name, told) in [("countri", "`countri`"), ("jurisdicton", "did you mean `jurisdiction`")] {
        let refused = sent("/subscribe", name).await?;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(told.split('`').all(|part| refused.body.contains(part)), "{}", refused.body);
        assert!(store.subscriptions().await?.is_empty(), "{name}");
    }
    assert_eq!(sent("/subscribe", "preview").await?.status, StatusCode::OK);
    let page = subscribe(&world, &lexwatch).await?;
    let before = store.subscriptions().await?;
    assert_eq!(sent(&page, "countri").await?.status, StatusCode::BAD_REQUEST);
    assert_eq!(store.subscriptions().await?, before);
    Ok(())
}

#[tokio::test]
async fn all_faults_are_told_at_once_each_by_its_field() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let form = [
        ("email", "nobody"),
        ("q", "country:Atlantis encryption"),
        ("rhythm", "hourly"),
        ("zone", "Mars/Olympus"),
        ("hour", "25"),
    ];
    let answer = lexwatch.post("/subscribe", &form).await?;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for place in ["email", "query", "rhythm", "zone", "hour"] {
        assert!(
            answer.body.contains(&format!("href=\"#{place}\"")),
            "the summary leads to {place}"
        );
        assert!(answer.body.contains(&format!("id=\"{place}\"")), "which is there");
        assert!(answer.body.contains(&format!("id=\"{place}-fault\"")), "and says what is wrong");
    }
    for typed in ["nobody", "country:Atlantis encryption", "Mars/Olympus"] {
        assert!(answer.body.contains(typed), "{typed} stays");
    }
    assert!(lexwatch.app.index.store().subscriptions().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_misspelt_word_is_pointed_at_before_its_briefings_stay_empty() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let page = lexwatch.get("/subscribe?q=encrpytion&jurisdiction=CN").await?.body;
    let meant = "Did you mean <a href=\"/subscribe?q=encryption&#38;jurisdiction=CN\">";
    assert!(page.contains(meant), "{page}");
    let right = lexwatch.get("/subscribe?q=encryption&jurisdiction=CN").await?.body;
    assert!(!right.contains("Did you mean"), "{right}");
    Ok(())
}

#[tokio::test]
async fn a_search_becomes_a_subscription_of_the_same() -> anyhow::Result<()> {
    let world = World::with_press(&[("China", "encryption"), ("India", "VPN services")]).await?;
    let lexwatch = world.start().await?;
    lexwatch.ingest().await?;
    let page = lexwatch.get("/subscribe?q=law&jurisdiction=CN&sort=newest&topic=gardening").await?;
    assert!(page.status.is_success());
    assert!(page.body.contains("gardening"), "what was not understood is said");
    assert!(page.body.contains("<strong>1</strong> item</a> in the last 30 days"), "{}", page.body);
    assert!(page.body.contains("China adopts law") && !page.body.contains("India adopts law"));
    // The other button shows the same for what was typed, and keeps nothing.
    let form = [("email", "reader@example.org"), ("q", "country:IN"), ("preview", "1")];
    let shown = lexwatch.post("/subscribe", &form).await?;
    assert!(shown.status.is_success() && shown.body.contains("India adopts law"));
    assert!(shown.body.contains("reader@example.org"));
    assert!(lexwatch.app.index.store().subscriptions().await?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_stranger_cannot_be_showered_with_letters() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let mut answers = std::collections::BTreeSet::new();
    for number in 0..20 {
        let email = format!("Victim+{number}@Example.org");
        let q = format!("word{number}");
        let form = [("email", email.as_str()), ("q", &q), ("rhythm", "daily")];
        let answer = lexwatch.post("/subscribe", &form).await?;
        answers.insert((answer.status.as_u16(), answer.body));
        briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    }
    assert_eq!(world.mailbox.letters().len(), 1, "so many at a time");
    assert_eq!(answers.len(), 1, "and no answer tells which");
    let form = [("email", "other@example.org"), ("q", "word"), ("rhythm", "daily")];
    lexwatch.post("/subscribe", &form).await?;
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    assert_eq!(world.mailbox.letters().len(), 2, "others are not concerned");
    drop(lexwatch);
    // Hours later another may go, and a few a day.
    let mut sent = Vec::new();
    for time in ["24T12:59", "24T13:01", "24T20:00", "25T02:30", "25T07:02"] {
        let lexwatch = world.start_at(&format!("2026-11-{time}:00Z")).await?;
        let form = [("email", "victim@example.org"), ("q", time), ("rhythm", "daily")];
        lexwatch.post("/subscribe", &form).await?;
        briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
        sent.push(world.mailbox.letters().len());
    }
    assert_eq!(sent, [2, 3, 4, 4, 5]);
    Ok(())
}

#[tokio::test]
async fn the_form_is_no_way_to_advertise_to_strangers() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let form = [
        ("email", "reader@example.org"),
        ("q", "\"Cheap pills at pills.example\""),
        ("rhythm", "now"),
    ];
    let answer = lexwatch.post("/subscribe", &form).await?;
    assert!(answer.status.is_success(), "{}", answer.body);
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    let letter = readable(&world.mailbox.letters()[0].1);
    assert!(!letter.contains("pills"), "{letter}");
    let page = lexwatch.get(&link(&world.mailbox.letters()[0].1, "/subscriptions/")).await?;
    assert!(page.body.contains("Cheap pills"), "the page says what is confirmed");
    Ok(())
}

#[tokio::test]
async fn nobody_learns_whether_an_address_is_known() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let page = subscribe(&world, &lexwatch).await?;
    lexwatch.post(&format!("{page}/confirm"), &[]).await?;
    let known = lexwatch.post("/subscribe", &FORM).await?;
    let unknown =
        FORM.map(
            |(name, kept)| {
                if name == "email" { (name, "stranger@example.org") } else { (name, kept) }
            },
        );
    let unknown = lexwatch.post("/subscribe", &unknown).await?;
    assert_eq!((known.status, known.body), (unknown.status, unknown.body));
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    let to_known = |(to, _): &(String, String)| to == "reader@example.org";
    assert_eq!(world.mailbox.letters().iter().filter(|letter| to_known(letter)).count(), 1);
    Ok(())
}

#[tokio::test]
async fn what_is_not_confirmed_in_time_is_forgotten() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    let page = subscribe(&world, &lexwatch).await?;
    drop(lexwatch);
    let later = world.start_at("2026-12-02T07:00:00Z").await?;
    assert_eq!(later.get(&page).await?.status, StatusCode::NOT_FOUND);
    let late = later.post(&format!("{page}/confirm"), &[]).await?;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert!(late.body.contains("not confirmed in time"), "{}", late.body);
    briefing::send_due(&later.app, later.app.now()).await?;
    assert!(later.app.index.store().subscriptions().await?.is_empty(), "the address is deleted");
    Ok(())
}

#[tokio::test]
async fn wishes_can_be_changed_and_a_get_changes_none() -> anyhow::Result<()> {
    let world = World::with_press(&[("India", "VPN services")]).await?;
    let lexwatch = world.start().await?;
    let page = subscribe(&world, &lexwatch).await?;
    lexwatch.post(&format!("{page}/confirm"), &[]).await?;
    for action in ["confirm", "unsubscribe"] {
        let answer = lexwatch.get(&format!("{page}/{action}")).await?;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{action}");
        assert_eq!(answer.headers["location"], page.as_str());
    }
    let shown = lexwatch.get(&page).await?;
    assert!(shown.body.contains("country:CN") && shown.body.contains("reader@example.org"));
    assert_eq!(shown.headers["referrer-policy"], "no-referrer", "the address is a secret");
    assert_eq!(shown.headers["cache-control"], "no-store");

    let wishes = [("q", "country:IN"), ("rhythm", "now"), ("zone", "asia/kolkata"), ("hour", "9")];
    let bad = wishes.map(|(name, kept)| if name == "zone" { (name, "Mars") } else { (name, kept) });
    let refused = lexwatch.post(&page, &bad).await?;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("country:IN") && refused.body.contains("zone-fault"));
    let weekly =
        wishes.map(|(name, kept)| if name == "rhythm" { (name, "weekly") } else { (name, kept) });
    lexwatch.post(&page, &weekly).await?;
    let next = "Monday, 30 November 2026, at 09:00 IST";
    assert!(lexwatch.get(&page).await?.body.contains(next), "the reader can check the zone");
    let changed = lexwatch.post(&page, &wishes).await?;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let kept = &lexwatch.app.index.store().subscriptions().await?[0];
    assert_eq!(kept.query.to_text(), "country:IN");
    assert_eq!((kept.zone.as_str(), kept.hour), ("Asia/Kolkata", 9));
    for some in [&wishes[..0], &wishes[..3], &wishes[1..], &[("query", "vpn")]] {
        let refused = lexwatch.post(&page, some).await?;
        assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{some:?}");
        let kept = &lexwatch.app.index.store().subscriptions().await?[0];
        assert_eq!((kept.query.to_text().as_str(), kept.hour), ("country:IN", 9), "{some:?}");
    }
    lexwatch.ingest().await?;
    briefing::send_due(&lexwatch.app, lexwatch.app.now()).await?;
    assert_eq!(world.mailbox.letters().len(), 2, "India is what is wanted now");
    Ok(())
}

#[tokio::test]
async fn whoever_has_no_token_reaches_nothing() -> anyhow::Result<()> {
    let world = World::new().await?;
    let lexwatch = world.start().await?;
    subscribe(&world, &lexwatch).await?;
    for token in ["0", "%27%20OR%201=1", "..%2F..%2Fetc", &"f".repeat(5000)] {
        let page = format!("/subscriptions/{token}");
        assert_eq!(lexwatch.get(&page).await?.status, StatusCode::NOT_FOUND, "{token}");
        let confirm = lexwatch.post(&format!("{page}/confirm"), &[]).await?;
        assert_eq!(confirm.status, StatusCode::NOT_FOUND, "{token}");
        assert_eq!(lexwatch.post(&page, &[]).await?.status, StatusCode::NOT_FOUND, "{token}");
        let out = lexwatch.post(&format!("{page}/unsubscribe"), &[]).await?;
        assert!(out.status.is_success(), "nothing to end is as good as ended");
    }
    let kept = lexwatch.app.index.store().subscriptions().await?;
    assert!(kept.len() == 1 && kept[0].confirmed.is_none());
    Ok(())
}
