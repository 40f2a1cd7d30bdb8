//! A story keeps its name when people put it right, and every name leads somewhere.

use super::*;

/// Three reports of one event, kept one after the other.
async fn three(folder: &TempDir) -> (Store, Vec<ItemId>, StoryId) {
    let store = open(folder).await;
    let ids = keep(&store, 0, &of_event(17)[..3]).await;
    let story = story_of(&store, ids[0]).await;
    assert_eq!(items_of(&store, story).await.len(), 3);
    (store, ids, story)
}

async fn put(store: &Store, id: ItemId, story: Option<StoryId>) -> StoryId {
    store.set_story(id, story, &word("so it is")).await.unwrap().unwrap()
}

/// The present name of the story that a name leads to.
async fn led(store: &Store, name: StoryId) -> StoryId {
    store.story(name, 100).await.unwrap().unwrap().id
}

#[tokio::test]
async fn a_story_keeps_its_name_when_its_founder_is_taken_out_and_put_back() {
    let folder = TempDir::new().unwrap();
    let (store, ids, story) = three(&folder).await;
    let alone = put(&store, ids[0], None).await;
    assert_ne!(alone, story);
    assert_eq!(items_of(&store, alone).await, [ids[0]]);
    assert_eq!(items_of(&store, story).await.len(), 2, "those that stay have its name");
    assert_eq!(StoryId::parse(&alone.to_string()), Some(alone));

    put(&store, ids[0], Some(story)).await;
    assert_eq!(items_of(&store, story).await.len(), 3);
    assert_eq!(led(&store, alone).await, story, "where it is now");
    // And out again.
    let again = put(&store, ids[0], None).await;
    assert!(items_of(&store, again).await.contains(&ids[0]));
    assert_eq!(items_of(&store, story).await, ids[1..]);
}

#[tokio::test]
async fn who_leaves_a_story_that_grew_around_it_leaves_the_name_there() {
    let folder = TempDir::new().unwrap();
    let (store, ids, _) = three(&folder).await;
    let alone = put(&store, ids[0], None).await;
    put(&store, ids[1], Some(alone)).await;
    let other = put(&store, ids[0], None).await;
    assert_ne!(other, alone);
    assert_eq!(items_of(&store, alone).await, [ids[1]]);
    assert_eq!(items_of(&store, other).await, [ids[0]]);
}

#[tokio::test]
async fn a_name_of_a_story_that_was_joined_leads_there_whoever_leaves() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [older, younger]) = joined(&folder).await;
    assert_eq!(led(&store, younger).await, older);

    // Its founder is taken out, and is put elsewhere.
    put(&store, ids[1], None).await;
    assert_eq!(led(&store, younger).await, older);
    let third = put(&store, ids[2], None).await;
    put(&store, ids[1], Some(third)).await;
    assert_eq!(led(&store, younger).await, older);
    // The story goes into another: all its names lead there.
    put(&store, ids[0], Some(third)).await;
    assert_eq!((led(&store, older).await, led(&store, younger).await), (third, third));
    put(&store, ids[1], None).await;
    assert_eq!((led(&store, older).await, led(&store, younger).await), (third, third));
}

#[tokio::test]
async fn a_story_that_is_left_by_all_leads_where_the_last_went() {
    let folder = TempDir::new().unwrap();
    let (store, ids, story) = three(&folder).await;
    let alone = put(&store, ids[0], None).await;
    put(&store, ids[1], Some(alone)).await;
    put(&store, ids[2], Some(alone)).await;
    assert_eq!(led(&store, story).await, alone);
    assert_eq!(items_of(&store, story).await.len(), 3);
    // Who leaves now does not take it along.
    let out = put(&store, ids[0], None).await;
    assert!(![story, alone].contains(&out));
    assert_eq!(led(&store, story).await, alone);
}

/// Two stories of two reports each, kept one after the other.
async fn two_and_two(folder: &TempDir) -> (Store, [ItemId; 4], [StoryId; 2]) {
    let store = open(folder).await;
    let ids = keep(&store, 0, &of_event(17)[..2]).await;
    let more = keep(&store, 2, &of_event(3)[..2]).await;
    let stories = [story_of(&store, ids[0]).await, story_of(&store, more[0]).await];
    assert_eq!(items_of(&store, stories[0]).await.len(), 2);
    assert_eq!(items_of(&store, stories[1]).await.len(), 2);
    (store, [ids[0], ids[1], more[0], more[1]], stories)
}

#[tokio::test]
async fn who_was_alone_and_is_taken_out_again_has_its_name_again() {
    let folder = TempDir::new().unwrap();
    let (store, ids, story) = three(&folder).await;
    let alone = keep(&store, 3, &of_event(4)[..1]).await[0];
    let own = story_of(&store, alone).await;
    // As often as people change their minds.
    for _ in 0..2 {
        assert_eq!(put(&store, alone, Some(story)).await, story);
        assert_eq!(led(&store, own).await, story);
        assert_eq!(put(&store, alone, None).await, own);
        assert_eq!(items_of(&store, own).await, [alone]);
        assert_eq!(items_of(&store, story).await, ids);
    }
    // The other story tells what was said of it, and nothing of what is said of this one later.
    assert_eq!(store.story(story, 9).await.unwrap().unwrap().words.len(), 4);
    put(&store, ids[1], Some(own)).await;
    put(&store, ids[1], Some(story)).await;
    let words = store.story(story, 9).await.unwrap().unwrap().words;
    assert_eq!(words.iter().map(|word| word.now).filter(|now| *now == own).count(), 1);
}

#[tokio::test]
async fn a_name_goes_where_the_last_of_its_items_goes() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [one, other]) = two_and_two(&folder).await;
    let alone = keep(&store, 4, &of_event(4)[..1]).await[0];
    let own = story_of(&store, alone).await;
    put(&store, alone, Some(one)).await;
    put(&store, alone, Some(other)).await;
    assert_eq!(led(&store, own).await, other, "the first was wrong");
    // The story that it is in goes into another, one by one.
    put(&store, ids[2], Some(one)).await;
    put(&store, ids[3], Some(one)).await;
    assert_eq!((led(&store, own).await, led(&store, other).await), (other, other));
    put(&store, alone, Some(one)).await;
    assert_eq!((led(&store, own).await, led(&store, other).await), (one, one));
    // Back, step by step.
    assert_eq!(put(&store, alone, None).await, other, "where it was last");
    assert_eq!((led(&store, own).await, led(&store, one).await), (other, one));
    assert_eq!(items_of(&store, other).await, [alone]);
    put(&store, ids[2], Some(other)).await;
    assert_eq!(put(&store, alone, None).await, own, "where it was before that");
    assert_eq!(items_of(&store, other).await, [ids[2]]);
}

#[tokio::test]
async fn a_name_stays_with_those_who_stay_and_comes_back_with_the_last_who_left() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [one, other]) = two_and_two(&folder).await;
    // The founder leaves, somebody stays.
    put(&store, ids[2], Some(one)).await;
    let out = put(&store, ids[2], None).await;
    assert!(![one, other].contains(&out));
    assert_eq!(items_of(&store, other).await, [ids[3]]);
    // Both come along; the one that went last has the name again.
    put(&store, ids[2], Some(one)).await;
    put(&store, ids[3], Some(one)).await;
    assert_eq!((led(&store, other).await, led(&store, out).await), (one, one));
    assert_eq!(put(&store, ids[2], None).await, out);
    assert_eq!(led(&store, other).await, one);
    assert_eq!(put(&store, ids[3], None).await, other);
    assert_eq!(items_of(&store, one).await, ids[..2]);
    // They meet again, and so their names.
    put(&store, ids[2], Some(other)).await;
    assert_eq!(led(&store, out).await, other);
    let story = store.story(other, 9).await.unwrap().unwrap();
    assert_eq!(story.items.len(), 2);
    assert!(story.words.iter().all(|word| [one, other, out].contains(&word.now)));
}

#[tokio::test]
async fn a_name_outlives_that_its_story_is_joined_to_an_older_one() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [older, younger]) = joined(&folder).await;
    let alone = keep(&store, 3, &of_event(4)[..1]).await[0];
    let own = story_of(&store, alone).await;
    put(&store, alone, Some(younger)).await;
    assert_eq!((led(&store, own).await, led(&store, younger).await), (older, older));
    assert_eq!(put(&store, alone, None).await, own);
    assert_eq!(led(&store, younger).await, older);
    assert_eq!(items_of(&store, older).await, [ids[0], ids[2], ids[1]]);
}

#[tokio::test]
async fn every_name_leads_somewhere_whatever_people_do() {
    let folder = TempDir::new().unwrap();
    let (store, ids, _) = two_and_two(&folder).await;
    let mut names = Vec::new();
    let mut chance = 7_u64;
    let mut any = |of: usize| {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (chance >> 33) as usize % of
    };
    for _ in 0..80 {
        for id in ids {
            let story = story_of(&store, id).await;
            assert_eq!(led(&store, story).await, story);
            if !names.contains(&story) {
                names.push(story);
            }
        }
        for name in &names {
            let story = store.story(*name, 1).await.unwrap().unwrap();
            assert_eq!(story.items.first().map(|item| item.story), Some(story.id), "{name}");
        }
        let (id, to) = (ids[any(4)], names[any(names.len())]);
        let is_attached = any(3) > 0;
        let to = put(&store, id, is_attached.then_some(to)).await;
        assert!(is_attached || items_of(&store, to).await == [id]);
    }
    assert!(names.len() > 4, "{names:?}");
}

#[tokio::test]
async fn the_founder_stays_out_when_its_story_joins_an_older_one() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let [english, german, third] = &of_event(1)[..] else { panic!() };
    let ids = keep(&store, 0, &[english.on("2026-11-01"), english.on("2026-11-09")]).await;
    let more = keep(&store, 2, &[third.on("2026-11-10")]).await;
    let (older, younger) = (story_of(&store, ids[0]).await, story_of(&store, ids[1]).await);
    assert_eq!(story_of(&store, more[0]).await, younger);
    let alone = put(&store, ids[1], None).await;
    assert_eq!(story_of(&store, more[0]).await, younger);
    keep(&store, 3, &[german.on("2026-11-05")]).await;
    assert_eq!(story_of(&store, more[0]).await, older, "what stayed is joined");
    assert_eq!(led(&store, younger).await, older);
    assert_eq!(items_of(&store, alone).await, [ids[1]]);
    let told = store.story(older, 100).await.unwrap().unwrap().words;
    assert_eq!(told.len(), 1, "what people said of it goes along");
    assert_eq!((told[0].item, told[0].story, told[0].now), (ids[1], younger, older));
    assert_eq!(store.story_words(ids[1]).await.unwrap(), told);
    assert_eq!(store.story_words(ids[0]).await.unwrap(), []);
}

#[tokio::test]
async fn stores_from_before_names_were_kept_apart_lead_as_they_did() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [older, younger]) = joined(&folder).await;
    drop(store);
    // As the migration found it.
    sqlx::any::install_default_drivers();
    let address = format!("sqlite://{}", folder.path().join("lexwatch.db").display());
    let options: sqlx::any::AnyConnectOptions = address.parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    let before = "DELETE FROM _sqlx_migrations WHERE version >= 11; DROP TABLE story_name;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, 'story          INTEGER,', 'story          INTEGER REFERENCES item (key),')
        WHERE name = 'item';
        UPDATE sqlite_schema SET sql = replace(sql, 'story  INTEGER NOT NULL,', 'story  INTEGER NOT NULL REFERENCES item (key),')
        WHERE name = 'story_word';
        PRAGMA writable_schema = RESET; CREATE TABLE bump (key INTEGER); DROP TABLE bump;";
    sqlx::raw_sql(before).execute(&mut connection).await.unwrap();
    let bound = "SELECT COUNT(*) FROM pragma_foreign_key_list('item') WHERE \"from\" = 'story'";
    assert_eq!(sqlx::query_scalar::<_, i64>(bound).fetch_one(&mut connection).await.unwrap(), 1);
    connection.close().await.unwrap();

    let store = open(&folder).await;
    assert_eq!(led(&store, younger).await, older);
    let alone = put(&store, ids[1], None).await;
    assert_eq!(items_of(&store, alone).await, [ids[1]]);
    assert_eq!(led(&store, younger).await, older);
    let left = put(&store, ids[0], None).await;
    assert!(![older, younger, alone].contains(&left));
    // The file is as whole as before.
    let mut connection = options.connect().await.unwrap();
    let whole: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(whole, "ok");
    let broken = "SELECT COUNT(*) FROM pragma_foreign_key_check";
    assert_eq!(sqlx::query_scalar::<_, i64>(broken).fetch_one(&mut connection).await.unwrap(), 0);
}
