//! OR is the union and a minus the difference of what both sides find by themselves, however leniently they are read.

use std::collections::BTreeSet;

use super::*;

const QUESTIONS: [&str; 19] = [
    "cybersecurity law",
    "encryption rules for banks",
    "banks report incidents hours",
    "banks report incidents hours -profits",
    "incidents in the banks",
    "stored on local servers data localization",
    "country:CN stored on local servers data localization",
    "topic:encryption country:RU country:CN",
    "country:CN AND country:RU",
    "country:RU banks -country:CN",
    "\"report incidents\"",
    "encrypt*",
    "vpn OR \"backup\"",
    "gdpr",
    "Roskomnadzor fined",
    "网络安全法",
    "中国数据出境",
    "the",
    "unheard",
];

#[tokio::test]
async fn alternatives_and_what_is_left_out_are_exact() {
    let about = |title, text, topics, jurisdictions, laws| Draft {
        title,
        text,
        topics,
        jurisdictions,
        laws,
        ..DRAFT
    };
    let (_folder, index) = filled(&[
        about("1", "A law on cybersecurity for the banks.", &[], &["CN"], &[]),
        about("2", "On cybersecurity.", &["data-localization"], &["CN", "RU"], &[]),
        about("3", "Banks report incidents within hours; rules.", &["encryption"], &["RU"], &[]),
        about("4", "Banks report incidents and profits.", &[], &["RU"], &["gdpr"]),
        about("5", "Data must be stored on local servers.", &[], &["RU"], &[]),
        about("6", "Encryption of a backup.", &["encryption"], &["CN", "RU"], &[]),
        about("7", "Roskomnadzor fined banks for a VPN.", &[], &["RU"], &[]),
        about("8", "Servers.", &["data-localization"], &["RU"], &["China Cybersecurity Law"]),
        about("9", "Роскомнадзор, banks.", &["cross-border-data"], &["CN"], &["GDPR"]),
        about("10", "Nothing of the kind, the law.", &[], &[], &[]),
        about("11", "The banks encrypted data localization.", &["encryption"], &["CN"], &[]),
    ])
    .await;
    let found = async |text: &str| titles(&index, text).await.into_iter().collect::<BTreeSet<_>>();
    let all = found("").await;
    for one in QUESTIONS {
        let first = found(one).await;
        assert_eq!(found(&format!("-({one})")).await, &all - &first, "-({one})");
        assert_eq!(found(&format!("({one}) -absent")).await, first, "({one}) -absent");
        assert_eq!(found(&format!("-absent {one}")).await, first, "-absent {one}");
        for other in QUESTIONS {
            let second = found(other).await;
            let either = format!("({one}) OR ({other})");
            assert_eq!(found(&either).await, &first | &second, "{either}");
            let without = format!("({one}) -({other})");
            assert_eq!(found(&without).await, &first - &second, "{without}");
        }
    }
    for text in ["cybersecurity law", "stored on local servers data localization"] {
        assert!(!found(text).await.is_empty(), "{text} finds something to tell apart");
    }
    assert_eq!(found("country:CN AND country:RU").await, ["2", "6"].map(str::to_owned).into());
}
