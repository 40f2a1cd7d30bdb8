//! Dates are read as people write them: what stands beside a word makes a day of it.

use super::{acts, tells};

#[test]
fn what_stands_beside_a_word_makes_a_day_of_it() {
    let title = "Parliament passes cybersecurity law";
    let passed = "Parliament passed the cybersecurity law on 4 March.";
    for (language, body, expected) in [
        ("en", "It takes effect on the last day of August.", "in-force 2024-08-31"),
        ("en", "It takes effect on the first of September.", "in-force 2024-09-01"),
        ("en", "Operators must comply by the 30th of this month.", "deadline 2024-03-30"),
        ("en", "It takes effect on Friday of next week.", "in-force 2024-03-22"),
        ("en", "It takes effect a year from now.", "in-force 2025-03"),
        ("de", "Das Gesetz tritt am letzten Tag des April in Kraft.", "in-force 2024-04-30"),
        ("fr", "La loi entre en vigueur le dernier jour de mai.", "in-force 2024-05-31"),
    ] {
        tells(language, "2024-03-14", title, &format!("{passed} {body}"), &[expected]);
    }
}

#[test]
fn a_weekday_of_another_week_is_a_day() {
    for (language, title, body, expected) in [
        (
            "zh",
            "网络安全法修订通过",
            "全国人大常委会上周五通过新修订的网络安全法。",
            "adopted 2024-03-08",
        ),
        (
            "zh",
            "網路安全法修訂通過",
            "立法院上週二三讀通過資通安全管理法修正案。",
            "adopted 2024-03-05",
        ),
        (
            "ja",
            "改正個人情報保護法が成立",
            "改正個人情報保護法が先週の金曜日、参院本会議で可決、成立した。",
            "adopted 2024-03-08",
        ),
        (
            "es",
            "El Congreso aprueba la ley de ciberseguridad",
            "El Congreso aprobó la ley de ciberseguridad el viernes de la semana pasada.",
            "adopted 2024-03-08",
        ),
        (
            "pt",
            "Presidente sanciona lei de proteção de dados",
            "O presidente sancionou a lei de proteção de dados na última quarta-feira (6).",
            "adopted 2024-03-06",
        ),
    ] {
        tells(language, "2024-03-14", title, body, &[expected]);
    }
}

#[test]
fn numbers_in_words_are_read_whole() {
    let title = "《网络数据安全管理条例》将施行";
    let body = "《网络数据安全管理条例》将于十一天后施行。";
    assert_eq!(acts("zh", "2024-12-21", title, body), ["in-force 2025-01-01"]);
}

#[test]
fn a_framework_law_is_no_march() {
    let title = "El Congreso aprueba la ley marco de ciberseguridad";
    let body = "El Congreso aprobó el 12 de junio la ley marco de ciberseguridad.";
    let acts = acts("es", "2024-06-13", title, body);
    assert!(acts.iter().all(|act| !act.contains("-03")), "{acts:?}");
    assert!(acts.iter().any(|act| act == "adopted 2024-06-12"), "{acts:?}");
}

#[test]
fn a_span_is_a_day_to_comply_by() {
    let title = "Authority fines retailer over data breach";
    let body = "The data protection authority fined the retailer on Thursday. The firm has ten days to delete the data.";
    let acts = acts("en", "2024-03-15", title, body);
    assert!(acts.iter().any(|act| act == "deadline 2024-03-25"), "{acts:?}");
}

#[test]
fn no_day_beside_a_word_is_too_strange() {
    for body in [
        "the last day of",
        "the last day of February 2024",
        "上周",
        "上周八",
        "先週の",
        "dia 99",
        "o dia 31",
        "sexta-feira (99)",
        "31 of this month",
        "the first of the first of May",
        "民國9999年",
        "令和",
        "十一年年后",
        "the next day",
        "on 9999-12-31, the next day",
        "Friday of next week of next week",
    ] {
        for day in ["2024-02-29", "0001-01-01", "+262142-12-31"] {
            acts(
                "en",
                day,
                "Parliament passes cybersecurity law",
                &format!("The law took effect {body}."),
            );
        }
    }
}

#[test]
fn a_chain_of_dates_is_read_to_its_end() {
    for link in ["1 day after ", "Monday ", "within 30 days of ", "同年", "May 99 "] {
        let body = format!("The law took effect {}", link.repeat(20_000));
        acts("en", "2024-03-14", "Parliament passes cybersecurity law", &body);
    }
}

#[test]
fn a_number_behind_a_day_may_count_something_else() {
    let title = "Regulator fines phone shops";
    let body = "On 1 March, 1200 phone shops were fined under the data protection act.";
    assert_eq!(acts("en", "2024-03-05", title, body), ["enforcement 2024-03-01"]);
}

/// A language, a headline, a text, the acts that it must tell and how those end that it must not.
type Case<'a> = (&'a str, &'a str, &'a str, &'a [&'a str], &'a [&'a str]);

/// Checks texts of one day.
#[track_caller]
fn tells_these(cases: &[Case<'_>]) {
    for (language, title, body, told, not) in cases {
        let acts = tells(language, "2024-03-14", title, body, told);
        for one in *not {
            assert!(acts.iter().all(|act| !act.ends_with(one)), "{one} is in {acts:?}: {body}");
        }
    }
}

const LAW: &str = "Parliament passes cybersecurity law";

#[test]
fn a_span_beside_its_date_is_that_date() {
    tells_these(&[
        (
            "en",
            LAW,
            "Parliament passed the cybersecurity law on 4 March. It takes effect 60 days later, on 5 May 2024.",
            &["adopted 2024-03-04", "in-force 2024-05-05"],
            &["2024-05-03"],
        ),
        (
            "en",
            LAW,
            "The law was published on 4 March. Operators have 30 days, until 5 April, to comply.",
            &["deadline 2024-04-05"],
            &["2024-04-13"],
        ),
        (
            "de",
            "Bundestag verabschiedet Gesetz zur Cybersicherheit",
            "Das Gesetz wurde am 4. März verkündet. Es tritt 60 Tage später, am 5. Mai 2024, in Kraft.",
            &["in-force 2024-05-05"],
            &["2024-05-03"],
        ),
    ]);
}

#[test]
fn an_hour_of_a_day_is_no_other_lead() {
    tells_these(&[(
        "en",
        "Home Office consults on ban of ransomware payments",
        "The consultation opened today. Responses can be sent until 5pm on 8 April.",
        &["consultation 2024-04-08"],
        &[],
    )]);
}

#[test]
fn an_article_of_a_framework_law_is_no_day_of_march() {
    tells_these(&[(
        "pt",
        "STF julga o Marco Civil da Internet",
        "O Supremo Tribunal Federal decidiu nesta quarta-feira que o artigo 19 do Marco Civil da Internet é parcialmente inconstitucional.",
        &["ruling 2024-03-13"],
        &["-03-19"],
    )]);
}

#[test]
fn what_follows_is_counted_from_what_was_named() {
    let passed = "Parliament passed the cybersecurity law in December 2022.";
    for (body, expected) in [
        ("It was promulgated the following month.", "adopted 2023-01"),
        ("It took effect the following October.", "in-force 2023-10"),
        (
            "It applies only to what happened after it took effect on 13 March of that year.",
            "in-force 2022-03-13",
        ),
    ] {
        tells_these(&[("en", LAW, &format!("{passed} {body}"), &[expected], &[])]);
    }
    tells_these(&[
        (
            "en",
            LAW,
            "The Council adopted the cybersecurity regulation on 4 March 2023. It took effect at once.",
            &["adopted 2023-03-04", "in-force 2023-03-04"],
            &[],
        ),
        (
            "en",
            LAW,
            "The cybersecurity regulation was published in the Official Journal on 4 March. It enters into force on the \
             twentieth day following its publication.",
            &["in-force 2024-03-24"],
            &[],
        ),
    ]);
}

#[test]
fn seasons_and_ends_of_years_are_of_their_year() {
    for (published, body, expected) in [
        ("2024-03-14", "It takes effect next summer.", "in-force 2024"),
        ("2024-09-14", "It takes effect next summer.", "in-force 2025"),
        ("2024-09-14", "It takes effect at the end of the year.", "in-force 2024"),
    ] {
        tells(
            "en",
            published,
            LAW,
            &format!("Parliament passed the cybersecurity law today. {body}"),
            &[expected],
        );
    }
}

#[test]
fn words_of_acts_beside_a_date_may_be_of_something_else() {
    tells_these(&[
        (
            "en",
            "Port authority fined over cyber incident under NIS2",
            "The attack delayed operations at the port on 3 March. The regulator fined the port yesterday.",
            &["enforcement 2024-03-13"],
            &["2024-03-03"],
        ),
        (
            "fr",
            "La CNIL sanctionne un opérateur",
            "Saisie le 24 août par une association, la CNIL a prononcé mardi une amende de 3 millions d'euros.",
            &["enforcement 2024-03-12"],
            &["2023-08-24"],
        ),
        (
            "en",
            "SIM registration law: last days",
            "Under the SIM card registration act, numbers that are not registered will be deactivated after 25 July 2024.",
            &["deadline 2024-07-25"],
            &[],
        ),
        (
            "ja",
            "能動的サイバー防御法が成立",
            "能動的サイバー防御法が12日、成立した。2027年中の本格運用を目指す。",
            &["adopted 2024-03-12", "in-force 2027"],
            &[],
        ),
    ]);
}
