//! Nobody gets mail who did not confirm, and whoever wants out is out.

use tests::{Lexwatch, World};
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
