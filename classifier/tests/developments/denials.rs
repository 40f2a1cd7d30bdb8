//! What is denied, supposed or may be appealed stands on no timeline; what was done about false words does.

use super::{acts, tells};

#[test]
fn what_is_denied_supposed_or_open_to_appeal_is_no_act() {
    for (language, title, body) in [
        ("en", "NIS2 delayed again", "NIS2 did not take effect on 1 April 2026."),
        (
            "en",
            "What the NIS2 Directive did not do on 1 April 2026",
            "Many had waited for it. Operators still ask which rules they have to follow.",
        ),
        (
            "en",
            "Where is the data act?",
            "The data act was not adopted on 3 May 2026, the ministry said.",
        ),
        (
            "en",
            "Data act still a bill",
            "Rumours that the data protection act was adopted on 3 May are false.",
        ),
        (
            "en",
            "Ministry on the data act",
            "Reports that the act entered into force on 3 May are untrue.",
        ),
        (
            "en",
            "What if the GDPR had come earlier?",
            "If the GDPR had been adopted in 2015, fines would have come sooner.",
        ),
        (
            "en",
            "What the privacy act allows now",
            "The company may appeal until 5 June against the data protection fine.",
        ),
    ] {
        assert_eq!(acts(language, "2026-05-20", title, body), [""; 0], "{body}");
    }
}

#[test]
fn what_is_denied_in_other_languages_is_no_act() {
    for (language, title, body) in [
        (
            "de",
            "NIS-2 fehlt noch",
            "Das Datenschutzgesetz ist am 1. April 2026 nicht in Kraft getreten.",
        ),
        (
            "de",
            "Gerücht über das Gesetz",
            "Das Gerücht, das Datenschutzgesetz sei am 3. Mai verabschiedet worden, ist falsch.",
        ),
        (
            "de",
            "Wie es nach der DSGVO weitergeht",
            "Das Unternehmen kann bis 5. Juni Berufung einlegen.",
        ),
        (
            "fr",
            "La loi attend",
            "La loi sur la cybersécurité n'est pas entrée en vigueur le 1er avril 2026.",
        ),
        ("fr", "Une rumeur", "Il est faux que la loi sur la cybersécurité a été adoptée le 3 mai."),
        (
            "es",
            "La ley espera",
            "La ley de ciberseguridad no entró en vigor el 1 de abril de 2026.",
        ),
        ("es", "Rumor", "Es falso que la ley de ciberseguridad fue aprobada el 3 de mayo."),
        (
            "pt",
            "A lei espera",
            "A lei de proteção de dados não entrou em vigor em 1º de abril de 2026.",
        ),
        ("ru", "Закон ждет", "Закон о персональных данных не вступил в силу 1 апреля 2026 года."),
        (
            "ru",
            "Слухи",
            "Слухи о том, что закон о персональных данных принят 3 мая, не соответствуют действительности.",
        ),
        ("zh", "数据法传言", "网传网络安全法于5月3日通过，系不实信息。"),
        ("zh", "数据法", "网络安全法并未于2026年4月1日施行。"),
        ("ja", "施行の延期", "改正個人情報保護法は2026年4月1日に施行されなかった。"),
    ] {
        assert_eq!(acts(language, "2026-05-20", title, body), [""; 0], "{body}");
    }
}

#[test]
fn what_is_said_to_be_untrue_is_no_act() {
    for (language, title, body) in [
        (
            "en",
            "Ministry on the data act",
            "The ministry denied that the data act was adopted on 3 May.",
        ),
        (
            "en",
            "Regulator and Acme",
            "The regulator dismissed claims that it fined Acme under the GDPR on 3 May.",
        ),
        (
            "en",
            "Regulator and Acme",
            "Reports that the regulator fined Acme under the GDPR on 3 May were denied by its head.",
        ),
        ("en", "Where the case stands", "No fine was imposed on 3 May under the GDPR."),
        ("en", "Where the case stands", "The court did not rule on the privacy act on 3 May."),
        (
            "fr",
            "Une rumeur",
            "Le ministère dément que la loi sur les données ait été adoptée le 3 mai.",
        ),
        (
            "nl",
            "De wet wacht",
            "De wet gegevensbescherming is op 1 april 2026 niet in werking getreden.",
        ),
        ("pl", "Ustawa czeka", "Ustawa o ochronie danych nie weszła w życie 1 kwietnia 2026 r."),
        ("uk", "Закон чекає", "Закон про персональні дані не набрав чинності 1 квітня 2026 року."),
        ("ko", "시행 연기", "개인정보 보호법은 2026년 4월 1일 시행되지 않았다."),
        ("ja", "法案の行方", "個人情報保護法が5月3日に成立したというのはデマだ。"),
    ] {
        assert_eq!(acts(language, "2026-05-20", title, body), [""; 0], "{body}");
    }
}

#[test]
fn what_is_done_about_false_words_is_an_act() {
    for (language, title, body, expected) in [
        (
            "en",
            "Law on false posts passed",
            "Parliament adopted on 3 May a cybersecurity law that bans posts which are false.",
            "adopted 2026-05-03",
        ),
        (
            "en",
            "FTC fines Acme",
            "On 12 May the FTC fined Acme, which falsely claimed that its data was encrypted.",
            "enforcement 2026-05-12",
        ),
        (
            "en",
            "Regulator fines Acme",
            "The data protection authority fined Acme on 12 May over claims that it keeps no personal data, which are false.",
            "enforcement 2026-05-12",
        ),
        (
            "de",
            "Behörde verhängt Bußgeld",
            "Die Datenschutzbehörde verhängte am 12. Mai ein Bußgeld nach der DSGVO, da die Auskunft falsch war.",
            "enforcement 2026-05-12",
        ),
        (
            "zh",
            "网信办处罚平台",
            "国家网信办5月12日依据网络安全法对某平台处以罚款，因其传播不实信息。",
            "enforcement 2026-05-12",
        ),
        (
            "ja",
            "偽情報対策法が成立",
            "デマの拡散を防ぐ情報流通プラットフォーム対処法が5月12日に成立した。",
            "adopted 2026-05-12",
        ),
        (
            "en",
            "Data act adopted",
            "Denying reports that it would fall, the government said that parliament adopted the data act on 3 May.",
            "adopted 2026-05-03",
        ),
    ] {
        tells(language, "2026-05-20", title, body, &[expected]);
    }
}

#[test]
fn what_is_only_supposed_is_no_act() {
    for (language, title, body) in [
        (
            "en",
            "The case of Acme",
            "If the GDPR had been adopted in 2015, the case would be different.",
        ),
        (
            "en",
            "A late data act",
            "Firms would be ready if parliament had passed the data protection act in March 2025.",
        ),
        (
            "en",
            "A late data act",
            "Had parliament adopted the data protection act on 3 May, firms would be ready.",
        ),
        (
            "de",
            "Das Gesetz fehlt",
            "Hätte der Bundestag das Datenschutzgesetz am 3. Mai verabschiedet, wären die Firmen bereit.",
        ),
        (
            "de",
            "Das Gesetz fehlt",
            "Wenn der Bundestag das Datenschutzgesetz am 3. Mai verabschiedet hätte, stünde alles besser.",
        ),
        (
            "fr",
            "Une autre affaire",
            "Si le RGPD avait été adopté en 2015, l'affaire serait différente.",
        ),
        ("zh", "另一种可能", "如果网络安全法在2015年通过，情况就会不同。"),
    ] {
        assert_eq!(acts(language, "2026-05-20", title, body), [""; 0], "{body}");
    }
    // What begins so may tell what happened as well.
    for (language, title, body, expected) in [
        (
            "fr",
            "La loi est adoptée",
            "Si la loi sur la cybersécurité a été adoptée le 3 mai, elle attend encore ses décrets.",
            "adopted 2026-05-03",
        ),
        (
            "en",
            "Privacy act next year",
            "If your firm keeps personal data, note that the privacy act takes effect on 1 January 2027.",
            "in-force 2027-01-01",
        ),
    ] {
        tells(language, "2026-05-20", title, body, &[expected]);
    }
}

#[test]
fn the_last_day_of_an_appeal_is_no_deadline() {
    for (language, title, fined, appeal) in [
        (
            "it",
            "Il Garante multa Acme",
            "Il Garante privacy ha multato Acme il 12 maggio.",
            "La società può impugnare la sanzione fino al 5 giugno.",
        ),
        (
            "ru",
            "Роскомнадзор оштрафовал компанию",
            "Роскомнадзор оштрафовал компанию за утечку персональных данных 12 мая.",
            "Решение можно обжаловать до 5 июня.",
        ),
        (
            "zh",
            "监管机构处罚公司",
            "监管机构5月12日依据数据安全法对公司处以罚款。",
            "公司可在6月5日前提起上诉。",
        ),
        (
            "ja",
            "個人情報保護委が課徴金",
            "個人情報保護委員会は5月12日に課徴金を命じた。",
            "同社は6月5日までに控訴できる。",
        ),
    ] {
        let acts = acts(language, "2026-05-20", title, &format!("{fined} {appeal}"));
        assert!(acts.iter().all(|act| !act.ends_with("-06-05")), "{acts:?}: {appeal}");
        assert!(acts.iter().any(|act| act == "enforcement 2026-05-12"), "{acts:?}: {fined}");
    }
}
