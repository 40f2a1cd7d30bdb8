//! What an editor would notice about the tags: right ones, none that are not deserved, and words that prove them.

use std::sync::LazyLock;

use chrono::NaiveDate;
use classifier::{Classifier, Evidence, Instrument, Jurisdiction, Place, Tags, Text};

#[expect(clippy::unwrap_used, reason = "without its data there is nothing to test")]
static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| Classifier::load().unwrap());

/// Tags a text of which nothing else is known.
fn tags(title: &str, body: &str) -> Tags {
    tags_of(&Text { title, body, ..Text::default() })
}

/// Tags a text and checks what must hold for any.
fn tags_of(text: &Text<'_>) -> Tags {
    let tags = CLASSIFIER.classify(text);
    check(&tags, text);
    tags
}

/// Scores are scores, evidence is the very words, and an item without policy has nothing else.
fn check(tags: &Tags, text: &Text<'_>) {
    let mut all = vec![(tags.policy.score, &tags.policy.evidence)];
    all.extend(tags.jurisdictions.iter().map(|tag| (tag.score, &tag.evidence)));
    all.extend(tags.topics.iter().map(|tag| (tag.score, &tag.evidence)));
    all.extend(tags.stage.iter().map(|tag| (tag.score, &tag.evidence)));
    all.extend(tags.instruments.iter().map(|tag| (tag.score, &tag.evidence)));
    if !tags.policy.value {
        assert_eq!(all.len(), 1, "{tags:?}");
    }
    assert!(tags.topics.len() <= 4);
    assert!(!tags.model.is_empty());
    for (score, evidence) in all {
        assert!((0.0..=1.0).contains(&score), "{score}");
        assert!(evidence.len() <= 5);
        evidence.iter().for_each(|one| check_words(one, text));
    }
}

fn check_words(evidence: &Evidence, text: &Text<'_>) {
    let source = match evidence.place {
        Place::Title => text.title,
        Place::Text => text.body,
    };
    assert!(evidence.start < evidence.end);
    let words = source.chars().skip(evidence.start).take(evidence.end - evidence.start);
    assert_eq!(words.collect::<String>(), evidence.quote);
}

fn codes(tags: &Tags) -> Vec<&str> {
    tags.jurisdictions.iter().map(|tag| tag.value.code()).collect()
}

fn topics(tags: &Tags) -> Vec<&str> {
    let mut slugs = tags.topics.iter().map(|tag| tag.value.slug()).collect::<Vec<_>>();
    slugs.sort_unstable();
    slugs
}

fn laws(tags: &Tags) -> Vec<&str> {
    tags.instruments.iter().map(|tag| tag.value.name()).collect()
}

fn stage(tags: &Tags) -> Option<&str> {
    tags.stage.as_ref().map(|tag| tag.value.slug())
}

const APPLE: (&str, &str) = (
    "Apple to open its first data centre in China to obey new cyber rules",
    "Apple is setting up its first data centre in China, in the southern province of Guizhou, together with a local \
     operator that belongs to the state, the company said on Wednesday.\n\n\
     The step is meant to comply with the cybersecurity law that has been in force since 1 June. It obliges firms to \
     keep data of Chinese users within the country. An early draft would even have made foreign suppliers hand over \
     their source code.\n\n\
     \"No backdoors will be created into any of our systems\", Apple said; strong encryption stays as it is.",
);

#[test]
fn the_codebooks_example_is_tagged_as_it_says() {
    let (title, body) = APPLE;
    let published = NaiveDate::from_ymd_opt(2017, 7, 12);
    let language = Some("en");
    let tags = tags_of(&Text { title, body, language, published, ..Text::default() });
    assert!(tags.policy.value && tags.policy.score > 0.8);
    assert_eq!(codes(&tags), ["CN"]);
    assert_eq!(
        topics(&tags),
        ["cloud-services", "data-localization", "encryption", "source-code-review"]
    );
    assert_eq!(stage(&tags), Some("in-force"));
    assert_eq!(laws(&tags), ["China Cybersecurity Law"]);
    let code = tags.topics.iter().find(|tag| tag.value.slug() == "source-code-review").unwrap();
    assert_eq!(code.evidence[0].quote, "source code");
}

/// Title, text, language; jurisdiction, one of the topics, stage.
const LANGUAGES: [[&str; 6]; 14] = [
    [
        "工信部公开征求意见：网络产品安全漏洞须在48小时内报告",
        "工业和信息化部近日发布《网络产品安全漏洞管理规定》征求意见稿，要求网络产品提供者发现漏洞后及时报告。",
        "zh",
        "CN",
        "vulnerability-disclosure",
        "proposed",
    ],
    [
        "Госдума приняла закон о штрафах за рекламу VPN",
        "Депутаты Госдумы приняли в третьем чтении закон, который вводит штрафы за рекламу средств обхода блокировок. Роскомнадзор будет следить за его исполнением.",
        "ru",
        "RU",
        "vpn-restrictions",
        "adopted",
    ],
    [
        "Bundestag beschließt Meldepflicht für Cyberangriffe",
        "Der Bundestag hat das Gesetz verabschiedet. Betreiber kritischer Infrastrukturen müssen dem BSI Sicherheitsvorfälle melden.",
        "de",
        "DE",
        "incident-reporting",
        "adopted",
    ],
    [
        "La CNIL inflige une amende de dix millions d'euros à un courtier en données",
        "La CNIL a sanctionné une société qui vendait des données personnelles sans consentement. L'amende tient compte de la gravité des manquements au RGPD.",
        "fr",
        "FR",
        "data-protection",
        "enforcement",
    ],
    [
        "La AEPD multa a una operadora por duplicar tarjetas SIM",
        "La Agencia Española de Protección de Datos ha impuesto una multa de cuatro millones de euros por no proteger los datos personales de sus clientes.",
        "es",
        "ES",
        "data-protection",
        "enforcement",
    ],
    [
        "ANPD abre consulta pública sobre transferência internacional de dados",
        "A ANPD publicou a minuta e abriu consulta pública sobre cláusulas-padrão para a transferência internacional de dados pessoais.",
        "pt",
        "BR",
        "cross-border-data",
        "proposed",
    ],
    [
        "Il Garante privacy blocca un chatbot",
        "Il Garante per la protezione dei dati personali ha disposto il blocco: il servizio di intelligenza artificiale raccoglieva dati personali senza base giuridica.",
        "it",
        "IT",
        "artificial-intelligence",
        "enforcement",
    ],
    [
        "個人情報保護委員会、通信会社に勧告",
        "個人情報保護委員会は、個人情報の漏えいを受けて、個人情報保護法に基づき同社に勧告を行った。",
        "ja",
        "JP",
        "data-protection",
        "enforcement",
    ],
    [
        "개인정보위, 유출 신고 늦은 기업에 과징금",
        "개인정보보호위원회는 개인정보 유출 사실을 제때 신고하지 않은 회사에 과징금을 부과했다.",
        "ko",
        "KR",
        "data-protection",
        "enforcement",
    ],
    [
        "KVKK'dan bankaya para cezası",
        "Kişisel Verileri Koruma Kurumu, kişisel verileri koruyamayan bankaya para cezası verdi.",
        "tr",
        "TR",
        "data-protection",
        "enforcement",
    ],
    [
        "Prezes UODO nałożył karę na spółkę",
        "Urząd Ochrony Danych Osobowych nałożył karę za naruszenie przepisów RODO: spółka nie zabezpieczyła danych osobowych klientów.",
        "pl",
        "PL",
        "data-protection",
        "enforcement",
    ],
    [
        "Autoriteit Persoonsgegevens legt boete op aan taxi-app",
        "De Autoriteit Persoonsgegevens heeft een boete opgelegd omdat persoonsgegevens van chauffeurs zonder bescherming naar derde landen gingen.",
        "nl",
        "NL",
        "data-protection",
        "enforcement",
    ],
    [
        "Верховна Рада ухвалила закон про захист критичної інфраструктури",
        "Верховна Рада ухвалила закон, що встановлює вимоги до кіберзахисту об'єктів критичної інфраструктури.",
        "uk",
        "UA",
        "critical-infrastructure",
        "adopted",
    ],
    [
        "السعودية: سدايا تفرض غرامة على شركة خالفت نظام حماية البيانات الشخصية",
        "فرضت الهيئة السعودية للبيانات والذكاء الاصطناعي غرامة على شركة نقلت البيانات الشخصية دون موافقة.",
        "ar",
        "SA",
        "data-protection",
        "enforcement",
    ],
];

#[test]
fn many_languages_are_read() {
    for [title, body, language, code, topic, at] in LANGUAGES {
        let text = Text { title, body, language: Some(language), ..Text::default() };
        let tags = tags_of(&text);
        assert!(tags.policy.value, "{title}");
        assert_eq!(codes(&tags), [code], "{title}");
        assert!(topics(&tags).contains(&topic), "{title}: {:?}", topics(&tags));
        assert_eq!(stage(&tags), Some(at), "{title}");
    }
}

#[test]
fn what_is_no_policy_has_no_tags() {
    for (title, body) in [
        (
            "Inside the Marlow loader: three stages and a fake invoice",
            "The loader arrives as an attachment to a phishing mail. Our researchers unpacked the payload, which talks to its command-and-control server over DNS and drops an infostealer. Indicators of compromise are listed below.",
        ),
        (
            "Tessera launches Vault 4, now with passkeys",
            "The new release of the password manager is now available. Customers can try it free for thirty days. The company says that a new feature shares vaults with a team; pricing starts at three dollars.",
        ),
        (
            "China-based hackers breach telecoms firms in Asia, researchers say",
            "A group of hackers based in China has broken into telecoms companies in three countries, security researchers said. The malware gives the attackers remote access and steals credentials. Russian and Iranian groups use similar tools.",
        ),
        (
            "Hotel chain says data of two million guests was stolen",
            "Attackers took names and phone numbers from a booking system, the chain said in a statement. It apologised to customers, and has informed the regulator. Guests should change their passwords.",
        ),
        (
            "Security chiefs sleep badly, survey finds",
            "Of 500 respondents 61 percent report burnout. The survey was carried out by a vendor, which will present it at its conference in May. Tickets are on sale.",
        ),
        (
            "CVE-2026-1234: remote code execution in a mail gateway",
            "An unauthenticated attacker can run code. Affected versions are 3.0 to 3.4. The national CERT recommends to patch now.",
        ),
        ("", ""),
        ("Weather", "It will rain."),
    ] {
        let tags = tags(title, body);
        assert!(!tags.policy.value, "{title}: {tags:?}");
        assert!(tags.policy.score < 0.5);
    }
}

#[test]
fn only_those_who_act_are_tagged() {
    for (title, body, expected) in [
        (
            "Irish regulator fines Chinese video app over transfers",
            "The Data Protection Commission in Dublin has fined the Chinese company 500 million euro for sending personal data of users to China.",
            vec!["IE"],
        ),
        (
            "Australia sanctions Russian hacker over insurer breach",
            "The Australian government has imposed sanctions on a Russian man over the theft of health data. It is the first use of its cyber sanctions; the hacker is believed to live in Moscow.",
            vec!["AU"],
        ),
        (
            "California governor signs data broker bill",
            "Gov. Gavin Newsom has signed the bill into law. Data brokers must delete personal information when Californians ask them to.",
            vec!["US-CA"],
        ),
        (
            "General Assembly adopts treaty against cybercrime",
            "The United Nations General Assembly has adopted the convention. States will exchange electronic evidence.",
            vec!["INT"],
        ),
    ] {
        assert_eq!(codes(&tags(title, body)), expected, "{title}");
    }
}

#[test]
fn a_shared_abbreviation_is_the_law_of_the_state_at_hand() {
    let law = |state: &str| {
        let title = format!("{state}: regulator fines bank under the PDPA");
        let body = format!(
            "The data protection authority of {state} has fined a bank for a breach of the PDPA. Personal data leaked."
        );
        laws(&tags(&title, &body)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(law("Singapore"), ["Singapore PDPA"]);
    assert_eq!(law("Thailand"), ["Thailand PDPA"]);
    assert!(law("Nobodia").is_empty());
}

#[test]
fn a_law_is_known_by_its_citation_its_cases_and_its_native_name() {
    for (title, body, law) in [
        (
            "Argentina: la agencia sanciona a una empresa",
            "La AAIP multó a la firma por incumplir la ley 25.326, que protege los datos personales en Argentina.",
            "Argentina Personal Data Law",
        ),
        (
            "Россия накажет за поиск",
            "Государственная дума России приняла поправки к закону о суверенном интернете, сообщил Роскомнадзор.",
            "Russia Sovereign Internet Law",
        ),
        (
            "Brasil adere ao tratado",
            "O governo promulgou por decreto a Convenção de Budapeste, tratado do Conselho da Europa sobre crimes cibernéticos.",
            "Budapest Convention",
        ),
        (
            "Brussels wants scanning to go on",
            "The European Commission proposed to prolong Regulation (EU) 2021/1232, which lets providers look for child abuse images.",
            "EU CSAM Interim Regulation",
        ),
    ] {
        let tags = tags(title, body);
        assert!(laws(&tags).contains(&law), "{law}: {tags:?}");
    }
}

#[test]
fn a_law_named_in_passing_is_not_what_a_text_is_about() {
    let body = format!(
        "The Digital Services Act obliges very large platforms to assess risks, and the European Commission has fined \
         a network under the Digital Services Act for the first time, it said on Friday. {}A spokesman for the firm \
         recalled that it had also spent much on the Data Act.",
        "The Commission found that the platform's advertising repository was incomplete and that researchers had no \
         access to public data under the Digital Services Act, which the company denies. "
            .repeat(14)
    );
    assert_eq!(
        laws(&tags("Brussels fines platform under the Digital Services Act", &body)),
        ["DSA"]
    );
}

#[test]
fn a_law_is_not_seen_before_its_time() {
    let law = |year| {
        let text = Text {
            title: "Vietnam's cybersecurity law takes effect",
            body: "The Law on Cybersecurity passed by the National Assembly of Vietnam takes effect today. It obliges platforms to store data locally.",
            language: Some("en"),
            published: NaiveDate::from_ymd_opt(year, 7, 1),
            ..Text::default()
        };
        laws(&tags_of(&text)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(law(2019), ["Vietnam Cybersecurity Law 2018"]);
    assert_eq!(law(2026), ["Vietnam Cybersecurity Law 2025"]);
}

#[test]
fn leftovers_do_not_tag() {
    let body = "The Kenyan parliament has passed a bill that obliges operators of critical infrastructure to report \
                incidents. The president is expected to sign it.";
    let with = format!(
        "{body}\n\nRelated reading\n\nTikTok sued in Texas over age verification\n\nRussia bans more VPNs\n\n\
         You may also like: Brazil's AI bill reaches the Senate\n\nSign up for our newsletter on EU law."
    );
    let plain = tags("Kenya passes bill on critical systems", body);
    let boiled = tags("Kenya passes bill on critical systems", &with);
    assert_eq!(codes(&plain), ["KE"]);
    assert_eq!(codes(&boiled), codes(&plain));
    assert_eq!(topics(&boiled), topics(&plain));
    assert_eq!(stage(&boiled), stage(&plain));
}

#[test]
fn offsets_count_characters_whatever_they_are() {
    let noise = "\u{1F4DC}\u{1D504}e\u{301}\u{200d}ﬃ𠀀 ";
    let (title, body) = APPLE;
    let title = format!("{noise}{title}");
    let body = format!(
        "{noise}\n\n{noise}{}",
        body.replace("source code", "so\u{ad}urce\u{a0}\u{a0}code")
    );
    let tags = tags(&title, &body);
    let quotes = tags.topics.iter().flat_map(|tag| &tag.evidence).map(|one| one.quote.as_str());
    assert!(quotes.into_iter().any(|quote| quote == "so\u{ad}urce\u{a0}\u{a0}code"));
    assert_eq!(codes(&tags), ["CN"]);
}

#[test]
fn hostile_texts_are_survived() {
    let names = Jurisdiction::all().map(Jurisdiction::name).collect::<Vec<_>>().join(" ");
    let registers = Instrument::all().map(Instrument::name).collect::<Vec<_>>().join("\n");
    for body in [
        "law ".repeat(400_000),
        "网络安全法".repeat(100_000),
        "\u{301}".repeat(100_000),
        "Related\n".repeat(50_000),
        ". ".repeat(100_000),
        "\0\u{feff}\u{202e}".repeat(10_000),
        format!("{names} {}", "regulator fined ".repeat(100)),
        names.clone(),
        registers.clone(),
        "a".repeat(1_000_000),
        "\u{10ffff}\u{1F1E8}\u{1F1F3}".repeat(1_000),
    ] {
        tags(&body, &body);
        tags("", &body);
        tags(&body, "");
    }
}
