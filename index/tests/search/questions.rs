//! Questions in plain words: what they ask for without naming it, and parts of the world.

use classifier::Classifier;
use index::Answer;

use super::*;

fn shown(answer: &Answer) -> Vec<&str> {
    let rows = answer.page.rows.iter().chain(&answer.partly);
    rows.map(|(item, _)| item.title.as_str()).collect()
}

async fn answered(index: &Index, asked: &str) -> Answer {
    index.answer(&query(asked), &first(10), &[]).await.unwrap()
}

#[tokio::test]
async fn a_topic_that_is_asked_for_in_plain_words_comes_before_the_words() {
    let about = |title, text, topics| Draft { title, text, topics, ..DRAFT };
    let (_folder, index) = filled(&[
        about("words", "An agency and firms play a match.", &["national-strategy"]),
        about("about", "Operators have a day, or firms pay.", &["incident-reporting"]),
        about("young", "Networks check birthdays.", &["platform-regulation"]),
        about("code", "Officials are shown all of it.", &["source-code-review"]),
    ])
    .await;
    let index = index.with_classifier(Arc::new(Classifier::load().unwrap()));
    for (asked, best) in [
        ("must firms tell the agency how they were hacked", "about"),
        ("may teenagers open accounts", "young"),
        ("Einsicht der Behörden in den Programmcode vor der Zulassung", "code"),
        ("政府要求企业提交软件源代码", "code"),
    ] {
        assert_eq!(shown(&answered(&index, asked).await)[0], best, "{asked}");
    }
    let typed = answered(&index, "firms agency widen:false").await;
    assert_eq!(typed.page.total, 1, "as typed, only words count");
}

#[tokio::test]
async fn where_nothing_has_all_words_what_is_about_their_topic_comes_before_what_has_some_of_them()
{
    let about = |title, text, topics| Draft { title, text, topics, ..DRAFT };
    let (_folder, index) = filled(&[
        about("some", "Deadlines for stamps: authorities, authorities!", &["national-strategy"]),
        about("telling", "Operators tell the agency within a day.", &["incident-reporting"]),
        about("authorities", "Authorities learn of it within a day.", &["incident-reporting"]),
    ])
    .await;
    let index = index.with_classifier(Arc::new(Classifier::load().unwrap()));
    let answer = answered(&index, "deadlines for telling authorities of cyberattacks").await;
    let instead = answer.instead.as_ref().map(Query::to_text).unwrap();
    assert!(instead.contains("topic:incident-reporting"), "{instead}");
    assert_eq!((answer.page.total, shown(&answer)[2]), (2, "some"));
    let chosen = answered(&index, "deadlines for telling topic:national-strategy").await;
    assert_eq!(shown(&chosen), ["some"], "who has chosen a topic is given no other");
}

#[tokio::test]
async fn a_part_of_the_world_stands_for_its_states() {
    let of = |title, text, jurisdictions| Draft { title, text, jurisdictions, ..DRAFT };
    let (_folder, index) = filled(&[
        of("nigeria", "A rule for zebras.", &["NG"]),
        of("kenya", "A rule for others.", &["KE"]),
        of("brazil", "A rule for zebras.", &["BR"]),
        of("california", "A rule for zebras.", &["US-CA"]),
        of("word", "Zebras come from Africa.", &[]),
    ])
    .await;
    for (asked, expected) in [
        ("zebras Africa", vec!["nigeria", "word"]),
        ("zebras in Afrika", vec!["nigeria"]),
        ("アフリカ", vec!["kenya", "nigeria"]),
        ("zebras Latin America", vec!["brazil"]),
        ("zebras US states", vec!["california"]),
        ("zebras -Africa", vec!["brazil", "california"]),
        ("zebras Africa widen:false", vec!["word"]),
        ("zebras \"Africa\"", vec!["word"]),
    ] {
        let mut found = titles(&index, asked).await;
        found.sort();
        assert_eq!(found, expected, "{asked}");
    }
    let widened = query("zebras Africa").widenings();
    let [region] = &widened[..] else { panic!("{widened:?}") };
    assert_eq!((region.value.as_str(), region.states.len() > 50), ("Africa", true));
    let (_folder, index) = filled(&[of("word", "African zebras.", &[])]).await;
    assert_eq!(index.did_you_mean(&query("zebras Africa")).unwrap(), None, "it is well spelt");
}

#[tokio::test]
async fn names_stay_whole_where_any_of_the_words_will_do() {
    let of =
        |title, text, topics, jurisdictions| Draft { title, text, topics, jurisdictions, ..DRAFT };
    let (_folder, index) = filled(&[
        of("north", "Cables are laid by workers.", &[], &["KP"]),
        of("grid", "Plants are guarded.", &["critical-infrastructure"], &[]),
        of("critics", "Some critics are heard.", &[], &[]),
        of("horns", "Unicorns are fake. Unicórnios.", &[], &[]),
    ])
    .await;
    for (asked, instead, best) in [
        ("fake North Korean unicorns", "fake OR North Korean OR unicorns", "north"),
        ("unicórnios infraestruturas críticas", "unicórnios OR infraestruturas críticas", "grid"),
    ] {
        let answer = answered(&index, asked).await;
        assert_eq!(answer.instead.as_ref().map(Query::words_text).as_deref(), Some(instead));
        assert_eq!(shown(&answer)[0], best, "{asked}");
    }
}

#[tokio::test]
async fn a_state_that_no_text_names_is_not_passed_over() {
    let of = |title, text, jurisdictions| Draft { title, text, jurisdictions, ..DRAFT };
    let (_folder, index) = filled(&[
        of("state", "A rule on privacy.", &["US"]),
        of("other", "青海省海西州的规定。", &["CN"]),
    ])
    .await;
    let answer = answered(&index, "アメリカ 州 プライバシー法").await;
    assert_eq!(shown(&answer)[0], "state");
}

#[tokio::test]
async fn what_is_of_the_states_that_are_named_comes_before_what_has_some_of_the_words() {
    let about =
        |title, text, topics, jurisdictions| Draft { title, text, topics, jurisdictions, ..DRAFT };
    let (_folder, index) = filled(&[
        about("there", "A court on phones that were tapped.", &["surveillance"], &["KE"]),
        about("here", "Spyware rules, rules for spyware.", &["surveillance"], &["PL"]),
        about("gates", "Zebras stand at a port.", &[], &["KE"]),
        about("far", "Zebras guard gates behind fences.", &[], &["FR"]),
    ])
    .await;
    let index = index.with_classifier(Arc::new(Classifier::load().unwrap()));
    for (asked, instead, best) in [
        ("spyware rules in Africa", "Africa topic:surveillance", "there"),
        ("zebras fences Kenya", "(zebras OR fences) Kenya", "gates"),
    ] {
        let answer = answered(&index, asked).await;
        assert_eq!(answer.instead.as_ref().map(Query::to_text).as_deref(), Some(instead));
        assert_eq!(shown(&answer)[0], best, "{asked}");
    }
    let chosen = answered(&index, "zebras fences Kenya country:FR").await;
    assert_eq!(shown(&chosen), ["far"], "who has chosen a state is given no other");
}

#[tokio::test]
async fn a_subject_comes_before_what_is_merely_of_the_states_that_are_named() {
    let of = |title, text, jurisdictions| Draft { title, text, jurisdictions, ..DRAFT };
    let (_folder, index) = filled(&[
        of("cables", "Cables of Nigeria.", &["NG"]),
        of("ports", "Ports and cables.", &["NG"]),
        of("subject", "Sites check ages: age verification.", &["FR"]),
        of("faces", "Police use facial recognition at gates.", &["GB"]),
        of("part", "Recognition of diplomas.", &["GB"]),
    ])
    .await;
    let index = index.with_classifier(Arc::new(Classifier::load().unwrap()));
    for (asked, instead, best) in [
        ("age verification in Africa", "age verification", "subject"),
        ("facial recognition in Nigeria", "facial recognition", "faces"),
        ("Nigeria facial recognition lang:en", "facial recognition lang:en", "faces"),
    ] {
        let answer = answered(&index, asked).await;
        assert_eq!(answer.instead.as_ref().map(Query::to_text).as_deref(), Some(instead));
        assert_eq!(shown(&answer)[0], best, "{asked}");
        assert!(shown(&answer).contains(&"cables"), "the states come after it: {asked}");
    }
    // Where nobody tells of the subject, what is of the states is the next best.
    let answer = answered(&index, "unicorns fences Nigeria").await;
    assert!(shown(&answer).contains(&"ports"));
}

#[tokio::test]
async fn words_that_texts_have_in_another_form_are_well_spelt() {
    let of = |title, text| Draft { title, text, ..DRAFT };
    let (_folder, index) = filled(&[
        of("one", "The deadline to store it; a scoring of Russian boards."),
        of("two", "Deadlime stories, russet scores."),
    ])
    .await;
    for asked in ["deadlines zebras", "storing zebras", "Russia zebras", "russia unicorns"] {
        assert_eq!(index.did_you_mean(&query(asked)).unwrap(), None, "{asked}");
    }
    let meant = index.did_you_mean(&query("deedline zebras")).unwrap().unwrap();
    assert_eq!(meant.words_text(), "deadline zebras");
}

#[tokio::test]
async fn arabic_names_are_known_with_and_without_the_article() {
    let about = |title, text, topics| Draft { title, text, topics, ..DRAFT };
    let (_folder, index) = filled(&[
        about("one", "A rule for files.", &["data-protection"]),
        about("two", "A rule for cables.", &["critical-infrastructure"]),
        about("three", "A rule for cybersecurity.", &[]),
    ])
    .await;
    for (asked, found) in [
        ("حماية البيانات الشخصية", "one"),
        ("حماية بيانات شخصية", "one"),
        ("الحماية البيانات", "one"),
        ("الأمن السيبراني", "three"),
        ("أمن سيبراني", "three"),
    ] {
        assert_eq!(titles(&index, asked).await, [found], "{asked}");
    }
}
