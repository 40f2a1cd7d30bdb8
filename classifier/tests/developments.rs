//! What a reader of a timeline would notice: acts on their right days, each with the sentence that tells it.

use std::sync::LazyLock;

use chrono::NaiveDate;
use classifier::{Act, Classifier, Development, Instrument, Label, Place, Stage, Tags, Text};

#[path = "developments/dates.rs"]
mod dates;
#[path = "developments/denials.rs"]
mod denials;
#[path = "developments/timelines.rs"]
mod timelines;

#[expect(clippy::unwrap_used, reason = "without its data there is nothing to test")]
static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::load().unwrap());

/// Tags a text of a day, and checks what must hold for any.
fn tags(language: &str, published: &str, title: &str, body: &str) -> Tags {
    let published = published.parse::<NaiveDate>().ok();
    let text = Text { title, body, language: Some(language), published, ..Text::default() };
    let tags = CLASSIFIER.classify(&text);
    assert!(tags.policy.value || tags.developments.is_empty());
    assert!(tags.developments.is_sorted_by_key(|one| one.date));
    for one in &tags.developments {
        assert!((0.0..=1.0).contains(&one.score));
        let [evidence] = one.evidence.as_slice() else { panic!("{one:?}") };
        let source = if evidence.place == Place::Title { title } else { body };
        let words = source.chars().skip(evidence.start).take(evidence.end - evidence.start);
        assert_eq!(words.collect::<String>(), evidence.quote);
        assert_eq!(evidence.quote.trim(), evidence.quote);
    }
    tags
}

/// An act with its date, in words.
fn shown(one: &Development) -> String {
    format!("{} {}", one.act.slug(), one.date)
}

/// The acts of a text, with their dates, in words.
fn acts(language: &str, published: &str, title: &str, body: &str) -> Vec<String> {
    acts_of(&tags(language, published, title, body))
}

fn acts_of(tags: &Tags) -> Vec<String> {
    tags.developments.iter().map(shown).collect()
}

/// Checks that a text tells some acts; returns all that it tells.
#[track_caller]
fn tells(
    language: &str,
    published: &str,
    title: &str,
    body: &str,
    expected: &[&str],
) -> Vec<String> {
    let acts = acts(language, published, title, body);
    for one in expected {
        assert!(acts.iter().any(|act| act == one), "{one} is not in {acts:?}: {body}");
    }
    acts
}

#[test]
fn dates_are_counted_from_the_day_of_publication() {
    let title = "Parliament passes cybersecurity law";
    for (body, expected) in [
        ("Parliament passed the cybersecurity law on Tuesday.", "adopted 2024-03-12"),
        ("Parliament passed the cybersecurity law yesterday.", "adopted 2024-03-13"),
        ("Parliament passed the cybersecurity law last December.", "adopted 2023-12"),
        ("Parliament passed the cybersecurity law on 5 March.", "adopted 2024-03-05"),
        ("Parliament passed the cybersecurity law on December 5.", "adopted 2023-12-05"),
        (
            "Parliament passed the cybersecurity law. It takes effect on 1 June.",
            "in-force 2024-06-01",
        ),
        ("Parliament passed the cybersecurity law. It takes effect next year.", "in-force 2025"),
        (
            "Parliament passed the cybersecurity law on 12 March. It takes effect 30 days after that.",
            "in-force 2024-04-11",
        ),
        (
            "Parliament passed the cybersecurity law. It enters into force in January 2025.",
            "in-force 2025-01",
        ),
    ] {
        tells("en", "2024-03-14", title, body, &[expected]);
    }
}

#[test]
fn each_act_has_its_kind() {
    for (title, body, expected) in [
        (
            "Regulator seeks comments on draft privacy rules",
            "The data protection authority published a draft regulation on 4 March. Comments are due by 15 April 2024.",
            &["proposed 2024-03-04", "consultation 2024-04-15"][..],
        ),
        (
            "Privacy regulator fines retailer",
            "The data protection authority fined a retailer 3 million euros on Thursday for breaches of the GDPR.",
            &["enforcement 2024-03-14"],
        ),
        (
            "Supreme Court rules on data retention",
            "The Supreme Court ruled on 11 March 2024 that the data retention law is unconstitutional.",
            &["ruling 2024-03-11"],
        ),
        (
            "Ministry puts off cyber incident reporting rules",
            "The ministry postponed the cyber incident reporting rules on 12 March 2024.",
            &["delayed 2024-03-12"],
        ),
        (
            "Banks get until autumn to comply with cyber rules",
            "Banks must comply by 30 September 2024, the deadline in the regulator's cybersecurity regulation.",
            &["deadline 2024-09-30"],
        ),
    ] {
        tells("en", "2024-03-15", title, body, expected);
    }
}

#[test]
fn other_languages_tell_dates_too() {
    for (language, title, body, expected) in [
        (
            "zh",
            "网络安全法修订通过",
            "全国人大常委会3月12日通过新修订的网络安全法，自2024年7月1日起施行。",
            &["adopted 2024-03-12", "in-force 2024-07-01"][..],
        ),
        (
            "ru",
            "Президент подписал закон о персональных данных",
            "Президент подписал закон о персональных данных 12 марта. Закон вступит в силу 1 сентября 2024 года.",
            &["adopted 2024-03-12", "in-force 2024-09-01"],
        ),
        (
            "de",
            "Bundestag beschließt Cybersicherheitsgesetz",
            "Der Bundestag hat das Gesetz zur Cybersicherheit am Donnerstag verabschiedet. Es tritt am 1. Juli 2024 in Kraft.",
            &["adopted 2024-03-14", "in-force 2024-07-01"],
        ),
        (
            "fr",
            "La loi sur la cybersécurité est adoptée",
            "L'Assemblée nationale a adopté la loi sur la cybersécurité mardi. La loi entrera en vigueur le 1er juillet 2024.",
            &["adopted 2024-03-12", "in-force 2024-07-01"],
        ),
        (
            "es",
            "El Congreso aprueba la ley de ciberseguridad",
            "El Congreso aprobó la ley de ciberseguridad el 12 de marzo. La ley entrará en vigor el 1 de julio de 2024.",
            &["adopted 2024-03-12", "in-force 2024-07-01"],
        ),
        (
            "pt",
            "Presidente sanciona lei de proteção de dados",
            "O presidente sancionou a lei de proteção de dados na terça-feira. A lei entra em vigor em 1º de julho de 2024.",
            &["adopted 2024-03-12", "in-force 2024-07-01"],
        ),
        (
            "ja",
            "改正個人情報保護法が成立",
            "改正個人情報保護法が12日、参院本会議で可決、成立した。2024年7月1日に施行される。",
            &["adopted 2024-03-12", "in-force 2024-07-01"],
        ),
    ] {
        tells(language, "2024-03-15", title, body, expected);
    }
}

#[test]
fn the_law_is_the_one_of_the_sentence() {
    let body = "The European Commission opened proceedings under the Digital Services Act on 18 December 2023. \
        The General Data Protection Regulation has applied since 25 May 2018.";
    let tags = tags(
        "en",
        "2023-12-19",
        "Commission opens first case under the Digital Services Act",
        body,
    );
    let of = |act: Act| {
        tags.developments.iter().find(|one| one.act == act).and_then(|one| one.instrument)
    };
    assert_eq!(of(Act::InForce), Instrument::parse("GDPR"), "{:?}", tags.developments);
    assert_eq!(of(Act::Enforcement), Instrument::parse("Digital Services Act"));

    // What people say of the item holds for its acts.
    let mut corrected = tags.clone();
    let law = Instrument::parse("Digital Services Act").map(Label::Instrument);
    law.into_iter().for_each(|law| corrected.remove(law));
    assert_eq!(corrected.developments.len(), tags.developments.len());
    assert!(
        corrected
            .developments
            .iter()
            .all(|one| one.instrument != Instrument::parse("Digital Services Act"))
    );
    corrected.remove(Label::Policy);
    assert!(corrected.developments.is_empty());
}

/// The law of an act on a day.
fn law_of(tags: &Tags, act: &str) -> Option<Instrument> {
    let found = tags.developments.iter().find(|one| shown(one) == act);
    found.unwrap_or_else(|| panic!("{act}: {:?}", acts_of(tags))).instrument
}

#[test]
fn an_act_is_not_given_to_the_law_beside_it() {
    let china = tags(
        "en",
        "2022-07-22",
        "China fines Didi under the Cybersecurity Law",
        "The Cyberspace Administration of China fined Didi on Thursday under China's Cybersecurity Law. The Data \
            Security Law took effect on 1 September 2021. The Data Security Law was adopted in the summer of 2021.",
    );
    assert_eq!(law_of(&china, "in-force 2021-09-01"), Instrument::parse("China Data Security Law"));
    let main = Instrument::parse("China Cybersecurity Law");
    assert!(main.is_some() && china.instruments.iter().any(|tag| Some(tag.value) == main));
    assert_eq!(law_of(&china, "enforcement 2022-07-21"), main);
    let others = china.developments.iter().filter(|one| one.act == Act::Adopted);
    assert!(others.clone().all(|one| one.instrument != main), "{:?}", china.developments);

    let page = tags(
        "en",
        "2023-02-10",
        "China Cybersecurity Law: an overview",
        "The Cybersecurity Law took effect on 1 June 2017 and binds network operators in China. The DSL was adopted \
            on 10 June 2021. The PIPL was passed on 20 August 2021.",
    );
    assert_eq!(law_of(&page, "in-force 2017-06-01"), main);
    assert_eq!(law_of(&page, "adopted 2021-06-10"), Instrument::parse("China Data Security Law"));
    assert_eq!(law_of(&page, "adopted 2021-08-20"), Instrument::parse("China PIPL"));

    let vietnam = tags(
        "en",
        "2026-07-02",
        "Vietnam's new cybersecurity law takes effect",
        "Vietnam's Law on Cybersecurity 2025 took effect on 1 July 2026. The National Assembly had passed its \
            forerunner, the Law on Cybersecurity, on 12 June 2018.",
    );
    let former = Instrument::parse("Vietnam Cybersecurity Law 2018");
    assert_eq!(law_of(&vietnam, "adopted 2018-06-12"), former);
}

#[test]
fn the_number_of_a_row_is_no_day() {
    let body = "The Pentagon published the cybersecurity rule for its contractors. It takes effect in phases: \
        1 November 10, 2025 2 November 10, 2026 3 November 10, 2027";
    let title = "Cybersecurity rule for defence contractors takes effect in phases";
    let acts = acts("en", "2025-09-12", title, body);
    let phases = acts.iter().filter(|act| act.contains("-11-")).collect::<Vec<_>>();
    assert!(!phases.is_empty(), "{acts:?}");
    assert!(phases.iter().all(|act| act.ends_with("-11-10")), "{acts:?}");
}

#[test]
fn words_of_one_language_are_no_acts_in_another() {
    let body = "The agency proposed cybersecurity rules for pipelines on 7 November 2024. Incidents would be \
        reported to CISA. A retired officer heads the office.";
    let tags = tags("en", "2024-11-08", "TSA proposes cyber rules for pipelines", body);
    assert_eq!(acts_of(&tags), ["proposed 2024-11-07"]);
}

#[test]
fn what_is_no_act_of_a_measure_is_none() {
    let body = "Researchers found the malware on 3 March 2024. The gang leaked the files on Monday, and the firm \
        was founded in 2011.";
    assert_eq!(
        acts("en", "2024-03-15", "Ransomware gang leaks files of a retailer", body),
        [""; 0]
    );
}

#[test]
fn no_date_is_too_strange() {
    let title = "Parliament passes cybersecurity law";
    for date in [
        "31 February 2024",
        "0 March",
        "99.99.2024",
        "2024-13-45",
        "within 4294967295 days",
        "in 999999 years",
        "令和9999年",
        "2024年13月40日",
        "30日",
        "30 days after",
        "February 29",
        "last last Monday",
        "1234567890123",
        "in 12 months months",
        "月日年",
    ] {
        for day in ["2024-03-31", "0001-01-01", "+262142-12-31", "no day"] {
            let body =
                format!("Parliament passed the cybersecurity law {date}. It takes effect {date}");
            tags("en", day, title, &body);
        }
    }
}

#[test]
fn a_heading_tells_no_day() {
    let body = "Data Security Act\n\nApplies today\n\nThe act sets out duties of operators of critical \
        infrastructure and is supervised by the cyber agency.\n\nHistory\n\nPassed by parliament on 3 March 2021. \
        In force since 1 September 2021.";
    let acts = acts("en", "2025-11-10", "Data Security Act: history and status", body);
    assert_eq!(acts, ["adopted 2021-03-03", "in-force 2021-09-01"]);
}

#[test]
fn days_are_counted_on_and_back() {
    for (published, title, body, expected) in [
        (
            "2025-09-01",
            "Data Act: what customers of clouds gain",
            "The EU Data Act applies in eleven days. Customers of cloud services will then be able to switch.",
            "in-force 2025-09-12",
        ),
        (
            "2025-11-12",
            "Data Act: few have switched",
            "The rules of the EU Data Act on switching cloud providers have applied for two months. Few customers \
                have used them.",
            "in-force 2025-09",
        ),
    ] {
        let acts = acts("en", published, title, body);
        assert_eq!(acts, [expected], "{body}");
    }
    let body = "The data protection authority published the rule on breach notices on 2 July 2024. The rule takes \
        effect in five working days.";
    let expected = &["in-force 2024-07-11"];
    tells("en", "2024-07-04", "Authority publishes rule on breach notices", body, expected);
    let title = "《个人信息保护法》今起施行";
    tells(
        "zh",
        "2021-11-01",
        title,
        "《个人信息保护法》今起施行。法律明确，不得过度收集个人信息。",
        &["in-force 2021-11-01"],
    );
}

#[test]
fn by_a_weekday_looks_ahead() {
    let title = "Cyber agency orders federal bodies to close a hole";
    let duty = "The cyber agency issued an emergency directive on Monday, 11 March. Federal agencies must comply with \
        the directive by Friday.";
    let duty = acts("en", "2024-03-12", title, duty);
    assert!(duty.iter().any(|act| act == "deadline 2024-03-15"), "{duty:?}");
    let advice = "Parliament passed the cybersecurity law on Monday. By Friday, administrators should patch their \
        gateways, a consultant advised.";
    let advice = acts("en", "2024-03-12", "Parliament passes cybersecurity law", advice);
    assert_eq!(advice, ["adopted 2024-03-11"]);
}

#[test]
fn a_measure_that_is_called_by_its_year_was_adopted_then() {
    let body = "The Cyber Security Agency published a draft on 15 December that widens the 2018 Cybersecurity Act. \
        The bill follows a directive of 2016.";
    let title = "Singapore proposes to widen its cybersecurity law";
    let tags = tags("en", "2023-12-20", title, body);
    assert_eq!(acts_of(&tags), ["adopted 2016", "adopted 2018", "proposed 2023-12-15"]);
    assert_eq!(law_of(&tags, "adopted 2018"), Instrument::parse("Singapore Cybersecurity Act"));
    assert_eq!(law_of(&tags, "adopted 2016"), None);
}

#[test]
fn what_applies_from_now_on_is_in_force() {
    for (language, title, body) in [
        (
            "zh",
            "人脸识别新规今起施行",
            "《人脸识别技术应用安全管理办法》今起施行，要求不得将人脸识别作为唯一验证方式。",
        ),
        (
            "de",
            "Neue Meldepflicht für Cyberangriffe gilt",
            "In Belgien gilt die neue Meldepflicht für Cyberangriffe. Betreiber wichtiger Anlagen müssen Vorfälle \
                binnen 24 Stunden melden, so sieht es das Gesetz vor.",
        ),
    ] {
        let stage = tags(language, "2025-06-01", title, body).stage.map(|tag| tag.value);
        assert_eq!(stage, Some(Stage::InForce), "{title}");
    }
}

#[test]
fn what_sounds_like_a_month_is_none() {
    let body = "O ministro Marcos Amaro aprovou a portaria de segurança cibernética em 12 de junho de 2025. Há mais \
        regras do que antes.";
    let acts = acts("pt", "2025-06-13", "Governo aprova portaria de segurança cibernética", body);
    assert_eq!(acts, ["adopted 2025-06-12"]);
}
