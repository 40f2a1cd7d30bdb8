//! Every letter leaves once, whatever machines and mail servers do.

use anyhow::Context as _;
use index::Rhythm;
use tests::World;
use web::jobs::briefing;

use super::{WORLD, keep, news, send_at, subscribe};

/// The recipients of all letters, in the order of their arrival.
fn recipients(world: &World) -> Vec<String> {
    world.mailbox.letters().into_iter().map(|(recipient, _)| recipient).collect()
}

#[tokio::test]
async fn a_refused_letter_is_tried_again_and_holds_up_nobody() -> anyhow::Result<()> {
    let world = World::with_press(&WORLD).await?;
    let lexwatch = world.start().await?;
    world.mailbox.refuse("a-busy@example.org", "451 later");
    subscribe(&lexwatch, "a-busy@example.org", "", Rhythm::Now).await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    lexwatch.ingest().await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    assert_eq!(recipients(&world), ["reader@example.org"]);
    world.mailbox.refuse("nobody", "550 unknown");
    send_at(&lexwatch, "2026-11-24T09:30:00Z").await?;
    assert_eq!(recipients(&world), ["reader@example.org", "a-busy@example.org"]);
    Ok(())
}

#[tokio::test]
async fn a_reader_whose_mailbox_is_gone_rests_until_confirmed_again() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    let (gone, other) = ("gone@example.org", "reader@example.org");
    subscribe(&lexwatch, gone, "", Rhythm::Now).await?;
    subscribe(&lexwatch, gone, "country:DE", Rhythm::Now).await?;
    subscribe(&lexwatch, other, "", Rhythm::Now).await?;
    // A judgement on the letter is none on its reader.
    world.mailbox.refuse(gone, "550 5.7.1 looks like spam");
    keep(&lexwatch, &[news("A law", &["DE"])]).await?;
    send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    let store = lexwatch.app.index.store();
    assert!(store.subscriptions().await?.iter().all(|one| one.confirmed.is_some()));
    world.mailbox.refuse(gone, "550 5.1.1 no such user here");
    keep(&lexwatch, &[news("Another law", &["DE"])]).await?;
    send_at(&lexwatch, "2026-11-24T09:00:00Z").await?;
    let all = store.subscriptions().await?;
    for one in &all {
        let said = one.refusal.as_ref().map(|refusal| refusal.why.contains("no such user here"));
        let expected = (one.email == gone).then_some(true);
        assert_eq!((said, one.confirmed.is_none()), (expected, one.email == gone), "{one:?}");
    }
    let resting = all.iter().find(|one| one.email == gone).context("it is gone")?;
    let page = format!("/subscriptions/{}", resting.token);
    assert!(lexwatch.get(&page).await?.body.contains("Your briefing rests"));
    // It is not forgotten, and no letter is even tried, until somebody says that the address works.
    world.mailbox.refuse("nobody", "550");
    keep(&lexwatch, &[news("A third law", &["DE"])]).await?;
    send_at(&lexwatch, "2026-12-10T09:00:00Z").await?;
    assert!(!recipients(&world).contains(&gone.to_owned()));
    lexwatch.post(&format!("{page}/confirm"), &[]).await?;
    keep(&lexwatch, &[news("A fourth law", &["DE"])]).await?;
    send_at(&lexwatch, "2026-12-10T10:00:00Z").await?;
    assert_eq!(recipients(&world).iter().filter(|one| *one == gone).count(), 1);
    Ok(())
}

#[tokio::test]
async fn a_briefing_that_was_written_is_sent_after_a_crash() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    keep(&lexwatch, &[news("A law", &["DE"])]).await?;
    let composed = briefing::compose_due(&lexwatch.app, lexwatch.app.now()).await?;
    assert_eq!(composed.briefings.len(), 1);
    // Here the power fails: the letter is in the outbox, the mark is moved, nothing is sent.
    drop(lexwatch);
    assert!(world.mailbox.letters().is_empty());
    let again = world.start_at("2026-11-24T12:00:00Z").await?;
    let report = send_at(&again, "2026-11-24T12:00:00Z").await?;
    assert_eq!((report.briefings.len(), report.sent.sent), (0, 1), "sent, not composed again");
    send_at(&again, "2026-11-24T13:00:00Z").await?;
    assert_eq!(recipients(&world), ["reader@example.org"]);
    Ok(())
}

#[tokio::test]
async fn two_senders_at_once_send_everything_once() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    let readers: Vec<_> = (10..40).map(|number| format!("reader{number}@example.org")).collect();
    for reader in &readers {
        subscribe(&lexwatch, reader, "", Rhythm::Now).await?;
    }
    keep(&lexwatch, &[news("A law", &["DE"])]).await?;
    lexwatch.app.index.catch_up().await?;
    let other = world.start().await?;
    let now = lexwatch.app.now();
    let (one, two) =
        tokio::join!(briefing::send_due(&lexwatch.app, now), briefing::send_due(&other.app, now));
    let (one, two) = (one?, two?);
    assert_eq!(one.briefings.len() + two.briefings.len(), 30);
    assert_eq!(one.sent.sent + two.sent.sent, 30);
    let mut got = recipients(&world);
    got.sort();
    assert_eq!(got, readers);
    Ok(())
}

#[tokio::test]
async fn a_second_process_briefs_although_it_does_not_write_the_index() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let server = world.start().await?;
    server.app.index.catch_up().await?;
    let command = world.start().await?;
    subscribe(&command, "reader@example.org", "", Rhythm::Now).await?;
    keep(&command, &[news("A law", &["DE"])]).await?;
    // The server's index follows by itself; here, at once.
    server.app.index.catch_up().await?;
    send_at(&command, "2026-11-24T08:00:00Z").await?;
    assert_eq!(recipients(&world), ["reader@example.org"]);
    Ok(())
}

#[tokio::test]
async fn who_does_not_exist_is_not_asked_again() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    world.mailbox.refuse("a-gone@example.org", "550 no such user");
    subscribe(&lexwatch, "a-gone@example.org", "", Rhythm::Now).await?;
    subscribe(&lexwatch, "reader@example.org", "", Rhythm::Now).await?;
    keep(&lexwatch, &[news("A law", &["DE"])]).await?;
    let report = send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    assert_eq!(recipients(&world), ["reader@example.org"]);
    assert_eq!(report.sent.failed.len(), 1);
    assert!(report.sent.failed[0].error.contains("no such user"), "{:?}", report.sent.failed);
    world.mailbox.refuse("nobody", "550 unknown");
    send_at(&lexwatch, "2026-11-30T08:00:00Z").await?;
    assert_eq!(recipients(&world), ["reader@example.org"]);
    Ok(())
}

#[tokio::test]
async fn a_mail_server_that_closes_loses_nothing() -> anyhow::Result<()> {
    let world = World::with_press(&[]).await?;
    let lexwatch = world.start().await?;
    world.mailbox.refuse("a-first@example.org", "421 closing");
    subscribe(&lexwatch, "a-first@example.org", "", Rhythm::Now).await?;
    for number in 0..20 {
        subscribe(&lexwatch, &format!("b{number}@example.org"), "", Rhythm::Now).await?;
    }
    keep(&lexwatch, &[news("A law", &["DE"])]).await?;
    let report = send_at(&lexwatch, "2026-11-24T08:00:00Z").await?;
    assert!(report.sent.unreachable.is_some_and(|error| error.contains("421")));
    assert!(report.sent.failed.is_empty());
    let early = world.mailbox.letters().len();
    assert!(early < 20, "the rest was not tried");
    send_at(&lexwatch, "2026-11-24T08:00:30Z").await?;
    assert_eq!(world.mailbox.letters().len(), early, "nor was the server pressed");
    world.mailbox.refuse("nobody", "550 unknown");
    send_at(&lexwatch, "2026-11-24T08:10:00Z").await?;
    let mut got = recipients(&world);
    assert_eq!(got.len(), 21);
    got.sort();
    got.dedup();
    assert_eq!(got.len(), 21, "each once");
    Ok(())
}
