//! Signs of other engines are read where they have one meaning, and pointed at where they look as if they had one.

use super::*;

#[test]
fn what_looks_like_an_operator_may_be_a_word() {
    for text in [
        "https://example.com/a?b=c:d",
        "doi:10.1007/s10207",
        "C:\\temp",
        "EU:n",
        "CVE-2024-1:",
        "re:",
        "12:30",
        "法律：解读",
        "~4",
        "#tag",
        "a*b",
        "C|net",
        "AT&T",
        "Yahoo!",
        "law!",
        "2020~2024",
        "example.org/~ada",
        "안녕~",
        "a=b",
        "code=law",
        "law=code",
        "law>code",
        "source>code",
        "x>y",
        "a;b",
        "&amp;",
        "a&&b",
        "M*A*S*H",
        "really?",
        "https://example.org/?country=CN",
        "in:box",
        "NEAR",
        "\"NEAR/3\"",
        "\"vpn|proxy\"",
        "\"country=CN\"",
        "\"encry?t\"",
    ] {
        let query = parsed(text);
        let is_word = matches!(query.words, Some(Expression::Word(_)));
        assert!(is_word, "{text}: {query:?}");
        reads_back(&query);
    }
}

#[test]
fn what_looks_like_an_operator_may_stand_in_prose() {
    for text in [
        "Re: law",
        "Sources: law",
        "Police: arrests",
        "Title: law",
        "!! law",
        "R & D",
        "a :b",
        "fines > profits",
        "law - news",
        "Stop !",
        "vpn; proxy",
        "Canal +",
    ] {
        assert!(matches!(parsed(text).words, Some(Expression::And(_) | Expression::Word(_))));
    }
    for text in [
        "\"limit:3\"",
        "\"vpn~4\"",
        "\"title:vpn\"",
        "\"country:CN\"",
        "\"date>2025\"",
        "\"vpn;tor\"",
        "\"vpn&&tor\"",
    ] {
        assert!(matches!(parsed(text).words, Some(Expression::Word(_))), "{text}");
        reads_back(&parsed(text));
    }
}

#[test]
fn signs_of_other_engines_are_named_with_what_may_be_meant() {
    for (raw, parameter, parts) in [
        ("q=encry?t", "q", ["`encry?t` at character 1", "did you mean `encry*`"]),
        ("q=a+encry*t*", "q", ["`encry*t*` at character 3", "did you mean `encry*`"]),
        ("q=*crypt", "q", ["`*crypt` at character 1", "did you mean `crypt*`"]),
        ("q=a+title%3Dvpn", "q", ["`title=` at character 3", "titles and texts"]),
        ("q=a+title%3D", "q", ["`title=` at character 3", "no filter"]),
        ("q=vpn+in:title", "q", ["`in:title` at character 5", "titles and texts"]),
        ("q=contry%3DCN", "q", ["`contry=`", "did you mean `country:`"]),
        ("q=country%3DAtlantis", "country", ["`Atlantis`", "ISO 3166"]),
        ("q=vpn+date%3E%3D", "q", ["`date>=` at character 5", "did you mean `after:2025-01-01`"]),
        ("q=date%3E2025", "q", ["`date>2025` at character 1", "did you mean `after:2025`"]),
        ("q=a+date%3C%3D2025", "q", ["character 3", "did you mean `before:2025`"]),
        ("q=country%3ECN", "q", ["`country>CN`", "did you mean `country:CN`"]),
        ("q=date:2025", "q", ["`date:`", "did you mean `after:`"]),
        ("q=vpn;proxy", "q", ["`vpn;proxy` at character 1", "did you mean `vpn OR proxy`"]),
        ("q=vpn+-", "q", ["sign `-` at character 5", "before nothing"]),
        ("q=(vpn+-+)", "q", ["sign `-` at character 6", "before nothing"]),
        ("q=OR+vpn", "q", ["`OR` at character 1", "nothing before it"]),
        ("q=a+(|+vpn)", "q", ["`|` at character 4", "nothing before it"]),
        ("q=vpn+OR", "q", ["`OR` at character 5", "nothing behind it"]),
        ("q=vpn+OR+OR+tor", "q", ["`OR` at character 8", "nothing before it"]),
        ("q=AND+vpn", "q", ["`AND` at character 1", "nothing before it"]),
        ("q=vpn+%26%26", "q", ["`&&` at character 5", "nothing behind it"]),
        ("q=%22a+b%22~101", "q", ["moves at character 6", "more than 100"]),
        ("q=a+NEAR/500+b", "q", ["moves at character 3", "more than 100"]),
        ("q=-sort:newest", "q", ["`sort:newest`", "no opposite"]),
        ("q=policy:any+vpn+OR+tor", "q", ["`policy:any`", "`(vpn OR proxy) policy:any`"]),
        ("q=source+NEAR+code", "q", ["`NEAR` at character 8", "`NEAR/3`"]),
        ("q=a+NEAR/3", "q", ["NEAR at character 3", "two words"]),
        ("q=a+NEAR/3+%22b+c%22", "q", ["NEAR at character 3", "two words"]),
        ("q=a+NEAR/3+b+NEAR/3+c", "q", ["NEAR at character 12", "two words"]),
        ("q=%22a+A+b%22~4", "q", ["at character 1", "near itself"]),
        ("q=a+NEAR/2+a", "q", ["at character 3", "`a` near itself"]),
    ] {
        is_named(raw, parameter, parts);
    }
}

#[test]
fn signs_of_other_engines_with_one_meaning_are_read() {
    for (one, other) in [
        ("vpn||proxy law", "(vpn OR proxy) law"),
        ("vpn&&proxy|tor law&&code OR x", "vpn&&proxy|tor law code OR x"),
        ("-vpn&&tor*", "-(vpn tor*)"),
        ("vpn|-proxy law", "(vpn OR -proxy) law"),
        ("vpn date>=2025 Published<2026-03", "vpn after:2025 before:2026-03"),
        ("-after:2025", "before:2025"),
        ("vpn NOT (before:2025-02) -policy:true", "vpn after:2025-02 policy:false"),
        ("a -fold:true", "a fold:false"),
    ] {
        is_same(one, other);
    }
}

#[test]
fn filters_of_one_kind_are_any_of_them_unless_and_joins_them() {
    for (one, other) in [
        ("x OR (a country:CN b country:IN,CN)", "x OR a (country:CN OR country:IN) b"),
        ("-(country:CN country:RU)", "-country:CN,RU"),
        ("country:CN a country:RU", "a country:CN,RU"),
        ("country:CN AND country:CN", "country:CN"),
        ("country:CN AND a AND topic:encryption", "a country:CN topic:encryption"),
        ("country:CN AND country:RU", "(country:CN) && country:RU"),
        ("country:CN,IN AND country:RU", "(country:CN OR country:IN) country:RU"),
        ("a (country:CN b) AND (country:RU)", "a country:CN AND b AND country:RU"),
        ("a !b !country:CN !(c d)", "a -b -country:CN -(c d)"),
    ] {
        is_same(one, other);
    }
}
