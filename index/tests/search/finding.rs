//! Words, phrases, filters, dates, order.

use super::*;

/// Queries, and the titles that they find.
const FINDS: &[(&str, &[&str])] = &[
    ("source code", &["one", "two"]),
    ("SOURCE", &["one", "two"]),
    ("\"source code\"", &["one"]),
    ("\"code source\"", &[]),
    ("\"code source\"~4", &["one", "two"]),
    ("source -regulator", &["two"]),
    ("regulator", &["one", "three"]),
    ("broker OR code", &["one", "three", "two"]),
    ("-code", &["four", "three"]),
    ("regulator -\"source code\"", &["three"]),
    ("code -\"keys are never\" -\"code of the source\"", &["one"]),
    ("-\"source code\" -broker -elsewhere*", &["two"]),
    ("-code -regulator", &["four"]),
    ("NOT (code OR regulator)", &["four"]),
    ("(broker OR source) regulator", &["one", "three"]),
    ("data-broker", &["three"]),
    ("\"data broker\"", &["three"]),
    ("regul*", &["one", "three"]),
    ("elsewhere*", &["four"]),
    ("US", &["four"]),
    ("country:IN", &["two"]),
    ("country:us-ca", &["two"]),
    ("country:CN,IN code", &["one", "two"]),
    ("code -country:CN", &["two"]),
    ("country:CN OR topic:encryption", &["one", "three"]),
    ("topic:encryption country:CN", &[]),
    ("source code policy:any", &["hidden", "one", "two"]),
    ("source code policy:false", &["hidden"]),
    ("source:PRESS code", &["one", "two"]),
    ("source:other code", &[]),
    ("unheard", &[]),
    ("source unheard", &[]),
];

#[tokio::test]
async fn the_query_language_finds_what_it_says() {
    let (_folder, index) = filled(&[
        Draft {
            title: "one",
            text: "Source code must be shown to the regulator.",
            jurisdictions: &["CN"],
            ..DRAFT
        },
        Draft {
            title: "two",
            text: "The code of the source.",
            jurisdictions: &["IN", "US-CA"],
            ..DRAFT
        },
        Draft {
            title: "three",
            text: "Regulators fined a data-broker.",
            topics: &["encryption"],
            ..DRAFT
        },
        Draft { title: "four", text: "Nothing of the kind, in the U.S. or elsewhere.", ..DRAFT },
        Draft { title: "hidden", text: "Source code without any policy.", policy: false, ..DRAFT },
    ])
    .await;
    for (text, expected) in FINDS {
        let mut found = titles(&index, text).await;
        found.sort();
        assert_eq!(found, *expected, "{text}");
    }
    assert_eq!(titles(&index, "").await.len(), 4);
}

#[tokio::test]
async fn dates_are_inclusive_at_the_start_and_exclusive_at_the_end() {
    let (_folder, index) = filled(&[
        Draft { title: "may", published: "2017-05-31T23:59:59+00:00", ..DRAFT },
        Draft { title: "june", published: "2017-06-01", ..DRAFT },
        Draft { title: "offset", published: "2017-06-01T01:00:00+02:00", ..DRAFT },
        Draft { title: "july", published: "2017-07-01T00:00:00Z", ..DRAFT },
        Draft { title: "no date", published: "", ..DRAFT },
    ])
    .await;
    for (text, expected) in [
        ("after:2017-06", vec!["no date", "july", "june"]),
        ("after:2017-06 before:2017-07", vec!["june"]),
        ("before:2017-06-01", vec!["may", "offset"]),
        ("before:2017-06-01 sort:oldest", vec!["offset", "may"]),
        ("after:2026-11-23T10:00:00Z", vec!["no date"]),
    ] {
        assert_eq!(titles(&index, text).await, expected, "{text}");
    }
}

#[tokio::test]
async fn the_best_come_first() {
    let filler = "Much else is said about other matters of the day. ".repeat(40);
    let late = format!("{filler} Encryption.");
    let lead = format!("Encryption. {filler}");
    let title = format!("{filler} Encryption.");
    let (_folder, index) = filled(&[
        Draft { title: "late", text: &late, ..DRAFT },
        Draft { title: "lead", text: &lead, ..DRAFT },
        Draft { title: "On encryption", text: &title, ..DRAFT },
        Draft { title: "other", text: &filler, ..DRAFT },
    ])
    .await;
    assert_eq!(titles(&index, "encryption").await, ["On encryption", "lead", "late"]);

    let (_folder, index) = filled(&[
        Draft { title: "old", text: "Encryption rules.", published: "2012-01-01", ..DRAFT },
        Draft { title: "new", text: "Encryption rules.", published: "2026-01-01", ..DRAFT },
        Draft {
            title: "older",
            text: "Encryption rules on encryption.",
            published: "2011-01-01",
            ..DRAFT
        },
    ])
    .await;
    assert_eq!(titles(&index, "encryption").await[0], "new", "freshness counts a little");
    assert_eq!(titles(&index, "encryption sort:newest").await, ["new", "old", "older"]);
    assert_eq!(titles(&index, "encryption sort:oldest").await, ["older", "old", "new"]);
}

#[tokio::test]
async fn a_changed_item_is_found_as_it_is_now() {
    let (_folder, index) = filled(&[Draft { jurisdictions: &["CN"], ..DRAFT }]).await;
    let (item, _) = find(&index, "country:CN").await.rows.remove(0);
    let tags = Draft { jurisdictions: &["IN"], ..DRAFT }.tags();
    index.store().retag(item.id, &tags, now()).await.unwrap();
    assert_eq!(titles(&index, "country:CN").await.len(), 1, "the index has not heard of it");
    assert_eq!(index.catch_up().await.unwrap(), 2);
    assert_eq!(titles(&index, "country:CN").await.len(), 0);
    assert_eq!(titles(&index, "country:IN").await.len(), 1);
    assert_eq!(titles(&index, "policy:any").await.len(), 1, "once");
}

#[tokio::test]
async fn a_window_holds_what_was_first_tagged_in_it() {
    let folder = TempDir::new().unwrap();
    let index = open(folder.path()).await;
    let ids =
        keep(&index, 0, &[Draft { title: "0", ..DRAFT }, Draft { title: "1", ..DRAFT }]).await;
    let mark = index.catch_up().await.unwrap();
    keep(&index, 2, &[Draft { title: "2", ..DRAFT }]).await;
    // An old item that changes is not new.
    index
        .store()
        .retag(ids[0], &Draft { stage: Some("adopted"), ..DRAFT }.tags(), now())
        .await
        .unwrap();
    let head = index.catch_up().await.unwrap();
    let found = |after, upto| {
        let window = index::Window { after, upto, ..index::Window::default() };
        let index = index.clone();
        async move {
            let page =
                index.find(&query("sort:oldest"), &first(9), &[], Some(window)).await.unwrap();
            page.rows.into_iter().map(|(item, _)| item.title.clone()).collect::<Vec<_>>()
        }
    };
    assert_eq!(found(mark, head).await, ["2"]);
    assert_eq!(found(0, mark).await, ["0", "1"]);
    assert_eq!(found(head, head + 9).await, Vec::<String>::new());
}

#[tokio::test]
async fn where_nothing_is_found_another_question_is_answered() {
    let text = |title, text| Draft { title, text, ..DRAFT };
    let (_folder, index) = filled(&[
        text("one", "Encryption of messages."),
        text("two", "Encryption keys in escrow."),
        text("three", "Virtual networks need a licence by the law."),
    ])
    .await;
    let answer = async |asked: &str, paging: Paging| {
        let answer = index.answer(&query(asked), &paging, &[]).await.unwrap();
        let titles: Vec<_> = answer.page.rows.iter().map(|(item, _)| item.title.clone()).collect();
        (answer.instead.map(|query| query.to_text()), titles, answer.page.next)
    };
    for (asked, instead, expected) in [
        ("encryption keys", None, vec!["two"]),
        ("encrpytion keys", Some("encryption keys"), vec!["two"]),
        ("licence keys", Some("licence OR keys"), vec!["three", "two"]),
        ("licence keys widen:false", None, vec![]),
        ("encrpytion widen:false", None, vec![]),
        ("unheard", None, vec![]),
        ("unheard -keys", None, vec![]),
        ("unheard the law", Some("unheard OR law"), vec!["three"]),
        ("keys to unheard of the escrow", Some("keys escrow"), vec!["two"]),
        ("unheard keys -licence", Some("keys -licence"), vec!["two"]),
    ] {
        let (other, mut found, _) = answer(asked, first(10)).await;
        found.sort();
        assert_eq!(other.as_deref(), instead, "{asked}");
        assert_eq!(found, expected, "{asked}");
    }
    let answered = index.answer(&query("encryption escrow"), &first(10), &[]).await.unwrap();
    let title =
        |rows: &[(Arc<Item>, String)]| rows.iter().map(|(item, _)| item.title.clone()).collect();
    let (all, some): (Vec<_>, Vec<_>) = (title(&answered.page.rows), title(&answered.partly));
    assert_eq!((answered.page.total, all, some), (1, vec!["two".into()], vec!["one".to_owned()]));
    for asked in ["encryption escrow widen:false", "encryption \"escrow\" country:CN", "-keys"] {
        let answered = index.answer(&query(asked), &first(10), &[]).await.unwrap();
        assert_eq!(answered.partly, [], "{asked}");
    }
    let (_, page, next) = answer("encrpytion", first(1)).await;
    let later = Paging { limit: 1, cursor: next };
    let (other, rest, end) = answer("encrpytion", later).await;
    assert_eq!((other.as_deref(), end), (Some("encryption"), None));
    assert_ne!(page, rest, "the next page is of the same question");
    let strange = Paging { limit: 1, cursor: Some("0".repeat(48)) };
    let error = index.answer(&query("encrpytion"), &strange, &[]).await.unwrap_err();
    assert!(matches!(error, index::Error::Cursor), "{error}");
}

#[tokio::test]
async fn a_question_in_plain_words_need_not_be_met_to_the_letter() {
    let text = |title, text| Draft { title, text, ..DRAFT };
    let (_folder, index) = filled(&[
        text("one", "Banks report incidents within hours; regulators fine those that wait."),
        text("two", "Banks report incidents; regulators listen."),
        text("three", "Banks report profits."),
    ])
    .await;
    for (asked, expected) in [
        ("incidents in the banks", vec!["one", "two"]),
        ("\"incidents in the banks\"", vec![]),
        ("incidents in banks widen:false", vec![]),
        ("the", vec![]),
        // Of four words one may be missing; of three, or where signs say what is meant, none may.
        ("banks report incidents hours", vec!["one", "two"]),
        ("banks report incidents hours widen:false", vec!["one"]),
        ("banks incidents hours", vec!["one"]),
        ("banks report incidents hours -listen", vec!["one"]),
    ] {
        let mut found = titles(&index, asked).await;
        found.sort();
        assert_eq!(found, expected, "{asked}");
    }
    assert_eq!(titles(&index, "banks report incidents hours").await, ["one", "two"]);
}

#[tokio::test]
async fn an_office_is_found_by_its_other_names() {
    let text = |title, text, language| Draft { title, text, language: Some(language), ..DRAFT };
    let (_folder, index) = filled(&[
        text("one", "Роскомнадзор оштрафовал компанию.", "ru"),
        text("two", "Roskomnadzor fined a company.", "en"),
        text("three", "国家网信办发布通知。", "zh"),
    ])
    .await;
    for (asked, expected) in [
        ("Roskomnadzor", vec!["one", "two"]),
        ("Роскомнадзор", vec!["one", "two"]),
        ("Roskomnadzor widen:false", vec!["two"]),
        ("Cyberspace Administration of China", vec!["three"]),
    ] {
        let mut found = titles(&index, asked).await;
        found.sort();
        assert_eq!(found, expected, "{asked}");
    }
}

#[tokio::test]
async fn that_it_is_about_law_need_not_be_said() {
    let text = |title, text| Draft { title, text, ..DRAFT };
    let (_folder, index) = filled(&[
        text("one", "The court orders the encryption of all backups."),
        text("two", "A law on encryption: rules for all."),
        text("three", "A law on fisheries."),
    ])
    .await;
    let both = ["two", "one"];
    for asked in ["encryption law", "encryption rules", "rules for encryption", "ban encryption"] {
        assert_eq!(titles(&index, asked).await.len(), 2, "{asked}");
    }
    assert_eq!(titles(&index, "encryption law").await, both, "it counts all the same");
    assert_eq!(titles(&index, "encryption law -x").await, both, "nothing is left out");
    for asked in ["encryption law widen:false", "\"law on encryption\""] {
        assert_eq!(titles(&index, asked).await, ["two"], "{asked}");
    }
    assert_eq!(titles(&index, "law rules").await, ["two"], "where nothing else is asked");
}

#[tokio::test]
async fn what_an_item_is_about_is_put_before_what_it_mentions() {
    let other = "Russia and a VPN are mentioned, and much else besides that day.";
    let (_folder, index) = filled(&[
        Draft { title: "mentions", text: other, ..DRAFT },
        Draft {
            title: "about",
            text: "The register of tunnels is closed to all.",
            jurisdictions: &["RU"],
            topics: &["vpn-restrictions"],
            ..DRAFT
        },
        Draft { title: "half", text: "The tunnels of London.", jurisdictions: &["RU"], ..DRAFT },
    ])
    .await;
    assert_eq!(titles(&index, "VPN ban russia").await, ["about", "mentions"]);
}

#[tokio::test]
async fn words_that_only_speak_of_a_topic_find_what_is_about_it() {
    let about = |title, text, topic, state| Draft {
        title,
        text,
        topics: topic,
        jurisdictions: state,
        ..DRAFT
    };
    let (_folder, index) = filled(&[
        about("here", "Servers must not leave.", &["data-localization"], &["VN"]),
        about("there", "Servers must not leave.", &["data-localization"], &["RU"]),
        about("else", "Cables must not leave.", &["critical-infrastructure"], &["VN"]),
    ])
    .await;
    for (asked, expected) in [
        ("storing data on local servers", vec!["here", "there"]),
        ("stored locally Vietnam", vec!["here"]),
        ("vietnamesische Datenlokalisierung", vec!["here"]),
        ("Russian rules for data residency", vec!["there"]),
        ("хранение на территории России", vec!["there"]),
        ("storing data on local servers widen:false", vec![]),
        ("\"local servers\"", vec![]),
        // What is no word of the field is asked for.
        ("Zebra local servers", vec![]),
    ] {
        let mut found = titles(&index, asked).await;
        found.sort();
        assert_eq!(found, expected, "{asked}");
    }
    let answer = index.answer(&query("stored locally Vietnam"), &first(10), &[]).await.unwrap();
    let some: Vec<_> = answer.partly.iter().map(|(item, _)| item.title.as_str()).collect();
    assert_eq!(some.len(), 2, "what is about one of both stands apart: {some:?}");
}

#[tokio::test]
async fn a_word_in_quotation_marks_is_that_word() {
    let (_folder, index) = filled(&[
        Draft { title: "said", text: "The encryption of backups.", ..DRAFT },
        Draft { title: "meant", text: "Back doors.", topics: &["encryption"], ..DRAFT },
    ])
    .await;
    assert_eq!(titles(&index, "encryption").await.len(), 2);
    assert_eq!(titles(&index, "\"encryption\"").await, ["said"]);
}

#[tokio::test]
async fn a_law_is_found_by_a_name_with_marks_in_it() {
    let law = Draft { title: "law", text: "Networks.", laws: &["NIS2"], ..DRAFT };
    let (_folder, index) = filled(&[law, Draft { title: "no", ..DRAFT }]).await;
    for asked in ["Directive (EU) 2022/2555", "directive eu 2022/2555"] {
        assert_eq!(titles(&index, asked).await, ["law"], "{asked}");
    }
}

#[tokio::test]
async fn a_word_that_is_nowhere_leaves_the_others() {
    let (_folder, index) = filled(&[
        Draft { title: "one", text: "Yapan.", topics: &["artificial-intelligence"], ..DRAFT },
        Draft { title: "two", text: "Else.", ..DRAFT },
    ])
    .await;
    let answer = index.answer(&query("yapay zeka Zebra"), &first(10), &[]).await.unwrap();
    assert_eq!(answer.instead.unwrap().to_text(), "yapay zeka", "no word of a name is misspelt");
    assert_eq!(answer.page.total, 1);
}
