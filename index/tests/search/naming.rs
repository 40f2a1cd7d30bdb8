//! What is found under a name that no text has: everyday names of laws, misspelt ones, words for stages.

use super::*;

/// Items by title, what they are about, and the rest as in every other draft.
fn about(
    title: &'static str,
    topics: &'static [&'static str],
    stage: Option<&'static str>,
    laws: &'static [&'static str],
) -> Draft<'static> {
    Draft { title, topics, stage, laws, ..DRAFT }
}

async fn answered(index: &Index, text: &str) -> (Vec<String>, Option<String>) {
    let answer = index.answer(&query(text), &first(10), &[]).await.unwrap();
    let mut titles: Vec<_> = answer.page.rows.iter().map(|(item, _)| item.title.clone()).collect();
    titles.sort();
    (titles, answer.instead.map(|query| query.to_text()))
}

#[tokio::test]
async fn a_law_is_found_by_what_people_call_it() {
    let (_folder, index) = filled(&[
        about("runet", &[], None, &["russia-sovereign-internet-law"]),
        about("phones", &[], None, &["japan-smartphone-act"]),
        about("gdpr", &[], None, &["gdpr"]),
        about("framework", &[], None, &["eu-us-data-privacy-framework"]),
        about("privacy", &["data-protection"], None, &[]),
        about("korea", &[], None, &["korea-ai-basic-act"]),
    ])
    .await;
    for (asked, expected) in [
        ("sovereign internet", "runet"),
        ("суверенный интернет", "runet"),
        ("закон о суверенном интернете", "runet"),
        ("スマホ新法", "phones"),
        ("ОРЗД", "gdpr"),
        ("Datenschutz-Grundverordnungen", "gdpr"),
        ("Data Privacy Framework", "framework"),
        ("AI 기본법", "korea"),
    ] {
        assert_eq!(answered(&index, asked).await.0, [expected], "{asked}");
    }
    for asked in ["sovereign internet widen:false", "\"スマホ新法\" widen:false"] {
        assert!(answered(&index, asked).await.0.is_empty(), "{asked}");
    }
}

/// What is typed with OR is found by each of the words, and by no more than these.
#[tokio::test]
async fn alternatives_are_as_wide_as_each_of_them() {
    let (_folder, index) = filled(&[
        about("gdpr", &["data-protection"], None, &["gdpr"]),
        about("cameras", &["data-protection"], None, &[]),
        about("zebras", &["encryption"], None, &[]),
        about("nis2", &["critical-infrastructure"], None, &["nis2"]),
        about("power grid", &["critical-infrastructure"], None, &[]),
    ])
    .await;
    for (one, other) in [
        ("GDPR", "emerald"),
        ("NIS2", "NIS2"),
        ("NIS2", "zebras"),
        ("topic:encryption", "GDPR"),
        ("cameras", "\"power grid\""),
    ] {
        let mut expected = titles(&index, one).await;
        expected.extend(titles(&index, other).await);
        expected.sort();
        expected.dedup();
        let mut found = titles(&index, &format!("{one} OR {other}")).await;
        found.sort();
        assert_eq!(found, expected, "{one} OR {other}");
    }
}

#[tokio::test]
async fn a_name_that_is_in_no_text_may_be_misspelt_as_well() {
    let (_folder, index) = filled(&[
        about("arms", &[], None, &["wassenaar-arrangement-intrusion-controls"]),
        Draft { title: "certificate", jurisdictions: &["KZ"], ..DRAFT },
        Draft { title: "emerald", jurisdictions: &["IE"], ..DRAFT },
    ])
    .await;
    for (asked, expected, instead) in [
        ("Wassenar arrangement", vec!["arms"], Some("Wassenaar arrangement")),
        ("Kazakstan", vec!["certificate"], None),
        // Of short words too many are near.
        ("Inland", vec![], None),
        ("Wassenar arrangement widen:false", vec![], None),
    ] {
        let (found, answered) = answered(&index, asked).await;
        assert_eq!(found, expected, "{asked}");
        assert_eq!(answered.as_deref(), instead, "{asked}");
    }
}

#[tokio::test]
async fn what_is_at_the_stage_that_is_spoken_of_comes_first() {
    let text = "Zebras and their fines.";
    let at = |title, stage| Draft { title, text, stage, ..DRAFT };
    let (_folder, index) = filled(&[
        at("proposed", Some("proposed")),
        at("enforced", Some("enforcement")),
        at("none", None),
    ])
    .await;
    for asked in ["zebra fines", "Zebras Bußgeld OR zebra fines"] {
        assert_eq!(titles(&index, asked).await.len(), 3, "{asked}");
    }
    assert_eq!(titles(&index, "zebra fines").await[0], "enforced");
}

#[tokio::test]
async fn a_common_word_that_nothing_has_leaves_the_name() {
    let (_folder, index) = filled(&[
        about("reports", &["incident-reporting"], None, &[]),
        Draft { title: "else", text: "A deadline for an incident with zebras.", ..DRAFT },
    ])
    .await;
    let (found, instead) = answered(&index, "breach notification deadline").await;
    assert_eq!(found, ["reports"]);
    assert_eq!(instead.as_deref(), Some("breach notification"));
}

#[tokio::test]
async fn words_of_the_field_beside_a_law_need_not_be_there() {
    let (_folder, index) = filled(&[
        Draft { title: "fined", text: "It must pay a fine.", laws: &["GDPR"], ..DRAFT },
        Draft { title: "else", text: "Fines for a violation of other rules.", ..DRAFT },
        Draft { title: "other", text: "It takes effect.", laws: &["NIS2"], ..DRAFT },
    ])
    .await;
    for (asked, expected, instead) in [
        ("GDPR violation fines", "fined", None),
        ("GDPR violations fines", "fined", None),
        ("NIS2 violation fines", "other", Some("NIS2")),
        ("NIS2 fines", "other", Some("NIS2")),
    ] {
        let (found, answered) = answered(&index, asked).await;
        assert_eq!(found, [expected], "{asked}");
        assert_eq!(answered.as_deref(), instead, "{asked}");
    }
}

#[tokio::test]
async fn a_person_is_not_the_state() {
    let (_folder, index) = filled(&[
        Draft { title: "met", text: "Xi Jinping met others.", ..DRAFT },
        Draft { title: "state", text: "A rule of that state.", jurisdictions: &["CN"], ..DRAFT },
    ])
    .await;
    let answer = index.answer(&query("Xi Jinping"), &first(10), &[]).await.unwrap();
    assert_eq!((answer.page.total, answer.partly), (1, Vec::new()));
    let answer = index.answer(&query("MOFCOM"), &first(10), &[]).await.unwrap();
    assert_eq!(answer.partly.len(), 1, "an office speaks for its state");
}

/// Questions of every kind, on texts of which each meets some, in part and under other names.
const ASKED: [&str; 21] = [
    "Roskomnadzor",
    "GDPR",
    "nis2",
    "china",
    "Russian",
    "网络安全法",
    "中国数据出境",
    "cybersecurity law",
    "the cybersecurity law in china",
    "data localization",
    "localization of data",
    "banks report incidents hours",
    "\"China Cybersecurity Law\"",
    "encrypt*",
    "\"report incidents\"~3",
    "law",
    "the",
    "country:CN",
    "law:gdpr,nis2",
    "vpn OR banks",
    "in force",
];

async fn filled_for_asked() -> (TempDir, Index) {
    let text = |title, text| Draft { title, text, ..DRAFT };
    filled(&[
        text("fine", "Роскомнадзор оштрафовал компанию."),
        text("fined", "Roskomnadzor fined a company over VPN."),
        Draft {
            jurisdictions: &["CN"],
            laws: &["china-cybersecurity-law"],
            ..text("zh", "网络安全法")
        },
        Draft { jurisdictions: &["CN"], ..text("en", "Cybersecurity rules of Beijing.") },
        Draft { jurisdictions: &["RU"], topics: &["data-localization"], ..text("ru", "Servers.") },
        text("law", "A cybersecurity law on data, and localization of cars."),
        text("banks", "Banks report incidents within hours."),
        text("some", "Banks report incidents."),
        Draft {
            laws: &["gdpr"],
            topics: &["data-protection"],
            ..text("eu", "Encryption is advised.")
        },
        Draft { laws: &["nis2"], stage: Some("in-force"), ..text("nis", "The directive.") },
        text("none", "Nothing of note."),
        text("out", "数据出境 的 中国 公司"),
    ])
    .await
}

#[tokio::test]
async fn a_minus_leaves_out_what_would_be_found_without_it() {
    let (_folder, index) = filled_for_asked().await;
    let all = titles(&index, "").await.len();
    for asked in ASKED {
        let found = titles(&index, asked).await;
        let left = titles(&index, &format!("-({asked})")).await;
        assert!(left.iter().all(|title| !found.contains(title)), "{asked}: {found:?} {left:?}");
        assert_eq!(found.len() + left.len(), all, "{asked}: {found:?} {left:?}");
        let none = titles(&index, &format!("({asked}) -({asked})")).await;
        assert!(none.is_empty(), "{asked}: {none:?}");
    }
    assert_eq!(titles(&index, "-Roskomnadzor widen:false").await.len(), all - 1);
}

#[tokio::test]
async fn alternatives_find_what_each_of_them_finds() {
    let (_folder, index) = filled_for_asked().await;
    for one in ASKED {
        for other in ASKED {
            let mut expected = titles(&index, one).await;
            expected.extend(titles(&index, other).await);
            expected.sort();
            expected.dedup();
            let mut found = titles(&index, &format!("({one}) OR ({other})")).await;
            found.sort();
            assert_eq!(found, expected, "{one} OR {other}");
        }
    }
}
