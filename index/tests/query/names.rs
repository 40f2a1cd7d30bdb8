//! What the words of a query name, and the other questions that may be meant by them.

use super::{canonical, parsed};

#[test]
fn a_name_leads_to_its_other_names() {
    let widened = |text: &str| {
        let found = parsed(text).widenings().into_iter();
        found.map(|found| (found.words, found.value)).collect::<Vec<_>>()
    };
    let pair = |words: &str, value: &str| (words.to_owned(), value.to_owned());
    let law = "china-cybersecurity-law";
    assert_eq!(widened("网络安全法"), [pair("网络安全法", law)]);
    let words = "china cybersecurity law";
    assert_eq!(widened("verdicts china cybersecurity law 2017"), [pair(words, law)], "the longest");
    assert_eq!(widened("\"China Cybersecurity Law\" OR gdpr").len(), 2);
    assert_eq!(
        widened("data-localization United States (vpn OR Encryption)"),
        [
            pair("data-localization", "data-localization"),
            pair("United States", "US"),
            pair("vpn", "vpn-restrictions"),
            pair("Encryption", "encryption")
        ]
    );
    assert_eq!(widened("verdicts -gdpr gdp* us in"), [], "what is left out, or begun, is no name");
    let excluded = parsed("verdicts -gdpr -(china -nis2) encryption").exclusions();
    let excluded: Vec<_> = excluded.into_iter().map(|found| found.value).collect();
    assert_eq!(excluded, ["gdpr", "CN"]);
    assert_eq!(parsed("-gdpr widen:false").exclusions(), []);
    assert!(widened("CRA").iter().any(|(_, value)| value == "cyber-resilience-act"));
    assert_eq!(widened("localisation"), [pair("localisation", "data-localization")]);
    assert_eq!(widened("cra gdpr widen:false"), []);
    assert_eq!(widened(&"gdpr ".repeat(50)).len(), 6, "there is a bound");
    let names = &parsed("网络安全法").widenings()[0].names;
    assert!(names.iter().any(|name| name == "China Cybersecurity Law"), "{names:?}");
    assert!(!names.iter().any(|name| name == "网络安全法"), "{names:?}");
    assert_eq!(widened("Deutschland"), [pair("Deutschland", "DE")]);
    assert_eq!(widened("в Китае"), [pair("Китае", "CN")]);
    assert_eq!(widened("персональные данные"), [pair("персональные данные", "data-protection")]);
    for words in ["localization data", "localization of data"] {
        assert_eq!(widened(words), [pair(words, "data-localization")], "in either order");
    }
    assert_eq!(widened("protection personal data"), [pair("personal data", "data-protection")]);
    assert_eq!(widened("PSTI"), [pair("PSTI", "uk-psti-act")]);
    assert_eq!(widened("psti"), [pair("psti", "uk-psti-act")]);
    for typed in ["CRA", "PDPL", "FTC", "CSAM", "AI Act", "Privacy Act", "IT Rules", "eIDAS"] {
        let values = |text: &str| widened(text).into_iter().map(|(_, value)| value);
        assert!(values(&typed.to_lowercase()).eq(values(typed)), "{typed}");
        assert_ne!(values(typed).count(), 0, "{typed}");
    }
    assert_eq!(widened("red ear sec"), [], "words in small letters");
    assert_eq!(widened("\"data localization\" \"United States\" \"facial recognition\""), []);
    assert_eq!(widened("\"Information Commissioner's Office\"").len(), 1, "the same office");
    let office = &parsed("verdict Roskomnadzor").widenings()[0];
    assert_eq!((office.facet, office.words.as_str()), (None, "Roskomnadzor"));
    assert!(office.names.iter().any(|name| name == "Роскомнадзор"), "{office:?}");
    let bureau = &parsed("Bureau of Industry and Security").widenings()[0];
    assert!(!bureau.names.iter().any(|name| name == "BIS"), "which is a word elsewhere");
    assert_eq!(canonical("gdpr widen:false"), "gdpr widen:false");
    assert_eq!(parsed("gdpr widen:true"), parsed("gdpr"));
}

#[test]
fn any_of_the_words_is_another_question() {
    let any = |text: &str| parsed(text).any_word().map(|query| query.to_text());
    assert_eq!(any("x b \"c d\" country:CN").as_deref(), Some("(x OR b OR \"c d\") country:CN"));
    assert_eq!(any("x (b OR c) -d sort:newest").as_deref(), Some("(x OR b OR c) -d"));
    for text in
        ["", "a", "a OR b", "\"a b\"", "a -b", "-a -b", "country:CN", "country:CN AND country:RU"]
    {
        assert_eq!(any(text), None, "{text}");
    }
}
