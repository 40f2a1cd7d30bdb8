//! Texts are analysed in their own language, and queries in every one that there is.

use super::*;

#[tokio::test]
async fn words_are_found_in_their_inflections() {
    let (_folder, index) = filled(&[
        Draft { title: "en", text: "Regulators fined the companies.", ..DRAFT },
        Draft {
            title: "de",
            text: "Die Gesetze über Verschlüsselung gelten für Behörden.",
            language: Some("de"),
            ..DRAFT
        },
        Draft {
            title: "fr",
            text: "Les règlements de l’État sur la sécurité.",
            language: Some("fr"),
            ..DRAFT
        },
        Draft {
            title: "es",
            text: "Las regulaciones sobre la protección de datos.",
            language: Some("es-MX"),
            ..DRAFT
        },
        Draft {
            title: "ru",
            text: "Законы о безопасности критической инфраструктуры.",
            language: Some("ru"),
            ..DRAFT
        },
        Draft {
            title: "pl",
            text: "Ustawa o krajowym systemie cyberbezpieczeństwa.",
            language: Some("pl"),
            ..DRAFT
        },
        Draft {
            title: "no language",
            text: "Der Bundestag hat ein Gesetz über die Sicherheit der Netze beschlossen.",
            language: None,
            ..DRAFT
        },
    ])
    .await;
    for (text, expected) in [
        ("regulator company", vec!["en"]),
        ("Gesetz", vec!["de", "no language"]),
        ("verschlusselung", vec!["de"]),
        ("VERSCHLÜSSELUNG", vec!["de"]),
        ("règlement", vec!["fr"]),
        ("reglement securite", vec!["fr"]),
        ("état", vec!["fr"]),
        ("regulación", vec!["es"]),
        ("\"proteccion de datos\"", vec!["es"]),
        ("закона", vec!["ru"]),
        ("\"критическая инфраструктура\"", vec!["ru"]),
        ("cyberbezpieczenstwa", vec!["pl"]),
        ("the", vec!["en"]),
    ] {
        let mut found = titles(&index, text).await;
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test]
async fn scripts_without_blanks_are_cut_into_words() {
    let (_folder, index) = filled(&[
        Draft {
            title: "zh",
            text: "全国人大常委会通过《中华人民共和国网络安全法》。",
            language: Some("zh"),
            ..DRAFT
        },
        Draft {
            title: "mixed",
            text: "China's Cybersecurity Law (网络安全法) takes effect.",
            ..DRAFT
        },
        Draft {
            title: "ja",
            text: "改正個人情報保護法が施行された。",
            language: Some("ja"),
            ..DRAFT
        },
        Draft {
            title: "th",
            text: "กฎหมายความมั่นคงปลอดภัยไซเบอร์มีผลบังคับใช้",
            language: Some("th"),
            ..DRAFT
        },
        Draft {
            title: "ko",
            text: "국회가 개인정보 보호법을 개정했다.",
            language: Some("ko"),
            ..DRAFT
        },
        Draft {
            title: "ar",
            text: "أصدرت الحكومة قانون الأمن السيبراني.",
            language: Some("ar"),
            ..DRAFT
        },
    ])
    .await;
    for (text, expected) in [
        ("网络安全法", vec!["mixed", "zh"]),
        ("网络", vec!["mixed", "zh"]),
        ("\"网络安全\"", vec!["mixed", "zh"]),
        ("安全网络", vec![]),
        ("個人情報", vec!["ja"]),
        ("施行", vec!["ja"]),
        ("กฎหมาย", vec!["th"]),
        ("ไซเบอร์", vec!["th"]),
        ("보호법", vec!["ko"]),
        ("개인정보", vec!["ko"]),
        ("قانون", vec!["ar"]),
        ("الأمن", vec!["ar"]),
        ("ＣＨＩＮＡ", vec!["mixed"]),
    ] {
        let mut found = titles(&index, text).await;
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
}

#[tokio::test]
async fn a_thai_word_is_found_in_any_sentence() {
    let (_folder, index) = filled(&[
        Draft {
            title: "one",
            text: "ผู้ให้บริการต้องใช้การเข้ารหัสข้อมูลส่วนบุคคลและถอดการเข้ารหัสไม่ได้",
            language: Some("th"),
            ..DRAFT
        },
        Draft {
            title: "two", text: "กฎหมายไซเบอร์", language: Some("th"), ..DRAFT
        },
    ])
    .await;
    for text in ["การเข้ารหัส widen:false", "เข้ารหัส", "รหัส", "\"ถอดการ\" ข้อมูลส่วน*"]
    {
        assert_eq!(titles(&index, text).await, ["one"], "{text}");
    }
    assert_eq!(titles(&index, "รหัสเข้า").await, [""; 0]);
    let found = find(&index, "การเข้ารหัส").await;
    assert!(found.rows[0].1.contains("ต้องใช้<mark>การเข้ารหัส</mark>ข้อมูล"), "{:?}", found.rows);
}

#[tokio::test]
async fn an_arabic_word_is_found_with_and_without_the_article() {
    let arabic = |title, text| Draft { title, text, language: Some("ar"), ..DRAFT };
    let (_folder, index) = filled(&[
        arabic("one", "قانون لحماية البيانات."),
        arabic("two", "وبيانات الوزارة"),
        arabic("three", "الأمن."),
    ])
    .await;
    for text in ["بيانات", "البيانات", "والبيانات", "بالبيانات"] {
        assert_eq!(titles(&index, text).await.len(), 2, "{text}");
    }
    assert_eq!(titles(&index, "وزارة").await, ["two"]);
}

#[tokio::test]
async fn a_word_means_what_it_means_in_the_texts_language() {
    let (_folder, index) = filled(&[
        Draft { title: "en", text: "The bill dies in committee.", ..DRAFT },
        Draft { title: "de", text: "Die Behörde und die Firma.", language: Some("de"), ..DRAFT },
    ])
    .await;
    assert_eq!(titles(&index, "dies").await, ["en"], "not the German article");
    assert_eq!(titles(&index, "country:CN OR die").await.len(), 2);
}

#[tokio::test]
async fn a_rare_language_does_not_make_a_common_word_rare() {
    let mut drafts = vec![Draft { text: "China and encryption.", ..DRAFT }; 20];
    drafts.push(Draft {
        title: "both",
        text: "China and encryption, China and encryption.",
        ..DRAFT
    });
    drafts.push(Draft {
        title: "de",
        text: "China und vieles andere.",
        language: Some("de"),
        ..DRAFT
    });
    let (_folder, index) = filled(&drafts).await;
    let found = titles(&index, "china OR encryption").await;
    assert_eq!((found[0].as_str(), found[21].as_str()), ("both", "de"));
}

#[tokio::test]
async fn one_law_is_found_under_all_its_names() {
    let (_folder, index) = filled(&[
        Draft {
            title: "zh", text: "网络安全法自六月一日起施行。", language: Some("zh"), ..DRAFT
        },
        Draft { title: "en", text: "The China Cybersecurity Law takes effect.", ..DRAFT },
        Draft {
            title: "tagged",
            text: "The law on networks takes effect in China.",
            laws: &["China Cybersecurity Law"],
            ..DRAFT
        },
        Draft { title: "other", text: "The law of China on something else.", ..DRAFT },
    ])
    .await;
    for words in ["网络安全法", "China Cybersecurity Law", "\"china cybersecurity law\""] {
        let mut found = titles(&index, words).await;
        found.sort();
        assert_eq!(found, ["en", "tagged", "zh"], "{words}");
    }
    assert_eq!(titles(&index, "网络安全法 widen:false").await, ["zh"]);
    assert_eq!(titles(&index, "law -网络安全法").await, ["other"]);
    assert_eq!(titles(&index, "law -网络安全法 widen:false").await.len(), 3);
    let page = find(&index, "网络安全法").await;
    let english = page.rows.iter().find(|(item, _)| item.title == "en").unwrap();
    assert!(english.1.contains("<mark>Cybersecurity</mark>"), "{}", english.1);
}

#[tokio::test]
async fn a_misspelt_word_leads_to_the_one_that_was_meant() {
    let (_folder, index) = filled(&[
        Draft { text: "Encryption and surveillance in Україна.", ..DRAFT },
        Draft { text: "Encryptions of Verschlüsselung.", ..DRAFT },
        Draft { text: "Encryption.", ..DRAFT },
    ])
    .await;
    for (text, meant) in [
        ("encrpytion", Some("encryption")),
        ("survelliance country:CN", Some("surveillance country:CN")),
        ("\"encription and\" -foo", Some("\"encryption and\" -foo")),
        ("Verschlusselumg", Some("Verschlüsselung")),
        ("украина", Some("україна")),
        ("encryption", None),
        ("enc*", None),
        ("zzzzzz", None),
        ("foo", None),
        ("", None),
        ("country:CN", None),
    ] {
        let found = index.did_you_mean(&query(text)).unwrap();
        assert_eq!(found.map(|query| query.to_text()).as_deref(), meant, "{text}");
    }
}

#[tokio::test]
async fn who_asks_in_a_language_gets_its_texts_first() {
    let english = Draft { topics: &["data-protection"], text: "A body fines a firm.", ..DRAFT };
    let mut drafts = vec![english; 6];
    for title in ["fr one", "fr two"] {
        drafts.push(Draft {
            title,
            text: "La protection des données est un droit ; l'autorité le dit depuis longtemps, et le redira.",
            language: Some("fr"),
            published: "2010-01-01",
            ..DRAFT
        });
    }
    let (_folder, index) = filled(&drafts).await;
    let found = titles(&index, "protection des données").await;
    assert_eq!(found.len(), 8, "the others are found as well");
    assert!(found[..2].iter().all(|title| title.starts_with("fr")), "{found:?}");
}

#[tokio::test]
async fn words_change_at_their_ends_where_there_is_no_stemmer() {
    let (_folder, index) = filled(&[
        Draft { title: "pl", text: "Prawo do szyfrowania.", language: Some("pl"), ..DRAFT },
        Draft { title: "cs", text: "O bezpečnosti sítí.", language: Some("cs"), ..DRAFT },
        Draft {
            title: "uk", text: "Про захист даних законами.", language: Some("uk"), ..DRAFT
        },
        Draft { title: "en", text: "Szyfrowania, said the professor.", ..DRAFT },
    ])
    .await;
    for (asked, expected) in [
        ("szyfrowanie widen:false", "pl"),
        ("bezpečnost widen:false", "cs"),
        ("bezpecnost widen:false", "cs"),
        ("захисту widen:false", "uk"),
    ] {
        assert_eq!(titles(&index, asked).await, [expected], "{asked}");
    }
}

#[tokio::test]
async fn one_thing_is_found_under_its_names_in_other_languages() {
    let text = |title, text, language| Draft { title, text, language: Some(language), ..DRAFT };
    let (_folder, index) = filled(&[
        text("zh", "人脸识别技术应用安全管理办法。", "zh"),
        text("de", "Die Gesichtserkennung an Bahnhöfen.", "de"),
        text("en", "Facial recognition at stations.", "en"),
    ])
    .await;
    let mut found = titles(&index, "facial recognition").await;
    found.sort();
    assert_eq!(found, ["de", "en", "zh"]);
    assert_eq!(titles(&index, "facial recognition widen:false").await, ["en"]);
}

#[tokio::test]
async fn names_that_run_together_are_each_of_them_names() {
    let zh = |title, text, topics, jurisdictions| Draft {
        title,
        text,
        topics,
        jurisdictions,
        language: Some("zh"),
        ..DRAFT
    };
    let (_folder, index) = filled(&[
        zh("words", "中国的企业要向境外提供数据，须通过数据出境的安全评估。", &[], &[]),
        Draft {
            title: "about",
            text: "Exports of records are assessed in Beijing.",
            topics: &["cross-border-data"],
            jurisdictions: &["CN"],
            ..DRAFT
        },
        zh("other", "印度公布新的规定。", &["cross-border-data"], &["IN"]),
    ])
    .await;
    let mut found = titles(&index, "中国数据出境").await;
    found.sort();
    assert_eq!(found, ["about", "words"], "a state and a topic, each under all its names");
    let mut either = titles(&index, "中国数据出境 OR apple").await;
    either.sort();
    assert_eq!(either, found, "all of them beside an alternative, too");
    assert_eq!(titles(&index, "中国数据出境 widen:false").await, [""; 0], "as typed");
    assert_eq!(titles(&index, "\"中国数据出境\"").await, [""; 0], "a phrase stays one");
    // Where no text has them side by side, some of the words will do.
    let answer = index.answer(&query("企业提供境外数据"), &first(10), &[]).await.unwrap();
    let found: Vec<_> = answer.page.rows.iter().map(|(item, _)| item.title.as_str()).collect();
    assert_eq!(found.first(), Some(&"words"), "{found:?}");
}

#[tokio::test]
async fn words_of_which_the_last_text_has_one_are_looked_for_no_further() {
    let text = |language, text| Draft { language: Some(language), text, ..DRAFT };
    let (_folder, index) = filled(&[
        text("en", "A cloud."),
        text("de", "Die Cloud."),
        text("en", "A tower."),
        text("de", "Der Tower."),
    ])
    .await;
    for (words, expected) in [("cloud tower", 0), ("tower cloud", 0), ("tower -cloud", 2)] {
        let query = Query { widen: false, ..query(words) };
        let page = index.find(&query, &first(10), &[], None).await.unwrap();
        assert_eq!(page.total, expected, "{words}");
    }
}

#[tokio::test]
async fn parts_of_compounds_are_found() {
    let (_folder, index) = filled(&[
        Draft {
            title: "ja",
            text: "国外のデータセンターとサイバーセキュリティ対策、クラウドサービスのガイドライン。",
            language: Some("ja"),
            ..DRAFT
        },
        Draft {
            title: "ja, parted",
            text: "サイバー・セキュリティの担当者、オンライン。",
            language: Some("ja"),
            ..DRAFT
        },
        Draft {
            title: "ko",
            text: "국회가 개인정보보호법은 물론 데이터센터와 정보통신망법을 고쳤다. VPN을 막는다.",
            language: Some("ko"),
            ..DRAFT
        },
        Draft { title: "ko, parted", text: "개인정보 보호를 맡은 정보원", language: Some("ko"), ..DRAFT },
    ])
    .await;
    for (text, expected) in [
        ("データ", vec!["ja"]),
        ("センター", vec!["ja"]),
        ("ﾃﾞｰﾀｾﾝﾀｰ", vec!["ja"]),
        ("データセンター", vec!["ja"]),
        ("\"データ センター\"", vec!["ja"]),
        ("データセ*", vec!["ja"]),
        ("データ*", vec!["ja"]),
        ("セキュリティ", vec!["ja", "ja, parted"]),
        ("サイバーセキュリティ", vec!["ja", "ja, parted"]),
        ("サイバーセキュ*", vec!["ja", "ja, parted"]),
        ("クラウド サービス", vec!["ja"]),
        ("ライン", vec![]),
        ("개인정보", vec!["ko", "ko, parted"]),
        ("보호", vec!["ko", "ko, parted"]),
        ("보호법", vec!["ko"]),
        ("개인정보보호법", vec!["ko"]),
        ("개인정보보*", vec!["ko", "ko, parted"]),
        ("데이터", vec!["ko"]),
        ("센터", vec!["ko"]),
        ("정보통신망법", vec!["ko"]),
        ("정보통신망", vec!["ko"]),
        ("vpn", vec!["ko"]),
        ("정보", vec!["ko"]),
    ] {
        let mut found = titles(&index, &format!("{text} widen:false")).await;
        found.sort();
        assert_eq!(found, expected, "{text}");
    }
    let page = find(&index, "데이터").await;
    assert!(page.rows[0].1.contains("<mark>데이터</mark>센터와"), "{}", page.rows[0].1);
}
