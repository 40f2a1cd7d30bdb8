//! What must not stand on a law's timeline: dates that are none, acts that did not happen, and those of other laws.

use classifier::Instrument;

use super::{acts, law_of, tags, tells};

#[test]
fn what_may_be_done_at_any_time_has_no_date() {
    for (language, title, body, expected) in [
        (
            "en",
            "What the new breach rule asks of hospitals",
            "Under the rule, a hospital must tell patients within 60 days of discovering a breach. The health \
                department may extend this by 30 days.",
            &[][..],
        ),
        (
            "en",
            "Senate passes data broker bill",
            "The Senate passed the data broker bill on Thursday. Brokers would have to register within 180 days of \
                starting business and answer requests within 14 working days of notice.",
            &["adopted 2025-05-29"],
        ),
        (
            "en",
            "Cybercrime treaty: who has joined",
            "The treaty was opened for signature on 25 October 2024. It enters into force no later than ninety days \
                after the fortieth ratification.",
            &["adopted 2024-10-25"],
        ),
        (
            "de",
            "Bundesrat billigt Meldepflicht für Cyberangriffe",
            "Der Bundesrat hat das Gesetz am Freitag gebilligt. Betreiber müssen Vorfälle binnen 30 Tagen nach \
                Kenntnis abschließend melden.",
            &["adopted 2025-05-30"],
        ),
        (
            "es",
            "El Senado aprueba la ley de datos personales",
            "El Senado aprobó la ley de datos personales el miércoles. Las empresas deberán notificar las brechas en un \
                plazo de 15 días hábiles desde que las conozcan.",
            &["adopted 2025-05-28"],
        ),
        (
            "ru",
            "Госдума приняла закон об утечках",
            "Госдума приняла закон об утечках персональных данных во вторник. Оператор обязан в течение 10 дней со дня \
                обращения ответить гражданину.",
            &["adopted 2025-05-27"],
        ),
        (
            "zh",
            "数据安全条例公布",
            "国务院2025年5月30日公布数据安全条例，自2025年9月1日起施行。条例规定，运营者应当在收到通知后15个工作日内完成整改。",
            &["adopted 2025-05-30", "in-force 2025-09-01"],
        ),
        (
            "ja",
            "個人情報保護法の改正案が成立",
            "改正個人情報保護法が30日、参院本会議で可決、成立した。事業者は漏えいを知ってから30日以内に報告しなければならない。",
            &["adopted 2025-05-30"],
        ),
    ] {
        assert_eq!(acts(language, "2025-06-02", title, body), expected, "{body}");
    }
}

#[test]
fn a_span_is_counted_from_the_act_that_was_told() {
    for (language, title, body, expected) in [
        (
            "en",
            "Regulator opens consultation on cloud rules",
            "The telecoms regulator published draft cloud security rules on 1 May 2025. Comments close 30 days after \
                publication.",
            "consultation 2025-05-31",
        ),
        (
            "en",
            "Regulation on connected products printed",
            "The regulation was published in the Official Journal on 2 May 2025 and enters into force 20 days after its \
                publication.",
            "in-force 2025-05-22",
        ),
        (
            "fr",
            "Le décret sur l'hébergement paraît",
            "Le décret a été publié le 2 mai 2025. Il entre en vigueur six mois après sa publication.",
            "in-force 2025-11",
        ),
        (
            "zh",
            "数据安全条例公布",
            "国务院2025年5月2日公布数据安全条例，自公布之日起30日后施行。",
            "in-force 2025-06-01",
        ),
    ] {
        tells(language, "2025-05-05", title, body, &[expected]);
    }
}

#[test]
fn where_no_day_of_publication_is_known_nothing_is_counted_from_it() {
    let title = "Parliament passes cybersecurity law";
    let body = "Parliament passed the cybersecurity law on Tuesday. It takes effect in 30 days, and firms have six \
        months to comply. The ministry proposed the draft on 3 March 2024.";
    assert_eq!(acts("en", "", title, body), ["proposed 2024-03-03"]);
}

#[test]
fn there_is_no_such_day() {
    let title = "Parliament and the cybersecurity law";
    let adopted = "Parliament adopted the cybersecurity law on 29 April 2026.";
    for body in [
        "It takes effect on 99 June 2026.",
        "It takes effect on 1 June 20266.",
        "It takes effect on 1 June 0000.",
        "It takes effect on 31 February 2027.",
        "It takes effect on June 31, 2026.",
        "It takes effect on 2026-02-31.",
        "自2026年6月99日起施行。",
        "自2026年13月1日起施行。",
        "Das Gesetz tritt am 32. Juli 2026 in Kraft.",
    ] {
        let acts = acts("en", "2026-05-04", title, &format!("{adopted} {body}"));
        assert_eq!(acts, ["adopted 2026-04-29"], "{body}");
    }
}

#[test]
fn what_did_not_happen_and_what_is_only_talk_is_no_act() {
    for (language, title, body, expected) in [
        (
            "en",
            "Child safety bill dies in parliament",
            "The child safety bill would have taken effect on 1 January 2025. Had it been adopted in June, platforms \
                would have been bound to scan messages by the end of 2026.",
            &[][..],
        ),
        (
            "fr",
            "Le projet de loi sur le chiffrement abandonné",
            "Le texte aurait dû entrer en vigueur le 1er janvier 2025. Des juristes l'avaient critiqué lors d'un colloque \
                le 12 septembre.",
            &[],
        ),
        (
            "ru",
            "Эксперты обсудили закон о данных",
            "На конференции 3 октября юристы обсудили закон о данных. Если бы закон приняли в июле, он вступил бы в силу \
                1 сентября.",
            &[],
        ),
        (
            "en",
            "Conference on AI law",
            "At a conference in Lisbon on 2 October, officials discussed the AI act, which entered into force on 1 August \
                2024.",
            &["in-force 2024-08-01"],
        ),
        (
            "es",
            "Abogados debaten la ley de ciberseguridad",
            "En un foro celebrado el martes, abogados debatieron la ley de ciberseguridad, aprobada el 26 de marzo de 2024.",
            &["adopted 2024-03-26"],
        ),
        (
            "en",
            "Lawyers see gaps in the new privacy act",
            "A partner at a law firm said on Tuesday that the privacy act leaves gaps for banks. The act was signed on 12 \
                June 2024.",
            &["adopted 2024-06-12"],
        ),
    ] {
        assert_eq!(acts(language, "2024-10-07", title, body), expected, "{body}");
    }
    // What was told before it did happen, and what somebody would have to do is still to come.
    let body = "The entries that the states adopted in 2013 could have made such research illegal.";
    assert_eq!(
        acts("en", "2024-10-07", "Export controls on intrusion software", body),
        ["adopted 2013"]
    );
    let withdrawn = "Apple has withdrawn the option of encrypted backups for users in the country, after an order under \
        the surveillance act.";
    let acts = acts("en", "2025-02-24", "Apple switches off encrypted backups", withdrawn);
    assert!(acts.iter().all(|act| !act.starts_with("repealed")), "{acts:?}");
}

#[test]
fn what_an_explainer_tells_without_a_date_is_no_news() {
    for (language, title, body) in [
        (
            "en",
            "Explainer: how the data protection act works",
            "The data protection act gives people the right to see their data. It was passed after years of debate. \
                Companies that break it are fined.",
        ),
        (
            "de",
            "Fragen und Antworten zum Datenschutzgesetz",
            "Das Datenschutzgesetz wurde nach langer Debatte verabschiedet. Verstöße werden mit Bußgeldern geahndet.",
        ),
        (
            "zh",
            "一文读懂个人信息保护合规审计",
            "合规审计办法已经发布，要求处理者定期开展审计。违反规定的将被处罚。",
        ),
    ] {
        assert_eq!(acts(language, "2025-07-14", title, body), [""; 0], "{body}");
    }
    let title = "Parliament passes law on undersea cables";
    let body =
        "Parliament has passed a law that makes operators of undersea cables report outages.";
    assert_eq!(acts("en", "2025-07-14", title, body), ["adopted 2025-07"]);
}

#[test]
fn the_nearest_law_is_meant_and_none_of_two() {
    let [main, security, privacy] =
        ["China Cybersecurity Law", "China Data Security Law", "China PIPL"].map(Instrument::parse);
    let overview = tags(
        "en",
        "2022-03-07",
        "China's Cybersecurity Law, explained",
        "The Cybersecurity Law of China took effect in June 2017. In September 2021 the Data Security Law took effect, and \
            in November 2021 the Personal Information Protection Law.",
    );
    assert_eq!(law_of(&overview, "in-force 2017-06"), main);
    assert_eq!(law_of(&overview, "in-force 2021-09"), security);
    assert_eq!(law_of(&overview, "in-force 2021-11"), privacy);
    let table = tags(
        "en",
        "2026-11-07",
        "Ten years of China's Cybersecurity Law",
        "China's Cybersecurity Law was adopted in November 2016 and moved the world's data.\n\n| June 2017 | It takes effect \
            |\n\n| September 2021 | The Data Security Law takes effect |",
    );
    assert_eq!(law_of(&table, "in-force 2021-09"), security);
    let both = tags(
        "en",
        "2024-02-19",
        "DSA applies to all platforms",
        "The Digital Services Act has applied to all platforms since 17 February 2024. The Digital Markets Act and the Data \
            Governance Act were both adopted in 2022.",
    );
    assert_eq!(law_of(&both, "adopted 2022"), None);
    assert_eq!(law_of(&both, "in-force 2024-02-17"), Instrument::parse("Digital Services Act"));
}

#[test]
fn the_same_year_is_the_one_that_was_named_last() {
    for (language, published, title, body, expected) in [
        (
            "zh",
            "2022-01-10",
            "网络安全审查办法修订",
            "《网络安全审查办法》2020年4月13日公布，同年6月1日起施行。",
            "in-force 2020-06-01",
        ),
        (
            "zh",
            "2023-03-06",
            "数据出境安全评估一年",
            "《数据出境安全评估办法》于2022年7月7日公布。该办法同年9月1日起施行。",
            "in-force 2022-09-01",
        ),
        (
            "ja",
            "2023-03-06",
            "経済安全保障推進法の歩み",
            "経済安全保障推進法は2022年5月11日に成立し、同年8月1日に施行された。",
            "in-force 2022-08-01",
        ),
        (
            "en",
            "2023-03-06",
            "Two years of the ransomware rule",
            "The ransomware rule was adopted on 3 May 2021 and took effect on 1 July of the same year.",
            "in-force 2021-07-01",
        ),
        (
            "ru",
            "2020-03-02",
            "Закон о суверенном интернете",
            "Закон подписан 1 мая 2019 года и вступил в силу 1 ноября того же года.",
            "in-force 2019-11-01",
        ),
    ] {
        let acts = tells(language, published, title, body, &[expected]);
        let year = &expected[expected.len() - 10..][..4];
        let is_other = |act: &&String| act.starts_with("in-force") && !act.contains(year);
        assert_eq!(acts.iter().find(is_other), None, "{body}");
    }
}
