//! What a query promises: one meaning in the address line, the words box and the API, printed back in one form.

use index::{Expression, Facet, Query, QueryError, Sort};

#[path = "query/names.rs"]
mod names;
#[path = "query/round_trip.rs"]
mod round_trip;
#[path = "query/signs.rs"]
mod signs;

/// A text that holds no surprise.
fn parsed(text: &str) -> Query {
    let (query, errors) = Query::parse(text);
    assert_eq!(errors, [], "{text}");
    query
}

fn from_address(raw: &str) -> (Query, Vec<QueryError>) {
    let pairs: Vec<_> = url::form_urlencoded::parse(raw.as_bytes()).collect();
    Query::from_pairs(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
}

fn reads_back(query: &Query) {
    assert_eq!(parsed(&query.to_text()), *query);
}

fn canonical(text: &str) -> String {
    parsed(text).to_text()
}

#[test]
fn words_and_filters_read_as_in_the_manual() {
    let query =
        parsed("country:CN,in topic:encryption \"source code\" -apple after:2017 before:2018-06");
    let codes: Vec<_> = query.jurisdictions.iter().map(|code| code.code()).collect();
    assert_eq!(codes, ["CN", "IN"]);
    assert_eq!(query.topics[0].slug(), "encryption");
    assert_eq!(query.words_text(), "\"source code\" -apple");
    assert_eq!(query.dates.from.unwrap().to_rfc3339(), "2017-01-01T00:00:00+00:00");
    assert_eq!(query.dates.to.unwrap().to_rfc3339(), "2018-06-01T00:00:00+00:00");
    assert_eq!((query.policy, query.sort), (Some(true), Sort::Relevance));
    assert_eq!(
        query.to_query_string(),
        "q=%22source+code%22+-apple&jurisdiction=CN&jurisdiction=IN&topic=encryption&from=2017-01-01&to=2018-06-01"
    );
}

#[test]
fn one_question_in_many_spellings() {
    for (one, other) in [
        ("jurisdiction:GB", "Country:uk"),
        ("country:CN country:IN", "country:in,CN"),
        ("country:China", "country:cn"),
        ("country:(USA OR 中国)", "country:CN,US"),
        ("law:\"China Cybersecurity Law\"", "instrument:china-cybersecurity-law"),
        ("law:网络安全法", "law:china-cybersecurity-law"),
        ("lang:pt-BR", "language:PT"),
        ("publisher:Regulator", "publisher:regulator"),
        ("after:2017-06", "from:2017-06-01"),
        ("after:2017-06-01T02:00:00+02:00", "after:2017-06-01"),
        ("after:2016 after:2017", "after:2017"),
        ("fold:false a fold:FALSE", "a fold:false"),
        ("a AND b", "a b"),
        ("NOT a", "-a"),
        ("a NOT (b OR c)", "a -(b OR c)"),
        ("((a))", "a"),
        ("--a", "a"),
        ("+a", "a"),
        ("“a”", "\"a\""),
        ("“source code”", "\"source code\""),
        ("（a OR b）\u{3000}country：CN", "(a OR b) country:CN"),
        ("a, b.", "a b"),
        ("policy:true sort:relevance a", "a"),
        ("country: topic:\"\" a", "a"),
        ("(a country:CN)", "a country:CN"),
        ("country:(CN OR RU)", "country:CN,RU"),
        ("country：（CN | ru,IN）a", "a country:IN,RU,CN"),
        ("country:(CN|RU) vpn", "vpn country:CN,RU"),
        ("country:CN|RU vpn", "vpn country:CN,RU"),
        ("country:CN| topic:encryption", "country:CN OR topic:encryption"),
        ("a -law:(gdpr || NIS2)", "a -law:gdpr,nis2"),
        ("country:(CN)", "country:CN"),
        ("country:(\"United Kingdom\" OR China)", "country:GB,CN"),
        ("a NOT stage:(in-force OR adopted OR) b", "a -stage:in-force,adopted b"),
        ("country: CN vpn", "vpn country:CN"),
        ("vpn after: 2017 country: (CN OR RU)", "vpn after:2017 country:CN,RU"),
        ("law: \"China Cybersecurity Law\" a", "a law:china-cybersecurity-law"),
        ("country:CN, RU", "country:CN,RU"),
        ("country:CN, country:RU a", "a country:CN,RU"),
        ("source:Press", "source:press"),
        ("a | b || c", "a OR b OR c"),
        ("a| b |c", "a OR b OR c"),
        ("\"a b\"|(c)", "\"a b\" OR c"),
        ("vpn|proxy|tor* law", "(vpn OR proxy OR tor*) law"),
        ("-vpn|proxy", "-(vpn OR proxy)"),
        ("country=CN a", "a country:CN"),
        ("a -country=CN,RU topic=encryption", "a -country:CN,RU topic:encryption"),
        ("country=\"United Kingdom\" a", "a country:GB"),
        ("source NEAR/3 code vpn", "\"source code\"~3 vpn"),
        ("a -b (source NEAR/0 code)", "a -b \"source code\"~0"),
        ("a && b", "a b"),
        ("", "  AND OR ( ) \"\" - * … "),
    ] {
        is_same(one, other);
    }
}

fn is_same(one: &str, other: &str) {
    let other = Query::parse(other).0;
    assert_eq!(parsed(one), other, "{one}");
    assert_eq!(parsed(one).to_query_string(), other.to_query_string());
}

#[test]
fn operators_bind_as_usual() {
    assert_eq!(canonical("a b OR c d"), "a b OR c d");
    assert_eq!(canonical("a (b OR c) d"), "a (b OR c) d");
    assert_eq!(canonical("-(a b)"), "-(a b)");
    assert_eq!(canonical("(a OR b) country:CN"), "(a OR b) country:CN");
    assert_eq!(canonical("a or b and not c"), "a or b and not c", "operators are capitals");
    assert_eq!(canonical("\"OR\" \"-a\""), "\"OR\" \"a\"");
    assert_eq!(canonical("state-of-the-art"), "state-of-the-art");
    assert_eq!(canonical("encrypt* \"source code\"~4"), "encrypt* \"source code\"~4");
}

#[test]
fn filters_may_stand_among_the_words() {
    assert_eq!(canonical("vpn -country:cn"), "vpn -country:CN");
    assert_eq!(canonical("-country:CN,RU"), "-(country:CN OR country:RU)");
    assert_eq!(canonical("country:CN OR topic:encryption"), "country:CN OR topic:encryption");
    let query = parsed("vpn -country:cn");
    assert!(query.jurisdictions.is_empty());
    let Some(Expression::And(parts)) = query.words else { panic!() };
    let china = Expression::Filter(Facet::Jurisdiction, "CN".to_owned());
    assert_eq!(parts[1], Expression::Not(Box::new(china)));
}

#[test]
fn parameters_are_read_alone_repeated_and_with_commas() {
    let (query, errors) = from_address(
        "q=vpn&country=CN&jurisdiction=ru,cn&law=China+Cybersecurity+Law&from=2017-06-01T00:00:00+02:00&limit=5&x=y",
    );
    assert_eq!(errors, []);
    assert_eq!(
        query.to_text(),
        "vpn country:CN,RU law:china-cybersecurity-law after:2017-05-31T22:00:00Z"
    );
    let (empty, errors) =
        from_address("q=&jurisdiction=&topic=&from=&to=&policy=&sort=&source=,&law=");
    assert_eq!((empty, errors), (Query::default(), vec![]));
    assert_eq!(Query::default().to_query_string(), "");
    assert_eq!(from_address("policy=ANY").0.policy, None);
    assert_eq!(from_address("policy=false&sort=Oldest").0.sort, Sort::Oldest);
}

fn is_named(raw: &str, parameter: &str, parts: [&str; 2]) {
    let (_, errors) = from_address(raw);
    assert_eq!(errors.len(), 1, "{raw}: {errors:?}");
    assert_eq!(errors[0].parameter, parameter, "{raw}");
    let text = errors[0].to_string();
    assert!(parts.iter().all(|part| text.contains(part)), "{raw}: {text}");
}

#[test]
fn what_is_not_understood_is_named_with_what_it_may_be() {
    for (raw, parameter, parts) in [
        ("jurisdiction=Atlantis", "jurisdiction", ["`Atlantis`", "ISO 3166"]),
        ("country=Chnia", "country", ["`Chnia`", "did you mean `CN`"]),
        ("topic=encrpytion", "topic", ["`encrpytion`", "did you mean `encryption`"]),
        ("topic=gardening", "topic", ["`gardening`", "`censorship`"]),
        ("stage=done", "stage", ["`done`", "`in-force`"]),
        ("law=NIS", "law", ["`NIS`", "`nis1`, `nis2`"]),
        ("law=Law+of+Gravity", "law", ["`Law of Gravity`", "register"]),
        ("publisher=blog", "publisher", ["`blog`", "`ngo`"]),
        ("lang=klingon", "lang", ["`klingon`", "two or three letters"]),
        ("lang=zz", "lang", ["`zz`", "not a language"]),
        ("from=yesterday", "from", ["`yesterday`", "`2017-06-01`"]),
        ("to=2017-02-30", "to", ["`2017-02-30`", "RFC 3339"]),
        ("policy=maybe", "policy", ["`maybe`", "`any`"]),
        ("sort=random", "sort", ["`random`", "`oldest`"]),
        ("q=contry:CN", "q", ["`contry:`", "did you mean `country:`"]),
        ("q=e*", "q", ["`e*` at character 1", "two letters"]),
        ("q=%3F+%F0%9F%94%92", "q", ["no word", "`? 🔒`"]),
        ("q=a+%22b", "q", ["quotation mark at character 3", "not closed"]),
        ("q=(a", "q", ["parenthesis at character 1", "not closed"]),
        ("q=a)", "q", ["parenthesis at character 2", "closes none"]),
        ("q=a+OR+after:2017", "q", ["`after:2017`", "whole query"]),
        ("q=NOT", "q", ["NOT at character 1", "before nothing"]),
        ("q=a+(b+NOT)", "q", ["NOT at character 6", "before nothing"]),
        ("q=a+limit:3", "q", ["`limit:` at character 3", "no filter"]),
        ("q=filetype:pdf", "q", ["`filetype:`", "in quotation marks"]),
        ("q=foo:(a)", "q", ["`foo:`", "no filter"]),
        ("q=contry:+CN", "q", ["`contry:`", "did you mean `country:`"]),
        ("q=vpn~4", "q", ["`vpn~4` at character 1", "did you mean `vpn`"]),
        ("q=%22a+b%22~abc", "q", ["`~` at character 6", "no number"]),
        ("q=law:+vpn", "q", ["`law:` at character 1", "has no value"]),
        ("q=country:CN,+vpn", "q", ["comma at character 13", "read as words"]),
        ("q=law:(gdpr+nis2)", "q", ["character 11", "values with OR"]),
        ("q=country:()", "q", ["parenthesis at character 9", "no value"]),
        ("from=0000", "from", ["`0000`", "not a date"]),
        ("policy=true&policy=false", "policy", ["`false`", "contradicts `true`"]),
        ("q=policy:any&policy=false", "policy", ["`false`", "contradicts `any`"]),
        ("from=2018&to=2017-06", "from", ["2018-01-01", "2017-06-01"]),
        ("q=after:2018+before:2018", "from", ["nothing lies", "2018-01-01"]),
    ] {
        is_named(raw, parameter, parts);
    }
    let (query, errors) = from_address("q=vpn&jurisdiction=CN,XX&topic=nothing");
    assert_eq!((query.to_text().as_str(), errors.len()), ("vpn country:CN", 2), "the rest counts");
}

#[test]
fn what_is_not_understood_among_the_words_is_pointed_at() {
    for (text, place) in [
        ("vpn country:Atlantis", 5),
        ("网络 topic:encryption,gardening", 21),
        ("sort:newest policy:maybe", 13),
        ("a OR after:2017", 6),
        ("a -(b after:2017)", 7),
        ("vpn contry:CN", 5),
        ("law title:VPN", 5),
        ("law site:example.org", 5),
        ("a \"b", 3),
        ("(a) b)", 6),
        ("country:cn,xx", 12),
        ("country:(cn OR xx)", 16),
        ("country:(CN AND RU)", 13),
        ("a -country:(CN RU) b", 16),
        ("law:(gdpr OR \"a) b\")", 14),
        ("topic:(vpn-restrictions OR (encryption)) b", 28),
        ("stage:(-adopted)", 8),
        ("law:(gdpr OR NOT nis2)", 14),
        ("law:(gdpr", 5),
        ("law:(\"nis2\" \"gdpr\")", 13),
        ("a \"personal dat*\"", 3),
        ("a \"a b c d e f g h i\"~2", 3),
        ("\"a/b/c/d/e/f/g/h/i j\"~2", 1),
        ("\"数据安全法个人信息保护法网络安全法 数据\"~9", 1),
        ("a NEAR/3 数据安全法个人信息保护法网络安全法", 3),
        (" -", 2),
        ("\"\"", 1),
        ("*", 1),
        ("country:", 1),
        ("policy:true vpn policy:false", 17),
        ("sort:newest (a sort:oldest)", 16),
        ("after:2018 vpn before:2017", 16),
        ("before:2017 vpn after:2018", 17),
        ("🔒 🔑", 1),
    ] {
        let (_, errors) = Query::parse(text);
        let places: Vec<_> = errors.iter().map(|error| error.place).collect();
        assert_eq!(places, [Some(place)], "{text}: {errors:?}");
    }
    let (query, _) = Query::parse("a -country:(CN AND (RU)) b");
    assert_eq!(query.to_text(), "a b", "what is not understood is left out as a whole");
    assert_eq!(Query::parse("Title: what a headline says").1, [], "that is a word");
    let deep = format!("{}a{} b)", "(".repeat(3_000), ")".repeat(3_000));
    let (query, errors) = Query::parse(&deep);
    let places: Vec<_> = errors.iter().map(|error| error.place).collect();
    assert_eq!(places, [Some(65), Some(6_004)], "{errors:?}");
    assert_eq!(query.to_text(), "b", "what else is there is read");
    let (_, errors) = from_address("q=vpn&topic=gardening");
    assert_eq!(errors[0].place, None, "the parameter says where");
}

#[test]
fn values_can_be_added_and_taken_away() {
    let query = parsed("vpn country:CN");
    let two = query.toggled(Facet::Jurisdiction, "BR");
    assert_eq!(two.values(Facet::Jurisdiction), ["BR", "CN"]);
    assert_eq!(two.toggled(Facet::Jurisdiction, "BR"), query);
    assert_eq!(query.toggled(Facet::Topic, "no topic"), query);
    for facet in Facet::ALL {
        let value = match facet {
            Facet::Jurisdiction => "US-CA",
            Facet::Topic => "censorship",
            Facet::Stage => "in-force",
            Facet::Instrument => "china-cybersecurity-law",
            Facet::Source => "a source, of \u{4e2d}\u{6587}",
            Facet::Publisher => "court",
            Facet::Language => "zh",
        };
        let set = query.toggled(facet, value);
        assert!(set.values(facet).iter().any(|set| set == value), "{value}");
        assert_eq!(from_address(&set.to_query_string()).0, set);
        assert_eq!(Query::parse(&set.to_text()).0, set);
        assert_eq!(set.toggled(facet, value), query);
    }
}

#[test]
fn many_values_are_toggled_as_one_is() {
    let text = "vpn country:CN,RU topic:encryption law:gdpr lang:de after:2017 policy:any";
    for query in [parsed(text), parsed(""), parsed("source:b,d publisher:court")] {
        for facet in Facet::ALL {
            let values = match facet {
                Facet::Jurisdiction => ["CN", "BR", "US-CA"],
                Facet::Topic => ["encryption", "censorship", "vpn-restrictions"],
                Facet::Stage => ["in-force", "adopted", "proposed"],
                Facet::Instrument => ["gdpr", "china-cybersecurity-law", "nis2"],
                Facet::Source => ["a source, of \u{4e2d}\u{6587}", "b", "c"],
                Facet::Publisher => ["court", "news", "ngo"],
                Facet::Language => ["de", "zh", "ar"],
            };
            let toggles = query.toggles(facet);
            for value in values {
                let toggled = query.toggled(facet, value);
                assert_ne!(toggled, query);
                assert_eq!(toggles.with(value), toggled.to_query_string(), "{facet:?} {value}");
            }
        }
    }
}

#[test]
fn a_word_that_is_cut_short_is_named() {
    let (query, errors) = Query::parse(&format!("law {} \"a {}\"", "x".repeat(65), "y".repeat(64)));
    assert_eq!(query.words_text(), format!("law {} \"a {}\"", "x".repeat(64), "y".repeat(64)));
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(errors[0].to_string().contains("only the first 64 characters were read"), "{errors:?}");
}
