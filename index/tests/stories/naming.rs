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
    let before = "DELETE FROM _sqlx_migrations WHERE version = 11; DROP TABLE story_name;
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
