//! A story keeps its name when people put it right, and every name leads somewhere.

use std::collections::{HashMap, HashSet};

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

/// The name of a story that an item has for itself.
fn own(id: ItemId) -> StoryId {
    StoryId::parse(&format!("s{id}")).unwrap()
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
async fn who_leaves_a_story_of_several_leaves_the_name_there_and_the_last_has_its_own() {
    let folder = TempDir::new().unwrap();
    let (store, ids, story) = three(&folder).await;
    let alone = put(&store, ids[0], None).await;
    assert_ne!(alone, story);
    put(&store, ids[1], Some(alone)).await;
    // The last is no longer called by the founder's name.
    assert_eq!(story_of(&store, ids[2]).await, own(ids[2]));
    assert_eq!(led(&store, story).await, alone, "where the founder is");
    assert_eq!(put(&store, ids[0], None).await, story);
    assert_eq!(story_of(&store, ids[1]).await, own(ids[1]));
    assert_eq!(led(&store, alone).await, story);
}

#[tokio::test]
async fn who_was_put_into_a_story_is_not_called_by_its_name_when_the_other_leaves() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let mut ids = Vec::new();
    for event in [3, 4, 5] {
        ids.extend(keep(&store, ids.len(), &of_event(event)[..1]).await);
    }
    put(&store, ids[0], Some(own(ids[1]))).await;
    put(&store, ids[1], Some(own(ids[2]))).await;
    assert_eq!(story_of(&store, ids[0]).await, own(ids[0]));
    assert_eq!(led(&store, own(ids[1])).await, own(ids[2]));
    // All three in a ring.
    put(&store, ids[2], Some(own(ids[0]))).await;
    assert_eq!(story_of(&store, ids[1]).await, own(ids[1]));
    assert_eq!(led(&store, own(ids[2])).await, own(ids[0]));
    put(&store, ids[0], None).await;
    for id in &ids {
        assert_eq!(items_of(&store, own(*id)).await, [*id]);
    }
    // What is told of the last word is which story was left, not by whose name that was called.
    let said = store.story_words(ids[0]).await.unwrap();
    assert_eq!((said[1].attached, said[1].now), (false, own(ids[2])));
}

#[tokio::test]
async fn the_name_of_one_that_was_joined_leads_there_until_it_is_taken_out() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [older, younger]) = joined(&folder).await;
    assert_eq!(led(&store, younger).await, older);

    assert_eq!(put(&store, ids[1], None).await, younger);
    assert_eq!(items_of(&store, older).await, [ids[0], ids[2]]);
    // All into one, and so their names.
    put(&store, ids[0], Some(younger)).await;
    put(&store, ids[2], Some(younger)).await;
    assert_eq!((led(&store, older).await, led(&store, younger).await), (younger, younger));
    assert_eq!(put(&store, ids[0], None).await, older);
    assert_eq!(items_of(&store, younger).await, [ids[2], ids[1]]);
}

#[tokio::test]
async fn a_story_that_is_left_by_all_leads_where_its_founder_is() {
    let folder = TempDir::new().unwrap();
    let (store, ids, story) = three(&folder).await;
    let alone = put(&store, ids[0], None).await;
    put(&store, ids[1], Some(alone)).await;
    put(&store, ids[2], Some(alone)).await;
    assert_eq!(led(&store, story).await, alone);
    assert_eq!(items_of(&store, story).await.len(), 3);
    assert_eq!(put(&store, ids[0], None).await, story);
    assert_eq!(items_of(&store, alone).await, ids[1..], "those who stay keep the name");
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
async fn a_name_goes_where_its_item_goes() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [one, other]) = two_and_two(&folder).await;
    let alone = keep(&store, 4, &of_event(4)[..1]).await[0];
    let own = story_of(&store, alone).await;
    put(&store, alone, Some(one)).await;
    put(&store, alone, Some(other)).await;
    assert_eq!(led(&store, own).await, other, "the first was wrong");
    // Those that it is with go into another story, one by one.
    put(&store, ids[2], Some(one)).await;
    assert_eq!(items_of(&store, other).await, [ids[3], alone]);
    put(&store, ids[3], Some(one)).await;
    assert_eq!(items_of(&store, own).await, [alone]);
    assert_eq!(led(&store, other).await, one);
    // And back.
    assert_eq!(put(&store, ids[2], None).await, other);
    assert_eq!(put(&store, ids[3], Some(other)).await, other);
    assert_eq!(items_of(&store, one).await, ids[..2]);
    // What was said of a story is told by whatever name it was called then.
    let story = store.story(other, 9).await.unwrap().unwrap();
    assert_eq!(story.words.len(), 5);
    let now: Vec<_> = story.words.iter().map(|word| word.now).collect();
    assert_eq!(now, [other, one, one, one, other]);
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

/// Numbers without order, the same each time.
fn chance() -> impl FnMut(usize) -> usize {
    let mut state = 7_u64;
    move |of| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % of
    }
}

/// What people saw of stories: the items that each had under its name.
#[derive(Default)]
struct Seen {
    names: HashMap<StoryId, HashSet<ItemId>>,
    now: HashMap<StoryId, HashSet<ItemId>>,
}

impl Seen {
    /// Looks at all items and follows all names; `what` tells what was done before.
    async fn look(&mut self, store: &Store, ids: &[ItemId], what: &str) {
        let mut now: HashMap<StoryId, HashSet<ItemId>> = HashMap::new();
        for item in store.items(ids).await.unwrap() {
            now.entry(item.story).or_default().insert(item.id);
        }
        for (story, items) in &now {
            self.names.entry(*story).or_default().extend(items);
            let [alone] = items.iter().collect::<Vec<_>>()[..] else { continue };
            let own = own(*alone);
            let is_taken = now.get(&own).is_some_and(|items| items.len() > 1);
            assert!(*story == own || is_taken, "{alone} is alone in {story}, {what}: {now:?}");
        }
        for (story, before) in &self.now {
            // Where no more than one has moved.
            let stay = now.get(story).map_or(0, |now| now.intersection(before).count());
            assert!(before.len() < 3 || stay + 1 >= before.len(), "{story} keeps its name, {what}");
        }
        for (name, had) in &self.names {
            let led = led(store, *name).await;
            assert!(now.contains_key(&led), "{name} leads to {led}, {what}");
            assert!(
                now[&led].iter().any(|id| had.contains(id)),
                "{name} to others, {what}: {now:?}"
            );
            assert!(led == *name || !now.contains_key(name), "{name} is a story, {what}");
        }
        self.now = now;
    }
}

#[tokio::test]
async fn whatever_people_do_and_undo_names_lead_to_their_items_and_who_is_alone_has_its_own() {
    let mut any = chance();
    for run in 0..15 {
        let folder = TempDir::new().unwrap();
        let store = open(&folder).await;
        let mut ids = keep(&store, 0, &of_event(17)[..2]).await;
        for event in [3, 4, 5, 6] {
            ids.extend(keep(&store, ids.len(), &of_event(event)[..1]).await);
        }
        let mut seen = Seen::default();
        seen.look(&store, &ids, "at first").await;
        for again in 0..10 {
            let mut what = format!("run {run}, {again}");
            for _ in 0..any(7) {
                let (id, of) = (ids[any(ids.len())], ids[any(ids.len())]);
                let names: Vec<_> = store.items(&ids).await.unwrap();
                let story = match any(4) {
                    0 => None,
                    1 => Some(own(of)),
                    _ => names.iter().find(|item| item.id == of).map(|item| item.story),
                };
                what += &format!("; {id} to {story:?}");
                let to = put(&store, id, story).await;
                assert_eq!(story_of(&store, id).await, to, "{what}");
                seen.look(&store, &ids, &what).await;
            }
            let first = any(ids.len());
            for id in ids.iter().cycle().skip(first).take(ids.len()) {
                what += &format!("; {id} out");
                put(&store, *id, None).await;
            }
            seen.now.clear();
            seen.look(&store, &ids, &what).await;
            for item in store.items(&ids).await.unwrap() {
                assert_eq!(item.story, own(item.id), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn the_founder_stays_out_when_its_story_joins_an_older_one() {
    let folder = TempDir::new().unwrap();
    let store = open(&folder).await;
    let [english, german, third] = &of_event(1)[..] else { panic!() };
    let ids = keep(&store, 0, &[english.on("2026-11-01"), english.on("2026-11-09")]).await;
    let more = keep(&store, 2, &[third.on("2026-11-10"), third.on("2026-11-10")]).await;
    let (older, younger) = (story_of(&store, ids[0]).await, story_of(&store, ids[1]).await);
    assert_eq!(story_of(&store, more[0]).await, younger);
    let alone = put(&store, ids[1], None).await;
    assert_eq!(story_of(&store, more[0]).await, younger);
    keep(&store, 4, &[german.on("2026-11-05")]).await;
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
    let before = "DELETE FROM _sqlx_migrations WHERE version >= 11;
        PRAGMA writable_schema = ON;
        UPDATE sqlite_schema SET sql = replace(sql, 'story          INTEGER,', 'story          INTEGER REFERENCES item (key),')
        WHERE name = 'item';
        UPDATE sqlite_schema SET sql = replace(sql, 'story  INTEGER NOT NULL,', 'story  INTEGER NOT NULL REFERENCES item (key),')
        WHERE name = 'story_word';
        PRAGMA writable_schema = RESET; CREATE TABLE bump (key INTEGER); DROP TABLE bump;";
    let mut connection = put_back(&folder, before).await;
    let bound = "SELECT COUNT(*) FROM pragma_foreign_key_list('item') WHERE \"from\" = 'story'";
    assert_eq!(sqlx::query_scalar::<_, i64>(bound).fetch_one(&mut connection).await.unwrap(), 1);
    connection.close().await.unwrap();

    let store = open(&folder).await;
    assert_eq!(led(&store, younger).await, older);
    assert_eq!(put(&store, ids[1], None).await, younger);
    assert_eq!(items_of(&store, older).await, [ids[0], ids[2]]);
    is_whole(&folder).await;
}

/// The file of a store that nobody has open.
async fn connected(folder: &TempDir) -> sqlx::AnyConnection {
    sqlx::any::install_default_drivers();
    let address = format!("sqlite://{}", folder.path().join("lexwatch.db").display());
    address.parse::<sqlx::any::AnyConnectOptions>().unwrap().connect().await.unwrap()
}

/// Takes back what the latest migrations made, and then does what `sql` says.
async fn put_back(folder: &TempDir, sql: &'static str) -> sqlx::AnyConnection {
    let mut connection = connected(folder).await;
    let latest = "DROP TABLE told; ALTER TABLE subscription DROP COLUMN unrecorded;
        ALTER TABLE subscription DROP COLUMN since; DROP TABLE story_name;";
    for sql in [latest, sql] {
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    }
    connection
}

/// The file is as whole as before.
async fn is_whole(folder: &TempDir) {
    let mut connection = connected(folder).await;
    let whole: String =
        sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await.unwrap();
    assert_eq!(whole, "ok");
    let broken = "SELECT COUNT(*) FROM pragma_foreign_key_check";
    assert_eq!(sqlx::query_scalar::<_, i64>(broken).fetch_one(&mut connection).await.unwrap(), 0);
}

#[tokio::test]
async fn names_that_led_to_other_names_lead_where_they_did() {
    let folder = TempDir::new().unwrap();
    let (store, ids, [older, younger]) = joined(&folder).await;
    let mut more = Vec::new();
    for event in [3, 4] {
        more.extend(keep(&store, 3 + more.len(), &of_event(event)[..1]).await);
    }
    drop(store);
    // The first of these bears the name of the second, which was taken out by a person; two names of stories that such words
    // began lead to it, one by way of the other.
    let before = "DELETE FROM _sqlx_migrations WHERE version >= 13;
        CREATE TABLE story_name (name INTEGER PRIMARY KEY, story INTEGER NOT NULL, item INTEGER REFERENCES item (key)) STRICT;
        CREATE INDEX story_name_story ON story_name (story);
        INSERT INTO story_word (key, item, action, story, who, why, at) VALUES (1, 5, 'detach', 5, 'Ada', '', 0);
        UPDATE item SET story = 5 WHERE key = 4;
        UPDATE item SET story = 549755813889, story_word = 1 WHERE key = 5;
        INSERT INTO story_name (name, story, item) VALUES (2, 1, NULL), (4, 5, 4), (5, 5, NULL),
            (549755813890, 4, NULL), (549755813891, 549755813890, NULL);";
    put_back(&folder, before).await.close().await.unwrap();

    let store = open(&folder).await;
    assert_eq!(led(&store, younger).await, older);
    for id in more {
        assert_eq!(items_of(&store, own(id)).await, [id]);
    }
    assert_eq!(put(&store, ids[1], None).await, younger);
    // A name that is made now is none of those.
    put(&store, ids[1], Some(older)).await;
    let made = put(&store, ids[0], None).await;
    assert!(![older, younger].contains(&made));
    assert_eq!(items_of(&store, made).await, [ids[0]]);
    is_whole(&folder).await;
}
